"""The whole essay at a glance: paragraphs to scale, what is on the screen, a dot for each stamp."""

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from markdesk.core.essay import Span
from markdesk.tui.widgets.essay_view import EssayView

WIDTH = 3

_Row = tuple[str, str, str]
"""A sign, its style, and the tone of the dot beside it."""


class EssayMap(Widget):
    """Stands at the essay's right edge. Not a scroll bar: it shows all of the essay, always."""

    COMPONENT_CLASSES = {f"map--{name}" for name in ("line", "here", "credit", "weighing", "weak", "neutral")}
    DEFAULT_CSS = """
    EssayMap {
        width: 3; background: $background;
        & > .map--line { color: $quiet; }
        & > .map--here { color: $accent; }
        & > .map--credit { color: $accent; }
        & > .map--weighing { color: $weigh; }
        & > .map--weak { color: $weak; }
        & > .map--neutral { color: $quiet; }
    }
    """

    def __init__(self, view: EssayView) -> None:
        super().__init__()
        self._view = view
        self._rows: list[_Row] = []
        self._styles: dict[str, Style] = {}

    def notify_style_update(self) -> None:
        self._styles.clear()
        super().notify_style_update()

    def _style(self, name: str) -> Style:
        found = self._styles.get(name)
        if found is None:
            found = self._styles[name] = self.get_visual_style(f"map--{name}").rich_style
        return found

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
                rows.append((" ", "line", ""))
                continue
            low = last if first is None else first
            high = first if last is None else last
            assert low is not None
            assert high is not None
            if low <= here <= high:
                rows.append(("█", "here", view.tone_on(lines)))
            else:
                on_screen = total > height and lines.overlaps(shown)
                rows.append(("┃" if on_screen else "│", "line", view.tone_on(lines)))
        return rows

    def render_line(self, y: int) -> Strip:
        if y >= len(self._rows):
            return Strip.blank(WIDTH, self._style("line"))
        body, style, tone = self._rows[y]
        dot = Segment("• ", self._style(tone)) if tone else Segment("  ", self._style("line"))
        return Strip([Segment(body, self._style(style)), dot], WIDTH)

    def on_click(self, event: events.Click) -> None:
        total, height = self._view.virtual_size.height, max(1, self.size.height)
        line = event.y if total <= height else event.y * total // height
        self._view.go_to_line(line)
        self._view.post_message(EssayView.Clicked())
