"""A list to choose from: a heading, aligned columns, and a row where the cursor is.

Drawn line by line, so that a thousand rows cost what is on the screen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from markdesk.core.plain import show_line
from markdesk.tui.widgets.lines import Lines

Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in cells (0: what is left), and whether numbers stand to the right."""

    title: str
    width: int
    right: bool = False


class Rows(Lines, can_focus=True):
    """Rows of cells; arrows move, Enter or a click chooses."""

    BINDINGS = [
        Binding("up", "move(-1)", show=False, id="rows.up"),
        Binding("down", "move(1)", show=False, id="rows.down"),
        Binding("pageup", "page(-1)", show=False, id="rows.page_up"),
        Binding("pagedown", "page(1)", show=False, id="rows.page_down"),
        Binding("home", "edge(0)", show=False, id="rows.home"),
        Binding("end", "edge(1)", show=False, id="rows.end"),
        Binding("enter", "choose", show=False, id="rows.choose"),
    ]

    class Chosen(Message):
        """A row was chosen."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.columns: Sequence[Column] = ()
        self.rows: list[Sequence[Cell]] = []
        self.cursor = 0

    def show_rows(self, columns: Sequence[Column], rows: list[Sequence[Cell]], cursor: int | None = None) -> None:
        self.columns, self.rows = columns, rows
        self.cursor = max(0, min(self.cursor if cursor is None else cursor, len(rows) - 1))
        self.virtual_size = Size(0, len(rows) + 1)
        self.refresh()
        self._keep_in_view()

    def _keep_in_view(self) -> None:
        view, shown, y = self.scroll_offset.y, self.size.height, self.cursor + 1
        if not shown:
            return
        if y - 1 < view:
            self.scroll_to(y=y - 1, animate=False, immediate=True)
        elif y >= view + shown:
            self.scroll_to(y=y + 1 - shown, animate=False, immediate=True)

    def action_move(self, by: int) -> None:
        self._go(self.cursor + by)

    def action_page(self, by: int) -> None:
        self._go(self.cursor + by * max(1, self.size.height - 2))

    def action_edge(self, end: int) -> None:
        self._go(len(self.rows) - 1 if end else 0)

    def action_choose(self) -> None:
        if self.rows:
            self.post_message(self.Chosen(self.cursor))

    def _go(self, index: int) -> None:
        before, self.cursor = self.cursor, max(0, min(index, len(self.rows) - 1))
        self.refresh_lines(before + 1)
        self.refresh_lines(self.cursor + 1)
        self._keep_in_view()

    def on_click(self, event: events.Click) -> None:
        index = event.y + self.scroll_offset.y - 1
        if 0 <= index < len(self.rows):
            if index == self.cursor and event.chain > 1:
                self.action_choose()
            else:
                self._go(index)

    def render_line(self, y: int) -> Strip:
        y += self.scroll_offset.y
        width = self.size.width
        if y == 0:
            cells: Sequence[Cell] = [(column.title, "heading") for column in self.columns]
        elif y <= len(self.rows):
            cells = self.rows[y - 1]
        else:
            return Strip.blank(width, self.style_named("text"))
        is_cursor = y == self.cursor + 1
        ground = self.style_named("cursor" if is_cursor else "text")
        segments = [Segment("▌" if is_cursor else " ", self.style_named("bar") + ground.background_style)]
        spare = max(8, width - 2 - sum(column.width + 1 for column in self.columns))
        for column, (text, style) in zip(self.columns, cells, strict=False):
            room = column.width or spare
            text = show_line(text)
            if column.right:
                text = " " * max(0, room - cell_len(text)) + text
            look = self.style_named(style)
            segments.append(Segment(set_cell_size(text, room) + " ", look + ground.background_style))
        return Strip(segments).adjust_cell_length(width, ground)
