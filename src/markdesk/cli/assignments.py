"""``markdesk assignment``: what was set, and a new one before its essays are there."""

from typing import TYPE_CHECKING, Annotated

import typer

from markdesk.cli import output
from markdesk.cli.session import Session
from markdesk.core.errors import UsageProblem
from markdesk.core.plain import show_line

if TYPE_CHECKING:
    from markdesk.desk.desk import Desk

AS_JSON = typer.Option("--json", help="Answer as JSON.")


def new_assignment(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What lists and sheets call it.")],
    question: Annotated[str, typer.Option("--question", metavar="TEXT", help="As it was set, with its marks.")],
    rubric: Annotated[
        str | None, typer.Option("--rubric", metavar="ID", help="The mark scheme; ID:25 for one that takes any tariff.")
    ] = None,
    group: Annotated[str, typer.Option("--group", metavar="NAME", help="The class. Made when new.")] = "",
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="class essay, mock, NEA or NEA draft.")
    ] = "class essay",
    anonymous: Annotated[
        bool | None,
        typer.Option("--anonymous/--named", help="Hide names while it is marked, or not; else by its kind."),
    ] = None,
    set_on: Annotated[str, typer.Option("--set-on", metavar="DAY", help="2026-11-25, 25/11/2026 …")] = "today",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Make an assignment; its essays come in later, with 'markdesk import'.

    Without --rubric it is refused, and the mark schemes that fit the question's marks and words are proposed.

    \b
    Example:
      markdesk assignment new "Henry VII" --question "How secure was Henry VII? [25 marks]" \\
        --rubric aqa-7042-b-essay-25 --group 13H
    """
    from markdesk import bootstrap
    from markdesk.desk.course import SchemeMissing, kind_named, proposed_schemes
    from markdesk.desk.near import near_name
    from markdesk.desk.rubrics import warning
    from markdesk.desk.setting import NewAssignment, import_command, set_assignment
    from markdesk.desk.sheets import group_name

    session: Session = ctx.obj
    given = session.given
    name, question, group = given.text(name), given.text(question), given.text(group)
    shelf = bootstrap.rubric_shelf()
    with session.desk() as desk:
        if rubric is None:
            proposed = proposed_schemes(shelf, question.strip())
            raise SchemeMissing("A new assignment needs its mark scheme: --rubric ID.", proposed)
        day = _day(desk, set_on)
        scheme = shelf.get(rubric)
        near = near_name(name, [assignment.name for assignment in desk.store.assignments()])
        made = set_assignment(desk, NewAssignment(name, question, scheme, day, group, kind_named(kind), anonymous))
        set_to = group_name(desk, made)
    caution = warning(scheme)
    if caution:
        output.say(caution)
    if near:
        output.say(f"There is '{near}' too: this is another.")
    command = import_command(made, bootstrap.at_desk(session.path()))
    output.say(f"Made '{made.name}'. Its essays come in with: {command}")
    about = {
        "id": made.id,
        "name": made.name,
        "question": made.question,
        "group": set_to or None,
        "kind": str(made.kind),
        "rubric": scheme.id,
        "max": scheme.max_mark,
        "set_on": made.set_on,
        "is_anonymous": made.is_anonymous,
    }
    if as_json:
        output.json_out("assignment-new", {"assignment": about})
    else:
        output.data(made.name)


def correct(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Which assignment, by name or id.")],
    new_name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="What it is called from now on.")
    ] = None,
    question: Annotated[str | None, typer.Option("--question", metavar="TEXT", help="As it was set.")] = None,
    set_on: Annotated[
        str | None, typer.Option("--set-on", metavar="DAY", help="2026-11-25, 25/11/2026 …; it decides the year.")
    ] = None,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Correct an assignment's name, its question, or the day on which it was set.

    Essays and marks stay as they are, and so do files that are written already.

    \b
    Example:
      markdesk assignment correct "Henry VII" --set-on 2026-09-11
      markdesk assignment correct "Henry VII" --name "Henry VII: security"
    """
    from markdesk.desk.desk import find_assignment
    from markdesk.desk.setting import correct_assignment

    if new_name is None and question is None and set_on is None:
        raise UsageProblem("Nothing was said to correct.", "Give --name, --question or --set-on.")
    session: Session = ctx.obj
    given = session.given
    with session.desk() as desk:
        day = _day(desk, set_on) if set_on is not None else None
        before = find_assignment(desk, given.text(name))
        called, asks = (None if text is None else given.text(text) for text in (new_name, question))
        after = correct_assignment(desk, before, called, asks, day)
    if after == before:
        output.say("Nothing changed: it was so already.")
    about = {"id": after.id, "name": after.name, "question": after.question, "set_on": after.set_on}
    if as_json:
        output.json_out("assignment-correct", {"assignment": about, "changed": after != before})
    else:
        output.data(f"{after.name}  set on {after.set_on}")
        output.data(after.question)


def _day(desk: "Desk", typed: str) -> str:
    """The day that was typed. Raises UsageProblem for what is none."""
    from markdesk.core.days import read_day

    day = read_day(typed, desk.clock.today())
    if day is None:
        raise UsageProblem(f"--set-on {show_line(typed)} is no day.", "Like 2026-11-25, or 25/11/2026.")
    return day


def list_assignments(ctx: typer.Context, as_json: Annotated[bool, AS_JSON] = False) -> None:
    """All assignments, newest first, with how far their marking is.

    \b
    Example:
      markdesk assignment list
    """
    session: Session = ctx.obj
    with session.desk() as desk:
        rows = desk.store.overview(desk.marker.id)
        rubrics = {row.assignment.rubric_hash: desk.store.rubric(row.assignment.rubric_hash) for row in rows}
    if as_json:
        shape = [
            {
                "id": row.assignment.id,
                "name": row.assignment.name,
                "question": row.assignment.question,
                "group": row.group.name if row.group else None,
                "kind": str(row.assignment.kind),
                "rubric": rubrics[row.assignment.rubric_hash].id,
                "set_on": row.assignment.set_on,
                "scripts": row.scripts,
                "complete": row.complete,
                "in_progress": row.begun,
                "drafts": row.drafts,
            }
            for row in rows
        ]
        output.json_out("assignment-list", {"assignments": shape})
    elif rows:
        cells = [
            (
                row.assignment.set_on,
                row.assignment.name,
                row.group.name if row.group else "",
                rubrics[row.assignment.rubric_hash].id,
                f"{row.complete} of {row.scripts}",
            )
            for row in rows
        ]
        output.table(("set on", "assignment", "class", "mark scheme", "marked"), cells)
    else:
        output.say("The desk has no assignments yet: 'markdesk import' makes one.")


def show_assignment(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name, a part of it, or its id.")],
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """One assignment: its question, its mark scheme, and every script with its mark.

    \b
    Example:
      markdesk assignment show "Henry VII"
    """
    from markdesk.cli import shapes
    from markdesk.desk.anonymous import called_in
    from markdesk.desk.assignments import class_sheet
    from markdesk.desk.desk import find_assignment
    from markdesk.desk.rubrics import warning

    session: Session = ctx.obj
    with session.desk() as desk:
        sheet = class_sheet(desk, find_assignment(desk, session.given.text(name)))
        called = called_in(desk, sheet.assignment)
    listed = list(sheet.rows)
    if sheet.assignment.is_anonymous:  # in the order of names the list would tell them
        listed.sort(key=lambda row: called(row.entry))
    caution = warning(sheet.rubric)
    if caution:
        output.say(caution)
    assignment = sheet.assignment
    if as_json:
        scripts = [
            {
                **shapes.script_ids(row.entry.script.id, assignment.is_anonymous),
                "student": called(row.entry),
                "words": row.entry.words,
                "version": row.entry.script.version,
                "rubric_version": row.rubric.version,
                "status": str(row.status) if row.status else None,
                "total": row.total.value,
                "max": row.total.max,
                "awards": shapes.awards(row.rubric, row.marking.award_by_scale() if row.marking else {}),
            }
            for row in listed
        ]
        about = {
            "id": assignment.id,
            "name": assignment.name,
            "question": assignment.question,
            "group": sheet.group or None,
            "kind": str(assignment.kind),
            "rubric": sheet.rubric.id,
            "rubric_version": sheet.rubric.version,
            "set_on": assignment.set_on,
        }
        output.json_out("assignment-show", {"assignment": about, "scripts": scripts})
        return
    output.data(f"{assignment.name}  {sheet.group}  set on {assignment.set_on}")
    output.data(f"Question: {assignment.question}")
    output.data(f"Mark scheme: {sheet.rubric.title} ({sheet.rubric.id}, version {sheet.rubric.version})")
    rows = [
        (
            row.entry.script.short_id,
            called(row.entry),
            row.entry.words,
            str(row.status).replace("_", " ") if row.status else "not begun",
            row.total.value,
            row.total.max,
        )
        for row in listed
    ]
    if rows:
        output.table(("script", "student", "words", "status", "total", "of"), rows)
