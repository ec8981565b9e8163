"""A pile whose standard slid while it was marked, with a student who handed nothing in."""

from pathlib import Path

from markdesk.core.award import Placement
from markdesk.core.changes import AbsenceChanged, MembershipChanged, StudentChanged
from markdesk.core.ids import AssignmentId, StudentId
from markdesk.core.people import Membership, Student
from markdesk.core.queue_notes import Absence, Why
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.store.sqlite.store import SqliteStore
from tests.tui.desks import GROUP, HOLISTIC, SUMMED
from tests.tui.lined import lined
from tests.tui.seat import World

SLIDING = (18, 17, 20, 18, 16, 19, 17, 16, 15, 16, 15, 17, 16, 14, 15, 14, 13, 15, 12, 13, 14, 13, 12, 11, 13, 12)
ABSENT = Student(StudentId("student-absent"), "Noor", "Rahman")


def drifted(path: Path, shape: str = HOLISTIC) -> World:
    """Marked in the order of ``SLIDING``; the last essay is no response, and one student is absent."""
    several = shape == SUMMED
    marks = [(mark * 20 // 25, (3 * n) % 10, mark * 10 // 25) if several else (mark,) for n, mark in enumerate(SLIDING)]
    world = lined(path, [*marks, (None,) * len(marks[0])], shape)
    store = SqliteStore(path, create=True)
    desk = world.desk(store)
    away = Absence(AssignmentId(shape), ABSENT.id, Why.ABSENT)
    desk.commit(
        "class", "one more", (StudentChanged(None, ABSENT), MembershipChanged(None, Membership(GROUP.id, ABSENT.id)))
    )
    desk.commit("absence", "away", (AbsenceChanged(None, away),))
    with store.together():
        for at, entry in enumerate(desk.store.entries(desk.marker.id)[:9]):
            opened = MarkingDesk(desk, entry)
            for scale in opened.rubric.scales:
                for turn, strand in enumerate(opened.rubric.strands_of(scale)):
                    opened.place_strand(scale.id, strand.id, Placement(2 if turn == 1 else 2 + (at + turn) % 3))
    store.close()
    return world
