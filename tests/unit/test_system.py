"""The machine's clock: the time is the same everywhere, the day is where one is."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from markdesk.config.system import SystemClock
from tests.kit import SRC


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="no other zone can be had here")
def test_today_is_the_day_where_the_machine_stands(zone: pytest.MonkeyPatch) -> None:
    """A class is set work in Auckland before it is that day in Greenwich, and in a summer night in England too."""
    days: list[date] = []
    for name in ("EAST-14", "WEST+12"):
        zone.setenv("TZ", name)
        time.tzset()
        days.append(date.fromisoformat(SystemClock().today()))
        assert abs(datetime.fromisoformat(SystemClock().now()) - datetime.now(UTC)).total_seconds() < 60
    assert days[0] > days[1]  # 26 hours apart: never the same day


def test_nobody_takes_the_day_from_the_time() -> None:
    """That would be Greenwich's."""
    taken = [path for path in SRC.rglob("*.py") if re.search(r"now\(\)\[:10\]", path.read_text("utf-8"))]
    assert taken == []
