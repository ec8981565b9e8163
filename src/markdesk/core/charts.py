"""Three charts as plain values, with nothing drawn: a terminal, a page and a reader who can't see them tell the same.

``told`` says in words what a chart shows: it stands beside the drawing, and for it where there is none. Every chart
has its n, and of fewer than three points nothing is claimed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import zip_longest
from math import ceil, floor

from markdesk.core.days import tell_day
from markdesk.core.plain import listed
from markdesk.core.statistics import Figures, decimal, figures
from markdesk.core.trend import FEWEST, Trend, trend

LEAST_TOP = 5
SIGNS = "●▲■◆○△□◇"
"""The shapes of the points: each line of a chart has its own, so that no colour is needed to tell them apart."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many there are of each: a bar beside the next, from the lowest to the highest."""

    title: str
    across: str
    up: str
    bars: tuple[tuple[str, int], ...]
    told: str

    @property
    def n(self) -> int:
        return sum(count for _, count in self.bars)

    @property
    def top(self) -> int:
        """The count that the highest place of the drawing stands for: in a small class one essay is no mountain."""
        return max([LEAST_TOP, *(count for _, count in self.bars)])

    @property
    def given(self) -> tuple[tuple[str, int], ...]:
        """The bars from the first that has any to the last: what a page of letters alone lists."""
        there = [at for at, (_, count) in enumerate(self.bars) if count]
        return self.bars[there[0] : there[-1] + 1] if there else ()

    def within(self, most: int) -> "Histogram":
        """In at most so many bars: neighbours stand together, as many as it takes."""
        each = -(-len(self.bars) // max(1, most))
        if each <= 1:
            return self
        groups = [self.bars[at : at + each] for at in range(0, len(self.bars), each)]
        bars = tuple((_from_to([label for label, _ in group]), sum(n for _, n in group)) for group in groups)
        return replace(self, bars=bars)


def _from_to(labels: Sequence[str]) -> str:
    return labels[0] if len(labels) == 1 else f"{labels[0]}–{labels[-1]}"


@dataclass(frozen=True, slots=True)
class Stop:
    """A piece of work along the course, whether it has a mark or not."""

    day: str
    """When it was set, ISO."""
    name: str
    told: str
    """The raw mark, or what stands for the gap."""
    scheme: str = ""
    """The letter of the scheme that it was marked under, where there are several."""


@dataclass(frozen=True, slots=True)
class Point:
    """A mark as a share of what there was to have, with the raw mark."""

    share: Fraction
    told: str


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One mark over the course: the total, a scale or a strand. A gap where a piece of work has none."""

    name: str
    """Empty where the chart has this line alone, and its title says what it is."""
    sign: str
    points: tuple[Point | None, ...]
    trend: Trend
    """That of the whole course, wherever fewer of its points are shown."""

    @property
    def n(self) -> int:
        return sum(point is not None for point in self.points)


@dataclass(frozen=True, slots=True)
class TrendChart:
    """Marks along the course as shares of their maxima, oldest first."""

    title: str
    across: str
    up: str
    stops: tuple[Stop, ...]
    lines: tuple[TrendLine, ...]
    """Each with a point or a gap for every stop."""
    told: str
    schemes: tuple[tuple[str, str], ...] = ()
    """Letter and name of each scheme, where there are several."""
    notes: str = ""
    """What a reader has to know besides: what a trend is counted from, what the gaps are, that schemes compare only
    roughly."""
    is_joined: bool = False
    """Whether a line leads from point to point; not where lines would cross, nor where no direction may be seen."""

    @property
    def n(self) -> int:
        """How many pieces of work have a point."""
        return sum(any(line.points[at] is not None for line in self.lines) for at in range(len(self.stops)))

    def newest(self, most: int) -> "TrendChart":
        """The last so many pieces of work: what there is room for. What is told stays that of all."""
        first = max(0, len(self.stops) - max(1, most))
        if not first:
            return self
        across = f"the last {len(self.stops) - first} of {len(self.stops)} {self.across}"
        lines = tuple(replace(line, points=line.points[first:]) for line in self.lines)
        return replace(self, across=across, stops=self.stops[first:], lines=lines)


@dataclass(frozen=True, slots=True)
class Strip:
    """Marks in the order in which they were given."""

    title: str
    across: str
    up: str
    marks: tuple[int, ...]
    most: int
    """What the marks are out of."""
    ends: int
    """How many marks the first third has, and the last; 0 where the thirds aren't compared."""
    told: str
    usual: tuple[Fraction, Fraction] | None = None
    """What the students of the first third usually get, and those of the last, where it is measured against that."""

    @property
    def n(self) -> int:
        return len(self.marks)

    @property
    def span(self) -> tuple[int, int]:
        """The marks between which it is drawn. What is looked for is a slope, not a size: it needn't begin at 0."""
        values = [*self.marks, *(self.usual or ())]
        return max(0, floor(min(values)) - 1), min(self.most, ceil(max(values)) + 1)

    @property
    def thirds(self) -> tuple[str, ...]:
        """The means in words: of what was given, then of what these students usually get."""
        if self.first is None or self.last is None:
            return ()
        told = f"mean of the first {self.ends}: {decimal(self.first)}, of the last {self.ends}: {decimal(self.last)}"
        if self.usual is None:
            return (told,)
        return told, f"what these students usually get: {decimal(self.usual[0])}, then {decimal(self.usual[1])}"

    @property
    def first(self) -> Fraction | None:
        """The mean of the first third."""
        return Fraction(sum(self.marks[: self.ends]), self.ends) if self.ends else None

    @property
    def last(self) -> Fraction | None:
        """The mean of the last third."""
        return Fraction(sum(self.marks[-self.ends :]), self.ends) if self.ends else None


Chart = Histogram | TrendChart | Strip


def letter(at: int) -> str:
    """What a scheme is called beside a mark: A, B …"""
    return chr(ord("A") + at) if at < 26 else str(at + 1)


def every(least: float) -> int:
    """A round number that is at least that: what has no room for each has a label at every second, fifth, tenth."""
    return next((step for step in (1, 2, 5, 10, 20, 50, 100) if step >= least), 500)


def rungs(lowest: int, highest: int, most: int) -> range:
    """The round numbers from one to another that a side of a chart has its labels at, about so many at the most; the
    highest where none of them is round."""
    step = every((highest - lowest) / max(1, most))
    return range(-(-lowest // step) * step, highest + 1, step) or range(highest, highest + 1)


def numbered(n: int, least: float) -> list[int]:
    """Which of so many, counted from 1, have their number: the round ones, and the first where it is far from those."""
    step = every(least)
    return [at for at in range(1, n + 1) if at % step == 0 or (at == 1 and step > 2)]


# -- made from marks


def of_marks(title: str, counts: Sequence[int]) -> Histogram:
    """How many essays have each mark; ``counts`` begin with those of 0 and end with those of the maximum."""
    marks = [mark for mark, count in enumerate(counts) for _ in range(count)]
    most = len(counts) - 1
    bars = tuple((str(mark), count) for mark, count in enumerate(counts))
    its = figures(marks)
    told = _few(len(marks)) if its is None or its.n < FEWEST else _of_figures(its, most, bars)
    return Histogram(title, f"mark out of {most}", "essays", bars, told)


def of_counts(
    title: str, across: str, bars: Sequence[tuple[str, int]], noun: str = "essay", unit: str = ""
) -> Histogram:
    """How many there are of each kind, the lowest first, such as levels: told from the highest down."""
    n = sum(count for _, count in bars)
    told = _few(n)
    if n >= FEWEST:
        there = [f"{count} at {label}{unit}" for label, count in reversed(bars) if count]
        nowhere = [f"{label}{unit}" for label, count in reversed(bars) if not count]
        told = f"{n} {noun}s: {', '.join(there)}{f'; none at {listed(nowhere)}' if nowhere else ''}."
    return Histogram(title, across, f"{noun}s", tuple(bars), told)


def over_time(
    title: str,
    stops: Sequence[Stop],
    lines: Sequence[tuple[str, Sequence[Point | None]]],
    schemes: Sequence[tuple[str, str]] = (),
    notes: str = "",
    told: str = "",
) -> TrendChart:
    """Marks along the course; each line is its name and its points. ``told`` where they aren't one student's."""
    its = tuple(_line(name, SIGNS[at % len(SIGNS)], stops, points) for at, (name, points) in enumerate(lines))
    alone = its[0] if len(its) == 1 and not its[0].name else None
    is_joined = alone is not None and not told
    if alone is not None and not told:
        notes = " ".join(filter(None, (alone.trend.counts, notes)))
    told = told or (_of_line(alone, stops) if alone is not None else _of_lines(its))
    across = "pieces of work, in the order in which they were set"
    return TrendChart(title, across, "% of the maximum", tuple(stops), its, told, tuple(schemes), notes, is_joined)


def _line(name: str, sign: str, stops: Sequence[Stop], points: Sequence[Point | None]) -> TrendLine:
    """A line with a point or a gap for every stop."""
    along = [(stop, point) for point, stop in zip_longest(points, stops)]
    dated = [(stop.day, float(point.share)) for stop, point in along if point is not None]
    return TrendLine(name, sign, tuple(point for _, point in along), trend(dated))


def in_order(
    title: str,
    marks: Sequence[int],
    most: int,
    ends: int,
    told: str,
    usual: tuple[Fraction, Fraction] | None = None,
) -> Strip:
    """Marks in the order in which they were given; ``ends`` is 0 where the thirds may not be compared."""
    told = told if len(marks) >= FEWEST else _few(len(marks))
    across = "essays, in the order in which they were marked"
    return Strip(title, across, f"mark out of {most}", tuple(marks), most, ends, told, usual)


# -- in words


def _few(n: int) -> str:
    if not n:
        return "No mark yet."
    return f"{'One mark' if n == 1 else f'{n} marks'} so far: nothing is claimed from fewer than {FEWEST}."


def _of_figures(its: Figures, most: int, bars: Sequence[tuple[str, int]]) -> str:
    """``26 marks from 11 to 20 of 25: mean 15.0, median 15.0, most often 13 and 15 (4 each).``"""
    tallest = max(count for _, count in bars)
    often = [label for label, count in bars if count == tallest]
    told = f"{its.n} marks from {its.lowest} to {its.highest} of {most}: mean {decimal(its.mean)}"
    told += f", median {decimal(its.median)}"
    if tallest == 1 or len(often) > 4:
        return f"{told}."
    return f"{told}, most often {listed(often)} ({tallest}{' each' if len(often) > 1 else ' times'})."


def _of_line(line: TrendLine, stops: Sequence[Stop]) -> str:
    """Where it goes, and from where to where."""
    if line.n < FEWEST:
        return line.trend.plain
    there = [(stop.day, point.told) for stop, point in zip(stops, line.points, strict=True) if point is not None]
    (begun, first), (ended, last) = there[0], there[-1]
    if begun == ended:
        return line.trend.plain
    return f"{line.trend.plain} The first is {first} ({tell_day(begun)}), the last {last} ({tell_day(ended)})."


def _of_lines(lines: Sequence[TrendLine]) -> str:
    """``AO1: mostly rising (6 marks). Nothing is claimed of AO2, with fewer than 3 marks.``"""
    clear = [f"{line.name}: {line.trend.brief} ({line.n} marks)" for line in lines if line.n >= FEWEST]
    few = [line.name for line in lines if line.n < FEWEST]
    told = [f"{'; '.join(clear)}."] if clear else []
    if few:
        each = " each" if len(few) > 1 else ""
        told.append(f"Nothing is claimed of {listed(few)}, with fewer than {FEWEST} marks{each}.")
    return " ".join(told)
