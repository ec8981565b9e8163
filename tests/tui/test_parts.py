"""A two-part answer on the marking screen: where the parts begin, and the scale that follows the cursor."""

from pathlib import Path

import pytest

from markdesk.core.essay import Essay
from tests.tui.desks import ESSAYS, HOLISTIC, PARTS, lay_out
from tests.tui.seat import World

ANSWER = "The tanks came in November, and nobody at home had been told that they would, or what it was for. " * 3
DIVIDED = Essay.from_paragraphs(["(a)", ANSWER, "(b)", ANSWER, ANSWER])


@pytest.fixture
def world(tmp_path: Path) -> World:
    return lay_out(tmp_path / "marks.db", (PARTS, HOLISTIC), essays=(DIVIDED, *ESSAYS[1:]))


async def test_the_texts_own_headings_divide_it_and_the_scale_follows(world: World) -> None:
    async with world.sit(PARTS) as seat:
        assert "part a ─" in seat.text
        assert "part b ─" in seat.text
        assert "reading ¶1 · part a" in seat.text
        await seat.press("2", "down", "down", "down")
        assert "reading ¶4 · part b" in seat.text
        await seat.press("3")
    assert [scale for (scale,) in world.rows("select scale from award order by scale")] == ["a", "b"]
    assert world.one("select parts from marking") == "[]", "what is proposed is written nowhere"


async def test_a_scale_chosen_by_hand_stays_within_its_part(world: World) -> None:
    async with world.sit(PARTS) as seat:
        await seat.press("tab", "2", "down", "down")
        assert [scale for (scale,) in world.rows("select scale from award")] == ["b"]
        await seat.press("down", "up", "up", "3")
        assert [scale for (scale,) in world.rows("select scale from award order by scale")] == ["a", "b"]


async def test_the_percent_sign_says_where_a_part_begins_and_is_undone(world: World) -> None:
    async with world.sit(PARTS, script="script-parts-2") as seat:
        assert "part b" not in seat.text.replace("a part", "")
        await seat.press("down", "down", "%")
        text = ESSAYS[1]
        start = text.paragraphs[2].span.start
        assert world.one("select parts from marking") == f'[["a", 0], ["b", {start}]]'
        assert "part b begins at ¶3" in seat.text
        assert "reading ¶3 · part b" in seat.text
        await seat.press("%")
        assert "part b doesn't begin at ¶3" in seat.text
        assert world.one("select parts from marking") == "[]", "what was said is taken back whole"
        world.clock.wait(90)
        await seat.press("%")
        assert "part b ─" in seat.text
        await seat.press("ctrl+z")
        assert world.one("select parts from marking") == "[]"
        assert "part b ─" not in seat.text


async def test_the_digit_after_the_percent_sign_is_for_the_part_that_begins(world: World) -> None:
    async with world.sit(PARTS, script="script-parts-2") as seat:
        await seat.press("down", "down", "%", "4")
    assert world.rows("select scale, level from award") == [("b", 4)]


async def test_a_heading_that_was_said_to_be_none_stays_so(world: World) -> None:
    async with world.sit(PARTS) as seat:
        await seat.press("down", "down", "%")
        assert "part b ─" not in seat.text
    assert world.one("select parts from marking") == '[["a", 0]]'


async def test_a_scheme_without_parts_says_so(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("%")
        assert "This scheme has no parts" in seat.text
    assert world.rows("select * from marking") == []


async def test_on_paper_the_parts_have_no_place(tmp_path: Path) -> None:
    world = lay_out(tmp_path / "paper.db", (PARTS,), essays=(None, *ESSAYS[1:]))
    async with world.sit(PARTS) as seat:
        await seat.press("%")
        assert "On paper the parts have no place" in seat.text
