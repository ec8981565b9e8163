"""What the desk needs from the outside, as Protocols. Nothing here knows a file, a database or a screen."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from markdesk.core.award import Award
from markdesk.core.bank import BankComment, Use
from markdesk.core.coursework import Assignment, Script
from markdesk.core.essay import Essay, Span
from markdesk.core.feedback import FeedbackLine, Field
from markdesk.core.grades import Grade
from markdesk.core.history import Step
from markdesk.core.ids import (
    AssignmentId,
    EssayHash,
    GroupId,
    MarkerId,
    MarkingId,
    RubricHash,
    ScaleId,
    ScriptId,
    StudentId,
)
from markdesk.core.marking import Marking, MarkingHeader, MarkingStatus, TaskDone
from markdesk.core.paper import PaperSet
from markdesk.core.people import Marker, Membership, Student, TeachingGroup
from markdesk.core.queue_notes import Absence, QueueNote
from markdesk.core.rubric import Rubric

if TYPE_CHECKING:  # a start of the program searches nothing
    from markdesk.core.search_hits import Hit
    from markdesk.core.search_query import Query


@dataclass(frozen=True, slots=True)
class EssayDraft:
    """What an importer made of a file, before anything is kept."""

    question: str | None
    """The question as printed above the essay, its tariff left in; None where the file has none."""
    paragraphs: tuple[str, ...]
    """Every block of the student's text in order, exactly as written: headings, quotations and notes included."""
    removed: tuple[str, ...] = ()
    """What was left out (site furniture), verbatim and in order, so that the teacher can look."""
    notes: tuple[str, ...] = ()
    """One sentence each on anything worth knowing: hidden characters, tracked changes, an odd encoding."""
    blocks: tuple[tuple[str, bool], ...] = field(default=(), compare=False)
    """Every block of the file in its order, and whether it was left in the essay or its question: for a file of several
    answers, where what stands between two of them looks like the edge of one. Empty where the importer doesn't say."""


class Importer(Protocol):
    """Reads one kind of file."""

    name: str
    suffixes: tuple[str, ...]

    def read(self, data: bytes, file_name: str) -> EssayDraft:
        """The essay in ``data``. Raises EssayUnreadable with a sentence that names the file and the way out."""
        ...


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


class Hold(Protocol):
    """A script kept for one window. ``release`` it, or die: either frees it at once."""

    def release(self) -> None: ...


class Store(Protocol):
    """Where everything is kept. Returns values of ``core``; raises StaleRevision, StaleChange, StoreUnavailable."""

    read_only: bool

    def commit(
        self, step: Step, revision: int | None = None, keep: Keep = Keep(), closes: tuple[str, ...] = ()
    ) -> None:
        """Make one step durable, whole or not at all.

        ``revision`` is the marking's, as the caller knows it (None for steps that change no marking);
        ``closes`` names the editors whose drafts end with this step.
        """
        ...

    def together(self) -> AbstractContextManager[None]:
        """Everything that is read and written inside is one act: no other window writes in between, and an exception
        takes all of it back. Short, and never while somebody is waited for."""
        ...

    def essay(self, essay_hash: EssayHash) -> Essay: ...
    def source(self, source_hash: str) -> bytes:
        """An original file, as it came. Raises NotFound."""
        ...

    def rubric(self, rubric_hash: RubricHash) -> Rubric:
        """A version of a mark scheme, the same object each time."""
        ...

    def students(self) -> tuple[Student, ...]: ...
    def groups(self) -> tuple[TeachingGroup, ...]: ...
    def memberships(self, group_id: GroupId) -> tuple[Membership, ...]: ...
    def student(self, student_id: StudentId) -> Student | None: ...
    def groups_of(self, student_id: StudentId) -> tuple[TeachingGroup, ...]:
        """The classes that a student is in."""
        ...

    def notes_on(self, student_id: StudentId) -> tuple[PastNote, ...]:
        """What was put on a student's essays, by whoever marked them: by marking, as it stands in the essay."""
        ...

    def feedback_for(self, student_id: StudentId) -> tuple[FeedbackLine, ...]:
        """What was written below a student's essays, by whoever marked them."""
        ...

    def grades(self, student_id: StudentId | None = None) -> tuple[Grade, ...]:
        """The grades that were typed for a student, or (None) for everybody: by student, the oldest first."""
        ...

    def owed(self, student_id: StudentId) -> tuple[Owed, ...]:
        """What was set to a student's classes and she has no script for, newest first."""
        ...

    def markers(self) -> tuple[Marker, ...]: ...
    def assignments(self) -> tuple[Assignment, ...]: ...
    def assignment(self, assignment_id: AssignmentId) -> Assignment | None: ...
    def paper_sets(self) -> tuple[PaperSet, ...]:
        """The question papers that were set, newest first."""
        ...

    def overview(self, marker_id: MarkerId) -> tuple[Overview, ...]:
        """The assignments, newest first, with this marker's progress."""
        ...

    def entries(
        self,
        marker_id: MarkerId | None,
        assignment_id: AssignmentId | None = None,
        student_id: StudentId | None = None,
        script_id: ScriptId | None = None,
    ) -> tuple[Entry, ...]:
        """Scripts with what this marker (None: every marker) gave them; one a marker where several marked."""
        ...

    def last_target(self, student_id: StudentId, before: Assignment) -> LastTarget | None:
        """The target set on a student's last essay before that of an assignment, by whoever marked it."""
        ...

    def past_marks(self, marker_id: MarkerId, before: Assignment, most: int) -> tuple[PastMarks, ...]:
        """What this marker gave the students of a pile in work that was set on an earlier day, and finished.

        Of each student the last so many, the newest first; by student. Redrafts, drafts of coursework and piles whose
        names are hidden are left out.
        """
        ...

    def marked_counts(self, marker_id: MarkerId) -> Mapping[StudentId, int]:
        """How many scripts of each student this marker has finished; counted, without reading any of them."""
        ...

    def absences(self, assignment_id: AssignmentId) -> tuple[Absence, ...]:
        """Why students have handed nothing in for an assignment, where somebody noted it; by student."""
        ...

    def acts(self, marker_id: MarkerId, assignment_id: AssignmentId) -> tuple[Act, ...]:
        """Every act of this marker in marking an assignment, oldest first: time spent comes out of it.

        What was recorded after the return (``FOLLOW_UP``) is no marking; nor is taking that back, or doing it again.
        """
        ...

    def best_at_levels(
        self, marker_id: MarkerId, rubric_id: str, scale: ScaleId, but_not: StudentId
    ) -> tuple[ScriptId, ...]:
        """For each level of a scale, the highest first, the script that this marker gave most there and finished.

        Under any version of the scheme, in any assignment; of several it is the one that was finished last. A script
        of the student ``but_not`` is left out.
        """
        ...

    def stamped(self, marker_id: MarkerId, assignment_id: AssignmentId, code: str) -> Mapping[ScriptId, int]:
        """The scripts of an assignment on which this marker has put a stamp, and how often."""
        ...

    def worded(self, marker_id: MarkerId, assignment_id: AssignmentId, query: "Query") -> frozenset[ScriptId]:
        """The scripts of an assignment that hold what is looked for: the essay as it was handed in last, a comment or
        a line of feedback of this marker, all of it in one text. Private notes are not looked through, and a hidden
        name finds nothing in its own essay."""
        ...

    def remarks(self, marker_id: MarkerId, assignment_id: AssignmentId) -> tuple[Remark, ...]:
        """What this marker's annotations in an assignment say, in no order that means anything."""
        ...

    def codes(self, marker_id: MarkerId, assignment_id: AssignmentId) -> frozenset[tuple[ScriptId, str]]:
        """Which stamps this marker has put on which scripts of an assignment, each once."""
        ...

    def told_students(
        self, marker_id: MarkerId, assignment_id: AssignmentId
    ) -> frozenset[tuple[ScriptId, Field | None, str]]:
        """What this marker wrote on the scripts of an assignment for their writers: comments on passages, which have no
        field, and the lines of feedback that aren't private."""
        ...

    def marking(self, script_id: ScriptId, marker_id: MarkerId) -> Marking | None: ...
    def steps(self, marking_id: MarkingId) -> tuple[Step, ...]:
        """The log of one marking, oldest first."""
        ...

    def first_steps(self, count: int) -> tuple[Step, ...]:
        """How the desk began."""
        ...

    def steps_after(self, place: int, most: int) -> tuple[Step, ...]:
        """The log of the whole desk, a piece of it: at most so many steps after the first ``place`` of them, in the
        order in which they were committed. So a log of any length is read without holding it."""
        ...

    def steps_so_far(self) -> int:
        """How many steps the log has. As long as that is the same, what was read is still what there is."""
        ...

    def save_draft(self, draft: Draft) -> None: ...
    def drop_draft(self, script_id: ScriptId, marker_id: MarkerId, editor: str) -> None: ...
    def drafts(self, script_id: ScriptId, marker_id: MarkerId) -> tuple[Draft, ...]: ...
    def save_place(self, place: Place) -> None: ...
    def place(self, marker_id: MarkerId, script_id: ScriptId | None = None) -> Place | None:
        """Where the marker was in a script, or (None) in whichever she last looked at."""
        ...

    def hold(self, script_id: ScriptId, marker_id: MarkerId, patience: float = 0.0) -> Hold | str:
        """Keep a script for this window, or say who has it and went on having it for ``patience`` seconds."""
        ...

    def bank_comments(self) -> tuple[BankComment, ...]:
        """The teacher's own comments (origin ``own``), in the order in which they came."""
        ...

    def bank_steps(self) -> tuple[Step, ...]:
        """The steps that changed the teacher's own comments, oldest first."""
        ...

    def comment_uses(self, marker_id: MarkerId) -> tuple[Use, ...]:
        """Every comment that this marker has on a script, and every line of WWW, EBI, target, task and questions.

        Of an annotation: its comment where it has one, ``stamp`` its code, ``key`` its id. Of a line of feedback:
        ``key`` is its field and place. ``at`` is when the marking was finished, else when it was begun. On a draft of
        coursework the field is ``draft``. ``strand`` is left empty: ``bank.with_strand`` knows it from the stamp.
        """
        ...

    def search(self, query: "Query", marker_id: MarkerId, limit: int, offset: int = 0) -> "tuple[Hit, ...]":
        """The texts that have all that is looked for, the best first: essays as they were handed in last, questions,
        students, and what this marker wrote; of another marker's words none is told.

        While names are hidden a name finds nothing in its own essay, nor in what was said of it, and whoever looks for
        a student finds nothing there. Where nothing but a filter is given it is all that passes, the newest first.
        """
        ...

    def search_count(self, query: "Query", marker_id: MarkerId) -> int:
        """How many there are."""
        ...

    def verify(self) -> Verification: ...
    def info(self) -> DeskInfo: ...
    def backup(self, target: Path) -> None:
        """A verified copy at ``target``, which must not exist."""
        ...

    def close(self) -> None: ...
