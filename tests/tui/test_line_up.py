"""Line up: the pile in mark order, neighbours side by side, adjusting, and giving it back."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from textual import events

from markdesk.core.changes import StudentChanged
from markdesk.desk.adjusting import Adjusting
from markdesk.desk.pile_acts import Adjusted, OnEach
from markdesk.desk.sitting import Sitting
from markdesk.store.sqlite.store import SqliteStore
from markdesk.tui.bindings import SCREENS
from markdesk.tui.screens.line_up import LineUpScreen, PileRows
from markdesk.tui.screens.neighbours import NeighboursScreen
from tests.cli.conftest import HOSTILE
from tests.kit import shipped_rubric
from tests.tui.desks import HOLISTIC, NAMES, POINTS, RUBRICS, SUMMED, script_id
from tests.tui.lined import FAMILIES, digest, lined
from tests.tui.seat import Seat, World

STATUS = "select status, count(*) from marking group by status order by status"
MARKS = (
    "select st.family_name, a.mark from award a join marking m on m.id = a.marking_id join script sc on"
    " sc.id = m.script_id join student st on st.id = sc.student_id order by a.mark desc, st.family_name"
)
RETURNED, COMPLETE = "returned", "complete"


@pytest.fixture
def five(tmp_path: Path) -> World:
    """Okafor 18, Świderska 9, O’Connell 18, Hartley 14, Marsh 15: all finished."""
    return lined(tmp_path / "marks.db", [(18,), (9,), (18,), (14,), (15,)])


async def line_up(seat: Seat) -> None:
    """From the library to the pile in mark order."""
    await seat.press("end", "enter", "l")
    assert "lined up by mark" in seat.lines[0]


def names(seat: Seat) -> list[str]:
    """The families on the screen from above, and the gaps."""
    told = []
    for line in seat.lines[6:-1]:
        words = line.replace("▌", " ").split()
        told += ["gap" if words[0] == "╌╌" else words[2]] if len(words) > 2 else []
    return told


def cursor(seat: Seat) -> str:
    (found,) = [line for line in seat.lines if line.startswith(" ▌")]
    return " ".join(found.replace("▌", " ").split())


def mark_of(seat: Seat, family: str) -> object:
    return next(mark for name, mark in seat.rows(MARKS) if name == family)


async def test_the_pile_stands_in_mark_order(five: World) -> None:
    async with five.sit() as seat:
        await line_up(seat)
        assert names(seat) == ["O’Connell", "Okafor", "gap", "Marsh", "Hartley", "gap", "Świderska"]
        assert "5 of 5 finished" in seat.lines[0]
        assert "lowest 9, median 15, highest 18" in seat.text
        assert cursor(seat).startswith("18 Finn O’Connell L4")
        await seat.press("down", "down")
        assert cursor(seat).startswith("15 Chloe Marsh L3"), "the cursor passes over the gap"
        await seat.press("up")
        assert cursor(seat).startswith("18 Amara Okafor")
        await seat.press("end", "home", "up")
        assert cursor(seat).startswith("18 Finn")
        await seat.press("escape")
        assert "5 of 5 finished" in seat.lines[0]
        assert "lined up" not in seat.lines[0]


async def test_plus_and_minus_move_the_mark_and_the_essay(five: World) -> None:
    async with five.sit() as seat:
        await line_up(seat)
        await seat.press("end", "-")
        assert mark_of(seat, "Świderska") == 8
        assert "✓ saved" in seat.foot
        assert "Łucja Świderska: to Level 2, 8 of 25" in seat.foot
        await seat.press("up", "+", "+")
        assert mark_of(seat, "Hartley") == 16
        assert names(seat)[:5] == ["O’Connell", "Okafor", "Hartley", "Marsh", "gap"]
        assert cursor(seat).startswith("16 Ben Hartley L4"), "the cursor goes with it"
        assert seat.rows(STATUS) == [(COMPLETE, 5)], "it stays finished"
        await seat.press("escape", "escape", "end", "enter")
        assert "16 / 25" in next(line for line in seat.lines if "Hartley" in line)


async def test_undo_is_of_what_was_done_here_whichever_essay(five: World) -> None:
    async with five.sit() as seat:
        await line_up(seat)
        steps = seat.one("select count(*) from log")
        await seat.press("ctrl+z")
        assert "Nothing to undo here" in seat.foot
        assert seat.one("select count(*) from log") == steps, "no essay was unfinished"
        await seat.press("+", "end", "-", "home", "ctrl+z")
        assert mark_of(seat, "Świderska") == 9
        assert cursor(seat).startswith("9 Łucja Świderska"), "the cursor goes to what came back"
        await seat.press("ctrl+z")
        assert mark_of(seat, "O’Connell") == 18
        await seat.press("ctrl+y", "ctrl+y")
        assert (mark_of(seat, "O’Connell"), mark_of(seat, "Świderska")) == (19, 8)


async def test_a_burst_of_keys_is_taken_in_its_order(five: World) -> None:
    async with five.sit() as seat:
        await line_up(seat)
        await seat.burst("end", "+", "+", "+", "+", "+", "+", "ctrl+z", "+", "R", "escape", "-")
        assert mark_of(seat, "Świderska") == 9
        assert seat.rows(STATUS) == [(COMPLETE, 5)]


async def test_returning_asks_first(five: World) -> None:
    async with five.sit() as seat:
        await line_up(seat)
        assert "✓ all marked" in seat.foot
        for hint in ("x sheets", "m marks", "R return"):
            assert hint in seat.foot
        await seat.press("R")
        assert "Return 5 essays: their marks are locked until reopened." in seat.spoken
        await seat.press("escape")
        assert "Nothing was returned" in seat.foot
        assert "lined up by mark" in seat.lines[0], "Esc was the answer, not the way out"
        await seat.press("R", "down")
        assert "Return 5" not in seat.text
        await seat.press("R", "+", "enter")
        assert "side by side" in seat.lines[0], "the question was left, so Enter compares"
        await seat.press("escape")
        assert seat.rows(STATUS) == [(COMPLETE, 5)]
        await seat.press("R", "enter")
        assert seat.rows(STATUS) == [(RETURNED, 5)]
        assert seat.one("select count(*) from log where action = 'return'") == 5, "each in a step of its own"
        assert "✓ saved  5 essays returned" in seat.foot
        assert "5 returned" in seat.lines[0]
        await seat.press("down")
        assert "✓ all returned" in seat.foot


async def test_a_returned_essay_is_locked_until_it_is_reopened(five: World) -> None:
    async with five.sit() as seat:
        await line_up(seat)
        await seat.press("R", "enter", "+")
        assert "o opens it again" in seat.foot
        assert mark_of(seat, "O’Connell") == 18
        await seat.press("R")
        assert "No essay to return" in seat.foot
        await seat.press("o")
        assert seat.rows(STATUS) == [("in_progress", 1), (RETURNED, 4)]
        await seat.press("+")
        assert mark_of(seat, "O’Connell") == 19
        assert "4 of 5 finished" in seat.lines[0]
        await seat.press("escape", "enter")
        assert "Finn O’Connell" in seat.lines[0], "the list stands on the essay that was reopened"
        await seat.press("enter", "escape", "l", "R")
        assert "Return 1 essay: its marks are locked" in seat.spoken
        await seat.press("enter")
        assert seat.rows(STATUS) == [(RETURNED, 5)]


async def test_the_marking_screen_says_that_a_returned_essay_is_locked(five: World) -> None:
    async with five.sit() as seat:
        await line_up(seat)
        await seat.press("R", "enter", "escape")
        assert seat.text.count("✓ returned") == 5
        await seat.press("enter", "4")
        way = "in the list of its pile l lines the pile up, o opens this essay again."
        assert f"NOT SAVED: This marking was returned to the student. To change it: {way}" in seat.spoken
        await seat.press(",")
        assert f"This marking was returned to the student. To change it: {way}" in seat.spoken
        assert seat.rows(STATUS) == [(RETURNED, 5)]


async def test_a_return_is_taken_back_whole(five: World) -> None:
    async with five.sit() as seat:
        await line_up(seat)
        await seat.press("R", "enter", "ctrl+z")
        assert seat.rows(STATUS) == [(COMPLETE, 5)]
        assert "5 essays: Undo: returned to the student" in seat.foot


async def test_what_is_not_finished_is_not_returned(tmp_path: Path) -> None:
    world = lined(tmp_path / "marks.db", [(18,), None, (None,), (12,)])
    async with world.sit() as seat:
        await line_up(seat)
        assert "✓ all marked" not in seat.foot
        assert "no response" in seat.text
        assert "not marked yet" in seat.text
        await seat.press("end", "+")
        assert "no mark yet" in seat.foot
        await seat.press("enter")
        assert "It has no mark to compare yet" in seat.foot
        await seat.press("R")
        assert "Return 3 essays: their marks are locked until reopened. 1 not finished: not returned." in seat.spoken
        await seat.press("enter")
        assert seat.rows(STATUS) == [(RETURNED, 3)]
        assert seat.one("select count(*) from marking") == 3


async def test_an_essay_that_another_window_has_is_left_alone(five: World) -> None:
    store = SqliteStore(five.path, create=True)
    desk = five.desk(store)
    other = Sitting(desk, desk.store.assignments()[0], "arrival")
    async with five.sit() as seat:
        await line_up(seat)
        other.open(next(e.script.id for e in other.entries if e.student.family_name == "O’Connell"))
        await seat.press("+")
        assert "open for marking in another window" in seat.spoken
        assert mark_of(seat, "O’Connell") == 18
        await seat.press("R", "enter")
        assert "Finn O’Connell's essay is open for marking in another window" in seat.spoken
        assert seat.rows(STATUS) == [(COMPLETE, 5)]
        other.close()
        await seat.press("R", "enter")
        assert seat.rows(STATUS) == [(RETURNED, 5)]
    store.close()


async def test_an_essay_is_let_go_when_the_cursor_goes_on(five: World) -> None:
    store = SqliteStore(five.path, create=True)
    desk = five.desk(store)
    other = Sitting(desk, desk.store.assignments()[0], "arrival")
    script = next(e.script.id for e in other.entries if e.student.family_name == "O’Connell")
    async with five.sit() as seat:
        await line_up(seat)
        await seat.press("+")
        assert other.open(script).held_by
        await seat.press("down")
        assert not other.open(script).held_by
        other.close()
    store.close()


async def test_tab_chooses_the_scale_that_plus_and_minus_move(tmp_path: Path) -> None:
    world = lined(tmp_path / "marks.db", [(13, 8, 8), (14, 2, 9), (9, 6, 6)], SUMMED)
    by_scale = "select scale, mark from award a join marking m on m.id = a.marking_id where m.script_id = ? order by 1"
    async with world.sit() as seat:
        await line_up(seat)
        assert "▸AO1" in seat.text
        await seat.press("down")
        assert "AO2 2 levels under its neighbours" in seat.text
        await seat.press("tab", "+")
        assert seat.rows(by_scale, script_id(SUMMED, 2)) == [("ao1", 14), ("ao2", 3), ("ao3", 9)]
        assert cursor(seat).startswith("26 Łucja")
        await seat.press("tab", "tab", "tab", "shift+tab", "-")
        assert seat.rows(by_scale, script_id(SUMMED, 2)) == [("ao1", 13), ("ao2", 3), ("ao3", 9)]
        assert "AO1 Knowledge" in seat.foot


async def test_points_are_changed_in_the_essay_itself(tmp_path: Path) -> None:
    scales = len(shipped_rubric(RUBRICS[POINTS]).scales)
    world = lined(tmp_path / "marks.db", [(1,) * scales, (0,) * scales], POINTS)
    async with world.sit() as seat:
        await line_up(seat)
        before = seat.rows("select * from award")
        await seat.press("+")
        assert "marked in points: open the essay" in seat.foot
        assert seat.rows("select * from award") == before


async def test_the_sheets_and_the_marks_go_out_from_here(
    five: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with five.sit() as seat:
        await line_up(seat)
        await seat.press("x")
        assert "5 files" in seat.text
        await seat.press("escape", "m")
        assert "‹ class mark sheet ›" in seat.text
        await seat.press("down", "right", "x")
        file = tmp_path / "marks-khrushchev" / "marks.csv"
        assert "Okafor,Amara" in file.read_text(encoding="utf-8-sig")
        await seat.press("escape", "+", "m", "down", "right", "x")
        assert "once more replaces it" in seat.spoken
        assert ",19," not in file.read_text(encoding="utf-8-sig"), "what is there is never replaced unasked"


async def test_two_essays_side_by_side(five: World) -> None:
    async with five.sit() as seat:
        await line_up(seat)
        await seat.press("down", "down", "at")
        assert "side by side" in seat.lines[0]
        head = seat.lines[1]
        assert head.index("Amara Okafor") < head.index("Chloe Marsh")
        assert "L4  18 / 25" in head
        assert "L3  15 / 25" in head
        assert "This is the essay of Amara" in seat.text
        assert "This is the essay of Chloe" in seat.text
        assert "¶1  K" in seat.text, "stamps are in the gutter"
        await seat.press("+")
        assert (mark_of(seat, "Marsh"), mark_of(seat, "Okafor")) == (16, 18)
        assert "L4  16 / 25" in seat.lines[1]
        await seat.press("tab", "-")
        assert (mark_of(seat, "Marsh"), mark_of(seat, "Okafor")) == (16, 17)
        await seat.press("ctrl+z")
        assert mark_of(seat, "Okafor") == 18
        await seat.press("escape")
        assert cursor(seat).startswith("18 Amara Okafor"), "the cursor is on the side that was chosen"
        assert seat.one("select count(*) from annotation") == 5, "nothing was put on the essays"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_late_essay_stands_beside_early_ones_of_about_its_mark(tmp_path: Path, size: tuple[int, int]) -> None:
    """Of nine the first three were Okafor 18, Świderska 12, O’Connell 15; the last three Brook 15, Aziz 11, Lindqvist
    17. Its neighbour in marks is one of them already."""
    marks = (18, 12, 15, 16, 10, 14, 15, 11, 17)
    world = lined(tmp_path / "marks.db", [(mark,) for mark in marks])
    async with world.sit(size=size) as seat:
        await line_up(seat)
        while "Lindqvist" not in cursor(seat):
            await seat.press("down")
        await seat.press("enter")
        for family, nth in (("O’Connell", "3rd"), ("Świderska", "2nd"), ("Okafor", "1st"), ("O’Connell", "3rd")):
            await seat.press("e")
            assert f"{family} was marked {nth} of 9, Łucja Lindqvist was marked 9th" in seat.spoken
            assert "This is the essay of" in seat.text
            pair = seat.app.screen
            assert isinstance(pair, NeighboursScreen)
            assert sum(family in one.essay.text for one in pair.pair) == 1
            assert "Lindqvist" in pair.pair[pair.side].essay.text, "the chosen one stays"
        await seat.press("+")
        assert mark_of(seat, "Lindqvist") == 18
        await seat.press("l")
        assert "Esme Brook was marked 7th of 9, Łucja Lindqvist was marked 9th" in seat.spoken
        await seat.press("escape")
        assert "Lindqvist" in cursor(seat)


async def test_the_early_one_itself_says_so(tmp_path: Path) -> None:
    async with lined(tmp_path / "marks.db", [(18,), (9,), (12,)]).sit() as seat:
        await line_up(seat)
        await seat.press("home", "enter", "e")
        assert "This is the early one itself" in seat.foot


async def test_of_two_none_is_early_or_late(tmp_path: Path) -> None:
    async with lined(tmp_path / "marks.db", [(18,), (9,)]).sit() as seat:
        await line_up(seat)
        await seat.press("enter", "e")
        assert "Too few are finished yet to tell early ones from late ones" in seat.foot
        assert "side by side" in seat.lines[0]


@pytest.mark.parametrize("key", ["enter", "f7", "@"])
async def test_the_first_of_the_line_is_beside_the_one_below(five: World, key: str) -> None:
    async with five.sit() as seat:
        await line_up(seat)
        await seat.press(key)
        head = seat.lines[1]
        assert head.index("Finn O’Connell") < head.index("Amara Okafor")
        await seat.press(">")
        assert "Amara Okafor" in seat.lines[1]
        assert "Chloe Marsh" in seat.lines[1]
        await seat.press("<", "<")
        assert "top of the line" in seat.foot
        await seat.press(">", ">", ">", ">")
        assert "bottom of the line" in seat.foot


async def test_both_scroll_and_each_stops_at_its_end(five: World) -> None:
    async with five.sit(size=(120, 18)) as seat:
        await line_up(seat)
        await seat.press("enter")
        before = seat.text
        await seat.press("down", "down", "down")
        assert "This is the essay" not in seat.text
        await seat.press("pagedown", "end")
        assert seat.text.count("had not.") == 2
        await seat.press("home")
        assert seat.text == before
        await seat.press("up", "pageup")
        assert seat.text == before


async def test_in_a_narrow_window_they_take_turns(five: World) -> None:
    async with five.sit(size=(80, 24)) as seat:
        await line_up(seat)
        await seat.press("end", "enter")
        assert "Ben Hartley" in seat.lines[1]
        assert "Łucja Świderska" in seat.lines[2]
        assert "This is the essay of Łucja" in seat.text
        assert "This is the essay of Ben" not in seat.text
        await seat.press("tab")
        assert "This is the essay of Ben" in seat.text
        assert "9 / 25" in seat.text, "the other's mark stays in sight"
        await seat.resize(120, 40)
        assert "This is the essay of Łucja" in seat.text
        await seat.press("escape")
        assert cursor(seat).startswith("14 Ben Hartley")


async def test_a_click_chooses_a_side(five: World) -> None:
    async with five.sit() as seat:
        await line_up(seat)
        await seat.press("end", "enter")
        await seat.click(20, 12)
        await seat.press("+")
        assert (mark_of(seat, "Hartley"), mark_of(seat, "Świderska")) == (15, 9)


async def test_on_paper_the_places_that_were_marked_stand_side_by_side(tmp_path: Path) -> None:
    world = lined(tmp_path / "marks.db", [(18,), (12,)], on_paper=True)
    async with world.sit() as seat:
        await line_up(seat)
        assert "paper" in cursor(seat)
        await seat.press("enter")
        assert seat.text.count("on paper") == 2
        assert seat.text.count("p1 ¶1") == 2
        await seat.press("+")
        assert mark_of(seat, "Okafor") == 19


async def test_a_pile_of_one_has_no_neighbour(tmp_path: Path) -> None:
    world = lined(tmp_path / "marks.db", [(18,)])
    async with world.sit() as seat:
        await line_up(seat)
        await seat.press("enter")
        assert "only essay with a mark" in seat.foot


async def test_nothing_handed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    world = lined(tmp_path / "marks.db", [])
    async with world.sit() as seat:
        await line_up(seat)
        await seat.press("+", "enter", "R", "o", "down", "ctrl+z", "tab", "m", "escape")
        assert NAMES[HOLISTIC] in seat.lines[0]


@pytest.mark.parametrize(("screen", "keys"), [("line up", ()), ("side by side", ("enter",))])
async def test_help_names_every_key(five: World, screen: str, keys: tuple[str, ...]) -> None:
    async with five.sit(size=(100, 90)) as seat:
        await line_up(seat)
        await seat.press(*keys)
        before = seat.lines[:-1]
        await seat.press("?")
        for key in SCREENS[screen]:
            first = key.shown.partition("  ")[0]
            assert not first or any(first in line and key.does in line for line in seat.lines), key.shown
        await seat.press("?")
        assert seat.lines[:-1] == before


async def test_hostile_names_and_words_are_shown_and_never_obeyed(tmp_path: Path) -> None:
    world = lined(tmp_path / "marks.db", [(18,), (18,)])
    store = SqliteStore(world.path, create=True)
    desk = world.desk(store)
    student = desk.store.students()[0]
    desk.commit("rename", "x", (StudentChanged(student, replace(student, family_name=HOSTILE)),))
    store.close()
    async with world.sit() as seat:
        await line_up(seat)
        await seat.press("+", "enter", "-", "escape", "R", "enter")
        assert seat.app.is_running
        assert "[@click" in seat.text
        assert "\x1b" not in seat.text


async def test_returning_many_tells_how_far_it_is_and_esc_stops_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = lined(tmp_path / "marks.db", [(n,) for n in range(14)])
    go_on = threading.Semaphore(0)
    real = Adjusting.return_all

    def slowly(adjusting: Adjusting, on_each: OnEach) -> Adjusted:
        def one() -> None:
            go_on.acquire(timeout=10)
            on_each()

        return real(adjusting, one)

    monkeypatch.setattr(Adjusting, "return_all", slowly)
    async with world.sit() as seat:
        await line_up(seat)
        await seat.press("R")
        seat.app.post_message(events.Key("enter", None))
        go_on.release(3)
        await seat.until(lambda: "Returning 14 essays: 3 of 14" in seat.foot)
        seat.app.post_message(events.Key("minus", "-"))
        seat.app.post_message(events.Key("escape", None))
        screen = seat.app.screen
        assert isinstance(screen, LineUpScreen)
        many = screen._many
        assert many is not None
        await seat.until(lambda: many.is_stopped)
        go_on.release(20)
        await seat.settle()
        assert "stopped, and nothing was changed" in seat.foot
        assert seat.rows(STATUS) == [(COMPLETE, 14)]
        assert mark_of(seat, FAMILIES[13]) == 13, "other keys waited for nothing"
        await seat.press("R", "enter")
        assert seat.rows(STATUS) == [(RETURNED, 14)]
        await seat.press("ctrl+z")
        assert seat.rows(STATUS) == [(COMPLETE, 14)]
        await seat.press("ctrl+y")
        assert seat.rows(STATUS) == [(RETURNED, 14)]


@pytest.mark.slow
async def test_a_thousand_essays_are_painted_as_far_as_they_are_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key makes no more rows than the screen has, however long the pile."""
    world = lined(tmp_path / "marks.db", [(digest(str(n)) % 26,) for n in range(1000)])
    made: list[int] = []
    real = PileRows.__getitem__

    def counted(rows: PileRows, at: int) -> object:
        made.append(at)
        return real(rows, at)

    monkeypatch.setattr(PileRows, "__getitem__", counted)
    async with world.sit() as seat:
        await line_up(seat)
        for key in ("+", "down", "end", "-", "home", "pagedown", "ctrl+z"):
            made.clear()
            await seat.press(key)
            assert len(made) <= 4 * seat.app.size.height, key
