"""What a teacher mends of one student by hand: candidate number, tutor group, access arrangements, classes."""

from dataclasses import dataclass, replace

from markdesk.core.changes import AnyChange, GroupChanged, MembershipChanged, StudentChanged
from markdesk.core.errors import NotFound
from markdesk.core.people import Membership, Student
from markdesk.core.plain import show_line
from markdesk.desk.course import clean_name, find_group
from markdesk.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to be so; None leaves it as it is."""

    candidate_number: str | None = None
    tutor_group: str | None = None
    has_access_arrangements: bool | None = None
    joins: str = ""
    """A class by its name; made where it is new."""
    leaves: str = ""


def edit_student(desk: Desk, student: Student, edit: Edit) -> tuple[Student, bool]:
    """Make the edit one step; the student as she is then, and whether anything changed. Raises NotFound for a class."""
    after = replace(
        student,
        candidate_number=_or(edit.candidate_number, student.candidate_number, "candidate number"),
        tutor_group=_or(edit.tutor_group, student.tutor_group, "tutor group"),
        has_access_arrangements=student.has_access_arrangements
        if edit.has_access_arrangements is None
        else edit.has_access_arrangements,
    )
    changes: list[AnyChange] = [StudentChanged(student, after)] if after != student else []
    changes += _joining(desk, student, clean_name(edit.joins, "group"))
    changes += _leaving(desk, student, clean_name(edit.leaves, "group"))
    if changes:
        desk.commit("students", f"{show_line(student.name)} edited", tuple(changes))
    return after, bool(changes)


def _or(said: str | None, present: str, what: str) -> str:
    return present if said is None else clean_name(said, what)


def _joining(desk: Desk, student: Student, name: str) -> list[AnyChange]:
    group, is_new = find_group(desk, name)
    if group is None:
        return []
    if any(member.student_id == student.id for member in desk.store.memberships(group.id)):
        return []
    joined = MembershipChanged(None, Membership(group.id, student.id))
    return [GroupChanged(None, group), joined] if is_new else [joined]


def _leaving(desk: Desk, student: Student, name: str) -> list[AnyChange]:
    group, is_new = find_group(desk, name)
    if group is None:
        return []
    its = [] if is_new else [m for m in desk.store.memberships(group.id) if m.student_id == student.id]
    if not its:
        raise NotFound(f"{show_line(student.name)} is not in '{show_line(name)}'.", "Nothing was changed.")
    return [MembershipChanged(its[0], None)]
