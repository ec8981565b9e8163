"""Marks to paste into a school system's mark sheet or a spreadsheet: columns between tabs, a row a student, no heading.

The rows are the whole class in the order of the class list, by family name and given name, those who have no mark with
an empty row, so that the block falls on the right lines. Nothing but marks, levels and grades is in it.
"""

from collections.abc import Callable
from enum import StrEnum

from markdesk.desk.class_table import GRADE, SHARE, TOTAL, Cell, ClassTable, Column


class Wanted(StrEnum):
    """Which columns a block has."""

    TOTAL = "total"
    PERCENT = "percent"
    GRADE = "grade"
    LEVELS = "levels"
    AWARDS = "awards"
    """The mark on each scale, then the total."""


_HAS: dict[Wanted, Callable[[Column], bool]] = {
    Wanted.TOTAL: lambda column: column == TOTAL,
    Wanted.PERCENT: lambda column: column == SHARE,
    Wanted.GRADE: lambda column: column == GRADE,
    Wanted.LEVELS: lambda column: column.is_level,
    Wanted.AWARDS: lambda column: column == TOTAL or (bool(column.scale) and not column.is_level and not column.strand),
}


def columns_of(table: ClassTable, wanted: Wanted) -> tuple[Column, ...]:
    """The columns of a block, in its order."""
    return tuple(column for column in table.columns if _HAS[wanted](column))


def write_block(table: ClassTable, wanted: Wanted = Wanted.TOTAL) -> str:
    """The block. No response is ``NR``; what isn't marked, or isn't there, is empty."""
    places = [table.columns.index(column) for column in columns_of(table, wanted)]
    return "".join("\t".join(_cell(row.cells[at]) for at in places) + "\n" for row in table.rows)


def _cell(cell: Cell) -> str:
    return "" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell)
