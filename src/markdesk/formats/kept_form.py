"""A form that is half filled in, as a file: overwritten as it grows, gone when it is done."""

from pathlib import Path

from markdesk.core.errors import MarkdeskError
from markdesk.formats.safe_write import drop_file, write_file

LARGEST = 5_000_000
"""Bytes; a form that was filled in has a few thousand, fifty thousand words that were pasted some 300,000."""


class KeptForm:
    """The text of one form in a file of its own, for its owner alone."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> str:
        """What was kept; empty where nothing was. Raises MarkdeskError where the file can't be read."""
        try:
            with self._path.open("rb") as file:
                return file.read(LARGEST).decode("utf-8", "surrogatepass")
        except FileNotFoundError:
            return ""
        except (OSError, ValueError) as error:
            raise MarkdeskError(f"What you were writing, in {self._path}, can't be read: {error}.") from error

    def keep(self, text: str) -> None:
        """Overwrite it; an empty text takes the file away. Raises MarkdeskError."""
        if text:
            write_file(self._path, text.encode("utf-8", "surrogatepass"), force=True)
        else:
            drop_file(self._path)
