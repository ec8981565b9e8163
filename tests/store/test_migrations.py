"""Desk files of every earlier version open with the program as it is, whole, and with a copy of what they were.

The files are frozen: see ``tests/fixtures/README.md``.
"""

import gzip
import sqlite3
from pathlib import Path

import pytest

from markdesk.core.errors import StoreUnavailable
from markdesk.core.feedback import Field
from markdesk.core.marking import MarkingStatus
from markdesk.core.search_query import read_query
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.store.memory.store import MemoryStore
from markdesk.store.sqlite.connection import SCHEMA_VERSION
from markdesk.store.sqlite.store import SqliteStore
from tests.kit import HARD_ESSAY, CountingIds, FixedClock, fill, make_desk
from tests.papers import an_exam

FIXTURES = Path(__file__).parents[1] / "fixtures"
EARLIER = tuple(range(1, SCHEMA_VERSION))


@pytest.fixture(params=EARLIER)
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A fresh copy of one version's desk."""
    path = tmp_path / "marks.db"
    path.write_bytes(gzip.decompress((FIXTURES / f"desk-v{request.param}.db.gz").read_bytes()))
    path.chmod(0o600)
    assert version_of(path) == request.param
    return path


def version_of(path: Path) -> int:
    db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        return int(db.execute("pragma user_version").fetchone()[0])
    finally:
        db.close()


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, by a connection that markdesk knows nothing of."""
    db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        names = [row[0] for row in db.execute("select name from sqlite_master where type = 'table'")]
        return {name: sorted(db.execute(f"select * from {name}"), key=repr) for name in names}
    finally:
        db.close()


def test_there_is_a_file_of_every_earlier_version() -> None:
    assert [path.name for path in sorted(FIXTURES.glob("*.db.gz"))] == [f"desk-v{n}.db.gz" for n in EARLIER]


def test_it_is_copied_migrated_and_whole(earlier: Path) -> None:
    before, was = content(earlier), earlier.read_bytes()
    store = SqliteStore(earlier)
    assert store.verify().problems == ()
    assert store.verify().changes == 11
    store.close()
    assert version_of(earlier) == SCHEMA_VERSION
    after = content(earlier)
    applied = "_sqlite_migrations"
    for name, rows in before.items():
        if name != applied:  # a column that came later stands after those there were, at its default
            assert [row[: len(was_row)] for row, was_row in zip(after[name], rows, strict=True)] == rows
    new = {name: rows for name, rows in after.items() if name not in before}
    assert all(rows == [] for name, rows in new.items() if not name.startswith("search"))
    (copy,) = earlier.parent.glob("marks-before-*.db")
    assert content(copy) == before
    assert version_of(copy) < SCHEMA_VERSION
    SqliteStore(earlier).close()
    assert was != earlier.read_bytes()
    assert len(list(earlier.parent.glob("marks-before-*.db"))) == 1


def test_what_was_there_can_be_searched(earlier: Path) -> None:
    store = SqliteStore(earlier)
    marker = store.markers()[0].id
    for words, kinds in (("troubled", "essay"), ("stays", "comment"), ("exact", "feedback"), ("assess", "question")):
        assert [hit.kind for hit in store.search(read_query(words), marker, 9)] == [kinds]
    assert len(store.search(read_query("okafor"), marker, 9)) == 1
    store.connection.execute("insert into search (search, rank) values ('integrity-check', 1)")
    store.close()


def test_what_was_marked_is_there_and_goes_on(earlier: Path) -> None:
    store = SqliteStore(earlier)
    desk = make_desk(store, FixedClock(), CountingIds("later"))
    entries = {entry.student.family_name: entry for entry in store.entries(desk.marker.id)}
    first = MarkingDesk(desk, entries["Okafor"])
    assert first.essay == HARD_ESSAY
    assert (first.marking.award("main").mark, first.marking.header.status) == (17, MarkingStatus.COMPLETE)
    assert first.marking.line(Field.TARGET) is not None
    assert [note.comment for note in first.marking.annotations.values()] == ["[sic] stays"]
    assert first.redo().label == "Nothing to redo in this essay"
    assert first.undo().is_saved
    assert first.marking.header.status is MarkingStatus.IN_PROGRESS
    (draft,) = store.drafts(entries["Świderska"].script.id, desk.marker.id)
    assert draft.text == "half a wor"
    exam, changes = an_exam(store, entries["Okafor"].assignment)
    desk.commit("exam", "a paper set", changes)
    assert store.paper_sets() == (exam,)
    assert store.verify().problems == ()
    store.close()


def test_it_reads_like_the_same_desk_made_today(earlier: Path) -> None:
    store, today = SqliteStore(earlier), fill(MemoryStore())
    assert set(store.students()) == set(today.students)
    assert store.assignments() == (today.assignment,)
    assert [entry.script for entry in store.entries(None)] == list(today.scripts)
    store.close()


def test_a_read_only_one_is_read_and_left_as_it_is(earlier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    was = earlier.read_bytes()
    earlier.chmod(0o400)
    monkeypatch.setattr("os.access", lambda path, mode: False)  # root may write to anything
    store = SqliteStore(earlier)
    assert store.read_only
    assert store.paper_sets() == ()
    assert store.verify().problems == ()
    assert store.info().counts["paper_set"] == 0
    assert len(store.entries(None)) == 3
    desk = make_desk(store, FixedClock(), CountingIds("later"))
    _, changes = an_exam(store, store.assignments()[0])
    with pytest.raises(StoreUnavailable, match="read-only"):
        desk.commit("exam", "a paper set", changes)
    store.close()
    assert earlier.read_bytes() == was
    assert [path.name for path in earlier.parent.iterdir()] == ["marks.db"]
