"""Finding the teacher's own list for a question: files in a folder of hers, read when the notes are opened."""

from collections.abc import Callable
from pathlib import Path

from markdesk.core.coursework import Assignment
from markdesk.core.indicative import Content
from markdesk.core.rubric import Rubric


class IndicativeShelf:
    """Every file of indicative content in one folder. Nothing of them is ever kept in the desk."""

    def __init__(self, folder: Path, read: Callable[[Path], tuple[Content, ...]]) -> None:
        self.folder = folder
        self._read = read

    def files(self) -> tuple[Path, ...]:
        """The files, in the order of their names."""
        return tuple(sorted(self.folder.glob("*.toml"))) if self.folder.is_dir() else ()

    def find(self, assignment: Assignment, rubric: Rubric) -> tuple[Content, ...]:
        """What the teacher listed for this assignment or its question; the file that the scheme names comes first.

        Raises RubricInvalid for a file that is wrong.
        """
        named = [path for path in self.files() if path.name == rubric.indicative_file]
        others = [path for path in self.files() if path not in named]
        return tuple(
            content
            for path in (*named, *others)
            for content in self._read(path)
            if content.fits((assignment.name, assignment.id), assignment.question, rubric.id)
        )
