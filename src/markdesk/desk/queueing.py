"""What is done to a pile besides marking it: sorted, flagged, its names hidden, and who has handed nothing in."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from markdesk.core.changes import AbsenceChanged, AnyChange, AssignmentChanged, QueueNoteChanged
from markdesk.core.coursework import GIVEN_BACK, Assignment, Returns
from markdesk.core.history import Step
from markdesk.core.ids import AssignmentId
from markdesk.core.people import Student
from markdesk.core.plain import show_line
from markdesk.core.queue_notes import Absence, Heap, QueueNote, Why
from markdesk.desk.anonymous import exam_of
from markdesk.desk.desk import Desk
from markdesk.desk.ports import Entry


@dataclass(frozen=True, slots=True)
class Missing:
    """A student of the class who has handed nothing in, with the reason if one was noted."""

    student: Student
    absence: Absence | None = None


def missing(desk: Desk, assignment: Assignment, entries: Iterable[Entry]) -> tuple[Missing, ...]:
    """Who of the class has no script for the assignment, by name; nobody where it was set to no class."""
    if assignment.group_id is None:
        return ()
    absences = {absence.student_id: absence for absence in desk.store.absences(assignment.id)}
    members = {member.student_id for member in desk.store.memberships(assignment.group_id)}
    members -= {entry.student.id for entry in entries}
    if not members:
        return ()
    students = sorted((s for s in desk.store.students() if s.id in members), key=lambda student: student.sort_key)
    return tuple(Missing(student, absences.get(student.id)) for student in students)


@dataclass(frozen=True, slots=True)
class Noted:
    """What an act came to: what to say of it, and what it changed; nothing where there was nothing to do."""

    label: str
    changes: tuple[AnyChange, ...] = ()


class QueueActs:
    """What the queue does, each act a step of its own; Ctrl+Z there takes back what was done there."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._done: list[Step] = []

    def sort(self, entry: Entry, heap: Heap | None) -> Noted:
        """Put a script on a heap, or (None) on none. Says what was done."""
        told = f"{heap}: first impression" if heap else "on no heap"
        return self._note("triage", told, entry, replace(self._noted(entry), heap=heap))

    def flag(self, entry: Entry, on: bool | None = None) -> Noted:
        """Flag a script to come back to, or take the flag off; without ``on`` whichever it isn't."""
        present = self._noted(entry)
        flagged = not present.is_flagged if on is None else on
        told = "flagged" if flagged else "no longer flagged"
        return self._note("flag", told, entry, replace(present, is_flagged=flagged))

    def absent(self, assignment: Assignment, one: Missing, why: Why) -> Noted:
        """Note why a student has handed nothing in; the same reason again takes it back."""
        again = one.absence is not None and one.absence.why is why
        return self._excuse(assignment, one, None if again else why)

    def excuse(self, assignment: Assignment, student: Student, why: Why | None) -> Noted:
        """Note why a student has handed nothing in, whatever stood there before; None for no reason."""
        absences = self.desk.store.absences(assignment.id)
        present = next((absence for absence in absences if absence.student_id == student.id), None)
        return self._excuse(assignment, Missing(student, present), why)

    def hide_names(self, assignment: Assignment, hidden: bool) -> Noted:
        """Hide the students' names while the pile is marked, or show them; the log says who did it and when."""
        told = "names hidden" if hidden else "names shown"
        together = {assignment.id, *self._same_paper(assignment)}
        present = [a for a in self.desk.store.assignments() if a.id in together and a.is_anonymous != hidden]
        if not present:
            return Noted(f"{told} already")
        changes = [AssignmentChanged(one, replace(one, is_anonymous=hidden)) for one in present]
        return self._do("hide names" if hidden else "reveal names", told, *changes)

    def mark_by_scale(self, assignment: Assignment, by_scale: bool) -> Noted:
        """Mark one scale down the class before the next, or each essay whole."""
        told = "one scale down the class, then the next" if by_scale else "each essay whole"
        present = self._present(assignment)
        if present.by_scale == by_scale:
            return Noted(f"{told} already")
        return self._do("order", told, AssignmentChanged(present, replace(present, by_scale=by_scale)))

    def give_back(self, assignment: Assignment, returns: Returns) -> Noted:
        """What the mark sheets give back from now on; those that went out stay as they are."""
        told = f"sheets give back {GIVEN_BACK[returns]}"
        present = self._present(assignment)
        if present.returns == returns:
            return Noted(f"{told} already")
        return self._do("returns", told, AssignmentChanged(present, replace(present, returns=returns)))

    @property
    def can_undo(self) -> bool:
        """Whether anything was done here that isn't taken back yet."""
        return bool(self._done)

    def undo(self) -> Noted:
        """Take back what was done here last; nothing is said where there is nothing."""
        if not self._done:
            return Noted("")
        undone = self.desk.take_back(self._done[-1])
        self._done.pop()
        return Noted(undone.label, undone.changes)

    # -- one way to write

    def _excuse(self, assignment: Assignment, one: Missing, why: Why | None) -> Noted:
        after = Absence(assignment.id, one.student.id, why) if why else None
        told = f"{show_line(one.student.name)}: {why or 'no reason'}"
        if after == one.absence:
            return Noted(f"{told} already")
        return self._do("absence", told, AbsenceChanged(one.absence, after))

    def _noted(self, entry: Entry) -> QueueNote:
        self.desk.find_marker()
        return entry.note or QueueNote(entry.script.id, self.desk.marker.id)

    def _note(self, action: str, told: str, entry: Entry, after: QueueNote) -> Noted:
        if after == self._noted(entry):
            return Noted(told)
        return self._do(action, told, QueueNoteChanged(entry.note, None if after.says_nothing else after))

    def _present(self, assignment: Assignment) -> Assignment:
        return next(a for a in self.desk.store.assignments() if a.id == assignment.id)

    def _same_paper(self, assignment: Assignment) -> tuple[AssignmentId, ...]:
        """The questions of the paper that the assignment is one of: a student is hidden in all, or in none."""
        exam = exam_of(self.desk, assignment.id)
        return tuple(other for _, other in exam.assignments) if exam is not None else ()

    def _do(self, action: str, told: str, *changes: AnyChange) -> Noted:
        step = self.desk.commit(action, told, changes)
        self._done.append(step)
        return Noted(told, step.changes)
