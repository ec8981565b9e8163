"""What the table of keys says elsewhere: the reference, the JSON Schema, and files that are written."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core import indicative, official
from markdesk.core.file_keys import Kind, Tables
from markdesk.core.rubric import Status
from markdesk.core.rubric_check import check_rubric
from markdesk.core.rubric_keys import TABLES
from markdesk.core.rubric_schema import json_schema, reference
from markdesk.formats.rubric_toml import read_rubric
from markdesk.formats.rubric_writer import as_file, rubric_text
from tests.kit import ROOT, RUBRICS
from tests.schemes import points_and_levels, scheme

PAGE = (ROOT / "docs" / "reference" / "rubrics.md").read_text(encoding="utf-8")
SHIPPED = sorted(RUBRICS.glob("*.toml"))


@pytest.mark.parametrize(
    ("section", "tables"),
    [("fields", TABLES), ("official", official.TABLES), ("indicative", indicative.TABLES)],
)
def test_the_reference_is_what_the_code_says(section: str, tables: Tables) -> None:
    """To write it anew: `markdesk rubric schema --fields` between the marks of the page."""
    written = re.search(rf"<!-- {section}: .+? -->\n(.+?)<!-- /{section} -->", PAGE, re.S)
    assert written is not None
    assert written[1] == reference(tables)


def test_the_example_files_of_the_reference_are_sound() -> None:
    examples = [re.sub(r"(?m)^    ", "", text) for text in re.findall(r"(?:^    .+\n|^\n(?=    ))+", PAGE, re.M)]
    files = [tomllib.loads(text) for text in examples if "schema = " in text]
    assert {file["schema"] for file in files} == {official.SCHEMA, indicative.SCHEMA}
    for file in files:
        check = official.check_official(file, None) if file["schema"] == official.SCHEMA else None
        problems = check[1] if check else indicative.check_indicative(file)[1]
        assert problems == ()


def test_the_folder_s_page_names_every_scheme_and_tells_drafts_apart() -> None:
    page = (RUBRICS / "README.md").read_text(encoding="utf-8")
    usual, _, drafts = page.partition("Drafts, whose mark ranges are not certain:")
    for path in SHIPPED:
        rubric = read_rubric(path)
        where = drafts if rubric.status is Status.DRAFT else usual
        assert f"| `{rubric.id}` | {rubric.title} |" in where, rubric.id


def errors(schema: dict[str, Any], value: Any, whole: dict[str, Any]) -> list[str]:
    """What of a value a JSON Schema refuses: as much of the standard as our schema uses."""
    if "$ref" in schema:
        return errors(whole["$defs"][schema["$ref"].rpartition("/")[2]], value, whole)
    types: dict[str, Any] = {
        "string": str,
        "integer": int,
        "boolean": bool,
        "number": (int, float),
        "array": list,
        "object": dict,
    }
    names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    fits = [isinstance(value, types[name]) and not (isinstance(value, bool) and name != "boolean") for name in names]
    if not any(fits):
        return [f"{value!r} is no {names}"]
    found: list[str] = []
    if value not in schema.get("enum", [value]):
        found.append(f"{value!r} is none of {schema['enum']}")
    if "pattern" in schema and not re.search(schema["pattern"], value):
        found.append(f"{value!r} isn't like {schema['pattern']}")
    if "minimum" in schema and value < schema["minimum"]:
        found.append(f"{value!r} is below {schema['minimum']}")
    if isinstance(value, list):
        found += [error for item in value for error in errors(schema["items"], item, whole)]
    if isinstance(value, dict):
        known = schema.get("properties", {})
        found += [f"{key} is missing" for key in schema.get("required", ()) if key not in value]
        for key, item in value.items():
            inner = known.get(key, schema.get("additionalProperties"))
            found += [f"{key} is unknown"] if inner is False else errors(inner, item, whole)
    return found


@pytest.mark.parametrize("data", [*(tomllib.loads(path.read_text(encoding="utf-8")) for path in SHIPPED),
                                  scheme(), points_and_levels(), scheme(combine={"scale_factor": "4/5"})])  # fmt: skip
def test_sound_files_fit_the_json_schema(data: dict[str, Any]) -> None:
    assert errors(json_schema(), data, json_schema()) == []


@pytest.mark.parametrize(
    "damage",
    [
        {"shoe": 1}, {"max_mark": "20"}, {"max_mark": 0}, {"status": "redy"}, {"id": "a b"}, {"title": " "},
        {"first_series": "June"}, {"scale": [{"id": "x"}]}, {"flag": [{"id": "x", "text": 3}]}, {"components": [1]},
        {"zero": {"allow": "yes"}}, {"stimulus": {"kind": "extract"}}, {"max_mark": True},
    ],
)  # fmt: skip
def test_the_json_schema_and_the_check_refuse_the_same(damage: dict[str, Any]) -> None:
    data = scheme(**damage)
    assert errors(json_schema(), data, json_schema())
    assert check_rubric(data)[0] is None


def test_every_key_of_the_table_is_in_the_json_schema() -> None:
    schema = json_schema()
    for name, keys in TABLES.items():
        table = schema["$defs"][name] if name else schema
        assert set(table["properties"]) == set(keys)
        assert table["required"] == [key for key, described in keys.items() if described.required]


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_a_scheme_that_is_written_is_read_back(path: Path, tmp_path: Path) -> None:
    rubric = read_rubric(path)
    again = tmp_path / path.name
    again.write_text(rubric_text(rubric, ("A comment.", "Of two\nlines.")), encoding="utf-8")
    assert read_rubric(again) == rubric
    assert read_rubric(again).hash == rubric.hash


def test_every_key_can_be_written() -> None:
    """A key that the writer forgot would be lost when a scheme is begun from another."""
    cap = {"id": "c", "ask": "?", "severity": "hard", "effect": {"scale": "main", "max_level": 2, "max_mark": 8}}
    full = [
        points_and_levels(),
        scheme(
            sub={2: [{"label": "low", "min": 5, "max": 6}, {"label": "high", "min": 7, "max": 8}]},
            cap=[cap],
            penalty=[{"id": "p", "ask": "?", "marks": 5, "applied_by": "centre"}],
            flag=[{"id": "f", "text": "x"}],
            nea={"words_min": 1, "words_max": 2},
        ),
    ]
    written: dict[str, set[str]] = {name: set() for name in TABLES}

    def note(table: str, values: dict[str, Any]) -> None:
        written[table] |= set(values)
        for key, value in values.items():
            described = TABLES[table][key]
            if described.kind is Kind.TABLE:
                note(described.table, value)
            elif described.kind is Kind.TABLES:
                for item in value:
                    note(described.table, item)

    for data in full:
        rubric, problems = check_rubric(data)
        assert rubric is not None, problems
        note("", as_file(rubric))
    assert written == {name: set(keys) for name, keys in TABLES.items()}


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60), st.sampled_from(["title", "text"]))
def test_any_text_survives_being_written(text: str, where: str) -> None:
    data = scheme(flag=[{"id": "f", "text": text if text.strip() else "x"}])
    if where == "title" and text.strip():
        data["title"] = text
    rubric, problems = check_rubric(data)
    assert rubric is not None, problems
    again, problems = check_rubric(tomllib.loads(rubric_text(rubric)))
    assert again == rubric, problems
