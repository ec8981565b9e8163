"""``markdesk fill``: the school system's own list of marks, filled in place."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from markdesk.cli import output, shapes
from markdesk.cli.session import Session
from markdesk.cli.sheet_files import ASSIGNMENT, file_to
from markdesk.config.paths import user_path
from markdesk.core.errors import MarkdeskError, UsageProblem
from markdesk.core.plain import show_line

if TYPE_CHECKING:
    from markdesk.core.coursework import Assignment
    from markdesk.core.feedback import Field
    from markdesk.desk.filling import Filled, FillPlan
    from markdesk.formats.worksheets import OpenSheet

MOST_TOLD = 8
"""Rows of nobody that are told one by one; ``--json`` has them all."""
_DEFAULT = "www,ebi,target,task,question,comment"


def fill(
    ctx: typer.Context,
    worksheet: Annotated[str, typer.Argument(metavar="WORKSHEET.csv", help="The list, as it was downloaded.")],
    assignment: Annotated[str, ASSIGNMENT],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change; write nothing.")] = False,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="Write this file, and leave the other alone.")
    ] = None,
    feedback: Annotated[str, typer.Option("--feedback", help="on or off: the column for feedback.")] = "on",
    lines: Annotated[
        str, typer.Option("--lines", metavar="LIST", help="Which lines of it: www,ebi,target,task,question,comment.")
    ] = _DEFAULT,
    mark_column: Annotated[
        str, typer.Option("--mark-column", metavar="HEADING", help="The column for the marks, if it isn't known.")
    ] = "",
    feedback_column: Annotated[
        str, typer.Option("--feedback-column", metavar="HEADING", help="The column for the feedback, likewise.")
    ] = "",
    id_column: Annotated[
        list[str] | None, typer.Option("--id-column", metavar="HEADING", help="A column of numbers that students have.")
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Write over another mark, or other feedback, in the file.")
    ] = False,
    nr_as_zero: Annotated[bool, typer.Option("--nr-as-zero", help="Write 0 for no response (NR).")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace the file of --to if it is there.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> int:
    """Fill your finished marks into the list of marks that you downloaded from the school's system.

    Moodle's grading worksheet, a gradebook of Canvas or Brightspace, Gradescope's scores, or any list as CSV with a
    column of numbers. Only the cells of marks and feedback are written; every other byte stays. Rows are known by
    ids, never by a name alone. The file is filled in place unless --to names another. If a row is refused the exit
    code is 1, and the others are written.

    \b
    Example:
      markdesk fill "Grades-13H-Henry VII.csv" --assignment "Henry VII" --dry-run
      markdesk fill gradebook.csv --assignment "Henry VII" --to filled.csv --feedback off
    """
    from markdesk.desk.desk import find_assignment
    from markdesk.desk.filling import FillOrder, plan_fill
    from markdesk.formats.worksheets import Chosen, open_worksheet, read_worksheet

    session: Session = ctx.obj
    given = session.given
    order = FillOrder(_lines(feedback, lines), overwrite, nr_as_zero)
    chosen = Chosen(
        given.text(mark_column), given.text(feedback_column), tuple(given.text(name) for name in id_column or ())
    )
    path = user_path(worksheet)
    data = read_worksheet(path)
    with session.desk() as desk:
        found = find_assignment(desk, given.text(assignment))
        sheet = open_worksheet(data, path.name, chosen, found.name)
        plan = plan_fill(desk, found, sheet.worksheet, order, sheet.feedback, sheet.lost)
    target = path if to is None else user_path(to)
    content = sheet.filled(plan.marks, plan.feedback)  # also on a dry run: what can't be written is told then
    is_written = not dry_run and _write(path, target, sheet, content, force)
    _tell(plan, sheet, found, wants_feedback=bool(order.lines))
    if as_json:
        output.json_out("fill", _shape(plan, sheet, path, target if is_written else None, found.is_anonymous, dry_run))
    else:
        _list(plan, dry_run)
    return _ending(plan, path, target, dry_run, is_written)


def _lines(feedback: str, lines: str) -> "tuple[Field, ...]":
    from markdesk.desk.filling import LINES

    if feedback not in ("on", "off"):
        raise UsageProblem("--feedback is on or off.")
    asked = [name.strip().casefold() for name in lines.split(",") if name.strip()]
    unknown = [name for name in asked if name not in LINES]
    if unknown or not asked:
        told = f"'{unknown[0]}' is no line of feedback" if unknown else "--lines names nothing"
        raise UsageProblem(f"{told}.", f"It takes: {', '.join(LINES)}.")
    return tuple(field for field in LINES if field in asked) if feedback == "on" else ()


def _write(path: Path, target: Path, sheet: "OpenSheet", content: bytes, force: bool) -> bool:
    """Put the filled file in its place; False where nothing changes. The old one stays until the new one is whole."""
    from markdesk.formats.safe_write import write_file
    from markdesk.formats.worksheets import read_worksheet

    is_in_place = target == path
    if not is_in_place:
        file_to(target)
    elif read_worksheet(path) != sheet.data:
        raise MarkdeskError(f"{path.name} has changed meanwhile.", "Nothing was written; run it again.")
    return write_file(target, content, force or is_in_place)


def _tell(plan: "FillPlan", sheet: "OpenSheet", assignment: "Assignment", wants_feedback: bool) -> None:
    from markdesk.core.coursework import Returns
    from markdesk.desk.anonymous import named

    of = plan.worksheet
    output.say(f"It is {of.called} ({sheet.encoding.called}, separator: {sheet.separator}).")
    output.say(f"  the marks go into '{of.mark_column}'")
    if wants_feedback:
        told = (
            f"the feedback goes into '{of.feedback_column}'" if of.feedback_column else "it has no column for feedback"
        )
        output.say(f"  {told}")
    for note in of.notes:
        output.say(note)
    if not any(row.out_of for row in of.rows):
        output.say("The file doesn't say out of how many the marks are: look that it is the same.")
    if plan.marks and assignment.returns is not Returns.MARKS:
        output.say(f"'{assignment.name}' gives back no marks yet; the school's system may show them to students.")
    if of.others:
        told = "; ".join(f"row {one.row}: {show_line(one.why)}" for one in of.others[:MOST_TOLD])
        more = f", and {len(of.others) - MOST_TOLD} more" if len(of.others) > MOST_TOLD else ""
        output.say(f"No student: {told}{more}.")
    for entry in plan.missing:
        output.say(f"Not in the file: {named(entry) or f'script {entry.script.short_id}'}, who is marked.")


def _list(plan: "FillPlan", dry_run: bool) -> None:
    fates = {"written": "would be written"} if dry_run else {}
    rows = [
        (
            one.row.number,
            one.called or one.row.name or "(no name)",
            _mark(one),
            "" if one.feedback is None else f"{len(one.feedback):,} characters",
            fates.get(one.fate, one.fate),
            one.why,
        )
        for one in plan.rows
    ]
    output.table(("row", "student", "mark", "feedback", "", ""), rows)


def _mark(one: "Filled") -> str:
    return one.row.mark if one.mark is None else f"{one.row.mark or 'none'} → {one.mark}"


def _ending(plan: "FillPlan", path: Path, target: Path, dry_run: bool, is_written: bool) -> int:
    from markdesk.desk.filling import Fate

    refused = plan.of(Fate.REFUSED)
    for hint in dict.fromkeys(one.hint for one in plan.rows if one.hint):
        output.say(hint)
    marks, texts = len(plan.marks), len(plan.feedback)
    would = "would be written" if dry_run else "written" if is_written else "as they should be"
    told = f"{marks} {'mark' if marks == 1 else 'marks'} and {texts} {'comment' if texts == 1 else 'comments'} {would}"
    same, left = len(plan.of(Fate.SAME)), len(plan.of(Fate.LEFT))
    output.say(f"{told}. Rows: {same} as before, {left} left, {len(refused)} refused.")
    if dry_run:
        output.say("Nothing was written.")
    elif not is_written:
        output.say(f"{target} has all of it already; it stays as it is.")
    elif target == path:
        output.say(f"{path} was filled in place; every other cell is as it was.")
    else:
        output.say(f"{target} written; {path} is as it was.")
    return 1 if refused else 0


def _shape(
    plan: "FillPlan", sheet: "OpenSheet", path: Path, written: Path | None, is_hidden: bool, dry_run: bool
) -> dict[str, Any]:
    from markdesk.desk.anonymous import named

    of = plan.worksheet
    return {
        "dry_run": dry_run,
        "file": str(path),
        "written_to": str(written) if written else None,
        "system": of.system,
        "encoding": sheet.encoding.called,
        "separator": sheet.table.separator,
        "mark_column": of.mark_column,
        "feedback_column": of.feedback_column or None,
        "rows": [_row(one, is_hidden) for one in plan.rows],
        "others": [{"row": one.row, "why": one.why} for one in of.others],
        "missing": [{**shapes.script_ids(one.script.id, is_hidden), "student": named(one)} for one in plan.missing],
        "notes": list(of.notes),
    }


def _row(one: "Filled", is_hidden: bool) -> dict[str, Any]:
    return {
        "row": one.row.number,
        "name": one.row.name,
        "ids": [{"column": each.column, "value": each.value} for each in one.row.ids],
        "student": {"id": one.student.id, "name": one.called} if one.student and not is_hidden else None,
        **shapes.script_ids(one.script, is_hidden),
        "fate": str(one.fate),
        "mark": {"before": one.row.mark, "after": one.mark},
        "feedback": {"before": one.row.feedback, "after": one.feedback},
        "why": one.why,
        "hint": one.hint,
    }
