"""What holds for every file, whatever is in it: the way a teacher's files go, with everything watched."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from markdesk.core.plain import show_line
from markdesk.desk.handed_in import Gathered
from markdesk.formats.gathering import look, read_all

SECONDS = 10.0
MOST_MORE = 24_000_000
"""Bytes that this process may grow by, besides three times the file: what it keeps, the answer, and its text."""
_REACHES_OUT = ("socket.", "os.system", "os.exec", "os.posix_spawn", "os.remove", "os.rename", "os.mkdir", "os.rmdir")
_MACHINE = ("Traceback", "site-packages", "/usr/", "\\\\", ".py", "Error:", "errno", "object at 0x")


@dataclass
class _Watch:
    """What this process does while it is watched. A hook can't be taken off again, so there is one for all tests."""

    on: bool = False
    seen: list[str] = field(default_factory=list)

    def hook(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.on:
            return
        if event.startswith(_REACHES_OUT) or (event == "open" and _writes(arguments)):
            self.seen.append(f"{event} {arguments!r:.200}")


def _writes(arguments: tuple[object, ...]) -> bool:
    path, mode, flags = arguments
    if "__pycache__" in str(path) or str(path) == os.devnull or isinstance(path, int):
        return False
    if isinstance(mode, str):
        return bool(set(mode) & set("wax+"))
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


_watch = _Watch()
sys.addaudithook(_watch.hook)


@contextmanager
def watched() -> Iterator[list[str]]:
    """What this process writes, and whom it calls, meanwhile."""
    _watch.seen, _watch.on = [], True
    try:
        yield _watch.seen
    finally:
        _watch.on = False


def files_below(*places: Path) -> dict[str, int]:
    """Everything that lies at these places, with its size."""
    return {str(path): path.lstat().st_size for place in places for path in sorted(place.rglob("*"))}


def _memory() -> tuple[int, int]:
    """Bytes of this process: now, and the most since ``_forget_peak``. Two zeros where the system doesn't tell."""
    try:
        lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":" in line)
        return int(lines["VmRSS"].split()[0]) * 1024, int(lines["VmHWM"].split()[0]) * 1024
    except (OSError, KeyError):
        return 0, 0


def _forget_peak() -> bool:
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return False
    return True


def gathered(place: Path, *watched_too: Path) -> Gathered:
    """The essays of a file or folder, read the way that a teacher's are; fails where anything is done but reading.

    Each file has its ten seconds; nothing is written, nobody is called, and memory stays near the size of the file.
    """
    size = sum(files_below(place).values()) if place.is_dir() else place.stat().st_size
    before = files_below(*watched_too)
    is_told = _forget_peak()
    at_first = _memory()[0]
    begun = [time.perf_counter()]
    with watched() as seen:
        found = read_all(look([str(place)]), lambda done, total: begun.append(time.perf_counter()))
        found.release()
    begun.append(time.perf_counter())
    slowest = max(later - earlier for earlier, later in pairwise(begun))
    assert slowest < SECONDS, f"{slowest:.1f} s"
    assert seen == []
    assert files_below(*watched_too) == before
    if is_told:
        assert _memory()[1] - at_first < 3 * size + MOST_MORE
    return found


def check_refusals(found: Gathered, place: Path) -> None:
    """Fails where a refusal is no sentence that names its file, has no way out, or tells about this computer."""
    for turned in (*found.refused, *found.skipped):
        name = turned.path.rpartition("/")[2]
        assert show_line(name)[:40] in turned.reason or name[:40] in turned.reason, turned.reason
        assert turned.reason[-1] in ".!?)", turned.reason
        for word in (*_MACHINE, str(place)):
            assert word not in turned.reason, turned.reason
        assert "longer than" not in turned.reason, turned.reason
        assert len(turned.reason) < 600, turned.reason
    for turned in found.refused:
        assert turned.reason.count(". ") + turned.reason.count("; ") >= 1, f"no way out: {turned.reason}"
