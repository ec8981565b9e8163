"""Every edit is a ``Change(before, after)``: small, immutable, invertible.

``before`` None is a beginning, ``after`` None a removal. A change is applied only to the state it was made
for; a stale one is refused, so that neither an old undo nor a second window can wipe out newer work.
"""

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from markdesk.core.annotation import Annotation
from markdesk.core.award import Award
from markdesk.core.bank import BankComment
from markdesk.core.coursework import Assignment, Script
from markdesk.core.errors import MarkingLocked, StaleChange
from markdesk.core.feedback import FeedbackLine
from markdesk.core.grades import Grade
from markdesk.core.marking import Marking, MarkingHeader, MarkingStatus
from markdesk.core.paper import PaperSet
from markdesk.core.people import Marker, Membership, Student, TeachingGroup
from markdesk.core.queue_notes import Absence, QueueNote

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Change(Generic[T]):
    """From one value of a thing to another. Never both None."""

    before: T | None
    after: T | None

    def __post_init__(self) -> None:
        if self.before is None and self.after is None:
            raise ValueError("a change from nothing to nothing")

    @property
    def subject(self) -> T:
        """The thing as it is after, or was before it went."""
        found = self.after if self.after is not None else self.before
        assert found is not None
        return found


class StudentChanged(Change[Student]):
    """A student came, was renamed, or went."""


class GroupChanged(Change[TeachingGroup]):
    """A teaching group came, was renamed, or went."""


class MembershipChanged(Change[Membership]):
    """A student joined or left a group."""


class MarkerChanged(Change[Marker]):
    """A marker was made known."""


class AssignmentChanged(Change[Assignment]):
    """An assignment was set or altered."""


class ScriptChanged(Change[Script]):
    """A script was handed in, or handed in again."""


class PaperChanged(Change[PaperSet]):
    """A question paper was set to a class, or that was altered or taken back."""


class MarkingChanged(Change[MarkingHeader]):
    """A marking was begun, finished, reopened or moved to a newer text."""


class AnnotationChanged(Change[Annotation]):
    """A passage was stamped or commented on, or that was altered or removed."""


class AwardChanged(Change[Award]):
    """A scale was given a level or mark, or it was taken back."""


class FeedbackChanged(Change[FeedbackLine]):
    """A line of feedback was written, altered or removed."""


class BankChanged(Change[BankComment]):
    """A comment of the teacher's own bank came, was altered or removed."""


class QueueNoteChanged(Change[QueueNote]):
    """A script was sorted or flagged in the queue, or no longer is."""


class AbsenceChanged(Change[Absence]):
    """It was noted why a student has handed nothing in, or that was altered or taken back."""


class GradeChanged(Change[Grade]):
    """A grade was typed for a student, or that was altered or taken back."""


AnyChange = (
    StudentChanged
    | GroupChanged
    | MembershipChanged
    | MarkerChanged
    | AssignmentChanged
    | ScriptChanged
    | PaperChanged
    | MarkingChanged
    | AnnotationChanged
    | AwardChanged
    | FeedbackChanged
    | BankChanged
    | QueueNoteChanged
    | AbsenceChanged
    | GradeChanged
)


def key_of(change: AnyChange) -> tuple[str, ...]:
    """Which thing a change is about: its kind and what tells it from others of the kind."""
    thing = change.subject
    kind = type(change).__name__
    match thing:
        case Membership():
            return kind, thing.group_id, thing.student_id
        case Award():
            return kind, thing.marking_id, thing.scale
        case FeedbackLine():
            return kind, thing.marking_id, thing.field, str(thing.place)
        case QueueNote():
            return kind, thing.script_id, thing.marker_id
        case Absence():
            return kind, thing.assignment_id, thing.student_id
        case Grade():
            return kind, thing.student_id, thing.kind, thing.day
        case _:
            return kind, thing.id


def invert(change: AnyChange) -> AnyChange:
    """The change that takes it back."""
    return type(change)(change.after, change.before)  # type: ignore[arg-type]


def begins_marking(change: AnyChange) -> bool:
    """Whether the change is the beginning of a marking, which no undo takes back."""
    return isinstance(change, MarkingChanged) and change.before is None


def apply(marking: Marking, change: AnyChange) -> Marking:
    """The marking with one change made.

    Raises StaleChange when ``before`` is not the present value, and MarkingLocked when the marking was
    returned and the change neither reopens it nor records what became of its task.
    """
    if marking.is_locked and not (_reopens(change) or follows_up(change)):
        raise MarkingLocked("This marking was returned to the student.", "Reopen it to change anything.")
    match change:
        case MarkingChanged(before, after):
            _fresh(before, marking.header if marking.is_kept else None)
            if after is None:
                raise StaleChange("A marking that was begun can't be unmade.")
            return replace(marking, header=after, is_kept=True)
        case AnnotationChanged(before, after):
            key = change.subject.key
            _fresh(before, marking.annotations.get(key))
            return marking.with_annotation(key, after)
        case AwardChanged(before, after):
            key = change.subject.key
            _fresh(before, marking.awards.get(key))
            return replace(marking, awards=marking.awards.with_(key, after))
        case FeedbackChanged(before, after):
            key = change.subject.key
            _fresh(before, marking.feedback.get(key))
            return replace(marking, feedback=marking.feedback.with_(key, after))
        case _:
            raise TypeError(f"{type(change).__name__} is not a change of a marking")


def apply_all(marking: Marking, changes: tuple[AnyChange, ...]) -> Marking:
    """The marking with all the changes made, one after another."""
    for change in changes:
        marking = apply(marking, change)
    return marking


def with_stale_verdict(marking: Marking, changes: tuple[AnyChange, ...]) -> tuple[AnyChange, ...]:
    """The changes of a marking, and where they give the student something else to do, no verdict on that any longer.

    What became of a task was said of its words: an essay that is opened again may be given others.
    """
    header = marking.header
    if header.task_done is None or not any(isinstance(change, FeedbackChanged) for change in changes):
        return changes
    after = apply_all(marking, changes)
    if after.set_task == marking.set_task or after.header.task_done is None:
        return changes
    return (*changes, MarkingChanged(after.header, replace(after.header, task_done=None, task_done_at=None)))


def _fresh(before: object, present: object) -> None:
    if before != present:
        raise StaleChange("The marking has changed since.", "Look at it again, then repeat what you did.")


def follows_up(change: AnyChange) -> bool:
    """Whether a change of a marking touches nothing but what became of its task: that comes after the return."""
    match change:
        case MarkingChanged(MarkingHeader() as before, MarkingHeader() as after):
            return replace(before, task_done=after.task_done, task_done_at=after.task_done_at) == after
    return False


def _reopens(change: AnyChange) -> bool:
    return (
        isinstance(change, MarkingChanged)
        and change.after is not None
        and change.after.status is not MarkingStatus.RETURNED
    )
