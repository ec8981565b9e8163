"""Footnotes: from the foot of their page to the end of the essay, where every format has them."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from markdesk.formats.pdf.shapes import Line, Role

_SMALL = 0.93
"""A note's letters are at most so large beside the essay's."""
_BEGINS = re.compile(r"\[(\d{1,3})\]\s*(?=\S)|(\d{1,3})(?:[.)]?\s+(?=\S)|(?=[^\W\d_]|[‘“\"']))|([*†‡§]{1,3})\s*(?=\w)")
"""A note's number: in brackets where it was raised, else plain, and nothing between it and the words in some fonts."""
_RAISED_NUMBER = re.compile(r"\[\d{1,3}\](?=\s*\S)")
_RAISED = re.compile(r"\[\d{1,3}\]\s*\S|\d{1,3}[^\W\d_]{2}")
_MARK = re.compile(r"(?<=[^\W\d_A-Z][.,;:!?’”\"')])\d{1,3}(?=[\s,.;:)\]]|$)|(?<=[^\W\d_A-Z])\d{1,3}(?=[\s,.;:)\]]|$)")


@dataclass(frozen=True, slots=True)
class Divided:
    """A file's lines: the text, and the notes that stood below it, each with its lines."""

    text: list[Line]
    notes: list[list[Line]]


def begins_note(text: str) -> bool:
    """Whether a line begins with a raised number, so that it is a note and no running foot."""
    return bool(_RAISED.match(text))


def without_notes(lines: Sequence[Line], body_size: float, roles: Callable[[int], Role]) -> Divided:
    """Take the notes out of the columns. What stands small above the foot of a column is no note."""
    text: list[Line] = []
    notes: list[list[Line]] = []
    for _, group in groupby(lines, lambda line: line.column):
        column = list(group)
        tagged = [line for line in column if roles(line.tag).note]
        rest = [line for line in column if not roles(line.tag).note]
        begin = _begin(rest, body_size) if not tagged else len(rest)
        text.extend(rest[:begin])
        _add(notes, tagged or rest[begin:])
    return Divided(text, notes)


def _begin(column: Sequence[Line], body_size: float) -> int:
    """Where the notes at the foot of a column begin; the column's length where there are none.

    They are small and begin with a number, or are as large as the text and begin with a raised number that stands in
    the text above.
    """
    start = len(column)
    while start and column[start - 1].size <= body_size * _SMALL and not column[start - 1].bold:
        start -= 1
    if 0 < start < len(column) and (_BEGINS.match(column[start].text) or _is_continued(column[start:])):
        return start
    above = ""
    for n, line in enumerate(column):
        mark = _RAISED_NUMBER.match(line.text)
        if mark and mark[0] in above:
            return n
        above += line.text
    return len(column)


def _is_continued(small: Sequence[Line]) -> bool:
    """Whether small lines are the rest of a note of the page before, with a numbered one below or not."""
    return small[0].text[:1].islower()


def _add(notes: list[list[Line]], lines: Sequence[Line]) -> None:
    for line in lines:
        begins = _BEGINS.match(line.text) is not None and (not notes or line.tag != notes[-1][-1].tag or not line.tag)
        if begins or not notes:
            notes.append([line])
        else:
            notes[-1].append(line)


def with_marks(text: str, numbers: Collection[str]) -> str:
    """The text with a note's number in brackets also where its font has small figures of its own: ``show.2 The``."""
    return _MARK.sub(lambda found: f"[{found[0]}]" if found[0] in numbers else found[0], text) if numbers else text


def number_of(note: Sequence[Line]) -> str:
    """The number with which a note begins, or nothing."""
    match = _BEGINS.match(note[0].text)
    return (match[1] or match[2] or "") if match else ""


def numbered(text: str) -> str:
    """A note's text with its number as every format writes it: ``[1] Fisher, p. 4.``"""
    match = _BEGINS.match(text)
    if not match:
        return text
    return f"[{next(filter(None, match.groups()))}] {text[match.end() :]}"
