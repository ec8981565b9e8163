"""Reading one of markdesk's TOML files, and saying on which line what is wrong with it."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markdesk.core.errors import RubricInvalid
from markdesk.core.plain import show_line

if TYPE_CHECKING:
    from markdesk.core.toml_reader import Problem

KeyPath = tuple[str | int, ...]
"""The way to a key, as a ``Problem`` has it."""

MAX_FILE = 1_000_000
"""Bytes; a scheme with every level in full is about 20,000."""


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A file that is TOML at least."""

    path: Path
    text: str
    data: dict[str, Any]

    def refusal(self, problems: "Sequence[Problem]") -> RubricInvalid:
        """Every problem on a line of its own, in the order of the file: ``file:line: key: …``."""
        lines = key_lines(self.text)
        placed = sorted(((line_of(lines, problem), problem) for problem in problems), key=lambda item: item[0])
        name = show_line(self.path.name)
        told = [f"{name}:{line}: {show_line(p.key) or 'top of file'}: {show_line(p.message)}" for line, p in placed]
        return RubricInvalid("\n".join(told), f"{len(told)} to mend in {show_line(str(self.path))}.")


def read_toml(path: Path, most: int = MAX_FILE, what: str = "mark scheme") -> TomlFile:
    """The file's text and data. Raises RubricInvalid with one sentence, and the line where there is one.

    ``most`` is the largest, in bytes, that a file of ``what`` may be.
    """
    try:
        if path.stat().st_size > most:
            raise RubricInvalid(f"{show_line(path.name)} is larger than {most:,} bytes; no {what} is.")
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise RubricInvalid(f"There is no file {show_line(str(path))}.") from error
    except IsADirectoryError as error:
        raise RubricInvalid(f"{show_line(str(path))} is a folder; name the files in it.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not valid"
        raise RubricInvalid(f"{show_line(str(path))} can't be read: {reason}.") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RubricInvalid(
            f"{show_line(path.name)}:{line}: not UTF-8 text.", f"Save {show_line(str(path))} as UTF-8."
        ) from error
    deep = _DEEP_KEY.search(text)
    if deep:
        line = text.count("\n", 0, deep.start()) + 1
        raise RubricInvalid(f"{show_line(path.name)}:{line}: a key within a key within a key, {DEEPEST} deep and more.")
    try:
        return TomlFile(path, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r" \(at line (\d+), column \d+\)$", str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        reason = str(error)[: at.start()] if at else str(error)
        raise RubricInvalid(
            f"{show_line(path.name)}:{line}: not valid TOML: {reason}.", f"To mend in {show_line(str(path))}."
        ) from error
    except RecursionError as error:
        raise RubricInvalid(f"{show_line(path.name)}: not valid TOML: too many brackets inside one another.") from error


DEEPEST = 50
"""Keys within one another; markdesk's own files have five. tomllib takes time with the square of them."""
_DEEP_KEY = re.compile(rf"""(?<![A-Za-z0-9_-])(?:["']?+[A-Za-z0-9_-]++["']?+\s*+\.\s*+){{{DEEPEST}}}""")
_TABLE = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?")
_PART = r"""(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)"""
_KEY = re.compile(rf"^\s*({_PART}(?:\s*\.\s*{_PART})*)\s*=")
_LONG_QUOTE = re.compile(r'"""|' + "'''")


def key_lines(text: str) -> dict[KeyPath, int]:
    """On which line each table and key begins. Good enough to point at, without a second parser."""
    lines: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    inside = ""  # the quotation marks of a text of several lines
    for number, line in enumerate(text.split("\n"), start=1):
        began_inside = inside
        for quote in _LONG_QUOTE.findall(line):
            inside = quote if not inside else "" if quote == inside else inside
        if began_inside:
            continue
        header = _TABLE.match(line)
        if header:
            table = _resolve(header.group(2), counts, is_array=header.group(1) == "[[")
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, *_parts(key.group(1))), number)
    return lines


def _parts(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(_PART, dotted)]


def _resolve(dotted: str, counts: dict[KeyPath, int], is_array: bool) -> KeyPath:
    """``scale.level`` inside the second [[scale]] is ``("scale", 1, "level", n)``."""
    path: KeyPath = ()
    parts = _parts(dotted)
    for index, part in enumerate(parts):
        path = (*path, part)
        if index == len(parts) - 1 and is_array:
            counts[path] = counts.get(path, 0) + 1
            # A new item begins its inner lists afresh.
            for other in [c for c in counts if len(c) > len(path) and c[: len(path)] == path]:
                if other[len(path)] == counts[path] - 1:
                    del counts[other]
        if path in counts:
            path = (*path, counts[path] - 1)
    return path


def line_of(lines: dict[KeyPath, int], problem: "Problem") -> int:
    """The line of the key that is wrong, or of the nearest table around it."""
    return next((lines[path] for path in _outward(problem.path) if path in lines), 1)


def _outward(path: KeyPath) -> Iterator[KeyPath]:
    for length in range(len(path), 0, -1):
        yield path[:length]
