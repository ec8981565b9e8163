"""``markdesk review``: looking back."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from markdesk.cli import output, shapes
from markdesk.cli.session import Session

if TYPE_CHECKING:
    from markdesk.core.coursework import Assignment
    from markdesk.desk.student_view import PastRow, StudentView


def student(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name, id or candidate number.")],
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Every marking begun of one student's essays, newest first: marks, targets, the trend, what recurs, and
    what is missing.

    \b
    Example:
      markdesk review student "Amara Okafor"
    """
    from markdesk.desk.desk import find_student
    from markdesk.desk.review import without_hidden
    from markdesk.desk.student_view import student_view

    session: Session = ctx.obj
    with session.desk() as desk:
        view = student_view(desk, find_student(desk, session.given.text(name)))
        found, hidden = without_hidden(view.review)
    if as_json:
        person = shapes.student(found.student, found.groups)
        markings = [shapes.marking(past) for past in found.markings]
        answer = {"student": person, "markings": markings, **_course(view), "hidden": hidden}
        output.json_out("review-student", answer)
    else:
        _page(view, hidden)
    say_hidden(hidden)


def say_hidden(hidden: int) -> None:
    """That something isn't told, where names are hidden."""
    from markdesk.core.past_words import hidden_told

    if hidden:
        output.say(hidden_told(hidden))


def _course(view: "StudentView") -> dict[str, Any]:
    """What the markings come to together."""
    trend = view.record.trend
    return {
        "trend": {"count": trend.count, "up": trend.up, "down": trend.down, "same": trend.same, "words": trend.told},
        "recurring": [
            {"code": one.code or None, "words": one.meaning, "essays": one.times, "of": view.essays}
            for one in view.recurring
        ],
        "redrafts": [
            {
                **shapes.script_ids(row.past.entry.script.id, row.past.entry.assignment.is_anonymous),
                "earlier": [its.value for its in row.redraft.earlier],
                "is_judged": row.redraft.is_judged,
            }
            for row in view.rows
            if row.past is not None and row.redraft is not None
        ],
        "grades": [{"kind": str(grade.kind), "day": grade.day, "grade": grade.value} for grade in view.grades],
        "owed": [
            {
                "assignment": one.assignment.name,
                "assignment_id": one.assignment.id,
                "set_on": one.assignment.set_on,
                "why": str(one.absence.why) if one.absence else None,
            }
            for one in view.review.owed
        ],
    }


def _page(view: "StudentView", hidden: int) -> None:
    from markdesk.core.past_words import recurs_told

    groups = f"  {', '.join(view.review.groups)}" if view.review.groups else ""
    output.data(f"{view.student.name}{groups}")
    marked = [row for row in view.rows if row.past is not None]
    if not marked and not hidden:
        output.say("Nothing of this student's is marked yet.")
    if view.record.trend.count:
        output.data(view.record.trend.told)
    for row in marked:
        output.data()
        _marking(row)
    if view.recurring:
        output.data()
        output.data("What recurs")
        for one in view.recurring:
            output.data("  ".join(filter(None, ("", one.code, recurs_told(one.times, view.essays), one.meaning))))
    if view.review.owed:
        output.data()
        output.data("Not handed in")
        for owed in view.review.owed:
            why = f"  {owed.absence.why}" if owed.absence else ""
            output.data(f"  {_set(owed.assignment)}{owed.assignment.name}{why}")
    for row in view.rows:
        if row.past is None and row.entry is not None:
            output.say(f"Not begun: {row.assignment.name} ({row.entry.script.short_id}).")


def _set(assignment: "Assignment") -> str:
    """When it was set, before its name."""
    return f"set {assignment.set_on}  " if assignment.set_on else ""


def _marking(row: "PastRow") -> None:
    from markdesk.cli.shapes import given_to
    from markdesk.core.feedback import LABELS
    from markdesk.core.marksheet import SHOWN
    from markdesk.desk.finishing import TASK_LABELS

    past = row.past
    assert past is not None
    entry = past.entry
    status = str(past.header.status).replace("_", " ")
    came = row.redraft.told(past.total) if row.redraft else str(past.total)
    named = f"{_set(entry.assignment)}{entry.assignment.name}"
    output.data(f"{named}  {came} of {past.total.max}  {status}  ({entry.script.short_id})")
    if entry.assignment.question != entry.assignment.name:
        output.data(f"  {entry.assignment.question}")
    for scale in past.rubric.scales:
        output.data(f"  {given_to(past.rubric, past.award(scale.id))}")
    words = "handwritten" if entry.words is None else f"{entry.words:,} words"
    count = len(past.notes)
    notes = "1 annotation" if count == 1 else f"{count} annotations"
    output.data(f"  {words}, {notes}, {past.rubric.short_title}, marked by {past.marker}")
    for field in SHOWN:
        for line in past.lines(field):
            output.data(f"  {LABELS[field]}: {line.text}")
    if past.header.task_done:
        output.data(
            f"  After the return: {TASK_LABELS[past.header.task_done]}, {(past.header.task_done_at or '')[:10]}"
        )
