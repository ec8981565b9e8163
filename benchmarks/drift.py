"""Row ``drift``: how often the test for drift speaks, on simulated piles in which the truth is known.

A pile is thirty marks of 25 around 14, and the standard slides at a steady pace while they are given, so that the last
ten are marked so many marks lower than the first ten. *Spread* is the standard deviation of what the essays deserve.
Beside the statistic that markdesk tells (last third less first third, every order counted) stands the rank correlation
of marks and order (Spearman's), tested at the same rate: which of two would find more.
"""

import math
import random
import statistics
from collections.abc import Callable, Sequence

from benchmarks.report import Row, say
from markdesk.core.drift import RATE, drift

OUT_OF = 25
MIDDLE = 14.0
ESSAYS = 30
PILES = 2_000
SPREADS = (1.5, 2.0, 2.5, 3.0, 3.5, 4.0)
MOVED = (0.0, 1.0, 2.0, 3.0, 4.0)
TO_FIND = 0.60
"""Of the piles with a drift of two marks."""


def pile(dice: random.Random, essays: int, spread: float, moved: float) -> list[int]:
    """Marks in the order in which they were given; the last third ``moved`` marks under what the first third got."""
    third = essays // 3
    return [
        min(OUT_OF, max(0, round(dice.gauss(MIDDLE, spread) - moved * (at - (essays - 1) / 2) / (essays - third))))
        for at in range(essays)
    ]


def _by_thirds(marks: Sequence[int]) -> bool:
    found = drift(marks)
    return found is not None and found.is_sign


def _by_ranks(marks: Sequence[int]) -> bool:
    """Spearman's correlation with the order, by its spread over all orders; for thirty marks near enough."""
    ranks = {mark: statistics.mean(at for at, m in enumerate(sorted(marks)) if m == mark) for mark in set(marks)}
    if len(ranks) == 1:
        return False
    r = statistics.correlation([ranks[mark] for mark in marks], range(len(marks)))
    return math.erfc(abs(r) * math.sqrt((len(marks) - 1) / 2)) <= RATE


STATISTICS: dict[str, Callable[[Sequence[int]], bool]] = {"thirds": _by_thirds, "ranks": _by_ranks}


def found_in(speaks: Callable[[Sequence[int]], bool], spread: float, moved: float, piles: int) -> float:
    """In what share of so many piles a statistic speaks; the same piles for each statistic."""
    dice = random.Random(f"drift/{spread}/{moved}")
    return sum(speaks(pile(dice, ESSAYS, spread, moved)) for _ in range(piles)) / piles


def rows() -> list[Row]:
    curves = {
        name: {(spread, moved): found_in(speaks, spread, moved, PILES) for spread in SPREADS for moved in MOVED}
        for name, speaks in STATISTICS.items()
    }
    for name, curve in curves.items():
        say(f"found by {name}, of 100 piles of {ESSAYS} marks of {OUT_OF}; rows: spread, columns: marks drifted")
        say("spread " + "".join(f"{moved:>7g}" for moved in MOVED))
        for spread in SPREADS:
            say(f"{spread:>6g} " + "".join(f"{100 * curve[spread, moved]:>7.1f}" for moved in MOVED))
    detail = {
        name: {f"spread {spread:g}, drift {moved:g}": share for (spread, moved), share in curve.items()}
        for name, curve in curves.items()
    }
    alarms = max(curves["thirds"][spread, 0.0] for spread in SPREADS)
    margin = 2 * math.sqrt(RATE * (1 - RATE) / PILES)
    made = [
        Row(
            f"drift: false alarms, worst of {len(SPREADS)} spreads",
            round(100 * alarms, 1),
            round(100 * (RATE + margin), 1),
            ours=f"{100 * alarms:.1f} %",
            floor=f"{100 * RATE:g} % stated",
            unit="%",
            detail=detail,
        )
    ]
    for spread in SPREADS:
        missed = 1 - curves["thirds"][spread, 2.0]
        made.append(
            Row(
                f"drift: 2 marks in 25 missed, spread {spread:g}",
                round(100 * missed, 1),
                100 * (1 - TO_FIND),
                ours=f"{100 * (1 - missed):.0f} % found",
                floor=f"ranks {100 * curves['ranks'][spread, 2.0]:.0f} % found",
                unit="%",
            )
        )
    return made
