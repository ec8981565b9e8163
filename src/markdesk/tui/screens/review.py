"""How one assignment was marked, to read; and again for a window of another size."""

from textual import events

from markdesk.core.plain import show_line
from markdesk.desk.assignment_review import PileReview
from markdesk.tui.review_lines import review_lines
from markdesk.tui.screens.pages import PageScreen
from markdesk.tui.widgets.lines import Lines, Page
from markdesk.tui.words import of_group, spread

WIDEST = 100
"""A line of the page is no longer, however wide the window."""
EDGES = 6
"""Cells beside it: the page's own, and the bar that says how far down one is."""


class ReviewScreen(PageScreen):
    """The page of one pile."""

    def __init__(self, pile: PileReview) -> None:
        super().__init__(pile.assignment.name, [])
        self.pile = pile

    def on_mount(self) -> None:
        super().on_mount()
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        pile, width = self.pile, self.app.size.width
        left = [(of_group(pile.group), "accent"), (show_line(pile.assignment.name), "strong"), ("   marks", "quiet")]
        done = sum(row.is_finished for row in pile.rows)
        right = [(f"{done} of {pile.scripts} finished ", "text")]
        self.query_one("#top", Lines).set_line(spread(left, right, width))
        self.query_one(Page).set_lines(review_lines(pile, min(WIDEST, width - EDGES)))
