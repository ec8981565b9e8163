"""When annotations were made and last altered: told from the log, where every act stands with its time."""

from collections.abc import Iterable
from dataclasses import dataclass

from markdesk.core.changes import AnnotationChanged
from markdesk.core.ids import MarkingId
from markdesk.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class Times:
    """UTC, ISO 8601."""

    created: str
    modified: str


def annotation_times(desk: Desk, markings: Iterable[MarkingId]) -> dict[str, Times]:
    """The times of every annotation that these markings ever had, by its id. One that came back keeps its first."""
    found: dict[str, Times] = {}
    for marking_id in markings:
        for step in desk.store.steps(marking_id):
            for change in step.changes:
                if isinstance(change, AnnotationChanged):
                    key = change.subject.id
                    found[key] = Times(found[key].created if key in found else step.at, step.at)
    return found
