"""Whether the standard moved while a pile was marked: the marks against the order in which they were given.

What is compared is the mean of the last third with the mean of the first: a teacher can do that sum herself, and it
needs no word of statistics to be told. How often chance alone would set them as far apart is counted over every order
in which the same marks could have been given (a permutation test): the test supposes nothing about how marks are
spread, and there is nothing random in it.

Most of the noise in such a pile is who the students are. Where enough is known of what each usually gets, the marks are
measured against that. Which of the two it is hangs on how many marks there are from before, and never on the pile's:
whoever looks at both and tells the better raises an alarm more often than she says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, comb, erfc, floor, sqrt

from markdesk.core.statistics import rounded

FEWEST = 20
"""Of a shorter pile nothing is said: a third of it is too few essays to stand for a standard."""
RATE = 0.05
"""A difference is called drift where chance makes one as large in at most so many of all piles: five of a hundred."""
COUNTED = 40
"""Up to so many essays every order is counted; of more the distribution is a bell curve for all that is shown."""
ENOUGH = 3
"""Earlier marks by which what a student usually gets is known."""
_WORDS = ("six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Drift:
    """How the last third of a pile stands to the first."""

    n: int
    """The essays that have a mark."""
    ends: int
    """How many essays a third is, rounded down; those between are in neither."""
    first: Fraction
    last: Fraction
    chance: float
    """In what share of all orders of the same marks the thirds are as far apart or farther, in either direction."""
    usual: tuple[Fraction, Fraction] | None = None
    """What the students of the first third and those of the last usually get; None where that isn't measured by."""

    @property
    def difference(self) -> Fraction:
        """Marks by which the last third is above the first, or is more above its usual; below is less than 0."""
        first, last = self.usual or (Fraction(), Fraction())
        return self.last - self.first - (last - first)

    @property
    def is_sign(self) -> bool:
        """Whether chance would seldom do it."""
        return self.chance <= RATE

    @property
    def in_a_hundred(self) -> int:
        """In how many of a hundred piles chance would do it, rounded up so that none is made to look rarer."""
        return ceil(100 * self.chance)

    @property
    def told(self) -> str:
        """``The last ten of 30 essays sit 1.8 marks below the first ten; chance would do this in 4 of 100 piles``."""
        against = ", measured against what each of these students usually gets" if self.usual else ""
        if not self.difference:
            return f"The last {self._some} and the first {self._some} of {self.n} essays have the same mean{against}"
        often = f"in {self.in_a_hundred} of 100 piles" if self.chance >= 0.01 else "in fewer than 1 of 100 piles"
        apart = f"The last {self._some} of {self.n} essays sit {self._apart} the first {self._some}{against}"
        return f"{apart}; chance would do this {often}"

    @property
    def brief(self) -> str:
        """The same in little room: ``Last ten of 30 essays 1.8 marks below first ten; chance: 4 in 100``."""
        against = " vs usual" if self.usual else ""
        if not self.difference:
            return f"Last {self._some} and first {self._some} of {self.n} essays have the same mean{against}"
        often = f"{self.in_a_hundred} in 100" if self.chance >= 0.01 else "<1 in 100"
        apart = self._apart.replace(" marks", "").replace(" mark", "") if self.usual else self._apart
        return f"Last {self._some} of {self.n} essays {apart} first {self._some}{against}; chance: {often}"

    @property
    def sums(self) -> str:
        """What the difference is made of, so that it can be done again; empty where the sentence has it all."""
        if self.usual is None:
            return ""
        first, last, usually, at_last = (f"{rounded(mean, 1):.1f}" for mean in (self.first, self.last, *self.usual))
        return f"The means are {first} and then {last}; these students usually get {usually} and {at_last}"

    @property
    def _some(self) -> str:
        return _WORDS[self.ends - 6] if self.ends <= 10 else str(self.ends)

    @property
    def _apart(self) -> str:
        apart = rounded(abs(self.difference), 1)
        marks = f"{apart:.1f} mark{'' if apart == 1 else 's'}" if apart else "less than 0.1 marks"
        return f"{marks} {'above' if self.difference > 0 else 'below'}"


def drift(marks: Sequence[int], usual: Sequence[Fraction] | None = None) -> Drift | None:
    """The marks in the order in which they were given; None of fewer than 20.

    ``usual`` is what each of the students usually gets, in marks of this pile: to the nearest half mark it is taken
    off, so that everything can still be counted.
    """
    n = len(marks)
    if n < FEWEST:
        return None
    ends = n // 3
    first, last = Fraction(sum(marks[:ends]), ends), Fraction(sum(marks[-ends:]), ends)
    if usual is None:
        return Drift(n, ends, first, last, _chance(marks, ends))
    halves = [floor(2 * one + Fraction(1, 2)) for one in usual]
    means = Fraction(sum(halves[:ends]), 2 * ends), Fraction(sum(halves[-ends:]), 2 * ends)
    chance = _chance([2 * mark - half for mark, half in zip(marks, halves, strict=True)], ends)
    return Drift(n, ends, first, last, chance, means)


def usual_shares(past: Sequence[Sequence[Fraction]]) -> list[Fraction] | None:
    """What each student of a pile usually gets, as a share of the maximum; None where too little is known of them.

    ``past`` are each one's shares from before. Enough is known where two of three students have three or more. The mean
    of all of these counts as one more mark of everybody's: it stands for who has none, and of few marks it says that
    they may have been luck.
    """
    if not past or 3 * sum(len(shares) >= ENOUGH for shares in past) < 2 * len(past):
        return None
    everything = [share for shares in past for share in shares]
    middle = sum(everything, Fraction()) / len(everything)
    return [sum(shares, middle) / (len(shares) + 1) for shares in past]


def _chance(marks: Sequence[int], ends: int) -> float:
    """In what share of the orders the sums of the thirds are at least as far apart as in this one."""
    apart = abs(sum(marks[-ends:]) - sum(marks[:ends]))
    if not apart:
        return 1.0
    return _counted(marks, ends, apart) if len(marks) <= COUNTED else _curve(marks, ends, apart)


def _counted(marks: Sequence[int], ends: int, apart: int) -> float:
    """Exactly: which marks fall into the first third and which into the last is all that matters of an order.

    ``ways[a][b]`` holds, for a marks in the first third and b in the last, how many choices come to each difference:
    all of them in one long number, so many bits for each, since a mark moves the whole of it by a shift.
    """
    lowest = min(marks)
    above = [mark - lowest for mark in marks]
    most = max(above)
    choices = comb(len(marks), ends) * comb(len(marks) - ends, ends)
    bits = choices.bit_length() + 1
    ways = [[0] * (ends + 1) for _ in range(ends + 1)]
    ways[0][0] = 1
    for mark in above:
        up, down = bits * mark, bits * (most - mark)
        for a in range(ends, -1, -1):
            row, less = ways[a], ways[a - 1] if a else None
            for b in range(ends, -1, -1):
                if less is not None:
                    row[b] += less[b] << down
                if b:
                    row[b] += row[b - 1] << up
    tail = ways[ends][ends] >> bits * (ends * most + apart)
    # What is left of a number when it is divided by its base less one is the sum of its digits.
    found = tail % ((1 << bits) - 1)
    return float(Fraction(2 * found, choices))  # turned round, an order has the thirds as far apart the other way


def _curve(marks: Sequence[int], ends: int, apart: int) -> float:
    """By the bell curve that has exactly the spread which the difference has over all orders."""
    n = len(marks)
    variance = Fraction(n * sum(mark * mark for mark in marks) - sum(marks) ** 2, n * (n - 1))
    return erfc((apart - 0.5) / sqrt(2 * (2 * ends * variance)))
