"""What is offered under the lines of feedback: a digit takes it while the line is empty, so that no digit is lost.

This essay's annotations, for the target the scheme's next line and the last target, for the task a paragraph to
rewrite. The list keeps its height from line to line: the essay above must not move.
"""

from collections.abc import Awaitable
from typing import TYPE_CHECKING

from textual import events
from textual.containers import Vertical
from textual.message import Message

from markdesk.core.bank import BANK_FIELDS, text_key
from markdesk.core.feedback import Field
from markdesk.core.offers import Note, Offer
from markdesk.core.plain import show
from markdesk.tui.palette import TONE_INK
from markdesk.tui.screens.marking_editors import Editors
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.words import clipped

if TYPE_CHECKING:
    from markdesk.tui.widgets.editor import WordsArea

TALL, MIDDLING = 44, 30
"""From so many rows nine are offered, and six; below, three."""


class Offered(Editors):
    """The list under the editors."""

    _notes: tuple[Note, ...] = ()
    """This essay's annotations, read when the feedback was opened."""
    _empty: frozenset[str] = frozenset()
    """The lines that had no words when the list was painted last."""

    async def open_feedback(self, drafts: dict[str, str]) -> None:
        """Open the lines, and offer what there is for them."""
        if self.query("#editor"):
            return
        await super().open_feedback(drafts)
        if not self.query("#editor"):
            return
        self._notes = self.opened.told_notes()
        found = self.query_one("#editor", Vertical)
        await found.mount(Lines(id="offers"))
        self._fit_offers()

    def _fit_offers(self) -> None:
        """Give the list the height that its longest takes."""
        most = max((len(self._offers_in(area.key)) for area in self._areas()), default=0)
        self._rows = most and most + 1
        self.show_offers()

    def on_resize(self) -> None:
        if self.query("#offers"):
            self.call_after_refresh(self._fit_offers)

    _rows = 0
    """The height of the list: that of the line for which most is offered, and how to take it."""

    @property
    def _most(self) -> int:
        height = self.app.size.height
        return 9 if height >= TALL else 6 if height >= MIDDLING else 3

    def _offers_in(self, key: str) -> tuple[Offer, ...]:
        """What is offered for the line with this key, leaving out what the others say."""
        texts = {area.key: area.text for area in self._areas()}
        said = {text_key(text) for other, text in texts.items() if other != key and text}
        target = texts.get(f"{Field.TARGET}.1", "")
        return self.opened.offers(Field(key.partition(".")[0]), self._notes, target, said)[: self._most]

    def show_offers(self) -> None:
        """Offer for the line that is being written; nothing while the bank is open over it."""
        shown, area = next(self.query("#offers").results(Lines), None), self._area_here()
        if shown is None:
            return
        shown.styles.height = self._rows
        shown.display = self._rows > 0 and area is not None
        if area is None:
            return
        offers = self._offers_in(area.key)
        area.offered = tuple(offer.text for offer in offers)
        self._empty = frozenset(area.key for area in self._areas() if not area.text)
        width = max(30, self.query_one("#left").size.width - 3)
        shown.set_lines([_row(n, offer, not area.text, width) for n, offer in enumerate(offers, start=1)])
        if offers:
            shown.set_lines([*shown.lines, self._way(len(offers), not area.text, width)])

    def _way(self, count: int, is_empty: bool, width: int) -> Line:
        numbers = f"1–{count}" if count > 1 else "1"
        if is_empty:
            return ((f" {numbers}", "accent"), (clipped(" takes it · a space first types a digit", width - 5), "quiet"))
        return ((" ;1", "accent"), (clipped(" and a space puts it in between words", width - 5), "quiet"))

    def on_text_area_changed(self, event: Message) -> Awaitable[None] | None:
        """The numbers act on an empty line only: say so as soon as it isn't empty any more, or is again."""
        area = self._area_here()
        if area is not None and (area.key in self._empty) == bool(area.text):
            self.show_offers()
        return None

    def _area_here(self) -> "WordsArea | None":
        """The line that is being written."""
        return next((area for area in self._areas() if area is self.focused), None)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A line may be clicked; and the bank has gone that stood over it."""
        self.show_offers()
        area = self._area_here()
        if area is not None and "." in area.key:
            self.tell_ways(area)

    async def action_next_line(self, by: int) -> None:
        """The next line, and at once what is offered there: the next key may be its digit."""
        await self.let_keys_arrive()
        if not await self._refused_digit(self._area_here()):
            await super().action_next_line(by)
            self.show_offers()

    async def action_close_editor(self) -> None:
        await self.let_keys_arrive()
        for area in self._areas():
            if await self._refused_digit(area):
                self.set_focus(area)
                return
        await super().action_close_editor()

    async def _refused_digit(self, area: "WordsArea | None") -> bool:
        """Whether all of a line is a digit under which nothing is offered, which is told: it is no feedback."""
        if area is None or not self._is_lone_digit(area):
            return False
        await self.keep_drafts()  # first: it tells of it, over what is told here
        told = f"Nothing is offered under {area.text.rstrip()}: delete it or write on; a space before it keeps it"
        self.tell(told, "alert")
        return True

    def _is_lone_digit(self, area: "WordsArea") -> bool:
        name, _, place = area.key.partition(".")
        word = area.text.rstrip()
        if name not in BANK_FIELDS or len(word) != 1 or not word.isdecimal():
            return False
        line = self.opened.marking.line(Field(name), int(place))
        return line is None or show(line.text) != word


def _row(n: int, offer: Offer, acts: bool, width: int) -> Line:
    """One offer on one line; its number is dim where the digit would be a word."""
    style = "text" if acts else "quiet"
    pieces: list[tuple[str, str]] = [(f" {n} ", "accent" if acts else "quiet")]
    if offer.source:
        pieces.append((f"{offer.source} ", "quiet"))
    if offer.code:
        pieces.append((f"{offer.code} ", TONE_INK[offer.tone]))
    room = width - sum(len(text) for text, _ in pieces)
    return (*pieces, (clipped(offer.text, max(8, room)), style))
