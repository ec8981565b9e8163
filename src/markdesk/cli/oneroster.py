"""``markdesk export oneroster``: marks for a school's system, by the exchange that it speaks."""

from pathlib import Path
from typing import Annotated

import typer

from markdesk.cli import output
from markdesk.cli.session import Session
from markdesk.cli.sheet_files import FORCE, put_one
from markdesk.config.paths import user_path
from markdesk.core.errors import MarkdeskError, UsageProblem

NAMES = typer.Option("--assignment", "-a", metavar="NAME", help="Which assignment; give it again for several.")


def oneroster(
    ctx: typer.Context,
    assignment: Annotated[list[str], NAMES],
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="The zip to write.")],
    by_scale: Annotated[bool, typer.Option("--by-scale", help="A line for each scale too, beside the total.")] = False,
    roster: Annotated[
        Path | None, typer.Option("--roster", metavar="ZIP", help="The school's OneRoster zip: it has the class's id.")
    ] = None,
    class_id: Annotated[
        str | None, typer.Option("--class-id", metavar="ID", help="What the school's system calls the class.")
    ] = None,
    school_id: Annotated[
        str | None, typer.Option("--school-id", metavar="ID", help="What it calls the school.")
    ] = None,
    term_id: Annotated[str | None, typer.Option("--term-id", metavar="ID", help="What it calls the term.")] = None,
    force: Annotated[bool, FORCE] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Say what was written as JSON.")] = False,
) -> None:
    """Marks as OneRoster 1.2: a line item for each assignment and a result for each student, in a zip.

    Students go by the OneRoster id that a class list brought in; who has none is named and left out. Only
    finished marks are in it: the others say how far they have come.

    \b
    Example:
      markdesk export oneroster --assignment "Henry VII" --roster roster.zip --to marks.zip
    """
    from markdesk.desk.assignments import class_sheet
    from markdesk.desk.desk import find_assignment
    from markdesk.desk.gradebook import Gradebook, gradebook
    from markdesk.formats.oneroster_marks import Taught, checked_id, taught_in, write_oneroster

    if roster is not None and (class_id or school_id or term_id):
        raise UsageProblem("--roster says what the other ids are.", "Give it alone, or give the ids.")
    session: Session = ctx.obj
    with session.desk() as desk:
        found = dict.fromkeys(find_assignment(desk, session.given.text(name)) for name in assignment)
        sheets = [class_sheet(desk, one) for one in found]
    books: list[tuple[Gradebook, Taught]] = []
    given = Taught(
        checked_id(class_id or "", "class"), checked_id(school_id or "", "school"), checked_id(term_id or "", "term")
    )
    content = _read(user_path(roster)) if roster else b""
    for sheet in sheets:
        if roster and not sheet.group:
            raise MarkdeskError(f"'{sheet.assignment.name}' was set to no class.", "Give --class-id.")
        its = taught_in(content, roster.name, sheet.group) if roster else given
        books.append((gradebook(sheet, by_scale), its))
    lines = [line for book, _ in books for line in book.lines]
    results = [result for book, _ in books for result in book.results]
    left_out = {one.student.id: one for book, _ in books for one in book.left_out}
    for one in left_out.values():
        output.say(f"Left out: {one.student.name}, {one.why}.")
    if not results:
        raise MarkdeskError(
            "None of these students has a OneRoster id.", "Import the school's roster first: 'markdesk student import'."
        )
    missing = sorted({name for _, its in books for name in its.missing})
    if missing:
        output.say(f"The school's id of {' and '.join(missing)} is not in it: most systems ask for it. Give --roster.")
    put_one(to, write_oneroster(books, max(sheet.assignment.set_on for sheet in sheets)), force)
    finished = sum(1 for result in results if result.score is not None)
    output.say(f"{_count(len(lines), 'line item')}, {_count(len(results), 'result')}, {finished} with a mark.")
    if as_json:
        told = [{"student": one.student.id, "name": one.student.name, "why": one.why} for one in left_out.values()]
        shape = {"file": str(user_path(to)), "line_items": len(lines), "results": len(results), "left_out": told}
        output.json_out("export-oneroster", {**shape, "not_known": missing})


def _count(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _read(path: Path) -> bytes:
    from markdesk.formats.files import MAX_FILE_BYTES

    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise MarkdeskError(f"{path} is too large for a roster.")
        return path.read_bytes()
    except OSError as error:
        raise MarkdeskError(f"{path} can't be read: {error.strerror}.") from error
