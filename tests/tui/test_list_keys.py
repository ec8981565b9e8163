"""A key in the list of a pile: it touches one row, and what is looked up behind moves no cursor that was touched."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from markdesk.core.ids import StudentId
from markdesk.core.people import Student
from markdesk.desk.queueing import QueueActs
from markdesk.desk.sitting import Sitting
from markdesk.store.sqlite.store import SqliteStore
from markdesk.tui.screens import queue
from tests.schemes_that_change import rebanded, written
from tests.tui.desks import HOLISTIC, STUDENTS, lay_out, script_id
from tests.tui.seat import Seat, World
from tests.tui.test_queue import LATE, mark_three, notes, to_the_list, under_bar
from tests.tui.test_takeover import OTHER_BANDS, preview, under_own


@pytest.fixture
def world(tmp_path: Path) -> World:
    return lay_out(tmp_path / "marks.db", (HOLISTIC,), students=(*STUDENTS, LATE))


# -- a key touches one row


READS = ("entries", "acts", "absences", "students", "memberships", "assignments", "steps", "marking")


def count_reads(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the store is asked for from now on."""
    desk = seat.app.desk
    assert desk is not None
    asked: list[str] = []
    for name in READS:
        read = getattr(desk.store, name)

        def reading(*given: object, read: Callable[..., object] = read, name: str = name, **named: object) -> object:
            asked.append(name)
            return read(*given, **named)

        monkeypatch.setattr(desk.store, name, reading)
    return asked


async def at_rest(seat: Seat, asked: list[str]) -> None:
    """Wait until what is looked up behind the list, and for the library under it, has been; then count anew."""
    await seat.app.workers.wait_for_complete()
    count = -1
    while count != len(asked):
        count = len(asked)
        await asyncio.sleep(0.3)
        await seat.settle()
    asked.clear()


async def test_a_key_reads_neither_the_pile_nor_its_log_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async with world.sit(HOLISTIC) as seat:
        await mark_three(seat)
        await to_the_list(seat)
        asked = count_reads(seat, monkeypatch)
        await at_rest(seat, asked)
        for where, key, shown in (
            ("home", "f", "⚑"),
            ("home", "f", "4 min"),
            ("home", "ctrl+z", "⚑"),
            ("end", "L", "late"),
            ("end", "E", "extension"),
            ("end", "A", "absent"),
            ("end", "ctrl+z", "extension"),
        ):
            await seat.press(where, key)
            assert shown in under_bar(seat), key
        assert asked == []
        assert notes(world) == [("script-holistic-1", None, 1)]
        assert world.rows("select why from absence") == [("extension",)]
        await seat.press("home", "t", "2", "3", "ctrl+z")
        assert {*asked} <= {"steps", "marking"}, "of the essays that were read"


async def test_undo_goes_to_the_row_that_it_is_about(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await to_the_list(seat)
        await seat.press("home", "f", "end", "A", "home", "down", "ctrl+z")
        assert "nothing yet" in under_bar(seat)
        await seat.press("ctrl+z")
        assert "Amara Okafor" in under_bar(seat)
        assert "⚑" not in seat.text
        await seat.press("ctrl+z")
        assert "Nothing to undo here" in seat.text


async def test_what_another_window_did_meanwhile_is_shown_and_not_undone(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await to_the_list(seat)
        await seat.press("down", "f", "f", "home")
        store = SqliteStore(world.path)
        desk = world.desk(store)
        second = next(e for e in store.entries(desk.marker.id) if e.script.id == "script-holistic-2")
        QueueActs(desk).flag(second)
        store.close()
        await seat.press("down", "f")
        assert "Another window has just done this" in seat.text
        assert "⚑ Łucja Świderska" in under_bar(seat)
        assert notes(world) == [("script-holistic-2", None, 1)]


async def test_braces_in_a_name_are_only_braces(tmp_path: Path) -> None:
    curly = Student(StudentId("student-curly"), "{0}", "{marking.undo}")
    world = lay_out(tmp_path / "marks.db", (HOLISTIC,), students=(curly,))
    async with world.sit(HOLISTIC) as seat:
        await to_the_list(seat)
        await seat.press("f")
        assert "{0} {marking.undo}: flagged" in seat.text


# -- what is looked up behind moves no cursor that was touched


class Holding:
    """What a list looks up behind its first frame, held until the test lets it go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go = threading.Event()
        read = queue.read_behind

        def held(sitting: Sitting, with_pace: bool) -> queue.Behind:
            assert self.go.wait(10)
            return read(sitting, with_pace)

        monkeypatch.setattr(queue, "read_behind", held)


@pytest.fixture
async def second_waits(tmp_path: Path) -> World:
    """A pile that was taken over: its second essay is to be looked at again."""
    world = lay_out(tmp_path / "again.db", (HOLISTIC,))
    own = under_own(world, HOLISTIC)
    async with world.sit(HOLISTIC, script=script_id(HOLISTIC, 2)) as seat:
        await seat.press("k", "4", "4", "4", "enter")
    written(rebanded(own, *OTHER_BANDS))
    async with world.sit() as seat:
        await preview(seat)
        await seat.press("enter")
        assert "1 to look at again" in seat.text
    return world


async def list_just_opened(seat: Seat) -> None:
    await seat.press("end")
    await seat.reach("enter")
    await seat.until(lambda: isinstance(seat.app.screen, queue.QueueScreen) and "Amara" in seat.text)


async def test_enter_opens_the_row_that_was_under_the_cursor(
    second_waits: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    holding = Holding(monkeypatch)
    async with second_waits.sit() as seat:
        await list_just_opened(seat)
        assert "Amara Okafor" in under_bar(seat)
        await seat.reach("enter")
        holding.go.set()
        await seat.until(lambda: "First essay." in seat.text or "Second essay." in seat.text)
        assert "First essay." in seat.text


@pytest.mark.parametrize("keys", [("down", "up"), ("f",)])
async def test_the_cursor_stays_once_a_key_was_pressed(
    second_waits: World, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]
) -> None:
    holding = Holding(monkeypatch)
    async with second_waits.sit() as seat:
        await list_just_opened(seat)
        for key in keys:
            seat._send(key)
        await asyncio.sleep(0.05)
        holding.go.set()
        await seat.settle()
        assert "↻ look again" in seat.text
        assert "Amara Okafor" in under_bar(seat)


async def test_untouched_it_goes_to_what_is_to_be_looked_at_again(
    second_waits: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    holding = Holding(monkeypatch)
    async with second_waits.sit() as seat:
        await list_just_opened(seat)
        holding.go.set()
        await seat.settle()
        assert "Łucja Świderska" in under_bar(seat)
