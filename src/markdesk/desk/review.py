"""Looking back at one student: every marking that was begun, newest first."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace

from markdesk.core.award import Award, Total, total
from markdesk.core.coursework import Assignment, Kind
from markdesk.core.feedback import FeedbackLine, Field
from markdesk.core.ids import ScaleId, ScriptId
from markdesk.core.marking import MarkingHeader
from markdesk.core.people import Student
from markdesk.core.rubric import Rubric
from markdesk.desk.desk import Desk
from markdesk.desk.ports import Entry, Owed, PastNote

Gap = Entry | Owed
"""An essay that isn't finished, or work for which nothing came in."""


@dataclass(frozen=True, slots=True)
class PastMarking:
    """One marking with everything that is needed to read it: the scheme as it was, the marker, the total."""

    entry: Entry
    header: MarkingHeader
    rubric: Rubric
    marker: str
    total: Total
    notes: tuple[PastNote, ...]
    """What stands on the essay, in its order; what lost its place in it last."""
    feedback: tuple[FeedbackLine, ...]

    def award(self, scale: ScaleId) -> Award:
        """What a scale was given; an empty award where nothing was."""
        found = (award for award in self.entry.awards if award.scale == scale)
        return next(found, None) or Award(self.header.id, scale)

    def line(self, field: Field) -> str | None:
        """The first line under a heading, or None."""
        return next((line.text for line in self.feedback if line.field is field and line.place == 1), None)

    def lines(self, field: Field) -> tuple[FeedbackLine, ...]:
        """The lines given under one heading, in order."""
        return tuple(sorted((line for line in self.feedback if line.field is field), key=lambda line: line.place))


@dataclass(frozen=True, slots=True)
class StudentReview:
    """A student's markings by every marker, newest first."""

    student: Student
    groups: tuple[str, ...]
    markings: tuple[PastMarking, ...]
    unbegun: tuple[Entry, ...]
    """Scripts that nobody has begun to mark."""
    owed: tuple[Owed, ...]
    """What was set to her classes and she handed nothing in for."""

    def without_mark(self, finished: Container[ScriptId]) -> Iterable[Gap]:
        """What has no mark, each once; ``finished`` are the essays that have one.

        A draft of coursework never has one, work that nobody has handed in yet is nobody's gap unless a reason was
        noted, and of a pile whose names are hidden nothing is told.
        """
        begun = {past.entry.script.id: past.entry for past in self.markings}
        for entry in (*begun.values(), *self.unbegun):
            if entry.script.id not in finished and _may_have_mark(entry.assignment):
                yield entry
        for owed in self.owed:
            if (owed.is_coming_in or owed.absence is not None) and _may_have_mark(owed.assignment):
                yield owed


def _may_have_mark(assignment: Assignment) -> bool:
    return not assignment.is_anonymous and assignment.kind is not Kind.NEA_DRAFT


def place_in_time(past: PastMarking) -> tuple[str, str, str]:
    """By the day that the work was set: when it was marked, or marked again, says nothing of the student.

    Work of one day has an order too, the same wherever it stands, and a trend takes nothing from it.
    """
    return past.entry.assignment.set_on, past.header.completed_at or "", past.header.id


def without_hidden(review: StudentReview) -> tuple[StudentReview, int]:
    """What may be told beside her name, and how many essays are not: those of piles whose names are hidden."""
    markings = tuple(past for past in review.markings if not past.entry.assignment.is_anonymous)
    unbegun = tuple(entry for entry in review.unbegun if not entry.assignment.is_anonymous)
    scripts = {past.entry.script.id for past in review.markings} | {entry.script.id for entry in review.unbegun}
    told = {past.entry.script.id for past in markings} | {entry.script.id for entry in unbegun}
    return replace(review, markings=markings, unbegun=unbegun), len(scripts - told)


def review_student(desk: Desk, student: Student) -> StudentReview:
    """Every marking begun of this student's scripts. As many questions to the store for one essay as for fifty."""
    store = desk.store
    markers = {marker.id: marker.name for marker in store.markers()}
    notes: dict[str, list[PastNote]] = {}
    for note in store.notes_on(student.id):
        notes.setdefault(note.marking_id, []).append(note)
    feedback: dict[str, list[FeedbackLine]] = {}
    for line in store.feedback_for(student.id):
        feedback.setdefault(line.marking_id, []).append(line)
    found: list[PastMarking] = []
    unbegun: list[Entry] = []
    for entry in store.entries(None, student_id=student.id):
        header = entry.header
        if header is None:
            unbegun.append(entry)
            continue
        rubric, marker = store.rubric(header.rubric_hash), markers.get(header.marker_id, "")
        came_to = total(rubric, entry.award_by_scale())
        its_notes, its_feedback = tuple(notes.get(header.id, ())), tuple(feedback.get(header.id, ()))
        found.append(PastMarking(entry, header, rubric, marker, came_to, its_notes, its_feedback))
    found.sort(key=place_in_time, reverse=True)
    groups = tuple(group.name for group in store.groups_of(student.id))
    return StudentReview(student, groups, tuple(found), tuple(unbegun), store.owed(student.id))
