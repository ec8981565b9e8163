"""A pile looked back at, as lines to read: what matters first, then the marks, each scale, each strand."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from rich.cells import cell_len

from markdesk.core.days import tell_day
from markdesk.core.drift import Drift
from markdesk.core.plain import show_line
from markdesk.core.statistics import decimal
from markdesk.core.trend import FEWEST
from markdesk.desk.assignment_review import PileReview, ScaleReview
from markdesk.desk.class_summary import StrandMean
from markdesk.desk.course_review import CourseReview, Pooled, tenth_told
from markdesk.desk.looking_back import LookBack
from markdesk.desk.review_words import (
    bar,
    binned,
    counted_told,
    course_counted_told,
    course_told,
    course_weakest_told,
    edge_told,
    figures_told,
    levels_of,
    mirror_told,
    near_told,
    per_cent,
    picked_told,
    recurring_told,
    scale_told,
    standard_told,
    targets_told,
    weakest_told,
)
from markdesk.desk.what_recurs import WhatRecurs
from markdesk.tui.bars import small_bar, upright
from markdesk.tui.side_lines import hanging
from markdesk.tui.widgets.lines import Line
from markdesk.tui.words import clipped, fitted

LABEL = 13
"""Cells of a label at the left."""
HIGH = 3
"""Rows of the marks' bars."""
LONGEST = 40
"""Cells of a level's or a strand's bar."""


MOST_OWING = 8
"""Students who owe work, by name."""
OVER = 96
"""Cells from which on there is room for a small bar of each assignment."""


def picked_lines(look: LookBack, width: int, at: int) -> tuple[list[Line], tuple[int, ...]]:
    """The essays that filters picked, with a bar at one; beside the lines, which of them the essays stand on."""
    rows, more = picked_told(look)
    if not rows:
        return [], ()
    who, where, mark = (max(cell_len(row[column]) for row in rows) for column in range(3))
    who, where = min(who, width // 3), min(where, width // 4)
    lines: list[Line] = [(("Essays", "heading"), ("   that the filters leave", "quiet"))]
    for here, (called, assignment, came_to, level) in enumerate(rows):
        style = "strong" if here == at else "text"
        name = f" {fitted(called, who)}  " + (f"{fitted(assignment, where)}  " if where else "")
        came = f"{came_to:<{mark}}  "
        levels = clipped(level, max(1, width - 1 - cell_len(name) - cell_len(came)))
        lines.append((("▌" if here == at else " ", "bar"), (name, style), (came, "text"), (levels, "quiet")))
    stops = tuple(range(1, len(lines)))
    return [*lines, *([((f"  {more}", "quiet"),)] if more else []), ()], stops


def page_lines(look: LookBack, width: int, at: int) -> tuple[list[Line], tuple[int, ...]]:
    """The whole page; beside the lines, which of them can be chosen: first essays, then assignments, then stamps."""
    lines, stops = picked_lines(look, width, at)
    at -= len(stops)
    if look.pile is not None:
        others, more = review_lines(look.pile, width, at)
    else:
        assert look.course is not None
        others, more = course_lines(look.course, width, at)
    return [*lines, *others], (*stops, *(len(lines) + line for line in more))


def review_lines(pile: PileReview, width: int, at: int = -1) -> tuple[list[Line], tuple[int, ...]]:
    """The whole page of one assignment, in so many cells, with a bar at a stamp; beside the lines, where those are."""
    told = figures_told(pile.summary.figures, pile.rubric.max_mark)
    lines: list[Line] = hanging("", "strong", told, "strong", 0, width)
    lines += hanging("", "quiet", counted_told(pile), "quiet", 0, width)
    lines += [(), *_first(pile, width)]
    if pile.summary.marks:
        lines += [(), *_marks(pile, width)]
    for scale in pile.scales:
        lines += [(), *_scale(scale, dict(pile.drift.scales).get(scale.scale.id), width)]
    if pile.strands:
        lines += [(), (("Strands", "heading"), ("   mean level, and its share of the highest", "quiet"))]
        lines += _strands(pile.strands, width)
    its, rows = _recurs(pile.recurs, width, at)
    stops = tuple(len(lines) + row for row in rows)
    lines += its
    if pile.edges and pile.summary.marks:
        lines += [(), *_edges(pile, width)]
    if pile.mirror is not None:
        hand = " ".join(mirror_told(pile.mirror))
        lines += [(), *hanging("Your hand", "heading", hand, "text", LABEL, width)]
    return lines, stops


def _first(pile: PileReview, width: int) -> list[Line]:
    """What to look at: the weakest strand, who is missing, who is near a boundary, drift."""
    is_sign = pile.drift.total is not None and pile.drift.total.is_sign
    told = f"! {pile.drift.told}" if is_sign else pile.drift.told
    lines = hanging("Drift", "heading", told, "weigh" if is_sign else "text", LABEL, width)
    if standard := standard_told(pile):
        lines += hanging("Standard", "heading", standard, "text", LABEL, width)
    if weakest := weakest_told(pile.strands, pile.weakest):
        lines += hanging("Weakest", "heading", weakest, "text", LABEL, width)
    if pile.missing:
        gone = [show_line(f"{m.student.name}{f' ({m.absence.why})' if m.absence else ''}") for m in pile.missing]
        lines += hanging("Missing", "heading", f"{len(gone)}: {', '.join(gone)}", "text", LABEL, width)
    for where, names in near_told(pile.near):
        lines += hanging(where, "heading", names, "text", LABEL, width)
    return lines


def _marks(pile: PileReview, width: int) -> list[Line]:
    """Upright bars, a mark beside the next; the number at the left is that of the tallest."""
    room = max(20, width - 4)
    rows = binned(pile, room // 2, whole_scale=True)
    tallest = max(count for _, count in rows)
    lines: list[Line] = [(("Marks", "heading"), (f"   essays with each mark of {pile.rubric.max_mark}", "quiet"))]
    for row in range(HIGH, 0, -1):
        pieces = (upright(Fraction(count, tallest) if count else None, HIGH, row) for _, count in rows)
        lines.append(((f"{tallest if row == HIGH else '':>3} ", "quiet"), (" ".join(pieces).rstrip(), "bar")))
    axis = ""
    for at, (label, _) in enumerate(rows):
        if at % 5 == 0 and len(axis) <= 2 * at:
            axis = f"{axis:<{2 * at}}{label.partition('–')[0]}"
    lines.append(((f"{'':>4}{axis}", "quiet"),))
    return lines


def _scale(scale: ScaleReview, drift: Drift | None, width: int) -> list[Line]:
    lines: list[Line] = hanging(
        "", "heading", f"{show_line(scale.levels.title)}: {scale_told(scale)}", "heading", 0, width
    )
    rows = levels_of(scale) if scale.marks else []
    most = max((count for _, _, count in rows), default=0)
    room = min(LONGEST, width - 22)
    for label, marks, count in rows:
        lines.append(
            (
                (f"  {label:<4}{marks:>7}  ", "text"),
                (bar(count, most, room), "bar"),
                (f" {count}" if count else "", "quiet"),
            )
        )
    if drift is not None:
        lines += hanging("  ", "quiet", f"{drift.brief}.", "quiet", 2, width)
    return lines


def _strands(strands: Sequence[StrandMean], width: int) -> Iterable[Line]:
    """Each strand's mean level with its n, and a bar that is as long as its share of the highest."""
    several = len({strand.scale.id for strand in strands}) > 1
    return _shares(
        [
            Share(
                f"{s.name} ({s.scale.brief})" if several else s.name,
                f"{decimal(s.mean)} of {s.scale.top}",
                s.share,
                s.n,
            )
            for s in strands
        ],
        width,
    )


def _edges(pile: PileReview, width: int) -> list[Line]:
    whose = pile.graded_by or "the levels of the scheme"
    lines: list[Line] = [(("Boundaries", "heading"), (f"   {whose}", "quiet"))]
    for at in pile.edges:
        label = f"  {at.edge.name} from {at.edge.lowest}"
        lines += hanging(label, "text", edge_told(at), "text", max(LABEL, len(label)) + 2, width)
    return lines


def course_lines(course: CourseReview, width: int, at: int = -1) -> tuple[list[Line], tuple[int, ...]]:
    """Several assignments: together first, then each, with a bar at one; then who owes work, the marks, by class, scale
    and strand, and what recurs. Beside the lines, which of them the assignments stand on, and the stamps."""
    lines: list[Line] = [((course_told(course), "strong"),)]
    lines += hanging("", "quiet", course_counted_told(course), "quiet", 0, width)
    lines.append(())
    if weakest := course_weakest_told(course):
        lines += hanging("Weakest", "heading", weakest, "text", LABEL, width)
    for pile in course.piles:
        if pile.drift.total is not None and pile.drift.total.is_sign:
            told = f"! {show_line(pile.assignment.name)}: {pile.drift.total.brief}"
            lines += hanging("Drift", "heading", told, "weigh", LABEL, width)
    lines += [(), (("Assignments", "heading"), ("   the mean as a share of the maximum", "quiet"))]
    first = len(lines)
    lines += _shares(_assignments(course), width, at)
    stops = tuple(range(first, len(lines)))
    lines += _owing(course, width)
    if course.shares:
        lines += [(), (("Marks", "heading"), ("   by tenths of the maximum", "quiet"))]
        most = max(course.tenths)
        for tenth, count in enumerate(course.tenths):
            told = tenth_told(tenth)
            label = f"  {'':<{3 - told.index('–')}}{told}%"
            length = bar(count, most, min(LONGEST, width - 18))
            lines.append(((f"{label:<12}", "text"), (length, "bar"), (f" {count}" if count else "", "quiet")))
    for title, pooled in (("Classes", course.classes), ("Scales", course.scales), ("Strands", course.strands)):
        if pooled:
            rows = _pooled(pooled, width)
            over = "; small bars: assignment by assignment, oldest first" if rows[0].over else ""
            lines += [
                (),
                ((title, "heading"), (f"   the mean as a share of the highest{over}", "quiet")),
                *_shares(rows, width),
            ]
    its, stamps = _recurs(course.recurs, width, at - len(stops))
    return [*lines, *its], (*stops, *(len(lines) + row for row in stamps))


def _pooled(pooled: Sequence[Pooled], width: int) -> list["Share"]:
    """With a small bar for each of the assignments that any of them was judged in, where that says something."""
    judged = [at for at in range(len(pooled[0].over)) if any(one.over[at] is not None for one in pooled)]
    kept = judged if width >= OVER and len(judged) >= FEWEST else []
    return [
        Share(one.name, per_cent(one.share), one.share, one.n, tuple(one.over[at] for at in kept)) for one in pooled
    ]


def _assignments(course: CourseReview) -> list["Share"]:
    """Each with its class, where there are several."""
    found = []
    for pile in course.piles:
        its, name = pile.summary.figures, pile.assignment.name
        day = f"{tell_day(pile.assignment.set_on):>11}"
        figure = f"{decimal(its.mean)} of {pile.rubric.max_mark}" if its else "no mark"
        called = f"{day}  {name}  {pile.group}" if course.classes and pile.group else f"{day}  {name}"
        found.append(Share(called, figure, pile.share, its.n if its else 0))
    return found


def _recurs(recurs: WhatRecurs, width: int, at: int) -> tuple[list[Line], tuple[int, ...]]:
    """The stamps on most essays, what was said on most in the same words, what became of the targets set before; a
    stamp may have the bar. Beside the lines, which of them the stamps stand on."""
    found, targets = recurring_told(recurs), targets_told(recurs)
    if not (found or targets):
        return [], ()
    lines: list[Line] = [(), (("What recurs", "heading"), ("   on how many of the finished essays", "quiet"))]
    stops: list[int] = []
    names = max([7, *(cell_len(name) for one in found for name, _, _ in one.rows)])
    counts = max((len(of) for one in found for _, of, _ in one.rows), default=0)
    for one in found:
        lines.append(((f"  {one.title}", "quiet"),))
        for name, of, words in one.rows:
            is_barred = bool(one.codes) and len(stops) == at
            if one.codes:
                stops.append(len(lines))
            lead = f"  {name}{' ' * (names - cell_len(name))}  {of:>{counts}}  "
            style = "strong" if is_barred else "text"
            told = hanging(lead, style, words, "quiet", cell_len(lead), width - 1)
            lines += [(("▌" if is_barred and not nth else " ", "bar"), *line) for nth, line in enumerate(told)]
        if one.more:
            lines.append(((f"   and {one.more} more", "quiet"),))
    lines += hanging("  ", "text", targets, "text", 2, width) if targets else []
    return lines, tuple(stops)


def _owing(course: CourseReview, width: int) -> list[Line]:
    """Who owes work; of many the first, who owe most."""
    lines: list[Line] = [()] if course.owing else []
    for at, owing in enumerate(course.owing[:MOST_OWING]):
        told = f"{show_line(owing.called)}: {', '.join(map(show_line, owing.assignments))}"
        lines += hanging("" if at else "Missing", "heading", told, "text", LABEL, width)
    if len(course.owing) > MOST_OWING:
        lines.append(((f"{'':<{LABEL}}and {len(course.owing) - MOST_OWING} more owe work", "quiet"),))
    return lines


class Share(NamedTuple):
    """A row of shares: a name, a figure, its n, and the share in each assignment where there are several."""

    name: str
    figure: str
    share: Fraction | None
    n: int
    over: tuple[Fraction | None, ...] = ()


def _shares(rows: Sequence[Share], width: int, chosen: int | None = None) -> Iterable[Line]:
    """Each with a bar as long as the share; one of the rows may be chosen."""
    names = [show_line(row.name) for row in rows]
    figured = max(len(row.figure) for row in rows)
    room = min(max(map(cell_len, names)), max(16, width - figured - 32))
    for at, (name, row) in enumerate(zip(names, rows, strict=True)):
        length = round(20 * row.share) if row.share is not None else 0
        name = clipped(name, room)
        lead = f" {name}{' ' * (room - cell_len(name))}  "
        track = "░" * (20 - length) if row.share is not None else ""
        left = width - room - figured - 34
        over = "".join(map(small_bar, row.over[-left:])) if left > 0 else ""
        yield (
            ("▌" if at == chosen else " ", "bar"), (lead, "strong" if at == chosen else "text"),
            (f"{row.figure:<{figured}}  n {row.n:<4}", "quiet"), ("█" * length, "bar"), (track, "quiet"),
            *([(f"  {over}", "bar")] if over else []),
        )  # fmt: skip
