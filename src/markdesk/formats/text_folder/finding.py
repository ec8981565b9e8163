"""What lies in a folder that is said to be a desk's copy: which files are a copy's, and what else is there."""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from markdesk.core.errors import MarkdeskError
from markdesk.core.plain import show_line
from markdesk.formats.text_folder import layout

MOST_FILES = 1_000_000
"""A desk of 20,000 scripts, each marked twice, has about 150,000."""


@dataclass(frozen=True, slots=True)
class Found:
    """The files of a folder, by their path in it."""

    ours: tuple[str, ...]
    """Those that an export writes, by their names."""
    foreign: tuple[str, ...]
    """What somebody else put there; folders end in a stroke, and nobody looked into them."""
    litter: tuple[str, ...] = ()
    """What the system put there."""


def look_over(root: Path) -> Found:
    """List the folder, following no link and entering no folder but a copy's own. Raises MarkdeskError."""
    ours: list[str] = []
    foreign: list[str] = []
    litter: list[str] = []
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        try:
            with os.scandir(root / inside) as entries:
                for entry in entries:
                    path = f"{inside}/{entry.name}" if inside else entry.name
                    if layout.is_our_folder(path):
                        _need(entry, stat.S_ISDIR, root, path, "a folder")
                        waiting.append(path)
                    elif layout.is_ours(path):
                        _need(entry, stat.S_ISREG, root, path, "an ordinary file")
                        ours.append(path)
                    elif layout.is_litter(entry.name):
                        litter.append(path)
                    else:
                        foreign.append(f"{path}/" if entry.is_dir(follow_symlinks=False) else path)
        except OSError as error:
            raise MarkdeskError(f"{show_line(str(root / inside))} can't be read: {error.strerror}.") from error
        if len(ours) + len(foreign) + len(waiting) > MOST_FILES:
            raise MarkdeskError(f"{show_line(str(root))} has more than {MOST_FILES:,} files; no desk's copy has.")
    return Found(tuple(sorted(ours)), tuple(sorted(foreign)), tuple(litter))


def _need(entry: "os.DirEntry[str]", is_right: Callable[[int], bool], root: Path, path: str, what: str) -> None:
    mode = entry.stat(follow_symlinks=False).st_mode
    if stat.S_ISLNK(mode):
        raise MarkdeskError(
            f"{show_line(path)} in {show_line(str(root))} is a link; a desk's copy has none.", "Nothing was read."
        )
    if not is_right(mode):
        raise MarkdeskError(f"{show_line(path)} in {show_line(str(root))} is not {what}.", "Nothing was read.")


def need_folder(root: Path) -> None:
    """Raises MarkdeskError where there is no folder at the path, or where it is a link."""
    try:
        mode = root.lstat().st_mode
    except FileNotFoundError as error:
        raise MarkdeskError(f"There is no folder {show_line(str(root))}.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not valid"
        raise MarkdeskError(f"{show_line(str(root))} can't be read: {reason}.") from error
    if stat.S_ISLNK(mode):
        raise MarkdeskError(f"{show_line(str(root))} is a link to somewhere else.", "Name the folder itself.")
    if not stat.S_ISDIR(mode):
        raise MarkdeskError(f"{show_line(str(root))} is a file, not a folder.", "Name the folder of the copy.")
