"""One file of an import as it will come in: its question, the essay, and the lines that were left out."""

from collections.abc import Callable

from textual import on

from markdesk.core.essay import Essay
from markdesk.core.plain import show_line
from markdesk.desk.import_preview import Preview, PreviewRow
from markdesk.desk.putting_back import Part
from markdesk.tui.bindings import priority_bindings_of
from markdesk.tui.screens.footed import Explaining
from markdesk.tui.side_lines import hanging
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.widgets.rows import Cell, Column, Rows
from markdesk.tui.words import Hint, spread

COLUMNS = (Column("", 10), Column("Line", 0))
HINTS: tuple[Hint, ...] = (
    (1, "{file_text.toggle}", "put in, leave out"), (4, "{file_text.question}", "the question, or not"),
    (2, "{desk.back}", "back"), (3, "{desk.help}", "help"),
)  # fmt: skip
SIGNS: dict[Part, Cell] = {
    Part.QUESTION: ("question", "accent"), Part.IN: ("", "text"), Part.OUT: ("– left out", "weak"),
}  # fmt: skip
STYLES = {Part.QUESTION: "quote", Part.IN: "text", Part.OUT: "quiet"}
MOST_LINES = 7


class FileTextScreen(Explaining[None]):
    """Every line of a file; Space puts one in, or leaves it out."""

    CSS_PATH = "import.tcss"
    ROOM = "file text"
    BINDINGS = priority_bindings_of(ROOM)
    AUTO_FOCUS = "Rows"

    def __init__(self, thread: StoreThread, preview: Preview, row: PreviewRow) -> None:
        super().__init__()
        self.thread, self.preview, self.row = thread, preview, row
        self.lines: tuple[tuple[str, Part], ...] = ()
        """Each line and what it is."""

    def on_mount(self) -> None:
        self._show()
        first_out = next((at for at, (_, part) in enumerate(self.lines) if part is Part.OUT), 0)
        self.rows.go_to(first_out)
        self.tell("")

    def on_resize(self) -> None:
        self._show_line()
        self.tell_again()

    @property
    def hints(self) -> tuple[Hint, ...]:
        return HINTS

    def _show(self) -> None:
        draft = self.preview.draft(self.row.path)
        self.lines = self.preview.parts(self.row.path)
        name = show_line(self.row.file_name)
        count = Essay.from_paragraphs(draft.paragraphs).words
        head, words = [(" As it comes in   ", "quiet"), (name, "strong")], [(f"{count:,} words ", "quiet")]
        self.query_one("#top", Lines).set_line(spread(head, words, self.app.size.width))
        out = sum(part is Part.OUT for _, part in self.lines)
        told = f" {out} of {len(self.lines)} lines are left out" if out else " Nothing is left out"
        margins = len(draft.removed) - out
        if margins > 0 and draft.blocks:
            told += f"; besides, {margins} of its headers and footers"
        self.query_one("#said", Lines).set_line(((told, "text"),))
        rows = [[SIGNS[part], (text, STYLES[part])] for text, part in self.lines]
        self.rows.show_rows(COLUMNS, list(rows))
        self._show_line()

    @on(Rows.Moved)
    def _show_line(self) -> None:
        at, lines = self.rows.cursor, list[Line]()
        if 0 <= at < len(self.lines):
            lines = hanging("", "quiet", self.lines[at][0], "text", 0, min(100, self.app.size.width - 4))
        if len(lines) > MOST_LINES:
            lines = [*lines[: MOST_LINES - 1], (("…", "quiet"),)]
        self.query_one("#explained", Lines).set_lines(lines)

    async def action_put(self) -> None:
        """Put the line under the cursor in, or leave it out."""
        await self._put(lambda was: Part.OUT if was is Part.IN else Part.IN)

    async def action_ask(self) -> None:
        """The line under the cursor is the question, or belongs to the essay after all."""
        await self._put(lambda was: Part.IN if was is Part.QUESTION else Part.QUESTION)

    async def _put(self, turn: Callable[[Part], Part]) -> None:
        at = self.rows.cursor
        if not self.preview.draft(self.row.path).blocks:
            self.tell("The reader of this kind of file doesn't say where its lines stood")
        elif 0 <= at < len(self.lines):
            preview, path, was = self.preview, self.row.path, self.lines[at][1]
            await self.thread.do(lambda: preview.put(path, at, turn(was)))
            self._show()
            self.rows.go_to(at)
            is_asked = self.lines[at][1] is Part.QUESTION
            told = "It belongs to the essay now: {file_text.question} makes it the question again"
            self.tell(self.keys.told(told) if was is Part.QUESTION else "It is the question now" if is_asked else "")

    def action_back(self) -> None:
        self.dismiss()
