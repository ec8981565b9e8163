"""The list of every student: who she is, her classes, how much of hers this marker has marked."""

from collections import Counter
from dataclasses import dataclass

from markdesk.core.people import Student
from markdesk.core.plain import fold
from markdesk.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class ListedStudent:
    """A student as a row of the list."""

    student: Student
    groups: tuple[str, ...]
    """Her classes, that with the newest work first."""
    marked: int
    is_alike: bool
    """Whether somebody else has her name, but for accents."""

    @property
    def called(self) -> str:
        """Her name; of two alike with the end of the id, by which a command takes her."""
        return f"{self.student.name} ({self.student.id[-6:]})" if self.is_alike else self.student.name


def listed_students(desk: Desk) -> tuple[ListedStudent, ...]:
    """Everybody, by name. No essay and no marking is read for it."""
    store = desk.store
    newest: dict[str, str] = {}
    for assignment in store.assignments():
        if assignment.group_id is not None:
            newest[assignment.group_id] = max(newest.get(assignment.group_id, ""), assignment.set_on)
    groups: dict[str, list[str]] = {}
    # Of classes with work of one day, or none yet, that which came last to the desk is the newer.
    in_time = sorted(enumerate(store.groups()), key=lambda one: (newest.get(one[1].id, ""), one[0]), reverse=True)
    for _, group in in_time:
        for member in store.memberships(group.id):
            groups.setdefault(member.student_id, []).append(group.name)
    marked = store.marked_counts(desk.marker.id)
    students = sorted(store.students(), key=lambda student: student.sort_key)
    alike = Counter(fold(student.name) for student in students)
    return tuple(
        ListedStudent(one, tuple(groups.get(one.id, ())), marked.get(one.id, 0), alike[fold(one.name)] > 1)
        for one in students
    )
