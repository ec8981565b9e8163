"""A list of anybody's with a column for marks: a school system's report, a spreadsheet saved as CSV."""

import re
from collections.abc import Callable

from markdesk.core.class_list import SYSTEMS, Asked, Taken
from markdesk.core.errors import WorksheetUnreadable
from markdesk.core.plain import fold
from markdesk.core.worksheet import ANY, CANDIDATE
from markdesk.formats.class_lists.headers import said_by, settled
from markdesk.formats.worksheets.cells import Row, Table
from markdesk.formats.worksheets.found import Chosen, Found, Headings, Names, by_title, headings, unsure

LOOKED_THROUGH = 40
"""Rows in which the headings may stand: above them are the school's name, the class, the date."""
_MARK = re.compile(
    r"(?:(?:total|final|raw|essay|exam) )?(?:marks?|scores?|points?|grade|result|total)(?: awarded| given)?"
)
_MOST = re.compile(r"max(?:imum)?(?: (?:marks?|score|points?|grade))?|out of|points possible|total available")
_OUT_OF = re.compile(
    r"(?:out of|max(?:imum)?(?: ?points?| ?marks?)?:?|total pts:?(?: up to)?|/)\s*(\d+(?:[.,]\d+)?)", re.I
)
_NAMES = (Asked.GIVEN, Asked.FAMILY, Asked.NAME, Asked.FAMILY_FIRST)


def generic(of: Table, heads: Headings, chosen: Chosen, assignment: str) -> Found:
    """How to read a list. Raises WorksheetUnreadable where it can't be told whose the rows are, or what is the mark."""
    heads = _heading_row(of, chosen) or heads
    found = settled({at: taken for at, heading in enumerate(heads.shown) if (taken := said_by(heading))})
    ids = [(ANY, heads.named(wanted)) for wanted in chosen.ids] or _ids(found)
    if not ids:
        raise WorksheetUnreadable(
            f"No column was found by whose number a student is known.{_why(heads, found)}",
            f"Name it with --id-column. {heads.listed()}",
        )
    spoken_for = {at for _, at in ids} | set(found)
    free = {at: heading for at, heading in enumerate(heads.shown) if heading and at not in spoken_for}
    marks = {at: heading for at, heading in free.items() if _MARK.fullmatch(heads.plain[at])}
    mark = heads.named(chosen.mark) if chosen.mark else by_title(free, assignment)
    if mark is None:
        if len(marks) != 1:
            raise unsure(marks or free, assignment, heads)
        mark = next(iter(marks))
    by = {taken.asked: at for at, taken in sorted(found.items(), reverse=True)}
    return Found(
        "generic",
        "a list of students",
        heads.at,
        tuple(ids),
        mark,
        Names(by.get(Asked.GIVEN), by.get(Asked.FAMILY), by.get(Asked.NAME, by.get(Asked.FAMILY_FIRST))),
        heads.named(chosen.feedback) if chosen.feedback else None,
        out_of=_out_of(of, heads, mark),
        no_student=lambda row: "points possible" if _is_points(row) else "",
    )


def _heading_row(of: Table, chosen: Chosen) -> Headings | None:
    """The row that has the most headings that say something, among the first."""
    best: Headings | None = None
    best_score = 0
    wanted = {fold(name) for name in (*chosen.ids, chosen.mark) if name}
    for at in range(of.first, min(len(of.rows), LOOKED_THROUGH)):
        row = of.rows[at]
        heads = headings(of, at)
        score = sum(said_by(cell) is not None for cell in heads.shown) + 3 * sum(fold(c) in wanted for c in heads.shown)
        if not row.is_blank and score > best_score:
            best, best_score = heads, score
    return best


def _ids(found: dict[int, Taken]) -> list[tuple[str, int]]:
    kept = (*SYSTEMS, Asked.CANDIDATE)
    ids = [(taken.asked, at) for at, taken in found.items() if taken.asked in kept and not taken.doubt]
    ids.sort(key=lambda one: (kept.index(one[0]), one[1]))
    return [(CANDIDATE if asked is Asked.CANDIDATE else str(asked), at) for asked, at in ids]


def _why(heads: Headings, found: dict[int, Taken]) -> str:
    doubts = [taken.doubt for taken in found.values() if taken.doubt and taken.asked not in _NAMES]
    if doubts:
        return f" {doubts[0][0].upper()}{doubts[0][1:]}."
    if heads.find("UPN", "Unique pupil number") is not None:
        return " A UPN isn't kept on a desk, so no row is known by it."
    return " A name alone is not enough." if found else ""


def _is_points(row: Row) -> bool:
    first = next((fold(cell.value) for cell in row.cells if cell.value.strip()), "")
    return first in ("points", "points possible", "out of", "maximum", "max", "max mark", "maximum mark")


def _out_of(of: Table, heads: Headings, mark: int) -> Callable[[Row], str]:
    """What the marks are out of: a column's, a row's, or the heading's word; nothing where the file doesn't say."""
    column = next((at for at, plain in enumerate(heads.plain) if at != mark and _MOST.fullmatch(plain)), None)
    if column is not None:
        return lambda row: row.value(column)
    points = next((row for row in of.rows[heads.at + 1 :] if _is_points(row)), None)
    said = _OUT_OF.search(heads.shown[mark])
    most = points.value(mark) if points else said[1] if said else ""
    return lambda _: most
