"""Faults of the screens that were found by pressing keys, and mended: each stays here so that it doesn't come back."""

import asyncio
import sqlite3

from textual.geometry import Region

from markdesk.bootstrap import own_stamps
from markdesk.core.plain import show
from tests.tui.desks import HOLISTIC, NAMES, script_id
from tests.tui.seat import World
from tests.tui.test_windows import locked

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


async def test_a_window_that_was_too_small_comes_back_to_where_it_was(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("K")
        await seat.type("half a sentence")
        for size in ((50, 15), (59, 18), (200, 60), (40, 10), (120, 40)):
            await seat.resize(*size)
        assert "half a sentence" in seat.text
        await seat.type(" more")
        await seat.press("escape")
        assert seat.rows("select comment from annotation") == [("half a sentence more",)]
        await seat.press("e")
        assert seat.one("select count(*) from annotation") == 2


async def test_a_window_too_small_for_the_library_says_so_and_comes_back(world: World) -> None:
    async with world.sit() as seat:
        for size in ((50, 15), (80, 24), (50, 15), (120, 40)):
            await seat.resize(*size)
            assert ("Make the window larger" in seat.text) == (size == (50, 15))
        assert "Assignment" in seat.text


async def test_tab_leaves_the_keys_with_the_list(world: World) -> None:
    async with world.sit() as seat:
        before = seat.bars
        await seat.press("tab", "down")
        assert seat.bars != before


async def test_a_click_chooses_the_row_under_the_mouse(world: World) -> None:
    async with world.sit() as seat:
        for name in NAMES.values():
            y = next(y for y, line in enumerate(seat.lines) if f" {name} " in line)
            await seat.click(10, y)
            assert any("▌" in line and name in line for line in seat.lines)


async def test_esc_leads_from_an_essay_to_the_list_of_its_pile(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("escape")
        assert "Student" in seat.text
        assert NAMES[HOLISTIC] in seat.text
        await seat.press("escape")
        assert "Assignment" in seat.text


async def test_two_and_zero_are_twenty(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.burst("2", "0")
        assert "A mark out of 25" in seat.foot
        await seat.press("enter")
        assert seat.rows("select mark, level, no_response from award") == [(20, 4, 0)]
        await seat.press("0")
        assert seat.rows("select mark, level, no_response from award") == [(0, 0, 0)], "alone it is nothing creditable"


async def test_the_list_stands_on_the_essay_that_was_left(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press(">", "escape")
        assert any("▌" in line and "Łucja" in line for line in seat.lines)


async def test_an_undo_with_nothing_to_undo_names_an_essay_only_where_that_is_the_last_one(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", "enter", "ctrl+z")
        assert "goes back to Amara Okafor's" in seat.foot
        await seat.press(">")
        assert "Finn" in seat.lines[0]
        await seat.press("ctrl+z")
        assert "Nothing to undo in this essay" in seat.foot
        assert "Amara" not in seat.foot, "the essay before this one is another"


async def test_an_essay_stays_held_where_the_next_one_can_not_be_opened(world: World) -> None:
    async with world.sit(HOLISTIC, patience=0.05) as seat:
        await seat.press("4")
        await seat.until(lambda: world.rows("select * from place"))
        with locked(world):
            await seat.press(">")
            assert "can't be opened" in seat.text
            assert "Amara" in seat.lines[0]
        async with world.sit(HOLISTIC, script=script_id(HOLISTIC, 1)) as other:
            assert "Read-only" in other.text
        await seat.press("k")
        assert seat.foot.startswith("✓ saved")


async def test_an_editor_that_is_gone_can_be_painted_once_more(world: World) -> None:
    """Textual may do so where the machine is busy; it stopped the program."""
    async with world.sit(HOLISTIC) as seat:
        for key in ('"', ",", "/", ";"):
            await seat.press(key)
            editor = seat.app.screen.focused
            assert editor is not None
            await seat.press("escape")
            assert not editor.is_attached
            assert [strip.text for strip in editor.render_lines(Region(0, 0, 5, 1))] == [" " * 5], key


async def test_all_that_is_wrong_is_told_as_an_essay_is_opened(world: World) -> None:
    """The keymap, the stamp files, and that another window has the essay: at the usual size, and all of it."""
    own_stamps().mkdir(parents=True)
    for name in ("ours", "theirs", "others"):
        (own_stamps() / f"{name}.toml").write_text("no table", encoding="utf-8")
    fault = "Your keymap isn't used: something in it must be mended. 'markdesk keys --check' says what."
    async with world.sit(HOLISTIC), world.sit(HOLISTIC, keymap_fault=fault, size=(80, 24)) as second:
        assert "Read-only: open in another window" in second.spoken
        assert "Ctrl+T takes it over once that is closed." in second.spoken
        assert fault in second.spoken
        assert "Your stamps others.toml aren't used" in second.spoken
        assert "2 more of your stamp sets: 'markdesk stamps list' says what." in second.spoken
        await second.press(">")
        assert "keymap" not in second.text, "it is told once"
    async with world.sit(keymap_fault=fault) as seat:
        assert fault in seat.spoken
        await seat.press("enter")
        assert "Your stamps others.toml aren't used" in seat.spoken
        assert "keymap" not in seat.text
