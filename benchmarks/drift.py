"""Row ``drift``: how often the test for drift speaks, on simulated piles in which the truth is known.

A pile is thirty marks of 25 around 14, and the standard slides at a steady pace while they are given, so that the last
ten are marked so many marks lower than the first ten: "a drift of 2 marks" is what the sentence on the screen would say
of it. (From the first essay to the last it is then 2.9.) *Spread* is the standard deviation of what the essays deserve.

Two kinds of piles: of one essay a student nothing else is known. A class is known: its students differ by a standard
deviation of 2.5, an essay by ``noise`` from its student's others, and there are marks from before, one in ten of them
missing. Those piles slid too, by a mark, each in another order, and were harder or easier by a standard deviation of 1.

Beside the statistic that markdesk tells (last third less first third, every order counted) stand those that it might
have: the rank correlation of marks and order (Spearman's), and the slope of a line, both at the same rate. And the most
that could be found at all: by who is told beforehand how far the essays lie apart and that the slide would be steady.
"""

import math
import random
import statistics
from collections.abc import Callable, Sequence
from fractions import Fraction

from benchmarks.report import Row, say
from markdesk.core.drift import RATE, drift, usual_shares

OUT_OF = 25
MIDDLE = 14.0
ESSAYS = 30
PILES = 2_000
ALARMS = 20_000
"""Piles without any drift in which alarms are counted."""
SPREADS = (1.5, 2.0, 2.5, 3.0, 3.5, 4.0)
MOVED = (0.0, 1.0, 2.0, 3.0, 4.0)
APART = 2.5
"""The standard deviation of students."""
NOISES = (1.5, 1.75, 2.0, 2.5)
KNOWN = (3, 6, 10)
"""Earlier marks of each student."""
TO_FIND = 0.60
"""Of the piles with a drift of two marks."""

Usual = Sequence[Fraction] | None
Speaks = Callable[[Sequence[int], Usual], bool]


def pile(dice: random.Random, essays: int, spread: float, moved: float, is_late: bool = False) -> list[int]:
    """Marks in the order in which they were given; the last third ``moved`` marks under what the first third got.

    At a steady pace; ``is_late``: all at once, as the last third begins.
    """
    slide = [moved * (3 * at >= 2 * essays) for at in range(essays)] if is_late else _slide(essays, moved)
    return [_mark(dice.gauss(MIDDLE, spread) - by) for by in slide]


def class_pile(
    dice: random.Random, noise: float, moved: float, known: int, apart: float = APART, essays: int = ESSAYS
) -> tuple[list[int], Usual]:
    """Such a pile of a class, and what its students usually get by ``known`` marks from before."""
    deserve = [dice.gauss(MIDDLE, apart) for _ in range(essays)]
    past: list[list[Fraction]] = [[] for _ in range(essays)]
    for _ in range(known):
        easier, order = dice.gauss(0, 1), _slide(essays, 1.0)
        dice.shuffle(order)
        for its, mean, by in zip(past, deserve, order, strict=True):
            mark = _mark(dice.gauss(mean, noise) + easier - by)
            if dice.random() >= 0.1:
                its.append(Fraction(mark, OUT_OF))
    marks = [_mark(dice.gauss(mean, noise) - by) for mean, by in zip(deserve, _slide(essays, moved), strict=True)]
    shares = usual_shares(past)
    return marks, None if shares is None else [OUT_OF * share for share in shares]


def _slide(essays: int, moved: float) -> list[float]:
    return [moved * (at - (essays - 1) / 2) / (essays - essays // 3) for at in range(essays)]


def _mark(worth: float) -> int:
    return min(OUT_OF, max(0, round(worth)))


def by_thirds(marks: Sequence[int], usual: Usual = None) -> bool:
    found = drift(marks, usual)
    return found is not None and found.is_sign


def by_thirds_alone(marks: Sequence[int], usual: Usual) -> bool:
    """As if nothing were known of the students."""
    return by_thirds(marks)


def by_ranks(marks: Sequence[int], usual: Usual = None) -> bool:
    """Spearman's correlation with the order, by its spread over all orders; for thirty marks near enough."""
    values = _above(marks, usual)
    ranks = {one: statistics.mean(at for at, m in enumerate(sorted(values)) if m == one) for one in set(values)}
    return _correlates([ranks[one] for one in values])


def by_line(marks: Sequence[int], usual: Usual = None) -> bool:
    """The slope of a line through the marks, by its spread over all orders."""
    return _correlates(_above(marks, usual))


def by_knowing(spread: float) -> Speaks:
    """The most that can be found of a steady slide in either direction: no unbiased test finds more of it in marks that
    scatter by chance around it than the slope of a line against the spread that they are known to have."""
    known = math.hypot(spread, math.sqrt(1 / 12))  # a mark is rounded to a whole one

    def speaks(marks: Sequence[int], usual: Usual = None) -> bool:
        values, middle = _above(marks, usual), (len(marks) - 1) / 2
        slope = sum((at - middle) * value for at, value in enumerate(values))
        apart = known * math.sqrt(sum((at - middle) ** 2 for at in range(len(marks))))
        return math.erfc(abs(slope) / apart / math.sqrt(2)) <= RATE

    return speaks


def _above(marks: Sequence[int], usual: Usual) -> list[float]:
    return [float(mark - by) for mark, by in zip(marks, usual or [Fraction()] * len(marks), strict=True)]


def _correlates(values: Sequence[float]) -> bool:
    if len(set(values)) == 1:
        return False
    r = statistics.correlation(values, range(len(values)))
    return math.erfc(abs(r) * math.sqrt((len(values) - 1) / 2)) <= RATE


STATISTICS: dict[str, Speaks] = {"thirds": by_thirds, "ranks": by_ranks, "a line": by_line}
OF_A_CLASS: dict[str, Speaks] = {"thirds alone": by_thirds_alone, "thirds vs usual": by_thirds, "a line": by_line}


def at_rate(rate: float) -> Speaks:
    """The thirds, where so many false alarms were allowed."""

    def speaks(marks: Sequence[int], usual: Usual = None) -> bool:
        found = drift(marks, usual)
        return found is not None and found.chance <= rate

    return speaks


def found_in(speaks: Speaks, spread: float, moved: float, piles: int, is_late: bool = False) -> float:
    """In what share of so many piles a statistic speaks; the same piles for each statistic."""
    dice = random.Random(f"drift/{spread}/{moved}")
    return sum(speaks(pile(dice, ESSAYS, spread, moved, is_late), None) for _ in range(piles)) / piles


def found_in_class(speaks: Speaks, noise: float, moved: float, known: int, piles: int) -> float:
    """The same of a class."""
    dice = random.Random(f"drift/class/{noise}/{moved}/{known}")
    return sum(speaks(*class_pile(dice, noise, moved, known)) for _ in range(piles)) / piles


def rows() -> list[Row]:
    curves = {
        name: {(spread, moved): found_in(speaks, spread, moved, PILES) for spread in SPREADS for moved in MOVED}
        for name, speaks in STATISTICS.items()
    }
    curves["who knows the spread"] = {
        (spread, moved): found_in(by_knowing(spread), spread, moved, PILES) for spread in SPREADS for moved in MOVED
    }
    for name, curve in curves.items():
        say(f"found by {name}, of 100 piles of {ESSAYS} marks of {OUT_OF}; rows: spread, columns: marks drifted")
        say("spread " + "".join(f"{moved:>7g}" for moved in MOVED))
        for spread in SPREADS:
            say(f"{spread:>6g} " + "".join(f"{100 * curve[spread, moved]:>7.1f}" for moved in MOVED))
    others: dict[str, tuple[Speaks, bool]] = {
        "thirds, where 10 false alarms in 100 are allowed": (at_rate(0.10), False),
        "thirds, where 20 are": (at_rate(0.20), False),
        "thirds, where it drifts all at once, as the last third begins": (by_thirds, True),
        "a line, where it does": (by_line, True),
    }
    say(f"a drift of 2 found, of 100 piles, at these spreads: {', '.join(f'{spread:g}' for spread in SPREADS)}")
    for name, (speaks, is_late) in others.items():
        found = [100 * found_in(speaks, spread, 2.0, PILES, is_late) for spread in SPREADS]
        say(f"{name}: {', '.join(f'{share:.1f}' for share in found)}")
    known = {
        name: {(noise, marks): found_in_class(speaks, noise, 2.0, marks, PILES) for noise in NOISES for marks in KNOWN}
        for name, speaks in OF_A_CLASS.items()
    }
    for name, of_class in known.items():
        say(f"a drift of 2 found by {name}, of 100 piles of a class; rows: noise, columns: earlier marks")
        say(" noise " + "".join(f"{marks:>7g}" for marks in KNOWN))
        for noise in NOISES:
            say(f"{noise:>6g} " + "".join(f"{100 * of_class[noise, marks]:>7.1f}" for marks in KNOWN))
    detail = {
        name: {f"spread {spread:g}, drift {moved:g}": share for (spread, moved), share in curve.items()}
        for name, curve in curves.items()
    }
    detail |= {
        f"class, {name}": {f"noise {noise:g}, {marks} earlier": share for (noise, marks), share in of_class.items()}
        for name, of_class in known.items()
    }
    margin = 2 * math.sqrt(RATE * (1 - RATE) / ALARMS)
    alarms = {
        "nothing known": found_in(by_thirds, 3.0, 0.0, ALARMS),
        **{f"{n} earlier marks": found_in_class(by_thirds, 2.0, 0.0, n, ALARMS) for n in KNOWN},
    }
    made = [
        Row(
            f"drift: false alarms, {name}",
            round(100 * share, 2),
            round(100 * (RATE + margin), 2),
            ours=f"{100 * share:.2f} %",
            floor=f"{100 * RATE:g} % stated",
            unit="%",
            detail=detail,
        )
        for name, share in alarms.items()
    ]
    for spread in SPREADS:
        its = {name: 100 * curve[spread, 2.0] for name, curve in curves.items()}
        made.append(_missed(f"spread {spread:g}", its["thirds"], f"{its['who knows the spread']:.0f} % could be"))
    for noise in NOISES:
        its = {name: 100 * of_class[noise, KNOWN[-1]] for name, of_class in known.items()}
        alone = f"marks alone {its['thirds alone']:.0f} % found"
        made.append(_missed(f"a class, noise {noise:g}, {KNOWN[-1]} earlier", its["thirds vs usual"], alone))
    return made


def _missed(where: str, found: float, floor: str) -> Row:
    """In how many of a hundred piles a drift of two marks is missed."""
    return Row(
        f"drift: 2 marks in 25 missed, {where}",
        round(100 - found, 1),
        100 * (1 - TO_FIND),
        ours=f"{found:.0f} % found",
        floor=floor,
        unit="%",
    )
