"""Where things are: the teacher's folders, and the data that travels with the program."""

import os
from pathlib import Path

from markdesk.core.errors import NotFound

APP = "markdesk"


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
    return Path(named).expanduser() if named else data_folder() / "marks.db"


def demo_desk() -> Path:
    return data_folder() / "demo.db"


def shipped(name: str) -> Path:
    """A data folder of the program: inside the package when installed, beside ``src`` in a checkout."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / name, package.parents[1] / name):
        if folder.is_dir():
            return folder
    raise NotFound(f"markdesk's own folder '{name}' is missing.", "Install markdesk again.")
