"""A screen's way to the program that it belongs to, and to say something in as many lines as it takes."""

from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from markdesk.core.plain import show_line
from markdesk.tui.text_layout import wrapped
from markdesk.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from markdesk.tui.app import MarkdeskApp

MOST_LINES = 5


def markdesk(screen: Screen[Any]) -> "MarkdeskApp":
    """The app by its own name, with what it can open."""
    from markdesk.tui.app import MarkdeskApp

    assert isinstance(screen.app, MarkdeskApp)
    return screen.app


def say(where: Lines, text: str, style: str = "text") -> None:
    """Say it in a line that grows as far as it must, so that what to do is never cut off."""
    lines = wrapped(show_line(text), max(20, where.app.size.width - 2))[:MOST_LINES]
    where.grow_to([((" ", "text"), (line, style)) for line in lines])
