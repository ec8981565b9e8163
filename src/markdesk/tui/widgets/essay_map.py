"""The whole essay at a glance: paragraphs to scale, what is on the screen, a dot for each stamp."""

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from markdesk.core.essay import Span
from markdesk.tui.widgets.essay_view import EssayView

WIDTH = 3


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
        self._styles: dict[str, Style] = {}

    def notify_style_update(self) -> None:
        self._styles.clear()
        super().notify_style_update()

    def _style(self, name: str) -> Style:
        found = self._styles.get(name)
        if found is None:
            found = self._styles[name] = self.get_visual_style(f"map--{name}").rich_style
        return found

    def render_line(self, y: int) -> Strip:
        """One row of the map stands for one line of the essay, or for several where it is longer than the screen."""
        view = self._view
        total, height = max(1, view.virtual_size.height), max(1, self.size.height)
        line = self._style("line")
        if total <= height:
            lines = Span(y, y + 1)
        else:
            lines = Span(y * total // height, max(y * total // height + 1, (y + 1) * total // height))
        if lines.start >= total:
            return Strip.blank(WIDTH, line)
        first, last = view.paragraph_on(lines.start), view.paragraph_on(lines.end - 1)
        here = view.target.paragraph
        is_here = (first is not None and first == here) or (last is not None and last == here)
        if not is_here and first is not None and last is not None:
            is_here = first <= here <= last
        is_text = first is not None or last is not None
        body, style = ("█", self._style("here")) if is_here else ("│" if is_text else " ", line)
        if total > height and not is_here and lines.overlaps(view.visible_lines):
            body = "┃"
        tone = view.tone_on(lines)
        dot = Segment("•", self._style(tone)) if tone else Segment(" ", line)
        return Strip([Segment(body, style), dot, Segment(" ", line)])

    def on_click(self, event: events.Click) -> None:
        total, height = self._view.virtual_size.height, max(1, self.size.height)
        line = event.y if total <= height else event.y * total // height
        self._view.go_to_line(line)
