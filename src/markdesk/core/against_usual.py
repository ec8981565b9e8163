"""Whether a pile lies above or below what its students usually get: am I marking this one as I marked the last?

Each mark is compared with the mean of the same student's earlier ones, so that it doesn't matter who is in the pile.
How often chance would put so many of them on one side is counted as for a coin (a sign test): it needs nothing but
which side each is on. A harder question, a shorter hour and another scheme put a whole pile on one side too; so it is
never called a fault.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, comb

from markdesk.core.drift import RATE
from markdesk.core.statistics import rounded

FEWEST = 6
"""Of fewer students whose usual mark is known nothing is said: six, all of them on one side, are the fewest that chance
seldom puts there."""


@dataclass(frozen=True, slots=True)
class AgainstUsual:
    """The marks of a pile against what each student usually gets."""

    n: int
    """Students whose usual mark is known."""
    difference: Fraction
    """Marks by which they lie above it, on average; below is less than 0."""
    above: int
    below: int
    """How many lie on either side; who gets just the usual is on neither."""

    @property
    def chance(self) -> float:
        """How often a coin would put so many, or more, of those that differ on one side, whichever."""
        several = self.above + self.below
        fewer = min(self.above, self.below)
        tail = sum(comb(several, count) for count in range(fewer + 1))
        return float(min(Fraction(1), Fraction(2 * tail, 2**several)))

    @property
    def is_sign(self) -> bool:
        """Whether chance would seldom do it."""
        return self.chance <= RATE

    @property
    def _sides(self) -> str:
        above = "none lies" if not self.above else "1 lies" if self.above == 1 else f"{self.above} lie"
        even = self.n - self.above - self.below
        just_there = f", {even} just there" if even else ""
        return f"of the {self.n} with earlier marks {above} above it, {self.below or 'none'} below{just_there}"

    @property
    def told(self) -> str:
        """``The pile as a whole lies 2.1 marks below what its students usually get (of the 24 with earlier
        marks 3 lie above it, 19 below)``, and how often chance would do this, where it isn't as likely as not."""
        apart = rounded(abs(self.difference), 1)
        side = "above" if self.difference > 0 else "below"
        where = f"{apart:.1f} mark{'' if apart == 1 else 's'} {side}" if apart else "less than 0.1 marks from"
        often = f"in {ceil(100 * self.chance)}" if self.chance >= 0.01 else "in fewer than 1"
        told = f"The pile as a whole lies {where} what its students usually get ({self._sides})"
        if self.is_sign:
            return f"{told}; chance would do this {often} of 100 piles"
        return f"{told}: no more than chance does{f' {often} of 100 piles' if self.chance < 0.5 else ''}"


def against_usual(marks: Iterable[tuple[int, Fraction | None]]) -> AgainstUsual | None:
    """Each mark with what its student usually gets, in marks of this pile; None for who isn't known.

    None where too few are known.
    """
    apart = [mark - usual for mark, usual in marks if usual is not None]
    if len(apart) < FEWEST:
        return None
    above, below = sum(one > 0 for one in apart), sum(one < 0 for one in apart)
    return AgainstUsual(len(apart), sum(apart, Fraction()) / len(apart), above, below)
