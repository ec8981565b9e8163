"""Grades that a teacher types, in every kind of store: dated, one of a kind a day, taken back by undo, merged along."""

import pytest

from markdesk.core.changes import GradeChanged, StudentChanged
from markdesk.core.errors import StaleChange, UsageProblem
from markdesk.core.grades import Grade, GradeKind, in_force
from markdesk.core.ids import StudentId
from markdesk.core.people import Student
from markdesk.desk.grades import type_grade
from markdesk.desk.merging import merge
from tests.conftest import Reopen
from tests.kit import SmallDesk


def test_a_grade_is_kept_altered_and_taken_back(small_desk: SmallDesk, reopen: Reopen) -> None:
    desk, amara = small_desk.desk, small_desk.students[0]
    first = type_grade(desk, amara, GradeKind.TARGET, "  B ", "2026-09-03")
    assert first is not None
    assert first.label == "Amara Okafor: target grade B for 3 Sep 2026"
    assert type_grade(desk, amara, GradeKind.TARGET, "B", "2026-09-03") is None
    type_grade(desk, amara, GradeKind.TARGET, "A", "2026-11-25")
    type_grade(desk, amara, GradeKind.WORKING_AT, "C+", "2026-11-25")
    of_another = type_grade(desk, small_desk.students[1], GradeKind.TARGET, "D", "2026-11-25")
    store = small_desk.store
    its = store.grades(amara.id)
    assert [(grade.kind, grade.day, grade.value) for grade in its] == [
        ("target", "2026-09-03", "B"), ("target", "2026-11-25", "A"), ("working at", "2026-11-25", "C+"),
    ]  # fmt: skip
    assert [(grade.kind, grade.value) for grade in in_force(its)] == [("target", "A"), ("working at", "C+")]
    assert len(store.grades()) == 4
    assert of_another is not None
    desk.take_back(of_another)
    type_grade(desk, amara, GradeKind.TARGET, "", "2026-11-25")
    store = reopen(store)
    assert [grade.value for grade in in_force(store.grades())] == ["B", "C+"]
    assert store.verify().problems == ()


def test_a_stale_one_is_refused_and_a_long_one(small_desk: SmallDesk) -> None:
    amara = small_desk.students[0]
    grade = Grade(amara.id, GradeKind.PREDICTED, "2026-11-25", "A")
    small_desk.desk.commit("grade", "x", (GradeChanged(None, grade),))
    with pytest.raises(StaleChange):
        small_desk.desk.commit("grade", "x", (GradeChanged(None, grade),))
    with pytest.raises(UsageProblem):
        type_grade(small_desk.desk, amara, GradeKind.TARGET, "x" * 17, "2026-11-25")


def test_two_records_made_one_keep_both_grades(small_desk: SmallDesk) -> None:
    desk, amara = small_desk.desk, small_desk.students[0]
    twin = Student(StudentId("twin-000001"), "Amara", "Okafor")
    desk.commit("x", "x", (StudentChanged(None, twin),))
    type_grade(desk, amara, GradeKind.TARGET, "B", "2026-09-03")
    type_grade(desk, amara, GradeKind.PREDICTED, "B", "2026-09-03")
    type_grade(desk, twin, GradeKind.TARGET, "C", "2026-09-03")
    done = merge(desk, twin, amara)
    assert [(grade.kind, grade.value) for grade in desk.store.grades()] == [("predicted", "B"), ("target", "C")]
    assert "The target grade of 2026-09-03 stays C; B is given up." in done.notes
    assert desk.store.verify().problems == ()
