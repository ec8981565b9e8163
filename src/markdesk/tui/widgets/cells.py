"""A table with the cursor on a cell: names at the left and totals at the right stand still, the columns between scroll.

Drawn line by line like ``Rows``: a key repaints the rows that the cursor left and reached, however long the table is.
Its headings are lines for a widget above it (``heading``), where they stay while the rows scroll.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from markdesk.core.plain import show_line
from markdesk.tui.widgets.lines import Line, Lines, Piece
from markdesk.tui.words import fitted

LEAST_NAME = 14
"""How many cells a name has before columns scroll to make room for it."""


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of a column, line by line, and the group of neighbours that it belongs to."""

    lines: tuple[str, ...]
    group: tuple[str, ...] = ()
    """What the group is called, the longest first: as much is said as there is room for. Neighbours of one group have
    equal ones."""


@dataclass(frozen=True, slots=True)
class CellRow:
    """One row: its name, a piece for each column, and what they come to."""

    name: str
    cells: Sequence[Piece]
    total: Piece


class Cells(Lines, can_focus=True):
    """Rows of cells. The keys are its screen's, which moves the cursor; a click moves it too, a second one chooses."""

    class Chosen(Message):
        """The cell under the cursor was clicked once more."""

    class Moved(Message):
        """The cursor is on another cell, or other columns are in sight: heading and explanation are to be renewed."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.names = Head(())
        """What stands above the names."""
        self.totals = Head(())
        self.heads: Sequence[Head] = ()
        self.rows: Sequence[CellRow] = ()
        self.row = self.column = 0
        """Where the cursor is."""
        self._first = 0
        """The first column in sight."""
        self._widths = (0, 0, 0)
        """Cells of a name, of a column and of a total, where there is room for all."""

    def show_cells(self, names: Head, heads: Sequence[Head], totals: Head, rows: Sequence[CellRow]) -> None:
        """Show this table; the cursor stays where it is."""
        self.names, self.heads, self.totals, self.rows = names, heads, totals, rows
        self._widths = (
            _widest([*names.lines, *(row.name for row in rows)]),
            _widest([text for head in heads for text in head.lines] + [text for row in rows for text, _ in row.cells]),
            _widest([*totals.lines, *(row.total[0] for row in rows)]),
        )
        self.virtual_size = Size(0, len(rows))
        self.refresh()
        self.go_to(self.row, self.column)

    # -- moving

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor on a cell, or on the nearest that there is."""
        before = self.row
        self.row = max(0, min(row, len(self.rows) - 1))
        self.column = max(0, min(column, len(self.heads) - 1))
        self.refresh_lines(before)
        self.refresh_lines(self.row)
        self._keep_in_view()
        self.post_message(self.Moved())

    def _keep_in_view(self) -> None:
        shown = self._shown
        first = max(self.column - shown + 1, min(self._first, self.column, len(self.heads) - shown), 0)
        if first != self._first:
            self._first = first
            self.refresh()
        top, lines = self.scroll_offset.y, self.size.height
        if lines and self.row < top:
            self.scroll_to(y=self.row, animate=False, immediate=True)
        elif lines and self.row >= top + lines:
            self.scroll_to(y=self.row + 1 - lines, animate=False, immediate=True)

    def on_resize(self) -> None:
        self._keep_in_view()
        self.post_message(self.Moved())

    def move(self, down: int, right: int) -> None:
        self.go_to(self.row + down, self.column + right)

    def page(self, by: int) -> None:
        """A screenful of rows up (-1) or down (1)."""
        self.move(by * max(1, self.size.height - 1), 0)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        row = offset.y + self.scroll_offset.y if offset is not None else len(self.rows)
        if offset is None or row >= len(self.rows):
            return
        column = self.column
        past_names = offset.x - 1 - self._name_room
        if 0 <= past_names < self._shown * self._stride:
            column = self._first + past_names // self._stride
        if event.chain > 1 and (row, column) == (self.row, self.column):
            self.post_message(self.Chosen())
        else:
            self.go_to(row, column)

    # -- how wide everything is

    @property
    def _stride(self) -> int:
        """Cells from one column to the next: a gap, and the block that the cursor fills."""
        return self._widths[1] + 3

    @property
    def _room(self) -> int:
        """Cells for names and columns: the bar, the total and its gap are taken off."""
        width = self.size.width or self.app.size.width - 2  # before the first frame
        return width - 1 - self._widths[2] - 4

    @property
    def _name_room(self) -> int:
        """Names give way before columns do, to what can still be told apart."""
        widest = self._widths[0]
        return max(min(widest, LEAST_NAME), min(widest, self._room - len(self.heads) * self._stride))

    @property
    def _shown(self) -> int:
        """How many columns are in sight."""
        return max(1, min(len(self.heads), (self._room - self._name_room) // self._stride))

    @property
    def _in_sight(self) -> range:
        return range(self._first, min(len(self.heads), self._first + self._shown))

    # -- painting

    def heading(self) -> list[Line]:
        """The lines above the rows, for the columns in sight; that of the cursor is marked."""
        lines: list[Line] = []
        if any(head.group for head in self.heads):
            lines.append(self._groups())
        for n in range(len(self.names.lines)):
            # Where columns are out of sight, the first line says to which side.
            before = "‹" if n == 0 and self._first else " "
            after = "›" if n == 0 and self._in_sight.stop < len(self.heads) else " "
            plain = "quiet" if n else "heading"
            line: list[Piece] = [(f" {fitted(self.names.lines[n], self._name_room)}", plain), (before, "accent")]
            for at in self._in_sight:
                style = "accent" if at == self.column and n == 0 else plain
                line.append((f" {fitted(self.heads[at].lines[n], self._widths[1], right=True)}  ", style))
            line += [
                (after, "accent"),
                (f"  {fitted(self.totals.lines[n], self._widths[2])}", plain),
            ]
            lines.append(line)
        return lines

    def _groups(self) -> Line:
        pieces: list[Piece] = [(" " * (2 + self._name_room), "text")]
        for names, columns in groupby(self._in_sight, lambda at: self.heads[at].group):
            room = len(list(columns)) * self._stride
            told = next((name for name in names if cell_len(show_line(name)) <= room - 2), "")
            pieces.append((f" {fitted(told, room - 1)}", "quiet"))
        return pieces

    def render_line(self, y: int) -> Strip:
        at, width = y + self.scroll_offset.y, self.size.width
        if at >= len(self.rows):
            return Strip.blank(width, self.style_named("text"))
        row = self.rows[at]
        ground = self.style_named("cursor" if at == self.row else "text")
        bar = "▌" if at == self.row else " "
        segments = [Segment(bar, self.style_named("bar") + ground.background_style)]
        segments.append(Segment(fitted(row.name, self._name_room), ground))
        for column in self._in_sight:
            text, style = row.cells[column]
            look = self.style_named(style) + ground.background_style
            if at == self.row and column == self.column:
                look = self.style_named("chosen")
            segments += [Segment(" ", ground), Segment(f" {fitted(text, self._widths[1], right=True)} ", look)]
        text, style = row.total
        total = fitted(text, self._widths[2])
        segments += [Segment("    ", ground), Segment(total, self.style_named(style) + ground.background_style)]
        return Strip(segments).adjust_cell_length(width, ground)


def _widest(texts: Iterable[str]) -> int:
    return max((cell_len(show_line(text)) for text in texts), default=0)
