"""An import before it is done: files read behind the screen, each with whose it is, then one key."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress

from rich.cells import cell_len
from textual import on

from markdesk.core.coursework import Assignment
from markdesk.core.errors import MarkdeskError
from markdesk.core.ids import StudentId
from markdesk.core.plain import show_line
from markdesk.desk.handed_in import Listing
from markdesk.desk.import_preview import Fate, Preview, PreviewRow
from markdesk.tui.apart import apart
from markdesk.tui.at_home import markdesk
from markdesk.tui.bindings import priority_bindings_of
from markdesk.tui.screens.footed import Explaining
from markdesk.tui.side_lines import hanging
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.widgets.rows import Cell, Column, Rows
from markdesk.tui.words import Hint, clipped, spread

COLUMNS = (
    Column("", 7), Column("Student", 0), Column("File", 0), Column("Words", 6, True), Column("", 0, needs=100),
)  # fmt: skip
STYLES = {
    Fate.ASK: "weak", Fate.CHECK: "weigh", Fate.REFUSED: "weak", Fate.IMPORT: "good", Fate.UNCHANGED: "quiet",
    Fate.LEFT_OUT: "quiet",
}  # fmt: skip
WORDS = {
    Fate.ASK: "to say whose", Fate.CHECK: "by name, to check", Fate.REFUSED: "refused", Fate.IMPORT: "ready",
    Fate.UNCHANGED: "there already", Fate.LEFT_OUT: "left out",
}  # fmt: skip
EMPTY: tuple[Cell, ...] = (("", "quiet"), ("", "quiet"))
FAULTS = (Fate.ASK, Fate.REFUSED)
MOST_LINES = 5


class ImportScreen(Explaining[str]):
    """Look at what an import will do, decide what it can't know, and do it."""

    CSS_PATH = "import.tcss"
    ROOM = "preview"
    BINDINGS = priority_bindings_of(ROOM)
    AUTO_FOCUS = "Rows"

    def __init__(self, thread: StoreThread, assignment: Assignment, paths: list[str]) -> None:
        super().__init__()
        self.thread, self.assignment, self.paths = thread, assignment, paths
        self.preview: Preview | None = None
        self._stop = threading.Event()
        self._release: Callable[[], None] = lambda: None
        """Lets go of the archives that the essays lie in."""
        self._was_told = False
        """Whether it was said that leaving forgets what was decided."""
        self._acting = asyncio.Lock()

    def on_mount(self) -> None:
        self._show_top()
        self.tell("Looking …")
        self.run_worker(self._read(), exclusive=True)

    def on_unmount(self) -> None:
        self._stop.set()
        self._release()

    def on_resize(self) -> None:
        self._show_top()
        if self.preview is not None:
            self._show_said(self.preview)
        self._show_row()
        self.tell_again()

    # -- reading, behind the screen

    async def _read(self) -> None:
        app = markdesk(self)
        source, desk, shelf = app.opening.essays, app.desk, app.opening.shelf()
        assert desk is not None
        loop = asyncio.get_running_loop()

        def progress(done: int, total: int) -> None:
            with suppress(RuntimeError):  # the program has ended meanwhile
                loop.call_soon_threadsafe(self._show_progress, done, total)

        try:
            listing = await apart(lambda: source.look(self.paths))
            self._show_listing(listing)
            gathered = await apart(lambda: source.read_all(listing, progress, self._stop.is_set))
            self._release = gathered.release
            if not self.is_attached:  # left meanwhile
                self._release()
            preview = await self.thread.do(lambda: Preview(desk, shelf, self.assignment, gathered))
        except MarkdeskError as error:
            if self.is_attached:
                self.tell(str(error), "alert")
            return
        if self.is_attached:
            self.preview = preview
            self._show_rows(0)
            self.tell("")

    def _show_listing(self, listing: Listing) -> None:
        """What there is to read, while it is read."""
        if self.is_attached:
            rows: list[list[Cell]] = [
                [("…", "quiet"), (one.whose.name if one.whose else "", "quiet"), (one.file_name, "quiet"), *EMPTY]
                for one in listing.waiting
            ]
            self.rows.show_rows(COLUMNS, list(rows), 0)
            told = "   ".join(map(show_line, listing.notes))
            self.query_one("#said", Lines).set_line(((f" {len(rows)} files", "text"), (f"   {told}", "quiet")))

    def _show_progress(self, done: int, total: int) -> None:
        if self.is_attached and self.preview is None and total:
            filled = round(20 * done / total)
            bar = (f" {'▰' * filled}{'▱' * (20 - filled)}  ", "accent")
            stop = (self.keys.told("   {desk.back} "), "accent")
            self.set_foot([(bar, (f"Reading {done} of {total}", "text"), stop, ("stop", "quiet"))])

    # -- showing

    @property
    def row(self) -> PreviewRow | None:
        """The file under the cursor."""
        at = self.rows.cursor
        shown = self.preview.rows if self.preview else ()
        return shown[at] if 0 <= at < len(shown) else None

    @property
    def ready(self) -> int:
        """How many essays come in at the key."""
        return self.preview.count(Fate.IMPORT) + self.preview.count(Fate.CHECK) if self.preview else 0

    @property
    def hints(self) -> tuple[Hint, ...]:
        """Only the keys that do something to the file under the cursor."""
        row, preview, hints = self.row, self.preview, list[Hint]()
        if self.ready:
            hints.append((0, "{preview.take_in}", f"take {self.ready} in"))
        if row is not None and preview is not None and row.can_be_read:
            if row.proposals:
                hints.append((1, "{preview.proposal_1}", "as proposed"))
            if preview.knows_students:
                hints.append((2, "{preview.student}", "whose"))
            if any(preview.said_name(row.path)) and not row.is_new:
                hints.append((5, "{preview.new}", "new student"))
            if (count := len(preview.all_new)) > 1:
                hints.append((8, "{preview.all_new}", f"all {count} new"))
            out = "take it again" if row.fate is Fate.LEFT_OUT else "leave out"
            hints += [(4, "{preview.leave}", out), (6, "{list.open}", "read it")]
        return (*hints, (3, "{desk.back}", "back"), (7, "{desk.help}", "help"))

    def _show_top(self) -> None:
        head = [(" Import", "accent"), ("   for ", "quiet"), (show_line(self.assignment.name), "strong")]
        self.query_one("#top", Lines).set_line(spread(head, [], self.app.size.width))

    def _show_rows(self, cursor: int | None = None) -> None:
        preview = self.preview
        assert preview is not None
        cells: list[list[Cell]] = [_cells(row) for row in preview.rows]
        self.rows.show_rows(COLUMNS, list(cells), cursor)
        self._show_said(preview)
        self._show_row()

    def _show_said(self, preview: Preview) -> None:
        """What the import comes to, and what is told of all of it: beside it where there is room, else below."""
        counts = [f"{count} {WORDS[fate]}" for fate in Fate if (count := preview.count(fate))]
        told, width = f" {' · '.join(counts) or 'No essays were found'}", self.app.size.width
        notes = [show_line(note) for note in (*preview.gathered.notes, *preview.plan.notes)]
        if count := len(preview.gathered.skipped):
            stays = "1 other file stays" if count == 1 else f"{count} other files stay"
            notes.append(f"{stays} out: no essay, or an earlier attempt.")
        beside = "   ".join(notes)
        if cell_len(told) + cell_len(beside) + 4 <= width:
            lines: list[Line] = [((told, "text"), (f"   {beside}", "quiet"))]
        else:
            lines = [
                ((told, "text"),),
                *(line for note in notes for line in hanging("", "quiet", note, "quiet", 1, width)),
            ]
        self.query_one("#said", Lines).grow_to(lines)

    @on(Rows.Moved)
    def _show_row(self) -> None:
        """The file under the cursor: what is known of it, and who may have written it."""
        row, lines = self.row, list[Line]()
        width = self.app.size.width - 4
        if row is not None:
            if row.why:
                style = "text" if row.fate in FAULTS else "quiet"
                lines += hanging("", "quiet", row.why, style, 0, width)
            if row.proposals:
                told = "   ".join(f"{at} {show_line(one.name)}" for at, one in enumerate(row.proposals, start=1))
                lines += hanging("Is it", "quiet", told, "accent", 7, width)
        reason = len(lines)
        if row is not None:
            for note in row.notes:
                lines += hanging("· ", "quiet", note, "text", 2, width)
            if row.removed:
                them = "it" if row.removed == 1 else "them"
                left = f"{row.removed} line{'' if row.removed == 1 else 's'} left out: "
                lines.append(((left, "weigh"), (self.keys.told("{list.open} shows " + them), "quiet")))
            lines += hanging("", "quiet", row.path, "quiet", 0, width)
        # Why is readable in full, whatever the window; the rest as far as there is room.
        most = max(MOST_LINES, self.app.size.height // 3, reason + 1)
        if len(lines) > most:
            lines = [*lines[: most - 1], ((f"… {len(lines) - most + 1} more", "quiet"),)]
        explained = self.query_one("#explained", Lines)
        explained.styles.height = max(MOST_LINES, len(lines)) + 1
        explained.set_lines(lines)
        if self.preview is not None:
            self.tell("")

    # -- deciding

    async def _decide(self, decision: Callable[[Preview, str], None], goes_on: bool = True) -> None:
        """Decide something about the file under the cursor; the cursor goes on to the next that is asked about."""
        preview, row = self.preview, self.row
        if preview is None or row is None or not row.can_be_read:
            self.tell("This file can't be read, so there is nothing to decide" if row else "")
            return
        async with self._acting:
            try:
                await self.thread.do(lambda: decision(preview, row.path))
            except MarkdeskError as error:
                self.tell(str(error), "alert")
                return
        at = self.rows.cursor
        asked = [n for n, one in enumerate(preview.rows) if one.fate is Fate.ASK and n > at]
        was_asked = row.fate is Fate.ASK
        self._was_told = False
        self._show_rows(asked[0] if goes_on and was_asked and asked else at)

    async def action_propose(self, number: int) -> None:
        row = self.row
        if row is not None and number <= len(row.proposals):
            chosen = row.proposals[number - 1]
            await self._decide(lambda preview, path: preview.choose(path, chosen.id))

    async def action_student(self) -> None:
        """Choose whose it is among the class list, then everybody else."""
        preview, row = self.preview, self.row
        if preview is None or row is None or not row.can_be_read:
            return
        from markdesk.tui.screens.whose import WhoseScreen

        async def chosen(student: StudentId | None) -> None:
            if student is not None:
                await self._decide(lambda its, path: its.choose(path, student))

        students = await self.thread.do(lambda: list(preview.students))
        await self.app.push_screen(WhoseScreen(students, row.student, row.file_name), chosen)

    async def action_new_student(self) -> None:
        """Make a student of the name that the file tells."""
        preview, row = self.preview, self.row
        if preview is None or row is None or not row.can_be_read:
            return
        name = preview.said_name(row.path)
        if not any(name):
            self.tell("The file tells no name: name it 'Surname Forename', or choose whose it is")
            return
        await self._decide(lambda its, path: its.make_new(path, name))

    async def action_all_new(self) -> None:
        """Make students of everybody whom the class list doesn't have."""
        preview = self.preview
        if preview is None:
            return
        async with self._acting:
            count = await self.thread.do(preview.make_all_new)
        self._show_rows()
        self.tell(f"{count} new student{'' if count == 1 else 's'}" if count else "Nobody is left who could be new")

    async def action_leave_out(self) -> None:
        await self._decide(lambda preview, path: preview.leave_out(path))

    async def choose(self, index: int) -> None:
        """Read the file as it will come in."""
        preview, row = self.preview, self.row
        if preview is None or row is None or not row.can_be_read:
            return
        from markdesk.tui.screens.file_text import FileTextScreen

        await self.app.push_screen(FileTextScreen(self.thread, preview, row), lambda _: self._show_rows())

    # -- doing it

    async def action_take_in(self) -> None:
        """Take in what is ready, as one step, and open the list of the pile."""
        preview = self.preview
        if preview is None:
            return
        if not preview.plan.does_something:
            self.tell("There is nothing to take in")
            return
        async with self._acting:
            try:
                done = await self.thread.do(preview.take_in)
            except MarkdeskError as error:
                self.tell(f"NOTHING WAS TAKEN IN: {error}", "alert")
                return
        count = len(done.taken)
        told = f"{count} essay{'' if count == 1 else 's'} taken in" if count else "Taken in"
        rest = f" · left over: {done.left_over}. To see them, bring the same in again" if done.left_over else ""
        self.dismiss(told + rest)

    def action_back(self) -> None:
        """Leave; what was decided is lost, so that it is said first."""
        count = len(self.preview.choices) if self.preview else 0
        if count and not self._was_told:
            self._was_told = True
            told = self.keys.told("{desk.back} once more leaves, and forgets what you decided about ")
            self.tell(f"{told}{count} file{'' if count == 1 else 's'}")
            return
        self._stop.set()
        self.dismiss("")


def _cells(row: PreviewRow) -> list[Cell]:
    style = STYLES[row.fate]
    name_style = "quiet" if row.fate in (Fate.UNCHANGED, Fate.LEFT_OUT) else "text"
    new = " (new)" if row.is_new else f" (version {row.version})" if row.version > 1 else ""
    told = row.why if row.fate in FAULTS else " ".join(row.notes)
    removed = f"{row.removed} line{'' if row.removed == 1 else 's'} left out" if row.removed else ""
    remarks = " · ".join(filter(None, (removed, told)))
    return [
        (row.fate.sign, style),
        (f"{row.student}{new}", name_style),
        (row.file_name, "quiet"),
        ("" if row.words is None else str(row.words), "quiet"),
        (clipped(remarks, 80), "quiet"),
    ]
