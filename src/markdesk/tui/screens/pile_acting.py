"""What the screens of acts on a pile have in common: one way to act, undo, and the foot that tells of it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from textual import work

from markdesk.core.errors import MarkdeskError
from markdesk.desk.pile_acts import Adjusted, OnEach, PileActs
from markdesk.desk.sitting import Sitting
from markdesk.tui.screens.footed import Footed
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.lines import Line

R = TypeVar("R")
MANY = 10
"""Essays that are acted on before anybody could read how far it has come."""
TICK_SECONDS = 0.2


@dataclass
class _Many:
    """An act on many essays while it goes on. Counted on the store's thread, told on the screen's."""

    doing: str
    count: int
    so_far: int = 0
    is_stopped: bool = False

    def count_one(self) -> None:
        """One more is done. Raises MarkdeskError once the act was stopped."""
        self.so_far += 1
        if self.is_stopped:
            raise MarkdeskError("It was stopped, and nothing was changed.")

    @property
    def told(self) -> str:
        return f"{self.doing}: {self.so_far:,} of {self.count:,}"


class PileActing(Footed[R]):
    """Acts on essays of a pile; shown only once they are durable."""

    def __init__(self, thread: StoreThread, acts: PileActs) -> None:
        super().__init__()
        self.thread = thread
        self.acts = acts
        self._acting = asyncio.Lock()

    @property
    def sitting(self) -> Sitting:
        return self.acts.sitting

    # -- what a screen says of itself

    def show_adjusted(self, adjusted: Adjusted) -> None:
        """Paint what an act changed."""
        raise NotImplementedError

    # -- acting

    async def act(self, intent: Callable[[], Adjusted]) -> Adjusted | None:
        """Ask the desk for something. A refusal is told and leaves everything as it was."""
        async with self._acting:
            try:
                adjusted = await self.thread.do(intent)
            except MarkdeskError as error:
                self.tell(f"NOT SAVED: {error}", "alert")
                return None
            self.acts.take(adjusted)
            self.show_adjusted(adjusted)
            self.tell(adjusted.label, "text", saved=adjusted.is_saved)
            return adjusted

    async def action_undo(self) -> None:
        count = self.acts.undo_count
        if count > MANY:
            self.act_on_many(self.acts.undo, f"Undoing {count:,} essays", count)
        else:
            await self.act(self.acts.undo)

    async def action_redo(self) -> None:
        count = self.acts.redo_count
        if count > MANY:
            self.act_on_many(self.acts.redo, f"Redoing {count:,} essays", count)
        else:
            await self.act(self.acts.redo)

    # -- acts on many essays, which may take a while

    _many: _Many | None = None

    @work(group="read", exclusive=True)
    async def act_on_many(self, intent: Callable[[OnEach], Adjusted], doing: str, count: int) -> None:
        """Act on a whole pile: how far it has come stands in the foot, and Esc stops it with nothing done."""
        many = self._many = _Many(doing, count)
        ticking = self.set_interval(TICK_SECONDS, self._show_progress)
        try:
            await self.act(lambda: intent(many.count_one))
        finally:
            ticking.stop()
            self._many = None
        self.tell_again()

    def _show_progress(self) -> None:
        if self._many is not None:
            keys: Line = ((self.keys.told("   {desk.back} "), "accent"), ("stop", "quiet"))
            self.set_foot([((" ", "text"), (self._many.told, "text"), *keys)])

    def stop_many(self) -> bool:
        """Stop such an act; whether there was one."""
        if self._many is None:
            return False
        self._many.is_stopped = True
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While many essays are acted on, only Esc and what belongs to the app does anything."""
        if self._many is not None and action != "back" and hasattr(self, f"action_{action}"):
            return False
        return super().check_action(action, parameters)
