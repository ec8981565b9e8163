"""The screen of one student: what stands on it, what opens from it, and when it stays shut."""

import re
import shutil
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from markdesk.core.coursework import Assignment
from markdesk.core.errors import StoreUnavailable
from markdesk.core.ids import ScriptId
from markdesk.desk.desk import Desk
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.sitting import Sitting
from markdesk.store.sqlite.store import SqliteStore
from markdesk.tui.student_lines import Section, in_pages
from markdesk.tui.widgets.lines import Line
from tests.demo.desk import laid_out as laid_out_sample
from tests.kit import CountingIds
from tests.tui.seat import Seat, World
from tests.tui.years import AMARA, two_years

MARK = "select mark from award join marking m on m.id = marking_id where script_id = ?"
SMALL, WIDE, HUGE = (80, 24), (120, 40), (200, 60)


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> World:
    return two_years(tmp_path_factory.mktemp("years") / "marks.db")


@pytest.fixture
def years(laid_out: World, tmp_path: Path) -> World:
    """A copy of one's own, a day later."""
    path = tmp_path / "marks.db"
    shutil.copy(laid_out.path, path)
    world = World(path, ids=CountingIds("later"))
    world.clock.at = laid_out.clock.at
    return world


async def to_student(seat: Seat, name: str = "Amara") -> None:
    await seat.press("s")
    for _ in range(30):
        if name not in seat.here:
            await seat.press("down")
    await seat.press("enter")


async def every_page(seat: Seat) -> str:
    """What stands above the list, page after page."""
    pages = []
    for _ in range(6):
        pages.append("\n".join(seat.lines[1:-1]))
        await seat.press("right")
    return " ".join("\n".join(pages).split())


@pytest.mark.parametrize("size", [SMALL, WIDE, HUGE])
async def test_the_course_stands_above_every_past_marking(years: World, size: tuple[int, int]) -> None:
    async with years.sit(size=size) as seat:
        await to_student(seat)
        assert "13H  Amara Okafor   past marks" in seat.lines[0]
        assert "7 marks in 10 pieces of work" in seat.lines[0]
        assert "13/25 12/20 18/25 –     20/30 27/40 19/25 …" in seat.text
        assert (
            "Over these 7 marks: mostly rising. Of 21 pairs the later share is higher in 19, lower in 2." in seat.spoken
        )
        assert "A     B     A           C     D     A" in seat.text
        assert "NR" in seat.spoken
        assert "Mock: the Tudors" not in seat.text
        assert "One essay is left out, since names are hidden there." in seat.spoken
        told = await every_page(seat)
        for words in (
            "AO1", "✓ met", "(set twice since Sep25)", "✗ ≈ partly", "Strands, by level", "↗ rising",
            "in 6 of 8 essays accurate, relevant own knowledge", "Too few marks: ",
            "in 3 of 8 essays Say which year, and what followed from it.",
        ):  # fmt: skip
            assert words in told
        assert all(cell_len(line) <= size[0] for line in seat.lines)


async def test_the_first_page_says_what_the_others_tell_in_short(years: World) -> None:
    async with years.sit(size=WIDE) as seat:
        await to_student(seat)
        (line,) = (line.strip() for line in seat.lines if "Most often" in line)
        assert re.fullmatch(r"Targets: 1 of \d met, 1 partly\. Most often: K in 6 of 8 essays(, .+ in \d+)*\.", line)
        await seat.press("right")
        assert "Most often" not in seat.text


async def test_the_rows_tell_marks_redrafts_and_gaps(years: World) -> None:
    async with years.sit(size=HUGE) as seat:
        await to_student(seat)
        rows = "\n".join(seat.lines)
        assert "9 Mar     Mary I" in rows
        assert "15 → 18 of 25 Level 4" in rows
        assert "AO1 L4 14 · AO2 L3 6 · AO3 L4 7" in rows
        assert "6 min Ms Test" in rows, "the time is read behind the frame"
        line = next(line for line in seat.lines if "Elizabeth and Spain" in line)
        assert line.rstrip().endswith("late")
        await seat.press("down")
        assert "‘Parliament changed little.’ Assess the validity of this view." in seat.text
        assert "Level 4 · 64 words · 2 annotations · AQA 7042 Section B · marked by Ms Test" in seat.text
        assert "Note  PRIVATE: ask about her hours." in seat.text


async def test_enter_opens_the_essay_as_it_was_and_escape_leads_back(years: World) -> None:
    async with years.sit(size=WIDE) as seat:
        await to_student(seat)
        await seat.press("down", "down", "enter")
        assert "Witchcraft" in seat.lines[0]
        assert "14" in seat.text
        await seat.press("escape")
        assert "Amara Okafor   past marks" in seat.lines[0]
        assert "Witchcraft" in seat.here
        await seat.press("home", "enter")
        assert "That isn't marked yet: the list of its pile leads to it" in seat.foot
        for _ in range(4):
            await seat.press("down")
        assert "Elizabeth" in seat.here
        await seat.press("enter")
        assert "There is no script" in seat.foot
        await seat.press("escape", "escape")
        assert "past marks" not in seat.lines[0]


async def test_what_is_begun_shows_its_mark_and_is_said_to_be_not_finished(years: World) -> None:
    script = f"w11-{AMARA.id}"
    async with years.sit("w11", script=script, size=WIDE) as seat:
        await seat.press("4")
    assert years.rows("select status, mark, tentative from marking m join award a on a.marking_id = m.id"
                      " where m.script_id = ?", script) == [("in_progress", 18, 1)]  # fmt: skip
    async with years.sit(size=WIDE) as seat:
        await seat.press("home", "down", "enter")
        assert "Monopolies" in seat.lines[0]
        for _ in range(3):
            if "Amara" not in seat.here:
                await seat.press("down")
        assert "18 / 25" in seat.here
        await seat.press("s")
        assert "Past marks show once this essay is finished (Enter), lest they weigh on it" in seat.text
    async with years.sit(size=WIDE) as seat:
        await to_student(seat)
        assert "Monopolies" in seat.here
        assert seat.here.split("Monopolies")[1].split()[:5] == ["18", "of", "25", "Level", "4"]
        assert "begun" in seat.here
        assert "begun, not finished · Level 4 · " in seat.text
        assert "7 marks in 10 pieces of work" in seat.lines[0], "it counts for nothing"
        assert "… (not finished yet)" in seat.spoken
        await seat.press("enter")
        assert "That is begun and not finished: the list of its pile leads to it" in seat.foot
        await seat.press("v")
        assert "18 of 25" not in seat.here, "not for other eyes"
        assert "Level 4" not in seat.here
        assert "begun, not finished · 64 words" in seat.text


async def test_what_was_told_goes_with_the_next_thing_that_is_done(years: World) -> None:
    told = "That isn't marked yet"
    async with years.sit(size=WIDE) as seat:
        await to_student(seat)
        for key in ("down", "right", "end"):
            await seat.press("home", "enter")
            assert told in seat.foot
            await seat.press(key)
            assert told not in seat.foot, key
            assert "open" in seat.foot, "the keys again"
        await seat.press("home", "enter", "d", "escape")
        assert told not in seat.foot
        await seat.press("enter")
        await seat.resize(130, 42)
        assert told in seat.foot, "a window of another size is no key of hers"
        await seat.press("v", "enter", "down")
        assert told not in seat.foot
        assert "leave the present mode" in seat.foot
        await seat.press("v", "a")
        await seat.type("B")
        await seat.press("enter")
        assert "✓ saved" in seat.foot
        await seat.press("up")
        assert "✓ saved" not in seat.foot


async def test_a_returned_one_opens_locked(years: World) -> None:
    async with years.sit(size=WIDE) as seat:
        while "Parliament" not in seat.here:
            await seat.press("down")
        await seat.press("enter")
        await seat.press("l", "R", "enter")
        assert years.one("select status from marking where script_id = ?", f"w9-{AMARA.id}") == "returned"
    async with years.sit(size=WIDE) as seat:
        await to_student(seat)
        await seat.press("down")
        assert "returned" in seat.here
        await seat.press("enter")
        assert "Returned, locked" in seat.text
        assert "l o in the list of its pile: open it for changes" in seat.foot
        assert "stamp" not in seat.foot
        assert "finish" not in seat.foot
        await seat.press("+")
        assert years.one(MARK, f"w9-{AMARA.id}") == 19
        assert "was returned to the student" in seat.spoken
    async with years.sit("w9", size=SMALL) as seat:
        await seat.press("l", "o", "enter", "escape", "enter")
        assert "Returned, locked" not in seat.text
        assert "finish & next" in seat.foot


async def test_x_writes_the_record_and_asks_before_it_replaces_another(
    years: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with years.sit(size=WIDE) as seat:
        await to_student(seat)
        await seat.press("x")
        assert "✓ saved" in seat.text
        (written,) = (tmp_path / "records").iterdir()
        assert written.name.startswith("amara-okafor_")
        written.write_bytes(b"another file")
        await seat.press("x")
        assert "is there already: x once more replaces it" in seat.spoken
        assert written.read_bytes() == b"another file"
        await seat.press("down", "x")
        assert "is there already: x once more replaces it" in seat.spoken, "what was asked went with the other key"
        assert written.read_bytes() == b"another file"
        await seat.press("x")
        assert "✓ saved" in seat.text
        assert written.read_bytes() != b"another file"


async def test_past_marks_stay_shut_while_her_essay_is_marked(years: World) -> None:
    async with years.sit("w11", script=f"w11-{AMARA.id}", size=WIDE) as seat:
        await seat.press("ctrl+f")
        await seat.type("in:students amara")
        await seat.press("enter")
        assert "Past marks show once the essay that is open has its mark" in seat.spoken
        assert "past marks        " not in seat.lines[0]
        await seat.press("escape")
        await seat.press("4", "ctrl+f")
        await seat.type("in:students amara")
        await seat.press("enter")
        assert "Amara Okafor   past marks" in seat.lines[0]


SHUT = "Past marks show once the essay that is open has its mark"


async def test_no_way_round_leads_to_past_marks_while_her_essay_is_marked(years: World) -> None:
    """From the search: her earlier essay, or the list of its pile; from the palette: the list of students."""
    async with years.sit("w11", script=f"w11-{AMARA.id}", size=WIDE) as seat:
        for words in ("student:amara parliament in:essays", "student:amara ask hours in:feedback"):
            await seat.press("ctrl+f")
            await seat.type(words)
            await seat.press("enter")
            assert SHUT in seat.spoken, words
            assert "Search everything" in seat.lines[0]
            await seat.press("escape")
            assert "Amara Okafor   ‘Monopolies" in seat.lines[0]
        for words in ("parliament in:questions", "student:finn henry in:essays"):
            await seat.press("ctrl+f")
            await seat.type(words)
            await seat.press("enter")
            assert SHUT in seat.spoken, words
            assert "Search everything" in seat.lines[0]
            await seat.press("escape")
        await seat.press("ctrl+p")
        await seat.type("students")
        await seat.until(lambda: "Past marks by student" in seat.text)
        await seat.press("enter")
        await seat.until(lambda: "Class" in seat.text)
        while "Amara" not in seat.here:
            await seat.press("down")
        await seat.press("enter")
        assert SHUT in seat.spoken
        assert " Students" in seat.lines[0]
        await seat.press("escape", "ctrl+f")
        await seat.type("monopolies in:questions")
        await seat.press("enter")
        assert "Monopolies" in seat.lines[0]
        while "Amara" not in seat.here:
            await seat.press("down")
        for key, told in (("s", "Past marks show once this essay is finished (Enter)"), ("r", SHUT)):
            await seat.press(key)
            assert told in seat.spoken
            assert "Amara" in seat.here


async def test_the_bank_tells_not_what_she_was_told_while_her_essay_is_marked(years: World) -> None:
    async with years.sit("w11", script=f"w11-{AMARA.id}", size=SMALL) as seat:
        to_uses = (";", "ctrl+l", "/", *"which year", "enter", "enter")
        await seat.press(*to_uses)
        assert "Where it was used   1" in seat.lines[0]
        assert "3 more shown once the essay that is open has its mark" in seat.text
        assert "Finn" in seat.text
        assert "Amara" not in seat.text
        await seat.press("escape", "escape", "escape")
        assert "Amara Okafor" in seat.lines[0], "the essay again"
        await seat.press("4", *to_uses)
        assert "Where it was used   4" in seat.lines[0]
        assert "shown once" not in seat.text
        assert "Amara" in seat.text


@pytest.mark.parametrize(("keys", "goes_on"), [(("down",), "Monopolies"), (("down", "k"), "Henry VII")])
async def test_only_where_there_was_work_the_library_goes_on(years: World, keys: tuple[str, ...], goes_on: str) -> None:
    """Of a pile that is done an essay may be read, and the place is still that of the work; a stamp is work."""
    async with years.sit(size=WIDE) as seat:
        while "Monopolies" not in seat.here:
            await seat.press("down")
        await seat.press("enter", "enter", "down", "escape", "escape")
        assert "Go on  Monopolies" in seat.text
        await to_student(seat, "Finn")
        await seat.press("end", "enter", *keys, *["escape"] * 4)
        assert f"Go on  {goes_on}: " in seat.text


async def test_a_few_letters_find_a_student_in_the_list(years: World) -> None:
    async with years.sit(size=SMALL) as seat:
        await seat.press("s")
        assert "/ find" in seat.foot
        await seat.press("/")
        await seat.type("finn")
        assert "Finn" in seat.here
        await seat.press("escape", "/")
        await seat.type("zzz")
        await seat.press("enter")
        assert "Nobody here fits “zzz”" in seat.text
        await seat.press("ctrl+u")
        await seat.type("lucja")
        await seat.press("enter")
        assert "Łucja Świderska   past marks" in seat.lines[0]


async def test_what_she_was_told_before_is_found_without_its_words(years: World) -> None:
    async with years.sit("w11", script=f"w11-{AMARA.id}", size=WIDE) as seat:
        await seat.press("ctrl+f")
        await seat.type("student:amara ask in:feedback")
        await seat.until(lambda: "found" in seat.lines[0])
        told = "shown once the essay that is open has its mark"
        assert "Amara Okafor" in seat.text
        assert told in seat.text
        assert "hours" not in seat.text
        await seat.press("escape", "4", "ctrl+f")
        await seat.type("student:amara ask in:feedback")
        await seat.until(lambda: "hours" in seat.text)
        assert told not in seat.text


async def test_once_it_has_its_mark_her_earlier_essay_opens_from_the_search(years: World) -> None:
    async with years.sit("w11", script=f"w11-{AMARA.id}", size=WIDE) as seat:
        await seat.press("4", "ctrl+f")
        await seat.type("student:amara parliament in:essays")
        await seat.press("enter")
        assert "Amara Okafor   ‘Parliament" in seat.lines[0]


async def test_without_a_mark_and_with_one(years: World) -> None:
    async with years.sit(size=SMALL) as seat:
        await to_student(seat, "Finn")
        assert "One mark so far: a trend isn't told from fewer than 3." in seat.text
        await seat.press("escape", "end", "enter")
        assert "No mark so far: a trend isn't told from fewer than 3." in seat.text
        assert "0 marks in 9 pieces of work" in seat.lines[0]


async def test_a_grade_is_typed_kept_with_its_day_and_taken_back(years: World) -> None:
    async with years.sit(size=HUGE) as seat:
        await to_student(seat)
        await seat.press("a")
        assert "Target grade" in seat.text
        await seat.type("B/A")
        await seat.press("enter")
        assert "✓ saved" in seat.text
        assert years.rows("select student_id, kind, value from grade") == [(AMARA.id, "target", "B/A")]
        assert "Grades that you typed" in seat.text
        assert "Target     B/A  from 25 Nov 2026" in seat.text
        await seat.press("p")
        await seat.type("A")
        await seat.press("escape")
        assert years.one("select count(*) from grade") == 1
        await seat.press("c")
        await seat.type("a grade of any length at all")
        await seat.press("enter")
        assert "16 characters at the most" in seat.spoken
        assert "Working at grade  a grade of any length at all" in seat.text, "what was typed can be mended"
        await seat.press("escape", "ctrl+z")
        assert years.rows("select * from grade") == []
        assert "Grades that you typed" not in seat.text
        await seat.press("ctrl+z")
        assert "Nothing was typed here" in seat.foot


async def test_a_grade_left_as_it_was_is_no_new_one_and_an_empty_one_takes_it_back(years: World) -> None:
    async with years.sit(size=HUGE) as seat:
        await to_student(seat)
        await seat.press("a", "enter")
        assert "Target grade: none" in seat.spoken
        await seat.press("a")
        await seat.type("B")
        await seat.press("enter")
        years.clock.at = years.clock.at.replace(day=years.clock.at.day + 1)
        await seat.press("a", "enter")
        assert "Target grade: B as it was" in seat.spoken
        assert years.one("select count(*) from grade") == 1
        await seat.press("a", "backspace", "enter")
        assert "Target grade: none from 25 Nov 2026 any more" in seat.spoken
        assert years.rows("select * from grade") == []
        await seat.press("ctrl+z")
        assert years.one("select value from grade") == "B"


async def test_a_grade_that_the_desk_refuses_stays_typed(years: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise StoreUnavailable("The disk is full.", "Make room on it.")

    async with years.sit(size=SMALL) as seat:
        await to_student(seat)
        await seat.press("a")
        await seat.type("B/A")
        with monkeypatch.context() as patched:
            patched.setattr("markdesk.tui.screens.student.type_grade", refuse)
            await seat.press("enter")
        assert "The disk is full." in seat.spoken
        assert "Target grade  B/A" in seat.text
        await seat.press("enter")
        assert years.rows("select kind, value from grade") == [("target", "B/A")]
        assert "keep it" not in seat.foot


async def test_no_typed_grade_stands_where_an_essay_is_marked(years: World) -> None:
    async with years.sit(size=WIDE) as seat:
        await to_student(seat)
        await seat.press("a")
        await seat.type("ZEBRA")
        await seat.press("enter")
    async with years.sit("w11", script=f"w11-{AMARA.id}", size=WIDE) as seat:
        assert "ZEBRA" not in seat.text
        await seat.press("4")
        assert "ZEBRA" not in seat.text


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_the_present_mode_hides_notes_classmates_and_the_search(years: World, size: tuple[int, int]) -> None:
    async with years.sit(size=size) as seat:
        await to_student(seat)
        await seat.press("down")
        assert "PRIVATE" in seat.text
        await seat.press("v")
        assert "PRESENT MODE" in seat.lines[0]
        assert "PRIVATE" not in seat.text
        await seat.press("ctrl+f", "ctrl+p", "f12")
        assert "Search everything" not in seat.text
        assert "PRESENT MODE" in seat.lines[0]
        await seat.press("a")
        assert "when nobody else looks" in seat.spoken
        assert "v leave the present mode" in seat.foot, "the way out stands there whatever is told"
        await seat.press("enter")
        assert "Parliament in short." in seat.text
        assert "A clear line of argument." in seat.text
        assert "PRIVATE" not in seat.text
        await seat.press("ctrl+f", "ctrl+p", "<", ">", "@")
        assert "Parliament, Amara Okafor" in seat.lines[0]
        for name in ("Finn", "Łucja"):
            assert name not in seat.text
        await seat.press("escape", "escape")
        assert "PRESENT MODE" in seat.lines[0], "one key too many shows nobody else"
        assert "v leaves the present mode" in seat.spoken
        await seat.press("v")
        assert "PRESENT MODE" not in seat.lines[0]
        assert "Amara Okafor" in seat.lines[0]
        assert "PRIVATE" in seat.text
        await seat.press("ctrl+f")
        assert "Search everything" in seat.text


async def test_the_next_student_s_screen_has_nothing_of_the_last_one(years: World) -> None:
    async with years.sit(size=SMALL) as seat:
        await to_student(seat)
        await seat.press("right", "down", "a", "A", "enter", "v")
        assert "PRESENT MODE" in seat.lines[0]
        assert "Marks over time" not in seat.text
        await seat.press("v", "escape")
        await to_student(seat, "Łucja")
        assert "Łucja" in seat.lines[0]
        assert "Amara" not in seat.text
        assert "PRESENT" not in seat.text
        assert "Marks over time" in seat.text
        await seat.press("ctrl+z")
        assert "Nothing was typed here" in seat.spoken
        await seat.press("escape", "escape")
        await to_student(seat)
        assert "7 marks in 10 pieces of work" in seat.lines[0]


async def test_escape_is_heard_while_an_essay_is_on_its_way(years: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then no essay opens over another screen, and none stays held."""
    began, goes_on, opened = threading.Event(), threading.Event(), threading.Event()
    open_it = Sitting.open

    def open_and_say(sitting: Sitting, script_id: ScriptId) -> MarkingDesk:
        found = open_it(sitting, script_id)
        opened.set()
        return found

    def slow(desk: Desk, assignment: Assignment, order: str) -> Sitting:
        began.set()
        goes_on.wait(5)
        return Sitting(desk, assignment, order)

    async with years.sit(size=SMALL) as seat:
        await to_student(seat)
        await seat.press("down", "down")
        monkeypatch.setattr(Sitting, "open", open_and_say)
        monkeypatch.setattr("markdesk.tui.screens.student.Sitting", slow)
        await seat.reach("enter")
        await seat.until(began.is_set)
        await seat.reach("escape")
        await seat.until(lambda: seat.lines[0].startswith(" Students"))
        goes_on.set()
        await seat.until(opened.is_set)
        other = years.desk(SqliteStore(years.path))

        def is_free() -> bool:
            held = other.store.hold(ScriptId(f"w8-{AMARA.id}"), other.marker.id)
            if isinstance(held, str):
                return False
            held.release()
            return True

        await seat.until(is_free)
        await seat.settle()
        assert seat.lines[0].startswith(" Students")
        other.store.close()


@pytest.mark.parametrize("key", ["r", "s"])
async def test_a_kept_screen_has_the_theme_that_was_chosen_meanwhile(years: World, key: str) -> None:
    keys = ("r",) if key == "r" else ("s", "enter")
    back = ["escape"] * len(keys)
    shown = []
    for first in ((*keys, *back, "t"), ("t",)):
        async with years.sit(size=SMALL) as seat:
            await seat.press("down", *first, *keys)
            shown.append([list(strip) for strip in seat.strips])
    assert shown[0] == shown[1]


async def test_another_window_later_lays_the_kept_screen_out_anew(years: World) -> None:
    async with years.sit(size=SMALL) as seat:
        await to_student(seat)
        await seat.press("escape")
        await seat.pilot.resize_terminal(*WIDE)
        await to_student(seat)
        assert "13/25 12/20 18/25 –     20/30 27/40 19/25 …" in seat.text
        assert seat.lines[-1].strip()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The sample class with its two years; nothing is written on it."""
    return laid_out_sample(tmp_path_factory.mktemp("sample") / "marks.db")


async def test_a_small_window_has_six_pages_at_most_and_cuts_no_entry_in_two(sample: World) -> None:
    async with sample.sit(size=SMALL) as seat:
        await to_student(seat, "Amara")
        assert "page 1 of 6" in seat.foot
        assert " Targets: 5 of 13 met, 8 partly. Most often: E in 12 of 14 essays, EXP in 11." in seat.text
        assert sum(" returned" in line or " marked" in line for line in seat.lines[-12:-3]) >= 5
        pages = [await turned(seat) for _ in range(6)]
        heads = [line.split()[:2] for line in pages[0].split("\n")]
        assert ["5", "earlier"] in heads
        assert "Knowledge and evidence /5  +5  ▅ L3" in pages[0]
        judged = next(line for line in pages[0].split("\n") if "Argument and judgement" in line)
        assert re.fullmatch(r" +Argument and judgement /5  \+2 +▅ L3 +→ level", judged), "one bar, and two before it"
        assert "Strands" not in "".join(pages[1:])
        assert "Too few marks: AO1 13/20" in pages[0]
        assert "Targets   2 more on the next page" in pages[1]
        assert pages[1].rstrip().endswith("of the period.")
        assert "Targets, on\n Feb26" in pages[2]
        assert "≈ ≈ ≈ partly" in pages[2]
        assert "ASSERT  in 10 of 14 essays" in pages[3]


async def turned(seat: Seat) -> str:
    """What stands above the list on the next page."""
    await seat.press("right")
    first = next(at for at, line in enumerate(seat.lines) if line.startswith("  Set "))
    return "\n".join(line.rstrip() for line in seat.lines[1:first])


LENGTHS = st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=9), max_size=5)


@given(LENGTHS, st.integers(6, 30))
def test_pages_hold_every_entry_whole_in_order_and_none_is_too_long(drawn: list[list[int]], room: int) -> None:
    found: list[Section] = []
    for at, lengths in enumerate(drawn):
        entries: list[list[Line]] = [[((f"{at}.{n}", "text"),)] * length for n, length in enumerate(lengths)]
        found.append((f"title {at}", entries))
    pages = in_pages(found, room)
    assert all(len(page) <= room for page in pages)
    shown = [[line[0][0] for line in page if line and " title" not in line[0][0]] for page in pages]
    assert [word for page in shown for word in page] == [line[0][0] for _, its in found for one in its for line in one]
    for _, entries in found:
        for entry in entries:
            assert sum(entry[0][0][0] in page for page in shown) == 1


async def test_the_list_of_students_tells_classes_and_candidates_only_where_somebody_has_one(sample: World) -> None:
    async with sample.sit(size=SMALL) as seat:
        await seat.press("s")
        assert "Candidate" not in seat.text
        rows = {name: next(line for line in seat.lines if name in line).split() for name in ("Amara", "Zoë", "Zoe")}
        assert rows["Amara"] == ["Amara", "Okafor", "13H,", "Y12", "14"]
        assert rows["Zoë"][2] != rows["Zoe"][2], "the ends of their ids"
        assert {rows["Zoë"][2][0], rows["Zoe"][2][-1]} == {"(", ")"}
        await seat.press("escape")
        oldest = next(line for line in seat.lines if "Alexander II" in line)
        assert "19 Sep 25" in oldest
        assert "30 Oct  " in next(line for line in seat.lines if "Henry VII" in line)
