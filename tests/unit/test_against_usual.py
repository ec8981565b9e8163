"""A pile against what its students usually get: by hand, and as a coin would fall."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.against_usual import FEWEST, AgainstUsual, against_usual

USUAL = Fraction(15)


def pile(*apart: int) -> AgainstUsual | None:
    return against_usual((15 + by, USUAL) for by in apart)


def test_by_hand() -> None:
    found = pile(-3, -2, -2, -1, -1, -4, -1, -2, 1, 0)
    assert found is not None
    assert (found.n, found.above, found.below, found.difference) == (10, 1, 8, Fraction(-15, 10))
    assert found.chance == pytest.approx(2 * (1 + 9) / 2**9)
    assert found.is_sign
    assert found.told == (
        "The pile as a whole lies 1.5 marks below what its students usually get (of the 10 with earlier marks 1 lies "
        "above it, 8 below, 1 just there); chance would do this in 4 of 100 piles"
    )


def test_what_is_no_sign_is_said_to_be_none() -> None:
    found = pile(-3, -2, 2, 1, 1, -1, 0, 0)
    assert found is not None
    assert found.chance == 1
    assert found.told.endswith("3 lie above it, 3 below, 2 just there): no more than chance does")
    assert "0.3 marks below" in found.told
    seldom = pile(-3, -2, -1, -1, -1, 1)
    assert seldom is not None
    assert not seldom.is_sign
    assert seldom.told.endswith("1 lies above it, 5 below): no more than chance does in 22 of 100 piles")


def test_one_on_no_side_is_on_none() -> None:
    found = pile(*[0] * 8)
    assert found is not None
    assert (found.above, found.below, found.chance) == (0, 0, 1)
    assert "less than 0.1 marks from" in found.told


def test_who_is_not_known_is_left_out_and_of_too_few_nothing_is_said() -> None:
    known = [(10, USUAL)] * FEWEST
    found = against_usual([*known, (25, None)])
    assert found is not None
    assert (found.n, found.difference) == (FEWEST, Fraction(-5))
    assert found.chance == pytest.approx(2 / 2**FEWEST)
    assert against_usual([*known[1:], (25, None)]) is None


@given(st.integers(0, 9), st.integers(0, 9))
def test_the_chance_is_that_of_every_way_in_which_coins_fall(above: int, below: int) -> None:
    several = above + below
    fewer = min(above, below)
    ways = [sum(coins) for coins in product((0, 1), repeat=min(several, 12))] if several <= 12 else None
    if ways is not None:
        as_far = sum(min(heads, several - heads) <= fewer for heads in ways)
        assert AgainstUsual(several, Fraction(), above, below).chance == pytest.approx(as_far / len(ways))
