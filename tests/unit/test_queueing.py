"""What is done to a pile besides marking it: each act one step, and undone from where it was done."""

from dataclasses import replace

import pytest

from markdesk.core.changes import AssignmentChanged, MembershipChanged, StudentChanged
from markdesk.core.errors import StaleChange
from markdesk.core.history import StepKind
from markdesk.core.ids import RubricHash, StudentId
from markdesk.core.people import Membership, Student
from markdesk.core.queue_notes import Heap, QueueNote, Why
from markdesk.desk.anonymous import numbers_of
from markdesk.desk.desk import Desk
from markdesk.desk.ports import Keep
from markdesk.desk.queueing import Missing, QueueActs, missing
from markdesk.desk.sitting import Sitting, marking_order
from tests.kit import SmallDesk, shipped_rubric


def joined(small: SmallDesk, *names: str) -> list[Student]:
    """Students of the class who hand nothing in."""
    found = [Student(StudentId(f"late-{name}"), "Someone", name) for name in names]
    for student in found:
        small.desk.commit(
            "student",
            "joined",
            (StudentChanged(None, student), MembershipChanged(None, Membership(small.group.id, student.id))),
        )
    return found


def note(small: SmallDesk, place: int = 0) -> QueueNote | None:
    return small.entry(place).note


def last_steps(desk: Desk) -> list[tuple[StepKind, str]]:
    return [(step.kind, step.action) for step in desk.store.first_steps(99)]


def test_a_script_is_sorted_and_flagged_and_each_is_undone(memory_desk: SmallDesk) -> None:
    acts, me = QueueActs(memory_desk.desk), memory_desk.desk.marker.id
    script = memory_desk.scripts[0].id
    assert acts.sort(memory_desk.entry(), Heap.WEAK).label == "weak: first impression"
    assert acts.flag(memory_desk.entry()).label == "flagged"
    assert note(memory_desk) == QueueNote(script, me, Heap.WEAK, True)
    assert acts.sort(memory_desk.entry(), None).label == "on no heap"
    assert note(memory_desk) == QueueNote(script, me, None, True)
    assert acts.flag(memory_desk.entry()).label == "no longer flagged"
    assert note(memory_desk) is None
    assert [acts.undo().label for _ in range(5)] == [
        "Undo: no longer flagged", "Undo: on no heap", "Undo: flagged", "Undo: weak: first impression", "",
    ]  # fmt: skip
    assert note(memory_desk) is None
    assert memory_desk.store.verify().problems == ()


def test_the_same_again_writes_nothing(memory_desk: SmallDesk) -> None:
    acts = QueueActs(memory_desk.desk)
    acts.sort(memory_desk.entry(), Heap.GOOD)
    before = memory_desk.store.verify().changes
    acts.sort(memory_desk.entry(), Heap.GOOD)
    acts.hide_names(memory_desk.assignment, False)
    acts.mark_by_scale(memory_desk.assignment, False)
    assert memory_desk.store.verify().changes == before


def test_who_has_handed_in_nothing_and_why(memory_desk: SmallDesk) -> None:
    acts = QueueActs(memory_desk.desk)
    zoe, abe = joined(memory_desk, "Zoe", "Abe")

    def absent() -> tuple[Missing, ...]:
        return missing(memory_desk.desk, memory_desk.assignment, [memory_desk.entry(n) for n in range(3)])

    assert [one.student for one in absent()] == [abe, zoe]
    assert acts.absent(memory_desk.assignment, absent()[1], Why.LATE).label == "Someone Zoe: late"
    assert acts.absent(memory_desk.assignment, absent()[1], Why.EXTENSION).label == "Someone Zoe: extension"
    assert [one.absence and one.absence.why for one in absent()] == [None, Why.EXTENSION]
    assert acts.absent(memory_desk.assignment, absent()[1], Why.EXTENSION).label == "Someone Zoe: no reason"
    assert acts.undo().label == "Undo: Someone Zoe: no reason"
    assert [one.absence and one.absence.why for one in absent()] == [None, Why.EXTENSION]


def test_nobody_is_missing_where_it_was_set_to_no_class(memory_desk: SmallDesk) -> None:
    joined(memory_desk, "Zoe")
    assert missing(memory_desk.desk, replace(memory_desk.assignment, group_id=None), []) == ()


def test_names_are_hidden_and_shown_and_the_log_says_so(memory_desk: SmallDesk) -> None:
    acts = QueueActs(memory_desk.desk)
    assert acts.hide_names(memory_desk.assignment, True).label == "names hidden"
    sitting = Sitting(memory_desk.desk, memory_desk.store.assignments()[0], "name")
    called = [sitting.called(entry) for entry in sitting.entries]
    assert all(name.startswith("#") for name in called)
    assert len(set(called)) == 3
    assert sitting.order == "random"  # by name, the place would tell
    assert acts.hide_names(memory_desk.assignment, False).label == "names shown"
    shown = sitting.again()
    assert [shown.called(entry) for entry in shown.entries] == [entry.student.name for entry in shown.entries]
    assert [action for _, action in last_steps(memory_desk.desk)][-2:] == ["hide names", "reveal names"]


def test_a_student_is_the_same_number_whoever_comes_later(memory_desk: SmallDesk) -> None:
    entries = [memory_desk.entry(n) for n in range(3)]
    all_three = numbers_of(memory_desk.desk, memory_desk.assignment, entries)
    assert numbers_of(memory_desk.desk, memory_desk.assignment, entries[:2]) == {
        entry.student.id: all_three[entry.student.id] for entry in entries[:2]
    }


def test_an_undo_of_what_has_changed_since_is_refused(memory_desk: SmallDesk) -> None:
    acts, other = QueueActs(memory_desk.desk), QueueActs(memory_desk.desk)
    acts.sort(memory_desk.entry(), Heap.WEAK)
    other.sort(memory_desk.entry(), Heap.GOOD)
    with pytest.raises(StaleChange):
        acts.undo()
    found = note(memory_desk)
    assert found is not None
    assert found.heap is Heap.GOOD


def test_worried_ones_come_first_and_the_rest_at_random(memory_desk: SmallDesk) -> None:
    entries = [memory_desk.entry(n) for n in range(3)]
    at_random = [entry.script.id for entry in marking_order(entries, memory_desk.assignment)]
    last = next(entry for entry in entries if entry.script.id == at_random[-1])
    QueueActs(memory_desk.desk).sort(last, Heap.WORRIED)
    entries = [memory_desk.entry(n) for n in range(3)]
    found = [entry.script.id for entry in marking_order(entries, memory_desk.assignment, "worried")]
    assert found == [at_random[-1], *at_random[:-1]]


def summed(small: SmallDesk) -> Sitting:
    """The pile under a scheme of several scales, marked one scale down the class."""
    rubric = shipped_rubric("aqa-7042-nea-40")
    after = replace(small.assignment, rubric_hash=RubricHash(rubric.hash), by_scale=True)
    small.desk.commit("scheme", "another", (AssignmentChanged(small.assignment, after),), Keep(rubrics=(rubric,)))
    return Sitting(small.desk, after)


def test_one_scale_down_the_class_then_the_next_in_another_order(memory_desk: SmallDesk) -> None:
    sitting = summed(memory_desk)
    scales = [scale.id for scale in sitting.rubric.scales]
    passes: list[list[str]] = []
    script_id = sitting.where_to_begin()
    while script_id is not None:
        scale = sitting.scale
        assert scale is not None
        if not passes or len(passes[-1]) == len(sitting.entries):
            passes.append([])
        passes[-1].append(script_id)
        assert scale == scales[len(passes) - 1]
        opened = sitting.open(script_id)
        opened.give_mark(scale, 3)
        if opened.is_marked:
            opened.finish()
        sitting.note(opened.marking)
        script_id = sitting.next_unmarked(script_id)
    assert len(passes) == len(scales)
    assert all(set(one) == {script.id for script in memory_desk.scripts} for one in passes)
    assert len({tuple(one) for one in passes}) > 1  # with three scripts some orders may be alike
    assert sitting.done == 3


def test_a_pass_is_taken_up_where_it_was_left(memory_desk: SmallDesk) -> None:
    sitting = summed(memory_desk)
    first, second = sitting.rubric.scales[:2]
    for entry in tuple(sitting.entries):
        opened = sitting.open(entry.script.id)
        opened.give_mark(first.id, 3)
        sitting.note(opened.marking)
    later = sitting.again()
    assert later.scale == second.id
    assert later.where_to_begin() == later.entries[0].script.id
