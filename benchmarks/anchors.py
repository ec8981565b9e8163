"""Row ``anchors``: whether annotations find their passages again in a redraft, and what that takes.

The redrafts are made from seeds, with the truth (``redrafts.py``). The weights and floors of the search were chosen on
seeds below ``HELD_OUT``; what is told here is of seeds from there on, which were never looked at for that.

*Right*: placed, and at least half of the characters from the first to the last of both places are common to both.
*Wrong*: placed elsewhere, or placed although the passage was taken out. *Lost*: not placed; a person puts it back.
"""

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.redrafts import GONE, KINDS, SEVERAL, TWIN, Case, Redraft, redraft
from benchmarks.report import Row, say
from markdesk.core.anchors import anchor
from markdesk.core.essay import Essay, Span
from markdesk.core.relocating import How, Relocator

HELD_OUT = 70_000
ESSAYS = 300
"""Two drafts each: more than nine thousand passages."""


@dataclass
class Tally:
    """What came of the passages of one kind."""

    right: int = 0
    wrong: int = 0
    lost: int = 0
    exact: int = 0
    """Those that were placed to the character."""
    silent: int = 0
    """Those on a wrong place that isn't told as found by likeness."""

    @property
    def count(self) -> int:
        return self.right + self.wrong + self.lost

    def share(self, part: int) -> float:
        return 100 * part / self.count if self.count else 0.0

    def add(self, other: "Tally") -> None:
        self.right += other.right
        self.wrong += other.wrong
        self.lost += other.lost
        self.exact += other.exact
        self.silent += other.silent


@dataclass
class Result:
    """What came of the passages of many redrafts."""

    kinds: dict[str, Tally] = field(default_factory=dict)
    seconds: float = 0.0
    essays: int = 0

    def of(self, kinds: Iterable[str]) -> Tally:
        """Several kinds as one."""
        whole = Tally()
        for kind in kinds:
            whole.add(self.kinds.get(kind, Tally()))
        return whole

    @property
    def edited(self) -> Tally:
        return self.of(kind for kind in self.kinds if kind not in GONE and kind != "unchanged")

    @property
    def gone(self) -> Tally:
        return self.of(GONE)


def common(one: Span, other: Span) -> float:
    """How much of two places is common to both."""
    both = min(one.end, other.end) - max(one.start, other.start)
    return max(0, both) / (max(one.end, other.end) - min(one.start, other.start))


def judged(case: Case, span: Span | None, how: How) -> Tally:
    """What became of one passage."""
    if span is None:
        return Tally(lost=1)
    if case.truth is not None and common(span, case.truth) >= 0.5:
        return Tally(right=1, exact=int(span == case.truth))
    return Tally(wrong=1, silent=int(how is How.SAME))


def measure(seeds: Iterable[int]) -> Result:
    """Find the passages of these redrafts."""
    result = Result()
    for seed in seeds:
        made = redraft(seed)
        old = [anchor(made.earlier, case.span) for case in made.cases]
        begun = time.perf_counter()
        places = Relocator(made.earlier, made.essay)
        found = [places.find(each) for each in old]
        result.seconds += time.perf_counter() - begun
        result.essays += 1
        for case, place in zip(made.cases, found, strict=True):
            result.kinds.setdefault(case.kind, Tally()).add(judged(case, place.anchor.span, place.how))
    return result


def long_one(redrafts: Iterable[Redraft]) -> tuple[Essay, Essay, list[Span]]:
    """Several redrafts in a row, as one long essay."""
    made = list(redrafts)
    earlier = "\n\n".join(each.earlier.text for each in made)
    newer = "\n\n".join(each.essay.text for each in made)
    spans: list[Span] = []
    at = 0
    for each in made:
        spans += [Span(case.span.start + at, case.span.end + at) for case in each.cases]
        at += len(each.earlier.text) + 2
    return Essay(earlier), Essay(newer), spans


def rows(essays: int = ESSAYS) -> list[Row]:
    """The table's rows, with each kind under the first."""
    say(f"anchors: the passages of {essays} redrafts")
    result = measure(range(HELD_OUT, HELD_OUT + essays))
    kinds = [kind for kind in (*KINDS, SEVERAL, TWIN) if kind in result.kinds]
    width = max(map(len, kinds))
    told: list[str] = []
    for kind in kinds:
        tally = result.kinds[kind]
        shares = f"right {tally.share(tally.right):5.1f} %  wrong {tally.share(tally.wrong):5.2f} %"
        shares += f"  lost {tally.share(tally.lost):5.1f} %  to the character {tally.share(tally.exact):5.1f} %"
        told.append(f"{kind:<{width}}  {tally.count:5}  {shares}")
    same, edited, gone = result.of(["unchanged"]), result.edited, result.gone
    count = sum(tally.count for tally in result.kinds.values())
    silent = sum(tally.silent for tally in result.kinds.values())
    told.append(f"{silent} of {count} on a wrong place and not told as found by likeness")
    spent = f"{1000 * result.seconds / result.essays:.0f} ms an essay of {count / result.essays:.0f} passages"

    def missed(tally: Tally, good: int) -> str:
        return f"{good} of {tally.count}"

    def row(name: str, tally: Tally, bad: int, bar: float, ours: str, note: str = "") -> Row:
        detail = {kind: Counter(vars(result.kinds[kind])) for kind in kinds} if note else {}
        return Row(name, round(tally.share(bad), 2), bar, ours, unit="%", note=note, detail=detail)

    return [
        row("annotations, unchanged: not right", same, same.count - same.right, 0, missed(same, same.right)),
        row("annotations, edited: not right", edited, edited.count - edited.right, 20, missed(edited, edited.right)),
        row("annotations, edited: on a wrong place", edited, edited.wrong, 2, f"{edited.wrong} of {edited.count}"),
        row("annotations, taken out: placed all the same", gone, gone.wrong, 5, f"{gone.wrong} of {gone.count}"),
        row("annotations, all: silently on a wrong place", result.of(kinds), silent, 0, spent, "\n".join(told)),
        _long_row(),
    ]


def _long_row() -> Row:
    """Three hundred annotations on an essay of three thousand words."""
    made: list[Redraft] = []
    while sum(each.earlier.words for each in made) < 3000:
        made.append(redraft(HELD_OUT - 1 - len(made)))
    earlier, newer, spans = long_one(made)
    old = [anchor(earlier, spans[n % len(spans)]) for n in range(300)]
    begun = time.perf_counter()
    places = Relocator(earlier, newer)
    for each in old:
        places.find(each)
    seconds = time.perf_counter() - begun
    return Row(f"300 annotations on {earlier.words} words", round(seconds, 2), 1, f"{seconds:.2f} s", unit="s")
