"""A handwritten script: the pad stands where another essay has its text."""

from pathlib import Path

import pytest

from markdesk.tui.widgets.essay_view import EssayView
from tests.tui.desks import HOLISTIC, lay_out
from tests.tui.seat import Row, Seat, World


@pytest.fixture
def paper(tmp_path: Path) -> World:
    return lay_out(tmp_path / "marks.db", (HOLISTIC,), essays=(None, None, None))


def notes(seat: Seat) -> list[Row]:
    return seat.rows("select code, exact, comment, start from annotation order by id")


async def test_the_arrows_add_paragraphs_and_page_down_pages(paper: World) -> None:
    async with paper.sit(HOLISTIC) as seat:
        assert "Paper  p1 ¶1" in seat.text
        await seat.press("k", "down", "e", "pagedown", "down", "n")
        assert notes(seat) == [("K", "p1 ¶1", "", None), ("E", "p1 ¶2", "", None), ("NAR", "p2 ¶2", "", None)]
        assert seat.foot.startswith("✓ saved  NAR on p2 ¶2")
        await seat.press("pageup", "l")
        assert notes(seat)[-1][1] == "p1 ¶1", "back to the head of the page before"


async def test_a_comment_stands_beside_its_place(paper: World) -> None:
    async with paper.sit(HOLISTIC) as seat:
        await seat.press("down", "E")
        await seat.type("exact [sic]")
        await seat.press("escape")
        line = next(line for line in seat.lines if "p1 ¶2" in line and "exact" in line)
        assert "E exact [sic]" in line
        assert notes(seat) == [("E", "p1 ¶2", "exact [sic]", None)]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_line_that_is_too_long_ends_with_a_sign_that_it_goes_on(paper: World, size: tuple[int, int]) -> None:
    """Beside its place, and in the box under the essay; what the head teaches too."""
    said = "A good idea, left too early: one more sentence of why it mattered and it proves the point that it makes"
    async with paper.sit(HOLISTIC, size=size) as seat:
        await seat.press("E")
        await seat.type(said)
        await seat.press("escape")
        lines = [line for line in seat.lines if "A good idea" in line]
        assert len(lines) == 2
        assert all("…" in line.partition("good idea")[2] for line in lines), lines
        column = seat.app.screen.query_one(EssayView).size.width
        head = next(line for line in seat.lines if "Paper  p1" in line)[:column].rstrip()
        assert head.endswith("…") or "the next page" in head, head


async def test_it_is_there_after_a_restart_and_undone(paper: World) -> None:
    async with paper.sit(HOLISTIC) as seat:
        await seat.press("pagedown", "down", "k")
    async with paper.sit(HOLISTIC) as seat:
        assert any("p2 ¶2" in line and "K" in line for line in seat.lines)
        await seat.press("[")
        assert "Paper  p2 ¶2" in seat.text
        await seat.press("ctrl+z")
        assert notes(seat) == []


async def test_half_a_comment_on_an_unstamped_place_comes_back_there(paper: World) -> None:
    async with paper.sit(HOLISTIC) as seat:
        await seat.press("pagedown", "pagedown", '"')
        await seat.type("Whose vie")
        await seat.until(lambda: seat.rows("select text from draft"))
    async with paper.sit(HOLISTIC) as seat:
        await seat.type("w?")
        await seat.press("escape")
        assert notes(seat) == [("", "p3 ¶1", "Whose view?", None)]


async def test_a_place_may_be_several(paper: World) -> None:
    async with paper.sit(HOLISTIC) as seat:
        await seat.press("down", "down", "up", "shift+right", "k")
        assert notes(seat)[0][1] == "p1 ¶2 – p1 ¶3"
        await seat.press("$")
        await seat.press("!")
        assert "p1 ¶2 – p1 ¶3" in seat.text


async def test_marking_a_script_on_paper_takes_few_keys(paper: World) -> None:
    """Six stamps by page and paragraph, a level and its mark, and on: fifteen at the most, the comments apart."""
    keys = ["k", "down", "e", "down", "n", "pagedown", "k", "down", "e", "down", "j", "4", "+", "enter"]
    assert len(keys) <= 15
    async with paper.sit(HOLISTIC) as seat:
        await seat.press(*keys)
        assert len(notes(seat)) == 6
        assert seat.rows("select mark, tentative from award") == [(19, 0)]
        assert "Łucja Świderska" in seat.lines[0]
