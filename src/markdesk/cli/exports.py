"""``markdesk export``: files for students, for the school's system, for other programs."""

import os
from pathlib import Path
from typing import Annotated

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
