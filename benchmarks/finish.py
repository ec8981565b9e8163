"""Row ``finish``: Enter, from the press until the next essay is on the screen, saved and ready for a key.

All but two essays of the pile are done, and these two are neighbours. Enter finishes the second, and the first is found
only after the whole pile was gone round; ``>`` goes back to the second, Ctrl+Z takes its finishing back. So the same
Enter can be pressed for as long as one likes, finds the next essay at the greatest cost, and saves each time.
"""

import json
import shutil
import sys
from pathlib import Path

import pyte

from benchmarks import desks
from benchmarks.keypath import game, markdesk
from benchmarks.report import Row
from benchmarks.terminal import Terminal, opened
from markdesk.core.essay import Essay

ENTER, ON, UNDO = b"\r", b">", b"\x1a"
KEYS = (ENTER, ON, UNDO)
PILE, FEW = 1_000, 10
REST = 0.3
"""Seconds without a byte after which a key is done. It also leaves the time in which the marker's place is kept, half a
second after her last step: who is quicker than that from her last step to Enter waits for that one row more."""
PYTE = {"italic": "italics", "underline": "underscore"}
"""What pyte calls otherwise than Rich does."""


def rows(folder: Path, count: int) -> list[Row]:
    made: list[Row] = []
    large, small = folder / "thousand.db", folder / "ten.db"
    one, other = (desks.nearly_done(path, pile) for path, pile in ((large, PILE), (small, FEW)))
    # A desk of its own for each program: it remembers where its marker was.
    second, third, written = (shutil.copyfile(large, folder / f"{name}.db") for name in ("second", "third", "written"))
    with _markdesk(large, folder, one) as ours, _floor(ours, folder) as bare:
        told = [
            ("finish to the next essay: 1,000 scripts / bare program that saves nothing", KEYS[:1], 1.5),
            ("an essay beside (>), nothing finished / the same", KEYS[1:2], None),
        ]
        game(made, (ours, bare), KEYS, count // 2, told, REST, whole=True)
    with _markdesk(second, folder, one) as ours, _floor(ours, folder, written) as bare:
        told = [("finish to the next essay: the same / bare program with the same rows", KEYS[:1], 1.5)]
        game(made, (ours, bare), KEYS, count // 2, told, REST, whole=True)
    with _markdesk(third, folder, one) as ours, _markdesk(small, folder, other) as few:
        told = [("finish to the next essay: 1,000 scripts / 10 scripts", KEYS[:1], 1.1)]
        game(made, (ours, few), KEYS, count // 2, told, REST, whole=True)
    return made


def _markdesk(desk: Path, home: Path, essay: Essay) -> Terminal:
    """The marking screen; it begins with the first essay that isn't done, so on to the second, and a level for it."""
    terminal = markdesk(desk, home, essay)
    for key in (ON, b"4"):
        terminal.key(key, REST)
    return terminal


def _floor(ours: Terminal, home: Path, commit: Path | None = None) -> Terminal:
    """The bare program, given what markdesk shows after each key."""
    screens = [_cells(ours)]
    for key in KEYS:
        ours.key(key, quiet=1.0)
        screens.append(_cells(ours))
    file = home / "screens.json"
    file.write_text(json.dumps([screens[3], screens[1], screens[2]]), encoding="utf-8")
    right = next(line.index("Mark scheme") for line in ours.lines() if "Mark scheme" in line) - 1
    command = [sys.executable, "-m", "benchmarks.floor_finish", str(file), "--left", str(right)]
    if commit is not None:
        command += ["--commit", str(commit)]
    return opened(command, home, lambda t: t.text() == ours.text())


def _cells(terminal: Terminal) -> list[list[tuple[str, str]]]:
    """The screen as the terminal shows it: each cell's character and its style."""
    buffer = terminal.look().screen.buffer
    return [[_cell(buffer[y][x]) for x in range(terminal.columns)] for y in range(terminal.rows)]


def _cell(cell: pyte.screens.Char) -> tuple[str, str]:
    """A cell as text and a style that Rich can read."""
    how = [name for name in ("bold", "italic", "underline", "reverse") if getattr(cell, PYTE.get(name, name))]
    front, back = (name if name == "default" else f"#{name}" for name in (cell.fg, cell.bg))
    return cell.data, " ".join([*how, front, "on", back])
