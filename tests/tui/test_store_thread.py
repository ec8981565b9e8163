"""The thread of the store, where the way out is in a hurry."""

import threading

import pytest

from markdesk.core.errors import MarkdeskError
from markdesk.tui import store_thread
from markdesk.tui.store_thread import StoreThread


def test_the_way_out_goes_on_where_the_desk_is_too_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_thread, "PATIENCE", 0.05)
    thread, goes_on, kept = StoreThread(), threading.Event(), list[int]()
    try:
        thread._pool.submit(goes_on.wait)
        with pytest.raises(MarkdeskError, match="too busy: words typed in the last moment may not be kept"):
            thread.do_now(lambda: kept.append(1))
    finally:
        goes_on.set()
        thread.close()
    assert kept == [], "nor is it done later, when it was said that it isn't"


def test_what_is_to_be_done_now_answers() -> None:
    thread = StoreThread()
    assert thread.do_now(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        thread.do_now(lambda: 1 // 0)

    def slow_drive() -> None:
        raise TimeoutError("the drive")

    with pytest.raises(TimeoutError, match="the drive"):
        thread.do_now(slow_drive)
    thread.close()
