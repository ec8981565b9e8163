"""A chart drawn large for the terminal, by textual-plotext: loaded when one is asked for, and not before.

The library has the canvas, the axes and the lines between points; every place on it is given in whole cells, so that a
bar is as long as its count and a point stands over its label. It colours by numbers, each of which stands for one of
the program's own styles (``STYLES``): so a chart has the theme's colours, and what is told apart by colour is told
apart by its shape too. Names, which come from outside, aren't given to it: they stand in lines beside the canvas.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise

from rich.cells import cell_len
from rich.text import Text
from textual_plotext import Plot

from markdesk.core.charts import Chart, Histogram, Strip, TrendChart, TrendLine, every, numbered, rungs
from markdesk.core.days import month_told
from markdesk.core.plain import show_line
from markdesk.tui.widgets.lines import Line, Piece
from markdesk.tui.words import clipped, fitted

STYLES = ("text", "quiet", "bar", "strong", "accent", "weigh", "good", "weak")
"""What each number that the library takes for a colour stands for."""
SERIES = ("accent", "weigh", "good", "weak", "strong")
"""The styles of several lines, in turn; their shapes tell them apart."""
LEAST_HIGH = 7
"""Lines of the lowest canvas that says anything, with its axis and what stands below that."""
WIDEST_BAR, WIDEST_STOP = 12, 18
"""Cells that a bar, or a piece of work, has at the most: few don't drift apart in a wide window."""
STOP = 6
"""Cells of a piece of work at the least: a raw mark such as ``27/40``, and a space."""
LONGEST_NAME = 34
MEAN, USUAL = "━", "╌"
"""The lines over a third of the marks: what was given, and what these students usually get."""


def plot_lines(chart: Chart, width: int, height: int) -> list[Line]:
    """The chart in so many cells."""
    match chart:
        case Histogram():
            return _histogram(chart, width, height)
        case TrendChart():
            return _trend(chart, width, height)
        case Strip():
            return _strip(chart, width, height)


class Canvas:
    """A canvas on which places are cells: columns from the left, rows from the foot, both from 0."""

    def __init__(self, width: int, height: int, labels: Sequence[tuple[int, str]]) -> None:
        """In so many cells, axes and their labels included; ``labels`` stand at rows of the axis at the left."""
        at_left = max((cell_len(label) for _, label in labels), default=0)
        self._plot, self._size, self._below = Plot(), (width, height), ""
        self.columns, self.rows = width - at_left - 1, height - 2
        plot = self._plot
        plot.theme("clear")
        plot.ticks_color(_number("quiet"))
        plot.xlim(0, self.columns - 1)
        plot.ylim(0, self.rows - 1)
        plot.xaxes(True, False)
        plot.yaxes(True, False)
        plot.yticks([row for row, _ in labels], [label.rjust(at_left) for _, label in labels])

    def below(self, labels: Sequence[tuple[int, str]]) -> None:
        """What stands under the axis at the foot, at its columns; no two run into each other."""
        at_left = self._size[0] - self.columns
        line, ticks = "", list[float]()
        for column, label in labels:
            first = min(at_left + column - len(label) // 2, self._size[0] - len(label))
            if not line or first > len(line):
                line = f"{line:<{first}}{label}"
                ticks.append(column)
        self._plot.xticks(ticks, [""] * len(ticks))
        self._below = line

    def filled(self, columns: Iterable[int], rows: int, style: str) -> None:
        """A bar: so many rows from the foot."""
        its = list(columns)
        if rows:
            self._plot.scatter(its, [rows - 1] * len(its), marker="sd", color=_number(style), fillx=True)

    def line(self, places: Sequence[tuple[float, float]], style: str, marker: str = "·") -> None:
        """Lines from place to place."""
        columns, rows = [column for column, _ in places], [row for _, row in places]
        self._plot.plot(columns, rows, marker=marker, color=_number(style))

    def points(self, places: Sequence[tuple[float, float]], sign: str, style: str) -> None:
        """A sign at each place."""
        columns, rows = [column for column, _ in places], [row for _, row in places]
        if places:
            self._plot.scatter(columns, rows, marker=sign, color=_number(style))

    def write(self, text: str, column: float, row: float, style: str) -> None:
        """A few letters of our own, their middle at the place, no further out than the canvas."""
        half = len(text) // 2
        column = min(max(round(column), half), self.columns - 1 - half)
        self._plot.text(text, column, min(max(round(row), 0), self.rows - 1), _number(style), alignment="center")

    def lines(self) -> list[Line]:
        """The canvas, drawn."""
        width, height = self._size
        self._plot.plotsize(width, height)
        self._plot._set_size(width, height)  # without it a second size isn't taken: textual-plotext's issue 5
        *lines, _ = Text.from_ansi(self._plot.build()).split("\n")[:height]  # the last is kept free for what is below
        return [*map(_pieces, lines), ((self._below, "quiet"),)]


def _number(style: str) -> int:
    return STYLES.index(style) + 1


def _pieces(line: Text) -> Line:
    """A line of the library's in our own styles."""
    pieces: list[Piece] = []
    at = 0
    for span in sorted(line.spans):
        colour = span.style.color if not isinstance(span.style, str) else None
        pieces.append((line.plain[at : span.start], "text"))
        style = STYLES[colour.number - 1] if colour is not None and colour.number else "text"
        pieces.append((line.plain[span.start : span.end], style))
        at = span.end
    return tuple(piece for piece in (*pieces, (line.plain[at:], "text")) if piece[0])


# -- how many there are of each


def _histogram(chart: Histogram, width: int, height: int) -> list[Line]:
    axis = len(str(chart.top)) + 2
    room, rows = width - axis - 1, height - 3
    chart = chart.within(room // 2)
    each = max(1, (rows - 2) // chart.top)  # whole rows for one of them, a row kept for the figure above

    is_whole = 3 * (rows - 2) <= 4 * chart.top * each < 4 * rows

    def high(count: int) -> int:
        return count * each if is_whole else max(1, round(count * (rows - 2) / chart.top))

    counts = rungs(0, chart.top, rows // 3)[1:] or rungs(chart.top, chart.top, 1)
    canvas = Canvas(width, height - 1, [(high(count) - 1, f"{count} ") for count in counts])
    slot = min(WIDEST_BAR, canvas.columns // len(chart.bars))
    gap = 1 if slot < 5 else 2 if slot % 2 else 3  # so that a wide bar has a middle
    for at, (_, count) in enumerate(chart.bars):
        if count:
            canvas.filled(range(at * slot, (at + 1) * slot - gap), high(count), "bar")
            if slot > len(str(count)):
                canvas.write(str(count), at * slot + (slot - gap) // 2, high(count), "text")
    names = [_in_one_cell_each(label) for label, _ in chart.bars]
    nth = every((max(map(len, names)) + 1) / slot) if len(names) > WIDEST_BAR else 1
    room = max(slot * nth - 1, 2)
    canvas.below([
        (at * slot + (slot - gap) // 2, name if len(name) <= room else f"{name[: room - 1]}…")
        for at, name in enumerate(names) if at % nth == 0
    ])  # fmt: skip
    return [*canvas.lines(), _axis(chart.across, axis, width)]


def _in_one_cell_each(label: str) -> str:
    """A label that the canvas can set: it counts letters, so that wide ones and marks on letters are left out."""
    return "".join(letter for letter in show_line(label) if cell_len(letter) == 1)


def _axis(told: str, indent: int, width: int) -> Line:
    told = clipped(told, width)
    return ((f"{'':<{min(indent, width - cell_len(told))}}{told}", "quiet"),)


# -- marks over time


def _trend(chart: TrendChart, width: int, height: int) -> list[Line]:
    several = any(line.name for line in chart.lines)
    names = [f" {line.sign} {show_line(line.name)}" for line in chart.lines] if several else []
    most = min(LONGEST_NAME, width // 3)
    label = min(most, max(map(cell_len, names))) + 1 if several else 7
    longest = max((len(point.told) for line in chart.lines for point in line.points if point is not None), default=0)
    slot = max(STOP, longest + 1, len(chart.lines) + 1)
    chart = chart.newest(max(1, (width - label - 1) // slot))
    slot = min(WIDEST_STOP, (width - label - 1) // max(1, len(chart.stops)))
    figures = [_figures(line, label, slot, at) for at, line in enumerate(chart.lines)] if several else []
    below: list[Line] = []
    if chart.schemes:
        letters = "".join(_in_the_middle(stop.scheme, slot) for stop in chart.stops)
        below.append(((f"{'scheme':>{label - 1}}  ", "quiet"), (letters.rstrip(), "weigh")))
    below.append(_axis(chart.across, label + 1, width))
    if height - len(figures) - len(below) < LEAST_HIGH:
        below = []
    if figures and height - len(figures) < LEAST_HIGH:
        return figures[:height]  # the figures say it too
    canvas = _course(chart, width, height - len(figures) - len(below), label, slot)
    return [*canvas.lines(), *figures, *below]


def _course(chart: TrendChart, width: int, height: int, label: int, slot: int) -> Canvas:
    """The points over their pieces of work."""
    rows = height - 2
    shares = (0, 25, 50, 75, 100) if rows >= 9 else (0, 50, 100)
    canvas = Canvas(width, height, [(_row(share, rows), f"{share}% ".rjust(label)) for share in shares])
    middles = [at * slot + slot // 2 for at in range(len(chart.stops))]
    for at, line in enumerate(chart.lines):
        _draw_line(canvas, line, at, [middle + _aside(at, len(chart.lines)) for middle in middles], chart.is_joined)
    if not chart.lines[0].name:
        _write_marks(canvas, chart, middles)
    canvas.below([(middle, month_told(stop.day, "")) for middle, stop in zip(middles, chart.stops, strict=True)])
    return canvas


def _row(share: float | Fraction, rows: int) -> int:
    """The row of a share of the maximum in per cent."""
    return round(float(share) * (rows - 1) / 100)


def _aside(at: int, count: int) -> int:
    """Lines stand beside each other by a cell, so that none hides where another has the same share."""
    return at - (count - 1) // 2


def _draw_line(canvas: Canvas, line: TrendLine, at: int, columns: Sequence[int], is_joined: bool) -> None:
    """The points, and what joins those without a gap between them."""
    style = SERIES[at % len(SERIES)]
    places = [
        None if point is None else (column, _row(100 * point.share, canvas.rows))
        for column, point in zip(columns, line.points, strict=True)
    ]
    if is_joined:
        for before, after in pairwise(places):
            if before is not None and after is not None:
                canvas.line([before, after], "quiet")
    canvas.points([place for place in places if place is not None], line.sign, style)


def _write_marks(canvas: Canvas, chart: TrendChart, columns: Sequence[int]) -> None:
    """The raw mark at each point, above it where there is room; what stands for a gap at the foot."""
    for column, stop, point in zip(columns, chart.stops, chart.lines[0].points, strict=True):
        if point is None:
            canvas.write(stop.told, column, 0, "quiet")
            continue
        row = _row(100 * point.share, canvas.rows)
        canvas.write(point.told, column, row + 1 if row < canvas.rows - 2 else row - 1, "text")


def _figures(line: TrendLine, label: int, slot: int, at: int) -> Line:
    """What a line has under each piece of work: its raw mark or level."""
    told = "".join(_in_the_middle("" if point is None else point.told, slot) for point in line.points)
    name = fitted(f" {line.sign} {show_line(line.name)}", label)
    return (" ", "text"), (line.sign, SERIES[at % len(SERIES)]), (f"{name[2:]} ", "quiet"), (told.rstrip(), "text")


def _in_the_middle(text: str, slot: int) -> str:
    """A few letters under their tick, in so many cells."""
    return f"{'':<{slot // 2 - len(text) // 2}}{text}".ljust(slot)


# -- in the order in which they were given


def _strip(chart: Strip, width: int, height: int) -> list[Line]:
    lowest, highest = chart.span
    legend: list[Line] = [
        ((f" {sign * 2} ", "weigh"), (told, "text")) for sign, told in zip((MEAN, USUAL), chart.thirds, strict=False)
    ]
    below = [*legend, _axis(chart.across, len(str(highest)) + 2, width)]
    rows = height - len(below) - 2
    wide = max(1, highest - lowest)

    def row(mark: Fraction | int) -> int:
        return round((mark - lowest) * (rows - 1) / wide)

    marks = rungs(lowest, highest, rows // 2)
    canvas = Canvas(width, height - len(below), [(row(mark), f"{mark} ") for mark in marks])
    n = len(chart.marks)
    reach = min(canvas.columns - 1, 6 * (n - 1))
    columns = [round(at * reach / max(1, n - 1)) for at in range(n)]
    for sign, means in ((USUAL, chart.usual), (MEAN, (chart.first, chart.last))):
        for its, mean in zip((columns[: chart.ends], columns[n - chart.ends :]), means or (), strict=False):
            if mean is not None:
                canvas.line([(its[0], row(mean)), (its[-1], row(mean))], "weigh", sign)
    # The marks last: no line may hide one.
    canvas.points([(column, row(mark)) for column, mark in zip(columns, chart.marks, strict=True)], "●", "accent")
    canvas.below([(columns[at - 1], str(at)) for at in numbered(n, 4 * n / max(1, reach))])
    return [*canvas.lines(), *below]
