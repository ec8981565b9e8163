"""Which assignments are marked under a scheme that has another version by now, and what that means for their marks."""

from collections.abc import Mapping

from markdesk.core.errors import MarkdeskError
from markdesk.core.ids import AssignmentId, RubricHash
from markdesk.core.rubric_compare import Comparison, compare
from markdesk.desk.rubrics import RubricShelf
from markdesk.desk.store import Store


def changed_schemes(store: Store, shelf: RubricShelf) -> Mapping[AssignmentId, Comparison]:
    """The assignments whose scheme's file says something else now than when they were set.

    Their marks stay with the version that they were given under. A file that is gone or broken changes nothing.
    """
    seen: dict[RubricHash, Comparison | None] = {}
    found: dict[AssignmentId, Comparison] = {}
    for assignment in store.assignments():
        if assignment.rubric_hash not in seen:
            seen[assignment.rubric_hash] = _compared(store, shelf, assignment.rubric_hash)
        comparison = seen[assignment.rubric_hash]
        if comparison is not None:
            found[assignment.id] = comparison
    return found


def _compared(store: Store, shelf: RubricShelf, rubric_hash: RubricHash) -> Comparison | None:
    kept = store.rubric(rubric_hash)
    try:
        now = shelf.get(kept.id)
    except MarkdeskError:
        return None
    return compare(kept, now) if now.hash != kept.hash else None


def told(comparison: Comparison) -> str:
    """One line for a list. New words touch no mark; anything else is named."""
    return f"scheme changed: {comparison.differences[0]}" if comparison.makes_marks_stale else "scheme reworded"
