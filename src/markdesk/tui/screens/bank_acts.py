"""What the list of the bank's comments and that of one comment's uses have in common: the acts, and what they ask.

A comment's words are edited in an editor over the foot. When it is closed the foot asks how far that reaches, and a
digit answers.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeVar

from rich.cells import cell_len
from textual.containers import Vertical

from markdesk.core.bank import BankComment, Use
from markdesk.core.errors import MarkdeskError
from markdesk.core.plain import show
from markdesk.desk.bank import CommentBank
from markdesk.desk.marking_acts import tidy
from markdesk.desk.rewording import BankActs, Done, Reach, Rewording, refuse_words, reword
from markdesk.tui.at_home import markdesk
from markdesk.tui.screens.footed import Footed
from markdesk.tui.screens.room import Boxed
from markdesk.tui.side_lines import flowed
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.words import Hint, clipped

if TYPE_CHECKING:
    from markdesk.tui.widgets.editor import LineBox

R = TypeVar("R")
REACHES = (Reach.THIS, Reach.UNRETURNED, Reach.FROM_NOW_ON)
"""How far an edit goes, by the digit that says so."""
TYPING = frozenset({"close_editor", "next_line", "close_box", "move"})
"""What the keys still do while words are typed."""
TYPING_HINTS: tuple[Hint, ...] = (
    (1, "{editor.close}", "close, and say how far it reaches"),
    (2, "Ctrl+Z", "undo typing"),
)
BOX_HINTS: tuple[Hint, ...] = ((1, "{code.take}", "take it"), (2, "{code.leave}", "leave it"))
ANSWERS = frozenset({"reach", "reword", "back"})
"""What they do while it is asked how far an edit reaches."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An edit that waits for its reach: the new words, and the use that was chosen."""

    comment: BankComment
    text: str
    this: Use | None
    plans: frozenset[Reach]
    """The answers that would do something."""
    every: Rewording
    """What it would come to for all uses."""


class BankRoom(Footed[R], Boxed[R]):
    """Acts on the comment that is chosen; shown only once it is durable."""

    CSS_PATH = "bank.tcss"

    def __init__(self, thread: StoreThread, acts: BankActs, bank: CommentBank) -> None:
        super().__init__()
        self.thread = thread
        self.acts = acts
        self.bank = bank
        self.asked: Asked | None = None
        self._acting = asyncio.Lock()
        self._edited: BankComment | None = None
        self._refused: str | None = None
        """The words that were refused when the editor was to be closed."""

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
        if not self.is_typing:
            return self.HINTS
        return TYPING_HINTS if self.query("#editor") else BOX_HINTS

    async def read(self, comment_id: str = "") -> None:
        """Read everything anew and show it, with the cursor on that comment."""
        raise NotImplementedError

    # -- acting

    async def act(self, intent: Callable[[], Done]) -> None:
        """Ask the desk for something. A refusal is told and leaves everything as it was."""
        async with self._acting:
            try:
                done = await self.thread.do(intent)
            except MarkdeskError as error:
                await self.read(self.chosen.id if self.chosen else "")  # it may be another window that was quicker
                self.tell(f"NOT SAVED: {error}", "alert")
                return
            if done.is_saved:
                markdesk(self).forget_bank()
                await self.read(done.comment_id)
            self.tell(done.label, saved=done.is_saved)

    async def action_undo(self) -> None:
        await self.act(self.acts.undo)

    async def action_redo(self) -> None:
        await self.act(self.acts.redo)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While words are typed keys are letters; while something is asked they answer."""
        if self.is_typing:
            return action in TYPING
        if self.asked is not None and hasattr(self, f"action_{action}"):
            return action in ANSWERS
        return super().check_action(action, parameters)

    # -- the words

    async def action_reword(self) -> None:
        """Open the words of the comment; while its reach is asked, the new ones once more."""
        asked, self.asked = self.asked, None
        comment = asked.comment if asked else self.chosen
        if comment is None:
            self.tell("No comment is chosen")
            return
        from markdesk.tui.widgets.editor import WordsArea

        self._edited, self._refused = comment, None
        title = Lines(classes="editor-title")
        area = WordsArea(show(asked.text if asked else comment.text), key="bank")
        await self.mount(Vertical(title, area, id="editor"), before="#foot")
        filled = "{name} {quote} {paragraph} are filled in where it is used"
        title.set_line((("The words   ", "heading"), (filled, "quiet")))
        self.add_class("-editing")
        self.is_typing = True
        self.set_focus(area)
        self.tell("")

    async def action_next_line(self, by: int) -> None:
        """There is one editor: on from it is out of it."""
        await self.action_close_editor()

    async def action_close_editor(self) -> None:
        """Close the editor and ask how far its words reach. Words that can't be stay in it until it is closed again."""
        from markdesk.tui.widgets.editor import WordsArea, arrived

        await arrived(self.focused)
        comment, bank, text = self._edited, self.bank, tidy(self.query_one(WordsArea).text)
        if comment is None:
            return
        if text == show(comment.text).strip() or text == self._refused:
            await self._leave_editor()
            self.tell("Its words are as they were")
            return
        uses, this, earlier = bank.uses(comment.id), self.this, bank.earlier(comment.id)
        plans: set[Reach] = set()
        refusal: MarkdeskError | None = None
        for reach in REACHES:
            try:
                refuse_words(bank, comment, text, reach)
            except MarkdeskError as error:
                refusal = error
                continue
            if reach is Reach.FROM_NOW_ON or reword(comment, text, uses, reach, this, earlier).changed:
                plans.add(reach)
        if not plans:
            self._refused = text
            leave = self.keys.told("{editor.close} once more leaves it as it was.")
            self.tell(f"{refusal} {leave}", "alert")
            return
        await self._leave_editor()
        if not uses:
            await self.act(lambda: self.acts.reword(comment, text, Reach.FROM_NOW_ON))
        else:
            every = reword(comment, text, uses, Reach.UNRETURNED, None, earlier)
            self.asked = Asked(comment, text, this, frozenset(plans), every)
            self.show_asked()

    async def _leave_editor(self) -> None:
        self.is_typing = False
        self.remove_class("-editing")
        self.set_focus(self.query_one("#rows"))
        await self.query("#editor").remove()

    # -- how far they reach

    def show_asked(self) -> None:
        """Ask in the foot, by keys."""
        asked = self.asked
        if asked is None:
            return
        self.set_focus(None)  # the list doesn't move meanwhile
        ways: list[tuple[str, str]] = []
        for key, reach in zip(("this", "unreturned", "now"), REACHES, strict=True):
            if reach in asked.plans:
                ways.append((f"{{comments.{key}}}", _told(reach, asked)))
        ways += [("{comments.edit}", "back to the words"), ("{desk.back}", "leave it as it was")]
        answers = [(self.keys.brief(key), does) for key, does in ways]
        width = self.app.size.width
        words: Line = ((" ", "text"), (clipped(f"“{asked.text}”", width - 2), "quote"))
        self.set_foot([words, *_answers("These words:", answers, width)])

    async def action_reach(self, number: int) -> None:
        """Say how far the edit reaches."""
        asked, reach = self.asked, REACHES[number - 1]
        if asked is not None and reach in asked.plans:
            self.stop_asking()
            await self.act(lambda: self.acts.reword(asked.comment, asked.text, reach, asked.this))

    def stop_asking(self) -> bool:
        """The list has the keys again; whether anything was asked."""
        was_asked, self.asked = self.asked is not None, None
        if was_asked:
            self.set_focus(self.query_one("#rows"))
            self.tell("Nothing was changed")
        return was_asked

    # -- the short code

    async def action_code(self) -> None:
        """Open the box for the comment's short code."""
        from markdesk.tui.widgets.editor import CodeBox

        if self.chosen is None:
            self.tell("No comment is chosen")
            return
        hint = "up to 12 letters, digits and hyphens; empty for none"
        await self.open_box(" Its short code  ; ", CodeBox(self.chosen.code, placeholder=hint))

    async def open_box(self, prompt: str, box: "LineBox") -> None:
        """Open a box of one line over the foot."""
        await self.open_line(prompt, box, above="#foot")
        self.tell("")

    async def close_box(self) -> str:
        """Close it; what was typed."""
        return (await self.close_line()).strip()

    async def action_close_box(self, keep: bool) -> None:
        """Give the comment the code that was typed, or (``keep`` False) leave it."""
        code, comment = await self.close_box(), self.chosen
        if keep and comment is not None:
            await self.act(lambda: self.acts.give_code(comment, code))
        else:
            self.tell("Its short code is as it was")

    # -- the foot

    def tell_again(self) -> None:
        """The same, in a window of another size or with other hints."""
        if self.asked is not None:
            self.show_asked()
        else:
            super().tell_again()


def _told(reach: Reach, asked: Asked) -> str:
    """What an answer would do, and what it leaves."""
    if reach is Reach.THIS:
        return "only this use"
    left = asked.every.returned, asked.every.unclear
    told = " and ".join(f"{len(uses)} {what}" for uses, what in zip(left, ("returned", "unclear"), strict=True) if uses)
    stays = f" ({told} stay{'s' if sum(map(len, left)) == 1 else ''})" if told else ""
    if reach is Reach.FROM_NOW_ON:
        return "from now on" + ("" if Reach.UNRETURNED in asked.plans else stays)
    count = len(asked.every.changed)
    return ("the one use" if count == 1 else f"the {count} uses") + f" not returned{stays}"


def _answers(head: str, ways: Sequence[tuple[str, str]], width: int) -> list[Line]:
    """A question and its answers, on as many lines as they take."""
    indent = cell_len(head) + 1
    cells: list[Line] = [(("   ", "text"), (key, "accent"), (f" {does}", "text")) for key, does in ways]
    leads = [(f" {head}", "strong"), *[(" " * indent, "text")] * len(cells)]
    return [(lead, *line) for lead, line in zip(leads, flowed(cells, width - 1 - indent), strict=False)]
