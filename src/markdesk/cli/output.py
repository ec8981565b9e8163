"""What the command line says: data on stdout, narration on stderr, nothing that a terminal would obey."""

import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from markdesk.core.errors import MarkdeskError
from markdesk.core.plain import is_plain, show_line


class ReaderGone(Exception):
    """Whoever read our stdout has closed it (``markdesk … | head``): no fault, and nothing more to say."""


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
    except BrokenPipeError as error:
        raise ReaderGone from error
    except OSError as error:
        raise MarkdeskError(f"The answer can't be written: {error.strerror}.") from error


def finish() -> None:
    """Send out what was written. Raises ReaderGone, or MarkdeskError where it can't be."""
    try:
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise ReaderGone from error
    except OSError as error:
        leave_quietly()
        raise MarkdeskError(f"The answer can't be written: {error.strerror}.") from error


def data(line: str = "") -> None:
    """One line of what was asked for."""
    _write(sys.stdout, show_line(line) + "\n")


def exactly(text: str) -> None:
    """Text that is safe already and whose every character counts: a CSV file."""
    _write(sys.stdout, text)


def say(line: str) -> None:
    """One line about what is going on."""
    _write(sys.stderr, show_line(line) + "\n")


def refuse(error: MarkdeskError) -> None:
    """What was refused, on a line of its own for each thing that is wrong, and what to do."""
    lines = [*error.message.split("\n"), *([error.hint] if error.hint else [])]
    if len(error.message.split("\n")) == 1:
        lines = [f"{error.message} {error.hint}".strip()]
    for line in lines:
        say(line)


def json_text(value: Any, ascii_only: bool = False) -> str:
    """JSON in which every character that could act on a terminal is an escape; the values are exact all the same."""
    import json

    text = json.dumps(value, ensure_ascii=ascii_only, indent=2)
    unsafe = [c for c in set(text) if ord(c) > 126 and (not is_plain(c) or not c.isprintable())]
    if unsafe:
        text = re.sub(f"[{''.join(map(re.escape, unsafe))}]", lambda match: json.dumps(match.group())[1:-1], text)
    return text + "\n"


def json_out(command: str, value: dict[str, Any]) -> None:
    """The answer of a command as one object that says which shape it has."""
    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
    _write(sys.stdout, json_text({"schema": f"markdesk/{command}/1", **value}, not encoding.startswith("utf")))


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def table(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows in columns as wide as what they hold; numbers to the right. Nothing is cut."""
    cells = [[("" if cell is None else show_line(str(cell))) for cell in row] for row in (heading, *rows)]
    widths = [max(_width(row[i]) for row in cells) for i in range(len(heading))]
    numeric = [all(row[i].isdigit() or not row[i] for row in cells[1:]) for i in range(len(heading))]
    for row in cells:
        line = ""
        for i, cell in enumerate(row):
            space = " " * (widths[i] - _width(cell))
            line += (space + cell if numeric[i] else cell + space) + "  "
        _write(sys.stdout, line.rstrip() + "\n")


def prepare() -> None:
    """A stream that can't print a character shows its number instead of stopping the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def leave_quietly() -> None:
    """Send what is still to be written nowhere, so that the interpreter doesn't complain at its end."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        pass  # a stdout without a file behind it has nothing left to flush
