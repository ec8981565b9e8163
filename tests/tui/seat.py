"""A marker at her desk: she presses keys and reads the screen; the test reads the file through a second connection."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from textual import events
from textual.keys import _character_to_key  # what Textual's own terminal parser calls a character's key
from textual.pilot import Pilot
from textual.strip import Strip

from markdesk.bootstrap import (
    EssayFiles,
    comment_bank,
    giving_out,
    half_reworded_comment,
    indicative_shelf,
    new_assignment_form,
    own_schemes,
    rubric_shelf,
    stamp_sets,
)
from markdesk.config.keymap import Keymap
from markdesk.core.ids import AssignmentId, MarkerId, ScriptId
from markdesk.desk.desk import Desk, marker_named
from markdesk.desk.exams import find_exam
from markdesk.desk.scans import KeptScan, Shown
from markdesk.desk.store import Hold
from markdesk.store.sqlite.store import SqliteStore
from markdesk.tui.app import MarkdeskApp
from markdesk.tui.opening import Opening, read_first
from tests.kit import CountingIds, FixedClock

MARKER = "Ms Test"
SIZE = (120, 40)
PATIENCE = 10.0
"""For how many seconds a test waits for something before it says that it never happened."""

Row = tuple[object, ...]


class Window(SqliteStore):
    """A store as a process of its own would have it: what it holds is let go when it is closed."""

    def __init__(self, path: Path, patience: float) -> None:
        super().__init__(path, create=True, patience=patience)
        self._held: list[Hold] = []

    def hold(self, script_id: ScriptId, marker_id: MarkerId, patience: float = 0.0) -> Hold | str:
        held = super().hold(script_id, marker_id, patience)
        if not isinstance(held, str):
            self._held.append(held)
        return held

    def close(self) -> None:
        for held in self._held:
            held.release()
        super().close()


@dataclass
class Viewer:
    """Stands for the system's own: it keeps what it was given to show."""

    shown: list[KeptScan] = field(default_factory=list)
    trouble: str = ""

    def show(self, scans: Sequence[KeptScan]) -> Shown:
        self.shown += scans
        return Shown(tuple(f"scan-{at}.pdf" for at, _ in enumerate(scans, start=1)), self.trouble)

    def clear_left_overs(self) -> None:
        pass


@dataclass
class World:
    """One desk file, a clock and ids: what outlasts the windows that are opened on it."""

    path: Path
    clock: FixedClock = field(default_factory=FixedClock)
    ids: CountingIds = field(default_factory=CountingIds)
    viewer: Viewer = field(default_factory=Viewer)

    def rows(self, sql: str, *values: object) -> list[Row]:
        """What stands in the file, as somebody else's connection reads it."""
        connection = sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True)
        try:
            return [tuple(row) for row in connection.execute(sql, values)]
        finally:
            connection.close()

    def one(self, sql: str, *values: object) -> object:
        """The only value of the only row."""
        ((found,),) = self.rows(sql, *values)
        return found

    def desk(self, store: SqliteStore, marker: str = MARKER) -> Desk:
        return Desk(store, self.clock, self.ids, marker_named(store, marker, self.ids), stamp_sets)

    @asynccontextmanager
    async def sit(
        self,
        assignment: str = "",
        *,
        script: str = "",
        paper: str = "",
        theme: str = "dark",
        keymap: Keymap | None = None,
        keymap_fault: str = "",
        size: tuple[int, int] = SIZE,
        patience: float = 5.0,
        checks: str = "off",
        digits: str = "level",
        pace: str = "queue",
        rest: int = 0,
        order: str = "arrival",
        behind: Callable[[], object] | None = None,
    ) -> "AsyncIterator[Seat]":
        """Open the program on this desk and close it again. The only place that knows how it is opened.

        ``checks`` is off where a test isn't about them, so that Enter finishes at once. With ``behind`` the desk is
        opened behind the first frame, once that returns.
        """
        opened: list[Window] = []
        self.clock.wait(3600)

        def open_desk() -> Desk:
            if behind is not None:
                behind()
            opened.append(Window(self.path, patience))
            return self.desk(opened[-1])

        def find(desk: Desk) -> tuple[AssignmentId, ScriptId | None]:
            if not script:
                return AssignmentId(assignment), None
            entry = desk.store.entries(desk.marker.id, script_id=ScriptId(script))[0]
            return entry.assignment.id, entry.script.id

        opening = Opening(
            open_desk,
            rubric_shelf,
            indicative_shelf,
            own_schemes,
            comment_bank,
            new_assignment_form,
            half_reworded_comment,
            giving_out,
            EssayFiles(),
            self.viewer,
            title="a desk for tests",
            theme=theme,
            digits=digits,
            checks=checks,
            keymap=keymap or Keymap(),
            keymap_fault=keymap_fault,
            find=find if assignment or script else None,
            find_paper=(lambda desk: find_exam(desk, paper)) if paper else None,
            order=order,
            pace=pace,
            rest=rest,
        )
        app = MarkdeskApp(opening, None if behind is not None else read_first(opening))
        try:
            async with app.run_test(size=size) as pilot:
                seat = Seat(self, app, pilot)
                if behind is None:
                    await seat.settle()
                yield seat
                await seat.leave()
        finally:
            app.thread.close()
            for store in opened:
                store.close()


@dataclass
class Seat:
    """An open window."""

    world: World
    app: MarkdeskApp
    pilot: Pilot[None]

    async def press(self, *keys: str) -> None:
        """Press keys, each dealt with before the next."""
        for key in keys:
            self._send(key)
            await self.settle()

    async def burst(self, *keys: str) -> None:
        """Press keys as fast as a terminal hands them over, waiting for nothing until the last."""
        for key in keys:
            self._send(key)
        await self.settle()

    async def reach(self, key: str) -> None:
        """Press a key and wait until the app has dealt with it: the screen may have no time for it yet."""
        self._send(key)
        await self._pass_through(self.app.call_later)

    async def type(self, words: str) -> None:
        await self.burst(*words)

    async def paste(self, words: str) -> None:
        self.app.post_message(events.Paste(words))
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        """Make the window another size."""
        await self.pilot.resize_terminal(width, height)
        await self.pilot.pause()
        await self.settle()

    async def click(self, x: int, y: int) -> None:
        await self.pilot.click(offset=(x, y))
        await self.settle()

    def _send(self, key: str) -> None:
        self.world.clock.wait(0.1)
        if len(key) == 1:
            self.app.post_message(events.Key(_character_to_key(key), key))
        else:
            self.app.post_message(events.Key(key, None))

    async def settle(self) -> None:
        """Wait until every key that was pressed has been dealt with, what it set off is read, and all is painted."""
        await self._pass_all_through()
        reading = [worker for worker in self.app.workers if worker.group == "read"]
        if reading:
            await self.app.workers.wait_for_complete(reading)
            await self._pass_all_through()

    async def _pass_all_through(self) -> None:
        for _ in range(3):
            await self._pass_through(self.app.call_later)
            if self.app.is_running:
                await self._pass_through(self.app.screen.call_later)
                focused = self.app.screen.focused
                if focused is not None and focused.is_running:
                    await self._pass_through(focused.call_later)
        for _ in range(2):  # a scroll bar stands in the frame after the one that needed it
            if self.app.is_running:
                await self._pass_through(self.app.screen.call_after_refresh)

    async def _pass_through(self, call: Callable[[Callable[[], None]], object]) -> None:
        done = asyncio.Event()
        call(done.set)
        waited = 0.0
        while not done.is_set() and self.app.is_running:
            try:
                await asyncio.wait_for(done.wait(), 0.25)
            except TimeoutError:
                waited += 0.25
                if waited > PATIENCE:
                    raise AssertionError(f"a key was never dealt with; on the screen:\n{self.text}") from None

    async def until(self, what: Callable[[], object], seconds: float = PATIENCE) -> None:
        """Wait for something that happens by itself, such as a draft that is kept."""
        deadline = asyncio.get_running_loop().time() + seconds
        while not what():
            assert asyncio.get_running_loop().time() < deadline, f"it never happened; on the screen:\n{self.text}"
            await asyncio.sleep(0.01)

    async def leave(self) -> None:
        """Leave as Ctrl+Q does."""
        if self.app.is_running:
            self._send("ctrl+q")
            await self.until(lambda: not self.app.is_running)

    @property
    def strips(self) -> list[Strip]:
        """What the terminal is given, line by line."""
        return self.app.screen._compositor.render_strips()

    @property
    def lines(self) -> list[str]:
        """The screen as a reader sees it."""
        return [strip.text.rstrip() for strip in self.strips]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def bars(self) -> list[str]:
        """The lines with a bar: what is chosen, the choice in a field that is being filled in too."""
        return [line for line in self.lines if "▌" in line]

    @property
    def here(self) -> str:
        """The line with the bar, which the keys are for; the first of several."""
        return self.bars[0]

    @property
    def spoken(self) -> str:
        """The screen as one run of words: for a sentence that may go on over several lines."""
        return " ".join(self.text.split())

    def right_of(self, column: int) -> str:
        """What stands to the right of a column, without its bars, its lines joined to the sentences that they are."""
        return " ".join(" ".join(line[column:] for line in self.lines[:-1]).replace("▌", " ").split())

    @property
    def foot(self) -> str:
        """The last line: what was saved, why nothing happened, what went wrong."""
        return self.lines[-1].strip()

    def rows(self, sql: str, *values: object) -> list[Row]:
        return self.world.rows(sql, *values)

    def one(self, sql: str, *values: object) -> object:
        return self.world.one(sql, *values)
