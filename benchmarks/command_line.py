"""Row ``help``: ``--help`` against a typer program of the same size, ``--version`` against ``python -c pass``."""

import json
import subprocess
import sys
from pathlib import Path
from statistics import median

from benchmarks import floor_help
from benchmarks.report import Row, pairs, say, spread
from benchmarks.start import bare_ms
from benchmarks.terminal import environment

WATCHED = ("textual", "rich", "typer", "sqlite_utils", "sqlite3")
"""What a command that opens no screen should do without, the last two where it reads no desk."""


def rows(folder: Path, count: int = 25) -> list[Row]:
    say("help: --help and --version")
    plan = json.loads(_run(folder, "-m", "benchmarks.floor_help").stdout)
    (folder / "typer_floor.py").write_text(floor_help.source(plan), encoding="utf-8")
    ours = ("-m", "markdesk", "--help")
    floor = ("-m", "typer_floor", "--help")
    lengths = [len(_run(folder, *arguments).stdout) for arguments in (ours, floor)]
    a: list[float] = []
    b: list[float] = []
    version: list[float] = []
    nothing: list[float] = []
    for number in range(count + 3):
        times = (
            bare_ms(folder, *ours),
            bare_ms(folder, *floor),
            bare_ms(folder, "-m", "markdesk", "--version"),
            bare_ms(folder, "-c", "pass"),
        )
        if number >= 3:
            for kept, ms in zip((a, b, version, nothing), times, strict=True):
                kept.append(ms)
    commands, parameters = floor_help.counts(plan)
    size = f"{commands} commands, {parameters} parameters; help of {lengths[0]} and {lengths[1]} bytes"
    size += f"; imported: {_imported(folder, '--help')}"
    return [
        pairs(
            "--help / typer program of the same size",
            a,
            b,
            1.2,
            note=size,
        ),
        Row(
            "--version / python -c pass",
            median(x / y for x, y in zip(version, nothing, strict=True)),
            None,
            spread(version),
            spread(nothing),
            note=f"imported: {_imported(folder, '--version')}",
        ),
        Row(
            "--help / python -c pass",
            median(x / y for x, y in zip(a, nothing, strict=True)),
            None,
            spread(a),
            spread(nothing),
        ),
    ]


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # The folder comes first on the path: ``python -m`` puts the working folder there.
    return subprocess.run(
        [sys.executable, *arguments], env=environment(folder), cwd=folder, check=True, capture_output=True, text=True
    )


def _imported(folder: Path, option: str) -> str:
    """Which of the watched libraries a command imported."""
    told = _run(folder, "-X", "importtime", "-m", "markdesk", option).stderr
    names = {line.rpartition("|")[2].strip() for line in told.splitlines() if line.startswith("import time:")}
    found = [name for name in WATCHED if name in names]
    return ", ".join(found) or "none of " + ", ".join(WATCHED)
