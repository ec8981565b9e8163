"""Search everything: what was found, with the words in place, whose it is and where it stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from markdesk.core.annotation import evident
from markdesk.core.coursework import Assignment
from markdesk.core.essay import PARAGRAPH_BREAK, Essay, Span
from markdesk.core.feedback import Field, label_of
from markdesk.core.ids import AssignmentId, StudentId
from markdesk.core.plain import show_line
from markdesk.core.search_hits import Hit
from markdesk.core.search_query import Kind, Query, stamp_key
from markdesk.core.search_words import Searched, Stretch, Term, begins_all, folded, phrases_of
from markdesk.desk.anonymous import numbered, numbers_of
from markdesk.desk.desk import Desk

ROOM = 160
"""Characters of the words around what was found, where nobody says."""
LETTERS = 8
"""Of a word and the space behind it, with something to spare: so words are counted that stand in so much room."""
NAMES = {
    Kind.ESSAY: "essay", Kind.COMMENT: "comment", Kind.FEEDBACK: "feedback", Kind.QUESTION: "question",
    Kind.STUDENT: "student",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found."""

    kind: Kind
    what: str
    """What it is called: an essay, a comment, or a line of feedback by its name."""
    whose: str
    """A student's name, or the number that stands for her while names are hidden; empty for a question."""
    assignment: Assignment | None
    words: str
    """The words around what was found, on one line; … where they are cut."""
    spans: tuple[Span, ...]
    """Where what was looked for stands in ``words``."""
    hit: Hit
    paragraph: int | None = None
    place: Span | None = None
    """The passage of the essay that it stands in, or is about."""
    exact: str = ""
    """What the essay says there."""

    @property
    def is_of_script(self) -> bool:
        return self.hit.script_id is not None


@dataclass(frozen=True, slots=True)
class Results:
    """A page of what was found."""

    query: Query
    found: tuple[Found, ...]
    count: int
    """How many there are on all pages."""
    why_nothing: tuple[str, ...] = ()
    """Where nothing is found: which filters are none, or name nobody; a sentence each."""


def search(desk: Desk, query: Query, limit: int, offset: int = 0, room: int = ROOM) -> Results:
    """The best that there is, with so many characters of the words around each."""
    hits = desk.store.search(query, desk.marker.id, limit, offset)
    is_all = len(hits) < limit and (hits or not offset)
    count = offset + len(hits) if is_all else desk.store.search_count(query, desk.marker.id)
    called = _Called(desk)
    why = () if count or query.is_empty else why_nothing(desk, query)
    return Results(query, tuple(_found(desk, query, hit, room, called) for hit in hits), count, why)


def why_nothing(desk: Desk, query: Query) -> tuple[str, ...]:
    """Which of the filters nothing can pass. While one is typed it is told as soon as more letters can't mend it, since
    a name is asked for by its beginning."""
    told = [*query.misread, *_no_student(desk, query)]
    if query.stamps and not query.wants(Kind.COMMENT):
        told.append("A stamp has only comments beside it: leave out in:, or add comments to it.")
    names = [group.name for group in desk.store.groups()] if query.groups else []
    told += [
        f"No class is called {_named(one)}." for one in query.groups if not any(begins_all(one, name) for name in names)
    ]
    codes = {stamp_key(stamp.code) for stamp in desk.stamp_sets.usual.every} if query.stamps else set()
    told += [
        f"No stamp is called {show_line(code.upper())}."
        for code in query.stamps
        if code not in codes and evident(code.upper()) is None
    ]
    return tuple(told)


def _no_student(desk: Desk, query: Query) -> list[str]:
    names = [student.name for student in desk.store.students()] if query.students else []
    unknown = [one for one in query.students if not any(begins_all(one, name) for name in names)]
    if unknown:
        return [f"No student is called {_named(one)}." for one in unknown]
    if query.students and not any(all(begins_all(one, name) for one in query.students) for name in names):
        return [f"No student is called {' and '.join(map(_named, query.students))}, all of it."]
    return []


def _named(wanted: tuple[str, ...]) -> str:
    return show_line(" ".join(wanted))


class _Called:
    """What students are called: the numbers of a pile are worked out once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._numbers: dict[AssignmentId, dict[StudentId, int]] = {}

    def __call__(self, hit: Hit) -> str:
        if hit.student is None:
            return ""
        its = hit.assignment
        if its is None or not its.is_anonymous:
            return hit.student.name
        if its.id not in self._numbers:
            entries = self._desk.store.entries(self._desk.marker.id, its.id)
            self._numbers[its.id] = numbers_of(self._desk, its, entries)
        return numbered(self._numbers[its.id].get(hit.student.id), hit.student)


def _found(desk: Desk, query: Query, hit: Hit, room: int, called: Callable[[Hit], str]) -> Found:
    passage, spans = _passage(hit, query.terms, room // LETTERS)
    words, shown = in_place(hit.text, spans, passage, room)
    found = Found(hit.kind, _what(hit), called(hit), hit.assignment, words, shown, hit)
    if hit.kind is Kind.ESSAY:
        essay, place = Essay(hit.text), spans[0] if spans else None
    elif hit.span is not None and hit.essay_hash is not None:
        essay, place = desk.store.essay(hit.essay_hash), hit.span
    else:
        return found
    number = essay.paragraph_at(place.start).number if place is not None and essay.paragraphs else None
    return replace(found, paragraph=number, place=place, exact=essay.quote(place) if place is not None else "")


def _what(hit: Hit) -> str:
    if hit.kind is not Kind.FEEDBACK:
        return NAMES[hit.kind]
    field, _, place = hit.part.partition(".")
    return label_of(Field(field), int(place), ())


def _passage(hit: Hit, terms: Sequence[Term], window: int) -> tuple[Span, tuple[Span, ...]]:
    """The paragraph that the words are shown of, and where in it they stand, from where they stand closest.

    Of the paragraphs in which most of them stand it is the first. Only what is shown is looked at word by word.
    """
    text = hit.text
    passages = _passages(text, PARAGRAPH_BREAK if hit.kind is Kind.ESSAY else "\n")
    if hit.kind is Kind.QUESTION:  # the assignment's name comes first, which is told beside it
        passages = [passage for passage in passages[1:] if passage.start < passage.end] or passages
    alone = phrases_of(terms)
    wanted = {word for phrase in alone for word in phrase.words}

    def has(passage: Span) -> int:
        there = folded(text[passage.start : passage.end])
        return sum(word in there for word in wanted)

    in_turn = sorted(passages, key=has, reverse=True) if wanted else []
    for looked_for in (terms, alone):  # two words may stand near each other across the end of a paragraph
        for passage in in_turn:
            searched = Searched(text[passage.start : passage.end])
            places = [searched.find(term) for term in looked_for]
            at = _closest(places, window)
            if at is not None:
                first = searched.span(at).start
                spans = sorted({searched.span(one) for stretches in places for one in stretches})
                shown = (Span(s.start + passage.start, s.end + passage.start) for s in spans if s.start >= first)
                return passage, tuple(shown)
    return _across(text, terms, passages)


def _across(text: str, terms: Sequence[Term], passages: Sequence[Span]) -> tuple[Span, tuple[Span, ...]]:
    """The same of a phrase that goes on in the next paragraph: where it begins, as far as its own goes."""
    searched = Searched(text)
    spans = sorted(searched.span(one) for term in terms for one in searched.find(term))
    for passage in passages:
        shown = [Span(s.start, min(s.end, passage.end)) for s in spans if passage.start <= s.start < passage.end]
        if shown:
            return passage, tuple(shown)
    return passages[0], ()


def _passages(text: str, ending: str) -> list[Span]:
    """The paragraphs of a text; an empty one has one."""
    found: list[Span] = []
    start = 0
    for part in text.split(ending):
        found.append(Span(start, start + len(part)))
        start += len(part) + len(ending)
    return found


def _closest(places: Sequence[Sequence[Stretch]], window: int) -> Stretch | None:
    """Where so many words begin that have most of the terms in them, and of these the most places; the first such."""
    events = sorted((start, end, term) for term, stretches in enumerate(places) for start, end in stretches)
    best, at = (0, 0), None
    counts = [0] * len(places)
    last = 0
    for start, end, term in events:
        while last < len(events) and events[last][0] < start + window:
            counts[events[last][2]] += 1
            last += 1
        has = (sum(map(bool, counts)), sum(counts))
        if has > best:
            best, at = has, (start, end)
        counts[term] -= 1
    return at


def in_place(text: str, spans: Sequence[Span], passage: Span, room: int) -> tuple[str, tuple[Span, ...]]:
    """So many characters of a passage around the first of these places, on one line, and the places in them."""
    start, end = passage.start, passage.end
    if end - start > room:
        first = spans[0].start if spans else start
        start = max(start, min(first - room // 4, end - room))
        if start > passage.start:
            start = _edge(text, start, first)
        end = min(end, start + room)
        if end < passage.end:
            cut = text.rfind(" ", start + room // 2, end)
            end = cut if cut > 0 else end
    before, after = "… " if start > passage.start else "", " …" if end < passage.end else ""
    shift = len(before) - start
    shown = (Span(max(span.start, start) + shift, min(span.end, end) + shift) for span in spans if span.start < end)
    line = "".join(" " if letter.isspace() else letter for letter in text[start:end])
    return f"{before}{line}{after}", tuple(shown)


def _edge(text: str, start: int, last: int) -> int:
    """The first beginning of a word from here on."""
    at = text.find(" ", start, last)
    return start if at < 0 else at + 1
