"""The words of a comment of the bank while they are typed: kept on every way out, and offered again."""

import asyncio
import json
import os
import signal
import sqlite3
from pathlib import Path

import pytest

from markdesk.config.paths import data_folder
from markdesk.core.ids import MarkerId, ScriptId
from markdesk.store.sqlite.store import SqliteStore
from tests.tui.desks import HOLISTIC, SUMMED, script_id
from tests.tui.seat import Seat, World
from tests.tui.test_bank_room import NEW, OLD, OWN, comments, go_to, note, open_bank, reword, told

__all__ = ["told"]

BEGUN = ": say"
HERE = "Here is what you were writing"


def files() -> list[Path]:
    return list((data_folder() / "half-filled").glob("comment-*"))


def kept() -> str:
    """What is kept of the words that are typed, read as a file; empty for nothing."""
    found = files()
    return str(json.loads(found[0].read_text(encoding="utf-8"))["text"]) if found else ""


async def type_on(seat: Seat, words: str = BEGUN) -> None:
    await seat.press("e", "ctrl+end")
    await seat.type(words)


async def test_what_is_typed_is_kept_within_half_a_second(told: World) -> None:
    async with told.sit() as seat:
        await open_bank(seat)
        await type_on(seat)
        await asyncio.sleep(0.5)
        assert kept() == OLD + BEGUN
        assert files()[0].stat().st_mode & 0o077 == 0, "for its owner alone"
        await seat.press("escape")
        assert kept() == OLD + BEGUN, "while it is asked how far it reaches"
        await seat.press("2")
        assert files() == [], "it is written by now"
    assert comments(told) == [OLD, OLD + BEGUN, OLD + BEGUN]


async def test_they_survive_quitting_and_come_back_in_the_editor(told: World) -> None:
    async with told.sit() as seat:
        await open_bank(seat)
        await type_on(seat)
        await seat.leave()
    assert kept() == OLD + BEGUN
    async with told.sit() as seat:
        await seat.press("b")
        assert HERE in seat.foot
        assert OLD + BEGUN in seat.text
        await seat.type(" what it explains")
        await seat.press("escape", "2")
        assert "✓ saved" in seat.foot
        assert files() == []
        await seat.press("escape", "b")
        assert HERE not in seat.text
    assert comments(told) == [OLD, NEW, NEW]


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
async def test_they_survive_a_window_that_is_closed(told: World, name: str) -> None:
    async with told.sit() as seat:
        await open_bank(seat)
        await type_on(seat)
        os.kill(os.getpid(), getattr(signal, name))
        await seat.until(lambda: not seat.app.is_running)
    assert kept() == OLD + BEGUN


async def test_words_that_wait_for_their_reach_survive_too(told: World) -> None:
    async with told.sit() as seat:
        await open_bank(seat)
        await reword(seat)
        await seat.leave()
    assert kept() == NEW
    async with told.sit() as seat:
        await seat.press("b")
        assert HERE in seat.foot
        await seat.press("escape", "3")
    assert [text for text, _ in told.rows(OWN)] == [NEW]
    assert files() == []


async def test_words_typed_among_the_uses_come_back_in_the_bank(told: World) -> None:
    async with told.sit() as seat:
        await open_bank(seat)
        await seat.press("enter")
        await go_to(seat, "Łucja")
        await type_on(seat)
        await seat.leave()
    async with told.sit(HOLISTIC, script=script_id(HOLISTIC, 2)) as seat:
        await seat.press(";", "ctrl+l")
        assert HERE in seat.foot, "also over an essay"
        await seat.press("escape", "2", "escape")
    assert comments(told) == [OLD, OLD + BEGUN, OLD + BEGUN]


async def test_what_is_left_as_it_was_is_kept_no_more(told: World) -> None:
    async with told.sit() as seat:
        await open_bank(seat)
        await type_on(seat)
        await seat.until(kept)
        await seat.press("escape", "escape")
        assert "Nothing was changed" in seat.foot
        assert files() == []
        await type_on(seat)
        await seat.until(kept)
        await seat.press(*["backspace"] * len(BEGUN), "escape")
        assert "Its words are as they were" in seat.foot
        assert files() == []
    assert comments(told) == [OLD, f"{OLD}.", OLD]


async def test_an_answer_that_was_refused_can_be_given_again(told: World) -> None:
    async with told.sit() as seat:
        await open_bank(seat)
        await reword(seat)
        other = SqliteStore(told.path)
        held = other.hold(ScriptId(script_id(SUMMED, 1)), MarkerId(str(told.one("select id from marker"))))
        assert not isinstance(held, str)
        await seat.press("2")
        assert "NOT SAVED: Amara Okafor's essay is open" in seat.spoken
        assert "2 the 2 uses not returned" in seat.spoken, "it is asked again"
        assert kept() == NEW
        held.release()
        other.close()
        await seat.press("2")
        assert "✓ saved  2 changed" in seat.foot
        assert files() == []
    assert comments(told) == [OLD, NEW, NEW]


async def test_on_a_busy_file_the_words_stay(world: World) -> None:
    """A comment that was never used: nothing is asked, so that the words are in the editor again."""
    async with world.sit(patience=0.05) as seat:
        await open_bank(seat, "figure prove shipped knowledge")
        connection = sqlite3.connect(world.path, isolation_level=None)
        connection.execute("begin exclusive")
        await reword(seat, " Say so.")
        connection.close()
        assert "NOT SAVED" in seat.spoken
        assert "prove this? Say so." in seat.spoken
        assert kept().endswith("Say so.")
        await seat.press("escape")
        assert "✓ saved" in seat.foot
    assert [str(text)[-7:] for text, _ in world.rows(OWN)] == ["Say so."]
    assert files() == []


async def test_the_words_for_a_comment_that_went_meanwhile_are_shown_and_not_thrown_away(world: World) -> None:
    """It was only ever typed, and its one use was taken off after the words for it were begun."""
    async with world.sit(HOLISTIC) as seat:
        await note(seat, OLD)
    async with world.sit() as seat:
        await open_bank(seat)
        await type_on(seat)
        await seat.leave()
    async with world.sit(HOLISTIC) as seat:
        await seat.press("]", "backspace", ";", "ctrl+l")
        assert comments(world) == []
        assert HERE in seat.spoken
        assert "no longer in the bank" in seat.spoken
        assert OLD + BEGUN in seat.text
        await seat.press("escape")
        assert "NOT SAVED: That comment has changed since" in seat.spoken
        assert "Esc leaves it: take a copy of your words first" in seat.spoken
        assert OLD + BEGUN in seat.text
        assert kept() == OLD + BEGUN
        await seat.press("escape")
        assert files() == []
        assert "-editing" not in seat.app.screen.classes
    assert world.rows(OWN) == []


async def test_a_file_that_somebody_changed_is_told_of(told: World) -> None:
    async with told.sit() as seat:
        await open_bank(seat)
        await type_on(seat)
        await seat.leave()
    files()[0].write_text("{}", encoding="utf-8")
    async with told.sit() as seat:
        await seat.press("b")
        assert "can't be read any more" in seat.spoken
        assert "Comment bank" in seat.lines[0], "the bank itself is there"
        await seat.press("e", "escape")
        assert "Its words are as they were" in seat.foot
