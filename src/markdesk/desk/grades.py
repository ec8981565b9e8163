"""Typing a grade for a student: dated, by the teacher, never worked out from marks."""

from markdesk.core.changes import GradeChanged
from markdesk.core.days import tell_day
from markdesk.core.grades import Grade, GradeKind, tidy_grade
from markdesk.core.history import Step
from markdesk.core.people import Student
from markdesk.core.plain import show_line
from markdesk.desk.desk import Desk


def type_grade(desk: Desk, student: Student, kind: GradeKind, value: str, day: str) -> Step | None:
    """Keep a grade for a day, in place of the one of that kind that stood there; empty takes that one back.

    None where it stood so already. Raises UsageProblem for what is too long to be a grade.
    """
    value = tidy_grade(value)
    with desk.store.together():
        desk.find_marker()
        its = desk.store.grades(student.id)
        present = next((grade for grade in its if (grade.kind, grade.day) == (kind, day)), None)
        after = Grade(student.id, kind, day, value) if value else None
        if after == present:
            return None
        when = tell_day(day)
        told = f"{kind} grade {value} for {when}" if value else f"no {kind} grade for {when}"
        return desk.commit("grade", f"{show_line(student.name)}: {told}", (GradeChanged(present, after),))
