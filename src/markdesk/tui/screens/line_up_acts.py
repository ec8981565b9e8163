"""What the list in mark order and two essays side by side have in common: the essay that + and - move."""

from collections.abc import Mapping

from markdesk.core.ids import ScriptId
from markdesk.core.rubric import Scale
from markdesk.desk.adjusting import Adjusting
from markdesk.desk.redrafts import Redraft
from markdesk.tui.screens.pile_acting import PileActing, R
from markdesk.tui.store_thread import StoreThread


class LineUpActs(PileActing[R]):
    """Moves the mark of the chosen essay."""

    CSS_PATH = "line_up.tcss"

    def __init__(
        self, thread: StoreThread, adjusting: Adjusting, scale: Scale, redrafts: Mapping[ScriptId, Redraft]
    ) -> None:
        super().__init__(thread, adjusting)
        self.adjusting = adjusting
        self.line_up = adjusting.line_up
        self.scale = scale
        """The scale that + and - move."""
        self.redrafts = redrafts

    @property
    def chosen(self) -> ScriptId | None:
        """The essay that + and - move; None where there is none."""
        raise NotImplementedError

    async def action_step_mark(self, by: int) -> None:
        script_id, scale = self.chosen, self.scale.id
        if script_id is not None:
            await self.act(lambda: self.adjusting.step(script_id, scale, by))
