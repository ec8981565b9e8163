"""A widget of ready-made lines: text in named styles, repainted only where it changed.

Every heading, panel and list of the program is one of these. A piece of a line is ``(text, style)``; the
styles are the component classes below, so that a theme decides the colours. All text is made safe on the way in.
"""

from collections.abc import Iterable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from markdesk.core.plain import show_line

Piece = tuple[str, str]
Line = Sequence[Piece]

STYLES = (
    *("text", "strong", "quiet", "heading", "quote", "cursor"),
    *("accent", "bar", "chosen", "weigh", "weak", "good", "alert"),
)


class Lines(ScrollView):
    """Lines of styled text. ``set_lines`` with new ones repaints those that differ."""

    COMPONENT_CLASSES = {f"lines--{style}" for style in STYLES}
    DEFAULT_CSS = """
    Lines {
        background: $surface;
        scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 0;
        scrollbar-background: $surface;
        scrollbar-color: $panel;
        & > .lines--text { color: $foreground; }
        & > .lines--strong { color: $foreground; text-style: bold; }
        & > .lines--quiet { color: $quiet; }
        & > .lines--accent { color: $accent; text-style: bold; }
        & > .lines--chosen { color: $on-accent; background: $accent; text-style: bold; }
        & > .lines--bar { color: $accent; }
        & > .lines--weigh { color: $weigh; text-style: bold; }
        & > .lines--weak { color: $weak; text-style: bold; }
        & > .lines--good { color: $good; text-style: bold; }
        & > .lines--quote { color: $foreground; text-style: italic; }
        & > .lines--heading { color: $quiet; text-style: bold; }
        & > .lines--alert { color: $weak; text-style: bold; }
        & > .lines--cursor { color: $foreground; background: $panel; text-style: bold; }
    }
    """

    def __init__(self, *, id: str | None = None, can_focus: bool = False) -> None:  # noqa: A002
        super().__init__(id=id)
        self.can_focus = can_focus
        self._lines: list[Line] = []
        self._styles: dict[str, Style] = {}

    def set_lines(self, lines: Iterable[Line]) -> None:
        """Show these lines; only those that changed are painted again."""
        new = list(lines)
        old, self._lines = self._lines, new
        if len(new) != len(old):
            self.virtual_size = Size(0, len(new))
            self.refresh()
            return
        start = -1
        for y, (before, after) in enumerate(zip(old, new, strict=True)):
            if before != after and start < 0:
                start = y
            elif before == after and start >= 0:
                self.refresh_lines(start, y - start)
                start = -1
        if start >= 0:
            self.refresh_lines(start, len(new) - start)

    def set_line(self, line: Line) -> None:
        self.set_lines([line])

    def notify_style_update(self) -> None:
        self._styles.clear()
        super().notify_style_update()

    def style_named(self, name: str) -> Style:
        """The theme's style for a name."""
        found = self._styles.get(name)
        if found is None:
            found = self._styles[name] = self.get_visual_style(f"lines--{name}").rich_style
        return found

    def render_line(self, y: int) -> Strip:
        y += self.scroll_offset.y
        width = self.size.width
        ground = self.style_named("text")
        if y >= len(self._lines):
            return Strip.blank(width, ground)
        pieces = [Segment(show_line(text), self.style_named(style)) for text, style in self._lines[y] if text]
        return Strip(pieces).adjust_cell_length(width, ground).apply_style(Style())
