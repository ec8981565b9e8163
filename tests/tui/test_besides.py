"""Another essay beside the one that is marked: what is offered, what is out of reach, and that marking goes on."""

from dataclasses import replace
from pathlib import Path

import pytest

from markdesk.core.ids import AssignmentId, ScriptId
from markdesk.desk.sitting import Sitting
from markdesk.store.sqlite.store import SqliteStore
from tests.kit import shipped_rubric
from tests.tui.desks import HOLISTIC, PARTS, POINTS, RUBRICS, STUDENTS, SUMMED, script_id
from tests.tui.lined import lined
from tests.tui.seat import Seat, World
from tests.tui.test_pictures import check_picture
from tests.tui.two_piles import EARLIER, two_piles

WIDE, NARROW = (120, 40), (80, 24)
SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])


def listed(seat: Seat) -> list[str]:
    """The rows of the list, without the essay at their left."""
    head = next(y for y, line in enumerate(seat.lines) if "Which" in line)
    left = seat.lines[head].index("Which")
    rows = [" ".join(line[left:].split()) for line in seat.lines[head + 1 : -1]]
    return [row for row in rows if row[-1:].isdigit()]


def awards(seat: Seat, script: str) -> list[tuple[object, ...]]:
    return seat.rows(
        "select w.mark from award w join marking m on m.id = w.marking_id where m.script_id = ? order by scale", script
    )


async def choose(seat: Seat, what: str) -> None:
    """Open the list, and the first row that says this."""
    await seat.press("@")
    rows = listed(seat)
    at = next(at for at, row in enumerate(rows) if what in row)
    await seat.press(*["down"] * at, "enter")


async def test_before_the_mark_only_others_essays_are_offered(tmp_path: Path) -> None:
    async with two_piles(tmp_path / "marks.db").sit(HOLISTIC) as seat:
        await seat.press("@")
        assert listed(seat) == [
            "Level 5 Łucja Świderska L5 22",
            "Level 4 Łucja Świderska L4 18",
            "Level 3 Finn O’Connell L3 14",
        ]
        assert "Once it has its mark: its neighbours in marks, this student's last essay" in seat.right_of(74)
        assert "L2" not in seat.text, "Amara's own mark of September"


async def test_with_its_mark_the_neighbours_and_the_last_essay_are_offered(tmp_path: Path) -> None:
    async with two_piles(tmp_path / "marks.db").sit(HOLISTIC) as seat:
        await seat.press("4", "-", "-", "@")  # 16, between 18 and 14
        assert listed(seat)[:2] == ["just above Łucja Świderska L4 18", "just below Finn O’Connell L3 14"]
        assert listed(seat)[-1] == "last essay Hungary 1956 L2 9"
        await seat.press("escape", "+", "+", "@")
        assert listed(seat)[:2] == ["same mark Łucja Świderska L4 18", "just below Finn O’Connell L3 14"]


async def test_who_else_has_the_stamp_that_is_shown(tmp_path: Path) -> None:
    async with two_piles(tmp_path / "marks.db").sit(HOLISTIC) as seat:
        await seat.press("k", "@")
        assert listed(seat)[-2:] == ["K ×1 Łucja Świderska L4 18", "Finn O’Connell L3 14"]
        await seat.press("escape", "e", "@")
        assert len(listed(seat)) == 3, "nobody else has it"


async def test_names_hidden_here_no_past_mark_has_a_name_and_no_text_either(tmp_path: Path) -> None:
    async with two_piles(tmp_path / "marks.db", is_hidden=True).sit(script=script_id(HOLISTIC, 1)) as seat:
        await seat.press("4", "@")
        rows = listed(seat)
        assert any(row.startswith("Level 5 Hungary 1956") for row in rows)
        assert not any("last essay" in row for row in rows)
        assert all(
            row.split("#")[0] in ("same mark ", "just below ", "Level 4 ", "Level 3 ") for row in rows if "#" in row
        )
        await seat.press("escape")
        await choose(seat, "Level 5")
        assert "wrote this in September" in seat.text
        assert "Łucja" not in seat.text
        assert "Świderska" not in seat.text


async def test_a_pile_whose_names_are_hidden_still_gives_nobody_away(tmp_path: Path) -> None:
    async with two_piles(tmp_path / "marks.db", was_hidden=True).sit(HOLISTIC) as seat:
        await seat.press("4", "@")
        rows = listed(seat)
        assert "Level 5 Hungary 1956 L5 22" in rows
        assert not any("last essay" in row for row in rows)
        await seat.press("escape")
        await choose(seat, "Level 5")
        assert "wrote this in September" in seat.text
        assert "Łucja" not in seat.right_of(60)


@SIZES
async def test_the_look(tmp_path: Path, size: tuple[int, int]) -> None:
    async with two_piles(tmp_path / "marks.db").sit(HOLISTIC, size=size) as seat:
        await seat.press("k", "4", "-", "@", "down")
        check_picture(f"beside-list-{size[0]}x{size[1]}", seat)
        await seat.press("down", "enter")
        check_picture(f"beside-{size[0]}x{size[1]}", seat)


@SIZES
async def test_the_essay_says_whose_it_is_and_what_it_was_given(tmp_path: Path, size: tuple[int, int]) -> None:
    async with two_piles(tmp_path / "marks.db").sit(HOLISTIC, size=size) as seat:
        await choose(seat, "Level 5")
        assert "Beside Łucja Świderska" in seat.spoken
        assert "L5 22 / 25" in seat.spoken
        assert "the best at Level 5 · Hungary 1956, 14 Sep" in seat.spoken
        assert "Answers the whole question" in seat.spoken
        assert "wrote this in September" in seat.spoken
        await seat.press("@")
        assert "wrote this in September" not in seat.spoken
        assert "Beside" not in seat.spoken


async def test_marking_goes_on_at_the_left(tmp_path: Path) -> None:
    async with two_piles(tmp_path / "marks.db").sit(HOLISTIC) as seat:
        await choose(seat, "Level 5")
        await seat.press("down", "k", "3", "+", "N")
        await seat.type("so what?")
        await seat.press("escape")
        script = script_id(HOLISTIC, 1)
        assert awards(seat, script) == [(14,)]
        where = "where marking_id = (select id from marking where script_id = ?) order by id"
        assert seat.rows(f"select code, exact, comment from annotation {where}", script) == [
            ("K", "Hungary rose in the autumn. The tanks came in November, and the thaw stopped at the border.", ""),
            ("NAR", "Hungary rose in the autumn. The tanks came in November, and the thaw stopped at the border.",
             "so what?"),
        ]  # fmt: skip
        assert "wrote this in September" in seat.text
        assert "L3  14 / 25" in seat.lines[1], "the scheme is out of sight: the mark stands above the essay"
        await seat.press("escape", "escape")
        assert "wrote this in September" not in seat.text


async def test_a_narrow_window_stamps_nothing_out_of_sight(tmp_path: Path) -> None:
    async with two_piles(tmp_path / "marks.db").sit(HOLISTIC, size=NARROW) as seat:
        await choose(seat, "Level 5")
        assert "First essay" not in seat.text
        await seat.press("end", "home", "pagedown", "up", "ctrl+down", "ctrl+up")
        assert "Beside" in seat.text, "these move through the essay that is read"
        await seat.press("k")
        assert "Beside" not in seat.text
        assert "First essay" in seat.text
        found = seat.one("select exact from annotation n join marking m on m.id = n.marking_id where script_id = ?",
                         script_id(HOLISTIC, 1))  # fmt: skip
        assert str(found).startswith("First essay."), "the cursor stayed where it was"


async def test_the_palette_opens_no_editor_out_of_sight(tmp_path: Path) -> None:
    async with two_piles(tmp_path / "marks.db").sit(HOLISTIC, size=NARROW) as seat:
        await choose(seat, "Level 5")
        await seat.press("ctrl+p")
        await seat.type("feedback")
        await seat.until(lambda: "What went well, even better if, target, task" in seat.text)
        await seat.press("enter")
        await seat.until(lambda: "private: never printed" in seat.text)
        await seat.type("Exact dates.")
        await seat.press("escape")
        assert seat.rows("select text from feedback where text = 'Exact dates.'")


async def test_a_mark_taken_back_takes_the_past_out_of_sight(tmp_path: Path) -> None:
    async with two_piles(tmp_path / "marks.db").sit(HOLISTIC) as seat:
        await seat.press("4")
        await choose(seat, "last essay")
        assert "L2  9 / 25" in seat.text
        assert "Amara Okafor wrote this" in seat.text
        await seat.press("ctrl+z")
        assert "L2  9 / 25" not in seat.text
        assert "wrote this in September" not in seat.text
        assert "Mark scheme" in seat.text


async def test_an_essay_of_others_stays_when_the_mark_is_taken_back(tmp_path: Path) -> None:
    async with two_piles(tmp_path / "marks.db").sit(HOLISTIC) as seat:
        await seat.press("4")
        await choose(seat, "Level 5")
        await seat.press("ctrl+z")
        assert "wrote this in September" in seat.text


async def test_the_next_essay_begins_beside_its_scheme(tmp_path: Path) -> None:
    async with two_piles(tmp_path / "marks.db").sit(HOLISTIC) as seat:
        await choose(seat, "Level 5")
        await seat.press(">")
        assert "Second essay" in seat.text
        assert "wrote this in September" not in seat.text
        assert "Mark scheme" in seat.text


@pytest.mark.parametrize("key", ["~", "|"])
async def test_whoever_asks_for_the_scheme_sees_it(tmp_path: Path, key: str) -> None:
    async with two_piles(tmp_path / "marks.db").sit(HOLISTIC) as seat:
        await choose(seat, "Level 5")
        await seat.press(key)
        assert "Mark scheme" in seat.text
        assert "wrote this in September" not in seat.text


async def test_the_keys_that_scroll_the_scheme_scroll_the_essay_in_its_place(tmp_path: Path) -> None:
    async with two_piles(tmp_path / "marks.db").sit(HOLISTIC, size=(110, 20)) as seat:
        await choose(seat, "Level 5")
        assert "wrote this in September" in seat.text
        await seat.press(*["ctrl+n"] * 9)
        assert "wrote this in September" not in seat.text
        assert "¶8" in seat.text
        await seat.press(*["ctrl+up"] * 9)
        assert "wrote this in September" in seat.text


async def test_other_sizes_of_the_window(tmp_path: Path) -> None:
    async with two_piles(tmp_path / "marks.db").sit(HOLISTIC) as seat:
        await seat.press("@")
        await seat.resize(*NARROW)
        assert len(listed(seat)) == 3
        await seat.resize(*WIDE)
        await seat.press("enter")
        await seat.resize(*NARROW)
        assert "wrote this in September" in seat.text
        assert "First essay" not in seat.text
        await seat.resize(*WIDE)
        assert "First essay" in seat.text
        await seat.press("K")
        await seat.resize(*NARROW)
        assert "wrote this in September" not in seat.text, "words are typed: they are in sight"


async def test_where_the_scheme_was_hidden_it_is_hidden_again(tmp_path: Path) -> None:
    async with two_piles(tmp_path / "marks.db").sit(HOLISTIC) as seat:
        await seat.press("|")
        await choose(seat, "Level 5")
        assert "wrote this in September" in seat.text
        await seat.press("escape")
        assert "wrote this in September" not in seat.text
        assert "Mark scheme" not in seat.text


async def test_the_list_outlives_a_window_that_is_too_small_and_another_theme(tmp_path: Path) -> None:
    async with two_piles(tmp_path / "marks.db").sit(HOLISTIC) as seat:
        await seat.press("@", "t")
        assert len(listed(seat)) == 3
        await seat.resize(40, 10)
        assert "Make the window larger" in seat.text
        await seat.resize(*WIDE)
        assert len(listed(seat)) == 3
        await seat.press("enter")
        assert "wrote this in September" in seat.text


async def test_a_handwritten_essay_shows_its_pad(tmp_path: Path) -> None:
    world = lined(tmp_path / "marks.db", [None, (18,), (14,)], on_paper=True)
    async with world.sit(script=script_id(HOLISTIC, 1)) as seat:
        await seat.press("4")
        await choose(seat, "just below")
        assert "L3  14 / 25" in seat.lines[1]
        assert "p1 ¶1" in seat.right_of(60)
        assert " K " in seat.right_of(60)


async def test_names_and_titles_are_shown_as_data(tmp_path: Path) -> None:
    hostile = (STUDENTS[0], replace(STUDENTS[1], family_name="[bold]\x1b[31m\u202eX"), STUDENTS[2])
    async with two_piles(tmp_path / "marks.db", students=hostile).sit(HOLISTIC) as seat:
        await choose(seat, "Level 5")
        assert "[bold]" in seat.lines[1]
        assert "\x1b" not in seat.text
        assert "\u202e" not in seat.text


async def test_where_nothing_can_stand_beside_it_the_foot_says_so(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("@")
        assert "No finished essay can stand beside this one yet" in seat.spoken
        await seat.press("k")
        assert seat.one("select count(*) from annotation") == 1


async def test_help_tells_the_keys_of_the_list(tmp_path: Path) -> None:
    async with two_piles(tmp_path / "marks.db").sit(HOLISTIC) as seat:
        await seat.press("@", "?")
        assert "the scheme again" in seat.text
        await seat.press("escape", "f7")
        assert "Mark scheme" in seat.text


@pytest.mark.parametrize("shape", [SUMMED, PARTS])
async def test_several_scales_the_levels_are_those_of_the_scale_in_hand(tmp_path: Path, shape: str) -> None:
    async with two_piles(tmp_path / "marks.db", shape=shape).sit(shape) as seat:
        await seat.press("3", "tab", "@")
        scale = shipped_rubric(RUBRICS[shape]).scales[1].id.upper()
        assert [row for row in listed(seat) if f"{scale} L" in row]
        await seat.press("escape")
        await choose(seat, f"{scale} L")
        assert f"of {scale}" in seat.text


async def test_a_pass_by_scale_finds_its_neighbours_on_that_scale(tmp_path: Path) -> None:
    async with two_piles(tmp_path / "marks.db", now=(None, 18, 8), shape=SUMMED).sit(SUMMED) as seat:
        await seat.press("3", "@")  # 10 of AO1, and nothing yet on the others
        assert [row.split()[:2] for row in listed(seat)[:2]] == [["just", "above"], ["just", "below"]]


async def test_points_have_no_levels_to_be_an_example_of(tmp_path: Path) -> None:
    async with two_piles(tmp_path / "marks.db", shape=POINTS).sit(POINTS) as seat:
        await seat.press("@")
        assert "No finished essay can stand beside this one yet" in seat.spoken


async def test_a_colleagues_mark_of_the_last_essay_is_shown_as_it_was_given(tmp_path: Path) -> None:
    world = two_piles(tmp_path / "marks.db", earlier=(None, None, None))
    store = SqliteStore(world.path)
    desk = world.desk(store, "Mr Other")
    sitting = Sitting(desk, next(a for a in store.assignments() if a.id == AssignmentId(EARLIER)), "arrival")
    opened = sitting.open(ScriptId(script_id(EARLIER, 1)))
    opened.give_mark(opened.rubric.scales[0].id, 12)
    opened.annotate(opened.essay.paragraphs[2].span, "E", "")
    opened.finish()
    sitting.close()
    store.close()
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", "@")
        assert "last essay Hungary 1956 L3 12" in listed(seat)
        await seat.press("escape")
        await choose(seat, "last essay")
        assert "Amara Okafor wrote this" in seat.text
        assert any("¶3" in line and " E " in line for line in seat.lines)


async def test_looking_leaves_no_trace(tmp_path: Path) -> None:
    world = two_piles(tmp_path / "marks.db")
    before = world.rows("select count(*) from log")
    async with world.sit(HOLISTIC) as seat:
        await choose(seat, "Level 4")
        await seat.press("escape", "escape")
    assert world.rows("select count(*) from log") == before
