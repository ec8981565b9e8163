"""Two years of one class: a student with many marks, one with a single mark, one with none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

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
from markdesk.core.ids import AssignmentId, EssayHash, ScriptId, StudentId
from markdesk.core.marking import Met
from markdesk.core.people import Membership
from markdesk.core.queue_notes import Absence, Why
from markdesk.desk.desk import Desk
from markdesk.desk.handed_in import Move, Plan
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.moving import carry_out
from markdesk.desk.ports import Keep
from markdesk.store.sqlite.store import SqliteStore
from tests.kit import shipped_rubric
from tests.tui.desks import GROUP, HOLISTIC, PARAGRAPHS, PARTS, PROFILE, RUBRICS, STUDENTS, SUMMED
from tests.tui.seat import World

AMARA, LUCJA, FINN = STUDENTS


@dataclass(frozen=True)
class Set:
    """A piece of work, and what Amara got for it."""

    id: str
    name: str
    on: str
    shape: str = HOLISTIC
    marks: tuple[int, ...] | None = None
    """Scale by scale; () for no response, None for not marked."""
    target: str = ""
    met: Met | None = None
    codes: tuple[tuple[str, str], ...] = ()
    strands: tuple[int, ...] = ()
    is_handed_in: bool = True
    kind: Kind = Kind.CLASS_ESSAY


CAUSES = "Weigh two causes against each other in every paragraph."
DATES = "Say which year, and what followed from it."
COURSE = (
    Set("w1", "Henry VII", "2025-09-22", marks=(11,), target=CAUSES, codes=(("K", DATES), ("AN", "")),
        strands=(3, 2, 3)),
    Set("w2", "Wolsey", "2025-11-10", marks=(), codes=()),
    Set("w3", "The Reformation", "2025-12-08", marks=(13,), target=CAUSES, met=Met.NOT_YET, codes=(("K", DATES),),
        strands=(3, 2, 3)),
    Set("w4", "Edward VI", "2026-01-26", PROFILE, (12,), codes=(("EVAL", ""), ("K", "")), strands=(3, 3, 2)),
    Set("w5", "Mary I", "2026-03-09", marks=(15,), target="Name the historian whom you quote.", met=Met.PARTLY,
        codes=(("K", ""), ("AN", DATES)), strands=(3, 3, 3)),
    Set("w6", "Elizabeth and Spain", "2026-05-11", is_handed_in=False),
    Set("w7", "The Cold War", "2026-06-15", PARTS, (7, 13), codes=(("J", ""),)),
    Set("w8", "Witchcraft, 1560–1660", "2026-06-29", SUMMED, (14, 6, 7), kind=Kind.NEA, codes=(("K", ""),)),
    Set("w9", "Parliament", "2026-09-21", marks=(19,), target="Answer the other side before you judge.", met=Met.MET,
        codes=(("K", ""), ("AN", "")), strands=(4, 3, 4)),
    Set("w10", "Mock: the Tudors", "2026-11-02", marks=(16,), kind=Kind.MOCK),
    Set("w11", "Monopolies", "2026-11-16"),
)  # fmt: skip


def two_years(path: Path, course: Sequence[Set] = COURSE) -> World:
    """The course of Amara; Finn has one mark, Łucja none."""
    world = World(path)
    store = SqliteStore(path, create=True)
    desk = world.desk(store)
    essays = {one.id: _essay(one) for one in course}
    changes: list[AnyChange] = [GroupChanged(None, GROUP)]
    changes += [StudentChanged(None, student) for student in STUDENTS]
    changes += [MembershipChanged(None, Membership(GROUP.id, student.id)) for student in STUDENTS]
    for one in course:
        question = f"‘{one.name} changed little.’ Assess the validity of this view."
        changes.append(
            AssignmentChanged(
                None,
                Assignment(
                    AssignmentId(one.id), one.name, question, shipped_rubric(RUBRICS[one.shape]).hash, one.on,
                    GROUP.id, one.kind, is_anonymous=one.kind is Kind.MOCK,
                ),
            )
        )  # fmt: skip
        for student in STUDENTS:
            if one.is_handed_in and (student is not LUCJA or one.id == "w11"):
                text = essays[one.id].hash
                changes.append(ScriptChanged(None, _script(one, student.id, text)))
    changes.append(AbsenceChanged(None, Absence(AssignmentId("w6"), AMARA.id, Why.LATE)))
    rubrics = {one.shape: shipped_rubric(RUBRICS[one.shape]) for one in course}
    desk.commit("import", "two years", tuple(changes), Keep(tuple(essays.values()), tuple(rubrics.values())))
    for one in course:
        _mark(world, desk, one)
    if any(one.id == "w1" for one in course):
        _give(world, desk, replace(course[0], marks=(9,), target=""), f"{course[0].id}-{FINN.id}")
    if any(one.id == "w5" for one in course):
        _redraft(world, desk, next(one for one in course if one.id == "w5"))
    _at(world, "2026-11-25")
    store.close()
    return world


def _essay(one: Set) -> Essay:
    return Essay.from_paragraphs([f"{one.name} in short. {PARAGRAPHS[0]}", *PARAGRAPHS[1:]])


def _script(one: Set, student: StudentId, text: str) -> Script:
    received = f"{one.on}T12:00:00.000+00:00"
    return Script(
        ScriptId(f"{one.id}-{student}"), AssignmentId(one.id), student, EssayHash(text), f"{one.id}.docx", received
    )


def _at(world: World, day: str) -> None:
    world.clock.at = datetime.fromisoformat(f"{day}T16:00:00+00:00")


def _mark(world: World, desk: Desk, one: Set) -> None:
    if one.is_handed_in and one.marks is not None:
        _give(world, desk, one, f"{one.id}-{AMARA.id}")


def _open(desk: Desk, script: str) -> MarkingDesk:
    (entry,) = desk.store.entries(desk.marker.id, script_id=ScriptId(script))
    opened = MarkingDesk(desk, entry)
    opened.last_target = desk.store.last_target(entry.student.id, entry.assignment)
    return opened


def _give(world: World, desk: Desk, one: Set, script: str) -> None:
    _at(world, one.on)
    opened = _open(desk, script)
    for n, (code, comment) in enumerate(one.codes):
        world.clock.wait(90)
        place = opened.essay.paragraphs[n].span
        opened.annotate(Span(place.start, place.start + 24 + 3 * n), code, comment)
    for at, scale in enumerate(opened.rubric.scales):
        world.clock.wait(120)
        if one.marks:
            opened.give_mark(scale.id, one.marks[at])
        else:
            opened.give_no_response(scale.id)
        for strand, level in zip(opened.rubric.strands_of(scale), one.strands, strict=False):
            opened.place_strand(scale.id, strand.id, Placement(level))
    for cap in opened.rubric.caps:
        opened.answer_cap(cap.id, False)
    if one.target:
        opened.write_feedback(Field.TARGET, 1, one.target)
    opened.write_feedback(Field.WWW, 1, "A clear line of argument.")
    opened.write_feedback(Field.NOTE, 1, "PRIVATE: ask about her hours.")
    outcome = opened.finish(one.met)
    assert outcome.is_saved, outcome.label


def _redraft(world: World, desk: Desk, one: Set) -> None:
    """Amara hands it in again, and it is judged anew."""
    newer = Essay.from_paragraphs([f"{one.name}, rewritten. {PARAGRAPHS[0]}", *PARAGRAPHS[1:]])
    (entry,) = desk.store.entries(desk.marker.id, script_id=ScriptId(f"{one.id}-{AMARA.id}"))
    again = replace(entry.script, essay_hash=EssayHash(newer.hash), version=2)
    change = ScriptChanged(entry.script, again)
    carry_out(
        desk,
        Plan(
            entry.assignment, shipped_rubric(RUBRICS[one.shape]), False, None, (), (), (), (), (), (change,),
            Keep((newer,)), (Move(again, entry.student, newer),),
        ),
    )  # fmt: skip
    _at(world, "2026-03-20")
    opened = _open(desk, entry.script.id)
    opened.give_mark(opened.rubric.scales[0].id, 18)
    opened.finish()
