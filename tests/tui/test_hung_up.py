"""A program whose terminal goes away ends, with a signal or without one, and what was done and half typed is kept."""

import select
import sys
import time
from pathlib import Path

import pytest

from tests.tui.desks import HOLISTIC, lay_out
from tests.tui.in_a_terminal import on_a_terminal
from tests.tui.seat import World

HUNG_UP = 129
CHILD = """
import sys
from markdesk.__main__ import main
sys.argv[0] = "markdesk"
sys.exit(main())
"""
LEAVES = """
from markdesk.tui import hung_up
hung_up.LEAVE_SECONDS = 600
"""
"""It isn't ended by force within this test."""
IS_ITS_OWN = """
import fcntl, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
"""
"""The terminal becomes the program's own, so that the system sends it a signal."""
NEVER_LEAVES = """
import time
from markdesk.tui import hung_up
from markdesk.tui.app import MarkdeskApp
hung_up.LEAVE_SECONDS = 0.5
MarkdeskApp._leave = lambda *_: time.sleep(600)
"""
STAYS_BUSY = """
import time
from markdesk.tui import hung_up
from markdesk.tui.store_thread import StoreThread
hung_up.LEAVE_SECONDS = 0.5
StoreThread.close = lambda *_: time.sleep(600)
"""
"""As where the store is busy with something that never ends: on the way out, and once the screens are closed."""
PATIENCE = 60.0


def ended_without_its_terminal(world: World, before: str, keys: bytes, shown: bytes) -> int:
    """The program on an essay, given keys; its terminal is taken away when it has shown something. The exit code."""
    said = b""
    is_typed = False
    deadline = time.monotonic() + PATIENCE
    with on_a_terminal(before + CHILD, "--db", str(world.path), "mark", "okafor") as (child, ours):
        while shown not in said:
            assert time.monotonic() < deadline, said[-2000:]
            if select.select([ours], [], [], 0.05)[0]:
                said += ours.read(65536) or b""
            if not is_typed and b"Khrushchev spoke" in said:
                ours.write(keys)
                is_typed = True
        ours.close()
        return child.wait(timeout=PATIENCE)


if sys.platform == "linux":

    @pytest.mark.parametrize("before", [LEAVES, LEAVES + IS_ITS_OWN], ids=["no signal", "a signal"])
    def test_what_was_done_and_half_typed_is_kept(tmp_path: Path, nobodys_folders: Path, before: str) -> None:
        world = lay_out(tmp_path / "marks.db", (HOLISTIC,))
        keys = b"K\x1b[200~half a sen\x1b[201~"
        assert ended_without_its_terminal(world, before, keys, b"half a sen") == HUNG_UP
        assert world.rows("select code from annotation") == [("K",)]
        assert world.rows("select text from draft") == [("half a sen",)]

    @pytest.mark.parametrize("before", [NEVER_LEAVES, STAYS_BUSY], ids=["never leaves", "stays busy"])
    def test_a_program_that_cannot_leave_is_ended(tmp_path: Path, nobodys_folders: Path, before: str) -> None:
        world = lay_out(tmp_path / "marks.db", (HOLISTIC,))
        assert ended_without_its_terminal(world, before, b"k", b"saved") == HUNG_UP
        assert world.rows("select code from annotation") == [("K",)]
