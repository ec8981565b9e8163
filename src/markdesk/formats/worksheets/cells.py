"""Where each cell of a CSV stands, so that one can be written and every other byte stays.

The csv module gives values and forgets how they were written; this keeps the place of each cell in the text. What it
takes for a cell is what the csv module does.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markdesk.core.errors import MarkdeskError, WorksheetUnreadable

SEPARATORS = (",", ";", "\t")
MOST_ROWS = 20_000
MOST_COLUMNS = 2_000
_SAMPLE = 200_000
"""Characters from which the separator is found out."""
_TOLD = re.compile(r"sep=(.)(?=\r|\n)")
"""The line by which Excel is told the separator."""

Place = tuple[int, int]
"""Row and column, from 0."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; ``start`` and ``end`` are its place in the text, quotation marks included."""

    start: int
    end: int
    value: str
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One record. A blank line has no cells."""

    cells: tuple[Cell, ...]
    end: int
    """Where it ends, before its line end."""

    def value(self, column: int) -> str:
        """What a column holds; empty where the row is shorter."""
        return self.cells[column].value if column < len(self.cells) else ""

    @property
    def is_blank(self) -> bool:
        return not any(cell.value.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file's text with the places of its cells."""

    text: str
    separator: str
    rows: tuple[Row, ...]
    first: int = 0
    """The first row that counts: 1 where a line tells Excel the separator."""

    def raw(self, place: Place) -> str:
        """A cell as it is written."""
        cell = self.rows[place[0]].cells[place[1]]
        return self.text[cell.start : cell.end]


def table(text: str, separator: str = "") -> Table:
    """The cells of a text. Raises WorksheetUnreadable where a quotation mark is never closed."""
    told = _TOLD.match(text)
    if told and told[1] not in '"\r\n':
        return Table(text, separator or told[1], _rows(text, separator or told[1]), 1)
    separator = separator or _separator(text)
    return Table(text, separator, _rows(text, separator))


def _separator(text: str) -> str:
    """What stands between the cells: what gives the most rows as many as the first has, and more than one."""
    best, best_score = SEPARATORS[0], (0.0, 0)
    for separator in SEPARATORS:
        try:
            rows = _rows(text[:_SAMPLE], separator, whole=len(text) <= _SAMPLE)
        except WorksheetUnreadable:
            continue
        widths = [len(row.cells) for row in rows if not row.is_blank]
        if widths and widths[0] > 1:
            score = (round(widths.count(widths[0]) / len(widths), 1), widths[0])
            best, best_score = (separator, score) if score > best_score else (best, best_score)
    return best


def _pattern(separator: str) -> re.Pattern[str]:
    other = f"[^{re.escape(separator)}\r\n]*"
    # The mark that closes a cell has none behind it: two are one that belongs to the cell.
    return re.compile(f'(?:"(?P<quoted>[^"]*(?:""[^"]*)*)"(?!")(?P<tail>{other})|(?P<plain>{other}))')


def _rows(text: str, separator: str, whole: bool = True) -> tuple[Row, ...]:
    pattern = _pattern(separator)
    rows: list[Row] = []
    cells: list[Cell] = []
    at, size = 0, len(text)
    while at < size or cells:
        match = pattern.match(text, at)
        assert match is not None  # it matches nothing too
        quoted = match["quoted"]
        if quoted is None and text.startswith('"', at):
            if not whole:
                break  # the sample ends inside a cell
            raise WorksheetUnreadable(f"In row {len(rows) + 1} a quotation mark is never closed.", "Download it again.")
        value = match["plain"] if quoted is None else quoted.replace('""', '"') + match["tail"]
        cells.append(Cell(at, match.end(), value, quoted is not None))
        at = match.end()
        if text.startswith(separator, at):
            at += 1
            continue
        is_blank = len(cells) == 1 and cells[0].start == cells[0].end
        rows.append(Row(() if is_blank else tuple(cells), at))
        _refuse_too_much(rows, cells)
        cells = []
        at += 2 if text.startswith("\r\n", at) else 1
    return tuple(rows)


def _refuse_too_much(rows: Sequence[Row], cells: Sequence[Cell]) -> None:
    if len(rows) > MOST_ROWS or len(cells) > MOST_COLUMNS:
        raise WorksheetUnreadable(
            f"It has more than {MOST_ROWS:,} rows or {MOST_COLUMNS:,} columns.", "Is it the right file?"
        )


def written(before: Table, values: Mapping[Place, str]) -> str:
    """The text with some cells written, read back before it is given out.

    A row that is too short gets the separators that its new cell needs.
    """
    quoted = {column: _is_quoted(before, column) for column in {column for _, column in values}}
    pieces: list[str] = []
    at = 0
    for row, columns in _by_row(values).items():
        cells = before.rows[row].cells
        there = max(len(cells), 1)
        for column in columns:
            if column < len(cells):
                start, end, lead = cells[column].start, cells[column].end, ""
            else:
                start = end = before.rows[row].end
                lead = before.separator * (column + 1 - there)
                there = column + 1
            is_quoted = quoted[column] or (column < len(cells) and cells[column].is_quoted)
            pieces += [before.text[at:start], lead, _as_written(values[row, column], is_quoted, before.separator)]
            at = end
    text = "".join([*pieces, before.text[at:]])
    _confirm(before, text, values)
    return text


def _by_row(values: Mapping[Place, str]) -> dict[int, list[int]]:
    """The columns to write, in order, by their row."""
    found: dict[int, list[int]] = {}
    for row, column in sorted(values):
        found.setdefault(row, []).append(column)
    return found


def _as_written(value: str, is_quoted: bool, separator: str) -> str:
    return '"' + value.replace('"', '""') + '"' if is_quoted or _needs_quotes(value, separator) else value


def _needs_quotes(value: str, separator: str) -> bool:
    return any(sign in value for sign in (separator, '"', "\r", "\n")) or value != value.strip()


def _is_quoted(of: Table, column: int) -> bool:
    """Whether a column's cells are in quotation marks even where they needn't be."""
    rows = of.rows[of.first + 1 :]
    filled = [row.cells[column] for row in rows if column < len(row.cells)]
    unforced = [cell for cell in filled if cell.start != cell.end and not _needs_quotes(cell.value, of.separator)]
    return bool(unforced) and all(cell.is_quoted for cell in unforced)


def _confirm(before: Table, text: str, values: Mapping[Place, str]) -> None:
    """Raises MarkdeskError unless the text reads back with these cells, and all else in it is as it was."""
    after = Table(text, before.separator, _rows(text, before.separator), before.first)
    columns = _by_row(values)
    fits = len(after.rows) == len(before.rows) and all(
        column < len(after.rows[row].cells) and after.rows[row].cells[column].value == value
        for (row, column), value in values.items()
    )
    if not fits or _rest(after, columns) != _rest(before, columns):
        raise MarkdeskError("The worksheet did not read back as it was written.", "Nothing was written.")


def _rest(of: Table, columns: Mapping[int, Sequence[int]]) -> list[str]:
    """Everything but the written cells: the others as they are written, what stands between them, the line ends."""
    found: list[str] = []
    at = 0
    for number, row in enumerate(of.rows):
        here = columns.get(number, ())
        cells = ["" if column in here else of.raw((number, column)) for column in range(len(row.cells))]
        short = max(here, default=-1) + 1 - len(cells)
        found += [of.text[at : row.cells[0].start if row.cells else row.end], *cells, *[""] * max(0, short)]
        at = row.end
    return [*found, of.text[at:]]
