"""JSON and its like, read strictly: numbers as they are written, no key twice, and a name for every place."""

import json
from typing import Any

from markdesk.formats.files import decode
from markdesk.formats.rubric_from.draft import refuse


def load_json(data: bytes) -> Any:
    """The value. Raises RubricInvalid naming the line, or the key that stands twice."""
    text = decode(data).text

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in items:
            if key in found:
                refuse(f"key '{key}'", "it stands twice in one object.")
            found[key] = value
        return found

    def constant(name: str) -> Any:
        refuse(f"value {name}", "it is no number.")

    try:
        return json.loads(text, object_pairs_hook=pairs, parse_float=str, parse_int=_whole, parse_constant=constant)
    except json.JSONDecodeError as error:
        refuse(f"line {error.lineno}", f"it is not valid JSON ({error.msg}).")
    except RecursionError:
        refuse("line 1", "it is nested too deeply to be a mark scheme.")


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) < 20 else digits  # a longer one is refused where it is used, by its key


def table(value: object, where: str) -> dict[str, Any]:
    """The value as an object."""
    if not isinstance(value, dict):
        refuse(where, "it must be an object with keys.")
    return value


def tables(value: object, where: str) -> list[tuple[str, dict[str, Any]]]:
    """The value as a list of objects, each with its place: ``criteria[2]``, counting from 1."""
    if not isinstance(value, list):
        refuse(where, "it must be a list.")
    return [(f"{where}[{n}]", table(item, f"{where}[{n}]")) for n, item in enumerate(value, start=1)]


def text(found: dict[str, Any], key: str, where: str) -> str:
    """A text, or a number as text; empty where the key is missing or null."""
    value = found.get(key)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        refuse(f"{where}.{key}" if where else key, "it must be text.")
    return str(value).strip()
