"""The floor for the charts: the least Textual program that plots the same marks by textual-plotext's own widget.

``d`` shows a histogram of marks, and loads the library for it; the arrows go to the same marks as points in order, and
back; Escape takes the plot away. Why it is the floor: nothing is read or counted, the marks are given on the command
line; no words, no screen stack, no colours of one's own. The garbage collector is treated as markdesk's is.
"""

import argparse
import gc
from typing import TYPE_CHECKING

gc.disable()

from textual import events  # noqa: E402
from textual.app import App, ComposeResult  # noqa: E402
from textual.widgets import Static  # noqa: E402

if TYPE_CHECKING:
    from textual_plotext import PlotextPlot


class Floor(App[None]):
    """The program."""

    CSS = """
    Screen { background: #14161A; }
    #heading, #foot { height: 1; background: #1B1E24; color: #8A857A; }
    #page { height: 1fr; }
    PlotextPlot { height: 1fr; }
    """
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, marks: list[int], most: int) -> None:
        super().__init__()
        self.marks, self.counts = marks, [marks.count(mark) for mark in range(most + 1)]
        self.plot: PlotextPlot | None = None
        self.is_in_order = False

    def compose(self) -> ComposeResult:
        yield Static("Marks", id="heading", markup=False)
        yield Static("marks", id="page", markup=False)
        yield Static("d charts", id="foot", markup=False)

    def on_mount(self) -> None:
        self.call_after_refresh(_settle_memory)

    async def on_key(self, event: events.Key) -> None:
        event.stop()
        if event.key == "d":
            await self.show(in_order=False)
        elif event.key in ("right", "left"):
            await self.show(in_order=not self.is_in_order)
        elif event.key == "escape" and self.plot is not None:
            await self.plot.remove()
            self.plot = None
            self.query_one("#page").display = True

    async def show(self, in_order: bool) -> None:
        from textual_plotext import PlotextPlot

        self.is_in_order = in_order
        if self.plot is None:
            self.plot = PlotextPlot()
            self.query_one("#page").display = False
            await self.mount(self.plot, before="#foot")
        plt = self.plot.plt
        plt.clear_figure()
        if in_order:
            plt.scatter(list(range(1, len(self.marks) + 1)), self.marks, marker="●")
        else:
            plt.bar(list(range(len(self.counts))), self.counts)
        self.plot.refresh()


def _settle_memory() -> None:
    gc.freeze()
    gc.enable()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("most", type=int, help="what the marks are out of")
    parser.add_argument("marks", type=int, nargs="+")
    given = parser.parse_args()
    Floor(given.marks, given.most).run()


if __name__ == "__main__":
    main()
