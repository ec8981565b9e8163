"""Lenses and find on the marking screen: real keys, and what a stamp then covers in the file."""

from pathlib import Path

import pytest

from markdesk.core.essay import Essay
from markdesk.tui.widgets.essay_view import EssayView
from tests.tui.desks import ESSAYS, HOLISTIC, PARAGRAPHS, lay_out
from tests.tui.seat import Row, Seat, World
from tests.tui.test_contrast import LEAST, looks, too_faint

QUESTION = "‘Style, not substance.’ Assess the validity of this view of the years 1953–1955. [25 marks]"


@pytest.fixture
def dated(tmp_path: Path) -> World:
    """The plain essays under a question that names its years."""
    return lay_out(tmp_path / "marks.db", (HOLISTIC,), question=QUESTION)


def stamps(seat: Seat) -> list[Row]:
    return seat.rows("select code, exact from annotation order by rowid")


def chosen(seat: Seat) -> str:
    view = seat.app.screen_stack[0].query_one(EssayView)
    return view.essay.quote(view.target.span)


# -- find


async def test_what_is_found_is_what_is_stamped(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("/")
        await seat.type("the party")
        assert "1 of 1 · ¶1" in seat.text
        await seat.press("escape", "k")
        assert stamps(seat) == [("K", "The party")]


async def test_letters_go_on_and_round_and_back(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("/")
        await seat.type("the")
        assert "1 of 9 · ¶1" in seat.text
        await seat.press("enter", "down")
        assert "3 of 9 · ¶2" in seat.text
        await seat.press("up", "up", "up")
        assert "9 of 9 · ¶4" in seat.text
        await seat.press("enter")
        assert "1 of 9 · ¶1" in seat.text
        assert stamps(seat) == [], "no letter stamped"


async def test_keys_as_fast_as_a_terminal_sends_them(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.burst("/", *"thaw", "escape", "k")
        assert stamps(seat) == [("K", "thaw")]
        await seat.burst("/", *"tanks", "enter", "escape", "e")
        assert stamps(seat)[-1] == ("E", "tanks")


async def test_a_phrase_over_a_line_s_end_and_a_paragraph_s(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("/")
        await seat.type("THINGS. hungary")
        await seat.press("escape", "k")
        assert stamps(seat) == [("K", "things.\n\nHungary")]


async def test_it_begins_from_where_the_marker_is(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("down", "down", "/")
        await seat.type("the")
        assert "6 of 9 · ¶3" in seat.text


async def test_nothing_found_is_said_and_leaves_the_cursor_where_it_was(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("down", "right")
        before = chosen(seat)
        await seat.press("/")
        await seat.type("the tanks sang")
        assert "Not in this essay" in seat.text
        await seat.press("enter", "escape")
        assert chosen(seat) == before
        assert "“the tanks sang” isn't in this essay" in seat.foot


async def test_after_the_box_is_closed_the_places_can_still_be_gone_through(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("shift+down")
        assert "Nothing to go to: / finds words" in seat.foot
        await seat.press("/")
        await seat.type("november")
        await seat.press("escape", "shift+down")
        assert "“november” · 1 of 1" in seat.foot
        await seat.press(">", "shift+down", "k")
        assert stamps(seat) == [("K", "November")], "in the next essay too"


async def test_the_box_takes_no_markup_and_no_codes(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("/")
        await seat.paste("[b]the\x1b[31m\nparty[/b]")
        assert "Not in this essay" in seat.text
        await seat.press("escape")
        assert "[b]the" in seat.foot


async def test_a_click_in_the_essay_closes_the_box(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("/", "t")
        y = next(at for at, line in enumerate(seat.lines) if "At home" in line)
        await seat.click(20, y)
        await seat.press("k")
        assert stamps(seat)[0][1] == PARAGRAPHS[2]


async def test_found_words_in_a_paragraph_taller_than_the_screen_are_in_sight(tmp_path: Path) -> None:
    long = Essay.from_paragraphs(["He waited. " * 400 + "Then came the thaw. " + "It froze. " * 400, PARAGRAPHS[1]])
    world = lay_out(tmp_path / "marks.db", (HOLISTIC,), essays=(long,))
    async with world.sit(HOLISTIC, size=(80, 24)) as seat:
        await seat.press("/")
        await seat.type("came the thaw")
        assert "Then came the thaw." in seat.spoken
        await seat.press("escape", "k")
        assert stamps(seat) == [("K", "came the thaw")]


# -- lenses


async def test_no_lens_is_on_until_it_is_asked_for(dated: World) -> None:
    async with dated.sit(HOLISTIC) as seat:
        assert "›" not in seat.text
        await seat.press("asterisk")
        assert "1 Dates" in seat.text
        assert "! 1 outside 1953–1955" in seat.spoken
        assert "8 Words by the board's rule" in seat.text
        await seat.press("escape")
        assert "›" not in seat.text
        assert "Essay  " in seat.lines[1]


async def test_a_lens_shows_its_places_and_leads_to_them(dated: World) -> None:
    async with dated.sit(HOLISTIC) as seat:
        await seat.press("asterisk", "1")
        assert "Dates  1 · 1 outside 1953–1955 · reading ¶1: 1" in seat.text
        line = next(line for line in seat.lines if "1956" in line)
        assert line[4] == "!"
        await seat.press("shift+down")
        assert "Dates · outside 1953–1955 · 1 of 1" in seat.foot
        await seat.press("k")
        assert stamps(seat) == [("K", "1956")]


async def test_from_place_to_place_and_round(tmp_path: Path) -> None:
    named = Essay.from_paragraphs(["He met Molotov and Malenkov.", "Nothing.", "Then Hungary fell to Kadar."])
    world = lay_out(tmp_path / "marks.db", (HOLISTIC,), essays=(named,))
    async with world.sit(HOLISTIC) as seat:
        await seat.press("asterisk", "down", "enter")
        assert "Names  4 · reading ¶1: 2" in seat.text
        seen = []
        for key in ("shift+down", "ctrl+s", "shift+down", "ctrl+s", "shift+down", "shift+up", "ctrl+v"):
            await seat.press(key)
            seen.append(chosen(seat))
        assert seen == ["Molotov", "Malenkov", "Hungary", "Kadar", "Molotov", "Kadar", "Hungary"]
        await seat.press("escape", "up")
        assert "reading ¶2: 0" in seat.text


async def test_a_lens_stays_on_for_the_next_essay_until_it_is_taken_off(dated: World) -> None:
    async with dated.sit(HOLISTIC) as seat:
        await seat.press("asterisk", "1", ">")
        assert "Dates  1" in seat.text
        assert "›" in seat.text or "!" in seat.text
        await seat.press("asterisk")
        assert "Dates  on" in seat.text
        await seat.press("asterisk")
        assert "Essay  " in seat.lines[1]
        await seat.press("asterisk", "1", "escape")
        assert "Essay  " in seat.lines[1], "Esc is one step out: the lens"
        assert seat.app.screen is seat.app.screen_stack[0]


async def test_the_words_that_are_looked_for_stand_out_while_a_lens_is_on_and_then_the_lens_again(dated: World) -> None:
    async with dated.sit(HOLISTIC, theme="terminal") as seat:
        await seat.press("asterisk", "1", "/")
        await seat.type("party")
        assert "reverse" in looks(seat, "party")
        assert "reverse" not in looks(seat, "1956")
        await seat.press("escape")
        assert "reverse" in looks(seat, "1956")


async def test_a_lens_touches_nothing_in_the_file(dated: World) -> None:
    async with dated.sit(HOLISTIC) as seat:
        before = seat.one("select count(*) from log")
        for n in "12345678":
            await seat.press("asterisk", n, "shift+down")
        await seat.press("/", "t", "escape")
        assert seat.one("select count(*) from log") == before


async def test_a_stamped_passage_keeps_its_line_under_a_lens(dated: World) -> None:
    async with dated.sit(HOLISTIC, theme="terminal") as seat:
        await seat.press("k", "asterisk", "1")
        assert looks(seat, "1956") >= {"reverse", "underline"}


async def test_a_script_on_paper_has_no_text_to_look_in(tmp_path: Path) -> None:
    world = lay_out(tmp_path / "marks.db", (HOLISTIC,), essays=(None, ESSAYS[1]), question=QUESTION)
    async with world.sit(HOLISTIC) as seat:
        for key in ("/", "asterisk", "shift+down"):
            await seat.press(key)
            assert "A script on paper has no text to look in" in seat.foot
        await seat.press(">", "asterisk", "1", "<")
        assert "Dates" not in seat.lines[1]
        await seat.press(">")
        assert "Dates  1" in seat.text


@pytest.mark.parametrize("size", [(80, 24), (60, 18)])
async def test_the_list_is_whole_in_a_small_window(dated: World, size: tuple[int, int]) -> None:
    async with dated.sit(HOLISTIC, size=size) as seat:
        await seat.press("asterisk", *["down"] * 7)
        assert "8 Words by the board's rule" in seat.text
        await seat.press("?")
        assert "look through that lens" in seat.text
        await seat.press("escape", "enter")
        assert "Words by the board's rule" in seat.lines[1]


@pytest.mark.parametrize("theme", LEAST)
async def test_what_stands_out_can_be_read(dated: World, theme: str) -> None:
    async with dated.sit(HOLISTIC, theme=theme) as seat:
        await seat.press("k", "asterisk", "1")
        assert too_faint(seat, LEAST[theme]) == set()
        await seat.press("asterisk")
        assert too_faint(seat, LEAST[theme]) == set()
        await seat.press("escape", "/", "z", "q")
        assert too_faint(seat, LEAST[theme]) == set()
