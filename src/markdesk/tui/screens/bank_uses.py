"""Where one comment of the bank was used: student, assignment, day and passage. Enter opens that essay there."""

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import work
from textual.app import ComposeResult

from markdesk.core.bank import BankComment, Use, text_key
from markdesk.core.errors import MarkdeskError
from markdesk.core.plain import show_line
from markdesk.desk.anonymous import quoted
from markdesk.desk.bank import CommentBank, UsedAt, used_at
from markdesk.desk.rewording import BankActs
from markdesk.tui.at_home import markdesk
from markdesk.tui.bindings import priority_bindings_of
from markdesk.tui.screens.bank import ORIGINS
from markdesk.tui.screens.bank_words import WordedRoom
from markdesk.tui.side_lines import hanging
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.lines import Lines
from markdesk.tui.widgets.rows import Cell, Column, Rows
from markdesk.tui.withheld import SHUT, is_withheld
from markdesk.tui.words import Hint, dated

if TYPE_CHECKING:
    from markdesk.tui.opening import FormFile

WIDEST_NAME = 24
"""Cells that a student's name, or an assignment's, takes at the most."""
RETURNED: Cell = ("✓ returned", "good")
MOST_WORDS = 4
HINTS: tuple[Hint, ...] = (
    (1, "{list.open}", "that essay"), (2, "{comments.edit}", "edit"), (4, "{comments.code}", "short code"),
    (3, "{comments.undo}", "undo"), (1, "{desk.back}", "back"), (2, "{desk.help}", "help"),
)  # fmt: skip


class UsesScreen(WordedRoom[tuple[str, Use | None]]):
    """The uses of a comment. Closed with the id that the comment has by now, and a use that is to be gone to."""

    BINDINGS = priority_bindings_of("uses")
    AUTO_FOCUS = "Rows"
    ROOM = "uses"
    HINTS = HINTS

    def __init__(
        self,
        thread: StoreThread,
        acts: BankActs,
        bank: CommentBank,
        file: "FormFile",
        comment: BankComment,
        places: tuple[UsedAt, ...],
        over: str = "",
    ) -> None:
        super().__init__(thread, acts, bank, file)
        self.comment = comment
        self.over = over
        """The script that is open for marking under the bank."""
        self.places = places
        self.shut = 0
        """How many more there are that don't show while a student's essay is open without a mark."""

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        yield Lines(id="full")
        yield Rows(id="rows")
        yield Lines(id="foot")

    def on_mount(self) -> None:
        self.rows = self.query_one(Rows)
        self.tell("")
        self._keep(self.places)
        self.show_uses()

    def on_resize(self) -> None:
        self.call_after_refresh(self.show_uses)
        self.call_after_refresh(self.tell_again)

    @work(group="read", exclusive=True)
    async def read_again(self) -> None:
        """After an essay that was opened from here: its comments may be others by now."""
        markdesk(self).forget_bank()
        await self.read(self.comment.id)

    async def read(self, comment_id: str = "") -> None:
        app, desk = markdesk(self), self.acts.desk
        try:
            bank = self.bank = await app.comment_bank()
            self.comment = bank.get(comment_id or self.comment.id)
            uses = bank.uses(self.comment.id)
            self._keep(await self.thread.do(lambda: used_at(desk, uses)))
        except MarkdeskError as error:  # it is no longer there: typed words that stand nowhere by now
            self._keep(())
            self.tell(str(error), "alert")
        self.show_uses()

    def _keep(self, places: tuple[UsedAt, ...]) -> None:
        """What may be told of them: what a student was told before weighs on an essay of hers that has no mark yet."""
        app = markdesk(self)
        self.places = tuple(
            place for place in places if not is_withheld(app, place.entry.student.id, place.entry.assignment.id)
        )
        self.shut = len(places) - len(self.places)

    def show_uses(self) -> None:
        """The comment, and a row a use."""
        comment, places = self.comment, self.places
        returned = sum(place.use.is_returned for place in places)
        told = f"   {len(places)}" + (f" · {returned} returned: those never change" if returned else "")
        self.query_one("#top", Lines).set_line(((" Where it was used", "strong"), (told, "quiet")))
        sign, style, _ = ORIGINS[comment.origin]
        code: list[tuple[str, str]] = [(f"   ;{comment.code}", "accent")] if comment.code else []
        lines = hanging(f"{sign} ", style, comment.text, "strong", 2, self.app.size.width - 3 - len(code) * 16)
        lines = [(*lines[0], *code), *lines[1 : MOST_WORDS - bool(self.shut)]]
        if self.shut:
            lines.append((("  ", "text"), (f"{self.shut} more {SHUT}", "weigh")))
        self.query_one("#full", Lines).set_lines(lines)
        now = self.acts.desk.clock.now()
        rows = [_cells(place, comment, now) for place in places]
        student, assignment = (
            min(WIDEST_NAME, max((cell_len(show_line(row[at][0])) for row in rows), default=0)) for at in (0, 1)
        )
        columns = [Column("Student", max(7, student)), Column("Assignment", max(10, assignment), needs=72)]
        columns += [Column("Day", 9, True), Column("", 10), Column("On", 0)]
        if any(row[-1][0] for row in rows):
            columns.append(Column("Says there", 0, needs=110))
        self.rows.show_rows(columns, rows)

    @property
    def chosen(self) -> BankComment | None:
        return self.comment

    @property
    def place(self) -> UsedAt | None:
        """The use under the cursor, with its script."""
        at = self.rows.cursor
        return self.places[at] if 0 <= at < len(self.places) else None

    @property
    def this(self) -> Use | None:
        return self.place.use if self.place is not None else None

    # -- the keys

    async def action_open(self) -> None:
        """The essay, at the comment; the bank stays under it, unless the bank itself was opened on that essay."""
        place = self.place
        if place is None or self.app.screen is not self:
            return
        if place.use.script == self.over:
            self.dismiss((self.comment.id, place.use))
            return
        from markdesk.tui.screens.marking import MarkingScreen

        entry = place.entry
        await markdesk(self).action_open_script(entry.assignment.id, entry.script.id)
        screen = self.app.screen
        if isinstance(screen, MarkingScreen):
            screen.call_after_refresh(screen.go_to_use, place.use)

    async def choose(self, index: int) -> None:
        if self.asked is None and not self.is_typing:
            await self.action_open()

    _was_left = False

    def on_screen_suspend(self) -> None:
        self._was_left = True

    def on_screen_resume(self) -> None:
        if self._was_left:
            self._was_left = False
            self.read_again()

    async def action_back(self) -> None:
        if not await self.leave_asked():
            self.dismiss((self.comment.id, None))


def _cells(place: UsedAt, comment: BankComment, now: str) -> list[Cell]:
    use = place.use
    says = "" if text_key(use.text) == text_key(comment.text) else quoted(place.entry, use.text)
    return [
        (place.student, "text"),
        (place.entry.assignment.name, "quiet"),
        (dated(use.at, now), "quiet"),
        RETURNED if use.is_returned else ("", "text"),
        (" ".join(place.passage.split()), "quote"),
        (says, "quiet"),
    ]
