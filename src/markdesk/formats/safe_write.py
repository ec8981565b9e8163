"""Writing a file for the teacher: whole or not at all, read back, and nothing of hers overwritten unasked."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from markdesk.core.errors import MarkdeskError
from markdesk.core.plain import show_line


def make_folder(folder: Path) -> None:
    """The folder, made where it isn't there. Raises MarkdeskError where that can't be."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError as error:
        raise MarkdeskError(f"{_shown(folder)} is a file, not a folder.", "Give another folder.") from error
    except (OSError, ValueError) as error:
        raise MarkdeskError(
            f"The folder {_shown(folder)} can't be made: {_reason(error)}.", "Give a folder that you may write in."
        ) from error


def refuse_folder(folder: Path) -> None:
    """Raises MarkdeskError where nothing can be written into a folder, as far as that shows before it is made."""
    try:
        at = folder
        while not at.exists() and at != at.parent:
            at = at.parent
        if not at.is_dir():
            raise MarkdeskError(f"{_shown(at)} is a file, not a folder.", "Give another folder.")
        is_open = os.access(at, os.W_OK | os.X_OK)
    except (OSError, ValueError) as error:
        raise MarkdeskError(f"{_shown(folder)} can't be a folder: {_reason(error)}.", "Give another folder.") from error
    if not is_open:
        raise MarkdeskError(f"Nothing may be written into {_shown(at)}.", "Give a folder that you may write in.")


def refuse_overwriting(path: Path, content: bytes, force: bool) -> None:
    """Raises MarkdeskError where the path can't be written to. The same content may always be there."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        if isinstance(error, NotADirectoryError):
            refuse_folder(path.parent)
        raise MarkdeskError(f"{_shown(path)} can't be written: {_reason(error)}.") from error
    if stat.S_ISLNK(found.st_mode):
        raise MarkdeskError(f"{_shown(path)} is a link to another file; it is not written through.", "Name a file.")
    if not stat.S_ISREG(found.st_mode):
        what = "a folder" if stat.S_ISDIR(found.st_mode) else "not an ordinary file"
        raise MarkdeskError(f"{_shown(path)} is {what}.", "Move it away, or write into another folder.")
    if not force and not _holds(path, content):
        raise MarkdeskError(f"{_shown(path)} is there already.", "Add --force to replace it, or name another.")


def write_file(path: Path, content: bytes, force: bool = False) -> bool:
    """Put the content at ``path``; False where just that was there already. Raises MarkdeskError.

    Written beside its place, read back and compared first, so that the old file stays until the new one is whole.
    A symbolic link is never followed, and only ``force`` replaces a file. A folder that isn't there is made.
    """
    refuse_overwriting(path, content, force)
    make_folder(path.parent)
    fresh = path.with_name(f".markdesk-{os.getpid()}-{os.urandom(4).hex()}")
    try:
        if path.exists() and _holds(path, content):
            return False
        write_fresh(fresh, content)
        if force:
            fresh.replace(path)
        else:
            _put_without_overwriting(fresh, path)
        sync_folder(path.parent)
    except FileExistsError as error:
        raise MarkdeskError(f"{_shown(path)} is there already.", "Add --force to replace it.") from error
    except (OSError, ValueError) as error:
        raise MarkdeskError(
            f"{_shown(path)} can't be written: {_reason(error)}.",
            "Nothing was replaced; give a folder that you may write in.",
        ) from error
    finally:
        try:
            _take_away(fresh)
        finally:
            _take_away(fresh)  # Ctrl+C may have fallen on the first
    return True


def drop_file(path: Path) -> None:
    """Take a file of markdesk's own away; one that isn't there is no matter. Raises MarkdeskError."""
    try:
        path.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise MarkdeskError(f"{_shown(path)} can't be removed: {_reason(error)}.") from error


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False  # closed to us: something else than what we would write


def write_fresh(fresh: Path, content: bytes) -> None:
    """A file that isn't there yet, synced and read back; for a place that nobody looks at yet. Raises OSError."""
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(fresh, flags, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if fresh.read_bytes() != content:
        raise OSError(0, "the disk gave back something else than was written")


def _take_away(fresh: Path) -> None:
    with suppress(OSError):
        fresh.unlink(missing_ok=True)


def _put_without_overwriting(fresh: Path, path: Path) -> None:
    try:
        os.link(fresh, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links (FAT, some shares).
        if path.exists():
            raise FileExistsError(path) from None
        fresh.replace(path)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _shown(path: Path) -> str:
    return show_line(str(path))


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or "its name is not valid"
