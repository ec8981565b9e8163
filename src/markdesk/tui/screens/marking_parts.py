"""The parts of a two-part answer: where they begin, and the scale that the paragraph under the cursor is marked on."""

from markdesk.core.changes import MarkingChanged
from markdesk.core.parts import part_at
from markdesk.desk.marking_desk import MarkingDesk, Outcome
from markdesk.tui.screens.marking_moves import Moves


class Parted(Moves):
    """``%`` says where a part begins; moving into a part makes its scale the one in hand."""

    _part = ""
    """The part that the cursor is in; empty where the text isn't divided."""

    def show_script(self, opened: MarkingDesk, said: str = "", saved: bool = False) -> None:
        super().show_script(opened, said, saved)
        self._part = self._part_here()  # the scale in hand stays the first that is to be marked
        self._show_parts()

    def show_outcome(self, outcome: Outcome) -> None:
        super().show_outcome(outcome)
        if any(isinstance(change, MarkingChanged) for change in outcome.changes):
            self._show_parts()

    def _show_parts(self) -> None:
        """A line above each paragraph at which a part begins."""
        opened = self.opened
        starts = opened.parts if len(opened.parts) > 1 else ()
        self.essay_view.show_parts({opened.essay.paragraph_at(at).number - 1: f"part {part}" for part, at in starts})
        part = self._part_here()
        if part != self._part:
            self._part = part
            self._take_up(part)
        self.show_head()

    def _part_here(self) -> str:
        starts = self.opened.parts
        return part_at(starts, self.essay_view.target.span.start) if len(starts) > 1 else ""

    def moved(self) -> None:
        part = self._part_here()
        if part != self._part:
            self._part = part
            self._take_up(part)
        super().moved()

    def _take_up(self, part: str) -> None:
        """The scale of a part in hand: the first of its scales that has no mark, else its first."""
        its = [scale for scale in self.opened.rubric.scales if scale.part == part]
        if its and not any(scale.id == self.beside.scale for scale in its):
            left = [scale for scale in its if not self.opened.marking.award(scale.id).is_marked]
            self.beside = self.beside_of((left or its)[0])
            self.show_side()

    @property
    def part_told(self) -> str:
        return f" · part {self._part}" if self._part else ""

    async def action_part(self) -> None:
        """A part begins at this paragraph; again, the next one does, or none."""
        opened = self.opened
        if not opened.essay.paragraphs:
            self.tell("There is no text in which a part could begin")
            return
        start = opened.essay.paragraphs[self.essay_view.target.paragraph].span.start
        await self.act(lambda: opened.begin_part(start))
        self.moved()
