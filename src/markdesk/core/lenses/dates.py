"""Dates: years, decades and centuries; those outside the question's period are set apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdesk.core.essay import Essay, Span
from markdesk.core.lenses.lens import Asked, Found, Lens

_CENTURY_BY_NAME = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21,
}  # fmt: skip
_YEAR = r"(?:1\d{3}|20\d{2})"
_DASH = "[-‐‑–—/]"
_DATE = re.compile(
    rf"""(?<![\w.,£$€])(?:(?:c|ca|circa)\.?\s?)?
    (?:(?P<year>{_YEAR})(?:['’]?(?P<decade>s)|\s?{_DASH}\s?(?P<till>{_YEAR})|{_DASH}(?P<short>\d{{1,2}}))?(?![\w%]|[.,]\d)
    |(?P<nth>\d{{1,2}})(?:st|nd|rd|th)[ \u00a0-]centur(?:y|ies)\b
    |(?P<name>{"|".join(sorted(_CENTURY_BY_NAME, key=len, reverse=True))})[ \u00a0-]centur(?:y|ies)\b)""",
    re.X | re.I,
)
_RANGE = re.compile(
    rf"(?<!\w)(?P<between>between\s)?(?:(?:c|ca|circa)\.?\s?)?(?P<first>{_YEAR})"
    rf"(?:\s?{_DASH}\s?|\s(?P<word>to|and|until|till|through)\s)"
    rf"(?:(?:c|ca|circa)\.?\s?)?(?P<last>{_YEAR}|(?<=\d{_DASH})\d{{1,2}})(?!\w)",
    re.I,
)
_SCHOOL_YEARS = 2000
"""From here on a year in an assignment's name is the teacher's calendar, and no part of a course."""


@dataclass(frozen=True, slots=True)
class Period:
    """Years, the first and the last included."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"

    def touches(self, other: "Period") -> bool:
        return self.first <= other.last and other.first <= self.last


def dates_in(text: str) -> Iterator[tuple[Span, Period]]:
    """Each date of the text, with the years that it means."""
    for match in _DATE.finditer(text):
        if match["year"]:
            first = int(match["year"])
            last = first + 9 if match["decade"] else _till(first, match["till"] or match["short"])
            if last < first:  # two years, and no way from one to the other
                yield Span(match.start(), match.end("year")), Period(first, first)
                continue
        else:
            century = int(match["nth"]) if match["nth"] else _CENTURY_BY_NAME[match["name"].lower()]
            first, last = century * 100 - 99, century * 100
        yield Span(match.start(), match.end()), Period(first, last)


def _till(first: int, told: str | None) -> int:
    """The last year of ``1529–47`` and ``1553–8``; the first itself where none is told."""
    return int(str(first)[: -len(told)] + told) if told else first


def period_of(text: str) -> Period | None:
    """The period that a question names: ``1529–1547``, ``from 1855 to 1964``, a decade or a century.

    A year alone names none: "by 1499" says where to end, and not where to begin.
    """
    found: list[Period] = []
    for match in _RANGE.finditer(text):
        if (match["word"] or "").lower() == "and" and not match["between"]:
            continue  # "the Acts of 1832 and 1867" are two years
        period = Period(int(match["first"]), _till(int(match["first"]), match["last"]))
        if period.first <= period.last:
            found.append(period)
    if not found:
        found = [period for _, period in dates_in(text) if period.first != period.last]
    return Period(min(p.first for p in found), max(p.last for p in found)) if found else None


def dates(essay: Essay, asked: Asked) -> Lens:
    """The dates of an essay."""
    period = period_of(asked.question)
    if period is None:
        named = period_of(asked.name)
        period = named if named and named.last < _SCHOOL_YEARS else None
    found = tuple(
        Found(span, is_apart=period is not None and not when.touches(period)) for span, when in dates_in(essay.text)
    )
    told = () if period else ("the question names no period, so no date is outside it",)
    return Lens("dates", "Dates", found, f"outside {period}" if period else "", told)
