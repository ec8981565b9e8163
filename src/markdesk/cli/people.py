"""``markdesk student`` and ``markdesk assignment``: what is on the desk."""

from typing import Annotated, Any

import typer

from markdesk.cli import output
from markdesk.cli.session import Session

AS_JSON = typer.Option("--json", help="Answer as JSON.")
GROUP = typer.Option("--group", metavar="NAME", help="Only this class.")


def list_students(
    ctx: typer.Context,
    group: Annotated[str | None, GROUP] = None,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """All students, or those of a class, in the order of a class list.

    \b
    Example:
      markdesk student list --group 13H
    """
    from markdesk.cli import shapes
    from markdesk.core.errors import NotFound
    from markdesk.core.plain import fold

    session: Session = ctx.obj
    wanted = session.given.maybe(group)
    with session.desk() as desk:
        store = desk.store
        groups = store.groups()
        members = {one.id: {member.student_id for member in store.memberships(one.id)} for one in groups}
        students = sorted(store.students(), key=lambda student: student.sort_key)
    if wanted is not None:
        only = next((one for one in groups if one.id == wanted or fold(one.name) == fold(wanted)), None)
        if only is None:
            known = ", ".join(one.name for one in groups) or "none yet"
            raise NotFound(f"No class is called '{wanted}'.", f"The desk has: {known}.")
        students = [student for student in students if student.id in members[only.id]]
    listed = [(one, tuple(g.name for g in groups if one.id in members[g.id])) for one in students]
    if as_json:
        output.json_out("student-list", {"students": [shapes.student(one, its) for one, its in listed]})
    elif listed:
        rows = [(one.id[-6:], one.name, one.candidate_number, ", ".join(its)) for one, its in listed]
        output.table(("id", "student", "candidate", "class"), rows)
    else:
        output.say("The desk has no students yet.")


def show_student(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name, id or candidate number.")],
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """One student: classes, and every script with how far its marking is.

    \b
    Example:
      markdesk student show "Amara Okafor"
    """
    from markdesk.cli import shapes
    from markdesk.desk.desk import find_student
    from markdesk.desk.review import review_student

    session: Session = ctx.obj
    with session.desk() as desk:
        found = review_student(desk, find_student(desk, session.given.text(name)))
    scripts: list[dict[str, Any]] = [
        {
            "script": past.entry.script.id,
            "short_id": past.entry.script.short_id,
            "assignment": past.entry.assignment.name,
            "words": past.entry.words,
            "version": past.entry.script.version,
            "status": str(past.header.status),
            "total": past.total.value,
            "max": past.total.max,
        }
        for past in found.markings
    ]
    scripts += [
        {
            "script": entry.script.id,
            "short_id": entry.script.short_id,
            "assignment": entry.assignment.name,
            "words": entry.words,
            "version": entry.script.version,
            "status": None,
            "total": None,
            "max": None,
        }
        for entry in found.unbegun
    ]
    if as_json:
        person = shapes.student(found.student, found.groups)
        output.json_out("student-show", {"student": person, "scripts": scripts})
        return
    person_line = [found.student.name, f"id {found.student.id[-6:]}", *found.groups]
    output.data("  ".join(person_line))
    keys = ("short_id", "assignment", "words", "status", "total", "max")
    rows = [[script[key] if script[key] or key != "status" else "not begun" for key in keys] for script in scripts]
    if rows:
        output.table(("script", "assignment", "words", "status", "total", "of"), rows)


def rename_student(
    ctx: typer.Context,
    student: Annotated[str, typer.Argument(metavar="STUDENT", help="Name, candidate number or id.")],
    given: Annotated[str | None, typer.Option("--given", metavar="NAME", help="The given name.")] = None,
    family: Annotated[str | None, typer.Option("--family", metavar="NAME", help="The family name.")] = None,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Mend a student's name. Scripts and marks stay hers; what is left out stays as it is.

    \b
    Example:
      markdesk student rename "Okafor Amara" --given Amara --family Okafor
    """
    from dataclasses import replace

    from markdesk.cli import shapes
    from markdesk.core.changes import StudentChanged
    from markdesk.core.errors import UsageProblem
    from markdesk.desk.course import clean_name
    from markdesk.desk.desk import find_student

    session: Session = ctx.obj
    named, told = session.given.text(student), session.given
    with session.desk() as desk, desk.store.together():
        before = find_student(desk, named)
        after = replace(
            before,
            given_name=before.given_name if given is None else clean_name(told.text(given), "student"),
            family_name=before.family_name if family is None else clean_name(told.text(family), "student"),
        )
        if not after.name.strip():
            raise UsageProblem("A student needs a name.", "Give --given, --family or both.")
        if after != before:
            desk.commit("student", f"{before.name} is {after.name} now", (StudentChanged(before, after),))
    output.say(f"{before.name} is {after.name} now." if after != before else "Nothing changed: it was so already.")
    if as_json:
        output.json_out("student-rename", {"student": shapes.student(after)})


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
    from markdesk.desk.assignments import class_sheet
    from markdesk.desk.desk import find_assignment
    from markdesk.desk.rubrics import warning

    session: Session = ctx.obj
    with session.desk() as desk:
        sheet = class_sheet(desk, find_assignment(desk, session.given.text(name)))
    caution = warning(sheet.rubric)
    if caution:
        output.say(caution)
    assignment = sheet.assignment
    if as_json:
        scripts = [
            {
                "script": row.entry.script.id,
                "short_id": row.entry.script.short_id,
                "student": row.entry.student.name,
                "words": row.entry.words,
                "version": row.entry.script.version,
                "rubric_version": row.rubric.version,
                "status": str(row.status) if row.status else None,
                "total": row.total.value,
                "max": row.total.max,
                "awards": shapes.awards(row.rubric, row.marking.award_by_scale() if row.marking else {}),
            }
            for row in sheet.rows
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
            row.entry.student.name,
            row.entry.words,
            str(row.status).replace("_", " ") if row.status else "not begun",
            row.total.value,
            row.total.max,
        )
        for row in sheet.rows
    ]
    if rows:
        output.table(("script", "student", "words", "status", "total", "of"), rows)
