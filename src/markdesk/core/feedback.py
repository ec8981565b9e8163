"""What the student is told beside the mark, one line each."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from markdesk.core.coursework import Kind
from markdesk.core.ids import MarkingId


class Field(StrEnum):
    """The kinds of line. Which of them a task has is ``asked_for``'s to say."""

    WWW = "www"
    EBI = "ebi"
    TARGET = "target"
    TASK = "task"
    COMMENT = "comment"
    NOTE = "note"
    AO = "ao"
    """Why this level, with page references: one an assessment objective, written for a moderator."""
    QUESTION = "question"
    """What a draft may be given: a question. The boards forbid suggestions."""


LABELS = {
    Field.WWW: "WWW",
    Field.EBI: "EBI",
    Field.TARGET: "Target",
    Field.TASK: "Task",
    Field.COMMENT: "Comment",
    Field.NOTE: "Note",
    Field.AO: "AO",
    Field.QUESTION: "Question",
}
"""How the screens and sheets call them. WWW: what went well; EBI: even better if."""

PLACES = {
    Field.WWW: 2, Field.EBI: 1, Field.TARGET: 1, Field.TASK: 1, Field.COMMENT: 1, Field.NOTE: 1, Field.AO: 4,
    Field.QUESTION: 4,
}  # fmt: skip
"""How many lines each may have at the most."""

ORDER = (
    Field.WWW, Field.EBI, Field.TARGET, Field.TASK, Field.AO, Field.QUESTION, Field.COMMENT, Field.NOTE,
)  # fmt: skip
"""In which order they stand."""

_FOR_STUDENTS = (Field.WWW, Field.EBI, Field.TARGET, Field.TASK, Field.COMMENT, Field.NOTE)
BY_KIND = {
    Kind.CLASS_ESSAY: _FOR_STUDENTS,
    Kind.MOCK: _FOR_STUDENTS,
    Kind.NEA: (Field.AO, Field.NOTE),
    Kind.NEA_DRAFT: (Field.QUESTION,),
}
"""What each kind of task is given: coursework goes to a moderator, and a draft may only be asked about."""


def asked_for(kind: Kind, aos: Sequence[str]) -> tuple[tuple[Field, int], ...]:
    """The lines that a task of this kind has, in their order, each with its place; ``aos`` are its scheme's."""
    most = {**PLACES, Field.AO: min(len(aos), PLACES[Field.AO])}
    return tuple((field, place) for field in BY_KIND[kind] for place in range(1, most[field] + 1))


def label_of(field: Field, place: int, aos: Sequence[str]) -> str:
    """How a line is called; one for an objective has the objective's name."""
    if field is Field.AO:
        return aos[place - 1] if place <= len(aos) else f"AO {place}"
    return f"{LABELS[field]} {place}" if field is Field.QUESTION else LABELS[field]


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
