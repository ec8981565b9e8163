"""What the marker asks for is what is committed: labels, merging, refusals, and nothing kept before the first act."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from markdesk.core.award import Placement
from markdesk.core.changes import MarkingChanged
from markdesk.core.errors import MarkingLocked, MarkOutOfRange, NotFound, StaleRevision, StoreUnavailable
from markdesk.core.essay import Span
from markdesk.core.feedback import Field
from markdesk.core.ids import MarkerId, RubricHash
from markdesk.core.marking import MarkingStatus
from markdesk.core.people import Marker
from markdesk.desk.marking_desk import COMMENT_EDITOR, MarkingDesk, Outcome
from markdesk.store.memory.store import MemoryStore
from tests.kit import HARD_ESSAY, SECOND_ESSAY, SmallDesk, fill, shipped_rubric

SIC = HARD_ESSAY.text.index("[sic]")


def kept(small: SmallDesk, marking_desk: MarkingDesk) -> bool:
    """Whether the store holds exactly what the desk shows, for a fresh desk too."""
    stored = small.store.marking(marking_desk.entry.script.id, small.desk.marker.id)
    again = MarkingDesk(small.desk, marking_desk.entry)
    return (
        stored == marking_desk.marking
        and again.marking == marking_desk.marking
        and again.history.done == marking_desk.history.done
        and again.history.undone == marking_desk.history.undone
    )


def status(marking_desk: MarkingDesk) -> MarkingStatus:
    return marking_desk.marking.header.status


def test_looking_leaves_no_trace(memory_desk: SmallDesk) -> None:
    before = memory_desk.store.verify().changes
    marking_desk = memory_desk.open()
    assert marking_desk.undo().label == "Nothing to undo in this essay"
    assert not marking_desk.redo().is_saved
    assert not marking_desk.step_mark("main", 1).is_saved
    assert not marking_desk.finish().is_saved
    assert memory_desk.store.verify().changes == before
    assert memory_desk.store.markers() == ()
    assert memory_desk.entry().header is None


def test_the_first_act_begins_the_marking_and_names_the_marker(memory_desk: SmallDesk) -> None:
    marking_desk = memory_desk.open()
    outcome = marking_desk.annotate(Span(SIC, SIC + 5), "K", "  look\r\nhere \n")
    assert outcome.is_saved
    assert outcome.label == "K on ¶1"
    assert isinstance(outcome.changes[0], MarkingChanged)
    (annotation,) = outcome.marking.annotations.values()
    assert (annotation.anchor.exact, annotation.comment) == ("[sic]", "look\nhere")
    assert outcome.marking.revision == 1
    assert [marker.name for marker in memory_desk.store.markers()] == ["Ms Test"]
    assert kept(memory_desk, marking_desk)
    assert memory_desk.open(1).annotate(Span(0, 10), "", "why?").label == "comment on ¶1"
    assert len(memory_desk.store.markers()) == 1


def test_a_comment_is_written_rewritten_and_goes_when_it_is_all_there_was(memory_desk: SmallDesk) -> None:
    marking_desk = memory_desk.open(1)
    marking_desk.annotate(Span(0, 10), "", "why?")
    (bare,) = marking_desk.marking.annotations.values()
    assert marking_desk.comment(bare.id, "how?").label == "comment on ¶1"
    assert not marking_desk.comment(bare.id, " how? ").is_saved
    marking_desk.annotate(Span(11, 20), "K", "good")
    stamped = next(a for a in marking_desk.marking.annotations.values() if a.code)
    marking_desk.comment(stamped.id, "")
    assert marking_desk.marking.annotations.get(stamped.id) == replace(stamped, comment="")
    assert marking_desk.comment(bare.id, "  ").label == "comment removed"
    assert marking_desk.marking.annotations.get(bare.id) is None
    with pytest.raises(NotFound):
        marking_desk.comment(bare.id, "again")
    with pytest.raises(NotFound):
        marking_desk.remove_annotation(bare.id)
    assert marking_desk.remove_annotation(stamped.id).label == "K removed from ¶1"
    assert kept(memory_desk, marking_desk)


def test_an_annotation_that_says_nothing_is_not_made(memory_desk: SmallDesk) -> None:
    marking_desk = memory_desk.open(1)
    assert not marking_desk.annotate(Span(0, 10), "", " \n ").is_saved
    assert len(marking_desk.marking.annotations) == 0
    assert memory_desk.entry(1).header is None


def test_levels_and_marks(memory_desk: SmallDesk) -> None:
    marking_desk = memory_desk.open()
    labels = [
        marking_desk.choose_level("main", 4).label,
        marking_desk.choose_level("main", 4).label,
        marking_desk.step_mark("main", 1).label,
        marking_desk.give_mark("main", 0).label,
        marking_desk.cycle_zero("main").label,
        marking_desk.cycle_zero("main").label,
    ]
    assert labels == [
        "to Level 4, 18 of 25",
        "to Level 4, 20 of 25",
        "to Level 5, 21 of 25",
        "0: nothing that can be credited",
        "no response (NR)",
        "unmarked",
    ]
    assert len(marking_desk.marking.awards) == 0
    with pytest.raises(MarkOutOfRange):
        marking_desk.give_mark("main", 26)
    with pytest.raises(MarkOutOfRange):
        marking_desk.choose_level("main", 6)
    with pytest.raises(NotFound, match="main"):
        marking_desk.give_mark("ao9", 3)
    assert kept(memory_desk, marking_desk)


def test_labels_name_the_scale_where_there_are_several() -> None:
    small = fill(MemoryStore(), shipped_rubric("aqa-7042-nea-40"))
    assert small.open().choose_level("ao2", 4).label.endswith("to Level 4, 7 of 10")
    assert small.open().choose_level("ao2", 4).label != "to Level 4, 8 of 10"


def test_the_first_digit_of_a_typed_mark_is_taken_back(memory_desk: SmallDesk) -> None:
    marking_desk = memory_desk.open()
    marking_desk.give_mark("main", 9)
    memory_desk.clock.wait(100)
    marking_desk.choose_level("main", 1)
    marking_desk.take_back_level("main")
    assert marking_desk.marking.award("main").mark == 9
    marking_desk.give_mark("main", 17)
    marking_desk.undo()
    assert marking_desk.marking.award("main").mark == 9
    assert not marking_desk.take_back_level("main").is_saved
    assert kept(memory_desk, marking_desk)


def test_a_stray_digit_never_takes_a_saved_mark_away(memory_desk: SmallDesk) -> None:
    marking_desk = memory_desk.open()
    marking_desk.choose_level("main", 4)
    marking_desk.step_mark("main", 1)
    marking_desk.finish()
    assert not marking_desk.take_back_level("main").is_saved
    assert (marking_desk.marking.award("main").level, marking_desk.marking.award("main").mark) == (4, 19)
    assert kept(memory_desk, marking_desk)


def test_taking_a_level_back_takes_nothing_else_back(memory_desk: SmallDesk) -> None:
    marking_desk = memory_desk.open()
    marking_desk.choose_level("main", 1)
    marking_desk.place_strand("main", "focus", Placement(3))
    marking_desk.take_back_level("main")
    assert marking_desk.marking.award("main").placement("focus") == Placement(3)


def test_taps_within_a_minute_are_one_undo(memory_desk: SmallDesk) -> None:
    marking_desk = memory_desk.open()
    marking_desk.give_mark("main", 10)
    memory_desk.clock.wait(61)
    for _ in range(5):
        marking_desk.step_mark("main", 1)
        memory_desk.clock.wait(20)
    assert marking_desk.undo().label == "Undo: to Level 3, 15 of 25"
    assert marking_desk.marking.award("main").mark == 10
    assert marking_desk.redo().label == "Redo: to Level 3, 15 of 25"
    assert marking_desk.marking.award("main").mark == 15
    assert kept(memory_desk, marking_desk)


def test_undo_reaches_back_across_a_restart(memory_desk: SmallDesk) -> None:
    memory_desk.open().give_mark("main", 10)
    memory_desk.clock.wait(86_400)
    memory_desk.open().annotate(Span(0, 5), "K")
    third = memory_desk.open()
    third.undo()
    third.undo()
    assert not third.undo().is_saved
    assert len(third.marking.annotations) == 0
    assert third.marking.award("main").is_empty
    fourth = memory_desk.open()
    fourth.redo()
    assert fourth.marking.award("main").mark == 10


def test_strands_never_move_the_mark(memory_desk: SmallDesk) -> None:
    marking_desk = memory_desk.open()
    marking_desk.give_mark("main", 12)
    assert marking_desk.place_strand("main", "focus", Placement(4)).label == "focus at L4"
    marking_desk.secure_strand("main", "focus", 1)
    marking_desk.secure_strand("main", "focus", 1)
    assert marking_desk.marking.award("main").placement("focus") == Placement(4, 1)
    assert marking_desk.place_strand("main", "focus", None).label == "focus not placed"
    assert not marking_desk.secure_strand("main", "focus", 1).is_saved
    assert marking_desk.marking.award("main").mark == 12
    for strand, level in (("fokus", 4), ("focus", 6)):
        with pytest.raises(NotFound):
            marking_desk.place_strand("main", strand, Placement(level))
    assert not marking_desk.accept_suggestion("main").is_saved, "a holistic scheme suggests nothing"


def test_a_suggestion_is_taken_only_when_asked_for() -> None:
    small = fill(MemoryStore(), shipped_rubric("edexcel-9hi0-essay-20"))
    marking_desk = small.open()
    for strand in ("analysis", "knowledge", "judgement"):
        marking_desk.place_strand("main", strand, Placement(4))
    assert not marking_desk.accept_suggestion("main").is_saved
    marking_desk.place_strand("main", "organisation", Placement(4))
    assert marking_desk.marking.award("main").mark is None
    marking_desk.accept_suggestion("main")
    assert marking_desk.marking.award("main").mark == 15


def test_feedback_lines(memory_desk: SmallDesk) -> None:
    marking_desk = memory_desk.open()
    assert marking_desk.write_feedback(Field.WWW, 2, " Sharp dates. ").label == "WWW written"
    assert marking_desk.marking.line(Field.WWW, 2) is not None
    assert not marking_desk.write_feedback(Field.WWW, 2, "Sharp dates.").is_saved
    assert not marking_desk.write_feedback(Field.EBI, 1, "").is_saved
    assert marking_desk.write_feedback(Field.WWW, 2, "").label == "WWW removed"
    for field, place in ((Field.WWW, 3), (Field.WWW, 0), (Field.EBI, 2)):
        with pytest.raises(NotFound):
            marking_desk.write_feedback(field, place, "x")
    assert kept(memory_desk, marking_desk)


def test_finishing_makes_a_mark_firm(memory_desk: SmallDesk) -> None:
    marking_desk = memory_desk.open()
    assert "no mark yet for Essay" in marking_desk.finish().label
    marking_desk.choose_level("main", 3)
    assert marking_desk.marking.award("main").tentative
    memory_desk.clock.wait(30)
    assert marking_desk.finish().is_saved
    assert not marking_desk.marking.award("main").tentative
    assert status(marking_desk) == MarkingStatus.COMPLETE
    assert marking_desk.marking.header.completed_at == "2026-11-23T09:30:30.000+00:00"
    assert not marking_desk.finish().is_saved
    marking_desk.undo()
    assert status(marking_desk) == MarkingStatus.IN_PROGRESS
    assert marking_desk.marking.award("main").tentative
    marking_desk.redo()
    assert kept(memory_desk, marking_desk)


def test_no_response_counts_as_marked_and_unmarking_reopens(memory_desk: SmallDesk) -> None:
    marking_desk = memory_desk.open(2)
    marking_desk.cycle_zero("main")
    marking_desk.cycle_zero("main")
    assert marking_desk.finish().is_saved
    marking_desk.cycle_zero("main")
    assert status(marking_desk) == MarkingStatus.IN_PROGRESS
    assert marking_desk.marking.header.completed_at is None
    marking_desk.undo()
    assert status(marking_desk) == MarkingStatus.COMPLETE
    assert marking_desk.marking.award("main").no_response


def returned(small: SmallDesk) -> MarkingDesk:
    marking_desk = small.open()
    marking_desk.give_mark("main", 12)
    marking_desk.finish()
    header = marking_desk.marking.header
    away = MarkingChanged(header, replace(header, status=MarkingStatus.RETURNED))
    marking_desk._do("return", "returned", away)
    return small.open()


def test_a_returned_marking_is_read_only_until_reopened(memory_desk: SmallDesk) -> None:
    marking_desk = returned(memory_desk)
    before = memory_desk.store.verify().changes
    acts: list[Callable[[], Outcome]] = [
        lambda: marking_desk.give_mark("main", 13),
        lambda: marking_desk.annotate(Span(0, 3), "K"),
        lambda: marking_desk.write_feedback(Field.EBI, 1, "x"),
    ]
    for act in acts:
        with pytest.raises(MarkingLocked):
            act()
    assert memory_desk.store.verify().changes == before
    assert marking_desk.reopen().label == "reopened"
    assert not marking_desk.reopen().is_saved
    assert marking_desk.give_mark("main", 13).is_saved
    assert kept(memory_desk, marking_desk)


def test_a_second_window_is_refused_and_reads_the_truth(memory_desk: SmallDesk) -> None:
    one, two = memory_desk.open(), memory_desk.open()
    one.give_mark("main", 12)
    with pytest.raises(StaleRevision):
        two.annotate(Span(0, 3), "K")
    assert two.marking == one.marking
    two.annotate(Span(0, 3), "K")
    with pytest.raises(StaleRevision):
        one.annotate(Span(0, 3), "V")
    assert [a.code for a in one.marking.annotations.values()] == ["K"]
    one.undo()
    assert len(one.marking.annotations) == 0
    assert kept(memory_desk, one)


def test_two_windows_of_one_new_marker_become_one_marker(memory_desk: SmallDesk) -> None:
    """Each window made up an id for the name before either had marked."""
    other = replace(memory_desk.desk, marker=Marker(MarkerId("made-up-elsewhere"), memory_desk.desk.marker.name))
    late = MarkingDesk(other, memory_desk.entry())
    early = memory_desk.open()
    early.give_mark("main", 12)
    with pytest.raises(StaleRevision):
        late.give_mark("main", 13)
    assert late.marking == early.marking
    assert late.give_mark("main", 13).is_saved
    assert len(memory_desk.store.markers()) == 1
    assert memory_desk.open().marking.award("main").mark == 13


def test_a_held_script_takes_nothing(memory_desk: SmallDesk) -> None:
    marking_desk = memory_desk.open()
    marking_desk.held_by = "Ms Test, process 4711"
    before = memory_desk.store.verify().changes
    with pytest.raises(MarkingLocked, match="4711"):
        marking_desk.give_mark("main", 12)
    assert memory_desk.store.verify().changes == before
    assert memory_desk.store.markers() == ()


class FailingStore(MemoryStore):
    """Refuses every commit once told to."""

    fails = False

    def commit(self, *given: object, **named: object) -> None:
        if self.fails:
            raise StoreUnavailable("the disk is full.")
        super().commit(*given, **named)  # type: ignore[arg-type]


def test_nothing_is_shown_that_was_not_saved() -> None:
    store = FailingStore()
    small = fill(store)
    marking_desk = small.open()
    marking_desk.give_mark("main", 10)
    before, history = marking_desk.marking, list(marking_desk.history.done)
    store.fails = True
    acts: list[Callable[[], Outcome]] = [
        lambda: marking_desk.give_mark("main", 12),
        lambda: marking_desk.annotate(Span(0, 3), "K"),
        marking_desk.undo,
        marking_desk.finish,
    ]
    for act in acts:
        with pytest.raises(StoreUnavailable):
            act()
    assert marking_desk.marking == before
    assert marking_desk.history.done == history
    assert marking_desk.history.undone == []
    store.fails = False
    assert marking_desk.give_mark("main", 12).is_saved
    assert kept(small, marking_desk)


def test_a_draft_lives_until_its_editor_is_closed(memory_desk: SmallDesk) -> None:
    marking_desk = memory_desk.open()
    marking_desk.keep_draft(COMMENT_EDITOR, "half a com", Span(3, 9))
    marking_desk.keep_draft(COMMENT_EDITOR, "half a comm\r\nent", Span(3, 9))
    marking_desk.keep_draft("ebi.1", "use dates")
    drafts = {draft.editor: draft for draft in memory_desk.open().drafts()}
    assert drafts[COMMENT_EDITOR].text == "half a comm\nent"
    assert drafts[COMMENT_EDITOR].target == Span(3, 9)
    assert memory_desk.store.verify().problems == ()
    marking_desk.annotate(Span(3, 9), "", "half a comment", closes=(COMMENT_EDITOR,))
    assert [draft.editor for draft in marking_desk.drafts()] == ["ebi.1"]
    marking_desk.drop_draft("ebi.1")
    assert marking_desk.drafts() == ()


def closed_unchanged(marking_desk: MarkingDesk, editor: str) -> Outcome:
    marking_desk.keep_draft(editor, "as it was, then more")
    if editor == COMMENT_EDITOR:
        (annotation,) = marking_desk.marking.annotations.values()
        return marking_desk.comment(annotation.id, annotation.comment, closes=(editor,))
    return marking_desk.write_feedback(Field.EBI, 1, "use dates", closes=(editor,))


@pytest.mark.parametrize("editor", [COMMENT_EDITOR, "ebi.1"])
def test_an_editor_closed_without_a_change_leaves_no_draft(memory_desk: SmallDesk, editor: str) -> None:
    marking_desk = memory_desk.open()
    marking_desk.annotate(Span(3, 9), "", "why?")
    marking_desk.write_feedback(Field.EBI, 1, "use dates")
    assert not closed_unchanged(marking_desk, editor).is_saved
    assert marking_desk.drafts() == ()


def test_a_handwritten_script_is_marked_without_text(memory_desk: SmallDesk) -> None:
    marking_desk = memory_desk.open(2)
    assert marking_desk.essay.text == "p1 ¶1", "a pad of places stands where a text would"
    marking_desk.give_mark("main", 12)
    assert marking_desk.write_feedback(Field.COMMENT, 1, "Neat.").is_saved
    assert marking_desk.finish().is_saved
    assert kept(memory_desk, marking_desk)


def test_a_marking_keeps_the_text_and_scheme_it_was_begun_with(memory_desk: SmallDesk) -> None:
    first = memory_desk.open(1)
    first.give_mark("main", 12)
    entry = memory_desk.entry(1)
    newer = replace(
        entry,
        script=replace(entry.script, essay_hash=memory_desk.scripts[0].essay_hash, version=2),
        assignment=replace(entry.assignment, rubric_hash=RubricHash("sha256:another")),
    )
    again = MarkingDesk(memory_desk.desk, newer, essay=HARD_ESSAY)
    assert again.essay == SECOND_ESSAY
    assert again.rubric == memory_desk.rubric


def test_the_answer_to_a_cap_is_undone_also_where_it_was_the_first_act(memory_desk: SmallDesk) -> None:
    opened = memory_desk.open()
    cap = opened.rubric.caps[0].id
    assert opened.answer_cap(cap, True).is_saved
    assert opened.marking.header.answer_by_cap == {cap: True}
    assert opened.undo().is_saved
    assert opened.marking.header.answer_by_cap == {}
