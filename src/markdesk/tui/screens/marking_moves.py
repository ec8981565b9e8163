"""Moving about: through the essay, and from one essay to the next."""

from collections.abc import Callable
from typing import TypeVar

from markdesk.core.errors import MarkdeskError
from markdesk.core.essay import Essay
from markdesk.core.ids import ScaleId, ScriptId
from markdesk.core.marking import Met
from markdesk.core.marksheet import is_wordless
from markdesk.core.pad import places_of
from markdesk.core.target import (
    Target,
    extended,
    paragraph_target,
    sentence_beside,
    trimmed,
    word_beside,
    word_extended,
)
from markdesk.desk.marking_desk import MarkingDesk, Outcome
from markdesk.tui.at_home import markdesk
from markdesk.tui.screens.marking_base import MarkingBase

By = TypeVar("By", int, bool)


class Moves(MarkingBase):
    """The arrows, and Enter."""

    def action_step(self, by: int) -> None:
        is_last = self.essay_view.target.number == len(self.opened.essay.paragraphs)
        if self.opened.is_paper and by > 0 and is_last:
            self._add_place(places_of(self.opened.essay)[-1].page)
        else:
            self.essay_view.step_paragraph(by)
        self.moved()

    def action_page(self, by: int) -> None:
        if self.opened.is_paper:
            self._turn_page(by)
        else:
            self.essay_view.step_page(by)
        self.moved()

    # -- a script on paper

    def _add_place(self, page: int) -> None:
        """One more paragraph of the pad, and the cursor on it."""
        if self.opened.add_place(page):
            pad = self.opened.essay
            at = [place.page for place in places_of(pad)]
            self.show_text(paragraph_target(pad, len(at) - 1 - at[::-1].index(page)))
        else:
            self.tell("The pad holds no more: 99 paragraphs to a page, 99 pages")

    def _turn_page(self, by: int) -> None:
        """To the first paragraph of the page before or after; after the last, a new page."""
        places = places_of(self.opened.essay)
        page = places[self.essay_view.target.paragraph].page + by
        found = next((at for at, place in enumerate(places) if place.page == page), None)
        if found is not None:
            self.essay_view.aim(paragraph_target(self.opened.essay, found))
        elif by > 0:
            self._add_place(page)
        else:
            self.essay_view.aim(paragraph_target(self.opened.essay, 0))

    def action_edge(self, by: int) -> None:
        last = len(self.opened.essay.paragraphs) - 1
        if last >= 0:
            self.essay_view.aim(paragraph_target(self.opened.essay, 0 if by < 0 else last))
            self.moved()

    def action_sentence(self, by: int) -> None:
        self._aim_by(sentence_beside, by)

    def action_extend(self, by: int) -> None:
        self._aim_by(extended, by)

    def action_word(self, by: int) -> None:
        self._aim_by(word_beside, by)

    def action_extend_word(self, by: int) -> None:
        self._aim_by(word_extended, by)

    def action_trim(self, from_start: bool) -> None:
        self._aim_by(trimmed, from_start)

    def _aim_by(self, moved: Callable[[Essay, Target, By], Target], by: By) -> None:
        if self.opened.essay.paragraphs:
            self.essay_view.aim(moved(self.opened.essay, self.essay_view.target, by))
            self.moved()

    async def action_beside(self, by: int) -> None:
        """The essay before or after in the pile; this one stays as it is."""
        script_id = self.sitting.beside(self.opened.entry.script.id, by)
        if script_id is None:
            self.tell("That was the first essay of the pile" if by < 0 else "That was the last essay of the pile")
        else:
            await self.open_script(script_id)

    def step_out(self) -> None:
        """Let go of the annotation and the sentence that were chosen."""
        self.chosen = ""
        if self.opened.essay.paragraphs:
            self.essay_view.aim(paragraph_target(self.opened.essay, self.essay_view.target.paragraph))
        self.remove_class("-drawer")
        self.show_note()

    finished_before = ""
    """Whose essay was finished before this one was opened: undo doesn't reach it from here."""

    async def finish_and_go_on(self, met: Met | None = None, no_to: tuple[str, ...] = ()) -> None:
        """Finish this essay and open the next one that isn't done; what is asked first is ``Closing``'s.

        The store is asked once for both: the next thing on the screen is the next essay.
        """
        opened, sitting, keep_place = self.opened, self.sitting, self.place_left()
        if (scale := sitting.scale) is not None and opened.unmarked and opened.marking.award(scale).is_marked:
            await self._go_on_with_pass(scale)
            return

        def finish() -> tuple[Outcome, ScriptId | None, MarkingDesk | MarkdeskError | None]:
            outcome = opened.finish(met, no_to)
            sitting.note(outcome.marking)
            script_id = sitting.next_unmarked(opened.entry.script.id)
            if script_id is None or _is_held_up(outcome, opened):
                return outcome, script_id, None
            try:
                keep_place()
                return outcome, script_id, sitting.open(script_id)
            except MarkdeskError as error:
                return outcome, script_id, error

        done = await self.have_done(finish)
        if done is None:
            return
        outcome, script_id, following = done
        if not isinstance(following, MarkingDesk):
            self.show_outcome(outcome)
        if following is None:
            if script_id is None and not _is_held_up(outcome, opened):
                self._tell_pile_is_done(outcome)
            return
        if isinstance(following, MarkdeskError):
            self.tell(f"The next essay can't be opened: {following}", "alert")
            return
        name = sitting.called(opened.entry)
        self.finished_before = name if outcome.is_saved else ""
        said = outcome.label
        if outcome.is_saved:
            self.note_finished()
            wordless = f"{name} gets a mark and no word" if self._is_wordless(outcome) else ""
            said = " · ".join(filter(None, (said, wordless, self.rest_told())))
        if not outcome.is_saved:  # the next essay is on the screen by then, so it says whose this was
            said = f"{name}: {said[0].lower()}{said[1:]}. {self.keys.told('{marking.last_essay}')} goes back"
        self.show_script(following, said, outcome.is_saved)
        await self.reopen_drafts()

    def _is_wordless(self, outcome: Outcome) -> bool:
        """Whether it is to be told that an essay was finished with a mark alone: often that is a slip."""
        return outcome.is_saved and markdesk(self).opening.checks != "off" and is_wordless(outcome.marking)

    def note_finished(self) -> None:
        """Count an essay that was finished. ``Paced`` does."""

    def rest_told(self) -> str:
        """That a rest is due, after an essay was finished. ``Paced`` knows."""
        return ""

    async def _go_on_with_pass(self, scale: ScaleId) -> None:
        """The scale in hand is marked, and the others have passes of their own: to the next essay."""
        opened, sitting = self.opened, self.sitting
        sitting.note(opened.marking)
        script_id = sitting.next_unmarked(opened.entry.script.id)
        if script_id is None:
            return
        said = f"{sitting.called(opened.entry)}: {opened.scale(scale).title} has its mark"
        if sitting.scale not in (None, scale):
            said = f"{opened.scale(scale).title} is marked down the class; now {opened.scale(str(sitting.scale)).title}"
        await self.open_script(script_id, said)

    def _tell_pile_is_done(self, outcome: Outcome) -> None:
        self.show_top()
        if outcome.is_saved or self.opened.is_marked:
            self.step_out()  # so that one Esc leaves, and no letter after it stamps
            told = "The pile is done: every essay has its mark. "
            if self._is_wordless(outcome):
                told += f"{self.sitting.called(self.opened.entry)} gets a mark and no word. "
            self.tell(told + self.keys.told("{desk.back} leaves; {queue.export} in the list writes the sheets."))
        else:
            self.tell(outcome.label)

    async def open_script(self, script_id: ScriptId, said: str = "") -> None:
        """Leave this essay, its place kept, and open another; ``said`` stays in the foot."""
        keep_place, sitting = self.place_left(), self.sitting

        def change_over() -> MarkingDesk:
            keep_place()
            return sitting.open(script_id)

        async with self._acting:
            try:
                following = await self.thread.do(change_over)
            except MarkdeskError as error:
                self.tell(f"The next essay can't be opened: {error}", "alert")
                return
        self.finished_before = ""
        self.show_script(following, said)
        await self.reopen_drafts()

    async def reopen_drafts(self) -> None:
        """Open the editors whose words were not finished. ``Notes`` knows how."""

    async def action_take_over(self) -> None:
        opened, sitting = self.opened, self.sitting
        if not opened.held_by:
            self.tell("This essay is yours already")
            return
        try:
            is_ours = await self.thread.do(lambda: sitting.take_over(opened))
        except MarkdeskError as error:
            self.tell(str(error), "alert")
            return
        if is_ours:
            self.show_script(opened)
            self.tell("It is yours now", "good")
        else:
            self.tell(f"Still open in another window ({opened.held_by})", "alert")


def _is_held_up(outcome: Outcome, opened: MarkingDesk) -> bool:
    """Whether a rule of the board stands in the way of what has its marks, and the foot says which."""
    return not outcome.is_saved and opened.is_marked and not opened.is_done
