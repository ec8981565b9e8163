"""What the list of the bank's comments and that of one comment's uses have in common: the acts, and a short code."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from markdesk.core.bank import BankComment, Use
from markdesk.core.errors import MarkdeskError
from markdesk.desk.bank import CommentBank
from markdesk.desk.rewording import BankActs, Done
from markdesk.tui.at_home import markdesk
from markdesk.tui.screens.footed import Taking
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.words import Hint

if TYPE_CHECKING:
    from markdesk.tui.widgets.editor import LineBox

R = TypeVar("R")
TYPING = frozenset({"close_editor", "next_line", "close_box", "move"})
"""What the keys still do while words are typed."""
BOX_HINTS: tuple[Hint, ...] = ((1, "{code.take}", "take it"), (2, "{code.leave}", "leave it"))


class BankRoom(Taking[R]):
    """Acts on the comment that is chosen; shown only once it is durable."""

    CSS_PATH = "bank.tcss"
    LEFT = "Its short code is as it was"

    def __init__(self, thread: StoreThread, acts: BankActs, bank: CommentBank) -> None:
        super().__init__()
        self.thread = thread
        self.acts = acts
        self.bank = bank
        self._acting = asyncio.Lock()
        self._coded: BankComment | None = None
        """The comment whose short code is typed: what is read anew meanwhile may put the cursor on another."""

    # -- what a screen says of itself

    @property
    def chosen(self) -> BankComment | None:
        """The comment that the keys are about."""
        raise NotImplementedError

    @property
    def this(self) -> Use | None:
        """The use that is chosen; None where a screen has none."""
        return None

    HINTS: ClassVar[tuple[Hint, ...]]
    """What the foot teaches."""

    @property
    def hints(self) -> tuple[Hint, ...]:
        """What it teaches now."""
        return BOX_HINTS if self.is_typing else self.HINTS

    async def read(self, comment_id: str = "") -> None:
        """Read everything anew and show it, with the cursor on that comment."""
        raise NotImplementedError

    # -- acting

    async def act(self, intent: Callable[[], Done]) -> bool:
        """Ask the desk for something; whether it did. A refusal is told and leaves everything as it was."""
        async with self._acting:
            try:
                done = await self.thread.do(intent)
            except MarkdeskError as error:
                markdesk(self).forget_bank()  # it may be another window that was quicker
                await self.read(self.chosen.id if self.chosen else "")
                self.tell(f"NOT SAVED: {error}", "alert")
                return False
            if done.is_saved:
                markdesk(self).forget_bank()
                await self.read(done.comment_id)
            self.tell(done.label, saved=done.is_saved)
            return True

    async def action_undo(self) -> None:
        await self.act(self.acts.undo)

    async def action_redo(self) -> None:
        await self.act(self.acts.redo)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While words are typed keys are letters."""
        if self.is_typing:
            return action in TYPING
        return super().check_action(action, parameters)

    # -- the short code

    async def action_code(self) -> None:
        """Open the box for the comment's short code."""
        from markdesk.tui.widgets.editor import CodeBox

        comment = self._coded = self.chosen
        if comment is None:
            self.tell("No comment is chosen")
            return
        hint = "up to 12 letters, digits and hyphens; empty for none"
        await self.open_box(" Its short code  ; ", CodeBox(comment.code, placeholder=hint))

    async def open_box(self, prompt: str, box: "LineBox") -> None:
        """Open a box of one line over the foot."""
        await self.open_line(prompt, box, above="#foot")
        self.tell("")

    async def take(self, typed: str) -> bool:
        """Give the comment the code that was typed."""
        comment = self._coded
        if comment is None:
            return True
        is_given = await self.act(lambda: self.acts.give_code(comment, typed))
        if not is_given:
            # It may have changed in another window: what stands in the list by now is what the code is for.
            self._coded = self.bank.present(comment) or comment
        return is_given
