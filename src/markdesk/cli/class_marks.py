"""``markdesk export marks``: the class mark sheet, for a spreadsheet, a school system or a program."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from markdesk.cli import output
from markdesk.cli.session import Session
from markdesk.cli.sheet_files import (
    ASSIGNMENT,
    COMPONENT,
    FORCE,
    NUMBERS,
    OPTION,
    SERIES,
    ending_of,
    entered_boundaries,
    put_one,
    refuse_half_of_boundaries,
    refuse_other_ending,
)
from markdesk.core.errors import UsageProblem

if TYPE_CHECKING:
    from markdesk.core.boundaries import Boundaries
    from markdesk.core.people import Student
    from markdesk.desk.assignments import ClassRow, ClassSheet
    from markdesk.desk.class_summary import ClassSummary
    from markdesk.desk.class_table import ClassTable

FORMATS = ("csv", "xlsx", "json", "block")
COLUMNS = ("total", "percent", "grade", "levels", "awards")


def marks(
    ctx: typer.Context,
    assignment: Annotated[str, ASSIGNMENT],
    kind: Annotated[
        str | None, typer.Option("--format", help="csv, xlsx, json or block; else by the file's ending, else csv.")
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="The file; else it is printed. An xlsx needs one.")
    ] = None,
    columns: Annotated[
        str | None, typer.Option("--columns", help="Of a block: total, percent, grade, levels or awards.")
    ] = None,
    series: Annotated[str | None, SERIES] = None,
    option: Annotated[str | None, OPTION] = None,
    component: Annotated[str | None, COMPONENT] = None,
    raw: Annotated[bool, typer.Option("--raw", help="CSV for programs: formula-like text is left as it is.")] = False,
    bom: Annotated[bool, typer.Option("--bom", help="CSV with the sign by which old Excel knows UTF-8.")] = False,
    numbers: Annotated[bool, NUMBERS] = False,
    force: Annotated[bool, FORCE] = False,
) -> None:
    """The class mark sheet: one row a student, those without a mark and those who handed nothing in too.

    In CSV, text that a spreadsheet could take for a formula begins with an apostrophe. An xlsx has the figures and
    charts on a second sheet. A block is marks alone between tabs, in the order of the class list, to paste into a
    school system's mark sheet. While names are hidden, --numbers puts candidate numbers in their place, or a script's
    short id, and the rows into the order of these.

    \b
    Example:
      markdesk export marks --assignment "Henry VII" --to henry-vii.csv
      markdesk export marks --assignment "Henry VII" --format xlsx --to henry-vii.xlsx
      markdesk export marks --assignment "Henry VII" --format block | pbcopy
    """
    from markdesk.desk.assignments import by_number, class_sheet
    from markdesk.desk.class_table import class_table
    from markdesk.desk.coursework import refuse_hidden_names
    from markdesk.desk.desk import find_assignment
    from markdesk.formats.marks_csv import write_marks

    kind = _format(kind, to)
    _refuse_options(kind, to, columns, series, option, component, raw or bom)
    session: Session = ctx.obj
    with session.desk() as desk:
        sheet = class_sheet(desk, find_assignment(desk, session.given.text(assignment)))
    boundaries = entered_boundaries(sheet.rubric, series, option, component)
    if numbers:
        sheet = by_number(sheet)
    else:
        refuse_hidden_names(sheet.assignment, " Or give --numbers.")
    if kind == "json":
        answer = shape(sheet, boundaries)
        if to is None:
            output.json_out("export-marks", answer)
            return
        content = output.json_text({"schema": "markdesk/export-marks/1", **answer}).encode()
    elif kind == "xlsx":
        from markdesk.formats.marks_xlsx import write_workbook

        content = write_workbook(sheet, boundaries)
    elif kind == "block":
        content = _block(class_table(sheet, boundaries), _order(sheet), columns or ("grade" if boundaries else "total"))
    else:
        content = write_marks(sheet, raw, bom and to is not None, boundaries)
    if to is not None:
        put_one(to, content, force)
    else:
        output.exactly(content.replace(b"\r\n", b"\n"))


def _format(kind: str | None, to: Path | None) -> str:
    """What was named, else what the file's ending says. Raises UsageProblem where the two are another."""
    if kind is None:
        ending = ending_of(to)
        return ending if ending in FORMATS else "csv"
    if kind in FORMATS:
        refuse_other_ending(kind, to, FORMATS)
    return kind


def _refuse_options(
    kind: str,
    to: Path | None,
    columns: str | None,
    series: str | None,
    option: str | None,
    component: str | None,
    for_csv: bool,
) -> None:
    if kind not in FORMATS:
        raise UsageProblem(f"--format is one of: {', '.join(FORMATS)}.")
    if kind == "xlsx" and to is None:
        raise UsageProblem("A workbook can't be printed.", "Give --to FILE.")
    if columns is not None and (kind != "block" or columns not in COLUMNS):
        raise UsageProblem(f"--columns goes with --format block, and is one of: {', '.join(COLUMNS)}.")
    refuse_half_of_boundaries(series, option, component)
    if columns == "grade" and not series:
        raise UsageProblem("There are no grades without boundaries.", "Give --series and --option.")
    if for_csv and kind != "csv":
        raise UsageProblem("--raw and --bom go with --format csv.")


def _order(sheet: "ClassSheet") -> str:
    """What the rows go by."""
    if not sheet.is_by_number:
        return "the class list"
    students = [*(row.entry.student for row in sheet.rows), *(one.student for one in sheet.missing)]
    has_numbers = any(student.candidate_number for student in students)
    without_one = any(not row.entry.student.candidate_number for row in sheet.rows)
    if not has_numbers:
        return "the scripts' ids"
    return "candidate numbers, then of the scripts' ids" if without_one else "candidate numbers"


def _block(table: "ClassTable", order: str, wanted: str) -> bytes:
    from markdesk.formats.marks_block import Wanted, columns_of, write_block

    which = Wanted(wanted)
    if table.rows:
        first, last = table.rows[0].called, table.rows[-1].called
        headings = ", ".join(column.heading for column in columns_of(table, which))
        rows = (
            f"{len(table.rows)} rows in the order of {order}, from {first} to {last}"
            if (len(table.rows) > 1)
            else f"1 row, {first}"
        )
        output.say(f"{rows}. Columns: {headings or 'none'}.")
    return write_block(table, which).encode()


def shape(sheet: "ClassSheet", boundaries: "Boundaries | None") -> dict[str, Any]:
    """The class mark sheet as ``--format json`` gives it."""
    from markdesk.desk.class_summary import class_summary

    about, rubric = sheet.assignment, sheet.rubric
    return {
        "assignment": {
            "id": about.id,
            "name": about.name,
            "question": about.question,
            "group": sheet.group or None,
            "set_on": about.set_on,
            "kind": str(about.kind),
            "paper": sheet.paper or None,
        },
        "rubric": {
            "id": rubric.id,
            "version": rubric.version,
            "max_mark": rubric.max_mark,
            "title": rubric.title,
            "board": rubric.board,
            "spec": rubric.spec,
        },
        "marker": sheet.marker,
        "boundaries": _told(boundaries),
        "marks": [_row(sheet, row, boundaries) for row in sheet.rows],
        "not_handed_in": [
            {"student": _student(one.student, sheet.is_by_number), "why": str(one.absence.why) if one.absence else None}
            for one in sheet.missing
        ],
        "statistics": _statistics(class_summary(sheet)),
    }


def _told(boundaries: "Boundaries | None") -> dict[str, Any] | None:
    if boundaries is None:
        return None
    return {
        "series": boundaries.series,
        "option": boundaries.option,
        "component": boundaries.component,
        "source": boundaries.source,
    }


def _student(one: "Student", is_by_number: bool) -> dict[str, Any]:
    from markdesk.cli import shapes
    from markdesk.core.class_list import Asked

    told = {
        **shapes.student(one),
        "admission_number": one.id_in(Asked.SIS),
        "tutor_group": one.tutor_group,
        "has_access_arrangements": one.has_access_arrangements,
    }
    kept = ("candidate_number", "groups") if is_by_number else told
    return {key: value if key in kept else None for key, value in told.items()}


def _row(sheet: "ClassSheet", row: "ClassRow", boundaries: "Boundaries | None") -> dict[str, Any]:
    from markdesk.cli import shapes
    from markdesk.core.boundaries import notional_grade
    from markdesk.core.feedback import Field
    from markdesk.core.statistics import percent

    one = {field: next(iter(row.lines(field)), None) for field in (Field.EBI, Field.TARGET, Field.TASK)}
    value = row.total.value
    graded: dict[str, str | None] = {} if boundaries is None else {"notional_grade": None}
    if boundaries is not None and row.is_finished:
        graded = {"notional_grade": notional_grade(boundaries, row.total).grade}
    return {
        **shapes.script_ids(row.entry.script.id, sheet.is_by_number),
        "student": _student(row.entry.student, sheet.is_by_number),
        "rubric_version": row.rubric.version,
        "status": str(row.status) if row.status else None,
        "total": value,
        "max": row.total.max,
        "percent": percent(value, row.total.max) if isinstance(value, int) else None,
        **graded,
        "awards": shapes.awards(row.rubric, row.marking.award_by_scale() if row.marking else {}),
        "www": list(row.lines(Field.WWW)),
        **{str(field): text for field, text in one.items()},
        "words": row.entry.words,
        "marker": sheet.marker if row.marking else None,
        "completed_at": row.marking.header.completed_at if row.marking else None,
    }


def _statistics(summary: "ClassSummary") -> dict[str, Any]:
    from markdesk.core.statistics import rounded

    its = summary.figures
    return {
        "n": len(summary.marks),
        "mean": rounded(its.mean) if its else None,
        "median": rounded(its.median) if its else None,
        "sd": rounded(its.sd) if its else None,
        "lowest": its.lowest if its else None,
        "highest": its.highest if its else None,
        "not_finished": summary.provisional,
        "no_response": summary.no_response,
        "without_mark": summary.without_mark,
        "not_handed_in": summary.not_handed_in,
        "levels": [
            {
                "scale": its.scale.id,
                "counts": {str(level): count for level, count in enumerate(its.counts)},
                "no_response": its.no_response,
                "without_mark": its.unmarked,
            }
            for its in summary.levels
        ],
        "strands": [
            {
                "scale": strand.scale.id,
                "strand": strand.strand,
                "name": strand.name,
                "n": strand.n,
                "mean_level": rounded(strand.mean),
            }
            for strand in summary.strands
        ],
        "weakest": [{"scale": strand.scale.id, "strand": strand.strand} for strand in summary.weakest],
    }
