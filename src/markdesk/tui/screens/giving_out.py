"""Giving out: what goes out of a pile, in which format, into which folder; shown before it is written."""

import asyncio
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.message import Message

from markdesk.core.errors import MarkdeskError
from markdesk.core.ids import AssignmentId
from markdesk.core.plain import show_line
from markdesk.desk.anonymous import called
from markdesk.desk.giving_out import OutFile, Outlook, Product, Written
from markdesk.desk.giving_out_form import GivingOutForm
from markdesk.tui.bindings import priority_bindings_of
from markdesk.tui.refusals import refusals_are_told
from markdesk.tui.screens.footed import Taking
from markdesk.tui.side_lines import hanging
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.widgets.rows import Cell, Column, Rows
from markdesk.tui.words import Hint, path_typed, spread

if TYPE_CHECKING:
    from markdesk.tui.app import MarkdeskApp

COLUMNS = (Column("", 13), Column("", 0))


class Choices(Rows):
    """What is chosen: so few lines that they all stand there. A page on is one of what is listed below them."""

    class Paged(Message):
        """A page of the list is wanted, on (1) or back (-1)."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def action_page(self, by: int) -> None:
        self.post_message(self.Paged(by))


class GivingOutScreen(Taking[str]):
    """Choose, look at what will be written, and write it."""

    CSS_PATH = "giving_out.tcss"
    ROOM = "giving out"
    BINDINGS = priority_bindings_of(ROOM)
    AUTO_FOCUS = "Rows"

    def __init__(self, thread: StoreThread, form: GivingOutForm) -> None:
        super().__init__()
        self.thread, self.form = thread, form
        self.outlook: Outlook | None = None
        self.written: Written | None = None
        self._fault = ""
        """Why there is nothing to give out."""
        self._stop = threading.Event()
        self._acting = asyncio.Lock()
        self.is_writing = False
        self._was_asked = False
        """Whether it was said that files are there already, and will be replaced."""

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        yield Lines(id="said")
        yield Choices(id="rows")
        yield Lines(id="explained")
        yield Lines(id="foot")

    async def on_mount(self) -> None:
        self._show_choices(0)
        self.tell("")
        await self._look()

    def on_unmount(self) -> None:
        self._stop.set()

    def on_resize(self) -> None:
        self._show_choices()
        self._show_outlook()
        self.tell_again()

    # -- showing

    @property
    def rows(self) -> Rows:
        return self.query_one(Rows)

    @property
    def explained(self) -> Lines:
        """What the chosen line means, and below it who is left out and every file."""
        return self.query_one("#explained", Lines)

    @property
    def hints(self) -> tuple[Hint, ...]:
        if self.is_writing:
            return ((1, "{desk.back}", "stop"),)
        if self.is_typing:
            return ((0, "{path.take}", "take it"), (1, "{path.leave}", "leave it as it was"))
        hints: list[Hint] = []
        if self.outlook is not None:
            hints.append((0, "{giving_out.write}", "write"))
        hints += [(2, "{giving_out.next}", "change"), (5, "{giving_out.folder}", "into which folder")]
        if self.written is not None and self.written.paths:
            hints.append((1, "{giving_out.open}", "open it"))
        if self.explained.max_scroll_y:
            hints.append((2, "{list.page_down}", "all of the list"))
        return (*hints, (3, "{desk.back}", "back"), (4, "{desk.help}", "help"))

    def _show_choices(self, cursor: int | None = None) -> None:
        head = [(" Give out", "accent"), ("   of ", "quiet"), (show_line(self.form.assignment.name), "strong")]
        self.query_one("#top", Lines).set_line(spread(head, [], self.app.size.width))
        rows: list[list[Cell]] = [
            [(line.label, "quiet"), (f"‹ {line.value} ›" if line.count else line.value, "text")]
            for line in self.form.lines
        ]
        self.rows.show_rows(COLUMNS, list(rows), cursor)

    @on(Rows.Moved)
    def _show_outlook(self) -> None:
        """What the chosen line means, who is left out, and what will be written or was."""
        said = self.query_one("#said", Lines)
        width = self.app.size.width - 4
        notes = [line.note for line in self.form.lines]
        at = self.rows.cursor
        lines: list[Line] = [((notes[at] if 0 <= at < len(notes) else "", "quiet"),), ()]
        if self._fault:
            said.set_line(((f" {self._fault}", "alert"),))
        elif self.outlook is not None:
            said.set_line(_summary(self.outlook, self.written))
            for entry, why in self.outlook.left_out:
                lines += hanging("– ", "weak", f"Left out: {called(entry)} {why}.", "text", 2, width)
            for caution in self.outlook.cautions:
                lines += hanging("! ", "weak", caution, "text", 2, width)
            done = set(self.written.paths) if self.written else set()
            for file in self.outlook.files:
                lines += hanging(*_sign(file, done), f"{file.name}   {file.whose}", "quiet", 2, width)
        self.explained.set_lines(lines)

    @on(Choices.Paged)
    def _page(self, event: Choices.Paged) -> None:
        room = max(1, self.explained.size.height - 1)
        self.explained.scroll_relative(y=event.by * room, animate=False, immediate=True)

    async def _look(self) -> None:
        """Work out what would be written."""
        form = self.form
        self.written, self._fault, self._was_asked = None, "", False
        try:
            self.outlook = await self.thread.do(form.outlook)
        except MarkdeskError as error:
            self.outlook, self._fault = None, str(error)
        if self.is_attached:
            self._show_outlook()
            self.explained.scroll_to(y=0, animate=False, immediate=True)
            self.tell("")

    # -- the keys

    async def action_turn(self, by: int) -> None:
        """Another value for the line under the cursor."""
        at, form = self.rows.cursor, self.form
        if self.is_writing:
            return
        if at == form.folder_line:
            await self.action_folder()
            return
        async with self._acting:
            try:
                await self.thread.do(lambda: form.step(at, by))
            except MarkdeskError as error:
                self.tell(str(error), "alert")
                return
            self._show_choices()
            await self._look()

    async def choose(self, index: int) -> None:
        await self.action_turn(1)

    async def action_folder(self) -> None:
        """Type into which folder."""
        if self.is_writing:
            return
        from markdesk.tui.widgets.editor import PathBox

        box = PathBox(value=self.form.wanted.folder, select_on_focus=False)
        await self.open_line(self.keys.brief(" {giving_out.folder} "), box, above="#foot")
        self.tell("")

    async def take(self, typed: str) -> bool:
        """The files go into the folder that was typed."""
        folder, form = path_typed(typed), self.form
        if folder:
            try:
                await self.thread.do(lambda: form.go_to(folder))
            except MarkdeskError as error:
                self.tell(str(error), "alert")
                return False
            self._show_choices()
            await self._look()
        return True

    async def action_write(self) -> None:
        """Write what is shown; Esc stops between two files."""
        outlook, form = self.outlook, self.form
        if outlook is None or self.is_writing:
            return
        if outlook.there and not self._was_asked:
            self._was_asked = True
            again = self.keys.told("{giving_out.write} once more replaces")
            one = outlook.there == 1
            self.tell(
                f"{outlook.there} file{' is' if one else 's are'} there already: {again} {'it' if one else 'them'}"
            )
            return
        loop = asyncio.get_running_loop()

        def progress(done: int, total: int) -> None:
            with suppress(RuntimeError):  # the program has ended meanwhile
                loop.call_soon_threadsafe(self._show_progress, done, total)

        self._stop.clear()
        self.is_writing = True
        try:
            self._show_progress(0, len(outlook.files))
            self.written = await self.thread.do(lambda: form.write(outlook, progress, self._stop.is_set))
        except MarkdeskError as error:
            self.is_writing = False
            self.tell(str(error), "alert")
            return
        finally:
            self.is_writing = False
        if self.is_attached:
            self._show_outlook()
            self.tell(_told(self.written, outlook), saved=not self.written.was_stopped)

    def _show_progress(self, done: int, total: int) -> None:
        if self.is_attached and self.is_writing and total:
            filled = round(20 * done / total)
            bar = (f" {'▰' * filled}{'▱' * (20 - filled)}  ", "accent")
            stop = (self.keys.told("   {desk.back} "), "accent")
            self.set_foot([(bar, (f"Writing {done} of {total}", "text"), stop, ("stop", "quiet"))])

    async def action_open(self) -> None:
        """Open the file that was written; where there are several, their folder."""
        written = self.written
        if written is None or not written.paths:
            self.tell("Nothing is written yet")
            return
        path = written.paths[0] if len(written.paths) == 1 else self.form.wanted.folder
        files = self.form.files
        fault = await self.thread.do(lambda: files.show(path))
        if fault:
            self.tell(f"It can't be opened: {fault}. It is {show_line(path)}", "alert")
        else:
            self.tell(f"Opened {show_line(path)}")

    def action_back(self) -> None:
        """Stop the writing, else leave."""
        if self.is_writing:
            self._stop.set()
            return
        self.dismiss("")


def _summary(outlook: Outlook, written: Written | None) -> Line:
    count, there = len(outlook.files), outlook.there
    if written is not None:
        return ((f" {len(written.paths)} of {count} file{'' if count == 1 else 's'} written", "good"),)
    replaced = f"{there} there already, to be replaced" if there else ""
    left = f"{len(outlook.left_out)} left out" if outlook.left_out else ""
    told = "   ".join(filter(None, (replaced, left)))
    return ((f" {count} file{'' if count == 1 else 's'}", "text"), (f"   {told}", "weigh"))


def _sign(file: OutFile, done: set[str]) -> tuple[str, str]:
    if file.path in done:
        return "✓ ", "good"
    return ("↻ ", "weigh") if file.is_there else ("+ ", "quiet")


def _told(written: Written, outlook: Outlook) -> str:
    count = len(written.paths)
    where = f"in {show_line(outlook.wanted.folder)}"
    if written.was_stopped:
        return f"Stopped: {count} of {len(outlook.files)} files were written, each of them whole, {where}"
    parts = [
        f"{number} {word}"
        for number, word in ((written.new, "new"), (written.replaced, "replaced"), (written.same, "just as they were"))
        if number
    ]
    return f"{count} file{'' if count == 1 else 's'} {where}: {', '.join(parts)}"


@refusals_are_told
async def open_giving_out(app: "MarkdeskApp", assignment_id: AssignmentId, product: str) -> None:
    """The screen for an assignment as it stands now."""
    desk, files = app.desk, app.opening.giving_out()
    assert desk is not None

    def form() -> GivingOutForm:
        assignment = next(one for one in desk.store.assignments() if one.id == assignment_id)
        return GivingOutForm(desk, assignment, files, Product(product))

    await app.push_screen(GivingOutScreen(app.thread, await app.thread.do(form)))
