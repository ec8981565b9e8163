"""An assignment taken over to another version of its mark scheme, on each kind of store, down to what is kept."""

from dataclasses import replace
from typing import Any

import pytest

from markdesk.core.changes import AnyChange, MarkingChanged, PaperChanged
from markdesk.core.coursework import Assignment
from markdesk.core.errors import MarkdeskError, StaleRevision, StoreUnavailable
from markdesk.core.essay import Span
from markdesk.core.history import Step, StepKind
from markdesk.core.ids import PaperSetId, StepId
from markdesk.core.marking import Marking, MarkingStatus
from markdesk.core.paper import Paper, PaperQuestion, PaperSet, Section
from markdesk.core.rubric import Provenance, Rubric, Status
from markdesk.desk.carrying import Takeover, Way, find_target, plan_takeover, take_over
from markdesk.desk.desk import Desk
from markdesk.desk.looking_again import waiting_among
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.sitting import Sitting
from tests.kit import SmallDesk, shipped_rubric

OLD = shipped_rubric()
REWORDED = replace(OLD, version="1.1", title="The same in other words")


def _other_bands() -> Rubric:
    scale = OLD.scales[0]
    ends = ((1, 5), (6, 10), (11, 17), (18, 21), (22, 25))
    levels = tuple(replace(level, min=a, max=b) for level, (a, b) in zip(scale.levels, ends, strict=True))
    return replace(OLD, version="2.0", scales=(replace(scale, levels=levels),))


BANDS = _other_bands()


class NoShelf:
    """For targets that are on the desk already."""

    def get(self, name: str) -> Rubric:
        raise AssertionError(name)


def assignment(small: SmallDesk) -> Assignment:
    (found,) = small.store.assignments()
    return found


def done(small: SmallDesk, new: Rubric, desk: Desk | None = None) -> Takeover:
    return take_over(desk or small.desk, small.assignment.id, new, 0)


def mark(opened: MarkingDesk, number: int, finish: bool = True) -> Marking:
    opened.give_mark("main", number)
    if opened.essay.text:
        opened.annotate(Span(0, 5), "K", "good")
    return opened.finish().marking if finish else opened.marking


def give_back(small: SmallDesk, place: int) -> None:
    marking = kept(small, place)
    new = StepId(small.ids.new())
    change = MarkingChanged(marking.header, replace(marking.header, status=MarkingStatus.RETURNED))
    step = Step(
        new, new, StepKind.DO, "return", "returned", (change,), small.clock.now(), small.desk.marker.id, marking.id
    )
    small.store.commit(step, marking.revision)


def kept(small: SmallDesk, place: int = 0, desk: Desk | None = None) -> Marking:
    found = small.store.marking(small.scripts[place].id, (desk or small.desk).marker.id)
    assert found is not None
    return found


def everything(small: SmallDesk) -> tuple[Any, ...]:
    markings = [
        small.store.marking(entry.script.id, entry.header.marker_id)
        for entry in small.store.entries(None)
        if entry.header is not None
    ]
    return small.store.assignments(), markings, small.store.info().counts, small.store.verify()


def assert_whole(small: SmallDesk) -> None:
    assert small.store.verify().problems == ()


def test_new_words_move_the_reference_alone(small_desk: SmallDesk) -> None:
    before = mark(small_desk.open(), 16)
    plan = done(small_desk, REWORDED)
    assert [script.way for script in plan.scripts] == [Way.NOT_BEGUN, Way.KEPT, Way.NOT_BEGUN]
    assert assignment(small_desk).rubric_hash == REWORDED.hash
    assert kept(small_desk) == replace(
        before, header=replace(before.header, rubric_hash=REWORDED.hash), revision=before.revision + 1
    )
    assert small_desk.store.rubric(REWORDED.hash) == REWORDED
    assert_whole(small_desk)


def test_other_bands_leave_the_mark_in_pencil_and_undo_takes_it_back_exactly(small_desk: SmallDesk) -> None:
    before = mark(small_desk.open(), 16)
    plan = done(small_desk, BANDS)
    assert plan.reasons == (("Essay", "level 3: marks 11–15, now 11–17, and 2 other changes", 1),)
    now = kept(small_desk)
    award = now.award("main")
    assert (award.mark, award.level, award.tentative) == (16, 3, True)
    assert (now.header.status, now.header.completed_at) == (MarkingStatus.IN_PROGRESS, None)
    opened = small_desk.open()
    assert opened.rubric == BANDS
    undone = opened.undo()
    assert undone.label == "Undo: new mark scheme, look again: 16 was Level 4, is Level 3 now"
    assert replace(undone.marking, revision=before.revision) == before
    assert opened.rubric == OLD, "the desk goes by the version that the marking is under"
    assert opened.choose_level("main", 3).marking.award("main").mark == 13, "the middle of 11 to 15"
    opened.undo()
    assert opened.redo().is_saved
    opened.undo()
    assert opened.redo().is_saved
    assert_whole(small_desk)


def test_redo_goes_by_the_new_version_again(small_desk: SmallDesk) -> None:
    mark(small_desk.open(), 16)
    done(small_desk, BANDS)
    opened = small_desk.open()
    opened.undo()
    opened.redo()
    assert opened.rubric == BANDS
    assert opened.choose_level("main", 3).marking.award("main").mark == 17, "the level was 3 already: its top is next"


def test_what_was_not_begun_is_marked_under_the_new_version(small_desk: SmallDesk) -> None:
    done(small_desk, BANDS)
    opened = small_desk.open(1)
    assert opened.rubric == BANDS
    assert mark(opened, 16).header.rubric_hash == BANDS.hash
    assert_whole(small_desk)


def test_a_returned_marking_stays_as_it_is(small_desk: SmallDesk) -> None:
    mark(small_desk.open(), 16)
    mark(small_desk.open(1), 9)
    give_back(small_desk, 0)
    before, steps = kept(small_desk), small_desk.store.steps(kept(small_desk).id)
    plan = done(small_desk, BANDS)
    assert [script.entry.script.id for script in plan.those(Way.RETURNED)] == [small_desk.scripts[0].id]
    assert kept(small_desk) == before
    assert small_desk.store.steps(before.id) == steps
    assert kept(small_desk, 1).header.rubric_hash == BANDS.hash
    sitting = Sitting(small_desk.desk, assignment(small_desk), "arrival")
    assert sitting.rubric == BANDS
    assert sitting.rubric_of(sitting.entries[0]) == OLD
    assert sitting.behind == 0, "it is where it belongs"


def test_a_returned_mark_is_added_up_under_the_scheme_that_it_was_given_under(small_desk: SmallDesk) -> None:
    mark(small_desk.open(), 16)
    give_back(small_desk, 0)
    done(small_desk, shipped_rubric("aqa-7042-nea-40"))
    sitting = Sitting(small_desk.desk, assignment(small_desk), "arrival")
    assert [str(sitting.total(entry)) for entry in sitting.entries] == ["16", "–", "–"]
    assert [sitting.total(entry).max for entry in sitting.entries] == [25, 40, 40]


def test_another_marker_s_markings_are_told_and_stay_until_she_takes_them(small_desk: SmallDesk) -> None:
    other = small_desk.other_marker()
    mark(small_desk.open(), 16)
    mark(MarkingDesk(other, other.store.entries(other.marker.id, script_id=small_desk.scripts[0].id)[0]), 12)
    theirs = kept(small_desk, desk=other)
    plan = done(small_desk, BANDS)
    assert plan.others == (("Mr Second", 1),)
    assert kept(small_desk, desk=other) == theirs
    assert Sitting(other, assignment(small_desk)).behind == 1
    again = done(small_desk, BANDS, other)
    assert again.old == BANDS, "the assignment is there already"
    assert [script.way for script in again.those(Way.LOOK_AGAIN)] == [Way.LOOK_AGAIN]
    assert kept(small_desk, desk=other).award("main").level == 3
    assert again.others == ()
    assert_whole(small_desk)


def test_a_plan_writes_nothing_and_says_what_is_done(small_desk: SmallDesk) -> None:
    mark(small_desk.open(), 16)
    mark(small_desk.open(1), 9, finish=False)
    before = everything(small_desk)
    plan = plan_takeover(small_desk.desk, assignment(small_desk), BANDS)
    assert everything(small_desk) == before
    assert done(small_desk, BANDS) == plan


def test_a_second_time_there_is_nothing_to_do(small_desk: SmallDesk) -> None:
    mark(small_desk.open(), 16)
    done(small_desk, BANDS)
    before = everything(small_desk)
    plan = done(small_desk, BANDS)
    assert not plan.does_something
    assert len(plan.those(Way.ALREADY)) == 1
    assert everything(small_desk) == before


def test_one_that_was_taken_back_can_be_taken_over_again(small_desk: SmallDesk) -> None:
    mark(small_desk.open(), 16)
    done(small_desk, BANDS)
    small_desk.open().undo()
    assert Sitting(small_desk.desk, assignment(small_desk)).behind == 1
    assert done(small_desk, BANDS).does_something
    assert kept(small_desk).award("main").tentative
    assert_whole(small_desk)


def test_the_whole_class_goes_back_to_an_earlier_version_by_its_name(small_desk: SmallDesk) -> None:
    mark(small_desk.open(), 16)
    done(small_desk, REWORDED)
    shelf: Any = NoShelf()
    small_desk.open().undo()  # so that a marking still refers to it
    back = find_target(small_desk.desk, shelf, assignment(small_desk), f"{OLD.id}@{OLD.version}")
    assert back == OLD
    done(small_desk, back)
    assert assignment(small_desk) == small_desk.assignment
    assert_whole(small_desk)


def test_an_essay_that_is_open_elsewhere_stops_it_whole(small_desk: SmallDesk) -> None:
    mark(small_desk.open(), 16)
    held = small_desk.store.hold(small_desk.scripts[1].id, small_desk.desk.marker.id)
    assert not isinstance(held, str)
    before = everything(small_desk)
    with pytest.raises(StoreUnavailable, match=r"Łucja Świderska's essay is open .* Nothing was changed"):
        done(small_desk, BANDS)
    assert everything(small_desk) == before
    held.release()
    done(small_desk, BANDS)
    held = small_desk.store.hold(small_desk.scripts[0].id, small_desk.desk.marker.id)
    assert not isinstance(held, str), "let go"
    held.release()


def test_a_window_that_had_the_essay_before_is_refused_and_reads_again(small_desk: SmallDesk) -> None:
    early = small_desk.open()
    mark(early, 16)
    done(small_desk, BANDS)
    with pytest.raises(StaleRevision):
        early.choose_level("main", 3)
    assert early.rubric == BANDS
    assert early.marking == kept(small_desk)
    assert early.step_mark("main", 1).marking.award("main").mark == 17


def test_a_fault_on_the_way_leaves_nothing(small_desk: SmallDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    mark(small_desk.open(), 16)
    mark(small_desk.open(1), 9)
    before = everything(small_desk)
    made = small_desk.store.commit
    count = 0

    def breaking(*args: Any, **kwargs: Any) -> None:
        nonlocal count
        count += 1
        if count == 3:
            raise StoreUnavailable("The disk is full.")
        made(*args, **kwargs)

    monkeypatch.setattr(small_desk.store, "commit", breaking)
    with pytest.raises(StoreUnavailable):
        done(small_desk, BANDS)
    monkeypatch.undo()
    assert count == 3
    assert everything(small_desk) == before
    assert_whole(small_desk)


def test_it_waits_to_be_looked_at_until_it_is_finished_or_taken_back(small_desk: SmallDesk) -> None:
    desk = small_desk.desk
    mark(small_desk.open(), 16)
    mark(small_desk.open(1), 9)
    mark(small_desk.open(2), 11, finish=False)

    def waiting() -> list[str]:
        found = waiting_among(desk.store, desk.store.entries(desk.marker.id))
        return [script.id for script in small_desk.scripts if script.id in found]

    assert waiting() == []
    done(small_desk, BANDS)
    first, second, third = (script.id for script in small_desk.scripts)
    assert waiting() == [first, second, third]
    small_desk.open(0).finish()
    assert waiting() == [second, third]
    assert not kept(small_desk, 0).award("main").tentative
    small_desk.open(1).undo()
    assert waiting() == [third]
    done(small_desk, replace(BANDS, title="New words"))
    assert waiting() == [second, third], "and what is under new words waits as before"
    small_desk.open(0).undo()
    small_desk.open(0).undo()
    assert waiting() == [first, second, third], "the finishing was taken back"
    small_desk.open(0).finish()
    while small_desk.open(0).marking.award("main").is_marked:
        small_desk.open(0).cycle_zero("main")
    assert kept(small_desk, 0).header.status is MarkingStatus.IN_PROGRESS
    assert waiting() == [second, third], "what was finished since has been looked at"


def set_paper(small: SmallDesk, most: int) -> None:
    question = PaperQuestion("02", OLD.id, most, "Why?")
    sections = (Section("B", "Section B", (question,)),)
    paper = Paper("p", "1", "The mock", Status.READY, sections, Provenance("ours", "made up"))
    exam = PaperSet(PaperSetId("exam"), "Mock", paper, (("02", small.assignment.id),), "2026-11-23", small.group.id)
    changes: tuple[AnyChange, ...] = (PaperChanged(None, exam),)
    small.desk.commit("exam", "a paper", changes)


def test_a_question_of_an_exam_keeps_its_marks(small_desk: SmallDesk) -> None:
    set_paper(small_desk, 25)
    before = everything(small_desk)
    with pytest.raises(MarkdeskError, match=r"question 02 of the exam 'Mock' and out of 25; .* is out of 20"):
        done(small_desk, shipped_rubric("edexcel-9hi0-essay-20"))
    assert everything(small_desk) == before
    assert done(small_desk, BANDS).does_something


def test_to_another_scheme_altogether(small_desk: SmallDesk) -> None:
    opened = small_desk.open()
    mark(opened, 16, finish=False)
    opened.finish()
    new = shipped_rubric("aqa-7042-nea-40")
    plan = done(small_desk, new)
    now = kept(small_desk)
    assert len(now.awards) == 0
    assert len(now.annotations) == 1
    assert {item.fate.value for item in plan.scripts[1].again} == {"gone", "new"}
    assert small_desk.open().undo().marking.award("main").mark == 16
    assert_whole(small_desk)
