"""Row ``past``: a student's screen, the review of an assignment and the start, on a desk of 20,000 essays.

The program as it is against ``floor_student.py`` and ``floor_review.py``; and against itself on a desk of 1,000 essays,
as many of hers: how a screen grows with what it doesn't show. A screen is kept once it was made; the first time in the
life of a program, for which it is put together, has a row of its own: each of its pairs is two new programs that have
stood a while, since what is opened next is loaded when no key has come for half a second.
"""

import sqlite3
import sys
from pathlib import Path

from benchmarks import desks
from benchmarks.keypath import game
from benchmarks.report import Row, pairs, say
from benchmarks.start import start
from benchmarks.terminal import Terminal, opened

ENTER, ESCAPE, STUDENTS, REVIEW = b"\r", b"\x1b", b"s", b"r"
ROUNDS = 20
"""Essays of each student."""
QUIET = 0.4
"""Seconds without a byte after which a screen is complete."""
STOOD = 1.5
"""Seconds that a new program has stood before its first key that counts."""


def rows(folder: Path, count: int, starts: int) -> list[Row]:
    """Twenty essays of one student among 20,000, and among 1,000; an assignment of 25; an empty desk."""
    say("past: making desks of 20,000 and 1,000 essays")
    many = desks.years(folder / "many.db", ROUNDS)
    few = desks.years(folder / "few.db", ROUNDS, classes=2)
    made: list[Row] = []
    keys = (ENTER, ESCAPE)
    with _students(many, folder) as one, _floor("student", many, folder) as other:
        name = "screen of a student among 20,000 essays / bare SQL and its rows painted"
        game(made, (one, other), keys, count, [(name, (ENTER,), 1.5)], quiet=QUIET)
    made.append(_first("the same, the first in a new program", ENTER, many, folder, starts))
    with _students(many, folder) as one, _students(few, folder) as other:
        name = "the same: 20,000 essays / 1,000, as many of hers"
        game(made, (one, other), keys, count // 2, [(name, (ENTER,), 1.2)], quiet=QUIET)
    keys = (REVIEW, ESCAPE)
    with _library(many, folder) as one, _floor("review", many, folder) as other:
        name = "review of 25 essays among 20,000 / bare SQL and its rows painted"
        game(made, (one, other), keys, count, [(name, (REVIEW,), 1.5)], quiet=QUIET)
    made.append(_first("the same, the first in a new program", REVIEW, many, folder, starts))
    with _library(many, folder) as one, _library(few, folder) as other:
        name = "the same: 20,000 essays / 1,000"
        game(made, (one, other), keys, count // 2, [(name, (REVIEW,), None)], quiet=QUIET)
    return [*made, _start(many, folder, starts)]


def _first(name: str, key: bytes, many: Path, folder: Path, count: int) -> Row:
    """A key that opens a screen for the first time."""
    say(f"past: {name}")
    ours, floor = list[float](), list[float]()
    what, opened = ("student", _students) if key == ENTER else ("review", _library)
    for number in range(count + 1):
        with opened(many, folder) as one, _floor(what, many, folder) as other:
            one.settle(STOOD)
            mine, theirs = one.key(key, QUIET).ms, other.key(key, QUIET).ms
        if number:  # the first pair fills the caches
            ours.append(mine)
            floor.append(theirs)
    return pairs(name, ours, floor, 1.5)


def _start(many: Path, folder: Path, count: int) -> Row:
    """The library of 800 assignments on the screen, and that of an empty desk."""
    say("past: starting with 20,000 essays, and with none")
    empty = folder / "empty.db"
    desks.new_desk(empty).store.close()
    ours, others = list[float](), list[float]()
    for number in range(count + 1):
        of_many = start(_command(many), folder, ("Essay",)).complete_ms
        of_none = start(_command(empty), folder, ("markdesk",)).complete_ms
        if number:  # the first pair fills the caches
            ours.append(of_many)
            others.append(of_none)
    return pairs("start with 20,000 essays / with an empty desk", ours, others, 1.1)


def _command(desk: Path) -> list[str]:
    return [sys.executable, "-m", "markdesk", "--db", str(desk)]


def _library(desk: Path, folder: Path) -> Terminal:
    return opened(_command(desk), folder, "Essay")


def _students(desk: Path, folder: Path) -> Terminal:
    return opened(_command(desk), folder, "Essay", STUDENTS, "Students")


def _floor(what: str, desk: Path, folder: Path) -> Terminal:
    connection = sqlite3.connect(desk)
    asked = {
        "student": "select student_id from script order by id limit 1",
        "review": "select id from assignment order by set_on desc, id desc limit 1",
    }
    (found,) = connection.execute(asked[what]).fetchone()
    connection.close()
    title = {"student": "Students", "review": "Library"}[what]
    return opened([sys.executable, "-m", f"benchmarks.floor_{what}", str(desk), found], folder, title)
