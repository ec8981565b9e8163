"""What every kind of store says of one student: who she is, her classes, all her markings, what she owes."""

from dataclasses import replace

from markdesk.core.changes import AbsenceChanged, AssignmentChanged, GroupChanged, MembershipChanged, StudentChanged
from markdesk.core.essay import Span
from markdesk.core.feedback import Field
from markdesk.core.ids import AssignmentId, GroupId, StudentId
from markdesk.core.marking import Marking
from markdesk.core.people import Membership, Student, TeachingGroup
from markdesk.core.queue_notes import Absence, Why
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.ports import Owed
from tests.conftest import Reopen
from tests.kit import SmallDesk


def test_who_she_is_and_her_classes(small_desk: SmallDesk, reopen: Reopen) -> None:
    amara, other = small_desk.students[0], TeachingGroup(GroupId("group-13j"), "13J")
    alone = Student(StudentId("alone"), "Noor", "Rahman")
    changes = (GroupChanged(None, other), StudentChanged(None, alone))
    small_desk.desk.commit("x", "x", (*changes, MembershipChanged(None, Membership(other.id, amara.id))))
    store = reopen(small_desk.store)
    assert store.student(amara.id) == amara
    assert store.student(StudentId("nobody")) is None
    assert set(store.groups_of(amara.id)) == {small_desk.group, other}
    assert store.groups_of(alone.id) == ()
    assert (store.markings_of(alone.id), store.owed(alone.id)) == ((), ())


def test_all_her_markings_whoever_gave_them_and_nobody_else_s(small_desk: SmallDesk, reopen: Reopen) -> None:
    mine, colleague = small_desk.open(0), small_desk.other_marker()
    mine.give_mark("main", 17)
    mine.annotate(Span(0, 5), "K", "good")
    mine.annotate(Span(6, 11), "K")
    mine.write_feedback(Field.TARGET, 1, "Weigh them.")
    colleague.make_known()
    theirs = MarkingDesk(colleague, small_desk.entry(0))
    theirs.give_mark("main", 12)
    small_desk.open(1).give_mark("main", 20)
    store, script = reopen(small_desk.store), small_desk.scripts[0].id
    found = store.markings_of(small_desk.students[0].id)
    each = [store.marking(script, marker) for marker in (small_desk.desk.marker.id, colleague.marker.id)]
    assert list(found) == each
    first: Marking = found[0]
    assert first.award("main").mark == 17
    assert (len(first.annotations), first.code_counts.get("K")) == (2, 2)
    assert first.set_task == "Weigh them."


def test_what_she_owes_is_what_her_classes_were_set(small_desk: SmallDesk, reopen: Reopen) -> None:
    amara, henry = small_desk.students[0], small_desk.assignment
    late = replace(henry, id=AssignmentId("late"), name="Late", set_on="2026-11-17")
    owed = replace(henry, id=AssignmentId("owed"), name="Owed", set_on="2026-11-18")
    elsewhere = replace(henry, id=AssignmentId("elsewhere"), name="Elsewhere", group_id=None)
    absence = Absence(late.id, amara.id, Why.LATE)
    of_another = Absence(owed.id, small_desk.students[1].id, Why.ABSENT)
    changes = [AssignmentChanged(None, one) for one in (late, owed, elsewhere)]
    small_desk.desk.commit("x", "x", (*changes, AbsenceChanged(None, absence), AbsenceChanged(None, of_another)))
    assert reopen(small_desk.store).owed(amara.id) == (Owed(owed), Owed(late, absence))
