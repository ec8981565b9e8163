"""The sample class: its essays, and how an earlier set was marked, laid out on an empty desk."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from markdesk.core.anchors import occurrences
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
from markdesk.core.feedback import Field
from markdesk.core.ids import AssignmentId, EssayHash, GroupId, ScriptId, StudentId
from markdesk.core.marking import Met
from markdesk.core.people import Membership, Student, TeachingGroup, split_name
from markdesk.core.rubric import Rubric
from markdesk.desk.demo_course import Course
from markdesk.desk.demo_years import lay_out_years
from markdesk.desk.desk import Desk
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.ports import Keep


@dataclass(frozen=True, slots=True)
class SampleMark:
    """How a sample essay was marked."""

    completed_at: str
    mark: int
    lines: tuple[tuple[Field, int, str], ...]
    annotations: tuple[tuple[str, str, str], ...]
    """Quotation, code and comment of each."""
    met: Met | None = None
    """What became of the last target, where one was set."""


@dataclass(frozen=True, slots=True)
class SampleEssay:
    """An invented student's answer, and its mark where it has one."""

    student: str
    file_name: str
    text: str
    mark: SampleMark | None = None


@dataclass(frozen=True, slots=True)
class SampleSet:
    """One assignment of the sample class."""

    name: str
    question: str
    set_on: str
    essays: tuple[SampleEssay, ...]


class _ClockAt:
    """A clock that stands still, for markings of the past."""

    def __init__(self, at: str) -> None:
        self._at = at

    def now(self) -> str:
        return self._at

    def today(self) -> str:
        return self._at[:10]


def lay_out(
    desk: Desk, group_name: str, sets: Iterable[SampleSet], rubric: Rubric, course: Course | None = None
) -> None:
    """Put the sample class on the desk, with the two years that it has behind it. Only for a desk that is empty."""
    with desk.store.together():  # one act: the disk is waited for once, and nobody finds half a class
        _lay_out(desk, group_name, sets, rubric, course)


def _lay_out(desk: Desk, group_name: str, sets: Iterable[SampleSet], rubric: Rubric, course: Course | None) -> None:
    new = desk.ids.new
    group = TeachingGroup(GroupId(new()), group_name)
    students: dict[str, Student] = {}
    changes: list[AnyChange] = [GroupChanged(None, group)]
    essays: list[Essay] = []
    scripts: list[tuple[Script, SampleEssay]] = []
    for seed, sample in enumerate(sets, start=1):
        assignment = Assignment(
            AssignmentId(new()), sample.name, sample.question, rubric.hash, sample.set_on, group.id, order_seed=seed
        )
        changes.append(AssignmentChanged(None, assignment))
        for written in sample.essays:
            student = students.get(written.student)
            if student is None:
                given, family = split_name(written.student)
                student = students[written.student] = Student(StudentId(new()), given, family)
                changes.append(StudentChanged(None, student))
                changes.append(MembershipChanged(None, Membership(group.id, student.id)))
            essay = Essay.from_paragraphs(written.text.split("\n\n"))
            essays.append(essay)
            script = Script(
                ScriptId(new()), assignment.id, student.id, EssayHash(essay.hash), written.file_name, sample.set_on
            )
            changes.append(ScriptChanged(None, script))
            scripts.append((script, written))
    desk.commit("demo", "the sample class laid out", tuple(changes), Keep(tuple(essays), (rubric,)))
    if course is not None:
        lay_out_years(desk, group, students, course)
    for script, written in scripts:
        if written.mark is not None:
            _mark(desk, script, written.mark)


def _mark(desk: Desk, script: Script, given: SampleMark) -> None:
    """Mark one essay as it was marked then, act by act."""
    then = replace(desk, clock=_ClockAt(given.completed_at))
    entry = desk.store.entries(desk.marker.id, script_id=script.id)[0]
    marking = MarkingDesk(then, entry)
    marking.last_target = desk.store.last_target(entry.student.id, entry.assignment)
    for quote, code, comment in given.annotations:
        (place,) = occurrences(marking.essay.text, quote)
        marking.annotate(place, code, comment)
    marking.give_mark(marking.rubric.scales[0].id, given.mark)
    for field, number, text in given.lines:
        marking.write_feedback(field, number, text)
    marking.finish(given.met)
