"""A program whose terminal is gone ends, also where nothing tells it so.

A window that is closed sends SIGHUP to the program that it belongs to, and the app leaves as by Ctrl+Q. Two things are
in the way of that. A program that was started apart from its terminal (``setsid``, a service, some ways into a
container) is sent nothing, and Textual reads the end of the input for ever. And Textual's writing thread dies of what
it can't write, after which the next few frames fill its queue and the way out waits for ever to be written.
"""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

STDIN, STDERR = 0, 2
"""What Textual reads from and writes to."""
WRITER = "textual-output"
"""What Textual calls the thread that writes."""
LOOK_SECONDS = 0.5
"""How often it is looked whether the terminal is there."""
TOLD_SECONDS = 1.0
"""How long the system has to send the signal itself."""
LEAVE_SECONDS = 15.0
"""How long the way out may take: more than the store is waited for, twice, by an essay that is open."""


@contextmanager
def ending_with_the_terminal() -> Iterator[None]:
    """While this lasts, a terminal that goes away is a SIGHUP, whether one is sent or not."""
    hang_up = getattr(signal, "SIGHUP", None)
    if hang_up is None or not os.isatty(STDIN):  # Windows ends a program whose window is closed
        yield
        return
    left = threading.Event()
    threading.Thread(target=_watch, args=(hang_up, left), name="terminal", daemon=True).start()
    before, threading.excepthook = threading.excepthook, _thread_died
    try:
        yield
    finally:
        threading.excepthook = before
        left.set()


def _watch(hang_up: int, left: threading.Event) -> None:
    while os.isatty(STDIN):
        if left.wait(LOOK_SECONDS):
            return
    if left.wait(TOLD_SECONDS):
        return
    signal.raise_signal(hang_up)
    if not left.wait(LEAVE_SECONDS):
        os._exit(128 + hang_up)  # what was shown is committed, and words are kept as they are typed


def _thread_died(what: threading.ExceptHookArgs) -> None:
    """Let the writing thread go on, into nowhere, where it died because the terminal is gone."""
    if what.thread is None or what.thread.name != WRITER or os.isatty(STDERR):
        threading.__excepthook__(what)
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, STDERR)
    os.close(nowhere)
    what.thread.run()
