"""What is offered under the lines of feedback, and the digits that take it."""

import sqlite3

from tests.kit import shipped_rubric
from tests.tui.desks import HOLISTIC, PROFILE, RUBRICS, SUMMED, script_id
from tests.tui.seat import Seat, World

LINES = "select field, place, text from feedback order by field, place"
NARRATIVE = "Narrative: tells or describes (¶3)"


async def mark_up(seat: Seat) -> None:
    """A strength and a weakness with words of her own, and a stamp without any."""
    await seat.press("K")
    await seat.type("Exact on 1956.")
    await seat.press("escape", "down", "T")
    await seat.type("Whose thaw?")
    await seat.press("escape", "down", "n")


def offers(seat: Seat) -> list[str]:
    """The list under the lines, from its first number on."""
    lines = [line[:72].strip() for line in seat.lines]
    start = next(at for at, line in enumerate(lines) if line.startswith("Note"))
    return [line for line in lines[start + 1 : -1] if line[:1].isdigit() or line.startswith(";")]


async def test_a_digit_on_an_empty_line_takes_the_annotation_and_it_can_be_edited(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await mark_up(seat)
        await seat.press(",")
        assert offers(seat) == ["1 ¶1 K Exact on 1956.", "1 takes it · a space first types a digit"]
        await seat.burst("1", "!", "enter", "enter")
        assert offers(seat)[:2] == ["1 ¶2 ASSERT Whose thaw?", f"2 NAR {NARRATIVE}"]
        await seat.burst("2", "escape")
        assert seat.rows(LINES) == [("ebi", 1, NARRATIVE), ("www", 1, "Exact on 1956.!")]
        assert seat.rows("select * from draft") == []
        await seat.press("ctrl+z", "ctrl+z")
        assert seat.rows(LINES) == []


async def test_what_was_taken_is_kept_as_a_draft_at_once(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await mark_up(seat)
        await seat.press(",", "1")
        await seat.until(lambda: seat.rows("select editor, text from draft") == [("www.1", "Exact on 1956.")])


async def test_no_digit_is_lost_in_words_or_where_nothing_is_offered(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await mark_up(seat)
        await seat.press(",")
        await seat.type("In 1 line")
        assert offers(seat)[-1] == ";1 and a space puts it in between words"
        await seat.press("enter")
        await seat.type(" 1956 stands")
        await seat.press("enter")
        await seat.type("3 dates")  # two are offered
        await seat.press("enter", "enter")
        await seat.type("1 page")  # the task has none without a target
        await seat.press("enter")
        await seat.type("2")
        await seat.press("tab")
        await seat.type("1")
        await seat.press("escape")
        assert seat.rows(LINES) == [
            ("comment", 1, "2"),
            ("ebi", 1, "3 dates"),
            ("note", 1, "1"),
            ("task", 1, "1 page"),
            ("www", 1, "In 1 line"),
            ("www", 2, "1956 stands"),
        ]


async def test_between_words_a_semicolon_and_the_number_put_it_in(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await mark_up(seat)
        await seat.press(",")
        await seat.type("Good: ;1 ")
        await seat.type("Go on")
        await seat.press("escape")
        assert seat.rows(LINES) == [("www", 1, "Good: Exact on 1956. Go on")]


async def test_words_of_another_line_are_not_offered_again(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await mark_up(seat)
        await seat.burst(",", "1", "enter", "1", "x", "escape")
        assert seat.rows(LINES) == [("www", 1, "Exact on 1956."), ("www", 2, "1x")]


async def test_the_target_is_the_scheme_s_next_line_and_the_task_a_paragraph(world: World) -> None:
    scale = shipped_rubric(RUBRICS[HOLISTIC]).scales[0]
    async with world.sit(HOLISTIC) as seat:
        await mark_up(seat)
        await seat.press("'", "4", "3", "'", "3", ",", "tab", "tab", "tab")
        strand = shipped_rubric(RUBRICS[HOLISTIC]).strands_of(scale)[1].id
        words = scale.levels[3].strand[strand]
        target = f"Next: {words[0].lower()}{words[1:]}"
        assert offers(seat)[0].startswith(f"1 L4 {strand} {target[:30]}")
        assert offers(seat)[1:3] == ["2 ¶2 ASSERT Whose thaw?", f"3 NAR {NARRATIVE}"]
        await seat.press("1", "enter")
        assert offers(seat)[0].startswith("1 Rewrite ¶2 so that it ")
        await seat.press("1", "escape")
        task = f"Rewrite ¶2 so that it {target.removeprefix('Next: ').partition(';')[0].rstrip('.')}."
        assert seat.rows(LINES) == [("target", 1, target), ("task", 1, task)]


async def test_of_summed_scales_the_lowest_gives_the_target(world: World) -> None:
    scales = shipped_rubric(RUBRICS[SUMMED]).scales
    async with world.sit(SUMMED) as seat:
        await seat.press("4", "tab", "2", "tab", "3")
        await seat.press(",", "tab", "tab", "tab")
        assert offers(seat)[0].startswith(f"1 L3 {scales[1].id} Next: ")


async def test_the_last_target_is_carried_forward(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", "+", ",", "tab", "tab", "tab")
        await seat.type("Weigh both sides.")
        await seat.press("escape", "enter")
    async with world.sit(script=script_id(PROFILE, 1)) as seat:
        await seat.press(",", "tab", "tab", "tab")
        assert offers(seat)[0] == "1 last target Weigh both sides."
        await seat.press("1", "escape")
        assert world.rows("select text from feedback where field = 'target'") == [("Weigh both sides.",)] * 2


async def test_while_names_are_hidden_the_last_target_waits_for_the_mark(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", "+", ",", "tab", "tab", "tab")
        await seat.type("Weigh both sides.")
        await seat.press("escape", "enter")
    with sqlite3.connect(world.path) as connection:
        connection.execute("update assignment set is_anonymous = 1 where id = ?", (PROFILE,))
    connection.close()
    async with world.sit(script=script_id(PROFILE, 1)) as seat:
        await seat.press(",", "tab", "tab", "tab")
        assert "Weigh both sides" not in seat.text
        await seat.type("1")
        await seat.press("backspace", "escape", ":", "1", "2", "enter", ",", "tab", "tab", "tab")
        assert "last target Weigh both sides." in seat.text


async def test_nothing_is_offered_where_there_is_nothing(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press(",")
        assert offers(seat) == []
        await seat.type("1 date")
        await seat.press("escape")
        assert seat.rows(LINES) == [("www", 1, "1 date")]


async def test_the_essay_stays_where_it_is_from_line_to_line(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await mark_up(seat)
        await seat.press(",")
        title = next(at for at, line in enumerate(seat.lines) if line.startswith(" Feedback  "))
        for _ in range(6):
            await seat.press("tab")
            assert seat.lines[title].startswith(" Feedback  ")


async def test_the_list_gives_way_to_the_bank_and_comes_back(world: World) -> None:
    async with world.sit(HOLISTIC, size=(80, 24)) as seat:
        await mark_up(seat)
        await seat.press(",")
        assert "1 ¶1 K Exact on 1956." in seat.text
        await seat.press(";")
        assert "1 ¶1 K Exact on 1956." not in seat.text
        await seat.press("escape")
        assert "1 ¶1 K Exact on 1956." in seat.text
        await seat.press("1", "escape")
        assert seat.rows(LINES) == [("www", 1, "Exact on 1956.")]


async def test_on_paper_the_place_is_told(world: World) -> None:
    with sqlite3.connect(world.path) as connection:
        connection.execute("update script set essay_hash = null where id = ?", (script_id(HOLISTIC, 1),))
    connection.close()
    async with world.sit(HOLISTIC) as seat:
        await seat.press("n", ",", "tab", "tab")
        assert offers(seat)[0] == "1 NAR Narrative: tells or describes (p1 ¶1)"
