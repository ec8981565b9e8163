"""In a window of 80 by 24: nothing that a teacher reads is cut off at its edge."""

import pytest

from markdesk.tui.bindings import EDITORS, SCREENS
from markdesk.tui.keys_in_use import KeysInUse
from markdesk.tui.screens.pages import help_lines
from tests.tui.desks import HOLISTIC
from tests.tui.seat import World

NARROW = (80, 24)


async def test_a_code_of_six_letters_stands_whole_beside_the_essay(world: World) -> None:
    async with world.sit(HOLISTIC, size=NARROW) as seat:
        await seat.press("t")
        line = next(line for line in seat.lines if "First essay." in line)
        assert "ASSERT First essay." in line
        assert world.one("select code from annotation") == "ASSERT"


async def test_the_library_s_foot_teaches_what_a_beginner_is_sent_to(world: World) -> None:
    async with world.sit(size=NARROW) as seat:
        for told in ("open", "i import", "s students", "r marks", "x sheets", "? help", "Ctrl+Q quit"):
            assert told in seat.foot


async def test_the_list_s_foot_teaches_flags_and_the_skim(world: World) -> None:
    async with world.sit(HOLISTIC, size=NARROW) as seat:
        await seat.press("escape")
        for told in ("mark", "l line up", "/ find", "f flag", "t skim", "x sheets", "Esc back", "? help"):
            assert told in seat.foot


@pytest.mark.parametrize("room", [*SCREENS, *EDITORS])
@pytest.mark.parametrize("width", [74, 54])
def test_every_line_of_help_fits(room: str, width: int) -> None:
    keys = KeysInUse()
    lines = ["".join(text for text, _ in line) for line in help_lines(room, keys, width)]
    assert [line for line in lines if len(line) > width] == []
    shown = " ".join(" ".join(lines).split())
    for _, _, does, _ in keys.rows(room):
        assert does in shown


async def test_help_shows_the_end_of_every_sentence(world: World) -> None:
    async with world.sit(HOLISTIC, size=NARROW) as seat:
        await seat.press("escape", "?")
        assert "take the class over to its scheme's new version; shown first" in seat.spoken
