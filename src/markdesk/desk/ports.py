"""What the desk needs from the outside, as Protocols, and the values that come from there; the store is in ``store``.

Nothing here knows a file, a database or a screen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from markdesk.core.award import Award
from markdesk.core.coursework import Assignment, Script
from markdesk.core.essay import Essay, Span
from markdesk.core.ids import (
    AssignmentId,
    MarkerId,
    MarkingId,
    RubricHash,
    ScaleId,
    ScriptId,
    StudentId,
)
from markdesk.core.marking import DONE, MarkingHeader, MarkingStatus, TaskDone
from markdesk.core.people import Student, TeachingGroup
from markdesk.core.queue_notes import Absence, QueueNote
from markdesk.core.rubric import Rubric


class Clock(Protocol):
    """Says what time it is, so that tests can say it instead."""

    def now(self) -> str:
        """UTC, ISO 8601 to the millisecond: ``2026-11-23T09:30:00.000+00:00``."""
        ...

    def today(self) -> str:
        """The day that the teacher's calendar shows: ``2026-11-23``."""
        ...


class IdSource(Protocol):
    """Makes ids that no other desk makes, and that sort by time."""

    def new(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Keep:
    """What is kept by its content and so is never altered: it goes in beside a step, in the same transaction."""

    essays: tuple[Essay, ...] = ()
    rubrics: tuple[Rubric, ...] = ()
    sources: Mapping[str, bytes] = field(default_factory=dict)
    """Original files by their hash."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being typed in an editor: overwritten as it grows, in neither the log nor undo."""

    script_id: ScriptId
    marker_id: MarkerId
    editor: str
    """Which editor: ``comment`` or a feedback line's key."""
    text: str
    at: str
    target: Span | None = None
    """The passage that a new comment is for."""
    annotation_id: str = ""
    """The annotation whose comment is being edited; empty for a new one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a marker was in a script when she last looked at it."""

    marker_id: MarkerId
    script_id: ScriptId
    assignment_id: AssignmentId
    start: int
    end: int
    at: str
    by_sentence: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A script with whose it is and what a marker gave it: a row of the queue, of a mark sheet, of a review."""

    script: Script
    student: Student
    assignment: Assignment
    words: int | None
    header: MarkingHeader | None = None
    awards: tuple[Award, ...] = ()
    annotations: int = 0
    target: str | None = None
    note: QueueNote | None = None
    """What this marker noted about it in the queue."""
    task: str | None = None
    """What the student is to do with it."""

    @property
    def is_returned(self) -> bool:
        return self.header is not None and self.header.status is MarkingStatus.RETURNED

    @property
    def finished_at(self) -> str | None:
        """When its marking was finished; None where it isn't."""
        return (self.header.completed_at or "") if self.header is not None and self.header.status in DONE else None

    def award_by_scale(self) -> dict[str, Award]:
        return {award.scale: award for award in self.awards}


@dataclass(frozen=True, slots=True)
class Act:
    """That a marker did something to a script, and when."""

    script_id: ScriptId
    at: str


class Remark(NamedTuple):
    """What one annotation says, without the passage that it is on."""

    script_id: ScriptId
    code: str
    comment: str


class PastNote(NamedTuple):
    """What one annotation on a past essay says, and of which words."""

    marking_id: MarkingId
    code: str
    comment: str
    exact: str


@dataclass(frozen=True, slots=True)
class Owed:
    """An assignment of a student's class for which she has handed nothing in, and why where that was noted."""

    assignment: Assignment
    absence: Absence | None = None
    is_coming_in: bool = True
    """Whether anybody has handed in anything for it: work that was only just set is nobody's gap."""


class PastMarks(NamedTuple):
    """What one earlier essay of a student was given, and under which scheme."""

    student_id: StudentId
    rubric_hash: RubricHash
    given: tuple[tuple[ScaleId, int | None], ...]
    """The scales that have a mark, each with it; None for no response."""


@dataclass(frozen=True, slots=True)
class LastTarget:
    """What the student was last told to do, and on which essay. Never its mark."""

    text: str
    on: str
    assignment: str
    marking_id: MarkingId
    task_done: TaskDone | None = None
    """What became of the task set with it; None where it wasn't looked at."""


@dataclass(frozen=True, slots=True)
class Overview:
    """An assignment as the library lists it."""

    assignment: Assignment
    group: TeachingGroup | None
    scripts: int
    complete: int
    begun: int
    drafts: int
    is_counted: bool = True
    """Whether the figures are known: of many assignments those of the newest are counted first."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check of the whole desk found. ``problems`` is empty when all is well."""

    changes: int
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeskInfo:
    """What is on the desk and where it is kept."""

    path: str
    size: int
    schema_version: int
    sqlite_version: str
    counts: Mapping[str, int]
    uuid: str
