"""Words as search sees them: runs of letters and digits, whatever their case and accents.

The same rule as that of SQLite's ``unicode61`` with accents taken off, so that a text can be looked through here for
what the index found, and the words shown in place. Letters that are none to it, such as ``ł``, are taken for plain ones
besides (``plain.SPELT``): a query asks the index for each spelling (``search_spellings``).
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markdesk.core.essay import Span
from markdesk.core.plain import SPELT

_ACCENTS = "\u0300-\u0304\u0306-\u030c\u030f\u0311\u031b\u0323-\u0328\u032d\u032e\u0330\u0331"
"""The accents that may stand in a word by themselves, and count for nothing; any other ends it."""
_LETTER = r"(?:[^\W_]|[\ue000-\uf8ff])"
_WORD = re.compile(rf"{_LETTER}(?:{_LETTER}|[{_ACCENTS}])*")
_ACCENT = re.compile(f"[{_ACCENTS}]")


class _Letters(dict[int, str]):
    """Each character as it is compared; an accent by itself is nothing. Worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _letter(chr(code))
        return found


def _letter(character: str) -> str:
    if _ACCENT.match(character):
        return ""
    bare = unicodedata.normalize("NFD", character)[0]
    if bare.isascii():
        return bare.lower()
    if bare.lower() in SPELT:
        return SPELT[bare.lower()]
    return next((one for one in (character.casefold(), character.lower()) if len(one) == 1), character)


_LETTERS = _Letters()


def folded(text: str) -> str:
    """A text, or a word, as it is compared: without case and accents."""
    return text.lower() if text.isascii() else text.translate(_LETTERS)


def words_in(text: str) -> list[str]:
    """Every word of a text, as it is compared, in order."""
    return [folded(word) for word in _WORD.findall(text)]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One word or several that stand side by side, as they are compared."""

    words: tuple[str, ...]
    is_begun: bool = False
    """Whether the last one may go on: ``weig`` is then found in ``weigh``."""


@dataclass(frozen=True, slots=True)
class Near:
    """Two of them with so many words between at the most, in either order."""

    one: Phrase
    other: Phrase
    within: int


Term = Phrase | Near

Stretch = tuple[int, int]
"""Places of words in a text: the first, and the one after the last."""


class Searched:
    """A text to look in for terms."""

    def __init__(self, text: str) -> None:
        self._matches = list(_WORD.finditer(text))
        self._words = [folded(found.group()) for found in self._matches]
        self._places: dict[str, list[int]] = {}
        for place, word in enumerate(self._words):
            self._places.setdefault(word, []).append(place)

    def find_all(self, terms: Iterable[Term]) -> list[list[Stretch]] | None:
        """Where each term stands, in order; None where one of them doesn't."""
        found: list[list[Stretch]] = []
        for term in terms:
            found.append(self.find(term))
            if not found[-1]:
                return None
        return found

    def find(self, term: Term) -> list[Stretch]:
        """Where one term stands, in order."""
        return self._phrase(term) if isinstance(term, Phrase) else self._near(term)

    def _phrase(self, phrase: Phrase) -> list[Stretch]:
        *before, last = phrase.words
        ends = self._begun(last) if phrase.is_begun else self._places.get(last, [])
        count = len(phrase.words)
        return [
            (end + 1 - count, end + 1)
            for end in ends
            if end + 1 >= count and all(self._words[end + 1 - count + at] == word for at, word in enumerate(before))
        ]

    def _begun(self, begins: str) -> list[int]:
        return sorted(p for word, places in self._places.items() if word.startswith(begins) for p in places)

    def _near(self, near: Near) -> list[Stretch]:
        """Both of every pair that stands near enough."""
        ones, others = self._phrase(near.one), self._phrase(near.other)
        found = set[Stretch]()
        for mine, theirs in ((ones, others), (others, ones)):
            starts = [start for start, _ in theirs]
            for start, end in mine:
                at = bisect_left(starts, start)
                while at < len(starts) and starts[at] - end <= near.within:
                    found |= {(start, end), theirs[at]}
                    at += 1
        return sorted(found)

    def span(self, stretch: Stretch) -> Span:
        """Where it stands in the text, in code points."""
        return Span(self._matches[stretch[0]].start(), self._matches[stretch[1] - 1].end())


def begins_all(begun: Sequence[str], text: str) -> bool:
    """Whether each of these begins a word of the text: how a student or a group is named in a filter."""
    words = words_in(text)
    return all(any(word.startswith(one) for word in words) for one in begun)


def phrases_of(terms: Iterable[Term]) -> list[Phrase]:
    """Every phrase in them."""
    return [phrase for term in terms for phrase in ((term,) if isinstance(term, Phrase) else (term.one, term.other))]


def touches(terms: Iterable[Term], names: str) -> bool:
    """Whether any word that is looked for is, or may be, a word of these names."""
    own = words_in(names)
    for phrase in phrases_of(terms):
        if phrase.is_begun and any(name.startswith(phrase.words[-1]) for name in own):
            return True
        if not set(phrase.words).isdisjoint(own):
            return True
    return False
