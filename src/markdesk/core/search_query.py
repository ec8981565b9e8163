"""What a teacher types to search, as a query. Any text is one: what isn't understood is a word like any other.

enabling act            both words, anywhere in one text
"enabling act"          side by side
weig*                   weigh, weight, weighing …
fear NEAR law           at most ten words between; ``fear ~5 law``: at most five
student:okafor  group:12H  year:2026  year:2025-26  in:comments  stamp:NAR

What looks like a filter and is none is looked for as words; where nothing is found, that is told as well.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from markdesk.core.errors import UsageProblem
from markdesk.core.plain import show_line
from markdesk.core.search_words import Near, Phrase, Term, words_in

MOST_WORDS = 40
"""So many words are looked for at once."""
NEAR = 10
"""How many words may stand between two that are near, where nobody says."""


class Kind(StrEnum):
    """What can be found."""

    ESSAY = "essay"
    COMMENT = "comment"
    FEEDBACK = "feedback"
    QUESTION = "question"
    STUDENT = "student"


PLACES = {
    "essays": Kind.ESSAY, "comments": Kind.COMMENT, "feedback": Kind.FEEDBACK, "questions": Kind.QUESTION,
    "students": Kind.STUDENT,
}  # fmt: skip
"""How they are named after ``in:``; the singular will do."""
_NAMED = {**PLACES, **{str(kind): kind for kind in Kind}}


def kinds_named(places: str) -> frozenset[Kind] | None:
    """The kinds that these names are of, with commas between; None where one is none."""
    kinds = {_NAMED.get(one.strip()) for one in places.lower().split(",") if one.strip()}
    known = frozenset(kind for kind in kinds if kind is not None)
    return known if known and None not in kinds else None


def no_such_place(given: str) -> UsageProblem:
    """What is told of a name after ``in:`` that is none of a kind."""
    return UsageProblem(f"{given}: there is no such place.", f"It takes {', '.join(PLACES)}.")


def _may_become_kinds(places: str) -> bool:
    """Whether it names kinds once the last of the names has been typed to its end."""
    before, _, last = places.lower().rpartition(",")
    is_begun = any(name.startswith(last.strip()) for name in _NAMED)
    return is_begun and (not before or kinds_named(before) is not None)


Days = tuple[str, str]
"""The first day and the last, ISO."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, all of it in one text, and where."""

    terms: tuple[Term, ...] = ()
    kinds: frozenset[Kind] = frozenset()
    """Any of these; all kinds where it is empty."""
    students: tuple[tuple[str, ...], ...] = ()
    """How words of the student's name begin, for each time that one was asked for: all of them."""
    groups: tuple[tuple[str, ...], ...] = ()
    """The same of the group's name: one of them."""
    years: tuple[Days, ...] = ()
    """Set between these days: in one of them."""
    stamps: tuple[str, ...] = ()
    """Codes, as ``stamp_key`` has them: what stands beside one of these stamps."""
    misread: tuple[str, ...] = ()
    """What of it was read as words and may have been meant as a filter: a sentence each."""
    is_cut: bool = False
    """Whether there were more words than are looked for."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not (self.terms or self.is_filtered)

    @property
    def is_filtered(self) -> bool:
        """Whether not everybody's, or not every year's, is looked through."""
        return bool(self.students or self.groups or self.years or self.stamps)

    def wants(self, kind: Kind) -> bool:
        """Whether a kind is looked through. Who asks for a student wants nothing that is everybody's, such as a
        question; a student is of no year; and a stamp has nothing but its comment beside it."""
        if (kind is Kind.QUESTION and self.students) or (kind is Kind.STUDENT and self.years):
            return False
        if self.stamps and kind is not Kind.COMMENT:
            return False
        return not self.kinds or kind in self.kinds

    @property
    def wanted(self) -> tuple[Kind, ...]:
        """The kinds that are looked through."""
        return tuple(kind for kind in Kind if self.wants(kind))


_PIECE = re.compile(
    r"""
    (?P<filter>in|student|group|year|stamp):(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))(?=\s|$)
    | "(?P<phrase>[^"]*)"(?P<goes_on>\*?)
    | ~(?P<within>\d{0,2})(?=\s|$)
    | (?P<near>NEAR)(?:/(?P<apart>\d{1,2}))?(?=\s|$)
    | (?P<word>[^\s"]+)
    """,
    re.VERBOSE,
)
_QUOTES = str.maketrans("“”„«»", '"""""')
_FILTERS = "in:, student:, group:, year: and stamp:"
_LIKE_A_FILTER = re.compile(r"([A-Za-z]+):[^\W_].*")
_YEAR = re.compile(r"(\d{4})(?:[-/](\d{2}|\d{4}))?")


_BEGUN_YEAR = re.compile(r"\d{1,3}|\d{4}[-/](\d|20\d?)?")
"""What more figures may make a year of."""


def stamp_key(code: str) -> str:
    """By which stamps are told apart here: whether letters are capitals doesn't count, of the letters that SQLite's own
    ``lower`` knows."""
    return code.encode(errors="surrogatepass").lower().decode(errors="surrogatepass")


def read_query(text: str, is_typed: bool = False) -> Query:
    """The query that a text is. While it ``is_typed`` its last word may go on.

    Raises UsageProblem for an ``in:`` with what is no kind.
    """
    reader = _Reader()
    text = text.translate(_QUOTES)
    for piece in _PIECE.finditer(text):
        reader.take(piece, is_typed and piece.end() == len(text))
    return reader.query(is_typed and not text[-1:].isspace() and not text.endswith('"'))


class _Reader:
    """Takes the pieces of a query one by one."""

    def __init__(self) -> None:
        self._terms: list[Phrase | int] = []
        """The phrases, and between two of them how near they are to be."""
        self._filters: dict[str, list[tuple[str, ...]]] = {"student": [], "group": []}
        self._stamps: list[str] = []
        self._misread: list[str] = []
        self._kinds: set[Kind] = set()
        self._years: list[Days] = []
        self._ends_in_word = False
        self._is_cut = False

    def take(self, piece: re.Match[str], may_go_on: bool) -> None:
        self._ends_in_word = False
        got = piece.groupdict()
        if got["filter"] is not None:
            value = got["quoted"] if got["quoted"] is not None else got["bare"]
            if not self._filter(got["filter"], value, may_go_on):
                self._words(piece.group())
                if got["filter"] == "year" and not (may_go_on and _BEGUN_YEAR.fullmatch(value)):
                    self._misread.append(f"{show_line(value)} is no year: year:2026, or year:2025-26 of a school.")
        elif got["phrase"] is not None:
            self._words(got["phrase"], bool(got["goes_on"]))
        elif got["within"] is not None:
            self._nearness(int(got["within"] or NEAR), piece.group())
        elif got["near"] is not None:
            self._nearness(int(got["apart"] or NEAR), piece.group())
        else:
            self._words(got["word"], got["word"].endswith("*"))
            self._ends_in_word = True
            if like := _LIKE_A_FILTER.fullmatch(got["word"]):
                self._misread.append(f"There is no filter {like[1]}:, only {_FILTERS}.")

    def _words(self, text: str, is_begun: bool = False) -> None:
        words = tuple(words_in(text))
        if words:
            self._is_cut |= len(words) > MOST_WORDS
            self._terms.append(Phrase(words[:MOST_WORDS], is_begun))

    def _nearness(self, within: int, written: str) -> None:
        """What stands between two others; at the beginning it is a word."""
        if self._terms and isinstance(self._terms[-1], Phrase):
            self._terms.append(within)
        else:
            self._words(written)

    def _filter(self, name: str, value: str, may_go_on: bool) -> bool:
        """Whether it makes sense."""
        if name == "in":
            kinds = kinds_named(value)
            if kinds is None and not (may_go_on and _may_become_kinds(value)):
                raise no_such_place(f"in:{value}")
            self._kinds |= kinds or frozenset()  # a place that is still being typed doesn't count yet
            return True
        if name == "year":
            days = _days(value)
            self._years += [days] if days else []
            return days is not None
        words = tuple(words_in(value))
        if name == "stamp":
            self._stamps += [stamp_key(value.strip())] if value.strip() else []
            return bool(value.strip())
        self._filters[name] += [words] if words else []
        return bool(words)

    def query(self, goes_on: bool) -> Query:
        if self._terms and isinstance(self._terms[-1], int):  # nothing came after it
            near = self._terms.pop()
            self._words(f"near {near}" if near != NEAR else "near")
        last = self._terms[-1] if self._terms else None
        if goes_on and self._ends_in_word and isinstance(last, Phrase):
            # One letter begins too many words to be worth looking for; a Chinese sign may be a word.
            is_letter = len(last.words[-1]) == 1 and last.words[-1].isascii()
            self._terms[-1] = replace(last, is_begun=last.is_begun or not is_letter)
        terms = list(dict.fromkeys(self._joined()))
        kept, room = list[Term](), MOST_WORDS
        for term in terms:
            room -= len(term.words) if isinstance(term, Phrase) else len(term.one.words) + len(term.other.words)
            if room < 0:
                break
            kept.append(term)
        return Query(
            tuple(kept),
            frozenset(self._kinds),
            tuple(self._filters["student"]),
            tuple(self._filters["group"]),
            tuple(self._years),
            tuple(self._stamps),
            tuple(dict.fromkeys(self._misread)),
            self._is_cut or len(kept) < len(terms),
        )

    def _joined(self) -> Iterator[Term]:
        """The phrases; where two are to be near, that in place of both."""
        alone: Phrase | None = None
        before: Phrase | None = None
        within: int | None = None
        for term in self._terms:
            if isinstance(term, int):
                within = term
                continue
            if before is not None and within is not None:
                yield Near(before, term, within)
                alone = None
            else:
                if alone is not None:
                    yield alone
                alone = term
            before, within = term, None
        if alone is not None:
            yield alone


def _days(value: str) -> Days | None:
    """``2026`` is the calendar's year, ``2025-26`` the school's: from September to August."""
    found = _YEAR.fullmatch(value)
    if found is None:
        return None
    first, last = int(found[1]), found[2]
    if last is None:
        return f"{first:04d}-01-01", f"{first:04d}-12-31"
    if int(last) % 100 != (first + 1) % 100:
        return None
    return f"{first:04d}-09-01", f"{first + 1:04d}-08-31"
