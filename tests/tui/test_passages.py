"""Choosing a passage by word and by mouse; moving, stamping anew and listing annotations; levels shown."""

from markdesk.tui.widgets.essay_view import EssayView
from tests.tui.desks import ESSAYS, HOLISTIC, PROFILE, SUMMED
from tests.tui.seat import Row, Seat, World

NOTES = 'select code, exact, comment, for_class from annotation order by start, "end", id'


def notes(seat: Seat) -> list[Row]:
    return seat.rows(NOTES)


async def test_words_are_chosen_one_by_one_and_grown(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("ctrl+right", "k")
        await seat.press("ctrl+right", "ctrl+right", "ctrl+shift+right", "ctrl+shift+right", "ctrl+shift+left", "e")
        assert [(code, exact) for code, exact, *_ in notes(seat)] == [("K", "First"), ("E", "Khrushchev spoke")]


async def test_the_second_way_for_terminals_that_keep_ctrl_and_arrows(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("alt+right", "alt+shift+right", "k")
        assert [(code, exact) for code, exact, *_ in notes(seat)] == [("K", "First essay.")]


async def test_words_grow_over_the_end_of_a_paragraph(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("ctrl+left", "ctrl+shift+right", "k")
        assert notes(seat)[0][1] == "things.\n\nHungary"


def place_of(seat: Seat, words: str) -> tuple[int, int]:
    """Where some words stand on the screen."""
    for y, line in enumerate(seat.lines):
        if words in line:
            return line.index(words), y
    raise AssertionError(f"'{words}' is not on the screen")


async def test_the_mouse_chooses_whole_words_across_paragraphs(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        x, y = place_of(seat, "things.")
        to_x, to_y = place_of(seat, "rose in")
        await seat.pilot.mouse_down(offset=(x + 2, y))
        await seat.pilot.hover(offset=(to_x + 1, to_y))
        await seat.pilot.mouse_up(offset=(to_x + 1, to_y))
        await seat.settle()
        await seat.press("k")
        assert notes(seat)[0][1] == "things.\n\nHungary rose"


async def test_the_mouse_drawn_backwards_chooses_the_same(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        x, y = place_of(seat, "in silence")
        to_x, to_y = place_of(seat, "party listened")
        await seat.pilot.mouse_down(offset=(x, y))
        await seat.pilot.hover(offset=(to_x + 3, to_y))
        await seat.pilot.mouse_up(offset=(to_x + 3, to_y))
        await seat.settle()
        await seat.press("k")
        assert notes(seat)[0][1] == "party listened in"


async def test_two_clicks_choose_the_sentence_and_one_shows_the_annotation(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        x, y = place_of(seat, "listened")
        await seat.pilot.click(offset=(x, y), times=2)
        await seat.settle()
        await seat.press("k")
        assert notes(seat)[0][1] == "The party listened in silence."
        await seat.press("down", "down", "escape")
        assert "▌ ¶1 K" not in seat.text
        await seat.click(x, y)
        assert "▌ ¶1 K" in seat.text


async def test_a_place_beside_the_text_is_the_nearest_letter_of_its_line(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        view = seat.app.screen.query_one(EssayView)
        x, y = place_of(seat, "First")
        top = y - view.region.y
        assert view.offset_at(0, top) == 0
        assert view.offset_at(x, top) == 0
        assert view.offset_at(x + 1, top) == 1
        assert ESSAYS[0].text[view.offset_at(200, top) or 0] in " ."
        assert view.offset_at(x, 0) is None, "nothing stands above the first paragraph"


async def test_brackets_make_the_annotation_the_passage_and_a_dollar_moves_it(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("right", "k", "down", "down", "[", "shift+right")
        await seat.press("$")
        assert notes(seat)[0][1] == "First essay. Khrushchev spoke in secret in February 1956."
        assert seat.foot.startswith("✓ saved  K moved to ¶1")
        await seat.press("ctrl+z")
        assert notes(seat)[0][1] == "First essay."


async def test_a_dollar_without_an_annotation_says_how(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("$")
        assert "[ and ] choose one" in seat.foot
        assert notes(seat) == []


async def test_a_caret_and_a_digit_show_a_level_and_score_nothing(world: World) -> None:
    async with world.sit(PROFILE) as seat:
        await seat.press("^", "4")
        assert notes(seat)[0][0] == "AO1 L4"
        assert seat.rows("select * from award") == []
        assert "AO1L4" in seat.text, "in the gutter"
        assert "AO1 L4 1" in seat.text, "in the evidence"
        assert "shows level 4 for AO1" in seat.text
        await seat.press("^", "k", "3")
        assert [row[0] for row in notes(seat)] == ["AO1 L4", "K"], "another key ends it"
        assert seat.one("select strands from award") != "[]"


async def test_a_level_that_is_none_is_said(world: World) -> None:
    async with world.sit(SUMMED) as seat:
        await seat.press("^", "9")
        assert "has levels 1 to" in seat.foot
        assert notes(seat) == []


async def test_for_the_class_goes_on_and_off(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("k", "&")
        assert notes(seat)[0][3] == 1
        await seat.press("&")
        assert notes(seat)[0][3] == 0
        await seat.press("down", "&")
        assert [(row[0], row[3]) for row in notes(seat)] == [("K", 0), ("", 1)], "a passage without a stamp may go too"
        await seat.press("&")
        assert [row[0] for row in notes(seat)] == ["K"], "and says nothing without it"


async def test_the_list_filters_jumps_stamps_anew_and_removes(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("k", "down", "E")
        await seat.type("exact [sic]")
        await seat.press("escape", "down", "e", "!")
        assert "Annotations · Amara Okafor" in seat.lines[0]
        assert "exact [sic]" in seat.text
        await seat.press("/")
        await seat.type("sic")
        assert "1 of 3" in seat.lines[0]
        await seat.press("enter", "l")
        assert [row[0] for row in notes(seat)] == ["K", "LINK", "E"]
        assert "✓ saved  E is LINK now, on ¶2" in seat.foot
        await seat.press("escape", "end", "delete")
        assert [row[0] for row in notes(seat)] == ["K", "LINK"]
        await seat.press("ctrl+z", "home", "enter")
        assert [row[0] for row in notes(seat)] == ["K", "LINK", "E"]
        assert "▌ ¶1 K" in seat.text, "Enter goes to it in the essay"


async def test_the_list_edits_on_the_essay(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("k", "!", '"')
        await seat.type("dates")
        await seat.press("escape")
        assert notes(seat)[0][2] == "dates"


async def test_the_list_moves_an_annotation_to_the_passage_in_the_essay(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("k", "down", "right", "!", "$")
        assert notes(seat)[0][1] == "Hungary rose in the autumn."


async def test_there_is_no_list_of_nothing(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("!")
        assert "No annotations yet" in seat.foot
