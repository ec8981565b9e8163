"""The one thread that touches the store. A screen waits for it; the terminal never does."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from markdesk.core.errors import MarkdeskError

T = TypeVar("T")


PATIENCE = 5.0
"""Seconds that the way out waits for the desk each time; ``hung_up.LEAVE_SECONDS`` has room for two."""


class StoreThread:
    """Runs what is asked in order, one at a time. What it raises reaches whoever awaited it."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="store")

    async def do(self, work: Callable[[], T]) -> T:
        """Have it done and wait."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    def do_now(self, work: Callable[[], T]) -> T:
        """Have it done before anything else happens on the screen: for the way out.

        Raises MarkdeskError where the desk is busy for so long with something else that the way out can't wait.
        """
        doing = self._pool.submit(work)
        try:
            return doing.result(timeout=PATIENCE)
        except TimeoutError:
            if doing.done():
                return doing.result()  # done just now; or what it raised itself, as a network's drive may
            doing.cancel()
        raise MarkdeskError("The desk was too busy: words typed in the last moment may not be kept.")

    def close(self) -> None:
        self._pool.shutdown(wait=True)
