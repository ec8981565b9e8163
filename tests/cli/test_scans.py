"""``markdesk scan``: photographs and PDFs with handwritten scripts, from the command line down to the file."""

import json
import os
import sys
import tempfile
from pathlib import Path

import pytest

from tests.cli.conftest import HOSTILE, RUBRIC, Cli, assert_whole, rows
from tests.scanned import HTML, JPEG, a_bomb, a_pdf, said_by

SCANS = (
    "select st.family_name, sc.scans from script sc join student st on st.id = sc.student_id"
    " where sc.essay_hash is null order by sc.rowid"
)


@pytest.fixture
def mock(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk with three paper scripts in the order of the pile, and a folder with their scan."""
    (tmp_path / "pile.txt").write_text("Świderska, Łucja\nAmara Okafor\nFinn O’Connell\n", encoding="utf-8")
    done = cli("paper", "-a", "Mock", "--rubric", RUBRIC, "--group", "13H", "--names", tmp_path / "pile.txt")
    assert done.code == 0
    (tmp_path / "class.pdf").write_bytes(a_pdf(6))
    (tmp_path / "one.jpg").write_bytes(JPEG)
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def pages(db: Path) -> dict[str, list[tuple[int, int]]]:
    return {name: [(first, last) for _, _, first, last in json.loads(scans)] for name, scans in rows(db, SCANS)}


def test_a_scan_is_added_listed_and_taken_off(cli: Cli, mock: Path, db: Path) -> None:
    done = cli("scan", "add", "Mock/Okafor", "class.pdf", "one.jpg")
    assert (done.code, "Kept: 7 pages." in done.err) == (0, True)
    assert done.out.endswith("Amara Okafor  7 pages\n")
    assert pages(db)["Okafor"] == [(1, 6), (0, 0)]
    again = cli("scan", "add", "Mock/Okafor", "one.jpg", "--json")
    assert "Nothing changed for 1 file" in again.err
    assert again.json["added"] == 0
    assert [row[0] for row in rows(db, "select count(*) from source")] == [2]
    table = cli("scan", "list", "-a", "Mock")
    assert "class.pdf 1–6; one.jpg" in table.out
    assert "2 of 3 without a scan." in table.err
    assert cli("scan", "remove", "Mock/Okafor").code == 1
    assert cli("scan", "remove", "Mock/Okafor", "1").code == 0
    assert pages(db)["Okafor"] == [(0, 0)]
    assert_whole(db)


def test_a_class_is_shown_first_and_then_divided(cli: Cli, mock: Path, db: Path) -> None:
    dry = cli("scan", "split", "class.pdf", "-a", "Mock", "--pages", "2", "--dry-run")
    assert dry.code == 0
    assert [line.split()[:3] for line in dry.out.splitlines()[1:]] == [
        ["1–2", "Łucja", "Świderska"], ["3–4", "Amara", "Okafor"], ["5–6", "Finn", "O’Connell"],
    ]  # fmt: skip
    assert "would be divided among 3 scripts for 'Mock'" in dry.err
    assert "Nothing was written." in dry.err
    assert set(map(tuple, pages(db).values())) == {()}
    assert rows(db, "select count(*) from source") == [(0,)]
    done = cli("scan", "split", "class.pdf", "-a", "Mock")
    assert done.code == 0
    assert pages(db) == {"Świderska": [(1, 2)], "Okafor": [(3, 4)], "O’Connell": [(5, 6)]}
    assert rows(db, "select count(*) from source") == [(1,)], "kept once"
    assert "Nothing changed" in cli("scan", "split", "class.pdf", "-a", "Mock").err
    anew = cli("scan", "split", "class.pdf", "-a", "Mock", "--order", "name", "--dry-run")
    assert "had 5–6" in anew.out
    assert_whole(db)


def test_pages_that_do_not_come_out_are_refused_with_the_count(cli: Cli, mock: Path, db: Path) -> None:
    refused = cli("scan", "split", "class.pdf", "-a", "Mock", "--pages", "4")
    assert (refused.code, refused.out) == (1, "")
    assert "class.pdf has 6 pages; 3 scripts of 4 pages would be 12." in refused.err
    assert "--without NAME" in refused.err
    assert cli("scan", "split", "class.pdf", "-a", "Mock", "--pages", "3", "--without", "finn").code == 0
    assert pages(db)["O’Connell"] == []
    assert pages(db)["Okafor"] == [(4, 6)]


def test_a_list_divides_a_class(cli: Cli, mock: Path, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (mock / "pages.csv").write_text('student,first,last\n"Okafor, Amara",1,3\nŚwiderska,4,5\n', encoding="utf-8")
    done = cli("scan", "split", "class.pdf", "-a", "Mock", "--from", "pages.csv")
    assert done.code == 0, done.err
    assert "No pages for Finn O’Connell." in done.err
    assert "Nobody's: page 6." in done.err
    assert pages(db) == {"Świderska": [(4, 5)], "Okafor": [(1, 3)], "O’Connell": []}
    (mock / "wrong.csv").write_text("Okafor,1,3\nŚwiderska,3,9\n", encoding="utf-8")
    refused = cli("scan", "split", "class.pdf", "-a", "Mock", "--from", "wrong.csv")
    assert (refused.code, "Line 2 of the list: class.pdf has 6 pages, not 9." in refused.err) == (1, True)
    assert cli("scan", "split", "class.pdf", "-a", "Mock", "--from", "pages.csv", "--pages", "2").code == 2
    assert cli("scan", "split", "class.pdf", "-a", "Mock", "--order", "size").code == 2
    assert cli("scan", "split", "class.pdf", "-a", "Mock", "--pages", "0").code == 2


def test_while_names_are_hidden_nothing_says_whose_a_script_is(cli: Cli, mock: Path, db: Path) -> None:
    (mock / "Okafor Amara.jpg").write_bytes(JPEG)
    assert cli("scan", "split", "class.pdf", "-a", "Mock").code == 0
    assert cli("scan", "add", "Mock/Okafor", "Okafor Amara.jpg").code == 0
    cli("assignment", "names", "Mock", "--hide")
    ids = {row[0][-6:] for row in rows(db, "select id from script")}
    for argv in (("scan", "list", "-a", "Mock"), ("scan", "list", "-a", "Mock", "--json")):
        told = cli(*argv).out
        assert all(one in told for one in ids)
        assert not any(name in told for name in ("Okafor", "Amara", "Finn", "class.pdf", "3–4"))
    for option in ("--dry-run", "--json"):
        told = cli("scan", "split", "class.pdf", "-a", "Mock", option).out
        assert "Amara Okafor" in told
        assert not any(one in told for one in ids)


def test_what_is_no_scan_is_refused_and_nothing_is_written(cli: Cli, mock: Path, db: Path) -> None:
    (mock / "photo.jpg").write_bytes(HTML)
    (mock / "bomb.pdf").write_bytes(a_bomb())
    (mock / "locked.pdf").write_bytes(a_pdf(2, password="x"))
    (mock / "half.pdf").write_bytes(a_pdf(9)[:800])
    for name, told in (
        ("photo.jpg", "is a text and no scan"),
        ("bomb.pdf", "unpacks to more than a scan can be"),
        ("locked.pdf", "protected by a password"),
        ("half.pdf", "is damaged"),
        ("none.pdf", "There is no file"),
        (".", "is a folder"),
    ):
        refused = cli("scan", "add", "Mock/Okafor", "one.jpg", name)
        assert (refused.code, told in refused.err) == (1, True), refused.err
    assert cli("scan", "add", "Nobody", "one.jpg").code == 1
    assert cli("scan", "split", "one.jpg", "-a", "Mock").code == 1
    assert rows(db, "select count(*) from source") == [(0,)]
    assert_whole(db)


def test_a_file_of_a_hostile_name_is_only_shown(cli: Cli, mock: Path) -> None:
    path = mock / HOSTILE.replace("/", "∕")
    path.write_bytes(JPEG)
    assert cli("scan", "add", "Mock/Okafor", path).code == 0
    assert "␛" in cli("scan", "list", "-a", "Mock").out


def test_a_picture_that_is_imported_names_the_command(cli: Cli, mock: Path) -> None:
    refused = cli("import", "one.jpg", "-a", "Mock", "--student", "okafor")
    assert refused.code == 1
    assert "Keep it as a scan of a paper script: 'markdesk scan add SCRIPT FILE'." in refused.err


@pytest.mark.skipif(sys.platform != "linux", reason="the system's viewer is asked in another way")
def test_open_hands_a_private_copy_of_these_pages_to_the_system(
    cli: Cli, mock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = mock / "bin" / "xdg-open"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nprintf "%s" "$1" > {mock}/given\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":9")
    cli("scan", "split", "class.pdf", "-a", "Mock")
    done = cli("scan", "open", "Mock/Okafor")
    assert done.code == 0
    path = Path(done.out.strip())
    assert (mock / "given").read_text() == str(path)
    assert path.name.startswith("amara-okafor_")
    assert said_by(path.read_bytes()) == ["scan page 3", "scan page 4"]
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert "removed when markdesk is next opened" in done.err
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    alone = cli("scan", "open", "Mock/Okafor")
    assert alone.code == 1
    assert "It could not be opened: there is no screen here" in alone.err
    assert Path(alone.out.strip()).exists()
    assert cli("scan", "open", "Mock/Okafor", "2").code == 1
    assert "has no scan" in cli("scan", "remove", "Mock/Okafor", "9").err
