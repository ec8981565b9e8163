"""The page of a review: lines to read, and, where it lists assignments, a bar that goes from one to the next."""

from textual import events
from textual.message import Message

from markdesk.tui.widgets.lines import Page

NEAR = 4
"""Lines to the next one in the same list: a list further down is scrolled to."""


class ReviewPage(Page):
    """The page. Where it lists essays or assignments the arrows go along them while there is one, then scroll."""

    class Moved(Message):
        """The bar stands at another of the lines that can be chosen."""

    class Opened(Message):
        """What the bar stands at was clicked twice."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.stops: tuple[int, ...] = ()
        """The lines that can be chosen."""
        self.at = 0

    # At once: a key that is held down must not run ahead of what is seen.

    def action_scroll_down(self) -> None:
        if not self._go(self.at + 1):
            self.scroll_down(animate=False)

    def action_scroll_up(self) -> None:
        if not self._go(self.at - 1):
            self.scroll_up(animate=False)

    def action_page_down(self) -> None:
        self.scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        self.scroll_page_up(animate=False)

    def action_scroll_home(self) -> None:
        self.scroll_home(animate=False)
        if self.stops and self.stops[0] < self.scrollable_content_region.height:
            self.at = 0
            self.post_message(self.Moved())

    def action_scroll_end(self) -> None:
        self.scroll_end(animate=False)

    def _go(self, at: int) -> bool:
        """The bar at another line, which is brought into view; False where that isn't seen, nor near what is."""
        if not 0 <= at < len(self.stops):
            return False
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        here, there = self.stops[self.at], self.stops[at]
        is_near = top <= here < top + height and abs(there - here) <= NEAR
        if not (top <= there < top + height or is_near):
            return False
        self.at, line = at, self.stops[at]
        if at == 0 and line < height:
            self.scroll_to(y=0, animate=False, immediate=True)
        elif line < top:
            self.scroll_to(y=line, animate=False, immediate=True)
        elif line >= top + height:
            self.scroll_to(y=line + 1 - height, animate=False, immediate=True)
        self.post_message(self.Moved())
        return True

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        line = offset.y + self.scroll_offset.y if offset is not None else -1
        if line in self.stops:
            at = self.stops.index(line)
            if at != self.at:
                self._go(at)
            elif event.chain > 1:
                self.post_message(self.Opened())
