"""Work that takes a while and touches no desk: in a thread of its own, which nobody waits for when the program ends."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar

T = TypeVar("T")


async def apart(work: Callable[[], T]) -> T:
    """What the work gives, or its exception. A thread of asyncio's own would hold up the way out until it is done."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def run() -> None:
        try:
            result = work()
        except Exception as error:  # told where it was asked for
            _tell(loop, done, partial(done.set_exception, error))
        else:
            _tell(loop, done, partial(done.set_result, result))

    threading.Thread(target=run, name="apart", daemon=True).start()
    return await done


def _tell(loop: asyncio.AbstractEventLoop, done: asyncio.Future[T], settle: Callable[[], None]) -> None:
    def settled() -> None:
        if not done.done():  # else whoever waited is gone
            settle()

    with suppress(RuntimeError):  # the program has ended meanwhile
        loop.call_soon_threadsafe(settled)
