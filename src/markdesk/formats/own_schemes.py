"""The teacher's own mark schemes as files: checking one that is being made, writing it, keeping a half-filled form."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from markdesk.core.errors import MarkdeskError, RubricInvalid, UsageProblem
from markdesk.core.file_keys import ID
from markdesk.core.plain import show_line
from markdesk.core.rubric import Rubric
from markdesk.core.rubric_check import check_rubric
from markdesk.core.toml_reader import Problem
from markdesk.desk.scheme_files import OwnFile, Rewritten, edited_id
from markdesk.formats.kept_form import KeptForm
from markdesk.formats.rubric_toml import rubric_in
from markdesk.formats.rubric_writer import as_file, rubric_text
from markdesk.formats.safe_write import refuse_overwriting, write_file
from markdesk.formats.slug import slug
from markdesk.formats.toml_file import read_toml

MAX_DRAFT = 1_000_000
"""Bytes; a form with every field filled in has about 20,000."""


class OwnSchemes:
    """A folder of schemes, one of half-filled forms beside it, and the ids that are taken (with whose file each is)."""

    def __init__(self, folder: Path, drafts: Path, taken: Callable[[], Mapping[str, Path]]) -> None:
        self.folder = folder
        self._drafts = drafts
        self._taken = taken

    def propose_id(self, title: str) -> str:
        """An id made of a title's letters: small ASCII letters, digits and hyphens."""
        return slug(title, "scheme")

    def convert(self, path: Path) -> list[tuple[Rubric, tuple[str, ...]]]:
        """The schemes in a file of another program, each with what it couldn't say. Raises RubricInvalid."""
        from markdesk.formats.rubric_from import convert_file  # here, since few schemes come that way

        found: list[tuple[Rubric, tuple[str, ...]]] = []
        for converted in convert_file(path):
            rubric, _ = check_rubric(converted.data)
            assert rubric is not None, "a converter gives only what the checker accepts"
            found.append((rubric, converted.notes))
        return found

    def check(self, rubric: Rubric) -> tuple[Problem, ...]:
        """All that the checker finds wrong with the file that the scheme would be."""
        return check_rubric(as_file(rubric))[1]

    def write(self, rubric: Rubric, begun_from: str) -> Path:
        """Write a new scheme as ``ID.toml``.

        Raises UsageProblem for an id that can't be one, MarkdeskError where it is taken or the file can't be written.
        """
        if not re.fullmatch(ID.regex, rubric.id):
            raise UsageProblem(f"'{show_line(rubric.id)}' can't be the id of a mark scheme.", f"It must be {ID.says}.")
        path = self.folder / f"{rubric.id}.toml"
        there = self._taken().get(rubric.id) or (path if path.exists() else None)
        if there is not None:
            raise MarkdeskError(f"There is a mark scheme {rubric.id} already: {there}.", "Give the new one another id.")
        about = (
            f"{rubric.title}: begun from {begun_from}.",
            "Change any text. Every strand needs a line at every level; levels meet, from 1 to the maximum.",
            'Set status to "ready" when it is done, and raise version with every later change.',
        )
        write_file(path, rubric_text(rubric, about).encode())
        return path

    def open(self, rubric_id: str) -> OwnFile:
        """One of the teacher's own files, to be edited. Raises RubricInvalid where it is broken or gone."""
        path = self.folder / f"{rubric_id}.toml"
        file = read_toml(path)
        rubric = rubric_in(file)
        if rubric.id != rubric_id:
            raise RubricInvalid(
                f"{show_line(path.name)}: its id is '{show_line(rubric.id)}'.",
                "The file's name must be the id and '.toml'.",
            )
        return OwnFile(path, file.text, rubric)

    def rewrite(self, own: OwnFile, rubric: Rubric) -> Rewritten:
        """Put other values into the file, the old one kept beside it as ``ID.toml.bak``.

        Raises MarkdeskError where the file isn't as it was opened, or can't be written; then it stays as it is.
        """
        from markdesk.formats.rubric_edit import edited_text  # here, since few forms edit

        if read_toml(own.path).text != own.text:
            raise MarkdeskError(
                f"{show_line(own.path.name)} was changed elsewhere since the form was opened.",
                "Esc leaves, and what you typed is kept; e opens the form on the file as it is now.",
            )
        edited = edited_text(own.text, rubric)
        new, backup = edited.text.encode(), own.path.with_name(f"{own.path.name}.bak")
        refuse_overwriting(own.path, new, force=True)
        write_file(backup, own.text.encode(), force=True)
        write_file(own.path, new, force=True)
        return Rewritten(own.path, backup, edited.comments_lost)

    def keep_draft(self, name: str, text: str) -> None:
        """Keep a form that is being filled in, by its name; an empty text drops it."""
        KeptForm(self._drafts / f"{name}.json").keep(text)

    def drafts(self) -> dict[str, str]:
        """The forms that were kept, by name, the one written last first; no edits of a file that is gone."""
        found: list[tuple[float, str, str]] = []
        try:
            for path in self._drafts.glob("*.json") if self._drafts.is_dir() else ():
                about = path.stat()
                edited = edited_id(path.stem)
                if about.st_size <= MAX_DRAFT and (not edited or (self.folder / f"{edited}.toml").exists()):
                    text = path.read_bytes().decode("utf-8", "surrogatepass")
                    found.append((about.st_mtime, path.stem, text))
        except (OSError, ValueError) as error:
            raise MarkdeskError(f"What you were writing, in {self._drafts}, can't be read: {error}.") from error
        return {name: text for _, name, text in sorted(found, reverse=True)}
