"""The figures of a review as plain tables, for a spreadsheet: what the page shows, a row each, with its n."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from markdesk.core.feedback import LABELS
from markdesk.core.statistics import Figures, rounded
from markdesk.desk.assignment_review import Picked, PileReview
from markdesk.desk.assignments import levels_told
from markdesk.desk.looking_back import LookBack
from markdesk.desk.review_words import MARGIN, SAME_WORDS, TONES, on_told
from markdesk.desk.what_recurs import WhatRecurs

Cell = str | int | float | None
SET_ON = "set on"
"""The column of days, ISO."""


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Rows under headings."""

    name: str
    heading: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def figure_tables(look: LookBack) -> tuple[FigureTable, ...]:
    """The figures first, each row with the filters that are on; then the essays that those picked, how often each mark
    and level stands, what recurs, the boundaries, and who is near one or missing.

    A table without rows is left out, but for the first.
    """
    on = (on_told(look),) if look.filters.of_scripts else ()
    found = (
        FigureTable(
            "Figures",
            (SET_ON, "assignment", "class", "of what", "name", "n", "mean", "median", "spread", "lowest", "highest",
             "out of", "share %", *(["looked at"] if on else [])),
            tuple((*row, *on) for pile in look.piles for row in _figures(pile)),
        ),
        FigureTable(
            "Essays",
            (SET_ON, "assignment", "script", "who", "mark", "out of", "level"),
            tuple(_essay(one) for one in look.picked),
        ),
        FigureTable(
            "How often",
            (SET_ON, "assignment", "of what", "name", "mark or level", "essays"),
            tuple(row for pile in look.piles for row in _counts(pile)),
        ),
        FigureTable(
            "What recurs",
            ("kind", "stamp or field", "essays", "of", "words"),
            tuple(_recurring(look.seen.recurs)),
        ),
        FigureTable(
            "Boundaries",
            ("boundary", "from", "reach it", "1 lower: more", "2 lower: more", "1 higher: fewer", "2 higher: fewer"),
            tuple(_edges(look.pile)) if look.pile is not None else (),
        ),
        FigureTable(
            "Near one",
            ("who", "total", "boundary", "short by"),
            tuple((one.called, _whole(one.row.total.value), one.edge.name, one.by) for one in look.pile.near)
            if look.pile is not None
            else (),
        ),
        FigureTable("Missing", ("who", "of what", "why"), tuple(_missing(look))),
    )  # fmt: skip
    return tuple(table for at, table in enumerate(found) if table.rows or not at)


def _figures(pile: PileReview) -> Iterator[tuple[Cell, ...]]:
    about = (pile.assignment.set_on, pile.assignment.name, pile.group)
    yield (*about, "total", "", *_told(pile.summary.figures), pile.rubric.max_mark, _share(pile.share))
    for scale in pile.scales:
        its = (*_told(scale.figures), scale.scale.max, _share(scale.share))
        yield (*about, "scale", scale.levels.title, *its)
    for strand in pile.strands:
        mean = (strand.n, rounded(strand.mean), None, None, None, None)
        yield (*about, "strand", f"{strand.name} ({strand.title})", *mean, strand.scale.top, _share(strand.share))


def _essay(one: Picked) -> tuple[Cell, ...]:
    entry, value = one.row.entry, one.row.total.value
    about = (entry.assignment.set_on, entry.assignment.name, entry.script.short_id, one.called)
    return (*about, value, one.row.total.max, levels_told(one.row.rubric, one.row.award))


def _told(its: Figures | None) -> tuple[Cell, ...]:
    if its is None:
        return (0, None, None, None, None, None)
    return (its.n, rounded(its.mean), rounded(its.median), rounded(its.sd), its.lowest, its.highest)


def _share(share: Fraction | None) -> float | None:
    return None if share is None else rounded(100 * share, 1)


def _counts(pile: PileReview) -> Iterator[tuple[Cell, ...]]:
    about = (pile.assignment.set_on, pile.assignment.name)
    if pile.summary.marks:
        for mark, count in enumerate(pile.counts):
            yield (*about, "total", "", mark, count)
    for scale in pile.scales:
        if scale.marks:
            for level, count in enumerate(scale.levels.counts):
                yield (*about, "level", scale.levels.title, level, count)


def _recurring(recurs: WhatRecurs) -> Iterator[tuple[Cell, ...]]:
    for stamp in recurs.stamps:
        yield (TONES[stamp.tone], stamp.code, stamp.essays, recurs.n, stamp.meaning)
    for one in recurs.said:
        if one.essays > 1:
            yield (SAME_WORDS, LABELS[one.field] if one.field else MARGIN, one.essays, recurs.n, one.text)


def _edges(pile: PileReview) -> Iterator[tuple[Cell, ...]]:
    for at in pile.edges if pile.summary.marks else ():
        yield (at.edge.name, at.edge.lowest, at.reached, *_two(at.lower), *_two(at.higher))


def _two(moves: Iterable[int]) -> tuple[Cell, Cell]:
    first, second, *_ = (*moves, None, None)
    return first, second


def _whole(value: object) -> Cell:
    return value if isinstance(value, int) else None


def _missing(look: LookBack) -> Iterator[tuple[Cell, ...]]:
    for pile in look.piles:
        for one in pile.missing:
            yield (one.student.name, pile.assignment.name, str(one.absence.why) if one.absence else "")
