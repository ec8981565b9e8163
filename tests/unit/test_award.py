"""Levels, marks and totals, with every expected number worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.award import (
    Award,
    Placement,
    placed,
    stepped,
    strand_mark,
    suggestion,
    total,
    with_level,
    with_mark,
    zero_cycled,
)
from markdesk.core.errors import MarkOutOfRange
from markdesk.core.ids import MarkingId, ScaleId, StrandId
from markdesk.core.rubric import (
    AssessmentObjective,
    Cap,
    Effect,
    Level,
    Provenance,
    Rubric,
    Scale,
    Scoring,
    Status,
    Strand,
)
from tests.kit import shipped_rubric
from tests.schemes import hard_caps_broken

EDEXCEL = shipped_rubric("edexcel-9hi0-essay-20")
MAIN = EDEXCEL.scales[0]
NEA = shipped_rubric("aqa-7042-nea-40")
OCR = shipped_rubric("ocr-h505-y2-twopart-30")


def blank(scale: Scale = MAIN) -> Award:
    return Award(MarkingId("m"), scale.id)


def presses(scale: Scale, n: int, times: int, award: Award | None = None) -> list[int | None]:
    found: list[int | None] = []
    award = award or blank(scale)
    for _ in range(times):
        award = with_level(award, scale, n)
        assert award.level == n
        assert award.tentative
        found.append(award.mark)
    return found


def test_a_level_is_its_middle_then_top_then_bottom() -> None:
    assert presses(MAIN, 4, 5) == [14, 16, 13, 14, 16]  # 13-16: the lower of the two middles
    assert presses(MAIN, 3, 4) == [10, 12, 8, 10]
    assert presses(MAIN, 5, 4) == [18, 20, 17, 18]
    assert presses(MAIN, 1, 4) == [2, 3, 1, 2]


def test_a_narrow_band_reaches_all_of_its_marks() -> None:
    ao2 = NEA.scales[1]
    assert presses(ao2, 4, 5) == [7, 8, 7, 8, 7]
    assert presses(OCR.scales[0], 2, 3) == [2, 2, 2]


def test_every_mark_of_a_band_at_an_end_or_the_middle_is_reached() -> None:
    for rubric in (EDEXCEL, NEA, OCR):
        for scale in rubric.scales:
            for level in scale.levels:
                assert {level.min, level.middle, level.max} == set(presses(scale, level.n, 3)), (rubric.id, level)


def test_another_level_begins_at_its_middle() -> None:
    assert presses(MAIN, 3, 1, with_mark(blank(), MAIN, 16)) == [10]
    assert presses(MAIN, 4, 2, with_mark(blank(), MAIN, 15)) == [16, 13]


@pytest.mark.parametrize("n", [0, 6, -1])
def test_no_such_level(n: int) -> None:
    with pytest.raises(MarkOutOfRange, match="1 to 5"):
        with_level(blank(), MAIN, n)


@pytest.mark.parametrize("mark", [-1, 21])
def test_no_such_mark(mark: int) -> None:
    with pytest.raises(MarkOutOfRange, match="20"):
        with_mark(blank(), MAIN, mark)


def test_a_mark_has_its_level_and_is_firm() -> None:
    award = with_mark(with_level(blank(), MAIN, 2), MAIN, 13)
    assert (award.mark, award.level, award.tentative) == (13, 4, False)
    assert with_mark(blank(), MAIN, 0).level == 0


def test_stepping_crosses_the_band_and_stops_at_the_ends() -> None:
    award = with_mark(blank(), MAIN, 16)
    up = stepped(award, MAIN, 1)
    assert (up.mark, up.level) == (17, 5)
    down = stepped(with_mark(blank(), MAIN, 8), MAIN, -1)
    assert (down.mark, down.level) == (7, 2)
    assert stepped(with_mark(blank(), MAIN, 20), MAIN, 1).mark == 20
    bottom = stepped(with_mark(blank(), MAIN, 1), MAIN, -1)
    assert (bottom.mark, bottom.level) == (0, 0)
    assert stepped(bottom, MAIN, -1).mark == 0
    assert stepped(blank(), MAIN, 1) == blank()
    assert not stepped(with_level(blank(), MAIN, 4), MAIN, 1).tentative


def test_zero_then_no_response_then_unmarked() -> None:
    award = with_mark(blank(), MAIN, 12)
    states = []
    for _ in range(4):
        award = zero_cycled(award, MAIN)
        states.append((award.mark, award.level, award.no_response, award.is_marked))
    assert states == [(0, 0, False, True), (None, None, True, True), (None, None, False, False), (0, 0, False, True)]
    assert zero_cycled(zero_cycled(zero_cycled(blank(), MAIN), MAIN), MAIN).is_empty


def test_no_response_ends_with_any_mark() -> None:
    award = zero_cycled(zero_cycled(blank(), MAIN), MAIN)
    assert award.no_response
    assert not with_level(award, MAIN, 2).no_response
    assert stepped(award, MAIN, 1) == award


def given_marks(rubric: Rubric, *marks: int | str | None) -> dict[str, Award]:
    found: dict[str, Award] = {}
    for scale, mark in zip(rubric.scales, marks, strict=True):
        if mark == "NR":
            found[scale.id] = Award(MarkingId("m"), scale.id, no_response=True)
        elif isinstance(mark, int):
            found[scale.id] = with_mark(blank(scale), scale, mark)
    return found


@pytest.mark.parametrize(
    ("marks", "value", "so_far", "told"),
    [
        ((17, 8, 6), 31, 31, "31"),
        ((17, None, 6), None, 23, "–"),
        ((None, None, None), None, 0, "–"),
        ((0, 0, 0), 0, 0, "0"),
        (("NR", "NR", "NR"), "NR", 0, "NR"),
        ((17, "NR", 6), 23, 23, "23"),
        (("NR", 0, "NR"), 0, 0, "0"),
        ((17, "NR", None), None, 17, "–"),
        ((20, 10, 10), 40, 40, "40"),
    ],
)
def test_totals(marks: tuple[int | str | None, ...], value: int | str | None, so_far: int, told: str) -> None:
    found = total(NEA, given_marks(NEA, *marks))
    assert (found.value, found.so_far, found.max, str(found)) == (value, so_far, 40, told)


def test_a_factor_multiplies_the_sum() -> None:
    doubled = grid((1, 4), (5, 8), scoring=Scoring.HOLISTIC, factor=2)
    assert total(doubled, given_marks(doubled, 7)).value == 14


def test_strands_are_placed_without_touching_the_mark() -> None:
    award = with_mark(blank(), MAIN, 12)
    award = placed(placed(award, "organisation", Placement(4, 1)), "analysis", Placement(3))
    assert award.strands == (("analysis", Placement(3)), ("organisation", Placement(4, 1)))
    assert award.mark == 12
    assert award.placement("organisation") == Placement(4, 1)
    assert placed(award, "analysis", None).strands == (("organisation", Placement(4, 1)),)
    assert placed(award, "nowhere", None) == award
    assert [str(Placement(4, s)) for s in (-1, 0, 1)] == ["L4-", "L4", "L4+"]


def grid(*ranges: tuple[int, int], strands: int = 1, scoring: Scoring = Scoring.PROFILE, factor: int = 1) -> Rubric:
    names = [f"BP{n}" for n in range(1, strands + 1)]
    levels = tuple(
        Level(n, f"L{n}", low, high, "", dict.fromkeys(names, "x")) for n, (low, high) in enumerate(ranges, start=1)
    )
    top = ranges[-1][1]
    return Rubric(
        "made-up", "1", "Made up", Status.DRAFT, top * factor, scoring,
        (Scale(ScaleId("main"), "Main", ("AO1",), top, levels),),
        tuple(Strand(StrandId(name), name, "AO1") for name in names),
        (AssessmentObjective("AO1", top * factor),), Provenance("paraphrase", "a test"), scale_factor=factor,
    )  # fmt: skip


FORTY = grid((1, 8), (9, 16), (17, 24), (25, 32), (33, 40), strands=5)
TWENTY = grid((1, 3), (4, 7), (8, 12), (13, 16), (17, 20), strands=4)
PlacedAs = list[tuple[int, int]]


def suggest(rubric: Rubric, places: PlacedAs) -> tuple[int, str] | None:
    scale = rubric.scales[0]
    award = blank(scale)
    for strand, (level, security) in zip(rubric.strands, places, strict=False):
        award = placed(award, strand.id, Placement(level, security))
    found = suggestion(rubric, scale, award)
    return None if found is None else (found.mark, found.arithmetic)


@pytest.mark.parametrize(
    ("rubric", "places", "mark", "arithmetic"),
    [
        (FORTY, [(4, 1), (3, 0), (4, -1), (3, 1), (4, 0)], 26, "(32 + 20.5 + 25 + 24 + 28.5) / 5 = 26"),
        (TWENTY, [(4, 0)] * 4, 15, "(14.5 + 14.5 + 14.5 + 14.5) / 4 = 14.5"),
        (TWENTY, [(5, 1)] * 4, 20, "(20 + 20 + 20 + 20) / 4 = 20"),
        (TWENTY, [(5, 0), (4, 0), (3, 0), (2, 0)], 12, "(18.5 + 14.5 + 10 + 5.5) / 4 = 12.125"),
        (TWENTY, [(1, -1)] * 4, 1, "(1 + 1 + 1 + 1) / 4 = 1"),
        (TWENTY, [(0, 0)] * 4, 0, "(0 + 0 + 0 + 0) / 4 = 0"),
        (TWENTY, [(0, 0), (0, 0), (0, 0), (1, 0)], 1, "(0 + 0 + 0 + 2) / 4 = 0.5"),
        (TWENTY, [(5, -1), (5, -1), (5, -1), (5, 0)], 17, "(17 + 17 + 17 + 18.5) / 4 = 17.375"),
    ],
)  # fmt: skip
def test_the_suggestion(rubric: Rubric, places: PlacedAs, mark: int, arithmetic: str) -> None:
    assert suggest(rubric, places) == (mark, arithmetic)


def test_the_shipped_profile_scheme_gives_the_same() -> None:
    assert suggest(EDEXCEL, [(4, 0)] * 4) == (15, "(14.5 + 14.5 + 14.5 + 14.5) / 4 = 14.5")


def test_no_suggestion_before_every_strand_is_placed_or_on_another_kind_of_scheme() -> None:
    assert suggest(TWENTY, [(4, 0)] * 3) is None
    for scoring in (Scoring.HOLISTIC, Scoring.PER_SCALE, Scoring.POINTS):
        assert suggest(grid((1, 3), (4, 7), strands=1, scoring=scoring), [(1, 0)]) is None
    assert suggest(grid((1, 3), (4, 7), strands=0), []) is None
    for rubric in (shipped_rubric(), NEA, OCR, shipped_rubric("generic-essay-4strand")):
        for scale in rubric.scales:
            award = blank(scale)
            for strand in rubric.strands_of(scale):
                award = placed(award, strand.id, Placement(3))
            assert suggestion(rubric, scale, award) is None


def test_strand_marks() -> None:
    assert [strand_mark(MAIN.level(4), s) for s in (-1, 0, 1)] == [13, 14.5, 16]
    assert strand_mark(None, 0) == 0


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-1, 1)), min_size=4, max_size=4))
def test_a_suggestion_lies_between_its_strands(places: PlacedAs) -> None:
    found = suggest(TWENTY, places)
    assert found is not None
    low = [0, 1, 4, 8, 13, 17]
    high = [0, 3, 7, 12, 16, 20]
    assert min(low[level] for level, _ in places) <= found[0] <= max(high[level] for level, _ in places)


@given(st.lists(st.sampled_from(["+", "-", "z", "1", "2", "3", "4", "5", "6"]), max_size=30))
def test_no_keys_leave_the_scale(keys: list[str]) -> None:
    for rubric in (EDEXCEL, NEA, OCR):
        for scale in rubric.scales:
            award = blank(scale)
            for key in keys:
                if key in "+-":
                    award = stepped(award, scale, 1 if key == "+" else -1)
                elif key == "z":
                    award = zero_cycled(award, scale)
                elif int(key) <= scale.top:
                    award = with_level(award, scale, int(key))
                assert award.mark is None or 0 <= award.mark <= scale.max
                assert not (award.no_response and award.mark is not None)
                band = scale.level(award.level or 0)
                assert band is None or (award.mark is not None and band.min <= award.mark <= band.max)


def test_hard_caps() -> None:
    caps = (
        Cap("a", "Story?", "hard", Effect(ScaleId("main"), max_level=2)),
        Cap("b", "One-sided?", "advisory", Effect(ScaleId("main"), max_level=1)),
        Cap("c", "Off the dates?", "hard", Effect(ScaleId("main"), max_mark=6)),
    )
    rubric = Rubric(**{**{f: getattr(TWENTY, f) for f in TWENTY.__dataclass_fields__}, "caps": caps})
    at = {mark: given_marks(rubric, mark) for mark in (6, 7, 8)}
    yes = dict.fromkeys("abc", True)
    assert hard_caps_broken(rubric, at[6], yes) == ()
    assert hard_caps_broken(rubric, at[7], yes) == ("Off the dates?",)
    assert hard_caps_broken(rubric, at[8], yes) == ("Story?", "Off the dates?")
    assert hard_caps_broken(rubric, at[8], {"a": True, "c": False}) == ("Story?",)
    assert hard_caps_broken(rubric, at[8], {}) == ()
    assert hard_caps_broken(rubric, given_marks(rubric, None), yes) == ()
