"""What can be undone and redone in one marking, told from the log alone.

The log is never rewritten: an undo is one more step, whose changes are the group's, inverted. So the history
of a marking is the same after a restart as before it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from markdesk.core.changes import AnyChange, begins_marking, invert, key_of
from markdesk.core.ids import MarkerId, MarkingId, StepId

MERGE_SECONDS = 60
"""Steps of one action on one thing within so many seconds are one undo: five taps of + come back as one."""

FOLLOW_UP = "task "
"""How the actions after the return begin, what became of a task: they are no marking, and take no time of it."""


class StepKind(StrEnum):
    """Whether a step did something, took it back, or did it again."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class Step:
    """One act as it stands in the log: what was done, by whom, when, and exactly what it changed."""

    id: StepId
    group: StepId
    """The first step of the acts that are undone together; its own id when it begins one."""
    kind: StepKind
    action: str
    """What the marker did, as a word that groups acts: ``stamp``, ``mark``, ``comment``."""
    label: str
    """What the marker did, as a sentence for the screen: ``AO1 to Level 4``."""
    changes: tuple[AnyChange, ...]
    at: str
    """UTC, ISO 8601."""
    marker_id: MarkerId
    marking_id: MarkingId | None = None
    """None for steps on the desk itself: imports, class lists, new assignments."""


@dataclass(frozen=True, slots=True)
class Group:
    """Acts that are undone together."""

    id: StepId
    action: str
    label: str
    changes: tuple[AnyChange, ...]
    last_at: str

    @property
    def inverse(self) -> tuple[AnyChange, ...]:
        return tuple(invert(change) for change in reversed(self.changes))


class History:
    """The groups done and undone, newest last. ``record`` it with each step after its commit, and nothing else."""

    def __init__(self, steps: tuple[Step, ...] = ()) -> None:
        self.done: list[Group] = []
        self.undone: list[Group] = []
        for step in steps:
            self.record(step)

    def group_for(self, action: str, changes: tuple[AnyChange, ...], at: str) -> StepId | None:
        """The group that an act would join, or None when it begins its own."""
        if not self.done or self.undone:
            return None
        last = self.done[-1]
        same_things = {key_of(c) for c in last.changes} == {key_of(c) for c in changes if not begins_marking(c)}
        return last.id if last.action == action and same_things and _close(last.last_at, at) else None

    def record(self, step: Step) -> None:
        """Take in a committed step."""
        match step.kind:
            case StepKind.UNDO:
                self.undone.append(self.done.pop())
            case StepKind.REDO:
                self.done.append(self.undone.pop())
            case StepKind.DO:
                self._record_do(step)

    def _record_do(self, step: Step) -> None:
        self.undone.clear()
        changes = tuple(change for change in step.changes if not begins_marking(change))
        if self.done and self.done[-1].id == step.group:
            changes = compose(self.done.pop().changes, changes)
        if changes:
            self.done.append(Group(step.group, step.action, step.label, changes, step.at))


def compose(first: tuple[AnyChange, ...], then: tuple[AnyChange, ...]) -> tuple[AnyChange, ...]:
    """Two acts as one: from the first ``before`` to the last ``after``. What ends where it began is left out."""
    merged = {key_of(change): change for change in first}
    for change in then:
        key = key_of(change)
        earlier = merged.get(key)
        if earlier is None:
            merged[key] = change
        elif earlier.before == change.after:
            del merged[key]
        else:
            merged[key] = type(change)(earlier.before, change.after)  # type: ignore[arg-type]
    return tuple(merged.values())


def _close(earlier: str, later: str) -> bool:
    seconds = (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds()
    return 0 <= seconds <= MERGE_SECONDS
