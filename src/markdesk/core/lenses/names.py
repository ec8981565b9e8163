"""Names: people, places, acts and offices, as far as capital letters tell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdesk.core.essay import Essay, Span
from markdesk.core.lenses.lens import Asked, Found, Lens, word_set
from markdesk.core.sentences import sentences

_WORD = re.compile(r"[^\W\d_]{1,40}(?:['’\-][^\W\d_]{1,40}){0,4}")
_LONGEST = 8
"""Words in one name. A text in nothing but capitals has none longer either."""
_LINKS = word_set("of the de del du des di da la le van von der den zu y")
"""What may stand inside a name in small letters, two together at the most: the Act of the Six Articles."""
_NO_NAMES = word_set(
    "a about above according after again against all almost also although among an and another any apart are as"
    " aside at away be because before being below besides between beyond both but by can clearly could despite did"
    " do does due during each early either even eventually every few finally first firstly following for from"
    " further furthermore given had has have having he hence her here his how however i if in indeed initially"
    " instead into is it its just last lastly late later like many meanwhile more moreover most much my neither"
    " nevertheless next no none nonetheless nor not nothing now of often on once one only or other others our out"
    " over overall perhaps rather second secondly several she should similarly since so some soon still such than"
    " that the their them then there therefore these they third thirdly this those though three through throughout"
    " thus to together too two under unlike until up upon was we were what whatever when whenever where whereas"
    " whether which while who whose why will with within without would yet you monday tuesday wednesday thursday"
    " friday saturday sunday january february march april may june july august september october november december"
)
"""What has a capital at a sentence's head, or always, and is no name."""


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str
    is_first: bool
    """Whether a sentence, a line or a quotation begins with it."""

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def bare(self) -> str:
        """The word without the ``'s`` of whose it is."""
        return self.text[:-2] if self.text[-2:] in ("'s", "’s") else self.text


def names(essay: Essay, _asked: Asked) -> Lens:
    """Runs of words in capitals. A lone one at a sentence's head counts only if it is a name elsewhere."""
    words = list(_words(essay))
    known = {word.bare for word in words if word.is_capital and not word.is_first and _may_be(word)}
    found = tuple(Found(span) for span in _runs(essay.text, words, known))
    distinct = len({" ".join(essay.quote(one.span).split()) for one in found})
    return Lens("names", "Names", found, told=(f"{distinct} different",) if found else ())


def _words(essay: Essay) -> Iterator[_Word]:
    text = essay.text
    for paragraph in essay.paragraphs:
        for sentence in sentences(text, paragraph.span):
            is_first = True
            for match in _WORD.finditer(text, sentence.start, sentence.end):
                opens = is_first or text[match.start() - 1] in "“\"‘'\n"
                yield _Word(match.start(), match.end(), match.group(), opens)
                is_first = False


def _may_be(word: _Word) -> bool:
    return word.bare.lower() not in _NO_NAMES and not word.text.startswith(("I'", "I’"))


def _runs(text: str, words: list[_Word], known: set[str]) -> Iterator[Span]:
    at = 0
    while at < len(words):
        word = words[at]
        if not word.is_capital or not _may_be(word) or (word.is_first and not _is_name_here(text, words, at, known)):
            at += 1
            continue
        last = _last_of(text, words, at)
        yield Span(word.start, words[last].end)
        at = last + 1


def _is_name_here(text: str, words: list[_Word], at: int, known: set[str]) -> bool:
    """Whether the word at a sentence's head is one: known from elsewhere, or with another name after it."""
    word = words[at]
    if word.bare in known:
        return True
    return not word.bare.endswith("ly") and _last_of(text, words, at) > at


def _last_of(text: str, words: list[_Word], at: int) -> int:
    """The last word of the name that begins here."""
    last = at
    while last + 1 < len(words) and last - at < _LONGEST - 1:
        following = last + 1
        while following - last <= 2 and following < len(words) and words[following].text in _LINKS:
            if not _goes_on(text, words[following - 1], words[following]):
                return last
            following += 1
        if following >= len(words) or not _goes_on(text, words[following - 1], words[following]):
            return last
        word = words[following]
        is_numeral = word.text == "I" and following == last + 1  # "Charles I" is far more often he than she and I
        if not word.is_capital or word.is_first or not (_may_be(word) or is_numeral):
            return last
        last = following
    return last


def _goes_on(text: str, one: _Word, other: _Word) -> bool:
    """Whether only a space is between two words, or the stop of an initial: ``J. V. Stalin``."""
    gap = text[one.end : other.start]
    if one.text[-2:] in ("'s", "’s"):
        return False
    return gap in (" ", "\u00a0") or (len(one.text) <= 2 and gap in (". ", "."))
