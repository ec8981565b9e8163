"""``markdesk assignment return`` and ``reopen``: giving marked essays back, and taking one back to change it."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from markdesk.cli import output
from markdesk.cli.session import Session
from markdesk.core.errors import MarkdeskError, NotFound

if TYPE_CHECKING:
    from markdesk.core.coursework import Assignment
    from markdesk.desk.desk import Desk
    from markdesk.desk.marking_desk import MarkingDesk
    from markdesk.desk.ports import Entry

NAME = typer.Argument(metavar="NAME", help="The assignment: its name, a part of it, or its id.")
AS_JSON = typer.Option("--json", help="Answer as JSON.")


def return_assignment(
    ctx: typer.Context,
    name: Annotated[str, NAME],
    student: Annotated[str | None, typer.Option("--student", metavar="NAME", help="Only this student's.")] = None,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Return the finished essays of an assignment: their marks are locked until one is reopened.

    Those that aren't finished are named and stay. A mark in pencil becomes firm.

    \b
    Example:
      markdesk assignment return "Henry VII"
    """
    from markdesk.core.marking import MarkingStatus
    from markdesk.desk.anonymous import called_in
    from markdesk.desk.desk import find_assignment
    from markdesk.desk.moving import HOLD_PATIENCE
    from markdesk.desk.returning import return_essays
    from markdesk.desk.sheets import as_listed

    session: Session = ctx.obj
    wanted, whose = session.given.text(name), session.given.maybe(student)
    with session.desk() as desk:
        assignment = find_assignment(desk, wanted)
        entries = as_listed(desk.store.entries(desk.marker.id, assignment.id))
        if whose is not None:
            entries = [script_of(desk, assignment, entries, whose)]
        is_back = {e.script.id for e in entries if e.header and e.header.status is MarkingStatus.RETURNED}
        called = called_in(desk, assignment)
        already = [entry for entry in entries if entry.script.id in is_back]
        found = return_essays(desk, [e for e in entries if e.script.id not in is_back], HOLD_PATIENCE)
    if not found.done and not already:
        reason = f"{entries[0].student.name}: {found.kept[0].reason}." if whose is not None else "None is finished yet."
        raise MarkdeskError(f"No essay of '{assignment.name}' was returned. {reason}", "Finish it: 'markdesk mark'.")
    for kept in found.kept:
        output.say(f"Not returned: {kept.entry.student.name} ({kept.reason[0].lower()}{kept.reason[1:]}).")
    count = len(found.done)
    if count:
        output.say(f"{count} of {len(entries)} returned; {'its mark is' if count == 1 else 'their marks are'} locked.")
    else:
        output.say("Nothing changed: returned already.")
    if as_json:
        shape = {
            "assignment": about(assignment),
            "returned": [_row(opened, called(opened.entry)) for opened in found.done],
            "unchanged": [{**who(entry), "student": called(entry)} for entry in already],
            "left_out": [
                {**who(kept.entry), "student": called(kept.entry), "reason": kept.reason} for kept in found.kept
            ],
        }
        output.json_out("assignment-return", shape)
    elif found.done:
        rows = [_row(opened, called(opened.entry)) for opened in found.done]
        output.table(
            ("script", "student", "total", "of"), [[r["short_id"], r["student"], r["total"], r["max"]] for r in rows]
        )


def reopen(
    ctx: typer.Context,
    name: Annotated[str, NAME],
    student: Annotated[str, typer.Option("--student", metavar="NAME", help="Whose essay; a name or an id.")],
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Reopen a returned essay, so that its mark can change. It is to be finished and returned again.

    \b
    Example:
      markdesk assignment reopen "Henry VII" --student "Amara Okafor"
    """
    from markdesk.desk.desk import find_assignment
    from markdesk.desk.moving import HOLD_PATIENCE
    from markdesk.desk.returning import open_again, refuse_if_open

    session: Session = ctx.obj
    wanted, whose = session.given.text(name), session.given.text(student)
    with session.desk() as desk:
        assignment = find_assignment(desk, wanted)
        entry = script_of(desk, assignment, list(desk.store.entries(desk.marker.id, assignment.id)), whose)
        refuse_if_open(desk, entry, HOLD_PATIENCE)
        with desk.store.together():
            desk.find_marker()
            refuse_if_open(desk, entry)
            opened = open_again(desk, entry)
            is_reopened = opened.marking.is_locked and opened.reopen().is_saved
    if is_reopened:
        output.say(f"{entry.student.name}'s essay is open again: finish it, then return it again.")
    else:
        output.say(f"Nothing changed: {entry.student.name}'s essay wasn't returned, so its mark isn't locked.")
    if as_json:
        status = str(opened.marking.header.status) if opened.marking.is_kept else None
        shape = {"assignment": about(assignment), **who(entry), "status": status, "reopened": is_reopened}
        output.json_out("assignment-reopen", shape)


def script_of(desk: "Desk", assignment: "Assignment", entries: "list[Entry]", name: str) -> "Entry":
    from markdesk.desk.desk import find_student

    student = find_student(desk, name)
    entry = next((entry for entry in entries if entry.student.id == student.id), None)
    if entry is None:
        told = f"{student.name} has handed in nothing for '{assignment.name}'."
        raise NotFound(told, f"'markdesk assignment show {assignment.id}' lists who has.")
    return entry


def about(assignment: "Assignment") -> dict[str, Any]:
    return {"id": assignment.id, "name": assignment.name}


def who(entry: "Entry") -> dict[str, Any]:
    from markdesk.cli import shapes

    ids = shapes.script_ids(entry.script.id, entry.assignment.is_anonymous)
    return {**ids, "student": entry.student.name}


def _row(opened: "MarkingDesk", called: str) -> dict[str, Any]:
    from markdesk.core.award import total

    came_to = total(opened.rubric, opened.marking.award_by_scale())
    return {**who(opened.entry), "student": called, "total": came_to.value, "max": came_to.max}
