"""Reading the keys as the teacher wants them: ``keymap.toml`` over a preset or the defaults; and all that is wrong."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from markdesk.config.key_names import is_typed, key_named, sign
from markdesk.config.keymap import Keymap, Keys, Room, keymap_file
from markdesk.config.nearest import did_you_mean
from markdesk.config.terminals import out_of_reach
from markdesk.core.errors import MarkdeskError
from markdesk.core.plain import show_line

LARGEST = 100_000
"""Bytes; more is not a keymap."""
MOST_BROKEN = 20
"""Lines that are no TOML; after so many the rest isn't looked at."""
MAY_HAVE_NONE = re.compile(r"marking\.(stamp|comment|level)_\w|scheme\.level_\d")
"""The acts that may be left without a key: each letter and digit, so that something else can have it."""


class KeymapInvalid(MarkdeskError):
    """A keymap that can't be used; each line of the message names the file, the line and the key."""

    def __init__(self, message: str, hint: str = "", problems: Sequence[str] = ()) -> None:
        super().__init__(message, hint)
        self.problems = list(problems) or [str(self)]


def preset_names() -> list[str]:
    """The keymaps that come with markdesk."""
    return sorted(path.stem for path in _presets().glob("*.toml"))


def preset_file(name: str) -> Path:
    """A keymap that comes with markdesk: a file to read and to copy from. Raises KeymapInvalid for an unknown one."""
    if name not in preset_names():
        told = f"There is no keymap '{show_line(name)}'."
        raise KeymapInvalid(told, did_you_mean(name, preset_names()) or f"There is: {', '.join(preset_names())}.")
    return _presets() / f"{name}.toml"


def _presets() -> Path:
    return Path(__file__).parent / "presets"


def read_keymap(rooms: Sequence[Room], path: Path | None = None) -> Keymap:
    """The teacher's keymap; the defaults where there is no file. Raises KeymapInvalid with all that is wrong."""
    path = path or keymap_file()
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Keymap()
    except OSError as error:
        raise KeymapInvalid(f"The keymap {show_line(str(path))} can't be read: {error.strerror}.") from error
    return _File(path, content).keymap(rooms)


def read_preset(rooms: Sequence[Room], name: str) -> Keymap:
    """A keymap that comes with markdesk, by itself. Raises KeymapInvalid for an unknown name."""
    path = preset_file(name)
    found = _File(path, path.read_bytes()).keymap(rooms)
    return Keymap(found.keys, name)


def clashes(rooms: Sequence[Room], keys: Keys) -> Iterator[tuple[Room, str, tuple[str, str]]]:
    """Each key that would do two things in one place: the place, the key, and the two acts."""
    for room in rooms:
        taken: dict[str, str] = {}
        for act, default in room.acts.items():
            for key in dict.fromkeys(keys.get(act, default)):
                if key in taken:
                    yield room, key, (taken[key], act)
                taken.setdefault(key, act)


def weak_points(keymap: Keymap) -> list[str]:
    """Sentences on acts that a common terminal has no way to, by what the keymap gives them."""
    told: list[str] = []
    for act, keys in keymap.keys.items():
        terminals = out_of_reach(keys)
        if terminals:
            signs = " and ".join(sign(key) for key in keys)
            told.append(f'"{act}": {signs} may not arrive in {", ".join(terminals)}; give it a second key.')
    return told


class _File:
    """One keymap file, and what is wrong with it so far."""

    def __init__(self, path: Path, content: bytes) -> None:
        self.path = path
        self.faults: list[tuple[int, str]] = []
        self.in_doubt: set[str] = set()
        """The acts whose keys aren't known, for a fault in what is said of them: they clash with nothing."""
        self.data = self._parsed(content)
        self.lines = _lines(content.decode("utf-8-sig"))

    def _parsed(self, content: bytes) -> dict[str, Any]:
        import tomllib  # here, since most start without a keymap

        if len(content) > LARGEST:
            raise self._refusal([(1, f"it is larger than {LARGEST:,} bytes; no keymap is")])
        try:
            lines = content.decode("utf-8-sig").split("\n")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise self._refusal([(line, "not UTF-8 text: save the file as UTF-8")]) from error
        while True:
            try:
                return tomllib.loads("\n".join(lines))
            except tomllib.TOMLDecodeError as error:
                reason, _, place = show_line(str(error)).partition(" (at ")
                number = re.search(r"line (\d+)", place)
                line = int(number[1]) if number else len(lines)
                self.faults.append((line, f"not valid TOML: {reason}"))
                if number is None or not lines[line - 1].strip() or len(self.faults) == MOST_BROKEN:
                    raise self._refusal(self.faults) from error
                # The rest is looked at without that line, so that one run tells all that is wrong.
                self.in_doubt |= set(_lines("[keys]\n" + lines[line - 1]))
                lines[line - 1] = ""
            except RecursionError as error:
                told = "not valid TOML: too many brackets inside one another"
                raise self._refusal([*self.faults, (1, told)]) from error

    def keymap(self, rooms: Sequence[Room]) -> Keymap:
        """What the file says, over the preset that it names. Raises KeymapInvalid."""
        for key in self.data:
            if key not in ("preset", "keys"):
                near = did_you_mean(key, ["preset", "keys"]) or "A keymap has 'preset' and the table [keys]."
                self._fault(key, f"'{show_line(key)}' means nothing here. {near}")
        preset, base = self.data.get("preset", ""), Keymap()
        if not isinstance(preset, str):
            self._fault("preset", "'preset' must be a name in quotation marks")
        elif preset:
            try:
                base = read_preset(rooms, preset)
            except KeymapInvalid as error:
                self._fault("preset", str(error))
        is_base_known = not self.faults or "preset" not in self.data
        own = self._own_keys(rooms)
        keys = {**base.keys, **own}
        if not is_base_known:  # what an unknown preset gives the other acts isn't known either
            self.in_doubt |= {act for room in rooms for act in room.acts if act not in own}
        self._look_for_clashes(rooms, keys, own)
        if self.faults:
            raise self._refusal(self.faults)
        return Keymap(keys, base.preset, len(own))

    def _own_keys(self, rooms: Sequence[Room]) -> dict[str, tuple[str, ...]]:
        table = self.data.get("keys", {})
        if not isinstance(table, dict):
            self._fault("keys", "'keys' must be a table: [keys], and under it a line for each act")
            return {}
        known = {act: room for room in rooms for act in room.acts}
        typed_in = {act for room in rooms if room.has_words for act in room.acts}
        found: dict[str, tuple[str, ...]] = {}
        for act, value in _flat(table):
            if act not in known:
                near = did_you_mean(act, list(known)) or "'markdesk keys' lists every act."
                self._fault(act, f'"{show_line(act)}" is no act of markdesk. {near}')
                self.in_doubt |= {one for one in known if f"'{one}'" in near}
                continue
            before = len(self.faults)
            keys = self._keys(act, value)
            words = [sign(key) for key in keys if is_typed(key)]
            if words and act in typed_in:
                are = "is typed as a word" if len(words) == 1 else "are typed as words"
                told = f"{' and '.join(words)} {are} there; choose a key with Ctrl, or an F key"
                self._fault(act, f'"{act}": {told}')
            elif not keys and len(self.faults) == before and not MAY_HAVE_NONE.fullmatch(act):
                self._fault(act, f'"{act}" needs a key; only stamps and levels may have none')
            if len(self.faults) > before:
                self.in_doubt.add(act)
            else:
                found[act] = keys
        return found

    def _keys(self, act: str, value: object) -> tuple[str, ...]:
        """The keys that a value names, those that there are; what else it names is a fault."""
        if isinstance(value, str):
            words = [value] if value.strip() == "," else value.split(",")
        elif isinstance(value, list) and all(isinstance(word, str) for word in value):
            words = value
        else:
            self._fault(act, f'"{show_line(act)}" must be keys in quotation marks, such as "comma,f7"')
            return ()
        if words in ([], [""]):
            return ()
        keys: list[str] = []
        for word in words:
            try:
                keys.append(key_named(show_line(word) if word != " " else "space"))
            except ValueError as error:
                self._fault(act, f'"{act}": {error}')
        return tuple(dict.fromkeys(keys))

    def _look_for_clashes(self, rooms: Sequence[Room], keys: Keys, own: Keys) -> None:
        told: set[tuple[str, str, str]] = set()
        for room, key, (one, other) in clashes(rooms, keys):
            if (key, one, other) in told or {one, other} & self.in_doubt:  # the same two may meet in several places
                continue
            told.add((key, one, other))
            act, there = (other, one) if other in own else (one, other)
            way = f'Give "{there}" another key'
            way += f', or none: "{there}" = ""' if MAY_HAVE_NONE.fullmatch(there) else ""
            self._fault(act, f'"{act}": {sign(key)} is the key of "{there}" too ({room.name}). {way}.')

    def _fault(self, key: str, told: str) -> None:
        self.faults.append((self.lines.get(key, 1), told))

    def _refusal(self, faults: list[tuple[int, str]]) -> KeymapInvalid:
        name = show_line(self.path.name)
        told = [f"{name}:{line}: {text}{'' if text[-1] in '.?' else '.'}" for line, text in sorted(faults)]
        last = f"{len(told)} to mend in {show_line(str(self.path))}."
        return KeymapInvalid("\n".join([*told, last]), problems=told)


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, object]]:
    """The table's entries by id: TOML reads ``marking.feedback`` without quotation marks as a table in a table."""
    for key, value in table.items():
        name = f"{before}{key}"
        if isinstance(value, dict):
            yield from _flat(value, f"{name}.")
        else:
            yield name, value


def _lines(text: str) -> dict[str, int]:
    """On which line each key stands, by its id. Good enough to point at."""
    lines: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.split("\n"), start=1):
        header = re.match(r"\s*\[([^\]]+)\]", line)
        if header:
            name = re.sub(r"[\"'\s]", "", header[1])
            lines.setdefault(name, number)
            table = "" if name == "keys" else f"{name.removeprefix('keys.')}."
        elif entry := re.match(r"\s*([^=#]+?)\s*=", line):
            lines.setdefault(table + re.sub(r"[\"'\s]", "", entry[1]), number)
    return lines
