"""Where each character of an essay stands on the screen: paragraphs broken into lines for the width there is."""

from bisect import bisect_right

from rich.cells import cell_len

from markdesk.core.essay import Essay, Span
from markdesk.core.plain import show
from markdesk.tui.text_layout import wrap
from markdesk.tui.widgets.painted import Painted

MEASURE = 76
"""Cells a line of an essay may have, however wide the terminal."""
GUTTER = 12
"""Bar, paragraph number and stamp code, before the text."""
LEAD = 1
"""Empty lines above the first paragraph."""


class EssayLayout(Painted):
    """The lines of an essay, and the way from a line or a place to the text and back."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.essay = Essay("")
        self._lines: list[list[Span]] = []
        self._tops: list[int] = []
        self._laid_out_for = 0

    def forget_drawn(self) -> None:
        """The lines are others: what was drawn of them is worth nothing."""

    @property
    def measure(self) -> int:
        return max(10, min(MEASURE, self.size.width - GUTTER - 1))

    @property
    def visible_lines(self) -> Span:
        """The first and last line on the screen."""
        return Span(self.scroll_offset.y, self.scroll_offset.y + self.size.height)

    def extent(self, paragraph: int) -> Span:
        """The lines that a paragraph takes."""
        top = self._tops[paragraph]
        return Span(top, top + len(self._lines[paragraph]))

    def paragraph_on(self, line: int) -> int | None:
        """The paragraph that stands on a line of the whole essay; None between two, and before there are any."""
        index = bisect_right(self._tops, line) - 1
        return index if index >= 0 and line < self._tops[index] + len(self._lines[index]) else None

    def line_of(self, offset: int) -> int:
        """The line of the whole essay on which a character stands."""
        index = self.essay.paragraph_at(offset).number - 1
        return self._tops[index] + max(0, bisect_right(self._lines[index], offset, key=_start) - 1)

    def lay_out(self) -> None:
        """Break the essay into lines for the width there is; once for each width."""
        if not self.size.width or self._laid_out_for == self.measure:
            return
        self._laid_out_for = self.measure
        text, top = self.essay.text, LEAD
        self._lines, self._tops = [], []
        for paragraph in self.essay.paragraphs:
            lines = wrap(text, paragraph.span, self.measure)
            self._lines.append(lines)
            self._tops.append(top)
            top += len(lines) + 1
        self.forget_drawn()
        self.reach(top)

    def offset_at(self, x: int, y: int) -> int | None:
        """The character of the text that stands at a place of the widget; the nearest of the line beside the text."""
        y += self.scroll_offset.y
        index = self.paragraph_on(y) if self._tops else None
        if index is None:
            return None
        line = self._lines[index][y - self._tops[index]]
        cells = GUTTER
        for at in range(line.start, line.end):
            cells += cell_len(show(self.essay.text[at]))
            if cells > x:
                return at
        return max(line.start, line.end - 1)


def _start(line: Span) -> int:
    return line.start
