"""The queue: one assignment's scripts in marking order."""

from textual import on
from textual.app import ComposeResult
from textual.screen import Screen

from markdesk.core.essay import Span
from markdesk.core.marking import MarkingStatus
from markdesk.core.plain import show_line
from markdesk.desk.ports import Entry
from markdesk.desk.sitting import Sitting
from markdesk.tui.bindings import bindings_of
from markdesk.tui.side_lines import mark_sign
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.text_layout import wrap
from markdesk.tui.widgets.lines import Lines
from markdesk.tui.widgets.rows import Cell, Column, Rows
from markdesk.tui.words import Hint, clipped, hint_pieces

STATUS = {
    None: ("to mark", "quiet"),
    MarkingStatus.IN_PROGRESS: ("begun", "weigh"),
    MarkingStatus.COMPLETE: ("✓ marked", "good"),
    MarkingStatus.MODERATED: ("✓ moderated", "good"),
    MarkingStatus.RETURNED: ("✓ returned", "good"),
}


ORDERS = {
    "random": "in a random order, always the same", "name": "by name", "arrival": "as they came in",
}  # fmt: skip
"""How the pile is ordered, in words."""
HINTS: tuple[Hint, ...] = (
    (1, " ⏎", "mark"), (4, "x", "write mark sheets"), (5, "s", "this student"), (6, "r", "marks"), (3, "Esc", "back"),
    (2, "?", "help"),
)  # fmt: skip


class QueueScreen(Screen[None]):
    """Choose whose essay to mark."""

    CSS_PATH = "lists.tcss"
    BINDINGS = bindings_of("queue")
    AUTO_FOCUS = "Rows"

    def __init__(self, thread: StoreThread, sitting: Sitting) -> None:
        super().__init__()
        self.thread = thread
        self.sitting = sitting

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        yield Lines(id="said")
        yield Rows(id="rows")
        yield Lines(id="foot")

    def on_mount(self) -> None:
        self.show_entries()

    def on_screen_resume(self) -> None:
        self.show_entries()
        last = self.sitting.last_opened
        if last is not None:
            self.query_one(Rows).go_to(self.sitting.position(last) - 1)

    def on_resize(self) -> None:
        self.query_one("#foot", Lines).set_line(hint_pieces(HINTS, self.app.size.width)[1:])

    def show_entries(self) -> None:
        """The pile as it stands."""
        sitting = self.sitting
        scales = sitting.rubric.scales
        head = f" {sitting.group_name}  " if sitting.group_name else " "
        self.query_one("#top", Lines).set_line(
            (
                (head, "accent"), (show_line(sitting.assignment.name), "strong"),
                (f"   {sitting.rubric.short_title} · out of {sitting.rubric.max_mark}", "quiet"),
                (f"   {sitting.done} of {len(sitting.entries)} finished", "text"),
                (f"   {ORDERS[sitting.order]}", "quiet"),
            )
        )  # fmt: skip
        question = show_line(sitting.assignment.question)
        lines = wrap(question, Span(0, len(question)), max(20, self.app.size.width - 4))
        told = [question[line.start : line.end].rstrip() for line in lines[:2]]
        if len(lines) > 2:
            told[1] = clipped(question[lines[1].start :], self.app.size.width - 4)
        self.query_one("#said", Lines).set_lines([((f" {text}", "quote"),) for text in told])
        columns = [
            Column("", 4, True),
            Column("Student", 0),
            Column("Id", 7, needs=70),
            Column("Words", 6, True, needs=64),
            Column("Status", 12),
        ]
        if len(scales) > 1:
            columns += [Column(s.id.upper(), 6, True) for s in scales]
        columns += [Column("Level", 6, True), Column("Mark", 8, True), Column("Stamps", 6, True, needs=70)]
        rows = [self._cells(at, entry) for at, entry in enumerate(sitting.entries, start=1)]
        self.query_one(Rows).show_rows(columns, list(rows))

    def _cells(self, at: int, entry: Entry) -> list[Cell]:
        rubric = self.sitting.rubric
        awards = {award.scale: award for award in entry.awards}
        cells: list[Cell] = [
            (str(at), "quiet"),
            (entry.student.name, "text"),
            (entry.script.short_id, "quiet"),
            (str(entry.words) if entry.words is not None else "paper", "quiet"),
            STATUS[entry.header.status if entry.header else None],
        ]
        if len(rubric.scales) > 1:
            cells += [(mark_sign(awards[s.id]) if s.id in awards else "–", "text") for s in rubric.scales]
            level = ""
        else:
            award = awards.get(rubric.scales[0].id)
            level = f"L{award.level}" if award and award.level is not None else ""
        whole = self.sitting.total(entry)
        mark = f"{whole}" if whole.value is None or whole.value == "NR" else f"{whole} / {whole.max}"
        return [*cells, (level, "accent"), (mark, "strong"), (str(entry.annotations or ""), "quiet")]

    @property
    def entry(self) -> Entry | None:
        at = self.query_one(Rows).cursor
        return self.sitting.entries[at] if self.sitting.entries else None

    @on(Rows.Chosen)
    async def _mark(self) -> None:
        entry = self.entry
        if entry is not None:
            await self.app.run_action(f"open_script('{entry.assignment.id}', '{entry.script.id}')")

    async def action_student(self) -> None:
        if self.entry is not None:
            await self.app.run_action(f"open_student('{self.entry.student.id}')")

    async def action_review(self) -> None:
        await self.app.run_action(f"open_review('{self.sitting.assignment.id}')")

    async def action_export(self) -> None:
        await self.app.run_action(f"export('{self.sitting.assignment.id}')")

    async def action_theme(self) -> None:
        await self.app.run_action("switch_theme")

    async def action_help(self) -> None:
        await self.app.run_action("show_help('queue')")

    def action_back(self) -> None:
        self.dismiss()

    def tell(self, text: str) -> None:
        self.query_one("#said", Lines).set_line(((f" {show_line(text)}", "text"),))
