"""The one place that picks concrete classes: paths and settings in, a desk out."""

import getpass
import os
from pathlib import Path

from markdesk.config.paths import config_folder, shipped
from markdesk.config.system import SystemClock, Uuid7Source
from markdesk.core.annotation import StampSet
from markdesk.desk.desk import Desk, marker_named
from markdesk.desk.ports import Store
from markdesk.desk.rubrics import RubricShelf


def open_store(path: Path, create: bool = False) -> Store:
    """The desk file at ``path``; a new one only where ``create`` allows it and none was there before."""
    from markdesk.config.known import refuse_if_lost, remember
    from markdesk.store.sqlite.store import SqliteStore

    refuse_if_lost(path)
    store = SqliteStore(path, create)
    remember(path, store.uuid)
    return store


def login_name() -> str:
    """Who marks when nobody says: ``MARKDESK_MARKER``, or the login name."""
    try:
        return os.environ.get("MARKDESK_MARKER") or getpass.getuser()
    except (KeyError, OSError):  # no such user in the password file, as in a bare container
        return "marker"


def make_desk(store: Store, marker: str = "") -> Desk:
    """A desk over an open store."""
    ids = Uuid7Source()
    return Desk(store, SystemClock(), ids, marker_named(store, marker or login_name(), ids), neutral_stamps())


def neutral_stamps() -> StampSet:
    from markdesk.formats.rubric_toml import read_stamps

    return read_stamps(shipped("rubrics") / "stamps" / "neutral.toml")


def rubric_shelf() -> RubricShelf:
    """The schemes that ship, then the teacher's own folder."""
    from markdesk.formats.rubric_toml import read_rubric

    return RubricShelf((shipped("rubrics"), config_folder() / "rubrics"), read_rubric)
