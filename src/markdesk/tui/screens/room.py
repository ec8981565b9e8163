"""What every screen has: its name in the table of keys, its help, the next theme, and a list whose rows open once."""

from typing import ClassVar, TypeVar

from textual import on
from textual.screen import Screen

from markdesk.tui.at_home import markdesk
from markdesk.tui.keys_in_use import KeysInUse
from markdesk.tui.widgets.rows import Rows

R = TypeVar("R")


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
