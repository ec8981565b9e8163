"""The desk's file: what it is opened with, what is refused, and that a refused file is left as it was."""

import os
import shutil
import sqlite3
import stat
import struct
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from markdesk import bootstrap
from markdesk.config.paths import data_folder
from markdesk.core.award import Award
from markdesk.core.changes import AnnotationChanged, AwardChanged, StudentChanged
from markdesk.core.errors import MarkdeskError, NotFound, StoreRefused, StoreUnavailable
from markdesk.core.essay import Span
from markdesk.core.ids import AnnotationId, ScaleId, ScriptId, StudentId
from markdesk.core.people import Student
from markdesk.desk.ports import Draft
from markdesk.store.sqlite.connection import SCHEMA_VERSION, open_file
from markdesk.store.sqlite.store import SqliteStore
from tests.kit import SmallDesk, fill
from tests.store.conftest import Start, first_line

posix = pytest.mark.skipif(os.name == "nt", reason="POSIX file modes")
not_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only to root")


def test_the_pragmas_of_a_new_connection(sqlite_store: SqliteStore) -> None:
    connection, _ = open_file(sqlite_store.path)
    found = {
        name: connection.execute(f"pragma {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "trusted_schema", "busy_timeout")
    }
    connection.close()
    assert found == {
        "journal_mode": "delete", "synchronous": 3, "foreign_keys": 1, "secure_delete": 1, "trusted_schema": 0,
        "busy_timeout": 250,
    }  # fmt: skip


def test_foreign_keys_are_on_after_a_new_desk_was_made(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "new" / "deep" / "marks.db", create=True)
    assert store.connection.execute("pragma foreign_keys").fetchone()[0] == 1
    store.close()


def test_the_header_says_what_it_is(sqlite_store: SqliteStore) -> None:
    header = sqlite_store.path.read_bytes()[:100]
    assert header[68:72] == b"MKDS"
    assert header[18:20] == b"\x01\x01", "a rollback journal, not WAL"
    assert struct.unpack(">I", header[60:64])[0] == SCHEMA_VERSION


@posix
def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    earlier = os.umask(0o022)
    try:
        path = tmp_path / "folder" / "marks.db"
        small = fill(SqliteStore(path, create=True))
        small.store.backup(path.with_name("copy.db"))
        hold = small.store.hold(small.scripts[0].id, small.desk.marker.id)
        assert not isinstance(hold, str)
        modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in (path.parent, *path.parent.rglob("*"))}
        hold.release()
        small.store.close()
    finally:
        os.umask(earlier)
    lock = next(name for name in modes if "." not in name and name != "folder")
    assert modes == {"folder": 0o700, "marks.db": 0o600, "copy.db": 0o600, "marks.db.holds": 0o700, lock: 0o600}


def test_nothing_is_left_beside_a_new_desk(tmp_path: Path) -> None:
    SqliteStore(tmp_path / "marks.db", create=True).close()
    assert [path.name for path in tmp_path.iterdir()] == ["marks.db"]


def test_every_desk_has_its_own_name(tmp_path: Path) -> None:
    stores = [SqliteStore(tmp_path / name, create=True) for name in ("a.db", "b.db")]
    assert stores[0].uuid != stores[1].uuid
    again = SqliteStore(tmp_path / "a.db", create=True)
    assert again.uuid == stores[0].uuid
    for store in (*stores, again):
        store.close()


# -- what is refused


def newer(path: Path) -> None:
    with_header(path, 60, struct.pack(">I", 999))


def with_header(path: Path, at: int, content: bytes) -> None:
    whole = SqliteStore(path, create=True)
    whole.close()
    data = bytearray(path.read_bytes())
    data[at : at + len(content)] = content
    path.write_bytes(data)


def another_program(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("create table notes (text)")
    connection.commit()
    connection.close()


def cut(path: Path, length: int) -> None:
    SqliteStore(path, create=True).close()
    path.write_bytes(path.read_bytes()[:length])


def nameless(path: Path, statement: str) -> None:
    SqliteStore(path, create=True).close()
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (lambda path: path.write_bytes(b""), "0 bytes"),
    "99 bytes": (lambda path: cut(path, 99), "isn't a SQLite database"),
    "16 bytes": (lambda path: cut(path, 16), "isn't a SQLite database"),
    "half": (lambda path: cut(path, 30_000), "damaged"),
    "text": (lambda path: path.write_text("Dear diary, " * 100), "isn't a SQLite database"),
    "another program": (another_program, "another program"),
    "newer": (newer, "newer markdesk"),
    "zeroed": (lambda path: path.write_bytes(bytes(8192)), "isn't a SQLite database"),
    "header only": (lambda path: cut(path, 100), "damaged"),
    "no name": (lambda path: nameless(path, "delete from desk"), "damaged"),
    "no column": (lambda path: nameless(path, "alter table desk rename column uuid to name"), "damaged"),
    "no table": (lambda path: nameless(path, "drop table desk"), "damaged"),
    "page size": (lambda path: with_header(path, 16, b"\x00\x03"), "damaged"),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("create", [False, True])
def test_a_file_that_is_no_desk_is_refused_and_left_alone(tmp_path: Path, name: str, create: bool) -> None:
    make, says = REFUSED[name]
    path = tmp_path / "marks.db"
    make(path)
    before = path.read_bytes()
    with pytest.raises(StoreRefused) as caught:
        bootstrap.open_store(path, create)
    assert str(path) in caught.value.message
    assert says in caught.value.message
    assert caught.value.hint
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["marks.db"]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreRefused, match="folder") as caught:
        bootstrap.open_store(tmp_path, create=True)
    assert str(tmp_path) in caught.value.message
    assert list(tmp_path.iterdir()) == []


def test_a_missing_desk_is_not_made_unasked(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "marks.db"
    with pytest.raises(NotFound) as caught:
        bootstrap.open_store(path)
    assert str(path) in caught.value.message
    assert list(tmp_path.iterdir()) == []


def test_a_desk_that_was_there_before_is_not_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "marks.db"
    bootstrap.open_store(path, create=True).close()
    path.rename(tmp_path / "elsewhere.db")
    for create in (True, False):
        with pytest.raises(StoreRefused, match="no longer there") as caught:
            bootstrap.open_store(path, create)
        assert str(path) in caught.value.message
    assert [p.name for p in tmp_path.iterdir()] == ["elsewhere.db"]
    (tmp_path / "elsewhere.db").rename(path)
    bootstrap.open_store(path).close()


@pytest.mark.parametrize("content", ["", "{", "[1]", "\ud800".encode("utf-8", "surrogatepass")])
def test_an_unreadable_list_of_desks_counts_as_empty(tmp_path: Path, content: str | bytes) -> None:
    data_folder().mkdir(parents=True)
    (data_folder() / "known-desks.json").write_bytes(content.encode() if isinstance(content, str) else content)
    bootstrap.open_store(tmp_path / "marks.db", create=True).close()
    (tmp_path / "marks.db").unlink()
    with pytest.raises(StoreRefused):
        bootstrap.open_store(tmp_path / "marks.db", create=True)


def test_a_place_where_no_desk_can_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreUnavailable) as caught:
        SqliteStore(tmp_path / "file" / "marks.db", create=True)
    assert str(tmp_path / "file" / "marks.db") in caught.value.message
    assert caught.value.exit_code == 3


@posix
def test_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "marks.db").symlink_to(tmp_path / "nowhere.db")
    with pytest.raises(StoreUnavailable, match=r"marks\.db"):
        SqliteStore(tmp_path / "marks.db", create=True)
    assert [p.name for p in tmp_path.iterdir()] == ["marks.db"]


# -- read-only


def test_a_read_only_desk_is_read_and_never_written(
    sqlite_desk: SmallDesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sqlite_desk.open().give_mark("main", 12)
    path = tmp_path / "marks.db"
    before = path.read_bytes()
    monkeypatch.setattr(os, "access", lambda *_: False)
    store = SqliteStore(path)
    assert store.read_only
    found = store.marking(sqlite_desk.scripts[0].id, sqlite_desk.desk.marker.id)
    assert found is not None
    assert found.award("main").mark == 12
    assert store.verify().problems == ()
    step = sqlite_desk.desk.step("student", "x", (StudentChanged(None, Student(StudentId("x"), "A", "B")),))
    script, marker = sqlite_desk.scripts[0].id, sqlite_desk.desk.marker.id
    writes: list[Callable[[], object]] = [
        lambda: store.commit(step),
        lambda: store.save_draft(Draft(script, marker, "comment", "x", "now")),
        lambda: store.drop_draft(script, marker, "comment"),
    ]
    for write in writes:
        with pytest.raises(StoreUnavailable, match="read-only") as caught:
            write()
        assert str(path) in caught.value.message
        assert caught.value.exit_code == 3
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.connection.execute("delete from draft")
    store.close()
    assert path.read_bytes() == before


@posix
@not_root
@pytest.mark.parametrize(("file", "folder"), [(0o444, 0o755), (0o444, 0o555), (0o644, 0o555)])
def test_modes_that_forbid_writing(sqlite_desk: SmallDesk, tmp_path: Path, file: int, folder: int) -> None:
    path = tmp_path / "marks.db"
    sqlite_desk.store.close()
    path.chmod(file)
    tmp_path.chmod(folder)
    try:
        store = SqliteStore(path)
        assert len(store.students()) == 3
        step = sqlite_desk.desk.step("student", "x", (StudentChanged(None, Student(StudentId("x"), "A", "B")),))
        with pytest.raises(StoreUnavailable, match=r"marks\.db"):
            store.commit(step)
        store.close()
    finally:
        tmp_path.chmod(0o755)


@posix
@not_root
def test_a_file_that_may_not_be_read(sqlite_desk: SmallDesk, tmp_path: Path) -> None:
    sqlite_desk.store.close()
    (tmp_path / "marks.db").chmod(0)
    with pytest.raises(StoreUnavailable, match=r"marks\.db"):
        SqliteStore(tmp_path / "marks.db")


# -- locked, busy, gone


def one_more(small: SmallDesk, name: str = "new") -> None:
    small.desk.commit("student", "x", (StudentChanged(None, Student(StudentId(name), "A", "B")),))


def test_a_locked_desk_is_waited_for_and_then_refused(sqlite_desk: SmallDesk, start: Start) -> None:
    store = sqlite_desk.store
    assert isinstance(store, SqliteStore)
    store._patience = 0.6
    child = start("lock", store.path, "60")
    assert first_line(child) == "locked"
    began = time.monotonic()
    with pytest.raises(StoreUnavailable, match="another program is writing") as caught:
        one_more(sqlite_desk)
    assert 0.6 <= time.monotonic() - began < 3
    assert caught.value.exit_code == 3
    assert str(store.path) in caught.value.message
    assert not store.connection.in_transaction
    child.kill()
    child.wait()
    one_more(sqlite_desk)
    assert len(store.students()) == 4


def test_a_writer_waits_while_another_writes(sqlite_desk: SmallDesk, start: Start) -> None:
    store = sqlite_desk.store
    assert isinstance(store, SqliteStore)
    assert first_line(start("lock", store.path, "0.8")) == "locked"
    one_more(sqlite_desk)
    assert len(store.students()) == 4


def test_a_writer_waits_for_a_long_reader(sqlite_desk: SmallDesk, start: Start) -> None:
    """A check or a copy in another window must not cost the marker her mark."""
    store = sqlite_desk.store
    assert isinstance(store, SqliteStore)
    child = start("read", store.path, "1")
    assert first_line(child) == "reading"
    one_more(sqlite_desk)
    assert first_line(child) == "done"
    assert len(store.students()) == 4


def test_opening_and_reading_wait_for_a_slow_commit(sqlite_desk: SmallDesk, start: Start) -> None:
    store = sqlite_desk.store
    assert isinstance(store, SqliteStore)
    child = start("exclude", store.path, "0.9")
    assert first_line(child) == "excluding"
    assert len(store.students()) == 3
    child.wait()
    child = start("exclude", store.path, "0.9")
    assert first_line(child) == "excluding"
    again = SqliteStore(store.path)
    assert again.uuid == store.uuid
    again.close()
    child.wait()
    store._patience = 0.5
    assert first_line(start("exclude", store.path, "60")) == "excluding"
    with pytest.raises(StoreUnavailable, match=r"marks\.db") as caught:
        store.students()
    assert caught.value.exit_code == 3


def test_a_reader_that_never_ends_is_refused_and_nothing_is_half_done(sqlite_desk: SmallDesk, start: Start) -> None:
    store = sqlite_desk.store
    assert isinstance(store, SqliteStore)
    store._patience = 0.6
    child = start("read", store.path, "60")
    assert first_line(child) == "reading"
    with pytest.raises(StoreUnavailable):
        one_more(sqlite_desk)
    assert not store.connection.in_transaction
    child.kill()
    child.wait()
    assert len(store.students()) == 3
    one_more(sqlite_desk)
    assert store.verify().problems == ()


@posix
@pytest.mark.parametrize("how", ["replaced", "unlinked", "moved"])
def test_a_file_taken_away_under_the_program_is_noticed(sqlite_desk: SmallDesk, tmp_path: Path, how: str) -> None:
    path = tmp_path / "marks.db"
    marking_desk = sqlite_desk.open()
    marking_desk.give_mark("main", 12)
    if how == "replaced":
        shutil.copy(path, tmp_path / "other.db")
        os.replace(tmp_path / "other.db", path)
    elif how == "unlinked":
        path.unlink()
    else:
        path.rename(tmp_path / "moved.db")
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()}
    with pytest.raises(StoreUnavailable, match="moved or replaced") as caught:
        marking_desk.give_mark("main", 13)
    assert str(path) in caught.value.message
    assert marking_desk.marking.award("main").mark == 12, "what isn't saved isn't shown"
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()} == before


# -- whole or not at all


def test_a_commit_that_fails_in_the_middle_leaves_nothing(sqlite_desk: SmallDesk) -> None:
    store = sqlite_desk.store
    assert isinstance(store, SqliteStore)
    marking_desk = sqlite_desk.open()
    marking_desk.annotate(Span(0, 5), "K")
    marking_desk.keep_draft("comment", "half")
    before = list(store.connection.iterdump())
    (annotation,) = marking_desk.marking.annotations.values()
    fine = AnnotationChanged(None, replace(annotation, id=AnnotationId("another")))
    broken = AwardChanged(None, Award(annotation.marking_id, ScaleId("main"), -1))
    changes = (fine, AnnotationChanged(annotation, None), broken)
    step = replace(sqlite_desk.desk.step("x", "x", changes), marking_id=marking_desk.marking.id)
    with pytest.raises(StoreRefused, match="CHECK"):
        store.commit(step, 1, closes=("comment",))
    assert list(store.connection.iterdump()) == before
    assert not store.connection.in_transaction
    assert marking_desk.annotate(Span(3, 6), "V").is_saved


def test_text_that_is_not_utf8_is_damage_and_is_not_quoted(sqlite_desk: SmallDesk) -> None:
    store = sqlite_desk.store
    assert isinstance(store, SqliteStore)
    store.connection.execute("update student set given_name = cast(x'416d61ff' as text) where given_name = 'Amara'")
    with pytest.raises(StoreRefused, match="damaged") as caught:
        store.students()
    assert "Ama" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert any("student" in problem for problem in store.verify().problems)


def test_a_reference_to_nothing_is_never_written(sqlite_desk: SmallDesk) -> None:
    store = sqlite_desk.store
    assert isinstance(store, SqliteStore)
    before = list(store.connection.iterdump())
    with pytest.raises((sqlite3.IntegrityError, MarkdeskError)):
        store.save_draft(Draft(ScriptId("no such script"), sqlite_desk.desk.marker.id, "comment", "x", "now"))
    gone = StudentChanged(sqlite_desk.students[0], None)
    with pytest.raises((sqlite3.IntegrityError, MarkdeskError)):
        store.commit(sqlite_desk.desk.step("x", "x", (gone,)))
    assert list(store.connection.iterdump()) == before
