"""The task pass: what became of the task that was set on each returned essay, a key each."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import on

from markdesk.core.errors import MarkdeskError
from markdesk.core.marking import TaskDone
from markdesk.core.plain import show_line
from markdesk.desk.follow_up import SetTask, TaskPass, set_tasks, tally
from markdesk.desk.ports import Entry
from markdesk.tui.bindings import priority_bindings_of
from markdesk.tui.refusals import refusals_are_told
from markdesk.tui.screens.footed import Explaining
from markdesk.tui.screens.pile_acting import PileActing
from markdesk.tui.side_lines import hanging
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.widgets.rows import Cell, Column, Rows
from markdesk.tui.words import Hint, dated, of_group, spread

if TYPE_CHECKING:
    from markdesk.desk.pile_acts import Adjusted
    from markdesk.tui.app import MarkdeskApp
    from markdesk.tui.screens.queue import QueueScreen

BECAME: Mapping[TaskDone | None, Cell] = {
    None: ("–", "quiet"),
    TaskDone.RESPONDED: ("responded", "weigh"),
    TaskDone.WELL: ("✓ done well", "good"),
    TaskDone.DONE: ("✓ done", "text"),
    TaskDone.NOT_DONE: ("✗ not done", "weak"),
}
HANDED_IN_AGAIN: Cell = ("new text", "weigh")
"""Nothing is recorded yet, and the student has handed the essay in again."""
COLUMNS = (Column("Student", 0), Column("Task", 0), Column("What became", 11), Column("On", 9, needs=92))
MOST_TASK_LINES = 3
HINTS: tuple[Hint, ...] = (
    (1, "{tasks.well}", "done well"), (1, "{tasks.done}", "done"), (1, "{tasks.not_done}", "not done"),
    (4, "{tasks.responded}", "responded"), (5, "{tasks.none}", "clear"), (6, "{list.open}", "open"),
    (3, "{desk.back}", "back"), (2, "{desk.help}", "help"),
)  # fmt: skip


@refusals_are_told
async def open_tasks(app: "MarkdeskApp", queue: "QueueScreen") -> None:
    """The tasks of a pile, read anew; said in its list where there are none."""
    queue.sitting = sitting = await queue.thread.do(queue.sitting.again)
    tasks = set_tasks(sitting)
    if tasks:
        await app.push_screen(TasksScreen(queue.thread, TaskPass(sitting)))
    elif any(entry.is_returned for entry in sitting.entries):
        queue.tell("No returned essay was given a task or a target, so there is none to check")
    else:
        queue.tell(queue.keys.told("No essay is returned yet: {queue.line_up} lines the pile up and returns it"))


def task_cells(task: SetTask, called: Callable[[Entry], str], now: str) -> list[Cell]:
    """The row of one essay."""
    became = HANDED_IN_AGAIN if task.done is None and task.has_newer_text else BECAME[task.done]
    words = f"Target: {task.text}" if task.is_target else task.text
    return [
        (called(task.entry), "text"),
        (words, "quiet" if task.done else "text"),
        became,
        (dated(task.done_at, now) if task.done_at else "", "quiet"),
    ]


class TasksScreen(PileActing[None], Explaining[None]):
    """Go down the class, a verdict each."""

    CSS_PATH = "lists.tcss"
    ROOM = "tasks"
    BINDINGS = priority_bindings_of(ROOM)
    AUTO_FOCUS = "Rows"

    def __init__(self, thread: StoreThread, acts: TaskPass) -> None:
        super().__init__(thread, acts)
        self.passing = acts
        self._read()

    def _read(self) -> None:
        """The rows, as the pile is now; a verdict changes one of them."""
        called, now = self.sitting.called, self.sitting.desk.clock.now()
        self.tasks = list(set_tasks(self.sitting))
        self._cells = [task_cells(task, called, now) for task in self.tasks]
        self._row_of = {task.entry.script.id: at for at, task in enumerate(self.tasks)}
        widths = [[cell_len(show_line(text)) for text, _ in cells] for cells in self._cells]
        heads = [len(column.title) for column in COLUMNS]
        self._widest = [max(column) for column in zip(heads, *widths, strict=True)]

    def on_mount(self) -> None:
        self._show(next((at for at, task in enumerate(self.tasks) if task.done is None), 0))
        self.tell("")

    def on_screen_resume(self) -> None:
        """An essay that was opened may have been reopened, or its verdict taken back there."""
        self._read()
        self._show(self.rows.cursor)
        self.tell_again()

    def on_resize(self) -> None:
        self.call_after_refresh(lambda: self._show(self.rows.cursor))
        self.call_after_refresh(self.tell_again)

    # -- showing

    @property
    def chosen(self) -> SetTask | None:
        """The one under the cursor."""
        at = self.rows.cursor
        return self.tasks[at] if 0 <= at < len(self.tasks) else None

    def _show(self, cursor: int) -> None:
        sitting = self.sitting
        counted = tally(sitting, self.tasks)
        head = [
            (of_group(sitting.group_name), "accent"), (show_line(sitting.assignment.name), "strong"),
            ("   the tasks, after the return", "quiet"),
        ]  # fmt: skip
        hidden = "names hidden " if sitting.assignment.is_anonymous else ""
        none = f"{counted.without} without a task " if counted.without else ""
        self.query_one("#top", Lines).set_line(spread(head, [(hidden, "accent"), (none, "quiet")], self.app.size.width))
        self.query_one("#said", Lines).set_line(((f" {counted.told}", "text"),))
        self.rows.show_rows(COLUMNS, self._cells, cursor, widest=self._widest)
        self._show_task()

    @on(Rows.Moved)
    def _show_task(self) -> None:
        """The chosen task's words in full: in the list they may be cut."""
        task, lines = self.chosen, list[Line]()
        if task is not None:
            label = " Target  " if task.is_target else " Task  "
            lines = hanging(label, "quiet", task.text, "text", len(label), self.app.size.width - 3)
            if len(lines) > MOST_TASK_LINES:
                lines = [*lines[: MOST_TASK_LINES - 1], (*lines[MOST_TASK_LINES - 1], ("…", "quiet"))]
        self.query_one("#explained", Lines).set_lines(lines)

    @property
    def hints(self) -> tuple[Hint, ...]:
        return HINTS

    def show_adjusted(self, adjusted: "Adjusted") -> None:
        cursor, sitting = self.rows.cursor, self.sitting
        for marking in adjusted.markings:
            at = self._row_of.get(marking.header.script_id)
            if at is not None:
                entry = sitting.entries[sitting.position(marking.header.script_id) - 1]
                self.tasks[at] = replace(self.tasks[at], entry=entry)
                self._cells[at] = task_cells(self.tasks[at], sitting.called, sitting.desk.clock.now())
                cursor = at  # an undo may be of another essay
        self._show(cursor)

    # -- the keys

    async def action_record(self, done: str) -> None:
        """Record what became of the chosen task, nothing where it is empty, and go on to the next."""
        task = self.chosen
        if task is None:
            return
        script_id, verdict = task.entry.script.id, TaskDone(done) if done else None
        if await self.act(lambda: self.passing.record(script_id, verdict)) is not None:
            self.rows.go_to(self.rows.cursor + 1)

    async def choose(self, index: int) -> None:
        """Open the essay; Esc there leads back to this list."""
        task = self.chosen
        if task is None:
            return
        sitting, script_id = self.sitting, task.entry.script.id
        try:
            opened = await self.thread.do(lambda: sitting.open(script_id))
        except MarkdeskError as error:
            self.tell(str(error), "alert")
            return
        from markdesk.tui.screens.marking import MarkingScreen

        await self.app.push_screen(MarkingScreen(self.thread, sitting, opened))

    def action_back(self) -> None:
        self.dismiss()
