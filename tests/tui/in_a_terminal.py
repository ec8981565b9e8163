"""A child on a terminal of its own, whose other end the test holds."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO

from tests.kit import child_environment


@contextmanager
def on_a_terminal(code: str, *argv: str, **more: str) -> Iterator[tuple["subprocess.Popen[bytes]", FileIO]]:
    """Run Python code with these arguments and ``more`` in its environment: the child, and our end of its terminal.

    Our end may be closed before. The child is ended at the latest with this.
    """
    import pty  # here, since Windows has none

    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-c", code, *argv],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**child_environment(), "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30", **more},
        start_new_session=True,
    )
    os.close(theirs)
    with FileIO(ours, "r+") as end:
        try:
            yield child, end
        finally:
            child.kill()
            child.wait()
