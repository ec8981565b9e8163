"""A scheme of no board takes any tariff by one rule; every expected band is worked out by hand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.bootstrap import rubric_shelf
from markdesk.config.paths import shipped
from markdesk.core.errors import MarkOutOfRange
from markdesk.core.rubric import Rubric
from markdesk.core.rubric_check import check_rubric
from markdesk.core.rubric_making import begun_from, own_basis
from markdesk.core.rubric_scaling import for_tariff, scaled_to
from tests.kit import shipped_rubric
from tests.schemes import points_and_levels, scheme

GENERIC = shipped_rubric("generic-essay-4strand")
EDEXCEL = shipped_rubric("edexcel-9hi0-essay-20")
NEA = shipped_rubric("aqa-7042-nea-40")


def bands(rubric: Rubric, scale: int = 0) -> list[tuple[int, int]]:
    return [(level.min, level.max) for level in rubric.scales[scale].levels]


@pytest.mark.parametrize(
    ("tariff", "expected"),
    [
        (5, [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5)]),
        (6, [(1, 1), (2, 2), (3, 4), (5, 5), (6, 6)]),  # tops 1.2, 2.4, 3.6, 4.8, 6
        (12, [(1, 2), (3, 5), (6, 7), (8, 10), (11, 12)]),  # 2.4, 4.8, 7.2, 9.6, 12
        (25, [(1, 5), (6, 10), (11, 15), (16, 20), (21, 25)]),
        (30, [(1, 6), (7, 12), (13, 18), (19, 24), (25, 30)]),
        (33, [(1, 7), (8, 13), (14, 20), (21, 26), (27, 33)]),  # 6.6, 13.2, 19.8, 26.4, 33
    ],
)
def test_the_bands_of_the_scheme_of_no_board(tariff: int, expected: list[tuple[int, int]]) -> None:
    scaled = for_tariff(GENERIC, tariff)
    assert bands(scaled) == expected
    assert (scaled.id, scaled.max_mark, scaled.aos[0].marks) == (f"generic-essay-4strand:{tariff}", tariff, tariff)
    assert scaled.title == f"Any history essay, four strands, {tariff} marks"
    assert f"Scaled from 20 to {tariff} marks" in scaled.provenance.basis
    assert scaled.scales[0].levels[4].strand == GENERIC.scales[0].levels[4].strand
    assert scaled.hash != GENERIC.hash


def test_uneven_bands_keep_their_shape_as_far_as_they_can() -> None:
    assert bands(scaled_to(EDEXCEL, 40)) == [(1, 6), (7, 14), (15, 24), (25, 32), (33, 40)]
    assert bands(scaled_to(EDEXCEL, 10)) == [(1, 2), (3, 4), (5, 6), (7, 8), (9, 10)]  # tops 1.5, 3.5, 6, 8, 10
    assert bands(scaled_to(EDEXCEL, 5)) == [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5)]


def test_its_own_tariff_is_the_scheme_itself() -> None:
    assert for_tariff(GENERIC, 20) is GENERIC


@pytest.mark.parametrize(
    ("rubric", "tariff", "says"), [(GENERIC, 4, "5 marks at least"), (GENERIC, 0, "too few"), (EDEXCEL, 25, "board")]
)
def test_what_is_refused(rubric: Rubric, tariff: int, says: str) -> None:
    with pytest.raises(MarkOutOfRange, match=says):
        for_tariff(rubric, tariff)


def test_several_scales_are_divided_by_the_same_rule() -> None:
    scaled = scaled_to(NEA, 30)
    assert [scale.max for scale in scaled.scales] == [15, 8, 7]  # tops 15, 22.5, 30
    assert [ao.marks for ao in scaled.aos] == [15, 8, 7]
    assert bands(scaled, 1) == [(1, 2), (3, 3), (4, 5), (6, 6), (7, 8)]


def test_sub_bands_items_and_caps_go_along() -> None:
    thirds = [{"label": "low", "min": 5, "max": 6}, {"label": "high", "min": 7, "max": 8}]
    mark = {"id": "c", "ask": "?", "severity": "hard", "effect": {"scale": "main", "max_mark": 10}}
    both = {"id": "d", "ask": "?", "severity": "hard", "effect": {"scale": "main", "max_level": 2, "max_mark": 8}}
    rubric, problems = check_rubric(scheme(sub={2: thirds}, cap=[mark, both]))
    assert rubric is not None, problems
    scaled = scaled_to(rubric, 30)
    assert [(sub.min, sub.max) for sub in scaled.scales[0].levels[1].subs] == [(7, 9), (10, 12)]
    assert [(c.effect.max_level, c.effect.max_mark) for c in scaled.caps] == [(None, 15), (2, 12)]
    assert [(sub.min, sub.max) for sub in scaled_to(rubric, 6).scales[0].levels[1].subs] == [(2, 2), (3, 3)]
    with pytest.raises(MarkOutOfRange, match="6 marks at least"):
        scaled_to(rubric, 5)
    mixed, _ = check_rubric(points_and_levels())
    assert mixed is not None
    assert [item.max for item in scaled_to(mixed, 48).scales[2].items] == [4, 4]


def test_a_factor_can_t_be_scaled() -> None:
    rubric, _ = check_rubric(scheme(max_mark=40, combine={"scale_factor": 2}))
    assert rubric is not None
    with pytest.raises(MarkOutOfRange, match="multiplies"):
        scaled_to(rubric, 30)


@given(st.integers(6, 400))
def test_bands_always_meet_and_no_level_is_empty(tariff: int) -> None:
    for rubric in (GENERIC, EDEXCEL, shipped_rubric()):
        scaled = scaled_to(rubric, tariff)
        found = bands(scaled)
        assert found[0][0] == 1
        assert found[-1][1] == tariff
        assert all(low <= high for low, high in found)
        assert all(found[n][1] + 1 == found[n + 1][0] for n in range(len(found) - 1))


@given(st.integers(15, 300), st.integers(1, 5))
def test_a_scheme_that_was_begun_is_sound(most: int, levels: int) -> None:
    from markdesk.formats.rubric_writer import as_file

    for template in (GENERIC, NEA, EDEXCEL):
        rubric, problems = check_rubric(as_file(begun_from(template, "ours", most=most, levels=levels)))
        assert rubric is not None, problems
        assert (rubric.max_mark, rubric.scales[0].top, rubric.status) == (most, levels, "draft")


def test_what_is_begun_from_a_board_s_scheme_is_the_school_s() -> None:
    board = shipped_rubric("aqa-7042-b-essay-25")
    assert board.short_title == "AQA 7042 Section B"
    begun = begun_from(board, "ours", "Year 12 essay")
    assert (begun.board, begun.spec, begun.components, begun.section) == ("School", "", (), "")
    assert begun.short_title == "Year 12 essay"
    assert begun.question_type == "essay", "the kind of question is nobody's: schemes are proposed by it"
    assert not begun.takes_any_tariff
    for basis in (begun.provenance.basis, own_basis(board)):
        assert f"from {board.id}, version {board.version} ({board.title}); it is not the board's." in basis
    assert begun_from(GENERIC, "ours").takes_any_tariff
    assert "board" not in begun_from(GENERIC, "ours").provenance.basis
    assert "board" not in begun_from(begun, "more").provenance.basis
    assert begun_from(GENERIC, "ours", "A title that is too long for one half of a heading").short_title == "School"


def test_begun_levels_keep_the_words_that_there_are() -> None:
    begun = begun_from(GENERIC, "our-essay", most=30, levels=6)
    assert bands(begun) == [(1, 5), (6, 10), (11, 15), (16, 20), (21, 25), (26, 30)]
    texts = [level.summary for level in begun.scales[0].levels]
    assert [text in {level.summary for level in GENERIC.scales[0].levels} for text in texts] == [
        True, True, True, False, True, True,
    ]  # fmt: skip
    assert texts[3].startswith("To be written")
    assert (begun.title, begun.board, begun.provenance.checked_by) == ("Our essay", "School", "")
    four = begun_from(GENERIC, "four", levels=4)
    assert [level.summary for level in four.scales[0].levels] == [
        GENERIC.scales[0].levels[n].summary for n in (0, 1, 3, 4)
    ]
    assert begun_from(NEA, "n", levels=3).caps == ()
    assert [cap.effect.max_level for cap in begun_from(GENERIC, "g", levels=3).caps] == [1]  # 2 of 5 is 1.2 of 3
    with pytest.raises(MarkOutOfRange, match="1 to 10"):
        begun_from(GENERIC, "x", levels=11)
    with pytest.raises(MarkOutOfRange, match="too few"):
        begun_from(NEA, "x", most=17, levels=6)
    assert begun_from(replace(GENERIC, title="x"), "y", "Ours").title == "Ours"


def test_short_titles_tell_the_schemes_of_every_board_apart_and_fit_in_a_heading() -> None:
    schemes = [rubric_shelf().get(path.stem) for path in sorted(shipped("rubrics").glob("*.toml"))]
    titles = {scheme.short_title for scheme in schemes}
    assert len(titles) == len(schemes) > 20
    assert max(map(len, titles)) <= 37
    assert titles >= {
        "AQA 7042 Section B", "AQA 7042 Section 1A", "AQA 7042 Section 2A", "AQA 7042 NEA",
        "Pearson Edexcel 9HI0 Section 3A", "Pearson Edexcel 9HI0 essay", "Pearson Edexcel 9HI0 Coursework",
        "OCR H505 Y301-Y321 Section B", "OCR H505 NEA", "Cambridge International 9489 Paper 2",
        "IB History Paper 2, Paper 3", "WJEC GCE History Unit 3",
    }  # fmt: skip
