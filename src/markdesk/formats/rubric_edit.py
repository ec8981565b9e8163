"""A mark scheme's file with other values: only what differs is touched, so that the teacher's own comments stay.

What comes out is read back and compared. Where a file can't be changed in place (TOML can be written in ways that no
library edits faithfully), it is written anew, below the comment at its head; what is lost then is told.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, MutableMapping, MutableSequence
from dataclasses import dataclass
from typing import Any

import tomlkit
from tomlkit.container import Container
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Array, Comment, InlineTable, Table, Whitespace

from markdesk.core.rubric import Rubric
from markdesk.core.rubric_check import check_rubric
from markdesk.formats.rubric_write import as_item, as_part
from markdesk.formats.rubric_writer import as_file, rubric_text

Plain = Mapping[str, Any]
_NAMED_BY = {"level": "n", "ao": "code"}
"""What tells one table of a list from another; elsewhere it is the id."""
_REPLACED = {"sub"}
"""Lists whose tables have no names of their own."""


@dataclass(frozen=True, slots=True)
class Edited:
    """The new text of the file, and how many of its lines of comment are no longer there."""

    text: str
    comments_lost: int


def edited_text(text: str, new: Rubric) -> Edited:
    """The file's text changed so that it holds the new scheme. ``text`` must hold a sound one."""
    crlf = "\r\n" in text
    before = text.replace("\r\n", "\n")
    after = _in_place(before, new)
    if after is None:
        after = rubric_text(new, _head(before))
    lost = Counter(_comments(before)) - Counter(_comments(after))
    return Edited(after.replace("\n", "\r\n") if crlf else after, lost.total())


def _in_place(text: str, new: Rubric) -> str | None:
    """The text with what differs put in its place; None where that can't be done."""
    old, _ = check_rubric(tomllib.loads(text))
    assert old is not None, "a file that is broken is never edited"
    try:
        document = tomlkit.parse(text)
        _merge(document, as_file(old), as_file(new))
        edited = tomlkit.dumps(document)
        found, _ = check_rubric(tomllib.loads(edited))
    except (TOMLKitError, tomllib.TOMLDecodeError, LookupError, TypeError, ValueError, AttributeError):
        return None  # tomlkit has no narrower way to say that it can't
    return edited if found == new else None


def _merge(table: MutableMapping[str, Any], old: Plain, new: Plain) -> None:
    """Put into the file's table what the new values have otherwise than the old."""
    for key in old.keys() - new.keys():
        if key in table:
            _drop(table, key)
    for key, value in new.items():
        before = old.get(key)
        if value == before:
            continue
        if key not in table:
            table[key] = _fresh(value, isinstance(table, InlineTable))
        elif isinstance(value, dict) and isinstance(before, dict):
            _merge(table[key], before, value)
        elif before is not None and _is_tables(value) and _is_tables(before) and key not in _REPLACED:
            _merge_list(table[key], _NAMED_BY.get(key, "id"), before, value)
        else:
            table[key] = _fresh(value, isinstance(table, InlineTable))


def _merge_list(tables: MutableSequence[Any], name: str, old: list[Plain], new: list[Plain]) -> None:
    """The same for a list of tables: each is known by its name, and stays where it is in the file."""
    before, now = ({item[name]: item for item in items} for items in (old, new))
    for at in reversed(range(len(tables))):
        if tables[at][name] not in now:
            _take_out(tables, at)
    for table in tables:
        _merge(table, before[table[name]], now[table[name]])
    order = list(now)
    there = [table[name] for table in tables]
    if there != sorted(there, key=order.index):
        order.reverse()  # levels may stand from the lowest up as well
    for place, key in enumerate(order):
        if key not in before:
            tables.insert(place, _fresh(now[key], isinstance(tables, Array)))
            if isinstance(tables, AoT):
                _space(tables, place)


def _take_out(tables: MutableSequence[Any], at: int) -> None:
    """Remove a table. A comment at its end is about what comes next, so that the table before it takes it over."""
    tail = _tail(tables[at]) if isinstance(tables, AoT) else []
    del tables[at]
    if at:
        _append(tables[at - 1], tail)


def _drop(table: MutableMapping[str, Any], key: str) -> None:
    """Remove a key; a comment at the end of its last table goes to what stands before it."""
    last = _last_table(table[key])
    tail = _tail(last) if last is not None else []
    holder = table.value if isinstance(table, Table) else table
    if tail and isinstance(holder, Container):
        before = None
        for name, item in holder.body:
            if name is not None and name.key == key:
                break
            inner = _last_table(item)
            before = before if inner is None else inner
        if before is not None:
            _append(before, tail)
    del table[key]


def _last_table(item: Any) -> Table | None:
    """The table itself, or the last of a list; None where it is neither."""
    if isinstance(item, AoT):
        return item[-1] if len(item) else None
    return item if isinstance(item, Table) else None


def _append(table: Table, tail: list[Comment | Whitespace]) -> None:
    last = _last(table)
    for item in tail:
        last.append(None, item)


def _space(tables: AoT, place: int) -> None:
    """An empty line before and after a table that was put in between others."""
    if place and not _tail(tables[place - 1], False):
        _append(tables[place - 1], [tomlkit.nl()])
    if place + 1 < len(tables):
        _append(tables[place], [tomlkit.nl()])


def _last(table: Table) -> Container:
    """The part of a table that stands last in the file."""
    for _, item in reversed(table.value.body):
        inner = _last_table(item)
        if inner is not None:
            return _last(inner)
        if not isinstance(item, Whitespace):
            break
    return table.value


def _tail(table: Table, is_comment: bool = True) -> list[Comment | Whitespace]:
    """Comments and empty lines at a table's end; with ``is_comment`` none where there are only empty lines."""
    tail: list[Comment | Whitespace] = []
    for _, item in reversed(_last(table).body):
        if not isinstance(item, Comment | Whitespace):
            break
        tail.append(item)
    return tail[::-1] if not is_comment or any(isinstance(item, Comment) for item in tail) else []


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _fresh(value: Any, is_inline: bool) -> Any:
    """A new value for the file. Within a line it is left to tomlkit, since a table can't stand there."""
    if isinstance(value, dict) or _is_tables(value):
        return value if is_inline else as_part(value)
    return as_item(value)


def _comments(text: str) -> Iterator[str]:
    return (stripped for line in text.split("\n") if (stripped := line.strip()).startswith("#"))


def _head(text: str) -> tuple[str, ...]:
    """The comment that a file begins with."""
    head: list[str] = []
    for line in text.split("\n"):
        if not line.startswith("#"):
            break
        head.append(line.lstrip("#").strip())
    return tuple(head)
