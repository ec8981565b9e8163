"""Drift in a pile: what chance does, counted another way, and piles in which the truth is known."""

import math
import random
import statistics
from fractions import Fraction
from itertools import pairwise

import pytest
from benchmarks.drift import by_knowing, by_thirds, by_thirds_alone, class_pile, found_in, found_in_class, pile
from hypothesis import given, settings
from hypothesis import strategies as st

from markdesk.core.drift import COUNTED, FEWEST, RATE, drift, usual_shares
from tests.seeds import examples

MARKS = st.lists(st.integers(0, 25), min_size=FEWEST, max_size=34)


@given(st.lists(st.integers(0, 25), max_size=FEWEST - 1))
def test_nothing_is_said_of_a_short_pile(marks: list[int]) -> None:
    assert drift(marks) is None


@given(MARKS)
def test_the_means_are_those_of_the_thirds(marks: list[int]) -> None:
    found = drift(marks)
    assert found is not None
    assert found.n == len(marks)
    third = len(marks) // 3
    assert float(found.first) == pytest.approx(statistics.mean(marks[:third]))
    assert float(found.difference) == pytest.approx(statistics.mean(marks[-third:]) - statistics.mean(marks[:third]))
    assert 0 < found.chance <= 1


@given(MARKS, st.integers(-5, 40))
def test_another_zero_and_the_other_way_round_change_no_chance(marks: list[int], more: int) -> None:
    found, moved, back = drift(marks), drift([mark + more for mark in marks]), drift(marks[::-1])
    assert found is not None
    assert moved is not None
    assert back is not None
    assert found.chance == moved.chance == back.chance
    assert found.difference == moved.difference == -back.difference


@pytest.mark.parametrize(("n", "passed", "at_the_end"), [(20, 8, 6), (20, 10, 5), (30, 11, 9), (40, 17, 11)])
def test_chance_by_hand_where_a_mark_is_one_of_two(n: int, passed: int, at_the_end: int) -> None:
    """With marks of 0 and 1 the orders are counted by binomials alone."""
    third = n // 3
    marks = [0] * (n - passed) + [1] * passed
    rest = [1] * (passed - at_the_end) + [0] * (n - third - passed + at_the_end)
    marks = sorted(rest) + [0] * (third - at_the_end) + [1] * at_the_end
    apart = abs(sum(marks[-third:]) - sum(marks[:third]))
    ways = sum(
        math.comb(third, a) * math.comb(third, b) * math.comb(n - 2 * third, passed - a - b)
        for a in range(third + 1)
        for b in range(third + 1)
        if 0 <= passed - a - b <= n - 2 * third and abs(b - a) >= apart
    )
    found = drift(marks)
    assert found is not None
    assert found.chance == pytest.approx(ways / math.comb(n, passed), abs=1e-12)


def test_chance_is_what_shuffling_comes_to() -> None:
    dice = random.Random(7)
    marks = pile(dice, 30, spread=3.0, moved=2.0)
    found = drift(marks)
    assert found is not None
    third, apart, often, shuffles = 10, abs(sum(marks[-10:]) - sum(marks[:10])), 0, 6_000
    for _ in range(shuffles):
        dice.shuffle(marks)
        often += abs(sum(marks[-third:]) - sum(marks[:third])) >= apart
    margin = 4 * math.sqrt(found.chance * (1 - found.chance) / shuffles)
    assert abs(often / shuffles - found.chance) < margin


def test_a_long_pile_is_told_by_the_bell_curve_as_if_it_were_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(3)
    for spread in (1.5, 3.0, 5.0):
        marks = pile(dice, COUNTED, spread, moved=1.5)
        counted = drift(marks)
        monkeypatch.setattr("markdesk.core.drift.COUNTED", 0)
        curve = drift(marks)
        monkeypatch.undo()
        assert counted is not None
        assert curve is not None
        assert abs(counted.chance - curve.chance) < 0.01


def test_false_alarms_come_at_most_at_the_stated_rate() -> None:
    piles = 400
    alarms = found_in(by_thirds, 3.0, 0.0, piles)
    assert 0 < alarms <= RATE + 2.6 * math.sqrt(RATE * (1 - RATE) / piles)


def test_drift_of_two_marks_is_found_the_oftener_the_closer_the_pile_is() -> None:
    """The curve in docs/explanation/statistics.md, with fewer piles: what a narrow pile shows, a wide one hides."""
    found = [found_in(by_thirds, spread, 2.0, 150) for spread in (1.5, 2.0, 3.0, 4.0)]
    assert all(closer > wider for closer, wider in pairwise(found))
    assert found[0] >= 0.70
    assert found[1] >= 0.45
    assert found[3] <= 0.35


@pytest.mark.parametrize(("spread", "share"), [(2.0, 0.65), (3.0, 0.35)])
def test_what_could_be_found_at_all_is_what_the_bell_curve_says(spread: float, share: float) -> None:
    """A tenth of a mark an essay over thirty, against the spread: its power at a rate of 5 in 100, by hand."""
    assert found_in(by_knowing(spread), spread, 2.0, 600) == pytest.approx(share, abs=2.6 * math.sqrt(0.25 / 600))


# -- measured against what each student usually gets


@settings(max_examples=examples(25))
@given(st.lists(st.integers(5, 20), min_size=FEWEST, max_size=24), st.data())
def test_what_is_taken_off_is_the_usual_mark_to_the_nearest_half(marks: list[int], data: st.DataObject) -> None:
    n = len(marks)
    usual = data.draw(st.lists(st.fractions(0, 25, max_denominator=40), min_size=n, max_size=n))
    found, third = drift(marks, usual), n // 3
    assert found is not None
    assert found.usual is not None
    halves = [math.floor(2 * float(one) + 0.5 + 1e-12) / 2 for one in usual]
    for mean, its in zip(found.usual, (halves[:third], halves[-third:]), strict=True):
        assert float(mean) == pytest.approx(statistics.mean(its))
    above = [mark - half for mark, half in zip(marks, halves, strict=True)]
    apart = statistics.mean(above[-third:]) - statistics.mean(above[:third])
    assert float(found.difference) == pytest.approx(apart)
    # The same orders are counted of the same numbers, however those came about.
    alone = drift([round(2 * one) for one in above])
    assert alone is not None
    assert found.chance == alone.chance


@settings(max_examples=examples(20))
@given(MARKS, st.integers(0, 25))
def test_what_everybody_usually_gets_alters_nothing(marks: list[int], all_get: int) -> None:
    found, alone = drift(marks, [Fraction(all_get)] * len(marks)), drift(marks)
    assert found is not None
    assert alone is not None
    assert (found.difference, found.first, found.last) == (alone.difference, alone.first, alone.last)
    assert found.chance == pytest.approx(alone.chance, abs=1e-12)


def test_what_is_usual_by_hand() -> None:
    """The mean of all shares, 1/2, counts as one more of everybody's, and as the only one of who has none."""
    low, high = [Fraction(1, 5)] * 3, [Fraction(4, 5)] * 3
    assert usual_shares([low, high, []]) == [Fraction(11, 40), Fraction(29, 40), Fraction(1, 2)]
    assert usual_shares([low, high, [], []]) is None, "of half of them too little is known"
    assert usual_shares([low[:2], high, high[:2]]) is None
    assert usual_shares([]) is None


def test_false_alarms_of_a_known_class_come_at_most_at_the_stated_rate() -> None:
    piles = 200
    alarms = found_in_class(by_thirds, 2.0, 0.0, 6, piles)
    assert 0 < alarms <= RATE + 2.6 * math.sqrt(RATE * (1 - RATE) / piles)


def test_in_a_known_class_a_drift_of_two_marks_is_found_far_oftener() -> None:
    """The second curve in docs/explanation/statistics.md, with fewer piles."""
    alone, measured = (found_in_class(way, 1.5, 2.0, 6, 100) for way in (by_thirds_alone, by_thirds))
    assert alone <= 0.45
    assert measured >= 0.55


def test_who_marks_the_weak_ones_last_has_not_drifted() -> None:
    """Piles in order of what the students are worth: the marks alone call it drift, measured by the usual few are."""
    dice, piles, spoke = random.Random(11), 40, [0, 0]
    for _ in range(piles):
        marks, usual = class_pile(dice, 1.5, 0.0, 10)
        assert usual is not None
        pairs = sorted(zip(usual, marks, strict=True), reverse=True)
        marks, usual = [mark for _, mark in pairs], [worth for worth, _ in pairs]
        spoke[0] += by_thirds(marks)
        spoke[1] += by_thirds(marks, usual)
    assert spoke[0] > 0.9 * piles
    assert spoke[1] < 0.25 * piles


def test_what_is_said_of_a_known_class() -> None:
    marks = [16] * 10 + [14] * 10 + [12] * 10
    found = drift(marks, [Fraction(16), Fraction(14)] * 5 + [Fraction(14)] * 10 + [Fraction(14), Fraction(13)] * 5)
    assert found is not None
    assert found.told == (
        "The last ten of 30 essays sit 2.5 marks below the first ten, measured against what each of these students"
        " usually gets; chance would do this in fewer than 1 of 100 piles"
    )
    assert found.sums == "The means are 16.0 and then 12.0; these students usually get 15.0 and 13.5"
    assert found.brief == "Last ten of 30 essays 2.5 below first ten vs usual; chance: <1 in 100"
    same = drift(marks, [Fraction(mark) for mark in marks])
    assert same is not None
    assert same.told == (
        "The last ten and the first ten of 30 essays have the same mean, measured against what each of these students"
        " usually gets"
    )
    assert same.brief == "Last ten and first ten of 30 essays have the same mean vs usual"
    plain = drift(marks)
    assert plain is not None
    assert plain.sums == ""
    for third in (8, 12):
        longest = drift([20] * third + [15] * third + [10] * third, [Fraction(15)] * 3 * third)
        assert longest is not None
        assert len(f" ! {longest.brief}.") < 80


def test_what_is_said() -> None:
    def told(first: int, last: int) -> str:
        middle = [11, 15] * 5
        found = drift([first, 13, 14, 15, 12] * 2 + middle + [last, 13, 14, 15, 12] * 2)
        assert found is not None
        return found.told

    assert told(13, 13) == "The last ten and the first ten of 30 essays have the same mean"
    assert told(13, 8).startswith(
        "The last ten of 30 essays sit 1.0 mark below the first ten; chance would do this in "
    )
    assert told(13, 18).startswith(
        "The last ten of 30 essays sit 1.0 mark above the first ten; chance would do this in "
    )
    near = drift([13, 14, 15, 12] * 5 + [11, 15] * 5)
    assert near is not None
    assert near.brief == f"Last ten of 30 essays 0.5 marks below first ten; chance: {near.in_a_hundred} in 100"
    far = drift([20] * 12 + [15] * 12 + [10] * 12)
    assert far is not None
    assert far.is_sign
    assert far.told == (
        "The last 12 of 36 essays sit 10.0 marks below the first 12; chance would do this in fewer than 1 of 100 piles"
    )
    assert far.brief == "Last 12 of 36 essays 10.0 marks below first 12; chance: <1 in 100"
    assert len(f" ! {far.brief}.") < 80


def test_the_short_form_fits_a_line_of_the_list_at_80_columns() -> None:
    """The longest there is: of eight or seven, by ten marks and more, against what each usually gets."""
    marks = [25] * 8 + [20] * 8 + [4] * 8
    for usual in (None, [Fraction(15)] * 24):
        found = drift(marks, usual)
        assert found is not None
        assert " of 24 essays " in found.brief
        assert len(f" ! {found.brief}") < 80, found.brief


def test_what_is_called_a_sign_is_never_told_as_rarer_than_it_is() -> None:
    dice = random.Random(5)
    for _ in range(150):
        found = drift(pile(dice, 24, 3.0, dice.choice((0.0, 2.0, 4.0))))
        assert found is not None
        assert found.in_a_hundred >= 100 * found.chance
        assert found.is_sign == (found.in_a_hundred <= 5)
