"""Processes that the tests start beside their own: ``python -m tests.store.children WHAT PATH …``. Without pytest."""

import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path

from markdesk.core.changes import StudentChanged
from markdesk.core.essay import Span
from markdesk.core.ids import ScriptId, StudentId
from markdesk.core.people import Student
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.store.sqlite.connection import immediate
from markdesk.store.sqlite.store import SqliteStore
from tests.kit import HARD_ESSAY, CountingIds, FixedClock, make_desk


def say(text: str) -> None:
    """One line that the test has before anything else happens."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def create(path: Path) -> None:
    say(SqliteStore(path, create=True).uuid)


def commit(path: Path, name: str, count: str) -> None:
    """Many steps on the desk itself."""
    store = SqliteStore(path, patience=30)
    desk = make_desk(store, FixedClock(), CountingIds(name))
    for n in range(int(count)):
        student = Student(StudentId(f"{name}-{n}"), name, str(n))
        desk.commit("student", "one more", (StudentChanged(None, student),))
        say(student.id)


def annotate(path: Path, script: str, prefix: str) -> None:
    """One annotation after another until somebody kills us; each is told once it is committed."""
    store = SqliteStore(path)
    desk = make_desk(store, FixedClock(), CountingIds(prefix))
    marking_desk = MarkingDesk(desk, store.entries(desk.marker.id, script_id=ScriptId(script))[0])
    before = {annotation.id for annotation in marking_desk.marking.annotations.values()}
    for n in range(100_000):
        start = n % (len(HARD_ESSAY.text) - 10)
        outcome = marking_desk.annotate(Span(start, start + 5), "K", f"comment {n}")
        (new,) = {annotation.id for annotation in outcome.marking.annotations.values()} - before
        before.add(new)
        say(new)


def hold(path: Path, script: str, name: str) -> None:
    store = SqliteStore(path)
    desk = make_desk(store, FixedClock(), CountingIds("child"), name)
    held = store.hold(ScriptId(script), desk.marker.id)
    say(held if isinstance(held, str) else "held")
    time.sleep(60)


def lock(path: Path, seconds: str) -> None:
    """Hold the whole file, as another program might."""
    connection = sqlite3.connect(path, isolation_level=None)
    with immediate(connection):
        connection.execute("pragma user_version = 1")
        connection.execute("create table in_the_way (x)")
        say("locked")
        time.sleep(float(seconds))
        connection.execute("drop table in_the_way")


def exclude(path: Path, seconds: str) -> None:
    """Let nobody even read, as at the moment of a commit on a slow disk."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("begin exclusive")
    say("excluding")
    time.sleep(float(seconds))
    connection.execute("rollback")


def read(path: Path, seconds: str) -> None:
    """A long look at the file, as a check or a copy takes."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("begin")
    connection.execute("select count(*) from log").fetchone()
    say("reading")
    time.sleep(float(seconds))
    connection.execute("rollback")
    say("done")


if __name__ == "__main__":
    what, path, *more = sys.argv[1:]
    acts: dict[str, Callable[..., None]] = {
        "create": create,
        "commit": commit,
        "annotate": annotate,
        "hold": hold,
        "lock": lock,
        "exclude": exclude,
        "read": read,
    }
    acts[what](Path(path), *more)
