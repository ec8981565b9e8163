"""How long a pile takes, told from when its marker acted. Private to her desk: it stands on no sheet."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median

IDLE = timedelta(minutes=10)
"""Two acts that are further apart had a pause between them: none of it counts. Reading an essay takes less."""
FEWEST = 3
"""Of fewer essays than these nothing is foretold."""


class Pace:
    """The time on each script of a pile, from acts in their order.

    What passed between two acts belongs to the later one's script: it was read before it was marked. The first act of
    all, and the first after a pause, begin the count: the reading before them isn't known.
    """

    def __init__(self, acts: Iterable[tuple[str, str]] = ()) -> None:
        self.spent: dict[str, timedelta] = {}
        self._last: datetime | None = None
        for script, when in acts:
            self.add(script, when)

    def add(self, script: str, when: str) -> None:
        """That a script was acted on just now; when as ISO 8601."""
        at = datetime.fromisoformat(when)
        passed = at - self._last if self._last is not None else timedelta()
        counts = timedelta() <= passed <= IDLE
        self.spent[script] = self.spent.get(script, timedelta()) + (passed if counts else timedelta())
        self._last = at


def an_essay(times: Iterable[timedelta]) -> timedelta | None:
    """What an essay takes: the median, so that one that was interrupted doesn't tell; None from fewer than three."""
    known = [time for time in times if time > timedelta()]
    return timedelta(seconds=median(time.total_seconds() for time in known)) if len(known) >= FEWEST else None


def expected_finish(now: str, each: timedelta, left: int) -> datetime:
    """When the pile is done, going on like this without a pause."""
    return datetime.fromisoformat(now) + each * left
