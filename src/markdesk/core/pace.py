"""How long a pile takes, told from when its marker acted. Private to her desk: it stands on no sheet."""

from bisect import bisect_left, insort
from collections.abc import Iterable
from datetime import datetime, timedelta

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


class Typical:
    """What a finished essay takes, known at any moment: one more essay, or more time on one, counts no others anew."""

    def __init__(self, times: Iterable[tuple[str, timedelta]] = ()) -> None:
        self._times: dict[str, timedelta] = {}
        self._in_order: list[timedelta] = []
        for script, time in times:
            self.count(script, time)

    def count(self, script: str, time: timedelta) -> None:
        """The time on a script in all; none takes it out, as where it isn't finished any longer."""
        before = self._times.pop(script, None)
        if before is not None:
            del self._in_order[bisect_left(self._in_order, before)]
        if time > timedelta():
            self._times[script] = time
            insort(self._in_order, time)

    @property
    def each(self) -> timedelta | None:
        """The median, so that one that was interrupted doesn't tell; None from fewer than three."""
        found = self._in_order
        count = len(found)
        return (found[(count - 1) // 2] + found[count // 2]) / 2 if count >= FEWEST else None


def an_essay(times: Iterable[timedelta]) -> timedelta | None:
    """What an essay takes, of these."""
    return Typical((str(at), time) for at, time in enumerate(times)).each


def expected_finish(now: str, each: timedelta, left: int) -> datetime:
    """When the pile is done, going on like this without a pause."""
    return datetime.fromisoformat(now) + each * left
