"""From the places that a teacher names (files, folders, downloads) to the essays in them.

First what lies there, which opens no essay; then each essay read in a process that can be ended. A file that can't be
read never stops the others.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from markdesk.config.paths import as_text, user_path
from markdesk.core.canonical import file_hash
from markdesk.core.errors import EssayUnreadable, MarkdeskError
from markdesk.core.naming import NO_NAME
from markdesk.core.plain import show_line
from markdesk.desk.handed_in import Gathered, Handed, Listing, Turned, Waiting
from markdesk.desk.originals import Original
from markdesk.formats.child import ChildReader, checked_bytes, read_data
from markdesk.formats.downloads.detect import understand
from markdesk.formats.downloads.members import Member, Sorted, Use
from markdesk.formats.registry import importers
from markdesk.formats.zips import open_zip

_ESSAYS = ".docx .docm .odt .ott .rtf .pdf .txt .text .md .markdown .html .htm .xhtml .eml"
_REFUSED = ".doc .fodt .msg .pages .gdoc .mht .mhtml .webarchive .dotx .zip"
_PICTURES = frozenset((".jpg", ".jpeg", ".png", ".heic", ".tif", ".tiff"))
_ELSEWHERE = "See where they lie, and name that folder."
PEEKED = 65536
"""Bytes of a download's own texts that are looked into."""


class Cancelled(MarkdeskError):
    """The teacher stopped the reading; nothing was taken in."""


def endings() -> frozenset[str]:
    """What is tried in a folder. Kinds that markdesk can't read are refused by name, and so aren't overlooked."""
    return frozenset((*_ESSAYS.split(), *_REFUSED.split(), *(f".{name}" for name in importers().plugin_names())))


@dataclass
class _Finds:
    waiting: list[Waiting] = field(default_factory=list)
    refused: list[Turned] = field(default_factory=list)
    skipped: list[Turned] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    open: ExitStack = field(default_factory=ExitStack)
    """The zips that members are still to be read from."""


def look(paths: Iterable[str]) -> Listing:
    """What lies at these places. Opens zips to list them, and no essay."""
    finds = _Finds()
    tried = endings()
    seen: set[str] = set()
    loose: list[Path] = []
    for name in paths:
        path = user_path(name)
        known = os.path.realpath(path)
        if known in seen:
            continue
        seen.add(known)
        if os.path.isdir(path):
            _look_in_folder(name, path, finds, tried, seen)
        elif path.suffix.lower() == ".zip" and path.is_file():
            _look_in_zip(path, finds, tried)
        else:
            loose.append(path)
    by_name = {f"{as_text(path.parent.name)}/{as_text(path.name)}": path for path in reversed(loose)}
    members = [Member(name, 0) for name in by_name]
    for one in understand(members, lambda name: _peek(by_name[name])).members:
        # Whoever names a file wants it read, whatever it looks like.
        path = by_name[one.member.path]
        finds.waiting.append(
            Waiting(str(path), as_text(path.name), partial(checked_bytes, path), one.whose, _doubt(one))
        )
    order = {str(path): at for at, path in enumerate(loose)}
    finds.waiting.sort(key=lambda one: order.get(one.path, -1))
    return Listing(
        tuple(finds.waiting), tuple(finds.refused), tuple(finds.skipped), tuple(finds.notes), finds.open.close
    )


def read_all(
    listing: Listing,
    progress: Callable[[int, int], None],
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Gathered:
    """Read every essay of the listing. Raises Cancelled where it is stopped."""
    handed: list[Handed] = []
    refused = list(listing.refused)
    total = len(listing.waiting)
    with ExitStack() as stack:
        let_go = stack.enter_context(ExitStack())
        let_go.callback(listing.release)
        reader = stack.enter_context(ChildReader())
        for at, one in enumerate(listing.waiting):
            progress(at, total)
            if is_cancelled():
                raise Cancelled("Stopped. Nothing was taken in.")
            try:
                data = one.load()
                draft = read_data(data, one.file_name, reader)
                original = Original(file_hash(data), one.file_name, one.load)
                handed.append(Handed(one.path, one.file_name, draft, original, whose=one.whose, doubt=one.doubt))
            except EssayUnreadable as error:
                refused.append(Turned(one.path, str(error), student=_said(one)))
            except OSError as error:
                told = f"{show_line(one.file_name)} can't be read: {error.strerror}."
                refused.append(Turned(one.path, told, student=_said(one)))
        progress(total, total)
        let_go.pop_all()  # the files are read once more when they are kept
    return Gathered(tuple(handed), tuple(refused), listing.skipped, listing.notes, listing.release)


def _look_in_folder(shown: str, folder: Path, finds: _Finds, tried: frozenset[str], seen: set[str]) -> None:
    turned = len(finds.refused)
    files = {str(path.relative_to(folder).as_posix()): path for path in _files_of(folder, finds)}
    # The folder's own name belongs to it: somebody may name one student's folder of a download.
    loads = {
        f"{as_text(folder.name)}/{as_text(name)}": path
        for name, path in files.items()
        if os.path.realpath(path) not in seen
    }
    seen.update(os.path.realpath(path) for path in loads.values())
    before, is_closed = len(finds.waiting), len(finds.refused) > turned
    download = understand([Member(name, _size(path)) for name, path in loads.items()], lambda name: _peek(loads[name]))
    finds.notes += download.notes
    for one in download.members:
        path = loads[one.member.path]
        _sort_in(one, str(path), partial(checked_bytes, path), finds, tried)
    if len(finds.waiting) == before and not is_closed and (not loads or _are_pictures(loads)):
        finds.refused.append(Turned(shown, f"The folder {show_line(shown)} holds no essays.{_way_out(loads)}"))


def _look_in_zip(path: Path, finds: _Finds, tried: frozenset[str]) -> None:
    shown, name = str(path), as_text(path.name)
    try:
        inside = finds.open.enter_context(open_zip(path, name))
        download = understand(inside.members, inside.peek)
    except EssayUnreadable as error:
        finds.refused.append(Turned(shown, str(error)))
        return
    finds.notes += (*inside.notes, *download.notes)
    finds.refused += (replace(one, path=f"{shown}/{one.path}") for one in inside.turned)
    before = len(finds.waiting) + len(finds.refused)
    for one in download.members:
        _sort_in(one, f"{shown}/{one.member.path}", partial(inside.read, one.member), finds, tried)
    if len(finds.waiting) + len(finds.refused) == before:
        members = [one.member.path for one in download.members]
        finds.refused.append(Turned(shown, f"{show_line(name)} holds no essays.{_way_out(members)}"))


def _are_pictures(names: Iterable[str]) -> bool:
    return any(Path(name).suffix.lower() in _PICTURES for name in names)


def _way_out(names: Iterable[str]) -> str:
    """What to do with a place without essays; where pictures lie, they may be photographs of handwriting."""
    if not _are_pictures(names):
        return f" {_ELSEWHERE}"
    return " Photographs are kept as scans of paper scripts: 'markdesk scan add SCRIPT FILE...'."


def _sort_in(one: Sorted, shown: str, load: Callable[[], bytes], finds: _Finds, tried: frozenset[str]) -> None:
    name = one.member.path.rpartition("/")[2]
    if one.use is Use.LITTER:
        return
    if one.use not in (Use.ESSAY, Use.ONLINE_TEXT):
        finds.skipped.append(Turned(shown, f"{show_line(name)}: {one.why or 'no essay'}."))
    elif Path(name).suffix.lower() in tried:
        finds.waiting.append(Waiting(shown, name, load, one.whose, _doubt(one)))
    elif one.whose is not None:  # she handed something in, and is not to be missed
        way_out = _way_out([name]) if _are_pictures([name]) else " Ask for it as .docx or .pdf."
        told = f"{show_line(name)} is no kind of file that essays come in.{way_out}"
        finds.refused.append(Turned(shown, told, student=one.whose.name))
    else:
        finds.skipped.append(Turned(shown, f"{show_line(name)} is no kind of file that essays come in."))


def _doubt(one: Sorted) -> str:
    return "" if one.whose else one.why or NO_NAME


def _said(one: Waiting) -> str:
    return one.whose.name if one.whose else ""


def _files_of(folder: Path, finds: _Finds) -> Sequence[Path]:
    """Every file below a folder, in the order of names; hidden ones and their folders are passed over."""
    found: list[Path] = []

    def closed(error: OSError) -> None:
        shown = str(error.filename or folder)
        finds.refused.append(Turned(shown, not_looked_into(shown, error)))

    for place, folders, names in os.walk(folder, onerror=closed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(place) / name for name in sorted(names) if not name.startswith(".")]
    return found


def not_looked_into(folder: str, error: OSError) -> str:
    """Why a folder can't be looked into, and what to do."""
    if isinstance(error, PermissionError):
        why = "permission is denied. Ask who owns it, or copy it into a folder of your own."
    else:
        why = f"{error.strerror}."
    return f"The folder {show_line(folder)} can't be looked into: {why}"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _peek(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(PEEKED).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""
