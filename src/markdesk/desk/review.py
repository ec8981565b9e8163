"""Looking back at one student: every marking that was begun, newest first, and what recurs in them."""

from collections import Counter
from dataclasses import dataclass

from markdesk.core.award import Total, total
from markdesk.core.feedback import Field
from markdesk.core.marking import Marking, MarkingHeader
from markdesk.core.people import Student
from markdesk.core.rubric import Rubric
from markdesk.desk.desk import Desk
from markdesk.desk.ports import Entry, Owed


@dataclass(frozen=True, slots=True)
class PastMarking:
    """One marking with everything that is needed to read it: the scheme as it was, the marker, the total."""

    entry: Entry
    header: MarkingHeader
    marking: Marking
    rubric: Rubric
    marker: str
    total: Total

    def line(self, field: Field) -> str | None:
        """The first line under a heading, or None."""
        line = self.marking.line(field)
        return line.text if line else None


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

    @property
    def recurring(self) -> tuple[tuple[str, int], ...]:
        """The codes that stand in more than one of the markings, and in how many."""
        seen: Counter[str] = Counter()
        for past in self.markings:
            seen.update({annotation.code for annotation in past.marking.annotations.values() if annotation.code})
        return tuple((code, times) for code, times in seen.most_common() if times > 1)


def review_student(desk: Desk, student: Student) -> StudentReview:
    """Every marking begun of this student's scripts. As many questions to the store for one essay as for fifty."""
    store = desk.store
    markers = {marker.id: marker.name for marker in store.markers()}
    markings = {marking.id: marking for marking in store.markings_of(student.id)}
    found: list[PastMarking] = []
    unbegun: list[Entry] = []
    for entry in store.entries(None, student_id=student.id):
        header = entry.header
        marking = markings.get(header.id) if header else None
        if header is None or marking is None:
            unbegun.append(entry)
            continue
        rubric = store.rubric(header.rubric_hash)
        came_to = total(rubric, marking.award_by_scale())
        found.append(PastMarking(entry, header, marking, rubric, markers.get(header.marker_id, ""), came_to))
    groups = tuple(group.name for group in store.groups_of(student.id))
    return StudentReview(student, groups, tuple(found), tuple(unbegun), store.owed(student.id))
