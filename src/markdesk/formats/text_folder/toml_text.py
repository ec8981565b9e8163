"""Plain data as TOML that is made to be read and compared: the same data is always the same text.

A text of several lines stands on several lines, so that a comparison shows the line that differs; a character that a
screen or an editor could act on, or would strip, is an escape. Read by any TOML reader, it is the same data.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from markdesk.core.plain import is_plain

WIDTH = 110
"""A list that would be longer has a line for each of its items."""

_BARE = re.compile(r"[A-Za-z0-9_-]+\Z")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def toml_text(data: Mapping[str, Any], heading: Iterable[str] = ()) -> str:
    """The file's text, the lines of ``heading`` its first comment. Values that aren't tables come first, in order."""
    lines = [f"# {comment(line)}".rstrip() for line in heading]
    _table(data, "", lines)
    return "\n".join(lines).lstrip("\n") + "\n"


def comment(text: str) -> str:
    """Text from outside as part of a comment: nothing in it ends the line, or acts."""
    return "".join(c if c.isprintable() and is_plain(c) else " " for c in text)


def _table(data: Mapping[str, Any], name: str, lines: list[str]) -> None:
    inner = {key: value for key, value in data.items() if _is_part(value)}
    for key, value in data.items():
        if key not in inner:
            lines.append(f"{_key(key)} = {_value(value)}")
    for key, value in inner.items():
        path = f"{name}.{_key(key)}" if name else _key(key)
        if isinstance(value, dict):
            # One that holds nothing but other tables needs no line of its own.
            if not value or not all(_is_part(item) for item in value.values()):
                lines += ["", f"[{path}]"]
            _table(value, path, lines)
        else:
            for item in value:
                lines += ["", f"[[{path}]]"]
                _table(item, path, lines)


def _is_part(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def _key(key: str) -> str:
    return key if _BARE.match(key) else _short(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _long(value) if "\n" in value and "\r" not in value else _short(value)
    if isinstance(value, list):
        items = [_inline(item) for item in value]
        line = f"[{', '.join(items)}]"
        return line if len(line) <= WIDTH else "[\n" + "".join(f"    {item},\n" for item in items) + "]"
    return str(value)


def _inline(value: Any) -> str:
    """A value inside a list: on one line, whatever it is."""
    if isinstance(value, str):
        return _short(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    if isinstance(value, dict):
        told = ", ".join(f"{_key(key)} = {_inline(item)}" for key, item in value.items())
        return f"{{ {told} }}" if told else "{}"
    return _value(value)


def _short(text: str) -> str:
    return f'"{_escaped(text)}"'


def _long(text: str) -> str:
    lines = []
    for line in text.split("\n"):
        shown = _escaped(line)
        if '""' not in line and not line.endswith('"'):
            shown = shown.replace('\\"', '"')
        # Blanks at the end of a line are what editors strip.
        lines.append(f"{shown[:-1]}\\u0020" if shown.endswith(" ") else shown)
    return '"""\n' + "\n".join(lines) + '"""'


def _escaped(text: str) -> str:
    if text.isprintable() and is_plain(text):
        return text.replace("\\", "\\\\").replace('"', '\\"')
    return "".join(map(_character, text))


def _character(c: str) -> str:
    if c in _ESCAPES:
        return _ESCAPES[c]
    if c.isprintable() and is_plain(c * 5):  # five of a mark that is put on a letter are a heap
        return c
    return f"\\u{ord(c):04X}" if ord(c) < 0x10000 else f"\\U{ord(c):08X}"
