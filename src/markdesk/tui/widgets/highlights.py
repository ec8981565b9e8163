"""Passages that stand out in an essay for as long as somebody looks for them: a lens, or the words of a search.

No part of the marking. Kept apart from its annotations, and asked line by line.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from markdesk.core.essay import Span

SIGNS = {"found": ("›", "weigh"), "apart": ("!", "weak")}
"""By style, the sign beside a line in which such a passage begins, and the sign's own style: colour is never alone."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """One passage; ``style`` is ``found``, or ``apart`` where it is set off from the others."""

    start: int
    end: int
    style: str = "found"


class Highlights:
    """Passages in order, none inside another."""

    def __init__(self, passages: Iterable[Highlight] = ()) -> None:
        self._passages = tuple(passages)

    def __bool__(self) -> bool:
        return bool(self._passages)

    def on(self, line: Span) -> tuple[Highlight, ...]:
        """Those that stand on a line, or reach over it. What it costs doesn't grow with the essay."""
        first = bisect_right(self._passages, line.start, key=_end)
        return self._passages[first : bisect_left(self._passages, line.end, lo=first, key=_start)]

    def sign(self, line: Span) -> tuple[str, str]:
        """The sign of what begins on the line, of that set off before the others; none where nothing does."""
        styles = {passage.style for passage in self.on(line) if passage.start >= line.start}
        return SIGNS["apart"] if "apart" in styles else SIGNS["found"] if styles else ("", "")


def _start(passage: Highlight) -> int:
    return passage.start


def _end(passage: Highlight) -> int:
    return passage.end
