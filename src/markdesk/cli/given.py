"""Names and texts as given on the command line: as typed, from ``@FILE``, or ``-`` for standard input.

What is typed ends up in the shell's history and in the list of processes; a file or standard input does not.
"""

import sys

from markdesk.config.paths import as_text, user_path
from markdesk.core.errors import UsageProblem
from markdesk.core.essay import normalise
from markdesk.core.plain import show_line

LARGEST = 1_000_000
"""Bytes; a comment is never longer."""


class Given:
    """Reads the values of one command; standard input can be given once."""

    def __init__(self) -> None:
        self._is_read = False

    def text(self, value: str) -> str:
        """The value, what ``@FILE`` or ``-`` holds, or (``@@…``) a text that begins with @ itself."""
        if value == "-":
            return self._stdin()
        if not value.startswith("@") or value.startswith("@@"):
            value = as_text(value)
        if value.startswith("@@"):
            return normalise(value[1:])
        if value.startswith("@"):
            return self._file(value[1:])
        return normalise(value)

    def maybe(self, value: str | None) -> str | None:
        return None if value is None else self.text(value)

    def _stdin(self) -> str:
        if self._is_read:
            raise UsageProblem("'-' can be given once: standard input was read already.")
        self._is_read = True
        if sys.stdin is None:  # started with it closed
            raise UsageProblem("'-' means standard input, and that is closed.", "Give the text, or @FILE.")
        try:
            content = sys.stdin.buffer.read(LARGEST + 1)
        except OSError as error:
            raise UsageProblem(f"Standard input, given as -, can't be read: {error.strerror}.") from error
        return _decoded(content, "Standard input")

    def _file(self, name: str) -> str:
        path = user_path(name)
        shown = show_line(name)
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST + 1)
        except (OSError, ValueError) as error:
            reason = (error.strerror if isinstance(error, OSError) else None) or "its name is not valid"
            hint = "A text that begins with @ is written @@…"
            raise UsageProblem(f"The file {shown}, given as @{shown}, can't be read: {reason}.", hint) from error
        return _decoded(content, shown)


def _decoded(content: bytes, what: str) -> str:
    if len(content) > LARGEST:
        raise UsageProblem(f"{what} holds more than {LARGEST:,} bytes.")
    try:
        return normalise(content.decode("utf-8-sig")).strip("\n")
    except UnicodeDecodeError as error:
        raise UsageProblem(f"{what} is not UTF-8 text.", "Save it as UTF-8.") from error
