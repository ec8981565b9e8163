"""Sentences and words of a paragraph, as spans: what the left and right arrows choose between."""

import re
from collections.abc import Iterator

from markdesk.core.essay import Span

# An end of sentence: a stop or an ellipsis, whatever closes after it (quotation marks, brackets, the marks and numbers
# of notes), then white space.
_END = re.compile(
    r"""(?<![.!?…])[.!?…]+(?:[ \u00a0][.…]{1,4}){0,4}["'”’»)\]]*"""
    r"""(?:\[\d{1,3}\]|\(\d{1,3}\)|[¹²³⁰⁴-⁹*†‡]|(?<=[^\W\d][.!?])\d{1,3}"""
    r"""|(?<=[”’"')])\d{1,3}){0,8}(?=\s|$)"""
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TITLES = _words(
    "mr mrs ms dr prof st rev revd hon rt gen col capt lt sgt cllr messrs sir jr sr ed eds trans dept govt geo edw"
    " vict eliz wm chas thos jas etc al inc co ltd a.m p.m"
)
"""What goes on after its stop before a name, and ends a sentence only where one plainly begins."""
_NUMBERED = _words(
    "no nos vol vols p pp ch chs fig figs sec art n nn fn fol fols f ff s ss d l doc col bk pt jan feb mar apr jun jul"
    " aug sept sep oct nov dec"
)
"""What goes on before a number: ``vol. 2``, ``Sept. 1939``, ``5s. 6d.``; ``He said no.`` ends."""
_NEVER_LAST = _words("c ca circa e.g i.e eg ie viz cf vs v s.v ibid op cit")
_STARTERS = _words(
    "he she it they we the this that these those there his her their its in on at by for from as if when while after"
    " before although though however but and yet so or nor thus hence therefore such all most some many few both others"
    " another nobody none everyone what why how who where which not only even once then now here a an one no"
)
"""Words that begin a sentence and are no names, so that a capital on them tells."""
_SAID = re.compile(
    r"(?:[A-Z][\w.'’-]{0,20} ){1,3}(?:said|says|asked|asks|cried|wrote|writes"
    r"|replied|answered|shouted|demanded|thought)\b"
)
_LAST_WORD = re.compile(r"([A-Za-z][A-Za-z.]*)$")
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]$")
_LABEL = re.compile(r"\s*\(?(?:\d{1,2}|[A-Za-z]|[ivx]{1,4})\)?$")
_NUMBER = re.compile(r"[\dIVXLivxl]")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_OPENERS = "\"'“‘«([ \t\n\u00a0"


def sentences(text: str, span: Span) -> tuple[Span, ...]:
    """The sentences of one paragraph, in order, without the spaces between them.

    ``c. 1956``, ``vol. 2``, ``J. V. Stalin`` and ``e.g.`` end nothing; ``Nicholas II.``, ``[sic].`` and ``”.[2]`` end
    where a reader sees the end. Where a stop could be both (``the U.S. Congress``) it ends only before a word that
    begins sentences. A paragraph always has at least one sentence.
    """
    found: list[Span] = []
    start = span.start
    for match in _END.finditer(text, span.start, span.end):
        if _ends_here(text, start, match, span):
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


def _ends_here(text: str, start: int, match: re.Match[str], paragraph: Span) -> bool:
    following = text[match.end() : min(paragraph.end, match.end() + 80)].lstrip(_OPENERS)
    if not following:
        return True
    if following[0].islower() and not following[1:2].isupper():
        return False
    if match.group()[0] in "!?":
        return not (match.group()[-1] in "”’\"'" and _SAID.match(following))
    if start == paragraph.start and _LABEL.match(text, start, match.start()):
        return False
    word = _LAST_WORD.search(text, max(start, match.start() - 24), match.start())
    return word is None or _is_last(word[1], following)


def _is_last(word: str, following: str) -> bool:
    """Whether a sentence can end with this word and a stop, before what follows."""
    last = word.lower()
    if last in _NEVER_LAST and not (word.isupper() and len(word) == 1):
        return False
    first = _FIRST_WORD.match(following)
    starts = first is not None and first[0].lower() in _STARTERS
    if last in _NUMBERED and word[1:].islower() | (len(word) == 1 and word.islower()):
        if _NUMBER.match(following) and not starts:
            return False
        if last not in _TITLES:
            return True
    if last in _TITLES or (_INITIALS.match(word) and word != "I"):
        return starts
    return True


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
