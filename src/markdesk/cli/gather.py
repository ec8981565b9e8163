"""From the paths on the command line to the files that may be essays."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from markdesk.cli.given import as_text, user_path
from markdesk.core.errors import EssayUnreadable
from markdesk.core.plain import show_line
from markdesk.desk.handed_in import Handed, Turned
from markdesk.desk.ports import EssayDraft

_ESSAYS = ".docx .txt .text .md .markdown .html .htm .xhtml"
_NOT_YET = ".doc .docm .odt .rtf .pdf .pages .gdoc .mht .mhtml .webarchive .zip"
ENDINGS = frozenset((*_ESSAYS.split(), *_NOT_YET.split()))
"""What is tried in a folder. Those that markdesk can't read yet are refused by name, and so aren't overlooked."""

_LITTER = frozenset(("__MACOSX", "Thumbs.db", "desktop.ini", "Icon\r"))


@dataclass
class Gathered:
    """What the paths came to."""

    handed: list[Handed] = field(default_factory=list)
    refused: list[Turned] = field(default_factory=list)
    skipped: list[Turned] = field(default_factory=list)
    """Files of a folder that aren't essays by their ending."""


def gather(
    paths: Iterable[str],
    read: Callable[[Path], EssayDraft],
    progress: Callable[[int, int], None],
    other_endings: frozenset[str] = frozenset(),
) -> Gathered:
    """Read every file that is named, and every file of the folders that looks like an essay."""
    found = Gathered()
    seen: set[str] = set()
    files: list[tuple[str, Path]] = []
    for name in paths:
        path = user_path(name)
        is_folder = os.path.isdir(path)
        inside = _files_of(path, found, ENDINGS | other_endings) if is_folder else [path]
        if is_folder and not inside:
            found.refused.append(Turned(name, f"The folder {show_line(name)} holds no essays."))
        for file in inside:
            known = os.path.realpath(file)
            if known not in seen:
                seen.add(known)
                files.append((str(file), file))
    for at, (shown, file) in enumerate(files):
        progress(at, len(files))
        try:
            draft = read(file)
            found.handed.append(Handed(shown, as_text(file.name), draft, file.read_bytes()))
        except EssayUnreadable as error:
            found.refused.append(Turned(shown, str(error)))
        except OSError as error:
            found.refused.append(Turned(shown, f"{show_line(file.name)} can't be read: {error.strerror}."))
    progress(len(files), len(files))
    return found


def _files_of(folder: Path, found: Gathered, endings: frozenset[str]) -> list[Path]:
    essays: list[Path] = []

    def closed(error: OSError) -> None:
        shown = str(error.filename or folder)
        found.refused.append(Turned(shown, f"The folder {show_line(shown)} can't be read: {error.strerror}."))

    for place, folders, names in os.walk(folder, onerror=closed):
        folders[:] = sorted(name for name in folders if name not in _LITTER and not name.startswith("."))
        for name in sorted(names):
            if name in _LITTER or name.startswith((".", "~$")):
                continue
            path = Path(place) / name
            if path.suffix.lower() in endings:
                essays.append(path)
            else:
                found.skipped.append(Turned(str(path), f"{show_line(name)} is no kind of file that essays come in."))
    return essays
