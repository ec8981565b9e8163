"""Which desks were opened before, so that one that has gone missing or empty is never made anew in silence."""

import json
import os
from contextlib import suppress
from pathlib import Path

from markdesk.config.paths import data_folder, is_there
from markdesk.core.errors import StoreRefused


def _list() -> Path:
    return data_folder() / "known-desks.json"


def known_desks() -> dict[str, str]:
    """Path and uuid of every desk that was opened on this machine. An unreadable list counts as empty."""
    try:
        found = json.loads(_list().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(path): str(uuid) for path, uuid in found.items()} if isinstance(found, dict) else {}


def refuse_if_lost(path: Path) -> None:
    """Raises StoreRefused for a desk that was opened before and is no longer there."""
    if not is_there(path) and str(path.absolute()) in known_desks():
        raise StoreRefused(
            f"The desk {path} was opened before and is no longer there. It is not made anew.",
            f"Put it back, restore a backup there, or choose another with --db. (To forget it, edit {_list()}.)",
        )


def remember(path: Path, uuid: str) -> None:
    """Note a desk that was opened. A list that can't be written is not a reason to stop."""
    known = known_desks()
    if known.get(str(path.absolute())) == uuid:
        return
    known[str(path.absolute())] = uuid
    _write(known)


def forget(path: Path) -> None:
    """Take a desk off the list, before it is made anew on purpose."""
    known = known_desks()
    if known.pop(str(path.absolute()), None) is not None:
        _write(known)


def _write(known: dict[str, str]) -> None:
    """The list, whole or as it was; one that can't be written stays as it was."""
    target = _list()
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh.write_text(json.dumps(known, indent=1), encoding="utf-8")
        fresh.replace(target)
    except OSError:
        with suppress(OSError):  # the folder may be no folder at all
            fresh.unlink(missing_ok=True)
