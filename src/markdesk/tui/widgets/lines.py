"""A widget of ready-made lines: text in named styles, repainted only where it changed.

Every heading, panel and list of the program is one of these. A piece of a line is ``(text, style)``; ``palette``
names the styles, so that a theme decides the colours. All text is made safe on the way in.
"""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from markdesk.core.plain import show_line
from markdesk.tui.bindings import PAGE, bound
from markdesk.tui.widgets.painted import Painted, on_line

Piece = tuple[str, str]
Line = Sequence[Piece]


class Touch(str):
    """The text of a piece that does something when it is clicked; otherwise a text like any other."""

    act: str
    """What it does, as the screen that shows it understands it: ``level 4``."""

    def __new__(cls, text: str, act: str) -> "Touch":
        made = super().__new__(cls, text)
        made.act = act
        return made


def touched(line: Line, act: str) -> Line:
    """A line all of which does the same when it is clicked."""
    return tuple((Touch(text, act), style) for text, style in line)


class Lines(Painted):
    """Lines of styled text. ``set_lines`` with new ones repaints those that differ."""

    DEFAULT_CSS = """
    Lines {
        background: $surface;
        scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 0;
        scrollbar-background: $surface;
        scrollbar-color: $thumb;
        scrollbar-color-hover: $thumb;
        scrollbar-color-active: $accent;
    }
    """

    class Touched(Message):
        """A piece was clicked that does something."""

        def __init__(self, act: str) -> None:
            super().__init__()
            self.act = act

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._lines: list[Line] = []

    @property
    def lines(self) -> Sequence[Line]:
        """What is shown, from the first line to the last."""
        return self._lines

    def set_lines(self, lines: Iterable[Line]) -> None:
        """Show these lines; only those that changed are painted again."""
        new = list(lines)
        old, self._lines = self._lines, new
        if len(new) != len(old):
            self.reach(len(new))
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

    def grow_to(self, lines: Sequence[Line]) -> None:
        """Show these lines, in as much height as they take."""
        self.styles.height = max(1, len(lines))
        self.set_lines(lines)

    def set_line(self, line: Line) -> None:
        self.set_lines([line])

    def act_at(self, x: int, y: int) -> str:
        """What the piece at a place of the content does when it is clicked; empty for nothing."""
        y += self.scroll_offset.y
        if not 0 <= y < len(self._lines):
            return ""
        for text, _ in self._lines[y]:
            x -= cell_len(show_line(text))
            if x < 0:
                return text.act if isinstance(text, Touch) else ""
        return ""

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        act = self.act_at(offset.x, offset.y) if offset is not None else ""
        if act:
            self.post_message(self.Touched(act))

    def render_line(self, y: int) -> Strip:
        y += self.scroll_offset.y
        width = self.size.width
        ground = self.style_named("text")
        if y >= len(self._lines):
            return Strip.blank(width, ground)
        pieces = [Segment(show_line(text), self.style_named(style)) for text, style in self._lines[y] if text]
        return on_line(pieces, width, ground)


class Page(Lines, can_focus=True):
    """Lines that are read from top to bottom: the arrows scroll."""

    BINDINGS = bound(PAGE)
