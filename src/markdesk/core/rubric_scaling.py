"""A scheme for another tariff: its bands scale by one stated rule.

The rule. The top of each band is its old top times the new maximum, divided by the old, rounded half up; the band
above begins one mark higher. Where a level would be left without a mark, the tops are moved by just so much that
every level has one. Sub-bands, the points of items, the marks of objectives and the maxima of several scales are
divided by the same rule; a cap's level stays, a cap's mark is scaled like a top. A tariff that is smaller than the
number of levels is refused.

Only a scheme of no board takes any tariff (its ``spec`` is "any"): a board's ranges are the board's.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from markdesk.core.errors import MarkOutOfRange
from markdesk.core.rubric import Cap, Level, Rubric, Scale


def for_tariff(rubric: Rubric, tariff: int) -> Rubric:
    """The scheme that ``ID:TARIFF`` asks for. Raises MarkOutOfRange where it takes none but its own, or so few."""
    if tariff == rubric.max_mark:
        return rubric
    if not rubric.takes_any_tariff:
        raise MarkOutOfRange(
            f"{rubric.id} is out of {rubric.max_mark}, as its board has it: it can't be scaled to {tariff}.",
            "Only schemes whose spec is \"any\" take any tariff; 'markdesk rubric list' names them.",
        )
    scaled = scaled_to(rubric, tariff)
    basis = f"{rubric.provenance.basis} Scaled from {rubric.max_mark} to {tariff} marks by markdesk's rule for tariffs."
    return replace(
        scaled, id=f"{rubric.id}:{tariff}", time_minutes=0, provenance=replace(rubric.provenance, basis=basis)
    )


def scaled_to(rubric: Rubric, tariff: int) -> Rubric:
    """The same scheme, its marks scaled to another tariff. Raises MarkOutOfRange where a level would have no mark."""
    needed = fewest_marks(rubric)
    if rubric.scale_factor != 1:
        raise MarkOutOfRange(f"{rubric.id} multiplies its marks by {rubric.scale_factor}: it can't be scaled.")
    if tariff < needed:
        raise MarkOutOfRange(
            f"{rubric.id} needs {needed} marks at least, one for each level: {tariff} are too few.",
            "Use a scheme with fewer levels.",
        )
    maxima = _shares([scale.max for scale in rubric.scales], tariff, [_fewest(scale) for scale in rubric.scales])
    scales = tuple(_scale(scale, most) for scale, most in zip(rubric.scales, maxima, strict=True))
    marks = _shares([ao.marks for ao in rubric.aos], tariff, [0] * len(rubric.aos))
    return replace(
        rubric,
        title=_title(rubric, tariff),
        max_mark=tariff,
        scales=scales,
        aos=tuple(replace(ao, marks=share) for ao, share in zip(rubric.aos, marks, strict=True)),
        caps=tuple(_cap(cap, rubric, scales) for cap in rubric.caps),
    )


def fewest_marks(rubric: Rubric) -> int:
    """The smallest tariff that leaves every level, sub-band and item a mark."""
    return sum(_fewest(scale) for scale in rubric.scales)


def _title(rubric: Rubric, tariff: int) -> str:
    named, count = re.subn(rf"\b{rubric.max_mark}(?=[- ]marks?\b)", str(tariff), rubric.title)
    return named if count else f"{rubric.title}, {tariff} marks"


def _fewest(scale: Scale) -> int:
    return sum(max(1, len(level.subs)) for level in scale.levels) or len(scale.items)


def _tops(tops: Sequence[int], most: int, least: Sequence[int]) -> list[int]:
    """The new tops of bands that begin at 1: scaled, rounded half up, and each band ``least`` marks wide."""
    scaled = [(2 * top * most + tops[-1]) // (2 * tops[-1]) for top in tops]
    below = 0
    for place, width in enumerate(least):
        below = scaled[place] = max(scaled[place], below + width)
    above = most
    for place in reversed(range(len(scaled))):
        scaled[place] = min(scaled[place], above)
        above = scaled[place] - least[place]
    return scaled


def _shares(parts: Sequence[int], most: int, least: Sequence[int]) -> list[int]:
    """Parts of a sum, scaled to another sum by the same rule."""
    if not parts:
        return []
    tops, summed = [], 0
    for part in parts:
        summed += part
        tops.append(summed)
    scaled = _tops(tops, most, least)
    return [top - below for top, below in zip(scaled, [0, *scaled[:-1]], strict=True)]


def _scale(scale: Scale, most: int) -> Scale:
    if scale.items:
        points = _shares([item.max for item in scale.items], most, [1] * len(scale.items))
        items = tuple(replace(item, max=share) for item, share in zip(scale.items, points, strict=True))
        return replace(scale, max=most, items=items)
    tops = _tops([level.max for level in scale.levels], most, [max(1, len(level.subs)) for level in scale.levels])
    bottoms = [1, *(top + 1 for top in tops[:-1])]
    levels = tuple(_level(*placed) for placed in zip(scale.levels, bottoms, tops, strict=True))
    return replace(scale, max=most, levels=levels)


def _level(level: Level, low: int, high: int) -> Level:
    widths = _shares([sub.max - sub.min + 1 for sub in level.subs], high - low + 1, [1] * len(level.subs))
    subs, begin = [], low
    for sub, width in zip(level.subs, widths, strict=True):
        subs.append(replace(sub, min=begin, max=begin + width - 1))
        begin += width
    return replace(level, min=low, max=high, subs=tuple(subs))


def _cap(cap: Cap, rubric: Rubric, scales: Sequence[Scale]) -> Cap:
    mark = cap.effect.max_mark
    before = rubric.scale(cap.effect.scale)
    after = next((scale for scale in scales if scale.id == cap.effect.scale), None)
    if mark is None or before is None or after is None:
        return cap
    if cap.effect.max_level is not None:
        # Both were given, and must go on agreeing: the level is what the rule is about.
        level = after.level(cap.effect.max_level)
        return replace(cap, effect=replace(cap.effect, max_mark=level.max if level else 0))
    return replace(cap, effect=replace(cap.effect, max_mark=(2 * mark * after.max + before.max) // (2 * before.max)))
