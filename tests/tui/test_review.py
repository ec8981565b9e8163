"""How a pile was marked, on the screen: every figure in its place, in a small window and a wide one."""

import re

import pytest
from rich.cells import cell_len

from tests.tui.desks import HOLISTIC, SUMMED
from tests.tui.drifted import SLIDING, drifted
from tests.tui.seat import Seat, World
from tests.tui.test_rooms import row

SMALL, WIDE = (80, 24), (120, 48)


@pytest.fixture(scope="module")
def holistic(tmp_path_factory: pytest.TempPathFactory) -> World:
    return drifted(tmp_path_factory.mktemp("review") / "marks.db")


@pytest.fixture(scope="module")
def summed(tmp_path_factory: pytest.TempPathFactory) -> World:
    return drifted(tmp_path_factory.mktemp("review") / "marks.db", SUMMED)


async def whole_page(seat: Seat) -> str:
    """Every line of the page, from its top to its end."""
    found: dict[str, None] = {}
    for _ in range(6):
        found.update(dict.fromkeys(seat.lines[1:-1]))
        await seat.press("pagedown")
    return "\n".join(found)


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_what_to_look_at_stands_first(holistic: World, size: tuple[int, int]) -> None:
    async with holistic.sit(size=size) as seat:
        await seat.press("end", "enter", "r")
        assert "13H  Khrushchev   marks" in seat.lines[0]
        assert "27 of 27 finished" in seat.lines[0]
        assert "n 26 · mean 15.0 of 25 · median 15.0 · spread 2.3 · from 11 to 20" in seat.text
        assert "27 essays: 26 with a mark of 25, 1 no response; no response (NR) and what" in seat.text
        assert "! The last eight of 26 essays sit 5.1 marks below the first" in seat.text
        assert "Weakest      Knowledge and evidence, at 40% of the highest level (n 9)" in seat.text
        assert "Missing      1: Noor Rahman (absent)" in seat.text
        assert "1 under L5   Finn O’Connell" in seat.text
        tallest = max(SLIDING.count(mark) for mark in SLIDING)
        (top,) = (line for line in seat.lines if line.split()[:1] == [str(tallest)] and "█" in line)
        assert top.count("█") == sum(SLIDING.count(mark) == tallest for mark in set(SLIDING))
        page = await whole_page(seat)
        assert "L4    16–20  ███████████ 11" in page
        assert "Essay: mean 15.0 of 25 (60%), n 26, 1 NR" in page
        told = " ".join(page.split())
        assert "L4 from 16 11 reach it; if it were 1 lower, 4 more would; 2" in told
        assert "Knowledge and evidence 2.0 of 5 n 9 ████████░░░░░░░░░░░░" in told
        assert "What recurs   on how many of the finished essays" in page
        assert "  K        27 of 27  " in page
        assert "Comments: none on a passage in the first 8 or the last 8." in page
        assert all(cell_len(line) <= size[0] for line in seat.lines)
        await seat.press("escape")
        assert "27 of 27 finished" in seat.lines[0]


async def test_each_scale_has_its_own_figures_and_order(summed: World) -> None:
    async with summed.sit(size=(80, 24)) as seat:
        await seat.press("end", "r")
        page = await whole_page(seat)
        for title in (
            "AO1 Knowledge, analysis and judgement: mean 11.6 of 20 (58%), n 26, 1 NR",
            "AO2 Primary sources",
        ):
            assert title in page
        assert "Last eight of 26 essays 4.1 marks below first eight; chance: <1 in 100." in page
        assert "Last eight of 26 essays 0.3 marks above first eight; chance: 91 in 100." in page
        assert "Analysis over the period (AO1)" in page
        assert "Boundaries" not in page, "the marks of three scales have no level together"


async def test_another_size_lays_it_out_anew(holistic: World) -> None:
    async with holistic.sit(size=SMALL) as seat:
        await seat.press("end", "r")
        assert row(seat, "1 under L4").rstrip().endswith("Łucja")
        await seat.resize(*WIDE)
        assert row(seat, "1 under L4").rstrip().endswith("Łucja Lindqvist")


@pytest.mark.parametrize(("size", "told"), [
    (SMALL, "! Last eight of 26 essays 5.1 marks below first eight; chance: <1 in 100"),
    (WIDE, "! The last eight of 26 essays sit 5.1 marks below the first eight; chance would do this in fewer"),
])  # fmt: skip
async def test_the_list_and_the_line_up_tell_a_sign_of_drift(holistic: World, size: tuple[int, int], told: str) -> None:
    async with holistic.sit(size=size) as seat:
        await seat.press("end", "enter")
        assert told in seat.lines[-2]
        assert "In the order marked" in seat.lines[-3]
        await seat.press("l")
        assert told in seat.lines[4]
        assert "Look again" in seat.text


async def test_the_line_up_names_the_last_third_where_there_is_a_sign(holistic: World) -> None:
    async with holistic.sit(size=(120, 60)) as seat:
        await seat.press("end", "enter", "l")
        late = {int(found) for found in re.findall(r"late \((\d+)(?:st|nd|rd|th)\)", seat.text)}
        assert late == set(range(19, 27)), "the last eight of 26"


async def test_without_a_sign_nothing_is_said_of_drift(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", "enter", "3", "enter")
    async with world.sit() as seat:
        await seat.press("end", "enter")
        assert "In the order marked" in seat.lines[-2]
        await seat.press("l")
        assert "chance" not in seat.text
        assert "late (" not in seat.text
        await seat.press("escape", "r")
        assert "Of drift nothing is told under 20 finished essays: here 2." in seat.text


async def test_the_class_and_the_year_are_an_arrow_away(holistic: World) -> None:
    async with holistic.sit(size=SMALL) as seat:
        await seat.press("end", "enter", "r", "right")
        assert "13H  2026-27" in seat.lines[0]
        assert seat.lines[0].rstrip().endswith("1 assignment")
        assert "26 marks in 1 assignment: mean 60% of the maximum" in seat.text
        assert "Missing      Noor Rahman: Khrushchev" in seat.text
        assert "! Khrushchev: Last eight of 26 essays 5.1 marks below first" in seat.text
        assert "10 Nov 2026  Khrushchev  15.0 of 25  n 26  ████████████░░░░░░░░" in seat.text
        assert "60–69%  " in await whole_page(seat)
        await seat.press("right")
        assert "13H  all years" in seat.lines[0]
        await seat.press("right")
        assert "every class, 2026-27" in seat.lines[0]
        await seat.press("right")
        assert "Khrushchev   marks" in seat.lines[0]
        await seat.press("left", "?")
        assert "another view: this assignment, its class, every class" in seat.text
        await seat.press("escape", "escape")
        assert "27 of 27 finished" in seat.lines[0]
