"""A marking taken over to another version: nothing that stands is wrong under it, and all of it can be taken back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.anchors import Anchor
from markdesk.core.annotation import Annotation, Stamp, StampSet, Tone
from markdesk.core.award import Award, Placement, total, with_mark, with_no_response, with_points
from markdesk.core.carrying import Carried, Fate, carry
from markdesk.core.changes import MarkingChanged, apply_all, invert
from markdesk.core.errors import MarkingLocked, StaleChange
from markdesk.core.essay import Span
from markdesk.core.feedback import FeedbackLine, Field
from markdesk.core.ids import AnnotationId, MarkerId, MarkingId, ScaleId, ScriptId, StrandId
from markdesk.core.keyed import Keyed
from markdesk.core.marking import Marking, MarkingHeader, MarkingStatus
from markdesk.core.rubric import (
    AssessmentObjective,
    Cap,
    Effect,
    Item,
    Level,
    Penalty,
    Provenance,
    Rubric,
    Scale,
    Scoring,
    Status,
    Strand,
    SubBand,
)
from markdesk.core.rubric_compare import compare
from tests.kit import STAMPS, shipped_rubric
from tests.unit.test_rubric_compare import MAJOR, MINOR, altered

M = MarkingId("m")
FINISHED = (MarkingStatus.COMPLETE, MarkingStatus.MODERATED)


def marking(rubric: Rubric, *awards: Award, status: MarkingStatus = MarkingStatus.IN_PROGRESS) -> Marking:
    completed = "later" if status is not MarkingStatus.IN_PROGRESS else None
    header = MarkingHeader(M, ScriptId("s"), MarkerId("w"), None, rubric.hash, status, "t", completed)
    note = Annotation(M, AnnotationId("a"), Anchor(Span(0, 1), "x"), "K", "good")
    made = Marking(header, is_kept=True, awards=Keyed({award.key: award for award in awards}))
    line = FeedbackLine(M, Field.TARGET, 1, "weigh both sides")
    return replace(made.with_annotation("a", note), feedback=Keyed({line.key: line}))


def given_to(rubric: Rubric, scale_id: str, mark: int, **strands: int) -> Award:
    scale = rubric.scale(scale_id)
    assert scale is not None
    placed = tuple(sorted((name, Placement(level)) for name, level in strands.items()))
    return with_mark(Award(M, ScaleId(scale_id), strands=placed), scale, mark)


def finished(rubric: Rubric, *marks: int) -> Marking:
    awards = [given_to(rubric, scale.id, mark) for scale, mark in zip(rubric.scales, marks, strict=True)]
    return marking(rubric, *awards, status=MarkingStatus.COMPLETE)


def after(before: Marking, old: Rubric, new: Rubric) -> tuple[Marking, Carried]:
    carried = carry(before, old, new, STAMPS)
    return apply_all(before, carried.changes), carried


# -- any marking, any two schemes


@st.composite
def scales(draw: st.DrawFn, name: str) -> Scale:
    if draw(st.integers(0, 4)) == 0:
        items = tuple(Item(f"i{n}", "words", draw(st.integers(1, 4))) for n in range(draw(st.integers(1, 3))))
        return Scale(ScaleId(name), name.upper(), ("AO1",), sum(i.max for i in items), (), "", "points", items)
    tops = sorted(draw(st.sets(st.integers(1, 12), min_size=1, max_size=4)))
    strands = tuple(sorted(draw(st.sets(st.sampled_from(("s1", "s2", "s3")), min_size=1))))
    levels = []
    for n, (below, top) in enumerate(zip((0, *tops), tops, strict=False), start=1):
        words = draw(st.sampled_from(("one", "other")))
        subs = (SubBand("all", below + 1, top),) if draw(st.booleans()) else ()
        levels.append(Level(n, f"L{n}", below + 1, top, words, dict.fromkeys(strands, words), subs))
    return Scale(ScaleId(name), name.upper(), ("AO1",), tops[-1], tuple(levels), strands=strands)


def used_by(made: tuple[Scale, ...]) -> list[str]:
    return sorted({strand for scale in made for strand in scale.strands})


@st.composite
def rubrics(draw: st.DrawFn) -> Rubric:
    names = sorted(draw(st.sets(st.sampled_from(("a", "b", "c")), min_size=1)))
    made = tuple(draw(scales(name)) for name in names)
    caps = tuple(
        Cap("cap", "Is it so?", "hard", Effect(scale.id, max_mark=draw(st.integers(1, 2))))
        for scale in made[: draw(st.integers(0, 1))]
    )
    most = sum(scale.max for scale in made)
    return Rubric(
        draw(st.sampled_from(("made-up", "made-up", "made-up", "another"))),
        draw(st.sampled_from(("1", "2"))),
        "Made up",
        Status.READY,
        most,
        Scoring.PER_SCALE,
        made,
        tuple(Strand(StrandId(s), s, draw(st.sampled_from(("AO1", "AO2")))) for s in used_by(made)),
        (AssessmentObjective("AO1", most),),
        Provenance("ours", "made up"),
        caps=caps,
        penalties=(Penalty("p", "Late?", -draw(st.integers(1, 2)), "moderator"),),
    )


@st.composite
def markings(draw: st.DrawFn, rubric: Rubric, in_ink: bool = False) -> Marking:
    awards = []
    for scale in rubric.scales:
        blank = Award(M, scale.id, reason=draw(st.sampled_from(("", "", "agreed"))))
        strands = [strand.id for strand in rubric.strands_of(scale)]
        for strand in sorted(draw(st.sets(st.sampled_from(strands))) if strands else ()):
            placement = Placement(draw(st.integers(0, scale.top)), draw(st.integers(-1, 1)))
            blank = replace(blank, strands=(*blank.strands, (strand, placement)))
        match 5 if in_ink else draw(st.integers(0, 5)):
            case 0:
                award = blank
            case 1:
                award = with_no_response(blank, scale)
            case 2:
                award = with_mark(blank, scale, draw(st.integers(0, scale.max)), tentative=True)
            case 3 if scale.is_points:
                given = {item.id: draw(st.integers(0, item.max)) for item in scale.items}
                for name in draw(st.sets(st.sampled_from(list(given)))):
                    del given[name]
                award = with_points(blank, scale, given)
            case _:
                award = with_mark(blank, scale, draw(st.integers(0, scale.max)))
        if not award.is_empty:
            awards.append(award)
    is_whole = len(awards) == len(rubric.scales) and all(a.is_marked and not a.tentative for a in awards)
    status = draw(st.sampled_from(FINISHED)) if is_whole else MarkingStatus.IN_PROGRESS
    return marking(rubric, *awards, status=status)


@st.composite
def cases(draw: st.DrawFn, in_ink: bool = False) -> tuple[Marking, Rubric, Rubric]:
    old = draw(rubrics())
    kept = draw(st.lists(st.sampled_from(old.scales), unique_by=lambda scale: scale.id))
    new = draw(rubrics())
    by_id = {scale.id: scale for scale in new.scales} | {scale.id: scale for scale in kept}
    # Some scales as they were, so that a version isn't always another scheme altogether.
    made = tuple(by_id[name] for name in sorted(by_id))
    aos = {strand.id: strand.ao for strand in (*old.strands, *new.strands)}
    strands = tuple(Strand(StrandId(name), name, aos[StrandId(name)]) for name in used_by(made))
    new = replace(new, scales=made, strands=strands)
    if in_ink:
        new = replace(new, id=old.id)
    return draw(markings(old, in_ink)), old, new


def wrong_under(rubric: Rubric, found: Marking) -> list[str]:
    """All that the scheme doesn't have, or that no act of a marker could have left."""
    wrong = []
    for award in found.awards.values():
        scale = rubric.scale(award.scale)
        if scale is None:
            wrong.append(f"no scale {award.scale}")
            continue
        level = None if award.mark is None or scale.is_points else scale.level_of(award.mark)
        if award.mark is not None and not 0 <= award.mark <= scale.max:
            wrong.append(f"{award.mark} is no mark of {scale.id}")
        if award.level != level:
            wrong.append(f"{award.mark} is in {level}, not {award.level}")
        if award.is_empty or (award.no_response and award.mark is not None):
            wrong.append(f"{award} is none")
        if award.points:
            most = {item.id: item.max for item in scale.items}
            points = dict(award.points)
            wrong += [f"{name}: {n}" for name, n in award.points if n > most.get(name, -1)]
            if award.mark != (sum(points.values()) if len(points) == len(most) else None):
                wrong.append(f"{award.mark} is not what {points} come to")
        if award.tentative and award.mark is None:
            wrong.append(f"{award}: nothing in pencil")
        strands = {strand.id for strand in rubric.strands_of(scale)}
        wrong += [f"{name} at {p}" for name, p in award.strands if name not in strands or p.level > scale.top]
    if found.header.status in FINISHED:
        wrong += [s.id for s in rubric.scales if not found.award(s.id).is_marked or found.award(s.id).tentative]
    return wrong


@given(cases())
def test_what_comes_of_it_is_valid_under_the_new_version(case: tuple[Marking, Rubric, Rubric]) -> None:
    before, old, new = case
    assert wrong_under(old, before) == [], "the test's own"
    now, carried = after(before, old, new)
    assert now.header.rubric_hash == new.hash
    assert wrong_under(new, now) == []
    assert total(new, now.award_by_scale()).so_far <= new.max_mark or new.max_mark < sum(s.max for s in new.scales)
    assert (now.annotations, now.feedback, now.code_counts) == (before.annotations, before.feedback, before.code_counts)
    assert carry(now, new, new, STAMPS) == Carried(())
    if before.header.status in FINISHED:
        assert (now.header.status is before.header.status) == (not carried.again)
        assert (now.header.completed_at is None) == bool(carried.again)


@given(cases())
def test_undo_restores_it_exactly(case: tuple[Marking, Rubric, Rubric]) -> None:
    before, old, new = case
    now, carried = after(before, old, new)
    assert apply_all(now, tuple(invert(change) for change in reversed(carried.changes))) == before


@given(cases())
def test_no_mark_becomes_another_and_what_is_touched_is_in_pencil(case: tuple[Marking, Rubric, Rubric]) -> None:
    before, old, new = case
    now, carried = after(before, old, new)
    told = {item.scale for item in carried.again}
    for award in before.awards.values():
        scale, kept = new.scale(award.scale), now.awards.get(award.scale)
        if kept != award:
            assert award.scale in told, "nothing changes unsaid"
        if award.mark is not None and scale is not None:
            given = now.award(scale.id)
            if not given.points:  # a sum of points is told by its items, in the next test
                assert given.mark == (award.mark if award.mark <= scale.max else None)
            assert award.scale not in told or given.tentative == (given.mark is not None)
        if award.no_response and scale is not None:
            assert kept is not None
            assert kept.no_response


@given(cases())
def test_points_stay_with_their_items(case: tuple[Marking, Rubric, Rubric]) -> None:
    before, old, new = case
    now, _ = after(before, old, new)
    for award in before.awards.values():
        scale = new.scale(award.scale)
        most = {item.id: item.max for item in scale.items} if scale is not None else {}
        left = [(name, n) for name, n in award.points if n <= most.get(name, -1)]
        assert list(now.award(award.scale).points) == left


@given(cases())
def test_where_only_words_changed_nothing_is_to_be_looked_at(case: tuple[Marking, Rubric, Rubric]) -> None:
    before, old, other = case
    reworded = tuple(
        replace(s, title=f"{s.title}!", levels=tuple(replace(level, summary="New words.") for level in s.levels))
        for s in old.scales
    )
    new = replace(old, scales=reworded, version="9", title=other.title)
    now, carried = after(before, old, new)
    header = before.header
    assert carried.changes == (MarkingChanged(header, replace(header, rubric_hash=new.hash)),)
    assert carried.again == ()
    assert replace(now, header=header) == before


@given(cases(in_ink=True))
def test_a_major_change_is_told_of_any_finished_marking_with_marks(case: tuple[Marking, Rubric, Rubric]) -> None:
    before, old, new = case
    assert bool(carry(before, old, new, STAMPS).again) == compare(old, new).makes_marks_stale


# -- one change at a time

NEA = shipped_rubric("aqa-7042-nea-40")
ESSAY = shipped_rubric()


@pytest.mark.parametrize(("path", "value", "says"), MAJOR)
def test_every_kind_of_major_change_is_to_be_looked_at(path: tuple[Any, ...], value: Any, says: str) -> None:
    new = altered(*path, value=value)
    now, carried = after(finished(NEA, 12, 6, 7), NEA, new)
    assert carried.again
    assert now.header.status is MarkingStatus.IN_PROGRESS


@pytest.mark.parametrize(("path", "value", "says"), MINOR)
def test_no_kind_of_minor_change_is(path: tuple[Any, ...], value: Any, says: str) -> None:
    carried = carry(finished(NEA, 12, 6, 7), NEA, altered(*path, value=value), STAMPS)
    assert carried.again == ()
    assert len(carried.changes) == 1


def banded(old: Rubric, *tops: int, **more: Any) -> Rubric:
    """The version with other bands on its one scale."""
    (scale,) = old.scales
    levels = tuple(
        replace(level, min=low + 1, max=top, n=n)
        for n, (level, low, top) in enumerate(zip(scale.levels, (0, *tops), tops, strict=False), start=1)
    )
    return replace(old, version="2", scales=(replace(scale, levels=levels, max=tops[-1]),), max_mark=tops[-1], **more)


def test_the_mark_stays_and_its_level_is_that_of_the_new_bands() -> None:
    new = banded(ESSAY, 5, 10, 17, 21, 25)
    now, carried = after(finished(ESSAY, 16), ESSAY, new)
    award = now.award("main")
    assert (award.mark, award.level, award.tentative) == (16, 3, True)
    (item,) = carried.again
    assert (item.fate, item.told) == (Fate.PROPOSED, "16 was Level 4, is Level 3 now")
    assert item.why == "level 3: marks 11–15, now 11–17, and 2 other changes"


def test_the_same_level_is_in_pencil_all_the_same() -> None:
    now, carried = after(finished(ESSAY, 18), ESSAY, banded(ESSAY, 5, 10, 16, 20, 25))
    assert now.award("main").tentative
    assert carried.again[0].told == "18, Level 4, in pencil"


def test_a_mark_above_the_new_maximum_is_taken_off_with_its_level_alone() -> None:
    award = given_to(ESSAY, "main", 23, analysis=4, focus=5, judgement=3)
    before = marking(ESSAY, award, status=MarkingStatus.COMPLETE)
    now, carried = after(before, ESSAY, banded(ESSAY, 5, 10, 15, 20))
    left = now.awards.get("main")
    assert left is not None
    assert (left.mark, left.level, left.tentative) == (None, None, False)
    assert left.strands == (("analysis", Placement(4)), ("judgement", Placement(3))), "there is no level 5 any more"
    assert carried.again[0].told == "23, Level 5 taken off: it is out of 20 now"


def test_a_strand_that_is_gone_takes_its_placement_with_it() -> None:
    scale = ESSAY.scales[0]
    fewer = tuple(
        replace(level, strand={k: v for k, v in level.strand.items() if k != "focus"}) for level in scale.levels
    )
    strands = tuple(strand for strand in ESSAY.strands if strand.id != "focus")
    new = replace(ESSAY, scales=(replace(scale, levels=fewer),), strands=strands)
    now, carried = after(marking(ESSAY, given_to(ESSAY, "main", 16, focus=4, judgement=3)), ESSAY, new)
    assert now.award("main").strands == (("judgement", Placement(3)),)
    assert carried.again[0].why == "strand 'focus' is gone"
    placed_only = marking(ESSAY, Award(M, ScaleId("main"), strands=(("focus", Placement(4)),)))
    now, carried = after(placed_only, ESSAY, new)
    assert len(now.awards) == 0
    assert carried.again[0].told == "placements to look at"


def test_a_cap_is_about_its_own_scale() -> None:
    new = replace(NEA, caps=(Cap("one", "Is it one-sided?", "hard", Effect(ScaleId("ao2"), max_mark=4)),))
    now, carried = after(finished(NEA, 12, 6, 7), NEA, new)
    assert [(item.scale, item.why) for item in carried.again] == [("ao2", "cap 'one' is new")]
    assert [now.award(scale.id).tentative for scale in NEA.scales] == [False, True, False]


def test_scales_that_went_and_came() -> None:
    ao1, ao2, ao3 = NEA.scales
    new = replace(NEA, scales=(ao1, ao2, replace(ao3, id=ScaleId("ao4"), title="AO4 Style")))
    now, carried = after(finished(NEA, 12, 6, 7), NEA, new)
    assert {award.scale: award.mark for award in now.awards.values()} == {"ao1": 12, "ao2": 6}
    assert not now.award("ao1").tentative, "a scale that is as it was keeps its mark in ink"
    assert [(item.scale, item.fate, item.told) for item in carried.again] == [
        ("ao4", Fate.NEW, "no mark yet"),
        ("ao3", Fate.GONE, f"taken off: 7, Level {ao3.level_of(7)}"),
    ]
    _, begun = after(marking(NEA, given_to(NEA, "ao1", 12)), NEA, new)
    assert begun.again == (), "what isn't marked yet is marked when its turn comes"


def test_a_rule_about_the_whole_leaves_the_marks_in_ink_and_the_marking_open() -> None:
    new = replace(NEA, penalties=(replace(NEA.penalties[0], marks=-7), *NEA.penalties[1:]))
    now, carried = after(finished(NEA, 12, 6, 7), NEA, new)
    (item,) = carried.again
    assert (item.fate, item.scale) == (Fate.WHOLE, "")
    assert now.awards == finished(NEA, 12, 6, 7).awards
    assert now.header.status is MarkingStatus.IN_PROGRESS


def test_no_response_and_no_mark_have_nothing_to_look_at() -> None:
    scale = ESSAY.scales[0]
    nr = with_no_response(Award(M, scale.id), scale)
    new = banded(ESSAY, 5, 10, 16, 20, 25)
    now, carried = after(marking(ESSAY, nr, status=MarkingStatus.COMPLETE), ESSAY, new)
    assert (carried.again, now.header.status) == ((), MarkingStatus.COMPLETE)
    assert carry(marking(ESSAY), ESSAY, new, STAMPS).again == ()


def test_a_scheme_of_another_name_is_looked_at_in_full_unless_it_says_the_same() -> None:
    level = ESSAY.scales[0].levels[0]
    reworded = (replace(ESSAY.scales[0], levels=(replace(level, summary="Other."), *ESSAY.scales[0].levels[1:])),)
    other = replace(ESSAY, id="our-essay", scales=reworded)
    now, carried = after(finished(ESSAY, 16), ESSAY, other)
    assert [item.why for item in carried.again] == ["another mark scheme"]
    assert now.award("main").tentative
    assert carry(finished(ESSAY, 16), ESSAY, replace(ESSAY, id="our-essay"), STAMPS).again == ()


def test_from_levels_to_points() -> None:
    points = Scale(ScaleId("main"), "Main", ("AO1",), 25, (), kind="points", items=(Item("i", "words", 25),))
    before = marking(ESSAY, given_to(ESSAY, "main", 16, focus=4))
    now, _ = after(before, ESSAY, replace(ESSAY, scales=(points,), scoring=Scoring.POINTS))
    assert (now.award("main").mark, now.award("main").level, now.award("main").strands) == (16, None, ())


def pointed(most: dict[str, int]) -> Rubric:
    items = tuple(Item(name, "words", n) for name, n in most.items())
    scale = Scale(ScaleId("main"), "Main", ("AO1",), sum(most.values()), (), kind="points", items=items)
    return replace(ESSAY, scales=(scale,), scoring=Scoring.POINTS, max_mark=scale.max, strands=())


def test_points_of_items_that_are_left_make_the_mark_and_a_missing_one_leaves_none() -> None:
    old = pointed({"a": 2, "b": 3, "c": 1})
    award = with_points(Award(M, ScaleId("main")), old.scales[0], {"a": 2, "b": 1, "c": 1})
    before = marking(old, award, status=MarkingStatus.COMPLETE)
    now, carried = after(before, old, pointed({"a": 2, "b": 3}))
    assert (now.award("main").mark, now.award("main").points) == (3, (("a", 2), ("b", 1)))
    assert now.award("main").tentative
    assert carried.again[0].told == "4 is 3 now: items changed"
    now, carried = after(before, old, pointed({"a": 1, "b": 3, "c": 2}))
    assert (now.award("main").mark, now.award("main").points) == (None, (("b", 1), ("c", 1)))
    assert carried.again[0].told == "4 taken off: 2 so far, an item has no points yet"
    whole, _ = after(finished(old, 4), old, pointed({"a": 2, "b": 3}))
    assert (whole.award("main").mark, whole.award("main").points) == (4, ()), "typed for the whole: it stays"


def test_an_answer_stays_with_its_question() -> None:
    caps = (Cap("one", "Is it one-sided?", "hard", Effect(ScaleId("main"), max_level=3)),)
    old = replace(ESSAY, caps=caps)
    begun = marking(old, given_to(old, "main", 14))
    before = replace(begun, header=replace(begun.header, answers=(("one", True),)))
    tighter = replace(old, caps=(replace(caps[0], effect=Effect(ScaleId("main"), max_level=2)),))
    now, carried = after(before, old, tighter)
    assert now.header.answers == (("one", True),)
    assert carried.again[0].why == "cap one: highest level was 3, now 2"
    same = replace(old, id="another", title="Another")
    assert after(before, old, same)[0].header.answers == (("one", True),)
    asks = replace(same, caps=(replace(caps[0], ask="Is there no quotation?"),))
    assert after(before, old, asks)[0].header.answers == ()


def test_stamps_that_the_new_version_has_no_use_for_stay_and_are_counted() -> None:
    knowledge = Stamp("k", "K", "knowledge", Tone.CREDIT, frozenset({"knowledge"}))
    stamps = StampSet("t", "T", (knowledge, Stamp("v", "V", "", Tone.WEAK)))
    new = replace(ESSAY, strands=tuple(s for s in ESSAY.strands if s.id != "knowledge"))
    before = finished(ESSAY, 16)
    carried = carry(before, ESSAY, new, stamps)
    assert carried.idle_stamps == 1
    assert apply_all(before, carried.changes).annotations == before.annotations
    assert carry(before, ESSAY, replace(ESSAY, title="New"), stamps).idle_stamps == 0
    of_neither = StampSet("t", "T", (replace(knowledge, strands=frozenset({"style"})),))
    assert carry(before, ESSAY, new, of_neither).idle_stamps == 0, "it was idle before"
    note = next(iter(before.annotations.values()))
    for code, idle in (("AO1 L5", 1), ("AO1 L4", 0), ("AO2 L4", 0), ("", 0), ("of nobody", 0)):
        coded = before.with_annotation("a", replace(note, code=code))
        assert carry(coded, ESSAY, banded(ESSAY, 5, 10, 15, 20), stamps).idle_stamps == idle, code


def test_a_returned_marking_and_one_of_another_version_are_refused() -> None:
    new = banded(ESSAY, 5, 10, 16, 20, 25)
    refused: Callable[[Marking], Carried] = lambda found: carry(found, ESSAY, new, STAMPS)  # noqa: E731
    with pytest.raises(MarkingLocked):
        refused(marking(ESSAY, given_to(ESSAY, "main", 16), status=MarkingStatus.RETURNED))
    with pytest.raises(StaleChange):
        refused(marking(new, given_to(new, "main", 16)))
