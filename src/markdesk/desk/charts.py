"""The charts of a pile, of several assignments and of a student: which there are, and what each is made from.

The figures are those of the review and of the student's screen; a chart adds none. No name of a student is in any.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from markdesk.core.charts import (
    Chart,
    Histogram,
    Point,
    Stop,
    Strip,
    TrendChart,
    in_order,
    letter,
    of_counts,
    of_marks,
    over_time,
)
from markdesk.core.past_words import gaps_told, hidden_told, schemes_told
from markdesk.core.statistics import decimal
from markdesk.desk.assignment_review import PileReview, ScaleReview
from markdesk.desk.course_review import CourseReview, tenth_told
from markdesk.desk.drifting import marks_in_order
from markdesk.desk.record import Record
from markdesk.desk.review_words import counted, per_cent
from markdesk.desk.schemes_apart import schemes_of
from markdesk.desk.student_view import Series, StudentView, Work

Line = tuple[str, list[Point | None]]
"""The name of a scale or strand, and its points."""


def review_charts(pile: PileReview) -> tuple[Chart, ...]:
    """How the totals of a pile are spread, its levels scale by scale, and the marks in the order in which they came."""
    levels = [_levels(scale, len(pile.scales) > 1) for scale in pile.scales if scale.marks and scale.scale.levels]
    return tuple(chart for chart in (marks_chart(pile), *levels, order_chart(pile)) if chart is not None)


def marks_chart(pile: PileReview) -> Histogram | None:
    """How many essays have each mark; None where none has any."""
    return of_marks("Marks", pile.counts) if pile.summary.marks else None


def order_chart(pile: PileReview) -> Strip | None:
    """The marks in the order in which they were given, and what is said of drift; None where the order isn't known."""
    marks = marks_in_order(pile.judged, pile.rubric, pile.assignment.by_scale)
    if not marks:
        return None
    drift, title = pile.drift.total, "Marks in the order in which they were given"
    ends, usual = (drift.ends, drift.usual) if drift is not None else (0, None)
    return in_order(title, marks, pile.rubric.max_mark, ends, pile.drift.told, usual)


def _levels(scale: ScaleReview, has_others: bool) -> Chart:
    counts, levels = scale.levels.counts, scale.scale.levels
    bars = [("no level", counts[0])] if counts[0] else []
    bars += [(level.label, counts[level.n]) for level in levels]
    title = f"Levels: {scale.levels.title}" if has_others else "Levels"
    return of_counts(title, "level", bars)


def course_charts(course: CourseReview) -> tuple[Chart, ...]:
    """How the marks of several assignments are spread, and the mean of each."""
    if not course.shares:
        return ()
    bars = [(tenth_told(at), count) for at, count in enumerate(course.tenths)]
    charts: list[Chart] = [of_counts("Marks, by tenths of the maximum", "% of the maximum", bars, "mark", "%")]
    told = [(pile, pile.share, pile.summary.figures) for pile in reversed(course.piles)]
    with_mark = [(pile, share, its) for pile, share, its in told if share is not None and its is not None]
    if len(with_mark) > 1:
        schemes = schemes_of(pile.rubric for pile, _, _ in with_mark)
        several = len(schemes.names) > 1
        stops = [
            Stop(
                pile.assignment.set_on,
                pile.assignment.name,
                f"{decimal(its.mean)}/{pile.rubric.max_mark}",
                letter(schemes.place(pile.rubric) or 0) if several else "",
            )
            for pile, _, its in with_mark
        ]
        points = [Point(share, stop.told) for (_, share, _), stop in zip(with_mark, stops, strict=True)]
        named = [(letter(at), name) for at, name in enumerate(schemes.names)] if several else []
        charts.append(over_time("Mean of each assignment", stops, [("", points)], named, told=_means_told(points)))
    return tuple(charts)


def _means_told(points: Sequence[Point]) -> str:
    """Of means no direction is told: another task, or another class, has another mean."""
    shares: list[Fraction] = [point.share for point in points]
    told = f"The means of {counted(len(shares), 'assignment')} lie from {per_cent(min(shares))} to"
    return f"{told} {per_cent(max(shares))} of the maximum; as the tasks differ, no direction is told."


def student_charts(view: StudentView) -> tuple[TrendChart, ...]:
    """A student's totals over the course, then the scales, then the strands; a gap where there is no mark."""
    gaps = gaps_told([work.told for work in view.works])
    notes = " ".join(filter(None, (gaps, schemes_told(len(view.schemes)), hidden_told(view.hidden))))
    has_mark = any(work.share is not None for work in view.works)
    return (*([_totals(view.works, view.schemes, notes)] if has_mark else ()), *scale_charts(view))


def record_chart(record: Record) -> TrendChart:
    """The marks of a record that count, as its page shows them: what has no mark stands beside the chart there."""
    works = [Work(one.day, one.assignment, one.short, one.share, one.scheme) for one in record.counted]
    return _totals(works, record.schemes.names, schemes_told(len(record.schemes.names)))


def _totals(works: Sequence[Work], schemes: Sequence[str], notes: str) -> TrendChart:
    """The line of totals, wherever it is drawn."""
    stops, named = _stops(works, schemes)
    points = [None if work.share is None else Point(work.share, work.told) for work in works]
    return over_time("Marks over time", stops, [("", points)], named, notes)


def scale_charts(view: StudentView) -> tuple[TrendChart, ...]:
    """A student's scales over the course, then the strands."""
    stops, named = _stops(view.works, view.schemes)
    charts: list[TrendChart] = []
    # A stop's own mark is the total: under the lines of scales it would be taken for one of theirs.
    bare = [replace(stop, told="") for stop in stops]
    for is_strand, title in ((False, "Scales over time"), (True, "Strands over time, by level")):
        lines = [_line(one) for one in view.series if one.is_strand is is_strand]
        charts += _in_parts(title, bare, [line for line in lines if any(line[1])], named)
    return tuple(charts)


def _stops(works: Sequence[Work], schemes: Sequence[str]) -> tuple[list[Stop], list[tuple[str, str]]]:
    """Each piece of work, and the letters of the schemes where there are several."""
    several = len(schemes) > 1
    stops = [
        Stop(work.day, work.name, work.told, letter(work.scheme) if several and work.scheme is not None else "")
        for work in works
    ]
    return stops, [(letter(at), name) for at, name in enumerate(schemes)] if several else []


MOST_LINES = 5
"""Lines of one chart: more can't be told apart."""


def _in_parts(
    title: str, stops: Sequence[Stop], lines: Sequence[Line], schemes: Sequence[tuple[str, str]]
) -> Iterable[TrendChart]:
    """The lines in charts of a few each, along those pieces of work on which any of them has a point."""
    each = -(-len(lines) // max(1, -(-len(lines) // MOST_LINES)))
    parts = [lines[at : at + each] for at in range(0, len(lines), max(1, each))]
    for number, part in enumerate(parts, start=1):
        there = [at for at in range(len(stops)) if any(points[at] for _, points in part)]
        used = {stops[at].scheme for at in there}
        several = len(used) > 1
        yield over_time(
            f"{title} ({number} of {len(parts)})" if len(parts) > 1 else title,
            [stops[at] if several else replace(stops[at], scheme="") for at in there],
            [(name, [points[at] for at in there]) for name, points in part],
            [(letter, name) for letter, name in schemes if several and letter in used],
        )


def _line(one: Series) -> Line:
    """A scale or strand; a scale with what its marks are out of."""
    points = [None if p is None or p.share is None else Point(p.share, p.told) for p in one.points]
    return one.name if one.is_strand else f"{one.name} (of {'/'.join(map(str, one.maxima))})", points
