"""Faults of the screens that were found by pressing keys, and mended: each stays here so that it doesn't come back."""

import asyncio
import sqlite3

from markdesk.core.plain import show
from tests.tui.desks import HOLISTIC
from tests.tui.seat import World

HOSTILE = (
    "see [Henry], [/b] and [@click=app.quit]quit[/] \x1b[2J\x1b]52;c;aGk=\x07 \u202egnp.exe"
    " e\u0301\u0301\u0301\u0301\u0301\u0301"
)


async def test_what_is_pasted_is_shown_as_signs_and_kept_as_it_was_shown(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("K")
        await seat.paste(HOSTILE)
        shown = show(HOSTILE)
        assert "see [Henry], [/b] and [@click=app.quit]quit[/] ␛[2J␛]52" in seat.text
        await seat.press("escape")
        (kept,) = seat.rows("select comment from annotation")
        assert kept[0] in (HOSTILE, shown)
        assert "[@click=app.quit]quit[/]" in seat.text
        assert "\x1b" not in seat.text
        assert seat.app.is_running
        await seat.press('"')
        assert "␛[2J" in seat.text
        await seat.press("escape")
        assert seat.rows("select comment from annotation") == [kept], "opening and closing it alters nothing"


async def test_several_lines_pasted_are_kept_whole(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("K")
        await seat.paste("first line\r\nsecond line\n\nfourth\ttabbed")
        await seat.press("escape")
        (kept,) = seat.rows("select comment from annotation")
        assert str(kept[0]).split("\n")[:3] == ["first line", "second line", ""]
        assert "fourth" in str(kept[0])


async def test_fifty_thousand_words_are_taken(world: World) -> None:
    words = " ".join(f"word{n % 977}" for n in range(50_000))
    async with world.sit(HOLISTIC) as seat:
        await seat.press("K")
        start = asyncio.get_running_loop().time()
        await seat.paste(words)
        await seat.press("escape")
        assert asyncio.get_running_loop().time() - start < 20
        assert seat.rows("select comment from annotation") == [(words,)]
        await seat.press("down", "e")
        assert seat.one("select count(*) from annotation") == 2


async def test_a_second_window_says_from_the_start_that_it_is_read_only(world: World) -> None:
    async with world.sit(HOLISTIC), world.sit(HOLISTIC) as second:
        assert "Read-only: open in another window" in second.foot


async def test_what_was_being_written_is_announced_after_a_restart(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("K")
        await seat.type("half")
    async with world.sit(HOLISTIC) as seat:
        assert "Here is what you were writing" in seat.foot


async def test_a_second_window_names_the_marker_who_has_it(world: World) -> None:
    async with world.sit(HOLISTIC), world.sit(HOLISTIC) as second:
        await second.press("k")
        assert "Ms Test" in second.foot


async def test_the_progress_of_the_pile_follows_undo(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", "enter", "<")
        assert seat.lines[0].count("▰") == 3
        await seat.press("ctrl+z")
        assert seat.lines[0].count("▰") == 0
        await seat.press("ctrl+y")
        assert seat.lines[0].count("▰") == 3


async def test_a_place_that_was_not_kept_does_not_hide_that_a_stamp_was_not_saved(world: World) -> None:
    async with world.sit(HOLISTIC, patience=0.05) as seat:
        connection = sqlite3.connect(world.path, isolation_level=None)
        connection.execute("begin exclusive")
        await seat.press("down", "k")
        await asyncio.sleep(0.8)
        shown = seat.spoken
        connection.close()
        assert "NOT SAVED" in shown
