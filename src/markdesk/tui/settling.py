"""What is done once the first frame stands: memory is settled, and the screens that may be opened next are loaded.

To load a screen takes as long as all else that its first opening does. So it is done in a quiet moment, on a thread, a
screen at a time; a key that comes puts the next one off.
"""

import asyncio
import gc
import sys
import threading
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from time import sleep
from types import ModuleType
from typing import TYPE_CHECKING

from textual.screen import Screen

from markdesk.core.errors import MarkdeskError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdesk.tui.app import MarkdeskApp

AHEAD = ("queue", "marking", "pages", "student", "review", "search")
"""The screens that a key or two lead to from the library and from an essay; the likeliest first."""
QUIET_SECONDS = 0.5
"""How long no key has come before it is begun, or gone on with."""
SWITCH_SECONDS = 0.0005
"""How long a key may wait for the thread; Python's own is ten times as long."""


def settle(app: "MarkdeskApp") -> None:
    """Load what typing needs, turn on the collector that was off for a quick start, and begin to load ahead."""
    import markdesk.tui.widgets.editor  # noqa: F401

    gc.freeze()  # what is loaded now is here to stay
    gc.enable()
    if not app.is_headless:
        loop = asyncio.get_running_loop()
        threading.Thread(target=load_ahead, args=(app, loop), name="load ahead", daemon=True).start()


def load_ahead(app: "MarkdeskApp", loop: asyncio.AbstractEventLoop) -> None:
    """Load the screens of ``AHEAD``, and what marking reads from files, while no key comes."""
    seen = -1
    # RuntimeError: of the loop or the store's thread, when the program is being left. MarkdeskError: of stamps that
    # can't be read, or a busy desk; whoever needs the stamps is told then.
    with suppress(RuntimeError, MarkdeskError):
        for name in AHEAD:
            while seen != app.inputs:
                seen = app.inputs
                sleep(QUIET_SECONDS)
            with _giving_way():
                module = import_module(f"markdesk.tui.screens.{name}")
            loop.call_soon_threadsafe(read_css, app, module)
        if (desk := app.desk) is not None:
            app.thread.do_now(lambda: desk.stamp_sets)
    gc.freeze()


@contextmanager
def _giving_way() -> "Iterator[None]":
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def read_css(app: "MarkdeskApp", module: ModuleType) -> None:
    """Read the CSS of a module's screens. When it pushes one, Textual would read that with all it has read before."""
    for its in vars(module).values():
        is_its_own = isinstance(its, type) and issubclass(its, Screen) and its.__module__ == module.__name__
        if is_its_own and isinstance(its.CSS_PATH, str):
            path = Path(module.__file__ or "").with_name(its.CSS_PATH)
            if not app.stylesheet.has_source(str(path)):
                app.stylesheet.read(path)
                app.stylesheet.parse()
