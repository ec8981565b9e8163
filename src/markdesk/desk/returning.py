"""Giving marked essays back: each in a step of its own, all of them or none. Their marks are locked from then on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from markdesk.core.errors import StoreUnavailable
from markdesk.core.marking import DONE, MarkingStatus
from markdesk.core.rubric import Rubric
from markdesk.desk.desk import Desk, hold_script
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.ports import Entry


@dataclass(frozen=True, slots=True)
class Kept:
    """An essay that was not returned, and why."""

    entry: Entry
    reason: str


@dataclass(frozen=True, slots=True)
class Returned:
    """What was given back, as it stands now, and what wasn't."""

    done: tuple[MarkingDesk, ...]
    kept: tuple[Kept, ...]


def can_be_returned(entry: Entry) -> bool:
    """Whether an essay is finished and the marker still has it."""
    header = entry.header
    return header is not None and header.status in DONE and header.status is not MarkingStatus.RETURNED


def return_essays(
    desk: Desk, entries: Iterable[Entry], patience: float = 0.0, on_each: Callable[[], None] = lambda: None
) -> Returned:
    """Return these essays as this marker marked them; those that can't be are left, each with its reason.

    ``on_each`` is told of every one, and may raise to stop: then none is returned. Nor is any where one of them stays
    open for marking in another window for ``patience`` seconds, which raises StoreUnavailable.
    """
    entries = list(entries)
    while True:
        try:
            with desk.store.together():
                desk.find_marker()
                return _return(desk, entries, on_each)
        except _Busy as busy:
            refuse_if_open(desk, busy.entry, patience)  # and once more, where it is free by now


class _Busy(Exception):
    """An essay is open in another window, so that all that was done is taken back."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry


def _return(desk: Desk, entries: list[Entry], on_each: Callable[[], None]) -> Returned:
    """Nobody else writes meanwhile, so an essay that is free needs no holding."""
    done: list[MarkingDesk] = []
    kept: list[Kept] = []
    for entry in entries:
        try:
            refuse_if_open(desk, entry)
        except StoreUnavailable as error:
            raise _Busy(entry) from error
        opened = open_again(desk, entry, done[-1].rubric if done else None)
        outcome = opened.return_to_student()
        if outcome.is_saved:
            done.append(opened)
        else:
            kept.append(Kept(opened.entry, outcome.label))
        on_each()
    return Returned(tuple(done), tuple(kept))


def open_again(desk: Desk, entry: Entry, rubric: Rubric | None = None) -> MarkingDesk:
    """An essay as the store has it now; ``rubric`` is its scheme, most likely."""
    (fresh,) = desk.store.entries(desk.marker.id, script_id=entry.script.id)
    return MarkingDesk(desk, fresh, rubric=rubric)


def refuse_if_open(desk: Desk, entry: Entry, patience: float = 0.0) -> None:
    """Raises StoreUnavailable where an essay is open for marking in another window."""
    hold_script(desk, entry, patience).release()
