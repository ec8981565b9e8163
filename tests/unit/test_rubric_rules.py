"""What several keys of a scheme must agree on: each fault alone, told at its key."""

from collections.abc import Callable
from typing import Any

import pytest

from markdesk.core.rubric_check import check_rubric
from tests.schemes import banded, points_and_levels, scheme, whole

Damage = Callable[[dict[str, Any]], object]


def subs(*bands: tuple[str, int, int]) -> dict[str, Any]:
    listed = [{"label": label, "min": low, "max": high} for label, low, high in bands]
    return {"sub": {2: listed}}


def two() -> dict[str, Any]:
    """Two scales that are judged by different strands of one objective."""
    scales = [
        banded("a", ((1, 2), (3, 4)), ("AO1",), ("one",), strands=["one"]),
        banded("b", ((1, 3), (4, 6)), ("AO1",), ("two",), strands=["two"]),
    ]
    return whole(scales, {"AO1": 10}, "per_scale", {"one": "AO1", "two": "AO1"})


def test_what_the_faults_are_made_from_is_sound() -> None:
    for data in (scheme(), two(), points_and_levels(), scheme(**subs(("low", 5, 6), ("high", 7, 8)))):
        rubric, problems = check_rubric(data)
        assert rubric is not None, problems


CAP = {"id": "c", "ask": "Is it?", "severity": "hard"}
NEA = {"words_min": 3000, "words_max": 4000}

FAULTS: list[tuple[str, dict[str, Any], str, str]] = [
    ("sub gap", scheme(**subs(("low", 5, 5), ("high", 7, 8))), "scale[1].level[2].sub[2].min", "no sub-band has 6"),
    ("sub overlap", scheme(**subs(("low", 5, 7), ("high", 7, 8))), "scale[1].level[2].sub[2].min", "overlap"),
    ("sub below", scheme(**subs(("low", 4, 6), ("high", 7, 8))), "scale[1].level[2].sub[1].min", "overlap"),
    ("sub short", scheme(**subs(("low", 5, 6), ("high", 7, 7))), "scale[1].level[2].sub[2].max", "ends at 7"),
    ("sub twice", scheme(**subs(("low", 5, 6), ("low", 7, 8))), "scale[1].level[2].sub[2].label", "twice"),
    ("factor", scheme(combine={"scale_factor": "four fifths"}), "combine.scale_factor", "4/5"),
    ("factor 0", scheme(combine={"scale_factor": "1/0"}), "combine.scale_factor", "4/5"),
    ("factor huge", scheme(combine={"scale_factor": "1e999999999"}), "combine.scale_factor", "4/5"),
    ("factor below 0", scheme(combine={"scale_factor": -1}), "combine.scale_factor", "4/5"),
    ("parts of marks", scheme(max_mark=16, combine={"scale_factor": "4/5"}), "combine", "half_up"),
    ("factor sum", scheme(max_mark=41, combine={"scale_factor": 2}), "max_mark", "add up to 40"),
    ("method", scheme(combine={"method": "mean"}), "combine.method", "sum"),
    ("zero", scheme(zero={"allow": False}), "zero.allow", "must be true"),
    ("wording", scheme(provenance={"wording": "official", "basis": "x"}), "provenance.wording", "paraphrase"),
    ("checked", scheme(status="checked"), "provenance.checked_by", "checked_by"),
    ("day", scheme(provenance={"wording": "paraphrase", "basis": "x", "checked_on": "2026-02-30"}),
     "provenance.checked_on", "calendar"),
    ("series", scheme(first_series="June 2017"), "first_series", "2017-06"),
    ("series order", scheme(first_series="2017-06", last_series="2016-06"), "last_series", "before"),
    ("id", scheme(id="our essay"), "id", "without spaces"),
    ("id with a tariff", scheme(id="ours:25"), "id", "without spaces"),
    ("path", scheme(indicative={"file": "../notes.toml"}), "indicative.file", "without a folder"),
    ("stimulus", scheme(stimulus={"kind": "extract", "count": 3}), "stimulus.kind", "'extracts'"),
    ("count", scheme(stimulus={"kind": "extracts", "count": -3}), "stimulus.count", "0 or more"),
    ("words", scheme(nea={**NEA, "words_min": 5000}), "nea.words_min", "4000"),
    ("empty", scheme(title=" "), "title", "empty"),
    ("applied by", scheme(penalty=[{"id": "p", "ask": "?", "marks": -5, "applied_by": "moderater"}]),
     "penalty[1].applied_by", "'moderator'"),
    ("cap both", scheme(cap=[{**CAP, "effect": {"scale": "main", "max_level": 2, "max_mark": 9}}]),
     "cap[1].effect.max_mark", "level 3"),
    ("cap without effect", scheme(cap=[CAP]), "cap[1]", "'effect'"),
    ("cap without scale", scheme(cap=[{**CAP, "effect": {"max_level": 2}}]), "cap[1].effect", "'scale'"),
]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=[fault[0] for fault in FAULTS])
def test_each_fault_of_a_small_scheme(fault: tuple[str, dict[str, Any], str, str]) -> None:
    _, data, key, says = fault
    rubric, problems = check_rubric(data)
    assert rubric is None
    assert any(p.key == key and says in p.message for p in problems), [(p.key, p.message) for p in problems]


def set_in(*path: Any, value: Any) -> Damage:
    def damage(data: dict[str, Any]) -> None:
        inner: Any = data
        for part in path[:-1]:
            inner = inner[part]
        inner[path[-1]] = value

    return damage


SHAPES: list[tuple[str, Callable[[], dict[str, Any]], Damage, str, str]] = [
    ("items short", points_and_levels, set_in("scale", 0, "max", value=4), "scale[1].max", "add up to 3"),
    ("item of nothing", points_and_levels, set_in("scale", 0, "item", 0, "max", value=0), "scale[1].item[1].max",
     "1 or more"),
    ("no item", points_and_levels, set_in("scale", 0, "item", value=[]), "scale[1].item", "'item'"),
    ("item twice", points_and_levels, set_in("scale", 0, "item", 1, "id", value="first"), "scale[1].item[2].id",
     "twice"),
    ("levels on points", points_and_levels, set_in("scale", 0, "level", value=[]), "scale[1].level", "points"),
    ("items on levels", points_and_levels, set_in("scale", 3, "item", value=[]), "scale[4].item", "points"),
    ("points among levels", points_and_levels, set_in("scoring", value="points"), "scale[4].kind", "per_scale"),
    ("strands on points", points_and_levels, set_in("scale", 0, "strands", value=["synthesis"]), "scale[1].strands",
     "points"),
    ("cap on points", points_and_levels,
     set_in("cap", value=[{**CAP, "effect": {"scale": "q2", "max_level": 1}}]), "cap[1].effect.max_level", "max_mark"),
    ("no such strand", two, set_in("scale", 0, "strands", value=["onne"]), "scale[1].strands", "'one'"),
    ("strand of nothing", two, set_in("scale", 0, "strands", value=["two"]), "strand[1].ao", "'one'"),
    ("strand of another scale", two, set_in("scale", 0, "level", 0, "strand", "two", value="x"),
     "scale[1].level[1].strand.two", "doesn't judge"),
    ("no level", two, set_in("scale", 0, "level", value=[]), "scale[1].level", "'level'"),
    ("one holistic scale", two, set_in("scoring", value="holistic"), "scoring", "per_scale"),
]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES, ids=[shape[0] for shape in SHAPES])
def test_each_fault_of_a_shape(shape: tuple[str, Callable[[], dict[str, Any]], Damage, str, str]) -> None:
    _, make, damage, key, says = shape
    data = make()
    damage(data)
    rubric, problems = check_rubric(data)
    assert rubric is None
    assert any(p.key == key and says in p.message for p in problems), [(p.key, p.message) for p in problems]


def test_one_fault_is_told_once() -> None:
    for fault in ("sub gap", "factor sum", "id", "path", "words", "cap both", "day"):
        data = next(data for name, data, _, _ in FAULTS if name == fault)
        _, problems = check_rubric(data)
        told = {problem.key for problem in problems} - {"ao[1]"}  # a tariff is told against both of its sums
        assert len(told) == 1, (fault, problems)
