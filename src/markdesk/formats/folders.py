"""The folders of this computer, as an import shows them."""

import os
from datetime import datetime
from pathlib import Path

from markdesk.config.paths import as_text, user_path
from markdesk.core.plain import fold
from markdesk.desk.folders import Folder, Holds, Place, PlaceKind
from markdesk.formats.gathering import endings, not_looked_into

MOST_COUNTED = 2_000
"""Entries of a folder within a folder that are looked at, to say what it holds."""
_ORDER = {PlaceKind.FOLDER: 0, PlaceKind.DOWNLOAD: 1, PlaceKind.ESSAY: 1, PlaceKind.OTHER: 2}


def start_folder() -> str:
    """The folder for downloads; where there is none, the one that the program was started in."""
    from platformdirs import user_downloads_path

    downloads = user_downloads_path()
    return str(downloads if downloads.is_dir() else Path.cwd())


def look_into(path: str) -> Folder:
    """What lies in a folder. One that can't be looked into says why."""
    folder = Path(os.path.abspath(user_path(path)))
    shown, parent = as_text(str(folder)), as_text(str(folder.parent))
    known = endings()
    try:
        with os.scandir(folder) as entries:
            places = [_place(entry, known) for entry in entries if not _is_passed_over(entry.name)]
    except OSError as error:
        return Folder(shown, parent, told=not_looked_into(shown, error))
    newest = sorted(places, key=lambda place: fold(place.name))
    newest.sort(key=lambda place: "" if place.kind is PlaceKind.FOLDER else place.changed_on, reverse=True)
    newest.sort(key=lambda place: _ORDER[place.kind])
    return Folder(shown, parent, tuple(newest))


def _is_passed_over(name: str) -> bool:
    return name.startswith((".", "~$"))


def _place(entry: "os.DirEntry[str]", known: frozenset[str]) -> Place:
    name, path = as_text(entry.name), entry.path
    try:
        if entry.is_dir():
            return _folder(name, path, known)
        found = entry.stat()
    except OSError:
        return Place(name, path, PlaceKind.OTHER, is_closed=True)  # a link to nowhere
    day = datetime.fromtimestamp(found.st_mtime).astimezone().date().isoformat()
    return Place(name, path, _kind(entry.name, known), day, found.st_size)


def _kind(name: str, known: frozenset[str]) -> PlaceKind:
    ending = Path(name).suffix.lower()
    if ending == ".zip":
        return PlaceKind.DOWNLOAD
    return PlaceKind.ESSAY if ending in known else PlaceKind.OTHER


def _folder(name: str, path: str, known: frozenset[str]) -> Place:
    kinds: list[PlaceKind] = []
    try:
        with os.scandir(path) as entries:
            for at, entry in enumerate(entries):
                if at > MOST_COUNTED:
                    return Place(name, path, PlaceKind.FOLDER)
                if not _is_passed_over(entry.name):
                    kinds.append(PlaceKind.FOLDER if entry.is_dir() else _kind(entry.name, known))
    except OSError:
        return Place(name, path, PlaceKind.FOLDER, is_closed=True)
    return Place(name, path, PlaceKind.FOLDER, holds=Holds.of(kinds))
