"""What is done to the essays of a pile from a list of it. Each act is a step of its marking; undo takes back the last.

On the marking screen undo is of the essay that is open. In a list of thirty that would be whichever the cursor is on,
and one key too many would undo an essay that nobody meant: so the acts of this list are remembered in their order, and
only those are taken back.
"""

from collections.abc import Callable
from dataclasses import dataclass

from markdesk.core.errors import MarkdeskError, StaleChange
from markdesk.core.history import Group
from markdesk.core.ids import RubricHash, ScriptId, StepId
from markdesk.core.marking import Marking
from markdesk.core.rubric import Rubric
from markdesk.desk.marking_desk import MarkingDesk, Outcome
from markdesk.desk.returning import open_again, refuse_if_open
from markdesk.desk.sitting import Sitting

_Act = tuple[tuple[ScriptId, StepId], ...]
"""The essays that an act was about, each with the group of its history that holds it."""


_Groups = Callable[[MarkingDesk], list[Group]]
OnEach = Callable[[], None]
"""Told of each essay that an act is done to; it may raise to stop the act, and then nothing is done."""


def unheard() -> None:
    """Nobody counts along."""


@dataclass(frozen=True, slots=True)
class Adjusted:
    """What an act came to: the markings as they are now, and what to say of it."""

    markings: tuple[Marking, ...]
    label: str
    is_saved: bool


class PileActs:
    """Acts on essays of one pile, and the way back. All but ``take`` runs on the store's thread."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        self._opened: MarkingDesk | None = None
        self._rubrics: dict[RubricHash, Rubric] = {}
        """The schemes of what was acted on: another window may have taken an essay over to a newer one."""
        self._done: list[_Act] = []
        self._undone: list[_Act] = []

    def take(self, adjusted: Adjusted) -> None:
        """Show what an act came to in the pile: once it is durable, where it is painted from."""
        for marking in adjusted.markings:
            self.sitting.note(marking, self._rubrics.get(marking.header.rubric_hash))

    def let_go(self) -> None:
        """Nothing more is done to the essay that was adjusted last: other windows may have it."""
        self.sitting.close()
        self._opened = None

    def holds_other_than(self, script_id: ScriptId | None) -> bool:
        """Whether an essay is still held that the marker has gone on from."""
        return self._opened is not None and self._opened.entry.script.id != script_id

    def _open(self, script_id: ScriptId) -> MarkingDesk:
        """The essay, held for this window; it stays open for the next key."""
        opened = self._opened
        if opened is None or opened.entry.script.id != script_id or opened.held_by:
            opened = self._opened = self.sitting.open(script_id)
            self._rubrics[opened.rubric.hash] = opened.rubric
        return opened

    def _told(self, opened: MarkingDesk, label: str) -> Adjusted:
        kept = (opened.marking,) if opened.marking.is_kept else ()
        return Adjusted(kept, f"{self.sitting.called(opened.entry)}: {label}", False)

    def _act(self, opened: MarkingDesk, how: Callable[[], Outcome]) -> Adjusted:
        history, script_id = opened.history, opened.entry.script.id
        before = [group.id for group in history.done[-2:]]
        try:
            outcome = how()
        except MarkdeskError:
            self._opened = None  # read again before the next act
            raise
        if not outcome.is_saved:
            return self._told(opened, outcome.label)
        after = history.done[-1].id if history.done else None
        self._undone.clear()
        if before and after != before[-1] and after in (*before[:-1], None):
            # The act ended where its group began (+ then -), and the group is gone.
            self._done = [act for act in self._done if act != ((script_id, before[-1]),)]
        elif after is not None and (not self._done or self._done[-1] != ((script_id, after),)):
            self._done.append(((script_id, after),))
        return Adjusted((outcome.marking,), f"{self.sitting.called(opened.entry)}: {outcome.label}", True)

    # -- back and forth

    @property
    def undo_count(self) -> int:
        """How many essays the next undo is about."""
        return len(self._done[-1]) if self._done else 0

    @property
    def redo_count(self) -> int:
        """How many essays the next redo is about."""
        return len(self._undone[-1]) if self._undone else 0

    def undo(self, on_each: OnEach = unheard) -> Adjusted:
        """Take back the last act made here, whichever essays it was about."""
        if not self._done:
            return Adjusted(
                (), "Nothing to undo here; in the essay itself Ctrl+Z takes back what was done there", False
            )
        return self._again(self._done, self._undone, _done_in, MarkingDesk.undo, on_each)

    def redo(self, on_each: OnEach = unheard) -> Adjusted:
        """Do again what was undone here last."""
        if not self._undone:
            return Adjusted((), "Nothing to redo here", False)
        return self._again(self._undone, self._done, _undone_in, MarkingDesk.redo, on_each)

    def _again(
        self,
        acts: list[_Act],
        other: list[_Act],
        groups: _Groups,
        how: Callable[[MarkingDesk], Outcome],
        on_each: OnEach,
    ) -> Adjusted:
        """The last act taken back or done again, on all its essays or none.

        Raises StoreUnavailable where one is open in another window; and StaleChange where one was marked further since,
        and then the act is no longer ours to take back.
        """
        self.let_go()
        act = acts[-1]
        desk, pile = self.sitting.desk, self.sitting
        done: list[Outcome] = []
        try:
            with desk.store.together():
                for script_id, group in act:
                    entry = pile.entries[pile.position(script_id) - 1]
                    refuse_if_open(desk, entry)
                    opened = open_again(desk, entry, pile.rubric)
                    if not groups(opened) or groups(opened)[-1].id != group:
                        raise StaleChange(
                            f"{pile.called(entry)}'s essay has been marked further since.",
                            "Open it: Ctrl+Z there takes back what was done to it.",
                        )
                    done.append(how(opened))
                    self._rubrics[opened.rubric.hash] = opened.rubric
                    on_each()
        except StaleChange:
            acts.pop()
            raise
        other.append(acts.pop())
        whose = pile.called(entry) if len(act) == 1 else f"{len(act)} essays"
        return Adjusted(tuple(outcome.marking for outcome in done), f"{whose}: {done[0].label}", True)


def _done_in(opened: MarkingDesk) -> list[Group]:
    return opened.history.done


def _undone_in(opened: MarkingDesk) -> list[Group]:
    return opened.history.undone
