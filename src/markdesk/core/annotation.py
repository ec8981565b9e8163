"""What a marker puts on a passage: a stamp, a comment, or both."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from markdesk.core.anchors import Anchor
from markdesk.core.ids import AnnotationId, MarkingId
from markdesk.core.rubric import Rubric


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


LEGEND = 12
"""At most so many stamps stand in the legend; the others that serve the scheme still act."""


@dataclass(frozen=True)
class StampSet:
    """The stamps of one file, in its order."""

    id: str
    title: str
    stamps: tuple[Stamp, ...]
    _by_key: dict[str, Stamp] = field(init=False, repr=False, compare=False)
    _by_code: dict[str, Stamp] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {stamp.key: stamp for stamp in self.stamps})
        object.__setattr__(self, "_by_code", {stamp.code: stamp for stamp in self.stamps})

    def for_key(self, key: str) -> Stamp | None:
        return self._by_key.get(key)

    def for_code(self, code: str) -> Stamp | None:
        return self._by_code.get(code)


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
    if not stamp.strands and not stamp.aos:
        return True
    return not stamp.strands.isdisjoint(strand.id for strand in rubric.strands) or not stamp.aos.isdisjoint(
        ao.code for ao in rubric.aos
    )


def legend(stamps: StampSet, rubric: Rubric) -> tuple[Stamp, ...]:
    """The stamps to show beside an essay under this scheme."""
    return tuple(stamp for stamp in stamps.stamps if serves(stamp, rubric))[:LEGEND]
