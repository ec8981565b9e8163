"""``markdesk export record``: a student's marks over the course, on one page."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from markdesk.cli import output
from markdesk.cli.session import Session
from markdesk.cli.sheet_files import AS_JSON, FORCE, FORMAT, TO_FOLDER, put, refuse_file_name, wanted_format
from markdesk.config.paths import user_path
from markdesk.core.errors import MarkdeskError, UsageProblem

if TYPE_CHECKING:
    from markdesk.core.charts import TrendChart
    from markdesk.core.people import Student
    from markdesk.desk.desk import Desk


def record(
    ctx: typer.Context,
    to: Annotated[Path, TO_FOLDER],
    student: Annotated[
        list[str] | None,
        typer.Option("--student", metavar="NAME", help="A student; several in the order given. @FILE: one a line."),
    ] = None,
    group: Annotated[
        str | None, typer.Option("--group", metavar="NAME", help="A whole class, as its class list goes.")
    ] = None,
    grades: Annotated[bool, typer.Option("--grades", help="With the grades that you typed for each student.")] = False,
    scales: Annotated[
        bool, typer.Option("--scales", help="With charts of each scale and strand over time, below the one page.")
    ] = False,
    kind: Annotated[str | None, FORMAT] = None,
    force: Annotated[bool, FORCE] = False,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """A page for each student with every finished mark, the targets and what became of them, for a parents' evening.

    Of several students there is one file more that holds all of them, in the order given. Private notes are never in
    it, nor marks of work whose names are hidden.

    \b
    Example:
      markdesk export record --student "Amara Okafor" --to records/
      markdesk export record --student @appointments.txt --to records/
      markdesk export record --group 13H --to records/
    """
    from markdesk import bootstrap
    from markdesk.desk.record import record_of
    from markdesk.formats.giving_out import prints_two_sided, record_name
    from markdesk.formats.sheets.record import record_page
    from markdesk.formats.slug import slug

    if bool(student) == (group is not None):
        raise UsageProblem("Give --student NAME or --group NAME.", "One of them says whose record is wanted.")
    session: Session = ctx.obj
    refuse_file_name(to)
    written, folder, school = wanted_format(kind), user_path(to), bootstrap.centre().school
    write, ending = written.writer(prints_two_sided()), written.ending
    with session.desk() as desk:
        called = session.given.maybe(group)
        students = _named(session, desk, student or []) if called is None else _of_group(desk, called)
        today = desk.clock.today()
        pages = [
            (one, record_page(record_of(desk, one, grades), today, school, _scales(desk, one) if scales else ()))
            for one in students
        ]
    files = [(folder / record_name(one, ending), write([page])) for one, page in pages]
    whose = "records" if called is None else f"records-{slug(called, 'class')}"
    together = folder / f"{whose}.{ending}" if len(pages) > 1 else None
    if together is not None:
        put([*files, (together, write([page for _, page in pages]))], force)
    else:
        put(files, force)
    output.say(f"{len(pages)} {'record' if len(pages) == 1 else 'records'} written to {folder}.")
    if as_json:
        listed = [
            {"student": one.id, "name": one.name, "file": str(path)}
            for (one, _), (path, _) in zip(pages, files, strict=True)
        ]
        output.json_out("export-record", {"records": listed, "all": str(together) if together else None})
    else:
        for path in (*(path for path, _ in files), *((together,) if together else ())):
            output.data(str(path))


def _scales(desk: "Desk", student: "Student") -> "tuple[TrendChart, ...]":
    """The charts of a student's scales and strands; that of the totals is the record's own."""
    from markdesk.desk.charts import scale_charts
    from markdesk.desk.student_view import student_view

    return scale_charts(student_view(desk, student))


def _named(session: Session, desk: "Desk", names: list[str]) -> "list[Student]":
    """The students in the order given, each once."""
    from markdesk.desk.desk import find_student

    lines = [line.strip() for name in names for line in session.given.text(name).split("\n")]
    found = {one.id: one for one in (find_student(desk, line) for line in lines if line)}
    if not found:
        raise UsageProblem("--student names nobody.", "Give a name, or @FILE with one a line.")
    return list(found.values())


def _of_group(desk: "Desk", name: str) -> "list[Student]":
    """The students of a class, by name."""
    from markdesk.desk.desk import find_group

    only = find_group(desk, name)
    members = {member.student_id for member in desk.store.memberships(only.id)}
    found = sorted((s for s in desk.store.students() if s.id in members), key=lambda student: student.sort_key)
    if not found:
        raise MarkdeskError(f"{only.name} has no students.", "'markdesk student import' brings a class list in.")
    return found
