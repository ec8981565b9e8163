"""Copies of scans for the system's viewer: private, named without harm, and gone afterwards."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from markdesk.core.scans import Pages
from markdesk.desk.scans import KeptScan
from markdesk.formats.viewing import FOLDER, Copies, SystemViewer, clear_left_overs
from tests.kit import child_environment
from tests.scanned import JPEG, a_pdf, said_by


@pytest.fixture(autouse=True)
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


class Opened:
    """An opener that opens nothing."""

    def __init__(self) -> None:
        self.paths: list[Path] = []

    def __call__(self, paths: Sequence[Path]) -> str:
        self.paths += paths
        return ""


def kept(content: bytes = JPEG, called: str = "Łucja Świderska", pages: Pages | None = None) -> KeptScan:
    return KeptScan(content, pages, called, "3f9a2c")


def test_a_copy_is_for_nobody_else_and_goes_at_the_end(temp: Path) -> None:
    opened = Opened()
    copies = Copies(opened)
    shown = copies.show([kept(a_pdf(5), pages=Pages(2, 3))])
    (path,) = opened.paths
    assert shown.paths == (str(path),)
    assert (path.name, said_by(path.read_bytes())) == ("lucja-swiderska_3f9a2c.pdf", ["scan page 2", "scan page 3"])
    assert path.parent.name.startswith(FOLDER)
    if os.name == "posix":
        assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    copies.close()
    assert list(temp.iterdir()) == []
    copies.close()


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("", "essay_3f9a2c.jpg"),
        ("../../etc/[x]", "etc-x_3f9a2c.jpg"),
        ("-rf", "rf_3f9a2c.jpg"),
        ("毛泽东", "essay_3f9a2c.jpg"),
    ],
)
def test_the_name_of_a_copy_tells_no_more_than_it_may(called: str, name: str) -> None:
    opened = Opened()
    copies = Copies(opened)
    copies.show([kept(called=called)])
    assert [path.name for path in opened.paths] == [name]
    copies.close()


def test_several_are_numbered_and_one_that_was_written_into_stays() -> None:
    opened = Opened()
    copies = Copies(opened)
    copies.show([kept(JPEG), kept(JPEG + b"2")])
    assert [path.name for path in opened.paths] == ["lucja-swiderska_3f9a2c-1.jpg", "lucja-swiderska_3f9a2c-2.jpg"]
    first = opened.paths[0]
    copies.show([kept(JPEG), kept(JPEG + b"2")])
    assert opened.paths[2] == first, "the same copy again"
    first.write_bytes(b"a remark of the teacher's")
    copies.show([kept(JPEG), kept(JPEG + b"2")])
    assert (opened.paths[4] != first, opened.paths[4].read_bytes()) == (True, JPEG)
    assert first.read_bytes() == b"a remark of the teacher's"
    copies.close()


def test_what_a_killed_program_left_goes_at_the_next_start(temp: Path) -> None:
    code = (
        "import os, sys, tempfile; tempfile.tempdir = sys.argv[1]\n"
        "from markdesk.formats.viewing import Copies; from markdesk.desk.scans import KeptScan\n"
        "copies = Copies(lambda paths: ''); shown = copies.show([KeptScan(b'\\xff\\xd8\\xff', None, 'A', '1')])\n"
        "print(shown.paths[0], flush=True); sys.stdin.read()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(temp)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=child_environment()
    )
    assert child.stdout is not None
    assert child.stdin is not None
    path = Path(child.stdout.readline().decode().strip())
    assert path.exists()
    (temp / "markdesk-scans-of-mine.txt").write_text("no folder")
    (temp / "markdesk-scans-empty").mkdir()
    (temp / "other").mkdir()
    clear_left_overs()
    assert path.exists(), "its program lives"
    child.kill()
    child.wait()
    child.stdout.close()
    child.stdin.close()
    clear_left_overs()
    assert not path.parent.exists()
    assert sorted(one.name for one in temp.iterdir()) == [
        "markdesk-scans-empty", "markdesk-scans-of-mine.txt", "other",
    ]  # fmt: skip


def test_a_link_is_not_followed(temp: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / ".lock").touch()
    (temp / f"{FOLDER}x").symlink_to(mine)
    clear_left_overs()
    assert mine.exists()


def test_copies_that_are_left_are_there_until_the_next_start(temp: Path) -> None:
    opened = Opened()
    copies = Copies(opened)
    copies.show([kept()])
    copies.leave()
    assert opened.paths[0].exists()
    clear_left_overs()
    assert list(temp.iterdir()) == []


if sys.platform == "linux":

    @pytest.fixture
    def viewer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """An ``xdg-open`` that notes what it is given; the exit code stands in a file beside it."""
        folder = tmp_path / "bin"
        folder.mkdir()
        program = folder / "xdg-open"
        program.write_text(f'#!/bin/sh\nprintf "%s|" "$#" "$@" >> {tmp_path}/given\nexit $(cat {tmp_path}/code)\n')
        program.chmod(0o755)
        (tmp_path / "code").write_text("0")
        monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
        monkeypatch.setenv("DISPLAY", ":99")
        return tmp_path / "given"

    def test_the_system_is_asked_without_a_shell(viewer: Path, tmp_path: Path) -> None:
        path = tmp_path / "a $(touch pwned) 'b'.pdf"
        assert SystemViewer()([path, tmp_path / "c.pdf"]) == ""
        assert viewer.read_text() == f"1|{path}|1|{tmp_path / 'c.pdf'}|"

    def test_without_a_viewer_or_a_screen_it_says_so(
        viewer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "code").write_text("3")
        assert SystemViewer()([tmp_path / "c.pdf"]) == "xdg-open found no program for it"
        monkeypatch.setenv("PATH", str(tmp_path))
        assert "xdg-open, which asks the system for a viewer, is not installed" in SystemViewer()([tmp_path / "c.pdf"])
        monkeypatch.delenv("DISPLAY")
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        assert "no screen here" in SystemViewer()([tmp_path / "c.pdf"])
