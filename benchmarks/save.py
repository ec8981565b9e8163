"""Row ``save``: a durable save by markdesk against plain sqlite3 doing the same statements.

In one process, without a screen. markdesk's side is the whole act: the annotation built and anchored, the change
applied to the marking, rows and log written in one durable transaction, history kept. The floor is handed the rows
that markdesk has just written and writes them to a copy of the same file: same tables and indexes, same pragmas,
the same statements, nothing computed.
"""

import shutil
import sqlite3
import time
from pathlib import Path

from benchmarks import desks
from benchmarks.report import Row, pairs, say
from markdesk.core.essay import Span
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.store.sqlite.connection import PRAGMAS
from markdesk.store.sqlite.store import SqliteStore

_ANNOTATION = """
insert into annotation (id, marking_id, start, "end", exact, prefix, suffix, code, comment, for_class, acted_on)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_REVISION = "update marking set revision = revision + 1 where id = ? and revision = ?"
_LAST = "select chain from log order by seq desc limit 1"
_LOG = """
insert into log (id, group_id, kind, action, label, at, marker_id, marking_id, changes, digest, chain)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def save(folder: Path, count: int = 200, warm: int = 20) -> list[Row]:
    say("save: the desk against plain sqlite3")
    path, copy = folder / "save.db", folder / "save-floor.db"
    essay = desks.essay_text(9, desks.REAL_WORDS, seed=2)
    desk = desks.new_desk(desks.real_essay(path))
    desk.marker = desk.store.markers()[0]
    store = desk.store
    assert isinstance(store, SqliteStore)
    marking_desk = MarkingDesk(desk, store.entries(desk.marker.id)[0])
    marking_desk.annotate(essay.paragraphs[0].span, "K")
    store.close()
    shutil.copyfile(path, copy)
    desk = desks.new_desk(path)
    desk.marker = desk.store.markers()[0]
    store = desk.store
    assert isinstance(store, SqliteStore)
    marking_desk = MarkingDesk(desk, store.entries(desk.marker.id)[0])
    plain = _plain(copy)
    ours: list[float] = []
    floor: list[float] = []
    for number in range(count + warm):
        whole = essay.paragraphs[number % len(essay.paragraphs)].span
        span = Span(whole.start, whole.start + 90)
        begun = time.perf_counter()
        outcome = marking_desk.annotate(span, desks.CODES[number % len(desks.CODES)])
        ours.append((time.perf_counter() - begun) * 1000)
        assert outcome.is_saved
        annotation = tuple(store.connection.execute("select * from annotation order by rowid desc limit 1").fetchone())
        log = tuple(store.connection.execute("select * from log order by seq desc limit 1").fetchone())[1:]
        begun = time.perf_counter()
        plain.execute("begin immediate")
        plain.execute(_ANNOTATION, annotation)
        plain.execute(_REVISION, (annotation[1], outcome.marking.revision - 1))
        plain.execute(_LAST).fetchone()
        plain.execute(_LOG, log)
        plain.execute("commit")
        floor.append((time.perf_counter() - begun) * 1000)
    plain.close()
    problems = [*store.verify().problems]
    store.close()
    with_copy = SqliteStore(copy)
    problems += with_copy.verify().problems  # the floor wrote the same rows, or this says so
    with_copy.close()
    note = f"PROBLEMS: {problems[:3]}" if problems else "both files then pass verify(): the same rows were written"
    return [pairs("durable save (change + log) / plain sqlite3", ours[warm:], floor[warm:], 1.3, note=note)]


def _plain(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=0.25)
    for pragma, value in PRAGMAS.items():
        connection.execute(f"pragma {pragma} = {value}").fetchone()
    return connection
