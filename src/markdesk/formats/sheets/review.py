"""What is looked back at, as a sheet to print or to send: what the page on the screen shows, and no more.

Each piece of the page makes its own blocks, so that one can be added between two others.
"""

from collections.abc import Iterator

from markdesk.core.days import tell_day
from markdesk.core.statistics import decimal
from markdesk.desk.assignment_review import PileReview, ScaleReview
from markdesk.desk.charts import course_charts, marks_chart, order_chart
from markdesk.desk.course_review import CourseReview, Pooled
from markdesk.desk.looking_back import LookBack
from markdesk.desk.review_words import (
    counted_told,
    course_counted_told,
    course_told,
    course_weakest_told,
    figures_told,
    levels_of,
    mirror_told,
    near_told,
    on_told,
    per_cent,
    picked_told,
    recurring_told,
    scale_told,
    standard_told,
    targets_told,
    weakest_told,
)
from markdesk.desk.what_recurs import WhatRecurs
from markdesk.formats.documents.document import (
    NO_SCHOOL,
    Bars,
    Block,
    Chart,
    Document,
    Facts,
    Heading,
    Prose,
    School,
    Table,
    Weight,
    said,
)
from markdesk.formats.sheets.words import long_date


def review_sheet(look: LookBack, on: str, school: School = NO_SCHOOL) -> Document:
    """The sheet. ``on`` is the day that it is written, ISO."""
    title, subtitle = _titles(look)
    return Document(
        title=title,
        subtitle=subtitle,
        whose=look.group or title,
        foot=f"Review of {long_date(on)}",
        blocks=tuple(review_blocks(look)),
        school=school,
    )


def review_blocks(look: LookBack) -> Iterator[Block]:
    """What stands on it."""
    yield Facts(_facts(look))
    yield from _picked(look)
    if look.pile is not None:
        yield from pile_blocks(look.pile)
    elif look.course is not None:
        yield from course_blocks(look.course)


def _picked(look: LookBack) -> Iterator[Block]:
    """Which essays the filters picked."""
    rows, more = picked_told(look)
    if rows:
        kept = [at for at in range(4) if any(row[at] for row in rows)]
        heading = ("Essay", "Assignment", "Mark", "Level")
        yield Table(tuple(heading[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in rows))
    if more:
        yield Prose(said(f"{more}.", Weight.QUIET))


def _titles(look: LookBack) -> tuple[str, str]:
    if look.pile is not None:
        about = look.pile.assignment
        return about.name, about.question if about.question != about.name else ""
    return look.group or "Every class", look.filters.year or "All years"


def _facts(look: LookBack) -> tuple[tuple[str, str], ...]:
    pile = look.pile
    found = (
        ("Class", look.group if pile is not None else ""),
        ("Set on", tell_day(pile.assignment.set_on) if pile is not None and pile.assignment.set_on else ""),
        ("Mark scheme", pile.rubric.short_title if pile is not None else ""),
        ("Looked at", on_told(look)),
    )
    return tuple((label, value) for label, value in found if value)


# -- one assignment


def pile_blocks(pile: PileReview) -> Iterator[Block]:
    """The page of one assignment, piece by piece."""
    yield Prose(said(f"{figures_told(pile.summary.figures, pile.rubric.max_mark)}.", Weight.STRONG))
    yield Prose(said(f"{counted_told(pile)}.", Weight.QUIET))
    order = order_chart(pile)
    if order is None:
        yield Prose(said(pile.drift.told))  # else it stands beside the chart
    if standard := standard_told(pile):
        yield Prose(said(f"Standard: {standard}"))
    yield from _first(pile)
    yield from (Chart(one) for one in (order, marks_chart(pile)) if one is not None)
    for scale in pile.scales:
        yield from _scale(scale)
    yield from _strands(pile)
    yield from _edges(pile)
    yield from _recurs(pile.recurs)
    yield from _hand(pile)


def _first(pile: PileReview) -> Iterator[Block]:
    """What to look at first."""
    if weakest := weakest_told(pile.strands, pile.weakest):
        yield Prose(said(f"Weakest: {weakest}."))
    if pile.missing:
        gone = [f"{one.student.name}{f' ({one.absence.why})' if one.absence else ''}" for one in pile.missing]
        yield Prose(said(f"Not handed in, {len(gone)}: {', '.join(gone)}."))


def _scale(scale: ScaleReview) -> Iterator[Block]:
    yield Heading(scale.levels.title)
    yield Prose(said(f"{scale_told(scale)}."))
    levels = levels_of(scale)
    if scale.marks and levels:
        yield Bars("Essays at each level", tuple((f"{label} ({marks})", count) for label, marks, count in levels))


def _strands(pile: PileReview) -> Iterator[Block]:
    if pile.strands:
        rows = tuple(
            (one.name, one.title, str(one.n), decimal(one.mean), str(one.scale.top), per_cent(one.share))
            for one in pile.strands
        )
        yield Heading("Strands")
        yield Table(("Strand", "Scale", "n", "Mean level", "Of", "Share"), rows, frozenset((2, 3, 4, 5)))


def _edges(pile: PileReview) -> Iterator[Block]:
    if pile.edges and pile.summary.marks:
        rows = tuple(
            (at.edge.name, str(at.edge.lowest), str(at.reached), *_moves(at.lower, "+"), *_moves(at.higher, "−"))
            for at in pile.edges
        )
        yield Heading("Boundaries")
        heading = ("", "From", "Reach it", "1 lower", "2 lower", "1 higher", "2 higher")
        yield Table(heading, rows, frozenset(range(1, 7)))
        whose = f"Of {pile.graded_by}" if pile.graded_by else "The levels of the scheme"
        yield Prose(said(f"{whose}; how many more or fewer would reach one that stood elsewhere.", Weight.QUIET))
    if pile.near:
        yield Table(("Near a boundary", "Who"), tuple(near_told(pile.near)))


def _moves(moves: tuple[int, ...], sign: str) -> tuple[str, str]:
    """What a step of one mark and of two would do; empty where there is no room for it before the next boundary."""
    told = [f"{sign}{n}" if n else "0" for n in moves]
    return (*told, "", "")[0], (*told, "", "")[1]


def _recurs(recurs: WhatRecurs) -> Iterator[Block]:
    found, targets = recurring_told(recurs), targets_told(recurs)
    if found or targets:
        yield Heading("What recurs")
    for one in found:
        yield Table((one.title, "Essays", ""), one.rows)
        if one.more:
            yield Prose(said(f"And {one.more} more.", Weight.QUIET))
    if targets:
        yield Prose(said(f"{targets}."))


def _hand(pile: PileReview) -> Iterator[Block]:
    if pile.mirror is not None:
        yield Heading("The marker's own hand")
        yield Prose(said(" ".join(mirror_told(pile.mirror))))


# -- several


def course_blocks(course: CourseReview) -> Iterator[Block]:
    """The page of several assignments, piece by piece."""
    yield Prose(said(f"{course_told(course)}.", Weight.STRONG))
    yield Prose(said(f"{course_counted_told(course)}.", Weight.QUIET))
    if weakest := course_weakest_told(course):
        yield Prose(said(f"Weakest: {weakest}."))
    yield from _assignments(course)
    yield from map(Chart, course_charts(course))
    yield from _pooled("Classes", course.classes)
    yield from _pooled("Scales", course.scales)
    yield from _pooled("Strands", course.strands)
    yield from _recurs(course.recurs)
    if course.owing:
        yield Heading("Not handed in")
        yield Table(("Who", "What"), tuple((one.called, ", ".join(one.assignments)) for one in course.owing))


def _assignments(course: CourseReview) -> Iterator[Block]:
    rows = []
    for pile in course.piles:
        its = pile.summary.figures
        figures = (decimal(its.mean), decimal(its.median), decimal(its.sd)) if its else ("", "", "")
        share = per_cent(pile.share) if pile.share is not None else ""
        n, most = str(its.n if its else 0), str(pile.rubric.max_mark)
        about = (tell_day(pile.assignment.set_on), pile.assignment.name, *([pile.group] if course.classes else []))
        rows.append((*about, n, *figures, most, share))
    yield Heading("Assignments")
    lead = ("Set on", "Assignment", *(["Class"] if course.classes else []))
    heading = (*lead, "n", "Mean", "Median", "Spread", "Of", "Share")
    yield Table(heading, tuple(rows), frozenset(range(len(lead), len(heading))))
    for pile in course.piles:
        if pile.drift.total is not None and pile.drift.total.is_sign:
            yield Prose(said(f"{pile.assignment.name}: {pile.drift.told}"))


def _pooled(title: str, pooled: tuple[Pooled, ...]) -> Iterator[Block]:
    if pooled:
        yield Heading(title)
        rows = tuple((one.name, str(one.n), per_cent(one.share)) for one in pooled)
        yield Table((ONE_OF[title], "n", "Share"), rows, frozenset((1, 2)))


ONE_OF = {"Classes": "Class", "Scales": "Scale", "Strands": "Strand"}
"""The heading of a column, by that of its section."""
