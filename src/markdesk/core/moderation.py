"""Whose coursework a moderator is likely to ask for: so many by the board's table, highest and lowest always.

The boards name the sample themselves, once the marks are with them; this one lets a department have the work ready, and
shows it where its own marking will be looked at.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

JCQ_BOARDS = ("AQA", "CCEA", "Eduqas", "OCR", "Pearson", "WJEC")


@dataclass(frozen=True, slots=True)
class SampleRule:
    """How many are asked for."""

    name: str
    basis: str
    """Where the table comes from, and how sure it is."""
    all_up_to: int
    """Of so many candidates or fewer, everybody."""
    sizes: tuple[tuple[int | None, int], ...]
    """Up to how many candidates, and how many of them; None for more than all before."""

    def size(self, cohort: int) -> int:
        """How many of a cohort are asked for."""
        if cohort <= self.all_up_to:
            return cohort
        return next(asked for most, asked in self.sizes if most is None or cohort <= most)


PEARSON = SampleRule(
    "Pearson's table, from June 2026",
    "Pearson's notice to centres of 20 October 2025",
    15,
    ((100, 15), (200, 20), (None, 25)),
)
OLDER = SampleRule(
    "the older table that the boards shared",
    "from memory: compare it with your board's instructions for this year",
    10,
    ((100, 10), (200, 15), (None, 20)),
)


def rule_for(board: str) -> SampleRule:
    """The table of a board, by its name as mark schemes write it."""
    return PEARSON if "pearson" in board.casefold() or "edexcel" in board.casefold() else OLDER


def is_of_jcq(board: str) -> bool:
    """Whether the board is one of those that shared the older table."""
    return any(name.casefold() in board.casefold() for name in JCQ_BOARDS)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whose mark goes to the board. Ids sort as candidates do, so that equal marks have an order."""

    id: str
    mark: int


def sample(candidates: Iterable[Candidate], rule: SampleRule) -> frozenset[str]:
    """The ids of those whose work is to be ready.

    The highest mark and the lowest first. Between them the range of marks is divided evenly, and each of the marks so
    found takes whoever is nearest to it and not taken yet: of two equally near the higher mark, of equal marks the
    first candidate. Whoever has 0 counts for the size of the cohort and isn't taken: there is nothing to moderate.
    """
    everybody = sorted(candidates, key=lambda one: (-one.mark, one.id))
    eligible = [one for one in everybody if one.mark > 0]
    size = min(rule.size(len(everybody)), len(eligible))
    if size == len(eligible):
        return frozenset(one.id for one in eligible)
    highest, lowest = eligible[0].mark, eligible[-1].mark
    left = eligible[1:]
    left.remove(next(one for one in left if one.mark == lowest))
    taken = {one.id for one in eligible if one not in left}
    steps = size - 1
    for step in range(1, steps):
        wanted = highest * steps - step * (highest - lowest)  # times ``steps``, so that nothing is rounded
        nearest = min(left, key=lambda one: abs(one.mark * steps - wanted))
        left.remove(nearest)
        taken.add(nearest.id)
    return frozenset(taken)


def ranks(marks: Sequence[int]) -> tuple[str, ...]:
    """The rank of each of these marks, the highest first; equal ones share theirs: ``1``, ``2=``, ``2=``, ``4``."""
    in_order = sorted(marks, reverse=True)
    return tuple(f"{in_order.index(mark) + 1}{'=' if in_order.count(mark) > 1 else ''}" for mark in marks)
