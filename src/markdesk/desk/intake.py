"""Taking in essays: first a plan that changes nothing, then one step that makes all of it durable, or none.

A file that can't be taken in never stops the others. Nobody is guessed at: whose an essay is stands in its file
name or was said, and a name that fits two students, or none of the class list, is left for the teacher.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from markdesk.core.anchors import relocate
from markdesk.core.canonical import file_hash
from markdesk.core.changes import (
    AnyChange,
    AssignmentChanged,
    GroupChanged,
    MembershipChanged,
    ScriptChanged,
    StudentChanged,
)
from markdesk.core.coursework import Assignment, Script
from markdesk.core.errors import Ambiguous, NotFound
from markdesk.core.essay import Essay, normalise
from markdesk.core.ids import EssayHash, ScriptId, StudentId
from markdesk.core.marking import MarkingHeader, MarkingStatus
from markdesk.core.people import Membership, Student, TeachingGroup, split_name
from markdesk.core.plain import fold, show_line
from markdesk.core.rubric import Rubric
from markdesk.desk.course import Course, Order, find_course
from markdesk.desk.desk import Desk
from markdesk.desk.naming import fitting, looks_like_an_id, name_of
from markdesk.desk.near import near_student
from markdesk.desk.ports import EssayDraft, Keep
from markdesk.desk.rubrics import RubricShelf


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that could be read."""

    path: str
    """How the teacher calls it; for reports."""
    file_name: str
    draft: EssayDraft
    source: bytes
    is_part: bool = False
    """Whether the draft is only some of what the file holds: the same file again may then be another text."""


@dataclass(frozen=True, slots=True)
class Turned:
    """A file that was not taken in, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Taken:
    """An essay that is taken in, or that was there already."""

    path: str
    script: Script
    student: Student
    draft: EssayDraft
    essay: Essay
    notes: tuple[str, ...] = ()
    is_new_student: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """A script whose markings go on with a newer text."""

    script: Script
    student: Student
    essay: Essay


@dataclass(frozen=True)
class Plan:
    """What an import will do. ``changes`` is empty when it does nothing."""

    assignment: Assignment
    rubric: Rubric
    is_new_assignment: bool
    group: TeachingGroup | None
    taken: tuple[Taken, ...]
    unchanged: tuple[Taken, ...]
    refused: tuple[Turned, ...]
    unmatched: tuple[Turned, ...]
    notes: tuple[str, ...]
    changes: tuple[AnyChange, ...]
    keep: Keep
    moves: tuple[Move, ...]

    @property
    def does_something(self) -> bool:
        return bool(self.changes or self.moves)


@dataclass
class _Belongs:
    """A file with whose it is."""

    handed: Handed
    student: Student
    essay: Essay
    is_new: bool
    notes: tuple[str, ...] = ()


@dataclass
class _Planner:
    """Works one import out against the desk as it is."""

    desk: Desk
    order: Order
    course: Course
    refused: list[Turned]
    unmatched: list[Turned] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    unchanged: list[Taken] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    made: dict[StudentId, Student] = field(default_factory=dict)

    def __post_init__(self) -> None:
        store = self.desk.store
        self.students = list(store.students())
        group = self.course.group
        members = (
            {m.student_id for m in store.memberships(group.id)} if group and not self.course.is_new_group else set()
        )
        self.members = [student for student in self.students if student.id in members]
        is_known = not self.course.is_new
        self.entries = store.entries(None, self.course.assignment.id) if is_known else ()

    def plan(self, handed: Sequence[Handed]) -> None:
        belongs: dict[StudentId, list[_Belongs]] = {}
        for file in handed:
            try:
                found = self._belongs(file)
            except (Ambiguous, NotFound) as error:
                self.refused.append(Turned(file.path, str(error)))
                continue
            if found is not None:
                belongs.setdefault(found.student.id, []).append(found)
        for mine in belongs.values():
            if len({one.essay.hash for one in mine}) > 1:
                names = " and ".join(show_line(one.handed.path) for one in mine)
                for one in mine:
                    reason = f"{len(mine)} files are {show_line(one.student.name)}'s: {names}. Import one of them."
                    self.refused.append(Turned(one.handed.path, reason))
                continue
            first = self._take(mine[0])
            if first is None:
                continue
            for copy in mine[1:]:
                again = replace(first, path=copy.handed.path, notes=("The same text as another file.",))
                self.unchanged.append(again)

    def _belongs(self, file: Handed) -> _Belongs | None:
        essay = Essay.from_paragraphs(file.draft.paragraphs)
        if self.order.student:
            name, split = self.order.student, split_name(self.order.student)
        else:
            found = name_of(file.path, file.file_name)
            if found is None:
                self.unmatched.append(Turned(
                    file.path,
                    f"{show_line(file.file_name)} doesn't say whose it is. Name the file 'Surname Forename', or import"
                    " it alone with --student NAME.",
                ))  # fmt: skip
                return None
            split, name = found, f"{found[1]}, {found[0]}"
        pool = self.members or [*self.students, *self.made.values()]
        fits = fitting(pool, name, bool(self.order.student))
        if not fits and self.members:
            if not self.order.create_students:
                told = show_line(f"{split[0]} {split[1]}".strip())
                group = show_line(self.course.group.name) if self.course.group else ""
                near = near_student(Student(StudentId(""), *split), self.members)
                meant = f"Is it {show_line(near.name)}? " if near else ""
                self.unmatched.append(Turned(
                    file.path,
                    f"{told} is not in the class list of {group}. {meant}Say who it is with --student, or add the"
                    " student with --create-students.",
                ))  # fmt: skip
                return None
            fits = fitting([*self.students, *self.made.values()], name, bool(self.order.student))
        if len(fits) > 1:
            told = ", ".join(f"{show_line(s.name)} ({s.id[-6:]})" for s in fits)
            raise Ambiguous(
                f"'{show_line(name)}' fits several students: {told}.", "Say which with --student and the id."
            )
        if fits:
            return _Belongs(file, fits[0], essay, fits[0].id in self.made)
        if looks_like_an_id(self.order.student):
            raise NotFound(f"No student has the id '{show_line(name)}'.", "'markdesk student list' names them all.")
        student = Student(StudentId(self.desk.ids.new()), split[0], split[1])
        self.made[student.id] = student
        return _Belongs(file, student, essay, True, self._near_note(file, student))

    def _take(self, one: _Belongs) -> Taken | None:
        """The script of one student: new, unchanged or a newer version; None where it is refused."""
        file = one.handed
        digest = file_hash(file.source)
        mine = [entry for entry in self.entries if entry.student.id == one.student.id]
        if not mine:
            script = Script(
                ScriptId(self.desk.ids.new()),
                self.course.assignment.id,
                one.student.id,
                EssayHash(one.essay.hash),
                normalise(file.file_name),
                self.desk.clock.now(),
                source_hash=digest,
                removed=tuple(map(normalise, file.draft.removed)),
                notes=tuple(map(normalise, file.draft.notes)),
            )
            notes = (*file.draft.notes, *self._question_note(file.draft), *one.notes)
            self.taken.append(Taken(file.path, script, one.student, file.draft, one.essay, notes, one.is_new))
            return self.taken[-1]
        present = mine[0].script
        headers = [entry.header for entry in mine if entry.header is not None]
        is_same_file = digest == present.source_hash and not file.is_part
        if is_same_file or one.essay.hash == present.essay_hash:
            self.unchanged.append(Taken(file.path, present, one.student, file.draft, one.essay, ("Nothing changed.",)))
            self._go_on(present, one, [h for h in headers if h.essay_hash != present.essay_hash])
            return self.unchanged[-1]
        if any(header.status is MarkingStatus.RETURNED for header in headers):
            whose = show_line(one.student.name)
            reason = f"{whose}'s marking was returned. Reopen it before a new text comes in."
            self.refused.append(Turned(file.path, reason))
            return None
        after = replace(
            present,
            essay_hash=EssayHash(one.essay.hash),
            file_name=normalise(file.file_name),
            received_at=self.desk.clock.now(),
            version=present.version + 1,
            source_hash=digest,
            removed=tuple(map(normalise, file.draft.removed)),
            notes=tuple(map(normalise, file.draft.notes)),
        )
        notes = (*file.draft.notes, f"Version {after.version} of this script.", *self._moving_notes(headers, one.essay))
        self.taken.append(Taken(file.path, after, one.student, file.draft, one.essay, notes))
        self._go_on(after, one, headers)
        return self.taken[-1]

    def _go_on(self, script: Script, one: _Belongs, headers: list[MarkingHeader]) -> None:
        if any(header.status is not MarkingStatus.RETURNED for header in headers):
            self.moves.append(Move(script, one.student, one.essay))

    def _near_note(self, file: Handed, student: Student) -> tuple[str, ...]:
        """That a new student has nearly the name of another, in case a slip made her."""
        near = near_student(student, self.students)
        if near is None:
            return ()
        told = f"New, and there is {show_line(near.name)} already. If they are one, import"
        return (f"{told} {show_line(file.file_name)} alone with --student {near.id[-6:]}.",)

    def _question_note(self, draft: EssayDraft) -> tuple[str, ...]:
        asked = draft.question
        if asked is None or fold(asked) == fold(self.course.assignment.question) or self.order.question:
            return ()
        return (f"The file asks another question: {show_line(asked)}",)

    def _moving_notes(self, headers: list[MarkingHeader], essay: Essay) -> list[str]:
        """What the new text does to the markings that were begun."""
        notes: list[str] = []
        for header in headers:
            marking = self.desk.store.marking(header.script_id, header.marker_id)
            if marking is None:
                continue
            annotations = marking.annotations_in_order()
            lost = [a for a in annotations if relocate(a.anchor, essay).span is None]
            kept = len(annotations) - len(lost)
            if annotations:
                notes.append(f"{kept} of {len(annotations)} annotations found their place in the new text.")
            notes += [f"No place in the new text: {a.code or 'comment'} on '{show_line(a.anchor.exact)}'" for a in lost]
            if header.status is not MarkingStatus.IN_PROGRESS:
                notes.append("It was marked complete on the earlier text: read it again.")
        return notes

    def changes(self) -> tuple[AnyChange, ...]:
        """Everything that is written in the one step; those that others refer to first."""
        if not self.taken:
            return ()
        course = self.course
        changes: list[AnyChange] = []
        if course.group and course.is_new_group:
            changes.append(GroupChanged(None, course.group))
        changes += [StudentChanged(None, taken.student) for taken in self.taken if taken.is_new_student]
        if course.group:
            there = {student.id for student in self.members}
            joining = [taken.student.id for taken in self.taken if taken.student.id not in there]
            changes += [MembershipChanged(None, Membership(course.group.id, student)) for student in joining]
        if course.before != course.assignment:
            changes.append(AssignmentChanged(course.before, course.assignment))
        before = {entry.script.id: entry.script for entry in self.entries}
        changes += [ScriptChanged(before.get(taken.script.id), taken.script) for taken in self.taken]
        return tuple(changes)


def plan_import(
    desk: Desk,
    shelf: RubricShelf,
    order: Order,
    handed: Sequence[Handed],
    refused: Sequence[Turned] = (),
    coming: Sequence[Student] = (),
) -> Plan:
    """What taking these files in would do. Raises where the assignment, scheme or group makes no sense.

    ``coming`` are students whom another plan of the same import already makes.
    """
    course = find_course(desk, shelf, order, [file.draft.question for file in handed])
    planner = _Planner(desk, order, course, list(refused), made={student.id: student for student in coming})
    planner.plan(handed)
    sources = {file.path: file.source for file in handed}
    keep = Keep(
        tuple(taken.essay for taken in planner.taken),
        (course.rubric,) if course.is_new else (),
        {taken.script.source_hash: sources[taken.path] for taken in planner.taken},
    )
    return Plan(
        course.assignment,
        course.rubric,
        course.is_new,
        course.group,
        tuple(planner.taken),
        tuple(planner.unchanged),
        tuple(planner.refused),
        tuple(planner.unmatched),
        course.notes,
        planner.changes(),
        keep if planner.taken else Keep(),
        tuple(planner.moves),
    )
