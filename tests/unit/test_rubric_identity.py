"""A mark keeps the hash of its scheme for good: what the program learns later must not change it."""

import json
from fractions import Fraction
from typing import Any

import pytest

from markdesk.core.canonical import canonical_json, tagged_hash
from markdesk.core.rubric import Rounding, rubric_from_plain
from markdesk.core.rubric_check import check_rubric
from markdesk.formats.rubric_toml import read_rubric
from tests.kit import ROOT
from tests.schemes import points_and_levels, scheme

FIXTURES = ROOT / "tests" / "fixtures"
BODIES: dict[str, dict[str, Any]] = json.loads((FIXTURES / "rubric-bodies.json").read_text(encoding="utf-8"))
"""Schemes as desks kept them before there were sub-bands, points and factors, by the hash they had. Never changed."""


@pytest.mark.parametrize("kept", BODIES, ids=[body["id"] for body in BODIES.values()])
def test_a_scheme_that_was_kept_long_ago_has_its_hash(kept: str) -> None:
    body = BODIES[kept]
    assert tagged_hash(canonical_json(body)) == kept
    rubric = rubric_from_plain(body)
    assert rubric.hash == kept
    assert rubric.to_plain() == body


@pytest.mark.parametrize("name", ["aqa-7042-nea-40", "ocr-h505-y2-twopart-30"])
def test_a_file_of_that_time_has_its_hash(name: str) -> None:
    rubric = read_rubric(FIXTURES / "rubrics" / f"{name}.toml")
    assert rubric.hash == next(kept for kept, body in BODIES.items() if body["id"] == name)


def test_a_new_field_counts_as_soon_as_it_says_something() -> None:
    plain, _ = check_rubric(scheme())
    banded, problems = check_rubric(
        scheme(sub={2: [{"label": "low", "min": 5, "max": 6}, {"label": "high", "min": 7, "max": 8}]})
    )
    assert plain is not None
    assert banded is not None, problems
    assert plain.hash != banded.hash
    assert "subs" not in plain.to_plain()["scales"][0]["levels"][1]
    assert [sub["label"] for sub in banded.to_plain()["scales"][0]["levels"][1]["subs"]] == ["low", "high"]


@pytest.mark.parametrize("written", ["4/5", 0.8, "0.8", "8/10"])
def test_one_factor_has_one_hash(written: Any) -> None:
    rubric, problems = check_rubric(scheme(max_mark=16, combine={"scale_factor": written, "round": "half_up"}))
    assert rubric is not None, problems
    assert rubric.scale_factor == Fraction(4, 5)
    assert rubric.to_plain()["scale_factor"] == "4/5"
    assert rubric.rounding is Rounding.HALF_UP


@pytest.mark.parametrize("data", [scheme(), points_and_levels(), scheme(max_mark=40, combine={"scale_factor": 2})])
def test_every_field_survives_being_kept(data: dict[str, Any]) -> None:
    rubric, problems = check_rubric(data)
    assert rubric is not None, problems
    again = rubric_from_plain(json.loads(canonical_json(rubric.to_plain())))
    assert again == rubric
    assert again.hash == rubric.hash
