"""The ground of every widget that draws its own lines: it keeps what it drew, and knows the theme's styles.

In every frame Textual asks each widget on the screen for all of its lines, changed or not, and passes each through
its filters again. A key changes a dozen lines of two hundred; so the finished lines are kept here, and only those
that were said to be dirty are made anew.
"""

from collections.abc import Iterable, Sequence
from typing import Self

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.containers import Horizontal, Vertical
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from markdesk.tui.palette import styles_on


def on_line(pieces: Sequence[Segment], width: int, ground: Style) -> Strip:
    """Pieces on a line of so many cells; where they are longer, it ends with a sign that they go on."""
    line = Strip(pieces)
    if line.cell_length <= width or cell_len(line.text.rstrip()) <= width:
        return line.adjust_cell_length(width, ground)
    cut = line.crop(0, max(0, width - 1))
    ink = next((piece.style for piece in reversed(list(cut)) if piece.text), ground)
    return Strip([*cut, Segment("…", ink)]).adjust_cell_length(width, ground)


class Painted(ScrollView, can_focus=False, inherit_bindings=False):
    """A ``ScrollView`` whose ``render_line`` is asked only for lines that changed."""

    _kept: list[Strip] | None = None
    _kept_for = Size(0, 0)
    _styles: dict[str, Style] | None = None

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._stale: set[int] = set()

    def style_named(self, name: str) -> Style:
        """The theme's style for a name of ``palette.INK``, on this widget's background."""
        if self._styles is None:
            self._styles = styles_on(self.app.current_theme, self.background_colors[1])
        return self._styles[name]

    def notify_style_update(self) -> None:
        self._styles = self._kept = None
        super().notify_style_update()

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        if repaint:
            if not regions or layout:
                self._kept = None
            for region in regions:
                self._stale.update(range(region.y, region.bottom))
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def reach(self, height: int) -> None:
        """Say how many lines there are.

        Textual lays the whole screen out anew for it, in a frame of its own. Here it does so only where that moves
        anything: where the widget is as high as its lines, or its scroll bar comes or goes, in the same frame then.
        """
        room, styles = self.container_size.height, self.styles
        has_bar = styles.overflow_y == "scroll" or (height > room and styles.overflow_y == "auto")
        if not room or styles.auto_dimensions:
            self.virtual_size = Size(0, height)
            return
        if has_bar:
            bar = self.vertical_scrollbar
            bar.window_virtual_size, bar.window_size = height, room
        if has_bar != self.show_vertical_scrollbar:
            self.virtual_size = Size(0, height)
            self.show_vertical_scrollbar = self.vertical_scrollbar.display = has_bar
        elif height != self.virtual_size.height:
            self.set_reactive(Widget.virtual_size, Size(0, height))
            self.scroll_y = self.scroll_y  # no further down than there are lines
            self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        size = self.outer_size
        if crop != size.region:
            return super().render_lines(crop)  # half behind something: rare, and not worth keeping
        if self._kept is None or self._kept_for != size:
            if self.gutter.totals == (0, 0):  # no padding and no border: Textual's way round by its styles adds nothing
                self._kept = self._finished(range(size.height))
            else:
                self._kept = super().render_lines(crop)
            self._kept_for = size
        elif self._stale:
            # ``refresh`` counts from the content, the frame from the padding's edge.
            top = self.gutter.top
            dirty = [y + top for y in self._stale if 0 <= y + top < size.height]
            for y, strip in zip(dirty, self._finished(dirty), strict=True):
                self._kept[y] = strip
        self._stale.clear()
        return self._kept

    def _finished(self, rows: Iterable[int]) -> list[Strip]:
        """Lines as they go to the terminal."""
        if self.gutter.totals != (0, 0):
            width = self.outer_size.width
            return [super(Painted, self).render_lines(Region(0, y, width, 1))[0] for y in rows]
        strips = [self.render_line(y) for y in rows]
        filters = self.get_line_filters()
        if filters:
            background = self.background_colors[1]  # looked up once: it is put together from all that stands behind
            for line_filter in filters:
                strips = [strip.apply_filter(line_filter, background) for strip in strips]
        return strips


class Across(Horizontal):
    """Widgets side by side, with nothing of its own to paint."""

    BLANK = True


class Down(Vertical):
    """Widgets above each other, with nothing of its own to paint."""

    BLANK = True
