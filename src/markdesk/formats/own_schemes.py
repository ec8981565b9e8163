"""The teacher's own mark schemes as files: checking one that is being made, writing it, keeping a half-filled form."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from markdesk.core.errors import MarkdeskError, UsageProblem
from markdesk.core.file_keys import ID
from markdesk.core.plain import show_line
from markdesk.core.rubric import Rubric
from markdesk.core.rubric_check import check_rubric
from markdesk.core.toml_reader import Problem
from markdesk.formats.rubric_writer import as_file, rubric_text
from markdesk.formats.safe_write import drop_file, make_folder, write_file
from markdesk.formats.slug import slug

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
        make_folder(self.folder)
        about = (
            f"{rubric.title}: begun from {begun_from}.",
            "Change any text. Every strand needs a line at every level; levels meet, from 1 to the maximum.",
            'Set status to "ready" when it is done, and raise version with every later change.',
        )
        write_file(path, rubric_text(rubric, about).encode())
        return path

    def keep_draft(self, begun_from: str, text: str) -> None:
        """Keep a form that is being filled in, one for each scheme to begin from; an empty text drops it."""
        path = self._drafts / f"{begun_from}.json"
        if text:
            make_folder(self._drafts)
            write_file(path, text.encode("utf-8", "surrogatepass"), force=True)
        else:
            drop_file(path)

    def drafts(self) -> dict[str, str]:
        """The forms that were kept, by the scheme they begin from, the one written last first."""
        found: list[tuple[float, str, str]] = []
        try:
            for path in self._drafts.glob("*.json") if self._drafts.is_dir() else ():
                about = path.stat()
                if about.st_size <= MAX_DRAFT:
                    text = path.read_bytes().decode("utf-8", "surrogatepass")
                    found.append((about.st_mtime, path.stem, text))
        except (OSError, ValueError) as error:
            raise MarkdeskError(f"What you were writing, in {self._drafts}, can't be read: {error}.") from error
        return {begun_from: text for _, begun_from, text in sorted(found, reverse=True)}
