"""What every screen has: its name in the table of keys, its help, the next theme, and a list whose rows open once."""

from collections.abc import Callable
from typing import ClassVar, Protocol, TypeVar, runtime_checkable

from textual import on
from textual.screen import Screen

from markdesk.core.errors import MarkdeskError
from markdesk.tui.at_home import markdesk
from markdesk.tui.keys_in_use import KeysInUse
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.rows import Rows

R = TypeVar("R")
T = TypeVar("T")


@runtime_checkable
class TypedOn(Protocol):
    """A screen on which words are typed: on the way out they are kept, finished or not."""

    async def let_keys_arrive(self) -> None:
        """Wait until the open editor has taken in what was typed."""
        ...

    def keeper(self) -> Callable[[], None]:
        """What keeps all that isn't kept yet, as it is now: for the store thread."""
        ...


class Room(Screen[R]):
    """A screen with keys of its own."""

    ROOM: ClassVar[str]
    """What the table of keys (``bindings.py``) calls it, and help."""

    @property
    def keys(self) -> KeysInUse:
        """The keys in use, for what the screen says of them."""
        return markdesk(self).keys

    async def action_theme(self) -> None:
        await self.app.run_action("switch_theme")

    async def action_help(self) -> None:
        await self.app.run_action(f"show_help('{self.ROOM}')")

    @on(Rows.Chosen)
    async def _open_once(self, event: Rows.Chosen) -> None:
        # A second Enter may come while what the first one opens is on its way.
        if self.app.screen is self:
            await self.choose(event.index)

    async def choose(self, index: int) -> None:
        """Open a row of the screen's list; -1 is the line above it."""


class Asking(Room[R]):
    """A screen that asks the desk for something, and tells where it is busy or refuses."""

    thread: StoreThread

    def tell(self, text: str) -> None:
        """Say it where the screen says things."""
        raise NotImplementedError

    async def asked(self, question: Callable[[], T]) -> T | None:
        """The desk's answer; None, and why is told, where there is none."""
        try:
            return await self.thread.do(question)
        except MarkdeskError as error:
            self.tell(str(error))
            return None
