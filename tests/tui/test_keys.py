"""Keys as the teacher wants them: what they do, and that every hint names the keys in use."""

import pkgutil
from importlib import import_module
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

import markdesk.tui
from markdesk.config.keymap import Keymap
from markdesk.config.keymap_reader import read_keymap, read_preset
from markdesk.tui.bindings import EDITORS, EVERYWHERE, ON_SCREENS, SCREENS, rooms
from markdesk.tui.keys_in_use import KeysInUse
from tests.tui.desks import HOLISTIC
from tests.tui.seat import Seat, World

OWN = """
[keys]
"marking.feedback" = "grave_accent,alt+c"
"marking.notes" = "comma"
"marking.undo" = "alt+u"
"marking.down" = "down,j"
"marking.stamp_j" = "alt+j"
"marking.stamp_k" = ""
"marking.comment_k" = ""
"marking.up" = "up,K"
"marking.level_9" = ""
"marking.finish" = "f12"
"desk.palette" = "ctrl+p"
"desk.help" = "f1"
"desk.back" = "escape,alt+q"
"list.open" = "q"
"schemes.from_file" = "u"
"""


@pytest.fixture
def own(tmp_path: Path) -> Keymap:
    path = tmp_path / "keymap.toml"
    path.write_text(OWN, encoding="utf-8")
    return read_keymap(rooms(), path)


def stamps(world: World) -> list[object]:
    return [code for (code,) in world.rows("select code from annotation order by id")]


async def test_each_act_answers_to_its_own_keys_and_to_no_other(world: World, own: Keymap) -> None:
    async with world.sit(HOLISTIC, keymap=own) as seat:
        await seat.press("j")
        assert "reading ¶2" in seat.text
        await seat.press("K")
        assert "reading ¶1" in seat.text
        assert stamps(world) == []
        await seat.press("k", "alt+j", "e")
        assert stamps(world) == ["J", "E"]
        await seat.press("ctrl+z")
        assert stamps(world) == ["J", "E"], "Ctrl+Z is no key of anything now"
        await seat.press("alt+u")
        assert stamps(world) == ["J"]
        await seat.press(",")
        assert "WWW 1" not in seat.text
        await seat.press("`")
        assert seat.app.screen.query("#editor")
        await seat.type("jK,`k")
        await seat.press("escape")
        assert world.one("select text from feedback") == "jK,`k"
        await seat.press("4", "enter")
        assert world.one("select status from marking") == "in_progress"
        await seat.press("f12")
        assert "complete" in [status for (status,) in world.rows("select status from marking")]


async def test_lists_pages_and_the_way_back_have_them_too(world: World, own: Keymap) -> None:
    async with world.sit(keymap=own) as seat:
        await seat.press("enter")
        assert "finished" not in seat.lines[0]
        await seat.press("q")
        assert "finished" in seat.lines[0]
        await seat.press("?")
        assert "Keys:" not in seat.lines[0]
        await seat.press("f1")
        assert "Keys: queue" in seat.lines[0]
        await seat.press("alt+q", "alt+q")
        assert "Assignment" in seat.text
        await seat.press("m", "q")
        assert "Panel" in seat.text, "the screen of schemes opens with the same key as every list"
        await seat.press("alt+q", "u")
        assert seat.app.screen.query("#box")


async def test_hints_help_and_the_legend_name_the_keys_in_use(world: World, own: Keymap) -> None:
    async with world.sit(HOLISTIC, keymap=own) as seat:
        foot = seat.foot
        assert "` feedback" in foot
        assert "F12 finish & next" in foot
        assert "F1 help" in foot
        assert "` writes WWW" in seat.text
        assert "Alt+J J " in seat.text
        assert "– K " in seat.text
        await seat.press("backspace")
        assert "Nothing to remove here; Alt+U undoes" in seat.foot
        await seat.press("f1")
        text = "\n".join(await whole_page(seat))
        assert "Alt+U" in text
        assert "instead of j: stamp j" in text
        assert "Ctrl+Z" not in text
        assert "no key" in text


async def whole_page(seat: Seat) -> list[str]:
    """A page from its first line to its last."""
    found = list(seat.lines)
    for _ in range(8):
        await seat.press("pagedown")
        found += seat.lines
    return found


async def test_a_capital_without_a_stamp_says_nothing_and_does_nothing(world: World) -> None:
    keymap = Keymap({"marking.comment_e": ()})
    async with world.sit(HOLISTIC, keymap=keymap) as seat:
        await seat.press("E")
        assert stamps(world) == []
        assert not seat.app.screen.query("#editor")


async def test_vim_s_hands_find_their_way(world: World) -> None:
    async with world.sit(keymap=read_preset(rooms(), "vim")) as seat:
        first = seat.here
        await seat.press("j", "j")
        assert first != seat.here
        await seat.press("g")
        assert first == seat.here
        await seat.press("G", "enter", "enter", "ctrl+j", "ctrl+j")
        assert "reading ¶3" in seat.text
        await seat.press("alt+k")
        assert "reading ¶2" in seat.text
        await seat.press("alt+shift+g")
        assert "reading ¶4" in seat.text
        await seat.press("alt+g", "j", "ctrl+z", "ctrl+r")
        assert stamps(world) == ["J"], "letters stamp, whatever the hands are used to"


async def test_a_keymap_that_isn_t_used_is_said_where_the_teacher_is(world: World) -> None:
    said = "Your keymap isn't used: something in it must be mended."
    for assignment in ("", HOLISTIC):
        async with world.sit(assignment, keymap_fault=said) as seat:
            assert said in seat.text


async def test_second_ways_do_what_the_first_do(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        for first, second in (
            ("end", "ctrl+e"), ("home", "ctrl+a"), ("pagedown", "ctrl+d"), ("pageup", "ctrl+u"),
            ("shift+right", "ctrl+l"), ("shift+left", "ctrl+k"), ("ctrl+right", "ctrl+r"), ("ctrl+left", "ctrl+o"),
            ("ctrl+shift+right", "ctrl+w"), ("ctrl+down", "ctrl+n"), ("ctrl+up", "ctrl+b"),
        ):  # fmt: skip
            seen = []
            for key in (first, second):
                await seat.press("home", "down", key)
                seen.append(seat.lines[:-1])
            assert seen[0] == seen[1], second
        await seat.press("home", "e", "[", "ctrl+x")
        assert stamps(world) == []
    async with world.sit() as seat:
        await seat.press("f12")
        await seat.until(lambda: "Theme: contrast" in seat.text)
    async with world.sit() as seat:
        await seat.press("ctrl+backslash")
        await seat.until(lambda: not seat.app.is_running)


def test_every_binding_of_every_widget_is_in_the_table() -> None:
    """None has a key that a keymap can't name."""
    tables = (*SCREENS.values(), *ON_SCREENS.values(), *EDITORS.values(), EVERYWHERE)
    known = {key.id for keys in tables for key in keys}
    looked_at = 0
    for module in pkgutil.walk_packages(markdesk.tui.__path__, "markdesk.tui."):
        for found in vars(import_module(module.name)).values():
            if isinstance(found, type) and issubclass(found, DOMNode) and found.__module__ == module.name:
                bindings = [one for one in vars(found).get("BINDINGS", ()) if isinstance(one, Binding)]
                looked_at += len(bindings)
                assert [one for one in bindings if one.id not in known] == [], found
    assert looked_at > 150


def test_an_act_without_a_key_never_has_one_that_can_be_sent() -> None:
    assert KeysInUse(Keymap({"marking.stamp_j": ()})).for_textual() == {"marking.stamp_j": "<none>"}
