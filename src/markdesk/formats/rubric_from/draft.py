"""A mark scheme on its way in: what the reader of each foreign format gives, and the rules that all of them share.

Marks are whole numbers here. A rating that has one number of points is the top of a band which begins above the
next lower rating. What breaks a rule is refused with the row, line or key where it stands; nothing is mended unsaid.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from markdesk.core.errors import RubricInvalid
from markdesk.core.plain import show_line

LONGEST_LABEL = 40
LONGEST_TITLE = 80
MOST_MARKS = 1_000
MOST_CRITERIA = 100
MOST_LEVELS = 50

_NUMBER = re.compile(r"([+-]?)(\d{1,12})(?:[.,](\d{1,20}))?(?:\s*(?:pts?|points?|marks?)\.?)?", re.I)
_WHOLE_HINT = "Multiply the numbers of that criterion until all are whole."


@dataclass(frozen=True, slots=True)
class Rating:
    """A description that stands for one number of marks; ``where`` names its row, line or key."""

    points: int
    label: str
    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Band:
    """A level: the marks ``low`` to ``high``, and what the file says of it, as one text or strand by strand."""

    low: int
    high: int
    label: str
    text: str
    where: str
    strands: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """What will be a scale. Without bands it has a maximum only, and becomes a points scale."""

    title: str
    where: str
    max: int
    bands: tuple[Band, ...] = ()
    """From the lowest up, without gap or overlap: see ``tiled`` and ``banded``."""
    about: str = ""
    """What the file says of the criterion as a whole."""


@dataclass(slots=True)
class Draft:
    """One mark scheme as a file has it. ``notes`` says, a sentence a thing, what was changed or left out."""

    title: str
    criteria: list[Criterion]
    notes: list[str] = field(default_factory=list)
    zeros: list[str] = field(default_factory=list)
    """What the file calls no marks, criterion by criterion."""
    guidance: str = ""

    def say(self, sentence: str) -> None:
        """Note a thing once, however often it occurs."""
        if sentence not in self.notes:
            self.notes.append(sentence)


def refuse(where: str, sentence: str, hint: str = "") -> NoReturn:
    """Stop, naming the row, line or key. Raises RubricInvalid."""
    raise RubricInvalid(f"{where}: {sentence}" if where else sentence, hint)


def quoted(text: str, most: int = 50) -> str:
    """A piece of the file inside a sentence: on one line, safe to show, and short."""
    line = " ".join(show_line(text).split())
    return f"'{line if len(line) <= most else line[: most - 1] + '…'}'"


def one_line(text: str) -> str:
    """The text with single spaces and no line ends."""
    return " ".join(text.split())


def whole_marks(value: object, where: str, what: str) -> int:
    """A number of marks as a file writes it: ``5``, ``5.0``, ``5,00``, ``5 pts``. Refuses all that isn't whole."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        refuse(where, f"{what} is {quoted(str(value))}, which is no number.")
    if not str(value).strip():
        refuse(where, f"{what} is missing.")
    found = _NUMBER.fullmatch(str(value).strip())
    if not found:
        refuse(where, f"{what} is {quoted(str(value))}, which is no number of marks.")
    if found[3] and found[3].strip("0"):
        refuse(where, f"{what} is {found[0].strip()}, and marks are whole numbers here.", _WHOLE_HINT)
    marks = int(found[2])
    if found[1] == "-" and marks:
        refuse(where, f"{what} is {found[0].strip()}: marks are never below 0.", "Give the marks that a level earns.")
    if marks > MOST_MARKS:
        refuse(where, f"{what} is {found[0].strip()}; the most that markdesk takes is {MOST_MARKS}.")
    return marks


def banded(draft: Draft, title: str, ratings: Sequence[Rating], where: str, ranged: bool, about: str = "") -> Criterion:
    """A criterion whose ratings have one number each: each is the top of a band.

    The lowest band begins at 1; a rating of 0 names no marks and is no level. One bare rating above 0, as in 'Full
    marks', says no more than the maximum. ``ranged`` is whether the file itself means ranges.
    """
    if len(ratings) > MOST_LEVELS:
        refuse(where, f"{quoted(title)} has {len(ratings)} ratings; the most that markdesk takes is {MOST_LEVELS}.")
    seen: dict[int, Rating] = {}
    for rating in ratings:
        if rating.points in seen:
            refuse(
                rating.where,
                f"two ratings of {quoted(title)} have {rating.points} points: {quoted(seen[rating.points].label, 25)} "
                f"and {quoted(rating.label, 25)}.",
                "Give each level a number of its own.",
            )
        seen[rating.points] = rating
    note_zero(draft, title, seen.pop(0, None))
    if not seen:
        refuse(where, f"{quoted(title)} has no rating above 0 points.", "Say how many marks it carries.")
    top = max(seen)
    if len(seen) == 1 and _is_bare(seen[top]) and (top > 1 or seen[top].label):
        draft.say(f"{quoted(title)} has a maximum of {top} and no levels: it becomes a scale of points.")
        return Criterion(title, where, top, about=about)
    bands: list[Band] = []
    for points in sorted(seen):
        low = bands[-1].high + 1 if bands else 1
        bands.append(Band(low, points, seen[points].label, seen[points].text, seen[points].where))
    if not ranged and any(band.low < band.high for band in bands):
        draft.say(
            "The file gives one number for each level: it is taken as the top of a band that begins above the next "
            "lower one."
        )
    return Criterion(title, where, top, tuple(bands), about)


def _is_bare(rating: Rating) -> bool:
    return not rating.text and one_line(rating.label).casefold() in ("", "full marks", "full credit", "maximum", "max")


def note_zero(draft: Draft, title: str, zero: Rating | None) -> None:
    """Remember what no marks is called; say that its description has no place."""
    if zero is None:
        return
    draft.zeros.append(one_line(zero.label))
    if zero.text:
        draft.say(f"No marks has a name but no description here: that of {quoted(title)} is left out.")


def tiled(title: str, bands: Iterable[Band], where: str) -> tuple[Band, ...]:
    """Bands that have their own ranges, from the lowest up. Refuses a gap, an overlap and a start above 1."""
    ordered = sorted(bands, key=lambda band: (band.low, band.high))
    if len(ordered) > MOST_LEVELS:
        refuse(where, f"{quoted(title)} has {len(ordered)} levels; the most that markdesk takes is {MOST_LEVELS}.")
    expected = 1
    for band in ordered:
        if band.low > expected:
            missing = f"{expected}" if expected == band.low - 1 else f"{expected} to {band.low - 1}"
            refuse(band.where, f"a gap below {band.low}: no level has {missing}.", "Let the ranges meet, from 1 up.")
        if band.low < expected:
            refuse(band.where, f"an overlap: {band.low} is in two levels.", "Let each mark be in one level.")
        expected = band.high + 1
    return tuple(ordered)
