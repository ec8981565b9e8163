"""The comment bank on the marking screen: the semicolon opens it on its best guess, and Enter takes that.

On the essay a comment taken goes to the stamp just made here, or with its own stamp on the passage. In an editor a
semicolon in an empty line opens the bank for that line; ``;ev`` and a space write the comment of that short code.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import on
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from markdesk.core.annotation import Annotation
from markdesk.core.bank import BankComment, BankField, Filling, Use, blanks, expanded, text_key, typed_code
from markdesk.core.errors import MarkdeskError
from markdesk.core.essay import Span
from markdesk.core.feedback import Field
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

_CODE = re.compile(r";[A-Za-z0-9-]{1,12}\s")

BANK_HINTS: tuple[Hint, ...] = (
    (1, "{bank.take}", "take it"),
    (2, "{bank.up/bank.down}", "choose"),
    (3, "{bank.edit}", "take and change"),
    (4, "{bank.all}", "all comments, their uses"),
    (1, "{bank.leave}", "leave"),
)

FIELDS = {
    Field.WWW: BankField.WWW, Field.EBI: BankField.EBI, Field.TARGET: BankField.TARGET, Field.TASK: BankField.TASK,
    Field.QUESTION: BankField.DRAFT,
}  # fmt: skip
"""What the bank has for each line of feedback; it has nothing for the others."""


@dataclass
class OpenBank:
    """The bank while it is open: where it was asked from, and what it has found."""

    search: "BankSearch"
    area: "WordsArea | None"
    """The editor that it was opened in; None on the essay."""
    found: tuple[BankComment, ...] = ()
    cursor: int = 0


class Banked(Notes):
    """``;`` and what follows it."""

    bank_open: OpenBank | None = None

    def typing_hints(self) -> tuple[Hint, ...]:
        return BANK_HINTS if self.bank_open is not None else super().typing_hints()

    async def _bank(self) -> "CommentBank | None":
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
            await self._open_bank(None)

    async def _open_bank(self, area: "WordsArea | None", typed: str = "") -> None:
        bank = await self._bank()
        if bank is None or self.bank_open is not None:
            return
        from markdesk.tui.widgets.editor import BankBox

        self.bank_open = OpenBank(bank.at(self._scope(self._field_of(area))), area)
        hint = self.keys.told("words or a short code; {bank.take} takes what is chosen")
        box = BankBox(typed, placeholder=hint, id="bank-box")
        await self.query_one("#left").mount(Vertical(box, Lines(id="bank-list"), id="bank"))
        self.add_class("-editing")
        self.is_typing = True
        self.set_focus(box)
        self._find(typed)
        self.tell("")

    def _field_of(self, area: "WordsArea | None") -> BankField:
        if area is None or area.key == COMMENT_EDITOR:
            return BankField.ANNOTATION
        return FIELDS.get(Field(area.key.partition(".")[0]), BankField.ANNOTATION)

    def _scope(self, field: BankField) -> "Scope":
        from markdesk.desk.bank import scope_at  # here, since most first frames need no bank

        opened, beside = self.opened, self.beside
        note = self._stamped_here() if field is BankField.ANNOTATION else None
        stamp = opened.stamps.for_code(note.code) if note else None
        level = opened.marking.award(beside.scale).level or 0
        return scope_at(opened.rubric, opened.entry.assignment, field, stamp, beside.strand or beside.scale, level)

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
            way = self.keys.told(" nothing in the bank says that: {bank.leave}, and write it;")
            lines = [((f"{way} it will be offered from then on", "quiet"),)]
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
        comment = bank.found[bank.cursor] if bank.found else None
        area = bank.area
        await self.action_close_bank()
        if comment is None:
            self.tell("Nothing was taken")
        elif area is None:
            await self._put_on_essay(comment, edit)
        else:
            self._put_into(area, expanded(comment.text, self._filling(self.essay_view.target.span)))
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
        filling = self._filling(here.anchor.span if here and here.anchor.span else span)
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

    def _filling(self, span: Span) -> Filling:
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

    # -- all of it

    async def action_comments(self) -> None:
        """Every comment of the bank and where it was used, over this essay.

        What is typed is saved first, and the essay let go: an edit may reach its comments.
        """
        await self.action_close_bank()
        if self._areas():
            await self.action_close_editor()
        if self.is_typing:
            return  # what went wrong is in the foot
        from markdesk.tui.screens.bank import Over, open_bank

        keep_place, sitting = self.place_keeper(), self.sitting

        def let_go() -> None:
            keep_place()
            sitting.close()

        await open_bank(markdesk(self), Over(self.opened.entry.script.id, let_go, self._back_from_bank))

    async def _back_from_bank(self, use: Use | None) -> None:
        """Take the essay up again, as it is by now; with ``use``, at that comment."""
        opened, sitting, chosen, beside = self.opened, self.sitting, self.chosen, self.beside
        essay, rubric, target = opened.essay, opened.rubric, self.essay_view.target

        def take_up() -> None:
            if opened.held_by:
                opened.reload()  # it was another window's before, too
            else:
                sitting.take_over(opened)

        try:
            await self.thread.do(take_up)
        except MarkdeskError as error:
            opened.held_by = opened.held_by or "it couldn't be taken up again"
            self.tell(str(error), "alert")
            return
        self.sitting.note(opened.marking)
        self.show_script(opened)
        if opened.essay is essay and essay.paragraphs:
            self.essay_view.aim(target)
            self.moved()
        if opened.rubric is rubric:
            self.beside = beside
            self.show_head()
            self.show_side()
        if use is not None:
            self.go_to_use(use)
        elif chosen in opened.marking.annotations:
            self.chosen = chosen
            self.show_note()

    def go_to_use(self, use: Use) -> None:
        """Show where a comment of the bank stands in this essay."""
        from markdesk.desk.bank import line_name

        if use.key in self.opened.marking.annotations:
            self.go_to_note(use.key)
        elif name := line_name(use.key):
            self.tell(self.keys.told(f"It stands in the feedback, as {name}: {{marking.feedback}} opens it"))
        else:
            self.tell("It no longer stands in this essay")

    # -- in an editor

    async def on_text_area_changed(self, event: Message) -> None:
        """A semicolon at its beginning opens the bank for the line; a short code and a space write its comment."""
        from markdesk.tui.widgets.editor import WordsArea

        area = getattr(event, "text_area", None)
        if not isinstance(area, WordsArea) or self.focused is not area:
            return
        if await self._asked_in(area):
            return
        if ";" in area.text:
            await self.write_out(area)

    async def _asked_in(self, area: "WordsArea") -> bool:
        """Open the bank where a line begins with a semicolon; what was typed behind it is what is looked for.

        Keys may come faster than the bank opens: those that still reach the line are the box's.
        """
        async with self._asking:
            return await self._ask_in(area)

    async def _ask_in(self, area: "WordsArea") -> bool:
        bank = self.bank_open
        if bank is None and area.text.startswith(";"):
            typed, area.text = area.text[1:], ""
            await self._open_bank(area, typed)
            return True
        if bank is not None and bank.area is area and area.text:
            from markdesk.tui.widgets.editor import BankBox

            box = self.query_one(BankBox)
            typed, area.text = area.text, ""
            box.value += typed
            box.cursor_position = len(box.value)
            return True
        return bank is not None

    async def action_next_line(self, by: int) -> None:
        """The next line; a semicolon that was typed just before has opened the bank first, and Enter takes from it."""
        await self.let_keys_arrive()
        area = self.focused
        if isinstance(area, self._words_area()) and area.text.startswith(";"):
            await self._asked_in(area)
        await self._let_bank_open()
        if self.bank_open is None:
            await super().action_next_line(by)
        elif by > 0 and self.bank_open.area is area:
            await self.action_take_comment()

    async def action_close_editor(self) -> None:
        """Close the editor; where a semicolon has just asked for the bank, leave that first."""
        await self.let_keys_arrive()
        await self._let_bank_open()
        area = self.focused
        if isinstance(area, self._words_area()) and area.text == ";":
            area.text = ""
            await self.action_close_bank()
        elif self.bank_open is not None:
            await self.action_close_bank()
        else:
            await super().action_close_editor()

    async def _let_bank_open(self) -> None:
        """Wait for a bank that a semicolon has asked for and that isn't open yet: what follows is meant for it."""
        async with self._asking:
            pass

    @staticmethod
    def _words_area() -> "type[WordsArea]":
        from markdesk.tui.widgets.editor import WordsArea

        return WordsArea

    async def write_out(self, area: "WordsArea", at_end: bool = False) -> None:
        """Write the comment of each short code in the cursor's line that a space follows; ``at_end`` the last one too.

        Several keys may have come since: it is not only the last letter that counts.
        """
        row, column = area.cursor_location
        line = area.document.get_line(row)[:column]
        ends = [found.end() - 1 for found in _CODE.finditer(line)] + ([column] if at_end else [])
        coded = [(code, end) for end in ends if (code := typed_code(line[:end]))]
        bank = await self._bank() if coded else None
        if bank is None or area.document.get_line(row)[:column] != line:
            return  # more was typed meanwhile: its own change is on the way
        for code, end in reversed(coded):
            comment = bank.by_code(code, self._field_of(area))
            text = self._offered_in(area, code)
            if comment is not None:
                text = expanded(comment.text, self._filling(self.essay_view.target.span))
            if text:
                area.replace(text, (row, end - len(code) - 1), (row, end))

    @staticmethod
    def _offered_in(area: "WordsArea", code: str) -> str:
        """What is offered for the line under a number; empty where that is none of its numbers."""
        at = int(code) if code.isdecimal() else 0
        return area.offered[at - 1] if 0 < at <= len(area.offered) else ""

    @staticmethod
    def _put_into(area: "WordsArea", text: str) -> None:
        area.text = text
        area.move_cursor(area.document.end)
