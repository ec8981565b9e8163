"""Past marks stay shut while an essay of that student's is open that has no mark yet: they would weigh on it."""

from typing import TYPE_CHECKING

from markdesk.core.ids import AssignmentId, StudentId

if TYPE_CHECKING:
    from markdesk.tui.app import MarkdeskApp

WITHHELD = "Past marks show once the essay that is open has its mark, so that they don't weigh on it"


def is_withheld(app: "MarkdeskApp", student_id: StudentId, assignment_id: AssignmentId | None = None) -> bool:
    """Whether an unmarked essay is open that is hers; or may be, where its pile's names are hidden.

    Of one assignment nothing is withheld where it is the one that is being marked.
    """
    from markdesk.tui.screens.marking import MarkingScreen

    for screen in app.screen_stack:
        if isinstance(screen, MarkingScreen) and not screen.opened.is_marked:
            its = screen.opened.entry
            in_pile = screen.sitting.entries if its.assignment.is_anonymous else [its]
            if assignment_id != its.assignment.id and any(entry.student.id == student_id for entry in in_pile):
                return True
    return False
