"""What the command line says: data on stdout, narration on stderr, nothing that a terminal would obey."""

import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TextIO

from markdesk.core.errors import MarkdeskError, RubricInvalid
from markdesk.core.plain import MAX_COMBINING, is_plain, show_line


class ReaderGone(Exception):
    """Whoever read our stdout has closed it (``markdesk … | head``): no fault, and nothing more to say."""


_CLOSED = "The answer can't be written: standard output is closed."


@contextmanager
def _to_stdout() -> Iterator[TextIO]:
    if sys.stdout is None:  # started with it closed
        raise MarkdeskError(_CLOSED)
    try:
        yield sys.stdout
    except BrokenPipeError as error:
        raise ReaderGone from error
    except OSError as error:
        silence(sys.stdout)
        raise MarkdeskError(f"The answer can't be written: {error.strerror}.") from error


def _write(text: str) -> None:
    with _to_stdout() as stream:
        stream.write(text)


def finish() -> None:
    """Send out what was written. Raises ReaderGone, or MarkdeskError where it can't be."""
    if sys.stdout is not None:
        with _to_stdout() as stream:
            stream.flush()


def data(line: str = "") -> None:
    """One line of what was asked for."""
    _write(show_line(line) + "\n")


def exactly(content: bytes) -> None:
    """A file that is safe already and whose every character counts: UTF-8, whatever the terminal is set to."""
    with _to_stdout() as stream:
        if stream.isatty():
            stream.write(content.decode())
        else:
            stream.flush()
            stream.buffer.write(content)


def say(line: str) -> None:
    """One line about what is going on. Where nobody can hear it the work goes on all the same."""
    tell(show_line(line) + "\n")


@contextmanager
def progress(doing: str) -> Iterator[Callable[[int, int], None]]:
    """What tells how far something has come, on a terminal alone; nothing of it stays there."""
    shown = False

    def show(done: int, total: int) -> None:
        nonlocal shown
        if total > 2 and sys.stderr is not None and sys.stderr.isatty():
            shown = True
            tell(f"\r{doing} {done:,} of {total:,} … ")

    try:
        yield show
    finally:
        if shown:
            tell("\r" + " " * 40 + "\r")


def tell(text: str) -> None:
    """Safe text for stderr, as it is."""
    if sys.stderr is None:  # started with it closed
        return
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        silence(sys.stderr)


def refuse(error: MarkdeskError) -> None:
    """What was refused, and what to do. A mark scheme has a line for each thing that is wrong with it."""
    lines = error.message.split("\n") if isinstance(error, RubricInvalid) else [error.message]
    if len(lines) == 1:
        lines = [f"{error.message} {error.hint}".strip()]
    elif error.hint:
        lines.append(error.hint)
    for line in lines:
        say(line)


def json_text(value: Any, ascii_only: bool = False) -> str:
    """JSON in which every character that could act on a terminal is an escape; the values are exact all the same."""
    import json

    def escaped(match: re.Match[str]) -> str:
        return json.dumps(match.group())[1:-1]

    text = json.dumps(value, ensure_ascii=ascii_only, indent=2)
    unsafe = [c for c in set(text) if ord(c) > 126 and (not is_plain(c) or not c.isprintable())]
    if unsafe:
        text = re.sub(f"[{''.join(map(re.escape, unsafe))}]", escaped, text)
    if not is_plain(text):  # what is left is letters under more marks than a line can hold
        stacked = "".join(c for c in set(text) if unicodedata.category(c).startswith("M"))
        text = re.sub(f"[{stacked}]{{{MAX_COMBINING + 1},}}", escaped, text)
    return text + "\n"


def json_out(command: str, value: dict[str, Any]) -> None:
    """The answer of a command as one object that says which shape it has."""
    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "")
    _write(json_text({"schema": f"markdesk/{command}/1", **value}, not encoding.startswith("utf")))


def cells(text: str) -> int:
    """How many columns of a terminal the text takes."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def table(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows in columns as wide as what they hold; numbers to the right. Nothing is cut."""
    shown = [[("" if cell is None else show_line(str(cell))) for cell in row] for row in (heading, *rows)]
    widths = [max(cells(row[i]) for row in shown) for i in range(len(heading))]
    numeric = [all(row[i].isdigit() or not row[i] for row in shown[1:]) for i in range(len(heading))]
    for row in shown:
        line = ""
        for i, cell in enumerate(row):
            space = " " * (widths[i] - cells(cell))
            line += (space + cell if numeric[i] else cell + space) + "  "
        _write(line.rstrip() + "\n")


def prepare() -> None:
    """A stream that can't print a character shows its number instead of stopping the program.

    One that was closed at the start is held open on nothing, or the next file opened, the desk, would get its number.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: this one
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            with suppress(OSError):  # it sends out what waits, which a full disk refuses: ``finish`` will say so
                reconfigure(errors="backslashreplace")


def give_up() -> None:
    """What can't be sent out by now never will be: let the interpreter not stumble over it at its end."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        silence(sys.stdout)


def silence(stream: TextIO) -> None:
    """Send what is still to be written nowhere, so that the interpreter doesn't complain at its end."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        pass  # a stream without a file behind it has nothing left to flush
