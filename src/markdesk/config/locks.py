"""A lock on an open file by the operating system, freed at once when its holder dies."""

import os
from typing import IO

if os.name == "nt":
    import msvcrt

    def try_lock(file: IO[str]) -> bool:
        """Lock the file against other processes; False where one has it."""
        try:
            file.seek(1 << 20)  # past the text, which the other process must be able to read
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True

else:
    import fcntl

    def try_lock(file: IO[str]) -> bool:
        """Lock the file against other processes; False where one has it."""
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
