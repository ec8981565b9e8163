"""Numbers: amounts, shares and sums. Dates have a lens of their own; numbers of pages, notes and sources have none."""

import re
from collections.abc import Iterator

from markdesk.core.essay import Essay, Span
from markdesk.core.lenses.dates import dates_in
from markdesk.core.lenses.lens import Asked, Found, Lens, in_order

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
# What may be a number begins with a sign, so that the search leaps from one to the next; what stands before it is
# looked at afterwards.
_DIGITS = re.compile(
    r"[£$€\d](?:(?<=[£$€])[ \u00a0]?\d)?\d{0,15}(?:[.,]\d{1,15}){0,6}(?![\w]|[.,]\d)"
    r"(?:[ \u00a0]?%|[ \u00a0-](?:per ?cent|(?:hundred|thousand|million|billion|dozen)s?)\b)?"
    r"|[£$€][ \u00a0]?\d{1,15}(?:\.\d{1,15})?(?:bn|m|k)\b"
)
_SPELT = re.compile(
    r"(?:[Hh]undred|[Tt]housand|[Mm]illion|[Bb]illion|[Dd]ozen|[Hh]alf|[Tt]hirds?|[Qq]uarters?|[Pp]er ?cent)s?\b"
)
_BEFORE = re.compile(
    r"\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|several|(?:a )?few|hundreds? of)[ -]$",
    re.I,
)
_SHARES = re.compile(r"(?:half|thirds?|quarters?)$", re.I)
_OF = re.compile(r" of\b")
_REFERS = re.compile(r"(?:\b(?:pp?|vol|no|ch|chapter|page|source|extract|interpretation|part|level)\.?\s?|\[|¶)$", re.I)
_OF_A_DAY = re.compile(rf"\s?(?:{_MONTHS})", re.I)
_AFTER_MONTH = re.compile(rf"\b(?:{_MONTHS})[a-z]{{0,6}}\.?\s$", re.I)


def numbers(essay: Essay, _asked: Asked) -> Lens:
    """The numbers of an essay."""
    text = essay.text
    return Lens("numbers", "Numbers", in_order([*_in_digits(text), *_spelt(text)]))


def _in_digits(text: str) -> Iterator[Found]:
    dated = list(dates_in(text))
    at = 0
    for match in _DIGITS.finditer(text):
        while at < len(dated) and dated[at][0].end <= match.start():
            at += 1
        is_dated = at < len(dated) and dated[at][0].start <= match.start()
        before = text[max(0, match.start() - 16) : match.start()]
        if is_dated or before[-1:].isalnum() or before[-1:] in ("£", "$", "€", ".", ",", "/", "_"):
            continue
        if match.group()[-1].isdigit() and match.group()[0].isdigit() and _is_a_reference(text, before, match.end()):
            continue
        yield Found(Span(match.start(), match.end()))


def _is_a_reference(text: str, before: str, end: int) -> bool:
    """Whether a bare number is a page, a note, a source or a day of the month."""
    return bool(_REFERS.search(before) or _OF_A_DAY.match(text, end) or _AFTER_MONTH.search(before))


def _spelt(text: str) -> Iterator[Found]:
    """Numbers in words, as far as a large one or a share is in them."""
    for match in _SPELT.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()]
        if before[-1:].isalnum() or (_SHARES.match(match.group()) and not _OF.match(text, match.end())):
            continue
        lead = _BEFORE.search(before)
        if lead is None and "cent" in match.group():
            continue
        yield Found(Span(match.start() - (len(lead.group()) if lead else 0), match.end()))
