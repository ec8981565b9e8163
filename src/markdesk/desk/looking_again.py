"""Which markings were taken over to a changed mark scheme and wait to be looked at again, told from the log alone."""

from collections.abc import Iterable, Mapping

from markdesk.core.history import History
from markdesk.core.ids import ScriptId
from markdesk.core.marking import MarkingHeader, MarkingStatus
from markdesk.desk.ports import Entry
from markdesk.desk.store import Store

CARRIED = "scheme"
"""The action of a step that took a marking over and left nothing to look at."""
LOOK_AGAIN = "scheme: look again"
"""The action of one that left something; its label says what."""
FINISHED = "finish"


def waiting(header: MarkingHeader, history: History) -> str:
    """What is to be looked at again, as the step that took the marking over says it; empty where nothing is.

    Finishing the marking ends it, and so does undoing that step.
    """
    if header.status is not MarkingStatus.IN_PROGRESS:
        return ""
    for group in reversed(history.done):
        if group.action in (LOOK_AGAIN, FINISHED):
            return group.label if group.action == LOOK_AGAIN else ""
    return ""


def waiting_among(store: Store, entries: Iterable[Entry]) -> Mapping[ScriptId, str]:
    """The scripts that wait, each with what is to be looked at. Reads the logs of the markings in progress alone."""
    found: dict[ScriptId, str] = {}
    for entry in entries:
        header = entry.header
        if header is not None and header.status is MarkingStatus.IN_PROGRESS:
            told = waiting(header, History(store.steps(header.id)))
            if told:
                found[entry.script.id] = told
    return found
