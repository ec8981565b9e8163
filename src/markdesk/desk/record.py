"""A student's record: every finished mark over the course, by whoever gave it, with targets and what became of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from markdesk.core.annotation import meaning_of
from markdesk.core.award import Award
from markdesk.core.coursework import Kind, Returns
from markdesk.core.feedback import Field
from markdesk.core.grades import Grade
from markdesk.core.marking import DONE, Met
from markdesk.core.people import Student
from markdesk.core.rubric import Rubric, Scale
from markdesk.core.trend import Trend, trend
from markdesk.desk.desk import Desk
from markdesk.desk.ports import Entry
from markdesk.desk.redrafts import Redraft, redrafts_by_marking
from markdesk.desk.review import PastMarking, StudentReview, place_in_time, review_student, without_hidden
from markdesk.desk.schemes_apart import Schemes, schemes_of
from markdesk.desk.slips import has_done_task


@dataclass(frozen=True, slots=True)
class RecordedTarget:
    """A target, on which work it was set, and how the next marking judged it; None where nobody did."""

    day: str
    assignment: str
    text: str
    became: Met | None


@dataclass(frozen=True, slots=True)
class RecordedMark:
    """One finished marking."""

    day: str
    """When the work was set, ISO."""
    assignment: str
    question: str
    total: str
    """``17 of 25``; ``NR`` for no response."""
    share: Fraction | None
    """Of the maximum, 0 to 1; None for no response."""
    levels: str
    """``Level 4``, or each scale's."""
    scheme: int | None
    """Which of the record's schemes it was given under."""
    marker: str
    is_provisional: bool
    """Coursework: a moderator may change it."""
    is_told: bool
    """Whether the student has it by now: it was returned, with its mark or with the task done that the mark follows."""
    is_counted: bool
    """Whether it stands in the trend: of several markings of one essay one does."""
    redraft: Redraft | None = None
    """What it was given before it was handed in again; the mark is that of the newest text once that is judged."""

    @property
    def short(self) -> str:
        """``17/25``"""
        return self.total.replace(" of ", "/")


@dataclass(frozen=True, slots=True)
class RecordedGap:
    """A piece of work without a mark: it counts for nothing, and never as 0."""

    day: str
    assignment: str
    why: str
    """``not handed in (late)``, ``being marked``."""


@dataclass(frozen=True, slots=True)
class Record:
    """What a page for a parents' evening or a reference is made from. Private notes are no part of it."""

    student: Student
    groups: tuple[str, ...]
    marks: tuple[RecordedMark, ...]
    """Oldest first."""
    targets: tuple[RecordedTarget, ...]
    recurring: tuple[tuple[str, str, int], ...]
    """Codes that stand on more than one essay: the code, its meaning, on how many."""
    hidden: int
    """Essays of piles whose names are hidden, finished or not: nothing is told of them but that they are there."""
    gaps: tuple[RecordedGap, ...]
    """What was handed in and isn't finished yet, and what was set to her classes and never came in; oldest first."""
    schemes: Schemes
    """Those that the marks that count were given under."""
    grades: tuple[Grade, ...] = ()
    """Those that the teacher typed, where they are asked for."""

    @property
    def lines(self) -> tuple[RecordedMark | RecordedGap, ...]:
        """The course, oldest first; on one day what has no mark stands first, as on the screen."""
        return tuple(sorted((*self.gaps, *self.marks), key=lambda one: one.day))

    @property
    def counted(self) -> tuple[RecordedMark, ...]:
        return tuple(mark for mark in self.marks if mark.is_counted)

    @property
    def trend(self) -> Trend:
        return trend((mark.day, float(mark.share)) for mark in self.counted if mark.share is not None)


def record_of(desk: Desk, student: Student, with_grades: bool = False) -> Record:
    """The record as this marker sees it: where several have marked an essay, hers counts for the trend."""
    record = record_in(desk, review_student(desk, student))
    return replace(record, grades=desk.store.grades(student.id)) if with_grades else record


def record_in(desk: Desk, review: StudentReview) -> Record:
    """The record of a student whose markings are read already."""
    review, hidden = without_hidden(review)
    done = [past for past in review.markings if past.header.status in DONE]
    in_order = sorted(done, key=place_in_time)
    counted = counted_of(desk, in_order)
    schemes = schemes_of(past.rubric for past in in_order if past.header.id in counted and past.total.value is not None)
    redrafts = redrafts_by_marking(desk, (past.entry for past in in_order))
    return Record(
        review.student,
        review.groups,
        tuple(_mark(past, past.header.id in counted, schemes, redrafts.get(past.header.id)) for past in in_order),
        _targets(in_order),
        _recurring(desk, [past for past in in_order if past.header.id in counted]),
        hidden,
        tuple(sorted(_gaps(review), key=lambda gap: (gap.day, gap.assignment))),
        schemes,
    )


def _gaps(review: StudentReview) -> Iterable[RecordedGap]:
    """What has no mark, and why."""
    finished = {past.entry.script.id for past in review.markings if past.header.status in DONE}
    for gap in review.without_mark(finished):
        about = gap.assignment
        if isinstance(gap, Entry):
            yield RecordedGap(about.set_on, about.name, "being marked" if gap.header else "not marked yet")
        else:
            reason = f" ({gap.absence.why})" if gap.absence else ""
            yield RecordedGap(about.set_on, about.name, f"not handed in{reason}")


def counted_of(desk: Desk, markings: Iterable[PastMarking]) -> set[str]:
    """The ids of one marking of each essay: this marker's, else the last."""
    by_script: dict[str, list[PastMarking]] = {}
    for past in markings:
        by_script.setdefault(past.entry.script.id, []).append(past)

    def weight(past: PastMarking) -> tuple[bool, tuple[str, str, str]]:
        return past.header.marker_id == desk.marker.id, place_in_time(past)

    return {max(several, key=weight).header.id for several in by_script.values()}


def _mark(past: PastMarking, is_counted: bool, schemes: Schemes, redraft: Redraft | None) -> RecordedMark:
    value, most = past.total.value, past.total.max
    assignment = past.entry.assignment
    levels = [_level(scale, past.award(scale.id), past.rubric) for scale in past.rubric.scales]
    return RecordedMark(
        past.entry.assignment.set_on,
        assignment.name,
        assignment.question if assignment.question != assignment.name else "",
        f"{value} of {most}" if isinstance(value, int) else str(past.total),
        Fraction(value, most) if isinstance(value, int) and most else None,
        ", ".join(filter(None, levels)),
        schemes.place(past.rubric) if value is not None else None,
        past.marker,
        assignment.kind is Kind.NEA,
        past.entry.is_returned and (assignment.returns is Returns.MARKS or has_done_task(past.entry)),
        is_counted,
        redraft,
    )


def _level(scale: Scale, award: Award, rubric: Rubric) -> str:
    """``Level 4``; of one scale among several ``AO1 L4``."""
    if not award.level:
        return ""
    if len(rubric.scales) == 1:
        return f"Level {award.level}"
    return f"{scale.brief} L{award.level}"


def _targets(markings: list[PastMarking]) -> tuple[RecordedTarget, ...]:
    judged = {past.header.target_of: past.header.last_target for past in markings if past.header.target_of}
    return tuple(
        RecordedTarget(past.entry.assignment.set_on, past.entry.assignment.name, text, judged.get(past.header.id))
        for past in markings
        if (text := past.line(Field.TARGET))
    )


def _recurring(desk: Desk, markings: Iterable[PastMarking]) -> tuple[tuple[str, str, int], ...]:
    seen: Counter[str] = Counter()
    meanings: dict[str, str] = {}
    for past in markings:
        stamps = desk.stamps_for(past.rubric)
        for code in sorted({note.code for note in past.notes if note.code}):
            seen[code] += 1
            meanings[code] = meaning_of(code, stamps)
    ordered = sorted(seen.items(), key=lambda its: (-its[1], its[0]))
    return tuple((code, meanings[code], times) for code, times in ordered if times > 1)
