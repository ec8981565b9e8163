"""An essay that was handed in again: both its marks stand in the list and on the student's page."""

from pathlib import Path

from tests.tui.handed_in import hand_in_again
from tests.tui.lined import lined
from tests.tui.seat import Seat


async def test_enter_lets_the_mark_of_a_redraft_stand(tmp_path: Path) -> None:
    world = lined(tmp_path / "marks.db", [(15,), (12,)])
    hand_in_again(world, "Okafor")
    async with world.sit() as seat:
        await seat.press("end", "enter", "enter", "enter", "escape")
        assert "15 → 15 / 25" in row(seat, "Okafor")
        assert seat.rows("select action from log where label like '%the mark stands%'") == [("finish",)]


def row(seat: Seat, family: str) -> str:
    return next(line for line in seat.lines[4:-1] if family in line)


async def test_both_marks_stand_in_the_list_on_the_student_s_page_and_in_the_line(tmp_path: Path) -> None:
    world = lined(tmp_path / "marks.db", [(15,), (12,)])
    hand_in_again(world, "Okafor")
    async with world.sit() as seat:
        await seat.press("end", "enter")
        assert "15 → ? / 25" in row(seat, "Okafor"), "nobody has judged the newer text"
        assert "12 / 25" in row(seat, "Świderska")
        await seat.press("enter", "+", "+", "+", "enter", "escape")
        assert "15 → 18 / 25" in row(seat, "Okafor")
        await seat.press("home")
        while "Okafor" not in seat.here:
            await seat.press("down")
        await seat.press("s")
        assert "15 → 18 of 25" in seat.text
        await seat.press("escape", "l")
        assert "redraft 15 → 18" in row(seat, "Okafor")
        await seat.press("escape")
        assert "15 → 18 / 25" in row(seat, "Okafor")
