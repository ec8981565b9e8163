"""What a marker puts on a passage: a stamp, a comment, or both."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from markdesk.core.anchors import Anchor
from markdesk.core.ids import AnnotationId, MarkingId
from markdesk.core.rubric import Rubric


class ActedOn(StrEnum):
    """Whether a redraft did something about a comment."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Annotation:
    """A mark on a passage. ``code`` is a stamp's, or empty for a bare comment."""

    marking_id: MarkingId
    id: AnnotationId
    anchor: Anchor
    code: str = ""
    comment: str = ""
    for_class: bool = False
    """Whether it goes on the sheet for the whole class, without a name."""
    acted_on: ActedOn | None = None
    """Whether the student's next draft did something about it; None where nobody looked."""

    @property
    def key(self) -> str:
        return self.id

    @property
    def says_nothing(self) -> bool:
        """Neither a stamp nor a comment, and not for the class: there is no reason to keep it."""
        return not (self.code or self.comment or self.for_class)


class Tone(StrEnum):
    """What a stamp says of the passage; it chooses the colour, never the mark."""

    CREDIT = "credit"
    WEIGHING = "weighing"
    WEAK = "weak"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Stamp:
    """One code of a stamp set: a key, what it means, and which strands or objectives it serves."""

    key: str
    code: str
    meaning: str
    tone: Tone
    strands: frozenset[str] = frozenset()
    aos: frozenset[str] = frozenset()
    like: frozenset[str] = frozenset()
    """Codes of other sets that say the same: what goes with one of them goes with this one."""
    short: str = ""
    """The short code by which the comment bank has a stamp of an added set."""

    @property
    def is_general(self) -> bool:
        """Whether it names nothing, and so suits every scheme."""
        return not self.strands and not self.aos


LEGEND = 12
"""At most so many stamps stand in the legend; the others that serve the scheme still act."""
OF_EACH = 2
"""So many of them for each objective, where a scheme has several."""


@dataclass(frozen=True)
class StampSet:
    """The stamps of one file, in its order; and, where it is in use, what is known of other codes.

    An essay may bear codes of another set, by its marker or from years ago. No key makes them here, but their meaning,
    their colour and what they serve are known all the same: ``for_code`` and ``every``.
    """

    id: str
    title: str
    stamps: tuple[Stamp, ...]
    basis: str = ""
    """Where the codes come from, and how sure that is."""
    boards: tuple[str, ...] = ()
    rubrics: tuple[str, ...] = ()
    """The boards, and the ids of the schemes, that it is for."""
    is_added: bool = False
    """Whether its codes stand in the comment bank, beside whichever set is in use."""
    added: tuple[Stamp, ...] = ()
    """The stamps of the added sets."""
    others: tuple[Stamp, ...] = ()
    """Those of the sets that aren't in use."""
    _by_key: dict[str, Stamp] = field(init=False, repr=False, compare=False)
    _by_code: dict[str, Stamp] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {stamp.key: stamp for stamp in self.stamps})
        by_code: dict[str, Stamp] = {}
        for stamp in (*self.stamps, *self.added, *self.others):
            by_code.setdefault(stamp.code, stamp)
        object.__setattr__(self, "_by_code", by_code)

    @property
    def every(self) -> tuple[Stamp, ...]:
        """All stamps whose meaning is known, each code once: this set's own first."""
        return tuple(self._by_code.values())

    def for_key(self, key: str) -> Stamp | None:
        """The stamp of this set on a key."""
        return self._by_key.get(key)

    def for_code(self, code: str) -> Stamp | None:
        """The stamp with this code, of whichever set."""
        return self._by_code.get(code)

    def to_put(self, code: str) -> Stamp | None:
        """The stamp to put where another file names a code: this set's own, one like it, or one of an added set."""
        own = next((stamp for stamp in self.stamps if stamp.code == code), None)
        alike = own or next((stamp for stamp in self.stamps if code in stamp.like), None)
        return alike or next((stamp for stamp in self.added if stamp.code == code), None)

    def serves(self, stamp: Stamp, rubric: Rubric) -> bool:
        """Whether the stamp may be put under this scheme.

        Where the scheme rewards nothing that any stamp of the set names, as one of a school's own making may, it can't
        be told which would serve: all do.
        """
        return serves(stamp, rubric) or not any(not s.is_general and serves(s, rubric) for s in self.stamps)

    def serving(self, rubric: Rubric) -> tuple[Stamp, ...]:
        """The stamps of this set that may be put under this scheme."""
        found = tuple(stamp for stamp in self.stamps if serves(stamp, rubric))
        return self.stamps if all(stamp.is_general for stamp in found) else found


_EVIDENT = re.compile(r"(AO[1-9]) L([0-9])")


def evident_code(ao: str, level: int) -> str:
    """``AO2 L4``: a passage that shows a level, stamped as evidence for a moderator. It scores nothing."""
    return f"{ao} L{level}"


def evident(code: str) -> tuple[str, int] | None:
    """The objective and level that such a code names; None for any other."""
    found = _EVIDENT.fullmatch(code)
    return (found[1], int(found[2])) if found else None


def meaning_of(code: str, stamps: "StampSet") -> str:
    """What a code says, in words; empty for one that nobody knows."""
    stamp, shows = stamps.for_code(code) if code else None, evident(code)
    if stamp is not None:
        return stamp.meaning
    return f"shows level {shows[1]} for {shows[0]}" if shows else ""


def serves(stamp: Stamp, rubric: Rubric) -> bool:
    """Whether the stamp says something that this scheme rewards. One that names nothing always does."""
    if stamp.is_general:
        return True
    return not stamp.strands.isdisjoint(strand.id for strand in rubric.strands) or not stamp.aos.isdisjoint(
        ao.code for ao in rubric.aos
    )


def objectives(stamps: Iterable[Stamp], rubric: Rubric) -> set[str]:
    """What stamps are evidence for: the objectives that they name, and those of the strands that they name."""
    strand_aos: dict[str, str] = {strand.id: strand.ao for strand in rubric.strands}
    return {ao for stamp in stamps for ao in (*stamp.aos, *(strand_aos.get(strand, "") for strand in stamp.strands))}


def legend(stamps: StampSet, rubric: Rubric) -> tuple[Stamp, ...]:
    """The stamps to show beside an essay under this scheme, in the set's order: the first that serve it.

    Where there are too many, each objective of the scheme has its first few all the same.
    """
    serving = stamps.serving(rubric)
    if len(serving) <= LEGEND:
        return serving
    kept: dict[str, None] = {}
    for ao in rubric.aos:
        kept.update(dict.fromkeys([s.code for s in serving if ao.code in objectives([s], rubric)][:OF_EACH]))
    kept.update(dict.fromkeys(stamp.code for stamp in serving))
    shown = list(kept)[:LEGEND]
    return tuple(stamp for stamp in serving if stamp.code in shown)
