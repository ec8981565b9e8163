"""Breaking text into lines without losing an offset or cutting a character that a reader sees as one.

Lines are contiguous spans of the text: joined they are the text. A line's trailing spaces belong to it and
may hang over the edge. Textual's own wrapping drops them, and with them the offsets.
"""

import re

from rich.cells import cell_len, split_graphemes

from markdesk.core.essay import Span
from markdesk.core.plain import is_plain, show

# One cell a code point: Latin, Greek, Cyrillic and the punctuation that essays use, no combining marks.
_NARROW = re.compile(
    "[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20b9]*"
)


def wrap(text: str, span: Span, width: int) -> list[Span]:
    """The lines of one passage at a width in cells; always at least one. A newline ends its line."""
    lines: list[Span] = []
    start = span.start
    while True:
        newline = text.find("\n", start, span.end)
        stop = span.end if newline < 0 else newline
        if _NARROW.fullmatch(text, start, stop):
            _wrap_narrow(text, start, stop, max(1, width), lines)
        else:
            _wrap_wide(text, start, stop, max(1, width), lines)
        if newline < 0:
            return lines
        # The newline itself belongs to the line that it ends.
        lines[-1] = Span(lines[-1].start, newline + 1)
        start = newline + 1


def wrapped(text: str, width: int) -> list[str]:
    """A text as the lines that it takes at a width in cells, without the spaces at their ends; always at least one."""
    return [text[line.start : line.end].rstrip() for line in wrap(text, Span(0, len(text)), width)]


def _wrap_narrow(text: str, start: int, stop: int, width: int, lines: list[Span]) -> None:
    """Where every code point is one cell wide, lines can be found by arithmetic."""
    at = start
    while stop - at > width:
        cut = text.rfind(" ", at, at + width + 1)
        if cut <= at:
            cut = at + width  # a word longer than the line
        else:
            cut += 1
            while cut < stop and text[cut] == " ":
                cut += 1
        lines.append(Span(at, cut))
        at = cut
    if at < stop or at == start:
        lines.append(Span(at, stop))


def _wrap_wide(text: str, start: int, stop: int, width: int, lines: list[Span]) -> None:
    """Cluster by cluster: wide characters, combining marks, emoji sequences, and what is shown as a sign."""
    clusters, _ = split_graphemes(text[start:stop])
    at, used, last_space = start, 0, -1
    for low, high, _cells in clusters:
        piece = text[start + low : start + high]
        if used + cells(piece) > width and not piece.isspace() and start + low > at:
            cut = last_space if last_space > at else start + low
            lines.append(Span(at, cut))
            used = cells(text[cut : start + low])
            at = cut
        used += cells(piece)
        if piece.isspace():
            last_space = start + high
    if at < stop or at == start:
        lines.append(Span(at, stop))


def cells(piece: str) -> int:
    """How many cells a piece of text takes once it is made safe to show."""
    return cell_len(piece if is_plain(piece) else show(piece))
