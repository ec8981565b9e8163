"""Writing an import: what came in, and the markings that go on with a newer text, all of it or none."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace

from markdesk.core.anchors import anchor
from markdesk.core.changes import AnnotationChanged, AnyChange, MarkingChanged
from markdesk.core.errors import MarkingLocked
from markdesk.core.essay import Essay
from markdesk.core.ids import EssayHash, MarkerId
from markdesk.core.marking import Marking
from markdesk.core.parts import Starts
from markdesk.core.plain import show_line
from markdesk.core.relocating import How
from markdesk.desk.desk import Desk, open_elsewhere
from markdesk.desk.found_again import found_again
from markdesk.desk.handed_in import Move, Plan
from markdesk.desk.likened import NEW_TEXT
from markdesk.desk.store import Hold

HOLD_PATIENCE = 5.0
"""For how many seconds a script that is in use is waited for: a command is done with it sooner, a window is not."""


def take_in(desk: Desk, plan_again: Callable[[], Plan]) -> Plan:
    """Do what the plan says, as one act; the plan that was carried out.

    ``plan_again`` works the plan out against the desk as it is. It is asked once more when nobody else can write, so
    that two imports at one time come out as one after the other. A script that stays open for marking in some window
    is refused before anything is written.
    """
    plan = plan_again()
    with ExitStack() as stack:
        held: set[tuple[str, str]] = set()
        while plan.does_something:
            for move in plan.moves:
                for marker_id in sorted(_markers(desk, move)):
                    if (move.script.id, marker_id) not in held:
                        held.add((move.script.id, marker_id))
                        stack.callback(_held(desk, move, marker_id).release)
            with desk.store.together():
                desk.find_marker()
                plan = plan_again()
                if all((move.script.id, marker) in held for move in plan.moves for marker in _markers(desk, move)):
                    carry_out(desk, plan)
                    break
            # Another window has begun to mark one of these since: once more, with that held too.
    return plan


def _markers(desk: Desk, move: Move) -> set[MarkerId]:
    """Those who may have the script open: everybody who has begun to mark it, and this marker."""
    begun = {e.header.marker_id for e in desk.store.entries(None, script_id=move.script.id) if e.header}
    return {*begun, desk.marker.id}


def carry_out(desk: Desk, plan: Plan) -> None:
    """Write the plan: one step for all that came in, then one for each marking that goes on with a newer text."""
    markings: list[tuple[Move, Marking]] = []
    for move in plan.moves:
        for marker_id in sorted(_markers(desk, move)):
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


def _held(desk: Desk, move: Move, marker_id: MarkerId) -> Hold:
    held = desk.store.hold(move.script.id, marker_id, HOLD_PATIENCE)
    if isinstance(held, str):
        whose = f"{show_line(move.student.name)}'s essay"
        raise open_elsewhere(whose, held, "Nothing was taken in. Leave that essay there, then import again.")
    return held


def _move(desk: Desk, move: Move, marking: Marking) -> None:
    """One marking and its annotations onto the newer text, and what is being typed with them."""
    header = marking.header
    earlier = desk.store.essay(header.essay_hash) if header.essay_hash else None
    moved = replace(header, essay_hash=EssayHash(move.essay.hash), parts=moved_parts(header.parts, earlier, move.essay))
    changes: list[AnyChange] = [MarkingChanged(header, moved)]
    for annotation in marking.annotations_in_order():
        found = found_again(earlier, move.essay, annotation.anchor).anchor
        if found != annotation.anchor:
            changes.append(AnnotationChanged(annotation, replace(annotation, anchor=found)))
    step = replace(
        desk.step(NEW_TEXT, f"moved to version {move.script.version} of the text", tuple(changes)),
        marking_id=marking.id,
    )
    desk.store.commit(step, marking.revision)
    for draft in desk.store.drafts(move.script.id, header.marker_id):
        if draft.target is not None and earlier is not None:
            target = found_again(earlier, move.essay, anchor(earlier, draft.target)).anchor.span
            desk.store.save_draft(replace(draft, target=target))


def moved_parts(parts: Starts, earlier: Essay | None, essay: Essay) -> Starts:
    """Where the parts of the answer begin in the newer text; as it says itself, where a paragraph isn't the same."""
    if not parts or earlier is None or not earlier.paragraphs or not essay.paragraphs:
        return ()
    starts: list[tuple[str, int]] = []
    for part, start in parts:
        first = start <= earlier.paragraphs[0].span.start
        found = found_again(earlier, essay, anchor(earlier, earlier.paragraph_at(start).span))
        span = found.anchor.span if found.how is How.SAME else None
        if span is None and not first:
            return ()
        starts.append((part, 0 if first or span is None else essay.paragraph_at(span.start).span.start))
    order = [start for _, start in starts]
    return tuple(starts) if order == sorted(set(order)) else ()
