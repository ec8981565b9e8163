"""The tables as they are, and the way from an older file to a newer program.

``schema.sql`` is what every migration together makes. After a new migration, renew it with
``MARKDESK_RENEW_SCHEMA=1 pytest tests/store/test_schema.py`` and read the difference before it is committed.
"""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database

from markdesk.core.errors import StoreRefused
from markdesk.store.codec import TABLES
from markdesk.store.sqlite import connection as connecting
from markdesk.store.sqlite import migrations as migrating
from markdesk.store.sqlite.store import SqliteStore
from tests.kit import SmallDesk, fill

SNAPSHOT = Path(__file__).with_name("schema.sql")


def schema(store: SqliteStore) -> str:
    rows = store.connection.execute("select sql from sqlite_master where sql is not null order by type desc, name")
    return "".join(f"{' '.join(row['sql'].split())};\n" for row in rows)


def test_the_schema_is_the_snapshot(sqlite_store: SqliteStore) -> None:
    if os.environ.get("MARKDESK_RENEW_SCHEMA"):
        SNAPSHOT.write_text(schema(sqlite_store), encoding="utf-8")
    assert schema(sqlite_store) == SNAPSHOT.read_text(encoding="utf-8")


def test_every_table_is_strict_but_the_migrations_own(sqlite_store: SqliteStore) -> None:
    rows = sqlite_store.connection.execute("pragma table_list").fetchall()
    tables = [row for row in rows if row["type"] == "table"]  # not the index of words, nor the tables under it
    loose = {row["name"] for row in tables if not row["strict"] and not row["name"].startswith("sqlite_")}
    assert loose == {"_sqlite_migrations"}


def test_the_codec_and_the_tables_have_the_same_columns(sqlite_store: SqliteStore) -> None:
    more = {"marking": {"revision"}}
    for table in TABLES:
        found = {row["name"] for row in sqlite_store.connection.execute(f"pragma table_info({table.name})")}
        assert found == set(table.columns) | more.get(table.name, set())


def test_the_version_counts_the_migrations() -> None:
    assert len(migrating.known_names()) == connecting.SCHEMA_VERSION
    numbers = [f"{n:04d}" for n in range(1, connecting.SCHEMA_VERSION + 1)]
    assert [name[:4] for name in migrating.known_names()] == numbers


def test_opening_again_changes_nothing(sqlite_desk: SmallDesk, tmp_path: Path) -> None:
    sqlite_desk.store.close()
    before = (tmp_path / "marks.db").read_bytes()
    SqliteStore(tmp_path / "marks.db").close()
    SqliteStore(tmp_path / "marks.db", create=True).close()
    assert (tmp_path / "marks.db").read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["marks.db"]


# -- a synthetic next version

Migration = Callable[[Database], object]
NEXT = connecting.SCHEMA_VERSION + 1


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file of the present version with something in it."""
    path = tmp_path / "marks.db"
    small = fill(SqliteStore(path, create=True))
    small.open().give_mark("main", 12)
    small.store.close()
    return path


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> Callable[[Migration], None]:
    """Pretend that the program knows one migration more."""

    def install(migration: Migration) -> None:
        monkeypatch.setattr(connecting, "SCHEMA_VERSION", NEXT)
        monkeypatch.setattr(migrating.migrations, "_migrations", list(migrating.migrations._migrations))

        @migrating.migrations(name=f"{NEXT:04d}_test")
        def two(db: Database) -> None:
            migration(db)

    return install


def backups(path: Path) -> list[Path]:
    return sorted(path.parent.glob("marks-before-*.db"))


def dump(path: Path) -> list[str]:
    db = sqlite3.connect(path)
    lines = list(db.iterdump())
    db.close()
    return lines


def test_an_older_file_is_copied_then_upgraded(old: Path, next_version: Callable[[Migration], None]) -> None:
    before = dump(old)
    seen: list[list[str]] = []

    def two(db: Database) -> None:
        seen.append([line for copy in backups(old) for line in dump(copy)])
        db.execute("alter table student add column pronoun text not null default ''")
        db.execute("update student set pronoun = 'she' where given_name = 'Amara'")

    next_version(two)
    store = SqliteStore(old)
    assert seen == [before], "the copy was whole before anything was altered"
    told = store.connection.execute("select pronoun from student order by family_name").fetchall()
    assert sorted(row[0] for row in told) == ["", "", "she"]
    assert store.connection.execute("pragma user_version").fetchone()[0] == NEXT
    assert store.connection.execute("pragma foreign_keys").fetchone()[0] == 1
    assert len(store.students()) == 3
    store.close()
    assert len(backups(old)) == 1
    assert f"-before-{NEXT:04d}-" in backups(old)[0].name
    SqliteStore(old).close()
    assert len(seen) == 1, "it is applied once"
    assert len(backups(old)) == 1


def test_a_new_file_has_every_version_at_once(tmp_path: Path, next_version: Callable[[Migration], None]) -> None:
    next_version(lambda db: db.execute("create table extra (x text) strict"))
    store = SqliteStore(tmp_path / "new.db", create=True)
    assert store.connection.execute("select count(*) from extra").fetchone()[0] == 0
    store.close()
    assert [p.name for p in tmp_path.iterdir()] == ["new.db"]


def fails_late(db: Database) -> None:
    db.execute("create table extra (x text) strict")
    db.execute("update student set given_name = 'Nobody'")
    raise RuntimeError("half way")


def breaks_a_reference(db: Database) -> None:
    db.execute("delete from student where given_name = 'Amara'")


def wrong_sql(db: Database) -> None:
    db.execute("update student set given_name = 'Nobody'")
    db.execute("drop table no_such_table")


@pytest.mark.parametrize(
    ("migration", "error"),
    [(fails_late, RuntimeError), (breaks_a_reference, StoreRefused), (wrong_sql, sqlite3.OperationalError)],
)
def test_an_upgrade_that_fails_leaves_the_file_as_it_was(
    old: Path,
    next_version: Callable[[Migration], None],
    migration: Migration,
    error: type[Exception],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = old.read_bytes()
    with monkeypatch.context() as context:
        next_version(migration)
        with pytest.raises(error):
            SqliteStore(old)
        assert old.read_bytes() == before
        assert not old.with_name("marks.db-journal").exists()
        assert dump(backups(old)[0]) == dump(old)
        context.undo()
    monkeypatch.undo()
    store = SqliteStore(old)
    assert store.verify().problems == ()
    store.close()


def test_no_upgrade_without_a_copy(
    old: Path, next_version: Callable[[Migration], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = old.read_bytes()
    called: list[int] = []
    next_version(lambda db: called.append(1))

    def no_room(*_: object) -> None:
        raise StoreRefused("the copy failed its check")

    monkeypatch.setattr(connecting, "copy_to", no_room)
    with pytest.raises(StoreRefused, match="copy failed"):
        SqliteStore(old)
    assert called == []
    assert old.read_bytes() == before


def test_the_last_five_copies_stay(old: Path, next_version: Callable[[Migration], None]) -> None:
    for n in range(6):
        copy = old.with_name(f"marks-before-0001-2026010{n}-000000-1.db")
        copy.write_bytes(b"an old copy")
        os.utime(copy, (n, n))
    mine = old.with_name("marks-of-mine.db")
    mine.write_bytes(b"not ours")
    next_version(lambda db: None)
    SqliteStore(old).close()
    names = [path.name for path in backups(old)]
    assert len(names) == 5
    assert [name[18:26] for name in names[:4]] == ["20260102", "20260103", "20260104", "20260105"]
    assert mine.exists()
