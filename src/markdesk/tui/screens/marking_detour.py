"""From an essay to all of the comment bank, and back to the essay as it is by then."""

from markdesk.core.bank import Use
from markdesk.core.errors import MarkdeskError
from markdesk.tui.at_home import markdesk
from markdesk.tui.screens.marking_bank import Banked


class Detouring(Banked):
    """The bank's own screen over the essay: other essays may be opened from there, of this pile too."""

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

        self.forget_place_due()  # kept below: later it would be kept over that of an essay opened from there
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
            sitting.refresh()  # others of the pile may have been marked meanwhile

        try:
            await self.thread.do(take_up)
        except MarkdeskError as error:
            opened.held_by = opened.held_by or "it couldn't be taken up again"
            self.tell(str(error), "alert")
            return
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
