"""Where things are: the teacher's folders, and the data that travels with the program."""

import errno
import os
from pathlib import Path

from markdesk.core.errors import NotFound, StoreRefused, StoreUnavailable

APP = "markdesk"


def as_text(value: str) -> str:
    """A word of the command line or a file name as text: its bytes are UTF-8, whatever the terminal is set to."""
    try:
        return value.encode("utf-8").decode()
    except UnicodeEncodeError:  # bytes that the terminal's encoding doesn't know
        return os.fsencode(value).decode("utf-8", "replace")


def user_path(name: str | Path) -> Path:
    """A path as typed, with ``~`` for the home; a home that nobody has stays as it was typed."""
    return Path(os.path.expanduser(name))


def data_folder() -> Path:
    """Where the desk is kept by default (``marks.db``, ``demo.db``)."""
    from platformdirs import user_data_path

    return user_data_path(APP, appauthor=False)


def config_folder() -> Path:
    """Where the settings and the teacher's own mark schemes are (``rubrics/``)."""
    from platformdirs import user_config_path

    return user_config_path(APP, appauthor=False)


def default_desk() -> Path:
    """``MARKDESK_DB``, or ``marks.db`` in the data folder."""
    named = os.environ.get("MARKDESK_DB")
    # os.path's, since a home that nobody has is no reason to stop: the name stays as it was given.
    return Path(os.path.expanduser(named)) if named else data_folder() / "marks.db"


def is_there(path: Path) -> bool:
    """Whether there is anything at the path. Raises StoreRefused for a path that nothing can have, and
    StoreUnavailable where it can't be told."""
    try:
        return path.exists()
    except OSError as error:
        refused = StoreRefused if error.errno in (errno.ENAMETOOLONG, errno.ELOOP) else StoreUnavailable
        raise refused(f"{path} can't be reached: {error.strerror}.", "Check the path.") from error


def demo_desk() -> Path:
    return data_folder() / "demo.db"


def shipped(name: str) -> Path:
    """A data folder of the program: inside the package when installed, beside ``src`` in a checkout."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / name, package.parents[1] / name):
        if folder.is_dir():
            return folder
    raise NotFound(f"markdesk's own folder '{name}' is missing.", "Install markdesk again.")
