"""Comments of the bank as CSV, a row each, for a spreadsheet to open without harm and to come back from unchanged."""

import csv
import io
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from markdesk.core.bank import BankComment
from markdesk.core.bank_check import MOST_COMMENTS, SCHEMA, TABLES, Known, check_bank
from markdesk.core.errors import MarkdeskError, RubricInvalid
from markdesk.core.essay import normalise
from markdesk.core.plain import show_line
from markdesk.core.toml_reader import Problem
from markdesk.formats.bank_toml import LISTS, MAX_BANK, checked
from markdesk.formats.rubric_from.csv_rows import read_rows
from markdesk.formats.rubric_to.safe_cells import guarded, unguarded

COLUMNS = tuple(TABLES["comment"])
"""The heading: the keys of a comment, in their order. What is a list is written with commas."""


def bank_csv(comments: Sequence[BankComment], mark: bool = False) -> bytes:
    """The file; ``mark`` puts Excel's UTF-8 sign in front. Cells that a spreadsheet would run begin with an apostrophe.

    Raises MarkdeskError where a comment is none that a file may hold, naming it.
    """
    rows = [[_cell(plain.get(column, "")) for column in COLUMNS] for plain in checked(comments)]
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows([COLUMNS, *([guarded(cell) for cell in row] for row in rows)])
    found = [[unguarded(cell) for cell in row] for row in csv.reader(io.StringIO(stream.getvalue(), newline=""))]
    if found[1:] != rows:
        raise MarkdeskError("The comments did not read back from CSV as they were written.", "Nothing was exported.")
    return stream.getvalue().encode("utf-8-sig" if mark else "utf-8")


def _cell(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def read_bank_csv(path: Path, known: Known | None = None) -> tuple[BankComment, ...]:
    """The comments in a file, by the names in its first row; only ``text`` must be there.

    Raises RubricInvalid with every problem on a line of its own: ``file: row 3: strands: …``.
    """
    name = show_line(path.name)
    try:
        if path.stat().st_size > MAX_BANK:
            raise RubricInvalid(f"{name} is larger than {MAX_BANK:,} bytes; no comment bank is.")
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not valid"
        raise RubricInvalid(f"{show_line(str(path))} can't be read: {reason}.") from error
    try:
        rows = read_rows(content, MOST_COMMENTS + 2, "comment bank").rows
    except RubricInvalid as error:
        raise RubricInvalid(f"{name}: {error.message}", error.hint) from error
    if not rows:
        raise RubricInvalid(f"{name} is empty.", f"Its first row must name the columns: {', '.join(COLUMNS)}.")
    columns = _columns(name, rows[0][1])
    plain = [_plain(name, number, columns, cells) for number, cells in rows[1:]]
    comments, problems = check_bank({"schema": SCHEMA, "comment": plain}, known)
    if problems:
        told = [f"{name}: {_told(problem, [number for number, _ in rows[1:]])}" for problem in problems]
        raise RubricInvalid("\n".join(told), f"{len(told)} to mend in {show_line(str(path))}.")
    return comments


def _columns(name: str, cells: Sequence[str]) -> tuple[str, ...]:
    """The key of each column; empty for one that has no name."""
    found = tuple(cell.strip().casefold() for cell in cells)
    for cell in found:
        if cell and cell not in COLUMNS:
            near = get_close_matches(cell, COLUMNS, 1, 0.6)
            hint = f"Did you mean '{near[0]}'?" if near else f"Known: {', '.join(COLUMNS)}."
            raise RubricInvalid(f"{name}: row 1: no column is called '{show_line(cell)[:40]}'.", hint)
        if cell and found.count(cell) > 1:
            raise RubricInvalid(f"{name}: row 1: the column '{cell}' is there twice.", "Take one of them away.")
    if "text" not in found:
        raise RubricInvalid(f"{name}: row 1: the column 'text' is missing.", "It has the comments.")
    return found


def _plain(name: str, number: int, columns: Sequence[str], cells: Sequence[str]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for at, cell in enumerate(cells):
        column = columns[at] if at < len(columns) else ""
        value = unguarded(normalise(cell)).strip(" \n")
        if not value:
            continue
        if not column:
            raise RubricInvalid(
                f"{name}: row {number}: {show_line(value)[:40]!r} stands in a column without a name.",
                "A comment with a comma in it needs quotation marks around it.",
            )
        if column in LISTS:
            plain[column] = [part.strip() for part in value.split(",") if part.strip()]
        elif column == "level" and value.isdecimal() and len(value) < 4:
            plain[column] = int(value)
        else:
            plain[column] = value
    return plain


def _told(problem: Problem, numbers: Sequence[int]) -> str:
    match problem.path:
        case ("comment", int(at), *keys):
            key = f"{keys[0]}: " if keys else ""
            return f"row {numbers[at]}: {key}{show_line(problem.message)}"
        case _:
            return show_line(problem.message)
