"""What Enter asks before it finishes: the scheme's caps, what is missing, and what became of the last target."""

import json
import sqlite3
from pathlib import Path

import pytest

from markdesk.core.feedback import Field
from markdesk.core.ids import ScriptId
from markdesk.desk.sitting import Sitting
from markdesk.store.sqlite.store import SqliteStore
from tests.kit import CountingIds
from tests.tui.desks import CAPPED, HOLISTIC, PROFILE, SUMMED, lay_out, script_id
from tests.tui.seat import Seat, World

STATUS = "select status from marking where script_id = ?"


def answers(seat: Seat) -> dict[str, bool]:
    found = seat.rows("select answers from marking")
    return dict(json.loads(str(found[0][0]))) if found else {}


def status(seat: Seat, shape: str, place: int = 1) -> object:
    return seat.one(STATUS, script_id(shape, place))


async def test_enter_asks_the_caps_and_a_second_enter_says_no_and_goes_on(world: World) -> None:
    async with world.sit(HOLISTIC, checks="on") as seat:
        await seat.press("4", "enter")
        assert "Is the answer description, with no comment tied to the question?" in seat.spoken
        assert "schools advise at most 10" in seat.spoken
        assert "Is only one side of the argument considered?" in seat.spoken
        assert status(seat, HOLISTIC) == "in_progress"
        await seat.press("enter")
        assert status(seat, HOLISTIC) == "complete"
        assert answers(seat) == {"narrative": False, "one-sided": False}
        assert "Łucja Świderska" in seat.lines[0]


async def test_a_mark_below_every_cap_is_asked_nothing(world: World) -> None:
    async with world.sit(HOLISTIC, checks="on") as seat:
        await seat.press("2", "enter")
        assert status(seat, HOLISTIC) == "complete"
        assert answers(seat) == {}


async def test_a_digit_says_yes_and_the_backslash_takes_what_the_cap_leaves(world: World) -> None:
    async with world.sit(HOLISTIC, checks="on") as seat:
        await seat.press("4", "enter", "2")
        assert answers(seat) == {"one-sided": True}
        assert "2 yes" in seat.text
        assert "take 15" in seat.text
        assert seat.one("select mark from award") == 18, "nothing but her own key brings a mark down"
        await seat.press("\\")
        assert seat.one("select mark from award") == 15
        await seat.press("enter")
        assert status(seat, HOLISTIC) == "complete"
        assert answers(seat) == {"narrative": False, "one-sided": True}


async def test_a_digit_again_takes_the_yes_back(world: World) -> None:
    async with world.sit(HOLISTIC, checks="on") as seat:
        await seat.press("4", "enter", "1", "1")
        assert answers(seat) == {"narrative": False}


async def test_an_advisory_cap_may_be_passed_by_and_stays_in_sight(world: World) -> None:
    async with world.sit(HOLISTIC, checks="on", size=(120, 60)) as seat:
        await seat.press("4", "enter", "2", "enter")
        assert status(seat, HOLISTIC) == "complete"
        await seat.press("<")
        assert "Yes: 15 at the most. It has 18." in seat.right_of(74)


async def test_a_hard_cap_keeps_it_in_progress_until_the_mark_comes_down(tmp_path: Path) -> None:
    world = lay_out(tmp_path / "marks.db", (CAPPED,))
    async with world.sit(CAPPED, checks="on") as seat:
        await seat.press("4", "enter", "1", "enter")
        assert status(seat, CAPPED) == "in_progress"
        assert "Amara Okafor" in seat.lines[0]
        assert "answered yes" in seat.spoken
        limit = 12
        await seat.press("2", "enter", "enter")
        mark = seat.one("select mark from award where marking_id = (select id from marking)")
        assert isinstance(mark, int)
        assert mark <= limit
        assert status(seat, CAPPED) == "complete"


async def test_escape_and_any_other_key_go_back_to_the_essay(world: World) -> None:
    async with world.sit(HOLISTIC, checks="on") as seat:
        await seat.press("4", "enter", "escape")
        assert "Is only one side" not in seat.text
        assert "Not finished yet" in seat.foot
        await seat.press("enter", "k")
        assert seat.one("select code from annotation") == "K", "a letter stamps as it always does"
        assert "Is only one side" not in seat.text
        await seat.press("enter", "+")
        assert seat.one("select mark from award") == 19
        assert status(seat, HOLISTIC) == "in_progress"


async def test_a_digit_that_answers_nothing_does_nothing(world: World) -> None:
    async with world.sit(HOLISTIC, checks="on") as seat:
        await seat.press("4", "enter", "5", "0")
        assert seat.one("select mark from award") == 18
        assert "Is only one side" in seat.text, "it is still asked"


async def test_what_is_asked_survives_another_size_of_window(world: World) -> None:
    async with world.sit(HOLISTIC, checks="on") as seat:
        await seat.press("4", "enter")
        await seat.resize(80, 24)
        assert "Is only one side of the argument considered?" in seat.spoken
        assert "⏎ no, and finish" in seat.text


async def test_undo_takes_an_answer_back(world: World) -> None:
    async with world.sit(HOLISTIC, checks="on") as seat:
        await seat.press("4", "enter", "2", "ctrl+z")
        assert answers(seat) == {}


async def test_strands_levels_apart_are_told_once_and_a_digit_opens_the_reason(world: World) -> None:
    async with world.sit(PROFILE, checks="on") as seat:
        await seat.press("1", "4", "4", "3", ":", "1", "2", "enter", "enter")
        assert "say in a line why the mark is where it is" in seat.spoken
        await seat.press("1")
        await seat.type("Knowledge carries it")
        await seat.press("escape")
        assert seat.one("select reason from award") == "Knowledge carries it"
        await seat.press("enter")
        assert status(seat, PROFILE) == "complete"


async def test_half_a_reason_outlives_a_closed_window(world: World) -> None:
    async with world.sit(PROFILE, checks="on") as seat:
        await seat.press("1", "4", "4", "3", ":", "1", "2", "enter", "enter", "1")
        await seat.type("Knowl")
        await seat.until(lambda: seat.rows("select text from draft"))
    async with world.sit(PROFILE, checks="on") as seat:
        await seat.type("edge")
        await seat.press("escape")
        assert seat.one("select reason from award") == "Knowledge"


async def test_an_objective_without_a_stamp_is_told_and_its_key_leads_there(world: World) -> None:
    async with world.sit(SUMMED, checks="on") as seat:
        await seat.press("k", "4", "tab", "3", "tab", "3", "enter")
        assert "Nothing is stamped for AO2" in seat.spoken
        assert status(seat, SUMMED) == "in_progress"
        await seat.press("1")
        assert "AO2" in seat.lines[1] or "AO2" in seat.lines[2] or "AO2" in seat.text
        await seat.press("enter")
        assert status(seat, SUMMED) == "complete", "it is told once an essay"


async def test_off_asks_nothing(world: World) -> None:
    async with world.sit(HOLISTIC, checks="off") as seat:
        await seat.press("4", "enter")
        assert status(seat, HOLISTIC) == "complete"


# -- the last target


MARKED = ("3", "3", "3", "3", ":", "1", "1", "enter")
"""The keys that mark an essay under the profile."""


def with_a_target(path: Path) -> World:
    """Amara was told something on the essay before this one."""
    world = lay_out(path, (HOLISTIC, PROFILE))
    store = SqliteStore(path)
    earlier = next(a for a in store.assignments() if a.id == HOLISTIC)
    sitting = Sitting(world.desk(store), earlier)
    sitting.open(ScriptId(script_id(HOLISTIC, 1))).write_feedback(Field.TARGET, 1, "Weigh both sides [sic]")
    sitting.close()
    store.close()
    return World(path, ids=CountingIds("later"))


async def test_the_last_target_is_judged_and_kept(tmp_path: Path) -> None:
    world = with_a_target(tmp_path / "marks.db")
    async with world.sit(PROFILE, checks="on") as seat:
        assert "Weigh both sides [sic]" in seat.text
        await seat.press(*MARKED, "enter")
        assert "1 met   2 partly   3 not yet   ⏎ not judged" in seat.text
        await seat.press("2")
        told = "select status, last_target, target_of from marking where script_id = ?"
        earlier = seat.one("select id from marking where script_id = ?", script_id(HOLISTIC, 1))
        assert seat.rows(told, script_id(PROFILE, 1)) == [("complete", "partly", earlier)]
        assert "Łucja Świderska" in seat.lines[0]


async def test_enter_leaves_the_target_unjudged_and_it_is_asked_once(tmp_path: Path) -> None:
    world = with_a_target(tmp_path / "marks.db")
    async with world.sit(PROFILE, checks="on") as seat:
        await seat.press(*MARKED, "enter", "enter")
        told = "select last_target, target_of is not null from marking where script_id = ?"
        assert seat.rows(told, script_id(PROFILE, 1)) == [("not judged", 1)]
        await seat.press("<", "enter")
        assert "3 not yet" not in seat.text


async def test_a_student_without_a_target_is_asked_nothing(tmp_path: Path) -> None:
    world = with_a_target(tmp_path / "marks.db")
    async with world.sit(script=script_id(PROFILE, 2), checks="on") as seat:
        await seat.press(*MARKED, "enter")
        assert status(seat, PROFILE, 2) == "complete"


def test_the_file_refuses_a_verdict_that_is_none(world: World) -> None:
    connection = sqlite3.connect(world.path)
    insert = (
        "insert into marking (id, script_id, marker_id, rubric_hash, status, started_at, last_target)"
        " select 'x', script.id, 'm', a.rubric_hash, 'complete', '', ? from script, assignment a limit 1"
    )
    try:
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            connection.execute(insert, ("brilliant",))
    finally:
        connection.close()


async def test_a_mark_raised_above_an_answered_cap_opens_the_essay_again(tmp_path: Path) -> None:
    world = lay_out(tmp_path / "marks.db", (CAPPED,))
    async with world.sit(script=script_id(CAPPED, 1), checks="on") as seat:
        await seat.press("4", "enter", "1", "\\", "enter")
        assert status(seat, CAPPED) == "complete"
        await seat.press("<", "5")
        assert status(seat, CAPPED) == "in_progress", "the board's rule holds afterwards too"
        await seat.press("enter")
        assert "Left in progress" in seat.spoken


async def test_above_a_board_s_cap_enter_says_that_it_stays_open(tmp_path: Path) -> None:
    world = lay_out(tmp_path / "marks.db", (CAPPED,))
    async with world.sit(CAPPED, checks="on") as seat:
        await seat.press("4", "enter", "1")
        assert "⏎ leave it open: above what the board allows" in seat.text
