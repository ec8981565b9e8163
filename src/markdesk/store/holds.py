"""Which window has a script open for marking: an OS lock a script, freed at once when its holder dies.

The lock is what counts; the text in the file only says who it is.
"""

import os
from pathlib import Path
from typing import IO

if os.name == "nt":
    import msvcrt

    def _try_lock(file: IO[str]) -> bool:
        try:
            file.seek(1 << 20)  # past the text, which the other window must be able to read
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(file: IO[str]) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


class FileHold:
    """A lock held through an open file."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def release(self) -> None:
        self._file.close()


def take_hold(folder: Path, name: str, holder: str) -> FileHold | str:
    """The hold, or who has it. The lock file stays behind: taking it away could free a newer holder's."""
    folder.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o600)
    file = os.fdopen(handle, "r+", encoding="utf-8")
    if not _try_lock(file):
        file.seek(0)
        told = file.read(200).strip() or "another window"
        file.close()
        return told
    file.seek(0)
    file.truncate()
    file.write(holder + "\n")
    file.flush()
    return FileHold(file)
