"""Row ``plots``: the first chart of a review, for which the library is loaded, and each that follows.

Thirty marked essays, their review on the screen, against ``floor_plots.py``. The first chart comes once in the life of
a program, so that each pair is two new programs.
"""

import sqlite3
import sys
from pathlib import Path

from benchmarks import desks
from benchmarks.keypath import game
from benchmarks.report import Row, pairs, say
from benchmarks.terminal import Terminal, opened

CHARTS, RIGHT, LEFT = b"d", b"\x1b[C", b"\x1b[D"
ESSAYS = 30
QUIET = 0.4
"""Seconds without a byte after which a screen is complete."""


def rows(folder: Path, starts: int, count: int) -> list[Row]:
    """The first chart in new programs, then the next and back."""
    desk = desks.marked_class(folder / "marked.db", ESSAYS)
    marks, most = _marks(desk), desks.scheme().max_mark
    say("plots: the first chart")
    ours: list[float] = []
    floor: list[float] = []
    for number in range(starts + 2):
        with _markdesk(desk, folder) as one, _floor(marks, most, folder) as other:
            mine, theirs = one.key(CHARTS, QUIET).ms, other.key(CHARTS, QUIET).ms
        if number >= 2:  # the first two fill the disk's cache and the byte code's
            ours.append(mine)
            floor.append(theirs)
    made = [pairs("first chart / bare Textual app with textual-plotext", ours, floor, 1.5)]
    with _markdesk(desk, folder) as one, _floor(marks, most, folder) as other:
        for terminal in (one, other):
            terminal.key(CHARTS, QUIET)
        name = "next chart, and back / the same"
        game(made, (one, other), (RIGHT, LEFT), count, [(name, (RIGHT, LEFT), None)])
    return made


def _marks(desk: Path) -> list[int]:
    connection = sqlite3.connect(desk)
    found = [mark for (mark,) in connection.execute("select mark from award where mark is not null")]
    connection.close()
    return found


def _markdesk(desk: Path, folder: Path) -> Terminal:
    command = [sys.executable, "-m", "markdesk", "--db", str(desk)]
    return opened(command, folder, desks.ASSIGNMENT, b"r", "essays with each mark")


def _floor(marks: list[int], most: int, folder: Path) -> Terminal:
    command = [sys.executable, "-m", "benchmarks.floor_plots", str(most), *map(str, marks)]
    return opened(command, folder, "charts")
