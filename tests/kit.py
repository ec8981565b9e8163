"""What the tests and their child processes share: a clock, ids, a hard essay, a small desk. No pytest in here."""

import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import markdesk
from markdesk.core.annotation import Stamp, StampSet, Tone
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
from markdesk.core.ids import AssignmentId, EssayHash, GroupId, MarkerId, ScriptId, StudentId
from markdesk.core.marksheet import MarkSheet
from markdesk.core.people import Marker, Membership, Student, TeachingGroup
from markdesk.core.rubric import Rubric
from markdesk.core.stamp_sets import StampSets
from markdesk.desk.course_review import CourseReview, course_review, taken
from markdesk.desk.desk import Desk
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.ports import Clock, Entry, IdSource, Keep
from markdesk.desk.review_filters import Filters
from markdesk.desk.sheets import each_sheet, given_entries
from markdesk.desk.store import Store
from markdesk.formats.rubric_toml import read_rubric

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src"
PROGRAM = Path(markdesk.__file__).resolve().parents[1]
"""Where the markdesk that is tested was found: the installed one, so that its wheel is what the children run too."""
RUBRICS = ROOT / "rubrics"

LONG_WORD = "Donaudampfschifffahrt" * 14 + "selder"
"""300 characters without a space."""

HARD_PARAGRAPHS = (
    "Henry VIII wrote that he was 'troubled in concience [sic]' and that [Henry] would wait [...] until [1529].",
    "Wolsey fell [/b] in 1529. See [Ibid., p. 4] and [bold red]this[/] (J. V. Stalin said otherwise, c. 1956).",
    "毛泽东 wrote in 1957; Łukasz Świątek and Siân Ó Briain disagree. Cafe\u0301 and naïve are spelt with marks.",
    "A family \U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 waves \U0001f3f4\u200d\u2620\ufe0f at a "
    "teacher \U0001f469\U0001f3fd\u200d\U0001f3eb.",
    f"The longest word: {LONG_WORD}. The second sentence of it.\nA line broken inside a paragraph.",
)
HARD_ESSAY = Essay.from_paragraphs(HARD_PARAGRAPHS)

SECOND_ESSAY = Essay.from_paragraphs(["Khrushchev spoke in 1956. The party listened.", "Hungary rose in the autumn."])

SOURCES = (b"the first file\x00\xff", b"the second file")
"""What the first two scripts' files held, as far as these tests care."""


def digest(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


STAMPS = StampSet(
    "test",
    "Stamps of the tests",
    (
        Stamp("k", "K", "knowledge used", Tone.CREDIT, frozenset({"knowledge"})),
        Stamp("a", "AN", "analysis", Tone.CREDIT, frozenset({"analysis"})),
        Stamp("v", "V", "vague", Tone.WEAK),
        Stamp("r", "R", "repeats", Tone.NEUTRAL),
    ),
)


class FixedClock:
    """Stands still until it is told that time has passed."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)

    def now(self) -> str:
        return self.at.isoformat(timespec="milliseconds")

    def today(self) -> str:
        return self.at.date().isoformat()

    def wait(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


class CountingIds:
    """Ids in order: ``id-000001``, ``id-000002``."""

    def __init__(self, prefix: str = "id") -> None:
        self.prefix = prefix
        self.count = 0

    def new(self) -> str:
        self.count += 1
        return f"{self.prefix}-{self.count:06d}"


@cache
def shipped_rubric(rubric_id: str = "aqa-7042-b-essay-25") -> Rubric:
    """A mark scheme that travels with the program."""
    return read_rubric(RUBRICS / f"{rubric_id}.toml")


@dataclass
class SmallDesk:
    """A desk with one assignment and three scripts: a hard essay, a plain one, a handwritten one."""

    desk: Desk
    rubric: Rubric
    group: TeachingGroup
    students: tuple[Student, ...]
    assignment: Assignment
    scripts: tuple[Script, ...]
    clock: FixedClock
    ids: CountingIds

    @property
    def store(self) -> Store:
        return self.desk.store

    def entry(self, place: int = 0) -> Entry:
        return self.store.entries(self.desk.marker.id, script_id=self.scripts[place].id)[0]

    def open(self, place: int = 0) -> MarkingDesk:
        """A fresh marking desk, as after a restart."""
        return MarkingDesk(self.desk, self.entry(place))

    def other_marker(self, name: str = "Mr Second") -> Desk:
        """A desk over the same store for another marker."""
        marker = Marker(MarkerId(f"marker-{name}"), name)
        return Desk(self.store, self.clock, self.ids, marker, lambda: StampSets((STAMPS,)))


def make_desk(store: Store, clock: Clock, ids: IdSource, marker: str = "Ms Test") -> Desk:
    return Desk(store, clock, ids, Marker(MarkerId(f"marker-{marker}"), marker), lambda: StampSets((STAMPS,)))


def fill(store: Store, rubric: Rubric | None = None) -> SmallDesk:
    """The small desk, written into an empty store in one step."""
    clock, ids = FixedClock(), CountingIds()
    desk = make_desk(store, clock, ids)
    rubric = rubric or shipped_rubric()
    group = TeachingGroup(GroupId("group-13h"), "13H")
    students = (
        Student(StudentId("student-okafor"), "Amara", "Okafor", "7042"),
        Student(StudentId("student-swider"), "Łucja", "Świderska"),
        Student(StudentId("student-oconne"), "Finn", "O’Connell"),
    )
    question = "'Henry VII restored the monarchy.' Assess the validity of this view. [25 marks]"
    assignment = Assignment(
        AssignmentId("assignment-henry"), "Henry VII", question, rubric.hash, "2026-11-16", group.id, order_seed=7
    )
    essays = (HARD_ESSAY, SECOND_ESSAY, None)
    scripts = tuple(
        Script(
            ScriptId(f"script-00000{n}"),
            assignment.id,
            student.id,
            EssayHash(essay.hash) if essay else None,
            f"{student.family_name}.docx" if essay else "",
            f"2026-11-20T0{n}:00:00.000+00:00",
            source_hash=digest(SOURCES[n - 1]) if essay else "",
            removed=("Skip to content [x]",) if n == 1 else (),
            notes=("1 hidden character",) if n == 1 else (),
        )
        for n, (student, essay) in enumerate(zip(students, essays, strict=True), start=1)
    )
    changes: tuple[AnyChange, ...] = (
        GroupChanged(None, group),
        *(StudentChanged(None, student) for student in students),
        *(MembershipChanged(None, Membership(group.id, student.id)) for student in students),
        AssignmentChanged(None, assignment),
        *(ScriptChanged(None, script) for script in scripts),
    )
    keep = Keep(tuple(e for e in essays if e), (rubric,), {digest(source): source for source in SOURCES})
    desk.store.commit(desk.step("import", "a small desk", changes), keep=keep)  # as if by a marker who has not marked
    return SmallDesk(desk, rubric, group, students, assignment, scripts, clock, ids)


def child_environment() -> dict[str, str]:
    """The environment of a child process that must find markdesk and the tests."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(PROGRAM), str(ROOT)))}


def sheets_of(desk: Desk, assignment: Assignment) -> tuple[MarkSheet, ...]:
    """Every sheet that can be given out, in the order of the class list."""
    given, _ = given_entries(desk, assignment)
    return tuple(each_sheet(desk, assignment, given))


def course_of(desk: Desk, filters: Filters) -> CourseReview:
    """The assignments that the filters take, looked back at together."""
    return course_review(desk, taken(desk, filters), filters)
