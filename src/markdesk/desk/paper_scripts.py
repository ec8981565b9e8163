"""A script without a text for each student of a class, for work that was written by hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from markdesk.core.changes import (
    AnyChange,
    AssignmentChanged,
    GroupChanged,
    MembershipChanged,
    ScriptChanged,
    StudentChanged,
)
from markdesk.core.coursework import Assignment, Script
from markdesk.core.errors import Ambiguous, MarkdeskError
from markdesk.core.ids import ScriptId, StudentId
from markdesk.core.people import Membership, Student, split_name
from markdesk.core.plain import show_line
from markdesk.core.rubric import Rubric
from markdesk.desk.course import Order, clean_name, find_course
from markdesk.desk.desk import Desk
from markdesk.desk.naming import fitting
from markdesk.desk.ports import Keep
from markdesk.desk.rubrics import RubricShelf


@dataclass(frozen=True)
class PaperPlan:
    """What laying out a pile of paper scripts will do."""

    assignment: Assignment
    rubric: Rubric
    is_new_assignment: bool
    new: tuple[tuple[Student, Script], ...]
    """In the order of the pile."""
    there: tuple[Student, ...]
    """Who has a script for it already."""
    new_students: tuple[Student, ...]
    notes: tuple[str, ...]
    changes: tuple[AnyChange, ...]
    keep: Keep


def plan_paper(desk: Desk, shelf: RubricShelf, order: Order, names: Sequence[str] = ()) -> PaperPlan:
    """A paper script for each name, in that order; without names for each student of the group, by family name.

    Raises MarkdeskError where there is nobody, and what ``find_course`` raises.
    """
    course = find_course(desk, shelf, order, [])
    everybody = list(desk.store.students())
    known = {s.id: s for s in everybody}
    members: list[Student] = []
    if course.group is not None and not course.is_new_group:
        members = [known[m.student_id] for m in desk.store.memberships(course.group.id) if m.student_id in known]
    students, new_students = (
        _named(desk, names, members, everybody) if names else (sorted(members, key=lambda s: s.sort_key), [])
    )
    if not students:
        whose = f"{show_line(course.group.name)} has no students" if course.group else "No students were named"
        raise MarkdeskError(f"{whose}: there is nobody to lay a script out for.", "Give --names FILE, a name a line.")
    has = {e.student.id for e in desk.store.entries(None, course.assignment.id)} if not course.is_new else set()
    at = desk.clock.now()
    new = tuple(
        (student, Script(ScriptId(desk.ids.new()), course.assignment.id, student.id, None, "", at))
        for student in students
        if student.id not in has
    )
    changes: list[AnyChange] = []
    if course.group and course.is_new_group:
        changes.append(GroupChanged(None, course.group))
    changes += [StudentChanged(None, student) for student in new_students]
    if course.group:
        joining = [student.id for student in students if student.id not in {member.id for member in members}]
        changes += [MembershipChanged(None, Membership(course.group.id, student_id)) for student_id in joining]
    if course.before != course.assignment:
        changes.append(AssignmentChanged(course.before, course.assignment))
    changes += [ScriptChanged(None, script) for _, script in new]
    return PaperPlan(
        course.assignment,
        course.rubric,
        course.is_new,
        new,
        tuple(student for student in students if student.id in has),
        tuple(new_students),
        course.notes,
        tuple(changes) if new else (),
        Keep(rubrics=(course.rubric,)) if course.is_new and new else Keep(),
    )


def _named(
    desk: Desk, names: Sequence[str], members: list[Student], everybody: list[Student]
) -> tuple[list[Student], list[Student]]:
    """The students of these names, known or new. Raises for a name that is none, or fits several, or stands twice."""
    students: list[Student] = []
    new: list[Student] = []
    for line, raw in enumerate(names, start=1):
        name = clean_name(raw, "student")
        if not any(split_name(name)):
            raise MarkdeskError(f"Name {line}, '{show_line(raw)}', is no name of a student.")
        fits = fitting(members, name, True) or fitting(everybody, name, True)
        if len(fits) > 1:
            told = ", ".join(f"{show_line(s.name)} ({s.id[-6:]})" for s in fits)
            raise Ambiguous(f"Name {line}, '{show_line(name)}', fits several students: {told}.", "Give the id.")
        if not fits:
            made = Student(StudentId(desk.ids.new()), *split_name(name))
            fits = [made]
            new.append(made)
            everybody.append(made)
        if any(student.id == fits[0].id for student in students):
            raise MarkdeskError(f"Name {line}, '{show_line(name)}', stands twice.", "A student has one script.")
        students.append(fits[0])
    return students, new
