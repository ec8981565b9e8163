"""A handwritten script with its scan: said in the head of the pad and in the list, opened by a key."""

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from markdesk.desk.desk import find_script
from markdesk.desk.queueing import QueueActs
from markdesk.desk.scans import ScanFile, add_scans
from markdesk.store.sqlite.store import SqliteStore
from tests.kit import child_environment
from tests.scanned import JPEG, a_pdf
from tests.tui.desks import HOLISTIC, lay_out, script_id
from tests.tui.seat import World

FILES = Path(__file__).parents[1] / "formats" / "files"
PDF = ScanFile("Okafor.pdf", a_pdf(3), "pdf", 3)


@pytest.fixture
def paper(tmp_path: Path) -> World:
    return lay_out(tmp_path / "marks.db", (HOLISTIC,), essays=(None, None, None))


def keep(world: World, place: int, *files: ScanFile) -> None:
    """Add files to a script, as another window would."""
    store = SqliteStore(world.path)
    desk = world.desk(store)
    add_scans(desk, find_script(desk, script_id(HOLISTIC, place)), files)
    store.close()


def hide_names(world: World) -> None:
    store = SqliteStore(world.path)
    desk = world.desk(store)
    QueueActs(desk).hide_names(store.assignments()[0], True)
    store.close()


@pytest.mark.parametrize("key", ["ctrl+right_square_bracket", "insert"])
async def test_the_head_tells_of_a_scan_and_a_key_opens_it(paper: World, key: str) -> None:
    keep(paper, 1, PDF, ScanFile("last.jpg", JPEG, "jpg", 0))
    async with paper.sit(HOLISTIC) as seat:
        assert "Ctrl+] scan: 4 pages   ↓ paragraph   PgDn page" in seat.text
        await seat.press(key)
        assert [(one.content, one.called) for one in paper.viewer.shown] == [
            (PDF.content, "Amara Okafor"), (JPEG, "Amara Okafor"),
        ]  # fmt: skip
        assert seat.foot.startswith("The scan is open beside markdesk: 4 pages")
        await seat.press("k")
        assert seat.rows("select code, exact from annotation") == [("K", "p1 ¶1")], "and marking goes on"


async def test_without_a_scan_it_says_how_to_keep_one(paper: World) -> None:
    async with paper.sit(HOLISTIC) as seat:
        assert "scan:" not in seat.text
        await seat.press("insert")
        assert paper.viewer.shown == []
        entry = script_id(HOLISTIC, 1)[-6:]
        assert f"Amara Okafor's essay has no scan. 'markdesk scan add {entry} FILE' keeps one." in seat.spoken


async def test_one_that_comes_while_it_is_marked_is_found_by_the_key(paper: World) -> None:
    async with paper.sit(HOLISTIC) as seat:
        keep(paper, 1, PDF)
        await seat.press("insert")
        assert len(paper.viewer.shown) == 1
        assert "scan: 3 pages" in seat.text
        await seat.press("4", "enter")
        assert seat.rows("select mark from award") == [(18,)]
    assert paper.one("select count(*) from script where scans <> '[]'") == 1


async def test_where_no_program_shows_it_the_copy_is_named(paper: World) -> None:
    keep(paper, 1, PDF)
    paper.viewer.trouble = "xdg-open is not installed"
    async with paper.sit(HOLISTIC, size=(80, 24)) as seat:
        assert "PgDn page" in seat.lines[1]
        await seat.press("insert")
        assert "could not be opened: xdg-open is not installed" in seat.spoken
        assert "scan-1.pdf" in seat.spoken


async def test_while_names_are_hidden_the_copy_has_none(paper: World) -> None:
    keep(paper, 1, PDF)
    hide_names(paper)
    async with paper.sit(script=script_id(HOLISTIC, 1)) as seat:
        await seat.press("insert")
        assert [one.called for one in paper.viewer.shown] == [""]
        assert "Okafor" not in seat.text


async def test_the_list_says_where_there_is_one(paper: World) -> None:
    keep(paper, 2, PDF)
    async with paper.sit(HOLISTIC) as seat:
        await seat.press("escape")
        rows = [line.replace("▌", " ").split() for line in seat.lines if " to mark" in line]
        told = {row[1]: "scan" if "scan" in row else "paper" for row in rows if {"scan", "paper"} & set(row)}
        assert told == {"Amara": "paper", "Łucja": "scan", "Finn": "paper"}


async def test_while_words_are_typed_the_key_opens_nothing(paper: World) -> None:
    keep(paper, 1, PDF)
    async with paper.sit(HOLISTIC) as seat:
        await seat.press("E")
        await seat.press("insert", "ctrl+right_square_bracket")
        await seat.type("why?")
        await seat.press("escape")
        assert paper.viewer.shown == []
        assert seat.one("select comment from annotation") == "why?"


@pytest.mark.parametrize(
    ("name", "content"), [("IMG_1.jpg", JPEG), ("scan.pdf", FILES.joinpath("scan.pdf").read_bytes())]
)
async def test_what_is_imported_and_is_a_scan_names_the_way_to_keep_it(
    paper: World, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    async with paper.sit(HOLISTIC) as seat:
        await seat.press("escape", "i", "/")
        await seat.type(str(tmp_path / name))
        await seat.press("enter")
        await seat.until(lambda: "1 refused" in seat.text)
        assert "Keep it as a scan of a paper script: 'markdesk scan add SCRIPT FILE'." in seat.spoken
    assert paper.rows("select * from source") == []


async def test_the_palette_has_it(paper: World) -> None:
    keep(paper, 1, PDF)
    async with paper.sit(HOLISTIC) as seat:
        await seat.press("ctrl+p")
        await seat.type("look at the scan")
        await seat.until(lambda: "Of a handwritten script" in seat.text)
        await seat.press("enter")
        await seat.until(lambda: paper.viewer.shown)


if sys.platform == "linux":

    def test_on_a_real_terminal_the_system_opens_a_copy_that_goes_at_the_end(paper: World, tmp_path: Path) -> None:
        import pty

        keep(paper, 1, PDF)
        temp, program = tmp_path / "temp", tmp_path / "bin" / "xdg-open"
        temp.mkdir()
        left = temp / "markdesk-scans-left"
        left.mkdir()
        (left / ".lock").touch()
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nprintf "%s" "$1" > {tmp_path}/part\nmv {tmp_path}/part {tmp_path}/given\n')
        program.chmod(0o755)
        path = f"{program.parent}:{os.environ['PATH']}"
        ours, theirs = pty.openpty()
        given = tmp_path / "given"
        child = subprocess.Popen(
            [sys.executable, "-m", "markdesk", "--db", str(paper.path), "mark", "okafor"],
            stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
            env={
                **child_environment(), "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30", "DISPLAY": ":9",
                "PATH": path, "TMPDIR": str(temp),
            },
        )  # fmt: skip
        os.close(theirs)
        said = b""
        wanted = [(b"scan: 3 pages", b"\x1d"), (b"open beside", b"\x11")]
        """What is waited for, and the key that is pressed then."""
        try:
            deadline = time.monotonic() + 60
            while child.poll() is None and time.monotonic() < deadline:
                if select.select([ours], [], [], 0.05)[0]:
                    try:
                        said += os.read(ours, 65536)
                    except OSError:  # the child has closed its end
                        break
                if wanted and wanted[0][0] in said:
                    if len(wanted) == 1:
                        copy = Path(given.read_text())
                        assert copy.read_bytes() == PDF.content
                        assert copy.parent.parent == temp
                    os.write(ours, wanted.pop(0)[1])
            assert child.wait(timeout=10) == 0, said[-2000:]
        finally:
            child.kill()
            child.wait()
            os.close(ours)
        assert wanted == []
        assert list(temp.iterdir()) == [], "its own copy, and what a killed program left"
