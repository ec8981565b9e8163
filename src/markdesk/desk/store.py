"""The store, in which everything is kept: the desk's largest port. What it answers with is in ``ports``."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from markdesk.core.bank import BankComment, Use
from markdesk.core.coursework import Assignment
from markdesk.core.essay import Essay
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
from markdesk.core.marking import Marking
from markdesk.core.paper import PaperSet
from markdesk.core.people import Marker, Membership, Student, TeachingGroup
from markdesk.core.queue_notes import Absence
from markdesk.core.rubric import Rubric
from markdesk.desk.ports import (
    Act,
    DeskInfo,
    Draft,
    Entry,
    Keep,
    LastTarget,
    Overview,
    Owed,
    PastMarks,
    PastNote,
    Place,
    Remark,
    Verification,
)

if TYPE_CHECKING:  # a start of the program searches nothing
    from markdesk.core.search_hits import Hit
    from markdesk.core.search_query import Query


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

    def overview(self, marker_id: MarkerId, counted: int | None = None) -> tuple[Overview, ...]:
        """The assignments, newest first, with this marker's progress; of so many of the newest, where that is said."""
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
