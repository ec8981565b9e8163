"""The comment bank on the marking screen: the semicolon opens it on its best guess, and Enter takes that.

On the essay a comment taken goes to the stamp just made here, or with its own stamp on the passage. What a semicolon
does in an editor is ``marking_codes``'s; the way to all of the bank and back is ``marking_detour``'s.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import on
from textual.containers import Vertical
from textual.widgets import Input

from markdesk.core.annotation import Annotation
from markdesk.core.bank import BANK_FIELDS, BankComment, BankField, Filling, blanks, expanded, text_key
from markdesk.core.errors import MarkdeskError
from markdesk.core.essay import Span
from markdesk.core.offers import ahead_of
from markdesk.core.stamp_sets import is_bare
from markdesk.desk.marking_desk import COMMENT_EDITOR
from markdesk.tui.at_home import markdesk
from markdesk.tui.screens.marking_notes import Notes
from markdesk.tui.side_lines import BAR, hanging
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.words import Hint, clipped, spread

if TYPE_CHECKING:
    from markdesk.core.bank_rank import BankSearch, Scope
    from markdesk.desk.bank import CommentBank
    from markdesk.tui.widgets.editor import WordsArea

BANK_HINTS: tuple[Hint, ...] = (
    (1, "{bank.take}", "take it"),
    (2, "{bank.up/bank.down}", "choose"),
    (3, "{bank.edit}", "take and change"),
    (4, "{bank.all}", "all comments, their uses"),
    (1, "{bank.leave}", "leave"),
)


@dataclass
class OpenBank:
    """The bank while it is open: where it was asked from, and what it has found."""

    search: "BankSearch"
    area: "WordsArea | None"
    """The editor that it was opened in; None on the essay."""
    found: tuple[BankComment, ...] = ()
    cursor: int = 0


class Banked(Notes):
    """``;`` on the essay."""

    bank_open: OpenBank | None = None

    def typing_hints(self) -> tuple[Hint, ...]:
        return BANK_HINTS if self.bank_open is not None else super().typing_hints()

    async def read_bank(self) -> "CommentBank | None":
        try:
            return await markdesk(self).comment_bank()
        except MarkdeskError as error:
            self.tell(f"The comment bank can't be read: {error}", "alert")
            return None

    async def action_bank(self) -> None:
        """Open the bank for the stamp just made here, or for the passage."""
        if not self.opened.essay.paragraphs:
            self.tell("There is no text to comment on")
        elif self.may_write():
            await self.open_bank_box(None)

    async def open_bank_box(self, area: "WordsArea | None", typed: str = "") -> None:
        bank = await self.read_bank()
        if bank is None or self.bank_open is not None:
            return
        from markdesk.tui.widgets.editor import BankBox

        self.bank_open = OpenBank(bank.at(self._scope(self.field_of(area))), area)
        hint = self.keys.told("words or a short code; {bank.take} takes what is chosen")
        box = BankBox(typed, placeholder=hint, id="bank-box")
        await self.query_one("#left").mount(Vertical(box, Lines(id="bank-list"), id="bank"))
        self.add_class("-editing")
        self.is_typing = True
        self.set_focus(box)
        self._find(typed)
        self.tell("")

    def field_of(self, area: "WordsArea | None") -> BankField:
        if area is None or area.key == COMMENT_EDITOR:
            return BankField.ANNOTATION
        field = next((field for field in BANK_FIELDS if field == area.key.partition(".")[0]), None)
        return BANK_FIELDS[field] if field else BankField.ANNOTATION

    def _scope(self, field: BankField) -> "Scope":
        from markdesk.desk.bank import scope_at  # here, since most first frames need no bank

        opened, beside = self.opened, self.beside
        note = self._stamped_here() if field is BankField.ANNOTATION else None
        stamp = opened.stamps.for_code(note.code) if note else None
        level = opened.marking.award(beside.scale).level or 0
        scope = scope_at(opened.rubric, opened.entry.assignment, field, stamp, beside.strand or beside.scale, level)
        return replace(scope, ahead=ahead_of(opened.rubric, opened.marking)) if field is BankField.TARGET else scope

    def _stamped_here(self) -> Annotation | None:
        """The annotation shown, where it stands on the passage and has no comment yet."""
        shown = self.shown_here()
        return shown if shown is not None and not shown.comment else None

    # -- looking for one

    @on(Input.Changed, "#bank-box")
    def _typed(self, event: Input.Changed) -> None:
        self._find(event.value)

    def _find(self, query: str) -> None:
        bank = self.bank_open
        if bank is not None:
            # A line of feedback isn't said twice on one sheet.
            said = {text_key(area.text) for area in self._areas()} if bank.area is not None else set()
            found = bank.search.find(query, 12 + len(said))
            left = [comment for comment in found.comments if text_key(comment.text) not in said]
            bank.found, bank.cursor = tuple(left[:12]), 0
            self._show_bank()

    def action_move_in_bank(self, by: int) -> None:
        if self.bank_open is not None and self.bank_open.found:
            self.bank_open.cursor = max(0, min(len(self.bank_open.found) - 1, self.bank_open.cursor + by))
            self._show_bank()

    def _show_bank(self) -> None:
        bank, most = self.bank_open, 6 if self.app.size.height < 30 else 10
        if bank is None:
            return
        width = max(30, self.query_one("#left").size.width - 3)
        first = max(0, bank.cursor - most + 1)
        lines: list[Line] = []
        for at, comment in enumerate(bank.found[first : first + most], start=first):
            lines += self._row(comment, at == bank.cursor, width)
        if not lines:
            way = self.keys.told("nothing in the bank says that: {bank.leave}, and write it;")
            lines = hanging(" ", "text", f"{way} it will be offered from then on", "quiet", 1, width)
        self.query_one("#bank-list", Lines).grow_to(lines)

    def _row(self, comment: BankComment, is_chosen: bool, width: int) -> list[Line]:
        """One comment: in full where the cursor is, on one line elsewhere, with its code and how often it was used."""
        bank = markdesk(self).bank_in_hand
        count = len(bank.uses(comment.id)) if bank else 0
        tail = [(f" ;{comment.code}" if comment.code else "", "accent"), (f" ×{count}" if count else "", "quiet")]
        room = width - sum(cell_len(text) for text, _ in tail) - 2
        said = f"{comment.stamps[0]}  {comment.text}" if is_bare(comment) else comment.text
        if not is_chosen:
            text = clipped(said, room)
            return [((" ", "bar"), *spread([(f" {text}", "text")], tail, width))]
        lines = hanging(" ", "text", said, "strong", 1, room)
        head = spread(list(lines[0]), tail, width)
        return [(BAR, *head), *((BAR, *line) for line in lines[1:])]

    # -- taking it

    async def action_take_comment(self, edit: bool = False) -> None:
        """Take the comment that is chosen; with ``edit`` its words are opened to be changed first."""
        from markdesk.tui.widgets.editor import arrived

        await arrived(self.focused)
        bank = self.bank_open
        if bank is None:
            return
        if not bank.found:
            # What was looked for stays, to be typed otherwise: the list says that there is none.
            self.tell("Nothing was taken")
            return
        comment, area = bank.found[bank.cursor], bank.area
        if area is None:
            await self._put_on_essay(comment, edit)
        else:
            await self.action_close_bank()
            self._put_into(area, expanded(comment.text, self.filling(self.essay_view.target.span)))
            if not edit and area.key != COMMENT_EDITOR and not blanks(area.text):
                await self.action_next_line(1)

    async def action_close_bank(self) -> None:
        """Close the bank; what was open before has the keys again."""
        bank, self.bank_open = self.bank_open, None
        if bank is None:
            return
        if bank.area is not None:
            self.set_focus(bank.area)
        else:
            self.is_typing = False
            self.set_focus(self.essay_view)
            self.remove_class("-editing")
        self.tell("")
        await self.query("#bank").remove()

    async def _put_on_essay(self, comment: BankComment, edit: bool) -> None:
        opened, span = self.opened, self.essay_view.target.span
        # A code of an added set is one more stamp on the passage, and says what it says without words.
        added = {stamp.code for stamp in opened.stamps.added}
        here = self._stamped_here() if added.isdisjoint(comment.stamps) else None
        filling = self.filling(here.anchor.span if here and here.anchor.span else span)
        text = "" if is_bare(comment) else expanded(comment.text, filling)
        if here is not None:
            done = await self.act(lambda: opened.comment(here.id, text))
            self.last_stamp = (here.code, text)
        else:
            code = self._own_stamp(comment)
            done = await self.act(lambda: opened.annotate(span, code, text))
            self.last_stamp = (code, text)
        if done is None:
            return
        told = self.said
        await self.action_close_bank()
        self.tell(*told)
        open_blanks = blanks(text)
        if edit or open_blanks:
            await self.action_edit_chosen()
        if open_blanks:
            self.tell(f"Fill in {{{open_blanks[0]}}}: it isn't known here", "accent")

    def _own_stamp(self, comment: BankComment) -> str:
        """The one stamp that the comment goes with, where the scheme uses it; none where it goes with several."""
        stamps = self.opened.stamps
        stamp = stamps.to_put(comment.stamps[0]) if len(comment.stamps) == 1 else None
        return stamp.code if stamp and stamps.serves(stamp, self.opened.rubric) else ""

    def filling(self, span: Span) -> Filling:
        """What the blanks of a comment on this passage are filled with."""
        opened = self.opened
        name = "" if opened.entry.assignment.is_anonymous else opened.entry.student.given_name
        if not opened.essay.paragraphs:
            return Filling(name)
        if opened.is_paper:
            return Filling(name, paragraph=opened.anchor(span).exact)
        first, last = (opened.essay.paragraph_at(at).number for at in (span.start, max(span.start, span.end - 1)))
        number = str(first) if first == last else f"{first}–{last}"
        quote = self.essay_view.essay.quote(span)
        # Words in which a name is hidden are nobody's quotation: their blank stays open.
        return Filling(name, quote if quote == opened.essay.quote(span) else "", number)

    @staticmethod
    def _put_into(area: "WordsArea", text: str) -> None:
        area.text = text
        area.move_cursor(area.document.end)
