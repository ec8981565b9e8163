"""Canvas' gradebook: one column an assignment, ``Essay 1 (8123)``, and rows that are no student's above the marks."""

import re

from markdesk.core.errors import WorksheetUnreadable
from markdesk.core.plain import fold, show_line
from markdesk.core.worksheet import Bar
from markdesk.formats.class_lists.systems import canvas_row
from markdesk.formats.worksheets.cells import Row, Table
from markdesk.formats.worksheets.found import Barred, Chosen, Found, Headings, Names, by_title, unsure

_COLUMN = re.compile(r"(.*) \((\d+)\)", re.S)
_SUMS = re.compile(r"(current|final|override) (score|points|grade|status)")
"""Columns that Canvas works out; an import ignores them."""
_READ_ONLY = re.compile(r"\(.*\)")
"""What the row of points says of a column that can't be written, in the language of the site."""


def canvas(of: Table, heads: Headings, chosen: Chosen, assignment: str) -> Found | None:
    """How to read Canvas' gradebook; None where it is none."""
    names = Names(heads.find("FirstName"), heads.find("LastName"))
    if names.family is None:
        names = Names(whole=heads.find("Student"))
    number = heads.find("ID")
    if number is None or (names.whole is None and names.family is None) or heads.find("Section") is None:
        return None
    points = next((row for row in of.rows[heads.at + 1 :] if _is_points(row)), None)
    is_closed = {at for at, said in enumerate(heads.shown) if _SUMS.search(fold(said))}
    if points is not None:
        is_closed |= {at for at, cell in enumerate(points.cells) if _READ_ONLY.fullmatch(cell.value.strip())}
    titles = {
        at: match[1]
        for at, heading in enumerate(heads.shown)
        if (match := _COLUMN.fullmatch(heading)) and at not in is_closed
    }
    mark = heads.named(chosen.mark) if chosen.mark else by_title(titles, assignment)
    if mark is None:
        raise unsure(titles, assignment, heads)
    if mark in is_closed:
        raise WorksheetUnreadable(
            f"Canvas works out '{show_line(heads.shown[mark])}' itself; an import leaves it out.",
            f"Name an assignment's column. {heads.listed(list(titles))}",
        )
    by = (("sis", heads.find("SIS User ID")), ("login", heads.find("SIS Login ID")))
    return Found(
        "canvas",
        "a gradebook of Canvas",
        heads.at,
        (("canvas", number), *((kind, at) for kind, at in by if at is not None)),
        mark,
        names,
        heads.named(chosen.feedback) if chosen.feedback else None,
        out_of=lambda row: points.value(mark).strip() if points is not None else "",
        barred=lambda row: _excused(row.value(mark)),
        no_student=lambda row: _no_student(row, names),
    )


def _is_points(row: Row) -> bool:
    return "points possible" in fold(row.value(0))


def _excused(mark: str) -> Barred | None:
    said = fold(mark)
    if said == "ex":
        return Barred(Bar.LEFT, "excused in Canvas (EX)")
    return Barred(Bar.LEFT, "not set this assignment in Canvas (N/A)") if said == "n/a" else None


def _no_student(row: Row, names: Names) -> str:
    if _is_points(row):
        return "points possible"
    name = " ".join(filter(None, names.readings(row)[0])) if names.readings(row) else ""
    if why := canvas_row(tuple(cell.value.strip() for cell in row.cells), name):
        return why
    return "Canvas' test student" if fold(name) in ("test student", "student test") else ""
