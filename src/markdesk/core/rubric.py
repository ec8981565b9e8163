"""A levels-of-response mark scheme, as values.

UK boards say *mark scheme*, and so do the screens; *rubric* is the file and the code. (In an exam room the
rubric is the instructions on the paper: breaking those is an infringement, which is another thing.)

A scheme has scales; a scale is what receives one level and one mark. Holistic schemes have one scale, the AQA
NEA has three that are summed, OCR's two-part question has one for each part. Strands are the bullets that
recur through the levels. ``rubric_check`` turns parsed data into these values and refuses what breaks a rule.
"""

from dataclasses import dataclass, field, fields, is_dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from markdesk.core.canonical import canonical_json, tagged_hash
from markdesk.core.ids import RubricHash, ScaleId, StrandId

SCHEMA = "markdesk.rubric/1"


class Status(StrEnum):
    """How far a scheme may be trusted."""

    DRAFT = "draft"
    """Ranges uncertain: a warning each time it is used."""
    READY = "ready"
    """Ranges corroborated, wording our own, not yet compared with the board's document."""
    CHECKED = "checked"
    """Somebody compared it with the board's document, and says who and when."""
    RETIRED = "retired"
    """No longer in use; old marks still refer to it."""


class Scoring(StrEnum):
    """How the scheme arrives at a mark."""

    HOLISTIC = "holistic"
    PER_SCALE = "per_scale"
    PROFILE = "profile"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Level:
    """A band of a scale: its marks, and what an answer in it does. Level 0 is not listed: see ``Rubric.zero_label``."""

    n: int
    label: str
    min: int
    max: int
    summary: str
    strand: dict[str, str] = field(default_factory=dict)
    """What each strand does at this level, by strand id."""

    @property
    def middle(self) -> int:
        """The middle mark of the band; the lower of two (13-16 gives 14)."""
        return (self.min + self.max) // 2

    @property
    def range(self) -> str:
        return f"{self.min}" if self.min == self.max else f"{self.min}–{self.max}"


@dataclass(frozen=True, slots=True)
class Scale:
    """One independently marked grid."""

    id: ScaleId
    title: str
    aos: tuple[str, ...]
    max: int
    levels: tuple[Level, ...]
    """From level 1 up; together they cover 1 to ``max`` without a gap."""
    part: str = ""
    kind: str = "levels"

    def level(self, n: int) -> Level | None:
        return self.levels[n - 1] if 1 <= n <= len(self.levels) else None

    def level_of(self, mark: int) -> int:
        """The level whose band holds the mark; 0 for no marks."""
        return next((level.n for level in self.levels if level.min <= mark <= level.max), 0)

    @property
    def top(self) -> int:
        return len(self.levels)


@dataclass(frozen=True, slots=True)
class Strand:
    """A bullet that recurs through the levels. ``derived`` when the board prints one paragraph and we divided it."""

    id: StrandId
    name: str
    ao: str
    derived: bool = False

    @property
    def short(self) -> str:
        return self.id


@dataclass(frozen=True, slots=True)
class AssessmentObjective:
    """What is being assessed, and how many of the marks it carries."""

    code: str
    marks: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What a cap does: the highest level, or the highest mark, that a scale may then have."""

    scale: ScaleId
    max_level: int | None = None
    max_mark: int | None = None


@dataclass(frozen=True, slots=True)
class Cap:
    """A yes-or-no question that limits a scale. A hard one is the board's rule, an advisory one a school's habit."""

    id: str
    ask: str
    severity: str
    effect: Effect
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Penalty:
    """Marks that somebody takes off. markdesk shows it and never subtracts."""

    id: str
    ask: str
    marks: int
    applied_by: str
    show_only: bool = True


@dataclass(frozen=True, slots=True)
class Flag:
    """A reminder to the marker."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the wording and the numbers come from, and who compared them with what."""

    wording: str
    basis: str
    checked_by: str = ""
    checked_on: str = ""
    checked_against: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """How the board says that a level and a mark are found."""

    guidance: str = ""
    level_method: str = ""
    start: str = "none"
    mark_method: str = ""
    allow_plus_minus: bool = False


@dataclass(frozen=True, slots=True)
class Nea:
    """The rules of coursework: word limits, and whether drafts may be commented on."""

    words_min: int
    words_max: int
    counts: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    draft_feedback_locked: bool = False
    form: str = ""


@dataclass(frozen=True)
class Rubric:
    """One version of a mark scheme. Its identity is its content: see ``hash``."""

    id: str
    version: str
    title: str
    status: Status
    max_mark: int
    scoring: Scoring
    scales: tuple[Scale, ...]
    strands: tuple[Strand, ...]
    aos: tuple[AssessmentObjective, ...]
    provenance: Provenance
    board: str = ""
    qualification: str = ""
    spec: str = ""
    components: tuple[str, ...] = ()
    section: str = ""
    question_type: str = ""
    first_series: str = ""
    last_series: str = ""
    time_minutes: int = 0
    decision: Decision = Decision()
    zero_label: str = "Nothing creditable"
    not_attempted_code: str = "NR"
    caps: tuple[Cap, ...] = ()
    penalties: tuple[Penalty, ...] = ()
    flags: tuple[Flag, ...] = ()
    scale_factor: int = 1
    stimulus: str = "none"
    stimulus_count: int = 0
    nea: Nea | None = None
    indicative_file: str = ""

    @cached_property
    def hash(self) -> RubricHash:
        """Changes when anything a marker could read or be bound by changes."""
        return RubricHash(tagged_hash(canonical_json(self.to_plain())))

    def to_plain(self) -> dict[str, Any]:
        """The scheme as plain data, for keeping and for its hash."""
        plain = _plain(self)
        assert isinstance(plain, dict)
        return plain

    def scale(self, scale_id: str) -> Scale | None:
        return next((scale for scale in self.scales if scale.id == scale_id), None)

    def strands_of(self, scale: Scale) -> tuple[Strand, ...]:
        """The strands that this scale is judged by: those of its objectives."""
        return tuple(strand for strand in self.strands if strand.ao in scale.aos)

    @property
    def short_title(self) -> str:
        """Board, specification and section: what fits in a heading."""
        section = self.section if len(self.section) <= 3 else ""
        return " ".join(p for p in (self.board, self.spec, section and f"Section {section}") if p) or self.title


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return str(value) if isinstance(value, StrEnum) else value


def rubric_from_plain(plain: dict[str, Any]) -> Rubric:
    """The scheme that ``to_plain`` wrote. For data that was checked before it was kept."""
    scales = tuple(
        Scale(**{**s, "aos": tuple(s["aos"]), "levels": tuple(Level(**level) for level in s["levels"])})
        for s in plain["scales"]
    )
    nea = plain["nea"]
    return Rubric(
        **{
            **plain,
            "status": Status(plain["status"]),
            "scoring": Scoring(plain["scoring"]),
            "scales": scales,
            "strands": tuple(Strand(**s) for s in plain["strands"]),
            "aos": tuple(AssessmentObjective(**a) for a in plain["aos"]),
            "provenance": Provenance(**plain["provenance"]),
            "components": tuple(plain["components"]),
            "decision": Decision(**plain["decision"]),
            "caps": tuple(Cap(**{**c, "effect": Effect(**c["effect"])}) for c in plain["caps"]),
            "penalties": tuple(Penalty(**p) for p in plain["penalties"]),
            "flags": tuple(Flag(**f) for f in plain["flags"]),
            "nea": nea and Nea(**{**nea, "counts": tuple(nea["counts"]), "excludes": tuple(nea["excludes"])}),
        }
    )
