"""Which window has a script open for marking: an OS lock a script, freed at once when its holder dies.

The lock is what counts; the text in the file only says who it is.
"""

import os
import time
from pathlib import Path
from typing import IO

from markdesk.config.locks import try_lock


class FileHold:
    """A lock held through an open file."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def release(self) -> None:
        self._file.close()


def take_hold(folder: Path, name: str, holder: str, patience: float = 0.0) -> FileHold | str:
    """The hold, or who still has it after ``patience`` seconds, in which a command that only passes by is done.

    The lock file stays behind: taking it away could free a newer holder's.
    """
    deadline = time.monotonic() + patience
    while isinstance(found := _try_hold(folder, name, holder), str) and time.monotonic() < deadline:
        time.sleep(0.02)
    return found


def _try_hold(folder: Path, name: str, holder: str) -> FileHold | str:
    folder.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o600)
    file = os.fdopen(handle, "r+", encoding="utf-8")
    if not try_lock(file):
        file.seek(0)
        told = file.read(200).strip() or "another window"
        file.close()
        return told
    # Over what stands there, and only then cut to length: some file systems write an emptied file out at once.
    file.seek(0)
    file.write(holder + "\n")
    file.truncate()
    return FileHold(file)
