"""What a search found: two lines each, the second with the words in place; one of them has the bar."""

from collections.abc import Sequence

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from markdesk.core.plain import show_line
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.widgets.painted import on_line

HEIGHT = 2
"""Lines of one hit."""


class Hits(Lines):
    """A list that never has the keyboard: words are typed above it all the time."""

    cursor = 0
    count = 0

    class Chosen(Message):
        """A hit was clicked that had the bar already."""

    class Moved(Message):
        """The bar is on another."""

    def show_hits(self, hits: Sequence[tuple[Line, Line]], cursor: int = 0) -> None:
        """Show these, the bar on one of them."""
        self.count, self.cursor = len(hits), max(0, min(cursor, len(hits) - 1))
        self.set_lines([line for hit in hits for line in hit])
        self.refresh()
        self._keep_in_view()

    def show_words(self, lines: Sequence[Line]) -> None:
        """Nothing was found, or looked for: what to say of that."""
        self.count = self.cursor = 0
        self.set_lines(lines)
        self.refresh()
        self.scroll_to(y=0, animate=False, immediate=True)

    @property
    def fitting(self) -> int:
        """How many fit the window."""
        return max(1, self.size.height // HEIGHT)

    def move(self, by: int) -> None:
        """Put the bar on another, as far as there are."""
        before, self.cursor = self.cursor, max(0, min(self.cursor + by, self.count - 1))
        if self.cursor != before:
            for hit in (before, self.cursor):
                self.refresh_lines(hit * HEIGHT, HEIGHT)
            self._keep_in_view()
            self.post_message(self.Moved())

    def _keep_in_view(self) -> None:
        view, shown, y = self.scroll_offset.y, self.size.height, self.cursor * HEIGHT
        if y < view:
            self.scroll_to(y=y, animate=False, immediate=True)
        elif shown and y + HEIGHT > view + shown:
            self.scroll_to(y=y + HEIGHT - shown, animate=False, immediate=True)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        hit = (offset.y + self.scroll_offset.y) // HEIGHT if offset is not None else self.count
        if hit == self.cursor < self.count:
            self.post_message(self.Chosen())
        elif hit < self.count:
            self.move(hit - self.cursor)

    def render_line(self, y: int) -> Strip:
        y += self.scroll_offset.y
        if not self.count or y // HEIGHT != self.cursor:
            return super().render_line(y - self.scroll_offset.y)
        over = self.style_named("row")
        pieces = [Segment("▌", self.style_named("bar") + over)]
        # The bar stands in the margin that each line begins with.
        first, *others = self.lines[y]
        pieces += [
            Segment(show_line(text), self.style_named(style) + over)
            for text, style in ((first[0][1:], first[1]), *others)
            if text
        ]
        return on_line(pieces, self.size.width, self.style_named("cursor"))
