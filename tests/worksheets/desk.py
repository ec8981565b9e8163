"""The class that the worksheets of these tests are about. No pytest in here."""

from collections.abc import Sequence
from dataclasses import dataclass

from markdesk.core.changes import AnyChange, AssignmentChanged, GroupChanged, MembershipChanged, ScriptChanged
from markdesk.core.changes import StudentChanged as Known
from markdesk.core.coursework import Assignment, Script
from markdesk.core.essay import Essay
from markdesk.core.feedback import Field
from markdesk.core.ids import AssignmentId, EssayHash, GroupId, ScriptId, StudentId
from markdesk.core.people import Membership, Student, TeachingGroup
from markdesk.desk.desk import Desk
from markdesk.desk.filling import FillOrder, FillPlan, plan_fill
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.ports import Keep
from markdesk.formats.worksheets import Chosen, OpenSheet, open_worksheet
from markdesk.store.memory.store import MemoryStore
from tests.kit import CountingIds, FixedClock, make_desk, shipped_rubric

TITLE = "Henry VII"
LINES = (
    (Field.WWW, "Clear line, well kept"),
    (Field.EBI, "Weigh the <sources>"),
    (Field.TARGET, "Use dates"),
    (Field.NOTE, "PRIVATE"),
)
HTML = (
    "<strong>WWW:</strong> Clear line, well kept<br><strong>EBI:</strong> Weigh the &lt;sources&gt;"
    "<br><strong>Target:</strong> Use dates"
)
TEXT = "WWW: Clear line, well kept\nEBI: Weigh the <sources>\nTarget: Use dates"


def _student(name: str, number: str, n: int) -> Student:
    given, _, family = name.partition(" ")
    ids = (
        ("sis", f"00120{n}"),
        ("canvas", f"482{n}"),
        ("email", f"{given.lower()}@school.example"),
        ("login", f"{given.lower()}{n}"),
    )
    return Student(StudentId(f"student-{given.lower()}"), given, family, number, ids=ids)


AMARA = _student("Amara Okafor", "0123", 1)
"""Marked: 17, with feedback."""
ZOE = _student("Zoë Brontë", "0124", 2)
"""Marked: 0, which is a mark; without feedback."""
BEN = _student("Ben Hartley", "0125", 3)
"""Begun."""
FINN = _student("Finn O'Neill", "0126", 4)
"""No response."""
DANA = _student("Dana Roy", "0127", 5)
"""Handed in, and not begun."""
ELY = _student("Ely Voss", "0128", 6)
"""Of the class; nothing is there from her."""
CLASS = (AMARA, ZOE, BEN, FINN, DANA, ELY)


@dataclass(frozen=True)
class Laid:
    """A desk, and the assignment that is marked on it."""

    desk: Desk
    assignment: Assignment

    def plan(self, sheet: OpenSheet, order: FillOrder | None = None) -> FillPlan:
        return plan_fill(self.desk, self.assignment, sheet.worksheet, order or FillOrder(), sheet.feedback, sheet.lost)

    def lines(self, field: Field) -> list[str]:
        """The feedback of the first student, as the desk keeps it."""
        entry = self.desk.store.entries(self.desk.marker.id, self.assignment.id)[0]
        marking = self.desk.store.marking(entry.script.id, self.desk.marker.id)
        return [line.text for line in marking.lines(field)] if marking else []

    def fill(self, data: bytes, chosen: Chosen | None = None, order: FillOrder | None = None) -> tuple[bytes, FillPlan]:
        """A file as it is filled in from the desk."""
        sheet = open_worksheet(data, "list.csv", chosen or Chosen(), self.assignment.name)
        plan = self.plan(sheet, order)
        return sheet.filled(plan.marks, plan.feedback), plan


def lay_out(students: Sequence[Student] = CLASS, lines: Sequence[tuple[Field, str]] = LINES, name: str = TITLE) -> Laid:
    """The desk: the first student marked with feedback, the others as it says beside their names."""
    desk = make_desk(MemoryStore(), FixedClock(), CountingIds())
    rubric = shipped_rubric()
    group = TeachingGroup(GroupId("group-13h"), "13H")
    assignment = Assignment(AssignmentId("assignment"), name, "How secure?", rubric.hash, "2026-11-16", group.id)
    essays = [Essay(f"The essay of {student.id}.") for student in students if student.id != ELY.id]
    writers = [student for student in students if student.id != ELY.id]
    scripts = [
        Script(
            ScriptId(f"script-00000{n}"),
            assignment.id,
            student.id,
            EssayHash(essay.hash),
            "essay.docx",
            "2026-11-20T09:00:00.000+00:00",
            system="moodle",
            system_id=f"10048{n}",
        )
        for n, (student, essay) in enumerate(zip(writers, essays, strict=True), start=1)
    ]
    changes: list[AnyChange] = [GroupChanged(None, group), AssignmentChanged(None, assignment)]
    for student in students:
        changes += [Known(None, student), MembershipChanged(None, Membership(group.id, student.id))]
    changes += [ScriptChanged(None, script) for script in scripts]
    desk.store.commit(desk.step("import", "a class", tuple(changes)), keep=Keep(tuple(essays), (rubric,)))
    entries = {entry.student.id: entry for entry in desk.store.entries(desk.marker.id, assignment.id)}
    first = MarkingDesk(desk, entries[students[0].id])
    first.give_mark("main", 17)
    places: dict[Field, int] = {}
    for field, text in lines:
        places[field] = places.get(field, 0) + 1
        first.write_feedback(field, places[field], text)
    first.finish()
    if ZOE in students:
        zoe = MarkingDesk(desk, entries[ZOE.id])
        zoe.give_mark("main", 0)
        zoe.finish()
    if BEN in students:
        MarkingDesk(desk, entries[BEN.id]).give_mark("main", 12)
    if FINN in students:
        finn = MarkingDesk(desk, entries[FINN.id])
        finn.give_no_response("main")
        finn.finish()
    return Laid(desk, assignment)
