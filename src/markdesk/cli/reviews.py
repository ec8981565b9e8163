"""``markdesk review``: looking back."""

from typing import TYPE_CHECKING, Annotated

import typer

from markdesk.cli import output
from markdesk.cli.session import Session

if TYPE_CHECKING:
    from markdesk.desk.review import PastMarking, StudentReview


def student(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name, id or candidate number.")],
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Every marking begun of one student's essays, newest first: marks, targets, and the codes that recur.

    \b
    Example:
      markdesk review student "Amara Okafor"
    """
    from markdesk.cli import shapes
    from markdesk.desk.desk import find_student
    from markdesk.desk.review import review_student, without_hidden

    session: Session = ctx.obj
    with session.desk() as desk:
        found, hidden = without_hidden(review_student(desk, find_student(desk, session.given.text(name))))
        meanings = {stamp.code: stamp.meaning for stamp in desk.stamp_sets.usual.every}
    if as_json:
        person = shapes.student(found.student, found.groups)
        markings = [shapes.marking(past) for past in found.markings]
        output.json_out("review-student", {"student": person, "markings": markings, "hidden": hidden})
    else:
        _page(found, meanings, hidden)
    say_hidden(hidden)


def say_hidden(hidden: int) -> None:
    """That something isn't told, where names are hidden."""
    from markdesk.core.past_words import hidden_told

    if hidden:
        output.say(hidden_told(hidden))


def _page(found: "StudentReview", meanings: dict[str, str], hidden: int) -> None:
    groups = f"  {', '.join(found.groups)}" if found.groups else ""
    output.data(f"{found.student.name}{groups}")
    if not found.markings and not hidden:
        output.say("Nothing of this student's is marked yet.")
    for past in found.markings:
        output.data()
        _marking(past)
    if found.recurring:
        output.data()
        output.data("Recurring codes")
        for code, times in found.recurring:
            meaning = f"  {meanings[code]}" if code in meanings else ""
            output.data(f"  {code}  in {times} of {len(found.markings)} essays{meaning}")
    for entry in found.unbegun:
        output.say(f"Not begun: {entry.assignment.name} ({entry.script.short_id}).")


def _marking(past: "PastMarking") -> None:
    from markdesk.cli.shapes import given_to
    from markdesk.core.feedback import LABELS
    from markdesk.core.marksheet import SHOWN
    from markdesk.desk.finishing import TASK_LABELS

    entry = past.entry
    status = str(past.header.status).replace("_", " ")
    day = (past.header.completed_at or entry.assignment.set_on)[:10]
    output.data(
        f"{day}  {entry.assignment.name}  {past.total} of {past.total.max}  {status}  ({entry.script.short_id})"
    )
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
