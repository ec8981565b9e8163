"""The grid of a paper: students down, questions across. Enter marks one question down the class."""

import asyncio

from textual import on
from textual.app import ComposeResult

from markdesk.core.errors import MarkdeskError
from markdesk.core.ids import AssignmentId
from markdesk.core.paper import PaperQuestion
from markdesk.core.plain import show_line
from markdesk.desk.anonymous import exam_of
from markdesk.desk.desk import Desk
from markdesk.desk.exam_grid import ExamGrid, GridRow, exam_grid
from markdesk.desk.exams import paper_warning
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.sitting import Sitting
from markdesk.tui import grid_text
from markdesk.tui.app import MarkdeskApp
from markdesk.tui.at_home import say
from markdesk.tui.bindings import priority_bindings_of
from markdesk.tui.refusals import refusals_are_told, tell_on
from markdesk.tui.screens.queue import QueueScreen
from markdesk.tui.screens.room import Room
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.cells import Cells
from markdesk.tui.widgets.lines import Lines
from markdesk.tui.withheld import refuse_beside_unmarked
from markdesk.tui.words import Hint, clipped, hint_pieces, of_group, spread

HINTS: tuple[Hint, ...] = (
    (1, " {grid.mark}", "mark this question"), (4, "{grid.student}", "this student"), (5, "{grid.review}", "marks"),
    (6, "{grid.export}", "sheets"), (7, "{desk.theme}", "theme"), (3, "{desk.back}", "back"),
    (2, "{desk.help}", "help"),
)  # fmt: skip


@refusals_are_told
async def open_grid(app: MarkdeskApp, assignment_id: str) -> None:
    """The grid of the paper that an assignment is a question of; where it is none, that is said."""
    refuse_beside_unmarked(app)
    desk = app.desk
    if desk is None:
        return

    def read() -> ExamGrid | None:
        exam = exam_of(desk, AssignmentId(assignment_id))
        return exam_grid(desk, exam) if exam else None

    grid = await app.thread.do(read)
    if grid is None:
        tell_on(app, "This is no question of a paper.")
    elif isinstance(app.screen, QueueScreen):  # in its place: the list would not know what is marked from here
        await app.switch_screen(GridScreen(app.thread, desk, grid))
    else:
        await app.push_screen(GridScreen(app.thread, desk, grid))


class GridScreen(Room[None]):
    """Choose whose answer to which question to mark."""

    CSS_PATH = "lists.tcss"
    ROOM = "grid"
    BINDINGS = priority_bindings_of(ROOM)
    AUTO_FOCUS = "Cells"

    def __init__(self, thread: StoreThread, desk: Desk, grid: ExamGrid) -> None:
        super().__init__()
        self.thread = thread
        self.desk = desk
        self.grid = grid
        self._sitting: Sitting | None = None
        """What an answer was opened in, until its screen is left."""
        self._is_read = asyncio.Event()
        """Clear while an answer is marked, until the grid has been read again: keys that choose wait for it."""
        self._is_read.set()
        self._is_fresh = True

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        yield Lines(id="said")
        yield Lines(id="heading")
        yield Cells(id="cells")
        yield Lines(id="explained")
        yield Lines(id="foot")

    def on_mount(self) -> None:
        self.cells = self.query_one(Cells)
        self.show_grid()
        told = paper_warning(self.grid.exam.paper)
        if told and self.grid.rows:
            self.tell(told)

    async def on_screen_resume(self) -> None:
        """Read what was marked meanwhile; the cursor is on the essay that was left last."""
        if self._is_fresh:
            self._is_fresh = False
            return
        try:
            await self._read_again()
        except MarkdeskError as error:
            self.tell(str(error))
        finally:
            self._is_read.set()

    async def _read_again(self) -> None:
        student_id = self.row.student.id if self.row else None
        sitting, self._sitting = self._sitting, None
        if sitting is not None and sitting.last_opened is not None:
            student_id = sitting.entries[sitting.position(sitting.last_opened) - 1].student.id
        self.grid = await self.thread.do(lambda: exam_grid(self.desk, self.grid.exam))
        self.show_grid()
        students = [row.student.id for row in self.grid.rows]
        if student_id in students:
            self.cells.go_to(students.index(student_id), self.cells.column)

    def on_resize(self) -> None:
        self._show_edges()

    # -- showing

    def show_grid(self) -> None:
        """The grid as it was read."""
        grid = self.grid
        self.cells.show_cells(grid_text.NAMES, grid_text.heads(grid), grid_text.total_head(grid), grid_text.rows(grid))
        self._show_edges()

    def _show_edges(self) -> None:
        grid, width = self.grid, self.app.size.width
        answers = [cell.answer for row in grid.rows for cell in row.cells.values()]
        done = sum(answer.is_settled for answer in answers)
        left = [
            (of_group(grid.group), "accent"), (show_line(grid.exam.name), "strong"),
            (f"   {show_line(grid.exam.paper.title)}", "quiet"),
        ]  # fmt: skip
        right = [(f"{done} of {len(answers)} answers finished ", "text")]
        self.query_one("#top", Lines).set_line(spread(left, right, width))
        self.query_one("#foot", Lines).set_line(hint_pieces(HINTS, width, self.keys)[1:])
        self._show_legend()
        self.show_chosen()

    def _show_legend(self) -> None:
        if self.grid.rows:
            legend = clipped(grid_text.LEGEND, self.app.size.width - 2)
            self.query_one("#said", Lines).grow_to([((f" {legend}", "quiet"),)])
        else:
            self.tell(self._nobody)

    @on(Cells.Moved)
    def show_chosen(self) -> None:
        """The heading, and what is chosen."""
        heading = self.cells.heading()
        above = self.query_one("#heading", Lines)
        above.styles.height = len(heading) + 1
        above.set_lines(heading)
        row = self.row
        lines = grid_text.explained(self.grid, row, self.question, self.app.size.width) if row else []
        self.query_one("#explained", Lines).set_lines(lines)

    @property
    def row(self) -> GridRow | None:
        """The student who is chosen; None where nobody is in the class."""
        return self.grid.rows[self.cells.row] if self.grid.rows else None

    @property
    def question(self) -> PaperQuestion:
        return self.grid.exam.paper.questions[self.cells.column]

    @property
    def assignment_id(self) -> AssignmentId:
        """Under which the question that is chosen is marked."""
        return self.grid.exam.assignment_of(self.question.number)

    @property
    def _nobody(self) -> str:
        name = show_line(self.grid.exam.name)
        return f"Nobody is in this class yet: 'markdesk import FILE --paper \"{name}\"' brings their scripts in."

    def tell(self, text: str) -> None:
        """Say it between the top line and the grid."""
        say(self.query_one("#said", Lines), text)

    # -- the keys

    async def action_move(self, down: int, right: int) -> None:
        await self._is_read.wait()
        self._show_legend()
        self.cells.move(down, right)

    async def action_page(self, by: int) -> None:
        await self._is_read.wait()
        self.cells.page(by)

    @on(Cells.Chosen)
    async def action_mark(self) -> None:
        """Mark the answer that is chosen; the next essays are those further down the class."""
        await self._is_read.wait()
        row, assignment = self.row, self.grid.assignments[self.question.number]
        if row is None:
            self.tell(self._nobody)
            return
        answered = row.cells.get(self.question.number)
        if answered is None:
            told = f"{row.called} has handed in nothing for {self.question.number}."
            self.tell(f"{told} 'markdesk import FILE --assignment \"{assignment.name}\"' brings an answer in.")
            return

        def open_it() -> tuple[Sitting, MarkingDesk]:
            # In the order of the class list, as the grid has it: the next essay is the next one down.
            sitting = Sitting(self.desk, assignment, "name")
            return sitting, sitting.open(answered.entry.script.id)

        try:
            sitting, opened = await self.thread.do(open_it)
        except MarkdeskError as error:
            self.tell(str(error))
            return
        from markdesk.tui.screens.marking import MarkingScreen

        self._sitting = sitting
        self._is_read.clear()
        await self.app.push_screen(MarkingScreen(self.thread, sitting, opened))

    async def action_student(self) -> None:
        if self.row is not None:
            await self.app.run_action(f"open_student('{self.row.student.id}')")

    async def action_review(self) -> None:
        await self.app.run_action(f"open_review('{self.assignment_id}')")

    async def action_export(self) -> None:
        await self.app.run_action(f"export('{self.assignment_id}')")

    async def action_back(self) -> None:
        """To the library; also where the program was opened with this grid, which Textual never takes away."""
        if self.app.screen_stack[0] is self:
            await self.app.switch_mode("library")
        else:
            self.dismiss()
