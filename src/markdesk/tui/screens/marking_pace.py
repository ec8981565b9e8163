"""Pace and calm: how long essays take, when the pile is done, and a rest after as many as the teacher chose.

Told beside the essay only where the settings say so; worked out from the log of this desk, and kept nowhere.
"""

from datetime import timedelta

from markdesk.core.changes import follows_up
from markdesk.core.errors import MarkdeskError
from markdesk.core.ids import ScriptId
from markdesk.core.pace import Pace, Typical, expected_finish
from markdesk.desk.marking_desk import Outcome
from markdesk.tui.at_home import markdesk
from markdesk.tui.queue_lines import told_time
from markdesk.tui.screens.marking_moves import Moves


class Paced(Moves):
    """The right end of the top line, and the word after so many essays."""

    _pace: Pace | None = None
    _typical = Typical()
    """What the finished essays of this pile took; another's once ``_pace`` is read."""
    _finished_here = 0
    """How many essays were finished since the screen was opened."""

    async def read_pace(self) -> None:
        """Look up how long essays took, behind the first frame, where it is to be told."""
        if markdesk(self).opening.pace != "on" or self._pace is not None:
            return
        desk, assignment_id = self.sitting.desk, self.sitting.assignment.id
        try:
            acts = await self.thread.do(lambda: desk.store.acts(desk.marker.id, assignment_id))
        except MarkdeskError:
            return  # the pace is a courtesy: marking goes on without it
        is_done = self.sitting.is_done
        self._pace = Pace((act.script_id, act.at) for act in acts)
        self._typical = Typical((one, time) for one, time in self._pace.spent.items() if is_done(ScriptId(one)))
        self.show_top()

    def show_outcome(self, outcome: Outcome) -> None:
        is_marking = outcome.is_saved and not all(map(follows_up, outcome.changes))
        if self._pace is not None and is_marking:
            self._pace.add(self.opened.entry.script.id, self.opened.desk.clock.now())
        super().show_outcome(outcome)
        self._count(self.opened.entry.script.id)

    def _count(self, script_id: ScriptId) -> None:
        """Count the time on a script towards what an essay takes, where it is finished."""
        if self._pace is not None:
            spent = self._pace.spent.get(script_id, timedelta())
            self._typical.count(script_id, spent if self.sitting.is_done(script_id) else timedelta())

    @property
    def pace_told(self) -> str:
        """What an essay takes and when the pile is done; empty where it isn't to be told, or not known yet."""
        if self._pace is None:
            return ""
        sitting = self.sitting
        self._count(self.opened.entry.script.id)  # it may have been finished just now, or opened again
        each, left = self._typical.each, len(sitting.entries) - sitting.done
        if each is None or not left:
            return ""
        done = expected_finish(sitting.desk.clock.now(), each, left).astimezone()
        return f"{told_time(each)} each · done {done:%H:%M}"

    def note_finished(self) -> None:
        """Count an essay that was finished."""
        if self._pace is not None:  # the next essay is shown at once, without what finishing this one came to
            self._pace.add(self.opened.entry.script.id, self.opened.desk.clock.now())
        self._count(self.opened.entry.script.id)
        self._finished_here += 1

    def rest_told(self) -> str:
        """That a rest is due, after an essay was finished; empty where it isn't."""
        rest = markdesk(self).opening.rest
        if not rest or self._finished_here % rest or self.sitting.done == len(self.sitting.entries):
            return ""
        return f"{self._finished_here} essays in this sitting: a rest keeps the marks even"
