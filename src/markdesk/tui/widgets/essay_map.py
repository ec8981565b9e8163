"""The whole essay at a glance: paragraphs to scale, what is on the screen, a sign for each stamp."""

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.strip import Strip

from markdesk.core.annotation import Tone
from markdesk.core.essay import Span
from markdesk.tui.widgets.essay_view import EssayView
from markdesk.tui.widgets.painted import Painted

WIDTH = 3
DOTS = {Tone.CREDIT: "•", Tone.WEIGHING: "◦", Tone.WEAK: "×", Tone.NEUTRAL: "·"}
"""The sign of a stamp, by what it says of the passage: its colour says it too."""

_Row = tuple[str, str, str]
"""A sign, its style, and the tone of the dot beside it."""


class EssayMap(Painted):
    """Stands at the essay's right edge. Not a scroll bar: it shows all of the essay, always."""

    DEFAULT_CSS = """
    EssayMap { width: 3; background: $background; scrollbar-size: 0 0; }
    """

    def __init__(self, view: EssayView) -> None:
        super().__init__()
        self._view = view
        self._rows: list[_Row] = []

    def show(self) -> None:
        """Look at the essay again; only the rows that differ are painted."""
        before, self._rows = self._rows, self._read()
        if len(before) != len(self._rows):
            self.refresh()
            return
        for y, (old, new) in enumerate(zip(before, self._rows, strict=True)):
            if old != new:
                self.refresh(Region(0, y, WIDTH, 1))

    def on_resize(self) -> None:
        self.show()

    def _read(self) -> list[_Row]:
        """A row of the map is one line of the essay, or several where it is longer than the screen."""
        view, height = self._view, self.size.height
        total, shown, here = max(1, view.virtual_size.height), view.visible_lines, view.target.paragraph
        rows: list[_Row] = []
        for y in range(height):
            if total <= height:
                lines = Span(y, y + 1)
            else:
                lines = Span(y * total // height, max(y * total // height + 1, (y + 1) * total // height))
            first, last = view.paragraph_on(lines.start), view.paragraph_on(lines.end - 1)
            if lines.start >= total or (first is None and last is None):
                rows.append((" ", "quiet", ""))
                continue
            low = last if first is None else first
            high = first if last is None else last
            assert low is not None
            assert high is not None
            if low <= here <= high:
                rows.append(("█", "bar", view.tone_on(lines)))
            else:
                on_screen = total > height and lines.overlaps(shown)
                rows.append(("┃" if on_screen else "│", "quiet", view.tone_on(lines)))
        return rows

    def render_lines(self, crop: Region) -> list[Strip]:
        if len(self._rows) != self.size.height:
            self._view.lay_out()
            self._rows = self._read()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        if y >= len(self._rows):
            return Strip.blank(WIDTH, self.style_named("quiet"))
        body, style, tone = self._rows[y]
        dot = (f"{DOTS[Tone(tone)]} ", f"dot-{tone}") if tone else ("  ", "quiet")
        return Strip([Segment(text, self.style_named(name)) for text, name in ((body, style), dot)], WIDTH)

    def on_click(self, event: events.Click) -> None:
        total, height = self._view.virtual_size.height, max(1, self.size.height)
        line = event.y if total <= height else event.y * total // height
        self._view.go_to_line(line)
        self._view.post_message(EssayView.Clicked())
