"""Find words in an essay: however they are spelt as to case, accents, line ends and kinds of dash and quotation mark.

The essay is folded once; where its folding moves the letters, the places are kept, so that what is found is told in
the essay's own code points.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from markdesk.core.essay import Span
from markdesk.core.plain import UNDECOMPOSED

# White space, and what can't be seen in it or between letters: a soft hyphen, a zero-width space, a byte order mark.
_GAPS = r"\s\u00ad\u200b-\u200f\u2060\ufeff"
_MOVED = re.compile(rf"[{_GAPS}]{{2,}}|[^\x21-\x7e ]")
"""What doesn't fold into one character at its own place: runs of white space, and all that is not ASCII."""
_SIGNS = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
) | str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


@lru_cache(4096)
def _letter(character: str) -> str:
    """One character as it is compared: perhaps several letters, perhaps none."""
    plain = unicodedata.normalize("NFKD", character.translate(_SIGNS).translate(UNDECOMPOSED))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def _folded(run: str) -> str:
    """A piece of text that ``_MOVED`` found."""
    if len(run) > 1 or run.isspace() or not run.strip("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"):
        return " " if any(map(str.isspace, run)) else ""
    return _letter(run)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of the folded text, and the one of the text that it came from.

    In one that wasn't changed each letter has its own place; any other is found only as a whole.
    """

    folded_at: int
    folds_into: int
    start: int
    end: int
    is_same: bool


class FoldedText:
    """A text to look in, folded: for words as they are typed. Search has texts of its own, word by word."""

    def __init__(self, text: str) -> None:
        self._stretches: list[_Stretch] = []
        self._pieces: list[str] = []
        self._folded_at = 0
        at = 0
        for match in _MOVED.finditer(text):
            self._add(text[at : match.start()].lower(), at, match.start(), True)
            self._add(_folded(match.group()), match.start(), match.end(), False)
            at = match.end()
        self._add(text[at:].lower(), at, len(text), True)
        self.folded = "".join(self._pieces)

    def _add(self, folded: str, start: int, end: int, is_same: bool) -> None:
        if start < end:
            self._stretches.append(_Stretch(self._folded_at, len(folded), start, end, is_same))
            self._pieces.append(folded)
            self._folded_at += len(folded)

    def find(self, words: str) -> tuple[Span, ...]:
        """Every place of the words, in order and none inside another; an empty question is found nowhere."""
        wanted = FoldedText(words).folded.strip()
        found: list[Span] = []
        at = self.folded.find(wanted) if wanted else -1
        while at >= 0:
            span = self._span(at, at + len(wanted))
            if not found or span.start >= found[-1].end:
                found.append(span)
            at = self.folded.find(wanted, at + len(wanted))
        return tuple(found)

    def _span(self, start: int, end: int) -> Span:
        """The shortest passage of the text that folds into this, with the accents that stand after its last letter."""
        first, at = self._stretches[self._holding(start)], self._holding(end - 1)
        last = self._stretches[at]
        begins = first.start + (start - first.folded_at if first.is_same else 0)
        if last.is_same and end < last.folded_at + last.folds_into:
            return Span(begins, last.start + end - last.folded_at)
        while at + 1 < len(self._stretches) and not self._stretches[at + 1].folds_into:
            at += 1
        return Span(begins, self._stretches[at].end)

    def _holding(self, at: int) -> int:
        """The stretch that a folded character is of: the last that begins there, since those before it are empty."""
        return bisect_right(self._stretches, at, key=_folded_at) - 1


def _folded_at(stretch: _Stretch) -> int:
    return stretch.folded_at
