"""A trend is a count of pairs; nothing is said of two marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.trend import trend


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ([], "No mark so far: a trend isn't told from fewer than 3."),
        ([0.5], "One mark so far: a trend isn't told from fewer than 3."),
        ([0.1, 0.9], "2 marks so far: a trend isn't told from fewer than 3."),
        (
            [0.4, 0.5, 0.6],
            "Of 3 pairs of marks the later has the higher share in 3, the lower in 0: mostly rising.",
        ),
        (
            [0.7, 0.5, 0.6],
            "Of 3 pairs of marks the later has the higher share in 1, the lower in 2: mostly falling.",
        ),
        (
            [0.5, 0.5, 0.6],
            "Of 3 pairs of marks the later has the higher share in 2, the lower in 0: mostly rising.",
        ),
        (
            [0.5, 0.5, 0.5],
            "Of 3 pairs of marks the later has the higher share in 0, the lower in 0: no clear direction.",
        ),
    ],
)
def test_what_is_told(shares: list[float], told: str) -> None:
    assert trend(shares).told == told


@given(st.lists(st.integers(0, 25), max_size=12))
def test_every_pair_is_counted_once_and_time_reversed_turns_it_round(marks: list[int]) -> None:
    found, back = trend(marks), trend(marks[::-1])
    assert found.pairs == len(marks) * (len(marks) - 1) // 2
    assert (found.up, found.down, found.same) == (back.down, back.up, back.same)
