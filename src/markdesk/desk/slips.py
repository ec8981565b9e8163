"""Who gets a mark slip: whoever is marked; but where the sheets went out without marks, whoever has done the task."""

from collections.abc import Iterable
from dataclasses import dataclass

from markdesk.core.coursework import Assignment, Kind, Returns
from markdesk.core.errors import MarkdeskError
from markdesk.core.marking import TaskDone
from markdesk.core.marksheet import MarkSheet
from markdesk.desk.desk import Desk
from markdesk.desk.ports import Entry
from markdesk.desk.sheets import LeftOut, each_sheet, given_entries

NOT_DONE = "hasn't done the task yet, as far as it is recorded ('assignment tasks' records it; --all doesn't wait)"
DID_IT = (TaskDone.WELL, TaskDone.DONE)


@dataclass(frozen=True, slots=True)
class SlipsDue:
    """The sheets that a slip is due of, and who has to wait, with why."""

    due: tuple[MarkSheet, ...]
    waiting: tuple[LeftOut, ...]


def slips_due(desk: Desk, assignment: Assignment, everybody: bool = False, by_number: bool = False) -> SlipsDue:
    """The slips of this marker's finished markings. ``everybody`` doesn't wait for the tasks.

    ``by_number`` is for those that go out without names.

    Raises MarkdeskError for a draft of coursework, whose mark nobody may be told.
    """
    due, waiting = who_is_due(assignment, *given_entries(desk, assignment, by_number), everybody=everybody)
    return SlipsDue(tuple(each_sheet(desk, assignment, due)), waiting)


def who_is_due(
    assignment: Assignment, given: Iterable[Entry], left_out: Iterable[LeftOut], everybody: bool = False
) -> tuple[tuple[Entry, ...], tuple[LeftOut, ...]]:
    """Of the scripts that are finished (``given``) and those that aren't, which get a slip and which wait.

    Raises MarkdeskError for a draft of coursework, whose mark nobody may be told.
    """
    if assignment.kind is Kind.NEA_DRAFT:
        raise MarkdeskError(
            f"'{assignment.name}' is a draft of coursework: it is given no mark.", "Slips are for the NEA itself."
        )
    waits_for_task = assignment.returns is not Returns.MARKS and assignment.kind is not Kind.NEA and not everybody
    due: list[Entry] = []
    waiting = list(left_out)
    for entry in given:
        if waits_for_task and entry.task and not has_done_task(entry):
            waiting.append(LeftOut(entry, NOT_DONE))
        else:
            due.append(entry)
    return tuple(due), tuple(waiting)


def has_done_task(entry: Entry) -> bool:
    """Whether the task was looked at after the return, and done."""
    return entry.header is not None and entry.header.task_done in DID_IT
