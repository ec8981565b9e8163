"""One file of an import as it will come in: its question, the essay, and the lines that were left out."""

from textual import on
from textual.app import ComposeResult

from markdesk.core.essay import Essay
from markdesk.core.plain import show_line
from markdesk.desk.import_preview import Preview, PreviewRow
from markdesk.desk.putting_back import question_blocks
from markdesk.tui.bindings import priority_bindings_of
from markdesk.tui.screens.footed import Footed
from markdesk.tui.side_lines import hanging
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.widgets.rows import Cell, Column, Rows
from markdesk.tui.words import Hint, spread

COLUMNS = (Column("", 10), Column("Line", 0))
HINTS: tuple[Hint, ...] = (
    (1, "{file_text.toggle}", "put in, leave out"), (2, "{desk.back}", "back"), (3, "{desk.help}", "help"),
)  # fmt: skip
MOST_LINES = 7


class FileTextScreen(Footed[None]):
    """Every line of a file; Space puts one in, or leaves it out."""

    CSS_PATH = "import.tcss"
    ROOM = "file text"
    BINDINGS = priority_bindings_of(ROOM)
    AUTO_FOCUS = "Rows"

    def __init__(self, thread: StoreThread, preview: Preview, row: PreviewRow) -> None:
        super().__init__()
        self.thread, self.preview, self.row = thread, preview, row
        self.lines: list[tuple[str, str]] = []
        """What each line is, and its text."""

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        yield Lines(id="said")
        yield Rows(id="rows")
        yield Lines(id="explained")
        yield Lines(id="foot")

    def on_mount(self) -> None:
        self._show()
        first_out = next((at for at, (kind, _) in enumerate(self.lines) if kind == "out"), 0)
        self.query_one(Rows).go_to(first_out)
        self.tell("")

    def on_resize(self) -> None:
        self._show_line()
        self.tell_again()

    @property
    def hints(self) -> tuple[Hint, ...]:
        return HINTS

    def _show(self) -> None:
        draft = self.preview.draft(self.row.path)
        asked = question_blocks(draft)
        blocks = draft.blocks or tuple((text, True) for text in draft.paragraphs)
        self.lines = [
            ("question" if at in asked else "in" if is_in else "out", text) for at, (text, is_in) in enumerate(blocks)
        ]
        name = show_line(self.row.file_name)
        count = Essay.from_paragraphs(draft.paragraphs).words
        head, words = [(" As it comes in   ", "quiet"), (name, "strong")], [(f"{count:,} words ", "quiet")]
        self.query_one("#top", Lines).set_line(spread(head, words, self.app.size.width))
        out = sum(kind == "out" for kind, _ in self.lines)
        told = f" {out} of {len(self.lines)} lines are left out" if out else " Nothing is left out"
        margins = len(draft.removed) - out
        if margins > 0 and draft.blocks:
            told += f"; besides, {margins} of its headers and footers"
        self.query_one("#said", Lines).set_line(((told, "text"),))
        signs: dict[str, Cell] = {"question": ("question", "accent"), "in": ("", "text"), "out": ("– left out", "weak")}
        styles = {"question": "quote", "in": "text", "out": "quiet"}
        rows = [[signs[kind], (text, styles[kind])] for kind, text in self.lines]
        self.query_one(Rows).show_rows(COLUMNS, list(rows))
        self._show_line()

    @on(Rows.Moved)
    def _show_line(self) -> None:
        at, lines = self.query_one(Rows).cursor, list[Line]()
        if 0 <= at < len(self.lines):
            lines = hanging("", "quiet", self.lines[at][1], "text", 0, min(100, self.app.size.width - 4))
        if len(lines) > MOST_LINES:
            lines = [*lines[: MOST_LINES - 1], (("…", "quiet"),)]
        self.query_one("#explained", Lines).set_lines(lines)

    async def action_put(self) -> None:
        """Put the line under the cursor in, or leave it out."""
        at = self.query_one(Rows).cursor
        if not self.preview.draft(self.row.path).blocks:
            self.tell("The reader of this kind of file doesn't say where its lines stood")
        elif 0 <= at < len(self.lines):
            preview, path, was = self.preview, self.row.path, self.lines[at][0]
            await self.thread.do(lambda: preview.toggle(path, at))
            self._show()
            self.query_one(Rows).go_to(at)
            self.tell("It belongs to the essay now, and is no question" if was == "question" else "")

    def action_back(self) -> None:
        self.dismiss()
