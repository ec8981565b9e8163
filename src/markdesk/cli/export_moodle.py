"""``markdesk export moodle``: the marked sheets as the zip of feedback files that Moodle takes."""

from pathlib import Path
from typing import Annotated

import typer

from markdesk.cli import output
from markdesk.cli.session import Session
from markdesk.cli.sheet_files import AS_JSON, ASSIGNMENT, FORCE, FORMAT, TO_FILE, file_to, put, wanted_format
from markdesk.core.errors import MarkdeskError


def moodle(
    ctx: typer.Context,
    assignment: Annotated[str, ASSIGNMENT],
    to: Annotated[Path, TO_FILE],
    kind: Annotated[str | None, FORMAT] = None,
    force: Annotated[bool, FORCE] = False,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """The marked sheets in one zip, for Moodle's 'Upload feedback files in a zip'.

    A folder a submission, by Moodle's own number of it, so only for essays that were downloaded from Moodle. While
    names are hidden the sheets have candidate numbers, and no folder has a name.

    \b
    Example:
      markdesk export moodle --assignment "Henry VII" --to feedback.zip --format docx
    """
    from markdesk import bootstrap
    from markdesk.cli import shapes
    from markdesk.desk.anonymous import named
    from markdesk.desk.desk import find_assignment
    from markdesk.desk.moodle_files import for_moodle
    from markdesk.desk.sheets import each_sheet
    from markdesk.formats.sheets.student import Choice, student_sheet
    from markdesk.formats.worksheets.feedback_zip import feedback_zip, member_name

    session: Session = ctx.obj
    chosen, path, school = wanted_format(kind), file_to(to), bootstrap.centre().school
    write = chosen.writer()
    with session.desk() as desk:
        found = find_assignment(desk, session.given.text(assignment))
        gathered = for_moodle(desk, found)
        choice = Choice(found.returns, by_number=found.is_anonymous, school=school)
        names: dict[str, str] = {
            entry.script.id: member_name(named(entry) or "participant", entry.script.system_id, chosen.ending)
            for entry in gathered.given
        }
        sheets = each_sheet(desk, found, gathered.given)
        content = feedback_zip((names[one.script_id], write([student_sheet(one, choice)])) for one in sheets)
    for entry, why in gathered.left_out:
        output.say(f"Left out: {named(entry) or f'script {entry.script.short_id}'} {why}.")
    if not gathered.given:
        raise MarkdeskError(
            f"No finished marking of '{found.name}' has a submission in Moodle.",
            "Finish one first; what didn't come from Moodle's download goes out by 'markdesk export sheets'.",
        )
    put([(path, content)], force)
    total = len(gathered.given) + len(gathered.left_out)
    output.say(f"{len(gathered.given)} of {total} sheets written to {path}.")
    if as_json:
        hidden = found.is_anonymous
        listed = [{**shapes.script_ids(script, hidden), "member": name} for script, name in names.items()]
        left = [{**shapes.script_ids(entry.script.id, hidden), "reason": why} for entry, why in gathered.left_out]
        output.json_out("export-moodle", {"file": str(path), "sheets": listed, "left_out": left})
    else:
        output.data(str(path))
