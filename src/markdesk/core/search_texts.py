"""Which text of each thing is searched. ``search_text``, a view of the desk's file, says the same in SQL."""

from markdesk.core.annotation import Annotation
from markdesk.core.coursework import Assignment
from markdesk.core.feedback import FeedbackLine
from markdesk.core.people import Student


def comment_text(annotation: Annotation | None) -> str:
    """Of an annotation the comment; a stamp alone has none."""
    return annotation.comment if annotation is not None else ""


def feedback_text(line: FeedbackLine | None) -> str:
    """Of a line of feedback all, a private note too."""
    return line.text if line is not None else ""


def question_text(assignment: Assignment | None) -> str:
    """Of an assignment its name and its question."""
    return f"{assignment.name}\n{assignment.question}" if assignment is not None else ""


def student_text(student: Student | None) -> str:
    """Of a student her name and her candidate number."""
    return f"{student.given_name} {student.family_name}\n{student.candidate_number}" if student is not None else ""
