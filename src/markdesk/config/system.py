"""The machine's clock, and ids that sort by time."""

import os
import threading
import time
from datetime import UTC, datetime


class SystemClock:
    """The time in UTC, to the millisecond; the day where the machine stands."""

    def now(self) -> str:
        return datetime.now(UTC).isoformat(timespec="milliseconds")

    def today(self) -> str:
        # In a summer night, and in half the world, this isn't the day in UTC.
        return datetime.now(UTC).astimezone().date().isoformat()


class Uuid7Source:
    """UUIDs of version 7 (RFC 9562): a millisecond, then randomness; in order within one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def new(self) -> str:
        with self._lock:
            # 48 bits of time and 12 that count on within a millisecond.
            self._last = max(self._last + 1, time.time_ns() // 1_000_000 << 12)
            stamp, count = self._last >> 12, self._last & 0xFFF
        tail = int.from_bytes(os.urandom(8), "big") & (1 << 62) - 1
        value = stamp << 80 | 7 << 76 | count << 64 | 2 << 62 | tail
        text = f"{value:032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
