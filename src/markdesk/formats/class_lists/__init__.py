"""Class lists of any reasonable shape: the students, what each column was taken for, and what was left out.

Only what marking needs leaves this package. Spreadsheets are read in the importers' limited child process.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from markdesk.core.class_list import WORDS, Asked, ClassList, Listed
from markdesk.core.errors import EssayUnreadable, ListUnreadable
from markdesk.core.plain import fold, show_line
from markdesk.formats.child import checked_bytes
from markdesk.formats.class_lists.columns import NAMES, Columns, find_columns
from markdesk.formats.class_lists.oneroster import is_users, roster, users_alone
from markdesk.formats.class_lists.students import read_students
from markdesk.formats.class_lists.tables import Table, sheets_of, text_table
from markdesk.formats.files import sniff

UNCHOSEN: Mapping[Asked, str] = MappingProxyType({})
_REFUSED = {
    "html": "It is a web page, whatever its name says.",
    "docx": "It is a Word document.",
    "pdf": "It is a PDF.",
    "encrypted": "It is protected by a password.",
    "binary": "It is neither text nor a spreadsheet.",
}
_RIGHT = "Is it the right file?"
_AS_CSV = "Open it in the program that made it, and save it as CSV or as an Excel workbook."


def read_class_list(path: Path, chosen: Mapping[Asked, str] = UNCHOSEN, sheet: str = "") -> ClassList:
    """The class list in a file. Raises ListUnreadable: a sentence that names the file, and what to do."""
    try:
        data = checked_bytes(path, smaller=_RIGHT, what="a class list", fuller=_RIGHT)
    except EssayUnreadable as error:
        raise ListUnreadable(error.message, error.hint) from error
    if not data.strip():
        raise ListUnreadable(f"{show_line(path.name)} is empty.", _RIGHT)
    return class_list(data, path.name, chosen, sheet)


def class_list(data: bytes, file_name: str, chosen: Mapping[Asked, str] = UNCHOSEN, sheet: str = "") -> ClassList:
    """The class list in these bytes. ``chosen`` are the columns that the teacher named, ``sheet`` one of several."""
    try:
        return _checked(_read(data, file_name, chosen, sheet))
    except (ListUnreadable, EssayUnreadable) as error:
        shown = show_line(file_name)
        told = error.message if error.message.startswith(shown) else f"{shown}: {error.message}"
        raise ListUnreadable(told, error.hint) from error


def _read(data: bytes, file_name: str, chosen: Mapping[Asked, str], sheet: str) -> ClassList:
    kind = sniff(data, file_name)
    if kind == "zip":
        return roster(data, file_name)
    if kind in ("spreadsheet", "doc"):
        return _of_sheets(sheets_of(data, file_name), chosen, sheet)
    if sheet:
        raise ListUnreadable("It has no sheets.", "Leave --sheet out.")
    if kind not in ("txt", "md", "table"):
        raise ListUnreadable(_REFUSED.get(kind, "It is no table."), _AS_CSV)
    table = text_table(data)
    if is_users(table):
        return users_alone(table)
    return _of_table(table, find_columns(table, chosen))


def _of_sheets(tables: list[Table], chosen: Mapping[Asked, str], wanted: str) -> ClassList:
    """The list of the sheet that was named, else of the one that looks most like one."""
    if not tables:
        raise ListUnreadable("Its sheets are empty.", "Is it the right file?")
    named = [table for table in tables if fold(table.name) == fold(wanted)] if wanted else tables
    if not named:
        told = ", ".join(f"'{show_line(table.name)}'" for table in tables)
        raise ListUnreadable(f"No sheet is called '{show_line(wanted)}'.", f"It has: {told}.")
    found: list[tuple[Table, Columns]] = []
    refused: ListUnreadable | None = None
    for table in named:
        try:
            found.append((table, find_columns(table, chosen)))
        except ListUnreadable as error:
            refused = refused or error
    if not found:
        assert refused is not None
        raise refused
    table, columns = max(found, key=lambda one: (_is_list(one[1]), bool(one[1].headers)))
    made = _of_table(table, columns)
    if len(tables) == 1:
        return made
    others = ", ".join(f"'{show_line(other.name)}'" for other in tables if other is not table)
    return replace(made, notes=(f"Read from the sheet '{show_line(table.name)}', not from {others}.", *made.notes))


def _is_list(columns: Columns) -> int:
    """How much of a list a sheet is: its headings count, then its rows."""
    names = any(columns.kept.get(asked) for asked in NAMES)
    doubts = any(taken.doubt for taken in columns.mapping)
    return (2 * len(columns.kept) - doubts) * bool(columns.rows) if names else 0


def _of_table(table: Table, columns: Columns) -> ClassList:
    if not any(columns.kept.get(asked) for asked in NAMES):
        raise _nameless(columns)
    rows, left_out, notes = read_students(columns)
    kind = columns.system.called if columns.system else "a list of students"
    return ClassList(
        kind,
        tuple(rows),
        columns.mapping,
        columns.dropped,
        tuple(left_out),
        (*table.notes, *notes, *_short_numbers(rows)),
    )


def _short_numbers(rows: list[Listed]) -> tuple[str, ...]:
    """Candidate numbers have four digits; a spreadsheet takes the zeros off what it thinks is a number."""
    short = [row for row in rows if row.candidate_number.isdecimal() and len(row.candidate_number) < 4]
    if not short:
        return ()
    told = "1 candidate number has" if len(short) == 1 else f"{len(short)} candidate numbers have"
    return (f"{told} fewer than four digits: a spreadsheet may have taken their zeros. They are kept as they stand.",)


def _nameless(columns: Columns) -> ListUnreadable:
    if columns.system and "worksheet" in columns.system.called:
        return ListUnreadable(
            "This worksheet has no names: the assignment is marked blind.", "Download the course's participants."
        )
    headers = [f"'{show_line(header)}'" for header in columns.headers if header][:25]
    told = f" Its columns: {', '.join(headers)}." if headers else ""
    return ListUnreadable(
        f"No column was found that has names.{told}", "Say which: --column given=… --column family=…, or name=…."
    )


def _checked(found: ClassList) -> ClassList:
    if not found.rows:
        why = {left_out.why for left_out in found.left_out}
        told = f" All rows were left out: {'; '.join(sorted(why)[:3])}." if why else ""
        raise ListUnreadable(f"There are no students in it.{told}", "Is it the right file?")
    return found


def named_columns(given: list[str]) -> dict[Asked, str]:
    """``given=Forename`` and its kin as they are typed. Raises ListUnreadable for what isn't kept of a list."""
    chosen: dict[Asked, str] = {}
    for each in given:
        key, equals, header = each.partition("=")
        asked = next((asked for asked in Asked if asked == key.strip().casefold()), None)
        if asked is None or not equals:
            known = ", ".join(f"{one} ({WORDS[one]})" for one in Asked)
            raise ListUnreadable(f"'{show_line(each)}' names no column.", f"Like given=Forename. Known: {known}.")
        chosen[asked] = header.strip()
    return chosen
