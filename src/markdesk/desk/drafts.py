"""What an importer makes of a file. Alone in here: the process that reads a file loads nothing else of the desk."""

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class EssayDraft:
    """What an importer made of a file, before anything is kept."""

    question: str | None
    """The question as printed above the essay, its tariff left in; None where the file has none."""
    paragraphs: tuple[str, ...]
    """Every block of the student's text in order, exactly as written: headings, quotations and notes included."""
    removed: tuple[str, ...] = ()
    """What was left out (site furniture), verbatim and in order, so that the teacher can look."""
    notes: tuple[str, ...] = ()
    """One sentence each on anything worth knowing: hidden characters, tracked changes, an odd encoding."""
    blocks: tuple[tuple[str, bool], ...] = field(default=(), compare=False)
    """Every block of the file in its order, and whether it was left in the essay or its question: for a file of several
    answers, where what stands between two of them looks like the edge of one. Empty where the importer doesn't say."""


class Importer(Protocol):
    """Reads one kind of file."""

    name: str
    suffixes: tuple[str, ...]

    def read(self, data: bytes, file_name: str) -> EssayDraft:
        """The essay in ``data``. Raises EssayUnreadable with a sentence that names the file and the way out."""
        ...
