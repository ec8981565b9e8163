"""Charts as plain values: each figure by hand, nothing claimed from fewer than three, every gap kept."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.charts import (
    SIGNS,
    Histogram,
    Point,
    Stop,
    Strip,
    TrendChart,
    in_order,
    of_counts,
    of_marks,
    over_time,
    rungs,
)
from markdesk.desk.assignment_review import PileReview, pile_review
from markdesk.desk.charts import course_charts, review_charts, student_charts
from markdesk.desk.desk import Desk
from markdesk.desk.review_filters import Filters
from markdesk.desk.student_view import student_view
from markdesk.store.sqlite.store import SqliteStore
from tests.kit import course_of
from tests.tui.desks import HOLISTIC, SUMMED
from tests.tui.drifted import SLIDING, drifted
from tests.tui.years import AMARA, FINN, LUCJA, two_years
from tests.unit.test_assignment_review import piled


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([0, 0, 0], "No mark yet."),
        ([0, 1, 0], "One mark so far: nothing is claimed from fewer than 3."),
        ([1, 0, 1], "2 marks so far: nothing is claimed from fewer than 3."),
        ([0, 2, 1], "3 marks from 1 to 2 of 2: mean 1.3, median 1.0, most often 1 (2 times)."),
        ([2, 0, 2], "4 marks from 0 to 2 of 2: mean 1.0, median 1.0, most often 0 and 2 (2 each)."),
        ([1, 1, 1], "3 marks from 0 to 2 of 2: mean 1.0, median 1.0."),
    ],
)
def test_how_marks_are_spread(counts: list[int], told: str) -> None:
    chart = of_marks("Marks", counts)
    assert chart.told == told
    assert chart.n == sum(counts)
    assert chart.bars == (("0", counts[0]), ("1", counts[1]), ("2", counts[2]))


def test_levels_are_told_from_the_highest_down() -> None:
    chart = of_counts("Levels", "level", [("L1", 0), ("L2", 3), ("L3", 1)])
    assert chart.told == "4 essays: 1 at L3, 3 at L2; none at L1."
    assert (chart.n, chart.top) == (4, 5), "three of four are no whole height"
    assert of_counts("Levels", "level", [("L1", 0), ("L2", 2)]).told.startswith("2 marks so far: nothing is claimed")


@given(st.lists(st.integers(0, 9), min_size=1, max_size=60), st.integers(1, 30))
def test_bars_that_stand_together_lose_nothing(counts: list[int], most: int) -> None:
    chart = of_marks("Marks", counts)
    fewer = chart.within(most)
    assert len(fewer.bars) <= most
    assert (fewer.n, fewer.told) == (chart.n, chart.told)
    assert fewer.bars[0][0].split("–")[0] == "0"
    assert fewer.bars[-1][0].split("–")[-1] == str(len(counts) - 1)


def points(*shares: int | None) -> list[Point | None]:
    return [None if share is None else Point(Fraction(share, 10), f"{share}/10") for share in shares]


STOPS = [Stop(f"2026-0{month}-15", f"Essay {month}", "") for month in range(1, 6)]


def test_a_line_tells_from_where_to_where_and_keeps_its_gaps() -> None:
    chart = over_time("Marks", STOPS, [("", points(3, None, 5, 6, None))])
    assert chart.told == (
        "Over these 3 marks: mostly rising. The first is 3/10 (15 Jan 2026), the last 6/10 (15 Apr 2026)."
    )
    assert chart.notes == "Of 3 pairs the later share is higher in 3, lower in 0."
    (line,) = chart.lines
    assert [point is None for point in line.points] == [False, True, False, False, True]
    assert (line.n, line.sign) == (3, SIGNS[0])


def test_of_two_marks_nothing_is_claimed() -> None:
    one = over_time("Marks", STOPS, [("", points(3, None, None, 6, None))])
    assert one.told == "2 marks so far: a trend isn't told from fewer than 3."
    several = over_time("Scales", STOPS, [("AO1", points(1, 2, 3, None, None)), ("AO2", points(9, 1))])
    assert several.told == "AO1: mostly rising (3 marks). Nothing is claimed of AO2, with fewer than 3 marks."
    assert all(len(line.points) == len(STOPS) for line in several.lines), "a line that ends early has gaps"
    assert several.lines[0].sign != several.lines[1].sign


def test_the_newest_are_shown_where_there_is_no_room() -> None:
    chart = over_time("Marks", STOPS, [("", points(1, 2, None, 4, 5))])
    fewer = chart.newest(3)
    assert fewer.across == "the last 3 of 5 pieces of work, in the order in which they were set"
    assert [stop.name for stop in fewer.stops] == ["Essay 3", "Essay 4", "Essay 5"]
    assert [point and point.told for point in fewer.lines[0].points] == [None, "4/10", "5/10"]
    assert fewer.told == chart.told, "what is told is of all"
    assert chart.newest(5) is chart


def test_a_strip_may_be_measured_against_what_is_usual() -> None:
    strip = in_order("Order", [12, 11, 9, 10, 8, 7], 25, 2, "told", (Fraction(21, 2), Fraction(13)))
    assert strip.thirds == (
        "mean of the first 2: 11.5, of the last 2: 7.5",
        "what these students usually get: 10.5, then 13.0",
    )
    assert strip.span == (6, 14), "what is usual has its place too"
    assert in_order("Order", [24, 25], 25, 0, "").span == (23, 25)
    assert in_order("Order", [0, 1], 25, 0, "").thirds == ()


def test_a_strip_has_the_means_of_its_thirds_or_none() -> None:
    strip = in_order("Order", [4, 5, 6, 7, 8, 9, 1], 10, 2, "told")
    assert (strip.n, strip.first, strip.last, strip.told) == (7, Fraction(9, 2), Fraction(5), "told")
    bare = in_order("Order", [4, 5], 10, 0, "Of drift nothing is told")
    assert (bare.first, bare.last) == (None, None)
    assert bare.told == "2 marks so far: nothing is claimed from fewer than 3."


# -- made from a desk


def read_first(desk: Desk) -> PileReview:
    """The desk's only pile."""
    (assignment,) = desk.store.assignments()
    return pile_review(desk, assignment)


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    world = two_years(tmp_path_factory.mktemp("years") / "marks.db")
    store = SqliteStore(world.path)
    yield world.desk(store)
    store.close()


def test_a_student_s_totals_scales_and_strands(years: Desk) -> None:
    totals, scales, strands, others = student_charts(student_view(years, AMARA))
    assert totals.told.startswith("Over these 7 marks: mostly rising. The first is 11/25 (22 Sep 2025), the last 19/25")
    assert totals.notes.startswith("Of 21 pairs")
    (line,) = totals.lines
    assert [point and point.told for point in line.points] == [
        "11/25", None, "13/25", "12/20", "18/25", None, "20/30", "27/40", "19/25", None,
    ]  # fmt: skip
    assert [stop.told for stop in totals.stops if stop.told in ("NR", "–", "…")] == ["NR", "–", "…"]
    assert [point.share for point in line.points if point][:2] == [Fraction(11, 25), Fraction(13, 25)]
    assert totals.schemes[:2] == (("A", "AQA 7042 Section B"), ("B", "Pearson Edexcel 9HI0 essay"))
    assert [stop.scheme for stop in totals.stops] == ["A", "A", "A", "B", "A", "", "C", "D", "A", ""]
    assert "NR (no response)" in totals.notes
    assert "One essay is left out" in totals.notes
    assert {line.name for line in scales.lines} >= {"AO1 (of 20)", "AO2 (of 10)"}
    assert (strands.title, others.title) == (
        "Strands over time, by level (1 of 2)",
        "Strands over time, by level (2 of 2)",
    )
    assert [len(strands.lines), len(others.lines)] == [3, 3]
    assert len({line.sign for line in strands.lines}) == len(strands.lines)
    assert [stop.day for stop in others.stops] == ["2026-01-26"], "no place for work without any of the strands"
    assert all(len(line.points) == len(strands.stops) for line in strands.lines)
    assert "Knowledge and evidence: mostly rising (4 marks)" in strands.told


def test_a_student_with_one_mark_and_one_with_none(years: Desk) -> None:
    (only, *others) = student_charts(student_view(years, FINN))
    assert only.told == "One mark so far: a trend isn't told from fewer than 3."
    assert all(other.told.startswith("Nothing is claimed of ") for other in others)
    assert all(other.told.endswith(", with fewer than 3 marks each.") for other in others)
    assert student_charts(student_view(years, LUCJA)) == ()


def test_a_year_has_its_tenths_and_means_without_a_direction(years: Desk) -> None:
    tenths, means = course_charts(course_of(years, Filters()))
    assert isinstance(tenths, Histogram)
    assert isinstance(means, TrendChart)
    assert tenths.n == 9
    assert tenths.told.startswith("9 marks: 2 at 70–79%, 4 at 60–69%")
    assert not means.is_joined, "another task is no step of a course"
    assert tenths.bars[3] == ("30–39", 1)
    assert means.lines[0].points[0] == Point(Fraction(2, 5), "10.0/25"), "the mean of 11 and 9"
    assert means.told.startswith("The means of 8 assignments lie from 40% to 76% of the maximum")
    assert course_charts(course_of(years, Filters(board="none such"))) == ()


@pytest.mark.parametrize("shape", [HOLISTIC, SUMMED])
def test_a_pile_has_its_marks_levels_and_order(tmp_path: Path, shape: str) -> None:
    world = drifted(tmp_path / "marks.db", shape)
    store = SqliteStore(world.path)
    pile = read_first(world.desk(store))
    marks, *levels, order = review_charts(pile)
    store.close()
    assert isinstance(marks, Histogram)
    assert isinstance(order, Strip)
    assert marks.n == len(SLIDING)
    assert [count for _, count in marks.bars] == list(pile.counts)
    assert len(levels) == len(pile.rubric.scales)
    assert all(level.n == len(SLIDING) for level in levels)
    if shape == HOLISTIC:
        assert order.marks == SLIDING
        assert (order.ends, order.first, order.last) == (8, Fraction(141, 8), Fraction(100, 8))
    assert order.told == pile.drift.told


def test_an_order_that_is_not_known_is_not_drawn() -> None:
    desk = piled([10 + n for n in range(5)])
    pile = read_first(desk)
    order = review_charts(pile)[-1]
    assert isinstance(order, Strip)
    assert (order.marks, order.ends) == ((10, 11, 12, 13, 14), 0)
    assert order.told == "Of drift nothing is told under 20 finished essays: here 5."
    desk = piled([10 + n for n in range(5)], apart=0)
    pile = read_first(desk)
    assert not any(isinstance(chart, Strip) for chart in review_charts(pile))


@pytest.mark.parametrize(("lowest", "highest", "most", "rungs_are"), [
    (0, 35, 4, [0, 10, 20, 30]), (3, 23, 6, [5, 10, 15, 20]), (1, 5, 9, [1, 2, 3, 4, 5]), (0, 5, 4, [0, 2, 4]),
    (7, 7, 3, [7]), (7, 9, 0, [8]), (11, 14, 1, [14]), (0, 250, 4, [0, 100, 200]),
])  # fmt: skip
def test_a_side_has_its_labels_at_round_numbers(lowest: int, highest: int, most: int, rungs_are: list[int]) -> None:
    assert list(rungs(lowest, highest, most)) == rungs_are


@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 12))
def test_there_are_never_many_more_labels_than_there_is_room_for(lowest: int, wide: int, most: int) -> None:
    found = list(rungs(lowest, lowest + wide, most))
    assert len(found) <= most + 1
    assert all(lowest <= one <= lowest + wide for one in found)
