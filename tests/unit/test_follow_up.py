"""After the return: what became of a task, recorded on a locked marking and on nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.changes import AssignmentChanged
from markdesk.core.errors import MarkdeskError, MarkingLocked, StaleChange, StoreUnavailable
from markdesk.core.feedback import Field
from markdesk.core.history import StepKind
from markdesk.core.marking import MarkingStatus, TaskDone
from markdesk.desk import sitting as sitting_module
from markdesk.desk.follow_up import Tally, TaskPass, record_all, set_tasks, tally
from markdesk.desk.sitting import Sitting
from markdesk.store.memory.store import MemoryStore
from tests.kit import SmallDesk, fill

TASK, TARGET = "Rewrite ¶2.", "Weigh both sides."


def returned(small: SmallDesk, *given: tuple[str, str], up_to: int = 3) -> TaskPass:
    """The pile marked, each essay with this task and target, and returned."""
    for place, (task, target) in enumerate(given):
        opened = small.open(place)
        opened.give_mark("main", 14)
        opened.write_feedback(Field.TASK, 1, task)
        opened.write_feedback(Field.TARGET, 1, target)
        opened.finish()
        if place < up_to:
            opened.return_to_student()
    small.clock.wait(3600)
    return TaskPass(Sitting(small.desk, small.assignment, "arrival"))


def record(passing: TaskPass, place: int, done: TaskDone | None) -> str:
    small_script = [task.entry.script.id for task in set_tasks(passing.sitting)][place]
    adjusted = passing.record(small_script, done)
    passing.take(adjusted)
    return adjusted.label


def verdicts(small: SmallDesk) -> list[tuple[TaskDone | None, str | None]]:
    headers = [small.entry(place).header for place in range(3)]
    return [(header.task_done, header.task_done_at) if header else (None, None) for header in headers]


def test_the_returned_essays_with_a_task_or_else_a_target(memory_desk: SmallDesk) -> None:
    passing = returned(memory_desk, (TASK, TARGET), ("", TARGET), ("", ""))
    found = [(task.entry.student.given_name, task.text, task.is_target) for task in set_tasks(passing.sitting)]
    assert found == [("Amara", TASK, False), ("Łucja", TARGET, True)]
    assert tally(passing.sitting, set_tasks(passing.sitting)) == Tally(3, 1, 0, 0, 0, 0)


def test_what_is_not_returned_is_not_listed_and_not_recorded(memory_desk: SmallDesk) -> None:
    passing = returned(memory_desk, (TASK, TARGET), (TASK, TARGET), up_to=1)
    assert len(set_tasks(passing.sitting)) == 1
    outcome = memory_desk.open(1).record_task(TaskDone.DONE)
    assert (outcome.is_saved, outcome.label) == (False, "Not returned, so its task isn't looked at yet")


def test_a_verdict_is_one_step_and_touches_nothing_else(memory_desk: SmallDesk) -> None:
    passing = returned(memory_desk, (TASK, TARGET))
    before = memory_desk.open().marking
    assert record(passing, 0, TaskDone.WELL) == "Amara Okafor: task done well"
    after = memory_desk.open().marking
    wanted = replace(before.header, task_done=TaskDone.WELL, task_done_at=memory_desk.clock.now())
    assert after == replace(before, header=wanted, revision=before.revision + 1)
    assert memory_desk.store.steps(after.id)[-1].action == "task done well"
    assert after.is_locked
    assert record(passing, 0, TaskDone.WELL) == "Amara Okafor: task done well already"
    assert memory_desk.open().marking == after
    with pytest.raises(MarkingLocked):
        memory_desk.open().give_mark("main", 15)
    assert memory_desk.store.verify().problems == ()


def test_each_verdict_is_undone_by_itself_however_quick_they_were(memory_desk: SmallDesk) -> None:
    passing = returned(memory_desk, (TASK, TARGET), (TASK, ""))
    for place, done in ((0, TaskDone.RESPONDED), (0, TaskDone.DONE), (1, TaskDone.NOT_DONE), (0, None)):
        record(passing, place, done)
    at = memory_desk.clock.now()
    assert verdicts(memory_desk)[:2] == [(None, None), (TaskDone.NOT_DONE, at)]
    for wanted in ((TaskDone.DONE, TaskDone.NOT_DONE), (TaskDone.DONE, None), (TaskDone.RESPONDED, None), (None, None)):
        passing.take(passing.undo())
        assert tuple(done for done, _ in verdicts(memory_desk)[:2]) == wanted
    assert not passing.undo().is_saved, "the return itself is out of its reach"
    passing.take(passing.redo())
    assert verdicts(memory_desk)[0] == (TaskDone.RESPONDED, at)
    assert {memory_desk.open(place).marking.header.status for place in (0, 1)} == {MarkingStatus.RETURNED}
    assert memory_desk.store.verify().problems == ()


def test_undo_in_the_essay_itself_takes_it_back_too(memory_desk: SmallDesk) -> None:
    passing = returned(memory_desk, (TASK, TARGET))
    record(passing, 0, TaskDone.DONE)
    opened = memory_desk.open()
    assert opened.undo().label == "Undo: task done"
    assert verdicts(memory_desk)[0] == (None, None)
    assert opened.history.done[-1].action == "return"
    with pytest.raises(StaleChange, match="marked further since"):
        passing.undo()


def test_an_essay_that_is_open_elsewhere_is_refused_and_free_again_after_a_verdict(small_desk: SmallDesk) -> None:
    passing = returned(small_desk, (TASK, TARGET))
    script = small_desk.scripts[0].id
    record(passing, 0, TaskDone.DONE)
    other = Sitting(small_desk.desk, small_desk.assignment)
    assert not other.open(script).held_by, "a verdict holds no essay any longer"
    with pytest.raises(MarkingLocked, match="open for marking in another window"):
        passing.record(script, TaskDone.WELL)
    with pytest.raises(StoreUnavailable):
        record_all(passing.sitting, [(small_desk.entry(), TaskDone.WELL)])
    other.close()
    assert verdicts(small_desk)[0][0] is TaskDone.DONE


def test_several_at_once_or_none(memory_desk: SmallDesk) -> None:
    passing = returned(memory_desk, (TASK, TARGET), ("", ""), (TASK, ""))
    one, none, other = (memory_desk.entry(place) for place in range(3))
    with pytest.raises(MarkdeskError, match="Łucja Świderska: It was given neither a task nor a target"):
        record_all(passing.sitting, [(one, TaskDone.WELL), (none, TaskDone.WELL)])
    assert [done for done, _ in verdicts(memory_desk)] == [None, None, None]
    found = record_all(passing.sitting, [(one, TaskDone.WELL), (other, TaskDone.RESPONDED)])
    assert [label for _, label in found] == ["task done well", "responded"]
    assert record_all(passing.sitting, [(one, TaskDone.WELL)]) == []


def test_a_reopened_essay_keeps_its_verdict_and_leaves_the_list(memory_desk: SmallDesk) -> None:
    passing = returned(memory_desk, (TASK, TARGET))
    record(passing, 0, TaskDone.DONE)
    opened = memory_desk.open()
    opened.reopen()
    assert set_tasks(passing.sitting.again()) == ()
    opened.finish()
    opened.return_to_student()
    assert [task.done for task in set_tasks(passing.sitting.again())] == [TaskDone.DONE]


@pytest.mark.parametrize(
    ("task", "target", "field", "text", "stays"),
    [
        (TASK, TARGET, Field.TASK, "Rewrite ¶3.", False),
        (TASK, TARGET, Field.TASK, "", False),
        (TASK, TARGET, Field.TARGET, "Say why.", True),
        ("", TARGET, Field.TARGET, "Say why.", False),
        ("", TARGET, Field.TASK, "Rewrite ¶3.", False),
        (TASK, TARGET, Field.EBI, "Say why.", True),
    ],
)
def test_a_verdict_goes_with_the_task_that_it_was_on(
    memory_desk: SmallDesk, task: str, target: str, field: Field, text: str, stays: bool
) -> None:
    record(returned(memory_desk, (task, target)), 0, TaskDone.WELL)
    given = verdicts(memory_desk)[0]
    opened = memory_desk.open()
    opened.reopen()
    assert verdicts(memory_desk)[0] == given, "it may be returned as it was"
    outcome = opened.write_feedback(field, 1, text)
    assert verdicts(memory_desk)[0] == (given if stays else (None, None))
    assert ("what became of the earlier one is cleared" in outcome.label) is not stays
    opened.undo()
    assert verdicts(memory_desk)[0] == given
    opened.redo()
    opened.finish()
    opened.return_to_student()
    assert set_tasks(Sitting(memory_desk.desk, memory_desk.assignment, "arrival"))[0].done is (
        TaskDone.WELL if stays else None
    )
    assert memory_desk.store.verify().problems == ()


def test_where_names_are_hidden_numbers_are_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    small = fill(MemoryStore())
    returned(small, (TASK, ""), (TASK, ""), (TASK, ""))
    ids = [small.entry(place).student.id for place in range(3)]
    numbered = dict(zip(ids, (1010, 101, 99), strict=True))
    monkeypatch.setattr(sitting_module, "numbers_of", lambda *_: numbered)
    hidden = replace(small.assignment, is_anonymous=True)
    small.desk.commit("hide names", "names hidden", (AssignmentChanged(small.assignment, hidden),))
    sitting = Sitting(small.desk, hidden)
    assert [sitting.called(task.entry) for task in set_tasks(sitting)] == ["#099", "#101", "#1010"]


def test_where_names_are_hidden_the_order_is_the_numbers(memory_desk: SmallDesk) -> None:
    returned(memory_desk, (TASK, ""), (TASK, ""), (TASK, ""))
    hidden = replace(memory_desk.assignment, is_anonymous=True)
    memory_desk.desk.commit("hide names", "names hidden", (AssignmentChanged(memory_desk.assignment, hidden),))
    sitting = Sitting(memory_desk.desk, hidden)
    called = [sitting.called(task.entry) for task in set_tasks(sitting)]
    assert called == sorted(called)
    assert all(one.startswith("#") for one in called)


def test_last_target_says_what_became_of_the_task(memory_desk: SmallDesk) -> None:
    passing = returned(memory_desk, (TASK, TARGET))
    record(passing, 0, TaskDone.NOT_DONE)
    later = replace(memory_desk.assignment, id=type(memory_desk.assignment.id)("later"), set_on="2026-12-01")
    student = memory_desk.entry().student.id
    assert memory_desk.store.last_target(student, memory_desk.assignment) is None
    target = memory_desk.store.last_target(student, later)
    assert target is not None
    assert (target.text, target.task_done) == (TARGET, TaskDone.NOT_DONE)


@given(st.tuples(*[st.integers(0, 40)] * 6))
def test_the_tally_adds_up(counts: tuple[int, int, int, int, int, int]) -> None:
    found = Tally(*counts)
    _, _, waiting, well, done, not_done = counts
    assert found.checked - not_done + waiting == found.responded
    assert (found.checked == 0) == found.told.endswith("0 checked")
    assert f"{found.returned} returned · {found.responded} responded · {well + done + not_done} checked" in found.told


def test_the_tally_in_words() -> None:
    assert Tally(12, 2, 3, 4, 2, 1).told == "12 returned · 9 responded · 7 checked: 4 well, 2 done, 1 not"


def test_undo_through_the_log_is_an_undo(memory_desk: SmallDesk) -> None:
    passing = returned(memory_desk, (TASK, TARGET))
    record(passing, 0, TaskDone.DONE)
    passing.undo()
    steps = memory_desk.store.steps(memory_desk.open().marking.id)
    assert [step.kind for step in steps[-2:]] == [StepKind.DO, StepKind.UNDO]
