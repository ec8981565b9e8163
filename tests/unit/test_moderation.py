"""The moderator's sample: how many, and that it is the same however the candidates are listed."""

from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from markdesk.core.moderation import OLDER, PEARSON, Candidate, SampleRule, is_of_jcq, ranks, rule_for, sample

COHORTS = st.lists(st.integers(0, 40), max_size=230).map(
    lambda marks: [Candidate(f"{at:04d}", mark) for at, mark in enumerate(marks)]
)
RULES = st.sampled_from((PEARSON, OLDER))


@pytest.mark.parametrize(
    ("cohort", "pearson", "older"),
    [(0, 0, 0), (1, 1, 1), (10, 10, 10), (11, 11, 10), (15, 15, 10), (16, 15, 10), (100, 15, 10), (101, 20, 15),
     (200, 20, 15), (201, 25, 20), (900, 25, 20)],
)  # fmt: skip
def test_so_many_are_asked_for(cohort: int, pearson: int, older: int) -> None:
    assert (PEARSON.size(cohort), OLDER.size(cohort)) == (pearson, older)


@pytest.mark.parametrize(
    ("board", "rule", "jcq"),
    [
        ("Pearson Edexcel", PEARSON, True),
        ("Edexcel", PEARSON, False),
        ("AQA", OLDER, True),
        ("OCR", OLDER, True),
        ("WJEC", OLDER, True),
        ("IB", OLDER, False),
        ("", OLDER, False),
    ],
)
def test_the_table_goes_by_the_board(board: str, rule: SampleRule, jcq: bool) -> None:
    assert rule_for(board) is rule
    assert is_of_jcq(board) is jcq


@given(COHORTS, RULES)
def test_highest_and_lowest_are_in_it_and_the_size_is_the_table_s(cohort: list[Candidate], rule: SampleRule) -> None:
    taken = sample(cohort, rule)
    marks = {one.id: one.mark for one in cohort if one.mark > 0}
    assert taken <= marks.keys(), "nobody with 0 is taken"
    assert len(taken) == min(rule.size(len(cohort)), len(marks))
    if marks:
        assert {max(marks.values()), min(marks.values())} <= {marks[one] for one in taken}


@given(COHORTS, RULES, st.randoms(use_true_random=False))
def test_it_is_the_same_in_whatever_order_they_are_listed(
    cohort: list[Candidate], rule: SampleRule, by: Random
) -> None:
    shuffled = list(cohort)
    by.shuffle(shuffled)
    assert sample(shuffled, rule) == sample(cohort, rule)


@given(st.sets(st.integers(1, 40), min_size=16), RULES)
def test_a_mark_that_divides_the_range_evenly_is_taken(marks: set[int], rule: SampleRule) -> None:
    steps = rule.size(len(marks)) - 1
    taken = sample([Candidate(f"{mark:02d}", mark) for mark in marks], rule)
    low, high = min(marks), max(marks)
    for step in range(steps + 1):
        wanted, rest = divmod(high * steps - step * (high - low), steps)
        if not rest and wanted in marks:
            assert f"{wanted:02d}" in taken


def test_the_sample_goes_over_the_whole_range_even_where_most_have_one_mark() -> None:
    cohort = [Candidate(f"{at:03d}", 24) for at in range(60)]
    cohort += [Candidate(f"9{mark:02d}", mark) for mark in (3, 9, 15, 33, 38)]
    taken = sample(cohort, OLDER)
    assert {one for one in taken if one.startswith("9")} == {"903", "909", "915", "933", "938"}
    assert sorted(taken - {"903", "909", "915", "933", "938"}) == ["000", "001", "002", "003", "004"]


def test_of_equal_marks_the_first_candidate_is_taken() -> None:
    cohort = [Candidate(f"{at:02d}", 20) for at in range(30, 0, -1)]
    assert sorted(sample(cohort, PEARSON)) == [f"{at:02d}" for at in range(1, 16)]


def test_who_has_nothing_counts_for_the_size_alone() -> None:
    cohort = [Candidate(f"{at:02d}", mark) for at, mark in enumerate([0] * 6 + list(range(10, 20)))]
    assert len(sample(cohort, PEARSON)) == 10
    assert sample([Candidate("1", 0)], OLDER) == frozenset()


@given(st.lists(st.integers(0, 40)))
def test_equal_marks_share_a_rank(marks: list[int]) -> None:
    assume(marks)
    for mark, rank in zip(marks, ranks(marks), strict=True):
        above = sum(other > mark for other in marks)
        assert rank == f"{above + 1}{'=' if marks.count(mark) > 1 else ''}"
