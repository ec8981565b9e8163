"""What a marker puts on a passage: a stamp, a comment, or both."""

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

    @property
    def key(self) -> str:
        return self.id


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
