"""What is done to the essays of a line-up: marks moved, essays returned and reopened."""

from markdesk.core.ids import ScriptId
from markdesk.core.marking import MarkingStatus
from markdesk.desk.line_up import LineUp
from markdesk.desk.pile_acts import Adjusted, OnEach, PileActs, unheard
from markdesk.desk.returning import can_be_returned, return_essays
from markdesk.desk.sitting import Sitting


class Adjusting(PileActs):
    """The pile in mark order, and every way to change it."""

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self.line_up = LineUp(sitting.rubric, sitting.entries, sitting.total)

    def take(self, adjusted: Adjusted) -> None:
        """In the line too."""
        super().take(adjusted)
        for marking in adjusted.markings:
            self.line_up.move(self.sitting.entries[self.sitting.position(marking.header.script_id) - 1])

    # -- one essay

    def step(self, script_id: ScriptId, scale_id: str, by: int) -> Adjusted:
        """One mark more or less on a scale."""
        opened = self._open(script_id)
        if opened.marking.is_locked:
            return self._told(opened, "returned: o opens it again, then + and - change its mark")
        if opened.rubric.scale(scale_id) is None:
            return self._told(opened, "marked under an earlier version of the scheme, which has no such scale")
        scale, award = opened.scale(scale_id), opened.marking.award(scale_id)
        if scale.is_points:
            return self._told(opened, f"{scale.title} is marked in points: open the essay to change them")
        if award.mark is None:
            has = "no response" if award.no_response else "no mark yet"
            return self._told(opened, f"{has} for {scale.title}: open the essay to give one")
        return self._act(opened, lambda: opened.step_mark(scale_id, by))

    def reopen(self, script_id: ScriptId) -> Adjusted:
        """Take a returned essay back, so that its mark can change."""
        opened = self._open(script_id)
        if opened.marking.header.status is not MarkingStatus.RETURNED:
            return self._told(opened, "not returned, so nothing is locked")
        return self._act(opened, opened.reopen)

    # -- all of them

    def return_all(self, on_each: OnEach = unheard) -> Adjusted:
        """Give back every essay that is finished. One act, though each marking has its own step."""
        self.let_go()
        wanted = [entry for entry in self.sitting.entries if can_be_returned(entry)]
        returned = return_essays(self.sitting.desk, wanted, on_each=on_each)
        self._rubrics.update({one.rubric.hash: one.rubric for one in returned.done})
        if returned.done:
            self._undone.clear()
            self._done.append(tuple((one.entry.script.id, one.history.done[-1].id) for one in returned.done))
        count = len(returned.done)
        label = f"{count} essay{'' if count == 1 else 's'} returned"
        if returned.kept:
            told = "; ".join(f"{self.sitting.called(one.entry)}: {one.reason}" for one in returned.kept[:3])
            label += f"; not returned: {told}" + (" …" if len(returned.kept) > 3 else "")
        return Adjusted(tuple(one.marking for one in returned.done), label, bool(returned.done))
