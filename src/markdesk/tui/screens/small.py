"""What stands in a window that is too small for anything else."""

from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import Screen

from markdesk.tui.widgets.lines import Lines

LEAST = Size(60, 18)
"""Columns and lines below which no screen can be read."""


def is_too_small(size: Size) -> bool:
    return size.width < LEAST.width or size.height < LEAST.height


class SmallScreen(Screen[None]):
    """One sentence, until the window is larger. What lies under it stays as it is."""

    CSS_PATH = "lists.tcss"

    def compose(self) -> ComposeResult:
        yield Lines(id="too-small")

    _is_going = False

    def on_resize(self, event: events.Resize) -> None:
        size = event.size
        if not is_too_small(size):
            if not self._is_going:  # several sizes may arrive before this screen is gone, and it goes once
                self._is_going = True
                self.dismiss()
            return
        wanted = f"{LEAST.width} x {LEAST.height}"
        self.query_one("#too-small", Lines).set_lines(
            [
                (("Make the window larger:", "strong"),),
                ((f"{wanted} at least (now {size.width} x {size.height}).", "text"),),
                (("Everything is saved.", "good"),),
            ]
        )
