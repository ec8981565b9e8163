"""The comment bank on the marking screen: one key opens it, Enter takes the best guess."""

import asyncio
from pathlib import Path

import pytest

from markdesk.desk.bank import CommentBank
from markdesk.tui.app import MarkdeskApp
from tests.tui.desks import HOLISTIC, lay_out
from tests.tui.seat import Row, Seat, World


def notes(seat: Seat) -> list[Row]:
    return seat.rows('select code, comment, exact from annotation order by start, "end", id')


async def test_enter_alone_takes_the_best_guess_for_the_stamp(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("n", ";")
        assert ";" in seat.text
        await seat.press("enter")
        ((code, comment, _),) = notes(seat)
        assert code == "NAR"
        assert comment
        assert seat.foot.startswith("✓ saved  comment on ¶1")
        await seat.press("down", "k")
        assert [row[0] for row in notes(seat)] == ["NAR", "K"], "the keys are the essay's again"


async def test_a_burst_takes_it_too(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.burst("n", ";", "enter", "down", "e")
        assert [row[0] for row in notes(seat)] == ["NAR", "E"]
        assert notes(seat)[0][1]


async def test_words_filter_and_the_arrows_choose(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press(";")
        await seat.type("exact question first line")
        await seat.press("enter")
        ((code, comment, _),) = notes(seat)
        assert comment == "Answers the exact question from the first line."
        assert code == "LINK", "a comment that goes with one stamp brings it"


async def test_a_short_code_finds_its_comment_first(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press(";")
        await seat.type("fq")
        await seat.press("enter")
        assert notes(seat)[0][1] == "Answers the exact question from the first line."


async def test_escape_takes_nothing(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("n", ";", "escape", "down", "k")
        assert [row[1] for row in notes(seat)] == ["", ""]


async def test_what_finds_nothing_takes_nothing_and_says_so(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("n", ";")
        await seat.type("zzzzqq [/b]")
        assert "nothing in the bank says that" in seat.text
        await seat.press("enter")
        assert notes(seat)[0][1] == ""
        assert "Nothing was taken" in seat.foot
        assert "zzzzqq [/b]" in seat.text, "what was typed stays, to be mended"
        await seat.press("ctrl+u", *"ev", "enter")
        assert str(notes(seat)[0][1]).startswith("Which date, name or figure")


async def test_what_was_typed_is_offered_on_the_next_essay_first(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("n", ";", "escape")  # the bank is read before the comment is written
        await seat.press('"')
        await seat.type("Tells the story of [1956] again")
        await seat.press("escape", "4", "enter", "n", ";", "enter")
        assert [row[1] for row in notes(seat)][1] == "Tells the story of [1956] again"


async def test_what_was_typed_in_another_session_is_offered_too(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("N")
        await seat.type("Tells the story")
        await seat.press("escape", "4", "enter")
    async with world.sit(HOLISTIC) as seat:
        await seat.press("n", ";", "enter")
        assert [row[1] for row in notes(seat)] == ["Tells the story", "Tells the story"]


async def test_tab_takes_it_and_opens_it_to_be_changed(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press(";")
        await seat.type("fq")
        await seat.press("tab")
        await seat.type(" Good.")
        await seat.press("escape")
        assert notes(seat)[0][1] == "Answers the exact question from the first line. Good."


async def test_a_short_code_and_a_space_expand_in_an_editor(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press('"')
        await seat.type("Look: ;fq and on")
        await seat.press("escape")
        assert notes(seat)[0][1] == "Look: Answers the exact question from the first line. and on"


async def test_a_semicolon_in_a_sentence_is_one(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press('"')
        await seat.type("True; so what ;zzz then")
        await seat.press("escape")
        assert notes(seat)[0][1] == "True; so what ;zzz then"


async def test_feedback_comes_from_the_bank_line_by_line(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press(",", ";", "enter", "tab", ";", "enter", ";", "enter", "escape")
        found = seat.rows("select field || place, text from feedback order by 1")
        assert [row[0] for row in found] == ["ebi1", "target1", "www1"]
        assert all(row[1] for row in found)


async def test_a_blank_that_is_known_is_filled_in(tmp_path: Path) -> None:
    world = lay_out(tmp_path / "marks.db", (HOLISTIC,))
    async with world.sit(HOLISTIC) as seat:
        await seat.press('"')
        await seat.type("{name}, see ¶{paragraph}: “{quote}”")
        await seat.press("escape", "down", "right", ";")
        await seat.type("name see")
        await seat.press("enter")
        assert notes(seat)[1][1] == "Amara, see ¶2: “Hungary rose in the autumn.”"


async def test_at_the_smallest_size_it_fits(world: World) -> None:
    async with world.sit(HOLISTIC, size=(80, 24)) as seat:
        await seat.press("n", ";")
        assert len([line for line in seat.lines if ";" in line]) >= 3
        await seat.press("down", "down", "enter")
        assert notes(seat)[0][1]


async def test_feedback_from_the_bank_in_a_burst(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.burst(",", ";", "enter", "tab", ";", "enter", ";", "enter", "escape", "k")
        found = seat.rows("select field || place, text from feedback order by 1")
        assert [row[0] for row in found] == ["ebi1", "target1", "www1"]
        assert all(row[1] and ";" not in str(row[1]) for row in found)
        assert [row[0] for row in notes(seat)] == ["K"]


async def test_words_behind_a_semicolon_are_looked_for_however_fast_they_come(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.burst(",", ";", *"whole period", "enter", "escape")
        assert "whole period" in str(seat.one("select text from feedback"))


async def test_a_semicolon_and_escape_leave_nothing(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.burst(",", ";", "escape", "escape", "k")
        assert seat.rows("select * from feedback") == []
        assert [row[0] for row in notes(seat)] == ["K"]


async def test_keys_that_come_while_the_bank_opens_wait_for_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """They come one by one, as they are typed: each has reached the screen before the bank is there."""
    read = MarkdeskApp.comment_bank

    async def slow(app: MarkdeskApp) -> CommentBank:
        await asyncio.sleep(0.2)
        return await read(app)

    monkeypatch.setattr(MarkdeskApp, "comment_bank", slow)
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", ",")
        for key in (";", "enter", "tab", ";", "enter", ";", "enter"):
            await seat.reach(key)
            await asyncio.sleep(0.05)
        await seat.settle()
        await seat.press("escape")
        assert seat.rows("select field, place from feedback order by field") == [("ebi", 1), ("target", 1), ("www", 1)]
        await seat.press(",", "tab")
        await seat.reach(";")
        await asyncio.sleep(0.05)
        await seat.press("escape", "escape")
        assert seat.one("select count(*) from feedback") == 3
        assert seat.rows("select * from draft") == []
