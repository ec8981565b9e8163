"""What may not be changed, or can't be: returned marks, a second window, another's writes, a store that fails."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from markdesk.core.changes import MarkingChanged
from markdesk.core.essay import Span
from markdesk.core.ids import MarkerId, ScriptId
from markdesk.core.marking import MarkingStatus
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.store.sqlite.store import SqliteStore
from tests.tui.desks import HOLISTIC, lay_out, script_id
from tests.tui.seat import Row, World

TABLES = ("marking", "annotation", "award", "feedback", "log")


def kept(world: World) -> dict[str, list[Row]]:
    return {name: world.rows(f"select * from {name}") for name in TABLES}


@contextmanager
def elsewhere(world: World, place: int = 1) -> Iterator[MarkingDesk]:
    """The same script as another process of the same marker opens it, without asking for a hold."""
    store = SqliteStore(world.path)
    desk = world.desk(store)
    entry = store.entries(desk.marker.id, script_id=ScriptId(script_id(HOLISTIC, place)))[0]
    try:
        yield MarkingDesk(desk, entry)
    finally:
        store.close()


def give_back(world: World) -> None:
    """Return the first essay to its student, as the command line does."""
    store = SqliteStore(world.path)
    desk = world.desk(store)
    marking = store.marking(ScriptId(script_id(HOLISTIC, 1)), desk.marker.id)
    assert marking is not None
    returned = replace(marking.header, status=MarkingStatus.RETURNED)
    step = replace(desk.step("return", "returned", (MarkingChanged(marking.header, returned),)), marking_id=marking.id)
    store.commit(step, marking.revision)
    store.close()


async def test_a_returned_marking_is_locked_and_says_so(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("k", "4", "enter")
    give_back(world)
    before = kept(world)
    async with world.sit(HOLISTIC, script=script_id(HOLISTIC, 1)) as seat:
        shown = seat.lines[2:-4]
        for keys in (("e",), (".",), ("5",), ("+",), ("0",), ("[", "delete"), ("backspace",)):
            await seat.press(*keys)
            assert kept(world) == before, keys
            assert "✓ saved" not in seat.foot, keys
        assert [line[:66].rstrip() for line in seat.lines[2:20]] == [line[:66].rstrip() for line in shown[:18]]
        await seat.press("3")
        assert "returned to the student" in seat.spoken


async def test_a_second_window_is_read_only_says_who_has_it_and_takes_over_when_it_is_free(world: World) -> None:
    async with world.sit(HOLISTIC) as first:
        await first.press("k", ">", "<")
        async with world.sit(HOLISTIC, script=script_id(HOLISTIC, 1)) as second:
            assert "K" in second.lines[3][:11], "it can be read all the same"
            await second.press(">", "<")
            assert f"Read-only: open in another window (Ms Test, process {os.getpid()})" in second.foot
            before = kept(world)
            for key in ("e", "4", "0", ".", "backspace", "ctrl+z", "enter"):
                await second.press(key)
                assert kept(world) == before, key
                assert "✓ saved" not in second.foot, key
            await second.press("<", "ctrl+t")
            assert "Still open in another window" in second.foot
            await first.press("4")
            await first.press("enter")
            await second.press("ctrl+t")
            assert "It is yours now" in second.foot
            assert "18 / 25" in second.text, "what the first window did meanwhile is read"
            await second.press("e")
            assert world.rows("select code from annotation order by id") == [("K",), ("E",)]


async def test_ctrl_t_on_an_essay_of_ones_own_says_so(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("ctrl+t")
        assert "This essay is yours already" in seat.foot


async def test_what_another_process_wrote_is_read_before_anything_is_written_over_it(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4")
        with elsewhere(world) as other:
            other.annotate(Span(0, 12), "E")
            other.give_mark("main", 9)
        await seat.press("+")
        assert world.rows("select mark from award") == [(9,)], "the newer mark is never wiped out"
        assert "✓ saved" not in seat.foot
        assert "changed" in seat.foot or "Another window" in seat.foot
        assert "9 / 25" in seat.text
        assert "E" in seat.lines[3][:11]
        await seat.press("+")
        assert world.rows("select mark from award") == [(10,)]


async def test_another_window_that_began_first_is_noticed(world: World) -> None:
    """Neither the marking nor the marker was on the desk when this window opened."""
    async with world.sit(HOLISTIC) as seat:
        with elsewhere(world) as other:
            other.annotate(Span(0, 12), "E")
        await seat.press("k")
        assert "✓ saved" not in seat.foot
        await seat.press("k")
        assert seat.foot.startswith("✓ saved  K on ¶1")
        assert world.rows("select code from annotation order by id") == [("E",), ("K",)]
        assert len(world.rows("select * from marking")) == 1


@contextmanager
def locked(world: World) -> Iterator[None]:
    """Another program has the file for itself."""
    connection = sqlite3.connect(world.path, isolation_level=None)
    connection.execute("begin exclusive")
    try:
        yield
    finally:
        connection.execute("rollback")
        connection.close()


@pytest.mark.parametrize("key", ["k", "5", "+", "0", ".", "delete", "ctrl+z"])
async def test_a_busy_file_changes_nothing_on_the_screen_and_says_not_saved(world: World, key: str) -> None:
    async with world.sit(HOLISTIC, size=(200, 60), patience=0.05) as seat:
        await seat.press("e", "4", "home")
        await seat.until(lambda: world.rows("select * from place"))
        before, shown = kept(world), seat.lines[:-1]
        with locked(world):
            await seat.press(key)
            assert seat.foot.startswith(f"NOT SAVED: {world.path}: another program is writing")
            assert seat.lines[:-1] == shown
        assert kept(world) == before
        await seat.press(key)
        assert seat.foot.startswith("✓ saved"), "the same key works once the file is free"


async def test_enter_on_a_busy_file_stays_on_the_essay(world: World) -> None:
    async with world.sit(HOLISTIC, patience=0.05) as seat:
        await seat.press("4")
        await seat.until(lambda: world.rows("select * from place"))
        with locked(world):
            await seat.press("enter")
            assert "Amara Okafor" in seat.lines[0]
            assert "NOT SAVED:" in seat.spoken
        assert world.rows("select status from marking") == [("in_progress",)]


async def test_a_comment_on_a_busy_file_stays_in_its_editor(world: World) -> None:
    async with world.sit(HOLISTIC, patience=0.05) as seat:
        await seat.press("K")
        await seat.type("kept in sight")
        await seat.until(lambda: world.rows("select * from place") and world.rows("select * from draft"))
        with locked(world):
            await seat.press("escape")
            assert "NOT SAVED:" in seat.spoken
            assert "kept in sight" in seat.text
        await seat.press("escape")
        assert world.rows("select comment from annotation") == [("kept in sight",)]


async def test_a_typed_mark_on_a_busy_file_is_not_shown(world: World) -> None:
    async with world.sit(HOLISTIC, patience=0.05) as seat:
        await seat.press("4", ":", "9")
        await seat.until(lambda: world.rows("select * from place"))
        with locked(world):
            await seat.press("enter")
            assert "NOT SAVED:" in seat.spoken
            assert "18 / 25" in seat.text
        assert world.rows("select mark from award") == [(18,)]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write to anything")
async def test_a_file_that_may_not_be_written_is_opened_to_read(world: World) -> None:
    world.path.chmod(0o400)
    async with world.sit(HOLISTIC) as seat:
        await seat.press("k")
        assert "NOT SAVED:" in seat.spoken
        assert "K" not in seat.lines[3][:11]


async def test_a_file_that_was_replaced_under_the_program_is_noticed(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("k")
        world.path.rename(world.path.with_name("gone.db"))
        await seat.press("e")
        assert "NOT SAVED:" in seat.spoken
        assert "E" not in seat.lines[4][:11]
        world.path.with_name("gone.db").rename(world.path)


async def test_two_markers_mark_the_same_script_apart(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("k", "4")
    store = SqliteStore(world.path)
    desk = world.desk(store, "Mr Second")
    assert desk.marker.id != MarkerId(str(world.one("select marker_id from marking")))
    other = MarkingDesk(desk, store.entries(desk.marker.id, script_id=ScriptId(script_id(HOLISTIC, 1)))[0])
    other.give_mark("main", 9)
    store.close()
    async with world.sit(HOLISTIC) as seat:
        assert "18 / 25" in seat.text
        assert world.rows("select mark from award order by mark") == [(9,), (18,)]


async def test_why_nothing_was_saved_can_be_read_in_eighty_columns(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("a-home-folder-with-a-name-of-a-usual-length")
    world = lay_out(folder / "marks.db", [HOLISTIC])
    async with world.sit(HOLISTIC, size=(80, 24), patience=0.05) as seat:
        connection = sqlite3.connect(world.path, isolation_level=None)
        connection.execute("begin exclusive")
        await seat.press("k")
        connection.close()
        assert "another program is writing to it" in seat.spoken
