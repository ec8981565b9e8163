"""Words divided at a line's end: the printer's hyphens go, the student's stay."""

import re
from collections.abc import Iterable
from itertools import pairwise

SOFT, TYPESET = "\u00ad", "\u2010"
"""A place to divide, and the hyphen that typesetters put there; keyboards have another one."""
_HYPHENS = ("-", TYPESET, SOFT)
_HALF = re.compile(r"([^\W\d_]{2,})[-\u2010]$")
_START = re.compile(r"([^\W\d_]+(?:['’][^\W\d_]+)?)")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010'’][^\W\d_]+)*")
_AND = frozenset(("and", "or", "to", "nor"))
_PREFIXES = frozenset(("self", "non", "anti"))
"""What English joins with a hyphen nearly always."""
_AT_AN_END = 0.25
"""Of the words that have a hyphen, more than this share at line ends were divided by a program."""
_FEWEST = 3
_LONGEST = 60
"""Letters of a word, with its hyphens, that are looked at."""


def _half(text: str) -> re.Match[str] | None:
    """The letters before a hyphen at the text's end."""
    return _HALF.search(text[-_LONGEST:]) if text.endswith(_HYPHENS) else None


class Hyphens:
    """What a file's own words say about the hyphens at its line ends."""

    def __init__(self, lines: Iterable[str]) -> None:
        texts = list(lines)
        self.known: set[str] = set()
        ends = inside = 0
        before = ""
        for text, after in pairwise((*texts, "")):
            words = [word.lower().replace("\u2010", "-") for word in _WORD.findall(text)]
            divided, follows = _half(text) is not None, _half(before) is not None
            ends += divided and after[:1].islower()
            inside += sum("-" in word for word in words)
            self.known.update(words[1 if follows else 0 : len(words) - 1 if divided else None])
            before = text
        self.typed_so = any(TYPESET in text[:-1] for text in texts)
        self.by_program = ends >= _FEWEST and ends > inside * _AT_AN_END

    def join(self, text: str, line: str) -> str:
        """A line put to the text before it: with a space, or without one where a word was divided."""
        if not text.endswith(_HYPHENS):
            return f"{text} {line}"
        if text.endswith(SOFT) or (text.endswith(TYPESET) and not self.typed_so):
            return text[:-1] + line
        half, rest = _half(text), _START.match(line)
        if not half or not rest:
            return text + line if line[:1].isdecimal() and not text[-2:-1].isspace() else f"{text} {line}"
        if rest[1].lower() in _AND:
            return f"{text} {line}"
        return text[:-1] + line if self._is_one_word(half[1], rest[1], text) else text + line

    def _is_one_word(self, half: str, rest: str, text: str) -> bool:
        first, second = half.lower(), rest.lower()
        before = _WORD.findall(text[-_LONGEST:-1])[-1].lower()
        if f"{before}-{second}" in self.known or rest[0].isupper():
            return False
        if first + second in self.known or before + second in self.known:
            return True
        if before != first or before in _PREFIXES or second in self.known:
            return False
        return self.by_program
