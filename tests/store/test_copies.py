"""A copy is the whole desk and is checked; what is deleted is gone from the bytes."""

import sqlite3
from pathlib import Path

import pytest

from markdesk.core.changes import GroupChanged
from markdesk.core.errors import StoreRefused, StoreUnavailable
from markdesk.core.essay import Span
from markdesk.core.ids import GroupId
from markdesk.core.people import TeachingGroup
from markdesk.store.sqlite.connection import immediate
from markdesk.store.sqlite.store import SqliteStore
from tests.kit import SmallDesk

SECRET = "Zyxwvut Qponmlk"


def test_a_copy_is_a_desk_of_the_same_content(sqlite_desk: SmallDesk, tmp_path: Path) -> None:
    desk = sqlite_desk.open()
    desk.annotate(Span(0, 5), "K", "why?")
    desk.keep_draft("comment", "half a comment")
    store = sqlite_desk.store
    assert isinstance(store, SqliteStore)
    target = tmp_path / "copies.db"
    store.backup(target)
    copy = SqliteStore(target)
    assert list(copy.connection.iterdump()) == list(store.connection.iterdump())
    assert copy.verify() == store.verify()
    assert copy.uuid == store.uuid
    assert copy.marking(desk.entry.script.id, sqlite_desk.desk.marker.id) == desk.marking
    copy.close()
    desk.give_mark("main", 3)
    assert SqliteStore(target).marking(desk.entry.script.id, sqlite_desk.desk.marker.id) != desk.marking
    assert not target.with_name("copies.db-journal").exists()


def test_a_copy_goes_over_nothing_and_leaves_nothing_half_made(sqlite_desk: SmallDesk, tmp_path: Path) -> None:
    store = sqlite_desk.store
    with pytest.raises(StoreRefused, match=r"marks\.db"):
        store.backup(tmp_path / "marks.db")
    with pytest.raises(StoreUnavailable, match="nowhere"):
        store.backup(tmp_path / "nowhere" / "copy.db")
    assert store.verify().problems == ()
    assert [path.name for path in tmp_path.iterdir()] == ["marks.db"]


def test_a_copy_that_fails_is_taken_away(sqlite_desk: SmallDesk, tmp_path: Path) -> None:
    store = sqlite_desk.store
    assert isinstance(store, SqliteStore)
    store.connection.close()
    with pytest.raises(sqlite3.ProgrammingError):
        store.backup(tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def in_the_file(path: Path, text: str) -> bool:
    return any(text.encode() in file.read_bytes() for file in path.parent.iterdir() if file.is_file())


def test_a_dropped_draft_is_gone_from_the_bytes(sqlite_desk: SmallDesk, tmp_path: Path) -> None:
    desk = sqlite_desk.open()
    path = tmp_path / "marks.db"
    for text in (SECRET, SECRET * 1000):
        desk.keep_draft("comment", text)
        assert in_the_file(path, SECRET)
        desk.drop_draft("comment")
        assert not in_the_file(path, SECRET)


def test_deleted_names_are_gone_from_the_bytes(sqlite_desk: SmallDesk, tmp_path: Path) -> None:
    """At the level of the file. The log keeps what the desk itself was told: erasing that is another matter."""
    store = sqlite_desk.store
    assert isinstance(store, SqliteStore)
    names = [f"{SECRET}{n:03d}" for n in range(100)]
    with immediate(store.connection):
        store.connection.executemany(
            "insert into student (id, given_name, family_name) values (?, ?, ?)", ((n, n, n) for n in names)
        )
    assert all(in_the_file(tmp_path / "marks.db", name) for name in names)
    with immediate(store.connection):
        store.connection.execute("delete from student where given_name like ?", (f"{SECRET}%",))
    assert not any(in_the_file(tmp_path / "marks.db", name) for name in names)


def test_the_check_of_a_desk_does_not_write(sqlite_desk: SmallDesk, tmp_path: Path) -> None:
    sqlite_desk.desk.commit("group", "x", (GroupChanged(None, TeachingGroup(GroupId("g2"), "13X")),))
    before = (tmp_path / "marks.db").read_bytes()
    sqlite_desk.store.verify()
    sqlite_desk.store.info()
    assert (tmp_path / "marks.db").read_bytes() == before
