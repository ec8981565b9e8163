"""What a class mark sheet says above and below its rows: what was set, and what the marks come to together."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, TypeVar

from markdesk.core.award import NO_RESPONSE
from markdesk.core.boundaries import Boundaries
from markdesk.core.rubric import Scale
from markdesk.core.statistics import Figures, figures
from markdesk.desk.assignments import ClassSheet, Marked
from markdesk.desk.class_table import strands_kept, title_of

NR_RULE = "No response (NR) and what has no mark yet count as no mark, never as 0."


@dataclass(frozen=True, slots=True)
class ScaleLevels:
    """How many students stand at each level of one scale."""

    scale: Scale
    title: str
    counts: tuple[int, ...]
    """From level 0, nothing creditable, to the highest. Of a scale of points, which has no levels, it is empty."""
    no_response: int
    unmarked: int


@dataclass(frozen=True, slots=True)
class StrandMean:
    """Where a class stands on one strand of a scale."""

    scale: Scale
    title: str
    strand: str
    name: str
    n: int
    """How many students were placed on it."""
    mean: Fraction
    """The mean of their levels; less or more secure in a level is not counted."""

    @property
    def share(self) -> Fraction:
        """The mean level as a part of the scale's highest."""
        return self.mean / max(1, self.scale.top)


@dataclass(frozen=True, slots=True)
class ClassSummary:
    """The figures of a class, with what they leave out."""

    marks: tuple[int, ...]
    """The totals, in the order of the class list."""
    figures: Figures | None
    provisional: int
    """How many of the totals belong to markings that aren't finished."""
    no_response: int
    without_mark: int
    """Scripts on which something is still to be given, or everything."""
    not_handed_in: int
    levels: tuple[ScaleLevels, ...]
    strands: tuple[StrandMean, ...]

    @property
    def weakest(self) -> tuple[StrandMean, ...]:
        """The strand at the lowest share of its levels, and those level with it; none where nothing can be compared."""
        return weakest_of(self.strands)


class Shared(Protocol):
    """What stands at a share of the most there is."""

    @property
    def share(self) -> Fraction: ...


S = TypeVar("S", bound=Shared)


def weakest_of(strands: Sequence[S]) -> tuple[S, ...]:
    """What stands at the lowest share, and all level with it; none where that is most of them, or all there is."""
    lowest = min((strand.share for strand in strands), default=None)
    found = tuple(strand for strand in strands if strand.share == lowest)
    return found if 2 * len(found) <= len(strands) else ()


def class_summary(sheet: ClassSheet) -> ClassSummary:
    """What the marks of a class mark sheet come to."""
    return summary_of(sheet.rows, sheet.scales, len(sheet.missing))


def summary_of(rows: Sequence[Marked], scales: Sequence[Scale], not_handed_in: int = 0) -> ClassSummary:
    """What the marks of these scripts come to."""
    totals = [row.total.value for row in rows]
    marks = tuple(value for value in totals if isinstance(value, int))
    return ClassSummary(
        marks,
        figures(marks),
        sum(1 for row in rows if isinstance(row.total.value, int) and not row.is_finished),
        totals.count(NO_RESPONSE),
        totals.count(None),
        not_handed_in,
        tuple(levels_of(rows, scale, scales) for scale in scales),
        tuple(mean for scale in scales for mean in strands_of(rows, scale, scales)),
    )


def levels_of(rows: Sequence[Marked], scale: Scale, scales: Sequence[Scale]) -> ScaleLevels:
    """How many of these scripts stand at each level of a scale; ``scales`` are all that it is one of."""
    awards = [row.award(scale.id) for row in rows]
    levels = [award.level for award in awards if award is not None]
    counts = () if scale.is_points else tuple(levels.count(n) for n in range(scale.top + 1))
    no_response = sum(1 for award in awards if award is not None and award.no_response)
    unmarked = sum(1 for award in awards if award is None or not award.is_marked)
    return ScaleLevels(scale, title_of(scale, scales), counts, no_response, unmarked)


def strands_of(rows: Sequence[Marked], scale: Scale, scales: Sequence[Scale]) -> list[StrandMean]:
    """Where these scripts stand on each strand of a scale on which any of them was placed."""
    found: list[StrandMean] = []
    for strand in strands_kept(rows, scale):
        awards = [row.award(scale.id) for row in rows]
        placed = [award.placement(strand.id) for award in awards if award is not None]
        levels = [placement.level for placement in placed if placement is not None]
        mean = Fraction(sum(levels), len(levels))
        found.append(StrandMean(scale, title_of(scale, scales), strand.id, strand.name, len(levels), mean))
    return found


def called(strand: StrandMean, summary: ClassSummary) -> str:
    """A strand's name, with its scale where others have strands too."""
    several = len({other.title for other in summary.strands}) > 1
    return f"{strand.name} ({strand.title})" if several else strand.name


def facts(sheet: ClassSheet, boundaries: Boundaries | None = None) -> tuple[tuple[str, str | int], ...]:
    """What was set and how it was marked, a label and a value each; what isn't known is left out."""
    about, rubric = sheet.assignment, sheet.rubric
    board = " ".join(word for word in (rubric.board, "" if rubric.takes_any_tariff else rubric.spec) if word)
    graded = f"{boundaries.name}, notional. From: {boundaries.source or 'not said'}" if boundaries else ""
    found: tuple[tuple[str, str | int], ...] = (
        ("Assignment", about.name),
        ("Question", about.question if about.question != about.name else ""),
        ("Class", sheet.group),
        ("Kind", str(about.kind)),
        ("Set on", about.set_on),
        ("Board", board),
        ("Paper", sheet.paper),
        ("Mark scheme", f"{rubric.title} ({rubric.id}, version {rubric.version})"),
        ("Out of", rubric.max_mark),
        ("Marked by", sheet.marker),
        ("Grade boundaries", graded),
    )
    return tuple((label, value) for label, value in found if value)
