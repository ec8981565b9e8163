"""A levels-of-response mark scheme, as values.

UK boards say *mark scheme*, and so do the screens; *rubric* is the file and the code. (In an exam room the
rubric is the instructions on the paper: breaking those is an infringement, which is another thing.)

A scheme has scales; a scale is what receives one level and one mark. Holistic schemes have one scale, the AQA
NEA has three that are summed, OCR's two-part question has one for each part. Strands are the bullets that
recur through the levels. ``rubric_check`` turns parsed data into these values and refuses what breaks a rule.

A mark keeps the hash of the scheme that it was given under, so a field that this program learns of later must not
change the hash of an older scheme: such a field is declared ``LATER`` and stays out of the plain form, which
the hash is made from, while it has its default. Decision 9 says why.
"""

import re
from dataclasses import dataclass, field, fields, is_dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from typing import Any

from markdesk.core.canonical import canonical_json, tagged_hash
from markdesk.core.ids import RubricHash, ScaleId, StrandId

SCHEMA = "markdesk.rubric/1"
ANY = "any"
"""The ``spec`` of a scheme that belongs to no specification: it takes any tariff."""

SHORT = 32
"""The most characters of a title that stand in a heading."""

LATER = {"later": True}
"""Marks a field added after schemes were first kept: at its default it is left out of the plain form and the hash."""


class Status(StrEnum):
    """How far a scheme may be trusted."""

    DRAFT = "draft"
    """Ranges uncertain: a warning each time it is used."""
    READY = "ready"
    """Ranges believed right, on the grounds its basis gives; wording our own; compared with no board's document."""
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


class Rounding(StrEnum):
    """What becomes of part of a mark, where a factor that is no whole number makes one."""

    NONE = "none"
    HALF_UP = "half_up"
    DOWN = "down"
    UP = "up"

    def apply(self, exact: Fraction) -> int:
        """The whole mark."""
        match self:
            case Rounding.HALF_UP:
                return floor(exact + Fraction(1, 2))
            case Rounding.UP:
                return ceil(exact)
            case _:
                return floor(exact)


@dataclass(frozen=True, slots=True)
class SubBand:
    """Part of a level's marks with a name of its own, as older Edexcel schemes had low, mid and high."""

    label: str
    min: int
    max: int


@dataclass(frozen=True, slots=True)
class Item:
    """Something that earns points on a scale of points, and how many at the most."""

    id: str
    text: str
    max: int


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
    subs: tuple[SubBand, ...] = field(default=(), metadata=LATER)
    """From the lowest up; together they cover the level. Mostly there are none."""

    @property
    def middle(self) -> int:
        """The middle mark of the band; the lower of two (13-16 gives 14)."""
        return (self.min + self.max) // 2

    @property
    def range(self) -> str:
        return f"{self.min}" if self.min == self.max else f"{self.min}–{self.max}"

    def sub_of(self, mark: int) -> SubBand | None:
        """The sub-band that holds the mark, where the level has any."""
        return next((sub for sub in self.subs if sub.min <= mark <= sub.max), None)


@dataclass(frozen=True, slots=True)
class Scale:
    """One independently marked grid of levels, or one set of items that earn points."""

    id: ScaleId
    title: str
    aos: tuple[str, ...]
    max: int
    levels: tuple[Level, ...]
    """From level 1 up; together they cover 1 to ``max`` without a gap."""
    part: str = ""
    kind: str = "levels"
    items: tuple[Item, ...] = field(default=(), metadata=LATER)
    """What earns the points of a scale of kind ``points``; such a scale has no levels."""
    strands: tuple[str, ...] = field(default=(), metadata=LATER)
    """The ids of the strands it is judged by; empty for all those of its objectives."""

    @property
    def named(self) -> str:
        """Its part and title, the part once: ``a Short essay``, but ``Part (a) short essay``."""
        return self.title if not self.part or f"({self.part})" in self.title else f"{self.part} {self.title}"

    @property
    def brief(self) -> str:
        """Where there is little room: its part, or the one objective that its title begins with; else the title."""
        is_of_one = len(self.aos) == 1 and self.title.startswith(self.aos[0])
        return self.part or (self.aos[0] if is_of_one else self.title)

    @property
    def is_points(self) -> bool:
        return self.kind == "points"

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
    """What a cap does: the highest level, or the highest mark, that a scale may then have. See ``Rubric.limit``."""

    scale: ScaleId
    max_level: int | None = None
    max_mark: int | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that a cap leaves, said both ways: the level is that of the mark."""

    level: int
    mark: int


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
    scale_factor: int | Fraction = 1
    """What the sum of the scales is multiplied by to give the mark."""
    stimulus: str = "none"
    stimulus_count: int = 0
    nea: Nea | None = None
    indicative_file: str = ""
    rounding: Rounding = field(default=Rounding.NONE, metadata=LATER)

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
        """The strands that this scale is judged by: those it names, else those of its objectives. Points have none."""
        if scale.is_points:
            return ()
        if scale.strands:
            return tuple(strand for strand in self.strands if strand.id in scale.strands)
        return tuple(strand for strand in self.strands if strand.ao in scale.aos)

    def limit(self, cap: Cap) -> Limit:
        """The highest level and mark that the cap leaves on its scale, each worked out from the other."""
        scale = self.scale(cap.effect.scale)
        assert scale is not None, "rubric_check refuses a cap without its scale"
        mark = scale.max if cap.effect.max_mark is None else cap.effect.max_mark
        if cap.effect.max_level is not None:
            level = scale.level(cap.effect.max_level)
            mark = min(mark, level.max if level else 0)
        return Limit(scale.level_of(mark), mark)

    def combined(self, summed: int) -> int:
        """The mark that the sum of the scales comes to: times the factor, rounded to a whole mark."""
        return self.rounding.apply(Fraction(summed) * self.scale_factor)

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        """The parts of the question and what each is out of, in their order; empty where it has no parts."""
        found: dict[str, int] = {}
        for scale in self.scales:
            found[scale.part] = found.get(scale.part, 0) + scale.max
        return tuple(found.items()) if any(found) else ()

    @property
    def takes_any_tariff(self) -> bool:
        return self.spec == ANY

    @property
    def short_title(self) -> str:
        """What fits in a heading: board, specification and which of its questions; of a scheme of no board its title,
        if short."""
        if self.spec in ("", ANY):
            return self.title if len(self.title) <= SHORT or not self.board else self.board
        return " ".join(p for p in (self.board, self.spec, self._question) if p) or self.title

    @property
    def _question(self) -> str:
        """What tells schemes of one specification apart: ``Section 1A``, ``Section B``, ``Unit 3``, ``NEA``."""
        one = self.components[0] if len(self.components) == 1 else ""
        section = self.section if len(self.section) <= 3 else ""
        if self.nea is not None:
            return "NEA" if any(map(str.isdigit, one)) else one or "NEA"
        if section:
            return f"Section {one}{section}" if one.isdigit() else " ".join(p for p in (one, f"Section {section}") if p)
        if one:
            return f"Paper {one}" if one.isdigit() else one
        named = ", ".join(self.components)
        return self.question_type if len(named) > SHORT or any(map(str.isdigit, self.components)) else named


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(kept) for f in fields(value) if not _is_left_out(f, kept := getattr(value, f.name))}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return str(value) if isinstance(value, StrEnum | Fraction) else value


def _is_left_out(described: Any, value: Any) -> bool:
    return "later" in described.metadata and value == described.default


def rubric_from_plain(plain: dict[str, Any]) -> Rubric:
    """The scheme that ``to_plain`` wrote. For data that was checked before it was kept."""
    nea, factor = plain["nea"], plain["scale_factor"]
    return Rubric(
        **{
            **plain,
            "status": Status(plain["status"]),
            "scoring": Scoring(plain["scoring"]),
            "scales": tuple(_scale_from_plain(scale) for scale in plain["scales"]),
            "strands": tuple(Strand(**s) for s in plain["strands"]),
            "aos": tuple(AssessmentObjective(**a) for a in plain["aos"]),
            "provenance": Provenance(**plain["provenance"]),
            "components": tuple(plain["components"]),
            "decision": Decision(**plain["decision"]),
            "caps": tuple(Cap(**{**c, "effect": Effect(**c["effect"])}) for c in plain["caps"]),
            "penalties": tuple(Penalty(**p) for p in plain["penalties"]),
            "flags": tuple(Flag(**f) for f in plain["flags"]),
            "nea": nea and Nea(**{**nea, "counts": tuple(nea["counts"]), "excludes": tuple(nea["excludes"])}),
            "scale_factor": Fraction(factor) if isinstance(factor, str) else factor,
            "rounding": Rounding(plain.get("rounding", Rounding.NONE)),
        }
    )


def _scale_from_plain(plain: dict[str, Any]) -> Scale:
    levels = tuple(
        Level(**{**level, "subs": tuple(SubBand(**sub) for sub in level.get("subs", ()))}) for level in plain["levels"]
    )
    items = tuple(Item(**item) for item in plain.get("items", ()))
    strands = tuple(plain.get("strands", ()))
    return Scale(**{**plain, "aos": tuple(plain["aos"]), "levels": levels, "items": items, "strands": strands})


def split_tariff(rubric_id: str) -> tuple[str, int | None]:
    """``generic-essay-4strand:25`` as its scheme and its tariff; None for the scheme as it is."""
    scaled = re.fullmatch(r"(.+):([0-9]{1,4})", rubric_id)
    return (scaled[1], int(scaled[2])) if scaled else (rubric_id, None)
