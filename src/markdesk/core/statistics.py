"""The few figures that a class mark sheet has at its foot: how many, mean, median, spread.

What has no mark is not handed in here: no response (NR) and what isn't marked never count as 0. Worked out in whole
numbers and fractions, so that no order of the marks alters a digit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, sqrt


@dataclass(frozen=True, slots=True)
class Figures:
    """What a list of marks comes to."""

    n: int
    mean: Fraction
    median: Fraction
    sd: float
    """The standard deviation of just these marks, divided by n: the class is all there is, and no sample of others."""
    lowest: int
    highest: int


def figures(marks: Sequence[int]) -> Figures | None:
    """The figures of these marks; None where there are none."""
    if not marks:
        return None
    in_order, n = sorted(marks), len(marks)
    middle = in_order[(n - 1) // 2] + in_order[n // 2]
    squares = Fraction(sum(mark * mark for mark in marks), n) - Fraction(sum(marks), n) ** 2
    return Figures(n, Fraction(sum(marks), n), Fraction(middle, 2), sqrt(squares), in_order[0], in_order[-1])


def rounded(value: Fraction | float, digits: int = 2) -> float:
    """A figure as it is shown, halves up; one below 0 is that above it with a minus, as at school."""
    whole: int = 10**digits
    size = floor(abs(Fraction(value)) * whole + Fraction(1, 2)) / whole
    return -size if value < 0 < size else size


def decimal(value: Fraction | float) -> str:
    """To one decimal, halves up."""
    return f"{rounded(value, 1):.1f}"


def percent(mark: int, most: int) -> float | None:
    """A mark as a percentage to one decimal, halves up; None where there is nothing to have."""
    return rounded(Fraction(100 * mark, most), 1) if most else None
