"""What is loaded when the first frame stands on a real terminal: nothing that the first frame doesn't need."""

import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from markdesk.core.ids import MarkerId
from markdesk.desk.ports import Overview
from markdesk.store.sqlite.store import SqliteStore
from tests.kit import child_environment
from tests.tui.desks import lay_out
from tests.tui.in_a_terminal import on_a_terminal
from tests.tui.seat import World

UNNEEDED = ("typer", "pydantic", "sqlite_utils", "jinja2", "mammoth", "selectolax", "rapidfuzz", "pypdf", "plotext")

CHILD = """
import json, os, sys
from textual.app import App
from markdesk.__main__ import main
told = os.environ["TOLD"]
painted = App._display
def display(self, screen, renderable):
    painted(self, screen, renderable)
    if not os.path.exists(told):
        with open(told, "w") as file:
            json.dump(sorted({name.partition(".")[0] for name in sys.modules}), file)
App._display = display
sys.argv = ["markdesk", *sys.argv[1:]]
sys.exit(main())
"""


def loaded_at_the_first_frame(told: Path, *argv: str, until: bytes = b"markdesk") -> set[str]:
    """The packages in a child's memory when it has painted once; closed with Ctrl+Q when it has said ``until``."""
    with on_a_terminal(CHILD, *argv, TOLD=str(told)) as (child, ours):
        said = b""
        deadline = time.monotonic() + 30
        quitting = False
        while child.poll() is None and time.monotonic() < deadline:
            if select.select([ours], [], [], 0.05)[0]:
                try:
                    said += ours.read(65536) or b""
                except OSError:  # the child has closed its end
                    break
            if told.exists() and until in said and not quitting:
                ours.write(b"\x11")
                quitting = True
        assert child.wait(timeout=10) == 0, said[-2000:]
    return set(json.loads(told.read_text()))


@pytest.mark.parametrize("way", ["bare", "bare --db", "demo", "demo --db"])
def test_nothing_that_the_first_frame_does_not_need_is_loaded(tmp_path: Path, nobodys_folders: Path, way: str) -> None:
    path = tmp_path / "marks.db"
    argv = tuple(way.replace("bare", "").replace("--db", f"--db {path}").split())
    if "demo" not in way:
        desk = path if "--db" in way else Path(os.environ["MARKDESK_DB"])
        desk.parent.mkdir(parents=True, exist_ok=True)
        lay_out(desk)
    else:
        loaded_at_the_first_frame(
            tmp_path / "first", *argv, until=b"Khrushchev"
        )  # the first time makes the sample desk
    loaded = loaded_at_the_first_frame(tmp_path / "told", *argv)
    assert {"textual", "sqlite3", "markdesk"} <= loaded, "the probe sees what is loaded"
    assert not loaded & set(UNNEEDED)


def test_a_new_demo_desk_is_whole_once_it_is_closed(tmp_path: Path, nobodys_folders: Path) -> None:
    path = tmp_path / "demo.db"
    loaded = loaded_at_the_first_frame(tmp_path / "told", "--db", str(path), "demo", until=b"Khrushchev")
    assert not loaded & {"typer", "pydantic", "jinja2", "mammoth", "selectolax"}
    store = SqliteStore(path)
    assert store.verify().problems == ()
    assert len(store.assignments()) == 15
    store.close()


@pytest.mark.parametrize("module", ["desk.bank", "desk.besides", "tui.widgets.reading_view"])
def test_an_essay_is_shown_without_what_is_asked_for_later(module: str) -> None:
    code = f"import sys, markdesk.tui.app, markdesk.tui.screens.marking; print('markdesk.{module}' in sys.modules)"
    child = subprocess.run(
        [sys.executable, "-c", code], env=child_environment(), capture_output=True, text=True, check=True
    )
    assert child.stdout.strip() == "False", "it is read when it is first asked for"


async def test_of_many_assignments_the_newest_are_counted_first(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int | None] = []
    overview = SqliteStore.overview

    def counting(store: SqliteStore, marker: MarkerId, counted: int | None = None) -> tuple[Overview, ...]:
        asked.append(counted)
        return overview(store, marker, counted)

    monkeypatch.setattr("markdesk.tui.opening.COUNTED_FIRST", 1)
    monkeypatch.setattr(SqliteStore, "overview", counting)
    async with world.sit() as seat:
        await seat.until(lambda: asked == [1, None])
        await seat.settle()
        assert sum(" of 3" in line for line in seat.lines) > 1
        assert not any(line.rstrip().endswith("…") and "of" not in line for line in seat.lines[3:-1])
