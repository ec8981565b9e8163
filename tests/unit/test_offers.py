"""What is offered for a line of feedback, over every shape of scheme."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.anchors import Anchor
from markdesk.core.annotation import Annotation, Tone
from markdesk.core.award import Award, Placement, placed, with_level, with_mark, with_no_response
from markdesk.core.bank import text_key
from markdesk.core.feedback import Field
from markdesk.core.ids import AnnotationId, MarkerId, MarkingId, ScaleId, ScriptId
from markdesk.core.keyed import Keyed
from markdesk.core.marking import Marking, MarkingHeader, MarkingStatus
from markdesk.core.offers import (
    NEXT,
    Note,
    Offer,
    ahead_of,
    last_again,
    next_level,
    note_of,
    of_notes,
    task_for,
    wanted,
)
from markdesk.core.rubric import Rubric
from tests.kit import STAMPS, shipped_rubric

HOLISTIC = shipped_rubric("generic-essay-4strand")
SUMMED = shipped_rubric("aqa-7042-nea-40")
PROFILE = shipped_rubric("edexcel-9hi0-essay-20")
PARTS = shipped_rubric("ocr-h505-y2-twopart-30")
POINTS = shipped_rubric("ib-history-p1-24")
ALL = (HOLISTIC, SUMMED, PROFILE, PARTS, POINTS)
NEW = MarkingId("m")


def marked(rubric: Rubric, *awards: Award) -> Marking:
    header = MarkingHeader(
        NEW, ScriptId("s"), MarkerId("t"), None, rubric.hash, MarkingStatus.IN_PROGRESS, "2026-11-20T00:00:00+00:00"
    )
    kept: Keyed[str, Award] = Keyed()
    for award in awards:
        kept = kept.with_(award.key, award)
    return replace(Marking(header), awards=kept)


def given_(rubric: Rubric, place: int, mark: int) -> Award:
    scale = rubric.scales[place]
    return with_mark(Award(NEW, scale.id), scale, mark)


def lowered(words: str) -> str:
    return words[0].lower() + words[1:]


# -- the scheme's next line


def test_on_a_holistic_scheme_it_is_the_level_above() -> None:
    scale = HOLISTIC.scales[0]
    offer = next_level(HOLISTIC, marked(HOLISTIC, with_level(Award(NEW, scale.id), scale, 3)))
    assert offer is not None
    assert scale.levels[3].summary.endswith("a decision is reached but not fully proved.")
    text = "Next: argues on the question with good evidence; a decision is reached."
    assert (offer.text, offer.source, offer.code) == (text, "L4", ""), "what is still wanting there is no aim"


@pytest.mark.parametrize(
    ("line", "aim"),
    [
        ("Compares on both counts, with little explanation.", "Compares on both counts."),
        ("Says more, though not on all of it; stops early.", "Says more, though not on all of it; stops early."),
        ("Gives not dates but causes.", "Gives not dates but causes."),
        ("AO1 shown throughout the essay.", "AO1 shown throughout the essay."),
        ("A clear answer.", "a clear answer."),
    ],
)
def test_what_is_left_out_of_a_line_is_only_what_is_wanting(line: str, aim: str) -> None:
    scale = HOLISTIC.scales[0]
    levels = tuple(replace(level, summary=line) for level in scale.levels)
    rubric = replace(HOLISTIC, scales=(replace(scale, levels=levels),))
    offer = next_level(rubric, marked(rubric, with_level(Award(NEW, scale.id), scale, 2)))
    assert offer is not None
    assert offer.text.removeprefix(NEXT).lower() == aim.lower()
    assert offer.text[len(NEXT)] == ("A" if line.startswith("AO1") else line[0].lower())


def test_a_placed_strand_comes_before_the_level_and_the_weakest_before_the_others() -> None:
    scale = HOLISTIC.scales[0]
    award = with_level(Award(NEW, scale.id), scale, 3)
    for strand, at in (("focus", Placement(4)), ("judgement", Placement(3, -1)), ("analysis", Placement(3))):
        award = placed(award, strand, at)
    offer = next_level(HOLISTIC, marked(HOLISTIC, award))
    assert offer is not None
    assert (offer.source, offer.code, offer.is_of_strand) == ("L4", "judgement", True)
    assert offer.text == NEXT + lowered(scale.levels[3].strand["judgement"])


def test_a_profile_has_an_offer_before_its_mark() -> None:
    scale = PROFILE.scales[0]
    first, second = PROFILE.strands_of(scale)[:2]
    award = placed(placed(Award(NEW, scale.id), first.id, Placement(4)), second.id, Placement(2))
    offer = next_level(PROFILE, marked(PROFILE, award))
    assert offer is not None
    assert offer.code == second.id
    line = scale.levels[2].strand[second.id]
    assert line.startswith("Is mostly correct and to the point, but")
    assert offer.text == "Next: is mostly correct and to the point."


@pytest.mark.parametrize(("marks", "lowest"), [((16, 8, 2), 2), ((5, 6, 6), 0), ((8, 4, 4), 0), ((20, 3, 5), 1)])
def test_of_several_scales_it_is_the_lowest_share(marks: tuple[int, ...], lowest: int) -> None:
    awards = [given_(SUMMED, place, mark) for place, mark in enumerate(marks)]
    offer = next_level(SUMMED, marked(SUMMED, *awards))
    scale = SUMMED.scales[lowest]
    assert offer is not None
    assert offer.code == scale.id
    assert offer.source == f"L{scale.level_of(marks[lowest]) + 1}"


def test_a_part_without_a_mark_or_a_response_offers_nothing() -> None:
    one, other = PARTS.scales
    none = with_no_response(Award(NEW, one.id), one)
    assert next_level(PARTS, marked(PARTS, none)) is None
    offer = next_level(PARTS, marked(PARTS, none, given_(PARTS, 1, other.levels[1].min)))
    assert offer is not None
    assert offer.code == other.id


@pytest.mark.parametrize("rubric", ALL, ids=lambda rubric: rubric.id)
def test_nothing_marked_and_nothing_above_the_top_and_no_creditable_offer_nothing(rubric: Rubric) -> None:
    assert next_level(rubric, marked(rubric)) is None
    for mark in (0, None):
        awards = [given_(rubric, at, scale.max if mark is None else 0) for at, scale in enumerate(rubric.scales)]
        assert next_level(rubric, marked(rubric, *awards)) is None


@given(data=st.data(), rubric=st.sampled_from(ALL))
def test_of_the_scheme_s_lines_the_one_in_hand_fits_and_what_was_made_of_it(
    data: st.DataObject, rubric: Rubric
) -> None:
    awards = [
        given_(rubric, at, data.draw(st.integers(0, scale.max), label=scale.id))
        for at, scale in enumerate(rubric.scales)
    ]
    marking = marked(rubric, *awards)
    ahead, line = ahead_of(rubric, marking), next_level(rubric, marking)
    assert ahead.fits("Plan first."), "her own words fit anywhere"
    assert not ahead.fits(f"{NEXT}words of no scheme")
    assert [one for one in ahead.lines if ahead.fits(one)] == ([text_key(line.text)] if line else [])
    if line is not None:
        assert ahead.fits(line.text)
        assert ahead.fits(f"{line.text.upper()} In ¶3, say.")


def test_points_have_no_levels_to_offer() -> None:
    awards = [given_(POINTS, at, 1) for at, scale in enumerate(POINTS.scales) if scale.is_points]
    assert awards
    assert next_level(POINTS, marked(POINTS, *awards)) is None


@given(data=st.data(), rubric=st.sampled_from(ALL))
def test_an_offer_is_a_line_of_the_scheme_above_its_first_level(data: st.DataObject, rubric: Rubric) -> None:
    awards: list[Award] = []
    for scale in rubric.scales:
        mark = data.draw(st.none() | st.integers(0, scale.max), label=scale.id)
        award = Award(NEW, ScaleId(scale.id))
        for strand in rubric.strands_of(scale):
            level = data.draw(st.none() | st.integers(0, scale.top), label=strand.id)
            award = award if level is None else placed(award, strand.id, Placement(level))
        awards.append(award if mark is None else with_mark(award, scale, mark))
    offer = next_level(rubric, marked(rubric, *awards))
    if offer is not None:
        words = offer.text.removeprefix(NEXT).rstrip(".").lower()
        lines = [
            (text, level.label)
            for scale in rubric.scales
            for level in scale.levels[1:]
            for text in (level.summary, *level.strand.values())
        ]
        assert any(text.lower().startswith(words) and offer.source == label for text, label in lines)


# -- the annotations


def note(code: str = "", comment: str = "", where: str = "¶1") -> Note:
    made = Annotation(NEW, AnnotationId("a"), Anchor(None, "", "", ""), code, comment)
    return note_of(made, where, STAMPS)


CREDIT = next(stamp for stamp in STAMPS.stamps if stamp.tone is Tone.CREDIT)
WEAK = next(stamp for stamp in STAMPS.stamps if stamp.tone is Tone.WEAK)


def texts(offers: list[Offer]) -> list[str]:
    return [offer.text for offer in offers]


def test_strengths_are_offered_for_www_and_weaknesses_for_ebi_and_target() -> None:
    notes = [note(CREDIT.code, "Exact."), note(WEAK.code, "Too long."), note("", "Both?")]
    assert texts(of_notes(Field.WWW, notes)) == ["Exact.", "Both?"]
    assert texts(of_notes(Field.EBI, notes)) == ["Too long.", "Both?"]
    assert texts(of_notes(Field.TARGET, notes)) == ["Too long.", "Both?"]
    notes.insert(0, Note("¶1", "J", Tone.WEIGHING, "On what?", "judgement"))
    assert texts(of_notes(Field.WWW, notes)) == ["Exact.", "On what?", "Both?"], "it may be said either way"
    assert of_notes(Field.NOTE, notes) == of_notes(Field.COMMENT, notes) == []


def test_comments_stand_before_what_stamps_mean_and_a_meaning_stands_once_with_its_places() -> None:
    notes = [note(WEAK.code, "", f"¶{n}") for n in (1, 2, 2, 3, 4)] + [note(WEAK.code, "Say  why\nhere.", "¶5")]
    meaning = f"{WEAK.meaning[0].upper()}{WEAK.meaning[1:]}"
    assert texts(of_notes(Field.EBI, notes)) == ["Say why here.", f"{meaning} (¶1, ¶2, ¶3 …)"]
    assert texts(of_notes(Field.EBI, [note(WEAK.code, "", "")])) == [meaning]


def test_the_same_words_are_offered_once_and_a_semicolon_never_begins_them() -> None:
    notes = [note(WEAK.code, "Say why."), note(WEAK.code, "say why", "¶2"), note(WEAK.code, ";ev is a code")]
    assert texts(of_notes(Field.EBI, notes)) == ["Say why.", "ev is a code"]


def test_a_draft_is_offered_questions_only() -> None:
    notes = [note(WEAK.code, "Why then?"), note(WEAK.code, "Say why."), note(WEAK.code)]
    assert texts(of_notes(Field.QUESTION, notes)) == ["Why then?"]


# -- the target and the task


def test_the_target_has_the_next_line_then_the_last_target_then_the_weaknesses() -> None:
    line, last = Offer("Next: weighs.", "L4"), last_again("Weigh\nboth sides.")
    found = wanted(Field.TARGET, [note(WEAK.code, "Too long.")], (line, last), None)
    assert texts(found) == ["Next: weighs.", "Weigh both sides.", "Too long."]


def test_the_task_is_for_the_paragraph_with_most_weaknesses() -> None:
    notes = [note(WEAK.code, "", where) for where in ("¶2", "¶3", "¶3", "¶2", "¶4")]
    line = Offer("Next: weighs both sides; decides.", "L4", "judgement", is_of_strand=True)
    for target, text in (
        ("Next: weighs both sides; decides.", "Rewrite ¶2 so that it weighs both sides."),
        ("Weigh more.", "Rewrite ¶2 so that it meets your target."),
    ):
        offer = task_for(target, notes, line)
        assert offer is not None
        assert offer.text == text
    whole = task_for(line.text, notes, replace(line, is_of_strand=False))
    assert whole is not None
    assert whole.text == "Rewrite ¶2 so that it meets your target.", "a paragraph isn't the whole essay"
    noun = replace(line, text="Next: analysis of both sides.")
    told = task_for(noun.text, notes, noun)
    assert told is not None
    assert told.text == "Rewrite ¶2 so that it meets your target."


def test_no_task_without_a_target_or_a_weakness() -> None:
    weak = [note(WEAK.code, "", "¶2")]
    assert task_for("", weak, None) is None
    assert task_for("Weigh.", [note(CREDIT.code)], None) is None
    assert task_for("Weigh.", [note(WEAK.code, "Lost", "")], None) is None, "it has no paragraph any more"
    assert wanted(Field.TASK, weak, (), None) == []
