"""Whatever is in a file: a scheme that is sound, or a refusal; and TOML that reads back."""

import random
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.errors import EssayUnreadable, RubricInvalid
from markdesk.formats.child import ChildReader
from markdesk.formats.rubric_from import FORMATS, convert
from markdesk.formats.rubric_from.detect import detect
from markdesk.formats.rubric_from.level_words import level_name
from markdesk.formats.rubric_from.xml_tree import parse_xml
from markdesk.formats.rubric_write import rubric_toml
from tests.convert.test_good import GOOD, converted

PIECES = (
    b'"',
    b"<",
    b"&",
    b"{",
    b"]",
    b",",
    b";",
    b"\n",
    b"-",
    b"9" * 9,
    b"\xff\xfe",
    b"\0",
    b"1.5",
    b"<table>",
    b"null",
)


def mutated(data: bytes, rng: random.Random) -> bytes:
    """The file with a few bytes changed, lost, doubled or put in."""
    for _ in range(rng.choice((1, 1, 2, 6))):
        at, width = rng.randrange(len(data)), rng.randrange(1, 40)
        new = rng.choice((rng.choice(PIECES), data[at : at + width] * 2, b"", bytes([rng.randrange(256)])))
        data = data[:at] + new + data[at + rng.choice((0, 1, width)) :] or b"x"
    return data


@pytest.mark.parametrize("kind", FORMATS)
def test_a_damaged_file_converts_or_is_refused(kind: str) -> None:
    rng = random.Random(kind)
    files = [good for good in GOOD if good.kind == kind and len(good.data) < 60_000]
    refused = sound = 0
    for _ in range(25):
        good = rng.choice(files)
        data = mutated(good.data, rng)
        try:
            detect(data)
            made = convert(data, good.file_name, kind)
        except RubricInvalid:
            refused += 1
        else:
            for one in made:
                assert tomllib.loads(rubric_toml(one.data)) == one.data
            sound += 1
    assert refused
    assert refused + sound == 25


TEXT = st.text(max_size=40) | st.sampled_from(
    ['"""', "a\n[[scale]]\nb", "\n", "a\r\nb", "\\", "x\n# y", "'", "\0\x1b\x7f\u202e", "𐍈"]
)


@given(TEXT, TEXT, TEXT)
def test_any_words_are_written_and_read_back(title: str, summary: str, label: str) -> None:
    data: dict[str, Any] = {
        "schema": "markdesk.rubric/1",
        "title": title,
        "provenance": {"wording": summary},
        "flag": [{"id": label, "text": summary}],
        "scale": [
            {"id": "a", "level": [{"summary": summary, "strand": {"x": title}}, {"summary": label}]},
            {"id": "b"},
        ],
    }
    text = rubric_toml(data, [title])
    assert tomllib.loads(text) == data
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_the_written_file_is_tidy() -> None:
    good = next(good for good in GOOD if good.name == "levels down")
    text = rubric_toml(converted(good).data, ["About it."])
    assert text.startswith("# About it.\n\nschema = ")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\n\n\n" not in text
    lines = text.split("\n")
    for place, line in enumerate(lines):
        if line.startswith("[["):
            above = lines[place - 1]
            assert above == "" or above.startswith("#"), line
        if line.startswith("# ") and place:
            assert lines[place + 1].startswith("["), line
    assert [line for line in lines if line.startswith("n = ")] == [f"n = {n}" for n in (5, 4, 3, 2, 1)]


def test_a_file_that_holds_its_parser_up_is_refused() -> None:
    """A key of a million dots: the parser needs minutes, and the child process has seconds."""
    data = b"[[rubric]]\n" + b"a." * 400_000 + b"a = 1\n"
    assert detect(data) == "plom-toml"
    with ChildReader(seconds=1.5) as child, pytest.raises(EssayUnreadable, match=r"took longer than 1.5 seconds"):
        child.rubrics("plom-toml", data, "r.toml")


def test_every_format_with_an_intricate_parser_has_a_clock() -> None:
    quick = {"canvas-csv", "case-json", "markus-csv", "ora-xml", "ora-json", "plom-json", "plom-csv"}
    assert {made.name for made in FORMATS.values() if not made.in_child} == quick


def test_a_bomb_of_entities_is_refused_before_it_opens() -> None:
    layers = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x0 "ha">{layers}]><areas>&x11;</areas>'
    with pytest.raises(RubricInvalid, match="DOCTYPE"):
        parse_xml(bomb.encode())
    with pytest.raises(RubricInvalid, match="DOCTYPE"):
        parse_xml(bomb.replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16"))


@pytest.mark.parametrize(
    ("text", "label", "low", "high"),
    [
        ("Level 5: 21–25 marks", "Level 5", 21, 25),
        ("L5 (21-25)", "Level 5", 21, 25),
        ("21-25", "", 21, 25),
        ("21 – 25 marks", "", 21, 25),
        ("(21 to 25)", "", 21, 25),
        ("25–21", "", 21, 25),
        ("between 21 and 25", "", 21, 25),
        ("Marks: 21‑25", "", 21, 25),
        ("21 marks − 25 marks", "", 21, 25),
        ("Level 4\n16—20", "Level 4", 16, 20),
        ("Level 1 – 1–5", "Level 1", 1, 5),
        ("21–25 marks (Level 5)", "Level 5", 21, 25),
        ("Band IV: 16/20", "Band IV", 16, 20),
        ("Level Five, 21..25 pts", "Level Five", 21, 25),
        ("Excellent (4 points)", "Excellent", 4, 4),
        ("Distinction 8-10", "Distinction", 8, 10),
        ("1 mark", "", 1, 1),
        ("7", "", 7, 7),
    ],
)
def test_a_level_in_every_spelling(text: str, label: str, low: int, high: int) -> None:
    found = level_name(text)
    assert found is not None
    assert (found.label, found.low, found.high) == (label, low, high)


@pytest.mark.parametrize(
    "text", ["", "Good", "Paper 2", "In 1914-18 the war", "Uses 3 sources", "1914", "AO1", "x" * 61, "Li"]
)
def test_other_words_are_no_level(text: str) -> None:
    found = level_name(text)
    assert found is None or text == "1914"
