"""The table of keys for others to read: as a JSON Schema for editors, and as the pages of the reference."""

from collections.abc import Iterator
from typing import Any

from markdesk.core.file_keys import Key, Kind, Tables
from markdesk.core.rubric import SCHEMA
from markdesk.core.rubric_keys import TABLES

_JSON: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": "string"},
    Kind.NUMBER: {"type": "integer"},
    Kind.YES_NO: {"type": "boolean"},
    Kind.FACTOR: {"type": ["number", "string"]},
    Kind.TEXTS: {"type": "array", "items": {"type": "string"}},
    Kind.WORDS: {"type": "object", "additionalProperties": {"type": "string"}},
    Kind.TABLE: {"type": "object"},
    Kind.TABLES: {"type": "array"},
}


def json_schema(tables: Tables = TABLES, name: str = SCHEMA) -> dict[str, Any]:
    """A JSON Schema (draft 2020-12) of a kind of file. What several keys must agree on, only ``rubric check`` knows."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": name,
        **_table(tables, ""),
        "$defs": {table: _table(tables, table) for table in tables if table},
    }


def _table(tables: Tables, name: str) -> dict[str, Any]:
    keys = tables[name]
    return {
        "type": "object",
        "properties": {key: _value(described) for key, described in keys.items()},
        "required": [key for key, described in keys.items() if described.required],
        "additionalProperties": False,
    }


def _value(key: Key) -> dict[str, Any]:
    found = {**_JSON[key.kind], "description": key.about}
    if key.table:
        inner = {"$ref": f"#/$defs/{key.table}"}
        return {**found, "items": inner} if key.kind is Kind.TABLES else {**inner, "description": key.about}
    if key.one_of:
        found["enum"] = list(key.one_of)
    elif key.pattern:
        found["pattern"] = f"^(?:{key.pattern.regex})$"
    elif key.kind is Kind.TEXT and key.required:
        found["pattern"] = r"\S"
    if key.least is not None:
        found["minimum"] = key.least
    return found


def reference(tables: Tables = TABLES) -> str:
    """The fields of every table as Markdown, in the order of a file."""
    return "\n".join(_pages(tables))


def _pages(tables: Tables) -> Iterator[str]:
    for name, written in _written(tables):
        yield f"### {written}"
        yield ""
        yield "| key | value | left out | meaning |"
        yield "|---|---|---|---|"
        for key, described in tables[name].items():
            left_out = "**must be there**" if described.required else described.default
            yield f"| `{key}` | {_said(described)} | {left_out} | {described.about} |"
        yield ""


def _written(tables: Tables) -> list[tuple[str, str]]:
    """Each table's name and how its heading stands in a file, those inside it after it."""
    found = [("", "The file itself")]

    def inside(name: str, path: str) -> None:
        for key, described in tables[name].items():
            if not described.table:
                continue
            whole = f"{path}.{key}" if path else key
            found.append((described.table, f"`[[{whole}]]`" if described.kind is Kind.TABLES else f"`[{whole}]`"))
            inside(described.table, whole)

    inside("", "")
    return found


def _said(key: Key) -> str:
    if key.one_of:
        return ", ".join(f'`"{value}"`' for value in key.one_of)
    if key.pattern:
        return key.pattern.says
    least = f", {key.least} or more" if key.least is not None else ""
    return f"{key.kind}{least}"
