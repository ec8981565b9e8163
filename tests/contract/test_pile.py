"""What a pile is told besides its marks, in every kind of store: notes, absences, acts, what became of a task."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from markdesk.core.changes import (
    AbsenceChanged,
    AnyChange,
    AssignmentChanged,
    MarkingChanged,
    QueueNoteChanged,
    ScriptChanged,
    follows_up,
)
from markdesk.core.coursework import Returns
from markdesk.core.errors import MarkingLocked, StaleChange
from markdesk.core.feedback import Field
from markdesk.core.ids import AssignmentId, MarkerId, ScriptId
from markdesk.core.marking import MarkingHeader, MarkingStatus, TaskDone
from markdesk.core.queue_notes import Absence, Heap, QueueNote, Why
from markdesk.desk.marking_desk import Outcome
from markdesk.desk.ports import LastTarget
from markdesk.desk.sitting import Sitting
from tests.conftest import Reopen
from tests.kit import SmallDesk


def do(small: SmallDesk, *changes: AnyChange) -> None:
    small.desk.commit("queue", "a note", changes)


def note_of(small: SmallDesk, place: int = 0, heap: Heap | None = None, is_flagged: bool = False) -> QueueNote:
    return QueueNote(small.scripts[place].id, small.desk.marker.id, heap, is_flagged)


@pytest.mark.parametrize("heap", [*Heap, None])
def test_a_note_comes_back_with_its_script_and_for_its_marker_alone(
    small_desk: SmallDesk, reopen: Reopen, heap: Heap | None
) -> None:
    note = note_of(small_desk, 1, heap=heap, is_flagged=True)
    do(small_desk, QueueNoteChanged(None, note))
    store, me = reopen(small_desk.store), small_desk.desk.marker.id
    script = small_desk.scripts[1].id
    assert [entry.note for entry in store.entries(me, script_id=script)] == [note]
    assert [entry.note for entry in store.entries(None, script_id=script)] == [None]
    assert [entry.note for entry in store.entries(MarkerId("another"), script_id=script)] == [None]
    assert store.verify().problems == ()


def test_a_note_is_altered_and_taken_back_from_what_it_was(small_desk: SmallDesk) -> None:
    first = note_of(small_desk, heap=Heap.WEAK)
    second = replace(first, heap=Heap.GOOD)
    do(small_desk, QueueNoteChanged(None, first))
    with pytest.raises(StaleChange):
        do(small_desk, QueueNoteChanged(None, second))
    do(small_desk, QueueNoteChanged(first, second))
    do(small_desk, QueueNoteChanged(second, None))
    assert small_desk.entry().note is None
    assert small_desk.store.verify().problems == ()


def test_absences_are_of_one_assignment(small_desk: SmallDesk, reopen: Reopen) -> None:
    one, two = small_desk.students[:2]
    other = replace(small_desk.assignment, id=AssignmentId("other"), name="Another")
    late = Absence(small_desk.assignment.id, one.id, Why.LATE)
    away = Absence(small_desk.assignment.id, two.id, Why.ABSENT)
    do(small_desk, AssignmentChanged(None, other), AbsenceChanged(None, away), AbsenceChanged(None, late))
    do(small_desk, AbsenceChanged(None, Absence(other.id, one.id, Why.EXTENSION)))
    store = reopen(small_desk.store)
    assert store.absences(small_desk.assignment.id) == tuple(sorted((late, away), key=lambda a: a.student_id))
    small_desk.desk.store = store
    do(small_desk, AbsenceChanged(late, None))
    assert store.absences(small_desk.assignment.id) == (away,)
    assert [absence.why for absence in store.absences(other.id)] == [Why.EXTENSION]
    assert store.verify().problems == ()


def test_an_assignment_keeps_how_it_is_marked(small_desk: SmallDesk, reopen: Reopen) -> None:
    ways: tuple[dict[str, Any], ...] = (
        {"is_anonymous": True},
        {"by_scale": True},
        {"is_anonymous": False},
        {"returns": Returns.LEVEL},
    )
    for way in ways:
        (before,) = small_desk.store.assignments()
        do(small_desk, AssignmentChanged(before, replace(before, **way)))
        small_desk.desk.store = reopen(small_desk.store)
        assert small_desk.store.assignments() == (replace(before, **way),)


def test_the_acts_of_a_pile_are_in_their_order(small_desk: SmallDesk) -> None:
    one, two = small_desk.open(0), small_desk.open(1)
    one.give_mark("main", 12)
    small_desk.clock.wait(60)
    two.give_mark("main", 9)
    small_desk.clock.wait(60)
    one.undo()
    acts = small_desk.store.acts(small_desk.desk.marker.id, small_desk.assignment.id)
    assert [act.script_id for act in acts] == [s.id for s in (*small_desk.scripts[:2], small_desk.scripts[0])]
    assert [act.at for act in acts] == sorted(act.at for act in acts)
    assert small_desk.store.acts(MarkerId("another"), small_desk.assignment.id) == ()


def test_checking_a_task_takes_no_time_of_the_marking(small_desk: SmallDesk) -> None:
    opened = small_desk.open(0)
    opened.give_mark("main", 12)
    opened.write_feedback(Field.TASK, 1, "Rewrite the second paragraph.")
    opened.finish()
    opened.return_to_student()
    before = small_desk.store.acts(small_desk.desk.marker.id, small_desk.assignment.id)
    small_desk.clock.wait(120)
    acts: tuple[Callable[[], Outcome], ...] = (
        lambda: opened.record_task(TaskDone.DONE), opened.undo, opened.redo,
    )  # fmt: skip
    for act in acts:
        assert act().is_saved
        assert small_desk.store.acts(small_desk.desk.marker.id, small_desk.assignment.id) == before
    assert opened.reopen().is_saved
    assert opened.undo().is_saved
    assert len(small_desk.store.acts(small_desk.desk.marker.id, small_desk.assignment.id)) == len(before) + 2


def test_what_another_marker_did_to_a_marking_is_no_time_of_hers(small_desk: SmallDesk) -> None:
    """A colleague who takes in a newer text moves the marking on: a step of his in her log."""
    opened = small_desk.open(0)
    opened.give_mark("main", 12)
    mine = small_desk.desk.marker.id
    before = small_desk.store.acts(mine, small_desk.assignment.id)
    colleague = small_desk.other_marker()
    colleague.know_marker()
    header = opened.marking.header
    change = MarkingChanged(header, replace(header, parts=(("a", 0),)))
    step = replace(colleague.step("text", "moved to a newer text", (change,)), marking_id=opened.marking.id)
    small_desk.store.commit(step, opened.marking.revision)
    assert small_desk.store.acts(mine, small_desk.assignment.id) == before
    assert small_desk.store.acts(colleague.marker.id, small_desk.assignment.id) == ()


def test_what_became_of_the_task_is_kept_on_a_returned_essay_and_nothing_else_is(
    small_desk: SmallDesk, reopen: Reopen
) -> None:
    opened = small_desk.open()
    opened.give_mark("main", 12)
    opened.finish()
    opened.return_to_student()
    before = opened.marking.header
    done = replace(before, task_done=TaskDone.WELL, task_done_at="2026-11-25T10:00:00.000+00:00")
    step = replace(small_desk.desk.step("task", "done well", (MarkingChanged(before, done),)), marking_id=before.id)
    small_desk.store.commit(step, opened.marking.revision)
    small_desk.desk.store = reopen(small_desk.store)
    marking = small_desk.store.marking(before.script_id, before.marker_id)
    assert marking is not None
    assert (marking.header, marking.is_locked) == (done, True)
    opened = small_desk.open()
    with pytest.raises(MarkingLocked):
        opened.give_mark("main", 13)


@pytest.mark.parametrize(
    ("after", "is_follow_up"),
    [
        ({"task_done": TaskDone.DONE, "task_done_at": "2026-11-25"}, True),
        ({"task_done": TaskDone.DONE, "parts": (("a", 0),)}, False),
        ({"parts": (("a", 0),)}, False),
        ({"rubric_hash": "x"}, False),
        ({"completed_at": "2026-11-25"}, False),
    ],
)
def test_only_the_task_follows_up(small_desk: SmallDesk, after: dict[str, Any], is_follow_up: bool) -> None:
    opened = small_desk.open()
    opened.give_mark("main", 12)
    before: MarkingHeader = replace(opened.marking.header, status=MarkingStatus.RETURNED)
    changed = MarkingChanged(before, replace(before, **after))
    assert follows_up(changed) == is_follow_up


def test_the_parts_of_an_answer_come_back(small_desk: SmallDesk, reopen: Reopen) -> None:
    opened = small_desk.open()
    opened.give_mark("main", 12)
    before = opened.marking.header
    after = replace(before, parts=(("a", 0), ("b", 120)))
    step = replace(small_desk.desk.step("part", "b begins", (MarkingChanged(before, after),)), marking_id=before.id)
    small_desk.store.commit(step, opened.marking.revision)
    marking = reopen(small_desk.store).marking(before.script_id, before.marker_id)
    assert marking is not None
    assert marking.header.parts == (("a", 0), ("b", 120))


def test_the_last_target_is_that_of_the_essay_before(small_desk: SmallDesk) -> None:
    desk, old = small_desk.desk, small_desk.assignment
    dates = {"Reformation": "2026-10-01", "Wars": "2026-11-01", "Later": "2026-12-01"}
    for n, (name, day) in enumerate(dates.items()):
        task = replace(old, id=AssignmentId(f"task-{n}"), name=name, set_on=day)
        script = replace(small_desk.scripts[2], id=ScriptId(f"script-1000{n}"), assignment_id=task.id)
        desk.commit("import", name, (AssignmentChanged(None, task), ScriptChanged(None, script)))
        sitting = Sitting(desk, task)
        marking_desk = sitting.open(script.id)
        marking_desk.write_feedback(Field.TARGET, 1, f"Target of {name}")
        if name == "Wars":
            marking_desk.give_mark("main", 5)
            small_desk.clock.wait(86_400)
            marking_desk.finish()
            of = marking_desk.marking.id
        sitting.close()
    sitting = Sitting(desk, old)
    found = sitting.open(small_desk.scripts[2].id).last_target
    assert found == LastTarget("Target of Wars", "2026-11-24", "Wars", of)
    assert sitting.open(small_desk.scripts[0].id).last_target is None
    sitting.close()
    # What was told a number would name it.
    (wars,) = (task for task in small_desk.store.assignments() if task.name == "Wars")
    do(small_desk, AssignmentChanged(wars, replace(wars, is_anonymous=True)))
    found = small_desk.store.last_target(small_desk.students[2].id, old)
    assert found is not None
    assert found.assignment == "Reformation"
