"""A key, from the press to the last byte that it sends to the terminal: rows ``cursor`` and ``stamp``.

Two programs are alive at once, each in its own terminal, and get the same key in turn, so that whatever else the
machine does hits both. Each key's screen is compared with what the same key showed before: a key that is quick
because nothing happened is not counted, it is an error.
"""

import random
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks import desks
from benchmarks.report import Row, pairs, say, summary
from benchmarks.terminal import QUIET, KeyTime, ProgramDiedError, Terminal, opened
from markdesk.core.essay import Essay

DOWN, UP, PAGE_DOWN, PAGE_UP = b"\x1b[B", b"\x1b[A", b"\x1b[6~", b"\x1b[5~"
END, BACKSPACE = b"\x1b[F", b"\x7f"
WARM = 10
"""Pairs that are thrown away: caches fill, the processor wakes."""

MIDDLE = slice(1, -2)
"""The screen without its first and last two rows: a message there may come and go."""

Picture = tuple[tuple[object, ...], ...]


@dataclass
class Player:
    """A program that plays a game of a few keys: one there, the others back."""

    terminal: Terminal
    seen: dict[bytes, Picture] = field(default_factory=dict)
    times: dict[bytes, list[KeyTime]] = field(default_factory=dict)
    quiet: float = QUIET
    """Seconds without a byte after which a key is done: more where a commit may come between two frames."""
    whole: bool = False
    """Whether the whole screen is compared, its messages too."""
    wrong: int = 0
    """Keys after which the screen didn't look as it did after the same key before."""

    def learn(self, keys: Sequence[bytes]) -> None:
        """Play the game thrice; the last round is what it should look like from now on."""
        for _ in range(3):
            for key in keys:
                self.terminal.key(key, self.quiet)
                self.seen[key] = self._picture()
        if len(set(keys)) != len({self.seen[key] for key in keys}):
            raise ProgramDiedError("the keys change nothing on the screen:\n" + self.terminal.last_words())
        self.times = {key: [] for key in keys}

    def press(self, key: bytes) -> KeyTime:
        took = self.terminal.key(key, self.quiet)
        if self._picture() != self.seen[key]:
            self.wrong += 1
        self.times[key].append(took)
        return took

    def _picture(self) -> Picture:
        return self.terminal.picture(slice(None) if self.whole else MIDDLE)


def play(ours: Player, floor: Player, keys: Sequence[bytes], count: int, seed: int) -> None:
    """The same keys for both, in turn.

    A pause of random length comes before each, so that no phase of a timer is favoured.
    """
    dice = random.Random(seed)
    for player in (ours, floor):
        player.learn(keys)
    for number in range(count + WARM):
        for key in keys:
            for player in (ours, floor):
                time.sleep(dice.uniform(0.0, 0.03))
                player.press(key)
        if number == WARM - 1:
            for player in (ours, floor):
                player.times = {key: [] for key in keys}
                player.wrong = 0


def row(name: str, ours: Player, floor: Player, counted: Sequence[bytes], bar: float | None) -> Row:
    """The row for the keys that count."""
    a = [took for key in counted for took in ours.times[key]]
    b = [took for key in counted for took in floor.times[key]]
    detail: dict[str, object] = {
        "bytes": {"ours": median(t.size for t in a), "floor": median(t.size for t in b)},
        "unexpected_screens": {"ours": ours.wrong, "floor": floor.wrong},
    }
    notes: list[str] = []
    cpu = [(x.cpu_ms, y.cpu_ms) for x, y in zip(a, b, strict=True)]
    told = [(x, y) for x, y in cpu if x is not None and y is not None and y > 0]
    if told:
        mine, theirs = [x for x, _ in told], [y for _, y in told]
        detail["cpu_ms"] = {"ours": summary(mine), "floor": summary(theirs)}
        ratio = median(x / y for x, y in told)
        detail["cpu_ratio"] = round(ratio, 3)
        notes.append(f"processor time a key {median(mine):.1f} ms against {median(theirs):.1f} ms ({ratio:.2f})")
    if ours.wrong or floor.wrong:
        notes.append(f"UNEXPECTED SCREENS: markdesk {ours.wrong}, floor {floor.wrong}: the times can't be trusted")
    return pairs(name, [t.ms for t in a], [t.ms for t in b], bar, note="; ".join(notes), detail=detail)


def markdesk(desk: Path, home: Path, essay: Essay, assignment: str = desks.ASSIGNMENT) -> Terminal:
    """The marking screen, its essay on the screen."""
    command = [sys.executable, "-m", "markdesk", "mark", "--assignment", assignment, "--db", str(desk)]
    return opened(command, home, essay.text[:24])


def floor_paint(essay: Essay, home: Path, commit: Path | None = None) -> Terminal:
    text = home / f"essay-{essay.hash[-12:]}.txt"
    text.write_text(essay.text, encoding="utf-8")
    command = [sys.executable, "-m", "benchmarks.floor_paint", str(text)]
    if commit is not None:
        command += ["--commit", str(commit)]
    return opened(command, home, essay.text[:24])


def game(
    rows: list[Row],
    programs: tuple[Terminal, Terminal],
    keys: Sequence[bytes],
    count: int,
    told: Sequence[tuple[str, Sequence[bytes], float | None]],
    quiet: float = QUIET,
    whole: bool = False,
) -> None:
    """Play one game and add its rows: name, keys that count, bar. One that can't be played spoils no other."""
    say(told[0][0])
    ours, floor = (Player(program, quiet=quiet, whole=whole) for program in programs)
    try:
        play(ours, floor, keys, count, seed=11 + len(rows))
    except ProgramDiedError as error:
        rows += [Row(name, None, bar, note=str(error)[:400]) for name, _, bar in told]
    else:
        rows += [row(name, ours, floor, counted, bar) for name, counted, bar in told]


def cursor(folder: Path, count: int) -> list[Row]:
    """Rows 1 and 2: the cursor on a huge essay against a short one, and against the floor."""
    rows: list[Row] = []
    small, huge = desks.essay_text(14, desks.SHORT_WORDS), desks.essay_text(10_000, desks.SHORT_WORDS)
    short, long = desks.short_essay(folder / "short.db"), desks.long_essay(folder / "long.db")
    with markdesk(long, folder, huge) as one, markdesk(short, folder, small) as other:
        both = (one, other)
        arrows, pages = (DOWN, UP), (PAGE_DOWN, PAGE_UP)
        game(rows, both, arrows, count, [("cursor Down/Up: 10,000 ¶, 20,000 notes / short essay", arrows, 1.25)])
        game(rows, both, pages, count, [("cursor PgDn/PgUp: 10,000 ¶, 20,000 notes / short essay", pages, 1.25)])
        for terminal in both:
            terminal.send(END)
            terminal.settle(first=2.0)
        game(rows, both, (UP, DOWN), count // 2, [("cursor Up/Down at the essay's end: the same", arrows, None)])
    real = desks.essay_text(9, desks.REAL_WORDS, seed=2)
    with markdesk(desks.real_essay(folder / "real.db"), folder, real) as one, floor_paint(real, folder) as other:
        game(rows, (one, other), arrows, count, [("cursor Down/Up / bare Textual program", arrows, 1.5)])
    return rows


def stamp(folder: Path, count: int) -> list[Row]:
    """Row 3: a stamp, saved and shown, against a bare program that writes the same rows and shows them."""
    rows: list[Row] = []
    real = desks.essay_text(9, desks.REAL_WORDS, seed=2)
    desk = desks.real_essay(folder / "stamp.db")
    copy = folder / "stamp-floor.db"
    shutil.copyfile(desk, copy)
    keys = (b"k", BACKSPACE)
    with markdesk(desk, folder, real) as one, floor_paint(real, folder, copy) as other:
        told = [("stamp, saved / bare program with the same rows", keys[:1], 1.5)]
        game(rows, (one, other), keys, count, [*told, ("Backspace, saved / the same", keys[1:], None)])
    small, huge = desks.essay_text(14, desks.SHORT_WORDS), desks.essay_text(10_000, desks.SHORT_WORDS)
    short, long = desks.short_essay(folder / "short2.db"), desks.long_essay(folder / "long2.db")
    with markdesk(long, folder, huge) as one, markdesk(short, folder, small) as other:
        name = "stamp, saved: 10,000 ¶, 20,000 notes / short essay"
        game(rows, (one, other), keys, count // 2, [(name, keys[:1], None)])
    return rows


def floors_alone(folder: Path, count: int) -> list[Row]:
    """The harness against itself: one floor in both terminals must come to a ratio of about 1."""
    real = desks.essay_text(9, desks.REAL_WORDS, seed=2)
    desk = desks.real_essay(folder / "self.db")
    copy = folder / "self-other.db"
    shutil.copyfile(desk, copy)
    rows: list[Row] = []
    with floor_paint(real, folder) as one, floor_paint(real, folder) as other:
        ours, floor = Player(one), Player(other)
        play(ours, floor, (DOWN, UP), count, seed=16)
        rows.append(row("self-test: floor / floor, cursor", ours, floor, (DOWN, UP), None))
    with floor_paint(real, folder, desk) as one, floor_paint(real, folder, copy) as other:
        ours, floor = Player(one), Player(other)
        play(ours, floor, (b"k", BACKSPACE), count, seed=17)
        rows.append(row("self-test: floor / floor, stamp with rows", ours, floor, (b"k",), None))
    with floor_paint(real, folder, desk) as one, floor_paint(real, folder) as other:
        ours, floor = Player(one), Player(other)
        play(ours, floor, (b"k", BACKSPACE), count, seed=18)
        rows.append(row("self-test: floor with rows / without", ours, floor, (b"k",), None))
    return rows
