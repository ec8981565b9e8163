"""``markdesk export``: files for students, for the school's system, for other programs."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from markdesk.cli import output
from markdesk.cli.session import Session
from markdesk.config.paths import user_path
from markdesk.core.errors import MarkdeskError, UsageProblem

ASSIGNMENT = typer.Option("--assignment", "-a", metavar="NAME", help="Which assignment; a part of its name will do.")
FORCE = typer.Option("--force", help="Replace files that are there already.")


def sheets(
    ctx: typer.Context,
    assignment: Annotated[str, ASSIGNMENT],
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="The folder; made where it isn't there.")],
    kind: Annotated[str, typer.Option("--format", help="md or txt.")] = "md",
    force: Annotated[bool, FORCE] = False,
    as_json: Annotated[bool, typer.Option("--json", help="List the files as JSON.")] = False,
) -> None:
    """One mark sheet for each student whose marking is finished: mark, feedback, notes, and the essay with them.

    The private note is never on it. A file that is there already is replaced only with --force.

    \b
    Example:
      markdesk export sheets --assignment "Henry VII" --format txt --to sheets/
    """
    from markdesk.desk.desk import find_assignment
    from markdesk.desk.sheets import sheets_of
    from markdesk.formats import markdown_sheet, text_sheet
    from markdesk.formats.safe_write import make_folder, refuse_overwriting, write_file
    from markdesk.formats.slug import file_name

    writers = {"md": markdown_sheet.write_sheet, "txt": text_sheet.write_sheet}
    if kind not in writers:
        raise UsageProblem(f"--format is one of: {', '.join(writers)}.", "The others come in a later version.")
    session: Session = ctx.obj
    folder = user_path(to)
    with session.desk() as desk:
        found = find_assignment(desk, session.given.text(assignment))
        gathered = sheets_of(desk, found)
    for entry in gathered.left_out:
        began = "is still being marked" if entry.header else "is not marked yet"
        output.say(f"Left out: {entry.student.name} {began}.")
    if not gathered.made:
        raise MarkdeskError(
            f"No marking of '{found.name}' is finished yet.", "Finish one: 'markdesk mark', give it a mark, then Enter."
        )
    files = [
        (folder / file_name(sheet.student.name, sheet.script_id[-6:], kind), writers[kind](sheet).encode(), sheet)
        for sheet in gathered.made
    ]
    for path, content, _ in files:
        refuse_overwriting(path, content, force)
    make_folder(folder)
    for path, content, _ in files:
        write_file(path, content, force)
    output.say(f"{len(files)} of {len(files) + len(gathered.left_out)} sheets written to {folder}.")
    if as_json:
        listed = [
            {"script": sheet.script_id, "student": sheet.student.name, "file": str(path)} for path, _, sheet in files
        ]
        left = [{"script": entry.script.id, "student": entry.student.name} for entry in gathered.left_out]
        output.json_out("export-sheets", {"sheets": listed, "left_out": left})
    else:
        for path, _, _ in files:
            output.data(str(path))


def marks(
    ctx: typer.Context,
    assignment: Annotated[str, ASSIGNMENT],
    kind: Annotated[str, typer.Option("--format", help="csv or json.")] = "csv",
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="The file; else it is printed.")] = None,
    raw: Annotated[bool, typer.Option("--raw", help="CSV for programs: formula-like text is left as it is.")] = False,
    bom: Annotated[bool, typer.Option("--bom", help="CSV with the sign by which old Excel knows UTF-8.")] = False,
    force: Annotated[bool, FORCE] = False,
) -> None:
    """The class mark sheet: one row a student, those without a mark too.

    In CSV, text that a spreadsheet could take for a formula begins with an apostrophe.

    \b
    Example:
      markdesk export marks --assignment "Henry VII" --to henry-vii.csv
    """
    from markdesk.desk.assignments import class_sheet
    from markdesk.desk.desk import find_assignment
    from markdesk.formats.marks_csv import write_marks

    if kind not in ("csv", "json"):
        raise UsageProblem("--format is one of: csv, json.", "xlsx comes in a later version.")
    session: Session = ctx.obj
    with session.desk() as desk:
        sheet = class_sheet(desk, find_assignment(desk, session.given.text(assignment)))
    if kind == "json":
        shape = _marks_shape(sheet)
        if to is None:
            output.json_out("export-marks", shape)
            return
        content = output.json_text({"schema": "markdesk/export-marks/1", **shape}).encode()
    else:
        content = write_marks(sheet, raw, bom and to is not None)
        if to is None:
            output.exactly(content.replace(b"\r\n", b"\n"))
            return
    _write(to, content, force)


def _marks_shape(sheet: Any) -> dict[str, Any]:
    from markdesk.cli import shapes
    from markdesk.core.feedback import Field

    rows = []
    for row in sheet.rows:
        one = {field: next(iter(row.lines(field)), None) for field in (Field.EBI, Field.TARGET, Field.TASK)}
        rows.append(
            {
                "script": row.entry.script.id,
                "student": shapes.student(row.entry.student),
                "rubric_version": row.rubric.version,
                "status": str(row.status) if row.status else None,
                "total": row.total.value,
                "max": row.total.max,
                "awards": shapes.awards(row.rubric, row.marking.award_by_scale() if row.marking else {}),
                "www": list(row.lines(Field.WWW)),
                **{str(field): text for field, text in one.items()},
                "words": row.entry.words,
                "marker": sheet.marker if row.marking else None,
                "completed_at": row.marking.header.completed_at if row.marking else None,
            }
        )
    about = {"id": sheet.assignment.id, "name": sheet.assignment.name, "question": sheet.assignment.question}
    rubric = {"id": sheet.rubric.id, "version": sheet.rubric.version, "max_mark": sheet.rubric.max_mark}
    return {"assignment": {**about, "group": sheet.group or None}, "rubric": rubric, "marks": rows}


def annotations(
    ctx: typer.Context,
    assignment: Annotated[str, ASSIGNMENT],
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="The file to write.")],
    force: Annotated[bool, FORCE] = False,
) -> None:
    """Every annotation of an assignment, by every marker, as W3C Web Annotations (JSON-LD).

    \b
    Example:
      markdesk export annotations --assignment "Henry VII" --to henry-vii.jsonld
    """
    from markdesk.desk.desk import find_assignment
    from markdesk.formats.web_annotations import collection

    session: Session = ctx.obj
    with session.desk() as desk:
        found = find_assignment(desk, session.given.text(assignment))
        names = {marker.id: marker.name for marker in desk.store.markers()}
        markings = []
        for entry in desk.store.entries(None, found.id):
            marking = desk.store.marking(entry.script.id, entry.header.marker_id) if entry.header else None
            if marking is not None:
                stamps = desk.stamps_for(desk.store.rubric(marking.header.rubric_hash))
                markings.append((marking, names.get(marking.header.marker_id, ""), stamps))
        written = collection(found.name, markings)
    _write(to, output.json_text(written).encode(), force)
    output.say(f"{written['total']} annotations.")


def _write(to: Path, content: bytes, force: bool) -> None:
    from markdesk.formats.safe_write import write_file

    path = user_path(to)
    if not os.path.isdir(path.parent):
        raise MarkdeskError(f"There is no folder {path.parent}.", "Make it, or name a file in another.")
    is_new = write_file(path, content, force)
    output.say(f"{path} {'written' if is_new else 'was there already, just the same'}.")
