"""Whether marks go up: told by pairs of essays of different days, so that one good or bad day doesn't decide it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

FEWEST = 3
"""With fewer there is no trend to speak of."""
DIFFER = 3
"""One pair in so many has to differ: where fewer do, the marks are level, and one day among them decides nothing."""


@dataclass(frozen=True, slots=True)
class Trend:
    """How the later essay of each pair compares with the earlier."""

    count: int
    """How many essays."""
    up: int
    down: int
    same: int
    of_one_day: int = 0
    """Pairs of work that was set on one day: neither is the later, so they say nothing of a direction."""

    @property
    def pairs(self) -> int:
        return self.up + self.down + self.same

    @property
    def told(self) -> str:
        """Where they go, then what that is counted from."""
        return " ".join(filter(None, (self.plain, self.counts)))

    @property
    def plain(self) -> str:
        """Where they go, in a sentence for anybody; of fewer than three essays that there is nothing to be told."""
        if self.count < FEWEST:
            having = {0: "No mark", 1: "One mark"}.get(self.count, f"{self.count} marks")
            return f"{having} so far: a trend isn't told from fewer than {FEWEST}."
        if not self.pairs:
            return f"The {self.count} marks are all of one day: a trend isn't told from these."
        return f"Over these {self.count} marks: {self._word}."

    @property
    def counts(self) -> str:
        """What the sentence rests on; empty where no trend is told."""
        if self.count < FEWEST or not self.pairs:
            return ""
        level = f", the same in {self.same}" if self.same else ""
        left = f" ({self.of_one_day} of one day left out)" if self.of_one_day else ""
        pairs = f"Of {self.pairs} {'pair' if self.pairs == 1 else 'pairs'}{left}"
        return f"{pairs} the later share is higher in {self.up}, lower in {self.down}{level}."

    @property
    def brief(self) -> str:
        """The same in two words, for a column."""
        return self._word if self.count >= FEWEST else "too few"

    @property
    def _word(self) -> str:
        differing = self.up + self.down
        if self.pairs < FEWEST:  # those of one day are in no pair, and two days are no trend
            return "no clear direction"
        if DIFFER * differing < self.pairs:
            return "mostly level"
        if 3 * self.up >= 2 * differing:
            return "mostly rising"
        return "mostly falling" if 3 * self.down >= 2 * differing else "no clear direction"


def trend(marks: Iterable[tuple[str, float]]) -> Trend:
    """The trend of marks in the order of time: each the day when the work was set, and its share of the maximum."""
    its = list(marks)
    every = list(combinations(its, 2))
    pairs = [(earlier, later) for (day, earlier), (another, later) in every if day != another]
    up = sum(later > earlier for earlier, later in pairs)
    down = sum(later < earlier for earlier, later in pairs)
    return Trend(len(its), up, down, len(pairs) - up - down, len(every) - len(pairs))
