"""After the return: a pass over the class that records what became of the task that was set on each essay."""

from collections.abc import Iterable
from dataclasses import dataclass

from markdesk.core.errors import MarkdeskError
from markdesk.core.ids import ScriptId
from markdesk.core.marking import TaskDone
from markdesk.desk.finishing import has_task
from markdesk.desk.pile_acts import Adjusted, PileActs
from markdesk.desk.ports import Entry
from markdesk.desk.returning import open_again, refuse_if_open
from markdesk.desk.sitting import Sitting


@dataclass(frozen=True, slots=True)
class SetTask:
    """What a student was told to do with a returned essay, and what became of it."""

    entry: Entry
    text: str
    is_target: bool
    """Whether it is the target, where no task was set beside it."""

    @property
    def done(self) -> TaskDone | None:
        return self.entry.header.task_done if self.entry.header else None

    @property
    def done_at(self) -> str | None:
        return self.entry.header.task_done_at if self.entry.header else None

    @property
    def has_newer_text(self) -> bool:
        """Whether the student has handed in again since, which the returned marking doesn't follow."""
        header = self.entry.header
        return header is not None and header.essay_hash != self.entry.script.essay_hash


@dataclass(frozen=True, slots=True)
class Tally:
    """How far the pass is."""

    returned: int
    without: int
    """Returned with neither a task nor a target."""
    waiting: int
    """Handed back, to be checked."""
    well: int
    done: int
    not_done: int

    @property
    def responded(self) -> int:
        """Whoever did something with it, looked at or not."""
        return self.waiting + self.well + self.done

    @property
    def checked(self) -> int:
        return self.well + self.done + self.not_done

    @property
    def told(self) -> str:
        """``12 returned · 9 responded · 7 checked: 4 well, 2 done, 1 not``."""
        verdicts = ((self.well, "well"), (self.done, "done"), (self.not_done, "not"))
        how = ", ".join(f"{count} {word}" for count, word in verdicts if count)
        checked = f"{self.checked} checked{f': {how}' if how else ''}"
        return f"{self.returned} returned · {self.responded} responded · {checked}"


def set_tasks(sitting: Sitting) -> tuple[SetTask, ...]:
    """The returned essays of a pile that set a task, as a class list goes; by number where names are hidden."""
    found = [
        SetTask(entry, entry.task or entry.target or "", not entry.task)
        for entry in sitting.entries
        if entry.is_returned and (entry.task or entry.target)
    ]
    return tuple(sorted(found, key=lambda one: sitting.listed(one.entry)))


def tally(sitting: Sitting, tasks: Iterable[SetTask]) -> Tally:
    """How far the pass is, told from the tasks of the pile."""
    verdicts = [task.done for task in tasks]
    returned = sum(entry.is_returned for entry in sitting.entries)
    return Tally(
        returned,
        returned - len(verdicts),
        *(verdicts.count(one) for one in (TaskDone.RESPONDED, TaskDone.WELL, TaskDone.DONE, TaskDone.NOT_DONE)),
    )


class TaskPass(PileActs):
    """The pass: one verdict an essay, each a step of that essay's marking."""

    def record(self, script_id: ScriptId, done: TaskDone | None) -> Adjusted:
        """Record what became of an essay's task; None takes it back."""
        opened = self._open(script_id)
        try:
            return self._act(opened, lambda: opened.record_task(done))
        finally:
            self.let_go()  # the next verdict is on another essay


def record_all(
    sitting: Sitting, verdicts: Iterable[tuple[Entry, TaskDone | None]], patience: float = 0.0
) -> list[tuple[Entry, str]]:
    """Record several verdicts at once, all of them or none; which were new, and what is said of each.

    Raises MarkdeskError for an essay that isn't returned or has no task, and StoreUnavailable for one that stays open
    in another window for ``patience`` seconds.
    """
    desk, verdicts = sitting.desk, list(verdicts)
    if not verdicts:
        return []
    for entry, _ in verdicts:
        refuse_if_open(desk, entry, patience)
    recorded: list[tuple[Entry, str]] = []
    with desk.store.together():
        desk.find_marker()
        for entry, done in verdicts:
            refuse_if_open(desk, entry)
            opened = open_again(desk, entry, sitting.rubric)
            outcome = opened.record_task(done)
            if outcome.is_saved:
                recorded.append((entry, outcome.label))
            elif not opened.marking.is_locked or not has_task(opened.marking):
                raise MarkdeskError(f"{sitting.called(entry)}: {outcome.label}.")
    return recorded
