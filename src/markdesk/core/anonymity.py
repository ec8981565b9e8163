"""Names out of sight: the numbers that stand for students, and a text without the name of whoever wrote it."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from markdesk.core.essay import Essay, Span
from markdesk.core.find import FoldedText
from markdesk.core.people import Student

HIDDEN = "▒"
"""Stands for a letter of a name."""
_COVERED = re.compile(f"{HIDDEN}+(?: {HIDDEN}+)*")
_BLOCK = 999
"""So many arrivals share out so many numbers among them. No pile has more: whoever came late to one that has would be
told from the rest by a higher number."""
HEADER_WORDS = 12
"""A line of at most so many words may be a header."""
HEADER_LINES = 6
"""The first lines of a text, in which one part of a name is enough."""


def numbers(ids: Iterable[str], seed: str) -> dict[str, int]:
    """A number for each id, from 1, which says nothing about the order that they come in.

    The ids come in the order of their arrival, and a later one never changes an earlier one's number. Most numbers
    stay free: a class of 20 is numbered from among 1 to 999, as are the next 20 who come.
    """
    found: dict[str, int] = {}
    for place, one in enumerate(ids):
        block, within = divmod(place, _BLOCK)
        found[one] = block * _BLOCK + _shuffled(seed, block)[within] + 1
    return found


@lru_cache(maxsize=64)
def _shuffled(seed: str, block: int) -> tuple[int, ...]:
    return tuple(sorted(range(_BLOCK), key=lambda n: hashlib.sha256(f"{seed}/{block}/{n}".encode()).hexdigest()))


def known_as(student: Student, script_id: str, by_number: bool) -> str:
    """Her name, or her number; the script's short id where numbers are asked for and she has none."""
    if not by_number:
        return student.name
    number = student.candidate_number
    return f"Candidate {number}" if number else f"Script {script_id[-6:].lower()}"


def without_name(essay: Essay, student: Student) -> Essay:
    """The essay as it is shown while its student is anonymous: of the same length, the name's letters hidden.

    The whole name goes wherever it stands, in either order; given and family name alone only in short lines at the
    beginning, since a student may be called like somebody the essay is about.
    """
    spans = _whole_names(essay.text, student)
    parts = [part for part in (*student.given_name.split(), *student.family_name.split()) if len(part) > 1]
    for paragraph in essay.paragraphs[:HEADER_LINES] if parts else ():
        line = essay.quote(paragraph.span)
        if len(line.split()) <= HEADER_WORDS:
            at = paragraph.span.start
            spans += [Span(at + found.start, at + found.end) for found in _standing_alone(line, parts)]
    return replace(essay, text=_without(essay.text, spans)) if spans else essay


def without_whole_name(words: str, student: Student) -> str:
    """A quotation as it is shown while its student is anonymous."""
    return _without(words, _whole_names(words, student))


def without_any_name(words: str, student: Student) -> str:
    """A marker's comment as everybody may read it: the whole name goes, and each part of it that stands alone.

    Not for what the student wrote: an essay may be about somebody of her name.
    """
    parts = [part for part in (*student.given_name.split(), *student.family_name.split()) if len(part) > 1]
    return _without(words, [*_whole_names(words, student), *_standing_alone(words, parts)])


def unnamed(words: str, student: Student) -> str:
    """A marker's comment as others than its student may read it."""
    return elided(without_any_name(words, student))


def elided(words: str) -> str:
    """Words in which a name is hidden, with an ellipsis for it: how long it was would tell whose it is."""
    return _COVERED.sub("…", words)


def _whole_names(text: str, student: Student) -> list[Span]:
    """Given and family name beside one another, in either order, whatever their case, accents and apostrophes."""
    given, family = student.given_name, student.family_name
    if not (given.strip() and family.strip()):
        return []
    called = dict.fromkeys((given, given.split()[0]))  # a second name is mostly left out
    names = [name for one in called for name in (f"{one} {family}", f"{family} {one}", f"{family}, {one}")]
    return _standing_alone(text, names)


def _standing_alone(text: str, names: Iterable[str]) -> list[Span]:
    """Where names stand that are no part of a longer word."""
    searched = FoldedText(text)
    return [
        span
        for name in names
        for span in searched.find(name)
        if not text[span.start - 1 : span.start].isalnum() and not text[span.end : span.end + 1].isalnum()
    ]


def _without(text: str, spans: list[Span]) -> str:
    letters = list(text)
    for span in spans:
        hidden = text[span.start : span.end]
        letters[span.start : span.end] = (HIDDEN if character.isalnum() else character for character in hidden)
    return "".join(letters)
