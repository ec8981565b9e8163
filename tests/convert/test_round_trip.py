"""A scheme goes to Canvas and to Moodle and comes back: criteria, levels, ranges and totals stay, the loss is said."""

import csv
import io
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.errors import MarkdeskError
from markdesk.core.rubric import Rubric, Status
from markdesk.core.rubric_check import check_rubric
from markdesk.formats.rubric_from import convert
from markdesk.formats.rubric_from.xml_tree import parse_xml
from markdesk.formats.rubric_to.canvas_csv import Written, write_canvas
from markdesk.formats.rubric_to.moodle_guide import write_guide
from markdesk.formats.rubric_to.safe_cells import guarded, unguarded
from tests.convert.test_good import GOOD, converted
from tests.kit import RUBRICS, shipped_rubric

WAYS = {"canvas-csv": write_canvas, "moodle-xml": write_guide}
SHIPPED = sorted(path.stem for path in RUBRICS.glob("*.toml"))


def back(written: Written, kind: str) -> Rubric:
    made = convert(written.content, "back", kind)
    assert len(made) == 1
    rubric, problems = check_rubric(made[0].data)
    assert problems == ()
    assert rubric is not None
    return rubric


def numbers(rubric: Rubric) -> list[tuple[str, int, list[tuple[str, int, int]]]]:
    """Everything but the words: scales, maxima, names and ranges of levels."""
    return [
        (
            " ".join(f"{scale.part} {scale.title}".split()),
            scale.max,
            [(" ".join(level.label.split()), level.min, level.max) for level in scale.levels],
        )
        for scale in rubric.scales
    ]


@pytest.mark.parametrize("kind", WAYS)
@pytest.mark.parametrize("rubric_id", SHIPPED)
def test_a_shipped_scheme_comes_back(rubric_id: str, kind: str) -> None:
    rubric = shipped_rubric(rubric_id)
    again = back(WAYS[kind](rubric), kind)
    assert numbers(again) == numbers(rubric)
    assert again.max_mark == rubric.max_mark
    assert again.title == rubric.title
    assert again.zero_label == rubric.zero_label
    assert again.status is Status.DRAFT
    are_aos = all(re.fullmatch(r"(AO[1-9] ?)+", " ".join(scale.aos)) for scale in rubric.scales)
    for scale, before in zip(again.scales, rubric.scales, strict=True):
        if are_aos:  # several objectives of one scale come back as one, and what isn't called AO doesn't
            assert scale.aos == ("+".join(before.aos),)
        for level in scale.levels:
            old = before.level(level.n)
            assert old is not None
            assert level.summary.startswith(old.summary)
            for words in old.strand.values():
                assert words in level.summary


@pytest.mark.parametrize("kind", WAYS)
@pytest.mark.parametrize("good", GOOD, ids=lambda good: f"{good.kind}: {good.name}")
def test_a_converted_scheme_comes_back(good: Any, kind: str) -> None:
    rubric, _ = check_rubric(converted(good).data)
    assert rubric is not None
    assert numbers(back(WAYS[kind](rubric), kind)) == numbers(rubric)


@pytest.mark.parametrize("kind", WAYS)
def test_what_is_lost_is_said(kind: str) -> None:
    nea = " ".join(WAYS[kind](shipped_rubric("aqa-7042-nea-40")).lost)
    for words in ("no strands", "no assessment objectives", "1 penalty is left out", "coursework", "guidance", "'NR'"):
        assert words in nea
    bare = replace(shipped_rubric("generic-essay-4strand"), strands=(), caps=(), penalties=(), flags=())
    assert "no strands" not in " ".join(WAYS[kind](bare).lost)
    assert "cap" not in " ".join(WAYS[kind](bare).lost)


def test_canvas_has_ranges_on_and_points_at_the_top() -> None:
    content = write_canvas(shipped_rubric("aqa-7042-b-essay-25")).content.decode()
    heading, row = csv.reader(io.StringIO(content, newline=""))
    assert heading[:4] == ["Rubric Name", "Criteria Name", "Criteria Description", "Criteria Enable Range"]
    assert heading[4:] == ["Rating Name", "Rating Description", "Rating Points"] * 6
    assert row[3] == "true"
    assert row[6::3] == ["25", "20", "15", "10", "5", "0"]
    assert row[4::3] == ["L5", "L4", "L3", "L2", "L1", "Nothing that can be credited"]
    assert content.count("\r\n") == 2


def test_a_guide_has_the_shape_of_a_backup() -> None:
    root = parse_xml(write_guide(shipped_rubric("aqa-7042-nea-40")).content)
    (definition,) = root.find("definition")
    assert root.tag == "areas"
    assert definition.value("method") == "guide"
    assert definition.value("status") == "20"
    criteria = definition.find("guidecriterion")
    assert [node.value("maxscore") for node in criteria] == ["20.00000", "10.00000", "10.00000"]
    assert [node.attributes["id"] for node in criteria] == ["1", "2", "3"]
    assert "(17–20): " in criteria[0].value("descriptionmarkers")


HOSTILE = (
    "=1+1",
    '=HYPERLINK("http://x")',
    "+1",
    "-1 slip",
    "@x",
    "\t=1",
    " =1",
    "'=1",
    "''=1",
    "＝1",
    "ok\n=cmd|x",
    "a'=b",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_for_canvas_is_a_formula(text: str) -> None:
    rubric = shipped_rubric("generic-essay-4strand")
    scale = rubric.scales[0]
    levels = tuple(replace(level, label="L", summary=text) for level in scale.levels)
    hostile = replace(rubric, title=text, strands=(), scales=(replace(scale, title=text, levels=levels),))
    written = write_canvas(hostile)
    cells = [cell for row in csv.reader(io.StringIO(written.content.decode(), newline="")) for cell in row]
    for cell in cells:
        for line in cell.split("\n"):
            assert line.strip()[:1] not in tuple("=+-@＝"), line
    again = back(written, "canvas-csv")
    assert again.scales[0].levels[0].summary == text.strip()


@given(st.text(alphabet=st.sampled_from("'=+-@ \t\n\u200b\ufeffax＝"), max_size=12))
def test_guarding_has_a_way_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    for line in guarded(text).split("\n"):
        assert not line.lstrip(" \t\u200b\ufeff").startswith(("=", "+", "-", "@", "＝"))


def test_words_that_look_like_levels_are_refused_for_moodle() -> None:
    rubric = shipped_rubric("generic-essay-4strand")
    scale = rubric.scales[0]
    tricky = replace(scale.levels[0], summary="Thin.\nL9 (1–99): not a level")
    changed = replace(rubric, scales=(replace(scale, levels=(tricky, *scale.levels[1:])),))
    with pytest.raises(MarkdeskError, match="looks like a level itself"):
        write_guide(changed)


@pytest.mark.parametrize("kind", WAYS)
def test_a_multiplied_total_is_multiplied_there(kind: str) -> None:
    rubric = shipped_rubric("generic-essay-4strand")
    doubled = replace(rubric, scale_factor=2, max_mark=rubric.max_mark * 2)
    written = WAYS[kind](doubled)
    again = back(written, kind)
    assert again.max_mark == doubled.max_mark
    assert [(level.min, level.max) for level in again.scales[0].levels] == [
        (1, 8),
        (9, 16),
        (17, 24),
        (25, 32),
        (33, 40),
    ]
    assert any("2 times as high" in sentence for sentence in written.lost)
