"""The app: themes, the store thread, the way from screen to screen, and the way out."""

import asyncio
import signal
import sys
import threading
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.app import App, SystemCommand
from textual.filter import LineFilter
from textual.screen import Screen

from markdesk.core.errors import MarkdeskError
from markdesk.core.ids import AssignmentId, ScriptId
from markdesk.desk.desk import Desk
from markdesk.tui.bindings import EVERYWHERE, bound
from markdesk.tui.keys_in_use import KeysInUse
from markdesk.tui.opening import First, Opening, read_first, read_library
from markdesk.tui.palette import WITHOUT_COLOURS
from markdesk.tui.refusals import refusals_are_told, tell_on
from markdesk.tui.screens.library import LibraryScreen
from markdesk.tui.screens.room import TypedOn, is_presented
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.themes import PLAIN, THEMES, TOLD

if TYPE_CHECKING:
    from markdesk.desk.bank import CommentBank
    from markdesk.desk.rewording import BankActs
    from markdesk.desk.rubrics import Listed
    from markdesk.desk.scheme_files import Written
    from markdesk.desk.scheme_form import SchemeForm
    from markdesk.desk.sitting import Sitting


class MarkdeskApp(App[None]):
    """markdesk on a terminal.

    ``first`` is what was read already; without it the desk is opened behind a first frame.
    """

    TITLE = "markdesk"
    ENABLE_COMMAND_PALETTE = True
    MODES = {"library": LibraryScreen}
    BINDINGS = bound(EVERYWHERE, priority=True)

    def __init__(self, opening: Opening, first: First | None = None) -> None:
        is_essay = first is not None and first.essay is not None
        # Textual reads a screen's own CSS only when it is pushed, which the first one never is.
        super().__init__(css_path=f"screens/{'marking' if is_essay else 'lists'}.tcss")
        self.opening = opening
        self.first = first
        self.thread = StoreThread()
        self.desk: Desk | None = first.desk if first else None
        self.refusal: MarkdeskError | None = None
        """Why the desk couldn't be opened; said once the terminal is given back."""
        self.inputs = 0
        """How many keys and clicks there have been."""
        for theme in THEMES.values():
            self.register_theme(theme)
        self.keys = KeysInUse(opening.keymap)
        if opening.keymap.keys:
            self.set_keymap(self.keys.for_textual())
        self._keymap_fault = opening.keymap_fault
        """Why her keymap isn't used, until that is told."""
        self.theme = THEMES[PLAIN if self.no_color else opening.theme].name

    def get_default_screen(self) -> Screen[None]:
        """The first screen. Textual never takes it away again, so the library is a mode beside an essay."""
        first = self.first
        if first is not None and first.sitting is not None and first.essay is not None:
            from markdesk.tui.screens.marking import MarkingScreen

            return MarkingScreen(self.thread, first.sitting, first.essay)
        if first is not None and first.grid is not None:
            from markdesk.tui.screens.grid import GridScreen

            return GridScreen(self.thread, first.desk, first.grid)
        return LibraryScreen(first.library if first else None)

    async def on_event(self, event: events.Event) -> None:
        """Count what the teacher does: what is read behind moves no cursor once she has done something."""
        if isinstance(event, (events.Key, events.MouseDown)) and not event.is_forwarded:
            self.inputs += 1
        await super().on_event(event)

    def on_mount(self) -> None:
        self._catch_signals()
        self.call_after_refresh(self.settle if self.first else self._open_behind)
        self.call_after_refresh(self._tell_faults)
        self.call_after_refresh(self._clear_left_overs)

    def _clear_left_overs(self) -> None:
        """Take away copies of scans that a killed program left: behind the first frame, and nobody waits for it."""
        threading.Thread(target=self.opening.scans.clear_left_overs, name="left overs", daemon=True).start()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Under NO_COLOR not one colour is sent, which Textual's own filter would make grey."""
        return WITHOUT_COLOURS if self.no_color else super().get_line_filters()

    def on_resize(self) -> None:
        # The new size is known only once Textual comes to rest: a screen that is put up before is told the old one.
        self.call_after_refresh(self._look_at_window)

    async def _look_at_window(self) -> None:
        from markdesk.tui.screens.small import SmallScreen, is_too_small

        if is_too_small(self.size) and not isinstance(self.screen, SmallScreen):
            await self.push_screen(SmallScreen())

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
        """Keep what can be kept in this instant; then once more, when the keys on their way have arrived."""
        self.keep_everything()
        self.call_later(self._leave_tidily, code)

    async def _leave_tidily(self, code: int) -> None:
        await self._let_keys_arrive()
        self.keep_everything()
        self.exit(return_code=code)

    async def _let_keys_arrive(self) -> None:
        for screen in self._typed_on:
            await screen.let_keys_arrive()

    @property
    def _typed_on(self) -> list[TypedOn]:
        # From below upwards: of several essays it is the topmost whose place is kept last, and so found again.
        return [screen for screen in self.screen_stack if isinstance(screen, TypedOn)]

    def keep_everything(self) -> None:
        """Keep half-typed words and the place, at once."""
        for screen in self._typed_on:
            try:
                self.thread.do_now(screen.keeper())
            except MarkdeskError as error:
                self.refusal = error

    async def action_quit(self) -> None:
        await self._let_keys_arrive()
        self.keep_everything()
        self.exit()

    # -- opening

    async def _open_behind(self) -> None:
        """Make the desk while the first frame stands."""
        try:
            first = await self.thread.do(lambda: read_first(self.opening))
        except MarkdeskError as error:
            self.refusal = error
            self.exit(return_code=error.exit_code)
            return
        self.desk = first.desk
        if isinstance(self.screen, LibraryScreen) and first.library is not None:
            self.screen.show_desk(first.library)
        self.settle()

    def settle(self) -> None:
        """What is done once the first frame stands."""
        from markdesk.tui.settling import settle

        settle(self)

    @refusals_are_told
    async def read_library(self) -> None:
        """Read again what the library lists, and show it if it is on the screen."""
        if self.desk is not None:
            desk = self.desk
            library = await self.thread.do(lambda: read_library(desk, self.opening.order))
            if isinstance(self.screen, LibraryScreen):
                self.screen.show_desk(library)

    async def comment_bank(self) -> "CommentBank":
        """The comments that can be used again; read once, when they are first wanted."""
        if self._bank is None:
            desk = self._desk
            self._bank = await self.thread.do(lambda: self.opening.bank(desk))
        return self._bank

    _bank: "CommentBank | None" = None

    @property
    def bank_in_hand(self) -> "CommentBank | None":
        """The bank if it has been read: what was just written is added to it."""
        return self._bank

    def faults(self) -> tuple[str, ...]:
        """What of the teacher's own keys and stamps isn't used where an essay is marked, and why; told once."""
        told = (self._take_keymap_fault(), *self._take_stamp_faults())
        return tuple(filter(None, told))

    def _tell_faults(self) -> None:
        """Where no essay has told it."""
        if fault := self._take_keymap_fault():
            tell_on(self, fault)

    def _take_keymap_fault(self) -> str:
        fault, self._keymap_fault = self._keymap_fault, ""
        return fault

    def _take_stamp_faults(self) -> tuple[str, ...]:
        told, self._stamps_told = self._stamps_told, True
        faults = () if told or self.desk is None else self.desk.stamp_sets.faults
        if len(faults) > 1:
            return (faults[0], f"{len(faults) - 1} more of your stamp sets: 'markdesk stamps list' says what.")
        return faults

    _stamps_told = False

    def forget_bank(self) -> None:
        """Read it anew when it is next wanted."""
        self._bank = None

    @cached_property
    def bank_acts(self) -> "BankActs":
        """What was done to the bank in this window, and the way back."""
        from markdesk.desk.rewording import BankActs

        return BankActs(self._desk, self.opening.bank)

    async def changed_schemes(self) -> dict[str, str]:
        """What became of each assignment's scheme, where its file says something else by now."""
        from markdesk.desk.stale import changed_schemes, told

        if self.desk is None:
            return {}
        desk = self.desk
        try:
            found = await self.thread.do(lambda: changed_schemes(desk.store, self.opening.shelf()))
        except MarkdeskError:
            return {}  # whatever it is, the marking itself will say so
        return {assignment_id: told(comparison) for assignment_id, comparison in found.items()}

    @property
    def _desk(self) -> Desk:
        """Raises MarkdeskError for a key that was quicker than the desk, which is opened behind the first frame."""
        if self.desk is None:
            raise MarkdeskError("The desk is still being opened.", "Press the key again in a moment.")
        return self.desk

    async def _sitting(self, assignment_id: str) -> "Sitting":
        from markdesk.desk.sitting import sitting_of
        from markdesk.tui.withheld import refuse_beside_unmarked

        refuse_beside_unmarked(self, assignment_id)
        desk = self._desk
        return await self.thread.do(lambda: sitting_of(desk, AssignmentId(assignment_id), self.opening.order))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While somebody else looks at a student's past marks, no key leads to a search or the palette."""
        is_shut = action in ("search", "command_palette") and any(map(is_presented, self.screen_stack))
        return False if is_shut else super().check_action(action, parameters)

    # -- from screen to screen

    def action_open_sample(self) -> None:
        """Leave this desk for the sample class."""
        self.wants_sample = True
        self.exit()

    wants_sample = False

    async def leave_first_essay(self, sitting: "Sitting") -> None:
        """From the essay that the program was opened with to the list of its pile, with the library under it."""
        from markdesk.tui.screens.queue import QueueScreen

        with self.batch_update():
            await self.switch_mode("library")
            await self.push_screen(QueueScreen(self.thread, sitting))

    @refusals_are_told
    async def action_open_queue(self, assignment_id: str, told: str = "") -> None:
        """The list of a pile, with what is to be said in it."""
        from markdesk.tui.screens.queue import QueueScreen

        sitting = await self._sitting(assignment_id)
        await self.push_screen(QueueScreen(self.thread, sitting, told))

    @refusals_are_told
    async def action_open_script(self, assignment_id: str, script_id: str) -> None:
        """Open an essay, with the list of its pile under it: Esc leads there."""
        from markdesk.tui.screens.marking import MarkingScreen
        from markdesk.tui.screens.queue import QueueScreen

        queue = self.screen
        has_list = isinstance(queue, QueueScreen) and queue.sitting.assignment.id == assignment_id
        sitting = queue.sitting if isinstance(queue, QueueScreen) and has_list else await self._sitting(assignment_id)
        opened = await self.thread.do(lambda: sitting.open(ScriptId(script_id)))
        with self.batch_update():
            if not has_list:
                await self.push_screen(QueueScreen(self.thread, sitting))
            await self.push_screen(MarkingScreen(self.thread, sitting, opened))

    @refusals_are_told
    async def action_open_students(self) -> None:
        from markdesk.desk.student_list import listed_students
        from markdesk.tui.screens.pages import StudentsScreen

        desk = self._desk
        await self.push_screen(StudentsScreen(await self.thread.do(lambda: listed_students(desk))))

    @refusals_are_told
    async def action_open_student(self, student_id: str) -> None:
        from markdesk.tui.screens.student import open_student

        await open_student(self, self._desk, student_id)

    @refusals_are_told
    async def action_open_review(self, assignment_id: str) -> None:
        from markdesk.tui.screens.review import open_review
        from markdesk.tui.withheld import refuse_beside_unmarked

        refuse_beside_unmarked(self)
        await open_review(self, self._desk, assignment_id)

    @refusals_are_told
    async def action_open_schemes(self) -> None:
        from markdesk.tui.screens.schemes import SchemesScreen

        if not isinstance(self.screen, SchemesScreen):
            await self.push_screen(SchemesScreen(self.thread, self.opening))

    @refusals_are_told
    async def open_scheme(self, listed: "Listed") -> None:
        """One scheme on the whole screen, with the panel that essays are marked beside."""
        from markdesk.tui.screens.scheme import SchemeScreen

        desk = self._desk
        sets = await self.thread.do(lambda: desk.stamp_sets)
        await self.push_screen(SchemeScreen(listed, sets))

    @refusals_are_told
    async def open_scheme_form(self, name: str) -> None:
        """The form for a scheme: a new one begun from another, or one of her own; as she left it, where she did."""
        from markdesk.tui.scheme_forms import read_named_form

        await self.push_form(*await self.thread.do(lambda: read_named_form(self.opening, name)))

    async def push_form(self, form: "SchemeForm", told: str) -> None:
        from markdesk.tui.screens.new_scheme import NewSchemeScreen

        screen = NewSchemeScreen(self.thread, self.opening.own_schemes(), form, told)
        await self.push_screen(screen, self._scheme_written)

    async def _scheme_written(self, written: "Written | None") -> None:
        """Say where the file is, and show it in the list."""
        from markdesk.tui.screens.scheme import SchemeScreen
        from markdesk.tui.screens.schemes import SchemesScreen

        if written is None:
            return
        if isinstance(self.screen, SchemeScreen):
            await self.pop_screen()
        if not isinstance(self.screen, SchemesScreen):
            await self.action_open_schemes()
        assert isinstance(self.screen, SchemesScreen)
        self.screen.read(written.path.stem, written.told)

    async def action_new_scheme(self) -> None:
        """A new scheme from the template that is there to be changed."""
        await self.open_scheme_form("school-template")

    async def action_show_help(self, screen: str) -> None:
        from markdesk.tui.screens.pages import PageScreen, help_lines

        await self.push_screen(PageScreen(f"Keys: {screen}", help_lines(screen, self.keys, self.size.width - 6)))

    async def action_help(self) -> None:
        await self.action_show_help(getattr(self.screen, "ROOM", "library"))

    @refusals_are_told
    async def action_search(self) -> None:
        """Everything that was written, by its words."""
        from markdesk.tui.screens.search import open_search

        await open_search(self)

    async def action_export(self, assignment_id: str, product: str = "mark sheets") -> None:
        from markdesk.tui.screens.giving_out import open_giving_out

        await open_giving_out(self, AssignmentId(assignment_id), product)

    def action_switch_theme(self) -> None:
        """The next theme, and which it is."""
        names = list(TOLD)
        here = next((name for name in names if THEMES[name].name == self.theme), names[-1])
        self.choose_theme(names[(names.index(here) + 1) % len(names)])

    def choose_theme(self, name: str) -> None:
        """Show everything in another theme, until markdesk is closed; the setting is for good."""
        if self.no_color:
            self.notify("NO_COLOR is set, so there are no colours to choose from.", timeout=3, markup=False)
            return
        self.theme = THEMES[name].name
        self.notify(f"Theme: {name}", timeout=2, markup=False)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette offers everywhere. No screenshot: it would put a student's words in a picture file."""
        from markdesk.tui.offered import offered

        yield from offered(self, screen)

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
