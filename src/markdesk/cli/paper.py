"""``markdesk paper``: a pile of handwritten scripts, one for each student."""

from typing import Annotated

import typer

from markdesk.cli import output, shapes
from markdesk.cli.session import Session
from markdesk.core.errors import MarkdeskError, UsageProblem


def paper(
    ctx: typer.Context,
    assignment: Annotated[str, typer.Option("--assignment", "-a", metavar="NAME", help="What the scripts are for.")],
    group: Annotated[str | None, typer.Option("--group", metavar="NAME", help="The class. Made when new.")] = None,
    names: Annotated[
        str | None,
        typer.Option("--names", metavar="FILE", help="A name a line, in the order of the pile; '-' reads them."),
    ] = None,
    rubric: Annotated[
        str | None, typer.Option("--rubric", metavar="ID", help="The mark scheme, where it is new.")
    ] = None,
    question: Annotated[str | None, typer.Option("--question", metavar="TEXT", help="What was asked.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> int:
    """Lay out a script without text for each student, to mark what was written by hand.

    Everyone in the group, or everyone named in a file. Mark them with 'markdesk mark': the page and paragraph stand
    where another essay has its text. Who has a script already keeps it.

    \b
    Example:
      markdesk paper --assignment "Mock, question 1" --group 13H --rubric aqa-7042-b-essay-25
      markdesk paper --assignment "Mock, question 1" --names pile.txt
    """
    from markdesk import bootstrap
    from markdesk.desk.anonymous import called_in
    from markdesk.desk.course import Order
    from markdesk.desk.paper_scripts import plan_paper
    from markdesk.desk.rubrics import warning

    session: Session = ctx.obj
    given = session.given
    order = Order(given.text(assignment), given.text(question or ""), rubric or "", given.text(group or "")).cleaned()
    listed = _names(session, names) if names is not None else []
    if not listed and not order.group:
        raise UsageProblem("Say whose scripts they are: --group NAME or --names FILE.")
    with session.desk_to_be() as (desk, to_write):
        plan = plan_paper(desk, bootstrap.rubric_shelf(), order, listed)
        if plan.changes and not dry_run:
            desk = to_write()
            with desk.store.together():
                # Planned again where nobody else writes, so that a student never gets two scripts.
                plan = plan_paper(desk, bootstrap.rubric_shelf(), order, listed)
                if plan.changes:
                    label = f"{len(plan.new)} paper scripts for {plan.assignment.name}"
                    desk.commit("paper", label, plan.changes, plan.keep)
        laid_out = [(script, student.name) for student, script in plan.new]
        if plan.assignment.is_anonymous:
            # An id beside a name would tell whose each script is; none is told of those only planned.
            called = called_in(desk, plan.assignment)
            entries = () if dry_run else desk.store.entries(desk.marker.id, plan.assignment.id)
            new = {script.id for _, script in plan.new}
            laid_out = sorted(((e.script, called(e)) for e in entries if e.script.id in new), key=lambda one: one[1])
    caution = warning(plan.rubric)
    for told in (*((caution,) if caution else ()), *plan.notes):
        output.say(told)
    count = len(plan.new)
    would = "would be laid out" if dry_run else "laid out"
    output.say(f"{count} paper {'script' if count == 1 else 'scripts'} {would} for '{plan.assignment.name}'.")
    if plan.there:
        output.say(f"{len(plan.there)} had one already.")
    if plan.new_students:
        output.say(f"New students: {', '.join(student.name for student in plan.new_students)}.")
    if as_json:
        made = plan.assignment
        scripts = [{**shapes.script_ids(one.id, made.is_anonymous), "student": whose} for one, whose in laid_out]
        shape = {
            "dry_run": dry_run,
            "assignment": {"id": made.id, "name": made.name, "is_new": plan.is_new_assignment},
            "scripts": scripts,
            "there": [student.name for student in plan.there],
        }
        output.json_out("paper", shape)
    else:
        for script, whose in laid_out:
            output.data(f"{script.short_id}  {whose}")
    return 0


def _names(session: Session, named: str) -> list[str]:
    """The lines of the file that hold something. Raises MarkdeskError for one that holds nothing."""
    text = session.given.text(named if named == "-" else f"@{named}")
    found = [line.strip() for line in text.splitlines() if line.strip()]
    if not found:
        raise MarkdeskError(f"{named} names nobody.", "A name a line: 'Okafor, Amara' or 'Amara Okafor'.")
    return found
