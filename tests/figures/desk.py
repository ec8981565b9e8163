"""A desk whose figures are known: a class over a year, with everything that a figure may stumble over.

Schemes with different maxima, no response, a 0, work that wasn't handed in or isn't finished, names that differ by an
accent alone, a pile of which some was marked under an earlier version of the scheme, a student without any work.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

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
from markdesk.core.coursework import Assignment, Kind, Script
from markdesk.core.essay import Essay, Span
from markdesk.core.feedback import Field
from markdesk.core.ids import AssignmentId, EssayHash, GroupId, ScriptId, StudentId
from markdesk.core.people import Membership, Student, TeachingGroup, split_name
from markdesk.core.queue_notes import Absence, Why
from markdesk.core.rubric import Rubric
from markdesk.desk.desk import Desk
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.ports import Keep
from markdesk.store.sqlite.store import SqliteStore
from tests.kit import CountingIds, FixedClock, make_desk, shipped_rubric
from tests.schemes_that_change import rebanded

MARKER = "Ms Test"
GROUP = TeachingGroup(GroupId("group-13h"), "13H")
NAMES = (
    "José Álvarez", "Jose Alvarez", "Zoë Lindqvist", "Zoe Lindqvist", "Łucja Łódź", "Lucja Lodz", "Amara Okafor",
    "Ben Hartley", "Chloe Marsh", "Dev Patel", "Esme Brook", "Farid Aziz", "Grace Wren", "Hugo Fontaine", "Ife Osei",
    "Jude Drummond", "Kofi Mensah", "Leah Stein", "Mina Rahimi", "Noah Grant", "Orla Byrne", "Pia Costa", "Quin Abbot",
    "Rhys Evans",
)  # fmt: skip
STUDENTS = tuple(
    Student(StudentId(f"student-{n:02}"), *split_name(name), f"{4100 + n}") for n, name in enumerate(NAMES)
)
IDLE = Student(StudentId("student-idle"), "Noor", "Rahman")
"""She has handed in nothing at all."""
NEW = Student(StudentId("student-new"), "Olive", "Wu")
"""She has come for the last pile alone."""

FIRST, NEA, MOVED, LAST = "first", "nea", "moved", "last"
DAYS = {FIRST: "2025-10-06", NEA: "2026-05-11", MOVED: "2026-05-11", LAST: "2026-11-02"}
"""Two of them were set on one day: neither is the later."""
ESSAY = Essay.from_paragraphs(["Henry VII beat Simnel at Stoke in 1487.", "Warbeck took eight years, and was no king."])
HOLISTIC, SUMMED = shipped_rubric("aqa-7042-b-essay-25"), shipped_rubric("aqa-7042-nea-40")
_WIDER = rebanded(HOLISTIC, 6, 12, 18, 24, 30, version="0.9")
OLD = replace(_WIDER, max_mark=30, scales=(replace(_WIDER.scales[0], max=30),))
"""The scheme as it was when the first of a pile were marked: out of 30."""

STAMPED = ("K", "NAR", "K", "AN")
"""Two of these credit the passage: see ``CREDITS``."""


def a_year(path: Path) -> None:
    """The desk, in a file."""
    store = SqliteStore(path, create=True)
    clock = FixedClock()
    desk = make_desk(store, clock, CountingIds(), MARKER)
    dice = Random(1487)
    worth = {one.id: dice.gauss(0.56, 0.13) for one in STUDENTS}
    with store.together():
        _lay_out(desk)
        _first(desk, [round(25 * (worth[one.id] + dice.gauss(0, 0.06))) for one in STUDENTS])
        _nea(desk, clock, [worth[one.id] + dice.gauss(0, 0.05) for one in STUDENTS])
        _moved(desk, [round(25 * (worth[one.id] + dice.gauss(0, 0.06))) for one in STUDENTS])
        order = [*STUDENTS]
        dice.shuffle(order)
        _last(desk, clock, order, [25 * (worth[one.id] + dice.gauss(0, 0.05)) for one in order])
    assert store.verify().problems == ()
    store.close()


def script_of(assignment: str, student: Student) -> ScriptId:
    return ScriptId(f"{assignment}-{student.id}")


def _lay_out(desk: Desk) -> None:
    kinds = {NEA: Kind.NEA}
    schemes = {FIRST: HOLISTIC, NEA: SUMMED, MOVED: OLD, LAST: HOLISTIC}
    changes: list[AnyChange] = [GroupChanged(None, GROUP)]
    for one in (*STUDENTS, IDLE, NEW):
        changes += [StudentChanged(None, one), MembershipChanged(None, Membership(GROUP.id, one.id))]
    for name, day in DAYS.items():
        about = Assignment(
            AssignmentId(name), f"The {name} essay", f"Why the {name}?", schemes[name].hash, day, GROUP.id,
            kinds.get(name, Kind.CLASS_ESSAY),
        )  # fmt: skip
        changes.append(AssignmentChanged(None, about))
        away = {FIRST: STUDENTS[22:], NEA: STUDENTS[23:], MOVED: STUDENTS[:1], LAST: ()}[name]
        for one in (*STUDENTS, NEW) if name == LAST else STUDENTS:
            if one not in away:
                its = Script(script_of(name, one), about.id, one.id, EssayHash(ESSAY.hash), "", f"{day}T12:00:00.000Z")
                changes.append(ScriptChanged(None, its))
    changes.append(AbsenceChanged(None, Absence(AssignmentId(LAST), IDLE.id, Why.ABSENT)))
    desk.commit("import", "a year", tuple(changes), Keep((ESSAY,), (HOLISTIC, SUMMED, OLD)))


def _opened(desk: Desk, assignment: str, student: Student) -> MarkingDesk:
    return MarkingDesk(desk, desk.store.entries(desk.marker.id, script_id=script_of(assignment, student))[0])


def _mark(opened: MarkingDesk, marks: Sequence[int | None], finish: bool = True) -> None:
    for scale, mark in zip(opened.rubric.scales, marks, strict=True):
        if mark is None:
            opened.give_no_response(scale.id)
        else:
            opened.give_mark(scale.id, max(0, min(scale.max, mark)))
    if finish:
        opened.finish()


def _first(desk: Desk, marks: Sequence[int]) -> None:
    """One didn't answer, one has nothing creditable, one isn't begun, one isn't finished."""
    for n, (student, mark) in enumerate(zip(STUDENTS[:22], marks, strict=False)):
        if n != 7:
            _mark(_opened(desk, FIRST, student), [{5: None, 6: 0}.get(n, mark)], finish=n != 8)


def _nea(desk: Desk, clock: FixedClock, shares: Sequence[float]) -> None:
    """Three scales, on one of which somebody gave no answer."""
    for n, (student, share) in enumerate(zip(STUDENTS[:23], shares, strict=False)):
        clock.wait(600)
        opened = _opened(desk, NEA, student)
        for turn, strand in enumerate(("knowledge", "analysis")):
            opened.place_strand("ao1", strand, Placement(1 + (n + 2 * turn) % 5, n % 3 - 1))
        _mark(opened, [round(20 * share), None if n == 3 else round(10 * share), round(10 * share) - n % 2])


def _moved(desk: Desk, marks: Sequence[int]) -> None:
    """The first four under the scheme as it was, out of 30; then the assignment has the present one."""
    for student, mark in zip(STUDENTS[1:5], marks[1:], strict=False):
        _mark(_opened(desk, MOVED, student), [mark + 5])
    (before,) = (one for one in desk.store.assignments() if one.id == MOVED)
    _under(desk, before, HOLISTIC)
    for student, mark in zip(STUDENTS[5:], marks[5:], strict=True):
        _mark(_opened(desk, MOVED, student), [mark])


def _under(desk: Desk, before: Assignment, rubric: Rubric) -> None:
    desk.commit("scheme", "the present one", (AssignmentChanged(before, replace(before, rubric_hash=rubric.hash)),))


def _last(desk: Desk, clock: FixedClock, order: Sequence[Student], worth: Sequence[float]) -> None:
    """In this order, with a standard that slides, stamps and comments; the new student is marked last."""
    for n, (student, mark) in enumerate(zip(order, worth, strict=True)):
        clock.wait(420)
        opened = _opened(desk, LAST, student)
        for turn, strand in enumerate(("focus", "judgement")):
            if (n + turn) % 4:
                opened.place_strand("main", strand, Placement(1 + (n + turn) % 4, 0))
        for at, code in enumerate(STAMPED[: n % 5]):
            opened.annotate(Span(at * 4, at * 4 + 6), code, "Say when, and why." if n % 3 == 0 else "")
        opened.write_feedback(Field.TARGET, 1, f"Weigh two causes, {n}.")
        _mark(opened, [round(mark + 2 - 4 * n / 23)])
    clock.wait(420)
    _mark(_opened(desk, LAST, NEW), [None])
