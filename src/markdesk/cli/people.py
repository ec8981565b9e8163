"""``markdesk student list`` and ``show``: who is on the desk."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from markdesk.cli import output, shapes
from markdesk.cli.session import Session

if TYPE_CHECKING:
    from markdesk.core.people import Student

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
    from markdesk.desk.desk import find_group

    session: Session = ctx.obj
    wanted = session.given.maybe(group)
    with session.desk() as desk:
        store = desk.store
        groups = store.groups()
        members = {one.id: {member.student_id for member in store.memberships(one.id)} for one in groups}
        students = sorted(store.students(), key=lambda student: student.sort_key)
        only = None if wanted is None else find_group(desk, wanted)
    if only is not None:
        students = [student for student in students if student.id in members[only.id]]
    listed = [(one, tuple(g.name for g in groups if one.id in members[g.id])) for one in students]
    if as_json:
        output.json_out("student-list", {"students": [shapes.person(one, its) for one, its in listed]})
    elif listed:
        output.table(*_columns(listed))
    else:
        output.say("The desk has no students yet.")


def _columns(listed: "list[tuple[Student, tuple[str, ...]]]") -> tuple[list[str], list[tuple[str, ...]]]:
    """The table of a list of students; tutor group and access arrangements stand in it where anybody has them."""
    heading = ["id", "student", "candidate", "class"]
    columns = [
        [one.id[-6:] for one, _ in listed],
        [one.name for one, _ in listed],
        [one.candidate_number for one, _ in listed],
        [", ".join(its) for _, its in listed],
    ]
    if any(one.tutor_group for one, _ in listed):
        heading.append("tutor group")
        columns.append([one.tutor_group for one, _ in listed])
    if any(one.has_access_arrangements for one, _ in listed):
        heading.append("access")
        columns.append(["yes" if one.has_access_arrangements else "" for one, _ in listed])
    return heading, list(zip(*columns, strict=True))


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
    from markdesk.cli.reviews import say_hidden
    from markdesk.desk.desk import find_student
    from markdesk.desk.review import review_student, without_hidden

    session: Session = ctx.obj
    with session.desk() as desk:
        found, hidden = without_hidden(review_student(desk, find_student(desk, session.given.text(name))))
    scripts: list[dict[str, Any]] = [
        {
            **shapes.script_ids(past.entry.script.id, past.entry.assignment.is_anonymous),
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
            **shapes.script_ids(entry.script.id, entry.assignment.is_anonymous),
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
        person = shapes.person(found.student, found.groups)
        output.json_out("student-show", {"student": person, "scripts": scripts, "hidden": hidden})
        say_hidden(hidden)
        return
    person_line = [found.student.name, f"id {found.student.id[-6:]}", *found.groups]
    if found.student.candidate_number:
        person_line.append(f"candidate {found.student.candidate_number}")
    if found.student.tutor_group:
        person_line.append(f"tutor group {found.student.tutor_group}")
    if found.student.has_access_arrangements:
        person_line.append("access arrangements")
    output.data("  ".join(person_line))
    keys = ("short_id", "assignment", "words", "status", "total", "max")
    rows = [[script[key] if script[key] or key != "status" else "not begun" for key in keys] for script in scripts]
    if rows:
        output.table(("script", "assignment", "words", "status", "total", "of"), rows)
    say_hidden(hidden)
