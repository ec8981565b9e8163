"""Row ``start``: from the command to the last row of the first screenful of real data.

The screen counts as complete at the first piece of output after which its text is what it still is when the
program has come to rest; every row of the data has to be there by then. The floor shows as much text: it is given
the very characters.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import desks
from benchmarks.report import Row, pairs, say, spread, summary
from benchmarks.terminal import Terminal, environment

REST = 0.35
"""Seconds without output after which the first screen counts as finished."""


@dataclass(frozen=True)
class Start:
    """First painted character and completed screen, in milliseconds from the command."""

    first_ms: float
    complete_ms: float
    text: str


def start(command: Sequence[str], home: Path, expected: Sequence[str]) -> Start:
    """Run a program until its first screen, which must show one of the texts ``expected``, is at rest."""
    with Terminal(command, environment(home), home) as terminal:
        terminal.wait_for(lambda t: any(text in t.text() for text in expected), limit=30, quiet=REST)
        final = terminal.text()
        first = complete = 0.0
        for chunk, screen in terminal.frames():
            shown = "\n".join(line.rstrip() for line in screen.display)
            at = (chunk.at - terminal.started) * 1000
            if not first and shown.strip():
                first = at
            if shown != final:
                complete = 0.0
            elif not complete:
                complete = at
        return Start(first, complete, final)


def bare_ms(home: Path, *arguments: str) -> float:
    """Wall time of this Python with these arguments, in milliseconds."""
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments],
        env=environment(home),
        cwd=home,
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return (time.perf_counter() - begun) * 1000


def compare(name: str, command: Sequence[str], expected: Sequence[str], home: Path, count: int) -> list[Row]:
    """Starts of markdesk and of the floor in turn, and of ``python -c pass``."""
    say(f"start: {name}")
    text = start(command, home, expected).text
    file = home / f"screen-{os.getpid()}-{len(text)}.txt"
    file.write_text(text, encoding="utf-8")
    bare = [sys.executable, "-m", "benchmarks.floor_start", str(file)]
    words = (next(line.strip() for line in reversed(text.splitlines()) if line.strip())[:20],)
    start(bare, home, words)
    ours: list[Start] = []
    floor: list[Start] = []
    nothing: list[float] = []
    for _ in range(count):
        ours.append(start(command, home, expected))
        floor.append(start(bare, home, words))
        nothing.append(bare_ms(home, "-c", "pass"))
    first, theirs = [s.first_ms for s in ours], [s.first_ms for s in floor]
    note = f"the screen has {sum(map(len, text.split()))} characters on {len(text.splitlines())} rows"
    detail = {"first_ms": {"ours": summary(first), "floor": summary(theirs)}, "screen": text.splitlines()}
    return [
        pairs(
            f"start to the full screen, {name} / bare Textual program",
            [s.complete_ms for s in ours],
            [s.complete_ms for s in floor],
            1.5,
            note=note,
            detail=detail,
        ),
        Row(
            f"first painted character, {name} / python -c pass",
            median(a / b for a, b in zip(first, nothing, strict=True)),
            None,
            spread(first),
            spread(nothing),
            note=f"the floor's first character: {median(theirs) / median(nothing):.1f} times python -c pass",
        ),
    ]


def rows(folder: Path, count: int = 15) -> list[Row]:
    desk = desks.thousand_scripts(folder / "thousand.db")
    program = [sys.executable, "-m", "markdesk"]
    newest, unmarked = desks.assignment_name(39), desks.assignment_name(38)
    library = compare("library, 1,000 scripts", [*program, "--db", str(desk)], (newest,), folder, count)
    marking = compare(
        "mark --assignment, 1,000 scripts",
        [*program, "mark", "--assignment", unmarked, "--db", str(desk)],
        desks.first_words(desk, unmarked),
        folder,
        count,
    )
    return library + marking
