"""What is asked of one student, or of those of a pile, answered by looking through every thing of a desk in memory."""

from collections import Counter
from itertools import islice
from typing import Any, TypeVar

from markdesk.core.annotation import Annotation
from markdesk.core.coursework import Assignment, Kind, Script
from markdesk.core.essay import Span
from markdesk.core.feedback import FeedbackLine
from markdesk.core.grades import Grade
from markdesk.core.ids import AssignmentId, MarkerId, ScriptId, StudentId
from markdesk.core.marking import DONE, MarkingHeader
from markdesk.core.people import Membership, Student, TeachingGroup
from markdesk.core.queue_notes import Absence
from markdesk.desk.ports import Entry, Owed, PastMarks, PastNote

L = TypeVar("L", Annotation, FeedbackLine)


class StudentReads:
    """The half of the store in memory that is about one student."""

    def all_of(self, kind: type[Any]) -> list[Any]:
        """Every thing of a kind, in the order in which they came."""
        raise NotImplementedError

    def assignments(self) -> tuple[Assignment, ...]:
        raise NotImplementedError

    def entries(
        self,
        marker_id: MarkerId | None,
        assignment_id: AssignmentId | None = None,
        student_id: StudentId | None = None,
        script_id: ScriptId | None = None,
    ) -> tuple[Entry, ...]:
        raise NotImplementedError

    def student(self, student_id: StudentId) -> Student | None:
        return next((student for student in self.all_of(Student) if student.id == student_id), None)

    def groups_of(self, student_id: StudentId) -> tuple[TeachingGroup, ...]:
        its = {member.group_id for member in self.all_of(Membership) if member.student_id == student_id}
        return tuple(group for group in self.all_of(TeachingGroup) if group.id in its)

    def notes_on(self, student_id: StudentId) -> tuple[PastNote, ...]:
        its = self._of_markings(Annotation, student_id)
        its.sort(key=lambda note: (note.marking_id, *_place(note.anchor.span), note.id))
        return tuple(PastNote(note.marking_id, note.code, note.comment, note.anchor.exact) for note in its)

    def feedback_for(self, student_id: StudentId) -> tuple[FeedbackLine, ...]:
        its = self._of_markings(FeedbackLine, student_id)
        return tuple(sorted(its, key=lambda line: (line.marking_id, line.field, line.place)))

    def _of_markings(self, kind: type[L], student_id: StudentId) -> list[L]:
        scripts = {script.id for script in self.all_of(Script) if script.student_id == student_id}
        markings = {header.id for header in self.all_of(MarkingHeader) if header.script_id in scripts}
        return [one for one in self.all_of(kind) if one.marking_id in markings]

    def grades(self, student_id: StudentId | None = None) -> tuple[Grade, ...]:
        its = (grade for grade in self.all_of(Grade) if student_id in (None, grade.student_id))
        return tuple(sorted(its, key=lambda grade: (grade.student_id, grade.day, grade.kind)))

    def owed(self, student_id: StudentId) -> tuple[Owed, ...]:
        groups = {group.id for group in self.groups_of(student_id)}
        has = {script.assignment_id for script in self.all_of(Script) if script.student_id == student_id}
        why = {a.assignment_id: a for a in self.all_of(Absence) if a.student_id == student_id}
        its = (one for one in self.assignments() if one.group_id in groups and one.id not in has)
        coming_in = {script.assignment_id for script in self.all_of(Script)}
        return tuple(Owed(one, why.get(one.id), one.id in coming_in) for one in its)

    def marked_counts(self, marker_id: MarkerId) -> dict[StudentId, int]:
        whose = {script.id: script.student_id for script in self.all_of(Script)}
        its = (one for one in self.all_of(MarkingHeader) if one.marker_id == marker_id and one.status in DONE)
        return dict(Counter(whose[header.script_id] for header in its))

    def past_marks(self, marker_id: MarkerId, before: Assignment, most: int) -> tuple[PastMarks, ...]:
        found: list[PastMarks] = []
        for student_id in sorted(s.student_id for s in self.all_of(Script) if s.assignment_id == before.id):
            its = (entry for entry in self.entries(marker_id, student_id=student_id) if _counts(entry, before))
            told = (
                PastMarks(
                    student_id,
                    entry.header.rubric_hash,
                    tuple((award.scale, award.mark) for award in entry.awards if award.is_marked),
                )
                for entry in its
                if entry.header and entry.header.status in DONE
            )
            found += islice(told, most)
        return tuple(found)


def _counts(entry: Entry, before: Assignment) -> bool:
    """Whether it is earlier work that says what a student usually gets."""
    about = entry.assignment
    is_whole = about.kind is not Kind.NEA_DRAFT and entry.script.version == 1
    return is_whole and about.set_on < before.set_on and not about.is_anonymous


def _place(span: Span | None) -> tuple[bool, int, int]:
    """Where a note stands in its essay; what lost its place comes last."""
    return (False, span.start, span.end) if span is not None else (True, 0, 0)
