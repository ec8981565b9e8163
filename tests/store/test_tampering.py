"""What somebody altered behind the program's back is found by the check, whichever row it was."""

import random
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from markdesk.core.award import Placement
from markdesk.core.errors import StoreRefused
from markdesk.core.essay import Span
from markdesk.core.feedback import Field
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.scans import ScanFile, add_scans
from markdesk.store.sqlite.store import SqliteStore
from tests.kit import SmallDesk, digest, fill
from tests.papers import an_exam

TABLES = (
    "marker", "student", "teaching_group", "membership", "assignment", "script", "marking", "annotation", "award",
    "feedback", "paper_set", "log", "essay", "rubric_version", "source",
)  # fmt: skip
"""All but drafts and places, which are no record of anything, and the desk's own name."""


def worked_on(path: Path) -> bytes:
    """A desk with something in every table."""
    small = fill(SqliteStore(path, create=True))
    for place in range(3):
        desk = small.open(place)
        desk.give_mark("main", 10 + place)
        desk.place_strand("main", "focus", Placement(3, 1))
        desk.write_feedback(Field.WWW, 1, "Good [sic] dates")
        if desk.essay.text:
            for n in range(4):
                desk.annotate(Span(n * 5, n * 5 + 4), "K", "why?")
        small.clock.wait(100)
        desk.step_mark("main", 1)
        desk.undo()
        desk.finish()
    second = small.other_marker()
    MarkingDesk(second, small.store.entries(second.marker.id, script_id=small.scripts[0].id)[0]).give_mark("main", 20)
    add_scans(small.desk, small.entry(2), [ScanFile("p1.jpg", b"one", "jpg", 0), ScanFile("p2.pdf", b"two", "pdf", 2)])
    exam, changes = an_exam(small.store, small.assignment)
    small.desk.commit("exam", f"{exam.name} set", changes)
    small.store.close()
    return path.read_bytes()


def altered(value: Any, chance: random.Random) -> Any:
    if value is None:
        return "x"
    if isinstance(value, int):
        return value + chance.choice([-1, 1, 1000])
    if isinstance(value, bytes):
        return value + b"x"
    options = [value + "x", value[:-1], value.upper(), value.replace("1", "2", 1), "", "[]", '{"a":1}', value + " "]
    return chance.choice([option for option in options if option != value])


def tamper(path: Path, chance: random.Random) -> str:
    """One row altered or taken out; what was done."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("pragma synchronous = off")
    db.execute("pragma ignore_check_constraints = on")
    for (name,) in db.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        db.execute(f"drop trigger {name}")
    try:
        while True:
            table = chance.choice(TABLES)
            columns = [row[1] for row in db.execute(f"pragma table_info({table})")]
            rows = db.execute(f"select * from {table}").fetchall()
            row = chance.choice(rows)
            same = " and ".join(f'"{column}" is ?' for column in columns)
            if chance.random() < 0.25:
                db.execute(f"delete from {table} where {same}", row)
                return f"deleted from {table}: {row}"
            column = chance.randrange(len(columns))
            value = altered(row[column], chance)
            try:
                db.execute(f'update {table} set "{columns[column]}" = ? where {same}', (value, *row))
            except sqlite3.IntegrityError:  # of another type, or a twin: choose again
                continue
            return f"{table}.{columns[column]}: {row[column]!r:.60} became {value!r:.60}"
    finally:
        db.close()


def test_a_scan_whose_file_is_gone_or_altered_is_told(tmp_path: Path) -> None:
    path = tmp_path / "marks.db"
    worked_on(path)
    hashes = {content: digest(content) for content in (b"one", b"two")}
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("delete from source where hash = ?", (hashes[b"one"],))
    db.execute("update source set content = x'00' where hash = ?", (hashes[b"two"],))
    db.close()
    store = SqliteStore(path)
    told = store.verify().problems
    store.close()
    assert len(told) == 2
    assert any(re.fullmatch(r"file sha256:.*: not the one that was imported", one) for one in told)
    assert any(re.fullmatch(r"script .*: a scan of it is missing", one) for one in told)


def test_two_hundred_alterations_are_all_found(tmp_path: Path) -> None:
    path = tmp_path / "marks.db"
    whole = worked_on(path)
    store = SqliteStore(path)
    assert store.verify().problems == ()
    store.close()
    missed = []
    for seed in range(200):
        path.write_bytes(whole)
        done = tamper(path, random.Random(seed))
        store = SqliteStore(path)
        problems = store.verify().problems
        store.close()
        if not problems:
            missed.append((seed, done))
        assert all(problem and "\n" not in problem for problem in problems)
    assert missed == []


def rows_of(store: SqliteStore) -> dict[str, list[bytes]]:
    """Every row of every table that is a record of something."""
    store.connection.text_factory = bytes
    found = {
        table: sorted(repr(tuple(row)).encode() for row in store.connection.execute(f"select * from {table}"))
        for table in TABLES
    }
    store.connection.text_factory = str
    return found


def test_flipped_bytes_never_pass_for_whole_nor_crash(tmp_path: Path) -> None:
    """Damage by a disk: told as a problem, or refused as damaged; where it hit free space, nothing is altered."""
    path = tmp_path / "marks.db"
    whole = worked_on(path)
    reference = SqliteStore(path)
    dump = rows_of(reference)
    reference.close()
    found = 0
    for seed in range(150):
        chance = random.Random(seed)
        damaged = bytearray(whole)
        start = chance.randrange(100, len(whole))
        for place in range(start, min(len(whole), start + chance.choice([1, 1, 16, 4096]))):
            damaged[place] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        try:
            store = SqliteStore(path)
        except StoreRefused as error:
            assert str(path) in error.message  # noqa: PT017 (refused or not, both are right)
            found += 1
            continue
        try:
            problems = store.verify().problems
        except StoreRefused as error:
            assert str(path) in error.message  # noqa: PT017 (refused or not, both are right)
            found += 1
        else:
            found += bool(problems)
            if not problems:
                assert rows_of(store) == dump, seed
        finally:
            store.close()
    assert found > 30  # most of a small file is free space


def test_the_log_can_not_be_rewritten(sqlite_desk: SmallDesk) -> None:
    store = sqlite_desk.store
    assert isinstance(store, SqliteStore)
    for statement in (
        "update log set label = 'x'",
        "update log set changes = changes",
        "delete from log",
        "delete from log where seq = 1",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            store.connection.execute(statement)
    assert store.verify().changes == 1


@pytest.mark.parametrize("statement", ["drop table feedback", "alter table log rename to logs", "drop table source"])
def test_a_table_that_is_gone_is_a_problem(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "marks.db"
    worked_on(path)
    db = sqlite3.connect(path)
    db.execute(statement)
    db.commit()
    db.close()
    store = SqliteStore(path)
    assert any(re.search(r"no such (table|column)", problem) for problem in store.verify().problems)
    store.close()


def forged(path: Path, *statements: str) -> list[str]:
    """What the check says after a forger who knows the tables has been at the file."""
    worked_on(path)
    db = sqlite3.connect(path)
    for statement in ("drop trigger log_is_append_only_update", "drop trigger log_is_append_only_delete", *statements):
        assert db.execute(statement).rowcount != 0, statement
    db.commit()
    db.close()
    store = SqliteStore(path)
    problems = store.verify().problems
    store.close()
    return list(problems)


def test_a_mark_forged_in_table_and_log_alike_is_found(tmp_path: Path) -> None:
    problems = forged(
        tmp_path / "marks.db",
        "update award set mark = 25 where mark = 20",
        """update log set changes = replace(changes, '"mark":20', '"mark":25')""",
    )
    assert problems
    assert all("its changes were altered" in problem for problem in problems)


def test_an_act_and_its_undo_taken_out_of_the_log_are_found(tmp_path: Path) -> None:
    """The tables are as they would be without the two, and every number was made to fit."""
    pair = "(select min(seq) from log where kind = 'undo')"
    problems = forged(
        tmp_path / "marks.db",
        f"create table gone as select {pair} as seq, (select marking_id from log where seq = {pair}) as id",
        "delete from log where seq in ((select seq from gone), (select seq - 1 from gone))",
        "update log set seq = -seq where seq > (select seq from gone)",
        "update log set seq = -seq - 2 where seq < 0",
        "update marking set revision = revision - 2 where id = (select id from gone)",
        "drop table gone",
    )
    assert len(problems) == 1
    assert "the chain is broken here" in problems[0]


def test_what_was_altered_is_named(tmp_path: Path) -> None:
    path = tmp_path / "marks.db"
    worked_on(path)
    db = sqlite3.connect(path)
    db.execute("update award set mark = 25 where mark = 20")
    db.execute("update essay set text = replace(text, 'Henry', 'Harry')")
    db.execute("delete from annotation where id = (select id from annotation limit 1)")
    db.commit()
    db.close()
    store = SqliteStore(path)
    told = "\n".join(store.verify().problems)
    store.close()
    assert re.search(r"^award .*main: altered$", told, re.MULTILINE)
    assert re.search(r"^essay sha256:.*the text is not the one", told, re.MULTILINE)
    assert re.search(r"^annotation .*: missing$", told, re.MULTILINE)
    assert len(told.splitlines()) == 3
