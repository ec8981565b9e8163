"""What the program finds around it: closed and full streams, a full disk, Ctrl+C, other processes, odd desks."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from markdesk.__main__ import unraisable
from markdesk.cli.main import run
from markdesk.store.sqlite import connection
from tests.cli.conftest import ESSAY, RUBRIC, Cli, assert_whole, rows
from tests.cli.kit import begin, ended, environment, many
from tests.seeds import SEED

NEW = ("-a", "Henry VII", "--rubric", RUBRIC)
DEV_FULL = Path("/dev/full")
posix = pytest.mark.skipif(os.name == "nt", reason="POSIX signals, streams and limits")


def shell(line: str) -> tuple[int, str, str]:
    """A line as a shell runs it, with ``markdesk`` for the program."""
    done = subprocess.run(
        ["bash", "-c", f'set -o pipefail; markdesk() {{ {sys.executable} -m markdesk "$@"; }}; {line}'],
        capture_output=True,
        env=environment(),
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@posix
@pytest.mark.skipif(not DEV_FULL.exists(), reason="no /dev/full here")
@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("markdesk student list >&-", 1, "standard output is closed"),
        ("markdesk student list > /dev/full", 1, "can't be written: No space left"),
        (f"markdesk rubric show {RUBRIC} --json > /dev/full", 1, "can't be written: No space left"),
        ("markdesk export marks -a Henry > /dev/full", 1, "can't be written: No space left"),
        ("markdesk --version > /dev/full", 1, "can't be written: No space left"),
        ("markdesk --version >&-", 1, "standard output is closed"),
        ("markdesk --help > /dev/full", 1, "No space left"),
        ("markdesk --help | true", 0, ""),
        (f"markdesk rubric show {RUBRIC} | head -n 1", 0, ""),
        ("markdesk nonsense 2>&-", 2, ""),
        ("markdesk nonsense 2> /dev/full", 2, ""),
        ("markdesk student list > /dev/full 2> /dev/full", 1, ""),
        ("markdesk award okafor --comment - <&-", 2, "standard input, and that is closed"),
        ("markdesk mark okafor <&-", 2, "need a terminal"),
        ("markdesk student list <&-", 0, ""),
    ],
)
def test_streams_that_are_closed_or_full(imported: Path, line: str, code: int, told: str) -> None:
    done = shell(line)
    assert (done[0], told in done[2], len(done[2].splitlines())) == (code, True, int(bool(told))), done


@posix
@pytest.mark.skipif(not DEV_FULL.exists(), reason="no /dev/full here")
@pytest.mark.parametrize("streams", ["2>&-", "2> /dev/full", "2> >(true)", ">&- 2>&-", "> /dev/full 2> /dev/full"])
def test_what_was_asked_is_done_though_nobody_can_be_told(imported: Path, db: Path, streams: str) -> None:
    code, _, _ = shell(f"markdesk award okafor --scale main=17 --comment 'Fair.' --finish {streams}")
    assert code == (1 if streams.startswith(">") else 0)
    assert rows(db, "select status from marking") == [("complete",)]
    assert rows(db, "select text from feedback") == [("Fair.",)]
    assert_whole(db)


@contextmanager
def small_files(size: int) -> Iterator[None]:
    """No file of this process may grow beyond so many bytes: what a full disk is to it."""
    import resource  # here, since Windows has none

    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


@posix
def test_a_disk_that_is_full(cli: Cli, imported: Path, db: Path, tmp_path: Path) -> None:
    cli("award", "okafor", "--scale", "main=17", "--finish")
    sheets = tmp_path / "sheets"
    assert cli("export", "sheets", "-a", "Henry", "--to", sheets, "--format", "md").code == 0
    assert cli("export", "marks", "-a", "Henry", "--to", tmp_path / "m.csv").code == 0
    cli("award", "okafor", "--target", "Another sheet.")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    (imported / "Raman Dev.txt").write_text("Dev writes. " * 5000)
    for argv, code in (
        (("import", imported / "Raman Dev.txt", "-a", "Henry VII", "--create-students"), 3),
        (("import", imported, *NEW, "--db", tmp_path / "new.db"), 3),
        (("award", "okafor", "--scale", "main=3", "--comment", "x" * 9000, "--finish"), 3),
        (("data", "backup", "--to", tmp_path / "copy.db"), 3),
        (("export", "sheets", "-a", "Henry", "--to", sheets, "--format", "md", "--force"), 1),
        (("export", "marks", "-a", "Henry", "--to", tmp_path / "m.csv", "--force"), 1),
        (("export", "annotations", "-a", "Henry", "--to", tmp_path / "n.jsonld"), 1),
    ):
        with small_files(100):
            done = cli(*argv)
        assert (done.code, len(done.err.splitlines())) == (code, 1 + argv[:2].count("sheets")), (argv, done.err)
        now = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".txt"}
        assert now == {path: content for path, content in before.items() if path.suffix != ".txt"}, argv
    assert_whole(db)


def test_ctrl_c_is_told_from_a_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], imported: Path
) -> None:
    from markdesk.desk import student_view

    def interrupted(*_: object) -> None:
        # While a class is made, Python 3.11 turns Ctrl+C into this.
        raise RuntimeError("Error calling __set_name__") from KeyboardInterrupt()

    monkeypatch.setattr(student_view, "student_view", interrupted)
    capsys.readouterr()
    assert run(["review", "student", "okafor"]) == 130
    for kind, is_silent in ((KeyboardInterrupt, True), (ValueError, False)):
        told: list[object] = []
        monkeypatch.setattr(sys, "__unraisablehook__", told.append)
        unraisable(SimpleNamespace(exc_type=kind))
        assert bool(told) is not is_silent
    assert capsys.readouterr() == ("", "")


@posix
@pytest.mark.slow
@pytest.mark.seeded
@pytest.mark.parametrize("what", ["import", "import again", "export"])
def test_ctrl_c_at_any_moment(cli: Cli, tmp_path: Path, db: Path, what: str) -> None:
    """Twenty trials each, the whole process group at once, as a terminal does it."""
    folder = tmp_path / "essays"
    folder.mkdir()
    names = ("Abbot", "Baker", "Cole", "Dyer", "Ellis", "Ford")
    for name in names:
        (folder / f"{name} Ann.txt").write_text(f"{name} thinks so.\n\n{ESSAY}")
    (folder / "Gale Ann.html").write_text(f"<html><body><p>{ESSAY}</p></body></html>")  # read by a child process
    chance = random.Random(SEED)
    ends: list[int] = []
    assert cli("import", folder, *NEW).code == 0
    for name in names:
        assert cli("award", name, "--scale", "main=17", "--finish").code == 0
        assert cli("annotate", name, "--paragraph", "2", "--code", "E").code == 0
    for trial in range(20):
        here = tmp_path / f"trial-{trial}"
        here.mkdir()
        desk = here / "marks.db"
        if what != "import":
            shutil.copy(db, desk)
        if what == "import again":
            for name in names:
                (folder / f"{name} Ann.txt").write_text(f"Trial {trial}.\n\n{ESSAY}")
        argv = (
            ("export", "sheets", "-a", "Henry", "--to", here / "out", "--format", "md")
            if what == "export"
            else ("import", folder, *NEW)
        )
        child = begin(*argv, "--db", desk, start_new_session=True)
        assert child.stdout is not None
        assert child.stdout.readline() == b"begun\n"
        time.sleep(chance.uniform(0.02, 0.6 if what == "import" else 0.45))  # past the word "begun" itself
        os.killpg(child.pid, signal.SIGINT)
        code, _, err = ended(child)
        ends.append(code)
        told = f"seed {SEED}, trial {trial}: {code} {err}"
        assert code in (0, 130), told
        assert "Traceback" not in err, told
        assert "Error" not in err, told
        left = {path.name for path in here.iterdir()} - {"marks.db", "marks.db.holds", "out"}
        assert left == set(), told
        for sheet in (here / "out").glob("*") if (here / "out").exists() else ():
            assert sheet.suffix == ".md", told
            text = sheet.read_text()
            assert "large extent." in text, told
            assert text.rstrip().splitlines()[-1].startswith("Henry"), told  # the foot of a whole sheet
        if desk.exists():
            assert_whole(desk)
            count, versions = rows(desk, "select count(*), count(distinct version) from script")[0]
            assert count in ((0, 7) if what == "import" else (7,)), told
            if what == "import again":
                assert versions in (1, 2), told
                changed = rows(desk, "select count(*) from script where version = 2")[0][0]
                moved = rows(
                    desk,
                    "select count(*) from marking m join script s on s.id = script_id"
                    " where m.essay_hash = s.essay_hash and version = 2",
                )[0][0]
                assert (changed, moved) in ((0, 0), (6, 6)), told
    assert 130 in ends, f"seed {SEED}: a test in which nothing was interrupted would pass with any program"
    print(f"seed {SEED}: {what}: {ends.count(130)} of 20 were interrupted")


def test_a_desk_that_another_program_keeps_locked(
    cli: Cli, imported: Path, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection.patiently, "__defaults__", (0.3, ()))
    other = sqlite3.connect(db, isolation_level=None)
    for lock, argv in (
        ("begin exclusive", ("student", "list")),
        ("begin exclusive", ("import", str(imported), "-a", "Henry VII")),
    ):
        other.execute(lock)
        done = cli(*argv)
        other.execute("rollback")
        assert (done.code, "another program is writing to it" in done.err) == (3, True)
        assert "try again" in done.err
    other.close()
    assert cli("student", "list").code == 0
    assert_whole(db)


def test_a_desk_that_may_only_be_read(cli: Cli, imported: Path, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = db.read_bytes()
    (imported / "hartley-ben.md").write_text("Another text.")
    monkeypatch.setattr(os, "access", lambda *_: False)  # modes mean nothing to root, who may run this
    assert cli("student", "list").code == 0
    assert cli("data", "verify").code == 0
    assert cli("export", "marks", "-a", "Henry").code == 0
    assert cli("import", imported / "Okafor Amara.txt", "-a", "Henry VII").code == 0
    assert cli("data", "info", "--json").json["read_only"] is True
    refused: list[tuple[str, ...]] = [
        ("award", "okafor", "--scale", "main=3"),
        ("annotate", "okafor", "--paragraph", "1", "--code", "E"),
        ("import", str(imported), "-a", "Henry VII"),
    ]
    for argv in refused:
        done = cli(*argv)
        assert (done.code, "is read-only: nothing can be saved" in done.err) == (3, True)
    assert db.read_bytes() == before


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
def test_half_a_desk(cli: Cli, imported: Path, db: Path, tmp_path: Path, kept: float) -> None:
    half = tmp_path / "half.db"
    half.write_bytes(db.read_bytes()[: int(db.stat().st_size * kept)])
    before = half.read_bytes()
    for argv in (("student", "list"), ("award", "okafor", "--scale", "main=3"), ("import", str(imported), *NEW)):
        done = cli(*argv, "--db", half)
        assert (done.code, "is damaged" in done.err, done.out) == (1, True, "")
    found = cli("data", "verify", "--json", "--db", half)
    assert (found.code, found.json["ok"], len(found.json["problems"])) == (1, False, 1)
    assert half.read_bytes() == before


def test_an_award_is_whole_or_not_at_all(cli: Cli, imported: Path, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from markdesk.core.errors import StoreUnavailable
    from markdesk.desk.marking_desk import MarkingDesk

    before = rows(db, "select * from log")

    def full(*_: object) -> None:
        raise StoreUnavailable("the disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(MarkingDesk, "write_feedback", full)
        assert cli("award", "okafor", "--scale", "main=17", "--ebi", "weigh", "--finish").code == 3
    assert rows(db, "select * from log") == before
    assert rows(db, "select * from award") == []
    assert cli("award", "okafor", "--scale", "main=17", "--ebi", "weigh", "--finish").code == 0
    assert_whole(db)


def test_an_import_is_whole_or_not_at_all(cli: Cli, imported: Path, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from markdesk.desk import moving

    cli("award", "okafor", "--scale", "main=17")
    cli("annotate", "okafor", "--paragraph", "2", "--code", "E")
    before = rows(db, "select * from log"), rows(db, "select * from script"), rows(db, "select * from essay")
    (imported / "Okafor Amara.txt").write_text(f"Before it.\n\n{ESSAY}")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(moving, "_move", interrupted)
        assert run(["import", str(imported), "-a", "Henry VII"]) == 130
    assert (rows(db, "select * from log"), rows(db, "select * from script"), rows(db, "select * from essay")) == before
    assert cli("import", imported, "-a", "Henry VII").code == 0
    assert rows(db, "select version from script order by version") == [(1,), (2,)]
    assert rows(db, "select count(*) from annotation where start is not null") == [(1,)]
    assert_whole(db)


def test_four_imports_at_one_time(tmp_path: Path, db: Path) -> None:
    """Into a desk that isn't there yet: half of each process's files are its own, half are everybody's."""
    children = []
    for process in "abcd":
        commands = []
        for n in range(25):
            letters = f"{chr(97 + n)}zz"
            for name in (f"{process}x{letters} Own", f"{letters} Shared"):
                folder = tmp_path / process / str(n)
                folder.mkdir(parents=True, exist_ok=True)
                (folder / f"{name}.txt").write_text(f"{name} writes.")
                commands.append(("import", folder / f"{name}.txt", *NEW, "--group", "13H", "--create-students"))
        children.append(many(commands))
    for child in children:
        code, _, err = ended(child)
        assert code == 0, err
        assert "repeat" not in err
    assert rows(db, "select count(*) from assignment") == [(1,)]
    assert rows(db, "select count(*), max(version) from script") == [(125, 1)]
    assert rows(db, "select count(*) from student") == [(125,)]
    assert rows(db, "select count(*) from membership") == [(125,)]
    assert_whole(db)


def test_four_markers_of_one_name_at_one_time(imported: Path, db: Path) -> None:
    """All of them new to the desk, all on one script: 200 notes, none lost, nobody told to try again."""
    children = [
        many([
            ("annotate", "okafor", "--paragraph", "1", "--comment", f"{process} {n}", "--marker", "Mr Twice")
            if n % 2 else ("award", "okafor", "--scale", f"main={n % 20}", "--marker", "Mr Twice")
            for n in range(50)
        ])
        for process in "abcd"
    ]  # fmt: skip
    for child in children:
        code, _, err = ended(child)
        assert code == 0, err
    assert rows(db, "select name from marker order by 1") == [("Mr Twice",), ("Ms Lee",)]
    assert rows(db, "select count(distinct comment) from annotation") == [(100,)]
    assert len(rows(db, "select * from marking")) == 1
    assert_whole(db)


def test_a_script_in_use_for_a_moment_is_waited_for(imported: Path, cli: Cli, db: Path) -> None:
    from markdesk import bootstrap
    from markdesk.desk.desk import find_script

    cli("award", "okafor", "--scale", "main=17")
    store = bootstrap.open_store(db)
    desk = bootstrap.make_desk(store, "Ms Lee")
    hold = store.hold(find_script(desk, "okafor").script.id, desk.marker.id)
    assert not isinstance(hold, str)
    later = threading.Timer(0.3, hold.release)
    later.start()
    done = cli("award", "okafor", "--scale", "main=18")
    later.join()
    store.close()
    assert (done.code, rows(db, "select mark from award")) == (0, [(18,)])
