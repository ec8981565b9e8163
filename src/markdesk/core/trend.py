"""Whether marks go up: told by pairs of essays, so that one very good or bad day doesn't decide it."""

from collections.abc import Sequence
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

    @property
    def pairs(self) -> int:
        return self.up + self.down + self.same

    @property
    def told(self) -> str:
        """One sentence; of fewer than three essays that there is nothing to be told."""
        if self.count < FEWEST:
            having = {0: "No mark", 1: "One mark"}.get(self.count, f"{self.count} marks")
            return f"{having} so far: a trend isn't told from fewer than {FEWEST}."
        level = f", neither in {self.same}" if self.same else ""
        compared = f"the later has the higher share in {self.up}, the lower in {self.down}{level}"
        return f"Of {self.pairs} pairs of marks {compared}: {self._word}."

    @property
    def brief(self) -> str:
        """The same in two words, for a column."""
        return self._word if self.count >= FEWEST else "too few"

    @property
    def _word(self) -> str:
        differing = self.up + self.down
        if DIFFER * differing < self.pairs:
            return "mostly level"
        if 3 * self.up >= 2 * differing:
            return "mostly rising"
        return "mostly falling" if 3 * self.down >= 2 * differing else "no clear direction"


def trend(shares: Sequence[float]) -> Trend:
    """The trend of shares of the maximum, in the order of time."""
    pairs = list(combinations(shares, 2))
    up = sum(later > earlier for earlier, later in pairs)
    down = sum(later < earlier for earlier, later in pairs)
    return Trend(len(shares), up, down, len(pairs) - up - down)
