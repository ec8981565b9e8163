"""``python -m benchmarks``: measure, and print one table. It reports and never judges: the exit code is always 0."""

import argparse
import os
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from benchmarks import (
    anchors,
    bank,
    command_line,
    drift,
    evening,
    fidelity,
    finish,
    imports,
    keypath,
    keys,
    kill,
    past_marks,
    plots,
    save,
    search,
    sheets,
    start,
)
from benchmarks.report import Row, machine, say, table, write_json

GROUPS: dict[str, Callable[[Path, argparse.Namespace], list[Row]]] = {
    "cursor": lambda folder, given: keypath.cursor(folder, given.pairs),
    "stamp": lambda folder, given: keypath.stamp(folder, given.pairs),
    "finish": lambda folder, given: finish.rows(folder, given.pairs),
    "bank": lambda folder, given: bank.rows(folder, given.pairs),
    "past": lambda folder, given: past_marks.rows(folder, given.pairs, given.starts),
    "plots": lambda folder, given: plots.rows(folder, given.starts, given.pairs // 2),
    "search": lambda folder, given: search.rows(folder, given.pairs),
    "start": lambda folder, given: start.rows(folder, given.starts),
    "save": lambda folder, given: save.save(folder),
    "help": lambda folder, given: command_line.rows(folder),
    "keys": lambda folder, given: keys.rows(folder),
    "evening": lambda folder, given: evening.rows(folder),
    "imports": lambda folder, given: imports.rows(folder),
    "sheets": lambda folder, given: sheets.rows(folder),
    "fidelity": lambda folder, given: fidelity.rows(),
    "anchors": lambda folder, given: anchors.rows(),
    "drift": lambda folder, given: drift.rows(),
    "kill": lambda folder, given: kill.rows(folder, given.kills),
    "self": lambda folder, given: keypath.floors_alone(folder, given.pairs),
}
"""What can be measured. ``self`` runs only when asked for: it measures the harness."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "groups", nargs="*", metavar="GROUP", help=f"one or more of: {', '.join(GROUPS)} (default: all)"
    )
    parser.add_argument("--pairs", type=int, default=60, help="key presses of each program (default 60)")
    parser.add_argument("--starts", type=int, default=15, help="starts of each program (default 15)")
    parser.add_argument("--kills", type=int, default=40, help="killed sessions (default 40)")
    parser.add_argument("--folder", type=Path, help="where the desks are made (default: a temporary folder)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write everything measured to FILE")
    given = parser.parse_args()
    unknown = [name for name in given.groups if name not in GROUPS]
    if unknown:
        parser.error(f"no such group: {', '.join(unknown)}")
    chosen = given.groups or [name for name in GROUPS if name != "self"]
    begun = time.monotonic()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="benchmarks-", dir=given.folder) as name:
        folder = Path(name)
        told = machine(folder)
        # This process opens desks too; it must not write to anybody's home.
        os.environ.update({f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in ("DATA", "CONFIG", "STATE")})
        for group in chosen:
            own = folder / group
            own.mkdir()
            try:
                rows += GROUPS[group](own, given)
            except Exception as error:  # one group that fails must not take the others with it
                say("".join(traceback.format_exception(error)))
                rows.append(Row(f"{group}: could not be measured", None, None, note=str(error)[:400]))
    print(" · ".join(f"{name} {value}" for name, value in told.items()))
    print(table(rows))
    print(f"medians, in brackets the middle half; ratios are of pairs · {time.monotonic() - begun:.0f} s")
    if given.json:
        write_json(given.json, told, rows)


if __name__ == "__main__":
    main()
