"""What search finds."""

from dataclasses import dataclass

from markdesk.core.anonymity import without_any_name, without_name
from markdesk.core.coursework import Assignment
from markdesk.core.essay import Essay, Span
from markdesk.core.feedback import PRIVATE
from markdesk.core.ids import EssayHash, ScriptId
from markdesk.core.people import Student
from markdesk.core.search_query import Kind


@dataclass(frozen=True, slots=True)
class Hit:
    """A text in which all was found that was looked for."""

    kind: Kind
    text: str
    """All of it, as it may be shown: without its student's name where names are hidden."""
    assignment: Assignment | None = None
    """None for a student."""
    student: Student | None = None
    """Whose it is, or who was found; None for a question."""
    script_id: ScriptId | None = None
    part: str = ""
    """Which annotation, by its id, or which line of feedback, by its field and place."""
    span: Span | None = None
    """Where an annotation stands in the essay."""
    essay_hash: EssayHash | None = None
    """The text that the annotation stands in; an essay's own."""

    @property
    def is_private(self) -> bool:
        """Whether it is what a marker noted for herself."""
        return self.kind is Kind.FEEDBACK and self.part.partition(".")[0] in PRIVATE


def as_shown(kind: Kind, text: str, student: Student) -> str:
    """A text of a script whose student's name is hidden."""
    if kind is Kind.ESSAY:
        return without_name(Essay(text), student).text
    return without_any_name(text, student)
