"""Many damaged files read one after another in one process, under the limits that a reader of essays has.

``python -m tests.hostile.batch html 2000 7 0`` reads 2,000 damaged pages made from the seed 7 and tells what became of
each. A file over which the process dies, or takes longer than ten seconds, is told by its number.
"""

import base64
import json
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from functools import partial

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
    told, start = Told(), 0
    while start < count:
        command = [sys.executable, "-m", "tests.hostile.batch", kind, str(count), str(seed), str(start)]
        done = subprocess.run(command, capture_output=True, text=True, env=child_environment(), cwd=ROOT, check=False)
        lines = done.stdout.splitlines()
        answers = [json.loads(line) for line in lines if not line.isdecimal()]
        for one in answers:
            told.seen[one["seen"]] += 1
            told.slowest = max(told.slowest, one["seconds"])
            told.faults += [one["fault"]] if one["fault"] else []
        if done.returncode == 0:
            break
        number = int(lines[-1]) if lines and lines[-1].isdecimal() else -1
        start = number + 1 if number >= 0 else count
        if kind == "xlsx" and done.returncode != -signal.SIGALRM and number >= 0:
            told.seen["died"] += 1
            continue
        data = next((data for n, data in enumerate(wounded(kind, count, seed)) if n == number), b"")
        why = "took longer than ten seconds" if done.returncode == -signal.SIGALRM else f"died with {done.returncode}"
        told.faults.append(f"{kind} {number} of seed {seed} {why}: {done.stderr[-600:]} {_shown(data)}")
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


def main(kind: str, count: int, seed: int, start: int) -> None:
    """Read them all, the number of each on a line before it is read, and what became of it on the next."""
    say = partial(print, flush=True)
    read_here(b"Words.", "a.txt")
    child._limit_memory()
    sys.addaudithook(child._forbid)
    for n, data in enumerate(wounded(kind, count, seed)):
        if n < start:
            continue
        say(n)
        begun = time.perf_counter()
        seen, fault = "", ""
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        try:
            seen = _read(kind, data)
        except Exception:
            seen = "fault"
            fault = f"{kind} {n} of seed {seed}: {traceback.format_exc()[-1_500:]} {_shown(data)}"
        signal.setitimer(signal.ITIMER_REAL, 0)
        say(json.dumps({"seen": seen, "fault": fault, "seconds": time.perf_counter() - begun}))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:5]))
