"""Past marks stay shut while an essay of that student's is open that has no mark yet: they would weigh on it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from markdesk.core.errors import MarkdeskError
from markdesk.core.ids import AssignmentId, StudentId

if TYPE_CHECKING:
    from markdesk.tui.app import MarkdeskApp
    from markdesk.tui.screens.marking import MarkingScreen

WITHHELD = "Past marks show once the essay that is open has its mark, so that they don't weigh on it"
SHUT = "shown once the essay that is open has its mark"
"""Stands in the place of words that she wrote, or was told, in other essays."""


def is_withheld(app: "MarkdeskApp", student_id: StudentId, assignment_id: AssignmentId | None = None) -> bool:
    """Whether an unmarked essay is open that is hers; or may be, where its pile's names are hidden.

    Of one assignment nothing is withheld where it is the one that is being marked.
    """
    for screen in _unmarked(app):
        its = screen.opened.entry
        in_pile = screen.sitting.entries if its.assignment.is_anonymous else [its]
        if assignment_id != its.assignment.id and any(entry.student.id == student_id for entry in in_pile):
            return True
    return False


def refuse_beside_unmarked(app: "MarkdeskApp", pile: str | None = None) -> None:
    """Refuse what tells the marks of a class while an unmarked essay is open; of the pile that it is in, nothing.

    Raises MarkdeskError. Without a ``pile`` it is something that tells those of several.
    """
    if any(screen.sitting.assignment.id != pile for screen in _unmarked(app)):
        raise MarkdeskError(WITHHELD)


def _unmarked(app: "MarkdeskApp") -> "Iterator[MarkingScreen]":
    # By its name: the screen of an essay is much to load only to learn that none is open.
    marked = (cast("MarkingScreen", one) for one in app.screen_stack if getattr(one, "ROOM", "") == "marking")
    return (one for one in marked if not one.opened.is_marked)
