"""Reading parsed TOML by a table of keys: what is wrong is noted with its path, and what is right is given."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from markdesk.core.file_keys import Key, Kind

Path = tuple[str | int, ...]
Placed = tuple[Path, dict[str, Any]]
"""A table and where it stands."""

_TYPES: dict[Kind, type | tuple[type, ...]] = {
    Kind.TEXT: str,
    Kind.NUMBER: int,
    Kind.YES_NO: bool,
    Kind.FACTOR: (int, float, str),
    Kind.TEXTS: list,
    Kind.WORDS: dict,
    Kind.TABLE: dict,
    Kind.TABLES: list,
}
LARGEST = 1_000_000
"""No mark, count or year of a scheme comes near it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. ``path`` leads to the key: ``("scale", 0, "level", 2, "max")``."""

    path: Path
    message: str

    @property
    def key(self) -> str:
        """The path as a reader writes it: ``scale[1].level[3].max``, counting from 1."""
        text = ""
        for part in self.path:
            text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
        return text


class Reader:
    """Walks the data once, noting what is wrong and giving a usable value all the same."""

    def __init__(self, tables: Mapping[str, Mapping[str, Key]]) -> None:
        self.known = tables
        self.problems: list[Problem] = []

    def wrong(self, path: Path, message: str) -> None:
        self.problems.append(Problem(path, message))

    def table(self, data: dict[str, Any], table: str, path: Path) -> dict[str, Any]:
        """The keys of one table that are known and whose values may be so."""
        known = self.known[table]
        good: dict[str, Any] = {}
        for name, value in data.items():
            if name not in known:
                near = get_close_matches(name, known, 1, 0.6)
                hint = f"did you mean '{near[0]}'?" if near else "known here: " + ", ".join(known) + "."
                self.wrong((*path, name), f"'{name}' is not a key of this table; {hint}")
            elif self._is_right((*path, name), name, known[name], value):
                good[name] = value
        for name, key in known.items():
            if key.required and name not in data:
                self.wrong(path, f"'{name}' is missing")
        return good

    def _is_right(self, path: Path, name: str, key: Key, value: Any) -> bool:
        wanted: Any = _TYPES[key.kind]
        if not isinstance(value, wanted) or (isinstance(value, bool) and key.kind is not Kind.YES_NO):
            self.wrong(path, f"'{name}' must be {key.kind}, not {value!r:.60}")
            return False
        count = len(self.problems)
        if key.one_of:
            self.one_of(path, value, key.one_of, f"'{name}'")
        elif key.kind is Kind.TEXT and key.required and not value.strip():
            self.wrong(path, f"'{name}' must not be empty")
        elif key.pattern and not re.fullmatch(key.pattern.regex, value):
            self.wrong(path, f"'{name}' can't be {value!r:.60}; it must be {key.pattern.says}")
        elif key.kind is Kind.NUMBER and not (key.least is None or value >= key.least):
            self.wrong(path, f"'{name}' must be {key.least} or more, not {value}")
        elif key.kind is Kind.NUMBER and abs(value) > LARGEST:
            self.wrong(path, f"'{name}' is too large")
        elif key.kind is Kind.TEXTS and not all(isinstance(text, str) for text in value):
            self.wrong(path, f"'{name}' must be a list of texts")
        elif key.kind is Kind.WORDS:
            for word, text in value.items():
                if not isinstance(text, str):
                    self.wrong((*path, word), f"'{word}' must be text in quotes")
        return len(self.problems) == count

    def tables(self, data: dict[str, Any], name: str, path: Path = ()) -> list[Placed]:
        """A list of tables: each with its path and its good keys."""
        found: list[Placed] = []
        for index, item in enumerate(data.get(name, [])):
            where = (*path, name, index)
            if isinstance(item, dict):
                found.append((where, self.table(item, name, where)))
            else:
                self.wrong(where, f"each '{name}' must be a table, written [[{name}]]")
        return found

    def one_of(self, path: Path, value: Any, allowed: Iterable[str], what: str) -> None:
        """Note a value that is none of those allowed, with the nearest."""
        options = [str(option) for option in allowed]
        if value not in options:
            near = get_close_matches(str(value), options, 1, 0.6)
            hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(options) or 'none'}."
            self.wrong(path, f"{what} can't be {value!r:.60}; {hint}")

    def unique(self, items: list[Placed], key: str = "id") -> None:
        """Note whatever goes by a name that another has already."""
        seen: set[Any] = set()
        for path, item in items:
            if key not in item:
                continue
            if item[key] in seen:
                self.wrong((*path, key), f"'{item[key]}' is used twice")
            seen.add(item[key])

    def tiles(self, bands: list[Placed], low: int, high: int | None, what: str) -> None:
        """Note where bands, from the lowest up, fail to cover ``low`` to ``high`` without gap or overlap."""
        expected = low
        for where, band in bands:
            if band["min"] > band["max"]:
                self.wrong((*where, "min"), f"the lowest mark {band['min']} is above the highest {band['max']}")
            if band["min"] > expected:
                self.wrong((*where, "min"), f"a gap: no {what} has {_range(expected, band['min'] - 1)}")
            elif band["min"] < expected:
                self.wrong((*where, "min"), f"an overlap: {band['min']} is too low (expected {expected})")
            expected = max(expected, band["max"] + 1)
        if bands and high is not None and bands[-1][1]["max"] != high:
            last = bands[-1][1]["max"]
            self.wrong((*bands[-1][0], "max"), f"the top {what} ends at {last}, but the maximum there is {high}")


def _range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low} to {high}"


def as_factor(value: int | float | str) -> int | Fraction | None:
    """The factor that was written as 2, 0.8 or "4/5"; None for what isn't one. A whole one is an int."""
    # Through its shortest text, a decimal is the number that was written: 0.8 is 4/5.
    written = re.fullmatch(r"([0-9]{1,4})(?:/([0-9]{1,4})|(\.[0-9]{1,4}))?", str(value))
    if written is None or (written[2] and int(written[2]) == 0):
        return None
    exact = Fraction(str(value))
    if exact == 0:
        return None
    return int(exact) if exact.denominator == 1 else exact
