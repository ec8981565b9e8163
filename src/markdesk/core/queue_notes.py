"""What a marker notes about a pile besides its marks: a first impression, a flag, why somebody handed nothing in."""

from dataclasses import dataclass
from enum import StrEnum

from markdesk.core.ids import AssignmentId, MarkerId, ScriptId, StudentId


class Heap(StrEnum):
    """Where an essay went when the pile was skimmed. It never touches a mark."""

    GOOD = "good"
    MIDDLING = "middling"
    WEAK = "weak"
    WORRIED = "worried"
    """There is something to look into: the student, not the mark."""


@dataclass(frozen=True, slots=True)
class QueueNote:
    """What one marker noted about a script. Nobody else sees it, and it is on no sheet."""

    script_id: ScriptId
    marker_id: MarkerId
    heap: Heap | None = None
    is_flagged: bool = False
    """Whether she means to come back to it."""

    @property
    def says_nothing(self) -> bool:
        return self.heap is None and not self.is_flagged


class Why(StrEnum):
    """Why a student has handed nothing in."""

    LATE = "late"
    EXTENSION = "extension"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Absence:
    """A student of the class without a script for an assignment, and why; nobody is asked to give a reason."""

    assignment_id: AssignmentId
    student_id: StudentId
    why: Why
