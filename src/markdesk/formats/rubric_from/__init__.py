"""Mark schemes of other systems, as plain data that ``check_rubric`` accepts: one small module a format.

``convert`` finds the format by what is in the file, reads it, and says in sentences what the format couldn't hold.
Formats whose readers are other people's parsers of intricate files run in the importers' limited child process.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path, PurePath
from typing import Any, cast

from markdesk.core.errors import EssayUnreadable, RubricInvalid
from markdesk.core.plain import show_line
from markdesk.formats.rubric_from.draft import Draft

MAX_TEXT = 2_000_000
"""Bytes. A Canvas file of 50 criteria with full descriptions has 200,000."""
MAX_WORD = 25_000_000

Reader = Callable[[bytes, str], list[Draft]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format by its name, in words, and the reader of it. ``in_child`` where the parser could be held up."""

    name: str
    called: str
    reader: str
    in_child: bool = False

    def load(self) -> Reader:
        """The reader, imported when first used."""
        module, function = self.reader.split(":")
        return cast("Reader", getattr(import_module(f"markdesk.formats.rubric_from.{module}"), function))


FORMATS = {
    made.name: made
    for made in (
        Format("canvas-csv", "a rubric CSV of Canvas", "canvas_csv:read_canvas"),
        Format("moodle-xml", "a grading.xml of Moodle", "moodle_xml:read_moodle", in_child=True),
        Format("case-json", "a CASE rubric in JSON", "case_json:read_case"),
        Format("markus-yaml", "MarkUs criteria in YAML", "markus:read_markus_yaml", in_child=True),
        Format("markus-csv", "MarkUs criteria in CSV", "markus:read_markus_csv"),
        Format("ora-xml", "an Open edX ORA rubric in XML", "ora:read_ora_xml"),
        Format("ora-json", "an Open edX ORA rubric in JSON", "ora:read_ora_json"),
        Format("plom-toml", "Plom rubrics in TOML", "plom:read_plom_toml", in_child=True),
        Format("plom-json", "Plom rubrics in JSON", "plom:read_plom_json"),
        Format("plom-csv", "Plom rubrics in CSV", "plom:read_plom_csv"),
        Format("html", "a web page with a table of levels", "pages:read_html", in_child=True),
        Format("docx", "a Word document with a table of levels", "pages:read_word", in_child=True),
    )
}


@dataclass(frozen=True, slots=True)
class Converted:
    """A scheme as plain data, sound by ``check_rubric``, and a sentence for each thing that the file couldn't say."""

    data: dict[str, Any]
    notes: tuple[str, ...]


def convert_file(path: Path, kind: str = "", rubric_id: str = "") -> list[Converted]:
    """Every scheme in a file of another system. Raises RubricInvalid, one sentence that names file and row.

    ``rubric_id`` is what the scheme is to be called; of several the others are numbered.
    """
    data = _bytes_of(path)
    try:
        chosen = FORMATS[kind or _detected(data)]
        made = (_in_child if chosen.in_child else convert)(data, path.name, chosen.name)
    except RubricInvalid as error:
        raise _named(error, path.name) from error
    if not rubric_id:
        return made
    ids = [rubric_id, *(f"{rubric_id}-{n}" for n in range(2, len(made) + 1))]
    return [Converted({**one.data, "id": own_id}, one.notes) for one, own_id in zip(made, ids, strict=True)]


def _named(error: RubricInvalid, file_name: str) -> RubricInvalid:
    shown = show_line(file_name)
    return error if error.message.startswith(shown) else RubricInvalid(f"{shown}: {error.message}", error.hint)


def convert(data: bytes, file_name: str, kind: str) -> list[Converted]:
    """Every scheme in these bytes, read in this process. Raises RubricInvalid, which doesn't name the file."""
    from markdesk.formats.rubric_from.plain import plain_rubric, unique_ids

    chosen = FORMATS[kind]
    drafts = chosen.load()(data, file_name)
    for draft in drafts:
        draft.title = draft.title or PurePath(file_name).stem
    return [
        Converted(plain_rubric(draft, own_id, chosen.called, file_name), tuple(draft.notes))
        for draft, own_id in zip(drafts, unique_ids((d.title for d in drafts), "converted"), strict=True)
    ]


def answer(kind: str, data: bytes, file_name: str) -> dict[str, object]:
    """``convert`` for the child process: what it gives, or why it refuses, as JSON can hold it."""
    try:
        return {"rubrics": [[made.data, made.notes] for made in convert(data, file_name, kind)]}
    except RubricInvalid as error:
        return {"refused": error.message, "hint": error.hint}


def _in_child(data: bytes, file_name: str, kind: str) -> list[Converted]:
    from markdesk.formats.child import ChildReader

    try:
        with ChildReader() as child:
            told = child.rubrics(kind, data, file_name)
    except EssayUnreadable as error:
        raise RubricInvalid(error.message, "Save it again in the program that made it.") from error
    if "refused" in told:
        raise RubricInvalid(str(told["refused"]), str(told.get("hint", "")))
    found = cast("list[tuple[dict[str, Any], list[str]]]", told["rubrics"])
    return [Converted(plain, tuple(notes)) for plain, notes in found]


def _bytes_of(path: Path) -> bytes:
    shown = show_line(path.name)
    try:
        if path.is_dir():
            raise RubricInvalid(f"{shown} is a folder.", "Name a file in it.")
        if not path.exists():
            raise RubricInvalid(f"There is no file {show_line(str(path))}.")
        size = path.stat().st_size
        if size > MAX_WORD:
            raise RubricInvalid(f"{shown} has {size / 1e6:,.1f} MB; no mark scheme has.")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name is not valid"
        raise RubricInvalid(f"{shown} can't be read: {reason}.") from error
    if not data.strip():
        raise RubricInvalid(f"{shown} is empty.")
    if len(data) > MAX_TEXT and not data.startswith(b"PK"):
        raise RubricInvalid(f"{shown} has {size / 1e6:,.1f} MB; the most that markdesk reads as text is 2 MB.")
    return data


def _detected(data: bytes) -> str:
    from markdesk.formats.rubric_from.detect import detect

    found = detect(data)
    if found:
        return found
    known = ", ".join(f"{made.name} ({made.called})" for made in FORMATS.values())
    raise RubricInvalid("it is in no format that can be converted.", f"Those known, for --from: {known}.")
