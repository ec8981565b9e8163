"""The teacher's keymap: what may stand in it, and a sentence with line and key for everything else."""

import re
import textwrap
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from markdesk.config.key_names import key_named, sign
from markdesk.config.keymap import Keymap
from markdesk.config.keymap_reader import KeymapInvalid, clashes, read_keymap, read_preset, weak_points
from markdesk.tui.bindings import rooms
from tests.kit import ROOT

ROOMS = rooms()
DEFAULTS = {act: keys for room in ROOMS for act, keys in room.acts.items()}


def read(folder: Path, text: str) -> Keymap:
    path = folder / "keymap.toml"
    path.write_text(text, encoding="utf-8")
    return read_keymap(ROOMS, path)


def refused(folder: Path, text: str) -> str:
    with pytest.raises(KeymapInvalid) as caught:
        read(folder, text)
    return str(caught.value)


def test_no_file_is_the_defaults(tmp_path: Path) -> None:
    assert read_keymap(ROOMS, tmp_path / "keymap.toml") == Keymap()
    assert read(tmp_path, "") == Keymap()
    assert read(tmp_path, "# nothing yet\n[keys]\n").told == "default"


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ('"comma,alt+c"', ("comma", "alt+c")),
        ('", , alt+c"', None),
        ('","', ("comma",)),
        ('[",", "Alt+C"]', ("comma", "alt+c")),
        ('"Alt+X"', ("alt+x",)),
        ('"Option+X"', ("alt+x",)),
        ('"shift+ctrl+Up"', ("ctrl+shift+up",)),
        ('"PgDn, alt+c, alt+c"', ("pagedown", "alt+c")),
        ('"£"', ("pound_sign",)),
        ('"alt+shift+g"', ("alt+shift+g",)),
        ('"Alt+G"', ("alt+g",)),
        ('"ctrl++"', ("ctrl+plus",)),
    ],
)
def test_keys_by_name_or_by_sign(tmp_path: Path, written: str, keys: tuple[str, ...] | None) -> None:
    text = f'[keys]\n"marking.page_down" = ["space"]\n"marking.feedback" = {written}\n'
    if keys is None:
        assert "keymap.toml:3" in refused(tmp_path, text)
    else:
        assert read(tmp_path, text).keys["marking.feedback"] == keys


def test_an_act_may_be_named_without_quotation_marks_and_in_a_table_of_its_screen(tmp_path: Path) -> None:
    assert read(tmp_path, '[keys]\nmarking.feedback = "alt+c"\n').keys == {"marking.feedback": ("alt+c",)}
    assert read(tmp_path, '[keys.marking]\nfeedback = "alt+c"\n').keys == {"marking.feedback": ("alt+c",)}
    assert "keymap.toml:2: \"marking.feedback\": 'f77'" in refused(tmp_path, '[keys.marking]\nfeedback = "f77"\n')


BAD = [
    # the file, and what must be said of it
    ('[keys]\n"marking.fedback" = "f7"\n', ("keymap.toml:2", '"marking.fedback"', "Did you mean 'marking.feedback'?")),
    ('[keys]\n\n"marking.feedback" = "coma"\n', ("keymap.toml:3", "'coma' is not a key", "Did you mean 'comma'?")),
    ('[keys]\n"marking.feedback" = "cntrl+g"\n', ("keymap.toml:2", "'cntrl'", "Did you mean 'ctrl'?")),
    ('[keys]\n"marking.feedback" = "f3"\n', ("keymap.toml:2", "F3", '"marking.type_mark"', "(marking)")),
    ('[keys]\n"marking.down" = "down,j"\n', ("keymap.toml:2", "j is", '"marking.stamp_j"', '"marking.stamp_j" = ""')),
    ('[keys]\n"marking.undo" = "5"\n', ("keymap.toml:2", "5 is", '"marking.level_5" = ""')),
    ('[keys]\n"marking.down" = "K"\n', ("K is the key", '"marking.comment_k"')),
    (
        '[keys]\n"library.students" = "q"\n"library.review" = "q"\n',
        ("keymap.toml:", "q is", "library.students", "(library)"),
    ),
    ('[keys]\n"desk.quit" = "x"\n', ("keymap.toml:2", "x is typed as a word there", "Ctrl, or an F key")),
    ('[keys]\n"editor.close" = "f3,;"\n', ("keymap.toml:2", "; is typed as a word")),
    ('[keys]\n"marking.finish" = ""\n', ("keymap.toml:2", "needs a key")),
    ('[keys]\n"marking.feedback" = 7\n', ("keymap.toml:2", "keys in quotation marks")),
    ('[keys]\n"marking.feedback" = ["f7", 7]\n', ("keymap.toml:2", "keys in quotation marks")),
    ('[keys]\n"marking.next_scale" = "ctrl+i"\n', ("keymap.toml:2", "a terminal sends Tab for Ctrl+I")),
    ('[keys]\n"marking.feedback" = "ctrl+"\n', ("keymap.toml:2", "no key after the last +")),
    ('preset = "vi"\n', ("keymap.toml:1", "no keymap 'vi'", "Did you mean 'vim'?")),
    ("preset = 3\n", ("keymap.toml:1", "a name in quotation marks")),
    ('\nkey = "f7"\n', ("keymap.toml:2", "'key' means nothing here", "Did you mean 'keys'?")),
    ("keys = 3\n", ("keymap.toml:1", "must be a table")),
    ('[keys]\n"a" = \n', ("keymap.toml:2", "not valid TOML")),
    ('[keys]\n"marking.feedback" = "f7"\n"marking.feedback" = "f8"\n', ("keymap.toml:", "not valid TOML")),
    ("x = " + "[" * 5000, ("keymap.toml:1", "not valid TOML")),
    ("# " + "x" * 100_001, ("larger than 100,000 bytes",)),
]


@pytest.mark.parametrize(("text", "told"), BAD)
def test_what_is_wrong_is_told_with_its_line_and_key(tmp_path: Path, text: str, told: tuple[str, ...]) -> None:
    said = refused(tmp_path, text)
    assert [part for part in told if part not in said] == []
    assert str(tmp_path / "keymap.toml") in said
    assert said.splitlines()[-1].startswith("1 to mend in ")


def test_everything_wrong_is_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    said = refused(tmp_path, '[keys]\n"marking.undo" = "f77"\n"marking.nothing" = "f7"\n"marking.finish" = []\n')
    assert [line.split(":")[1] for line in said.splitlines()[:-1]] == ["2", "3", "4"]
    assert said.endswith(f"3 to mend in {tmp_path / 'keymap.toml'}.")


def test_one_run_tells_every_fault_of_every_kind(tmp_path: Path) -> None:
    faulty = """\
preset = 'vi'
key = 3
[keys]
"marking.undo" = "f77,ctrl+"
"marking.fedback" = "f7"
"editor.close" = "f88,;,x"
"marking.finish" = ""
"marking.notes" =
"marking.find" = "alt+u"
"marking.lenses" = "alt+u"
"""
    said = refused(tmp_path, faulty)
    told = [line.split(": ", 1) for line in said.splitlines()[:-1]]
    assert [place.split(":")[1] for place, _ in told] == ["1", "2", "4", "4", "5", "6", "6", "7", "8", "10"]
    assert "; and x are typed as words" in said
    assert 'Alt+U is the key of "marking.find" too' in said


def test_what_is_mended_next_clashes_with_nothing_beforehand(tmp_path: Path) -> None:
    """Two acts change places, and one of them is misspelt or broken: that alone is to mend."""
    for broken in (
        '"marking.fedback" = "grave_accent,f4"',
        '"marking.feedback" = "grave_accent,f44"',
        '"marking.feedback" = "f4',
    ):
        said = refused(tmp_path, f'[keys]\n{broken}\n"marking.notes" = "comma"\n')
        assert said.splitlines()[-1].startswith("1 to mend in "), said


def test_mending_what_one_run_told_is_enough(tmp_path: Path) -> None:
    lines = [
        '"marking.undo" = "f77"',
        '"marking.finish" = ""',
        '"marking.find" = "alt+u"',
        '"marking.lenses" = "alt+u"',
    ]
    said = refused(tmp_path, "[keys]\n" + "\n".join(lines) + "\n")
    numbers = {int(line.split(":")[1]) for line in said.splitlines()[:-1]}
    kept = [line for number, line in enumerate(lines, start=2) if number not in numbers]
    assert kept == ['"marking.find" = "alt+u"']
    assert read(tmp_path, "[keys]\n" + "\n".join(kept) + "\n").own == 1


def test_a_file_that_is_no_text_or_can_t_be_read(tmp_path: Path) -> None:
    path = tmp_path / "keymap.toml"
    path.write_bytes(b'[keys]\n"a" = "\xff"\n')
    with pytest.raises(KeymapInvalid, match=r"keymap\.toml:2: not UTF-8"):
        read_keymap(ROOMS, path)
    path.unlink()
    path.mkdir()
    with pytest.raises(KeymapInvalid, match=r"can't be read"):
        read_keymap(ROOMS, path)


def test_signs_from_outside_can_t_act_in_what_is_said(tmp_path: Path) -> None:
    assert "\x1b" not in refused(tmp_path, '[keys]\n"\\u001b[31m" = "f7"\n"marking.undo" = "\\u001b[31m"\n')


def test_a_letter_is_free_once_its_stamp_has_another_key_or_none(tmp_path: Path) -> None:
    found = read(tmp_path, '[keys]\n"marking.down" = "down,j"\n"marking.stamp_j" = ""\n')
    assert found.keys == {"marking.down": ("down", "j"), "marking.stamp_j": ()}
    found = read(tmp_path, '[keys]\n"marking.down" = "j,down"\n"marking.stamp_j" = "alt+j"\n')
    assert found.told == "default, 2 changed"


@pytest.mark.parametrize("page", ["how-to/your-own-keys.md", "reference/keys.md"])
def test_the_examples_in_the_pages_are_sound(tmp_path: Path, page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    examples = [textwrap.dedent(block) for block in re.findall(r"^ *```toml\n(.*?)^ *```", text, re.M | re.S)]
    assert examples
    for block in examples:
        assert read(tmp_path, block).own


def test_two_acts_may_change_places(tmp_path: Path) -> None:
    found = read(tmp_path, '[keys]\n"marking.feedback" = "grave_accent,f4"\n"marking.notes" = "comma"\n')
    assert found.keys == {"marking.feedback": ("grave_accent", "f4"), "marking.notes": ("comma",)}


def test_a_line_of_the_teacher_s_counts_for_more_than_the_preset(tmp_path: Path) -> None:
    vim = read_preset(ROOMS, "vim")
    found = read(tmp_path, 'preset = "vim"\n[keys]\n"list.down" = "down,w"\n')
    assert found.told == "vim, 1 changed"
    assert found.keys == {**vim.keys, "list.down": ("down", "w")}
    said = refused(tmp_path, 'preset = "vim"\n[keys]\n"marking.notes" = "alt+j"\n')
    assert 'keymap.toml:3: "marking.notes": Alt+J is the key of "marking.down" too' in said


def test_what_may_not_arrive_is_noted() -> None:
    notes = weak_points(Keymap({"marking.feedback": ("f7",), "marking.undo": ("f8", "ctrl+z")}))
    assert len(notes) == 1
    assert notes[0].startswith('"marking.feedback": F7 may not arrive in macOS Terminal')
    assert weak_points(read_preset(ROOMS, "vim")) == []


KEY = st.sampled_from(sorted({key for keys in DEFAULTS.values() for key in keys} | {"f7", "alt+x", "ctrl+g", "J", "j"}))


@given(st.dictionaries(st.sampled_from(sorted(DEFAULTS)), st.lists(KEY, max_size=2), max_size=4))
def test_a_keymap_is_refused_or_has_no_clash(
    tmp_path_factory: pytest.TempPathFactory, given_keys: dict[str, list[str]]
) -> None:
    lines = [f'"{act}" = {[str(key) for key in keys]}' for act, keys in given_keys.items()]
    path = tmp_path_factory.getbasetemp() / "keymap.toml"
    path.write_text("\n".join(["[keys]", *lines]), encoding="utf-8")
    refused = ""
    try:
        found = read_keymap(ROOMS, path)
    except KeymapInvalid as error:
        refused = str(error)
    if refused:  # as most are, which is as good
        assert "keymap.toml:" in refused
        return
    assert list(clashes(ROOMS, found.keys)) == []
    assert {act: list(keys) for act, keys in found.keys.items()} == {
        a: list(dict.fromkeys(k)) for a, k in given_keys.items()
    }


@example("CONTROL")
@given(st.text(max_size=12))
def test_any_text_is_a_key_or_a_sentence(text: str) -> None:
    found = refused = ""
    try:
        found = key_named(text)
    except ValueError as error:
        refused = str(error)
    assert bool(found) != bool(refused)
    if found:
        assert key_named(found) == found
        assert key_named(sign(found)) == found
