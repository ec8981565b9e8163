"""A mark scheme's plain data as a tidy TOML file: a line of comment above each part, levels from the top down.

The text is read back before it is given out, so that what is in the file is what was meant.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

import tomlkit
from tomlkit import items

from markdesk.core.errors import RubricInvalid
from markdesk.core.plain import is_plain

_TOP = (
    "schema", "id", "version", "title", "board", "qualification", "spec", "components", "section", "question_type",
    "first_series", "last_series", "status", "max_mark", "mark_step", "time_minutes", "scoring",
)  # fmt: skip
_PARTS = {
    "provenance": "Where the words and the numbers come from. Fill in the last three when you have compared them.",
    "stimulus": "What the question comes with.",
    "ao": "The assessment objectives, and how many of the marks each carries.",
    "strand": "What recurs through the levels.",
    "decision": "How a level and a mark are found.",
    "zero": "What no marks is called, and what a missing answer is.",
    "not_attempted": "",
    "scale": "What receives a level and a mark of its own. The ranges meet without a gap, from 1 to the maximum.",
    "cap": "Questions that limit a scale.",
    "penalty": "Marks that somebody else takes off; shown, never subtracted.",
    "flag": "Reminders.",
    "combine": "How the scales make the total.",
    "nea": "The rules of coursework.",
    "indicative": "What an answer may contain.",
}
_AWKWARD = re.compile(r"^(?:[\[#]|$)|\r", re.M)
"""A line that looks like TOML's own when a text is written over several lines."""


def rubric_toml(data: Mapping[str, Any], heading: Iterable[str] = ()) -> str:
    """The file's text, with the lines of ``heading`` as its first comment. Raises RubricInvalid if it can't be."""
    document = tomlkit.document()
    lines = list(heading)
    for line in lines:
        document.add(tomlkit.comment(_comment(line)))
    if lines:
        document.add(tomlkit.nl())
    for key in (*_TOP, *(key for key in data if key not in _TOP and key not in _PARTS)):
        if key in data:
            document.add(key, as_item(data[key]))
    for key, about in _PARTS.items():
        if key not in data:
            continue
        document.add(tomlkit.nl())
        if about:
            document.add(tomlkit.comment(about))
        document.add(key, as_part(data[key]))
    text = _tidy(tomlkit.dumps(document))
    if tomllib.loads(text) != data:
        raise RubricInvalid("The scheme did not read back from TOML as it was written.", "Nothing was written.")
    return text


def _comment(line: str) -> str:
    return "".join(c if c.isprintable() and is_plain(c) else " " for c in line)


def as_item(value: Any) -> items.Item:
    """A text, a number or a list as it stands in the file, with nothing in it that a terminal could act on."""
    item: items.Item
    if isinstance(value, str):
        item = tomlkit.string(value, multiline="\n" in value and not _AWKWARD.search(value))
    else:
        item = tomlkit.item(value)
    text = item.as_string()
    return item if escaped(text) == text else tomlkit.value(escaped(text))


def as_part(value: Any) -> items.Item:
    """A table, or a list of tables."""
    if isinstance(value, dict):
        return _table(value)
    tables = tomlkit.aot()
    for item in value:
        tables.append(_table(item))
    return tables


def _table(value: Mapping[str, Any]) -> items.Table:
    """A table with its plain values first, as TOML needs it."""
    table = tomlkit.table()
    inner = {key: item for key, item in value.items() if _is_part(item)}
    for key, item in value.items():
        if key not in inner:
            table.add(key, as_item(item))
    for key, item in inner.items():
        table.add(key, as_part(item))
    return table


def _is_part(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def _tidy(text: str) -> str:
    """One empty line above each table, and none between a comment and what it is about."""
    lines: list[str] = []
    for line in text.split("\n"):
        if line.startswith("[") and len(lines) > 1 and not lines[-1] and lines[-2].startswith("#"):
            lines.pop()
        elif line.startswith("[[") and lines and lines[-1] and not lines[-1].startswith("#"):
            lines.append("")
        lines.append(line)
    return "\n".join(lines).rstrip("\n") + "\n"


def escaped(text: str) -> str:
    """The same TOML with an escape for each character that a terminal or an editor would not show as it is."""
    unsafe = {c for c in text if ord(c) > 126 and not (is_plain(c) and c.isprintable())}
    return "".join(f"\\U{ord(c):08X}" if c in unsafe else c for c in text) if unsafe else text
