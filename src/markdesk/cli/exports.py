"""``markdesk export``: files for students, for the school's system, for other programs."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from markdesk.cli import output
from markdesk.cli.session import Session
from markdesk.cli.sheet_files import (
    AS_JSON,
    ASSIGNMENT,
    COMPONENT,
    FORCE,
    FORMAT,
    NUMBERS,
    OPTION,
    SERIES,
    TO_FILE,
    TO_FOLDER,
    entered_boundaries,
    file_to,
    put,
    put_one,
    refuse_file_name,
    refuse_half_of_boundaries,
    wanted_format,
)
from markdesk.config.paths import user_path

if TYPE_CHECKING:
    from markdesk.desk.ports import Entry


def sheets(
    ctx: typer.Context,
    assignment: Annotated[str, ASSIGNMENT],
    to: Annotated[Path, TO_FOLDER],
    kind: Annotated[str | None, FORMAT] = None,
    numbers: Annotated[bool, NUMBERS] = False,
    with_essay: Annotated[bool, typer.Option("--essay/--no-essay", help="The essay with its notes overleaf.")] = True,
    one_file: Annotated[bool, typer.Option("--one-file", help="All sheets in one file, to print.")] = False,
    series: Annotated[str | None, SERIES] = None,
    option: Annotated[str | None, OPTION] = None,
    component: Annotated[str | None, COMPONENT] = None,
    force: Annotated[bool, FORCE] = False,
    as_json: Annotated[bool, typer.Option("--json", help="List the files as JSON.")] = False,
) -> None:
    """One mark sheet for each student whose marking is finished: mark, feedback, notes, and the essay with them.

    The private note is never on it. A file that is there already is replaced only with --force.

    \b
    Example:
      markdesk export sheets --assignment "Henry VII" --format html --to sheets/
    """
    from markdesk.desk.anonymous import named
    from markdesk.desk.desk import find_assignment
    from markdesk.desk.giving_out import Product, Wanted
    from markdesk.desk.sheets import nothing_finished
    from markdesk.formats.giving_out import outlook, write

    refuse_half_of_boundaries(series, option, component)
    refuse_file_name(to)
    wanted = Wanted(Product.SHEETS, wanted_format(kind).ending, str(to), one_file, numbers, with_essay)
    session: Session = ctx.obj
    with session.desk() as desk:
        found = find_assignment(desk, session.given.text(assignment))
        rubric = desk.store.rubric(found.rubric_hash)
        wanted = replace(wanted, boundaries=entered_boundaries(rubric, series, option, component))
        planned = outlook(desk, found, wanted)
        for entry, why in planned.left_out:
            output.say(f"Left out: {named(entry) or entry.script.short_id} {why}.")
        if not planned.files:
            raise nothing_finished(desk, found)
        for caution in planned.cautions:
            output.say(caution)
        write(planned, force)
    given = [(entry, file.path) for file in planned.files for entry in file.entries]
    output.say(f"{len(given)} of {len(given) + len(planned.left_out)} sheets written to {user_path(to)}.")
    if as_json:
        listed = [{**_whose(entry, numbers), "file": path} for entry, path in given]
        left = [{**_whose(entry, numbers), "reason": why} for entry, why in planned.left_out]
        output.json_out("export-sheets", {"sheets": listed, "left_out": left})
    else:
        for file in planned.files:
            output.data(file.path)


def _whose(entry: "Entry", by_number: bool) -> dict[str, str | None]:
    from markdesk.cli import shapes
    from markdesk.core.anonymity import known_as

    ids, student = shapes.script_ids(entry.script.id, by_number), known_as(entry.student, entry.script.id, by_number)
    return {**ids, "student": student}


def whole_class(
    ctx: typer.Context,
    assignment: Annotated[str, ASSIGNMENT],
    to: Annotated[Path, TO_FILE],
    focus: Annotated[
        str, typer.Option("--focus", metavar="TEXT", help="What the next lesson is for; else it is proposed.")
    ] = "",
    kind: Annotated[str | None, FORMAT] = None,
    force: Annotated[bool, FORCE] = False,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """The whole-class feedback sheet: what was put by for the class, what recurs, the next lesson. Nobody is named.

    Marks are shown as a distribution, where the assignment gives marks back and at least five essays are finished.

    \b
    Example:
      markdesk export class --assignment "Henry VII" --focus "Plan a judgement first." --to feedback.pdf
    """
    from markdesk import bootstrap
    from markdesk.desk.class_feedback import class_feedback
    from markdesk.desk.desk import find_assignment
    from markdesk.desk.sheets import nothing_finished
    from markdesk.formats.sheets.whole_class import whole_class_sheet

    session: Session = ctx.obj
    write, path, school = wanted_format(kind, to).writer(), file_to(to), bootstrap.centre().school
    with session.desk() as desk:
        found = find_assignment(desk, session.given.text(assignment))
        feedback = class_feedback(desk, found, session.given.text(focus) if focus else "")
        if not feedback.finished:
            raise nothing_finished(desk, found)
    put([(path, write([whole_class_sheet(feedback, school)]))], force)
    output.say(f"Feedback from {feedback.finished} of {feedback.handed_in} essays written.")
    if as_json:
        shape = {"file": str(path), "finished": feedback.finished, "handed_in": feedback.handed_in}
        output.json_out("export-class", {"assignment": {"id": found.id, "name": found.name}, **shape})
    else:
        output.data(str(path))


def annotations(
    ctx: typer.Context,
    assignment: Annotated[str, ASSIGNMENT],
    to: Annotated[Path, TO_FILE],
    force: Annotated[bool, FORCE] = False,
) -> None:
    """Every annotation of an assignment, by every marker, as W3C Web Annotations (JSON-LD).

    \b
    Example:
      markdesk export annotations --assignment "Henry VII" --to henry-vii.jsonld
    """
    from markdesk.desk.annotation_times import annotation_times
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
        times = annotation_times(desk, (marking.id for marking, _, _ in markings))
    written = collection(found, markings, times)
    put_one(to, output.json_text(written).encode(), force)
    output.say(f"{written['total']} annotations.")
