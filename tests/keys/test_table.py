"""The table of keys: one meaning a key, a way in every terminal, signs that are true, and a page that says the same."""

from collections.abc import Iterator, Sequence
from difflib import unified_diff

import pytest

from markdesk.config.key_names import is_typed, key_named, sign
from markdesk.config.keymap import Keymap, Keys, Room
from markdesk.config.keymap_reader import clashes, preset_names, read_preset
from markdesk.config.terminals import KEPT, out_of_reach
from markdesk.tui.bindings import EDITORS, EVERYWHERE, ON_SCREENS, SCREENS, rooms
from markdesk.tui.key import Key
from markdesk.tui.keys_in_use import KeysInUse
from tests.kit import ROOT

KEYMAPS: dict[str, Keys] = {"default": {}, **{name: read_preset(rooms(), name).keys for name in preset_names()}}
PAGE = ROOT / "docs" / "reference" / "keys.md"


def tables() -> Iterator[tuple[str, Sequence[Key]]]:
    yield from SCREENS.items()
    yield from ON_SCREENS.items()
    yield from EDITORS.items()
    yield "everywhere", EVERYWHERE


@pytest.mark.parametrize("keymap", KEYMAPS)
def test_no_key_means_two_things_in_one_place(keymap: str) -> None:
    assert [(room.name, key, acts) for room, key, acts in clashes(rooms(), KEYMAPS[keymap])] == []


def test_a_clash_is_found() -> None:
    room = Room("desk", {"desk.one": ("a", "b"), "desk.other": ("c", "b")})
    assert list(clashes([room], {})) == [(room, "b", ("desk.one", "desk.other"))]
    assert list(clashes([room], {"desk.other": ("c",)})) == []


@pytest.mark.parametrize("keymap", KEYMAPS)
def test_every_act_has_a_key_that_each_common_terminal_sends(keymap: str) -> None:
    unreached = {
        act: terminals
        for room in rooms()
        for act, keys in room.acts.items()
        if (terminals := out_of_reach(KEYMAPS[keymap].get(act, keys)))
    }
    assert unreached == {}


def test_an_act_out_of_reach_is_found() -> None:
    assert out_of_reach(("ctrl+up",)) == ["macOS Terminal", "PuTTY", "the Linux console", "GNU screen"]
    assert out_of_reach(("ctrl+up", "ctrl+b")) == []
    assert set(out_of_reach(("ctrl+shift+left",))) == set(KEPT)


def test_every_act_has_one_id_and_every_key_is_a_key() -> None:
    for name, keys in tables():
        ids = [key.id for key in keys]
        assert len(ids) == len(set(ids)), name
        for key in keys:
            assert [key_named(one) for one in key.keys.split(",")] == key.keys.split(","), key.id


def test_an_act_of_several_screens_has_the_same_keys_on_each() -> None:
    found: dict[str, str] = {}
    for _, keys in tables():
        for key in keys:
            assert found.setdefault(key.id, key.keys) == key.keys, key.id


def test_where_words_are_typed_no_act_takes_a_letter_or_a_sign() -> None:
    for room in rooms():
        if room.has_words:
            assert [key for keys in room.acts.values() for key in keys if is_typed(key)] == [], room.name


def test_the_table_shows_the_signs_that_its_keys_have() -> None:
    shown = {key.id: key.shown for _, keys in tables() for key in keys}
    for _, signs, _, ids in KeysInUse().table():
        if ids:
            assert signs == shown[ids[0]], ids


def test_what_a_stamp_had_is_told_where_its_key_went() -> None:
    keys = KeysInUse(Keymap({"marking.stamp_j": ("alt+j",), "marking.stamp_k": (), "marking.down": ("down", "j")}))
    rows = {ids: (signs, does) for _, signs, does, ids in keys.rows("marking")}
    assert rows[("marking.stamp_j",)] == ("Alt+J", "instead of j: stamp j")
    assert rows[("marking.stamp_k",)] == ("no key", "instead of k: stamp k")
    assert rows[("marking.up", "marking.down")][0] == "↑ ↓  j"


def page_block(keys: KeysInUse) -> str:
    """What the page has between its marks: a block a screen."""
    table = keys.table()
    lines: list[str] = []
    for screen in dict.fromkeys(row[0] for row in table):
        rows = [row for row in table if row[0] == screen]
        widths = [max(len(row[at]) for row in rows) for at in (1, 2)]
        lines += [f"### {screen.capitalize()}", "", "```text"]
        for _, signs, does, ids in rows:
            lines.append(f"{signs:<{widths[0]}}  {does:<{widths[1]}}  {'  '.join(ids)}".rstrip())
        lines += ["```", ""]
    return "\n".join(lines)


def test_the_page_of_keys_is_the_table() -> None:
    begin, end = "<!-- the table -->\n", "<!-- end of the table -->"
    stands = PAGE.read_text(encoding="utf-8").partition(begin)[2].partition(end)[0]
    wanted = page_block(KeysInUse())
    changed = unified_diff(stands.splitlines(), wanted.splitlines(), "docs/reference/keys.md", "the table", lineterm="")
    assert stands == wanted, "\n".join(changed)


def test_the_page_of_keys_names_every_terminal_that_keeps_some() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [terminal for terminal in KEPT if terminal not in text] == []


def test_signs_and_names_lead_to_the_same_key() -> None:
    for _, keys in tables():
        for key in keys:
            for name in key.keys.split(","):
                assert key_named(sign(name)) == name
                assert key_named(name) == name
