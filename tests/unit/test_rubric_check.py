"""A mark scheme is taken whole or refused with the line and key of everything that is wrong with it."""

import copy
import random
import tomllib
from pathlib import Path
from typing import Any

import pytest

from markdesk.core.errors import RubricInvalid
from markdesk.core.rubric import Rubric, Scoring, Status, rubric_from_plain
from markdesk.core.rubric_check import check_rubric
from markdesk.formats.rubric_toml import read_rubric
from tests.kit import RUBRICS, shipped_rubric

FIVE_OF_FOUR = [(1, 4), (5, 8), (9, 12), (13, 16), (17, 20)]
FIVE_OF_TWO = [(1, 2), (3, 4), (5, 6), (7, 8), (9, 10)]
RANGES: dict[str, dict[str, list[tuple[int, int]]]] = {
    "aqa-7042-b-essay-25": {"main": [(1, 5), (6, 10), (11, 15), (16, 20), (21, 25)]},
    "aqa-7042-nea-40": {"ao1": FIVE_OF_FOUR, "ao2": FIVE_OF_TWO, "ao3": FIVE_OF_TWO},
    "edexcel-9hi0-essay-20": {"main": [(1, 3), (4, 7), (8, 12), (13, 16), (17, 20)]},
    "ocr-h505-y2-twopart-30": {
        "a": [(1, 1), (2, 2), (3, 4), (5, 6), (7, 8), (9, 10)],
        "b": [(1, 3), (4, 6), (7, 9), (10, 12), (13, 16), (17, 20)],
    },
    "generic-essay-4strand": {"main": FIVE_OF_FOUR},
}
"""Written by hand from the boards' published ranges; nothing here is read from the files."""

TARIFFS = {
    "aqa-7042-b-essay-25": (25, Scoring.HOLISTIC),
    "aqa-7042-nea-40": (40, Scoring.PER_SCALE),
    "edexcel-9hi0-essay-20": (20, Scoring.PROFILE),
    "ocr-h505-y2-twopart-30": (30, Scoring.PER_SCALE),
    "generic-essay-4strand": (20, Scoring.HOLISTIC),
}


@pytest.mark.parametrize("rubric_id", RANGES)
def test_the_shipped_ranges(rubric_id: str) -> None:
    rubric = shipped_rubric(rubric_id)
    found = {s.id: [(level.min, level.max) for level in s.levels] for s in rubric.scales}
    assert found == RANGES[rubric_id]
    assert [level.n for s in rubric.scales for level in s.levels] == [
        n for ranges in RANGES[rubric_id].values() for n in range(1, len(ranges) + 1)
    ]
    assert (rubric.max_mark, rubric.scoring) == TARIFFS[rubric_id]
    assert rubric.status is not Status.CHECKED, "nobody has compared it with the board's document"
    assert rubric.provenance.wording == "paraphrase"


@pytest.mark.parametrize("rubric_id", RANGES)
def test_a_scheme_survives_being_kept(rubric_id: str) -> None:
    rubric = shipped_rubric(rubric_id)
    again = rubric_from_plain(rubric.to_plain())
    assert again == rubric
    assert again.hash == rubric.hash
    assert rubric.hash.startswith("sha256:")


def test_the_hash_follows_the_words_and_not_the_layout(tmp_path: Path) -> None:
    source = (RUBRICS / "generic-essay-4strand.toml").read_text(encoding="utf-8")
    same, other = tmp_path / "same.toml", tmp_path / "other.toml"
    same.write_text("# a comment\n" + source.replace("\n\n", "\n\n\n"), encoding="utf-8")
    other.write_text(source.replace('summary = "', 'summary = "Very: ', 1), encoding="utf-8")
    assert read_rubric(same).hash == shipped_rubric("generic-essay-4strand").hash
    assert read_rubric(other).hash != shipped_rubric("generic-essay-4strand").hash


def test_levels_of_marks() -> None:
    scale = shipped_rubric("edexcel-9hi0-essay-20").scales[0]
    assert [scale.level_of(mark) for mark in (0, 1, 3, 4, 7, 8, 12, 13, 16, 17, 20)] == [
        0,
        1,
        1,
        2,
        2,
        3,
        3,
        4,
        4,
        5,
        5,
    ]
    assert [level.middle for level in scale.levels] == [2, 5, 10, 14, 18]
    assert scale.level(0) is None
    assert scale.level(6) is None


VALID = """\
schema = "markdesk.rubric/1"
id = "small"
version = "1"
title = "Small"
status = "ready"
max_mark = 10
scoring = "per_scale"

[provenance]
wording = "paraphrase"
basis = "made up"

[[ao]]
code = "AO1"
marks = 10

[[strand]]
id = "focus"
name = "Focus"
ao = "AO1"

[[strand]]
id = "evidence"
name = "Evidence"
ao = "AO1"

[[scale]]
id = "a"
title = "Part a"
aos = ["AO1"]
max = 4
[[scale.level]]
n = 1
min = 1
max = 2
summary = "low"
strand = { focus = "x", evidence = "y" }
[[scale.level]]
n = 2
min = 3
max = 4
summary = "high"
[scale.level.strand]
focus = "x"
evidence = "y"

[[scale]]
id = "b"
title = "Part b"
aos = ["AO1"]
max = 6
[[scale.level]]
n = 1
min = 1
max = 3
summary = "low"
[scale.level.strand]
focus = "x"
evidence = "y"
[[scale.level]]
n = 2
min = 4
max = 6
summary = "high"
[scale.level.strand]
focus = "second b"
evidence = "y"

[[cap]]
id = "story"
ask = "Is it a story?"
severity = "advisory"
[cap.effect]
scale = "b"
max_level = 1

[[cap]]
id = "one-sided"
ask = "Is it one-sided?"
severity = "hard"
[cap.effect]
scale = "b"
max_mark = 4

[[penalty]]
id = "long"
ask = "Is it too long?"
marks = 5
applied_by = "moderator"

[[flag]]
id = "dates"
text = "Check the dates."
"""


def line_of(text: str, start: str, nth: int = 1) -> int:
    """The nth line that starts so, counting lines from 1."""
    return [number for number, line in enumerate(text.splitlines(), 1) if line.startswith(start)][nth - 1]


def changed(old: str, new: str, nth: int = 1) -> str:
    at = -1
    for _ in range(nth):
        at = VALID.index(old, at + 1)
    return VALID[:at] + new + VALID[at + len(old) :]


def refusal(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "small.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RubricInvalid) as caught:
        read_rubric(path)
    assert str(path) in caught.value.hint
    return caught.value.message.split("\n")


def test_the_small_file_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_text("\ufeff" + VALID, encoding="utf-8")
    rubric = read_rubric(path)
    assert [s.id for s in rubric.scales] == ["a", "b"]
    assert rubric.scales[1].levels[1].strand == {"focus": "second b", "evidence": "y"}
    assert [cap.effect.max_level for cap in rubric.caps] == [1, None]


# what is changed, to what, the how-manieth time it stands there; then the key, what its line begins with (and the
# how-manieth of those), and what the sentence must say
MUTATIONS: list[tuple[str, tuple[str, str, int], str, tuple[str, int], list[str]]] = [
    ("gap", ("min = 4", "min = 5", 1), "scale[2].level[2].min", ("min = 5", 1), ["gap", "4"]),
    ("overlap", ("min = 4", "min = 3", 1), "scale[2].level[2].min", ("min = 3", 2), ["overlap", "3"]),
    ("upside down", ("min = 4", "min = 7", 1), "scale[2].level[2].min", ("min = 7", 1), ["7", "6"]),
    ("zero", ("min = 1\nmax = 3", "min = 0\nmax = 3", 1), "scale[2].level[1].min", ("min = 0", 1), ["overlap", "0"]),
    ("top", ("max = 6\nsummary", "max = 5\nsummary", 1), "scale[2].level[2].max", ("max = 5", 1), ["5", "6"]),
    ("number", ("n = 2", "n = 3", 2), "scale[2].level[2].n", ("n = 3", 1), ["2", "3"]),
    ("typo", ("title = \"Small\"", "titel = \"Small\"", 1), "titel", ("titel", 1), ["'title'"]),
    ("deep typo", ("summary", "sumary", 4), "scale[2].level[2].sumary", ("sumary", 1), ["'summary'"]),
    ("type", ("max_mark = 10", "max_mark = \"10\"", 1), "max_mark", ("max_mark", 1), ["whole number", "10"]),
    ("bool", ("marks = 10", "marks = true", 1), "ao[1].marks", ("marks = true", 1), ["whole number"]),
    ("float", ("max = 6\n[[", "max = 6.0\n[[", 1), "scale[2].max", ("max = 6.0", 1), ["whole number"]),
    ("strand", ("focus = \"second b\"\n", "", 1), "scale[2].level[2].strand", ("[scale.level.strand]", 3), ["focus"]),
    ("strand name", ("focus = \"second", "fokus = \"second", 1), "scale[2].level[2].strand.fokus", ("fokus", 1),
     ["'focus'"]),
    ("strand type", ("\"second b\"", "3", 1), "scale[2].level[2].strand.focus", ("focus = 3", 1), ["text"]),
    ("cap scale", ("scale = \"b\"", "scale = \"c\"", 1), "cap[1].effect.scale", ("scale = \"c\"", 1), ["'c'"]),
    ("cap level", ("max_level = 1", "max_level = 9", 1), "cap[1].effect.max_level", ("max_level", 1), ["1 to 2"]),
    ("cap mark", ("max_mark = 4", "max_mark = 7", 1), "cap[2].effect.max_mark", ("max_mark = 7", 1), ["6"]),
    ("cap empty", ("max_level = 1\n", "", 1), "cap[1].effect", ("[cap.effect]", 1), ["max_level", "max_mark"]),
    ("severity", ("\"hard\"", "\"hart\"", 1), "cap[2].severity", ("severity = \"hart\"", 1), ["'hard'"]),
    ("sum", ("max_mark = 10", "max_mark = 11", 1), "max_mark", ("max_mark", 1), ["10", "11"]),
    ("ao sum", ("marks = 10", "marks = 9", 1), "ao[1]", ("[[ao]]", 1), ["9", "10"]),
    ("two strands", ("\"evidence\"\nname", "\"focus\"\nname", 1), "strand[2].id", ("id = \"focus\"", 2), ["twice"]),
    ("two scales", ("id = \"b\"", "id = \"a\"", 1), "scale[2].id", ("id = \"a\"", 2), ["'a'", "twice"]),
    ("two caps", ("id = \"one-sided\"", "id = \"story\"", 1), "cap[2].id", ("id = \"story\"", 2), ["twice"]),
    ("objective", ("ao = \"AO1\"", "ao = \"AO2\"", 2), "strand[2].ao", ("ao = \"AO2\"", 1), ["'AO2'", "'AO1'"]),
    ("scale's objective", ("[\"AO1\"]", "[\"AO9\"]", 2), "scale[2].aos", ("aos = [\"AO9\"]", 1), ["'AO9'"]),
    ("list", ("[\"AO1\"]", "[1]", 2), "scale[2].aos", ("aos = [1]", 1), ["list of texts"]),
    ("scoring", ("\"per_scale\"", "\"holistic\"", 1), "scoring", ("scoring", 1), ["2", "'per_scale'"]),
    ("scoring name", ("\"per_scale\"", "\"perscale\"", 1), "scoring", ("scoring", 1), ["'per_scale'"]),
    ("status", ("\"ready\"", "\"redy\"", 1), "status", ("status", 1), ["'ready'"]),
    ("schema", ("rubric/1", "rubric/2", 1), "schema", ("schema", 1), ["markdesk.rubric/1"]),
    ("penalty", ("marks = 5", "marks = 5\nshow_only = false", 1), "penalty[1].show_only", ("show_only", 1), ["never"]),
    ("missing", ("id = \"dates\"\n", "", 1), "flag[1]", ("[[flag]]", 1), ["'id'"]),
    ("table", ("[provenance]\n", "provenance = 3\n[stimulus]\n", 1), "provenance", ("provenance", 1), ["table"]),
    ("step", ("max_mark = 10", "max_mark = 10\nmark_step = 2", 1), "mark_step", ("mark_step", 1), ["whole"]),
    ("factor", ("max_mark = 10", "max_mark = 10\ncombine = { scale_factor = 0 }", 1), "combine.scale_factor",
     ("combine", 1), ["1"]),
]  # fmt: skip


@pytest.mark.parametrize("case", MUTATIONS, ids=[case[0] for case in MUTATIONS])
def test_each_fault_is_named_at_its_key_and_line(
    tmp_path: Path, case: tuple[str, tuple[str, str, int], str, tuple[str, int], list[str]]
) -> None:
    _, change, key, (needle, nth), says = case
    text = changed(*change)
    start = f"small.toml:{line_of(text, needle, nth)}: {key}: "
    told = [line for line in refusal(tmp_path, text) if line.startswith(start)]
    assert any(all(word in line[len(start) :] for word in says) for line in told), refusal(tmp_path, text)


def test_one_overlap_makes_no_gap_above_it() -> None:
    data = tomllib.loads(VALID)
    levels = [(1, 4), (2, 3), (5, 6)]
    text = {"focus": "x", "evidence": "y"}
    data["scale"][1]["level"] = [
        {"n": n, "min": low, "max": high, "summary": "s", "strand": text} for n, (low, high) in enumerate(levels, 1)
    ]
    _, problems = check_rubric(data)
    assert [problem.key for problem in problems] == ["scale[2].level[2].min"]


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    text = changed("min = 4", "min = 5").replace('"ready"', '"redy"').replace('title = "Small"', 'titel = "Small"')
    told = refusal(tmp_path, text)
    assert {line.split(": ")[1] for line in told} >= {"scale[2].level[2].min", "status", "titel", "top of file"}


@pytest.mark.parametrize("empty", ["scale = []", "[[scale]]\nid='a'\ntitle='A'\naos=['AO1']\nmax=10\nlevel=[]"])
def test_a_scheme_without_levels_is_refused(tmp_path: Path, empty: str) -> None:
    head = VALID[: VALID.index("[provenance]")]
    middle = VALID[VALID.index("[provenance]") : VALID.index("[[strand]]")]
    text = head + middle + empty if empty.startswith("[[") else head + empty + "\n" + middle
    assert any("scale" in line for line in refusal(tmp_path, text))


@pytest.mark.parametrize(
    "text",
    [
        changed('id = "focus"\n', "").replace('id = "evidence"\n', ""),
        changed('id = "focus"', "id = 1").replace('id = "evidence"', "id = 2"),
        changed("n = 1", "n = [1]"),
        changed("n = 1", "n = {a = 1}"),
        changed("n = 2", "n = 1"),
        changed("[[cap]]", "[[cap]]\neffect = 3\n[[flag]]"),
        "",
        "a = ",
        "x" * 10,
    ],
)
def test_odd_files_are_refused_and_never_crash(tmp_path: Path, text: str) -> None:
    assert refusal_or_toml(tmp_path, text)


def refusal_or_toml(tmp_path: Path, text: str) -> bool:
    path = tmp_path / "odd.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RubricInvalid, match=r"odd\.toml"):
        read_rubric(path)
    return True


def test_files_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b'title = "caf\xe9"')
    (tmp_path / "deep.toml").write_text("a = " + "[" * 100_000, encoding="utf-8")
    (tmp_path / "big.toml").write_bytes(b"#" * 1_000_001)
    for name in ("missing.toml", "latin.toml", "deep.toml", "big.toml"):
        with pytest.raises(RubricInvalid, match=name):
            read_rubric(tmp_path / name)
    with pytest.raises(RubricInvalid, match="folder"):
        read_rubric(tmp_path)


ODD: list[Any] = [None, 0, -1, 1, 2, 7, 10**30, 1.5, True, "", "a", "AO1", [], [1], ["AO1"], [[]], {}, {"n": 1}, [{}],
                  [{"id": "a"}, {"id": "a"}], "per_scale", "points"]  # fmt: skip


def nodes(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) of nested plain data."""
    found: list[tuple[Any, Any]] = []
    items = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    )
    for key, inner in items:
        found.append((value, key))
        found.extend(nodes(inner))
    return found


def mutated(data: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    data = copy.deepcopy(data)
    for _ in range(chance.randint(1, 4)):
        places = nodes(data)
        if not places:
            break
        container, key = chance.choice(places)
        match chance.randint(0, 4):
            case 0:
                del container[key]
            case 1 if isinstance(container, dict):
                container[chance.choice(["n", "id", "max", "xyz", "strand", "level"])] = container.pop(key)
            case 2 if isinstance(container, list):
                container.append(copy.deepcopy(container[key]))
            case _:
                container[key] = copy.deepcopy(chance.choice(ODD))
    return data


@pytest.mark.parametrize("rubric_id", ["small", *RANGES])
def test_random_damage_is_refused_or_harmless(rubric_id: str) -> None:
    source = VALID if rubric_id == "small" else (RUBRICS / f"{rubric_id}.toml").read_text(encoding="utf-8")
    whole = tomllib.loads(source)
    refused = 0
    for seed in range(300):
        rubric, problems = check_rubric(mutated(whole, random.Random(seed)))
        assert (rubric is None) == bool(problems), seed
        refused += rubric is None
        for problem in problems:
            assert problem.message, seed
            assert isinstance(problem.key, str), seed
        if rubric is not None:
            usable(rubric)
    assert refused > 200


def usable(rubric: Rubric) -> None:
    """A scheme that was taken can be kept and marked with."""
    assert rubric_from_plain(rubric.to_plain()) == rubric
    assert rubric.scales
    assert sum(scale.max for scale in rubric.scales) * rubric.scale_factor == rubric.max_mark
    for scale in rubric.scales:
        if scale.kind == "levels":
            assert [scale.level_of(mark) for mark in range(1, scale.max + 1)].count(0) == 0
            assert [level.n for level in scale.levels] == list(range(1, scale.top + 1))


def test_random_damage_to_the_file_itself(tmp_path: Path) -> None:
    path = tmp_path / "damaged.toml"
    for seed in range(300):
        chance = random.Random(seed)
        text = list(VALID)
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(text))
            match chance.randint(0, 2):
                case 0:
                    del text[place : place + chance.randint(1, 30)]
                case 1:
                    text[place] = chance.choice('[]{}="\n#.\x00é1')
                case _:
                    text.insert(place, chance.choice(['"', "[[", "]]", "\n[x]\n", "id = 1\n"]))
        path.write_text("".join(text), encoding="utf-8")
        try:
            usable(read_rubric(path))
        except RubricInvalid as error:
            assert "damaged.toml" in error.message, seed  # noqa: PT017 (refused or not, both are right)


@pytest.mark.parametrize("key", ["a." * 300_000 + "a", '"a" . ' * 100_000 + "a"])
def test_keys_within_keys_without_end_are_refused(tmp_path: Path, key: str) -> None:
    path = tmp_path / "deep.toml"
    path.write_text(f"id = 'x'\n{key} = 1\n", encoding="utf-8")
    with pytest.raises(RubricInvalid, match=r"deep.toml:2: a key within a key"):
        read_rubric(path)
