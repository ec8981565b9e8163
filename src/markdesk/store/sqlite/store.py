"""The Store over one SQLite file: writes and care. The reading half is ``reads``."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from markdesk.core.canonical import canonical_json, tagged_hash
from markdesk.core.changes import AnyChange
from markdesk.core.errors import StaleChange, StaleRevision, StoreRefused, StoreUnavailable
from markdesk.core.history import Step
from markdesk.core.ids import MarkerId, ScriptId
from markdesk.desk.ports import DeskInfo, Draft, Keep, Place, Verification
from markdesk.desk.store import Hold
from markdesk.store.codec import GENESIS, MARKING, TABLE_OF, TABLES, Row, Table, changes_to_json, link, rows_of
from markdesk.store.holds import take_hold
from markdesk.store.sqlite.connection import PATIENCE, copy_to, immediate, open_file, part_of_one, patiently, translated
from markdesk.store.sqlite.indexing import index
from markdesk.store.sqlite.reads import Reads


def _quoted(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


class _Sql:
    """The statements of one table, spelled out once."""

    def __init__(self, table: Table[Any]) -> None:
        where = " and ".join(f'"{column}" = :{column}' for column in table.key)
        values = ", ".join(f":{column}" for column in table.columns)
        sets = ", ".join(f'"{c}" = :{c}' for c in table.columns if c not in table.key)
        self.insert = f"insert into {table.name} ({_quoted(table.columns)}) values ({values})"  # noqa: S608
        self.update = f"update {table.name} set {sets} where {where}"  # noqa: S608
        self.delete = f"delete from {table.name} where {where}"  # noqa: S608
        self.select = f"select {_quoted(table.columns)} from {table.name} where {where}"  # noqa: S608


_SQL = {change: _Sql(table) for change, table in TABLE_OF.items()}

_LOG = """
insert into log (id, group_id, kind, action, label, at, marker_id, marking_id, changes, digest, chain)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


class SqliteStore(Reads):
    """A desk in a file. One thread at a time; any number of processes."""

    def __init__(self, path: Path, create: bool = False, patience: float = PATIENCE) -> None:
        self.path = path
        self._patience = patience
        self._is_together = False
        self._rubrics = {}
        self.connection, self.read_only = open_file(path, create)
        try:
            with translated(path):
                self.uuid = _uuid(self.connection, path)
        except BaseException:
            self.connection.close()
            raise

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        if self.read_only:
            raise StoreUnavailable(
                f"{self.path} is read-only: nothing can be saved.", "Check the file's permissions, or give another."
            )
        whole = part_of_one(self.connection) if self._is_together else immediate(self.connection, self._patience)
        with translated(self.path), whole:
            yield self.connection

    @contextmanager
    def together(self) -> Iterator[None]:
        with self._write():
            outer, self._is_together = self._is_together, True
            try:
                yield
            finally:
                self._is_together = outer

    def commit(
        self, step: Step, revision: int | None = None, keep: Keep = Keep(), closes: tuple[str, ...] = ()
    ) -> None:
        with self._write() as db:
            _refuse_stale(db, step, revision)
            _keep(db, keep)
            for change in step.changes:
                _make(db, change)
            if step.marking_id is not None and revision is not None:
                db.execute("update marking set revision = revision + 1 where id = ?", (step.marking_id,))
                for editor in closes:
                    db.execute(
                        "delete from draft where editor = ? and (script_id, marker_id) ="
                        " (select script_id, marker_id from marking where id = ?)",
                        (editor, step.marking_id),
                    )
            _append(db, step)

    def save_draft(self, draft: Draft) -> None:
        target = (draft.target.start, draft.target.end) if draft.target is not None else (None, None)
        with self._write() as db:
            db.execute(
                "insert or replace into draft values (?, ?, ?, ?, ?, ?, ?, ?)",
                (draft.script_id, draft.marker_id, draft.editor, draft.text, draft.at, *target, draft.annotation_id),
            )

    def drop_draft(self, script_id: ScriptId, marker_id: MarkerId, editor: str) -> None:
        with self._write() as db:
            db.execute(
                "delete from draft where script_id = ? and marker_id = ? and editor = ?", (script_id, marker_id, editor)
            )

    def save_place(self, place: Place) -> None:
        with self._write() as db:
            db.execute(
                "insert or replace into place values (?, ?, ?, ?, ?, ?, ?)",
                (
                    place.marker_id,
                    place.script_id,
                    place.assignment_id,
                    place.start,
                    place.end,
                    place.at,
                    place.by_sentence,
                ),
            )

    def hold(self, script_id: ScriptId, marker_id: MarkerId, patience: float = 0.0) -> Hold | str:
        who = next((marker.name for marker in self.markers() if marker.id == marker_id), "another marker")
        name = tagged_hash(f"{script_id}/{marker_id}")[7:23]
        folder = self.path.with_name(self.path.name + ".holds")
        try:
            return take_hold(folder, name, f"{who}, process {os.getpid()}", patience)
        except OSError as error:
            raise StoreUnavailable(f"{self.path.parent}: can't mark the script as open: {error.strerror}.") from error

    def verify(self) -> Verification:
        from markdesk.store.sqlite.verify import verify  # a start of the program doesn't check the whole desk

        with translated(self.path):
            return verify(self.connection)

    def info(self) -> DeskInfo:
        with translated(self.path):
            counts = {
                table.name: self.connection.execute(f"select count(*) from {table.name}").fetchone()[0]  # noqa: S608
                for table in TABLES
            }
            version = self.connection.execute("pragma user_version").fetchone()[0]
        return DeskInfo(str(self.path), self.path.stat().st_size, version, sqlite3.sqlite_version, counts, self.uuid)

    def backup(self, target: Path) -> None:
        with translated(self.path):
            copy_to(self.connection, target)

    def close(self) -> None:
        self.connection.close()


def _uuid(db: sqlite3.Connection, path: Path) -> str:
    has_table = patiently(db, "select count(*) from sqlite_master where name = 'desk'")[0][0]
    rows = patiently(db, "select * from desk") if has_table else []
    if not rows or "uuid" not in rows[0].keys():  # noqa: SIM118 (a row's own "in" looks at its values)
        raise StoreRefused(f"{path} is damaged (it has lost its name).", "Restore a backup; it was left as it is.")
    return str(rows[0]["uuid"])


def _refuse_stale(db: sqlite3.Connection, step: Step, revision: int | None) -> None:
    """Refuse a step whose writer has an older marking than the file; one that begins here is at 0."""
    if step.marking_id is None or revision is None:
        return
    found = db.execute("select revision from marking where id = ?", (step.marking_id,)).fetchone()
    if revision != (found["revision"] if found else 0):
        raise StaleRevision("Another window has changed this marking since.", "It is read again; repeat what you did.")


def _keep(db: sqlite3.Connection, keep: Keep) -> None:
    for essay in keep.essays:
        db.execute("insert or ignore into essay values (?, ?, ?)", (essay.hash, essay.text, essay.words))
    for rubric in keep.rubrics:
        db.execute(
            "insert or ignore into rubric_version values (?, ?, ?, ?, ?)",
            (rubric.hash, rubric.id, rubric.version, rubric.title, canonical_json(rubric.to_plain())),
        )
    for source_hash, content in keep.sources.items():
        db.execute("insert or ignore into source values (?, ?)", (source_hash, content))


def _make(db: sqlite3.Connection, change: AnyChange) -> None:
    """Make one change, to the row that it was made for and to no other."""
    table, before, after = rows_of(change)
    sql = _SQL[type(change)]
    if before is not None and _present(db, sql, before, table) != before:
        raise StaleChange("The desk has changed since.", "Look at it again, then repeat what you did.")
    try:
        if after is None:
            done = db.execute(sql.delete, before or {})
        elif before is None:
            done = db.execute(sql.insert, after)
        elif set(table.columns) == set(table.key):
            return
        else:
            done = db.execute(sql.update, after)
    except sqlite3.IntegrityError as error:
        if error.sqlite_errorcode in (sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE):
            refused = StaleRevision if table is MARKING else StaleChange
            raise refused(
                "Another window has just done this.", "Look at it again, then repeat what you did."
            ) from error
        # A mark below 0, a script of nobody: no act makes one, so it was made up elsewhere.
        raise StoreRefused(f"A rule of the desk's tables forbids it ({error}).", "Nothing was changed.") from error
    if done.rowcount != 1:
        raise StaleChange("The desk has changed since.", "Look at it again, then repeat what you did.")
    index(db, change)


def _present(db: sqlite3.Connection, sql: _Sql, row: Row, table: Table[Any]) -> Row | None:
    found = db.execute(sql.select, row).fetchone()
    return found and {column: found[column] for column in table.columns}


def _append(db: sqlite3.Connection, step: Step) -> None:
    last = db.execute("select chain from log order by seq desc limit 1").fetchone()
    payload = changes_to_json(step.changes)
    digest = tagged_hash(payload)
    chain = link(last["chain"] if last else GENESIS, step, digest)
    db.execute(
        _LOG,
        (
            step.id,
            step.group,
            step.kind,
            step.action,
            step.label,
            step.at,
            step.marker_id,
            step.marking_id,
            payload,
            digest,
            chain,
        ),
    )
