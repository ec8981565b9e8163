"""Row ``student``: the screen of one student, opened from the list of students, on a desk of 20,000 essays.

The program as it is, its list of students open, against ``floor_student.py``; and the same student with as many essays
on a desk of 1,000: how the screen grows with what it doesn't show.
"""

import sqlite3
import sys
from pathlib import Path

from benchmarks import desks
from benchmarks.keypath import game
from benchmarks.report import Row, say
from benchmarks.terminal import ProgramDiedError, Terminal, environment

ENTER, ESCAPE = b"\r", b"\x1b"
ROUNDS = 20
"""Essays of each student."""
QUIET = 0.4
"""Seconds without a byte after which a screen is complete."""


def rows(folder: Path, count: int) -> list[Row]:
    """Twenty essays of one student among 20,000, and among 1,000."""
    say("student: making desks of 20,000 and 1,000 essays")
    many = desks.years(folder / "many.db", ROUNDS)
    few = desks.years(folder / "few.db", ROUNDS, classes=2)
    keys = (ENTER, ESCAPE)
    made: list[Row] = []
    with _markdesk(many, folder) as one, _floor(many, folder) as other:
        name = "screen of a student among 20,000 essays / bare SQL and its rows painted"
        game(made, (one, other), keys, count, [(name, (ENTER,), 1.5)], quiet=QUIET)
    with _markdesk(many, folder) as one, _markdesk(few, folder) as other:
        name = "the same: 20,000 essays / 1,000, as many of hers"
        game(made, (one, other), keys, count // 2, [(name, (ENTER,), 1.2)], quiet=QUIET)
    return made


def _markdesk(desk: Path, folder: Path) -> Terminal:
    command = [sys.executable, "-m", "markdesk", "--db", str(desk)]
    terminal = Terminal(command, environment(folder), folder)
    try:
        terminal.wait_for(lambda t: "Essay" in t.text(), limit=60, quiet=0.3)
        terminal.send(b"s")
        terminal.wait_for(lambda t: "Students" in t.text(), limit=60, quiet=0.3)
    except ProgramDiedError:
        terminal.close()
        raise
    return terminal


def _floor(desk: Path, folder: Path) -> Terminal:
    connection = sqlite3.connect(desk)
    (student,) = connection.execute("select student_id from script order by id limit 1").fetchone()
    connection.close()
    command = [sys.executable, "-m", "benchmarks.floor_student", str(desk), student]
    terminal = Terminal(command, environment(folder), folder)
    try:
        terminal.wait_for(lambda t: "Students" in t.text(), limit=60, quiet=0.5)
    except ProgramDiedError:
        terminal.close()
        raise
    return terminal
