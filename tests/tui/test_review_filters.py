"""Filters of a review on the screen: chosen by key, told in a line, kept from view to view; what is shown written."""

import shutil
import time
from pathlib import Path

import pytest

from markdesk.core.ids import AssignmentId
from markdesk.desk.course_review import Stopped, Watch
from markdesk.desk.desk import Desk
from markdesk.desk.looking_back import LookBack
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.review_filters import ORDER, Filters
from markdesk.store.sqlite.store import SqliteStore
from markdesk.tui.screens.review import ReviewScreen
from markdesk.tui.widgets.lines import Page
from tests.kit import CountingIds
from tests.tui.desks import HOLISTIC
from tests.tui.drifted import SLIDING, drifted
from tests.tui.seat import Seat, World
from tests.tui.years import two_years

SMALL = (80, 24)
ABOVE = sum(mark >= 16 for mark in SLIDING)


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> World:
    return drifted(tmp_path_factory.mktemp("filters") / "marks.db")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> World:
    return two_years(tmp_path_factory.mktemp("filters") / "marks.db")


async def to_line(seat: Seat, name: str) -> None:
    """The cursor on a line of the form."""
    await seat.press("home", *["down"] * ORDER.index(name))


async def test_a_form_of_what_there_is(pile: World) -> None:
    async with pile.sit(size=SMALL) as seat:
        await seat.press("end", "r")
        assert seat.lines[1].strip() == "no filter · 27 essays"
        await seat.press("f")
        assert seat.lines[1].strip() == "Khrushchev · 27 essays"
        assert "Assignment   ‹ Khrushchev ›" in seat.here
        await to_line(seat, "level")
        await seat.press("4")
        assert "Level        ‹ level 4 ›" in seat.here
        assert seat.lines[1].strip() == f"Khrushchev · level 4 · {ABOVE} of 27 essays"
        await seat.press("right")
        assert seat.lines[1].strip() == "Khrushchev · level 5 · 0 of 27 essays"
        await seat.press("left", "escape")
        assert seat.lines[1].strip() == f"level 4 · {ABOVE} of 27 essays"
        assert f"n {ABOVE} · mean" in seat.text
        assert "Drift isn't told of some essays of a pile." in seat.text
        await seat.press("f")
        assert "Level        ‹ level 4 ›" in seat.here, "the cursor stands at what is on"
        await seat.press("0", "escape")
        assert seat.lines[1].strip() == "no filter · 27 essays"


async def test_a_form_in_which_nothing_was_changed_gives_nothing_back(
    pile: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Filters | None] = []
    monkeypatch.setattr(ReviewScreen, "_filtered", lambda screen, filters: given.append(filters))
    async with pile.sit(size=SMALL) as seat:
        await seat.press("end", "r", "f", "escape", "f")
        await to_line(seat, "level")
        await seat.press("right", "left", "escape", "f")
        await to_line(seat, "level")
        await seat.press("4", "escape")
    assert given == [None, None, Filters(assignment=AssignmentId(HOLISTIC), level=4)]


@pytest.mark.parametrize("size", [SMALL, (120, 40)])
async def test_the_essays_that_are_left_open_from_the_page(pile: World, size: tuple[int, int]) -> None:
    async with pile.sit(size=size) as seat:
        await seat.press("end", "r", "f")
        await to_line(seat, "marks")
        await seat.press("1")
        await seat.type("9-20")
        await seat.press("enter", "escape")
        (first,) = (line for line in seat.lines if line.lstrip().startswith("▌"))
        assert "of 25" in first
        assert "Level 4" in first
        assert "⏎ open" in seat.foot
        await seat.press("down")
        (second,) = (line for line in seat.lines if line.lstrip().startswith("▌"))
        assert {first.split(" of 25")[0][-2:], second.split(" of 25")[0][-2:]} == {"19", "20"}
        name = second.split("▌")[1].split("  ")[0].strip()
        await seat.press("enter")
        assert name in seat.lines[0]
        await seat.press("escape")
        assert "marks 19–20 · 2 of 27 essays" in seat.lines[1]
        assert second in seat.lines, "the bar where it was"
        await seat.press("right", "down", "down")
        (assignment,) = (line for line in seat.lines if line.lstrip().startswith("▌"))
        assert "10 Nov 2026  Khrushchev" in assignment, "after the essays come the assignments"
        await seat.press("enter")
        assert "Khrushchev   marks" in seat.lines[0]


async def test_filters_compose_and_one_key_clears_all(pile: World) -> None:
    async with pile.sit(size=SMALL) as seat:
        await seat.press("end", "r", "f")
        await to_line(seat, "marks")
        await seat.press("1")
        await seat.type("2-15")
        await seat.press("enter")
        await to_line(seat, "text")
        await seat.press("enter")
        await seat.type('"essay of Amara"')
        await seat.press("enter")
        await to_line(seat, "stamp")
        await seat.press("enter")
        await seat.type("k")
        await seat.press("enter", "escape")
        expected = sum(12 <= mark <= 15 for at, mark in enumerate(SLIDING) if at % 7 == 0)
        told = f'marks 12–15 · stamp K · text "essay of Amara" · {expected} of 27 essays'
        assert seat.lines[1].strip() == told
        await seat.press("right")
        assert "13H · 2026-27 · marks 12–15" in seat.lines[1], "they hold in the next view"
        await seat.press("c")
        assert seat.lines[1].strip() == "no filter · 27 essays"
        await seat.press("c")
        assert "No filter is on" in seat.foot


@pytest.mark.parametrize(("line", "typed", "told"), [
    ("marks", "15-12", "The range 15-12 is written backwards. Did you mean 12-15?"),
    ("marks", "lots", "'lots' is no mark and no range."),
    ("text", "student:okafor", "student:, group:, year: and stamp: are for the search of everything."),
    ("text", '" ! "', "There is no word in that to look for."),
    ("stamp", "zzz", "None is called 'zzz'."),
])  # fmt: skip
async def test_what_makes_no_sense_is_said_and_changes_nothing(pile: World, line: str, typed: str, told: str) -> None:
    async with pile.sit(size=SMALL) as seat:
        await seat.press("end", "r", "f")
        await to_line(seat, line)
        await seat.press("enter")
        await seat.type(typed)
        await seat.press("enter")
        assert told in seat.spoken
        assert seat.lines[1].strip() == "Khrushchev · 27 essays"
        assert f"  {typed}" in seat.text, "what was typed can be mended"
        await seat.press("escape", "escape")
        assert "Khrushchev   marks" in seat.lines[0]


async def test_ten_thousand_letters_are_a_text_like_any_other(pile: World) -> None:
    async with pile.sit(size=SMALL) as seat:
        await seat.press("end", "r", "f")
        await to_line(seat, "text")
        await seat.press("enter")
        await seat.paste('[b]a"b AND (OR* ' * 700)
        await seat.press("enter", "escape")
        assert 'text “[b]a"b AND (OR*' in seat.lines[1]
        assert "0 of 27 essays" in seat.lines[1]
        assert "No essay is left. 27 essays would be left without the filter text “[b]a" in seat.spoken


async def test_enter_on_a_stamp_that_recurs_leaves_the_essays_that_have_it(pile: World) -> None:
    async with pile.sit(size=(80, 60)) as seat:
        await seat.press("end", "r")
        while "K        27 of 27" not in seat.here:
            await seat.press("down")
        await seat.press("enter")
        assert seat.lines[1].strip() == "stamp K · 27 essays"
        assert "Essays   that the filters leave" in seat.text
        await seat.press("c")
        assert seat.lines[1].strip() == "no filter · 27 essays"


async def test_nothing_left_says_which_to_loosen(pile: World) -> None:
    async with pile.sit(size=SMALL) as seat:
        await seat.press("end", "r", "f")
        await to_line(seat, "tag")
        await seat.press("2")
        await to_line(seat, "level")
        await seat.press("4", "escape")
        assert (
            f"No essay is left. {ABOVE} essays would be left without the filter first impression good." in seat.spoken
        )
        assert "f changes them, c takes all off" in seat.text
        await seat.press("x")
        assert f"Nothing is written. No essay is left. {ABOVE} essays would be left" in seat.spoken
        await seat.press("c")
        assert "n 26 · mean 15.0" in seat.text


async def test_enter_opens_an_assignment_of_the_class(course: World) -> None:
    async with course.sit(size=SMALL) as seat:
        await seat.press("down", "r", "right", "right")
        assert "13H  all years" in seat.lines[0]
        assert "Monopolies" in seat.here
        await seat.press("down", "down")
        assert "Parliament" in seat.here
        await seat.press("enter")
        assert "13H  Parliament   marks" in seat.lines[0]
        await seat.press("enter")
        assert "leads to the class and the year" in seat.foot
        await seat.press("escape")
        assert "Parliament" in seat.here, "the bar stands where it stood"
        await seat.press(*["down"] * 9)
        assert "Henry VII" in seat.here
        await seat.press("down", "down", "down")
        assert "Missing      Łucja Świderska: Mock" in seat.text, "past the last it scrolls"
        await seat.press("end")
        assert "Strands" in seat.text
        await seat.press("home")
        assert "Monopolies" in seat.here
        (line,) = (at for at, text in enumerate(seat.lines) if "Mary I" in text)
        await seat.click(20, line)
        assert "Mary I" in seat.here
        await seat.press("enter")
        assert "13H  Mary I   marks" in seat.lines[0]


async def test_every_assignment_through_the_form(course: World) -> None:
    async with course.sit(size=SMALL) as seat:
        await seat.press("down", "r", "f", "0")
        assert seat.lines[1].strip() == "21 essays"
        await to_line(seat, "year")
        await seat.press("2", "escape")
        assert "every class, 2025-26" in seat.lines[0]
        assert seat.lines[0].rstrip().endswith("8 assignments")


def slow(desk: Desk, filters: Filters, watch: Watch) -> LookBack:
    """Goes on until it is stopped."""
    while watch(3, 11):
        time.sleep(0.01)
    raise Stopped("Stopped: it isn't read.")


async def test_a_long_reading_is_told_and_can_be_stopped(course: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async with course.sit(size=SMALL) as seat:
        await seat.press("down", "r")
        monkeypatch.setattr("markdesk.tui.screens.review.look_back", slow)
        await seat.reach("right")
        await seat.until(lambda: "Reading 3 of 11 assignments   Esc stop" in seat.foot)
        await seat.press("escape")
        assert "Stopped: it isn't read." in seat.foot
        assert "Mock: the Tudors   marks" in seat.lines[0], "the page stays"
        await seat.press("escape")
        assert "Mock: the Tudors   marks" not in seat.lines[0]


async def test_while_a_course_is_read_every_key_is_heard(course: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async with course.sit(size=SMALL) as seat:
        await seat.press("down", "r")
        monkeypatch.setattr("markdesk.tui.screens.review.look_back", slow)
        await seat.reach("right")
        await seat.until(lambda: "Reading 3 of 11" in seat.foot)
        await seat.press("f")
        assert "what is looked back at" in seat.lines[0]
        await seat.press("escape")
        assert "Mock: the Tudors   marks" in seat.lines[0], "nothing was changed in the form"
        assert "Reading" not in seat.foot
        await seat.reach("right")
        await seat.press("x")
        assert "review-13h-mock-the-tudors.pdf" in seat.text
        await seat.press("escape")
        await seat.reach("right")
        await seat.press("escape", "escape")
        assert "Mock: the Tudors   marks" not in seat.lines[0]


async def test_what_enter_opens_can_be_stopped_too(course: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async with course.sit(size=SMALL) as seat:
        await seat.press("down", "r", "right", "right")
        monkeypatch.setattr("markdesk.tui.screens.review.look_back", slow)
        await seat.reach("enter")
        await seat.until(lambda: "Reading 3 of 11" in seat.foot)
        await seat.press("escape")
        assert "Stopped: it isn't read." in seat.foot
        assert "13H  all years" in seat.lines[0]
        await seat.reach("enter")
        await seat.press("f", "escape")
        assert "13H  all years" in seat.lines[0]


async def test_another_view_has_a_file_of_its_own_in_the_same_folder(
    pile: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "reviews"
    async with pile.sit(size=(120, 40)) as seat:
        await seat.press("end", "r", "x", *["backspace"] * len("review-13h-khrushchev.pdf"))
        await seat.type("reviews/mine.md")
        await seat.press("enter")
        mine = (folder / "mine.md").read_bytes()
        await seat.press("x")
        assert "reviews/mine.md" in seat.text
        await seat.press("enter", "right", "x")
        assert "mine.md" not in seat.text
        assert f"{folder}/review-13h-2026-27." in seat.text
        await seat.press("enter")
        assert "✓ saved" in seat.text
        assert (folder / "mine.md").read_bytes() == mine
        await seat.press("left", "x")
        assert f"{folder}/review-13h-khrushchev." in seat.text


@pytest.fixture
def own_pile(pile: World, tmp_path: Path) -> World:
    """A copy that may be written on."""
    path = tmp_path / "marks.db"
    shutil.copy(pile.path, path)
    world = World(path, ids=CountingIds("later"))
    world.clock.at = pile.clock.at
    return world


async def mark_higher(seat: Seat) -> None:
    """From the review an essay is found, given three marks more, and left again."""
    await seat.press("ctrl+f")
    await seat.type('in:essays "essay of Amara"')
    await seat.press("enter", "+", "+", "+", "escape")
    while "Khrushchev   marks" not in seat.lines[0]:
        await seat.press("escape")


async def test_what_was_marked_from_it_is_in_it_at_once(
    own_pile: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    marks = "select sum(mark) from award where mark is not null"
    async with own_pile.sit(size=SMALL) as seat:
        await seat.press("end", "r", "right", "left")
        assert "mean 15.0 of 25" in seat.text
        await seat.press("down", "down")
        before = own_pile.one(marks)
        await mark_higher(seat)
        assert own_pile.one(marks) == int(str(before)) + 3
        assert seat.app.screen.query_one(Page).scroll_offset.y == 2, "the place on the page stays"
        await seat.press("home")
        assert "mean 15.2 of 25" in seat.text
        await seat.press("x", "backspace", "backspace", "backspace")
        await seat.type("md")
        await seat.press("enter")
        assert "mean 15.2 of 25" in (tmp_path / "review-13h-khrushchev.md").read_text(encoding="utf-8")
        await seat.press("right")
        assert "mean 61% of the maximum" in seat.text


async def test_help_form_and_charts_leave_the_page_where_it_is(pile: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(desk: Desk, filters: Filters, watch: Watch) -> LookBack:
        raise AssertionError("it was read again")

    async with pile.sit(size=SMALL) as seat:
        await seat.press("end", "r", "pagedown")
        there = seat.lines[:-1]
        monkeypatch.setattr("markdesk.tui.screens.review.look_back", never)
        for key in ("?", "f", "d"):
            await seat.press(key, "escape")
            assert seat.lines[:-1] == there


async def test_what_another_window_writes_is_neither_drawn_nor_written_as_it_was(
    own_pile: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with own_pile.sit(size=SMALL) as seat:
        await seat.press("end", "r", "x")
        store = SqliteStore(own_pile.path)
        desk = own_pile.desk(store)
        opened = MarkingDesk(desk, desk.store.entries(desk.marker.id)[0])
        opened.give_mark(opened.rubric.scales[0].id, 25)
        store.close()
        await seat.press("enter")
        assert "Something was marked meanwhile" in seat.spoken
        assert not (tmp_path / "review-13h-khrushchev.pdf").exists()
        await seat.press("enter")
        assert "✓ saved" in seat.text
        assert (tmp_path / "review-13h-khrushchev.pdf").exists()


async def test_what_is_shown_is_written(pile: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with pile.sit(size=(120, 40)) as seat:
        await seat.press("end", "r", "o")
        assert "Nothing is written yet" in seat.foot
        await seat.press("x")
        assert str(tmp_path / "review-13h-khrushchev.pdf") in seat.text
        await seat.press("backspace", "backspace", "backspace")
        await seat.type("md")
        await seat.press("enter")
        assert "✓ saved" in seat.foot
        text = (tmp_path / "review-13h-khrushchev.md").read_text(encoding="utf-8")
        assert "27 essays: 26 with a mark of 25" in text
        (tmp_path / "review-13h-khrushchev.md").write_text("another file", encoding="utf-8")
        await seat.press("x", "enter")
        assert "is there already" in seat.spoken
        assert (tmp_path / "review-13h-khrushchev.md").read_text(encoding="utf-8") == "another file"
        await seat.press("x", "enter")
        assert "✓ saved" in seat.foot
        assert (tmp_path / "review-13h-khrushchev.md").read_text(encoding="utf-8") == text
        await seat.press("x", "backspace", "backspace")
        await seat.type("exe")
        await seat.press("enter")
        assert "A review isn't written as .exe." in seat.spoken
        assert "review-13h-khrushchev.exe" in seat.text, "what was typed can be mended"
        await seat.press("backspace", "backspace", "backspace")
        await seat.type("html")
        await seat.press("enter")
        assert "✓ saved" in seat.foot
        assert (tmp_path / "review-13h-khrushchev.html").read_bytes()
