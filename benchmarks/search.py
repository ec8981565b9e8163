"""Row ``search``: the letter that makes a common word whole, looked for in 20,000 essays and painted.

The program as it is, its search open, against ``floor_search.py``. The desk is of 1,000 students with 20 essays each;
the word stands in every one of them.
"""

import sys
from pathlib import Path

from benchmarks import desks
from benchmarks.keypath import BACKSPACE, game
from benchmarks.report import Row, say
from benchmarks.terminal import Terminal, opened

WORD = "policy"
ROUNDS = 20
CTRL_F = b"\x06"
QUIET = 0.4
"""Seconds without a byte after which a search is done: the letter is shown at once, and what is found comes later."""


def rows(folder: Path, count: int) -> list[Row]:
    """The same letter on a small desk too: how the search grows."""
    say("search: making a desk of 20,000 essays")
    many = desks.years(folder / "many.db", ROUNDS)
    few = desks.years(folder / "few.db", 1)
    letter, keys = WORD[-1:].encode(), (WORD[-1:].encode(), BACKSPACE)
    made: list[Row] = []
    with _markdesk(many, folder) as one, _floor(many, folder) as other:
        name = "search, a common word in 20,000 essays / bare SQL and its rows painted"
        game(made, (one, other), keys, count, [(name, (letter,), 1.5)], quiet=QUIET)
    with _markdesk(many, folder) as one, _markdesk(few, folder) as other:
        game(made, (one, other), keys, count // 2, [("the same: 20,000 essays / 1,000", (letter,), None)], quiet=QUIET)
    return made


def _markdesk(desk: Path, folder: Path) -> Terminal:
    command = [sys.executable, "-m", "markdesk", "--db", str(desk)]
    letters = (letter.encode() for letter in WORD[:-1])
    return opened(command, folder, "Essay", CTRL_F, "Search everything", *letters, f"⌕ {WORD[:-1]}", "found")


def _floor(desk: Path, folder: Path) -> Terminal:
    return opened([sys.executable, "-m", "benchmarks.floor_search", str(desk), WORD[:-1]], folder, "found")
