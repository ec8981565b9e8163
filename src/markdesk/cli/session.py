"""What every command starts from: which desk, which marker. Opens the desk only when asked."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from markdesk.cli.given import Given, as_text, user_path
from markdesk.core.errors import UsageProblem

if TYPE_CHECKING:
    from markdesk.desk.desk import Desk


@dataclass
class Session:
    """One run of the program on a command line."""

    db: str | None = None
    marker: str | None = None
    given: Given = field(default_factory=Given)

    def path(self) -> Path:
        """The desk's file: ``--db``, ``MARKDESK_DB``, or the platform's place."""
        from markdesk.config.paths import default_desk

        return user_path(self.db) if self.db else default_desk()

    def marker_name(self) -> str:
        """``--marker``, ``MARKDESK_MARKER``, the settings; empty for the login name."""
        from markdesk.config.settings import read_settings
        from markdesk.core.essay import normalise

        settings = read_settings()
        typed = self.given.text(self.marker) if self.marker else ""
        name = typed or as_text(os.environ.get("MARKDESK_MARKER", "")) or settings.marker
        return " ".join(normalise(name).split())

    @contextmanager
    def desk(self, create: bool = False) -> Iterator["Desk"]:
        """The desk, open for this command."""
        from markdesk import bootstrap

        marker = self.marker_name()
        store = bootstrap.open_store(self.path(), create=create)
        try:
            yield bootstrap.make_desk(store, marker)
        finally:
            store.close()


def need_terminal() -> None:
    """Raises UsageProblem where no screen can be shown."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageProblem(
            "markdesk's screens need a terminal, and this is a pipe or a file.",
            "'markdesk --help' lists the commands that work without one.",
        )
