"""Grades that the teacher types: a target, what a student is working at, what is predicted. None is computed."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from markdesk.core.errors import UsageProblem
from markdesk.core.ids import StudentId
from markdesk.core.plain import show_line

LONGEST = 16
"""Characters of a grade: ``B``, ``7``, ``A*/A``, ``high B``."""


class GradeKind(StrEnum):
    """What a typed grade is."""

    TARGET = "target"
    WORKING_AT = "working at"
    PREDICTED = "predicted"


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade as it was typed, and for which day; of one kind there is one a day."""

    student_id: StudentId
    kind: GradeKind
    day: str
    """ISO ``2026-11-25``."""
    value: str


def tidy_grade(text: str) -> str:
    """The grade on one line; empty for none. Raises UsageProblem for what is too long to be one."""
    value = " ".join(show_line(text).split())
    if len(value) > LONGEST:
        raise UsageProblem(
            f"A grade has {LONGEST} characters at the most, and this has {len(value)}.", "Such as 'B', '7' or 'A*/A'."
        )
    return value


def in_force(grades: Iterable[Grade]) -> tuple[Grade, ...]:
    """The newest grade of each kind, in the order of the kinds."""
    newest = {grade.kind: grade for grade in sorted(grades, key=lambda grade: grade.day)}
    return tuple(newest[kind] for kind in GradeKind if kind in newest)
