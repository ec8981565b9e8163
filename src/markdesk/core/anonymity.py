"""Names out of sight: the numbers that stand for students, and a text without the name of whoever wrote it."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from markdesk.core.essay import Essay
from markdesk.core.people import Student

HIDDEN = "▒"
"""Stands for a letter of a name."""
_BLOCK = 32
"""So many arrivals share out so many numbers among them: more than a class has, mostly."""
HEADER_WORDS = 12
"""A line of at most so many words may be a header."""
HEADER_LINES = 6
"""The first lines of a text, in which one part of a name is enough."""


def numbers(ids: Iterable[str], seed: str) -> dict[str, int]:
    """A number for each id, from 1, which says nothing about the order that they come in.

    The ids come in the order of their arrival, and a later one never changes an earlier one's number. Some numbers may
    stay free: a class of 20 is numbered from among 1 to 32.
    """
    found: dict[str, int] = {}
    for place, one in enumerate(ids):
        block, within = divmod(place, _BLOCK)
        found[one] = block * _BLOCK + _shuffled(seed, block)[within] + 1
    return found


@lru_cache(maxsize=64)
def _shuffled(seed: str, block: int) -> tuple[int, ...]:
    return tuple(sorted(range(_BLOCK), key=lambda n: hashlib.sha256(f"{seed}/{block}/{n}".encode()).hexdigest()))


def without_name(essay: Essay, student: Student) -> Essay:
    """The essay as it is shown while its student is anonymous: of the same length, the name's letters hidden.

    The whole name goes wherever it stands, in either order; given and family name alone only in short lines at the
    beginning, since a student may be called like somebody the essay is about.
    """
    parts = [part for part in (*student.given_name.split(), *student.family_name.split()) if len(part) > 1]
    if not parts:
        return essay
    spans = [found.span() for found in _whole(student).finditer(essay.text)]
    alone = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(part) for part in parts)})(?!\w)", re.IGNORECASE)
    for paragraph in essay.paragraphs[:HEADER_LINES]:
        start, end = paragraph.span.start, paragraph.span.end
        if len(essay.text[start:end].split()) <= HEADER_WORDS:
            spans += [found.span() for found in alone.finditer(essay.text, start, end)]
    if not spans:
        return essay
    letters = list(essay.text)
    for start, end in spans:
        letters[start:end] = _hidden(essay.text[start:end])
    return replace(essay, text="".join(letters))


def without_whole_name(words: str, student: Student) -> str:
    """A quotation as it is shown while its student is anonymous."""
    return _whole(student).sub(lambda found: _hidden(found.group()), words) if student.name else words


def _hidden(letters: str) -> str:
    return "".join(HIDDEN if character.isalnum() else character for character in letters)


def _whole(student: Student) -> re.Pattern[str]:
    """Given and family name beside one another, in either order, a comma between them or not."""
    given, family = (r"\s+".join(map(re.escape, name.split())) for name in (student.given_name, student.family_name))
    if not (given and family):
        return re.compile(rf"(?<!\w){given or family}(?!\w)", re.IGNORECASE)
    return re.compile(rf"(?<!\w)(?:{given}\s+{family}|{family},?\s+{given})(?!\w)", re.IGNORECASE)
