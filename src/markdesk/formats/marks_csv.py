"""The class mark sheet as CSV, one row a student, for a spreadsheet to open without harm."""

import csv
import io
from collections.abc import Sequence

from markdesk.core.boundaries import Boundaries
from markdesk.core.errors import MarkdeskError
from markdesk.core.plain import show
from markdesk.desk.assignments import ClassSheet
from markdesk.desk.class_table import Cell, class_table
from markdesk.formats.rubric_to.safe_cells import guarded


def write_marks(
    sheet: ClassSheet, raw: bool = False, mark: bool = False, boundaries: Boundaries | None = None
) -> bytes:
    """The file. ``raw`` leaves formula-like text alone, for other programs; ``mark`` puts Excel's UTF-8 sign in front.

    Read back before it is given out: every cell must be the one that was written.
    """
    table = class_table(sheet, boundaries)
    heading = [_cell(column.heading, raw) for column in table.columns]
    rows = [heading, *([_cell(cell, raw) for cell in row.cells] for row in table.rows)]
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    _check(stream.getvalue(), rows)
    return stream.getvalue().encode("utf-8-sig" if mark else "utf-8")


def _cell(cell: Cell, raw: bool) -> str:
    if isinstance(cell, str):
        return show(cell) if raw else guarded(show(cell))
    return "" if cell is None else f"{cell:.10g}" if isinstance(cell, float) else str(cell)


def _check(text: str, rows: Sequence[Sequence[str]]) -> None:
    usual = csv.field_size_limit(len(text) + 1)  # a comment may be longer than the 128 kB that a reader takes
    try:
        found = list(csv.reader(io.StringIO(text, newline="")))
    finally:
        csv.field_size_limit(usual)
    if found != rows:
        raise MarkdeskError("The mark sheet did not read back as it was written.", "Nothing was exported.")
