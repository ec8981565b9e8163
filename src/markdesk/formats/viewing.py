"""Scans shown by the system's own viewer, as private copies that go when the program ends.

The copies lie in a folder of this process, under the system's folder for such files. A lock in it says that the process
lives: what a killed one left is taken away by the next.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from markdesk.config.locks import try_lock
from markdesk.core.errors import MarkdeskError
from markdesk.desk.scans import KeptScan, Shown
from markdesk.formats.scan_files import cut_out, ending_of
from markdesk.formats.slug import file_name

FOLDER = "markdesk-scans-"
"""How the folders of copies begin."""
_LOCK = ".lock"
_SECONDS = 3.0
"""How long the system may take to say that it has no viewer. One that goes on is the viewer itself."""
Opener = Callable[[Sequence[Path]], str]
"""Opens files with the system's viewer; why it couldn't, else nothing."""


class Copies:
    """Makes the copies, has them opened, and takes them away at the end."""

    def __init__(self, opener: "Opener | None" = None) -> None:
        self._opener = opener or SystemViewer()
        self._folder: Path | None = None
        self._lock: IO[str] | None = None

    def show(self, scans: Sequence[KeptScan]) -> Shown:
        """Make a copy of each and open it. Raises MarkdeskError where there can be none."""
        try:
            paths = [self._copy(scan, at if len(scans) > 1 else 0) for at, scan in enumerate(scans, start=1)]
        except OSError as error:
            raise MarkdeskError(f"The scan can't be copied to be shown: {error.strerror}.") from error
        return Shown(tuple(map(str, paths)), self._opener(paths))

    def close(self) -> None:
        """Take the copies away. One that a viewer won't let go is left to the next start."""
        if self._folder is not None:
            if os.name == "nt" and self._lock is not None:
                self._lock.close()  # a file that is open can't be taken away there
            shutil.rmtree(self._folder, ignore_errors=True)
        if self._lock is not None:
            self._lock.close()
        self._folder = self._lock = None

    def leave(self) -> str:
        """End without taking the copies away, for a program that ends before they are looked at; where they are."""
        folder, self._folder = str(self._folder or ""), None
        self.close()
        return folder

    def _copy(self, scan: KeptScan, number: int) -> Path:
        content = cut_out(scan.content, scan.pages)
        name = file_name(scan.called, scan.short_id, ending_of(content) or "pdf", "essay")
        if number:
            stem, _, ending = name.rpartition(".")
            name = f"{stem}-{number}.{ending}"
        folder = self._private_folder()
        for place in (folder, *(folder / str(n) for n in range(2, 1000))):
            place.mkdir(mode=0o700, exist_ok=True)
            path = place / name
            if not path.exists():
                flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
                with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
                    file.write(content)
                return path
            if path.read_bytes() == content:
                return path
            # Something was written into the copy, or it is of another scan: that one stays as long as the others.
        raise MarkdeskError("There are too many copies of this scan.", "Close markdesk and open it again.")

    def _private_folder(self) -> Path:
        while self._folder is None:
            folder = Path(tempfile.mkdtemp(prefix=FOLDER))  # it is nobody else's: 0700
            lock = os.fdopen(os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8")
            if try_lock(lock) and (folder / _LOCK).exists():
                self._folder, self._lock = folder, lock
            else:
                lock.close()  # another start has just cleared it away
        return self._folder


def clear_left_overs() -> None:
    """Take away the copies of programs that were killed."""
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            if entry.name.startswith(FOLDER) and entry.is_dir(follow_symlinks=False) and _is_ours(entry):
                _clear(Path(entry.path))


def _is_ours(entry: "os.DirEntry[str]") -> bool:
    return not hasattr(os, "getuid") or entry.stat(follow_symlinks=False).st_uid == os.getuid()


def _clear(folder: Path) -> None:
    try:
        lock = (folder / _LOCK).open("r+", encoding="utf-8")
    except OSError:
        return  # just being made, or nothing of ours
    with lock:
        if try_lock(lock):
            if os.name == "nt":
                lock.close()
            shutil.rmtree(folder, ignore_errors=True)


class SystemViewer:
    """Opens files as a double click would. Never by way of a shell."""

    def __init__(self) -> None:
        self._running: list[subprocess.Popen[bytes]] = []

    def __call__(self, paths: Sequence[Path]) -> str:
        if sys.platform == "win32":
            try:
                for path in paths:
                    os.startfile(path)
            except OSError as error:
                return error.strerror or "Windows has no viewer for it"
            return ""
        if sys.platform == "darwin":
            return self._run(["open", *map(str, paths)])
        if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            return "there is no screen here to show it on, as over SSH or on a text console"
        return next(filter(None, (self._run(["xdg-open", str(path)]) for path in paths)), "")

    def _run(self, command: list[str]) -> str:
        self._running = [one for one in self._running if one.poll() is None]
        found = shutil.which(command[0])
        if found is None:
            return f"{command[0]}, which asks the system for a viewer, is not installed"
        nothing = subprocess.DEVNULL
        try:
            viewer = subprocess.Popen(
                [found, *command[1:]], stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
            )
        except OSError as error:
            return f"{command[0]} can't be started: {error.strerror}"
        try:
            code = viewer.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            self._running.append(viewer)
            return ""
        return f"{command[0]} found no program for it" if code else ""
