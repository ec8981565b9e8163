"""What the commands share that write sheets: their options, the writer of a format, and files put where they belong."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from markdesk.cli import output
from markdesk.config.paths import user_path
from markdesk.core.errors import UsageProblem

if TYPE_CHECKING:
    from markdesk.core.boundaries import Boundaries
    from markdesk.core.rubric import Rubric
    from markdesk.formats.documents.registry import Format

ASSIGNMENT = typer.Option("--assignment", "-a", metavar="NAME", help="Which assignment; a part of its name will do.")
FORMAT = typer.Option(
    "--format", metavar="KIND", help="pdf, docx, html, md or txt; else the first of them that this computer can write."
)
TO_FOLDER = typer.Option("--to", metavar="DIR", help="The folder; made where it isn't there.")
TO_FILE = typer.Option("--to", metavar="FILE", help="The file to write; its folder is made where it isn't there.")
FORCE = typer.Option("--force", help="Replace files that are there already.")
AS_JSON = typer.Option("--json", help="Answer as JSON.")
SERIES = typer.Option("--series", metavar="YYYY-MM", help="Notional grades, by this series' boundaries.")
OPTION = typer.Option("--option", metavar="CODE", help="With --series: the entry option, such as 7042AE.")
COMPONENT = typer.Option("--component", metavar="ID", help="With --series: where the scheme serves several.")
NUMBERS = typer.Option("--numbers", help="Candidate numbers in place of names.")


def wanted_format(kind: str | None, to: Path | None = None) -> "Format":
    """The format that was named, else that of the file's ending, else the usual one.

    Raises UsageProblem that names those there are, and where the file's ending says another than was named.
    """
    from markdesk.formats.documents.registry import FORMATS, format_of, usual

    if kind is not None:
        refuse_other_ending(kind, to, [one.ending for one in FORMATS])
        return format_of(kind)
    ending = ending_of(to)
    return format_of(ending) if ending else usual()


def ending_of(to: Path | None) -> str:
    """What a file that was named ends in, without the dot; empty where none was named, or it has no ending."""
    return to.suffix.lower().lstrip(".") if to is not None else ""


def refuse_other_ending(kind: str, to: Path | None, known: Collection[str]) -> None:
    """Raises UsageProblem where a format was named, and the file's ending is that of another."""
    ending = ending_of(to)
    if ending in known and ending != kind:
        raise UsageProblem(f"--format {kind} and a file that ends in .{ending} don't go together.", "Leave one out.")


def refuse_file_name(to: Path) -> None:
    """Raises UsageProblem where a folder is asked for and what was given looks like a file."""
    from markdesk.formats.documents.registry import FORMATS

    if ending_of(to) in {one.ending for one in FORMATS} and not user_path(to).is_dir():
        raise UsageProblem(f"--to is a folder here, and {to.name} looks like a file.", "Name a folder.")


def put(files: Sequence[tuple[Path, bytes]], force: bool) -> None:
    """Write these files; none where one of them would replace another without ``force``."""
    from markdesk.formats.safe_write import refuse_overwriting, write_file

    for path, content in files:
        refuse_overwriting(path, content, force)
    for path, content in files:
        write_file(path, content, force)


def put_one(to: Path, content: bytes, force: bool) -> None:
    """Write the file that was named, and say so. Raises MarkdeskError."""
    from markdesk.formats.safe_write import write_file

    path = file_to(to)
    is_new = write_file(path, content, force)
    output.say(f"{path} {'written' if is_new else 'was there already, just the same'}.")


def file_to(to: Path) -> Path:
    """The file that was named; its folder is made with it. Raises MarkdeskError where none can be there."""
    from markdesk.formats.safe_write import refuse_folder

    path = user_path(to)
    refuse_folder(path.parent)
    return path


def refuse_half_of_boundaries(series: str | None, option: str | None, component: str | None) -> None:
    """Raises UsageProblem where it is said by half which boundaries are meant."""
    if bool(series) != bool(option) or (component and not series):
        raise UsageProblem("--series and --option go together: they name the boundaries for notional grades.")


def entered_boundaries(
    rubric: "Rubric", series: str | None, option: str | None, component: str | None
) -> "Boundaries | None":
    """Those that the department entered for what this scheme examines; None where nobody asks for grades.

    Raises NotFound where there are none.
    """
    if not (series and option):
        return None
    from markdesk import bootstrap
    from markdesk.desk.grading import Wanted

    examines = (component,) if component else rubric.components
    if len(examines) != 1:
        told = f"{rubric.id} serves components {', '.join(rubric.components)}" if rubric.components else rubric.id
        raise UsageProblem(
            f"{told}: it isn't said which one's boundaries are meant.",
            "Give --component, as your boundaries file has it.",
        )
    return bootstrap.boundary_files().find(
        Wanted(rubric.board, rubric.spec, series, option, examines[0], rubric.max_mark)
    )
