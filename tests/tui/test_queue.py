"""The list of a pile: the whole class in it, what is noted of it, its names, its orders, and what it took."""

from pathlib import Path

import pytest

from markdesk.core.essay import Essay
from markdesk.core.ids import StudentId
from markdesk.core.people import Student
from tests.tui.desks import ESSAYS, HOLISTIC, STUDENTS, SUMMED, lay_out, script_id
from tests.tui.mocks import MOCK, set_mock
from tests.tui.seat import Seat, World

HOSTILE = Student(StudentId("student-zz"), "[b]Zoë[/b]", "=cmd|'x'\x1b[31m")
LATE = Student(StudentId("student-late"), "Noor", "Amin")
"""In the class, without a script."""


@pytest.fixture
def world(tmp_path: Path) -> World:
    return lay_out(tmp_path / "marks.db", (HOLISTIC, SUMMED), students=(*STUDENTS, LATE, HOSTILE))


async def to_the_list(seat: Seat) -> None:
    """From the essay that was opened to the list of its pile."""
    await seat.press("escape")
    assert "Student" in seat.text


def under_bar(seat: Seat) -> str:
    return next(line for line in seat.lines if line.lstrip().startswith("▌"))


def notes(world: World) -> list[tuple[object, ...]]:
    return world.rows("select script_id, heap, is_flagged from queue_note order by script_id")


# -- the class


async def test_who_has_handed_nothing_in_stands_in_the_list(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await to_the_list(seat)
        listed = [line for line in seat.lines if "nothing yet" in line]
        assert ["[b]Zoë[/b]" in listed[0], "Noor Amin" in listed[1]] == [True, True]
        assert "\x1b" not in seat.text
        await seat.press("end", "enter")
        assert "has handed nothing in" in seat.spoken


@pytest.mark.parametrize(("key", "why"), [("L", "late"), ("E", "extension"), ("A", "absent")])
async def test_one_key_says_why_and_again_takes_it_back(world: World, key: str, why: str) -> None:
    wanted = "select student_id, why from absence"
    async with world.sit(HOLISTIC) as seat:
        await to_the_list(seat)
        await seat.press("end", key)
        assert world.rows(wanted) == [("student-late", why)]
        assert why in under_bar(seat)
        await seat.press(key)
        assert world.rows(wanted) == []
        await seat.press("ctrl+z")
        assert world.rows(wanted) == [("student-late", why)]
        await seat.press("home", key)
        assert "Amara Okafor has handed something in" in seat.text
        assert world.rows(wanted) == [("student-late", why)]


async def test_the_foot_names_those_keys_where_they_serve(world: World) -> None:
    async with world.sit(HOLISTIC, size=(80, 24)) as seat:
        await to_the_list(seat)
        assert "extension" not in seat.lines[-1]
        await seat.press("end")
        assert "L late   E extension   A absent" in seat.lines[-1]


# -- flags and heaps


async def test_a_flag_goes_on_and_off(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await to_the_list(seat)
        await seat.press("down", "f")
        assert notes(world) == [("script-holistic-2", None, 1)]
        assert "⚑ Łucja Świderska" in under_bar(seat)
        await seat.press("f")
        assert notes(world) == []
        assert "⚑" not in seat.text


async def test_the_skim_sorts_the_pile_and_touches_no_mark(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await to_the_list(seat)
        await seat.press("t")
        assert "skim 1 of 3" in seat.lines[0]
        assert "First essay." in seat.text
        await seat.press("3", "4")
        assert notes(world) == [("script-holistic-1", "weak", 0), ("script-holistic-2", "worried", 0)]
        await seat.press("1", "0")
        assert "That was the last of the pile" in seat.lines[-1]
        await seat.press("2", "ctrl+z")
        assert notes(world) == [("script-holistic-1", "weak", 0), ("script-holistic-2", "worried", 0)]
        await seat.press("<")
        assert "Łucja Świderska" in seat.lines[0]
        assert "worried" in seat.lines[0]
        await seat.press("escape")
        assert "worried" in under_bar(seat)
        assert world.rows("select * from marking") == []
        await seat.press("o", "o", "o")
        assert world.rows("select * from marking") == []


async def test_worried_ones_first_on_wish(world: World) -> None:
    async with world.sit(HOLISTIC, order="random") as seat:
        await to_the_list(seat)
        await seat.press("end", "up", "up", "t", "4", "escape", "o")
        assert "worried ones first" in seat.text
        first = next(line for line in seat.lines if line.strip("▌ ").startswith("1 "))
        assert "worried" in first
        assert seat.app.opening.order == "random", "for this list alone"


async def test_as_marked_on_wish(world: World) -> None:
    async with world.sit(HOLISTIC, script=script_id(HOLISTIC, 3), order="arrival") as seat:
        await seat.press("4", "enter", "4", "enter")
        await to_the_list(seat)
        await seat.press("o")
        assert "as they were marked" in seat.text
        told = seat.text
        assert told.index("Finn") < told.index("Amara") < told.index("Łucja")


# -- finding


async def test_a_few_letters_and_enter_open_an_essay(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await to_the_list(seat)
        await seat.burst("/", "s", "w", "i", "d", "enter")
        assert "Łucja Świderska" in seat.lines[0]
        assert "Essay" in seat.text
        assert world.rows("select * from annotation") == []


async def test_what_fits_nobody_is_said_and_esc_leaves_the_box(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await to_the_list(seat)
        await seat.burst("/", "x", "[", "b", "enter")
        assert "Nobody in this pile fits “x[b”" in seat.text
        await seat.until(lambda: "/ x[b" in seat.text)  # what was typed stays, to be mended
        assert "flag" not in seat.foot, "the keys are letters"
        await seat.press("backspace", "enter")
        assert "Nobody in this pile fits “x[”" in seat.text
        await seat.press("ctrl+u", "o", "k", "escape")
        assert "Student" in seat.text
        await seat.press("f")
        assert notes(world) == [("script-holistic-1", None, 1)]


async def test_the_arrows_go_along_those_that_fit(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await to_the_list(seat)
        await seat.press("/", "o")
        assert "Amara Okafor" in under_bar(seat)
        await seat.press("down")
        assert "Finn O’Connell" in under_bar(seat)
        await seat.press("up", "up")
        assert "Amara Okafor" in under_bar(seat)


# -- names


async def test_names_are_hidden_everywhere_in_the_pile_and_the_log_says_who_showed_them(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", "enter", "3", "enter")
        await to_the_list(seat)
        await seat.press("v")
        assert world.one("select is_anonymous from assignment where id = 'holistic'") == 1
        for student in STUDENTS:
            assert student.family_name not in seat.text
        await seat.press("s")
        assert "Names are hidden here" in seat.text
        await seat.press("l")
        for student in STUDENTS:
            assert student.family_name not in seat.text
        await seat.press("escape", "home", "enter")
        assert seat.lines[0].lstrip().startswith("13H  #")
        await seat.press("escape", "v")
        assert "names shown; the log says so" in seat.text
        assert "Okafor" in seat.text
    acts = [action for (action,) in world.rows("select action from log order by seq")]
    assert acts[-2:] == ["hide names", "reveal names"]


async def test_past_marks_are_out_of_reach_until_this_one_is_set(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await to_the_list(seat)
        await seat.press("s")
        assert "Past marks show once this essay is finished (Enter), lest they weigh on it" in seat.text
        await seat.press("enter", "4", "enter", "escape", "home", "s")
        assert "Amara Okafor" in seat.lines[0]
        assert "18 of 25" in seat.text


async def test_a_mock_begins_without_names_and_its_grid_too(tmp_path: Path) -> None:
    world = set_mock(tmp_path / "mock.db", hides_names=True)
    async with world.sit(paper=MOCK) as seat:
        named = [line for line in seat.lines if "#" in line]
        assert len(named) >= 3
        for student in STUDENTS:
            assert student.family_name not in seat.text
        await seat.press("down", "enter")  # the first by number has handed in no answer to this question
        shown = seat.lines[0]
        assert "#" in shown
        await seat.press("escape")
        number = shown[shown.index("#") :].split()[0]
        assert any(number in line for line in seat.lines), "the same number in the grid and beside the essay"


# -- one scale down the class


async def test_one_scale_down_the_class(world: World) -> None:
    async with world.sit(SUMMED) as seat:
        await to_the_list(seat)
        await seat.press("c")
        assert world.one("select by_scale from assignment where id = 'summed'") == 1
        assert "one scale down the class" in seat.text
        await seat.press("home", "enter")
        for _ in range(3):
            await seat.press("3", "enter")
        scales = [scale for (scale,) in world.rows("select distinct scale from award")]
        assert len(scales) == 1
        assert "is marked down the class; now" in seat.text
        await seat.press("3", "enter")
        assert len(world.rows("select distinct scale from award")) == 2
        assert world.rows("select * from marking where status = 'complete'") == []


async def test_a_scheme_of_one_scale_has_no_passes(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await to_the_list(seat)
        await seat.press("c")
        assert "has one scale: each essay is marked whole" in seat.text
        assert world.one("select by_scale from assignment where id = 'holistic'") == 0


# -- pace


async def mark_three(seat: Seat) -> None:
    for key in "423":
        seat.world.clock.wait(60)
        await seat.press("e")
        seat.world.clock.wait(240)
        await seat.press(key, "enter")


async def test_the_time_an_essay_took_and_the_marks_in_their_order(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await mark_three(seat)
        await to_the_list(seat)
        assert "5 min" in under_bar(seat)
        line = next(line for line in seat.lines if "In the order marked" in line)
        assert "5 min an essay" in line
        bars = line.split("marked ")[1].split()[0]
        assert len(bars) == 3
        assert bars[0] > bars[2] > bars[1]


async def test_one_setting_turns_it_off(world: World) -> None:
    async with world.sit(HOLISTIC, pace="off") as seat:
        await mark_three(seat)
        await to_the_list(seat)
        assert " min" not in seat.text


async def test_beside_the_essay_only_where_it_is_wanted(world: World) -> None:
    world.clock.wait(1)
    async with world.sit(HOLISTIC, pace="on") as seat:
        await mark_three(seat)
        await to_the_list(seat)
        await seat.press("end", "up", "up", "enter", "0", "0", "0")
        assert "done" in seat.lines[0]


async def test_a_rest_is_proposed_after_so_many(world: World) -> None:
    async with world.sit(HOLISTIC, rest=2) as seat:
        await seat.press("4", "enter")
        assert "a rest keeps the marks even" not in seat.text
        await seat.press("4", "enter")
        assert "2 essays in this sitting: a rest keeps the marks even" in seat.text


async def test_the_text_is_shown_without_its_writers_name_and_kept_as_it_was(tmp_path: Path) -> None:
    texts = [
        Essay.from_paragraphs(["Amara Okafor 13H", "Khrushchev spoke, as Amara Okafor has shown.", "It ended."]),
        *ESSAYS[1:],
    ]
    world = lay_out(tmp_path / "named.db", (HOLISTIC,), essays=texts)
    async with world.sit(HOLISTIC) as seat:
        await to_the_list(seat)
        await seat.press("v", "home", "enter")
        assert "Okafor" not in seat.text
        assert "▒▒▒▒▒ ▒▒▒▒▒▒ 13H" in seat.text
        await seat.press("down", "E")
        assert "Okafor" not in seat.text, "nor beside the editor"
        await seat.type("says who")
        await seat.press("escape", "!")
        assert "Okafor" not in seat.text, "nor in the list of annotations"
    assert world.one("select exact from annotation") == texts[0].quote(texts[0].paragraphs[1].span)


async def test_the_last_target_shows_only_once_the_mark_is_set(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", ",", "tab", "tab", "tab")
        await seat.type("weigh both sides")
        await seat.press("escape", "enter")
    target = "weigh both sides"
    assert target in str(world.rows("select text from feedback"))
    async with world.sit(SUMMED) as seat:
        shown = target in seat.text
        await to_the_list(seat)
        await seat.press("v", "home", "enter")
        assert target not in seat.text
        assert "shown once the mark is set" in seat.text
        for _ in range(3):
            await seat.press("3", "tab")
        assert shown == (target in seat.text)
        assert shown
