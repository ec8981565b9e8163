"""One student: marks over time, targets and what recurs, above every past marking; Enter opens one as it was."""

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import on, work
from textual.app import ComposeResult

from markdesk.core.days import tell_day
from markdesk.core.errors import MarkdeskError
from markdesk.core.grades import Grade, GradeKind, in_force
from markdesk.core.history import Step
from markdesk.core.ids import ScriptId, StudentId
from markdesk.core.plain import show_line
from markdesk.desk.besides import read_as_marked
from markdesk.desk.desk import Desk
from markdesk.desk.grades import type_grade
from markdesk.desk.sitting import Sitting
from markdesk.desk.student_view import PastRow, StudentView, read_student, time_spent
from markdesk.tui.at_home import markdesk
from markdesk.tui.bindings import priority_bindings_of
from markdesk.tui.screens.footed import Taking
from markdesk.tui.screens.room import Asking, push_kept
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.student_lines import COLUMNS, TIMED, about_row, laid_out, row_cells
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.widgets.rows import Rows
from markdesk.tui.withheld import WITHHELD, is_withheld
from markdesk.tui.words import Hint, of_group, spread

if TYPE_CHECKING:
    from textual.geometry import Size

    from markdesk.tui.app import MarkdeskApp

WIDEST = 118
"""What stands above the list is no wider, however wide the window."""
FEWEST_ROWS, MOST_ROWS = 6, 16
"""How many rows of the list keep their place under what stands above it: in a small window, in a tall one."""
TALL, TALLER = 34, 50
"""Lines of a window in which the bars may be tall, and taller."""
LEAVE = "leave the present mode"
AT_ONCE = 5
"""Assignments whose times are read in one go."""


async def open_student(app: "MarkdeskApp", desk: Desk, student_id: str) -> None:
    """The screen of a student; refused while an essay of hers is open that has no mark yet."""
    if is_withheld(app, StudentId(student_id)):
        raise MarkdeskError(WITHHELD)
    view = await app.thread.do(lambda: read_student(desk, StudentId(student_id)))
    if view is None:
        raise MarkdeskError("That student is no longer on the desk.")
    thread = app.thread
    await push_kept(app, StudentScreen, lambda: StudentScreen(thread, desk, view), lambda kept: kept.begin(desk, view))


class StudentScreen(Taking[None], Asking[None]):
    """What became of one student's work."""

    CSS_PATH = "student.tcss"
    ROOM = "student"
    BINDINGS = priority_bindings_of(ROOM)
    AUTO_FOCUS = "Rows"

    def __init__(self, thread: StoreThread, desk: Desk, view: StudentView) -> None:
        super().__init__()
        self.thread = thread
        self._explaining = 3
        """Lines of words under the list."""
        self._laid_out_for: Size | None = None
        self._begin(desk, view)

    def _begin(self, desk: Desk, view: StudentView) -> None:
        self.desk, self.view = desk, view
        self.page = 0
        self._pages: list[list[Line]] = []
        self._times: dict[ScriptId, timedelta] = {}
        self.is_presenting = False
        """Whether somebody else looks: then nothing is shown, and nothing opens, that is of a classmate or private."""
        self._grading = GradeKind.TARGET
        self._typed: list[Step] = []
        """The grades that were typed here and aren't taken back."""
        self._there = ""
        """What was said of a record that lies there already: while that stands, the key replaces it."""
        self._is_read = True
        """Whether nothing can have changed since it was read."""

    def begin(self, desk: Desk, view: StudentView) -> None:
        """Show another student, before the screen is put in front again."""
        self._begin(desk, view)
        self._show_all()

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        yield Lines(id="course")
        yield Rows(id="rows")
        yield Lines(id="explained")
        yield Lines(id="foot")

    def on_mount(self) -> None:
        self._show_all()

    def _show_all(self) -> None:
        self._show(0)
        self.tell("")
        if markdesk(self).opening.pace != "off":
            self.call_after_refresh(self.read_times)

    async def on_screen_resume(self) -> None:
        """What was opened from here may have been changed."""
        if self._is_read:
            self._is_read = False
            return
        desk, student_id = self.desk, self.view.student.id
        view = await self.asked(lambda: read_student(desk, student_id))
        if view is not None and self.app.screen is self and student_id == self.view.student.id:
            self.view = view
            self._show(self.rows.cursor)

    def on_resize(self) -> None:
        if self._laid_out_for != self.app.size:  # the first time it is laid out already
            self.call_after_refresh(lambda: self._show(self.rows.cursor))
            self.call_after_refresh(self.tell_again)

    @work(group="read", exclusive=True)
    async def read_times(self) -> None:
        """How long each took: read behind the frame, a few assignments at a time, so that no key waits for all."""
        desk = self.desk
        its = list({row.assignment.id: row.assignment for row in self.view.rows if row.is_done}.values())
        for first in range(0, len(its), AT_ONCE):
            self._times.update(await self.asked(partial(time_spent, desk, its[first : first + AT_ONCE])) or {})
        if self.is_attached:
            if self.app.size.width >= TIMED:
                self._show_rows(self.rows.cursor)
            self._explain()

    # -- showing

    @property
    def rows(self) -> Rows:
        return self.query_one(Rows)

    @property
    def hints(self) -> tuple[Hint, ...]:
        if self.is_typing:
            return ((0, "{grade.keep}", "keep it"), (1, "{grade.leave}", "leave it as it was"))
        hints: list[Hint] = [(1, "{list.open}", "open"), (4, "{student.plots}", "charts")]
        if not self.is_presenting:
            hints += [(4, "{student.record}", "record"), (5, "{student.target}", "target grade")]
            hints.append((6, "{student.present}", "present"))
        if len(self._pages) > 1:
            hints.insert(0, (0, "{student.before/student.next}", f"page {self.page + 1} of {len(self._pages)}"))
        # In the present mode the way out is the first to have room.
        back: Hint = (-1, "{student.present}", LEAVE) if self.is_presenting else (2, "{desk.back}", "back")
        return (*hints, back, (3, "{desk.help}", "help"))

    def set_foot(self, lines: list[Line]) -> None:
        """What is told may leave no room for keys: the way out of the present mode stands there all the same."""
        is_there = any(LEAVE in text for line in lines for text, _ in line)
        if self.is_presenting and not is_there:
            way = (self.keys.brief(" {student.present}"), "accent")
            lines = [*lines, (way, (f" {LEAVE}", "quiet"))]
        super().set_foot(lines)

    @property
    def chosen(self) -> PastRow | None:
        at = self.rows.cursor
        return self.view.rows[at] if 0 <= at < len(self.view.rows) else None

    def _show(self, cursor: int) -> None:
        width, height = self.app.size.width, self.app.size.height
        view, self._laid_out_for = self.view, self.app.size
        tall = height >= TALL
        self._explaining = 5 if tall else 3
        explained = self._explaining + tall  # where there is room an empty line stands over them
        kept = 1 + min(max(1, len(view.rows)), MOST_ROWS if tall else FEWEST_ROWS)
        room = max(6, height - 2 - explained - kept)
        high = 7 if height >= TALLER else 5 if tall else 3
        self._pages = laid_out(view, min(WIDEST, width - 2), high, room, not tall)
        self.page = min(self.page, len(self._pages) - 1)
        course = self.query_one("#course", Lines)
        course.styles.height = max(map(len, self._pages))
        course.set_lines(self._pages[self.page])
        under = self.query_one("#explained").styles
        under.height, under.padding = explained, (int(tall), 0, 0, 0)
        self._show_top()
        self._show_rows(cursor)
        self._explain()

    def _show_rows(self, cursor: int) -> None:
        now, is_private = self.desk.clock.now(), not self.is_presenting
        cells = [row_cells(row, self._time(row), now, is_private) for row in self.view.rows]
        self.rows.show_rows(COLUMNS, cells, cursor)

    def _time(self, row: PastRow) -> timedelta | None:
        """How long this marker took, where that is known; not for other eyes."""
        is_told = row.entry is not None and row.is_hers and not self.is_presenting
        return self._times.get(row.entry.script.id) if row.entry is not None and is_told else None

    def _show_top(self) -> None:
        view, width = self.view, self.app.size.width
        name = (show_line(view.student.name), "strong")
        left = [(of_group(", ".join(view.review.groups)), "accent"), name, ("   past marks", "quiet")]
        marked = len([work for work in view.works if work.share is not None])
        pieces = f"{len(view.works)} piece{'' if len(view.works) == 1 else 's'} of work"
        right = [(f"{marked} mark{'' if marked == 1 else 's'} in {pieces} ", "text")]
        if self.is_presenting:
            badge = (" PRESENT MODE ", "chosen")
            has_room = cell_len("".join(text for text, _ in (*left, badge, *right))) + 4 <= width
            right = [badge, *([("  ", "text"), *right] if has_room else [])]
        self.query_one("#top", Lines).set_line(spread(left, right, width))

    @on(Rows.Moved)
    def _explain(self) -> None:
        row, lines = self.chosen, list[Line]()
        if row is not None:
            width = min(WIDEST, self.app.size.width - 4)
            lines = about_row(row, width, self._time(row), not self.is_presenting, self._explaining)
        self.query_one("#explained", Lines).set_lines(lines)

    # -- the keys

    def action_turn(self, by: int) -> None:
        """The page before, or the next, round about."""
        self.page = (self.page + by) % len(self._pages)
        self.query_one("#course", Lines).set_lines(self._pages[self.page])
        self.tell_again()

    async def choose(self, index: int) -> None:
        """Open a finished marking as it was; a colleague's is only to be read."""
        row = self.chosen
        if row is None:
            return
        if row.past is None or row.is_begun:
            how_far = "is begun and not finished" if row.is_begun else "isn't marked yet"
            self.tell(f"That {how_far}: the list of its pile leads to it" if row.entry else "There is no script")
        elif row.is_hers and not self.is_presenting:
            await self._open(row, row.past.entry.script.id)
        else:
            await self._read(row)

    async def _open(self, row: PastRow, script_id: ScriptId) -> None:
        from markdesk.tui.screens.marking import MarkingScreen

        desk, order = self.desk, markdesk(self).opening.order

        def sit() -> Sitting:
            return Sitting(desk, row.assignment, order)

        sitting = await self.asked(sit)
        opened = await self.asked(lambda: sitting.open(script_id)) if sitting is not None else None
        if sitting is None or opened is None:
            return
        if self.app.screen is self:
            await self.app.push_screen(MarkingScreen(self.thread, sitting, opened))
        else:
            await self.thread.do(sitting.close)  # she has gone on meanwhile: nobody holds the essay

    async def _read(self, row: PastRow) -> None:
        """The essay as a page: nothing of it can be changed, and no way leads on to a classmate."""
        from markdesk.tui.reading_lines import reading_lines
        from markdesk.tui.screens.pages import PageScreen

        desk, past = self.desk, row.past
        assert past is not None
        reading = await self.asked(lambda: read_as_marked(desk, past.entry, past.rubric))
        if reading is not None and self.app.screen is self:
            lines = reading_lines(reading, past, row.told, min(WIDEST, self.app.size.width - 6))
            await self.app.push_screen(PageScreen(f"{past.entry.assignment.name}, {self.view.student.name}", lines))

    async def action_write_record(self) -> None:
        """Write the record, in a folder where the program was started; over another one at a second key."""
        desk, student, files = self.desk, self.view.student, markdesk(self).opening.giving_out()
        replaces = bool(self._there) and self._there == self._said[0]
        self._there = ""
        file = await self.asked(lambda: files.record(desk, student))
        if file is None:
            return
        if file.is_there and not replaces:
            again = self.keys.told("{student.record} once more replaces it")
            self._there = f"{show_line(file.path)} is there already: {again}"
            self.tell(self._there)
        elif await self.asked(lambda: files.put(file, replaces)) is not None:
            self.tell(f"The record is in {show_line(file.path)}", saved=True)

    async def action_plots(self) -> None:
        """The marks over time, the scales and the strands, large."""
        from markdesk.desk.charts import student_charts
        from markdesk.tui.screens.plots import open_plots

        view = self.view
        head = [(of_group(", ".join(view.review.groups)), "accent"), (show_line(view.student.name), "strong")]
        try:
            await open_plots(markdesk(self), head, student_charts(view))
        except MarkdeskError as error:
            self.tell(str(error))

    # -- grades

    async def action_grade(self, kind: str) -> None:
        """Type a grade, for today."""
        if self.is_presenting:
            self.tell(
                self.keys.told("Grades are typed when nobody else looks: {student.present} leaves the present mode")
            )
            return
        from markdesk.tui.widgets.editor import GradeBox

        self._grading = GradeKind(kind)
        now = self._grade_now
        await self.open_line(f" {kind.capitalize()} grade  ", GradeBox(value=now.value if now else ""), above="#foot")
        self.tell("")

    @property
    def _grade_now(self) -> Grade | None:
        """The grade in force of the kind that is typed."""
        return next((one for one in in_force(self.view.grades) if one.kind is self._grading), None)

    async def take(self, typed: str) -> bool:
        """Keep the grade that was typed."""
        desk, student, kind, now = self.desk, self.view.student, self._grading, self._grade_now
        if now is not None and typed.strip() == now.value:
            self.tell(f"{kind.capitalize()} grade: {now.value} as it was")
            return True
        # Nothing typed takes back the grade that stands, whenever it was typed.
        day = now.day if now is not None and not typed.strip() else desk.clock.today()

        def act() -> tuple[Step | None, StudentView | None]:
            step = type_grade(desk, student, kind, typed, day)
            return step, read_student(desk, student.id)

        done = await self.asked(act)
        if done is None:
            return False
        step, view = done
        if step is not None:
            self._typed.append(step)
        told = typed.strip() or (f"none from {tell_day(day)} any more" if step is not None else "none")
        self._take(view, f"{kind.capitalize()} grade: {told}", step is not None)
        return True

    async def action_undo(self) -> None:
        """Take back the grade that was typed last."""
        if not self._typed:
            self.tell("Nothing was typed here that could be taken back")
            return
        desk, student_id, step = self.desk, self.view.student.id, self._typed[-1]

        def undo() -> tuple[Step, StudentView | None]:
            return desk.take_back(step), read_student(desk, student_id)

        done = await self.asked(undo)
        if done is not None:
            self._typed.pop()
            self._take(done[1], done[0].label, True)

    def _take(self, view: StudentView | None, told: str, is_saved: bool) -> None:
        self.view = view or self.view
        self._show(self.rows.cursor)
        self.tell(told, saved=is_saved)

    # -- out

    def action_present(self) -> None:
        """For somebody else's eyes, or for one's own again."""
        self.is_presenting = not self.is_presenting
        self._show(self.rows.cursor)
        on = "Present mode: no classmates, no private notes, no search"
        self.tell(on if self.is_presenting else "The present mode is off")

    def action_back(self) -> None:
        """Off the screen; not in the present mode, where one key too many would show who else there is."""
        if self.is_presenting:
            self.tell(self.keys.told("{student.present} leaves the present mode"))
        else:
            self.workers.cancel_group(self, "read")
            self.dismiss()
