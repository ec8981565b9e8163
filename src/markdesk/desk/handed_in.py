"""What comes in, and what becomes of it: files that could be read, and the plan that says what an import will do."""

from collections.abc import Callable
from dataclasses import dataclass

from markdesk.core.changes import AnyChange
from markdesk.core.coursework import Assignment, Script
from markdesk.core.essay import Essay
from markdesk.core.people import Student, TeachingGroup
from markdesk.core.rubric import Rubric
from markdesk.core.whose import Whose
from markdesk.desk.drafts import EssayDraft
from markdesk.desk.matching import Badge
from markdesk.desk.originals import Original
from markdesk.desk.ports import Keep


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that could be read."""

    path: str
    """How the teacher calls it; for reports."""
    file_name: str
    draft: EssayDraft
    original: Original
    is_part: bool = False
    """Whether the draft is only some of what the file holds: the same file again may then be another text."""
    whose: Whose | None = None
    """Whose it is by its download or name; None where that can't be told."""
    doubt: str = ""
    """Why it can't be told whose it is, where somebody looked."""


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
    can_be_decided: bool = False
    """Whether it can come in once the teacher says whose it is, or leaves another file out."""
    student: str = ""
    """Whose it is, as far as its download or its name says; nobody looked whether there is such a student."""

    @property
    def file_name(self) -> str:
        """The last part of its path."""
        return self.path.replace("\\", "/").rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that may be an essay, and has yet to be read."""

    path: str
    """How the teacher calls it; for reports."""
    file_name: str
    load: Callable[[], bytes]
    """Its bytes. Raises EssayUnreadable where they can't be had."""
    whose: Whose | None = None
    doubt: str = ""


@dataclass(frozen=True)
class Listing:
    """What lies at the places that the teacher named."""

    waiting: tuple[Waiting, ...] = ()
    refused: tuple[Turned, ...] = ()
    skipped: tuple[Turned, ...] = ()
    """What is left out as no essay: other kinds of file, earlier attempts, a download's own pages."""
    notes: tuple[str, ...] = ()
    """What the place was understood as: ``Moodle's download``."""
    release: Callable[[], None] = lambda: None
    """Lets go of the archives that are still to be read. Once they were read it is ``Gathered``'s to say."""


@dataclass(frozen=True)
class Gathered:
    """The files that could be read, and those that couldn't."""

    handed: tuple[Handed, ...] = ()
    refused: tuple[Turned, ...] = ()
    skipped: tuple[Turned, ...] = ()
    notes: tuple[str, ...] = ()
    release: Callable[[], None] = lambda: None
    """Lets go of the archives that the originals lie in: when the import is written, or won't be."""


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
    def left_over(self) -> str:
        """What didn't come in, counted: ``2 to say whose, 1 refused``; empty where nothing is left."""
        turned = (*self.unmatched, *self.refused)
        asked = sum(one.can_be_decided for one in turned)
        counts = ((asked, "to say whose"), (len(turned) - asked, "refused"), (len(self.left_out), "left out"))
        return ", ".join(f"{count} {word}" for count, word in counts if count)

    @property
    def does_something(self) -> bool:
        return bool(self.changes or self.moves)
