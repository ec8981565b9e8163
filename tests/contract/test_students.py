"""What every kind of store says of one student: who she is, her classes, all her markings, what she owes."""

from dataclasses import replace

from markdesk.core.changes import (
    AbsenceChanged,
    AssignmentChanged,
    GroupChanged,
    MembershipChanged,
    ScriptChanged,
    StudentChanged,
)
from markdesk.core.coursework import Kind
from markdesk.core.essay import Span
from markdesk.core.feedback import Field
from markdesk.core.ids import AssignmentId, GroupId, MarkerId, ScriptId, StudentId
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
    assert (store.notes_on(alone.id), store.feedback_for(alone.id), store.owed(alone.id)) == ((), (), ())


def test_all_that_was_put_on_her_essays_whoever_did_and_nothing_of_another_s(
    small_desk: SmallDesk, reopen: Reopen
) -> None:
    mine, colleague = small_desk.open(0), small_desk.other_marker()
    mine.give_mark("main", 17)
    mine.annotate(Span(6, 11), "K")
    mine.annotate(Span(0, 5), "K", "good")
    mine.write_feedback(Field.TARGET, 1, "Weigh them.")
    mine.write_feedback(Field.WWW, 1, "Dates.")
    colleague.make_known()
    theirs = MarkingDesk(colleague, small_desk.entry(0))
    theirs.annotate(Span(0, 3), "E")
    theirs.write_feedback(Field.TARGET, 1, "Explain.")
    of_another = small_desk.open(1)
    of_another.annotate(Span(0, 5), "J")
    of_another.write_feedback(Field.TARGET, 1, "Judge.")
    store, amara, text = reopen(small_desk.store), small_desk.students[0].id, mine.essay.text
    notes = store.notes_on(amara)
    assert [note for note in notes if note.marking_id == mine.marking.id] == [
        (mine.marking.id, "K", "good", text[:5]),
        (mine.marking.id, "K", "", text[6:11]),
    ]
    assert [note for note in notes if note.marking_id != mine.marking.id] == [(theirs.marking.id, "E", "", text[:3])]
    assert {(line.marking_id, line.field, line.text) for line in store.feedback_for(amara)} == {
        (mine.marking.id, Field.TARGET, "Weigh them."),
        (mine.marking.id, Field.WWW, "Dates."),
        (theirs.marking.id, Field.TARGET, "Explain."),
    }


def test_what_she_owes_is_what_her_classes_were_set(small_desk: SmallDesk, reopen: Reopen) -> None:
    amara, henry = small_desk.students[0], small_desk.assignment
    late = replace(henry, id=AssignmentId("late"), name="Late", set_on="2026-11-17")
    owed = replace(henry, id=AssignmentId("owed"), name="Owed", set_on="2026-11-18")
    elsewhere = replace(henry, id=AssignmentId("elsewhere"), name="Elsewhere", group_id=None)
    absence = Absence(late.id, amara.id, Why.LATE)
    of_another = Absence(owed.id, small_desk.students[1].id, Why.ABSENT)
    changes = [AssignmentChanged(None, one) for one in (late, owed, elsewhere)]
    (entry,) = small_desk.store.entries(small_desk.desk.marker.id, script_id=small_desk.scripts[1].id)
    another_s = ScriptChanged(None, replace(entry.script, id=ScriptId("another's"), assignment_id=owed.id))
    absences = AbsenceChanged(None, absence), AbsenceChanged(None, of_another)
    small_desk.desk.commit("x", "x", (*changes, *absences, another_s))
    found = reopen(small_desk.store).owed(amara.id)
    assert found == (Owed(owed, is_coming_in=True), Owed(late, absence, is_coming_in=False))


def test_what_a_pile_s_students_got_before(small_desk: SmallDesk, reopen: Reopen) -> None:
    """The last few of each that this marker finished, in work set before: no redraft, no draft, no hidden name."""
    desk, henry = small_desk.desk, small_desk.assignment
    amara = small_desk.students[0].id
    names = ("w1", "w2", "draft", "hidden", "again", "begun", "w3", "same day")
    past = [
        replace(
            henry,
            id=AssignmentId(name),
            name=name,
            set_on=henry.set_on if name == "same day" else f"2026-01-{10 + at}",
            kind=Kind.NEA_DRAFT if name == "draft" else henry.kind,
            is_anonymous=name == "hidden",
        )
        for at, name in enumerate(names)
    ]
    scripts = [
        replace(
            small_desk.scripts[0], id=ScriptId(f"past-{one.id}"), assignment_id=one.id, version=1 + (one.id == "again")
        )
        for one in past
    ]
    made = [AssignmentChanged(None, one) for one in past]
    desk.commit("x", "x", (*made, *(ScriptChanged(None, script) for script in scripts)))
    colleague = small_desk.other_marker()
    colleague.make_known()
    for at, script in enumerate(scripts):
        (entry,) = desk.store.entries(desk.marker.id, script_id=script.id)
        opened = MarkingDesk(desk, entry)
        opened.give_mark("main", 11 + at)
        if script.assignment_id != "begun":
            opened.finish()
        theirs = MarkingDesk(colleague, desk.store.entries(colleague.marker.id, script_id=script.id)[0])
        theirs.give_mark("main", 3)
        theirs.finish()
    small_desk.open(1).give_mark("main", 20)
    store = reopen(small_desk.store)

    def marks(most: int) -> list[int | None]:
        found = store.past_marks(desk.marker.id, henry, most)
        assert {(one.student_id, one.rubric_hash) for one in found} == {(amara, henry.rubric_hash)}
        return [mark for one in found for _, mark in one.given]

    assert marks(10) == [17, 12, 11]
    assert marks(2) == [17, 12]
    assert [one.given for one in store.past_marks(colleague.marker.id, henry, 1)] == [(("main", 3),)]
    assert store.past_marks(desk.marker.id, past[0], 10) == ()


def test_what_this_marker_finished_is_counted_for_each_student(small_desk: SmallDesk, reopen: Reopen) -> None:
    mine, begun, colleague = small_desk.open(0), small_desk.open(1), small_desk.other_marker()
    mine.give_mark("main", 17)
    mine.finish()
    begun.give_mark("main", 9)
    colleague.make_known()
    theirs = MarkingDesk(colleague, small_desk.entry(1))
    theirs.give_mark("main", 11)
    theirs.finish()
    store = reopen(small_desk.store)
    assert store.marked_counts(small_desk.desk.marker.id) == {small_desk.students[0].id: 1}
    assert store.marked_counts(colleague.marker.id) == {small_desk.students[1].id: 1}
    assert store.marked_counts(MarkerId("nobody")) == {}
