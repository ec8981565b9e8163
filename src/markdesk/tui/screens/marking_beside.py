"""What the teacher keeps beside a scheme: the board's own wording, and her notes on the question. Read when needed."""

from dataclasses import replace

from markdesk.core.errors import MarkdeskError
from markdesk.tui.at_home import markdesk
from markdesk.tui.screens.marking_base import MarkingBase
from markdesk.tui.side_lines import OWN_WORDS, notes_lines


class Companions(MarkingBase):
    """The backtick shows the notes; the wording is there by itself."""

    _worded = ""
    """The scheme, by its hash, whose wording was looked for."""

    async def read_words(self) -> None:
        """Show the board's own wording where the teacher holds it. Behind the first frame: most have none."""
        rubric, opening = self.opened.rubric, markdesk(self).opening
        if self._worded == rubric.hash:
            return
        self._worded = rubric.hash
        try:
            words = await self.thread.do(lambda: opening.shelf().wording(rubric))
        except MarkdeskError as error:
            self.tell(str(error), "alert")
            self.words = OWN_WORDS
            return
        self.words = words
        if words.source:
            self.show_side()

    def action_scroll_scheme(self, by: int) -> None:
        """Move the scheme where it is longer than the screen."""
        self.side.scroll_to(y=max(0, self.side.scroll_offset.y + by), animate=False, immediate=True)

    async def action_notes(self) -> None:
        """Show the teacher's notes on this question in place of the levels, or the levels again."""
        if self.beside.notes is not None:
            self.beside = replace(self.beside, notes=None)
            self.show_head()
            self.show_side()
            return
        opened, opening = self.opened, markdesk(self).opening
        try:
            found = await self.thread.do(lambda: opening.notes().find(opened.entry.assignment, opened.rubric))
        except MarkdeskError as error:
            self.tell(str(error), "alert")
            return
        if not found:
            self.tell(f"No notes on this question yet; they go into a file in {opening.notes().folder}", "alert")
            return
        self.beside = replace(self.beside, notes=notes_lines(found, max(24, self.side_width - 3)))
        self.show_head()
        self.show_side()
