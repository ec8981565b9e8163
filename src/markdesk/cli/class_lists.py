"""``markdesk student import``: a class list in, previewed or written as one step."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from markdesk.cli import output
from markdesk.cli.session import Session
from markdesk.config.paths import user_path
from markdesk.core.errors import MarkdeskError, UsageProblem

if TYPE_CHECKING:
    from markdesk.core.class_list import ClassList, Taken
    from markdesk.desk.class_list import ClassPlan, ListOrder, Placed

MOST_TOLD = 8
"""Rows left out and students missing that are told one by one; ``--json`` has them all."""


def import_list(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="CSV, Excel, OpenDocument, or a OneRoster zip.")],
    group: Annotated[str, typer.Option("--group", metavar="NAME", help="The class. Made when new.")] = "",
    of_class: Annotated[
        list[str] | None, typer.Option("--class", metavar="NAME", help="Only this class of the list; 'all' for every.")
    ] = None,
    column: Annotated[
        list[str] | None, typer.Option("--column", metavar="WHAT=HEADER", help="What a column is: given=Forename.")
    ] = None,
    who: Annotated[
        list[str] | None, typer.Option("--is", metavar="ROW=STUDENT", help="Who a row is: an id, a name, or new.")
    ] = None,
    same_names: Annotated[
        bool, typer.Option("--same-names", help="The same name in another class is the same person.")
    ] = False,
    leave: Annotated[bool, typer.Option("--leave", help="Who isn't in the list leaves the class.")] = False,
    sheet: Annotated[str, typer.Option("--sheet", metavar="NAME", help="The sheet of a workbook.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> int:
    """Take in a class list: a school's, Moodle's, Canvas', Gradescope's, OneRoster's, or your own.

    Names, candidate number, tutor group, class, e-mail, login and the school's number are kept, and whether there are
    access arrangements; nothing else. Students are known by their ids, then by candidate number, then by name. Who
    isn't certain is asked about and left as she is; the exit code is then 1. An empty cell wipes nothing.

    \b
    Example:
      markdesk student import 13H.xlsx --group 13H --dry-run
      markdesk student import roster.zip --class "13A/Hi1" --group 13H --is 5=new --is 9=a1b2c3
    """
    from markdesk.desk.class_list import ListOrder, plan_class_list, take_list
    from markdesk.desk.course import clean_name
    from markdesk.formats.class_lists import named_columns, read_class_list

    session: Session = ctx.obj
    given = session.given
    order = ListOrder(
        clean_name(given.text(group), "group"),
        tuple(given.text(name) for name in of_class or ()),
        leave,
        same_names,
        _answers([given.text(answer) for answer in who or ()]),
    )
    chosen = named_columns([given.text(each) for each in column or ()])
    found = read_class_list(user_path(file), chosen, given.text(sheet))
    with session.desk_to_be() as (desk, to_write):
        plan = plan_class_list(desk, found, order)
        if plan.changes and not dry_run:
            written_to = to_write()
            plan = take_list(written_to, lambda: plan_class_list(written_to, found, order))
    is_written = not dry_run and not found.doubts
    _tell(plan, order, dry_run)
    if as_json:
        output.json_out("student-import", _shape(plan, dry_run, is_written))
    else:
        _list(plan, is_written)
    return _ending(plan, dry_run)


def _answers(typed: Sequence[str]) -> dict[int, str]:
    answers: dict[int, str] = {}
    for each in typed:
        row, equals, answer = each.partition("=")
        if not (row.strip().isdecimal() and len(row.strip()) < 8 and equals and answer.strip()):
            raise UsageProblem(f"--is {each} says of no row who it is.", "Like --is 5=new, or --is 5=a1b2c3.")
        answers[int(row)] = answer.strip()
    return answers


def _tell(plan: "ClassPlan", order: "ListOrder", dry_run: bool) -> None:
    from markdesk.core.class_list import WORDS

    found = plan.found
    count = len(found.rows)
    output.say(f"It is {found.kind}, with {'1 student' if count == 1 else f'{count} students'}.")
    for taken in found.mapping:
        doubt = " (?)" if taken.doubt else ""
        first = min(other.rank for other in found.mapping if other.asked is taken.asked)
        says = "as" if taken.rank == first else "where that is empty, as"
        output.say(
            f"  {'read' if taken.asked == 'role' else 'kept'}: '{taken.header}' {says} the {WORDS[taken.asked]}{doubt}"
        )
    if found.dropped_columns:
        output.say(f"  not kept: {', '.join(_quoted(found.dropped_columns))}")
    _tell_some([f"row {one.row}: {one.why}" for one in found.left_out], "Left out", "row")
    for note in (*found.notes, *plan.notes):
        output.say(note)
    leaving = [student.name for student, _ in plan.leaving]
    staying = [] if order.leaves else [student.name for student, _ in plan.missing]
    _tell_some(leaving, "Would leave the class" if dry_run else "Left the class", "student")
    _tell_some(staying, "In the class and not in the list", "student")
    if staying:
        output.say("They stay in it; --leave takes them out.")


def _quoted(headers: Sequence[str]) -> list[str]:
    """Headers to be read in a line, the rest of many counted."""
    shown = [f"'{header}'" for header in headers[: 3 * MOST_TOLD]]
    more = len(headers) - len(shown)
    return [*shown, f"and {more} more"] if more else shown


def _tell_some(told: Sequence[str], heading: str, one: str) -> None:
    if not told:
        return
    output.say(f"{heading} ({len(told)} {one if len(told) == 1 else f'{one}s'}):")
    for line in told[:MOST_TOLD]:
        output.say(f"  {line}")
    if len(told) > MOST_TOLD:
        output.say(f"  … and {len(told) - MOST_TOLD} more: --json lists all of them.")


def _list(plan: "ClassPlan", is_written: bool) -> None:
    rows = [
        (
            placed.listed.row,
            placed.student.id[-6:] if placed.student and (placed.before or is_written) else "",
            (placed.student or placed.listed).name,
            placed.fate,
            _detail(placed, len(plan.groups) > 1),
        )
        for placed in plan.placed
    ]
    output.table(("row", "id", "student", "", ""), rows)


def _detail(placed: "Placed", several: bool) -> str:
    """What is kept or changed of a student, the class that she joins, and how she is known."""
    is_new = placed.before is None
    told = [
        f"{change.field} {change.after}" if is_new else f"{change.field}: {change.before or 'none'} → {change.after}"
        for change in placed.fields
    ]
    if placed.joins and (several or not is_new):
        told.append(f"joins {', '.join(group.name for group in placed.joins)}")
    if placed.why:
        told.append(f"known {placed.why}" if placed.before is not None and told else placed.why)
    return "; ".join([*told, placed.note] if placed.note else told)


def _ending(plan: "ClassPlan", dry_run: bool) -> int:
    from markdesk.desk.class_list import Fate

    if plan.found.doubts:
        raise _doubtful(plan.found)
    new, changed, there = (len(plan.of(fate)) for fate in (Fate.NEW, Fate.CHANGED, Fate.THERE))
    would = "would be " if dry_run else ""
    output.say(f"{new} {would}new, {changed} {would}changed, {there} as they were.")
    asked, refused = plan.of(Fate.ASKED), plan.of(Fate.REFUSED)
    if asked:
        row = asked[0].listed.row
        meant = asked[0].proposals[0].id[-6:] if asked[0].proposals else "ID"
        output.say(f"{len(asked)} asked and left as they are. Say who each is: --is {row}={meant}, or --is {row}=new.")
    if refused:
        output.say(f"{len(refused)} refused, each for the reason beside it.")
    if dry_run:
        output.say("Nothing was written.")
    return 1 if asked or refused else 0


def _doubtful(found: "ClassList") -> MarkdeskError:
    """What has to be confirmed before anything is written."""
    import shlex  # here, since most lists say what their columns are
    from dataclasses import replace

    from markdesk.core.class_list import Asked

    def option(taken: "Taken") -> str:
        return f"--column {shlex.quote(f'{taken.asked}={taken.header}')}"

    told = "; ".join(dict.fromkeys(taken.doubt for taken in found.doubts))
    options = " ".join(map(option, found.doubts))
    whole = next((taken for taken in found.doubts if taken.asked is Asked.NAME), None)
    other = option(replace(whole, asked=Asked.FAMILY_FIRST)) if whole else "say which they are"
    return MarkdeskError(
        f"Nothing was written: {told}.", f"If the columns are as it says above, add {options}; else {other}."
    )


def _shape(plan: "ClassPlan", dry_run: bool, is_written: bool) -> dict[str, Any]:
    found = plan.found
    return {
        "dry_run": dry_run,
        "kind": found.kind,
        "groups": [group.name for group in plan.groups],
        "columns": [{"keeps": str(one.asked), "header": one.header, "doubt": one.doubt} for one in found.mapping],
        "not_kept": list(found.dropped_columns),
        "rows": [_placed(placed, is_written) for placed in plan.placed],
        "left_out": [{"row": one.row, "why": one.why} for one in found.left_out],
        "missing": [{"id": one.id, "name": one.name, "group": group.name} for one, group in plan.missing],
        "leaving": [{"id": one.id, "name": one.name, "group": group.name} for one, group in plan.leaving],
        "notes": [*found.notes, *plan.notes],
    }


def _placed(placed: "Placed", is_written: bool) -> dict[str, Any]:
    from markdesk.cli import shapes

    student = placed.student
    person = shapes.person(student) if student else None
    if person and placed.before is None and not is_written:
        person["id"] = None
    return {
        "row": placed.listed.row,
        "name": placed.listed.name,
        "fate": str(placed.fate),
        "student": person,
        "why": placed.why,
        "changes": [{"field": one.field, "before": one.before, "after": one.after} for one in placed.fields],
        "joins": [group.name for group in placed.joins],
        "note": placed.note,
        "proposals": [{"id": one.id, "name": one.name} for one in placed.proposals],
    }
