"""Heads, feet and page numbers: what a program printed on every page, and the student wrote once or never."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markdesk.formats.pdf.notes import begins_note
from markdesk.formats.pdf.shapes import Line, Page

_ZONE = 0.12
"""How much of a page's height counts as its head, and as its foot."""
_LONGEST = 120
_DIGITS_MATTER = 70
"""From so many characters on two lines that differ in their digits alone are two footnotes, not one running head."""
_NUMBER = re.compile(
    r"(?:page|p\.)?\s?[-–—(|\[]?\s?(\d{1,3}|[ivx]{1,6})\s?[-–—)|\]]?(?:\s?(?:of|/|\|)\s?\d{1,3})?\s?(?:\|?\s?page)?$",
    re.I,
)
_PRINTED = re.compile(
    r"\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}:\d\d|(?:https?|file)://\S+\s.{0,40}\d{1,3} ?(?:/|of) ?\d{1,3}$"
)
"""What browsers print above a page and below it."""
_ROWS_DEEP = 4
"""A head or foot has at most so many rows."""
_NOTES_DEEP = 30
_CLEAR = 1.8
"""Ems between a page number and the text, where nothing else tells the number from a figure."""


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    y: float
    size: float
    gap: float
    """From here to the next row towards the middle of the page, in ems."""
    tagged: bool
    pieces: tuple[Line, ...]

    @property
    def key(self) -> str:
        plain = " ".join(self.text.split()).casefold()
        worded = len(plain) < _DIGITS_MATTER and any(map(str.isalpha, plain))
        return re.sub(r"\d+", "0", plain) if worded else plain

    @property
    def number(self) -> int:
        """The page's number if that is all the row says; 0 if it isn't."""
        match = _NUMBER.match(self.text.strip()) if len(self.text) <= 24 else None
        if not match:
            return 0
        return int(match[1]) if match[1].isdecimal() else _roman(match[1].lower())


def without_margins(pages: Sequence[Page], pieces: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], list[str]]:
    """The pieces of every page without its head and foot, and each line of those once."""
    edges = [
        (_edge(page, rows, head=True), _edge(page, rows, head=False)) for page, rows in zip(pages, pieces, strict=True)
    ]
    removed: dict[str, str] = {}
    taken: list[set[int]] = [set() for _ in pages]
    for n, row in _running(edges):
        removed.setdefault("0" if row.number else row.key, row.text)
        taken[n].update(id(piece) for piece in row.pieces)
    kept = [[piece for piece in rows if id(piece) not in out] for rows, out in zip(pieces, taken, strict=True)]
    return kept, list(removed.values())


def _running(edges: Sequence[tuple[Sequence[_Row], Sequence[_Row]]]) -> Iterator[tuple[int, _Row]]:
    """Every row that belongs to a head or foot, with the page that it is on."""
    for side in (0, 1):
        on_pages = [edge[side] for edge in edges]
        often = Counter(key for rows in on_pages for key in {row.key for row in rows})
        first = _first_number(on_pages)
        for n, rows in enumerate(on_pages):
            others = 0
            for row in rows:
                repeated = often[row.key] >= 2 and often[row.key] * 5 >= len(edges) * 2
                counted = row.number > 0 and (row.number - n == first or (row.number == n + 1 and row.gap >= _CLEAR))
                if row.tagged or counted or (repeated and not row.number) or _PRINTED.match(row.text):
                    yield n, row
                else:
                    others += 1
                if others > 1:
                    break


def _first_number(on_pages: Sequence[Sequence[_Row]]) -> int | None:
    """The number of the first page, where the numbers at this edge count on from page to page."""
    steps = Counter(row.number - n for n, rows in enumerate(on_pages) for row in rows if row.number)
    first, often = steps.most_common(1)[0] if steps else (0, 0)
    return first if often >= 2 else None


def _edge(page: Page, pieces: Sequence[Line], *, head: bool) -> list[_Row]:
    """The rows at one edge of a page, from the edge inwards."""
    rows = [list(group) for _, group in groupby(sorted(pieces, key=lambda piece: piece.y), lambda piece: piece.y)]
    if not head:
        rows = rows[_end_of_notes(rows) :][::-1]
    found: list[_Row] = []
    for n, row in enumerate(rows[:_ROWS_DEEP]):
        row = sorted(row, key=lambda piece: piece.x0)
        y, size = row[0].y, max(piece.size for piece in row)
        tagged = all(piece.margin for piece in row)
        text = " ".join(piece.text for piece in row)
        inside = y > page.height * _ZONE if head else y < page.height * (1 - _ZONE)
        if (inside and not tagged) or len(text) > _LONGEST or begins_note(text):
            break
        inner = rows[n + 1][0] if n + 1 < len(rows) else None
        gap = abs(inner.y - y) / max(size, inner.size) if inner else _CLEAR
        found.append(_Row(text, y, size, gap, tagged, tuple(row)))
    return found


def _end_of_notes(rows: Sequence[Sequence[Line]]) -> int:
    """How many rows of a page stand above its foot for sure: down to the last line of its footnotes."""
    for n in range(len(rows) - 1, max(-1, len(rows) - _NOTES_DEEP), -1):
        if begins_note(rows[n][0].text):
            end = n + 1
            while end < len(rows) and _goes_on(rows[end - 1][0], rows[end][0]):
                end += 1
            return end
    return 0


def _goes_on(above: Line, below: Line) -> bool:
    return abs(above.size - below.size) < 0.5 and below.y - above.y < above.size * _CLEAR


def _roman(text: str) -> int:
    values = {"i": 1, "v": 5, "x": 10}
    total = 0
    for n, letter in enumerate(text):
        value = values[letter]
        total += -value if n + 1 < len(text) and values[text[n + 1]] > value else value
    return total
