"""The other screens: what stands on them, which key leads there, and the way back."""

import threading
from pathlib import Path

import pytest

from markdesk.core.changes import AnyChange, GroupChanged, StudentChanged
from markdesk.store.sqlite.store import SqliteStore
from markdesk.tui.bindings import ON_SCREENS, SCREENS
from tests.tui.desks import GROUP, HOLISTIC, NAMES, PROFILE, STUDENTS, SUMMED, lay_out, script_id
from tests.tui.seat import PATIENCE, Seat, World

LIBRARY = "Assignment"
"""What stands on the library alone: the heading of its list."""


def row(seat: Seat, name: str) -> str:
    """The line of the list that names somebody or something."""
    return next(line for line in seat.lines[2:-1] if name in line)


async def to_the_queue(seat: Seat, name: str = NAMES[HOLISTIC]) -> None:
    """From the library, with arrows and Enter."""
    for _ in range(len(NAMES)):
        if name in seat.here and "Go on" not in seat.here:
            break
        await seat.press("down")
    await seat.press("enter")


async def test_the_library_lists_the_assignments_with_their_progress(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", "enter")
    async with world.sit() as seat:
        for name in NAMES.values():
            line = row(seat, f"{name} ")
            assert "13H" in line
            assert "class essay" in line
        line = next(line for line in seat.lines[4:] if NAMES[HOLISTIC] in line)
        assert "1 of 3" in line
        assert "10 Nov" in line
        assert "0 of 3" in row(seat, NAMES[SUMMED])


async def test_the_arrows_move_through_the_library_and_enter_opens_the_queue(world: World) -> None:
    async with world.sit() as seat:
        order = list(reversed(NAMES.values()))
        for name in order:
            assert name in seat.here
            await seat.press("down")
        assert order[-1] in seat.here
        await seat.press("home")
        assert order[0] in seat.here
        await seat.press("end", "up")
        assert order[-2] in seat.here
        await seat.press("pageup", "pagedown", "enter")
        assert order[-1] in seat.lines[0]
        assert "0 of 3 finished" in seat.lines[0]


async def test_the_queue_shows_the_class_and_enter_marks(world: World) -> None:
    async with world.sit() as seat:
        await to_the_queue(seat)
        assert "‘Style, not substance.’" in seat.text
        for at, name in enumerate(("Amara Okafor", "Łucja Świderska", "Finn O’Connell"), start=1):
            assert row(seat, name).split()[:1] == [str(at)] or row(seat, name).split()[1] == str(at)
            assert "to mark" in row(seat, name)
        await seat.press("down", "enter")
        assert "Łucja Świderska" in seat.lines[0]
        await seat.press("4", "+", "k", "escape", "escape")
        line = row(seat, "Łucja Świderska")
        assert "begun" in line
        assert "L4" in line
        assert "19 / 25" in line
        assert "▌" in line, "the cursor is where it was"
        await seat.press("enter", "enter", "escape")
        assert "✓ marked" in row(seat, "Łucja Świderska")
        assert "1 of 3 finished" in seat.lines[0]
        await seat.press("escape")
        assert LIBRARY in seat.text
        assert "1 of 3" in next(line for line in seat.lines[4:] if NAMES[HOLISTIC] in line)


async def test_the_queue_of_a_scheme_with_scales_shows_each(world: World) -> None:
    async with world.sit() as seat:
        await to_the_queue(seat, NAMES[SUMMED])
        await seat.press("enter", "4", "tab", "3", "tab", "0", "0", "escape")
        line = row(seat, "Amara Okafor")
        assert "AO1" in seat.text
        words = line.split()
        assert "(14)" in words
        assert "(5)" in words
        assert "NR" in words
        assert "19 / 40" in line


@pytest.mark.parametrize("key", ["space", "enter"])
async def test_the_first_key_resumes_exactly_where_the_marker_left(world: World, key: str) -> None:
    async with world.sit(SUMMED) as seat:
        await seat.press("4", ">", "3", "down", "down", "right", "k")
    async with world.sit() as seat:
        assert f"▌Go on  {NAMES[SUMMED]}: Łucja Świderska   essay 2 of 3, ¶3" in seat.text
        await seat.press(key)
        assert "Łucja Świderska" in seat.lines[0]
        assert "reading ¶3" in seat.text
        await seat.press("e")
        assert (
            world.rows("select exact from annotation order by id")[0]
            == world.rows("select exact from annotation order by id")[1]
        ), "the same sentence"
        await seat.press("escape", "escape", "escape")
        assert "finished" in seat.lines[0], "the list of the pile, and under it the library"
        await seat.press("escape")
        assert LIBRARY in seat.text


async def test_space_on_a_desk_where_nobody_was_does_nothing(world: World) -> None:
    async with world.sit() as seat:
        before = seat.text
        await seat.press("space")
        assert seat.text == before


async def test_the_students_and_the_past_marks_of_one(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", ",", "enter", "enter", "enter")
        await seat.type("weigh both sides")
        await seat.press("escape", "k", "enter")
    async with world.sit() as seat:
        await seat.press("s")
        assert "Students" in seat.lines[0]
        names = [line.split()[-2] for line in seat.lines if "Amara" in line or "Finn" in line or "Łucja" in line]
        assert len(names) == 3
        assert "7042" in row(seat, "Amara")
        while "Amara" not in seat.here:
            await seat.press("down")
        await seat.press("enter")
        assert "Amara Okafor" in seat.lines[0]
        assert "Khrushchev" in seat.text
        assert "18 of 25" in seat.text
        assert "Level 4" in seat.text
        assert "✓ marked" in seat.text
        assert "weigh both sides" in seat.text
        await seat.press("end")
        assert "1 annotation" in seat.text
        await seat.press("escape")
        assert "Students" in seat.lines[0]
        await seat.press("escape")
        assert LIBRARY in seat.text


async def test_letters_that_fit_no_student_stay_to_be_mended(world: World) -> None:
    async with world.sit() as seat:
        await seat.press("s", "/", *"zhou", "enter")
        assert "Nobody here fits “zhou”" in seat.foot
        assert "/ zhou" in seat.lines[1]
        assert "Name" in seat.lines[2], "the list is right under it"
        await seat.press("ctrl+u", *"okaf")
        assert "⏎ open" in seat.foot
        assert "past marks" not in seat.foot, "the keys are letters"
        await seat.press("enter")
        assert "Amara Okafor" in seat.lines[0]


async def test_on_an_empty_desk_nobody_is_found(tmp_path: Path) -> None:
    world = World(tmp_path / "marks.db")
    SqliteStore(world.path, create=True).close()
    async with world.sit() as seat:
        await seat.press("s", "/", "enter", "/", "x", "enter")
        assert "Nobody here fits “x”" in seat.foot


async def test_a_student_without_marks_says_so(world: World) -> None:
    async with world.sit() as seat:
        await seat.press("s", "down", "enter")
        assert "Amara Okafor" in seat.lines[0]
        assert "No mark so far: a trend isn't told from fewer than 3." in seat.text
        await seat.press("escape")
        assert "Students" in seat.lines[0]


async def test_the_review_counts_each_level(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", "enter", "4", "+", "enter", "2", "enter")
    async with world.sit() as seat:
        await to_the_queue(seat)
        await seat.press("r")
        assert "3 of 3 finished" in seat.lines[0]
        assert "3 essays: 3 with a mark of 25" in seat.text
        assert row(seat, "16–20").split()[-2:] == ["██", "2"]
        assert row(seat, "6–10").split()[-2:] == ["█", "1"]
        assert "n 3 · mean 15.0 of 25 · median 18.0 · spread 5.0 · from 8 to 19" in seat.text
        await seat.press("escape")
        assert "3 of 3 finished" in seat.lines[0]


async def test_the_schemes_say_how_far_they_may_be_trusted(world: World) -> None:
    async with world.sit() as seat:
        await seat.press("m")
        assert "Mark schemes" in seat.lines[0]
        assert "aqa-7042-b-essay-25" in seat.text
        assert "out of 25" in seat.text
        assert "nobody has compared" in seat.right_of(70)
        await seat.press("escape")
        assert LIBRARY in seat.text


HELPED = {"library": (), "queue": ("enter",), "marking": ("enter", "enter")}


@pytest.mark.parametrize("key", ["?", "f1"])
@pytest.mark.parametrize("screen", HELPED)
async def test_help_names_every_key_of_the_screen_and_the_same_key_closes_it(
    world: World, screen: str, key: str
) -> None:
    async with world.sit(size=(100, 90)) as seat:
        await seat.press(*HELPED[screen])
        before = seat.lines[:-1]
        await seat.press(key)
        for shown, does in [(k.shown, k.does) for k in SCREENS[screen] if k.shown]:
            first, _, others = shown.partition("  ")
            told = " ".join(f"{first} {does}{f' also {others}' if others else ''}".split())
            assert f" {told} " in f" {seat.spoken} ", shown
        assert "Ctrl+Q" in seat.text
        await seat.press(key)
        assert seat.lines[:-1] == before
        await seat.press(key, "escape")
        assert seat.lines[:-1] == before


EARLY = sorted({key.keys.partition(",")[0] for key in (*SCREENS["library"], *ON_SCREENS["library"])})


@pytest.mark.parametrize("key", EARLY)
async def test_a_key_that_is_quicker_than_the_desk_is_no_fault(world: World, key: str) -> None:
    is_asked, is_there = threading.Event(), threading.Event()

    def wait() -> None:
        is_asked.set()
        is_there.wait(PATIENCE)

    async with world.sit(behind=wait) as seat:
        await seat.until(is_asked.is_set)
        await seat.reach(key)
        if key == "s":
            assert "The desk is still being opened. Press the key again in a moment." in seat.text
        is_there.set()
        await seat.until(lambda: seat.app.desk is not None)
        await seat.settle()
        while len(seat.app.screen_stack) > 1:
            await seat.press("escape")
        assert NAMES[HOLISTIC] in seat.text


async def test_the_palette_tells_the_keys_of_the_screen_that_it_was_opened_on(world: World) -> None:
    async with world.sit() as seat:
        await to_the_queue(seat)
        await seat.press("ctrl+p")
        await seat.type("keys")
        await seat.press("enter")
        assert "Keys: queue" in seat.text


async def test_enter_twice_in_a_burst_opens_one_page_of_a_student(world: World) -> None:
    async with world.sit() as seat:
        await seat.press("s")
        await seat.burst("enter", "enter")
        assert len(seat.app.screen_stack) == 3, "the library, the students and one page"


async def test_the_palette_offers_what_is_safe_and_closes_with_esc(world: World) -> None:
    async with world.sit() as seat:
        await seat.press("ctrl+p")
        await seat.until(lambda: "Theme: contrast" in seat.text)
        for title in ("Students", "Mark schemes", "Keys", "Quit"):
            assert title in seat.text
        assert "creenshot" not in seat.text, "it would put a student's words in a picture"
        await seat.press("escape")
        await seat.until(lambda: LIBRARY in seat.text)
        await seat.press("ctrl+p")
        await seat.type("schemes")
        await seat.until(lambda: "Mark schemes" in seat.text)
        await seat.press("enter")
        await seat.until(lambda: "aqa-7042-b-essay-25" in seat.text)


@pytest.mark.parametrize("keys", [(), ("s",), ("m",)], ids=["library", "students", "schemes"])
async def test_t_goes_through_the_themes_and_moves_nothing(world: World, keys: tuple[str, ...]) -> None:
    async with world.sit() as seat:
        await seat.press(*keys)

        def ground() -> object:
            style = next(segment.style for segment in seat.strips[0] if segment.style is not None)
            return style.bgcolor

        before, text = ground(), seat.text
        for _ in range(5):
            await seat.press("t")
            assert ground() != before
            assert seat.text == text
        await seat.press("t")
        assert ground() == before


async def test_an_empty_desk_offers_what_to_do(tmp_path: Path) -> None:
    async with World(tmp_path / "new.db").sit() as seat:
        assert "An empty desk" in seat.text
        for offered in ("Open the sample class", "New assignment", "Import essays"):
            assert offered in seat.text
        await seat.press("down", "space", "x", "escape")
        assert "An empty desk" in seat.text
        await seat.press("s")
        assert "Students" in seat.lines[0]
        await seat.press("enter", "escape", "m", "escape", "?", "escape")
        assert "An empty desk" in seat.text


async def test_a_desk_with_a_class_and_nothing_set_says_so(tmp_path: Path) -> None:
    world = World(tmp_path / "new.db")
    store = SqliteStore(world.path, create=True)
    changes: tuple[AnyChange, ...] = (*(StudentChanged(None, one) for one in STUDENTS), GroupChanged(None, GROUP))
    world.desk(store).commit("students", "a class list", changes)
    store.close()
    async with world.sit() as seat:
        assert "3 students in 13H.  Nothing is set yet. What next:" in seat.text
        assert "sample class" not in seat.text
        await seat.press("down", "down", "enter")
        assert "Students" in seat.lines[0]
        await seat.press("escape", "home", "enter")
        assert "New assignment" in seat.lines[0]


@pytest.mark.parametrize("width", [80, 60, 120])
async def test_where_she_left_is_told_whole_whatever_the_assignment_is_called(tmp_path: Path, width: int) -> None:
    long = "Henry VII and the nobles of the north, a long homework with a name that goes on and on"
    world = lay_out(tmp_path / "marks.db", (HOLISTIC,), names={HOLISTIC: long})
    async with world.sit(HOLISTIC) as seat:
        await seat.press("down")
    async with world.sit(size=(width, 24)) as seat:
        (line,) = [line for line in seat.lines if "Go on" in line]
        assert "essay 1 of 3, ¶2   60 minutes ago" in line
        await seat.resize(70, 24)
        (line,) = [line for line in seat.lines if "Go on" in line]
        assert line.endswith("essay 1 of 3, ¶2   60 minutes ago")


@pytest.mark.parametrize("shape", [HOLISTIC, SUMMED, PROFILE])
async def test_a_script_can_be_opened_at_once(world: World, shape: str) -> None:
    async with world.sit(script=script_id(shape, 2)) as seat:
        assert "Łucja Świderska" in seat.lines[0]
        assert "‘Style, not substance.’" in seat.lines[0], "the question"
        await seat.press("escape")
        assert NAMES[shape] in seat.lines[0]
        await seat.press("escape")
        assert LIBRARY in seat.text


async def test_esc_in_the_library_leaves_nothing(world: World) -> None:
    async with world.sit() as seat:
        before = seat.text
        await seat.press("escape", "escape")
        assert seat.app.is_running
        assert seat.text == before


async def test_the_pile_goes_on_at_the_next_unmarked_essay(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", "enter")
    async with world.sit(HOLISTIC) as seat:
        assert "Łucja Świderska" in seat.lines[0]


async def test_the_library_is_laid_out_when_marking_began_on_the_command_line(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("escape", "escape")
        after = [line for line in seat.lines if line and "Go on" not in line]
        assert "Go on  Khrushchev" in seat.lines[3], "where I left, at the top"
    async with world.sit() as seat:
        assert [line for line in seat.lines if line and "Go on" not in line] == after
