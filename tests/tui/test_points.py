"""A scale of points: a digit an item, the mark their sum."""

import json
from pathlib import Path

import pytest

from tests.tui.desks import HOLISTIC, POINTS, lay_out
from tests.tui.seat import Seat, World


@pytest.fixture
def world_of_points(tmp_path: Path) -> World:
    return lay_out(tmp_path / "marks.db", (POINTS,))


def award(seat: Seat, scale: str) -> tuple[object, dict[str, int]] | None:
    """The mark and the points of a scale; None where no row is kept."""
    found = seat.rows("select mark, points from award where scale = ?", scale)
    return (found[0][0], dict(json.loads(str(found[0][1])))) if found else None


async def test_digits_go_down_the_items_and_on_to_the_next_scale(world_of_points: World) -> None:
    async with world_of_points.sit(POINTS) as seat:
        await seat.press("1")
        assert award(seat, "q1a") == (None, {"first": 1})
        assert seat.foot.startswith("✓ saved  1a first 1 of 1")
        assert "1 / 3   so far" in seat.text
        await seat.press("0", "1")
        assert award(seat, "q1a") == (2, {"first": 1, "second": 0, "third": 1})
        await seat.press("1")
        assert award(seat, "q1b") == (None, {"first": 1}), "the next scale follows by itself"


async def test_more_than_an_item_may_earn_is_refused(world_of_points: World) -> None:
    async with world_of_points.sit(POINTS) as seat:
        await seat.press("2")
        assert award(seat, "q1a") is None
        assert "first earns 0 to 1 points, not 2" in seat.spoken


async def test_tab_plus_and_minus_go_by_items(world_of_points: World) -> None:
    async with world_of_points.sit(POINTS) as seat:
        await seat.press("tab", "+")
        assert award(seat, "q1a") == (None, {"second": 1})
        await seat.press("-")
        assert award(seat, "q1a") == (None, {"second": 0})


async def test_a_typed_mark_stands_for_the_whole(world_of_points: World) -> None:
    async with world_of_points.sit(POINTS) as seat:
        await seat.press("1", ":", "3", "enter")
        assert award(seat, "q1a") == (3, {})


async def test_undo_takes_one_item_back_and_makes_it_active(world_of_points: World) -> None:
    async with world_of_points.sit(POINTS) as seat:
        await seat.press("1")
        world_of_points.clock.wait(100)
        await seat.press("1")
        await seat.press("ctrl+z")
        assert award(seat, "q1a") == (None, {"first": 1})
        await seat.press("0")
        assert award(seat, "q1a") == (None, {"first": 1, "second": 0})


async def test_points_are_there_after_a_restart(world_of_points: World) -> None:
    async with world_of_points.sit(POINTS) as seat:
        await seat.press("1")
    async with world_of_points.sit(POINTS) as seat:
        await seat.press("1", "1")
        assert award(seat, "q1a") == (3, {"first": 1, "second": 1, "third": 1})


async def test_digits_may_mean_marks(world: World) -> None:
    async with world.sit(HOLISTIC, digits="mark") as seat:
        await seat.press("1", "7", "enter")
        assert seat.rows("select mark, level, tentative from award") == [(17, 4, 0)]
