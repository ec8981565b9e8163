"""A school system's own list of marks, filled in place: only the cells that are written change, to the byte."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markdesk.core.errors import MarkdeskError, WorksheetUnreadable
from markdesk.core.plain import show_line
from markdesk.core.worksheet import Worksheet
from markdesk.formats.files import sniff
from markdesk.formats.worksheets.cells import Table, table, written
from markdesk.formats.worksheets.detect import understood, worksheet
from markdesk.formats.worksheets.encoding import Encoding, opened
from markdesk.formats.worksheets.feedback_text import as_html, as_text
from markdesk.formats.worksheets.found import Chosen, Found

__all__ = ["Chosen", "OpenSheet", "open_worksheet", "read_worksheet"]

MOST_BYTES = 20_000_000
"""The worksheet of a course with its essays as online text in it stays below."""
_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}


@dataclass(frozen=True)
class OpenSheet:
    """A file that was understood, and can be written."""

    data: bytes
    encoding: Encoding
    table: Table
    found: Found
    worksheet: Worksheet

    @property
    def separator(self) -> str:
        """What stands between its cells, in a word."""
        return _SEPARATORS.get(self.table.separator, self.table.separator)

    def feedback(self, lines: Sequence[tuple[str, str]]) -> str:
        """Labelled lines as this system takes them."""
        return as_html(lines) if self.found.takes_html else as_text(lines)

    def lost(self, text: str) -> str:
        """The letters of a text that the file's encoding doesn't have."""
        return self.encoding.lost(text)

    def filled(self, marks: Mapping[int, str], feedback: Mapping[int, str]) -> bytes:
        """The file with these cells written, by the number of the row. Raises MarkdeskError unless it reads back so."""
        values = {(row - 1, self.found.mark): value for row, value in marks.items()}
        if self.found.feedback is not None:
            values |= {(row - 1, self.found.feedback): value for row, value in feedback.items()}
        text = written(self.table, values)
        data = self.encoding.mark + self.encoding.encode(text)
        if self.encoding.decode(data[len(self.encoding.mark) :]) != text:
            raise MarkdeskError("The worksheet did not read back as it was written.", "Nothing was written.")
        return data


def open_worksheet(data: bytes, file_name: str, chosen: Chosen, assignment: str) -> OpenSheet:
    """The list of marks in these bytes; ``assignment`` is the name by which its column is looked for.

    Raises WorksheetUnreadable: a sentence that names the file, and what to do.
    """
    shown = show_line(file_name)
    try:
        if not data.strip():
            raise WorksheetUnreadable("It is empty.", "Is it the right file?")
        if sniff(data, file_name) not in ("txt", "md", "table"):
            raise WorksheetUnreadable("It is no CSV file.", "Download it from the school's system as CSV.")
        encoding, text = opened(data)
        of = table(text)
        found = understood(of, chosen, assignment)
        return OpenSheet(data, encoding, of, found, worksheet(of, found))
    except WorksheetUnreadable as error:
        raise WorksheetUnreadable(f"{shown} can't be filled in: {error.message}", error.hint) from error


def read_worksheet(path: Path) -> bytes:
    """The bytes of a file. Raises WorksheetUnreadable."""
    shown = show_line(path.name)
    try:
        if not path.is_file():
            raise WorksheetUnreadable(f"There is no file {show_line(str(path))}.", "Name the list that you downloaded.")
        if path.stat().st_size > MOST_BYTES:
            raise WorksheetUnreadable(f"{shown} has more than 20 MB; no list of marks has.", "Is it the right file?")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name is not valid"
        raise WorksheetUnreadable(f"{shown} can't be read: {reason}.", "Copy it to this computer first.") from error
    return data
