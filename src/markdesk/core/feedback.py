"""What the student is told beside the mark, one line each."""

from dataclasses import dataclass
from enum import StrEnum

from markdesk.core.ids import MarkingId


class Field(StrEnum):
    """The lines of feedback on a class essay or a mock. WWW may have two."""

    WWW = "www"
    EBI = "ebi"
    TARGET = "target"
    TASK = "task"
    COMMENT = "comment"
    NOTE = "note"


LABELS = {
    Field.WWW: "WWW",
    Field.EBI: "EBI",
    Field.TARGET: "Target",
    Field.TASK: "Task",
    Field.COMMENT: "Comment",
    Field.NOTE: "Note",
}
"""How the screens and sheets call them. WWW: what went well; EBI: even better if."""

PLACES = {Field.WWW: 2, Field.EBI: 1, Field.TARGET: 1, Field.TASK: 1, Field.COMMENT: 1, Field.NOTE: 1}
"""How many lines each may have."""

PRIVATE = frozenset({Field.NOTE})
"""Never printed, exported or shown to a student."""


@dataclass(frozen=True, slots=True)
class FeedbackLine:
    """One line of feedback. ``place`` counts from 1."""

    marking_id: MarkingId
    field: Field
    place: int
    text: str

    @property
    def key(self) -> str:
        return f"{self.field}.{self.place}"
