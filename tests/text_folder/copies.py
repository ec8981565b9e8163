"""Desks that are copied as text, and what must be the same of two of them."""

import sqlite3
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from markdesk.core.changes import ScriptChanged
from markdesk.core.coursework import Scan
from markdesk.core.essay import Essay
from markdesk.core.ids import EssayHash
from markdesk.core.stamp_sets import StampSets
from markdesk.desk.ports import Keep, LastTarget
from markdesk.desk.store import Store
from markdesk.formats.text_folder.reading import TextFolder
from markdesk.formats.text_folder.taking_in import Imported, import_desk
from markdesk.formats.text_folder.writing import Exported, export_desk
from markdesk.store.sqlite.store import SqliteStore
from tests.contract import test_whole_session as whole
from tests.kit import STAMPS, SmallDesk, digest, fill, shipped_rubric

SETS = StampSets((STAMPS,))
PHOTOGRAPH = b"\xff\xd8\xff a photograph \x00"


def exported(store: Store, target: Path, with_sources: bool = True) -> Exported:
    return export_desk(store, target, SETS, with_sources)


def imported(path: Path, folder: Path) -> tuple[SqliteStore, Imported]:
    """The folder's desk in a new file."""
    store = SqliteStore(path, create=True)
    try:
        return store, import_desk(store, TextFolder(folder))
    except BaseException:
        store.close()
        raise


def files_of(root: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def tables_of(path: Path) -> dict[str, list[Any]]:
    """Every table of a desk's file but its own name and what isn't copied, read through another connection.

    Of the index of words it is the texts that it finds, and not the tables under it."""
    connection = sqlite3.connect(path)
    try:
        names = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
        kept = [n for n in names if n not in ("desk", "draft", "place") and not n.startswith(("_sqlite", "search_"))]
        return {name: sorted(connection.execute(f"select * from {name}"), key=repr) for name in kept}
    finally:
        connection.close()


def busy_desk(store: Store, scheme: str, acts: int = 120) -> SmallDesk:
    """A desk on which something of every kind was done, by two markers, and some of it taken back."""
    small = fill(store, shipped_rubric(scheme))
    other = small.open(1)
    other.give_no_response(small.rubric.scales[0].id)
    desk = small.open()
    desk.last_target = LastTarget("weigh both sides", "2026-10-01", "Earlier", other.marking.id)
    seed, _ = whole.SCHEMES[scheme]
    usual, whole.ACTS = whole.ACTS, acts
    try:
        whole.session(small, desk, Random(seed))
    finally:
        whole.ACTS = usual
    for _ in range(5):
        desk.undo()
    desk.redo()
    hand_in_again(small, "Not the same.\n\nAs the first essay \t\n")
    scan(small)
    return small


def hand_in_again(small: SmallDesk, text: str) -> None:
    """The second script gets another text; its markings stay with the one that was read."""
    script, essay = small.entry(1).script, Essay(text)
    newer = replace(script, essay_hash=EssayHash(essay.hash), version=script.version + 1)
    small.desk.commit("import", "a newer text", (ScriptChanged(script, newer),), Keep((essay,)))


def scan(small: SmallDesk) -> None:
    """A photograph of the third script."""
    script = small.entry(2).script
    scans = (Scan(digest(PHOTOGRAPH), "../page 1.JPG"), Scan(digest(b"%PDF-"), "class.pdf", 3, 4))
    sources = {digest(PHOTOGRAPH): PHOTOGRAPH, digest(b"%PDF-"): b"%PDF-"}
    changes = (ScriptChanged(script, replace(script, scans=scans)),)
    small.desk.commit("scan", "a scan", changes, Keep(sources=sources))
