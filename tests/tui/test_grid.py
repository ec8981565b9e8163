"""The grid of a paper: from the library to a cell, from a cell to the row in the file, and back to the cell."""

from dataclasses import replace
from pathlib import Path

import pytest

from markdesk.core.ids import StudentId
from markdesk.core.people import Student
from markdesk.tui.bindings import SCREENS
from markdesk.tui.widgets.cells import Cells
from tests.tui.mocks import ANSWERS, BREADTH, LATE, MOCK, answer_id, set_mock
from tests.tui.seat import Seat, World
from tests.tui.test_contrast import LEAST, too_faint
from tests.tui.test_pictures import check_picture

AMARA, LUCJA, FINN = ANSWERS
LIBRARY = "Assignment"


@pytest.fixture
def mock(tmp_path: Path) -> World:
    """The mock set and handed in, nothing marked. The class in its order: Adeyemi, O’Connell, Okafor, Świderska."""
    return set_mock(tmp_path / "marks.db")


def row(seat: Seat, name: str) -> list[str]:
    """What stands right of a student's name."""
    line = next((line for line in seat.lines[3:-5] if name in line), "")
    return line.partition(name)[2].split()


def explained(seat: Seat) -> str:
    return " ".join(" ".join(seat.lines[-4:-1]).split())


def marks(world: World, number: str) -> list[tuple[object, ...]]:
    """The marks of a question as they stand in the file."""
    return world.rows(
        "select m.script_id, a.mark, m.status from marking m left join award a on a.marking_id = m.id"
        " where m.script_id like ? order by m.script_id",
        f"answer-{number}-%",
    )


async def mark_some(world: World) -> None:
    """02 down the class; 03 and 04 of Łucja, who answered one too many; her 01 begun."""
    async with world.sit(paper=MOCK) as seat:
        await seat.press("right", "down", "enter", "3", "enter", "4", "enter", "5", "enter", "escape")
        await seat.press("right", "enter", "4", "enter", "escape", "end", "right", "enter", "2", "enter", "escape")
        await seat.press("left", "left", "left", "enter", "4", "escape")


# -- from key to row


async def test_a_question_is_marked_down_the_class_and_the_grid_shows_it(mock: World) -> None:
    async with mock.sit(paper=MOCK) as seat:
        assert row(seat, "Finn O’Connell") == ["–", "–"]
        await seat.press("down", "right", "enter")
        assert "Finn O’Connell" in seat.lines[0]
        assert "essay 1 of 3" in seat.lines[0], "those who answered 02, and nobody else"
        await seat.press("4", "enter")
        assert "Amara Okafor" in seat.lines[0], "the next one down the class"
        await seat.press("3", "+", "enter")
        assert "Łucja Świderska" in seat.lines[0]
        await seat.press("escape")
        assert marks(mock, "02") == [(answer_id("02", FINN), 18, "complete"), (answer_id("02", AMARA), 14, "complete")]
        assert row(seat, "Finn O’Connell") == ["18", "18", "so", "far"]
        assert row(seat, "Amara Okafor") == ["–", "14", "–", "14", "so", "far"]
        assert "2 of 8 answers finished" in seat.lines[0]
        assert "Łucja Świderska" in seat.here, "the essay that was left last"
        assert "Łucja Świderska 02" in explained(seat)


async def test_keys_typed_as_fast_as_they_can_be_are_done_in_their_order(mock: World) -> None:
    async with mock.sit(paper=MOCK) as seat:
        await seat.burst("down", "right", "enter", "4", "enter", "escape", "right", "enter", "3", "enter", "escape")
        assert marks(mock, "02") == [(answer_id("02", FINN), 18, "complete")]
        assert marks(mock, "03") == [(answer_id("03", AMARA), 13, "complete")], "Esc came back to Amara's row"


async def test_a_marking_that_was_begun_is_told_from_one_that_is_finished(mock: World) -> None:
    async with mock.sit(paper=MOCK) as seat:
        await seat.press("down", "right", "enter", "k", "escape", "escape")
        assert row(seat, "Finn O’Connell") == ["–*", "–"], "stamped, and without a mark"
        await seat.press("enter", "4", "escape")
        assert row(seat, "Finn O’Connell") == ["18*", "18", "so", "far"]
        assert "begun 18 / 25" in explained(seat)
        assert "to mark 2 3 2 1" in " ".join(seat.text.split())
        await seat.press("enter", "0", "0", "enter", "escape", "up")
        assert row(seat, "Finn O’Connell")[0] == "NR"


async def test_esc_leads_to_the_library_also_where_the_program_began_with_the_grid(mock: World) -> None:
    async with mock.sit(paper=MOCK) as seat:
        await seat.press("escape")
        assert LIBRARY in seat.text
        assert f"{MOCK} " in seat.text


async def test_what_another_window_marked_is_there_when_the_grid_is_looked_at_again(mock: World) -> None:
    async with mock.sit(paper=MOCK) as seat, mock.sit(script=answer_id("02", FINN)) as other:
        await seat.press("down", "right", "?")
        await other.press("4", "enter")
        await seat.press("escape")
        assert row(seat, "Finn O’Connell") == ["18", "18", "so", "far"]
        assert "Finn O’Connell 02" in explained(seat)


async def test_an_answer_that_another_window_has_opens_read_only(mock: World) -> None:
    async with mock.sit(script=answer_id("02", FINN)), mock.sit(paper=MOCK) as seat:
        await seat.press("down", "right", "enter")
        assert "Read-only: open in another window" in seat.foot


# -- what counts


async def test_of_too_many_answers_the_best_count_and_the_foot_says_why(mock: World) -> None:
    await mark_some(mock)
    async with mock.sit(paper=MOCK) as seat:
        assert row(seat, "Łucja Świderska") == ["21*", "23", "18", "(8)", "62", "so", "far"]
        await seat.press("end", "right", "right", "right")
        told = explained(seat)
        assert "✓ marked 8 / 25 64 words not counted" in told
        assert "B: 3 answered, the best 2 count" in told
        assert "01 to finish" in told
        assert "A 21/30 B 41/50" in told
        await seat.press("left")
        assert "not counted" not in explained(seat)
        assert "the best 2 count" in explained(seat), "of every cell of hers"


async def test_a_question_that_need_not_be_answered_is_not_missing(mock: World) -> None:
    async with mock.sit(paper=MOCK) as seat:
        await seat.press("down", "down", "right", "right", "right")
        assert "Amara Okafor 04 Not answered: 2 of 3 were to be chosen. Paper 0 so far / 80" in explained(seat)
        assert "not handed in" not in explained(seat)
        await seat.press("up")
        assert "Finn O’Connell 04 Not handed in; 1 of 03, 04 is still to come." in explained(seat)
        await seat.press("left", "left", "left")
        assert "Finn O’Connell 01 How convincing" in explained(seat)
        assert "Not handed in yet." in explained(seat)
        assert "02 to finish 01; 1 of 03, 04 not handed in" in explained(seat)


async def test_a_total_stands_alone_once_all_is_finished(mock: World) -> None:
    async with mock.sit(paper=MOCK) as seat:
        for keys in (("4", "enter", "escape"), ("4", "enter", "escape"), ("5", "enter", "escape")):
            await seat.press("home", "down", "down", "enter", *keys, "right")
        await seat.press("home", "down", "down")
        assert row(seat, "Amara Okafor") == ["21", "18", "23", "62"]
        assert "Paper 62 / 80 A 21/30 B 41/50" in explained(seat)


# -- papers and classes of other shapes


async def test_a_student_without_a_script_has_an_empty_row(mock: World) -> None:
    async with mock.sit(paper=MOCK) as seat:
        assert row(seat, LATE.name) == []
        assert "Tunde Adeyemi 01" in explained(seat)
        await seat.press("enter")
        assert "Tunde Adeyemi has handed in nothing for 01." in seat.spoken
        assert 'import FILE --assignment "Mock C1 01"' in seat.spoken
        await seat.press("right")
        assert "– to mark" in seat.lines[1], "the legend again"
        await seat.press("s")
        assert f"{LATE.name}   past marks" in seat.lines[0]
        assert "No mark so far" in seat.text


async def test_a_paper_set_to_nobody_says_how_scripts_come_in(tmp_path: Path) -> None:
    world = set_mock(tmp_path / "marks.db", answers={}, students=())
    async with world.sit(paper=MOCK) as seat:
        assert "0 of 0 answers finished" in seat.lines[0]
        assert "Nobody is in this class yet" in seat.spoken
        assert 'import FILE --paper "Mock C1"' in seat.spoken
        await seat.press("down", "right", "pagedown", "end", "s", "r", "escape", "enter")
        assert "Nobody is in this class yet" in seat.spoken
        await seat.press("x")
        assert "No marking of 'Mock C1 02' is finished yet" in seat.spoken
        await seat.press("escape", "escape")
        assert "no essays yet" in seat.text


async def test_a_handwritten_answer_is_told_as_one(tmp_path: Path) -> None:
    world = set_mock(tmp_path / "marks.db", handwritten=["02"])
    async with world.sit(paper=MOCK) as seat:
        await seat.press("down", "right")
        assert "to mark handwritten" in explained(seat)
        await seat.press("enter", "4", "enter", "escape")
        assert marks(world, "02") == [(answer_id("02", FINN), 18, "complete")]


def wide(path: Path) -> World:
    """Fourteen questions, all of which Amara answered, and a class of forty."""
    section = BREADTH.sections[1]
    asked = tuple(replace(section.questions[0], number=f"{n:02}") for n in range(1, 15))
    paper = replace(BREADTH, sections=(replace(section, questions=asked, choose=0),))
    crowd = [Student(StudentId(f"student-{n:02}"), f"Given{n:02}", f"Zz-family{n:02}") for n in range(40)]
    amara = Student(StudentId(AMARA), "Amara", "Okafor")
    return set_mock(path, {AMARA: [question.number for question in asked]}, paper, [amara, *crowd])


async def test_columns_scroll_under_names_and_totals_that_stand_still(tmp_path: Path) -> None:
    async with wide(tmp_path / "marks.db").sit(paper=MOCK, size=(80, 24)) as seat:
        heading = next(line for line in seat.lines if "Student" in line)
        assert heading.split()[:2] == ["Student", "01"]
        assert heading.split()[-2:] == ["›", "Paper"]
        shown = len(heading.split()) - 3
        await seat.press(*["right"] * shown)
        heading = next(line for line in seat.lines if "Student" in line)
        assert heading.split()[:3] == ["Student", "‹", "02"]
        assert row(seat, "Amara Okafor") == [*["–"] * shown, "–"]
        await seat.press(*["right"] * 20)
        heading = next(line for line in seat.lines if "Student" in line)
        assert heading.split()[-2:] == ["14", "Paper"]
        assert "Amara Okafor 14" in explained(seat)
        await seat.press("enter", "4", "enter", "escape")
        assert row(seat, "Amara Okafor")[-4:] == ["18", "18", "so", "far"]
        await seat.resize(200, 50)
        heading = next(line for line in seat.lines if "Student" in line)
        assert heading.split() == ["Student", *(f"{n:02}" for n in range(1, 15)), "Paper"]
        await seat.press(*["left"] * 20)
        await seat.resize(80, 24)
        assert "Amara Okafor 01" in explained(seat)
        assert len(seat.bars) == 1


async def test_a_long_class_scrolls_under_its_heading(tmp_path: Path) -> None:
    async with wide(tmp_path / "marks.db").sit(paper=MOCK, size=(80, 24)) as seat:
        await seat.press("end")
        assert "Given39" in seat.here
        assert "Student" in seat.lines[3]
        await seat.press("pageup")
        assert "Given39" in seat.text, "a screenful up is still in sight"
        await seat.press("home")
        assert "Amara Okafor" in seat.here
        await seat.press("pagedown")
        assert "Given39" not in seat.text
        assert len(seat.bars) == 1


async def test_a_key_paints_two_rows_however_long_the_class_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[int] = []
    render = Cells.render_line

    def count(self: Cells, y: int) -> object:
        painted.append(y)
        return render(self, y)

    async with wide(tmp_path / "marks.db").sit(paper=MOCK, size=(120, 40)) as seat:
        await seat.press("down")
        monkeypatch.setattr(Cells, "render_line", count)
        await seat.press("down")
        assert len(set(painted)) == 2
        painted.clear()
        await seat.press("right")
        assert len(set(painted)) == 1


async def test_what_comes_from_outside_is_shown_and_never_obeyed(tmp_path: Path) -> None:
    name = "[@click=app.quit]Eve[/] \x1b[2J\u202e"
    odd = Student(StudentId("student-odd"), name, "[b]Aa")
    world = set_mock(tmp_path / "marks.db", answers={"student-odd": ["02"]}, students=(odd,))
    async with world.sit(paper=MOCK) as seat:
        assert "[@click=app.quit]Eve[/] ␛[2J⟨U+202E⟩ [b]Aa" in explained(seat)
        assert "\x1b" not in seat.text
        await seat.press("enter")
        assert "[@click=app.quit]Eve[/] ␛[2J⟨U+202E⟩ [b]Aa has handed in nothing" in seat.spoken


# -- ways in and out


async def test_the_library_has_a_row_for_the_paper_and_its_questions_under_it(mock: World) -> None:
    await mark_some(mock)
    async with mock.sit() as seat:
        at = next(n for n, line in enumerate(seat.lines) if line.startswith(f"  {MOCK}"))
        assert seat.lines[at].split()[:6] == ["Mock", "C1", "4", "questions", "·", "AQA"]
        assert "5 of 8" in seat.lines[at]
        assert [seat.lines[at + n].split()[0] for n in range(1, 5)] == ["01", "02", "03", "04"]
        assert "3 of 3" in seat.lines[at + 2]
        assert "Khrushchev" in seat.lines[at + 5]
        await seat.press("home", "down", "enter")
        assert "62 so far" in seat.text
        await seat.press("escape", "down", "down", "enter")
        assert "Mock C1 02" in seat.lines[0], "a question's own pile"


async def test_a_paper_in_the_library_has_no_sheets_of_its_own_and_says_so(mock: World) -> None:
    async with mock.sit() as seat:
        for key in "xr":
            await seat.press(key)
            assert "Choose one of the questions under this paper" in seat.text
        await seat.press("down", "r")
        assert "Mock C1 01" in seat.lines[0]


async def test_g_opens_the_grid_from_a_question_too(mock: World) -> None:
    async with mock.sit() as seat:
        await seat.press("down", "down", "g")
        assert "0 of 8 answers finished" in seat.lines[0]
        await seat.press("escape", "enter")
        assert "Mock C1 02" in seat.lines[0]
        await seat.press("g")
        assert "0 of 8 answers finished" in seat.lines[0]
        await seat.press("down", "right", "enter", "4", "enter", "escape", "escape")
        assert LIBRARY in seat.text, "the pile, which would not know what was marked, is gone"
        await seat.press("end", "g")
        assert "This is no question of a paper" in seat.text
        await seat.press("enter", "g")
        assert "This is no question of a paper" in seat.spoken


async def test_the_palette_leads_to_the_grid(mock: World) -> None:
    async with mock.sit() as seat:
        await seat.press("ctrl+p")
        await seat.type("students by")
        await seat.until(lambda: "Students by questions" in seat.text)
        await seat.press("enter")
        await seat.until(lambda: "0 of 8 answers finished" in seat.text)


async def test_a_click_chooses_a_cell_and_a_second_one_opens_it(mock: World) -> None:
    async with mock.sit(paper=MOCK) as seat:
        y = next(n for n, line in enumerate(seat.lines) if "Amara Okafor" in line)
        x = next(line for line in seat.lines if "Student" in line).index("03")
        await seat.click(x, y)
        assert "Amara Okafor 03" in explained(seat)
        await seat.click(3, y - 1)
        assert "Finn O’Connell 03" in explained(seat), "a name keeps the question"
        await seat.pilot.click(offset=(x, y), times=2)
        await seat.settle()
        assert "essay 1 of 2" in seat.lines[0]
        assert "Amara Okafor" in seat.lines[0]


async def test_the_other_keys(mock: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    await mark_some(mock)
    async with mock.sit(paper=MOCK, size=(100, 60)) as seat:
        await seat.press("down", "right", "s")
        assert "Finn O’Connell   past marks" in seat.lines[0]
        assert "13 of 25" in seat.text
        await seat.press("escape", "r")
        assert "3 essays: 3 with a mark of 25" in seat.text
        await seat.press("escape", "x")
        assert "3 files" in seat.text
        await seat.press("down", "left", "x")
        assert len(list((tmp_path / "mark-sheets-mock-c1-02").iterdir())) == 3
        await seat.press("escape")
        before = seat.text
        await seat.press("t", "t")
        assert seat.text == before
        await seat.press("?")
        for key in SCREENS["grid"]:
            first = key.shown.partition("  ")[0]
            assert not first or any(first in line and key.does in line for line in seat.lines), key.id
        await seat.press("?")
        assert "Finn O’Connell 02" in explained(seat)


# -- how it looks


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize(
    ("screen", "keys"), [("library-paper", ()), ("grid", ("down", "enter", "end", "right", "right", "right"))]
)
async def test_screen(mock: World, screen: str, keys: tuple[str, ...], size: tuple[int, int]) -> None:
    await mark_some(mock)
    async with mock.sit(size=size) as seat:
        await seat.press(*keys)
        check_picture(f"{screen}-{size[0]}x{size[1]}", seat)


@pytest.mark.parametrize("theme", LEAST)
async def test_every_text_stands_out_from_its_ground(mock: World, theme: str) -> None:
    await mark_some(mock)
    async with mock.sit(paper=MOCK, theme=theme) as seat:
        for keys in ((), ("end",), ("right", "right", "right"), ("down",)):
            await seat.press(*keys)
            assert too_faint(seat, LEAST[theme]) == set(), keys


@pytest.mark.parametrize("size", [(60, 18), (40, 10)], ids=["60x18", "40x10"])
async def test_a_small_window_keeps_names_and_cursor(mock: World, size: tuple[int, int]) -> None:
    async with mock.sit(paper=MOCK, size=(80, 24)) as seat:
        await seat.press("down", "right", "right", "right")
        await seat.resize(*size)
        if size[0] < 60:
            assert "Make the window larger" in seat.text
            await seat.resize(80, 24)
        assert "Finn O’Connell" in seat.here
        assert "Finn O’Connell 04" in explained(seat)


async def test_in_the_library_i_says_how_the_scripts_of_a_paper_come_in(mock: World) -> None:
    async with mock.sit() as seat:
        await seat.press("home", "i")
        assert "markdesk import FILE --paper" in seat.text
        await seat.press("down", "i")
        assert "markdesk import FILE --paper" in seat.text, "its questions come in together"
