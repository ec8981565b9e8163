"""What is asked before an essay is finished."""

from dataclasses import replace

import pytest

from markdesk.bootstrap import stamp_sets
from markdesk.core.award import Award, Placement, placed, with_mark, with_points
from markdesk.core.checks import CheckKind, caps_broken, checks, hard_caps_broken, is_quiet, open_caps
from markdesk.core.errors import MarkOutOfRange
from markdesk.core.ids import MarkerId, MarkingId, ScaleId, ScriptId, StrandId
from markdesk.core.keyed import Keyed
from markdesk.core.marking import Marking, MarkingHeader, MarkingStatus
from markdesk.core.rubric import Rubric
from tests.kit import shipped_rubric

ESSAY = "aqa-7042-b-essay-25"
NEA = "aqa-7042-nea-40"
PROFILE = "edexcel-9hi0-essay-20"
POINTS = "ib-history-p1-24"


def marking(rubric: Rubric, marks: dict[str, int], answers: dict[str, bool] | None = None) -> Marking:
    header = MarkingHeader(
        MarkingId("m"), ScriptId("s"), MarkerId("t"), None, rubric.hash, MarkingStatus.IN_PROGRESS, "2026-11-25",
        answers=tuple((answers or {}).items()),
    )  # fmt: skip
    awards = {}
    for scale_id, mark in marks.items():
        scale = rubric.scale(scale_id)
        assert scale is not None
        awards[scale_id] = with_mark(Award(header.id, scale.id), scale, mark)
    return Marking(header, awards=Keyed(awards))


def kinds(rubric: Rubric, of: Marking, words: int | None = None, evidence: bool = True) -> list[CheckKind]:
    return [check.kind for check in checks(rubric, of, stamp_sets().usual, words, evidence)]


@pytest.mark.parametrize(
    ("mark", "asked"), [(10, []), (11, ["narrative"]), (15, ["narrative"]), (16, ["narrative", "one-sided"])]
)
def test_a_cap_is_asked_only_where_it_would_bring_the_mark_down(mark: int, asked: list[str]) -> None:
    rubric = shipped_rubric(ESSAY)
    assert [cap.id for cap in open_caps(rubric, marking(rubric, {"main": mark}))] == asked


def test_an_answered_cap_is_not_asked_again_and_breaks_only_where_it_was_yes() -> None:
    rubric = shipped_rubric(ESSAY)
    given = marking(rubric, {"main": 16}, {"narrative": False, "one-sided": True})
    assert open_caps(rubric, given) == ()
    assert [cap.id for cap in caps_broken(rubric, given)] == ["one-sided"]
    assert hard_caps_broken(rubric, given) == (), "it is a school's habit"
    assert caps_broken(rubric, marking(rubric, {"main": 15}, {"one-sided": True})) == ()


def test_an_answer_to_a_question_that_the_scheme_does_not_ask_means_nothing() -> None:
    rubric = shipped_rubric(ESSAY)
    given = marking(rubric, {"main": 16}, {"gone": True})
    assert caps_broken(rubric, given) == ()


def test_strands_two_levels_apart_want_a_reason() -> None:
    rubric = shipped_rubric(PROFILE)
    given = marking(rubric, {"main": 12})
    strands = [strand.id for strand in rubric.strands_of(rubric.scales[0])]

    def at(*levels: int, reason: str = "") -> list[CheckKind]:
        award = given.award("main")
        for strand, level in zip(strands, levels, strict=False):
            award = placed(award, strand, Placement(level))
        return kinds(rubric, replace(given, awards=Keyed({"main": replace(award, reason=reason)})))

    assert at(3, 4, 4, 3) == []
    assert at(2, 4, 4, 3) == [CheckKind.APART]
    assert at(2, 4, 4, 3, reason="The knowledge carries it.") == []
    assert at(0, 2) == [CheckKind.APART], "nothing creditable is a level too"


def test_an_objective_without_a_stamp_is_told_once_anything_is_stamped() -> None:
    rubric = shipped_rubric(NEA)
    given = marking(rubric, {"ao1": 10, "ao2": 5, "ao3": 5})
    assert CheckKind.EVIDENCE not in kinds(rubric, given), "who stamps nothing needn't be told so"
    stamps = stamp_sets().usual
    ao2 = next(stamp for stamp in stamps.stamps if stamp.aos == frozenset({"AO2"}) or stamp.code == "PROV")
    stamped = replace(given, code_counts=Keyed({ao2.code: 1}))
    told = [check.text for check in checks(rubric, stamped, stamps) if check.kind is CheckKind.EVIDENCE]
    assert any("AO1" in text for text in told)
    assert not any("AO2" in text for text in told)
    assert CheckKind.EVIDENCE not in kinds(rubric, stamped, evidence=False)


def test_a_stamp_of_another_set_is_evidence_for_what_it_names() -> None:
    rubric = shipped_rubric(NEA)
    stamped = replace(marking(rubric, {"ao1": 10, "ao2": 5, "ao3": 5}), code_counts=Keyed({"KU": 1, "P": 1, "SP": 2}))
    stamps = stamp_sets().for_scheme(rubric)
    assert stamps.id == "aqa", "KU and P are OCR's"
    (told,) = [check.text for check in checks(rubric, stamped, stamps) if check.kind is CheckKind.EVIDENCE]
    assert "AO3" in told


def test_an_objective_that_no_stamp_could_show_is_not_asked_about() -> None:
    rubric = shipped_rubric("ib-history-ia-25")
    strange = replace(
        rubric, strands=tuple(replace(strand, id=StrandId(f"our-{strand.id}")) for strand in rubric.strands)
    )
    for scheme, asked in ((rubric, True), (strange, False)):
        stamped = replace(marking(scheme, {scale.id: 1 for scale in scheme.scales}), code_counts=Keyed({"SEEN": 1}))
        assert (CheckKind.EVIDENCE in kinds(scheme, stamped)) is asked


def test_a_holistic_scheme_is_quiet_about_stamps() -> None:
    assert is_quiet(shipped_rubric(ESSAY))
    assert not is_quiet(shipped_rubric(NEA))


def test_coursework_of_the_wrong_length_is_told() -> None:
    rubric = shipped_rubric(NEA)
    assert rubric.nea is not None
    given = marking(rubric, {})
    assert CheckKind.WORDS in kinds(rubric, given, rubric.nea.words_max + 1)
    assert CheckKind.WORDS not in kinds(rubric, given, rubric.nea.words_max)
    assert CheckKind.WORDS not in kinds(rubric, given, None), "a handwritten one isn't counted"


def test_points_are_kept_by_item_and_are_a_mark_once_all_are_given() -> None:
    rubric = shipped_rubric(POINTS)
    scale = rubric.scale("q1a")
    assert scale is not None
    empty = Award(MarkingId("m"), ScaleId("q1a"))
    one = with_points(empty, scale, {"second": 1})
    assert (one.mark, one.so_far, one.points, one.is_marked) == (None, 1, (("second", 1),), False)
    two = with_points(one, scale, {"first": 0})
    assert two.points == (("first", 0), ("second", 1)), "in the scheme's order"
    done = with_points(two, scale, {"third": 1})
    assert (done.mark, done.level, done.is_marked) == (2, None, True)
    assert with_mark(done, scale, 3).points == (), "a mark for the whole has no items"
    with pytest.raises(MarkOutOfRange, match="has no item 'fourth'"):
        with_points(empty, scale, {"fourth": 1})
    with pytest.raises(MarkOutOfRange, match="earns 0 to 1 points, not 2"):
        with_points(empty, scale, {"first": 2})
