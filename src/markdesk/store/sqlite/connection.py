"""Opening the file safely, and the one transaction that every write goes through.

Rollback journal with ``synchronous=EXTRA``: what was acknowledged survives a power cut, and a file that is
replaced under the program is noticed (in WAL mode saves go on into nowhere). The header is read before SQLite
is let near the file, so that an empty, foreign or newer file is refused and left as it is.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from markdesk.config.paths import demo_desk, is_there
from markdesk.core.errors import NotFound, StoreRefused, StoreUnavailable

APPLICATION_ID = 0x4D4B4453  # "MKDS"
SCHEMA_VERSION = 7
"""How many migrations this program knows; ``user_version`` of an up-to-date file."""

BUSY_MS = 250
"""How long one try to lock the file waits; ``patience`` decides how often it is tried."""

PATIENCE = 5.0
"""For how many seconds a busy file is tried before the teacher is told."""

Values = tuple[Any, ...] | dict[str, Any]

PRAGMAS = {
    "journal_mode": "delete",
    "synchronous": 3,  # EXTRA
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
}
"""Set on every connection and read back."""

_HEADER = b"SQLite format 3\x00"


def _where_one_is(path: Path) -> str:
    """How to come to a desk where there is none: the sample class is one of its own, which a command has to be told."""
    sample = demo_desk()
    if path == sample or not is_there(sample):
        return "Make one with 'markdesk import …' or 'markdesk demo', or give --db."
    import shlex  # here, since most desks are there

    return f"Make one with 'markdesk import …', or give --db: --db {shlex.quote(str(sample))} is the sample class."


def open_file(path: Path, create: bool = False) -> tuple[sqlite3.Connection, bool]:
    """A checked connection to the desk at ``path``, and whether it is read-only.

    Raises NotFound where there is none and ``create`` isn't given, StoreRefused for a file that isn't a desk
    or is newer than this program, StoreUnavailable when it can't be reached or is locked.
    """
    if not is_there(path):
        if not create:
            raise NotFound(f"There is no desk at {path}.", _where_one_is(path))
        _make(path)
    version = _read_header(path)
    read_only = not os.access(path, os.W_OK)
    connection = _connect(path, read_only)
    try:
        with translated(path):
            if version < SCHEMA_VERSION and read_only:
                connection = _upgraded_in_memory(connection, path)
            elif version < SCHEMA_VERSION:
                _upgrade(connection, path, version)
    except BaseException:
        connection.close()
        raise
    return connection, read_only


def _connect(path: Path, read_only: bool = False) -> sqlite3.Connection:
    # isolation_level None: no transaction is ever begun behind our back. One thread uses the connection at a time.
    with translated(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}",
            uri=True,
            timeout=BUSY_MS / 1000,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.row_factory = sqlite3.Row
        try:
            _set_up(connection, path, with_journal=not read_only)
        except BaseException:
            connection.close()
            raise
    return connection


def _set_up(connection: sqlite3.Connection, path: Path, with_journal: bool) -> None:
    """Set the pragmas and read them back; that of the journal only for a file that is written to."""
    for pragma, value in PRAGMAS.items():
        if pragma == "journal_mode" and not with_journal:
            continue
        patiently(connection, f"pragma {pragma} = {value}")
        found = patiently(connection, f"pragma {pragma}")[0][0]
        if found != value:
            raise StoreUnavailable(f"{path}: this SQLite keeps {pragma} at {found!r}, where {value!r} is needed.")


def _read_header(path: Path) -> int:
    """The schema version, from the first 100 bytes alone."""
    try:
        if path.is_dir():
            raise StoreRefused(f"{path} is a folder, not a desk.", "Give the file, such as marks.db.")
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise StoreUnavailable(f"{path} can't be read: {error.strerror}.") from error
    if not header:
        raise StoreRefused(
            f"{path} is empty (0 bytes). It is not opened as a new desk, for a desk may have been there.",
            "Restore a backup, or move the empty file away.",
        )
    if not header.startswith(_HEADER) or len(header) < 100:
        raise StoreRefused(f"{path} is not a markdesk desk: it isn't a SQLite database.", "It was left as it is.")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise StoreRefused(f"{path} is a SQLite database of another program.", "It was left as it is.")
    version = int.from_bytes(header[60:64], "big")
    if version > SCHEMA_VERSION:
        raise StoreRefused(
            f"{path} was written by a newer markdesk (schema {version}; this one knows {SCHEMA_VERSION}).",
            "Upgrade markdesk; the file was left as it is.",
        )
    return version


def needs_making(path: Path) -> bool:
    """Whether it has to be made or upgraded first. What can't be a desk is left to ``open_file`` to refuse."""
    if not path.exists():
        return True
    try:
        return _read_header(path) < SCHEMA_VERSION
    except (StoreRefused, StoreUnavailable):
        return False


def _make(path: Path) -> None:
    """A new desk, made whole under another name first, so that a killed start leaves nothing half-made."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_name(f".{path.name}.new-{os.getpid()}-{time.time_ns()}")
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise StoreUnavailable(f"A desk can't be made at {path}: {error.strerror}.") from error
    try:
        with translated(path):
            connection = _connect(fresh)
            try:
                _migrate(connection)
            finally:
                connection.close()
        _link_without_overwriting(fresh, path)
    finally:
        for left in (fresh, fresh.with_name(f"{fresh.name}-journal")):
            left.unlink(missing_ok=True)


def _link_without_overwriting(fresh: Path, path: Path) -> None:
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass  # another window was quicker: its desk is as good as ours
    except OSError:
        # A file system without hard links (FAT, some shares).
        if not path.exists():
            fresh.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _migrate(connection: sqlite3.Connection) -> None:
    """Apply what is pending in one immediate transaction, foreign keys checked before it is kept."""
    from markdesk.store.sqlite.migrations import apply_pending

    connection.execute("pragma foreign_keys = off")  # a no-op inside a transaction, so before it
    with immediate(connection):
        if connection.execute("pragma user_version").fetchone()[0] < SCHEMA_VERSION:
            apply_pending(connection)
            broken = connection.execute("pragma foreign_key_check").fetchall()
            if broken:
                raise StoreRefused(f"The upgrade left {len(broken)} broken references and was taken back.")
            connection.execute(f"pragma application_id = {APPLICATION_ID}")
            connection.execute(f"pragma user_version = {SCHEMA_VERSION}")
    connection.execute("pragma foreign_keys = on")


def _upgrade(connection: sqlite3.Connection, path: Path, version: int) -> None:
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    copy_to(connection, path.with_name(f"{path.stem}-before-{version + 1:04d}-{stamp}-{os.getpid()}.db"))
    _migrate(connection)
    copies = sorted(path.parent.glob(f"{path.stem}-before-*.db"), key=lambda copy: copy.stat().st_mtime)
    for old in copies[:-5]:
        old.unlink(missing_ok=True)


def _upgraded_in_memory(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """An older desk that can't be written to, as this program reads it; the file stays as it is."""
    copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    copy.row_factory = sqlite3.Row
    try:
        connection.backup(copy)
        _set_up(copy, path, with_journal=False)  # memory has none
        _migrate(copy)
    except BaseException:
        copy.close()
        raise
    connection.close()
    return copy


def copy_to(connection: sqlite3.Connection, target: Path) -> None:
    """A copy of the whole desk, opened and checked before it counts. Raises StoreRefused if the target exists."""
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        raise StoreRefused(f"{target} is there already.", "Name a file that doesn't exist yet.") from error
    except OSError as error:
        raise StoreUnavailable(f"{target} can't be written: {error.strerror}.") from error
    try:
        copy = sqlite3.connect(target, isolation_level=None)
        try:
            with _blaming(target):
                connection.backup(copy)
            verdict = copy.execute("pragma integrity_check").fetchone()[0]
        finally:
            copy.close()
        if verdict != "ok":
            raise StoreRefused(f"The copy {target} failed its check ({verdict}); it is not a backup.")
        handle = os.open(target, os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        _sync_folder(target.parent)
    except BaseException:
        for left in (target, target.with_name(f"{target.name}-journal")):
            left.unlink(missing_ok=True)
        raise


@contextmanager
def _blaming(target: Path) -> Iterator[None]:
    """A disk that is full or broken while a copy is made is the copy's."""
    try:
        yield
    except sqlite3.Error as error:
        code = (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
        if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            what, _ = _SENTENCES[code]
            raise StoreUnavailable(f"{target}: {what}.", "No copy was made; the desk is as it was.") from error
        raise


def patiently(
    connection: sqlite3.Connection, statement: str, patience: float = PATIENCE, values: Values = ()
) -> list[sqlite3.Row]:
    """Execute it, again and again while the file is busy; a commit that was refused so may be repeated as it is."""
    deadline = time.monotonic() + patience
    while True:
        try:
            return connection.execute(statement, values).fetchall()
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            if time.monotonic() >= deadline:
                raise


@contextmanager
def immediate(connection: sqlite3.Connection, patience: float = PATIENCE) -> Iterator[None]:
    """The one way to write: ``BEGIN IMMEDIATE``, everything or nothing, durable when it returns.

    Tries for ``patience`` seconds while another process writes, and again while one still reads.
    """
    patiently(connection, "begin immediate", patience)
    try:
        yield
        patiently(connection, "commit", patience)
    except BaseException:
        if _is_open(connection):
            connection.execute("rollback")
        raise


def _is_open(connection: sqlite3.Connection) -> bool:
    """Whether there is a transaction to take back. Ctrl+C may have closed the file first, and so done it already."""
    try:
        return connection.in_transaction
    except sqlite3.ProgrammingError:
        return False


@contextmanager
def part_of_one(connection: sqlite3.Connection) -> Iterator[None]:
    """A write inside a transaction that is open: it is taken back alone, and kept only with the whole."""
    assert connection.in_transaction, "a savepoint by itself would begin a transaction, and its release would commit"
    connection.execute("savepoint part")
    try:
        yield
        connection.execute("release part")
    except BaseException:
        if _is_open(connection):  # a full disk may have taken the whole back already
            connection.execute("rollback to part")
            connection.execute("release part")
        raise


_SENTENCES = {
    sqlite3.SQLITE_BUSY: ("another program is writing to it", "Nothing was changed; try again in a moment."),
    sqlite3.SQLITE_LOCKED: ("another program is writing to it", "Nothing was changed; try again in a moment."),
    sqlite3.SQLITE_READONLY: ("it can't be written to", "Check the file's permissions, or give another with --db."),
    sqlite3.SQLITE_CANTOPEN: ("it can't be opened", "Check that the folder exists and may be written to."),
    sqlite3.SQLITE_FULL: ("the disk is full", "Nothing was changed; free some space and try again."),
    sqlite3.SQLITE_IOERR: ("the disk reported an error", "Nothing was changed; check the disk, then try again."),
    sqlite3.SQLITE_PERM: ("access was refused", "Check the file's permissions."),
}


@contextmanager
def translated(path: Path | str) -> Iterator[None]:
    """SQLite's errors as ours, with the file named. The only place where they are told apart."""
    try:
        yield
    except UnicodeDecodeError:
        # Bytes of a broken schema, inside SQLite's own sentence about it.
        raise StoreRefused(f"{path} is damaged (its tables can't be read).", "Restore a backup.") from None
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) or 0
        if code == getattr(sqlite3, "SQLITE_READONLY_DBMOVED", 1032):
            raise StoreUnavailable(
                f"{path} was moved or replaced while it was open.", "Close markdesk and look where the file went."
            ) from error
        if code & 0xFF in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise StoreRefused(
                f"{path} is damaged ({error}).", "Restore a backup; the file was left as it is."
            ) from error
        if code & 0xFF in _SENTENCES:
            what, hint = _SENTENCES[code & 0xFF]
            raise StoreUnavailable(f"{path}: {what}.", hint) from error
        if str(error).startswith("Could not decode to UTF-8"):
            # SQLite's own sentence holds the text, which is a student's.
            raise StoreRefused(f"{path} is damaged (a text in it is not UTF-8).", "Restore a backup.") from None
        raise
