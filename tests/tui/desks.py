"""The desks that the tests of the screens are played on: four shapes of mark scheme, a small class, plain essays."""

import shutil
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from markdesk.core.changes import (
    AnyChange,
    AssignmentChanged,
    GroupChanged,
    MembershipChanged,
    ScriptChanged,
    StudentChanged,
)
from markdesk.core.coursework import Assignment, Script
from markdesk.core.essay import Essay
from markdesk.core.ids import AssignmentId, EssayHash, GroupId, ScriptId, StudentId
from markdesk.core.people import Membership, Student, TeachingGroup
from markdesk.core.rubric import Rubric
from markdesk.desk.ports import Keep
from markdesk.store.sqlite.store import SqliteStore
from tests.kit import shipped_rubric
from tests.tui.seat import World

HOLISTIC, SUMMED, PROFILE, PARTS = "holistic", "summed", "profile", "parts"
"""The assignments' ids, named after the shape of their mark scheme."""

SHAPES = (HOLISTIC, SUMMED, PROFILE, PARTS)
"""Those of the desk that most tests are played on."""

POINTS, CAPPED = "points", "capped"
"""Shapes that a test lays out for itself: a scale of points beside others, and caps that are the board's rule."""

RUBRICS = {
    HOLISTIC: "aqa-7042-b-essay-25",
    SUMMED: "aqa-7042-nea-40",
    PROFILE: "edexcel-9hi0-essay-20",
    PARTS: "ocr-h505-y2-twopart-30",
    POINTS: "ib-history-p1-24",
    CAPPED: "aqa-7042-c1a-extracts-30",
}

NAMES = {
    HOLISTIC: "Khrushchev",
    SUMMED: "The Tudors at work",
    PROFILE: "Stalin",
    PARTS: "The Cold War",
}

STUDENTS = (
    Student(StudentId("student-okafor"), "Amara", "Okafor", "7042"),
    Student(StudentId("student-swider"), "Łucja", "Świderska"),
    Student(StudentId("student-oconne"), "Finn", "O’Connell"),
)

PARAGRAPHS = (
    "Khrushchev spoke in secret in February 1956. The party listened in silence. Nobody had said such things.",
    "Hungary rose in the autumn. The tanks came in November, and the thaw stopped at the border.",
    "At home the camps emptied. Writers tried their luck, and some of them were printed.",
    "So the style of rule had changed. Its substance, however, had not.",
)
ESSAYS = tuple(
    Essay.from_paragraphs([f"{opening} {PARAGRAPHS[0]}", *PARAGRAPHS[1:]])
    for opening in ("First essay.", "Second essay.", "Third essay.")
)
GROUP = TeachingGroup(GroupId("group-13h"), "13H")


def script_id(assignment: str, place: int) -> str:
    """The id of a script; ``place`` counts from 1, in the order of the pile."""
    return f"script-{assignment}-{place}"


def lay_out(
    path: Path,
    shapes: Sequence[str] = SHAPES,
    essays: Sequence[Essay | None] = ESSAYS,
    students: Sequence[Student] = STUDENTS,
    names: dict[str, str] = NAMES,
    question: str = "‘Style, not substance.’ Assess the validity of this view. [25 marks]",
    group: TeachingGroup = GROUP,
) -> World:
    """A desk file with an assignment of each shape, each with the same essays; None for a handwritten one."""
    world = World(path)
    store = SqliteStore(path, create=True)
    changes: list[AnyChange] = [GroupChanged(None, group)]
    changes += [StudentChanged(None, student) for student in students]
    changes += [MembershipChanged(None, Membership(group.id, student.id)) for student in students]
    for day, shape in enumerate(shapes, start=10):
        rubric = shipped_rubric(RUBRICS[shape])
        changes.append(
            AssignmentChanged(
                None,
                Assignment(
                    AssignmentId(shape), names.get(shape, shape), question, rubric.hash, f"2026-11-{day}", group.id
                ),
            )
        )
        for place, (student, essay) in enumerate(zip(students, essays, strict=False), start=1):
            script = Script(
                ScriptId(script_id(shape, place)),
                AssignmentId(shape),
                student.id,
                EssayHash(essay.hash) if essay else None,
                f"{place}.docx",
                f"2026-11-20T0{place}:00:00.000+00:00",
            )
            changes.append(ScriptChanged(None, script))
    keep = Keep(tuple(essay for essay in essays if essay), tuple(shipped_rubric(RUBRICS[shape]) for shape in shapes))
    world.desk(store).commit("import", "a desk for tests", tuple(changes), keep)
    store.close()
    return world


async def once(kept: Path, world: World, play: Callable[[World], Awaitable[None]]) -> None:
    """What these keys make of a fresh desk: they are pressed the first time, and then their desk is copied."""
    path, time, ids = (kept / f"{play.__module__}.{play.__name__}.{kind}" for kind in ("db", "time", "ids"))
    if not path.exists():
        await play(world)
        time.write_text(world.clock.now())
        ids.write_text(str(world.ids.count))
        shutil.copy(world.path, path)
    shutil.copy(path, world.path)
    world.clock.at = datetime.fromisoformat(time.read_text())
    world.ids.count = int(ids.read_text())


def under(world: World, shape: str, rubric: Rubric) -> None:
    """The assignment under another mark scheme."""
    store = SqliteStore(world.path)
    (present,) = [assignment for assignment in store.assignments() if assignment.id == shape]
    change = AssignmentChanged(present, replace(present, rubric_hash=rubric.hash))
    world.desk(store).commit("test", "another scheme", (change,), Keep(rubrics=(rubric,)))
    store.close()
