"""Taking in essays: first a plan that changes nothing, then one step that makes all of it durable, or none.

A file that can't be taken in never stops the others. Nobody is guessed at: whose an essay is stands in its file
name or was said, and a name that fits two students, or none of the class list, is left for the teacher.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

from markdesk.core.changes import (
    AnyChange,
    AssignmentChanged,
    GroupChanged,
    MembershipChanged,
    ScriptChanged,
    StudentChanged,
)
from markdesk.core.coursework import OTHER_QUESTION, Script
from markdesk.core.errors import NotFound
from markdesk.core.essay import Essay, normalise
from markdesk.core.ids import EssayHash, ScriptId, StudentId
from markdesk.core.indicative import bare_question
from markdesk.core.lenses.counted import counted
from markdesk.core.lenses.lens import Asked
from markdesk.core.marking import MarkingHeader, MarkingStatus
from markdesk.core.naming import NO_NAME, name_in
from markdesk.core.people import Membership, Student
from markdesk.core.plain import show_line
from markdesk.core.whose import Whose
from markdesk.desk.course import Course, Order, find_course
from markdesk.desk.desk import Desk
from markdesk.desk.drafts import EssayDraft
from markdesk.desk.found_again import found_again
from markdesk.desk.handed_in import Handed, Move, Plan, Taken, Turned
from markdesk.desk.likened import told_of_places
from markdesk.desk.matching import Choice, Match, Matcher, SeveralFit, Unmatched
from markdesk.desk.near import near_student
from markdesk.desk.originals import Originals
from markdesk.desk.ports import Keep
from markdesk.desk.putting_back import with_parts
from markdesk.desk.rubrics import RubricShelf

NO_CHOICE = Choice()
NO_CHOICES: Mapping[str, Choice] = MappingProxyType({})
PERSON = "person"
"""What an id is of, where it is the student's and not this submission's."""


@dataclass
class _Belongs:
    """A file with whose it is."""

    handed: Handed
    match: Match
    essay: Essay
    notes: tuple[str, ...] = ()

    @property
    def student(self) -> Student:
        return self.match.student

    def taken(self, script: Script, notes: tuple[str, ...]) -> Taken:
        """What becomes of the file."""
        file, match = self.handed, self.match
        return Taken(
            file.path, script, match.student, file.draft, self.essay, notes, match.is_new, match.badge, match.why
        )


@dataclass
class _Planner:
    """Works one import out against the desk as it is."""

    desk: Desk
    order: Order
    course: Course
    refused: list[Turned]
    choices: Mapping[str, Choice]
    unmatched: list[Turned] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    unchanged: list[Taken] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    learnt: list[StudentChanged] = field(default_factory=list)
    made: dict[StudentId, Student] = field(default_factory=dict)
    with_several: int = 0
    """Students with more than one file, of which one can be the essay."""

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
        self.matcher = Matcher(
            self.students, self.members, group, self.entries, self.made, self._new_student, self._scripts_of
        )

    def _scripts_of(self, student: Student) -> list[Script]:
        return [entry.script for entry in self.desk.store.entries(None, student_id=student.id)]

    def plan(self, handed: Sequence[Handed]) -> None:
        belongs: dict[StudentId, list[_Belongs]] = {}
        for file in handed:
            try:
                found = self._belongs(file)
            except SeveralFit as error:
                self.refused.append(Turned(file.path, str(error), error.message, error.proposals, True))
                continue
            except NotFound as error:
                self.refused.append(Turned(file.path, str(error)))
                continue
            if found is not None:
                belongs.setdefault(found.student.id, []).append(found)
        for mine in belongs.values():
            if len({one.essay.hash for one in mine}) > 1:
                self.with_several += 1
                names = " and ".join(show_line(one.handed.path) for one in mine)
                for one in mine:
                    reason = f"{len(mine)} files are {show_line(one.student.name)}'s: {names}. Import one of them."
                    told = f"{len(mine)} files are {show_line(one.student.name)}'s: leave out all but one."
                    self.refused.append(Turned(one.handed.path, reason, told, can_be_decided=True))
                continue
            first = self._take(mine[0])
            if first is None:
                continue
            for copy in mine[1:]:
                again = replace(first, path=copy.handed.path, notes=("The same text as another file.",))
                self.unchanged.append(again)

    def notes(self) -> tuple[str, ...]:
        """What is to be told of the whole import."""
        if not self.with_several:
            return self.course.notes
        told = "1 student has" if self.with_several == 1 else f"{self.with_several} students have"
        return (*self.course.notes, f"{told} more than one file: say which is the essay.")

    def _belongs(self, file: Handed) -> _Belongs | None:
        """Whose a file is; None where it is left out, or nobody's for certain. Raises SeveralFit or NotFound."""
        choice = self.choices.get(file.path, NO_CHOICE)
        if choice.is_left_out:
            self.left_out.append(file.path)
            return None
        try:
            if choice.student is not None or choice.new is not None:
                match = self.matcher.chosen(choice, file.whose)
            elif self.order.student:
                match = self.matcher.said(self.order.student, self.order.create_students)
            else:
                match = self.matcher.whose(whose_of(file), self.order.create_students)
        except Unmatched as error:
            self.unmatched.append(Turned(file.path, str(error), error.message, error.proposals, True))
            return None
        file = replace(file, draft=with_parts(file.draft, choice.parts))
        essay = _essay(file.draft.paragraphs)
        if not essay.words:
            self.refused.append(Turned(file.path, f"Nothing of {show_line(file.file_name)} was left in."))
            return None
        notes = self._near_note(file, match.student) if match.is_new else ()
        return _Belongs(file, match, essay, notes)

    def _new_student(self, name: tuple[str, str], whose: Whose | None) -> Student:
        ids = ((whose.system, whose.id),) if whose is not None and whose.id_of == PERSON else ()
        return Student(StudentId(self.desk.ids.new()), *name, ids=ids)

    def _take(self, one: _Belongs) -> Taken | None:
        """The script of one student: new, unchanged or a newer version; None where it is refused."""
        file = one.handed
        mine = [entry for entry in self.entries if entry.student.id == one.student.id]
        if not mine:
            first = Script(
                ScriptId(self.desk.ids.new()), self.course.assignment.id, one.student.id, None, "", "", version=0
            )
            return self._taken(one, self._handed_in(first, one), one.notes)
        present = mine[0].script
        headers = [entry.header for entry in mine if entry.header is not None]
        is_same_file = file.original.hash == present.source_hash and not file.is_part
        if is_same_file or one.essay.hash == present.essay_hash:
            self.unchanged.append(one.taken(present, ("Nothing changed.",)))
            self._go_on(present, one, [h for h in headers if h.essay_hash != present.essay_hash])
            return self.unchanged[-1]
        if any(header.status is MarkingStatus.RETURNED for header in headers):
            whose = show_line(one.student.name)
            reason = f"{whose}'s marking was returned. Reopen it before a new text comes in."
            self.refused.append(Turned(file.path, reason))
            return None
        after = self._handed_in(present, one)
        self._go_on(after, one, headers)
        notes = (f"Version {after.version} of this script.", *self._moving_notes(headers, one.essay))
        return self._taken(one, after, notes)

    def _handed_in(self, script: Script, one: _Belongs) -> Script:
        """The script with what was handed in now, one version on."""
        file, whose = one.handed, one.handed.whose
        return replace(
            script,
            essay_hash=EssayHash(one.essay.hash),
            file_name=normalise(file.file_name),
            received_at=self.desk.clock.now(),
            version=script.version + 1,
            source_hash=file.original.hash,
            removed=tuple(map(normalise, file.draft.removed)),
            notes=tuple(map(normalise, self._draft_notes(file.draft))),
            system=whose.system if whose else "",
            system_id=whose.id if whose else "",
        )

    def _taken(self, one: _Belongs, script: Script, notes: tuple[str, ...]) -> Taken:
        whose = one.handed.whose
        late = ("Handed in late, as the download says.",) if whose and whose.is_late else ()
        told = (*self._draft_notes(one.handed.draft), *late, *self._words_note(one.essay))
        self.taken.append(one.taken(script, (*told, *notes)))
        if whose and whose.id_of == PERSON:
            self._learn(one.match, (whose.system, whose.id))
        return self.taken[-1]

    def _learn(self, match: Match, its: tuple[str, str]) -> None:
        """Keep what a system calls a student who was known by her name until now: next time the id decides."""
        student = match.student
        known = {one for other in self.students for one in other.ids}
        if not match.is_new and not student.id_in(its[0]) and its not in known:
            self.learnt.append(StudentChanged(student, replace(student, ids=(*student.ids, its))))

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

    def _words_note(self, essay: Essay) -> tuple[str, ...]:
        """What counts of a long essay whose scheme has a rule of words."""
        nea = self.course.rubric.nea
        if nea is None or not nea.words_max:
            return ()
        counts = counted(essay, Asked(self.course.assignment.question, self.course.rubric)).count
        beyond = "" if counts <= nea.words_max else f", {counts - nea.words_max:,} over"
        return (f"{counts:,} words count by the scheme's rule; it expects at most {nea.words_max:,}{beyond}.",)

    def _draft_notes(self, draft: EssayDraft) -> tuple[str, ...]:
        """What is to be told of a file, and stays with its script: a question that the assignment hasn't is one."""
        asked = draft.question
        if asked is None or bare_question(asked) == bare_question(self.course.assignment.question):
            return draft.notes
        return (*draft.notes, f"{OTHER_QUESTION}{show_line(asked)}")

    def _moving_notes(self, headers: list[MarkingHeader], essay: Essay) -> list[str]:
        """What the new text does to the markings that were begun."""
        notes: list[str] = []
        for header in headers:
            marking = self.desk.store.marking(header.script_id, header.marker_id)
            if marking is None:
                continue
            annotations = marking.annotations_in_order()
            if annotations:
                earlier = self.desk.store.essay(header.essay_hash) if header.essay_hash else None
                how = [(note, found_again(earlier, essay, note.anchor).how) for note in annotations]
                notes += told_of_places(how)
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
        changes += self.learnt
        if course.group:
            there = {student.id for student in self.members}
            joining = [taken.student.id for taken in self.taken if taken.student.id not in there]
            changes += [MembershipChanged(None, Membership(course.group.id, student)) for student in joining]
        if course.before != course.assignment:
            changes.append(AssignmentChanged(course.before, course.assignment))
        before = {entry.script.id: entry.script for entry in self.entries}
        changes += [ScriptChanged(before.get(taken.script.id), taken.script) for taken in self.taken]
        return tuple(changes)


@lru_cache(maxsize=512)
def _essay(paragraphs: tuple[str, ...]) -> Essay:
    """The same object for the same text: it remembers its hash and its words, and a plan is made again and again."""
    return Essay.from_paragraphs(paragraphs)


def whose_of(file: Handed) -> Whose:
    """Whose a file is, by its download or its own name. Raises Unmatched where neither says."""
    if file.whose is not None:
        return file.whose
    found = None if file.doubt else name_in(file.file_name)
    if found is None:
        why = "" if file.doubt in ("", NO_NAME) else f": {file.doubt}"
        told = f"{show_line(file.file_name)} doesn't say whose it is{why}."
        raise Unmatched(told, "Name the file 'Surname Forename', or import it alone with --student NAME.")
    return Whose("", *found, why="Read from the file's name.")


def plan_import(
    desk: Desk,
    shelf: RubricShelf,
    order: Order,
    handed: Sequence[Handed],
    refused: Sequence[Turned] = (),
    coming: Sequence[Student] = (),
    choices: Mapping[str, Choice] = NO_CHOICES,
) -> Plan:
    """What taking these files in would do. Raises where the assignment, scheme or group makes no sense.

    ``coming`` are students whom another plan of the same import already makes; ``choices`` what the teacher decided
    about files, by their path.
    """
    course = find_course(desk, shelf, order, [file.draft.question for file in handed])
    planner = _Planner(desk, order, course, list(refused), choices, made={student.id: student for student in coming})
    planner.plan(handed)
    originals = {file.path: file.original for file in handed}
    keep = Keep(
        tuple(taken.essay for taken in planner.taken),
        (course.rubric,) if course.is_new else (),
        Originals(originals[taken.path] for taken in planner.taken),
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
        planner.notes(),
        planner.changes(),
        keep if planner.taken else Keep(),
        tuple(planner.moves),
        tuple(planner.left_out),
    )
