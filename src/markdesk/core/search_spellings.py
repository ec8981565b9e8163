"""How a word that is looked for may stand in the index: ``lodz`` as ``łodz``, since ``Łódź`` is kept there as that.

The index takes accents off, but not what is no accent to it: ``ł``, ``ø``, ``ß``. Texts are compared without them all
the same (``search_words.folded``), so a query asks for each spelling that the index has.
"""

from collections.abc import Iterator
from itertools import combinations, islice, pairwise

from markdesk.core.plain import SPELT
from markdesk.core.search_words import folded

MOST = 256
"""So many spellings of one word are looked up; only a very long one could have more."""
_KEPT = ("ǿ", "ǽ", "ǣ")
"""The letters with an accent that the index doesn't take off: ``ǣ`` is in many an Old English name."""
_LETTERS: dict[str, list[str]] = {}
for _letter in (*SPELT, *_KEPT):
    _LETTERS.setdefault(folded(_letter), []).append(_letter)


def spellings(word: str, is_begun: bool = False) -> list[str]:
    """Every other spelling of a word that folds to it, those with the fewest changes first.

    Where the word may go on, its last letter may be the first half of another: ``ca`` begins ``cæsar`` too.
    """
    return list(islice(_spellings(word, is_begun), MOST))


def _spellings(word: str, is_begun: bool) -> Iterator[str]:
    places = [(at, plain) for plain in _LETTERS for at in range(len(word)) if word.startswith(plain, at)]
    if is_begun:
        places += [(len(word) - 1, plain) for plain in _LETTERS if len(plain) > 1 and word.endswith(plain[0])]
    places.sort()
    for count in range(1, len(places) + 1):
        for chosen in combinations(places, count):
            if all(at + len(plain) <= then for (at, plain), (then, _) in pairwise(chosen)):
                yield from _written(word, chosen)


def _written(word: str, chosen: tuple[tuple[int, str], ...]) -> Iterator[str]:
    """The word with these places written otherwise, in every way."""
    if not chosen:
        yield word
        return
    *before, (at, plain) = chosen
    for letter in _LETTERS[plain]:
        yield from _written(word[:at] + letter + word[at + len(plain) :], tuple(before))
