"""Row ``bank``: a letter typed in the comment bank, of five thousand comments, against the paint of the same rows.

Both sides are ``floor_bank.py``; ours asks the bank. Opening the bank, which puts all of them in order, is told and not
judged.
"""

import sys
from pathlib import Path

from benchmarks.keypath import BACKSPACE, game
from benchmarks.report import Row
from benchmarks.terminal import Terminal, opened


def rows(folder: Path, count: int) -> list[Row]:
    """A letter that begins a query, letters that narrow one, and the bank opened."""
    made: list[Row] = []
    for typed, letter, name in (
        ("", b"e", "bank, first letter: 5,000 comments / their rows painted"),
        ("evi", b"d", "bank, a later letter / the same"),
        ("evi", b"q", "bank, a letter that nothing has / the same"),
    ):
        with _program(folder, typed, "--filter") as one, _program(folder, typed) as other:
            game(made, (one, other), (letter, BACKSPACE), count, [(name, (letter,), 1.5)])
    with _program(folder, "evi", "--filter") as one, _program(folder, "evi") as other:
        game(made, (one, other), (b";", b"e"), count, [("bank opened / the same rows painted", (b";",), None)])
    return made


def _program(folder: Path, typed: str, *options: str) -> Terminal:
    command = [sys.executable, "-m", "benchmarks.floor_bank", "--typed", typed, *options]
    return opened(command, folder, lambda t: f"; {typed}" in t.text() and len(t.lines()[13]) > 10)
