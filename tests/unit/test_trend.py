"""A trend is a count of pairs; nothing is said of two marks."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.trend import Trend
from markdesk.core.trend import trend as trend_of


def trend(shares: Sequence[float]) -> Trend:
    """Of marks each of which is of another day."""
    return trend_of((f"2026-{day:03d}", share) for day, share in enumerate(shares))


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ([], "No mark so far: a trend isn't told from fewer than 3."),
        ([0.5], "One mark so far: a trend isn't told from fewer than 3."),
        ([0.1, 0.9], "2 marks so far: a trend isn't told from fewer than 3."),
        (
            [0.4, 0.5, 0.6],
            "Over these 3 marks: mostly rising. Of 3 pairs the later share is higher in 3, lower in 0.",
        ),
        (
            [0.7, 0.5, 0.6],
            "Over these 3 marks: mostly falling. Of 3 pairs the later share is higher in 1, lower in 2.",
        ),
        (
            [0.5, 0.5, 0.6],
            "Over these 3 marks: mostly rising. Of 3 pairs the later share is higher in 2, lower in 0, the same in 1.",
        ),
        (
            [0.5, 0.5, 0.5],
            "Over these 3 marks: mostly level. Of 3 pairs the later share is higher in 0, lower in 0, the same in 3.",
        ),
    ],
)
def test_what_is_told(shares: list[float], told: str) -> None:
    found = trend(shares)
    assert found.told == told
    assert found.plain == told.partition(" Of ")[0], "what anybody reads stands first, without a figure of pairs"


@given(st.lists(st.integers(0, 25), max_size=12))
def test_every_pair_is_counted_once_and_time_reversed_turns_it_round(marks: list[int]) -> None:
    found, back = trend(marks), trend(marks[::-1])
    assert found.pairs == len(marks) * (len(marks) - 1) // 2
    assert (found.up, found.down, found.same) == (back.down, back.up, back.same)


@pytest.mark.parametrize(
    ("levels", "brief"),
    [
        ([3] * 6 + [4] * 5, "mostly rising"),
        ([4] * 5 + [3] * 6, "mostly falling"),
        ([3] * 9 + [4], "mostly level"),
        ([3, 4, 3, 4, 3, 4, 3], "no clear direction"),
        ([3, 4], "too few"),
    ],
)
def test_levels_that_are_often_the_same_are_told_by_the_pairs_that_differ(levels: list[int], brief: str) -> None:
    assert trend(levels).brief == brief


@given(st.lists(st.integers(0, 4), min_size=3, max_size=14), st.integers(0, 13))
def test_a_direction_is_claimed_only_where_two_in_three_differing_pairs_have_it(marks: list[int], at: int) -> None:
    found = trend(marks)
    claims = {"mostly rising": found.up, "mostly falling": found.down}.get(found.brief)
    if claims is not None:
        assert 3 * claims >= 2 * (found.up + found.down)
        assert 3 * (found.up + found.down) >= found.pairs
    one_day = [3] * 9
    one_day.insert(at, 4)
    assert trend(one_day).brief == "mostly level", "one day among ten decides nothing"


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 4)), max_size=10), st.integers())
def test_the_order_within_a_day_says_nothing(marks: list[tuple[int, int]], seed: int) -> None:
    in_order = sorted(((f"2026-{day:02d}", float(mark)) for day, mark in marks), key=lambda one: one[0])
    stirred = sorted(Random(seed).sample(in_order, len(in_order)), key=lambda one: one[0])
    found = trend_of(in_order)
    assert found == trend_of(stirred)
    assert found.pairs + found.of_one_day == len(marks) * (len(marks) - 1) // 2
    if len({day for day, _ in marks}) < 2:
        assert found.brief in ("too few", "no clear direction")


def test_three_marks_of_one_day_or_of_two_are_no_trend() -> None:
    one = trend_of(("2026-11-02", share) for share in (0.32, 0.56, 0.8))
    assert (one.up, one.down, one.of_one_day, one.brief) == (0, 0, 3, "no clear direction")
    assert one.told == "The 3 marks are all of one day: a trend isn't told from these."
    two = trend_of([("2026-11-02", 0.3), ("2026-11-09", 0.5), ("2026-11-09", 0.8)])
    assert two.plain == "Over these 3 marks: no clear direction."
    told = "Of 2 pairs (1 of one day left out) the later share is higher in 2, lower in 0."
    assert two.counts == told
