"""What comes in, and what becomes of it: files that could be read, and the plan that says what an import will do."""

from dataclasses import dataclass

from markdesk.core.changes import AnyChange
from markdesk.core.coursework import Assignment, Script
from markdesk.core.essay import Essay
from markdesk.core.people import Student, TeachingGroup
from markdesk.core.rubric import Rubric
from markdesk.core.whose import Whose
from markdesk.desk.matching import Badge
from markdesk.desk.ports import EssayDraft, Keep


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
    whose: Whose | None = None
    """Whose it is by its download; None where nothing but its own name may tell."""


@dataclass(frozen=True, slots=True)
class Turned:
    """A file that was not taken in, and why."""

    path: str
    reason: str
    """A sentence, and what to do on a command line."""
    told: str = ""
    """The sentence alone, where it is another."""
    proposals: tuple[Student, ...] = ()
    """Who may have written it."""


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
    badge: Badge = Badge.IMPORT
    why: str = ""
    """How its student is known."""


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
    left_out: tuple[str, ...] = ()
    """The files that the teacher left out."""

    @property
    def does_something(self) -> bool:
        return bool(self.changes or self.moves)
