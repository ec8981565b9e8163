"""Looking back at a class or a year: its assignments beside each other, and all their marks together.

Marks out of different maxima are told as shares of them. What a figure counts stands in ``desk.assignment_review``.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from markdesk.core.coursework import Assignment
from markdesk.core.errors import MarkdeskError
from markdesk.core.ids import StudentId
from markdesk.core.people import Student
from markdesk.core.plain import fold
from markdesk.desk.assignment_review import PileReview, pile_review
from markdesk.desk.class_summary import weakest_of
from markdesk.desk.class_table import title_of
from markdesk.desk.desk import Desk
from markdesk.desk.review_filters import Filters
from markdesk.desk.what_recurs import NOTHING_RECURS, WhatRecurs, recurs_together

TENTHS = 10
"""A distribution over different maxima is told by tenths of the maximum."""
NO_CLASS = "no class"
"""Stands for assignments that were set to none."""
COMPARED = 3
"""A strand is compared that was judged at least one time for so many of the most often judged one."""


def tenth_told(at: int) -> str:
    """Which shares lie in a tenth, in per cent: ``0–9``, ``90–100``."""
    return f"{TENTHS * at}–{100 if at == TENTHS - 1 else TENTHS * at + TENTHS - 1}"


@dataclass(frozen=True, slots=True)
class Pooled:
    """A scale or strand over several assignments, by its name, as a share of what there was to have."""

    name: str
    n: int
    share: Fraction
    over: tuple[Fraction | None, ...] = ()
    """The share in each assignment, the oldest first; None where it wasn't judged."""


@dataclass(frozen=True, slots=True)
class Owing:
    """A student who has handed nothing in, and for which of the assignments."""

    called: str
    assignments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CourseReview:
    """Several assignments together, newest first. Marks out of different maxima are told as shares of them."""

    piles: tuple[PileReview, ...]
    shares: tuple[Fraction, ...]
    """Of each total that can be told."""
    scales: tuple[Pooled, ...]
    strands: tuple[Pooled, ...]
    owing: tuple[Owing, ...]
    classes: tuple[Pooled, ...] = ()
    """Each class by its totals, where there are several, by name."""
    recurs: WhatRecurs = NOTHING_RECURS
    """In all of them; put together once, since the page asks at every key."""

    @property
    def tenths(self) -> tuple[int, ...]:
        """How many shares lie in each tenth of the maximum, from the lowest; the full marks are in the last."""
        found = Counter(min(TENTHS - 1, int(share * TENTHS)) for share in self.shares)
        return tuple(found[at] for at in range(TENTHS))

    @property
    def mean_share(self) -> Fraction | None:
        return sum(self.shares, Fraction()) / len(self.shares) if self.shares else None

    @property
    def weakest(self) -> tuple[Pooled, ...]:
        """The strand at the lowest share, and those level with it; none where nothing can be compared."""
        seldom = self.seldom_judged
        return weakest_of([strand for strand in self.strands if strand not in seldom])

    @property
    def seldom_judged(self) -> tuple[Pooled, ...]:
        """The strands that aren't compared, since they were judged far less often than the others: a strand of one
        assignment says more of that assignment than of the class."""
        most = max((strand.n for strand in self.strands), default=0)
        return tuple(strand for strand in self.strands if COMPARED * strand.n < most)


def taken(desk: Desk, filters: Filters) -> tuple[Assignment, ...]:
    """The assignments that the filters take, newest first."""
    only = desk.store.assignment(filters.assignment) if filters.assignment is not None else None
    there = desk.store.assignments() if filters.assignment is None else (only,) if only is not None else ()
    found = [a for a in there if filters.takes(a, desk.store.rubric(a.rubric_hash))]
    return tuple(sorted(found, key=lambda assignment: (assignment.set_on, assignment.id), reverse=True))


class Stopped(MarkdeskError):
    """Somebody didn't want to wait for it."""


Watch = Callable[[int, int], bool]
"""Told before each assignment how many of how many are read; says whether to go on."""


def watched(found: Sequence[Assignment], watch: Watch) -> Iterator[Assignment]:
    """The assignments one after another. Raises Stopped where it isn't to go on."""
    for at, assignment in enumerate(found):
        if not watch(at, len(found)):
            raise Stopped("Stopped: it isn't read.")
        yield assignment


def course_review(
    desk: Desk,
    found: Sequence[Assignment],
    filters: Filters,
    whole: bool = False,
    watch: Watch = lambda done, total: True,
) -> CourseReview:
    """What these assignments come to, through the filters. ``whole``: each with all that its own page tells of it.

    Raises Stopped where ``watch`` says so.
    """
    piles = tuple(pile_review(desk, one, filters, in_course=not whole) for one in watched(found, watch))
    shares = tuple(Fraction(mark, pile.rubric.max_mark) for pile in piles for mark in pile.summary.marks)
    by_scale = _Pool(len(piles))
    by_strand, by_class = _Pool(len(piles)), _Pool(len(piles))
    for at, pile in zip(range(len(piles) - 1, -1, -1), piles, strict=True):  # places from the oldest
        for one in pile.scales:
            for mark in one.marks:
                by_scale.add(title_of(one.scale, pile.rubric.scales), at, Fraction(mark, one.scale.max))
        for strand in pile.strands:
            by_strand.add(strand.name, at, strand.share, strand.n)
        for mark in pile.summary.marks:
            by_class.add(pile.group or NO_CLASS, at, Fraction(mark, pile.rubric.max_mark))
    classes = sorted(by_class.pooled(), key=lambda one: fold(one.name))
    return CourseReview(
        piles,
        shares,
        by_scale.pooled(),
        by_strand.pooled(),
        _owing(piles),
        tuple(classes) if len(classes) > 1 else (),
        recurs_together([pile.recurs for pile in piles]),
    )


class _Pool:
    """Shares that are put together by their names, over several assignments and in each."""

    def __init__(self, assignments: int) -> None:
        self._assignments = assignments
        self._found: dict[str, dict[int, tuple[int, Fraction]]] = {}

    def add(self, name: str, at: int, share: Fraction, n: int = 1) -> None:
        """The mean share of ``n`` essays of an assignment."""
        its = self._found.setdefault(name, {})
        count, total = its.get(at, (0, Fraction()))
        its[at] = (count + n, total + n * share)

    def pooled(self) -> tuple[Pooled, ...]:
        """In the order in which the names came in the newest assignment that has them."""
        return tuple(self._one(name, its) for name, its in self._found.items())

    def _one(self, name: str, its: Mapping[int, tuple[int, Fraction]]) -> Pooled:
        n = sum(count for count, _ in its.values())
        share = sum((total for _, total in its.values()), Fraction()) / n
        over = (its[at][1] / its[at][0] if at in its else None for at in range(self._assignments))
        return Pooled(name, n, share, tuple(over))


def _owing(piles: Iterable[PileReview]) -> tuple[Owing, ...]:
    """By how many each owes, most first, then by name."""
    owed: dict[StudentId, list[str]] = {}
    whose: dict[StudentId, Student] = {}
    for pile in piles:
        for one in pile.missing:
            owed.setdefault(one.student.id, []).append(pile.assignment.name)
            whose[one.student.id] = one.student
    ordered = sorted(owed, key=lambda name: (-len(owed[name]), whose[name].sort_key))
    return tuple(Owing(whose[name].name, tuple(owed[name])) for name in ordered)
