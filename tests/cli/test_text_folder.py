"""``markdesk data export`` and ``data import``: there and back, what is said, and what a refusal leaves."""

import os
import shutil
import signal
import stat
import time
from pathlib import Path

import pytest

from markdesk.config.known import known_desks
from tests.cli.conftest import Cli, assert_whole, rows
from tests.cli.kit import begin, ended
from tests.text_folder.copies import files_of, tables_of


@pytest.fixture
def desk(imported: Path) -> Path:
    """The file of a desk with two essays on it."""
    return Path(os.environ["MARKDESK_DB"])


def test_there_and_back_is_the_same_desk(cli: Cli, desk: Path, tmp_path: Path) -> None:
    cli("award", "okafor", "--scale", "main=17", "--comment", "Good [sic] \x1b[31m")
    first, again, second = tmp_path / "first", tmp_path / "again.db", tmp_path / "second"
    done = cli("data", "export", first)
    assert (done.code, done.out) == (0, f"{first}\n")
    assert "Private notes are in it" in done.err
    taken = cli("--db", again, "data", "import", first)
    assert (taken.code, taken.out) == (0, f"{again}\n")
    assert "1 assignment, 2 scripts" in taken.err
    assert "It is whole." in taken.err
    assert cli("--db", again, "data", "verify").code == 0
    cli("--db", again, "data", "export", second)
    assert files_of(second) == files_of(first)
    assert tables_of(again) == tables_of(desk)
    assert stat.S_IMODE(again.stat().st_mode) == 0o600
    assert cli("--db", again, "review", "student", "okafor", "--json").json["markings"][0]["total"] == 17


def test_json_says_what_was_done(cli: Cli, desk: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    first = cli("data", "export", target, "--json").json
    assert first == {
        "schema": "markdesk/data-export/1", "folder": str(target), "files": len(files_of(target)),
        "changes": first["changes"], "sources": True, "replaced": None, "kept": [],
    }  # fmt: skip
    (target / ".git").mkdir()
    cli("student", "add", "Late Comer", "--group", "13H")
    second = cli("data", "export", target, "--no-sources", "--json").json
    assert second["replaced"]["gone"] == 2  # the originals
    assert (second["kept"], second["sources"]) == ([".git/"], False)
    assert "It replaced an earlier export: 2 new, 2 changed, 0 gone." in cli("data", "export", target).err
    same = cli("data", "export", target)
    assert "It replaced an earlier export that was just the same." in same.err
    assert "Not of the export, and left where it was: .git/." in same.err
    taken = cli("--db", tmp_path / "again.db", "data", "import", target, "--json")
    assert taken.json == {
        "schema": "markdesk/data-import/1", "path": str(tmp_path / "again.db"), "changes": first["changes"] + 1,
        "assignments": 1, "scripts": 2, "ignored": [".git/"], "ok": True,
    }  # fmt: skip


def test_a_refusal_leaves_no_desk_behind(cli: Cli, desk: Path, tmp_path: Path) -> None:
    target, again = tmp_path / "copy", tmp_path / "again.db"
    cli("data", "export", target)
    (essay,) = (path for path in target.rglob("essay.txt") if "okafor" in str(path))
    good = essay.read_text()
    essay.write_text(good.replace("secure", "insecure"))
    refused = cli("--db", again, "data", "import", target)
    assert refused.code == 1
    assert "essay.txt is not the text that was exported" in refused.err
    essay.write_text(good)
    students = target / "students.toml"
    students.write_text(students.read_text().replace("Amara", "Samara"))  # only making the desk shows that
    assert "students.toml:5: student[1].given_name is 'Samara'" in cli("--db", again, "data", "import", target).err
    assert not again.exists()
    assert str(again) not in known_desks()
    students.write_text(students.read_text().replace("Samara", "Amara"))
    assert cli("--db", again, "data", "import", target).code == 0


def test_a_desk_that_holds_something_is_left_alone(cli: Cli, desk: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    cli("data", "export", target)
    before = tables_of(desk)
    refused = cli("data", "import", target)
    assert refused.code == 1
    assert "isn't empty" in refused.err
    assert tables_of(desk) == before
    assert "no folder" in cli("--db", tmp_path / "x.db", "data", "import", tmp_path / "nothing").err
    assert "is not empty" in cli("data", "export", desk.parent).err
    assert_whole(desk)


def test_an_empty_desk_takes_one_in_and_a_lost_one_is_not_made(cli: Cli, desk: Path, tmp_path: Path) -> None:
    from markdesk.bootstrap import open_store

    target, empty = tmp_path / "copy", tmp_path / "empty.db"
    cli("data", "export", target)
    open_store(empty, create=True).close()
    assert cli("--db", empty, "data", "import", target).code == 0
    assert_whole(empty)
    desk.unlink()
    refused = cli("data", "import", target)
    assert refused.code == 1
    assert "no longer there" in refused.err
    assert not desk.exists()


def test_a_desk_that_cannot_be_written_to_is_copied(
    cli: Cli, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("data", "export", tmp_path / "first")
    # To root nothing is read-only.
    monkeypatch.setattr("markdesk.store.sqlite.connection.os.access", lambda path, mode: False)
    assert cli("data", "info", "--json").json["read_only"]
    assert cli("data", "export", tmp_path / "second").code == 0
    assert files_of(tmp_path / "second") == files_of(tmp_path / "first")


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("wait", [0.0, 0.1, 0.2, 0.35])
def test_an_import_that_is_killed_leaves_a_desk_that_takes_it_in(
    cli: Cli, desk: Path, tmp_path: Path, wait: float
) -> None:
    target, again = tmp_path / "copy", tmp_path / "again.db"
    cli("data", "export", target)
    child = begin("--db", again, "data", "import", target)
    assert child.stdout is not None
    child.stdout.readline()
    time.sleep(wait)
    child.send_signal(signal.SIGKILL)
    ended(child)
    if again.exists():
        assert_whole(again)  # which also takes back what was half written
    if again.exists() and rows(again, "select 1 from log"):
        assert tables_of(again) == tables_of(desk)
    else:
        assert cli("--db", again, "data", "import", target).code == 0
    assert_whole(again)
    shutil.rmtree(target)
