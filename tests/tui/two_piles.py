"""A class with two piles under one mark scheme, for the tests of what can stand beside an essay."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from markdesk.core.changes import AnyChange, AssignmentChanged, ScriptChanged
from markdesk.core.coursework import Script
from markdesk.core.essay import Essay, Span
from markdesk.core.ids import AssignmentId, EssayHash, ScriptId
from markdesk.core.people import Student
from markdesk.desk.ports import Keep
from markdesk.desk.sitting import Sitting
from markdesk.store.sqlite.store import SqliteStore
from tests.tui.desks import HOLISTIC, PARAGRAPHS, SHAPES, STUDENTS, lay_out, script_id
from tests.tui.seat import World

EARLIER = "earlier"
"""The pile of September; that of November is the desk's own of this shape."""

Marks = Sequence[int | None]


def two_piles(
    path: Path,
    earlier: Marks = (9, 22, 17),
    now: Marks = (None, 18, 14),
    is_hidden: bool = False,
    was_hidden: bool = False,
    shape: str = HOLISTIC,
    students: Sequence[Student] = STUDENTS,
) -> World:
    """Two piles of three students with these marks on the first scale, in their order; None: not begun."""
    world = lay_out(path, SHAPES if shape in SHAPES else (shape,), students=students)
    store = SqliteStore(path, create=True)
    desk = world.desk(store)
    assignment = next(found for found in store.assignments() if found.id == shape)
    old = replace(
        assignment,
        id=AssignmentId(EARLIER),
        name="Hungary 1956",
        set_on="2026-09-14",
        order_seed=7,
        is_anonymous=was_hidden,
    )
    essays = [
        Essay.from_paragraphs([f"{student.name} wrote this in September.", *PARAGRAPHS[1:], *PARAGRAPHS])
        for student in students
    ]
    scripts = [
        ScriptChanged(
            None,
            Script(
                ScriptId(script_id(EARLIER, place)),
                AssignmentId(EARLIER),
                student.id,
                EssayHash(essay.hash),
                f"{place}.docx",
                f"2026-09-20T0{place}:00:00.000+00:00",
            ),
        )
        for place, (student, essay) in enumerate(zip(students, essays, strict=True), start=1)
    ]
    changes: tuple[AnyChange, ...] = (AssignmentChanged(None, old), *scripts)
    desk.commit("import", "a pile for tests", changes, Keep(tuple(essays)))
    if is_hidden:
        hidden = AssignmentChanged(assignment, replace(assignment, is_anonymous=True))
        desk.commit("hide", "names hidden", (hidden,))
    for pile, marks in ((EARLIER, earlier), (shape, now)):
        found = next(one for one in store.assignments() if one.id == pile)
        sitting = Sitting(desk, found, "arrival")
        for place, mark in enumerate(marks, start=1):
            if mark is None:
                continue
            world.clock.wait(300)
            opened = sitting.open(ScriptId(script_id(pile, place)))
            for scale in opened.rubric.scales:
                opened.give_mark(scale.id, min(mark, scale.max))
            second = opened.essay.paragraphs[1].span
            opened.annotate(Span(second.start, second.start + 20), "K", "")
            opened.finish()
        sitting.close()
    store.close()
    return world
