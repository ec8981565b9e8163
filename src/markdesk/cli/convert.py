"""``markdesk rubric convert``: mark schemes from other systems' files, and into them. It doesn't open the desk."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from markdesk.cli import output
from markdesk.config.paths import user_path
from markdesk.core.errors import MarkdeskError, RubricInvalid, UsageProblem
from markdesk.core.plain import show

if TYPE_CHECKING:
    from markdesk.formats.rubric_from import Converted
    from markdesk.formats.rubric_to.canvas_csv import Written

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_ID = 60


def convert(
    source: Annotated[str, typer.Argument(metavar="FILE|ID", help="A file to convert; with --as, a mark scheme.")],
    kind: Annotated[str, typer.Option("--from", metavar="FORMAT", help="Its format, if it isn't found.")] = "",
    target: Annotated[str, typer.Option("--as", metavar="FORMAT", help="canvas-csv or moodle-guide.")] = "",
    rubric_id: Annotated[str, typer.Option("--id", metavar="ID", help="The id of the new mark scheme.")] = "",
    to: Annotated[
        str | None, typer.Option("--to", metavar="FILE|FOLDER", help="Where to write it; else it is printed.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
) -> None:
    """A mark scheme out of another system's file, or out of a Word or web table of levels; with --as, into one.

    The format is found by what is in the file: Canvas CSV, Moodle grading.xml, CASE JSON, MarkUs YAML or CSV, Open edX
    ORA XML or JSON, Plom TOML, JSON or CSV, a web page, a Word document. What a format can't hold is said.

    \b
    Example:
      markdesk rubric convert year-12-levels.docx --to mark-schemes/
      markdesk rubric convert aqa-7042-b-essay-25 --as canvas-csv --to essay.csv
    """
    if target:
        if kind or rubric_id:
            raise UsageProblem("--as goes with --to and --force alone.", "--from and --id are for the other way.")
        _out(source, target, to, force)
    else:
        _in(source, kind, rubric_id, to, force)


def _in(source: str, kind: str, rubric_id: str, to: str | None, force: bool) -> None:
    from markdesk.formats.rubric_from import FORMATS, convert_file

    if kind and kind not in FORMATS:
        raise UsageProblem(f"--from is one of: {', '.join(FORMATS)}.")
    if rubric_id and (not _ID.fullmatch(rubric_id) or len(rubric_id) > _LONGEST_ID):
        raise UsageProblem("--id takes small letters, digits and single hyphens, such as school-essay-25.")
    folder, file = _place(to)
    own_id = rubric_id or (file.stem if file and _ID.fullmatch(file.stem) else "")
    path = user_path(source)
    made = convert_file(path, kind, own_id)
    if len(made) > 1 and folder is None:
        titles = ", ".join(f"'{one.data['title']}'" for one in made)
        raise RubricInvalid(f"{path.name} holds {len(made)} mark schemes: {titles}.", "Give a folder: --to FOLDER/")
    if folder is None and file is None:
        _say(made[0])
        output.exactly(_toml(made[0], path.name).encode())
        return
    _write(made, path.name, folder, file, force)


def _place(to: str | None) -> tuple[Path | None, Path | None]:
    """The folder or the file that ``--to`` means; a folder is there already or ends with a slash."""
    if to is None:
        return None, None
    path = user_path(to)
    if path.is_dir() or to.endswith(("/", "\\")):
        return path, None
    return None, path


def _write(made: "list[Converted]", name: str, folder: Path | None, file: Path | None, force: bool) -> None:
    from markdesk.formats.safe_write import refuse_overwriting, write_file

    contents = [_toml(one, name).encode() for one in made]
    paths = [file or (folder or Path()) / f"{one.data['id']}.toml" for one in made]
    for path, content in zip(paths, contents, strict=True):
        refuse_overwriting(path, content, force)
    for one, path, content in zip(made, paths, contents, strict=True):
        write_file(path, content, force)
        _say(one)
        if path.name != f"{one.data['id']}.toml":
            output.say(f"{path.name}: to be found by markdesk, the file must be called {one.data['id']}.toml.")
        scales = len(one.data["scale"])
        output.say(f"{one.data['title']}: {scales} scale{'s' if scales > 1 else ''}, {one.data['max_mark']} marks.")
        output.data(str(path))


def _say(one: "Converted") -> None:
    for note in one.notes:
        output.say(note)


def _toml(one: "Converted", name: str) -> str:
    from markdesk.formats.rubric_write import rubric_toml

    about = f"Converted by markdesk from {name}. The levels, ranges and words are that file's; check them before use."
    return rubric_toml(one.data, [about])


def _out(source: str, target: str, to: str | None, force: bool) -> None:
    from markdesk.formats.safe_write import write_file

    written = _made(source, target)
    if to is not None and _place(to)[1] is None:
        raise UsageProblem("--to must name a file here.", "Such as --to essay.csv.")
    if to is not None:
        path = user_path(to)
        write_file(path, written.content, force)
        output.data(str(path))
    else:
        output.exactly(show(written.content.decode().replace("\r\n", "\n")).encode())
    for sentence in written.lost:
        output.say(sentence)


def _made(source: str, target: str) -> "Written":
    from markdesk import bootstrap
    from markdesk.formats.rubric_to.canvas_csv import write_canvas
    from markdesk.formats.rubric_to.moodle_guide import write_guide
    from markdesk.formats.rubric_toml import read_rubric

    writers = {"canvas-csv": write_canvas, "moodle-guide": write_guide}
    if target not in writers:
        raise UsageProblem(f"--as is one of: {', '.join(writers)}.")
    path = user_path(source)
    is_file = path.suffix == ".toml" and path.exists()
    rubric = read_rubric(path) if is_file else bootstrap.rubric_shelf().get(source)
    try:
        return writers[target](rubric)
    except RubricInvalid as error:
        raise MarkdeskError(f"{rubric.id} can't be written as {target}: {error.message}", error.hint) from error
