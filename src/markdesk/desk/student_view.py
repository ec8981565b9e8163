"""One student's course as a screen shows it: every piece of work, its marks on a common scale, what recurs.

What counts, which targets were set and the trend are those of the student's record (``desk.record``). A mark is placed
by its share of the maximum, with the raw mark beside it; no response and what has no mark are gaps, never 0.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from itertools import islice

from markdesk.core.award import NO_RESPONSE
from markdesk.core.bank import text_key
from markdesk.core.coursework import Assignment, Kind
from markdesk.core.feedback import Field
from markdesk.core.grades import Grade
from markdesk.core.ids import ScriptId, StudentId
from markdesk.core.marking import DONE
from markdesk.core.pace import Pace
from markdesk.core.past_words import NO_SCRIPT, NOT_FINISHED, excerpt
from markdesk.core.people import Student
from markdesk.core.queue_notes import Why
from markdesk.core.rubric import Scale
from markdesk.core.trend import Trend, trend
from markdesk.desk.assignments import levels_told
from markdesk.desk.class_table import title_of
from markdesk.desk.desk import Desk
from markdesk.desk.ports import Entry
from markdesk.desk.record import Record, counted_of, record_in
from markdesk.desk.redrafts import Redraft, redrafts_by_marking
from markdesk.desk.review import PastMarking, StudentReview, place_in_time, review_student
from markdesk.desk.schemes_apart import Schemes

Place = tuple[str, str, str]
"""In time, as ``desk.review.place_in_time`` has it; what has no mark stands first on its day."""
MOST_QUOTED = 2
"""Passages that are quoted for one stamp that recurs."""


@dataclass(frozen=True, slots=True)
class Work:
    """A piece of work along the course: a mark, or the gap where none is."""

    day: str
    """When it was set, ISO."""
    name: str
    told: str
    """``17/25``; ``NR``, ``…`` handed in and not finished yet, ``–`` not handed in."""
    share: Fraction | None
    """Of the maximum; None for a gap."""
    scheme: int | None
    """Which of the course's schemes it was marked under."""


@dataclass(frozen=True, slots=True)
class Point:
    """What one piece of work got on a scale or strand."""

    told: str
    """The raw mark, or ``L4``."""
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class Series:
    """A scale or a strand over the course."""

    name: str
    is_strand: bool
    maxima: tuple[int, ...]
    """What the raw marks, or the levels, are out of."""
    points: tuple[Point | None, ...]
    """One for each piece of work; None where it has no such scale or strand."""
    trend: Trend


@dataclass(frozen=True, slots=True)
class Recurring:
    """A stamp, or a comment in the same words, on more than one essay."""

    code: str
    """Empty for a comment."""
    meaning: str
    times: int
    quotes: tuple[tuple[str, str], ...]
    """A few of the passages, the newest first, each with its assignment."""


@dataclass(frozen=True, slots=True)
class PastRow:
    """A row of the list: a marking; or what has none, since it isn't marked or wasn't handed in."""

    assignment: Assignment
    entry: Entry | None = None
    past: PastMarking | None = None
    redraft: Redraft | None = None
    why: Why | None = None
    """Why nothing was handed in, where that was noted."""
    is_hers: bool = True
    """Whether it was marked by the marker who looks."""

    @property
    def is_done(self) -> bool:
        """Whether the marking is finished, so that it may be opened from here."""
        return self.past is not None and self.past.header.status in DONE

    @property
    def is_begun(self) -> bool:
        """Whether it is marked in part, or wholly, and not finished: what it has counts for nothing yet."""
        return self.past is not None and not self.is_done

    @property
    def is_anothers(self) -> bool:
        """Whether another marker is at it still: what that one has given so far is nobody else's to see."""
        return self.is_begun and not self.is_hers

    @property
    def told(self) -> str:
        """``17 of 25``, ``15 → 18 of 25``, ``NR``; empty where there is no mark, finished or not."""
        if self.past is None or self.is_anothers or (self.is_begun and self.past.total.value is None):
            return ""
        came = self.past.total
        value = self.redraft.told(came) if self.redraft else str(came)
        return f"{value} of {came.max}" if isinstance(came.value, int) or self.redraft else value

    @property
    def levels(self) -> str:
        """Each scale with its level and mark: ``Level 4``, ``AO1 L4 14 · AO2 L3 6``."""
        if self.past is None or self.is_anothers or (self.is_begun and not self.past.entry.awards):
            return ""
        return levels_told(self.past.rubric, self.past.award)

    @property
    def note(self) -> str:
        """What the teacher noted for herself."""
        return (self.past.line(Field.NOTE) or "") if self.past is not None else ""


@dataclass(frozen=True, slots=True)
class StudentView:
    """Everything that the screen shows of one student."""

    review: StudentReview
    record: Record
    rows: tuple[PastRow, ...]
    """Newest first."""
    works: tuple[Work, ...]
    """Oldest first; of several markings of one essay one stands here."""
    schemes: tuple[str, ...]
    """Under which they were marked, in the order in which they came; ``Work.scheme`` counts in it."""
    series: tuple[Series, ...]
    recurring: tuple[Recurring, ...]
    essays: int
    """How many finished essays were looked through for what recurs."""
    grades: tuple[Grade, ...]
    """Those that were typed for her, the oldest first."""

    @property
    def hidden(self) -> int:
        """Essays of piles whose names are hidden: nothing is told of them but that they are there."""
        return self.record.hidden

    @property
    def student(self) -> Student:
        return self.review.student


def student_view(desk: Desk, student: Student) -> StudentView:
    """A student's course as this marker sees it."""
    review = review_student(desk, student)
    record = record_in(desk, review)
    seen = [past for past in review.markings if not past.entry.assignment.is_anonymous]
    done = sorted((past for past in seen if past.header.status in DONE), key=place_in_time)
    ids = counted_of(desk, done)
    counted = [past for past in done if past.header.id in ids]
    along = sorted(_along(review, counted, record.schemes), key=lambda placed: placed[0])
    works = [work for _, work, _ in along]
    return StudentView(
        review,
        record,
        tuple(_rows(desk, review, seen)),
        tuple(works),
        record.schemes.names,
        tuple(_series(works, [past for _, _, past in along])),
        tuple(_recurring(record, counted)),
        len(counted),
        desk.store.grades(student.id),
    )


def read_student(desk: Desk, student_id: StudentId) -> StudentView | None:
    """The student of an id; None where nobody has it any longer."""
    student = desk.store.student(student_id)
    return student_view(desk, student) if student is not None else None


def time_spent(desk: Desk, assignments: Iterable[Assignment]) -> Mapping[ScriptId, timedelta]:
    """How long this marker took for each script of some assignments, as their lists tell it."""
    found: dict[ScriptId, timedelta] = {}
    for assignment in assignments:
        acts = desk.store.acts(desk.marker.id, assignment.id)
        found |= {ScriptId(script): time for script, time in Pace((a.script_id, a.at) for a in acts).spent.items()}
    return found


def _along(
    review: StudentReview, counted: Iterable[PastMarking], schemes: Schemes
) -> Iterable[tuple[Place, Work, PastMarking | None]]:
    """Each piece of work with its place in time and its marking; drafts of coursework, which have no mark, are none."""
    finished: set[ScriptId] = set()
    for past in counted:
        finished.add(past.entry.script.id)
        about, value = past.entry.assignment, past.total.value
        if about.kind is not Kind.NEA_DRAFT:
            share = Fraction(value, past.total.max) if isinstance(value, int) and past.total.max else None
            told = f"{value}/{past.total.max}" if isinstance(value, int) else str(past.total)
            scheme = schemes.place(past.rubric) if value is not None else None
            yield place_in_time(past), Work(about.set_on, about.name, told, share, scheme), past
    for gap in review.without_mark(finished):
        about = gap.assignment
        its, told = (gap.script.id, NOT_FINISHED) if isinstance(gap, Entry) else (about.id, NO_SCRIPT)
        yield (about.set_on, "", its), Work(about.set_on, about.name, told, None, None), None


def _series(works: Sequence[Work], along: Sequence[PastMarking | None]) -> Iterable[Series]:
    """Each scale of the schemes that have several, then each strand; those with most marks first."""
    points: dict[tuple[bool, str], dict[int, tuple[Point, int]]] = {}
    for at, past in enumerate(along):
        for is_strand, name, point, most in _points(past) if past is not None else ():
            points.setdefault((is_strand, name), {}).setdefault(at, (point, most))
    for (is_strand, name), found in sorted(points.items(), key=lambda item: (item[0][0], -len(item[1]))):
        shares = [(works[at].day, float(p.share)) for at, (p, _) in sorted(found.items()) if p.share is not None]
        yield Series(
            name,
            is_strand,
            tuple(dict.fromkeys(most for _, most in found.values())),
            tuple(found[at][0] if at in found else None for at in range(len(along))),
            trend(shares),
        )


def _points(past: PastMarking) -> Iterable[tuple[bool, str, Point, int]]:
    scales = past.rubric.scales
    for scale in scales:
        award = past.award(scale.id)
        if len(scales) > 1 and award.is_marked:
            share = Fraction(award.mark, scale.max) if award.mark is not None else None
            told = NO_RESPONSE if award.mark is None else str(award.mark)
            yield False, _of_scale(scale, scales), Point(told, share), scale.max
        for strand in past.rubric.strands_of(scale):
            placed = award.placement(strand.id)
            if placed is not None:
                yield True, strand.name, Point(str(placed), Fraction(placed.level, max(1, scale.top))), scale.top


def _of_scale(scale: Scale, scales: Sequence[Scale]) -> str:
    """The objective, where a scale is its scheme's only one for it: so that boards who word it apart are one line."""
    is_only = len(scale.aos) == 1 and sum(other.aos == scale.aos for other in scales) == 1
    return scale.aos[0] if is_only else title_of(scale, scales)


def _rows(desk: Desk, review: StudentReview, seen: Iterable[PastMarking]) -> list[PastRow]:
    seen = list(seen)
    redrafts = redrafts_by_marking(desk, (past.entry for past in seen))
    found: list[tuple[Place, PastRow]] = []
    for past in seen:
        entry, is_hers = past.entry, past.header.marker_id == desk.marker.id
        redraft = redrafts.get(past.header.id)
        found.append((place_in_time(past), PastRow(entry.assignment, entry, past, redraft, is_hers=is_hers)))
    found += [((e.assignment.set_on, "", e.script.id), PastRow(e.assignment, e)) for e in review.unbegun]
    found += [
        ((o.assignment.set_on, "", o.assignment.id), PastRow(o.assignment, why=o.absence.why if o.absence else None))
        for o in review.owed
    ]
    found.sort(key=lambda pair: pair[0], reverse=True)
    return [row for _, row in found if row.entry is None or not row.assignment.is_anonymous]


def _recurring(record: Record, counted: Sequence[PastMarking]) -> Iterable[Recurring]:
    """The stamps of the record, then comments that stand on several essays in the same words."""
    passages: dict[tuple[str, str], list[tuple[str, str]]] = {}
    said: dict[str, str] = {}
    for past in reversed(counted):
        first: dict[tuple[str, str], str] = {}
        for note in past.notes:
            words = text_key(note.comment)
            said.setdefault(words, note.comment)
            for key in (("", words) if words else None, (note.code, "") if note.code else None):
                if key is not None:
                    first[key] = first.get(key) or (note.exact if past.header.essay_hash else "")
        for key, exact in first.items():
            passages.setdefault(key, []).append((exact, past.entry.assignment.name))
    for code, meaning, times in record.recurring:
        yield Recurring(code, meaning, times, _quotes(passages[(code, "")]))
    comments = {words: found for (code, words), found in passages.items() if not code and len(found) > 1}
    for words in sorted(comments, key=lambda one: (-len(comments[one]), one)):
        yield Recurring("", said[words], len(comments[words]), _quotes(comments[words]))


def _quotes(passages: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Those of the newest essays; of a handwritten one there are no words to quote."""
    found = (passage for passage in passages if passage[0])
    return tuple((excerpt(exact), name) for exact, name in islice(found, MOST_QUOTED))
