"""The mouse in the scheme's column: levels, marks, scales, strands and stamps take clicks."""

from pathlib import Path

import pytest

from tests.tui.desks import HOLISTIC, PROFILE, SUMMED, lay_out
from tests.tui.seat import Seat, World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return lay_out(tmp_path / "marks.db", (HOLISTIC, SUMMED, PROFILE))


async def click_on(seat: Seat, words: str, last: bool = False) -> None:
    """Click on words of the column at the right."""
    found = [(line.rindex(words), y) for y, line in enumerate(seat.lines) if words in line[74:]]
    x, y = found[-1] if last else found[0]
    await seat.click(x + 1, y)


async def test_a_level_and_then_a_mark_of_its_row(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await click_on(seat, "A clear analytical answer")
        assert world.one("select level || '/' || mark from award") == "4/18"
        await click_on(seat, " 19 ")
        assert world.one("select mark from award") == 19
        await seat.press("ctrl+z")
        assert world.one("select mark from award") == 18


async def test_a_stamp_of_the_legend_falls_on_the_passage(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("down")
        await click_on(seat, "EXP")
        assert world.one("select code from annotation") == "EXP"
        assert "EXP on ¶2" in seat.lines[-1]


async def test_a_scale_and_its_level(world: World) -> None:
    async with world.sit(SUMMED) as seat:
        await click_on(seat, "AO2")
        await seat.press("3")
        assert world.rows("select scale, level from award") == [("ao2", 3)]


async def test_a_strand_and_its_level(world: World) -> None:
    async with world.sit(PROFILE) as seat:
        await click_on(seat, "judgement")
        await click_on(seat, "L4  13–16")
        assert '"judgement", 4' in str(world.one("select strands from award"))


async def test_while_words_are_typed_a_click_marks_nothing(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("E")
        await click_on(seat, "A clear analytical answer")
        assert world.rows("select * from award") == []


async def test_a_click_ends_what_was_asked(world: World) -> None:
    async with world.sit(HOLISTIC, checks="on") as seat:
        await seat.press("4", "enter")
        assert "no, and finish" in seat.text
        await click_on(seat, " 19 ")
        await seat.press("2")
    assert world.one("select answers from marking") == "[]", "the digit is a level again"
    assert world.one("select level from award") == 2


async def test_the_palette_has_no_act_for_an_essay_while_words_are_typed(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press(",")
        await seat.type("Words for her")
        await seat.press("ctrl+p")
        await seat.type("finish, and open")
        await seat.press("enter", "escape", "escape")
    assert world.rows("select status from marking") == [("in_progress",)]
    assert world.one("select text from feedback") == "Words for her"
