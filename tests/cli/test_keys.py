"""``markdesk keys``: the keys in use, the presets, and what is wrong with a teacher's own."""

import json
from pathlib import Path

import pytest

from markdesk.config.keymap import keymap_file
from tests.cli.conftest import Cli


def write(text: str) -> Path:
    path = keymap_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def line_of(out: str, name: str) -> list[str]:
    """The keys that stand before an act's name."""
    (line,) = {line for line in out.splitlines() if name in line.split() and not line.startswith("key ")}
    return line.split()


def test_the_keys_in_use(cli: Cli) -> None:
    out = cli("keys").out
    assert "marking.undo" in out
    assert line_of(out, "marking.feedback")[:2] == ["marking", ","]
    write('[keys]\n"marking.feedback" = "alt+c,comma"\n"marking.stamp_j" = ""\n')
    out = cli("keys").out
    assert line_of(out, "marking.feedback")[:3] == ["marking", "Alt+C", ","]
    assert any(line.split()[:2] == ["–", "J"] for line in out.splitlines()), "the stamp without a key"
    answer = json.loads(cli("keys", "--json").out)
    assert answer["preset"] is None
    assert answer["file"] == str(keymap_file())
    (row,) = [row for row in answer["bindings"] if row["ids"] == ["marking.feedback"]]
    assert row["key"] == "Alt+C  ,"


def test_a_preset_is_shown_whatever_the_keymap_says(cli: Cli) -> None:
    write('[keys]\n"list.down" = "down,w"\n')
    done = cli("keys", "--preset", "vim", "--json")
    answer = json.loads(done.out)
    assert answer["preset"] == "vim"
    assert {row["key"] for row in answer["bindings"] if "list.down" in row["ids"]} == {"↑ ↓  k j"}
    done = cli("keys", "--preset", "vi")
    assert (done.code, done.out) == (1, "")
    assert "Did you mean 'vim'?" in done.err
    assert cli("keys", "--preset", "vim", "--check").code == 2


def test_a_keymap_is_checked(cli: Cli) -> None:
    done = cli("keys", "--check")
    assert done.code == 0
    assert "There is no keymap" in done.out
    path = write('preset = "vim"\n[keys]\n"marking.feedback" = "alt+c"\n')
    done = cli("keys", "--check")
    assert done.code == 0
    assert f"{path} is sound: vim, 1 changed." in done.out
    assert '"marking.feedback": Alt+C may not arrive in macOS Terminal; give it a second key.' in done.out
    write('[keys]\n"marking.fedback" = "alt+c"\n"marking.undo" = "j"\n')
    done = cli("keys", "--check")
    assert (done.code, done.out) == (1, "")
    assert "keymap.toml:2: \"marking.fedback\" is no act of markdesk. Did you mean 'marking.feedback'?" in done.err
    assert f"2 to mend in {path}" in done.err
    done = cli("keys", "--check", "--json")
    assert done.code == 1
    answer = json.loads(done.out)
    assert answer["ok"] is False
    assert len(answer["problems"]) == 2


def test_a_keymap_that_can_t_be_used_leaves_the_defaults_and_says_so(cli: Cli) -> None:
    write('[keys]\n"marking.undo" = "j"\n')
    done = cli("keys")
    assert done.code == 0
    assert line_of(done.out, "marking.undo")[:2] == ["marking", "Ctrl+Z"]
    assert "Your keymap isn't used" in done.err
    assert 'keymap.toml:2: "marking.undo": j is the key of "marking.stamp_j" too (marking).' in done.err
    shown = {row["name"]: row for row in json.loads(cli("config", "show", "--json").out)["settings"]}
    assert "isn't used" in shown["keys"]["value"]


def test_config_shows_the_keymap_and_where_it_is(cli: Cli) -> None:
    def row() -> dict[str, str]:
        settings = json.loads(cli("config", "show", "--json").out)["settings"]
        return next(row for row in settings if row["name"] == "keys")

    assert row() == {"name": "keys", "value": "default", "from": "default"}
    path = write('preset = "vim"\n')
    assert row() == {"name": "keys", "value": "vim", "from": str(path)}
    assert json.loads(cli("config", "path", "--json").out)["keymap"] == str(path)


@pytest.mark.parametrize("theme", ["dark", "light", "contrast", "contrast-light", "terminal", "terminal-light"])
def test_every_theme_can_be_set(cli: Cli, theme: str) -> None:
    file = keymap_file().with_name("config.toml")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f'theme = "{theme}"\n', encoding="utf-8")
    shown = {row["name"]: row["value"] for row in json.loads(cli("config", "show", "--json").out)["settings"]}
    assert shown["theme"] == theme
