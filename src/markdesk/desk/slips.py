"""Who gets a mark slip: whoever is marked; but where the sheets went out without marks, whoever has done the task."""

from dataclasses import dataclass

from markdesk.core.coursework import Assignment, Kind, Returns
from markdesk.core.errors import MarkdeskError
from markdesk.core.marking import TaskDone
from markdesk.core.marksheet import MarkSheet
from markdesk.desk.desk import Desk
from markdesk.desk.ports import Entry
from markdesk.desk.sheets import sheets_of

NOT_DONE = "hasn't done the task yet, as far as it is recorded ('assignment tasks' records it; --all doesn't wait)"
DID_IT = (TaskDone.WELL, TaskDone.DONE)


@dataclass(frozen=True, slots=True)
class SlipsDue:
    """The sheets that a slip is due of, and who has to wait, with why."""

    due: tuple[MarkSheet, ...]
    waiting: tuple[tuple[Entry, str], ...]


def slips_due(desk: Desk, assignment: Assignment, everybody: bool = False) -> SlipsDue:
    """The slips of this marker's finished markings. ``everybody`` doesn't wait for the tasks.

    Raises MarkdeskError for a draft of coursework, whose mark nobody may be told.
    """
    if assignment.kind is Kind.NEA_DRAFT:
        raise MarkdeskError(
            f"'{assignment.name}' is a draft of coursework: it is given no mark.", "Slips are for the NEA itself."
        )
    waits_for_task = assignment.returns is not Returns.MARKS and assignment.kind is not Kind.NEA and not everybody
    by_script: dict[str, Entry] = {e.script.id: e for e in desk.store.entries(desk.marker.id, assignment.id)}
    gathered = sheets_of(desk, assignment)
    waiting = [(one.entry, one.why) for one in gathered.left_out]
    due: list[MarkSheet] = []
    for sheet in gathered.made:
        entry = by_script[sheet.script_id]
        if waits_for_task and entry.task and not has_done_task(entry):
            waiting.append(
                (
                    entry,
                    NOT_DONE,
                )
            )
        else:
            due.append(sheet)
    return SlipsDue(tuple(due), tuple(waiting))


def has_done_task(entry: Entry) -> bool:
    """Whether the task was looked at after the return, and done."""
    return entry.header is not None and entry.header.task_done in DID_IT
