"""From an essay to all of the comment bank, or to what a search finds, and back to the essay as it is by then."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from markdesk.core.bank import Use
from markdesk.core.errors import MarkdeskError
from markdesk.core.target import at_span
from markdesk.tui.at_home import markdesk
from markdesk.tui.screens.marking_bank import Banked

if TYPE_CHECKING:
    from markdesk.desk.searching import Found
    from markdesk.tui.screens.search import Over


class Detouring(Banked):
    """Other screens over the essay: other essays may be opened from there, of this pile too."""

    @property
    def script_open(self) -> str:
        """The script that this screen has open."""
        return self.opened.entry.script.id

    async def action_comments(self) -> None:
        """Every comment of the bank and where it was used, over this essay.

        What is typed is saved first, and the essay let go: an edit may reach its comments.
        """
        if not await self._close_what_is_typed():
            return
        from markdesk.tui.screens.bank import Over, open_bank

        await open_bank(markdesk(self), Over(self.script_open, self._letting_go(), self._back_from_bank))

    async def leave_for_search(self) -> "Over | None":
        """What is typed is saved, and the essay let go; None where that went wrong."""
        if not await self._close_what_is_typed():
            return None
        from markdesk.tui.screens.search import Over

        await self.thread.do(self._letting_go())
        return Over(self.script_open, self._back_from_search)

    async def _close_what_is_typed(self) -> bool:
        """Whether the keys are the essay's again; else what went wrong is in the foot."""
        await self.action_close_bank()
        if self._areas():
            await self.action_close_editor()
        return not self.is_typing

    def _letting_go(self) -> Callable[[], None]:
        """What keeps the place and lets the essay go: for the store's thread."""
        self.forget_place_due()  # kept below: later it would be kept over that of an essay opened from there
        keep_place, sitting = self.place_keeper(), self.sitting

        def let_go() -> None:
            keep_place()
            sitting.close()

        return let_go

    async def _back_from_bank(self, use: Use | None) -> None:
        if await self._take_up_again() and use is not None:
            self.go_to_use(use)

    async def _back_from_search(self, found: "Found | None") -> None:
        if await self._take_up_again() and found is not None:
            self.go_to_found(found)

    async def _take_up_again(self) -> bool:
        """Take the essay up again, as it is by now."""
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
            return False
        self.show_script(opened)
        if opened.essay is essay and essay.paragraphs:
            self.essay_view.aim(target)
            self.moved()
        if opened.rubric is rubric:
            self.beside = beside
            self.show_head()
            self.show_side()
        if chosen in opened.marking.annotations:
            self.chosen = chosen
            self.show_note()
        return True

    def go_to_use(self, use: Use) -> None:
        """Show where a comment of the bank stands in this essay."""
        self._go_to_words(use.key)

    def go_to_found(self, found: "Found") -> None:
        """Show where something stands in this essay that a search found."""
        if found.hit.part:
            self._go_to_words(found.hit.part)
        elif found.place is not None:
            shown = self.essay_view.essay
            if shown.quote(found.place) == found.exact:
                self.essay_view.aim(at_span(shown, found.place))
                self.moved()
            else:
                self.tell("That stood in another text of this essay")

    def _go_to_words(self, key: str) -> None:
        """Show an annotation by its id, or say which line of feedback it is by its field and place."""
        from markdesk.desk.bank import line_name

        if key in self.opened.marking.annotations:
            self.go_to_note(key)
        elif name := line_name(key):
            self.tell(self.keys.told(f"It stands in the feedback, as {name}: {{marking.feedback}} opens it"))
        else:
            self.tell("It no longer stands in this essay")
