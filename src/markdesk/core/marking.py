"""One marker's judgement of one script under one version of a mark scheme."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from markdesk.core.annotation import Annotation
from markdesk.core.award import Award
from markdesk.core.feedback import FeedbackLine, Field
from markdesk.core.ids import EssayHash, MarkerId, MarkingId, RubricHash, ScaleId, ScriptId
from markdesk.core.keyed import Keyed
from markdesk.core.pad import Place, places_in


class MarkingStatus(StrEnum):
    """How far a marking has come. A returned one is locked until it is reopened."""

    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"
    MODERATED = "moderated"
    RETURNED = "returned"


DONE = frozenset({MarkingStatus.COMPLETE, MarkingStatus.MODERATED, MarkingStatus.RETURNED})
"""The statuses that need no more marking."""


class Met(StrEnum):
    """What became of the student's last target, as the marker judged it when she finished."""

    MET = "met"
    PARTLY = "partly"
    NOT_YET = "not yet"
    NOT_JUDGED = "not judged"
    """She was asked, and went on: not the same as never having been asked."""


class TaskDone(StrEnum):
    """What became of the task that was set on a returned essay."""

    RESPONDED = "responded"
    """The student handed it back; it isn't checked yet."""
    WELL = "done well"
    DONE = "done"
    NOT_DONE = "not done"


@dataclass(frozen=True, slots=True)
class MarkingHeader:
    """What a marking is of, and how far it has come."""

    id: MarkingId
    script_id: ScriptId
    marker_id: MarkerId
    essay_hash: EssayHash | None
    """The text that was read; the script may have a newer one."""
    rubric_hash: RubricHash
    status: MarkingStatus
    started_at: str
    completed_at: str | None = None
    answers: tuple[tuple[str, bool], ...] = ()
    """The scheme's yes-or-no questions (its caps) that were answered, by cap id in the scheme's order."""
    last_target: Met | None = None
    """Whether the target set last time was met; None where nobody was asked."""
    target_of: MarkingId | None = None
    """The marking in which that target was set."""
    parts: tuple[tuple[str, int], ...] = ()
    """Where the answers to the parts of a question begin, as the marker corrected it: part and code point, in order."""
    task_done: TaskDone | None = None
    """What became of the task, recorded after the return."""
    task_done_at: str | None = None

    @property
    def answer_by_cap(self) -> dict[str, bool]:
        return dict(self.answers)


@dataclass(frozen=True, slots=True)
class Marking:
    """The aggregate: a value, replaced whole by every change (``changes.apply``)."""

    header: MarkingHeader
    revision: int = 0
    """How many steps were committed; a writer that has an older one is refused."""
    is_kept: bool = False
    """False until the first act: looking at an essay leaves no trace."""
    annotations: Keyed[str, Annotation] = field(default_factory=Keyed)
    awards: Keyed[str, Award] = field(default_factory=Keyed)
    feedback: Keyed[str, FeedbackLine] = field(default_factory=Keyed)
    code_counts: Keyed[str, int] = field(default_factory=Keyed)
    """How often each stamp stands in the essay."""

    @property
    def id(self) -> MarkingId:
        return self.header.id

    @property
    def is_locked(self) -> bool:
        return self.header.status is MarkingStatus.RETURNED

    def award(self, scale: str) -> Award:
        """What the scale was given; an empty award where nothing was."""
        return self.awards.get(scale) or Award(self.id, ScaleId(scale))

    def award_by_scale(self) -> dict[str, Award]:
        return {award.scale: award for award in self.awards.values()}

    def line(self, field: Field, place: int = 1) -> FeedbackLine | None:
        return self.feedback.get(f"{field}.{place}")

    def lines(self, field: Field) -> tuple[FeedbackLine, ...]:
        """The lines given under one heading, in order."""
        found = (line for line in self.feedback.values() if line.field is field)
        return tuple(sorted(found, key=lambda line: line.place))

    @property
    def set_task(self) -> str:
        """What the student is told to do: the task, else the target; empty for neither."""
        given = (self.line(field) for field in (Field.TASK, Field.TARGET))
        return next((line.text for line in given if line is not None), "")

    def annotations_in_order(self) -> tuple[Annotation, ...]:
        """As they stand in the essay; orphans last. Costs time with their number: not for the key path."""
        return tuple(sorted(self.annotations.values(), key=_reading_order))

    def with_annotation(self, key: str, annotation: Annotation | None) -> "Marking":
        """The marking with this annotation under the key, or without one, and its stamps counted."""
        counts = self.code_counts
        for value, by in ((self.annotations.get(key), -1), (annotation, 1)):
            if value is not None and value.code:
                counts = counts.with_(value.code, ((counts.get(value.code) or 0) + by) or None)
        return replace(self, annotations=self.annotations.with_(key, annotation), code_counts=counts)


def _reading_order(annotation: Annotation) -> tuple[bool, int, int, tuple[Place, ...], str]:
    span = annotation.anchor.span
    if span is not None:
        return False, span.start, span.end, (), annotation.id
    return True, 0, 0, places_in(annotation.anchor.exact), annotation.id
