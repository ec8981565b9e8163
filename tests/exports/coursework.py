"""A desk with coursework on it: a class whose pieces are marked under any scheme, by whoever is asked."""

from collections.abc import Sequence
from dataclasses import replace

from markdesk.core.award import Placement
from markdesk.core.changes import (
    AnyChange,
    AssignmentChanged,
    GroupChanged,
    MembershipChanged,
    ScriptChanged,
    StudentChanged,
)
from markdesk.core.coursework import OTHER_QUESTION, Assignment, Kind, Script
from markdesk.core.essay import Essay
from markdesk.core.feedback import Field
from markdesk.core.ids import AssignmentId, EssayHash, GroupId, ScriptId, StudentId
from markdesk.core.people import Membership, Student, TeachingGroup
from markdesk.desk.desk import Desk
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.ports import Keep
from markdesk.store.memory.store import MemoryStore
from tests.kit import CountingIds, FixedClock, make_desk, shipped_rubric

AQA, OCR, EDEXCEL = "aqa-7042-nea-40", "ocr-h505-y100-nea-40", "edexcel-9hi0-coursework-40"
QUESTION = "A historical investigation of your own"


def essay(words: int) -> Essay:
    """A piece of so many words that count, a title and a bibliography that may not."""
    body = " ".join(["word"] * (words - 1) + ["end."])
    return Essay.from_paragraphs(
        ["How far were the Tudors secure", body, "Bibliography", "Guy, J., Tudor England, 1988"]
    )


def coursework_desk(
    scheme: str = AQA, count: int = 3, numbers: Sequence[str] = (), words: Sequence[int] = (), kind: Kind = Kind.NEA
) -> Desk:
    """A class of ``count`` students, C1 to Cn, each with a piece; candidate numbers are 9001 and so on unless given."""
    desk = make_desk(MemoryStore(), FixedClock(), CountingIds())
    rubric = shipped_rubric(scheme)
    group = TeachingGroup(GroupId("group-13h"), "13H")
    assignment = Assignment(
        AssignmentId("nea"), "Investigation", QUESTION, rubric.hash, "2026-09-10", group.id, kind, order_seed=1
    )
    changes: list[AnyChange] = [GroupChanged(None, group), AssignmentChanged(None, assignment)]
    essays: list[Essay] = []
    for n in range(1, count + 1):
        number = numbers[n - 1] if n <= len(numbers) else f"9{n:03d}"
        student = Student(StudentId(f"student-{n:03d}"), f"C{n}", "Candidate", number)
        text = essay(words[n - 1] if n <= len(words) else 3_600)
        essays.append(text)
        script = Script(
            ScriptId(f"script-{n:06d}"), assignment.id, student.id, EssayHash(text.hash), f"{n}.docx", "2027-02-01",
            notes=(f"{OTHER_QUESTION}Question {n}",) if n == 1 else (),
        )  # fmt: skip
        changes += [
            StudentChanged(None, student),
            MembershipChanged(None, Membership(group.id, student.id)),
            ScriptChanged(None, script),
        ]
    desk.commit("import", "coursework for tests", tuple(changes), Keep(tuple(essays), (rubric,)))
    return desk


def mark(desk: Desk, n: int, marks: Sequence[int], comments: bool = True) -> MarkingDesk:
    """Finish one candidate's: a mark on each scale, a comment on each objective, and a private note."""
    (entry,) = desk.store.entries(desk.marker.id, script_id=ScriptId(f"script-{n:06d}"))
    opened = MarkingDesk(desk, entry)
    for scale, given in zip(opened.rubric.scales, marks, strict=True):
        opened.give_mark(scale.id, given)
    if comments:
        for place, ao in enumerate(opened.rubric.aos, start=1):
            opened.write_feedback(Field.AO, place, f"Why this level on {ao.code}, see page {place}.")
    opened.write_feedback(Field.NOTE, 1, "PRIVATE: ask about the footnotes")
    opened.finish()
    return opened


def place_all(opened: MarkingDesk, placements: Sequence[Placement | None]) -> None:
    """Place the strands of a profile."""
    scale = opened.rubric.scales[0]
    for strand, placed in zip(opened.rubric.strands_of(scale), placements, strict=True):
        opened.place_strand(scale.id, strand.id, placed)


def nea(desk: Desk) -> Assignment:
    return desk.store.assignments()[0]


def hide(desk: Desk) -> Assignment:
    """Hide the names of the assignment."""
    before = nea(desk)
    after = replace(before, is_anonymous=True)
    desk.commit("test", "names hidden", (AssignmentChanged(before, after),))
    return after
