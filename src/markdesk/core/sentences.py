"""Sentences and words of a paragraph, as spans: what the left and right arrows choose between."""

import re
from collections.abc import Iterator

from markdesk.core.essay import Span

# An end of sentence: a stop, whatever closes after it (quotation marks, brackets, note numbers), then white space.
_END = re.compile(r"""[.!?…]+["'”’»)\]]*(?:\[\d{1,3}\])*(?=\s|$)""")
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "rev",
        "hon",
        "gen",
        "col",
        "capt",
        "lt",
        "sgt",
        "sir",
        "jr",
        "sr",
        "no",
        "nos",
        "vol",
        "vols",
        "p",
        "pp",
        "ch",
        "chs",
        "fig",
        "figs",
        "ed",
        "eds",
        "trans",
        "cf",
        "c",
        "ca",
        "circa",
        "e.g",
        "i.e",
        "eg",
        "ie",
        "viz",
        "etc",
        "ibid",
        "op",
        "cit",
        "al",
        "vs",
        "art",
        "sec",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "u.s",
        "u.k",
        "u.s.s.r",
        "a.d",
        "b.c",
    ]
)
_LAST_WORD = re.compile(r"([A-Za-z][A-Za-z.]*)$")
_OPENERS = "\"'“‘«([ \t\n"


def sentences(text: str, span: Span) -> tuple[Span, ...]:
    """The sentences of one paragraph, in order, without the spaces between them.

    ``c. 1956``, ``vol. 2``, ``J. V. Stalin`` and ``e.g.`` end nothing; ``... [sic].`` and ``”.[2]`` end where a
    reader sees the end. A paragraph always has at least one sentence.
    """
    found: list[Span] = []
    start = span.start
    for match in _END.finditer(text, span.start, span.end):
        if _ends_here(text, start, match, span.end):
            _add(found, text, start, match.end())
            start = match.end()
    _add(found, text, start, span.end)
    return tuple(found) or (span,)


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Span(start, end))


def _ends_here(text: str, start: int, match: re.Match[str], limit: int) -> bool:
    following = text[match.end() : min(limit, match.end() + 80)].lstrip(_OPENERS)
    if match.group()[0] in "!?":
        return not following[:1].islower()
    if following[:1].islower():
        return False
    word = _LAST_WORD.search(text, max(start, match.start() - 24), match.start())
    if word is None:
        return True
    last = word.group(1).lower()
    initial = len(last) == 1 and last != "i" and word.group(1).isupper()
    return not (last in _ABBREVIATIONS or initial) or not following


_WORD = re.compile(r"\S+")


def words(text: str, span: Span) -> Iterator[Span]:
    """The runs of text between white space within a passage."""
    for match in _WORD.finditer(text, span.start, span.end):
        yield Span(match.start(), match.end())


def trim_start(text: str, span: Span) -> Span:
    """The passage with its first word taken off; the last word always stays."""
    starts = [word.start for word in words(text, span)]
    return Span(starts[1], span.end) if len(starts) > 1 else span


def trim_end(text: str, span: Span) -> Span:
    """The passage with its last word taken off, and the comma or stop that then hangs; the first word always stays."""
    ends = [word.end for word in words(text, span)]
    if len(ends) < 2:
        return span
    end = ends[-2]
    while end > span.start + 1 and text[end - 1] in ",;:.":
        end -= 1
    return Span(span.start, end)
