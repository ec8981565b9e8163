"""Writing an import: what came in as one step, and the markings that go on with a newer text."""

from dataclasses import replace

from markdesk.core.anchors import anchor, relocate
from markdesk.core.changes import AnnotationChanged, AnyChange, MarkingChanged
from markdesk.core.errors import MarkingLocked, StoreUnavailable
from markdesk.core.ids import EssayHash, MarkerId
from markdesk.core.marking import Marking
from markdesk.core.plain import show_line
from markdesk.desk.desk import Desk
from markdesk.desk.intake import Move, Plan
from markdesk.desk.ports import Hold


def carry_out(desk: Desk, plan: Plan) -> None:
    """Write the plan: one step for all that came in, then one for each marking that goes on with a newer text.

    A script that is open for marking in some window is refused before anything is written. Should the program die
    between the steps, the markings still stand on the text they were made on, and the same import moves them.
    """
    holds: list[Hold] = []
    try:
        markings: list[tuple[Move, Marking]] = []
        for move in plan.moves:
            markers = {e.header.marker_id for e in desk.store.entries(None, script_id=move.script.id) if e.header}
            for marker_id in sorted({*markers, desk.marker.id}):
                holds.append(_held(desk, move, marker_id))
                marking = desk.store.marking(move.script.id, marker_id)
                if marking is not None and marking.header.essay_hash != move.essay.hash:
                    markings.append((move, marking))
        for move, marking in markings:
            if marking.is_locked:
                raise MarkingLocked(f"{show_line(move.student.name)}'s marking was returned.", "Nothing was taken in.")
        if plan.changes:
            count = len(plan.taken)
            desk.commit("import", f"{count} {'essay' if count == 1 else 'essays'} taken in", plan.changes, plan.keep)
        for move, marking in markings:
            _move(desk, move, marking)
    finally:
        for hold in holds:
            hold.release()


def _held(desk: Desk, move: Move, marker_id: MarkerId) -> Hold:
    held = desk.store.hold(move.script.id, marker_id)
    if isinstance(held, str):
        raise StoreUnavailable(
            f"{show_line(move.student.name)}'s essay is open for marking in another window ({show_line(held)}).",
            "Nothing was taken in. Leave that essay there, then import again.",
        )
    return held


def _move(desk: Desk, move: Move, marking: Marking) -> None:
    """One marking and its annotations onto the newer text, and what is being typed with them."""
    header = marking.header
    changes: list[AnyChange] = [MarkingChanged(header, replace(header, essay_hash=EssayHash(move.essay.hash)))]
    for annotation in marking.annotations_in_order():
        found = relocate(annotation.anchor, move.essay)
        if found != annotation.anchor:
            changes.append(AnnotationChanged(annotation, replace(annotation, anchor=found)))
    step = replace(
        desk.step("new text", f"moved to version {move.script.version} of the text", tuple(changes)),
        marking_id=marking.id,
    )
    desk.store.commit(step, marking.revision)
    earlier = desk.store.essay(header.essay_hash) if header.essay_hash else None
    for draft in desk.store.drafts(move.script.id, header.marker_id):
        if draft.target is not None and earlier is not None:
            target = relocate(anchor(earlier, draft.target), move.essay).span
            desk.store.save_draft(replace(draft, target=target))
