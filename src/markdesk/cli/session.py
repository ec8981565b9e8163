"""What every command starts from: which desk, which marker. Opens the desk only when asked."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from markdesk.cli.given import Given
from markdesk.config.paths import as_text, user_path
from markdesk.core.errors import UsageProblem

if TYPE_CHECKING:
    from markdesk.desk.desk import Desk


@dataclass
class Session:
    """One run of the program on a command line."""

    db: str | None = None
    marker: str | None = None
    given: Given = field(default_factory=Given)
    _marker_name: str | None = None

    def path(self) -> Path:
        """The desk's file: ``--db``, ``MARKDESK_DB``, or the platform's place."""
        from markdesk.config.paths import default_desk

        return user_path(self.db) if self.db else default_desk()

    def marker_name(self) -> str:
        """``--marker``, ``MARKDESK_MARKER``, the settings; empty for the login name."""
        from markdesk.config.settings import read_settings
        from markdesk.desk.course import clean_name

        if self._marker_name is None:
            settings = read_settings()
            typed = self.given.text(self.marker) if self.marker else ""
            named = (typed, as_text(os.environ.get("MARKDESK_MARKER", "")), settings.marker)
            self._marker_name = next(filter(None, (clean_name(name, "marker") for name in named)), "")
        return self._marker_name

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

    @contextmanager
    def desk_to_be(self) -> Iterator[tuple["Desk", Callable[[], "Desk"]]]:
        """The desk to plan on, and what gives the one to write to.

        Where there is none yet the first is empty and the second makes it, so that a refusal leaves no file behind.
        """
        from markdesk import bootstrap
        from markdesk.config.known import refuse_if_lost

        path, marker = self.path(), self.marker_name()
        refuse_if_lost(path)
        if path.exists():
            with self.desk() as desk:
                yield desk, lambda: desk
            return
        from markdesk.store.memory.store import MemoryStore  # here, since most desks are there

        with ExitStack() as stack:

            def made() -> "Desk":
                return stack.enter_context(self.desk(create=True))

            yield bootstrap.make_desk(MemoryStore(), marker), made


def need_terminal() -> None:
    """Raises UsageProblem where no screen can be shown: in a pipe, on a dumb terminal, without letters beyond ASCII."""
    without = "'markdesk --help' lists the commands that work without one."
    if not (_is_terminal(sys.stdin) and _is_terminal(sys.stdout)):
        raise UsageProblem("markdesk's screens need a terminal, and this is a pipe or a file.", without)
    if os.environ.get("TERM") == "dumb":
        raise UsageProblem("This terminal can't show screens (TERM=dumb).", without)
    encoding = sys.stdout.encoding or "ascii"
    if not encoding.lower().replace("-", "").startswith("utf"):
        raise UsageProblem(
            f"This terminal is set to {encoding}, which has no signs for markdesk's screens.",
            "Set it to UTF-8: 'export LANG=C.UTF-8', then start again.",
        )


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()
