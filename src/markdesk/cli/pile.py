"""What the list of a pile does, as commands: its order, flags and heaps, names, absences, and the tasks afterwards."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from markdesk.cli import output
from markdesk.cli.returns import AS_JSON, NAME, about, who
from markdesk.cli.screens import ORDER, refuse_no_order
from markdesk.cli.session import Session
from markdesk.core.errors import MarkdeskError, NotFound, UsageProblem
from markdesk.core.plain import show_line

if TYPE_CHECKING:
    from datetime import timedelta

    from markdesk.core.marking import TaskDone
    from markdesk.core.queue_notes import Heap
    from markdesk.desk.desk import Desk
    from markdesk.desk.follow_up import SetTask
    from markdesk.desk.ports import Entry
    from markdesk.desk.queueing import Missing
    from markdesk.desk.sitting import Sitting

NONE = "none"


def queue(
    ctx: typer.Context,
    name: Annotated[str, NAME],
    order: Annotated[str, ORDER] = "random",
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """The pile in its order: how far each script is, what was noted of it, and who has handed nothing in.

    Names are hidden where they are hidden while it is marked.

    \b
    Example:
      markdesk assignment queue "Henry VII" --order worried
    """
    from markdesk.config.settings import read_settings
    from markdesk.core.pace import Pace
    from markdesk.desk.desk import find_assignment
    from markdesk.desk.looking_again import waiting_among
    from markdesk.desk.queueing import missing
    from markdesk.desk.sitting import Sitting

    session: Session = ctx.obj
    refuse_no_order(order)
    has_pace = read_settings().pace != "off"
    with session.desk() as desk:
        sitting = Sitting(desk, find_assignment(desk, session.given.text(name)), order)
        assignment = sitting.assignment
        acts = desk.store.acts(desk.marker.id, assignment.id) if has_pace else ()
        times = Pace((act.script_id, act.at) for act in acts).spent
        again = waiting_among(desk.store, sitting.entries)
        absent = missing(desk, assignment, sitting.entries)
    scripts = [
        _queued(sitting, entry, entry.script.id in again, times.get(entry.script.id)) for entry in sitting.entries
    ]
    without = [{"student": one.student.name, "why": str(one.absence.why) if one.absence else None} for one in absent]
    if as_json:
        shape = {
            "assignment": {**about(assignment), "is_anonymous": assignment.is_anonymous},
            "order": sitting.order,
            "scale": sitting.scale,
            "scripts": scripts,
            "missing": without,
        }
        output.json_out("assignment-queue", shape)
        return
    if scripts:
        _queue_table(scripts)
    for one in without:
        output.say(f"Nothing handed in: {one['student']} ({one['why'] or 'no reason noted'}).")
    if not scripts and not without:
        output.say("Nothing has been handed in yet.")


def _queued(sitting: "Sitting", entry: "Entry", look_again: bool, time: "timedelta | None") -> dict[str, Any]:
    total, note = sitting.total(entry), entry.note
    return {
        "position": sitting.position(entry.script.id),
        **who(entry),
        "student": sitting.called(entry),
        "words": entry.words,
        "status": str(entry.header.status) if entry.header else None,
        "look_again": look_again,
        "total": total.value,
        "max": total.max,
        "is_flagged": note is not None and note.is_flagged,
        "heap": str(note.heap) if note and note.heap else None,
        "minutes": round(time.total_seconds() / 60) if time else None,
    }


def _queue_table(scripts: Sequence[dict[str, Any]]) -> None:
    heading = ("", "script", "student", "words", "status", "first", "total", "of", "minutes")
    rows = [
        (
            script["position"],
            script["short_id"],
            f"{'⚑ ' if script['is_flagged'] else ''}{script['student']}",
            script["words"],
            "look again" if script["look_again"] else (script["status"] or "not begun").replace("_", " "),
            script["heap"],
            script["total"],
            script["max"],
            script["minutes"],
        )
        for script in scripts
    ]
    output.table(heading, rows)


def note(
    ctx: typer.Context,
    script: Annotated[
        str, typer.Argument(metavar="SCRIPT", help="Short id, ASSIGNMENT/STUDENT, or a part of it that is unique.")
    ],
    flag: Annotated[bool | None, typer.Option("--flag/--no-flag", help="To come back to, or no longer.")] = None,
    heap: Annotated[
        str | None, typer.Option("--heap", metavar="HEAP", help="good, middling, weak, worried, or none.")
    ] = None,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Flag a script, or put it on a heap: a first impression, which touches no mark.

    \b
    Example:
      markdesk assignment note 3f9a2c --flag --heap worried
    """
    from markdesk.desk.desk import find_script
    from markdesk.desk.queueing import QueueActs
    from markdesk.desk.sitting import Sitting

    session: Session = ctx.obj
    if flag is None and heap is None:
        raise UsageProblem("There is nothing to note.", "Give --flag, --no-flag or --heap.")
    wanted = _heap(heap) if heap is not None else None
    with session.desk() as desk, desk.store.together():
        desk.find_marker()
        acts = QueueActs(desk)
        entry = found = find_script(desk, session.given.text(script))
        if heap is not None:
            acts.sort(entry, wanted)
            entry = _again(desk, entry)
        if flag is not None:
            acts.flag(entry, flag)
            entry = _again(desk, entry)
        called = Sitting(desk, entry.assignment).called(entry)
    noted = entry.note
    is_flagged, on = noted is not None and noted.is_flagged, noted.heap if noted else None
    if noted == found.note:
        output.say("Nothing changed: it was so already.")
    if as_json:
        shape = {**who(entry), "student": called, "is_flagged": is_flagged, "heap": str(on) if on else None}
        output.json_out("assignment-note", shape)
    else:
        output.data(
            f"{entry.script.short_id}  {called}  {'flagged' if is_flagged else 'no flag'}, {on or 'on no heap'}"
        )


def _again(desk: "Desk", entry: "Entry") -> "Entry":
    (fresh,) = desk.store.entries(desk.marker.id, script_id=entry.script.id)
    return fresh


def _heap(typed: str) -> "Heap | None":
    from markdesk.core.queue_notes import Heap

    if typed == NONE:
        return None
    if typed not in tuple(Heap):
        raise UsageProblem(f"--heap {show_line(typed)} is none.", f"It is one of: {', '.join((*Heap, NONE))}.")
    return Heap(typed)


def names(
    ctx: typer.Context,
    name: Annotated[str, NAME],
    hide: Annotated[bool | None, typer.Option("--hide/--show", help="Out of sight while it is marked, or not.")] = None,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Hide the students' names while a pile is marked, or show them; without either say how it is.

    The log keeps who did it and when. The questions of a paper go together.

    \b
    Example:
      markdesk assignment names "Henry VII" --hide
    """
    from markdesk.desk.desk import find_assignment
    from markdesk.desk.queueing import QueueActs

    session: Session = ctx.obj
    with session.desk() as desk, desk.store.together():
        before = find_assignment(desk, session.given.text(name))
        if hide is not None:
            QueueActs(desk).hide_names(before, hide)
        assignment = find_assignment(desk, before.id)
    is_changed = assignment.is_anonymous != before.is_anonymous
    if hide is not None and not is_changed:
        output.say("Nothing changed: it was so already.")
    if as_json:
        shape = {"assignment": {**about(assignment), "is_anonymous": assignment.is_anonymous}, "changed": is_changed}
        output.json_out("assignment-names", shape)
    else:
        output.data(f"{assignment.name}: names {'hidden' if assignment.is_anonymous else 'shown'}")


def gives_back(
    ctx: typer.Context,
    name: Annotated[str, NAME],
    what: Annotated[
        str | None,
        typer.Option("--returns", metavar="WHAT", help="marks, level or comments; else it is told."),
    ] = None,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """What the mark sheets give back beside the comments: the mark, the level alone, or neither.

    A student who reads a mark first reads little else. The mark can follow on a slip when the task is done.

    \b
    Example:
      markdesk assignment gives-back "Henry VII" --returns level
    """
    from markdesk.core.coursework import GIVEN_BACK, Returns
    from markdesk.desk.desk import find_assignment
    from markdesk.desk.queueing import QueueActs

    if what is not None and what not in tuple(Returns):
        raise UsageProblem(f"--returns {show_line(what)} is none.", f"It is one of: {', '.join(Returns)}.")
    session: Session = ctx.obj
    with session.desk() as desk, desk.store.together():
        before = find_assignment(desk, session.given.text(name))
        if what is not None:
            QueueActs(desk).give_back(before, Returns(what))
        assignment = find_assignment(desk, before.id)
    is_changed = assignment.returns != before.returns
    if what is not None and not is_changed:
        output.say("Nothing changed: it was so already.")
    if as_json:
        shape = {"assignment": {**about(assignment), "returns": str(assignment.returns)}, "changed": is_changed}
        output.json_out("assignment-gives-back", shape)
    else:
        output.data(f"{assignment.name}: the sheets give back {GIVEN_BACK[assignment.returns]}")


def absent(
    ctx: typer.Context,
    name: Annotated[str, NAME],
    student: Annotated[str, typer.Argument(metavar="STUDENT", help="Name, candidate number or id.")],
    late: Annotated[bool, typer.Option("--late", help="It comes late.")] = False,
    extension: Annotated[bool, typer.Option("--extension", help="There is an extension.")] = False,
    away: Annotated[bool, typer.Option("--absent", help="The student was absent.")] = False,
    none: Annotated[bool, typer.Option("--none", help="No reason: what was noted goes.")] = False,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Note why a student of the class has handed nothing in.

    \b
    Example:
      markdesk assignment absent "Henry VII" "Noor Amin" --extension
    """
    from markdesk.core.queue_notes import Why
    from markdesk.desk.desk import find_assignment, find_student
    from markdesk.desk.queueing import QueueActs, missing

    session: Session = ctx.obj
    given = [why for why, is_given in zip((*Why, None), (late, extension, away, none), strict=True) if is_given]
    if len(given) != 1:
        raise UsageProblem("Give one of --late, --extension, --absent and --none.")
    (why,) = given
    wanted, whose = session.given.text(name), session.given.text(student)
    with session.desk() as desk, desk.store.together():
        assignment, person = find_assignment(desk, wanted), find_student(desk, whose)
        entries = desk.store.entries(desk.marker.id, assignment.id)
        found = next((one for one in missing(desk, assignment, entries) if one.student.id == person.id), None)
        if found is None:
            raise _not_missing(person.name, assignment.name, any(e.student.id == person.id for e in entries))
        noted = QueueActs(desk).excuse(assignment, person, why)
    output.say("Nothing changed: it was so already." if _reason(found) == why else f"Saved: {noted.label}.")
    if as_json:
        shape = {
            "assignment": about(assignment),
            "student": person.name,
            "student_id": person.id,
            "why": str(why) if why else None,
        }
        output.json_out("assignment-absent", shape)
    else:
        output.data(f"{person.name}: {why or 'no reason noted'}")


def _reason(found: "Missing") -> object:
    return found.absence.why if found.absence else None


def _not_missing(student: str, assignment: str, has_script: bool) -> MarkdeskError:
    student, assignment = show_line(student), show_line(assignment)
    if has_script:
        return MarkdeskError(f"{student} has handed something in for '{assignment}'.")
    return NotFound(f"{student} is not in the class that '{assignment}' was set to.")


def tasks(
    ctx: typer.Context,
    name: Annotated[str, NAME],
    done: Annotated[
        list[str] | None,
        typer.Option("--done", metavar="SCRIPT=HOW", help="well, done, not-done, responded, or none to clear."),
    ] = None,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """The tasks of the returned essays, and what became of each; --done records it, all of them or none.

    Where no task was set beside it, it is the target. The mark stays locked.

    \b
    Example:
      markdesk assignment tasks "Henry VII" --done okafor=well --done 3f9a2c=not-done
    """
    from markdesk.desk.desk import find_assignment
    from markdesk.desk.follow_up import record_all, set_tasks, tally
    from markdesk.desk.moving import HOLD_PATIENCE
    from markdesk.desk.sitting import Sitting

    session: Session = ctx.obj
    wanted = session.given.text(name)
    typed = [_verdict(session.given.text(one)) for one in done or ()]
    with session.desk() as desk:
        sitting = Sitting(desk, find_assignment(desk, wanted))
        verdicts = [(_entry_of(desk, sitting, script), verdict) for script, verdict in typed]
        recorded = record_all(sitting, verdicts, HOLD_PATIENCE)
        sitting = sitting.again() if recorded else sitting
    found = set_tasks(sitting)
    if typed:
        saved = "; ".join(f"{sitting.called(entry)}: {label}" for entry, label in recorded)
        output.say(f"Saved: {saved}." if saved else "Nothing changed: it was so already.")
    counted = tally(sitting, found)
    if as_json:
        shape = {
            "assignment": about(sitting.assignment),
            "returned": counted.returned,
            "responded": counted.responded,
            "checked": counted.checked,
            "tasks": [_task_shape(sitting, task) for task in found],
        }
        output.json_out("assignment-tasks", shape)
        return
    output.say(f"{counted.told}.")
    if found:
        rows = [
            (t.entry.script.short_id, sitting.called(t.entry), str(t.done or ""), (t.done_at or "")[:10], t.text)
            for t in found
        ]
        output.table(("script", "student", "what became", "on", "task"), rows)


def _task_shape(sitting: "Sitting", task: "SetTask") -> dict[str, Any]:
    return {
        **who(task.entry),
        "student": sitting.called(task.entry),
        "task": task.text,
        "is_target": task.is_target,
        "done": str(task.done) if task.done else None,
        "done_at": task.done_at,
        "has_newer_text": task.has_newer_text,
    }


def _verdict(typed: str) -> "tuple[str, TaskDone | None]":
    from markdesk.core.marking import TaskDone

    hows = {
        "well": TaskDone.WELL, "done": TaskDone.DONE, "not-done": TaskDone.NOT_DONE, "responded": TaskDone.RESPONDED,
        NONE: None,
    }  # fmt: skip
    script, equals, how = typed.rpartition("=")
    if not equals or how not in hows:
        told = f"--done {show_line(typed)} is not SCRIPT=HOW."
        raise UsageProblem(told, f"HOW is one of: {', '.join(hows)}.")
    return script, hows[how]


def _entry_of(desk: "Desk", sitting: "Sitting", name: str) -> "Entry":
    from markdesk.desk.desk import find_script

    return find_script(desk, f"{sitting.assignment.id}/{name}")
