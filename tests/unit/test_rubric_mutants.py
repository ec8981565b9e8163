"""500 damaged copies of the shipped schemes: none crashes the check, and the line or the key is the right one.

The damage is done to the text of the files, with the places worked out here and not by the program.
"""

import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from markdesk.core.errors import RubricInvalid
from markdesk.formats.rubric_toml import read_rubric
from tests.kit import RUBRICS

COUNT = 500
FILES = sorted(RUBRICS.glob("*.toml"))
REQUIRED = {
    "": ("id", "version", "title", "status", "max_mark", "scoring"),
    "provenance": ("wording", "basis"),
    "ao": ("code", "marks"),
    "strand": ("id", "name"),
    "scale": ("id", "title", "aos", "max"),
    "scale.level": ("n", "min", "max", "summary"),
    "cap": ("id", "ask", "severity"),
    "cap.effect": ("scale",),
    "penalty": ("id", "ask", "marks", "applied_by"),
    "flag": ("id", "text"),
    "nea": ("words_min", "words_max"),
}
CHOICES = {"status", "scoring", "kind", "severity", "applied_by", "start", "wording", "method", "round"}


@dataclass(frozen=True)
class Entry:
    """One ``key = value`` of a file: on which line, in which table, and on which line that table begins."""

    line: int
    table: str
    header: int
    key: str
    value: str


@dataclass
class Mutant:
    """A damaged file, and what a good answer may point at."""

    content: bytes
    lines: set[int] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)


def entries(text: str) -> list[Entry]:
    found: list[Entry] = []
    table, header = "", 1
    for number, line in enumerate(text.split("\n"), 1):
        if heading := re.match(r"\[+([a-z._]+)\]", line):
            table, header = heading[1], number
        elif pair := re.match(r"([a-z_0-9]+) = (\"(?:[^\"\\]|\\.)*\"|[^#]+?)\s*(?:#.*)?$", line):
            found.append(Entry(number, table, header, pair[1], pair[2]))
    return found


def with_line(text: str, number: int, line: str | None) -> bytes:
    lines = text.split("\n")
    lines[number - 1 : number] = [] if line is None else [line]
    return "\n".join(lines).encode()


def with_value(text: str, entry: Entry, value: str) -> Mutant:
    return Mutant(with_line(text, entry.line, f"{entry.key} = {value}"), {entry.line})


def drop(text: str, chance: random.Random) -> Mutant:
    needed = [e for e in entries(text) if e.key in REQUIRED.get(e.table, ()) or e.table == "scale.level.strand"]
    entry = chance.choice(needed)
    return Mutant(with_line(text, entry.line, None), keys={entry.key})


def rename(text: str, chance: random.Random) -> Mutant:
    entry = chance.choice(entries(text))
    return Mutant(with_line(text, entry.line, f"{entry.key}x = {entry.value}"), {entry.line})


def retype(text: str, chance: random.Random) -> Mutant:
    entry = chance.choice([e for e in entries(text) if e.key != "scale_factor"])
    other = ["true", "1.5", "[1]", "2026-01-01"] + (['"7"'] if entry.value[0] not in '"[' else ["7"])
    return with_value(text, entry, chance.choice([v for v in other if not (v == "true" and entry.value in TRUTHS)]))


TRUTHS = ("true", "false")


def lowest_marks(text: str) -> list[Entry]:
    return [e for e in entries(text) if e.table == "scale.level" and e.key == "min" and e.value != "1"]


def gap(text: str, chance: random.Random) -> Mutant:
    entry = chance.choice(lowest_marks(text))
    return with_value(text, entry, str(int(entry.value) + 1))


def overlap(text: str, chance: random.Random) -> Mutant:
    entry = chance.choice(lowest_marks(text))
    return with_value(text, entry, str(int(entry.value) - 1))


def duplicate(text: str, chance: random.Random) -> Mutant:
    ids = [e for e in entries(text) if e.key == "id" and e.table]
    pairs = [(a, b) for a in ids for b in ids if a.table == b.table and a.line < b.line]
    first, second = chance.choice(pairs)
    return with_value(text, second, first.value)


def wrong_sum(text: str, chance: random.Random) -> Mutant:
    sums = [e for e in entries(text) if (e.table, e.key) in {("", "max_mark"), ("scale", "max"), ("ao", "marks")}]
    entry = chance.choice(sums)
    mutant = with_value(text, entry, str(int(entry.value) + chance.choice((-1, 1, 5))))
    # A sum that doesn't fit may be told where it is made or where it is said.
    top = next(e.line for e in entries(text) if e.table == "" and e.key == "max_mark")
    return Mutant(mutant.content, {entry.line, entry.header, top})


def typo(text: str, chance: random.Random) -> Mutant:
    entry = chance.choice([e for e in entries(text) if e.key in CHOICES])
    word = entry.value.strip('"')
    place = chance.randrange(len(word) - 1)
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return with_value(text, entry, f'"{swapped if swapped != word else word + "s"}"')


def unknown(text: str, chance: random.Random) -> Mutant:
    entry = chance.choice(entries(text))
    line = f"{entry.key} = {entry.value}\n{chance.choice(('shoe', 'maxx', 'lable', 'descriptor'))} = 1"
    return Mutant(with_line(text, entry.line, line), {entry.line + 1})


def truncated(text: str, chance: random.Random) -> Mutant:
    last = text.rindex("[[scale.level]]")
    cut = text[: chance.randrange(1, last)]
    headers = [number for number, line in enumerate(cut.split("\n"), 1) if line.startswith("[")]
    end = cut.count("\n") + 1
    missing = {
        name for name in (*REQUIRED[""], "schema", "provenance", "scale") if not re.search(rf"(?m)^\W*{name}\b", cut)
    }
    return Mutant(cut.encode(), set(range(headers[-1] if headers else 1, end + 1)), missing | {"level"})


def encoded(text: str, chance: random.Random) -> Mutant:
    if chance.random() < 0.2:
        return Mutant(text.encode("utf-16"), {1})
    entry = chance.choice(entries(text))
    before, after = text.split("\n")[: entry.line - 1], text.split("\n")[entry.line :]
    damaged = f"{entry.key} = {entry.value} ".encode() + b"# caf\xe9"
    return Mutant(
        b"\n".join([*(line.encode() for line in before), damaged, *(line.encode() for line in after)]), {entry.line}
    )


DAMAGE: tuple[Callable[[str, random.Random], Mutant], ...] = (
    drop, rename, retype, gap, overlap, duplicate, wrong_sum, typo, unknown, truncated, encoded,
)  # fmt: skip


def is_right(message: str, mutant: Mutant, name: str) -> bool:
    for line in message.split("\n"):
        at = re.match(rf"{re.escape(name)}:(\d+): ", line)
        if at and int(at[1]) in mutant.lines:
            return True
        if any(f"'{key}'" in line for key in mutant.keys):
            return True
    return False


def test_damaged_files_are_told_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    right: Counter[str] = Counter()
    made: Counter[str] = Counter()
    wrong: list[str] = []
    path = tmp_path / "mutant.toml"
    for seed in range(COUNT):
        chance = random.Random(seed)
        source = FILES[seed % len(FILES)]
        damage = DAMAGE[seed % len(DAMAGE)]
        mutant = damage(source.read_text(encoding="utf-8"), chance)
        path.write_bytes(mutant.content)
        made[damage.__name__] += 1
        told = "taken as sound"
        try:
            read_rubric(path)
        except RubricInvalid as error:
            told = error.message
        if is_right(told, mutant, path.name):
            right[damage.__name__] += 1
        else:
            wrong.append(
                f"{seed} {damage.__name__} of {source.name}: {told[:300]} (expected {mutant.lines} {mutant.keys})"
            )
    share = right.total() / made.total()
    with capsys.disabled():
        print(f"\n{made.total()} damaged schemes: 0 crashes, {share:.1%} told at the right line or key")
    assert made.total() == COUNT
    assert share >= 0.95, "\n".join(wrong)
    assert {name for name in made if right[name] / made[name] < 0.9} == set(), "\n".join(wrong)
