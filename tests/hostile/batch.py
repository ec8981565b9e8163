"""Many damaged files read one after another in one process, under the limits that a reader of essays has.

``python -m tests.hostile.batch html 2000 7`` reads 2,000 damaged pages made from the seed 7 and tells what became of
each. A file over which the process dies, or takes longer than ten seconds, is told by its number.
"""

import base64
import json
import mmap
import os
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from markdesk.core.errors import EssayUnreadable, ListUnreadable
from markdesk.formats import child
from markdesk.formats.child import read_here
from markdesk.formats.class_lists import class_list
from markdesk.formats.class_lists.spreadsheets import answer
from markdesk.formats.zips import open_zip
from tests.hostile.wounds import wounded
from tests.kit import ROOT, child_environment

SECONDS = 10.0
_MACHINE = ("Traceback", "site-packages", "Error", "object at 0x")


@dataclass
class Told:
    """What became of a batch."""

    seen: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    """What went wrong, with the bytes that did it in base64."""
    slowest: float = 0.0


def run(kind: str, count: int, seed: int) -> Told:
    """Read a batch in a process of its own.

    Over spreadsheets the process may die, since their library does: that is a refusal, as ``ChildReader`` makes one of
    it, and the next process goes on behind the file.
    """
    told = Told()
    command = [sys.executable, "-m", "tests.hostile.batch", kind, str(count), str(seed)]
    quiet = {**child_environment(), "RUST_BACKTRACE": "0"}  # what the library of spreadsheets would say at each death
    done = subprocess.run(command, capture_output=True, text=True, env=quiet, cwd=ROOT, check=False)
    for one in map(json.loads, done.stdout.splitlines()):
        if one["seen"] == "died" and (kind != "xlsx" or one["signal"] == signal.SIGALRM):
            why = "took longer than ten seconds" if one["signal"] == signal.SIGALRM else f"died of {one['signal']}"
            one["fault"] = f"{kind} {one['number']} of seed {seed} {why}: {done.stderr[-600:]} {one['data']}"
        else:
            told.seen[one["seen"]] += 1
        told.slowest = max(told.slowest, one["seconds"])
        told.faults += [one["fault"]] if one["fault"] else []
    if done.returncode:
        told.faults.append(f"the batch of {kind} ended with {done.returncode}: {done.stderr[-600:]}")
    return told


def _shown(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _read(kind: str, data: bytes) -> str:
    """What becomes of one file: ``text`` or ``refused``. Anything else goes through as the error that it is."""
    name = f"essay.{kind}"
    try:
        if kind == "zip":
            with open_zip(data, name) as inside:
                for member in inside.members:
                    inside.read(member)
        elif kind == "csv":
            class_list(data, name)
        elif kind == "xlsx":
            return "refused" if "refused" in answer(data) else "text"
        elif not any(text.strip() for text in read_here(data, name).paragraphs):
            raise AssertionError("an essay without words")
    except (EssayUnreadable, ListUnreadable) as refused:
        if not refused.hint or (name not in refused.message and kind != "zip"):
            raise AssertionError(f"no name or no way out: {refused.message!r}") from refused
        if any(word in str(refused) for word in _MACHINE):
            raise AssertionError(f"tells about the machine: {refused}") from refused
        return "refused"
    except MemoryError:
        return "refused"  # the reader's process answers so too
    return "text"


def main(kind: str, count: int, seed: int) -> None:
    """Read them all; where a reader dies another goes on behind the file, with all that was loaded and made already."""
    read_here(b"Words.", "a.txt")
    files = list(wounded(kind, count, seed))
    place = mmap.mmap(-1, 8)  # shared with the reader, so that it is known where it died
    start = 0
    while start < count:
        sys.stdout.flush()
        reader = os.fork()
        if not reader:
            _read_on(kind, seed, files, start, place)
        _, status = os.waitpid(reader, 0)
        if not status:
            return
        died = int.from_bytes(place[:8], "big")
        code = os.waitstatus_to_exitcode(status)
        told = {"seen": "died", "number": died, "signal": -code, "data": _shown(files[died])}
        print(json.dumps({**told, "fault": "", "seconds": 0.0}))
        start = died + 1


def _read_on(kind: str, seed: int, files: Sequence[bytes], start: int, place: mmap.mmap) -> NoReturn:
    """Read from there on, what became of each file on a line."""
    child._limit_memory()
    sys.addaudithook(child._forbid)
    for n, data in enumerate(files[start:], start):
        place[:8] = n.to_bytes(8, "big")
        begun = time.perf_counter()
        seen, fault = "", ""
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        try:
            seen = _read(kind, data)
        except Exception:
            seen = "fault"
            fault = f"{kind} {n} of seed {seed}: {traceback.format_exc()[-1_500:]} {_shown(data)}"
        signal.setitimer(signal.ITIMER_REAL, 0)
        print(json.dumps({"seen": seen, "fault": fault, "seconds": time.perf_counter() - begun}), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:4]))
