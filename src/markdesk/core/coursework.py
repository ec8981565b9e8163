"""What is set and what is handed in: assignments and scripts."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from markdesk.core.ids import AssignmentId, EssayHash, GroupId, RubricHash, ScriptId, StudentId


class Kind(StrEnum):
    """The kind of task; it decides the feedback fields and what may be said to the student."""

    CLASS_ESSAY = "class essay"
    MOCK = "mock"
    NEA = "NEA"
    NEA_DRAFT = "NEA draft"

    @property
    def hides_names(self) -> bool:
        """Whether names are out of sight from the beginning: where the mark counts as an examiner's would."""
        return self in (Kind.MOCK, Kind.NEA)


class Returns(StrEnum):
    """What the student gets back with the comments. The rest can follow on a slip when the task is done."""

    MARKS = "marks"
    """The mark and its level."""
    LEVEL = "level"
    """The level and what it means, without the mark."""
    COMMENTS = "comments"
    """Neither: she reads what to do first."""


GIVEN_BACK = {
    Returns.MARKS: "the mark",
    Returns.LEVEL: "the level without the mark",
    Returns.COMMENTS: "comments alone",
}
"""What each gives back, in words."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A question set to a group on a date, marked under one version of a mark scheme."""

    id: AssignmentId
    name: str
    question: str
    rubric_hash: RubricHash
    set_on: str
    """The day it was set, ISO ``2026-11-23``."""
    group_id: GroupId | None = None
    kind: Kind = Kind.CLASS_ESSAY
    order_seed: int = 0
    """Fixes the marking order for good: a late arrival never reshuffles the rest."""
    is_anonymous: bool = False
    """Whether the students' names are out of sight while it is marked; to show them is a step in the log."""
    by_scale: bool = False
    """Whether it is marked one scale down the class, then the next, each in an order of its own."""
    returns: Returns = Returns.MARKS
    """What its mark sheets give back beside the comments."""


def order_seed(assignment_id: AssignmentId) -> int:
    """The seed of a new assignment's marking order: another for each, and the same wherever it is worked out."""
    return int(hashlib.sha256(assignment_id.encode()).hexdigest(), 16) & 0x7FFFFFFF


@dataclass(frozen=True, slots=True)
class Scan:
    """A photograph or PDF of a handwritten script, or some pages of a scan of the whole class."""

    source_hash: str
    """Of the file, whose bytes are kept as they came."""
    file_name: str
    first_page: int = 0
    """Of a file that has pages, counted from 1; 0 of a picture, which is one."""
    last_page: int = 0


OTHER_QUESTION = "The file asks another question: "
"""How the note of a script begins whose file prints a question that isn't the assignment's."""


@dataclass(frozen=True, slots=True)
class Script:
    """What one student handed in for one assignment. ``essay_hash`` is None for a handwritten script."""

    id: ScriptId
    assignment_id: AssignmentId
    student_id: StudentId
    essay_hash: EssayHash | None
    file_name: str
    received_at: str
    version: int = 1
    """Goes up by one when the student hands in again."""
    source_hash: str = ""
    """The original file's hash; its bytes are kept beside the text."""
    removed: tuple[str, ...] = ()
    """What the importer left out of the text, verbatim."""
    notes: tuple[str, ...] = ()
    """What the importer said about the file."""
    system: str = ""
    """The school system that it was downloaded from (``moodle``, ``canvas``); empty for a file of its own."""
    system_id: str = ""
    """What that system calls the submission: a mark finds its way back by it."""
    scans: tuple[Scan, ...] = ()

    @property
    def own_question(self) -> str:
        """The question that its file prints, where that isn't the assignment's: in coursework each has her own."""
        told = (note for note in self.notes if note.startswith(OTHER_QUESTION))
        return next(told, "").removeprefix(OTHER_QUESTION)

    @property
    def short_id(self) -> str:
        """What the screens and the command line call it. Ids begin with a time, so their end tells them apart."""
        return self.id[-6:]
