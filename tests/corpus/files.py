"""The files of the corpus: where each is, what is in it, and what the program's own reader makes of it."""

import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdesk.core.errors import EssayUnreadable
from markdesk.core.essay import Essay as ReadEssay
from markdesk.formats.child import ChildReader, chosen_importer
from markdesk.formats.registry import importers

from .score import Score, score
from .truth import HERE, essay

BARS = {"docx": (0.99, 0.98), "odt": (0.99, 0.98), "html": (0.99, 0.98), "rtf": (0.99, 0.98), "txt": (0.99, 0.98),
        "pdf": (0.97, 0.85)}  # fmt: skip
"""What each kind has to reach, all its files together: words recalled, and beginnings of paragraphs."""


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """One file in an archive."""

    name: str
    essay: str
    writer: str
    lacks: tuple[str, ...]

    @property
    def kind(self) -> str:
        return self.name.partition("/")[0]

    @property
    def marked(self) -> bool:
        """Whether such a file says what a cell of a table and a line break are."""
        return self.kind not in ("txt", "pdf")


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a file; ``score`` is None where it was refused."""

    file: CorpusFile
    score: Score | None
    refusal: str = ""


def manifest() -> list[CorpusFile]:
    """Every file, in the manifest's order."""
    told = tomllib.loads((HERE / "manifest.toml").read_text(encoding="utf-8"))["files"]
    return [CorpusFile(name, one["essay"], one["writer"], tuple(one["lacks"])) for name, one in told.items()]


def kinds() -> list[str]:
    """The kinds of file in the corpus that the program reads: an importer that is added joins by itself."""
    known = set(importers().names())
    return [kind for kind in BARS if kind in known]


def contents(file: CorpusFile) -> bytes:
    with zipfile.ZipFile(HERE / f"{file.kind}.zip") as archive:
        return archive.read(file.name.partition("/")[2])


def results(kind: str) -> Iterator[Result]:
    """Read every file of a kind as the program does, by its child process, and score it."""
    with ChildReader() as reader:
        for file in manifest():
            if file.kind == kind:
                yield _result(file, reader)


def _result(file: CorpusFile, reader: ChildReader) -> Result:
    name = Path(file.name).name
    data = contents(file)
    try:
        draft = reader.read(chosen_importer(data, name), data, name)
    except EssayUnreadable as error:
        return Result(file, None, f"{error.message} {error.hint}")
    text = ReadEssay.from_paragraphs(draft.paragraphs).text
    read = [*([draft.question] if draft.question else []), *text.split("\n\n")]
    return Result(file, score(essay(file.essay), read, file.lacks, marked=file.marked))


def together(found: list[Result]) -> tuple[float, float, int]:
    """Words recalled and beginnings found over many files, a refused file having neither; and words invented."""
    words = found_words = starts = paragraphs = right = invented = 0
    for one in found:
        told = one.score or score(essay(one.file.essay), (), one.file.lacks, marked=one.file.marked)
        words, found_words = words + told.true, found_words + told.found
        starts, paragraphs, right = starts + told.starts, paragraphs + told.paragraphs, right + told.right
        invented += len(told.invented)
    return found_words / max(1, words), 2 * right / max(1, starts + paragraphs), invented
