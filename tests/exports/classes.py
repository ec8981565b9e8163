"""Classes that the exports are tried on: marks of every kind, somebody who wrote nothing, somebody who wasn't there."""

from collections.abc import Sequence
from dataclasses import replace

from markdesk.core.award import Placement
from markdesk.core.changes import (
    AbsenceChanged,
    AnyChange,
    AssignmentChanged,
    GroupChanged,
    MembershipChanged,
    ScriptChanged,
    StudentChanged,
)
from markdesk.core.coursework import Assignment, Script
from markdesk.core.essay import Essay
from markdesk.core.feedback import Field
from markdesk.core.ids import AssignmentId, EssayHash, GroupId, ScriptId, StudentId
from markdesk.core.people import Membership, Student, TeachingGroup
from markdesk.core.queue_notes import Absence, Why
from markdesk.core.rubric import Rubric
from markdesk.desk.assignments import ClassRow, ClassSheet, class_sheet
from markdesk.desk.desk import Desk
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.ports import Keep
from markdesk.store.memory.store import MemoryStore
from tests.kit import CountingIds, FixedClock, make_desk, shipped_rubric

FAMILY = (
    "Adeyemi", "Brennan", "Castellanos", "Dhillon", "Evans", "Fofana", "Grzelak", "Haddad", "Ivanova", "Jones", "Kaur",
    "Lindqvist",
)  # fmt: skip
GIVEN = (
    "Tom", "Aisha", "Wiktoria", "Finn", "Chidi", "Rosa", "Megan", "Yusuf", "Łucja", "Siân", "Priya", "Bartholomew",
)  # fmt: skip
GROUP = TeachingGroup(GroupId("group-13h"), "13H")
ESSAY = Essay.from_paragraphs(
    ["Khrushchev spoke in secret in 1956. The party listened.", "Hungary rose in the autumn."]
)


def student(n: int) -> Student:
    """The student of that number; names come round again."""
    ids = (("sis", f"00{417 + n}"), ("oneroster", f"7c1f{n:04d}-aa01-4e0e-9d3c-000000000{n:03d}"))
    tutor = f"13{'ABC'[n % 3]}"
    name = GIVEN[n * 5 % 12], FAMILY[n % 12]
    return Student(StudentId(f"student-{n:03d}"), *name, f"{4100 + n:05d}", tutor, n % 7 == 3, ids if n % 11 else ())


def lay_out(
    size: int,
    rubric: Rubric,
    name: str = "Khrushchev: style or substance?",
    question: str = "‘Khrushchev changed the style of Soviet rule, not its substance.’ How far do you agree?",
    students: tuple[Student, ...] = (),
    group: TeachingGroup = GROUP,
) -> Desk:
    """A desk with one assignment. The last student has no script; nothing is marked yet."""
    desk = make_desk(MemoryStore(), FixedClock(), CountingIds(), "Ms Lee")
    students = students or tuple(student(n) for n in range(size))
    its = Assignment(AssignmentId("assignment-1"), name, question, rubric.hash, "2026-11-16", group.id)
    changes: list[AnyChange] = [GroupChanged(None, group), AssignmentChanged(None, its)]
    for n, one in enumerate(students):
        changes += [StudentChanged(None, one), MembershipChanged(None, Membership(group.id, one.id))]
        if n < len(students) - 1 or len(students) == 1:
            essay = EssayHash(ESSAY.hash) if n % 9 else None
            script = Script(ScriptId(f"script-{n:03d}"), its.id, one.id, essay, "", "2026-11-20T09:00:00.000+00:00")
            changes.append(ScriptChanged(None, script))
    desk.commit("import", "a class", tuple(changes), Keep((ESSAY,), (rubric,)))
    return desk


def mark(desk: Desk, place: int, finish: bool = True) -> MarkingDesk:
    """A mark on every scale, strands where the scheme has them, and words."""
    entry = next(e for e in desk.store.entries(desk.marker.id) if e.script.id == f"script-{place:03d}")
    opened = MarkingDesk(desk, entry)
    for at, scale in enumerate(opened.rubric.scales):
        if scale.is_points:
            for item in scale.items:
                opened.give_points(scale.id, item.id, (place + at) % (item.max + 1))
            continue
        opened.give_mark(scale.id, min(scale.max, (scale.max // 2 + (place * 7 + at * 3) % (scale.max // 2))))
        for turn, strand in enumerate(opened.rubric.strands_of(scale)):
            level = 1 + (place + turn) % scale.top
            opened.place_strand(scale.id, strand.id, Placement(level, (place + turn) % 3 - 1))
    opened.write_feedback(Field.WWW, 1, "A line of argument that holds from the first sentence to the last.")
    opened.write_feedback(Field.EBI, 1, "- weigh the speech against the amnesties" if place % 4 else "=1+1 reasons")
    opened.write_feedback(Field.TARGET, 1, "Say in each paragraph how far it proves the view.")
    for cap in opened.rubric.caps:
        opened.answer_cap(cap.id, False)
    if finish:
        opened.finish()
    return opened


def a_class(size: int = 12, rubric_id: str = "edexcel-9hi0-essay-20") -> Desk:
    """Marked but for four: no response, one being marked, one not begun, and one who handed nothing in."""
    rubric = shipped_rubric(rubric_id)
    desk = lay_out(size, rubric)
    for place in range(size - 4):
        mark(desk, place)
    mark(desk, size - 4, finish=False)
    entry = next(e for e in desk.store.entries(desk.marker.id) if e.script.id == f"script-{size - 3:03d}")
    silent = MarkingDesk(desk, entry)
    for scale in rubric.scales:
        silent.give_no_response(scale.id)
    silent.finish()
    absent = Absence(AssignmentId("assignment-1"), StudentId(f"student-{size - 1:03d}"), Why.ABSENT)
    desk.commit("absent", "away", (AbsenceChanged(None, absent),))
    return desk


def sheet_of(desk: Desk) -> ClassSheet:
    """The class mark sheet of the only assignment."""
    return class_sheet(desk, desk.store.assignments()[0])


def row_with(row: ClassRow, text: str) -> ClassRow:
    """A student's line with one text everywhere that a text can stand in it."""
    assert row.marking is not None
    marking = row.marking
    for field in (Field.WWW, Field.EBI, Field.TARGET):
        line = marking.line(field)
        assert line is not None
        marking = replace(marking, feedback=marking.feedback.with_(line.key, replace(line, text=text)))
    ids = (("sis", text), *((system, known) for system, known in row.entry.student.ids if system != "sis"))
    whose = replace(
        row.entry.student, given_name=text, family_name=text, candidate_number=text, tutor_group=text, ids=ids
    )
    return replace(row, entry=replace(row.entry, student=whose), marking=marking)


def with_text(sheet: ClassSheet, text: str) -> ClassSheet:
    """The class sheet with one text in its facts, and in its first line."""
    about = replace(sheet.assignment, name=text, question=text)
    rows = (row_with(sheet.rows[0], text), *sheet.rows[1:])
    return replace(sheet, assignment=about, group=text, marker=text, rows=rows)


def with_texts(sheet: ClassSheet, texts: Sequence[str]) -> ClassSheet:
    """A class with a student for each text."""
    rows = []
    for n, text in enumerate(texts):
        row = row_with(sheet.rows[0], text)
        one = replace(row.entry.student, id=StudentId(f"student-{n:03d}"))
        rows.append(replace(row, entry=replace(row.entry, student=one)))
    return replace(sheet, rows=tuple(rows), missing=())
