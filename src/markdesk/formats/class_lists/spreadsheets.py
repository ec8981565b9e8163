"""The cells of a spreadsheet as text, read in the limited child process alone: Excel new and old, and OpenDocument."""

import datetime
import io
import zipfile
from typing import TYPE_CHECKING

from markdesk.core.errors import ListUnreadable
from markdesk.formats.class_lists.tables import MOST_COLUMNS, MOST_ROWS

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MOST_SHEETS = 50
MAX_UNPACKED = 100_000_000
_AS_CSV = "Open it in the program that made it, and save it as CSV."
_MISSING = "Save it as CSV; or add what reads spreadsheets: 'python3 -m pip install python-calamine'."


def answer(data: bytes) -> dict[str, object]:
    """What the child process answers: the sheets that can be seen, or why there are none."""
    try:
        return {"sheets": _sheets(data)}
    except ListUnreadable as error:
        return {"refused": error.message, "hint": error.hint}


def _sheets(data: bytes) -> list[tuple[str, list[tuple[int, list[str]]]]]:
    try:
        import python_calamine as calamine
    except ImportError as error:
        raise ListUnreadable("It is a spreadsheet.", _MISSING) from error
    _refuse_bombs(data)
    try:
        with calamine.load_workbook(io.BytesIO(data)) as book:
            seen = [
                sheet.name
                for sheet in book.sheets_metadata
                if sheet.visible is calamine.SheetVisibleEnum.Visible and sheet.typ is calamine.SheetTypeEnum.WorkSheet
            ]
            return [(name, _rows(book.get_sheet_by_name(name), name)) for name in seen[:MOST_SHEETS]]
    except calamine.PasswordError as error:
        raise ListUnreadable(
            "It is protected by a password.", "Open it, take the password off, and save it."
        ) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise ListUnreadable("It is damaged, or no spreadsheet that can be read.", _AS_CSV) from error


def _rows(sheet: "CalamineSheet", name: str) -> list[tuple[int, list[str]]]:
    if sheet.total_width > MOST_COLUMNS or sheet.total_height > 20 * MOST_ROWS:
        raise ListUnreadable(f"The sheet '{name}' is larger than a class list.", "Take the rest of it out.")
    first, before = sheet.start or (0, 0)
    rows: list[tuple[int, list[str]]] = []
    for at, row in enumerate(sheet.to_python(skip_empty_area=True)):
        cells = [""] * before + [_text(cell) for cell in row]
        if any(cell.strip() for cell in cells):
            rows.append((first + at + 1, cells))
        if len(rows) > MOST_ROWS:
            raise ListUnreadable(f"The sheet '{name}' has more than {MOST_ROWS:,} rows.", "Is it a class? Divide it.")
    return rows


def _text(cell: object) -> str:
    """A cell as it is meant: the number of a candidate is 123, not 123.0."""
    match cell:
        case bool():
            return "yes" if cell else "no"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime.datetime() | datetime.date() | datetime.time():
            return cell.isoformat()
        case _:
            return str(cell)


def _refuse_bombs(data: bytes) -> None:
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            unpacked = sum(info.file_size for info in container.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, LookupError) as error:
        raise ListUnreadable("It is damaged and can't be read as a spreadsheet.", _AS_CSV) from error
    if unpacked > MAX_UNPACKED:
        raise ListUnreadable(f"It unpacks to {unpacked / 1e6:,.0f} MB; no class list does.", _AS_CSV)
