"""A list to choose from: a heading, aligned columns, and a row where the cursor is.

Drawn line by line, so that a thousand rows cost what is on the screen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from markdesk.core.plain import show_line
from markdesk.tui.bindings import LIST, bound
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.widgets.painted import on_line
from markdesk.tui.words import fitted

Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in cells (0: what is left), and whether numbers stand to the right."""

    title: str
    width: int
    right: bool = False
    needs: int = 0
    """How wide the list must be for it to be shown."""


class MadeRows(Sequence[Sequence[Cell]]):
    """Rows that are made when they are painted: of a thousand, those on the screen."""

    def row(self, index: int) -> Sequence[Cell]:
        """The cells of one row."""
        raise NotImplementedError

    @overload
    def __getitem__(self, index: int) -> Sequence[Cell]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Sequence[Cell]]: ...
    def __getitem__(self, index: int | slice) -> Sequence[Cell] | Sequence[Sequence[Cell]]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        return self.row(index)


def _cells_of(text: str) -> int:
    # Of hundreds of rows most are plain English, whose letters are a cell each.
    return len(text) if text.isascii() and text.isprintable() else cell_len(show_line(text))


class Rows(Lines, can_focus=True):
    """Rows of cells; arrows move, Enter or a click chooses."""

    BINDINGS = bound(LIST)

    class Chosen(Message):
        """A row was chosen; -1 is the lead."""

        def __init__(self, index: int, rows: Sequence[Sequence[Cell]]) -> None:
            super().__init__()
            self.index = index
            self.rows = rows
            """The rows that it was chosen from: by the time that it is heard of, others may be shown."""

    class Moved(Message):
        """The cursor is on another row."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.columns: Sequence[Column] = ()
        self.rows: Sequence[Sequence[Cell]] = []
        self.lead: Line = ()
        """A line above the heading that can be chosen too: it has the index -1. Empty for none."""
        self.cursor = 0
        self._widest: list[int] = []

    def show_rows(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Cell]],
        cursor: int | None = None,
        lead: Line = (),
        widest: Sequence[int] = (),
    ) -> None:
        """Show these rows. Who knows the most cells that each column can fill says so, and no row is looked at."""
        self.columns, self.rows, self.lead = columns, rows, lead
        self._widest = list(widest) or [
            column.width or max([len(column.title), *map(_cells_of, {row[at][0] for row in rows})])
            for at, column in enumerate(columns)
        ]
        self.cursor = max(self.first, min(self.cursor if cursor is None else cursor, len(rows) - 1))
        self.virtual_size = Size(0, len(rows) + self.top)
        self.refresh()
        self._keep_in_view()

    def show_row(self, index: int) -> None:
        """Paint one row again, of those that are made when they are painted."""
        self.refresh_lines(self._line_of(index))

    @property
    def first(self) -> int:
        """The index of the first thing that can be chosen."""
        return -1 if self.lead else 0

    @property
    def top(self) -> int:
        """Lines above the first row."""
        return 3 if self.lead else 1

    def _line_of(self, index: int) -> int:
        return 0 if index < 0 else index + self.top

    def _keep_in_view(self) -> None:
        view, shown, y = self.scroll_offset.y, self.size.height, self._line_of(self.cursor)
        if not shown:
            return
        if self.cursor <= 0:
            self.scroll_to(y=0, animate=False, immediate=True)  # with the heading
        elif y - 1 < view:
            self.scroll_to(y=y - 1, animate=False, immediate=True)
        elif y >= view + shown:
            self.scroll_to(y=y + 1 - shown, animate=False, immediate=True)

    def action_move(self, by: int) -> None:
        self._go(self.cursor + by)

    def action_page(self, by: int) -> None:
        self._go(self.cursor + by * max(1, self.size.height - 2))

    def action_edge(self, end: int) -> None:
        self._go(len(self.rows) - 1 if end else self.first)

    def go_to(self, index: int) -> None:
        """Put the cursor on a row."""
        self._go(index)

    def action_choose(self) -> None:
        if self.rows or self.lead:
            self.post_message(self.Chosen(self.cursor, self.rows))

    def _go(self, index: int) -> None:
        before, self.cursor = self.cursor, max(self.first, min(index, len(self.rows) - 1))
        self.refresh_lines(self._line_of(before))
        self.refresh_lines(self._line_of(self.cursor))
        self._keep_in_view()
        if self.cursor != before:
            self.post_message(self.Moved())

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:  # on the padding
            return
        line = offset.y + self.scroll_offset.y
        index = -1 if self.lead and line == 0 else line - self.top
        if (index >= 0 or (self.lead and line == 0)) and index < len(self.rows):
            if index == self.cursor and event.chain > 1:
                self.action_choose()
            else:
                self._go(index)

    def render_line(self, y: int) -> Strip:
        y += self.scroll_offset.y
        width = self.size.width
        is_cursor = y == self._line_of(self.cursor) and bool(self.rows or self.lead)
        ground = self.style_named("cursor" if is_cursor else "text")
        over = self.style_named("row") if is_cursor else ground.background_style
        bar = Segment("▌" if is_cursor else " ", self.style_named("bar") + over)
        if self.lead and y == 0:
            pieces = [Segment(show_line(text), self.style_named(style) + over) for text, style in self.lead]
            return on_line([bar, *pieces], width, ground)
        if y == self.top - 1:
            cells: Sequence[Cell] = [(column.title, "heading") for column in self.columns]
        elif self.top <= y < self.top + len(self.rows):
            cells = self.rows[y - self.top]
        else:
            return Strip.blank(width, self.style_named("text"))
        segments = [bar]
        for at, room in self._rooms(width):
            column, (text, style) = self.columns[at], cells[at]
            look = self.style_named(style)
            segments.append(Segment(f"{fitted(text, room, column.right)} ", look + over))
        return Strip(segments).adjust_cell_length(width, ground)

    def _rooms(self, width: int) -> list[tuple[int, int]]:
        """The columns that there is room for, each with its cells.

        Those of width 0 share what the others leave, and take no more than they can fill.
        """
        shown = [(at, column) for at, column in enumerate(self.columns) if width >= column.needs]
        spare = width - 2 - sum(column.width + 1 for _, column in shown)
        sharers = sum(not column.width for _, column in shown)
        rooms: list[tuple[int, int]] = []
        for at, column in shown:
            room = column.width
            if not room:
                room = max(8, min(self._widest[at], spare // sharers))
                spare, sharers = spare - room, sharers - 1
            rooms.append((at, room))
        return rooms
