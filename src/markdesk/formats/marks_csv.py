"""The class mark sheet as CSV, one row a student, for a spreadsheet to open without harm."""

import csv
import io
import re
from collections.abc import Sequence

from markdesk.core.errors import MarkdeskError
from markdesk.core.feedback import Field
from markdesk.core.plain import show
from markdesk.core.rubric import Scale
from markdesk.desk.assignments import ClassRow, ClassSheet

BEGINNING = ("surname", "forename", "candidate number", "group", "assignment", "question", "status")
END = ("total", "max", "WWW", "EBI", "target", "words", "marker", "marked on")

_FORMULA = re.compile("^(?:[^\\S\n]|[\u200b-\u200f\u2060\ufeff])*[=+\\-@＝＋－＠\t\r]", re.M)

Cell = str | int


def neutralised(text: str) -> str:
    """Text that no spreadsheet takes for a formula: each line that could be one begins with an apostrophe."""
    return _FORMULA.sub(lambda match: "'" + match.group(), text)


def table(sheet: ClassSheet) -> list[list[Cell]]:
    """The heading and the rows, as values; text as it was written."""
    heading: list[Cell] = [*BEGINNING]
    scales = sheet.scales  # gathered from all rows, so asked for once
    for scale in scales:
        title = scale.named
        heading += [f"{title} level", f"{title} mark"]
    return [[*heading, *END], *(_row(sheet, scales, row) for row in sheet.rows)]


def _row(sheet: ClassSheet, scales: Sequence[Scale], row: ClassRow) -> list[Cell]:
    student, marking = row.entry.student, row.marking
    cells: list[Cell] = [
        student.family_name,
        student.given_name,
        student.candidate_number,
        sheet.group,
        sheet.assignment.name,
        sheet.assignment.question,
        str(row.status) if row.status else "not begun",
    ]
    for scale in scales:
        award = marking.award(scale.id) if marking else None
        if award is None or not award.is_marked:
            cells += ["", ""]
        elif award.no_response:
            cells += ["", "NR"]
        else:
            cells += ["" if award.level is None else award.level, "" if award.mark is None else award.mark]
    value = row.total.value
    cells += ["" if value is None else value, row.total.max]
    cells += ["\n".join(row.lines(field)) for field in (Field.WWW, Field.EBI, Field.TARGET)]
    completed = marking.header.completed_at if marking else None
    words: Cell = "" if row.entry.words is None else row.entry.words
    return [*cells, words, sheet.marker if marking else "", (completed or "")[:10]]


def write_marks(sheet: ClassSheet, raw: bool = False, mark: bool = False) -> bytes:
    """The file. ``raw`` leaves formula-like text alone, for other programs; ``mark`` puts Excel's UTF-8 sign in front.

    Read back before it is given out: the rows and the sum of the totals must be those of the desk.
    """
    rows = table(sheet)
    safe = [[cell if isinstance(cell, int) else _text(cell, raw) for cell in row] for row in rows]
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows(safe)
    _check(stream.getvalue(), safe)
    return stream.getvalue().encode("utf-8-sig" if mark else "utf-8")


def _text(cell: str, raw: bool) -> str:
    shown = show(cell)
    return shown if raw else neutralised(shown)


def _check(text: str, rows: list[list[Cell]]) -> None:
    found = list(csv.reader(io.StringIO(text, newline="")))
    if found != [[str(cell) for cell in row] for row in rows]:
        raise MarkdeskError("The mark sheet did not read back as it was written.", "Nothing was exported.")
