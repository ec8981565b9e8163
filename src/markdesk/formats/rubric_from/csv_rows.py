"""Rows of a CSV file as spreadsheets in Britain and elsewhere write it: comma, semicolon or tab, any encoding."""

import csv
import io
import re
from dataclasses import dataclass

from markdesk.formats.files import decode
from markdesk.formats.rubric_from.draft import refuse

MOST_ROWS = 5_000
_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows that hold anything, each with its number as a spreadsheet shows it, and how the file was read."""

    rows: tuple[tuple[int, tuple[str, ...]], ...]
    notes: tuple[str, ...]


def read_rows(data: bytes, most: int = MOST_ROWS, what: str = "mark scheme") -> Rows:
    """The rows of a file, by the delimiter that its first row has most of. Raises RubricInvalid naming the row.

    ``most`` is how many rows a file of ``what`` may have.
    """
    decoded = decode(data)
    text = decoded.text.lstrip("\ufeff")
    told = re.match(r"sep=(.)\r?\n", text)
    skipped = 1 if told else 0
    if told:
        text = text[told.end() :]
    first = text.split("\n", 1)[0]
    delimiter = told[1] if told else max(_DELIMITERS, key=first.count)
    rows: list[tuple[int, tuple[str, ...]]] = []
    number = skipped
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            number += 1
            if number > most:
                refuse(f"row {number}", f"it has more than {most:,} rows; no {what} has.")
            if any(cell.strip() for cell in row):
                rows.append((number, tuple(row)))
    except csv.Error as error:
        refuse(
            f"row {number + 1}", f"it can't be read as CSV ({error}).", "Look for a quotation mark that isn't closed."
        )
    return Rows(tuple(rows), decoded.notes)
