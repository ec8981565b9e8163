"""What the palette offers."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand
from textual.screen import Screen

from markdesk.tui.themes import TOLD

if TYPE_CHECKING:
    from markdesk.tui.app import MarkdeskApp

ON_SCREENS = (
    ("Line the pile up", "By mark: compare, adjust, return", "line_up"),
    ("Return the finished essays", "Asks first, then locks their marks", "return_pile"),
    ("Write the class mark sheet", "CSV, beside the mark sheets", "marks"),
    ("Write the mark sheets", "Of every finished essay of this assignment", "export"),
    ("How the marks are spread", "By mark, level and strand; who is near a boundary; drift", "review"),
    ("Filters of this review", "Class, year, level, stamp, words …", "filters"),
    ("Write what this review shows", "A sheet, or its figures", "write_review"),
    ("This student's past marks", "Every essay that was marked, newest first", "student"),
    ("Write this student's record", "One page, to print or to send", "write_record"),
    ("Check the tasks", "How each was done, after the return", "tasks"),
    ("Students by questions", "The grid of this paper", "grid"),
    ("Comment bank", "Every comment, and where it was used", "comments"),
    ("New assignment", "A question, its mark scheme, its class", "new_assignment"),
    ("Import essays", "The command to type", "import"),
    ("Go on where you left", "The essay and the paragraph", "resume"),
    ("Finish, and open the next essay", "Enter does it too", "finish"),
    ("Feedback", "What went well, even better if, target, task", "feedback"),
    ("Your notes on this question", "Beside the scheme, no part of the mark", "notes"),
    ("Another essay beside this one", "A neighbour in marks, the best at a level, the student's last", "another"),
    ("Look at the scan", "Of a handwritten script, with the system's viewer", "scan"),
    ("Levels in full", "Those above and below, and the rules", "full"),
    ("Edit this mark scheme", "If it is one of your own", "edit"),
    ("Undo", "The last act in this essay, also of an earlier day", "undo"),
    ("Redo", "What was undone last", "redo"),
)
"""What the palette offers on the screens that have it: name, what it does, the screen's action."""


def offered(app: "MarkdeskApp", screen: Screen[object]) -> Iterator[SystemCommand]:
    """Each thing that can be done on this screen, by name."""
    for theme, about in TOLD.items():
        yield SystemCommand(f"Theme: {theme}", about, partial(app.choose_theme, theme))
    yield SystemCommand("Students", "Past marks by student", app.action_open_students)
    yield SystemCommand("Search everything", "Essays, comments, feedback, questions, students", app.action_search)
    yield SystemCommand("Mark schemes", "Every scheme and its provenance", app.action_open_schemes)
    yield SystemCommand("New mark scheme", "A form for one of your own", app.action_new_scheme)
    # By way of the screen's own check, as a key comes: while words are typed there is nothing else to do on it.
    for name, told, action in () if getattr(screen, "is_typing", False) else ON_SCREENS:
        if hasattr(screen, f"action_{action}"):
            yield SystemCommand(name, told, partial(screen.run_action, action))
    yield SystemCommand("Keys", "The keys of this screen", app.action_help)
    yield SystemCommand("Quit", "Everything is saved", app.action_quit)
