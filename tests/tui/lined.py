"""A pile that is marked already, for the tests of the line-up and the return."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from markdesk.core.essay import Essay, Span
from markdesk.core.ids import AssignmentId, StudentId
from markdesk.core.people import Student
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.sitting import Sitting
from markdesk.store.sqlite.store import SqliteStore
from tests.tui.desks import HOLISTIC, PARAGRAPHS, lay_out
from tests.tui.seat import World

Marks = Sequence[int | None]
"""One essay's marks, scale by scale; all None: no response."""

FAMILIES = (
    "Okafor", "Świderska", "O’Connell", "Hartley", "Marsh", "Patel", "Brook", "Aziz", "Lindqvist", "Wren",
    "Fontaine", "Osei", "Drummond", "Castellano",
)  # fmt: skip
GIVEN = ("Amara", "Łucja", "Finn", "Ben", "Chloe", "Dev", "Esme")


def lined(path: Path, marks: Sequence[Marks | None], shape: str = HOLISTIC, on_paper: bool = False) -> World:
    """A desk with one essay for each of these marks, marked in their order; None: not begun."""
    students = tuple(
        Student(
            StudentId(f"student-{n:04}"),
            GIVEN[n % len(GIVEN)],
            FAMILIES[n % len(FAMILIES)] + (f" {n}" if n >= len(FAMILIES) else ""),
        )
        for n in range(len(marks))
    )
    essays = tuple(
        Essay.from_paragraphs([f"This is the essay of {student.name}. {PARAGRAPHS[0]}", *PARAGRAPHS[1:]])
        for student in students
    )
    world = lay_out(path, (shape,), [None] * len(essays) if on_paper else essays, students)
    store = SqliteStore(world.path, create=True)
    desk = world.desk(store)
    assignment = next(a for a in desk.store.assignments() if a.id == AssignmentId(shape))
    sitting = Sitting(desk, assignment, "arrival")
    by_student = {entry.student.id: entry.script.id for entry in sitting.entries}
    with store.together():
        for student, given in zip(students, marks, strict=True):
            if given is not None:
                world.clock.wait(300)
                _mark(sitting.open(by_student[student.id]), given)
    sitting.close()
    store.close()
    return world


def _mark(opened: MarkingDesk, given: Marks) -> None:
    for scale, mark in zip(opened.rubric.scales, given, strict=True):
        if mark is None:
            opened.give_no_response(scale.id)
        else:
            opened.give_mark(scale.id, mark)
    if opened.is_paper:
        opened.add_place(1)
    first = opened.essay.paragraphs[0].span
    opened.annotate(Span(first.start, min(first.end, first.start + 20)), "K", "")
    opened.finish()


def digest(seed: str) -> int:
    """A number that looks random and is always the same."""
    return int(hashlib.sha256(seed.encode()).hexdigest(), 16)
