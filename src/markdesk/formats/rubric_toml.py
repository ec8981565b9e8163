"""Mark schemes and stamp sets as TOML files: reading them, and saying exactly what is wrong with one."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markdesk.core.annotation import Stamp, StampSet, Tone
from markdesk.core.errors import RubricInvalid
from markdesk.core.plain import show_line
from markdesk.core.rubric import Rubric
from markdesk.core.rubric_check import Problem, check_rubric

STAMPS_SCHEMA = "markdesk.stamps/1"
MAX_FILE = 1_000_000
"""Bytes; a scheme with every level in full is about 20,000."""


def read_rubric(path: Path) -> Rubric:
    """The scheme in a file. Raises RubricInvalid with every problem on a line of its own: ``file:line: key: …``."""
    text, data = _parse(path)
    rubric, problems = check_rubric(data)
    if rubric is None:
        lines = _key_lines(text)
        told = [f"{show_line(path.name)}:{_line_of(lines, p)}: {p.key or 'top of file'}: {p.message}" for p in problems]
        raise RubricInvalid("\n".join(told), f"{len(told)} to mend in {show_line(str(path))}.")
    return rubric


def read_stamps(path: Path) -> StampSet:
    """A stamp set. Raises RubricInvalid naming the file and the stamp."""
    _, data = _parse(path)
    if data.get("schema") != STAMPS_SCHEMA:
        raise RubricInvalid(f"{show_line(path.name)}: schema must be '{STAMPS_SCHEMA}'.")
    stamps: list[Stamp] = []
    for raw in data.get("stamp", []):
        try:
            stamp = Stamp(
                raw["key"],
                raw["code"],
                raw["meaning"],
                Tone(raw["tone"]),
                frozenset(raw["strands"]),
                frozenset(raw["aos"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise RubricInvalid(
                f"{show_line(path.name)}: stamp {raw!r:.60}: {error} is missing or not known."
            ) from error
        if len(stamp.key) != 1 or not stamp.key.islower() or any(s.key == stamp.key for s in stamps):
            raise RubricInvalid(f"{show_line(path.name)}: stamp {stamp.code}: its key must be one letter, used once.")
        stamps.append(stamp)
    return StampSet(str(data.get("id", path.stem)), str(data.get("title", path.stem)), tuple(stamps))


def _parse(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        if path.stat().st_size > MAX_FILE:
            raise RubricInvalid(f"{show_line(path.name)} is larger than {MAX_FILE:,} bytes; no mark scheme is.")
        text = path.read_text(encoding="utf-8-sig")
        return text, tomllib.loads(text)
    except FileNotFoundError as error:
        raise RubricInvalid(f"There is no file {show_line(str(path))}.") from error
    except IsADirectoryError as error:
        raise RubricInvalid(f"{show_line(str(path))} is a folder; name the files in it.") from error
    except OSError as error:
        raise RubricInvalid(f"{show_line(str(path))} can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise RubricInvalid(f"{show_line(path.name)} is not UTF-8 text.", "Save it as UTF-8.") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise RubricInvalid(f"{show_line(path.name)}: not valid TOML: {error}") from error


_TABLE = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?")
_KEY = re.compile(r"""^\s*("[^"]*"|'[^']*'|[A-Za-z0-9_-]+)\s*=""")


def _key_lines(text: str) -> dict[tuple[str | int, ...], int]:
    """On which line each table and key begins. Good enough to point at, without a second parser."""
    lines: dict[tuple[str | int, ...], int] = {}
    counts: dict[tuple[str | int, ...], int] = {}
    table: tuple[str | int, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        header = _TABLE.match(line)
        if header:
            table = _resolve(header.group(2), counts, is_array=header.group(1) == "[[")
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, key.group(1).strip("\"'")), number)
    return lines


def _resolve(dotted: str, counts: dict[tuple[str | int, ...], int], is_array: bool) -> tuple[str | int, ...]:
    """``scale.level`` inside the second [[scale]] is ``("scale", 1, "level", n)``."""
    path: tuple[str | int, ...] = ()
    parts = [part.strip().strip("\"'") for part in dotted.split(".")]
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


def _line_of(lines: dict[tuple[str | int, ...], int], problem: Problem) -> int:
    for path in _outward(problem.path):
        if path in lines:
            return lines[path]
    return 1


def _outward(path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    for length in range(len(path), 0, -1):
        yield path[:length]
