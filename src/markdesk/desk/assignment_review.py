"""Looking back at an assignment: how the marks are spread, where the class is weak, who is near a boundary, who has
handed nothing in, and whether the standard moved. A class and a year are in ``desk.course_review``.

Every figure says of how many marks it is. No response (NR) and what has no mark are in no mean, and never count as 0.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from markdesk.core.against_usual import AgainstUsual
from markdesk.core.award import total
from markdesk.core.boundaries import Boundaries
from markdesk.core.coursework import Assignment
from markdesk.core.edges import AtEdge, Edge, at_edges, edges_of_grades, edges_of_levels, under
from markdesk.core.ids import MarkerId, RubricHash
from markdesk.core.rubric import Rubric, Scale
from markdesk.core.rubric_compare import compares
from markdesk.core.statistics import Figures, figures
from markdesk.desk.anonymous import called_in
from markdesk.desk.assignments import Marked
from markdesk.desk.class_summary import (
    ClassSummary,
    ScaleLevels,
    StrandMean,
    levels_of,
    strands_of,
    summary_of,
    weakest_of,
)
from markdesk.desk.desk import Desk
from markdesk.desk.drifting import (
    Judged,
    Mirror,
    PileDrift,
    judged_once,
    mirror,
    past_shares,
    pile_against_usual,
    pile_drift,
)
from markdesk.desk.queueing import Missing, missing
from markdesk.desk.review_filters import Filters
from markdesk.desk.sheets import group_name
from markdesk.desk.what_recurs import WhatRecurs, what_recurs


@dataclass(frozen=True, slots=True)
class ScaleReview:
    """How one scale was marked."""

    levels: ScaleLevels
    marks: tuple[int, ...]
    figures: Figures | None
    left_out: int
    """Marks given under a version in which the scale had other ranges: they are no marks of this one."""

    @property
    def scale(self) -> Scale:
        return self.levels.scale

    @property
    def share(self) -> Fraction | None:
        """The mean as a part of the scale's maximum."""
        return self.figures.mean / self.scale.max if self.figures and self.scale.max else None


@dataclass(frozen=True, slots=True)
class Near:
    """An essay that falls one or two marks short of a boundary."""

    row: Marked
    called: str
    edge: Edge
    by: int


@dataclass(frozen=True, slots=True)
class Picked:
    """An essay that filters picked out of its pile."""

    row: Marked
    called: str


@dataclass(frozen=True, slots=True)
class PileReview:
    """One assignment as one marker marked it."""

    assignment: Assignment
    group: str
    rubric: Rubric
    rows: tuple[Marked, ...]
    """The scripts that the filters leave."""
    scripts: int
    """All scripts of the assignment."""
    summary: ClassSummary
    """Of the totals under the scheme's present maximum."""
    left_out: int
    """Totals out of another maximum, under an earlier version."""
    scales: tuple[ScaleReview, ...]
    strands: tuple[StrandMean, ...]
    graded_by: str
    """Whose boundaries the edges are: a series and option; empty where they are the scheme's own levels."""
    edges: tuple[AtEdge, ...]
    near: tuple[Near, ...]
    missing: tuple[Missing, ...]
    judged: Judged
    """Those of the rows that can show a drift, in the order in which they were finished."""
    drift: PileDrift
    against_usual: AgainstUsual | None
    """How the pile lies against what its students usually get; None where too few are known, or only some are looked
    at."""
    mirror: Mirror | None
    recurs: WhatRecurs
    picked: tuple[Picked, ...]
    """The rows by name, or by number while names are hidden; none where the filters don't choose among essays."""

    @property
    def share(self) -> Fraction | None:
        """The mean total as a part of the maximum."""
        return self.summary.figures.mean / self.rubric.max_mark if self.summary.figures else None

    @property
    def weakest(self) -> tuple[StrandMean, ...]:
        """The strand at the lowest share of its levels, and those level with it; none where nothing can be compared."""
        return weakest_of(self.strands)

    @property
    def counts(self) -> tuple[int, ...]:
        """How many totals there are of each mark, from 0 to the maximum."""
        found = Counter(self.summary.marks)
        return tuple(found[mark] for mark in range(self.rubric.max_mark + 1))


def pile_review(
    desk: Desk,
    assignment: Assignment,
    filters: Filters = Filters(),
    boundaries: Boundaries | None = None,
    in_course: bool = False,
) -> PileReview:
    """What one assignment came to. ``boundaries`` are those that the department entered for it, where any are asked.

    ``in_course`` leaves out what is told of a pile by itself alone: who is near a boundary, and the marker's own hand.
    """
    marker = filters.marker or desk.marker.id
    rubric = desk.store.rubric(assignment.rubric_hash)
    whole = rows_of(desk, assignment, marker)
    rows = chosen(desk, assignment, filters, whole)
    comparable = [row for row in rows if row.total.max == rubric.max_mark]
    gone = () if filters.of_scripts else missing(desk, assignment, [row.entry for row in whole])
    edges = _edges(rubric, boundaries)
    summary = summary_of(comparable, (), len(gone))
    judged = judged_once(rows, rubric)
    seen = level = None
    if filters.of_scripts:
        drifted = PileDrift(None, why_not="Drift isn't told of some essays of a pile")
    else:
        past = past_shares(desk, assignment, sum(row.is_finished for row in rows), marker)
        drifted = pile_drift(judged, rubric, assignment.by_scale, past)
        level = pile_against_usual(judged, rubric, past)
        if not in_course:
            seen = mirror(judged, desk.store.remarks(marker, assignment.id), desk.stamps_for(rubric))
    return PileReview(
        assignment,
        group_name(desk, assignment),
        rubric,
        rows,
        len(whole),
        summary,
        len(rows) - len(comparable),
        tuple(_scale(rubric, scale, rows) for scale in rubric.scales),
        _strands(rubric, rows),
        boundaries.name if boundaries else "",
        at_edges(edges, summary.marks),
        () if in_course else _near(desk, assignment, edges, comparable),
        gone,
        judged,
        drifted,
        level,
        seen,
        what_recurs(
            rows,
            desk.store.codes(marker, assignment.id),
            desk.store.told_students(marker, assignment.id),
            desk.stamps_for(rubric),
            assignment.is_anonymous,
        ),
        _picked(desk, assignment, rows) if filters.of_scripts and rows else (),
    )


def chosen(desk: Desk, assignment: Assignment, filters: Filters, whole: Iterable[Marked]) -> tuple[Marked, ...]:
    """Of all scripts of an assignment those that the filters leave."""
    if not filters.of_scripts:
        return tuple(whole)
    marker = filters.marker or desk.marker.id
    stamped = desk.store.stamped(marker, assignment.id, filters.stamp) if filters.stamp else ()
    worded = desk.store.worded(marker, assignment.id, filters.query) if filters.text else ()
    return tuple(row for row in whole if filters.picks(row, stamped, worded))


def _picked(desk: Desk, assignment: Assignment, rows: Iterable[Marked]) -> tuple[Picked, ...]:
    called = called_in(desk, assignment)
    found = [Picked(row, called(row.entry)) for row in rows]
    # Numbers in the order of the names would tell whose they are.
    return tuple(sorted(found, key=lambda one: one.called) if assignment.is_anonymous else found)


def _strands(rubric: Rubric, rows: Sequence[Marked]) -> tuple[StrandMean, ...]:
    """Where the class stands on each strand of the scheme; a scale under other ranges is left out."""
    scales = rubric.scales
    return tuple(mean for scale in scales for mean in strands_of(_on(rubric, scale, rows), scale, scales))


def rows_of(desk: Desk, assignment: Assignment, marker: MarkerId) -> tuple[Marked, ...]:
    """Every script of the assignment with what the marker gave it, by name."""
    schemes: dict[RubricHash, Rubric] = {}
    found: list[Marked] = []
    for entry in sorted(desk.store.entries(marker, assignment.id), key=lambda entry: entry.student.sort_key):
        used = entry.header.rubric_hash if entry.header else assignment.rubric_hash
        if used not in schemes:
            schemes[used] = desk.store.rubric(used)
        found.append(Marked(entry, schemes[used], total(schemes[used], entry.award_by_scale())))
    return tuple(found)


def _on(rubric: Rubric, scale: Scale, rows: Iterable[Marked]) -> list[Marked]:
    """The scripts whose marks on a scale are of the ranges that it has now."""
    return [row for row in rows if compares(row.rubric, rubric, scale.id)]


def _scale(rubric: Rubric, scale: Scale, rows: Sequence[Marked]) -> ScaleReview:
    same = _on(rubric, scale, rows)
    given = [award.mark for row in same if (award := row.award(scale.id)) is not None]
    marks = tuple(mark for mark in given if mark is not None)
    return ScaleReview(levels_of(same, scale, rubric.scales), marks, figures(marks), len(rows) - len(same))


def _edges(rubric: Rubric, boundaries: Boundaries | None) -> tuple[Edge, ...]:
    """The grades' boundaries where they are entered; else the levels, where there is one scale and it has any."""
    if boundaries is not None:
        return edges_of_grades(boundaries)
    only = rubric.scales[0]
    return edges_of_levels(only) if len(rubric.scales) == 1 and only.max == rubric.max_mark else ()


def _near(desk: Desk, assignment: Assignment, edges: Sequence[Edge], rows: Iterable[Marked]) -> tuple[Near, ...]:
    called = called_in(desk, assignment)
    found: list[Near] = []
    for row in rows:
        value = row.total.value
        # 0 is nothing creditable, which is no level's neighbour.
        close = under(edges, value) if isinstance(value, int) and value else None
        if close is not None:
            found.append(Near(row, called(row.entry), *close))
    highest = {edge.name: at for at, edge in enumerate(edges)}
    return tuple(sorted(found, key=lambda near: (highest[near.edge.name], near.by, near.called)))
