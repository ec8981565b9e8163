"""``markdesk export coursework``: what the board has to be told of an NEA."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from markdesk.cli import output, shapes
from markdesk.cli.session import Session
from markdesk.cli.sheet_files import AS_JSON, FORCE, FORMAT, TO_FOLDER, put, refuse_file_name, wanted_format
from markdesk.config.paths import user_path
from markdesk.core.errors import MarkdeskError

if TYPE_CHECKING:
    from markdesk.desk.coursework import Cohort


def coursework(
    ctx: typer.Context,
    assignment: Annotated[
        list[str],
        typer.Option("--assignment", "-a", metavar="NAME", help="The NEA; once for each class that has it."),
    ],
    to: Annotated[Path, TO_FOLDER],
    kind: Annotated[str | None, FORMAT] = None,
    force: Annotated[bool, FORCE] = False,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Data for the board's forms: a page for each candidate, the centre's summary, and a sample for the moderator.

    What isn't right yet (a candidate number, a word count, a comment that is missing) stands in front. These pages are
    no board's form: copy from them. The private note is never on them. The summary is written as CSV too.

    \b
    Example:
      markdesk export coursework -a "Investigation 13H" -a "Investigation 13K" --to nea/
    """
    from markdesk import bootstrap
    from markdesk.desk.coursework import cohort
    from markdesk.desk.desk import find_assignment
    from markdesk.formats.coursework_csv import write_summary
    from markdesk.formats.giving_out import prints_two_sided
    from markdesk.formats.sheets.coursework import record_page, summary_page
    from markdesk.formats.slug import file_name

    session: Session = ctx.obj
    refuse_file_name(to)
    written, folder, centre = wanted_format(kind), user_path(to), bootstrap.centre()
    write, ending = written.writer(prints_two_sided()), written.ending
    with session.desk() as desk:
        named = {a.id: a for a in (find_assignment(desk, session.given.text(name)) for name in assignment)}
        found = cohort(desk, list(named.values()))
    if not found.records:
        raise MarkdeskError(
            "No candidate's work is marked yet.", "Finish one: 'markdesk mark', give it a mark, then Enter."
        )
    pages = [
        (
            record,
            folder / file_name(record.sheet.student.name, record.sheet.script_id[-6:], ending),
            record_page(record, centre),
        )
        for record in found.records
    ]
    summary, table = folder / f"summary.{ending}", folder / "summary.csv"
    everybody = folder / f"all-candidates.{ending}"
    files = [(path, write([page])) for _, path, page in pages]
    files.append((everybody, write([page for _, _, page in pages])))
    files += [(summary, write([summary_page(found, centre)])), (table, write_summary(found, centre))]
    put(files, force)
    to_do = len(found.to_put_right)
    output.say(
        f"{len(pages)} of {len(pages) + len(found.missing)} candidates written to {folder}, {len(found.sampled)} in the"
        f" sample. {f'To put right: {to_do}, listed in {summary.name}.' if to_do else ''}"
    )
    if as_json:
        places = {record.sheet.script_id: str(path) for record, path, _ in pages}
        shape = {"summary": str(summary), "csv": str(table), "all": str(everybody), **_shape(found, places)}
        output.json_out("export-coursework", shape)
    else:
        for path, _ in files:
            output.data(str(path))


def _shape(found: "Cohort", places: dict[str, str]) -> dict[str, Any]:
    from markdesk.core.candidate_record import profile, to_put_right

    rows = [
        {
            **shapes.script_ids(record.sheet.script_id),
            "student": shapes.student(record.sheet.student),
            "file": places[record.sheet.script_id],
            "title": record.title,
            "total": record.sheet.total.value,
            "max": record.sheet.total.max,
            "words": record.words,
            "profile": dict(profile(record.sheet)),
            "sampled": found.is_sampled(record),
            "marker": record.sheet.marker,
            "to_put_right": list(to_put_right(record)),
        }
        for record in found.records
    ]
    return {
        "assignments": [{"id": one.id, "name": one.name} for one in found.assignments],
        "rubric": {"id": found.rubric.id, "version": found.rubric.version, "max_mark": found.rubric.max_mark},
        "sample_rule": {"name": found.rule.name, "basis": found.rule.basis},
        "candidates": rows,
        "left_out": [{"student": shapes.student(one.student), "reason": one.why} for one in found.missing],
        "to_put_right": list(found.to_put_right),
    }
