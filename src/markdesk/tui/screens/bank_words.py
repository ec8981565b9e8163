"""The words of a comment of the bank: typed in an editor over the foot, which then asks how far they reach.

A digit answers. Until then what was typed is kept in a file, and offered again when the bank is next opened.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from rich.cells import cell_len
from textual.containers import Vertical

from markdesk.core.bank import BankComment, BankField, Use
from markdesk.core.errors import MarkdeskError
from markdesk.core.plain import show
from markdesk.desk.bank import CommentBank
from markdesk.desk.half_reworded import HalfReworded, half_reworded
from markdesk.desk.marking_acts import tidy
from markdesk.desk.rewording import BankActs, Reach, Rewording, reached, refuse_words, reword
from markdesk.tui.screens.bank_acts import BankRoom
from markdesk.tui.screens.room import DRAFT_SECONDS
from markdesk.tui.side_lines import flowed
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.words import Hint, clipped, foot_lines

if TYPE_CHECKING:
    from textual.timer import Timer

    from markdesk.tui.opening import FormFile

R = TypeVar("R")
REACHES = (Reach.THIS, Reach.UNRETURNED, Reach.FROM_NOW_ON)
"""How far an edit goes, by the digit that says so."""
TYPING_HINTS: tuple[Hint, ...] = (
    (1, "{editor.close}", "close, and say how far it reaches"),
    (2, "Ctrl+Z", "undo typing"),
)
ANSWERS = frozenset({"reach", "reword", "back"})
"""What the keys do while it is asked how far an edit reaches."""


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


class WordedRoom(BankRoom[R]):
    """Gives the comment that is chosen other words."""

    def __init__(self, thread: StoreThread, acts: BankActs, bank: CommentBank, file: "FormFile") -> None:
        super().__init__(thread, acts, bank)
        self.file = file
        """Where half-typed words are kept. For the store's thread."""
        self.asked: Asked | None = None
        self._edited: BankComment | None = None
        """The comment whose words are in the editor."""
        self._refused: str | None = None
        """The words that were refused when the editor was to be closed."""
        self._half_sent: HalfReworded | None = None
        """What the desk is asked to write: kept until it has."""
        self._kept = ""
        """What the file holds, as far as this screen wrote or read it."""
        self._draft_due: Timer | None = None
        self._left: HalfReworded | None = None
        """What was half typed as the program ended, until it is offered again."""

    @property
    def hints(self) -> tuple[Hint, ...]:
        return TYPING_HINTS if self.query("#editor") else super().hints

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While something is asked keys answer."""
        if not self.is_typing and self.asked is not None and hasattr(self, f"action_{action}"):
            return action in ANSWERS
        return super().check_action(action, parameters)

    # -- kept as they are typed

    def on_text_area_changed(self) -> None:
        if self._draft_due is None:
            self._draft_due = self.set_timer(DRAFT_SECONDS, self.keep_words)

    async def let_keys_arrive(self) -> None:
        """Wait until the editor has taken in what was typed."""
        if self.query("#editor"):
            from markdesk.tui.widgets.editor import arrived

            await arrived(self.focused)

    @property
    def _half_typed(self) -> HalfReworded | None:
        """The words that are on the screen and nowhere else."""
        if self.asked is not None:
            return HalfReworded(self.asked.comment, self.asked.text)
        if self._edited is not None and self.query("#editor"):
            from markdesk.tui.widgets.editor import WordsArea

            text = self.query_one(WordsArea).text
            return HalfReworded(self._edited, text) if tidy(text) != show(self._edited.text).strip() else None
        return self._half_sent

    def keeper(self) -> Callable[[], None]:
        """What keeps half-typed words as they are now, or lets go of them: for the store thread."""
        half = self._half_typed
        text = half.to_text() if half is not None else ""

        def keep() -> None:
            if text != self._kept:
                self.file.keep(text)
                self._kept = text

        return keep

    async def keep_words(self) -> None:
        """Keep what was typed since the last time."""
        if self._draft_due is not None:
            self._draft_due.stop()
            self._draft_due = None
        try:
            await self.thread.do(self.keeper())
        except MarkdeskError as error:
            self.tell(f"NOT KEPT: {error}", "alert")

    async def read_half(self) -> None:
        """Read what was half typed as the program ended; once, before the screen is shown."""
        try:
            self._kept = await self.thread.do(self.file.read)
            self._left = half_reworded(self._kept)
        except MarkdeskError as error:
            self._said = str(error), "alert", False

    async def offer_again(self) -> None:
        """Open the editor that was open then, with the words that were in it."""
        half, self._left = self._left, None
        if half is None:
            return
        comment = half.in_bank(self.bank)
        if comment is not None and tidy(half.text) == show(comment.text).strip():
            await self.keep_words()  # it says that by now
            return
        await self.open_words(comment or half.comment, half.text)
        told = "Here is what you were writing"
        if comment is None:
            told += ". The comment itself is no longer in the bank: take a copy of your words."
        self.tell(told)

    # -- typed

    async def action_reword(self) -> None:
        """Open the words of the comment; while its reach is asked, the new ones once more."""
        asked, self.asked = self.asked, None
        comment = asked.comment if asked else self.chosen
        if comment is None:
            self.tell("No comment is chosen")
            return
        await self.open_words(comment, asked.text if asked else comment.text)

    async def open_words(self, comment: BankComment, text: str) -> None:
        """Open the editor on a comment with these words in it."""
        from markdesk.tui.widgets.editor import WordsArea

        self._edited, self._refused = comment, None
        title = Lines(classes="editor-title")
        area = WordsArea(show(text), key="bank")
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
            await self.keep_words()
            self.tell("Its words are as they were")
            return
        uses, this, earlier = reached(bank, comment), self.this, bank.earlier(comment.id)
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
        every = reword(comment, text, uses, Reach.UNRETURNED, None, earlier)
        asked = Asked(comment, text, this, frozenset(plans), every)
        self._half_sent = HalfReworded(comment, text)  # until it is asked, or written
        await self._leave_editor()
        if uses:
            self.asked, self._half_sent = asked, None
            self.show_asked()
            await self.keep_words()
        else:
            await self._write(asked, Reach.FROM_NOW_ON)

    async def _write(self, asked: Asked, reach: Reach) -> None:
        """Have the words written as far as was said. What is refused stays, to be answered or changed once more."""
        self._half_sent = HalfReworded(asked.comment, asked.text)
        is_done = await self.act(lambda: self.acts.reword(asked.comment, asked.text, reach, asked.this))
        if not is_done:
            told = self._said
            comment = self._half_sent.in_bank(self.bank)
            if comment == asked.comment and reached(self.bank, comment):
                self.asked = asked
                self.show_asked(told)
            else:
                await self.open_words(comment or asked.comment, asked.text)
                if comment is None:
                    self._refused = asked.text
                    leave = self.keys.told(" {editor.close} leaves it: take a copy of your words first.")
                    told = f"{told[0]}{leave}", *told[1:]
                self.tell(*told)
        self._half_sent = None
        await self.keep_words()

    async def _leave_editor(self) -> None:
        self.is_typing = False
        self.remove_class("-editing")
        self.set_focus(self.query_one("#rows"))
        await self.query("#editor").remove()

    # -- how far they reach

    def show_asked(self, told: tuple[str, str, bool] | None = None) -> None:
        """Ask in the foot, by keys; ``told`` is why an answer wasn't taken."""
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
        refusal = foot_lines(told, (), width, self.keys) if told is not None else []
        self.set_foot([*refusal, words, *_answers("These words:", answers, width)])

    async def action_reach(self, number: int) -> None:
        """Say how far the edit reaches."""
        asked, reach = self.asked, REACHES[number - 1]
        if asked is not None and reach in asked.plans:
            self._stop_asking()
            await self._write(asked, reach)

    def _stop_asking(self) -> None:
        self.asked = None
        self.set_focus(self.query_one("#rows"))
        self.tell("")

    async def leave_asked(self) -> bool:
        """Leave the comment as it was; whether anything was asked."""
        if self.asked is None:
            return False
        self._stop_asking()
        await self.keep_words()
        self.tell("Nothing was changed")
        return True

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
    elsewhere = sum(use.field is not asked.comment.field for use, _ in asked.every.changed)
    where = "in feedback" if asked.comment.field is BankField.ANNOTATION else "elsewhere"
    too = f", {elsewhere} {where}" if elsewhere else ""
    return ("the one use" if count == 1 else f"the {count} uses") + f" not returned{too}{stays}"


def _answers(head: str, ways: Sequence[tuple[str, str]], width: int) -> list[Line]:
    """A question and its answers, on as many lines as they take."""
    indent = cell_len(head) + 1
    cells: list[Line] = [(("   ", "text"), (key, "accent"), (f" {does}", "text")) for key, does in ways]
    leads = [(f" {head}", "strong"), *[(" " * indent, "text")] * len(cells)]
    return [(lead, *line) for lead, line in zip(leads, flowed(cells, width - 1 - indent), strict=False)]
