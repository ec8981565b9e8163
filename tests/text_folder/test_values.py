"""Values as plain data and as TOML: what comes back is what went in, and what is none of it is refused."""

import tomllib
from fractions import Fraction
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markdesk.core.anchors import Anchor
from markdesk.core.annotation import ActedOn, Annotation
from markdesk.core.award import Award, Placement
from markdesk.core.changes import AnyChange
from markdesk.core.ids import AnnotationId, MarkingId, ScaleId
from markdesk.core.plain import is_plain
from markdesk.core.rubric import Rubric
from markdesk.formats.text_folder.layout import Names, is_ours, source_name
from markdesk.formats.text_folder.log_lines import KINDS
from markdesk.formats.text_folder.toml_text import toml_text
from markdesk.formats.text_folder.values import Unfit, from_plain, to_plain
from tests.kit import RUBRICS, shipped_rubric
from tests.seeds import examples

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.text('"\\ \n\t\x00u{}[]#=\u0301', max_size=9)
scalar = text | st.integers(-(2**63) + 1, 2**63 - 1) | st.booleans()
value: st.SearchStrategy[Any] = scalar | st.lists(scalar | st.lists(scalar, max_size=2), max_size=3)
table: st.SearchStrategy[Any] = st.recursive(
    st.dictionaries(text, value, max_size=3),
    lambda inner: st.dictionaries(text, value | inner | st.lists(inner, min_size=1, max_size=2), max_size=3),
    max_leaves=5,
)


@settings(max_examples=examples(200))
@given(data=table, heading=text)
def test_toml_reads_back(data: dict[str, Any], heading: str) -> None:
    written = toml_text(data, (heading,))
    assert tomllib.loads(written) == data
    assert is_plain(written)
    assert "\r" not in written
    assert all(line == line.rstrip() for line in written.split("\n"))


def test_a_text_of_several_lines_stands_on_several() -> None:
    assert toml_text({"said": 'He said "no".\n\nThen "\\" ""\nend"'}) == (
        'said = """\nHe said "no".\n\nThen \\"\\\\\\" \\"\\"\nend\\""""\n'
    )


@pytest.mark.parametrize("path", sorted(RUBRICS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_scheme_keeps_its_hash(path: Any) -> None:
    rubric = shipped_rubric(path.stem)
    plain = tomllib.loads(toml_text(to_plain(rubric)))
    assert from_plain(Rubric, plain) == rubric
    assert from_plain(Rubric, plain).hash == rubric.hash


def test_every_kind_of_change_has_a_name() -> None:
    assert len(KINDS) == len(get_args(AnyChange))
    assert {"annotation", "queue_note", "student", "paper", "bank"} < KINDS.keys()


ANNOTATION = Annotation(MarkingId("m"), AnnotationId("a"), Anchor(None, "gone"), "K", "", True, ActedOn.PARTLY)
AWARD = Award(MarkingId("m"), ScaleId("s"), None, 4, strands=(("x", Placement(4, -1)),), points=(("i", 2),))


def test_what_has_its_default_is_left_out() -> None:
    assert to_plain(ANNOTATION) == {
        "marking_id": "m", "id": "a", "anchor": {"exact": "gone"}, "code": "K", "for_class": True, "acted_on": "partly",
    }  # fmt: skip
    assert from_plain(Annotation, to_plain(ANNOTATION)) == ANNOTATION
    assert to_plain(AWARD) == {
        "marking_id": "m", "scale": "s", "level": 4, "strands": [["x", {"level": 4, "security": -1}]],
        "points": [["i", 2]],
    }  # fmt: skip
    assert from_plain(Award, to_plain(AWARD)) == AWARD
    assert from_plain(Fraction, to_plain(Fraction(4, 5))) == Fraction(4, 5)


@pytest.mark.parametrize(
    ("change", "path", "told"),
    [
        ({"id": None}, ("id",), "must be text"),
        ({"mark": 1}, ("mark",), "is not a key of this table"),
        ({"for_class": 1}, ("for_class",), "must be true or false"),
        ({"acted_on": "maybe"}, ("acted_on",), "known: yes, partly, no"),
        ({"anchor": []}, ("anchor",), "must be a table"),
        ({"anchor": {}}, ("anchor",), "'exact' is missing"),
        ({"anchor": {"exact": "x", "span": {"start": True, "end": 2}}}, ("anchor", "span", "start"), "whole number"),
    ],
)
def test_what_is_no_value_is_refused_with_the_way_to_it(
    change: dict[str, Any], path: tuple[str, ...], told: str
) -> None:
    with pytest.raises(Unfit, match=told) as caught:
        from_plain(Annotation, {**to_plain(ANNOTATION), **change})
    assert caught.value.path == path


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"strands": {}}, "must be a list"),
        ({"strands": [["x"]]}, "must be 2 values, not 1"),
        ({"strands": [["x", {"level": "4"}]]}, "must be a whole number"),
        ({"points": [["i", 2, 3]]}, "must be 2 values, not 3"),
    ],
)
def test_what_is_no_list_is_refused(change: dict[str, Any], told: str) -> None:
    with pytest.raises(Unfit, match=told):
        from_plain(Award, {**to_plain(AWARD), **change})


@pytest.mark.parametrize("plain", ["4", "4/0", "x/2", 4.5, "-1/2", "1/2/3", "٤/٥", "1" * 5000 + "/2"])
def test_what_is_no_fraction_is_refused(plain: Any) -> None:
    with pytest.raises(Unfit, match="must be a fraction"):
        from_plain(Fraction, plain)


def test_no_two_names_are_alike() -> None:
    names = Names()
    ids = ["id-000001", "ID-000001", "other-id-000001", "///", "", "id-000001"]
    made = [names.take("essay", one, ".toml") for one in ids]
    assert len(set(made)) == len(ids)
    assert all(is_ours(f"papers/{name}") for name in made)
    assert made[0] == "essay_000001.toml"


@pytest.mark.parametrize(
    "path",
    [
        "../markdesk.toml", "/etc/passwd", "sources/../x", "sources/abc", "assignments/a/../script.toml", "log.jsonl/x",
        "papers/.toml", "papers/A.toml", "assignments/a/b/essay-1.txt\n", "mark-schemes/a/b.toml", "", "script.toml",
    ],
)  # fmt: skip
def test_other_names_are_not_ours(path: str) -> None:
    assert not is_ours(path)


def test_an_original_takes_only_an_ending_that_is_one() -> None:
    there = "sha256:" + "0" * 64
    for name, ending in (("a.DOCX", ".docx"), ("a", ""), ("a.tar.gz", ".gz"), ("a.d/../x", ""), ("a.exé", "")):
        assert source_name(there, name) == f"sources/{'0' * 64}{ending}"
