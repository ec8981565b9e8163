"""How people write a level and its marks: ``Level 5: 21–25 marks``, ``L5 (21-25)``, ``21 to 25``, ``Band 3``."""

import re
from dataclasses import dataclass

_DASH = r"(?:-|‐|‑|‒|–|—|−|\.\.|…|/|to|and|through)"
_KIND = r"(?:level|lev|lvl|l|band|tier|stage|step|grade)"
_MARKS = r"(?:marks?|mks?|pts?|points?)"
_RANGE = rf"(?P<low>\d{{1,4}})(?:(?:\s*{_MARKS})?\s*{_DASH}\s*(?P<high>\d{{1,4}}))?"
_SPAN = rf"(?:from|between|up to|max\.?)?\s*{_RANGE}\s*(?P<unit>{_MARKS})?\.?"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {w: n for n, w in enumerate(_COUNTED, start=1)}
_WORDS = "|".join(sorted((*_ROMAN, *_NUMBERS), key=len, reverse=True))
# 'Level 1–5' is no level 1, and 'Level 1 – 1–5' is one.
_NOT_A_RANGE = rf"(?!\s*{_DASH}\s*\d{{1,4}}(?!\d|\s*{_DASH}\s*\d))"
_NAME = rf"(?P<kind>{_KIND})\s*\.?\s*(?P<n>\d{{1,2}}(?!\d)|(?<=\s)(?:{_WORDS})\b){_NOT_A_RANGE}"
_GAP = r"[\s:;,.|=–—-]*"

_ONLY_RANGE = re.compile(rf"[(\[]?\s*(?:{_MARKS}\s*:?\s*)?{_SPAN}\s*[)\]]?", re.I)
_NAMED = re.compile(rf"{_NAME}{_GAP}(?:[(\[]?\s*{_SPAN}\s*[)\]]?)?", re.I)
_MARKS_FIRST = re.compile(rf"{_SPAN}{_GAP}[(\[]?\s*{_NAME}\s*[)\]]?", re.I)
_TITLED = re.compile(rf"(?P<title>[^\W\d][^\d()\[\]:\n]{{0,38}}?){_GAP}[(\[]?\s*{_SPAN}\s*[)\]]?:?", re.I)
_HEAD = re.compile(rf"{_NAME}(?:{_GAP}[(\[]?\s*{_SPAN}\s*[)\]]?)?\s*[:.\n–—-]\s*(?=\S)", re.I)
_NOTHING = re.compile(
    r"(?:0|zero|nil)(?:\s*marks?)?|(?:level|l|band)\s*0|(?:no|nothing)\b.{0,60}|(?:level|l|band)?\s*0\b\W{0,4}.{0,80}",
    re.I | re.S,
)


@dataclass(frozen=True, slots=True)
class LevelName:
    """What a cell says of a level. ``low`` and ``high`` are None where it names no marks; then ``n`` is known."""

    label: str
    n: int | None
    low: int | None
    high: int | None
    unit: bool = False
    """The number is said to be marks."""

    @property
    def has_marks(self) -> bool:
        return self.low is not None

    @property
    def is_single(self) -> bool:
        return self.low is not None and self.low == self.high


def level_name(text: str) -> LevelName | None:
    """What a cell that holds nothing but a level's name, its marks or both says; None for any other text."""
    line = " ".join(text.split()).rstrip(":")
    if not line or len(line) > 60:
        return None
    if found := _ONLY_RANGE.fullmatch(line):
        return _made("", None, found)
    if found := _NAMED.fullmatch(line):
        return _named(found)
    if found := _MARKS_FIRST.fullmatch(line):
        return _named(found)
    # A word and a single number might be anything ('Paper 2'); a word and a range or 'marks' is a level.
    found = _TITLED.fullmatch(line)
    if found and (found["high"] or found["unit"]):
        return _made(found["title"].strip(" :–—-"), None, found)
    return None


def level_head(text: str) -> tuple[LevelName, str] | None:
    """A level's name in front of its description, ``Level 4 (16–20): Explains…``, and the description."""
    found = _HEAD.match(text.strip())
    if not found:
        return None
    return _named(found), text.strip()[found.end() :].strip()


def is_nothing(text: str) -> bool:
    """Whether a cell speaks of no marks: ``0``, ``Level 0``, ``Nothing worthy of credit``."""
    return bool(_NOTHING.fullmatch(" ".join(text.split())))


def _named(found: re.Match[str]) -> LevelName:
    word, n = found["kind"].lower(), found["n"].lower()
    kind = "Level" if word in ("l", "lev", "lvl", "level") else word.capitalize()
    if n.isdecimal():
        return _made(f"{kind} {int(n)}", int(n), found)
    return _made(f"{kind} {found['n']}", _NUMBERS[n] if n in _NUMBERS else 1 + _ROMAN.index(n), found)


def _made(label: str, n: int | None, found: re.Match[str]) -> LevelName:
    groups = found.groupdict()
    if not groups.get("low"):
        return LevelName(label, n, None, None)
    low = int(groups["low"])
    high = int(groups["high"]) if groups.get("high") else low
    return LevelName(label, n, min(low, high), max(low, high), bool(groups.get("unit")) or low != high)
