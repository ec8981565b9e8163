"""The queue: one assignment's scripts in marking order."""

from collections.abc import Mapping

from textual.app import ComposeResult

from markdesk.core.essay import Span
from markdesk.core.ids import ScriptId
from markdesk.core.marking import MarkingStatus
from markdesk.core.plain import show_line
from markdesk.desk.looking_again import waiting_among
from markdesk.desk.ports import Entry
from markdesk.desk.redrafts import Redraft, redrafts
from markdesk.desk.setting import import_command
from markdesk.desk.sitting import Sitting
from markdesk.tui.at_home import markdesk
from markdesk.tui.bindings import bindings_of
from markdesk.tui.screens.room import Room
from markdesk.tui.side_lines import hanging, mark_sign
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.text_layout import wrap
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.widgets.rows import Cell, Column, Rows
from markdesk.tui.words import Hint, clipped, hint_pieces

STATUS = {
    None: ("to mark", "quiet"),
    MarkingStatus.IN_PROGRESS: ("begun", "weigh"),
    MarkingStatus.COMPLETE: ("✓ marked", "good"),
    MarkingStatus.MODERATED: ("✓ moderated", "good"),
    MarkingStatus.RETURNED: ("✓ returned", "good"),
}
LOOK_AGAIN = ("↻ look again", "weigh")


ORDERS = {
    "random": "in a random order, always the same", "name": "by name", "arrival": "as they came in",
}  # fmt: skip
"""How the pile is ordered, in words."""
HINTS: tuple[Hint, ...] = (
    (1, " {list.open}", "mark"), (4, "{queue.line_up}", "line up"), (5, "{queue.export}", "write mark sheets"),
    (6, "{queue.student}", "this student"), (7, "{queue.review}", "marks"), (3, "{desk.back}", "back"),
    (2, "{desk.help}", "help"),
)  # fmt: skip
TAKE_OVER: Hint = (0, "{queue.take_over}", "take over the new scheme")
"""Told where there are markings under an earlier version of the scheme than the assignment's."""


class QueueScreen(Room[None]):
    """Choose whose essay to mark."""

    CSS_PATH = "lists.tcss"
    ROOM = "queue"
    BINDINGS = bindings_of(ROOM)
    AUTO_FOCUS = "Rows"

    def __init__(self, thread: StoreThread, sitting: Sitting) -> None:
        super().__init__()
        self.thread = thread
        self.sitting = sitting
        self.again: Mapping[ScriptId, str] = {}
        """The scripts to look at again since their mark scheme changed; looked up behind the first frame."""
        self._taken_over = ""
        """What is to be said of a new version that the class was just taken over to."""
        self.redrafts: Mapping[ScriptId, Redraft] = {}
        """What scripts were given before they were handed in again."""

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        yield Lines(id="said")
        yield Rows(id="rows")
        yield Lines(id="foot")

    def on_mount(self) -> None:
        self.show_entries()

    async def on_screen_resume(self) -> None:
        told, self._taken_over = self._taken_over, ""
        if told:
            self.sitting = await self.thread.do(lambda: Sitting.again(self.sitting))
        self.show_entries()
        last = self.sitting.last_opened
        if last is not None:
            self.query_one(Rows).go_to(self.sitting.position(last) - 1)
        await self._look_for_waiting()
        await self._look_for_redrafts()
        if told:
            self.tell(told)

    async def _look_for_redrafts(self) -> None:
        """Tell both marks of what was handed in again."""
        sitting = self.sitting
        if any(entry.script.version > 1 for entry in sitting.entries):
            self.redrafts = await self.thread.do(lambda: redrafts(sitting.desk, sitting.entries))
            if self.redrafts:
                self.show_entries()

    async def _look_for_waiting(self) -> None:
        """Flag what is to be looked at again, and begin with it where nothing was opened yet."""
        sitting, before = self.sitting, self.again
        self.again = await self.thread.do(lambda: waiting_among(sitting.desk.store, sitting.entries))
        if self.again == before:
            return
        self.show_entries()
        if sitting.last_opened is None and self.again:
            self.query_one(Rows).go_to(min(map(sitting.position, self.again)) - 1)

    def on_resize(self) -> None:
        self._show_foot()

    def _show_foot(self) -> None:
        hints = [*HINTS, TAKE_OVER] if self.sitting.behind else HINTS
        self.query_one("#foot", Lines).set_line(hint_pieces(hints, self.app.size.width, self.keys)[1:])

    def show_entries(self) -> None:
        """The pile as it stands."""
        sitting = self.sitting
        scales = sitting.rubric.scales
        head = f" {sitting.group_name}  " if sitting.group_name else " "
        scheme = f"   {sitting.rubric.short_title} · out of {sitting.rubric.max_mark}"
        changed: list[Cell] = [
            (f"   {len(self.again)} to look at again" if self.again else "", "weigh"),
            (f"   {sitting.behind} under an earlier version" if sitting.behind else "", "text"),
        ]
        is_changed = any(text for text, _ in changed)
        self.query_one("#top", Lines).set_line(
            (
                (head, "accent"), (show_line(sitting.assignment.name), "strong"),
                # What is to be done counts for more than the scheme, where there isn't room for all.
                ("" if is_changed else scheme, "quiet"),
                (f"   {sitting.done} of {len(sitting.entries)} finished", "text"), *changed,
                (scheme if is_changed else "", "quiet"),
                (f"   {ORDERS[sitting.order]}", "quiet"),
            )
        )  # fmt: skip
        question = show_line(sitting.assignment.question)
        lines = wrap(question, Span(0, len(question)), max(20, self.app.size.width - 4))
        told = [question[line.start : line.end].rstrip() for line in lines[:2]]
        if len(lines) > 2:
            told[1] = clipped(question[lines[1].start :], self.app.size.width - 4)
        shown: list[Line] = [((f" {text}", "quote"),) for text in told]
        said = self.query_one("#said", Lines)
        if not sitting.entries:
            command = import_command(sitting.assignment, markdesk(self).opening.at)
            shown += [(), *hanging(" No essays yet: ", "text", command, "accent", 16, self.app.size.width - 2)]
            said.styles.height = len(shown) + 2
        said.set_lines(shown)
        columns = [
            Column("", 4, True),
            Column("Student", 0),
            Column("Id", 7, needs=70),
            Column("Words", 6, True, needs=64),
            Column("Status", 12),
        ]
        if len(scales) > 1:
            columns += [Column(s.id.upper(), 6, True) for s in scales]
        widest = max((len(redraft.told(sitting.total(entry))) for entry, redraft in self._handed_in_again()), default=0)
        # Beside several scales, whose levels stand nowhere here, the mark counts for more in a narrow window.
        roomy = 100 if len(scales) > 1 else 0
        columns += [
            Column("Level", 6, True, roomy),
            Column("Mark", max(8, widest + 5), True),
            Column("Stamps", 6, True, roomy or 70),
        ]
        rows = [self._cells(at, entry) for at, entry in enumerate(sitting.entries, start=1)]
        self.query_one(Rows).show_rows(columns, list(rows))
        self._show_foot()

    def _cells(self, at: int, entry: Entry) -> list[Cell]:
        rubric = self.sitting.rubric
        awards = entry.award_by_scale()
        cells: list[Cell] = [
            (str(at), "quiet"),
            (entry.student.name, "text"),
            (entry.script.short_id, "quiet"),
            (str(entry.words) if entry.words is not None else "paper", "quiet"),
            LOOK_AGAIN if entry.script.id in self.again else STATUS[entry.header.status if entry.header else None],
        ]
        if len(rubric.scales) > 1:
            cells += [(mark_sign(awards[s.id]) if s.id in awards else "–", "text") for s in rubric.scales]
            level = ""
        else:
            given_under = self.sitting.rubric_of(entry).scales
            award = awards.get(given_under[0].id) if len(given_under) == 1 else None
            level = f"L{award.level}" if award and award.level is not None else ""
        whole = self.sitting.total(entry)
        redraft = self.redrafts.get(entry.script.id)
        mark = f"{whole}" if whole.value is None or whole.value == "NR" else f"{whole} / {whole.max}"
        if redraft is not None:
            mark = f"{redraft.told(whole)} / {whole.max}"
        return [*cells, (level, "accent"), (mark, "strong"), (str(entry.annotations or ""), "quiet")]

    def _handed_in_again(self) -> list[tuple[Entry, Redraft]]:
        return [(e, self.redrafts[e.script.id]) for e in self.sitting.entries if e.script.id in self.redrafts]

    @property
    def entry(self) -> Entry | None:
        at = self.query_one(Rows).cursor
        return self.sitting.entries[at] if self.sitting.entries else None

    async def choose(self, index: int) -> None:
        """Mark what was chosen."""
        entry = self.entry
        if entry is not None:
            await self.app.run_action(f"open_script('{entry.assignment.id}', '{entry.script.id}')")

    async def action_student(self) -> None:
        if self.entry is not None:
            await self.app.run_action(f"open_student('{self.entry.student.id}')")

    async def action_line_up(self) -> None:
        from markdesk.tui.screens.line_up import open_line_up

        await open_line_up(markdesk(self), self)

    async def action_review(self) -> None:
        await self.app.run_action(f"open_review('{self.sitting.assignment.id}')")

    async def action_export(self) -> None:
        await self.app.run_action(f"export('{self.sitting.assignment.id}')")

    async def action_take_over(self) -> None:
        from markdesk.tui.screens.takeover import open_takeover

        def took_over(told: str) -> None:
            self._taken_over = told

        await open_takeover(markdesk(self), self.sitting.assignment.id, took_over)

    async def action_grid(self) -> None:
        from markdesk.tui.screens.grid import open_grid

        await open_grid(markdesk(self), self.sitting.assignment.id)

    def action_back(self) -> None:
        self.dismiss()

    def tell(self, text: str) -> None:
        self.query_one("#said", Lines).set_line(((f" {show_line(text)}", "text"),))
