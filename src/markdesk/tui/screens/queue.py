"""The queue: one assignment's class, those who have handed nothing in included, in marking order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from rich.cells import cell_len
from textual import work
from textual.app import ComposeResult

from markdesk.core.changes import AbsenceChanged
from markdesk.core.essay import Span
from markdesk.core.ids import ScriptId
from markdesk.core.pace import Pace
from markdesk.core.plain import show_line
from markdesk.desk.drifting import Past, past_of
from markdesk.desk.looking_again import waiting_among
from markdesk.desk.queueing import Missing, missing
from markdesk.desk.redrafts import Redraft, redrafts
from markdesk.desk.setting import import_command
from markdesk.desk.sitting import Sitting
from markdesk.tui.at_home import markdesk
from markdesk.tui.bindings import priority_bindings_of
from markdesk.tui.queue_lines import FLAG, cells_in, columns_of, entry_cells, in_order_lines, missing_cells, top_line
from markdesk.tui.screens.finding import IN_LIST_HINTS
from markdesk.tui.screens.queue_acts import QueueActing
from markdesk.tui.side_lines import hanging
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.text_layout import wrap
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.widgets.rows import Cell, MadeRows, Rows
from markdesk.tui.words import Hint, clipped, hint_pieces

HINTS: tuple[Hint, ...] = (
    (1, "{list.open}", "mark"), (4, "{queue.line_up}", "line up"), (5, "{queue.find}", "find"),
    (6, "{queue.flag}", "flag"), (7, "{queue.triage}", "skim"), (8, "{queue.export}", "sheets"),
    (9, "{queue.student}", "this student"), (10, "{queue.review}", "marks"), (3, "{desk.back}", "back"),
    (2, "{desk.help}", "help"),
)  # fmt: skip
TAKE_OVER: Hint = (0, "{queue.take_over}", "take over the new scheme")
"""Told where there are markings under an earlier version of the scheme than the assignment's."""
TASKS: Hint = (4, "{queue.tasks}", "tasks")
"""Told where essays are returned."""
ABSENT: tuple[Hint, ...] = (
    (0, "{queue.late}", "late"), (0, "{queue.extension}", "extension"), (0, "{queue.absent}", "absent"),
)  # fmt: skip
"""Told where the cursor is on somebody who has handed nothing in."""


@dataclass(frozen=True)
class Behind:
    """What is said of a pile besides its marks; looked up behind the first frame."""

    again: Mapping[ScriptId, str] = field(default_factory=dict)
    """The scripts to look at again since their mark scheme changed."""
    redrafts: Mapping[ScriptId, Redraft] = field(default_factory=dict)
    """What scripts were given before they were handed in again."""
    missing: tuple[Missing, ...] = ()
    times: Mapping[str, timedelta] | None = None
    """The time on each script; None where the teacher wants no pace."""
    past: Past | None = None
    """What the students got before, for the test for drift; None until it has been looked up."""


def read_behind(sitting: Sitting, with_pace: bool) -> Behind:
    """Look it all up in one go."""
    store, assignment = sitting.desk.store, sitting.assignment
    acts = store.acts(sitting.desk.marker.id, assignment.id) if with_pace else ()
    return Behind(
        waiting_among(store, sitting.entries),
        redrafts(sitting.desk, sitting.entries),
        missing(sitting.desk, assignment, sitting.entries),
        Pace((act.script_id, act.at) for act in acts).spent if with_pace else None,
        past_of(sitting),
    )


class QueueRows(MadeRows):
    """Who has handed something in, in marking order, and then who hasn't."""

    def __init__(self, sitting: Sitting, behind: Behind) -> None:
        self.sitting = sitting
        self.behind = behind
        self.columns = columns_of(sitting, behind.redrafts, bool(behind.times))
        called = [*map(sitting.called, sitting.entries), *(one.student.name for one in behind.missing)]
        # Room for a flag before the longest name too: setting one shifts no column.
        room = max((cell_len(show_line(name)) for name in called), default=0) + cell_len(FLAG) + 1
        self.widest = [column.width or room for column in self.columns]

    def __len__(self) -> int:
        return len(self.sitting.entries) + len(self.behind.missing)

    def row(self, index: int) -> Sequence[Cell]:
        entries, behind = self.sitting.entries, self.behind
        if index >= len(entries):
            return cells_in(self.columns, missing_cells(behind.missing[index - len(entries)]))
        entry = entries[index]
        script = entry.script.id
        time = (behind.times or {}).get(script)
        again, redraft = script in behind.again, behind.redrafts.get(script)
        return cells_in(self.columns, entry_cells(self.sitting, index + 1, entry, again, redraft, time))

    def id_at(self, index: int) -> str:
        """Whose row it is: the id of the script, or of the student without one."""
        entries = self.sitting.entries
        if index < len(entries):
            return entries[index].script.id
        return self.behind.missing[index - len(entries)].student.id


class QueueScreen(QueueActing):
    """Choose whose essay to mark."""

    CSS_PATH = "lists.tcss"
    ROOM = "queue"
    BINDINGS = priority_bindings_of(ROOM)
    AUTO_FOCUS = "Rows"

    def __init__(self, thread: StoreThread, sitting: Sitting, told: str = "") -> None:
        super().__init__()
        self.thread = thread
        self.sitting = sitting
        self._behind = Behind()
        self._rows = QueueRows(sitting, self._behind)
        self._has_returned = False
        self._news = told
        """What is to be said of what was just done elsewhere: a new version taken over, essays that came in."""
        self._inputs = 0
        """How many keys and clicks there had been when the list was opened: after one more the cursor stays put."""

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        yield Lines(id="said")
        yield Rows(id="rows")
        yield Lines(id="in-order")
        yield Lines(id="foot")

    def on_mount(self) -> None:
        self._inputs = markdesk(self).inputs
        self.show_entries()

    def on_screen_resume(self) -> None:
        if self._news:
            self._inputs = markdesk(self).inputs
            self.sitting.last_opened = None  # what came of it elsewhere is looked at first
        self.show_entries()
        if self.sitting.last_opened is not None:
            self.go_back_to(self.sitting.last_opened)
        self.read_behind_frame()

    @work(group="read", exclusive=True)
    async def read_behind_frame(self) -> None:
        """What takes its time, once the list is there and has the keys."""
        if self._news:
            await self.read_again()
        await self.look_behind()
        told, self._news = self._news, ""
        if told:
            self.tell(told)

    async def look_behind(self) -> None:
        """Say what else there is, and begin with what is to be looked at again where nothing was opened yet."""
        sitting, before = self.sitting, self._behind.again
        with_pace = markdesk(self).opening.pace != "off"
        behind = await self.asked(lambda: read_behind(sitting, with_pace)) or self._behind
        here, self._behind = self.under_cursor, behind
        self.show_entries()
        self.go_back_to(here)
        again = self._behind.again
        is_untouched = markdesk(self).inputs == self._inputs
        if again and again != before and sitting.last_opened is None and is_untouched:
            self.query_one(Rows).go_to(min(map(sitting.position, again)) - 1)

    def on_resize(self) -> None:
        self.show_foot()

    def on_rows_moved(self) -> None:
        self.show_foot()

    def show_foot(self) -> None:
        """The keys, and the marks in the order in which they were given."""
        hints = [*HINTS, TAKE_OVER] if self.sitting.behind else [*HINTS]
        if self._has_returned:
            hints.insert(2, TASKS)
        if self.is_typing:
            hints = [*IN_LIST_HINTS]
        elif self.absent is not None:
            hints = [*ABSENT, *(hint for hint in hints if hint[2] in ("back", "help", "find"))]
        pieces = hint_pieces(hints, self.app.size.width, self.keys)[1:]
        self.query_one("#foot", Lines).set_line(((" ", "text"), *pieces))

    def show_entries(self) -> None:
        """The pile as it stands."""
        sitting, behind = self.sitting, self._behind
        self._has_returned = any(entry.is_returned for entry in sitting.entries)
        self.query_one("#top", Lines).set_line(top_line(sitting, len(behind.again), self.app.size.width))
        self._show_question()
        rows = self._rows = QueueRows(sitting, behind)
        self.query_one(Rows).show_rows(rows.columns, rows, widest=rows.widest)
        lines = in_order_lines(sitting, behind.times, behind.past, sitting.desk.clock.now(), self.app.size.width)
        in_order = self.query_one("#in-order", Lines)
        in_order.display = bool(lines)
        in_order.grow_to(lines)
        self.show_foot()

    def _show_question(self) -> None:
        sitting, width = self.sitting, self.app.size.width
        question = show_line(sitting.assignment.question)
        lines = wrap(question, Span(0, len(question)), max(20, width - 4))
        told = [question[line.start : line.end].rstrip() for line in lines[:2]]
        if len(lines) > 2:
            told[1] = clipped(question[lines[1].start :], width - 4)
        shown: list[Line] = [((f" {text}", "quote"),) for text in told]
        said = self.query_one("#said", Lines)
        if not sitting.entries:
            key = self.keys.told("{queue.import} brings them in; or ")
            command = import_command(sitting.assignment, markdesk(self).opening.at)
            lead = f" No essays yet: {key}"
            shown += [(), *hanging(lead, "text", command, "accent", len(lead), width - 2)]
            said.styles.height = len(shown) + 2
        said.set_lines(shown)

    @property
    def missing(self) -> tuple[Missing, ...]:
        return self._behind.missing

    def show_absence(self, change: AbsenceChanged) -> int | None:
        found, whose = list(self.missing), change.subject.student_id
        for at, one in enumerate(found):
            if one.student.id == whose:
                found[at] = replace(one, absence=change.after)
                self._behind = self._rows.behind = replace(self._behind, missing=tuple(found))
        return self.row_of(whose)

    def row_chosen(self, event: Rows.Chosen) -> int | None:
        return self.row_of(event.rows.id_at(event.index)) if isinstance(event.rows, QueueRows) else None

    async def choose(self, index: int) -> None:
        entries = self.sitting.entries
        if index < len(entries):
            entry = entries[index]
            await self.app.run_action(f"open_script('{entry.assignment.id}', '{entry.script.id}')")
        elif index < len(entries) + len(self.missing):
            self.tell(f"{self.missing[index - len(entries)].student.name} has handed nothing in")

    async def action_student(self) -> None:
        """Her past marks; while this essay has no mark they are out of reach, named or not."""
        entry, absent = self.entry, self.absent
        if absent is not None:
            await self.app.run_action(f"open_student('{absent.student.id}')")
        elif entry is not None and self.sitting.assignment.is_anonymous:
            self.tell(self.keys.told("Names are hidden here: {queue.names} shows them, and the log says so"))
        elif entry is not None and not self.sitting.is_done(entry.script.id):
            told = "Past marks show once this essay is finished ({marking.finish}), lest they weigh on it"
            self.tell(self.keys.told(told))
        elif entry is not None:
            await self.app.run_action(f"open_student('{entry.student.id}')")

    async def action_line_up(self) -> None:
        from markdesk.tui.screens.line_up import open_line_up

        await open_line_up(markdesk(self), self)

    async def action_review(self) -> None:
        await self.app.run_action(f"open_review('{self.sitting.assignment.id}')")

    async def action_import(self) -> None:
        """Bring more essays in; the list says what came."""
        from markdesk.tui.screens.pick_files import open_import

        def came(told: str) -> None:
            self._news = told

        await open_import(markdesk(self), self.sitting.assignment, came)

    async def action_export(self) -> None:
        await self.app.run_action(f"export('{self.sitting.assignment.id}')")

    async def action_take_over(self) -> None:
        from markdesk.tui.screens.takeover import open_takeover

        def took_over(told: str) -> None:
            self._news = told

        await open_takeover(markdesk(self), self.sitting.assignment.id, took_over)

    async def action_tasks(self) -> None:
        from markdesk.tui.screens.tasks import open_tasks

        await open_tasks(markdesk(self), self)

    async def action_grid(self) -> None:
        from markdesk.tui.screens.grid import open_grid

        await open_grid(markdesk(self), self.sitting.assignment.id)

    def action_back(self) -> None:
        self.dismiss()

    def tell(self, text: str) -> None:
        self.query_one("#said", Lines).set_line(((f" {show_line(text)}", "text"),))
