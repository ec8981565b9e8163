"""``markdesk export slips``: mark slips to cut apart."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from markdesk.cli import output
from markdesk.cli.session import Session
from markdesk.cli.sheet_files import AS_JSON, ASSIGNMENT, FORCE, FORMAT, NUMBERS, TO_FILE, file_to, put, wanted_format
from markdesk.core.errors import MarkdeskError, UsageProblem

if TYPE_CHECKING:
    from markdesk.core.coursework import Assignment


def slips(
    ctx: typer.Context,
    assignment: Annotated[str, ASSIGNMENT],
    to: Annotated[Path, TO_FILE],
    review_by: Annotated[
        str | None,
        typer.Option("--review-by", metavar="DATE", help="Coursework: until when a review can be asked for."),
    ] = None,
    everybody: Annotated[
        bool, typer.Option("--all", help="Those too who haven't done the task that their mark follows.")
    ] = False,
    numbers: Annotated[bool, NUMBERS] = False,
    kind: Annotated[str | None, FORMAT] = None,
    force: Annotated[bool, FORCE] = False,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """A slip with the mark for each student whose marking is finished, eight to a page, to cut apart.

    For coursework it says that the mark is provisional. Where the sheets went out without marks, it is for those who
    have done the task.

    \b
    Example:
      markdesk export slips --assignment "Investigation" --review-by 2027-04-23 --to slips.pdf
    """
    from markdesk import bootstrap
    from markdesk.cli import shapes
    from markdesk.core.coursework import Kind
    from markdesk.desk.anonymous import named
    from markdesk.desk.coursework import refuse_hidden_names
    from markdesk.desk.desk import find_assignment
    from markdesk.desk.slips import slips_due
    from markdesk.formats.sheets.slip import SlipChoice, mark_slips
    from markdesk.formats.sheets.student import whose

    session: Session = ctx.obj
    write, path, school = wanted_format(kind, to).writer(), file_to(to), bootstrap.centre().school
    with session.desk() as desk:
        found = find_assignment(desk, session.given.text(assignment))
        if not numbers:
            refuse_hidden_names(found, " Or give --numbers.")
        last_day = _last_day(review_by, found, desk.clock.today())
        gathered = slips_due(desk, found, everybody, numbers)
    for entry, why in gathered.waiting:
        output.say(f"No slip yet: {named(entry) or entry.script.short_id} {why}.")
    if not gathered.due:
        raise MarkdeskError(
            f"No slip of '{found.name}' is due.", "A marking has to be finished first: 'markdesk mark'."
        )
    is_coursework = found.kind is Kind.NEA
    if is_coursework and not last_day:
        output.say("The slips don't say until when a review can be asked for: give --review-by DATE.")
    choice = SlipChoice(numbers, is_coursework, last_day, school)
    put([(path, write([mark_slips(gathered.due, choice)]))], force)
    output.say(f"{len(gathered.due)} of {len(gathered.due) + len(gathered.waiting)} slips written.")
    if as_json:
        listed = [{**shapes.script_ids(one.script_id, numbers), "whose": whose(one, numbers)} for one in gathered.due]
        left = [{**shapes.script_ids(entry.script.id, numbers), "reason": why} for entry, why in gathered.waiting]
        output.json_out("export-slips", {"file": str(path), "slips": listed, "left_out": left})
    else:
        output.data(str(path))


def _last_day(typed: str | None, assignment: "Assignment", today: str) -> str:
    """The day that was typed, ISO; empty without one. Raises UsageProblem for one that can't be."""
    from markdesk.core.coursework import Kind
    from markdesk.core.days import read_day

    if typed is None:
        return ""
    if assignment.kind is not Kind.NEA:
        raise UsageProblem(f"--review-by is for coursework, and '{assignment.name}' is a {assignment.kind}.")
    day = read_day(typed, today)
    if day is None:
        raise UsageProblem(f"--review-by {typed} is no day.", "Write it like 2027-04-23 or 23 Apr 2027.")
    if day < today:
        raise UsageProblem(
            f"--review-by {typed} is over already.", "Give a day on which a review can still be asked for."
        )
    return day
