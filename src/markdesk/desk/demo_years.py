"""Two years of the sample class, laid out on a desk: what it wrote, how it was marked, and what came of it.

Every row comes of a Change in a logged step, as if the teacher had made it then. A pile is few steps, not the hundreds
that her keys would be, so that the sample desk opens at once.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from markdesk.core.annotation import ActedOn, Annotation, Tone
from markdesk.core.changes import (
    AbsenceChanged,
    AnnotationChanged,
    AnyChange,
    AssignmentChanged,
    AwardChanged,
    FeedbackChanged,
    GradeChanged,
    GroupChanged,
    MarkingChanged,
    MembershipChanged,
    ScriptChanged,
    StudentChanged,
)
from markdesk.core.coursework import Assignment, Script
from markdesk.core.feedback import FeedbackLine, Field
from markdesk.core.grades import Grade, GradeKind
from markdesk.core.history import FOLLOW_UP, Step, StepKind
from markdesk.core.ids import AnnotationId, AssignmentId, EssayHash, GroupId, MarkingId, ScriptId, StepId, StudentId
from markdesk.core.marking import MarkingHeader, MarkingStatus
from markdesk.core.people import Membership, Student, TeachingGroup, split_name
from markdesk.core.plain import fold
from markdesk.core.queue_notes import Absence, Why
from markdesk.desk.demo_course import Course, Learner, Piece
from markdesk.desk.demo_essays import Lot, Writer, Written
from markdesk.desk.demo_marking import Judge, Target
from markdesk.desk.desk import Desk
from markdesk.desk.finishing import TASK_LABELS
from markdesk.desk.handed_in import Move, Plan
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.moving import carry_out
from markdesk.desk.ports import Entry, Keep
from markdesk.desk.sitting import marking_order

DAY_OF_TASKS = timedelta(days=6, hours=5)
"""How long after the return the tasks are looked at."""


def lay_out_years(desk: Desk, group: TeachingGroup, students: Mapping[str, Student], course: Course) -> None:
    """Put the two years on the desk, whose class is there already. The same seed makes the same rows."""
    then = _Then(course.seed)
    _Years(replace(desk, clock=then, ids=then), then, group, students, course).lay_out()


class _Then:
    """The clock and the ids of the past: it stands where it was put, and the ids have its time and come of the seed."""

    def __init__(self, seed: int) -> None:
        self.at = datetime.min.replace(tzinfo=UTC)
        self._seed = seed
        self._count = 0

    def now(self) -> str:
        return self.at.isoformat(timespec="milliseconds")

    def today(self) -> str:
        return self.at.date().isoformat()

    def put(self, at: str | datetime) -> None:
        self.at = at if isinstance(at, datetime) else datetime.fromisoformat(at).replace(tzinfo=UTC)

    def wait(self, seconds: float) -> None:
        self.at += timedelta(seconds=int(seconds))

    def new(self) -> str:
        return self.new_for(self._count)

    def new_for(self, *names: object) -> str:
        """An id that comes of what it is for, so that a stamp more or less elsewhere doesn't shuffle a pile."""
        self._count += 1
        tail = hashlib.sha256("/".join(map(str, (self._seed, *names))).encode()).hexdigest()
        text = f"{int(self.at.timestamp() * 1000):012x}7{tail[:3]}8{tail[3:18]}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


@dataclass(frozen=True, slots=True)
class _HandedIn:
    """A script of a pile, and whose it is."""

    entry: Entry
    learner: Learner
    written: Written | None


@dataclass(slots=True)
class _Marked:
    """A marking as far as it has come."""

    of: _HandedIn
    header: MarkingHeader
    revision: int
    has_task: bool


class _Years:
    """The two years while they are laid out."""

    def __init__(
        self, desk: Desk, then: _Then, group: TeachingGroup, students: Mapping[str, Student], course: Course
    ) -> None:
        self._desk = desk
        self._then = then
        self._group = group
        self._course = course
        self._lot = Lot(course.seed)
        self._students = dict(students)
        self._targets: dict[str, Target] = {}
        self._typed: set[tuple[str, GradeKind]] = set()
        self._left: set[str] = set()

    def lay_out(self) -> None:
        self._then.put(f"{self._course.begins}T08:35")
        joined = [learner for learner in self._course.learners if learner.name not in self._students]
        self._enrol(self._group, joined, is_new=False)
        for piece in self._course.pieces:
            self._until(piece.set_on)
            self._lay_out_pile(piece)
        self._until(self._course.ends)

    # -- the class

    def _enrol(self, group: TeachingGroup, learners: list[Learner], is_new: bool) -> None:
        changes: list[AnyChange] = [GroupChanged(None, group)] if is_new else []
        for learner in learners:
            known = self._students.get(learner.name)
            if known is None:
                known = Student(StudentId(self._then.new()), *split_name(learner.name))
                self._students[learner.name] = known
                changes.append(StudentChanged(None, known))
            changes.append(MembershipChanged(None, Membership(group.id, known.id)))
        if changes:
            self._desk.commit("class", f"{len(learners)} in {group.name}", tuple(changes))

    def _until(self, day: str) -> None:
        """What happened to the class by a day beside its work: grades were typed, somebody left."""
        for on, kind in self._course.grades:
            if on <= day and (on, kind) not in self._typed:
                self._typed.add((on, kind))
                self._then.put(f"{on}T12:40")
                grades = [GradeChanged(None, grade) for grade in self._grades(on, kind)]
                self._desk.commit("grade", f"{len(grades)} {kind} grades for {on}", tuple(grades))
        for learner in self._course.learners:
            if learner.leaves and learner.leaves <= day and learner.name not in self._left:
                self._left.add(learner.name)
                self._then.put(f"{learner.leaves}T15:05")
                membership = Membership(self._group.id, self._students[learner.name].id)
                gone = MembershipChanged(membership, None)
                self._desk.commit("class", f"{learner.name} left {self._group.name}", (gone,))

    def _grades(self, day: str, kind: GradeKind) -> list[Grade]:
        told: list[Grade] = []
        before = sum(other is kind for _, other in self._typed) - 1
        for learner in self._course.learners:
            if not learner.is_in_class(day):
                continue
            if kind is GradeKind.WORKING_AT:
                value = _working_at(self._course.stands(learner, day))
            elif kind is GradeKind.TARGET:
                value = learner.target_grade
            else:
                value = learner.predicted[min(before, len(learner.predicted) - 1)]
            told.append(Grade(self._students[learner.name].id, kind, day, value))
        return told

    # -- a piece of work

    def _lay_out_pile(self, piece: Piece) -> None:
        judge = Judge(self._course, piece, self._lot)
        self._then.put(f"{piece.set_on}T08:50")
        group = self._group
        if piece.is_year:
            group = TeachingGroup(GroupId(self._then.new()), self._course.year_name)
            sat = [one for one in self._course.learners if one.is_in_class(piece.set_on)]
            self._enrol(group, [*sat, *self._course.others], is_new=True)
        assignment = Assignment(
            AssignmentId(self._then.new()), piece.name, piece.question, piece.rubric.hash, piece.set_on, group.id,
            piece.kind, order_seed=int(self._lot.share(piece.name, "order") * 0x7FFFFFFF),
        )  # fmt: skip
        keep = Keep(rubrics=(piece.rubric,))
        self._desk.commit("assignment", f"{piece.name} set", (AssignmentChanged(None, assignment),), keep)
        writer = Writer(piece.topic, self._lot, self._course.words.plain_why) if piece.topic else None
        pile = self._hand_in(piece, assignment, judge, writer)
        marked = self._mark(piece, assignment, judge, pile)
        if piece.again and writer is not None:
            self._mark_again(piece, assignment, marked, writer)
        self._return(piece, judge, marked)

    def _hand_in(
        self, piece: Piece, assignment: Assignment, judge: Judge, writer: Writer | None
    ) -> dict[ScriptId, _HandedIn]:
        first = datetime.fromisoformat(piece.marked[0]).replace(tzinfo=UTC)
        pile: dict[ScriptId, _HandedIn] = {}
        changes: list[AnyChange] = []
        for learner in (*self._course.learners, *(self._course.others if piece.is_year else ())):
            student = self._students[learner.name]
            if learner.leaves and learner.leaves <= piece.set_on:
                continue
            why = piece.missing.get(learner.name) or (Why.ABSENT if learner.joins > piece.set_on else None)
            if why is not None:
                changes.append(AbsenceChanged(None, Absence(assignment.id, student.id, why)))
                continue
            is_blank = learner.name in piece.no_response
            written = writer.write(learner.name, judge.share(learner)) if writer and not is_blank else None
            received = first - timedelta(minutes=20 + int(3000 * self._lot.share(piece.name, learner.name, "received")))
            script = Script(
                ScriptId(self._then.new_for(piece.name, learner.name)), assignment.id, student.id,
                EssayHash(written.essay.hash) if written else None, _file_name(student) if written else "",
                received.isoformat(timespec="milliseconds"),
            )  # fmt: skip
            changes.append(ScriptChanged(None, script))
            words = written.essay.words if written else None
            pile[script.id] = _HandedIn(Entry(script, student, assignment, words), learner, written)
        self._then.put(first - timedelta(minutes=12))
        keep = Keep(tuple(one.written.essay for one in pile.values() if one.written))
        self._desk.commit("import", f"{len(pile)} for {piece.name}", tuple(changes), keep)
        return pile

    def _mark(
        self, piece: Piece, assignment: Assignment, judge: Judge, pile: Mapping[ScriptId, _HandedIn]
    ) -> list[_Marked]:
        order = marking_order([one.entry for one in pile.values()], assignment)
        a_sitting = -(-len(order) // len(piece.marked))
        marked: list[_Marked] = []
        for at, entry in enumerate(order):
            if at % a_sitting == 0:
                self._then.put(piece.marked[at // a_sitting])
            along = at / max(1, len(order) - 1)
            marked.append(self._mark_one(pile[entry.script.id], judge, along))
        return marked

    def _mark_one(self, one: _HandedIn, judge: Judge, along: float) -> _Marked:
        """A marking in three steps: the stamps, then what is said of it, then the mark."""
        learner, share = one.learner, judge.share(one.learner)
        seconds = judge.seconds(learner, one.written)
        begun = self._then.at
        self._then.wait(seconds * 0.6)
        script = one.entry.script
        marking_id = MarkingId(self._then.new())
        header = MarkingHeader(
            marking_id, script.id, self._desk.marker.id, script.essay_hash, judge.piece.rubric.hash,
            MarkingStatus.IN_PROGRESS, self._then.now(),
        )  # fmt: skip
        remarks = judge.remarks(learner, share, one.written, along)
        stamps = [
            AnnotationChanged(
                None, Annotation(marking_id, AnnotationId(self._then.new()), said.anchor, said.code, said.comment)
            )
            for said in remarks
        ]
        made = _Marked(one, header, 0, False)
        told = f"{len(stamps)} stamps and comments" if stamps else "a blank sheet"
        self._step(made, "stamp", told, (MarkingChanged(None, header), *stamps))
        last = self._targets.get(learner.name)
        met = judge.met(learner, last, share) if last is not None and remarks else None
        target, times = judge.next_target(learner, last, met)
        lines = tuple(FeedbackLine(marking_id, *line) for line in judge.lines(learner, one.written, target))
        if lines:
            self._then.wait(seconds * 0.3)
            self._step(made, "feedback", "the feedback", tuple(FeedbackChanged(None, line) for line in lines))
            made.has_task = any(line.field in (Field.TASK, Field.TARGET) for line in lines)
        self._then.put(begun + timedelta(seconds=seconds))
        awards = judge.awards(learner, share, marking_id, along)
        done = replace(
            header, status=MarkingStatus.COMPLETE, completed_at=self._then.now(),
            answers=judge.answers(remarks, awards),
            last_target=met, target_of=last.marking_id if last and met else None,
        )  # fmt: skip
        given = tuple(AwardChanged(None, award) for award in awards)
        self._step(made, "finish", "finished", (*given, MarkingChanged(header, done)))
        made.header = done
        if any(line.field is Field.TARGET for line in lines):
            self._targets[learner.name] = Target(marking_id, target, times, share)
        return made

    def _mark_again(self, piece: Piece, assignment: Assignment, marked: list[_Marked], writer: Writer) -> None:
        """Some hand in a better text before the pile is returned: it is read again, and given another mark."""
        self._then.put(piece.again_at)
        for one in marked:
            more = piece.again.get(one.of.learner.name)
            if more is None or one.of.written is None:
                continue
            entry = one.of.entry
            better = writer.write_again(one.of.written, one.of.learner.name).essay
            script = replace(entry.script, essay_hash=EssayHash(better.hash), version=2)
            moved = Move(script, entry.student, better)
            change, keep = ScriptChanged(entry.script, script), Keep((better,))
            carry_out(
                self._desk,
                Plan(assignment, piece.rubric, False, None, (), (), (), (), (), (change,), keep, (moved,)),
            )
            opened = MarkingDesk(self._desk, self._desk.store.entries(self._desk.marker.id, script_id=script.id)[0])
            self._then.wait(170)
            self._judge_comment(opened)
            self._then.wait(60)
            scale = piece.rubric.scales[0]
            opened.give_mark(scale.id, min(scale.max, (opened.marking.award(scale.id).mark or 0) + more))
            opened.finish()
            one.header, one.revision = opened.marking.header, opened.marking.revision
            self._then.wait(40)

    def _judge_comment(self, opened: MarkingDesk) -> None:
        """The first comment that found fault was acted on."""
        for note in opened.marking.annotations_in_order():
            stamp = opened.stamps.for_code(note.code)
            if note.comment and stamp is not None and stamp.tone is Tone.WEAK:
                opened.judge_redraft(note.id, ActedOn.YES)
                return

    def _return(self, piece: Piece, judge: Judge, marked: list[_Marked]) -> None:
        self._then.put(piece.returned)
        for one in marked:
            returned = replace(one.header, status=MarkingStatus.RETURNED)
            self._step(one, "return", "returned to the student", (MarkingChanged(one.header, returned),))
            one.header = returned
        self._then.wait(DAY_OF_TASKS.total_seconds())
        for one in marked:
            if one.has_task:
                self._then.wait(9)
                done = judge.task_done(one.of.learner)
                looked = replace(one.header, task_done=done, task_done_at=self._then.now())
                change = MarkingChanged(one.header, looked)
                self._step(one, f"{FOLLOW_UP}{done}", TASK_LABELS[done], (change,))
                one.header = looked

    def _step(self, one: _Marked, action: str, label: str, changes: tuple[AnyChange, ...]) -> None:
        new = StepId(self._then.new())
        step = Step(
            new, new, StepKind.DO, action, label, changes, self._then.now(), self._desk.marker.id, one.header.id
        )
        self._desk.store.commit(step, one.revision)
        one.revision += 1


_GRADES = ((0.8, "A*"), (0.7, "A"), (0.6, "B"), (0.5, "C"), (0.4, "D"), (0.3, "E"))


def _working_at(share: float) -> str:
    """What this teacher types for where a student stands; the program itself computes no grade."""
    return next((grade for least, grade in _GRADES if share >= least), "U")


def _file_name(student: Student) -> str:
    parts = (re.sub(r"\W", "", fold(name)) for name in (student.family_name, student.given_name))
    return f"{'-'.join(parts)}.md"
