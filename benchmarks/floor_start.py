"""The floor for the start: the least Textual program that shows as much text.

What it does. It reads a text file (the characters that markdesk's own first screenful came to) and shows it in
three ``Static`` widgets: the first row, the rows between, the last row. Nothing else is opened or imported.

Why it is the floor. Any Textual program must start the interpreter, import Textual, lay out a screen and paint
the text. This does that and no more, and with the collector off until the first frame, which is as quick as a
Textual program was found to start. One ``Static`` a row would be slower; it would be a gift.
"""

import gc
import sys

gc.disable()

from textual.app import App, ComposeResult  # noqa: E402
from textual.widgets import Static  # noqa: E402


class Floor(App[None]):
    CSS = """
    #first, #last { height: 1; background: #1B1E24; }
    #rows { height: 1fr; background: #14161A; }
    """
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows = text.split("\n")

    def compose(self) -> ComposeResult:
        yield Static(self.rows[0], id="first", markup=False)
        yield Static("\n".join(self.rows[1:-1]), id="rows", markup=False)
        yield Static(self.rows[-1], id="last", markup=False)

    def on_mount(self) -> None:
        self.call_after_refresh(_settle_memory)


def _settle_memory() -> None:
    gc.freeze()
    gc.enable()


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        text = file.read()
    Floor(text).run()


if __name__ == "__main__":
    main()
