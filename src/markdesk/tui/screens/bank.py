"""The comment bank: every comment that can be offered, what it is for, how often it was used and when last.

Enter leads to its uses, and from there to the essays.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from markdesk.core.bank import BankComment, BankField, Origin, Use
from markdesk.core.bank_rank import words_of
from markdesk.core.errors import MarkdeskError
from markdesk.desk.bank import CommentBank, used_at
from markdesk.desk.rewording import BankActs
from markdesk.tui.at_home import markdesk
from markdesk.tui.bindings import priority_bindings_of
from markdesk.tui.refusals import refusals_are_told
from markdesk.tui.screens.bank_words import WordedRoom
from markdesk.tui.side_lines import hanging
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.widgets.rows import Cell, Column, MadeRows, Rows
from markdesk.tui.words import FILTER_HINTS, Hint, clipped, dated

if TYPE_CHECKING:
    from textual.widgets import Input

    from markdesk.tui.app import MarkdeskApp
    from markdesk.tui.opening import FormFile

ORIGINS = {
    Origin.OWN: ("●", "accent", "yours"),
    Origin.TYPED: ("◐", "weigh", "typed"),
    Origin.SHIPPED: ("○", "quiet", "shipped"),
}
"""The sign of where a comment comes from, its style, and the word for it."""
FIELD_NAMES = {
    BankField.ANNOTATION: "comment",
    BankField.WWW: "WWW",
    BankField.EBI: "EBI",
    BankField.TARGET: "target",
    BankField.TASK: "task",
    BankField.DRAFT: "draft",
}
COLUMNS = (
    Column("", 1), Column("Comment", 0), Column("Code", 8), Column("Into", 7, needs=72),
    Column("For", 22, needs=120), Column("Uses", 4, True), Column("Last used", 9, True),
)  # fmt: skip
MOST_WORDS = 3
"""Lines of a comment's words under the list."""
HINTS: tuple[Hint, ...] = (
    (1, "{list.open}", "its uses"), (2, "{comments.edit}", "edit"), (4, "{comments.code}", "short code"),
    (3, "{comments.filter}", "filter"), (6, "{comments.remove}", "take out"), (5, "{comments.undo}", "undo"),
    (2, "{desk.back}", "back"), (3, "{desk.help}", "help"),
)  # fmt: skip


@refusals_are_told
async def open_bank(app: "MarkdeskApp", over: "Over | None" = None) -> None:
    """The bank over the present screen, read anew: another window, or an undo, may have changed what stands on scripts.

    It is read first, so that no key comes before its comment.
    """
    if app.desk is None:
        return
    app.forget_bank()
    bank = await app.comment_bank()
    if over is not None:
        await app.thread.do(over.let_go)
    desk = app.desk
    file = await app.thread.do(lambda: app.opening.half_reworded(desk))
    screen = BankScreen(app.thread, app.bank_acts, bank, file, over.script_id if over else "")
    if not any(isinstance(under, WordedRoom) for under in app.screen_stack):  # else it is what is typed there
        await screen.read_half()
    await app.push_screen(screen, over.take_up if over else None)


@dataclass(frozen=True, slots=True)
class Over:
    """The essay that is open for marking where the bank is opened."""

    script_id: str
    let_go: Callable[[], None]
    """For the store's thread: an edit may reach its comments, so that it can't be held meanwhile."""
    take_up: Callable[[Use | None], Awaitable[None]]
    """Back to it; at the use that was chosen, where that is one of this essay."""


def meant_for(comment: BankComment) -> str:
    """What a comment says of where it fits, in a line."""
    named = (*comment.stamps, *comment.strands, *comment.aos, *comment.rubrics)
    level = f"level {comment.level}" if comment.level else ""
    return " · ".join(filter(None, (*named, comment.question, level)))


class CommentRows(MadeRows):
    """The rows of the list."""

    def __init__(self, comments: Sequence[BankComment], bank: CommentBank, now: str) -> None:
        self._comments, self._bank, self._now = comments, bank, now

    def __len__(self) -> int:
        return len(self._comments)

    def row(self, index: int) -> Sequence[Cell]:
        comment = self._comments[index]
        uses = self._bank.uses(comment.id)
        sign, style, _ = ORIGINS[comment.origin]
        return (
            (sign, style),
            (comment.text, "text" if uses or comment.origin is Origin.OWN else "quiet"),
            (f";{comment.code}" if comment.code else "", "accent"),
            (FIELD_NAMES[comment.field], "quiet"),
            (meant_for(comment), "quiet"),
            (str(len(uses) or ""), "strong"),
            (dated(uses[-1].at, self._now) if uses else "", "quiet"),
        )


class BankScreen(WordedRoom[Use | None]):
    """Find a comment, see where it was used, change it."""

    BINDINGS = priority_bindings_of("comments")
    AUTO_FOCUS = "Rows"
    ROOM = "comments"
    HINTS = HINTS

    def __init__(
        self, thread: StoreThread, acts: BankActs, bank: CommentBank, file: "FormFile", over: str = ""
    ) -> None:
        super().__init__(thread, acts, bank, file)
        self.over = over
        """The script that is open for marking under this screen."""
        self.comments: list[BankComment] = []
        """Those used last first, then those that never were."""
        self.shown: list[BankComment] = []
        self.typed = ""
        self._hays: list[str] = []

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        yield Lines(id="said")
        yield Rows(id="rows")
        yield Lines(id="full")
        yield Lines(id="foot")

    async def on_mount(self) -> None:
        self.rows = self.query_one(Rows)
        self.tell_again()
        self.show_bank(self.bank)
        await self.offer_again()

    def on_resize(self) -> None:
        self.call_after_refresh(self.show_full)
        self.call_after_refresh(self.tell_again)

    # -- reading

    async def read(self, comment_id: str = "") -> None:
        try:
            self.show_bank(await markdesk(self).comment_bank(), comment_id)
        except MarkdeskError as error:
            self.tell(f"The comment bank can't be read: {error}", "alert")

    def show_bank(self, bank: CommentBank, comment_id: str = "") -> None:
        """Show the bank as it was read, the cursor on this comment."""
        self.bank = bank
        last = {comment.id: uses[-1].at for comment in bank.comments if (uses := bank.uses(comment.id))}
        self.comments = sorted(bank.comments, key=lambda comment: last.get(comment.id, ""), reverse=True)
        self._hays = [_hay(comment) for comment in self.comments]
        self.show_list(comment_id)

    # -- showing

    def show_list(self, comment_id: str = "") -> None:
        """The comments that fit what was typed, the cursor on this one or where it was."""
        bank = self.bank
        wanted = [f" {word}" for word in words_of(self.typed)]
        pairs = zip(self.comments, self._hays, strict=True)
        self.shown = [comment for comment, hay in pairs if all(word in hay for word in wanted)]
        at = next((at for at, comment in enumerate(self.shown) if comment.id == comment_id), None)
        now = self.acts.desk.clock.now()
        widest = (1, self.app.size.width, 8, 7, 22, 4, 9)
        self.rows.show_rows(COLUMNS, CommentRows(self.shown, bank, now), at, widest=widest)
        counts = {origin: sum(comment.origin is origin for comment in self.comments) for origin in ORIGINS}
        count = f"{len(self.shown)} of {len(self.comments)}" if self.typed else str(len(self.comments))
        told: list[tuple[str, str]] = [(" Comment bank", "strong"), (f"   {count}", "quiet")]
        for origin, (sign, style, word) in ORIGINS.items():
            told += [(f"   {sign}", style), (f" {counts[origin]} {word}", "quiet")]
        self.query_one("#top", Lines).set_line(told)
        self.show_full()

    @on(Rows.Moved)
    def show_full(self) -> None:
        """The comment under the cursor in full, and what it is for."""
        self.query_one("#full", Lines).set_lines(self._full(self.app.size.width - 3))

    def _full(self, width: int) -> list[Line]:
        comment = self.chosen
        if comment is None:
            told = f"No comment has “{clipped(self.typed, width - 24)}”." if self.typed else ""
            return [((told, "text"),), ((self.keys.told("{desk.back} shows all again.") if told else "", "quiet"),)]
        sign, style, word = ORIGINS[comment.origin]
        lines = hanging(f"{sign} ", style, comment.text, "strong", 2, width)
        if len(lines) > MOST_WORDS:
            lines = [*lines[: MOST_WORDS - 1], (*lines[MOST_WORDS - 1], (" …", "quiet"))]
        earlier = self.bank.earlier(comment.id)
        facts = [word, FIELD_NAMES[comment.field], meant_for(comment), f"before: “{earlier[0]}”" if earlier else ""]
        return [*lines, (("  ", "text"), (clipped(" · ".join(filter(None, facts)), width - 2), "quiet"))]

    @property
    def chosen(self) -> BankComment | None:
        at = self.rows.cursor
        return self.shown[at] if 0 <= at < len(self.shown) else None

    @property
    def hints(self) -> tuple[Hint, ...]:
        from markdesk.tui.widgets.editor import FilterBox

        return FILTER_HINTS if self.query(FilterBox) else super().hints

    # -- the keys

    async def action_open(self) -> None:
        """Where the comment was used."""
        comment, bank, desk = self.chosen, self.bank, self.acts.desk
        if comment is None or self.app.screen is not self:
            return
        if not bank.uses(comment.id):
            self.tell("It hasn't been used yet")
            return
        from markdesk.tui.screens.bank_uses import UsesScreen

        try:
            places = await self.thread.do(lambda: used_at(desk, bank.uses(comment.id)))
        except MarkdeskError as error:
            self.tell(str(error), "alert")
            return
        screen = UsesScreen(self.thread, self.acts, bank, self.file, comment, places, self.over)
        await self.app.push_screen(screen, self._back_on)

    async def choose(self, index: int) -> None:
        if self.asked is None and not self.is_typing:
            await self.action_open()

    async def _back_on(self, found: "tuple[str, Use | None] | None") -> None:
        """After its uses: the cursor is on the comment, under the id that it has by now; or on to the essay."""
        comment_id, use = found or ("", None)
        if use is not None:
            self.dismiss(use)
            return
        await self.read(comment_id)
        self.tell("")

    async def on_screen_resume(self) -> None:
        self.tell_again()

    async def action_remove(self) -> None:
        """Take one of the teacher's own out of the bank."""
        comment = self.chosen
        if comment is not None:
            await self.act(lambda: self.acts.remove(comment))

    async def action_back(self) -> None:
        """One step out: the question, the filter, then the screen."""
        if await self.leave_asked():
            return
        if self.typed:
            self.typed = ""
            self._say_filter()
            self.show_list(self.chosen.id if self.chosen else "")
        else:
            self.dismiss(None)

    # -- the filter

    async def action_filter(self) -> None:
        """Open the box for words to look for."""
        from markdesk.tui.widgets.editor import FilterBox

        hint = "words, a short code, a stamp, a strand, yours, typed, shipped …"
        box = FilterBox(self.typed, placeholder=hint, select_on_focus=False)
        await self.open_box(self.keys.brief(" {comments.filter} "), box)

    def on_input_changed(self, event: "Input.Changed") -> None:
        from markdesk.tui.widgets.editor import FilterBox

        if isinstance(event.input, FilterBox):
            self.typed = event.value.strip()
            self.show_list()

    async def action_close_box(self, keep: bool) -> None:
        """Close the box: of the filter, or of a short code."""
        from markdesk.tui.widgets.editor import FilterBox

        if not self.query(FilterBox):
            await super().action_close_box(keep)
            return
        text = (await self.close_line()).strip()
        self.typed = text if keep else ""
        self.tell("")
        here = self.chosen
        self._say_filter()
        self.show_list(here.id if here else "")

    def _say_filter(self) -> None:
        said = self.query_one("#said", Lines)
        hint = self.keys.told("   {desk.back} shows all again")
        told = clipped(self.typed, max(8, self.app.size.width - len(hint) - 4))
        key = self.keys.brief(" {comments.filter}")
        said.set_line(((key, "accent"), (f" {told}", "strong"), (hint, "quiet")) if self.typed else ())

    async def action_move(self, by: int) -> None:
        """Along the list while words are typed."""
        from markdesk.tui.widgets.editor import arrived

        await arrived(self.focused)
        self.rows.action_move(by)


def _hay(comment: BankComment) -> str:
    """What words are looked for in: each begins with a space."""
    named = (comment.code, comment.text, ORIGINS[comment.origin][2], FIELD_NAMES[comment.field], meant_for(comment))
    return " " + " ".join(words_of(" ".join(named)))
