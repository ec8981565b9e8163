"""The charts of a pile, a class or a student: one at a time, as large as the window, with what it says in words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.app import ComposeResult

from markdesk.core.charts import Chart, Histogram, TrendChart
from markdesk.core.errors import MarkdeskError
from markdesk.core.plain import show_line
from markdesk.tui.bindings import bindings_of
from markdesk.tui.screens.footed import Footed
from markdesk.tui.screens.small import is_too_small
from markdesk.tui.side_lines import hanging
from markdesk.tui.widgets.lines import Line, Lines, Piece
from markdesk.tui.words import Hint, clipped, spread

if TYPE_CHECKING:
    from markdesk.tui.app import MarkdeskApp

WIDEST = 100
"""What is said of a chart has no longer lines, however wide the window."""
FOR_THE_PLOT = 10
"""Lines that the plot keeps in the smallest window; there some of what is said is cut, with a sign."""
SHORT, TALL = 3, 30
"""Lines of what is said, or of the window, up to which, from which, there is room for an empty one below."""
MISSING = (
    "The charts need textual-plotext, which isn't installed: 'python3 -m pip install textual-plotext' brings it. "
    "The bars on this page are there without it"
)
NOTHING = "There is no mark yet that a chart could show"


async def open_plots(app: "MarkdeskApp", head: Sequence[Piece], charts: Sequence[Chart]) -> None:
    """The charts, over the screen that shows the same in words. Raises MarkdeskError where they can't be drawn."""
    if not charts:
        raise MarkdeskError(NOTHING)
    try:
        import markdesk.tui.plot_lines  # noqa: F401  # the library is looked for before there is a screen
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("textual_plotext", "plotext"):
            raise
        raise MarkdeskError(MISSING) from error
    await app.push_screen(PlotsScreen(head, charts))


class PlotsScreen(Footed[None]):
    """One chart at a time."""

    CSS_PATH = "plots.tcss"
    ROOM = "plots"
    BINDINGS = bindings_of(ROOM)

    def __init__(self, head: Sequence[Piece], charts: Sequence[Chart]) -> None:
        super().__init__()
        self.head, self.charts = head, charts
        self.at = 0

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        yield Lines(id="said")
        yield Lines(id="plot")
        yield Lines(id="foot")

    def on_mount(self) -> None:
        self._show()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    @property
    def hints(self) -> tuple[Hint, ...]:
        """What the foot teaches."""
        turn: list[Hint] = []
        if len(self.charts) > 1:
            turn.append((0, "{plots.before/plots.next}", f"chart {self.at + 1} of {len(self.charts)}"))
        return (*turn, (2, "{desk.theme}", "theme"), (1, "{desk.back}", "back"), (3, "{desk.help}", "help"))

    def action_turn(self, by: int) -> None:
        """The chart before, or the next, round about."""
        self.at = (self.at + by) % len(self.charts)
        self._show()

    def _show(self) -> None:
        from markdesk.tui.plot_lines import plot_lines

        if is_too_small(self.app.size):
            return
        chart, (width, height) = self.charts[self.at], self.app.size
        self.query_one("#top", Lines).set_line(spread(list(self.head), [(f"{n_told(chart)} ", "text")], width))
        said = about(chart, min(WIDEST, width - 4))
        room = height - 3 - FOR_THE_PLOT
        if len(said) > room:
            said = [*said[: room - 1], (*said[room - 1], (" …", "quiet"))]
        elif len(said) <= SHORT or height >= TALL:
            said.append(())
        self.query_one("#said", Lines).grow_to(said)
        self.query_one("#plot", Lines).set_lines(plot_lines(chart, width - 4, height - len(said) - 3))
        self.tell("")

    def action_back(self) -> None:
        """To the page it was opened from."""
        self.dismiss()


def n_told(chart: Chart) -> str:
    """How many there are, and of what: ``n 14 marks``, ``n 26 essays``."""
    one, several = "mark", "marks"
    if isinstance(chart, Histogram):
        one, several = chart.up.removesuffix("s"), chart.up
    elif isinstance(chart, TrendChart) and not chart.is_joined:  # of several lines, or of means
        one, several = "piece of work", "pieces of work"
    return f"n {chart.n} {one if chart.n == 1 else several}"


def about(chart: Chart, width: int) -> list[Line]:
    """The title with what stands upright, then what the chart says, and what one has to know to read it."""
    title = clipped(chart.title, width)
    side = clipped(f"   up the side: {chart.up}", max(1, width - cell_len(title)))
    lines: list[Line] = [((title, "strong"), (side, "quiet"))]
    lines += hanging("", "text", chart.told, "text", 0, width)
    if isinstance(chart, TrendChart):
        if chart.notes:
            lines += hanging("", "quiet", chart.notes, "quiet", 0, width)
        if chart.schemes:
            named = "   ".join(f"{letter} {show_line(name)}" for letter, name in chart.schemes)
            lines += hanging("", "quiet", named, "quiet", 0, width)
    return lines
