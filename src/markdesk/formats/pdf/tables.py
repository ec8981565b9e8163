"""Tables: which rows are one, and which lines are one cell of it."""

from collections.abc import Sequence

from markdesk.formats.pdf.shapes import Line

_SAME_PLACE = 3.0
"""Points by which the cells of one column may begin apart."""
_NEXT_LINE = 1.6
"""Ems from one line of a cell to the next at most."""


def aligned_cells(above: Sequence[Line], below: Sequence[Line]) -> bool:
    """Whether two rows of several cells begin, end or centre in the same places."""
    if len(above) < 2 or len(below) < 2:
        return False
    return sum(_under(cell, below) is not None for cell in above) * 2 > len(above)


def is_rest_of_row(row: Sequence[Line], above: Sequence[Line], below: Sequence[Line]) -> bool:
    """Whether a row with fewer cells is what didn't fit on ``row``: below its later columns, and close to ``above``."""
    return (
        below[0].y - above[0].y < above[0].size * _NEXT_LINE
        and len(below) < len(row)
        and all((over := _under(cell, row)) and over is not row[0] for cell in below)
    )


def cells_of(rows: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The cells of a table row by row, each with its lines."""
    found: list[list[Line]] = []
    row: list[list[Line]] = []
    for cells in rows:
        if not (row and _goes_on([lines[-1] for lines in row], cells, rows)):
            found.extend(row)
            row = []
        for cell in cells:
            over = next((lines for lines in row if _same_place(lines[0], cell)), None)
            if over is None:
                row.append([cell])
            else:
                over.append(cell)
    return [*found, *row]


def _goes_on(above: Sequence[Line], below: Sequence[Line], rows: Sequence[Sequence[Line]]) -> bool:
    """Whether a row of cells is the next line of the cells above it: the tags say so, or what would have fitted."""
    lowest = max(cell.y for cell in above)
    if below[0].y - lowest > above[0].size * _NEXT_LINE:
        return False
    over = [(upper, cell) for cell in below if (upper := _under(cell, above))]
    if any(upper.tag and cell.tag for upper, cell in over):
        return any(upper.tag == cell.tag != 0 for upper, cell in over)
    return len(over) == len(below) and all(
        cell.first_word_width > _end(upper, rows) - upper.x1 - upper.size * 0.3 for upper, cell in over
    )


def _end(cell: Line, rows: Sequence[Sequence[Line]]) -> float:
    """Where the column of a cell ends: before the next one begins, the last with the widest of its lines."""
    after = [other.x0 for row in rows for other in row if other.x0 > cell.x1]
    return min(after) - cell.size if after else max(other.x1 for row in rows for other in row)


def _under(cell: Line, row: Sequence[Line]) -> Line | None:
    return next((other for other in row if _same_place(other, cell)), None)


def _same_place(one: Line, other: Line) -> bool:
    ends = abs(one.x1 - other.x1) < _SAME_PLACE
    middles = abs(one.x0 + one.x1 - other.x0 - other.x1) < _SAME_PLACE
    return abs(one.x0 - other.x0) < _SAME_PLACE or ends or middles
