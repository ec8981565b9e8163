"""The level and mark given on one scale, and what they come to.

Four states are kept apart: not marked yet, a mark, nothing creditable (0), and no response (NR). NR counts
nothing in a total and is never an attempt that earned 0 (OCR's marking instructions make the difference).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from markdesk.core.errors import MarkOutOfRange
from markdesk.core.ids import MarkingId, ScaleId
from markdesk.core.rubric import Level, Rubric, Scale, Scoring

NO_RESPONSE: Final = "NR"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where one strand sits: a level, and whether it is less (-1) or more (+1) secure there."""

    level: int
    security: int = 0

    def __str__(self) -> str:
        return f"L{self.level}" + ("+" if self.security > 0 else "-" if self.security < 0 else "")


@dataclass(frozen=True, slots=True)
class Award:
    """What one scale was given. Immutable: each act makes the next one."""

    marking_id: MarkingId
    scale: ScaleId
    mark: int | None = None
    level: int | None = None
    no_response: bool = False
    tentative: bool = False
    """True while only the level was chosen and the mark is its band's middle, not yet confirmed."""
    strands: tuple[tuple[str, Placement], ...] = ()
    """Strand placements, in the order of the strand ids."""
    reason: str = ""
    points: tuple[tuple[str, int], ...] = ()
    """On a scale of points: what each item earned so far, in the scheme's order. The mark is their sum, once all are
    given; a mark that was typed for the whole has none."""

    @property
    def key(self) -> str:
        return self.scale

    @property
    def is_empty(self) -> bool:
        """Nothing has been given: the award need not be kept."""
        return self.mark is None and not (self.no_response or self.strands or self.reason or self.points)

    @property
    def is_marked(self) -> bool:
        return self.mark is not None or self.no_response

    def placement(self, strand: str) -> Placement | None:
        return next((placed for name, placed in self.strands if name == strand), None)

    def earned(self, item: str) -> int | None:
        """The points of one item; None until they are given."""
        return next((given for name, given in self.points if name == item), None)

    @property
    def so_far(self) -> int:
        """What it comes to while some items have no points yet; else its mark."""
        return sum(given for _, given in self.points) if self.mark is None else self.mark


def with_mark(award: Award, scale: Scale, mark: int, tentative: bool = False) -> Award:
    """Give a mark; its level follows, except on points. Raises MarkOutOfRange outside 0 to the scale's maximum."""
    if not 0 <= mark <= scale.max:
        raise MarkOutOfRange(f"{scale.title} is out of {scale.max}: {mark} is not one of its marks.")
    level = None if scale.is_points else scale.level_of(mark)
    return replace(award, mark=mark, level=level, no_response=False, tentative=tentative, points=())


def with_points(award: Award, scale: Scale, points: Mapping[str, int]) -> Award:
    """Give some items their points; the others keep theirs. The mark is the sum, once every item has its own.

    Raises MarkOutOfRange for an item that the scale doesn't have, or more points than it may earn.
    """
    most = {item.id: item.max for item in scale.items}
    for name, given in points.items():
        if name not in most:
            raise MarkOutOfRange(f"{scale.title} has no item '{name}'; it has: {', '.join(most) or 'none'}.")
        if not 0 <= given <= most[name]:
            raise MarkOutOfRange(f"{scale.title}, {name} earns 0 to {most[name]} points, not {given}.")
    found = {**dict(award.points), **points}
    kept = tuple((name, found[name]) for name in most if name in found)
    mark = sum(given for _, given in kept) if len(kept) == len(most) else None
    return replace(award, mark=mark, level=None, no_response=False, tentative=False, points=kept)


def with_level(award: Award, scale: Scale, n: int) -> Award:
    """Choose a level: the middle mark of its band, then its top, then its bottom, and round again."""
    level = scale.level(n)
    if scale.is_points:
        raise MarkOutOfRange(f"{scale.title} is marked in points and has no levels: give a mark out of {scale.max}.")
    if level is None:
        raise MarkOutOfRange(f"{scale.title} has levels 1 to {scale.top}: there is no level {n}.")
    if award.level != n or award.mark is None:
        return with_mark(award, scale, level.middle, tentative=True)
    # Each press goes one on in the round; a mark reached by + or - joins it at the top.
    if award.mark == level.max:
        following = level.min
    elif award.mark == level.min and level.middle > level.min:
        following = level.middle
    else:
        following = level.max
    return with_mark(award, scale, following, tentative=True)


def stepped(award: Award, scale: Scale, by: int) -> Award:
    """One mark up or down, within the scale. An award without a mark stays as it is. For points see ``with_points``."""
    if award.mark is None:
        return award
    return with_mark(award, scale, min(scale.max, max(0, award.mark + by)))


def zero_cycled(award: Award, scale: Scale) -> Award:
    """Nothing creditable, then no response, then unmarked, then round again."""
    if award.no_response:
        return replace(award, mark=None, level=None, no_response=False, tentative=False, points=())
    if award.mark == 0:
        return with_no_response(award, scale)
    return with_mark(award, scale, 0)


def with_no_response(award: Award, scale: Scale) -> Award:
    """No response: neither a mark nor a 0."""
    return replace(award, mark=None, level=None, no_response=True, tentative=False, points=())


def placed(award: Award, strand: str, placement: Placement | None) -> Award:
    """Put one strand in a level, or take it out again. The mark is never touched."""
    others = {name: p for name, p in award.strands if name != strand}
    if placement is not None:
        others[strand] = placement
    return replace(award, strands=tuple(sorted(others.items())))


@dataclass(frozen=True, slots=True)
class Total:
    """What the scales come to. ``value`` is None until every scale is marked, and NR when all are no response."""

    value: int | Literal["NR"] | None
    so_far: int
    max: int

    def __str__(self) -> str:
        return "–" if self.value is None else str(self.value)


def total(rubric: Rubric, awards: dict[str, Award]) -> Total:
    """Add the scales up. Derived each time and never stored; penalties are not subtracted."""
    given = [awards.get(scale.id) for scale in rubric.scales]
    so_far = rubric.combined(sum(award.so_far for award in given if award is not None))
    if not all(award is not None and award.is_marked for award in given):
        return Total(None, so_far, rubric.max_mark)
    if all(award is not None and award.no_response for award in given):
        return Total(NO_RESPONSE, 0, rubric.max_mark)
    return Total(so_far, so_far, rubric.max_mark)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The profile's centre, with the arithmetic that led to it. Ours and no board's; never a mark by itself."""

    mark: int
    marks: tuple[tuple[str, float], ...]
    mean: float

    @property
    def arithmetic(self) -> str:
        """``(14.5 + 14.5 + 16 + 13) / 4 = 14.5``"""
        terms = " + ".join(f"{mark:g}" for _, mark in self.marks)
        return f"({terms}) / {len(self.marks)} = {self.mean:g}"


def strand_mark(level: Level | None, security: int) -> float:
    """The lowest, middle or highest mark of a level; 0 for nothing creditable."""
    if level is None:
        return 0.0
    return {-1: float(level.min), 0: (level.min + level.max) / 2, 1: float(level.max)}[security]


def suggestion(rubric: Rubric, scale: Scale, award: Award) -> Suggestion | None:
    """The plain mean of the strands' marks, rounded half up; only on a profile scheme, once every strand is placed."""
    if rubric.scoring is not Scoring.PROFILE:
        return None
    marks: list[tuple[str, float]] = []
    for strand in rubric.strands_of(scale):
        placement = award.placement(strand.id)
        if placement is None:
            return None
        marks.append((strand.id, strand_mark(scale.level(placement.level), placement.security)))
    if not marks:
        return None
    # In quarters of a mark, so that halves round up exactly.
    doubled = sum(round(mark * 2) for _, mark in marks)
    return Suggestion((doubled + len(marks)) // (2 * len(marks)), tuple(marks), doubled / 2 / len(marks))
