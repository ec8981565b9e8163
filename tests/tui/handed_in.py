"""A newer text of an essay that is marked already, as an import brings it."""

from collections.abc import Sequence
from dataclasses import replace

from markdesk.core.changes import ScriptChanged
from markdesk.core.essay import Essay
from markdesk.core.ids import AssignmentId, EssayHash
from markdesk.desk.handed_in import Move, Plan
from markdesk.desk.moving import carry_out
from markdesk.desk.ports import Keep
from markdesk.store.sqlite.store import SqliteStore
from tests.tui.seat import World

BETTER = ("A better essay.", "It weighs both sides.")


def hand_in_again(world: World, family: str, paragraphs: Sequence[str] = BETTER, assignment: str | None = None) -> None:
    """The student of this name hands it in once more; of several essays the one for that assignment."""
    store = SqliteStore(world.path, create=True)
    desk = world.desk(store)
    wanted = AssignmentId(assignment) if assignment else None
    entry = next(e for e in store.entries(desk.marker.id, wanted) if e.student.family_name == family)
    essay = Essay.from_paragraphs(paragraphs)
    newer = replace(entry.script, essay_hash=EssayHash(essay.hash), version=entry.script.version + 1)
    move = Move(newer, entry.student, essay)
    changes = (ScriptChanged(entry.script, newer),)
    rubric = store.rubric(entry.assignment.rubric_hash)
    keep = Keep((essay,))
    carry_out(desk, Plan(entry.assignment, rubric, False, None, (), (), (), (), (), changes, keep, (move,)))
    store.close()
