"""Work in a thread of its own: what it gives, what it raises, and that nobody waits for it at the end."""

import subprocess
import sys
import time

import pytest

from markdesk.core.errors import NotFound
from markdesk.tui.apart import apart

NEVER_DONE = """
import asyncio, time
from markdesk.tui.apart import apart

async def main():
    try:
        await asyncio.wait_for(apart(lambda: time.sleep(60)), 0.2)
    except TimeoutError:
        print("left")

asyncio.run(main())
"""


async def test_it_gives_what_the_work_gives() -> None:
    assert await apart(lambda: 6 * 7) == 42


async def test_it_raises_what_the_work_raises() -> None:
    def refuse() -> None:
        raise NotFound("Nobody.")

    with pytest.raises(NotFound, match="Nobody"):
        await apart(refuse)


def test_a_program_ends_while_it_goes_on() -> None:
    begun = time.monotonic()
    done = subprocess.run([sys.executable, "-c", NEVER_DONE], capture_output=True, text=True, timeout=50, check=True)
    assert (done.stdout, done.stderr) == ("left\n", "")
    assert time.monotonic() - begun < 40
