"""What a measurement came to: medians, ratio, bar, and one table of them all."""

import json
import os
import platform
import sqlite3
import statistics
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. ``bar`` None: told, not judged. ``ratio`` None: it could not be measured."""

    name: str
    ratio: float | None
    bar: float | None
    ours: str = ""
    """markdesk's figure with its unit."""
    floor: str = ""
    """What it is measured against, with its unit."""
    note: str = ""
    detail: dict[str, Any] = field(default_factory=dict)
    unit: str = "x"

    @property
    def verdict(self) -> str:
        if self.bar is None:
            return "" if self.ratio is not None else "not run"
        if self.ratio is None:
            return "NOT MET (not run)"
        return "met" if self.ratio <= self.bar else "NOT MET"


def pairs(name: str, ours: Sequence[float], floor: Sequence[float], bar: float | None, **more: Any) -> Row:
    """A row of paired times in milliseconds. The ratio is the median of the pairs' ratios."""
    ratios = [a / b for a, b in zip(ours, floor, strict=True)]
    of_medians = statistics.median(ours) / statistics.median(floor)
    detail = {
        "pairs": len(ratios),
        "ours_ms": summary(ours),
        "floor_ms": summary(floor),
        "ratio": summary(ratios),
        "ratio_of_medians": round(of_medians, 3),
        **more.pop("detail", {}),
    }
    return Row(name, statistics.median(ratios), bar, spread(ours), spread(floor), detail=detail, **more)


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    if len(values) < 2:
        return values[0], values[0], values[0]
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high


def spread(values: Sequence[float]) -> str:
    """``12.3 ms (11.8-13.0)``: the median and the middle half."""
    low, middle, high = quartiles(values)
    digits = 0 if middle >= 100 else 1 if middle >= 10 else 2
    return f"{middle:.{digits}f} ms ({low:.{digits}f}-{high:.{digits}f})"


def summary(values: Sequence[float]) -> dict[str, float]:
    low, middle, high = quartiles(values)
    told = {"median": middle, "q1": low, "q3": high, "min": min(values), "max": max(values)}
    return {name: round(value, 3) for name, value in told.items()}


def file_system(path: Path) -> str:
    """The kind of file system under a path: a commit costs nothing on a tmpfs, and that must be seen."""
    try:
        mounts = [line.split() for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return "unknown"
    real = str(path.resolve())
    fits = [m for m in mounts if real == m[1] or real.startswith(m[1].rstrip("/") + "/")]
    return max(fits, key=lambda mount: len(mount[1]))[2] if fits else "unknown"


def machine(folder: Path) -> dict[str, str]:
    """What the figures were taken on."""
    model = platform.processor() or platform.machine()
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    except OSError:
        pass
    try:
        textual = version("textual")
    except PackageNotFoundError:
        textual = "none"
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return {
        "processor": f"{os.cpu_count()} x {model}",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "textual": textual,
        "sqlite": sqlite3.sqlite_version,
        "files": file_system(folder),
        "load": f"{load:.2f}",
    }


def table(rows: Sequence[Row]) -> str:
    """The rows under one another, as wide as they need."""
    head = ("", "markdesk", "against", "ratio", "bar", "")
    cells = [head]
    for row in rows:
        ratio = "-" if row.ratio is None else f"{row.ratio:.2f}" if row.unit == "x" else f"{row.ratio:g} {row.unit}"
        bar = "" if row.bar is None else f"<= {row.bar:g}"
        cells.append((row.name, row.ours, row.floor, ratio, bar, row.verdict))
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    out: list[str] = []
    for number, line in enumerate(cells):
        out.append("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
        if number == 0:
            out.append("-" * (sum(widths) + 2 * (len(widths) - 1)))
        elif rows[number - 1].note:
            out += [f"    {text}" for text in rows[number - 1].note.splitlines()]
    return "\n".join(out)


def write_json(path: Path, told: dict[str, str], rows: Sequence[Row]) -> None:
    plain = {
        "schema": "markdesk/benchmarks/1",
        "machine": told,
        "rows": [{**asdict(row), "verdict": row.verdict} for row in rows],
    }
    path.write_text(json.dumps(plain, indent=1, default=str) + "\n", encoding="utf-8")


def say(text: str) -> None:
    """Progress, on stderr, so that stdout holds the table alone."""
    print(text, file=sys.stderr, flush=True)
