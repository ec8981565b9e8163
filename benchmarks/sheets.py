"""Rows ``sheets``: a class's mark sheets as PDF, against the library that draws them; and their memory.

markdesk's side begins with what is on the desk, and ends with files that are read back, written and synced: what stands
on each sheet, as data, the pages, every letter of them found again. ``floor_typst.py`` draws the same pages from the
same data. Each run is a process of its own, since Typst remembers what it has drawn.
"""

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import desks
from benchmarks.report import Row, pairs, say
from benchmarks.terminal import environment
from markdesk.bootstrap import make_desk
from markdesk.core.marksheet import MarkSheet
from markdesk.desk.sheets import each_sheet, given_entries
from markdesk.formats.sheets.student import Choice, student_sheet
from markdesk.store.sqlite.store import SqliteStore

MANY, CLASS, NOTES = 500, 30, 12
FILLED = 100
"""So many sheets fill what Typst keeps of what it has drawn: some 20 MB that don't grow any further."""
SINGLE, UNREAD, MERGED = "single", "unread", "merged"


def rows(folder: Path, count: int = 5) -> list[Row]:
    say(f"sheets: {CLASS} and {MANY} students, {NOTES} notes each")
    desk = desks.marked_class(folder / "class.db", CLASS, NOTES)
    many = desks.marked_class(folder / "many.db", MANY, NOTES)
    ready = {kind: _ready(folder / f"ready-{kind}", desk, kind) for kind in (SINGLE, MERGED)}
    ours: dict[str, list[float]] = {kind: [] for kind in (SINGLE, UNREAD, MERGED)}
    floor: dict[str, list[float]] = {kind: [] for kind in ready}
    for _ in range(count):
        for kind, times in ours.items():
            if kind in ready:
                floor[kind].append(_run(folder, "benchmarks.floor_typst", ready[kind])[0])
            times.append(_run(folder, "benchmarks.sheets", desk, kind, CLASS)[0])
    class_kb, few_kb, many_kb = (
        _run(folder, "benchmarks.sheets", many, SINGLE, number)[1] for number in (CLASS, FILLED, MANY)
    )
    return [
        pairs(f"{CLASS} sheets with {NOTES} notes / Typst alone", ours[SINGLE], floor[SINGLE], 1.5),
        pairs("the same, not read back", ours[UNREAD], floor[SINGLE], None),
        pairs("the same as one file for printing", ours[MERGED], floor[MERGED], 1.5),
        Row(
            f"memory: {MANY} sheets written / {FILLED} of them", many_kb / few_kb, 1.1,
            f"{many_kb / 1024:.0f} MB", f"{few_kb / 1024:.0f} MB",
            f"{CLASS} of them: {class_kb / 1024:.0f} MB, before Typst's own cache is full",
        ),
    ]  # fmt: skip


def _run(folder: Path, module: str, *given: object) -> list[float]:
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, given)], env=environment(folder), capture_output=True, check=True
    )
    return [float(word) for word in done.stdout.split()]


def _ready(folder: Path, desk: Path, kind: str) -> Path:
    """The templates, and the data of each file."""
    from markdesk.formats.documents import pdf

    folder.mkdir()
    for template in Path(pdf.__file__).parent.glob("*.typ"):
        shutil.copy(template, folder)
    documents = [student_sheet(sheet, Choice()) for sheet in _sheets(desk)]
    for number, batch in enumerate([documents] if kind == MERGED else [[one] for one in documents]):
        (folder / f"{number:03d}.json").write_text(json.dumps(pdf.data_of(batch)), encoding="utf-8")
    return folder


def _sheets(path: Path) -> tuple[MarkSheet, ...]:
    store = SqliteStore(path)
    try:
        desk = make_desk(store, desks.MARKER)
        assignment = store.assignments()[0]
        given, _ = given_entries(desk, assignment)
        return tuple(each_sheet(desk, assignment, given))
    finally:
        store.close()


def main() -> None:
    """Write so many sheets of a desk into a fresh folder; print the milliseconds and the kilobytes that it took."""
    kind, sheets = sys.argv[2], _sheets(Path(sys.argv[1]))
    chosen = sheets[: int(sys.argv[3])]
    with tempfile.TemporaryDirectory(dir=Path(sys.argv[1]).parent) as name:
        begun = time.perf_counter()
        from markdesk.formats.documents import pdf
        from markdesk.formats.safe_write import write_file

        for number, batch in enumerate([chosen] if kind == MERGED else [[sheet] for sheet in chosen]):
            documents = [student_sheet(sheet, Choice()) for sheet in batch]
            unread = kind == UNREAD
            content = pdf.set_pages(pdf.data_of(documents), [None])[0] if unread else pdf.write(documents)
            write_file(Path(name) / f"{number:03d}.pdf", content)
        print((time.perf_counter() - begun) * 1000, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


if __name__ == "__main__":
    main()
