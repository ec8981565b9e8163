"""The rows of a file, whatever it is: CSV with any separator and encoding, or a spreadsheet."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from markdesk.core.errors import EssayUnreadable, ListUnreadable
from markdesk.core.essay import normalise
from markdesk.formats.files import decode
from markdesk.formats.rubric_to.safe_cells import unguarded

MOST_ROWS = 10_000
MOST_COLUMNS = 2_000
"""A gradebook of a year has some hundreds."""
MAX_TEXT = 10_000_000
"""Bytes of a list as text: ten thousand students with everything that a school knows of them."""
_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 60
"""Rows that are looked at to find out what stands between the cells."""
_IN_A_FORMULA = re.compile(r'^="([^"]*)"$')
"""How some programs keep a spreadsheet from taking the zeros off a number: ``="0123"``."""
_ANSWER = "It has to be a list of students with a row for each; save it as CSV."

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that hold anything, each with its number as a spreadsheet shows it."""

    rows: tuple[tuple[int, Cells], ...]
    notes: tuple[str, ...] = ()
    name: str = ""
    """Of the sheet; empty where there is only one."""


def text_table(data: bytes, most: int = MOST_ROWS) -> Table:
    """The table in a CSV file or its kin. Raises ListUnreadable, which doesn't name the file."""
    if len(data) > MAX_TEXT * max(1, most // MOST_ROWS):
        raise ListUnreadable(f"It has {len(data) / 1e6:,.1f} MB; the most that is read of a list is 10 MB.", _ANSWER)
    decoded = decode(data)
    text = decoded.text.lstrip("\ufeff")
    told = re.match(r"sep=(.)\r?\n", text)
    delimiter = told[1] if told else _delimiter(text)
    rows = _read(text[told.end() :] if told else text, delimiter, most)
    return made_table(((number + (1 if told else 0), row) for number, row in rows), decoded.notes, most=most)


def made_table(
    rows: Iterable[tuple[int, Iterable[str]]], notes: Iterable[str] = (), name: str = "", most: int = MOST_ROWS
) -> Table:
    """A table of these rows, its cells trimmed. Raises ListUnreadable for more rows or columns than a list has."""
    kept: list[tuple[int, Cells]] = []
    for number, row in rows:
        cells = tuple(_cell(cell) for cell in row)
        while cells and not cells[-1]:
            cells = cells[:-1]
        if not cells:
            continue
        if len(cells) > MOST_COLUMNS:
            raise ListUnreadable(f"Row {number} has {len(cells):,} columns; no class list has.", _ANSWER)
        if len(kept) >= most:
            raise ListUnreadable(f"It has more than {most:,} rows.", "Is it the list of a class? Divide it.")
        kept.append((number, cells))
    return Table(tuple(kept), tuple(notes), name)


def _cell(cell: str) -> str:
    text = unguarded(" ".join(normalise(cell).split()))
    formula = _IN_A_FORMULA.match(text)
    return formula[1].strip() if formula else text


def _read(text: str, delimiter: str, most: int) -> list[tuple[int, list[str]]]:
    """The rows by their numbers. A quotation mark that stands inside a cell is a letter like others."""
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, row in enumerate(reader, 1):
            if any(cell.strip() for cell in row):
                rows.append((number, row))
            if len(rows) > most + 1:  # made_table says so; nothing is read that it wouldn't take
                break
    except csv.Error as error:
        raise ListUnreadable(
            f"Row {len(rows) + 1} can't be read ({error}).", "Look for a quotation mark that isn't closed."
        ) from error
    return rows


def _delimiter(text: str) -> str:
    """What stands between the cells: what gives most rows the same number of them, and more than one."""
    sample = "\n".join(text.splitlines()[: _SAMPLE * 2])[:200_000]
    best, best_score = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        if delimiter not in sample:
            continue
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if any(row)]
        except csv.Error:
            continue
        wide = Counter(width for width in widths[:_SAMPLE] if width > 1)
        if not wide:
            continue
        width, count = wide.most_common(1)[0]
        score = (round(count / len(widths[:_SAMPLE]), 1), width)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def sheets_of(data: bytes, file_name: str) -> list[Table]:
    """The sheets of a spreadsheet that hold anything, read in the limited child process. Raises ListUnreadable."""
    from markdesk.formats.child import ChildReader

    try:
        with ChildReader() as child:
            told = child.sheets(data, file_name)
    except EssayUnreadable as error:
        raise ListUnreadable(error.message, "Open it in the program that made it, and save it as CSV.") from error
    if "refused" in told:
        raise ListUnreadable(str(told["refused"]), str(told.get("hint", "")))
    sheets = told["sheets"]
    assert isinstance(sheets, list)
    tables = [made_table(((number, row) for number, row in rows), (), str(name)) for name, rows in sheets]
    return [table for table in tables if table.rows]
