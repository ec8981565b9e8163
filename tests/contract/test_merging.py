"""Two records of one person made one, on each kind of store."""

from dataclasses import replace

import pytest

from markdesk.core.changes import AbsenceChanged, AssignmentChanged, MembershipChanged, ScriptChanged, StudentChanged
from markdesk.core.coursework import Script
from markdesk.core.errors import MarkdeskError, StaleChange
from markdesk.core.essay import Span
from markdesk.core.ids import AssignmentId, GroupId, ScriptId, StudentId
from markdesk.core.people import Membership, Student
from markdesk.core.queue_notes import Absence, Why
from markdesk.desk.merging import merge, plan_merge
from tests.conftest import Reopen
from tests.contract.test_class_lists import members, the
from tests.kit import SmallDesk


def test_scripts_marks_classes_ids_and_absences_go_to_the_one_that_is_kept(
    small_desk: SmallDesk, reopen: Reopen
) -> None:
    desk, store = small_desk.desk, small_desk.store
    marked = small_desk.open(0)
    marked.give_mark("main", 17)
    marked.annotate(Span(0, 5), "K", "good")
    amara = the(small_desk, "Amara Okafor")
    twin = Student(StudentId("twin-000001"), "Ama", "Okafor", "", "13B", True, (("canvas", "4821"),))
    other = replace(small_desk.assignment, id=AssignmentId("other"), name="Another")
    third = replace(small_desk.assignment, id=AssignmentId("third"), name="A third")
    script = Script(ScriptId("script-other"), other.id, twin.id, None, "", "2026-11-21T01:00:00.000+00:00")
    desk.commit(
        "x",
        "x",
        (
            StudentChanged(None, twin),
            MembershipChanged(None, Membership(small_desk.group.id, twin.id)),
            AssignmentChanged(None, other),
            AssignmentChanged(None, third),
            ScriptChanged(None, script),
            AbsenceChanged(None, Absence(third.id, amara.id, Why.LATE)),
            AbsenceChanged(None, Absence(other.id, amara.id, Why.ABSENT)),
        ),
    )
    done = merge(desk, twin, amara)
    store = reopen(store)
    assert {student.name for student in store.students()} == {"Ama Okafor", "Łucja Świderska", "Finn O’Connell"}
    kept = next(student for student in store.students() if student.id == twin.id)
    assert (kept.candidate_number, kept.tutor_group, kept.ids) == ("7042", "13B", (("canvas", "4821"),))
    entries = store.entries(desk.marker.id, student_id=twin.id)
    assert {entry.script.id for entry in entries} == {"script-000001", "script-other"}
    marking = store.marking(small_desk.scripts[0].id, desk.marker.id)
    assert marking is not None
    assert marking.award("main").mark == 17
    assert len(marking.annotations) == 1
    assert [absence.student_id for absence in store.absences(third.id)] == [twin.id]
    assert store.absences(other.id) == ()
    assert [member.student_id for member in store.memberships(GroupId("group-13h"))].count(twin.id) == 1
    assert done.notes == ("The name stays Ama Okafor; Amara Okafor is given up.",)
    assert store.verify().problems == ()


def test_a_merge_is_one_step_and_can_be_taken_back(small_desk: SmallDesk) -> None:
    one, two = the(small_desk, "Amara Okafor"), Student(StudentId("twin-000001"), "Ama", "Okafor", ids=(("sis", "1"),))
    small_desk.desk.commit("x", "x", (StudentChanged(None, two),))
    before = small_desk.store.students(), members(small_desk.store), small_desk.store.entries(None)
    steps = small_desk.store.verify().changes
    planned = plan_merge(small_desk.desk, two, one)
    step = small_desk.desk.commit("students", "merged", planned.changes)
    assert small_desk.store.verify().changes == steps + 1
    small_desk.desk.take_back(step)
    after = small_desk.store.students(), members(small_desk.store), small_desk.store.entries(None)
    assert sorted(after[0], key=lambda s: s.id) == sorted(before[0], key=lambda s: s.id)
    assert after[1:] == before[1:]
    assert small_desk.store.verify().problems == ()


def test_two_who_handed_in_for_one_assignment_are_two(small_desk: SmallDesk) -> None:
    one, two = the(small_desk, "Amara Okafor"), the(small_desk, "Finn O’Connell")
    with pytest.raises(MarkdeskError, match=r"Both Amara Okafor and Finn O’Connell have a script for 'Henry VII'"):
        merge(small_desk.desk, one, two)
    with pytest.raises(MarkdeskError, match="That is one student"):
        merge(small_desk.desk, one, one)
    assert len(small_desk.store.students()) == 3


def test_a_merge_of_what_has_changed_meanwhile_is_refused(small_desk: SmallDesk) -> None:
    two = Student(StudentId("twin-000001"), "Ama", "Okafor")
    small_desk.desk.commit("x", "x", (StudentChanged(None, two),))
    small_desk.desk.commit("x", "x", (StudentChanged(two, replace(two, tutor_group="13B")),))
    with pytest.raises(StaleChange):
        merge(small_desk.desk, the(small_desk, "Finn O’Connell"), two)
    assert the(small_desk, "Ama Okafor").tutor_group == "13B"
