"""The schema holds every question type that A-level history has, and every special rule, without a workaround.

The ranges are written by hand from the reference table of question types (one row a question, level 1 first). Each test
builds a small scheme of that shape; the words in it are made up.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest

from markdesk.core.award import (
    NO_RESPONSE,
    Award,
    Placement,
    placed,
    suggestion,
    total,
    with_level,
    with_mark,
    with_no_response,
    with_points,
    zero_cycled,
)
from markdesk.core.errors import MarkOutOfRange
from markdesk.core.ids import MarkingId
from markdesk.core.rubric import Rubric, Scale, Scoring
from markdesk.core.rubric_check import check_rubric
from tests.schemes import banded, caps_broken, hard_caps_broken, pointed, points_and_levels, scheme, whole

FIVE_OF_SIX = ((1, 6), (7, 12), (13, 18), (19, 24), (25, 30))
FIVE_OF_FIVE = ((1, 5), (6, 10), (11, 15), (16, 20), (21, 25))
FIVE_OF_FOUR = ((1, 4), (5, 8), (9, 12), (13, 16), (17, 20))
FIVE_OF_TWO = ((1, 2), (3, 4), (5, 6), (7, 8), (9, 10))
SIX_OF_FIVE = (*FIVE_OF_FIVE, (26, 30))
OCR_20 = ((1, 3), (4, 6), (7, 9), (10, 12), (13, 16), (17, 20))
OCR_10 = ((1, 1), (2, 2), (3, 4), (5, 6), (7, 8), (9, 10))
OCR_25 = ((1, 4), (5, 8), (9, 12), (13, 16), (17, 20), (21, 25))
OCR_40 = ((1, 6), (7, 13), (14, 20), (21, 27), (28, 34), (35, 40))
EDEXCEL_20 = ((1, 3), (4, 7), (8, 12), (13, 16), (17, 20))
EDEXCEL_40 = ((1, 8), (9, 16), (17, 24), (25, 32), (33, 40))
IB_15 = ((1, 3), (4, 6), (7, 9), (10, 12), (13, 15))
CIE_15 = ((1, 3), (4, 7), (8, 11), (12, 15))
CIE_10 = ((1, 2), (3, 5), (6, 8), (9, 10))


def taken(data: dict[str, Any]) -> Rubric:
    rubric, problems = check_rubric(data)
    assert rubric is not None, [f"{problem.key}: {problem.message}" for problem in problems]
    return rubric


def one(ranges: Any, ao: str | dict[str, int], scoring: str = "holistic", strands: int = 1, **more: Any) -> Rubric:
    """A question with one scale."""
    aos = {ao: ranges[-1][1]} if isinstance(ao, str) else ao
    names = {f"strand{n}": next(iter(aos)) for n in range(1, strands + 1)}
    return taken(whole([banded("main", ranges, tuple(aos), tuple(names))], aos, scoring, names, **more))


def blank(scale: Scale) -> Award:
    return Award(MarkingId("m"), scale.id)


def marked(rubric: Rubric, *marks: int) -> dict[str, Award]:
    return {s.id: with_mark(blank(s), s, mark) for s, mark in zip(rubric.scales, marks, strict=True)}


@dataclass(frozen=True)
class Row:
    """One row of the reference table: the scheme, and its scales' ranges."""

    id: str
    rubrics: tuple[Rubric, ...]
    ranges: tuple[Any, ...]
    most: int


def by_objective(ranges: Any, scoring: str = "per_scale", **shared: Any) -> Rubric:
    """A scale for each objective, each with a strand of its own."""
    scales = [banded(ao.lower(), bands, (ao,), (ao.lower(),)) for ao, bands in ranges.items()]
    marks = {ao: bands[-1][1] for ao, bands in ranges.items()}
    return taken(whole(scales, marks, scoring, {ao.lower(): ao for ao in ranges}, **shared))


def in_parts(ao: str, **parts: Any) -> Rubric:
    """Parts of a question, each levelled on its own."""
    scales = [banded(part, bands, (ao,), ("analysis",), part=part) for part, bands in parts.items()]
    return taken(whole(scales, {ao: sum(bands[-1][1] for bands in parts.values())}, "per_scale", {"analysis": ao}))


def rows() -> list[Row]:
    three, two = {"kind": "extracts", "count": 3}, {"kind": "extracts", "count": 2}
    three_sources, two_sources = {"kind": "sources", "count": 3}, {"kind": "sources", "count": 2}
    four, single = {"kind": "sources", "count": 4}, {"kind": "sources", "count": 1}
    passages = {"kind": "passages", "count": 2}
    nea = by_objective({"AO1": FIVE_OF_FOUR, "AO2": FIVE_OF_TWO, "AO3": FIVE_OF_TWO})
    all_aos = {"AO1": 20, "AO2": 10, "AO3": 10}
    cambridge = (
        in_parts("AO3", a=CIE_15, b=FIVE_OF_FIVE),
        in_parts("AO1", a=CIE_10, b=FIVE_OF_FOUR),
        by_objective({"AO2": FIVE_OF_FOUR, "AO4": FIVE_OF_FOUR}),
        by_objective({"AO1": IB_15, "AO2": IB_15}),
    )
    wjec = (
        one(SIX_OF_FIVE, "AO2", stimulus=two_sources),
        one(SIX_OF_FIVE, "AO3", stimulus=two),
        one(SIX_OF_FIVE, "AO1"),
    )
    thirds = {"AO1": FIVE_OF_FOUR, "AO2": FIVE_OF_FOUR, "AO3": FIVE_OF_FOUR}
    ib = taken(whole([banded("main", IB_15, (), ("whole",), strands=["whole"])], {}, "holistic", {"whole": ""}))
    return [
        Row("aqa-c1-a", (one(FIVE_OF_SIX, "AO3", strands=4, stimulus=three),), (FIVE_OF_SIX,), 30),
        Row("aqa-c2-a", (one(FIVE_OF_SIX, "AO2", strands=4, stimulus=three_sources),), (FIVE_OF_SIX,), 30),
        Row("aqa-b", (one(FIVE_OF_FIVE, "AO1", strands=5),), (FIVE_OF_FIVE,), 25),
        Row("aqa-nea", (nea,), (FIVE_OF_FOUR, FIVE_OF_TWO, FIVE_OF_TWO), 40),
        Row("aqa-as-1a", (one(FIVE_OF_FIVE, "AO3", stimulus=two),), (FIVE_OF_FIVE,), 25),
        Row("aqa-as-2a", (one(FIVE_OF_FIVE, "AO2", stimulus=two_sources),), (FIVE_OF_FIVE,), 25),
        Row("aqa-as-b", (one(FIVE_OF_FIVE, "AO1"),), (FIVE_OF_FIVE,), 25),
        Row("ocr-1-enq", (one(SIX_OF_FIVE, "AO2", stimulus=four),), (SIX_OF_FIVE,), 30),
        Row("ocr-1-ess", (one(OCR_20, "AO1", strands=4),), (OCR_20,), 20),
        Row("ocr-2-a", (one(OCR_10, "AO1"),), (OCR_10,), 10),
        Row("ocr-2-b", (in_parts("AO1", a=OCR_10, b=OCR_20),), (OCR_10, OCR_20), 30),
        Row("ocr-3-int", (one(SIX_OF_FIVE, "AO3", stimulus=passages),), (SIX_OF_FIVE,), 30),
        Row("ocr-3-ess", (one(OCR_25, "AO1", strands=4),), (OCR_25,), 25),
        Row("ocr-nea", (one(OCR_40, all_aos, nea={"words_min": 3000, "words_max": 4000}),), (OCR_40,), 40),
        Row("edx-ao1", (one(EDEXCEL_20, "AO1", "profile", 4),), (EDEXCEL_20,), 20),
        Row("edx-p1c", (one(EDEXCEL_20, "AO3", "profile", 3, stimulus=two),), (EDEXCEL_20,), 20),
        Row("edx-p2a", (one(EDEXCEL_20, "AO2", "profile", 3, stimulus=two_sources),), (EDEXCEL_20,), 20),
        Row("edx-p3a", (one(EDEXCEL_20, "AO2", "profile", 3, stimulus=single),), (EDEXCEL_20,), 20),
        Row("edx-cw", (one(EDEXCEL_40, {"AO3": 30, "AO1": 10}, "profile", 5),), (EDEXCEL_40,), 40),
        Row("wjec-u1/u3", (one(SIX_OF_FIVE, "AO1"),), (SIX_OF_FIVE,), 30),
        Row("wjec-u2/u4", wjec, (SIX_OF_FIVE,) * 3, 90),
        Row("wjec-nea", (by_objective(thirds),), (FIVE_OF_FOUR,) * 3, 60),
        Row("cie-*", cambridge,
            (CIE_15, FIVE_OF_FIVE, CIE_10, FIVE_OF_FOUR, FIVE_OF_FOUR, FIVE_OF_FOUR, IB_15, IB_15), 140),
        Row("ib-p23", (ib,), (IB_15,), 15),
    ]  # fmt: skip


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.id)
def test_every_question_type_is_held(row: Row) -> None:
    found = [[(level.min, level.max) for level in s.levels] for rubric in row.rubrics for s in rubric.scales]
    assert found == [list(ranges) for ranges in row.ranges]
    assert sum(rubric.max_mark for rubric in row.rubrics) == row.most
    for rubric in row.rubrics:
        full = total(rubric, marked(rubric, *(s.max for s in rubric.scales)))
        assert (full.value, full.max) == (rubric.max_mark, rubric.max_mark)
        # What is under a level or outside every objective would be lost to the marker.
        assert all(rubric.strands_of(s) for s in rubric.scales)


def test_there_are_24_rows() -> None:
    assert len({row.id for row in rows()}) == 24


# The special rules, in the order of the reference.


def cap(cap_id: str, severity: str, level: int, scale: str = "main") -> dict[str, Any]:
    return {"id": cap_id, "ask": f"{cap_id}?", "severity": severity, "effect": {"scale": scale, "max_level": level}}


def test_rule_1_two_of_three_extracts_hold_an_answer_at_level_2_and_one_at_level_1() -> None:
    caps = [cap("two-extracts", "hard", 2), cap("one-extract", "hard", 1)]
    rubric = one(FIVE_OF_SIX, "AO3", stimulus={"kind": "extracts", "count": 3}, cap=caps)
    assert [(rubric.limit(c).level, rubric.limit(c).mark) for c in rubric.caps] == [(2, 12), (1, 6)]
    assert hard_caps_broken(rubric, marked(rubric, 12), {"two-extracts": True}) == ()
    assert hard_caps_broken(rubric, marked(rubric, 13), {"two-extracts": True}) == ("two-extracts?",)
    assert hard_caps_broken(rubric, marked(rubric, 7), {"one-extract": True}) == ("one-extract?",)


def test_rule_2_the_moderator_s_penalty_is_shown_and_never_subtracted() -> None:
    penalty = {"id": "long", "ask": "Over 4,500 words?", "marks": -5, "applied_by": "moderator", "show_only": True}
    rubric = one(FIVE_OF_FOUR, "AO1", penalty=[penalty])
    assert [(p.marks, p.applied_by, p.show_only) for p in rubric.penalties] == [(-5, "moderator", True)]
    assert total(rubric, marked(rubric, 18)).value == 18


def test_rule_3_scales_by_objective_are_summed() -> None:
    rubric = by_objective({"AO1": FIVE_OF_FOUR, "AO2": FIVE_OF_TWO, "AO3": FIVE_OF_TWO})
    assert total(rubric, marked(rubric, 17, 6, 9)).value == 32
    assert [with_mark(blank(s), s, 9).level for s in rubric.scales] == [3, 5, 5]


def test_rule_4_parts_are_levelled_apart() -> None:
    rubric = in_parts("AO1", a=OCR_10, b=OCR_20)
    assert rubric.parts == (("a", 10), ("b", 20))
    assert total(rubric, marked(rubric, 7, 14)).value == 21
    assert [award.level for award in marked(rubric, 2, 14).values()] == [2, 5]


def test_rule_5_no_response_is_not_0() -> None:
    rubric = one(OCR_20, "AO1", not_attempted={"code": "NR"}, zero={"label": "0 marks", "allow": True})
    scale = rubric.scales[0]
    nothing = with_no_response(blank(scale), scale)
    nil = zero_cycled(blank(scale), scale)
    assert (nothing.mark, nothing.no_response, nil.mark, nil.no_response) == (None, True, 0, False)
    assert total(rubric, {"main": nothing}).value == NO_RESPONSE
    assert total(rubric, {"main": nil}).value == 0
    assert (rubric.not_attempted_code, rubric.zero_label) == ("NR", "0 marks")


def test_rule_6_infringement_is_the_paper_s_and_no_scheme_can_say_it() -> None:
    _, problems = check_rubric(scheme(infringement="best_counts"))
    assert [problem.key for problem in problems] == ["infringement"]
    rubric = taken(scheme(flag=[{"id": "choice", "text": "Too many answered: mark all; the best allowed count."}]))
    assert rubric.flags[0].id == "choice"


def test_rule_7_provenance_is_not_creditable() -> None:
    text = "There are no marks for the extracts' origin."
    assert one(EDEXCEL_20, "AO3", "profile", 3, flag=[{"id": "provenance", "text": text}]).flags[0].text == text


def test_rule_8_strands_may_sit_in_different_levels() -> None:
    rubric = one(EDEXCEL_20, "AO1", "profile", 4)
    scale = rubric.scales[0]
    award = blank(scale)
    for strand, level in zip(rubric.strands, (5, 4, 3, 2), strict=True):
        award = placed(award, strand.id, Placement(level))
    found = suggestion(rubric, scale, award)
    assert found is not None
    assert (found.mark, award.mark) == (12, None)


def test_rule_9_strands_carry_plus_and_minus() -> None:
    rubric = one(EDEXCEL_40, {"AO3": 30, "AO1": 10}, "profile", 5, decision={"allow_plus_minus": True})
    scale = rubric.scales[0]
    assert rubric.decision.allow_plus_minus
    award = blank(scale)
    profile = ((4, 1), (3, 0), (4, -1), (3, 1), (4, 0))
    for strand, (level, security) in zip(rubric.strands, profile, strict=True):
        award = placed(award, strand.id, Placement(level, security))
    found = suggestion(rubric, scale, award)
    assert found is not None
    assert (found.mark, found.arithmetic) == (26, "(32 + 20.5 + 25 + 24 + 28.5) / 5 = 26")
    assert [str(placement) for _, placement in award.strands] == ["L4+", "L3", "L4-", "L3+", "L4"]


@pytest.mark.parametrize(("rule", "question"), [(10, "one-source-only"), (11, "part-of-the-period")])
def test_rules_10_and_11_are_advice_that_stops_nothing(rule: int, question: str) -> None:
    rubric = one(EDEXCEL_20 if rule == 10 else OCR_25, "AO2", cap=[cap(question, "advisory", 3)])
    top = rubric.scales[0].levels[2].max
    yes = {question: True}
    assert [c.id for c in caps_broken(rubric, marked(rubric, top + 1), yes)] == [question]
    assert caps_broken(rubric, marked(rubric, top), yes) == ()
    assert hard_caps_broken(rubric, marked(rubric, top + 1), yes) == ()


def test_rule_12_feedback_on_drafts_is_locked() -> None:
    nea = {
        "words_min": 3500, "words_max": 4500, "counts": ["body", "quotations"], "excludes": ["footnotes"],
        "draft_feedback_locked": True, "form": "Candidate Record Form",
    }  # fmt: skip
    rubric = one(FIVE_OF_FOUR, "AO1", nea=nea)
    assert rubric.nea is not None
    assert rubric.nea.draft_feedback_locked
    assert (rubric.nea.words_max, rubric.nea.counts, rubric.nea.excludes) == (
        4500,
        ("body", "quotations"),
        ("footnotes",),
    )


def test_rule_13_a_total_is_doubled_or_scaled() -> None:
    traits = [banded("views", ((1, 5), (6, 10), (11, 15), (16, 20)), ("AO3",), ("views",)),
              banded("argument", ((1, 7), (8, 15), (16, 22), (23, 30)), ("AO1",), ("argument",))]  # fmt: skip
    strands = {"views": "AO3", "argument": "AO1"}
    doubled = taken(
        whole(traits, {"AO3": 40, "AO1": 60}, "per_scale", strands, max_mark=100, combine={"scale_factor": 2})
    )
    assert total(doubled, marked(doubled, 13, 21)).value == 68
    fifths = {"scale_factor": "4/5", "round": "half_up"}
    scaled = taken(whole(traits, {"AO3": 16, "AO1": 24}, "per_scale", strands, max_mark=40, combine=fifths))
    assert scaled.scale_factor == Fraction(4, 5)
    assert [total(scaled, marked(scaled, views, 17)).value for views in (20, 19, 18, 17, 16)] == [30, 29, 28, 27, 26]
    assert total(scaled, marked(scaled, 20, 30)).value == 40


def test_rule_14_points_stand_beside_bands() -> None:
    rubric = taken(points_and_levels())
    assert (rubric.scoring, rubric.max_mark) == (Scoring.PER_SCALE, 24)
    assert [(s.id, s.kind, s.max) for s in rubric.scales] == [
        ("q1a", "points", 3), ("q1b", "points", 2), ("q2", "points", 4), ("q3", "levels", 6), ("q4", "levels", 9),
    ]  # fmt: skip
    given = marked(rubric, 2, 2, 3, 4, 7)
    assert total(rubric, given).value == 18
    assert [award.level for award in given.values()] == [None, None, None, 2, 3]
    assert [[strand.id for strand in rubric.strands_of(s)] for s in rubric.scales] == [
        [], [], [], ["comparison"], ["synthesis"],
    ]  # fmt: skip
    second = rubric.scales[2]
    assert with_points(blank(second), second, {"value": 2, "limitation": 1}).mark == 3
    with pytest.raises(MarkOutOfRange, match="0 to 2 points, not 3"):
        with_points(blank(second), second, {"value": 3})
    with pytest.raises(MarkOutOfRange, match="no item 'origin'; it has: value, limitation"):
        with_points(blank(second), second, {"origin": 1})
    with pytest.raises(MarkOutOfRange, match="no levels"):
        with_level(blank(second), second, 1)
    alone = taken(whole([pointed("q1", {"a": 2, "b": 1})], {}, "points", strand=[]))
    assert total(alone, marked(alone, 3)).value == 3


def test_rule_15_a_note_to_the_marker() -> None:
    text = "Don't penalise they and them."
    assert taken(scheme(flag=[{"id": "pronouns", "text": text}])).flags[0].text == text


def test_a_cap_s_level_gives_its_mark_and_its_mark_the_level() -> None:
    effects = ({"max_level": 2}, {"max_mark": 9}, {"max_mark": 8, "max_level": 2}, {"max_level": 0}, {"max_mark": 0})
    caps = [
        {"id": f"c{n}", "ask": "?", "severity": "hard", "effect": {"scale": "main", **effect}}
        for n, effect in enumerate(effects)
    ]
    rubric = taken(scheme(cap=caps))
    limits = [rubric.limit(cap) for cap in rubric.caps]
    assert [(limit.level, limit.mark) for limit in limits] == [(2, 8), (3, 9), (2, 8), (0, 0), (0, 0)]
    points = points_and_levels() | {"cap": [{**caps[0], "effect": {"scale": "q2", "max_mark": 3}}]}
    on_points = taken(points)
    assert on_points.limit(on_points.caps[0]).mark == 3
    assert [c.id for c in caps_broken(on_points, marked(on_points, 3, 2, 4, 6, 9), {"c0": True})] == ["c0"]


def test_sub_bands_name_part_of_a_level() -> None:
    thirds = [
        {"label": "high", "min": 8, "max": 8},
        {"label": "low", "min": 5, "max": 6},
        {"label": "mid", "min": 7, "max": 7},
    ]
    level = taken(scheme(sub={2: thirds})).scales[0].levels[1]
    assert [sub.label for sub in level.subs] == ["low", "mid", "high"]
    assert [sub.label if (sub := level.sub_of(mark)) else None for mark in (4, 5, 6, 7, 8, 9)] == [
        None, "low", "low", "mid", "high", None,
    ]  # fmt: skip
