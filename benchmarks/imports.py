"""Rows ``imports``: a folder of 300 Word documents taken in, against the library that reads them; and keys meanwhile.

The documents have 800 words each and are written by python-docx. ``floor_mammoth.py`` turns each of them into HTML by
mammoth and does nothing else, in one process on one processor. markdesk's side is the whole command on one processor
too: start, containers checked, a process of its own for the reading, the essay told from what stands round it, students
and scripts made, everything durable in one step.
"""

import random
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from docx import Document

from benchmarks import desks
from benchmarks.report import Row, pairs, quartiles, say
from benchmarks.terminal import Terminal, environment

FILES, FEW = 300, 30
PARAGRAPHS, WORDS = 8, 100
FRAMES = 2 * 1000 / 60
"""Milliseconds of two frames."""
KEYS = 40
DOWN, UP = b"\x1b[B", b"\x1b[A"
_ONE_CORE = """
import os, resource, subprocess, sys, time
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
begun = time.perf_counter()
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(code, (time.perf_counter() - begun) * 1000, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""Runs a command on one processor: its exit code, its milliseconds, and the kilobytes of its largest process."""


def rows(folder: Path, count: int = 3) -> list[Row]:
    say(f"imports: {FILES} documents of {PARAGRAPHS * WORDS} words")
    many, few = write(folder / "many", FILES), write(folder / "few", FEW)
    ours: list[float] = []
    floor: list[float] = []
    memory: list[float] = []
    for number in range(count):
        ms, kb = _import(folder, many, f"many-{number}")
        ours.append(ms)
        memory.append(kb / _import(folder, few, f"few-{number}")[1])
        code, told, _ = _run(folder, sys.executable, "-m", "benchmarks.floor_mammoth", str(many))
        assert code == 0
        floor.append(told)
    return [
        pairs(f"{FILES} documents / mammoth alone, on one processor", ours, floor, 1.6),
        Row(f"memory: {FILES} documents / {FEW}", median(memory), 1.1, note="the largest of the command's processes"),
        _keys_meanwhile(folder, many),
    ]


def write(folder: Path, count: int) -> Path:
    """A folder of documents, each named after an invented student."""
    folder.mkdir()
    dice = random.Random(5)
    for number in range(count):
        document = Document()
        for _ in range(PARAGRAPHS):
            document.add_paragraph(desks.paragraph(dice, WORDS))
        document.save(str(folder / f"{_letters(number)} Ann.docx"))
    return folder


def _letters(number: int) -> str:
    """A family name of its own for each number."""
    first, second = divmod(number, 26)
    return f"Ab{chr(97 + first % 26)}{chr(97 + second)}er"


def _run(folder: Path, *command: str) -> tuple[int, float, float]:
    done = subprocess.run(
        [sys.executable, "-c", _ONE_CORE, *command],
        env=environment(folder),
        cwd=folder,
        capture_output=True,
        check=True,
    )
    code, ms, kb = done.stdout.split()
    return int(code), float(ms), float(kb)


def _import(folder: Path, essays: Path, name: str) -> tuple[float, float]:
    """The milliseconds and the memory of the command that takes a folder in."""
    desk = folder / f"{name}.db"
    command = (sys.executable, "-m", "markdesk", "import", str(essays), "--assignment", "Khrushchev")
    code, ms, kb = _run(folder, *command, "--rubric", desks.RUBRIC, "--group", "13H", "--db", str(desk))
    if code:
        raise RuntimeError(f"the import ended with {code}")
    return ms, kb


def _keys_meanwhile(folder: Path, essays: Path) -> Row:
    """How long the screen takes to follow an arrow while the documents are read behind it."""
    desk = desks.small_class(folder / "keys.db", desks.class_essays(2, 3))
    command = [sys.executable, "-m", "markdesk", "--db", str(desk)]
    times: list[float] = []
    with Terminal(command, {**environment(folder), "HOME": str(folder)}, essays) as terminal:
        terminal.wait_for(lambda t: "Khrushchev" in t.text(), limit=30, quiet=0.3)
        terminal.send(b"i")
        terminal.wait_for(lambda t: f"all {FILES} essays" in t.text(), limit=30, quiet=0.3)
        terminal.send(b"\r")
        _until(terminal, lambda t: "Reading" in t.text())
        time.sleep(0.3)
        while len(times) < KEYS and "Reading" in terminal.text():
            row = (len(times) + 1) % 2
            sent = terminal.send(DOWN if row else UP)
            times.append((_until(terminal, partial(_is_on, row)) - sent) * 1000)
            time.sleep(0.05 + 0.03 * random.random())
    if len(times) < KEYS:
        raise RuntimeError("the documents were read before all keys were pressed")
    low, middle, high = quartiles(times)
    told = f"{middle:.1f} ms ({low:.1f}-{high:.1f}), worst {max(times):.1f}"
    worst = sorted(times)[int(0.95 * len(times))]
    return Row(
        f"a key while {FILES} documents are read / two frames", worst / FRAMES, 1.0, told, f"{FRAMES:.1f} ms",
        "the ratio is of the slowest but one in twenty", {"ms": times},
    )  # fmt: skip


def _is_on(row: int, terminal: Terminal) -> bool:
    """Whether the bar is on that row of the list, counted from 0."""
    shown = [line for line in terminal.lines() if ".docx" in line]
    return len(shown) > row and "▌" in shown[row]


def _until(terminal: Terminal, found: Callable[[Terminal], object]) -> float:
    """Read until the screen shows it; when the piece of output came that made it so."""
    deadline = time.perf_counter() + 20
    while time.perf_counter() < deadline:
        chunk = terminal.read(0.5)
        if chunk is not None and found(terminal):
            return chunk.at
    raise RuntimeError(f"never shown:\n{terminal.last_words()}")
