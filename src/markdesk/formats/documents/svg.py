"""A chart drawn as SVG, the same for a web page, a PDF and a Word file: small, and nothing in it loads or acts.

Every text goes in as the text of an element, so that no name can be read as markup. Shapes tell lines apart; the
colours only repeat it, and a page may give its own to the classes.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement, tostring

from markdesk.core.charts import SIGNS, Chart, Histogram, Strip, TrendChart, every, numbered, rungs
from markdesk.core.days import month_told
from markdesk.core.plain import show_line

WIDTH, HIGH = 640, 132
"""Of the drawing, and of the part of it in which the values stand, in its own units."""
LEFT, RIGHT, TOP = 44, 12, 32
"""Room for what stands beside and above that part."""
LINE = 17
"""From one line of text to the next."""
LETTER = 12
"""The size of a letter."""
FONTS = "Libertinus Serif, Georgia, serif"
INK, QUIET, EDGE, ACCENT = "#1F2328", "#5C584F", "#B5AFA2", "#8A5A00"
SERIES = (ACCENT, "#1F5F8B", "#276B2A", "#B3261E", INK)
ASIDE = 13
"""Points of several lines stand beside each other, so that none hides another."""
FOOT = TOP + HIGH
WITHIN = 36
"""At most so many bars."""


def svg(chart: Chart) -> str:
    """The drawing as a text. Its title and description are there for who can't see it."""
    match chart:
        case Histogram():
            return _finished(_histogram(chart), chart)
        case TrendChart():
            return _finished(_trend(chart), chart)
        case Strip():
            return _finished(_strip(chart), chart)


def _canvas(lines_below: int) -> Element:
    height = FOOT + LINE * lines_below + 6
    return Element("svg", {
        "xmlns": "http://www.w3.org/2000/svg", "width": str(WIDTH), "height": str(height),
        "viewBox": f"0 0 {WIDTH} {height}", "role": "img", "font-family": FONTS, "font-size": str(LETTER),
    })  # fmt: skip


def _finished(drawing: Element, chart: Chart) -> str:
    title, described = Element("title"), Element("desc")
    title.text, described.text = show_line(chart.title), show_line(chart.told)
    drawing[:0] = [title, described]
    return tostring(drawing, encoding="unicode")


def _figure(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _write(where: Element, text: str, x: float, y: float, anchor: str = "middle", kind: str = "figure") -> None:
    fill = QUIET if kind == "quiet" else INK
    made = SubElement(where, "text", {
        "class": kind, "x": _figure(x), "y": _figure(y), "text-anchor": anchor, "fill": fill,
    })  # fmt: skip
    made.text = show_line(text)


def _edge(where: Element, x: float, y: float, to_x: float, to_y: float) -> None:
    places = f"M{_figure(x)} {_figure(y)}L{_figure(to_x)} {_figure(to_y)}"
    SubElement(where, "path", {"class": "edge", "d": places, "stroke": EDGE, "stroke-width": "0.7", "fill": "none"})


def _side(where: Element, labels: Sequence[tuple[float, str]]) -> None:
    """Lines across at their heights, as shares of the whole, with what each stands for."""
    for share, label in labels:
        y = FOOT - HIGH * share
        _edge(where, LEFT, y, WIDTH - RIGHT, y)
        _write(where, label, LEFT - 6, y + 4, "end", "quiet")


def _about(where: Element, chart: Chart, line: int) -> None:
    """What stands along both sides, in words."""
    _write(where, chart.up, 2, LETTER, "start", "quiet")
    _write(where, chart.across, WIDTH - RIGHT, FOOT + LINE * line, "end", "quiet")


# -- how many there are of each


def _histogram(chart: Histogram) -> Element:
    chart = chart.within(WITHIN)
    drawing = _canvas(2)
    most = chart.top
    _side(drawing, [(count / most, str(count)) for count in rungs(0, most, 4)])
    slot = (WIDTH - LEFT - RIGHT) / max(1, len(chart.bars))
    wide = min(slot * 0.8, 60)
    longest = max((len(show_line(label)) for label, _ in chart.bars), default=1)
    nth = every(longest * LETTER * 0.62 / slot)
    for at, (label, count) in enumerate(chart.bars):
        middle = LEFT + slot * (at + 0.5)
        if count:
            high = HIGH * count / most
            SubElement(drawing, "rect", {
                "class": "bar", "x": _figure(middle - wide / 2), "y": _figure(FOOT - high), "width": _figure(wide),
                "height": _figure(high), "fill": ACCENT,
            })  # fmt: skip
            _write(drawing, str(count), middle, FOOT - high - 5)
        if at % nth == 0:
            _write(drawing, label, middle, FOOT + LINE, kind="quiet")
    _about(drawing, chart, 2)
    return drawing


# -- marks over time


def _trend(chart: TrendChart) -> Element:
    named = [line for line in chart.lines if line.name]
    rows = [line.sign for line in named]
    drawing = _canvas(2 + len(rows) + bool(chart.schemes))
    _side(drawing, [(share / 100, f"{share}%") for share in (0, 25, 50, 75, 100)])
    slot = (WIDTH - LEFT - RIGHT) / max(1, len(chart.stops))
    middles = [LEFT + slot * (at + 0.5) for at in range(len(chart.stops))]
    months, figures, letters = (every(room / slot) for room in (40, 34, 10))
    for number, line in enumerate(chart.lines):
        aside = ASIDE * (number - (len(chart.lines) - 1) / 2)
        places = [
            None if point is None else (middle + aside, FOOT - HIGH * float(point.share))
            for middle, point in zip(middles, line.points, strict=True)
        ]
        colour = number % len(SERIES)
        if chart.is_joined:
            _join(drawing, places)
        for place in places:
            if place is not None:
                _point(drawing, line.sign, *place, colour)
        if line.name:
            low = FOOT + LINE * (2 + number)
            _point(drawing, line.sign, LEFT - 14, low - 4, colour)
            for at, (middle, point) in enumerate(zip(middles, line.points, strict=True)):
                if point is not None and at % figures == 0:
                    _write(drawing, point.told, middle, low)
    for at, (middle, stop) in enumerate(zip(middles, chart.stops, strict=True)):
        if at % months == 0:
            _write(drawing, month_told(stop.day), middle, FOOT + LINE, kind="quiet")
        if chart.schemes and at % letters == 0:
            _write(drawing, stop.scheme, middle, FOOT + LINE * (2 + len(rows)))
        if not named and at % figures == 0:
            _mark(drawing, chart, at, middle)
    _about(drawing, chart, 2 + len(rows) + bool(chart.schemes))
    return drawing


def _mark(drawing: Element, chart: TrendChart, at: int, middle: float) -> None:
    """The raw mark above its point; what stands for a gap at the foot."""
    point = chart.lines[0].points[at]
    if point is None:
        _write(drawing, chart.stops[at].told, middle, FOOT - 5, kind="quiet")
    else:
        _write(drawing, point.told, middle, FOOT - HIGH * float(point.share) - 9)


def _join(drawing: Element, places: Sequence[tuple[float, float] | None]) -> None:
    for before, after in pairwise(places):
        if before is not None and after is not None:
            ends = "L".join(f"{_figure(x)} {_figure(y)}" for x, y in (before, after))
            how = {"stroke": ACCENT, "stroke-width": "1.5", "fill": "none"}
            SubElement(drawing, "path", {"class": "join", "d": f"M{ends}", **how})


def _point(where: Element, sign: str, x: float, y: float, colour: int) -> None:
    """One of ``core.charts.SIGNS``, drawn."""
    number = SIGNS.index(sign)
    ink = SERIES[colour]
    how = {"class": f"s{colour}", "fill": ink, "stroke": ink}
    if number >= len(SIGNS) // 2:
        how |= {"class": f"s{colour} open", "fill": "none", "stroke-width": "1.5"}
    shape = number % (len(SIGNS) // 2)
    if shape == 0:
        SubElement(where, "circle", how | {"cx": _figure(x), "cy": _figure(y), "r": "4.5"})
        return
    corners = (
        ((0, -5), (5, 4.5), (-5, 4.5)),
        ((-4.2, -4.2), (4.2, -4.2), (4.2, 4.2), (-4.2, 4.2)),
        ((0, -5.6), (5.6, 0), (0, 5.6), (-5.6, 0)),
    )[shape - 1]
    places = "L".join(f"{_figure(x + across)} {_figure(y + down)}" for across, down in corners)
    SubElement(where, "path", how | {"d": f"M{places}Z"})


# -- in the order in which they were given


def _level(where: Element, ends: tuple[float, float], y: float, kind: str) -> None:
    """A line across some of the marks; what is usual is broken."""
    how = {"class": kind, "stroke": SERIES[1], "stroke-width": "3", "fill": "none"}
    if kind == "usual":
        how |= {"stroke-width": "2", "stroke-dasharray": "4 4"}
    SubElement(where, "path", how | {"d": f"M{_figure(ends[0])} {_figure(y)}L{_figure(ends[1])} {_figure(y)}"})


def _strip(chart: Strip) -> Element:
    drawing = _canvas(2)
    lowest, highest = chart.span
    wide = max(1, highest - lowest)

    def share(mark: Fraction | int) -> float:
        return float((mark - lowest) / wide)

    _side(drawing, [(share(mark), str(mark)) for mark in rungs(lowest, highest, 6)])
    n = len(chart.marks)
    slot = min(40.0, (WIDTH - LEFT - RIGHT) / n)
    middles = [LEFT + slot * (at + 0.5) for at in range(n)]
    for at, (its, mean) in enumerate(((middles[: chart.ends], chart.first), (middles[n - chart.ends :], chart.last))):
        if mean is not None:
            ends = its[0] - slot / 2, its[-1] + slot / 2
            if chart.usual is not None:
                _level(drawing, ends, FOOT - HIGH * share(chart.usual[at]), "usual")
            _level(drawing, ends, FOOT - HIGH * share(mean), "mean")
    for middle, mark in zip(middles, chart.marks, strict=True):
        _point(drawing, SIGNS[0], middle, FOOT - HIGH * share(mark), 0)
    for at in numbered(n, 24 / slot):
        _write(drawing, str(at), middles[at - 1], FOOT + LINE, kind="quiet")
    _about(drawing, chart, 2)
    return drawing
