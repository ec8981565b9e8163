"""Which changes of a scheme touch marks that were given, and that no change goes unsaid."""

import copy
import json
from typing import Any

import pytest

from markdesk.core.rubric import Rubric, rubric_from_plain
from markdesk.core.rubric_check import check_rubric
from markdesk.core.rubric_compare import Weight, compare
from tests.kit import shipped_rubric
from tests.schemes import FIVE_OF_FOUR, points_and_levels, scheme


def taken(data: dict[str, Any]) -> Rubric:
    rubric, problems = check_rubric(data)
    assert rubric is not None, problems
    return rubric


def altered(*path: Any, value: Any, of: str = "aqa-7042-nea-40") -> Rubric:
    """A shipped scheme with one thing changed in its plain form."""
    plain = copy.deepcopy(shipped_rubric(of).to_plain())
    inner: Any = plain
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = value
    return rubric_from_plain(plain)


MINOR: list[tuple[tuple[Any, ...], Any, str]] = [
    (("title",), "New title", "title was"),
    (("version",), "9.9", ", now 9.9"),
    (("status",), "draft", "status was ready, now draft"),
    (("scales", 0, "levels", 3, "summary"), "Other words.", "ao1, level 4: summary was"),
    (("scales", 0, "levels", 3, "strand", "knowledge"), "Other words.", "ao1, level 4, knowledge: was"),
    (("scales", 0, "title"), "First", "ao1: title was"),
    (("strands", 0, "name"), "Facts", "strand knowledge: name was"),
    (("penalties", 0, "ask"), "Too long?", "penalty over-length: ask was"),
    (("flags", 0, "text"), "Other words.", "reminder penalty-moderator: text was"),
    (("provenance", "basis"), "checked", "provenance: basis was"),
    (("decision", "guidance"), "Other words.", "decision: guidance was"),
    (("zero_label",), "Nought", "label of 0 was"),
]
MAJOR: list[tuple[tuple[Any, ...], Any, str]] = [
    (("max_mark",), 41, "tariff was 40, now 41"),
    (("scoring",), "points", "scoring was per_scale, now points"),
    (("scales", 1, "max"), 11, "ao2: maximum was 10, now 11"),
    (("scales", 1, "levels", 4, "min"), 8, "ao2, level 5: marks 9–10, now 8–10"),
    (("scales", 0, "aos"), ["AO1", "AO2"], "ao1: objectives was AO1, now AO1, AO2"),
    (("aos", 0, "marks"), 19, "AO1: marks 20, now 19"),
    (("strands", 0, "ao"), "AO2", "strand knowledge: objective was AO1, now AO2"),
    (("strands", 0, "id"), "facts", "strand 'facts' is new"),
    (("penalties", 0, "marks"), -6, "penalty over-length: marks was -5, now -6"),
    (("nea", "words_max"), 5000, "coursework: words max was 4500, now 5000"),
    (("nea", "draft_feedback_locked"), False, "coursework: draft feedback locked was yes, now no"),
    (("nea",), None, "the rules of coursework are gone"),
    (("scale_factor",), 2, "factor was 1, now 2"),
    (("decision", "start"), "top", "decision: start was bottom, now top"),
]


@pytest.mark.parametrize(("path", "value", "says"), MINOR)
def test_words_are_minor(path: tuple[Any, ...], value: Any, says: str) -> None:
    found = compare(shipped_rubric("aqa-7042-nea-40"), altered(*path, value=value))
    assert found.weight is Weight.MINOR
    assert not found.makes_marks_stale
    assert [str(one) for one in found.differences if says in str(one)], found.differences


@pytest.mark.parametrize(("path", "value", "says"), MAJOR)
def test_structure_is_major(path: tuple[Any, ...], value: Any, says: str) -> None:
    found = compare(shipped_rubric("aqa-7042-nea-40"), altered(*path, value=value))
    assert found.weight is Weight.MAJOR
    assert found.makes_marks_stale
    assert [str(one) for one in found.differences if says in str(one) and one.weight is Weight.MAJOR], found.differences


def test_caps_levels_items_and_sub_bands() -> None:
    cap = {"id": "c", "ask": "Story?", "severity": "hard", "effect": {"scale": "main", "max_level": 2}}
    capped = taken(scheme(cap=[cap]))
    assert "cap 'c' is new" in told(taken(scheme()), capped)
    assert "cap 'c' is gone" in told(capped, taken(scheme()))
    lower = taken(scheme(cap=[{**cap, "effect": {"scale": "main", "max_level": 1}}]))
    assert "cap c: highest level was 2, now 1" in told(capped, lower)
    assert "cap c: severity was hard, now advisory" in told(
        capped, taken(scheme(cap=[{**cap, "severity": "advisory"}]))
    )
    asked = compare(capped, taken(scheme(cap=[{**cap, "ask": "A story?"}])))
    assert (asked.weight, str(asked.differences[0])) == (Weight.MINOR, "cap c: question was Story?, now “A story?”")
    assert "main, level 5: is gone" in told(taken(scheme()), taken(scheme(FIVE_OF_FOUR[:4])))
    halves = [{"label": "low", "min": 5, "max": 6}, {"label": "high", "min": 7, "max": 8}]
    banded = taken(scheme(sub={2: halves}))
    assert "main, level 2: sub-bands none, now low 5–6, high 7–8" in told(taken(scheme()), banded)
    renamed = compare(banded, taken(scheme(sub={2: [{**halves[0], "label": "lower"}, halves[1]]})))
    assert renamed.weight is Weight.MINOR
    points = points_and_levels()
    points["scale"][2]["item"][0]["max"], points["scale"][2]["item"][1]["max"] = 3, 1
    assert "q2, item value: max was 2, now 3" in told(taken(points_and_levels()), taken(points))


def told(old: Rubric, new: Rubric) -> list[str]:
    return [str(one) for one in compare(old, new).differences if one.weight is Weight.MAJOR]


def test_the_same_scheme_has_no_difference() -> None:
    found = compare(shipped_rubric(), shipped_rubric())
    assert (found.weight, found.differences) == (Weight.NONE, ())


def test_major_differences_stand_first() -> None:
    plain = copy.deepcopy(shipped_rubric().to_plain())
    plain["title"], plain["max_mark"] = "Other", 24
    weights = [one.weight for one in compare(shipped_rubric(), rubric_from_plain(plain)).differences]
    assert weights == [Weight.MAJOR, Weight.MINOR]


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() for leaf in leaves(inner, (*path, key))]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [leaf for place, inner in enumerate(value) for leaf in leaves(inner, (*path, place))]
    return [path]


@pytest.mark.parametrize("rubric_id", ["aqa-7042-nea-40", "generic-essay-4strand", "points"])
def test_no_change_goes_unsaid(rubric_id: str) -> None:
    """Every single value of a scheme, changed alone: the hash moves, and a difference says so."""
    old = taken(points_and_levels()) if rubric_id == "points" else shipped_rubric(rubric_id)
    plain = old.to_plain()
    changed = 0
    for path in leaves(plain):
        if path[-1] in ("show_only", "n"):
            continue  # the check allows these one value
        again: Any = json.loads(json.dumps(plain))
        inner: Any = again
        for part in path[:-1]:
            inner = inner[part]
        value = inner[path[-1]]
        match value:
            case bool():
                inner[path[-1]] = not value
            case int():
                inner[path[-1]] = value + 1
            case str() if path[-1] in ("status", "scoring"):
                inner[path[-1]] = "retired" if path[-1] == "status" else "points"
            case str():
                inner[path[-1]] = value + " and more"
            case list() if path == ("components",) or (len(path) > 1 and path[-1] in ("aos", "counts", "excludes")):
                inner[path[-1]] = [*value, "more"]
            case _:
                continue
        new = rubric_from_plain(again)
        assert new.hash != old.hash
        found = compare(old, new)
        assert found.differences, path
        changed += 1
        assert "another order" not in str(found.differences[0]), path
    assert changed > 80


def test_another_order_is_said_too() -> None:
    plain = copy.deepcopy(shipped_rubric().to_plain())
    plain["strands"].reverse()
    found = compare(shipped_rubric(), rubric_from_plain(plain))
    assert (found.weight, [one.text for one in found.differences]) == (
        Weight.MINOR, ["the same things stand in another order"],
    )  # fmt: skip
