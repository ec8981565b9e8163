"""The semicolon in an editor: in an empty line it opens the bank for that line; ``;ev`` and a space write a comment."""

import re
from typing import TYPE_CHECKING

from textual.message import Message

from markdesk.core.bank import expanded, typed_code
from markdesk.tui.screens.marking_bank import Banked

if TYPE_CHECKING:
    from markdesk.tui.widgets.editor import WordsArea

_CODE = re.compile(r";[A-Za-z0-9-]{1,12}\s")


class Coded(Banked):
    """Looks at what is typed in an editor."""

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
            await self.open_bank_box(area, typed)
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
        bank = await self.read_bank() if coded else None
        if bank is None or area.document.get_line(row)[:column] != line:
            return  # more was typed meanwhile: its own change is on the way
        for code, end in reversed(coded):
            comment = bank.by_code(code, self.field_of(area))
            text = self._offered_in(area, code)
            if comment is not None:
                text = expanded(comment.text, self.filling(self.essay_view.target.span))
            if text:
                area.replace(text, (row, end - len(code) - 1), (row, end))

    @staticmethod
    def _offered_in(area: "WordsArea", code: str) -> str:
        """What is offered for the line under a number; empty where that is none of its numbers."""
        at = int(code) if code.isdecimal() else 0
        return area.offered[at - 1] if 0 < at <= len(area.offered) else ""
