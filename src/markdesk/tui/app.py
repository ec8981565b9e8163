"""The app: themes, the store thread, the way from screen to screen, and the way out."""

import asyncio
import signal
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from textual.app import App, SystemCommand
from textual.screen import Screen

from markdesk.core.errors import MarkdeskError
from markdesk.core.ids import AssignmentId, ScriptId, StudentId
from markdesk.core.plain import show
from markdesk.desk.desk import Desk
from markdesk.desk.rubrics import RubricShelf
from markdesk.desk.sitting import Sitting
from markdesk.tui.screens.library import LibraryScreen
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.themes import THEMES


@dataclass(frozen=True, slots=True)
class Opening:
    """How the program is opened, and what it may call. Made in ``bootstrap``."""

    open_desk: Callable[[], Desk]
    """Opens the store; called on the store's thread, after the first frame."""
    shelf: Callable[[], RubricShelf]
    write_sheets: Callable[[Desk, AssignmentId], tuple[int, Path]]
    """Writes an assignment's mark sheets; gives how many and where."""
    title: str = ""
    theme: str = "dark"
    assignment: str = ""
    script: str = ""
    order: str = "random"


class MarkdeskApp(App[None]):
    """markdesk on a terminal."""

    TITLE = "markdesk"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS = []

    def __init__(self, opening: Opening) -> None:
        super().__init__()
        self.opening = opening
        self.thread = StoreThread()
        self.desk: Desk | None = None
        self.library = LibraryScreen(self.thread)
        self.refusal: MarkdeskError | None = None
        """Why the desk couldn't be opened; said once the terminal is given back."""
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = THEMES[opening.theme].name

    def get_default_screen(self) -> Screen[None]:
        return self.library

    def on_mount(self) -> None:
        self._catch_signals()
        self.call_after_refresh(self._open)

    def _catch_signals(self) -> None:
        """A closed window or a logout is a way out like any other: what is being typed is kept."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None:
                try:
                    loop.add_signal_handler(number, self._leave, 128 + number)
                except (NotImplementedError, RuntimeError):
                    signal.signal(number, lambda *_, code=128 + number: self._leave(code))

    def _leave(self, code: int) -> None:
        self.keep_everything()
        self.exit(return_code=code)

    def keep_everything(self) -> None:
        """Keep half-typed words and the place, at once."""
        from markdesk.tui.screens.marking import MarkingScreen

        for screen in self.screen_stack:
            if isinstance(screen, MarkingScreen):
                drafts, opened, keep_place = screen.drafts_to_keep(), screen.opened, screen.place_keeper()
                try:
                    self.thread.do_now(lambda: opened.keep_drafts(drafts))  # noqa: B023
                    self.thread.do_now(keep_place)
                except MarkdeskError as error:
                    self.refusal = error

    async def action_quit(self) -> None:
        self.keep_everything()
        self.exit()

    # -- opening

    async def _open(self) -> None:
        opening = self.opening
        try:
            desk = self.desk = await self.thread.do(opening.open_desk)
            if opening.script or opening.assignment:
                await self._open_pile(desk, opening.assignment, opening.script)
            else:
                await self.show_library()
        except MarkdeskError as error:
            self.refusal = error
            self.exit(return_code=error.exit_code)
            return
        self._thaw()

    @staticmethod
    def _thaw() -> None:
        """The garbage collector was off for a quick start; what is loaded now is here to stay."""
        import gc

        gc.freeze()
        gc.enable()

    async def show_library(self) -> None:
        """Read the desk and list what is on it."""
        desk = self._desk
        overviews, place = await self.thread.do(
            lambda: (desk.store.overview(desk.marker.id), desk.store.place(desk.marker.id))
        )
        self.library.show_desk(overviews, place, self.opening.title)

    @property
    def _desk(self) -> Desk:
        assert self.desk is not None
        return self.desk

    async def _open_pile(self, desk: Desk, assignment_id: str, script_id: str) -> None:
        """Straight to the marking screen: one script, or where the marker left the pile."""

        def prepare() -> tuple[Sitting, ScriptId | None]:
            if script_id:
                entry = desk.store.entries(desk.marker.id, script_id=ScriptId(script_id))[0]
                return Sitting(desk, entry.assignment, self.opening.order), entry.script.id
            assignment = next(a for a in desk.store.assignments() if a.id == assignment_id)
            sitting = Sitting(desk, assignment, self.opening.order)
            place = desk.store.place(desk.marker.id)
            if place is not None and place.assignment_id == assignment_id and not sitting.is_done(place.script_id):
                return sitting, place.script_id
            first = sitting.next_unmarked()
            return sitting, first or (sitting.entries[0].script.id if sitting.entries else None)

        sitting, script = await self.thread.do(prepare)
        if script is None:
            raise MarkdeskError(f"'{sitting.assignment.name}' has no scripts yet.", "Bring some in: 'markdesk import'.")
        await self._push_marking(sitting, script)
        await self.show_library()

    async def _push_marking(self, sitting: Sitting, script: ScriptId) -> None:
        from markdesk.tui.screens.marking import MarkingScreen

        opened = await self.thread.do(lambda: sitting.open(script))
        screen = MarkingScreen(self.thread, sitting, opened)
        await self.push_screen(screen, callback=lambda _: self.call_next(self.show_library))

    async def _sitting(self, assignment_id: str) -> Sitting:
        desk = self._desk

        def prepare() -> Sitting:
            assignment = next(a for a in desk.store.assignments() if a.id == assignment_id)
            return Sitting(desk, assignment, self.opening.order)

        return await self.thread.do(prepare)

    # -- from screen to screen

    async def action_open_queue(self, assignment_id: str) -> None:
        from markdesk.tui.screens.queue import QueueScreen

        sitting = await self._sitting(assignment_id)
        await self.push_screen(QueueScreen(self.thread, sitting), callback=lambda _: self.call_next(self.show_library))

    async def action_open_script(self, assignment_id: str, script_id: str) -> None:
        from markdesk.tui.screens.queue import QueueScreen

        queue = self.screen
        same = isinstance(queue, QueueScreen) and queue.sitting.assignment.id == assignment_id
        sitting = queue.sitting if isinstance(queue, QueueScreen) and same else await self._sitting(assignment_id)
        await self._push_marking(sitting, ScriptId(script_id))

    async def action_open_students(self) -> None:
        from markdesk.tui.screens.pages import StudentsScreen

        desk = self._desk

        def ask() -> list[tuple[object, int]]:
            entries = desk.store.entries(desk.marker.id)
            students = sorted(desk.store.students(), key=lambda student: student.sort_key)
            marked = [entry.student.id for entry in entries if entry.header is not None]
            return [(student, marked.count(student.id)) for student in students]

        found = await self.thread.do(ask)
        await self.push_screen(StudentsScreen(found))  # type: ignore[arg-type]

    async def action_open_student(self, student_id: str) -> None:
        from markdesk.tui.screens.pages import PageScreen, student_lines

        desk, width = self._desk, min(100, self.size.width - 6)

        def ask() -> tuple[str, list[tuple[object, object]]]:
            entries = desk.store.entries(desk.marker.id, student_id=StudentId(student_id))
            begun = [(e, desk.store.rubric(e.header.rubric_hash)) for e in entries if e.header is not None]
            return (entries[0].student.name if entries else ""), list(begun)

        name, begun = await self.thread.do(ask)
        await self.push_screen(PageScreen(show(name), student_lines(begun, width)))  # type: ignore[arg-type]

    async def action_open_review(self, assignment_id: str) -> None:
        from markdesk.tui.screens.pages import PageScreen, review_lines

        sitting = await self._sitting(assignment_id)
        await self.push_screen(PageScreen(sitting.assignment.name, review_lines(sitting)))

    async def action_open_schemes(self) -> None:
        from markdesk.tui.screens.pages import PageScreen, scheme_pages

        width = min(100, self.size.width - 6)
        try:
            rubrics = await self.thread.do(lambda: self.opening.shelf().all())
        except MarkdeskError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        await self.push_screen(PageScreen("Mark schemes", scheme_pages(list(rubrics), width)))

    async def action_show_help(self, screen: str) -> None:
        from markdesk.tui.screens.pages import PageScreen, help_lines

        await self.push_screen(PageScreen(f"Keys: {screen}", help_lines(screen)))

    async def action_help(self) -> None:
        from markdesk.tui.screens.marking import MarkingScreen

        await self.action_show_help("marking" if isinstance(self.screen, MarkingScreen) else "library")

    async def action_export(self, assignment_id: str) -> None:
        desk = self._desk
        try:
            count, folder = await self.thread.do(lambda: self.opening.write_sheets(desk, AssignmentId(assignment_id)))
        except MarkdeskError as error:
            told = str(error)
        else:
            told = f"{count} mark sheets written to {folder}"
        tell = getattr(self.screen, "tell", None)
        if tell is not None:
            tell(told)

    def action_switch_theme(self) -> None:
        dark, light = THEMES["dark"].name, THEMES["light"].name
        self.theme = light if self.theme == dark else dark

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette offers everywhere. No screenshot: it would put a student's words in a picture file."""
        yield SystemCommand("Light or dark", "Change the theme", self.action_switch_theme)
        yield SystemCommand("Students", "Past marks by student", self.action_open_students)
        yield SystemCommand("Mark schemes", "Every scheme and its provenance", self.action_open_schemes)
        yield SystemCommand("Keys", "The keys of this screen", self.action_help)
        yield SystemCommand("Quit", "Everything is saved", self.action_quit)

    def _fatal_error(self) -> None:
        """One plain line instead of a traceback, which would print students' names and words."""
        error = sys.exc_info()[1]
        where = ""
        trace = error.__traceback__ if error else None
        while trace is not None:
            code = trace.tb_frame.f_code
            where = f" in {Path(code.co_filename).name} line {trace.tb_lineno}"
            trace = trace.tb_next
        told = f"markdesk stopped because of a fault in the program: {type(error).__name__}{where}."
        self.fault = f"{told} Everything saved is kept."
        self._close_messages_no_wait()

    fault = ""


def run_app(opening: Opening) -> int:
    """Open the screens; the exit code once they are closed. A refusal or a fault is said on stderr."""
    app = MarkdeskApp(opening)
    try:
        app.run()
    finally:
        app.thread.close()
    if app.fault:
        sys.stderr.write(app.fault + "\n")
        return 1
    if app.refusal is not None:
        sys.stderr.write(show(str(app.refusal)) + "\n")
        return app.refusal.exit_code
    return app.return_code or 0
