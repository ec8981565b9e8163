"""Drawings: well-formed, with every name as text and every figure where it belongs."""

from fractions import Fraction
from xml.etree.ElementTree import Element, fromstring

import pytest

from markdesk.core.charts import Chart, Point, Stop, in_order, of_counts, of_marks, over_time
from markdesk.formats.documents.svg import FOOT, HIGH, WIDTH, svg
from markdesk.formats.documents.svg_png import png_of
from tests.exports.documents import charts
from tests.exports.payloads import PAYLOADS, Payload

SVG = "{http://www.w3.org/2000/svg}"
HARMLESS = {f"{SVG}{name}" for name in ("svg", "title", "desc", "text", "path", "rect", "circle")}


def drawn(chart: Chart) -> Element:
    return fromstring(svg(chart))


def figures(drawing: Element) -> list[str]:
    return [text.text or "" for text in drawing.iter(f"{SVG}text")]


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: payload.name)
def test_a_hostile_name_is_text(payload: Payload) -> None:
    for chart in charts(payload.text):
        drawing = drawn(chart)
        assert {element.tag for element in drawing.iter()} <= HARMLESS
        assert not any(name.startswith("on") or "href" in name for element in drawing.iter() for name in element.attrib)


def test_a_name_stands_letter_by_letter() -> None:
    name = "</text><script>alert(1)</script>&lt; ]]> “Łucja”"
    drawing = drawn(of_counts(name, "level", [(name, 3)]))
    assert drawing.findtext(f"{SVG}title") == name
    assert name in figures(drawing)
    assert name in (drawing.findtext(f"{SVG}desc") or "")


def test_bars_are_as_high_as_their_counts() -> None:
    drawing = drawn(of_marks("Marks", [0, 2, 4, 8]))
    bars = list(drawing.iter(f"{SVG}rect"))
    assert [float(bar.get("height") or 0) for bar in bars] == [HIGH / 4, HIGH / 2, HIGH]
    assert [float(bar.get("y") or 0) + float(bar.get("height") or 0) for bar in bars] == [FOOT] * 3
    assert [figure for figure in figures(drawing) if figure in "248"] != []


def test_points_stand_at_their_share_and_gaps_have_none() -> None:
    stops = [Stop(f"2026-0{month}-01", "x", told) for month, told in ((1, "5/10"), (2, "NR"), (3, "10/10"))]
    points = [Point(Fraction(1, 2), "5/10"), None, Point(Fraction(1), "10/10")]
    drawing = drawn(over_time("Marks", stops, [("", points)]))
    assert [float(point.get("cy") or 0) for point in drawing.iter(f"{SVG}circle")] == [FOOT - HIGH / 2, FOOT - HIGH]
    told = figures(drawing)
    assert {"5/10", "10/10", "NR", "Jan 26", "Feb 26", "Mar 26"} <= set(told)
    assert not any(path.get("class") == "join" for path in drawing.iter(f"{SVG}path")), "no line over a gap"


def test_of_many_pieces_of_work_each_keeps_its_scheme_and_its_gap() -> None:
    stops = [Stop(f"2025-{1 + n % 12:02d}-01", "x", "NR" if n == 7 else "9/25", "ABC"[n % 3]) for n in range(15)]
    points = [None if stop.told == "NR" else Point(Fraction(9, 25), stop.told) for stop in stops]
    told = figures(drawn(over_time("Marks", stops, [("", points)], [("A", "a"), ("B", "b"), ("C", "c")])))
    assert [told.count(letter) for letter in "ABC"] == [5, 5, 5]
    assert (told.count("9/25"), told.count("NR")) == (14, 1)


def test_lines_have_shapes_of_their_own_and_their_figures_below() -> None:
    stops = [Stop(f"2026-0{month}-01", "x", "") for month in (1, 2, 3)]
    points = [Point(Fraction(n, 5), f"L{n}") for n in (1, 2, 3)]
    drawing = drawn(over_time("Strands", stops, [(f"strand {n}", points) for n in range(5)]))
    assert [figures(drawing).count(f"L{n}") for n in (1, 2, 3)] == [5, 5, 5]
    assert len(list(drawing.iter(f"{SVG}circle"))) == 8, "three points and the sign at the left, of the first and fifth"
    filled = [path for path in drawing.iter(f"{SVG}path") if (path.get("class") or "").startswith("s")]
    assert len(filled) == 12


def test_the_means_of_the_thirds_are_lines() -> None:
    drawing = drawn(in_order("Order", [8, 8, 6, 5, 4, 4], 10, 2, "told"))
    means = [path.get("d") or "" for path in drawing.iter(f"{SVG}path") if path.get("class") == "mean"]
    first, last = (float(mean.split()[-1]) for mean in means)
    assert (first, last) == (FOOT - HIGH * 5 / 6, FOOT - HIGH * 1 / 6), "8 and 4, on an axis from 3 to 9"
    assert len(list(drawing.iter(f"{SVG}circle"))) == 6


@pytest.mark.parametrize("chart", charts("name"), ids=lambda chart: chart.title)
def test_nothing_stands_outside_the_drawing(chart: Chart) -> None:
    drawing = drawn(chart)
    height = float(drawing.get("height") or 0)
    for text in drawing.iter(f"{SVG}text"):
        assert 0 <= float(text.get("x") or -1) <= WIDTH
        assert 0 < float(text.get("y") or -1) < height


def test_it_can_be_a_png() -> None:
    content = png_of(svg(charts("Łucja")[1]))
    assert content is not None
    assert content.startswith(b"\x89PNG")
    assert content == png_of(svg(charts("Łucja")[1]))
