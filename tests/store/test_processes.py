"""Several processes on one desk, and processes that die: nothing acknowledged is lost, nothing stays locked."""

import os
import random
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from markdesk.store.sqlite.store import SqliteStore
from tests.kit import SmallDesk, fill
from tests.seeds import SEED
from tests.store.conftest import Start, first_line

posix = pytest.mark.skipif(os.name == "nt", reason="POSIX signals")


def test_six_processes_make_one_desk(tmp_path: Path, start: Start) -> None:
    for turn in range(2):
        path = tmp_path / f"turn-{turn}" / "marks.db"
        children = [start("create", path) for _ in range(6)]
        ended = [(*child.communicate(timeout=60), child.returncode) for child in children]
        assert [(error, code) for _, error, code in ended] == [("", 0)] * 6
        store = SqliteStore(path)
        assert {told.strip() for told, _, _ in ended} == {store.uuid}
        assert store.verify().problems == ()
        store.close()
        assert [p.name for p in path.parent.iterdir()] == ["marks.db"]


def test_four_processes_lose_nothing(sqlite_desk: SmallDesk, start: Start) -> None:
    store = sqlite_desk.store
    assert isinstance(store, SqliteStore)
    children = [start("commit", store.path, f"p{n}", "50") for n in range(4)]
    ended = [(*child.communicate(timeout=120), child.returncode) for child in children]
    assert [(error, code) for _, error, code in ended] == [("", 0)] * 4
    told = {line for out, _, _ in ended for line in out.split()}
    assert len(told) == 200
    assert {student.id for student in store.students()} >= told
    found = store.verify()
    assert (found.changes, found.problems) == (201, ())


@posix
def test_a_second_process_is_told_who_holds_a_script_and_a_kill_frees_it(sqlite_desk: SmallDesk, start: Start) -> None:
    sqlite_desk.desk.know_marker()
    store, script, marker = sqlite_desk.store, sqlite_desk.scripts[0].id, sqlite_desk.desk.marker
    assert isinstance(store, SqliteStore)
    child = start("hold", store.path, script, marker.name)
    assert first_line(child) == "held"
    assert store.hold(script, marker.id) == f"Ms Test, process {child.pid}"
    marking_desk = sqlite_desk.open()
    marking_desk.give_mark("main", 3)  # the lock is an offer to windows; the revision is what guards
    child.send_signal(signal.SIGKILL)
    child.wait()
    held = store.hold(script, marker.id)
    assert not isinstance(held, str)
    other = start("hold", store.path, script, marker.name)
    assert first_line(other) == f"Ms Test, process {os.getpid()}"
    held.release()


def hot_journal(path: Path) -> bool:
    return path.with_name(path.name + "-journal").exists()


@posix
@pytest.mark.slow
@pytest.mark.seeded
def test_a_killed_process_loses_nothing_that_it_acknowledged(tmp_path: Path, start: Start) -> None:
    path = tmp_path / "marks.db"
    small = fill(SqliteStore(path, create=True))
    script, marker = small.scripts[0].id, small.desk.marker.id
    small.store.close()
    chance = random.Random(SEED)
    acknowledged: list[str] = []
    hot = 0
    for trial in range(25):
        child = start("annotate", path, script, f"t{trial}")
        acknowledged += [first_line(child) for _ in range(4)]  # so that a slow machine has something to lose too
        time.sleep(chance.uniform(0, 0.15))
        child.kill()
        assert child.stdout is not None
        acknowledged += child.stdout.read().split()  # communicate() would pass over what readline has fetched already
        hot += hot_journal(path)
        store = SqliteStore(path)
        marking = store.marking(script, marker)
        assert marking is not None
        lost = [one for one in acknowledged if marking.annotations.get(one) is None]
        problems = store.verify().problems
        store.close()
        assert (lost, problems) == ([], ()), f"seed {SEED}, trial {trial}"
        # At most the one act that was under way may be there without its acknowledgement.
        assert len(marking.annotations) - len(acknowledged) <= trial + 1, f"seed {SEED}, trial {trial}"
        assert marking.revision == len(marking.annotations)
    assert len(acknowledged) > 100, "a test in which little was written would pass with any store"
    print(f"seed {SEED}: {len(acknowledged)} acknowledged, {hot} of 25 kills left a journal to roll back")


@posix
def test_a_half_written_commit_is_taken_back(tmp_path: Path, start: Start) -> None:
    """A process dies between the write and the commit; the next one rolls it back, also when it only reads."""
    path = tmp_path / "marks.db"
    small = fill(SqliteStore(path, create=True))
    small.store.close()
    connection = sqlite3.connect(path)
    connection.execute("pragma cache_size = 1")
    connection.execute("pragma cache_spill = 1")
    pid = os.fork()
    if pid == 0:  # the child spills half a transaction into the file, then dies
        mine = sqlite3.connect(path, isolation_level=None)
        mine.execute("pragma cache_size = 5")
        mine.execute("begin immediate")
        mine.executemany("insert into essay values (?, ?, 1)", ((f"h{n}", "x" * 3000) for n in range(200)))
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(pid, 0)
    connection.close()
    assert hot_journal(path)
    store = SqliteStore(path)
    assert store.connection.execute("select count(*) from essay").fetchone()[0] == 2
    assert store.verify().problems == ()
    store.close()
