"""The time that a pile takes: pauses left out, nothing foretold from next to nothing."""

from datetime import UTC, datetime, timedelta
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.pace import IDLE, Pace, Typical, an_essay, expected_finish

START = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


def at(minutes: float) -> str:
    return (START + timedelta(minutes=minutes)).isoformat(timespec="milliseconds")


def minutes(pace: Pace) -> dict[str, float]:
    return {script: time.total_seconds() / 60 for script, time in pace.spent.items()}


def test_what_passed_belongs_to_the_later_essay() -> None:
    acts = [("a", at(0)), ("a", at(4)), ("b", at(9)), ("b", at(12)), ("a", at(13))]
    assert minutes(Pace(acts)) == {"a": 5, "b": 8}


def test_a_pause_counts_for_nobody() -> None:
    assert minutes(Pace([("a", at(0)), ("a", at(3)), ("b", at(60)), ("b", at(65))])) == {"a": 3, "b": 5}
    assert minutes(Pace([("a", at(0)), ("a", at(10))])) == {"a": 10}
    assert minutes(Pace([("a", at(0)), ("a", at(10.1))])) == {"a": 0}


def test_a_clock_that_was_put_back_takes_nothing_away() -> None:
    assert minutes(Pace([("a", at(5)), ("a", at(1)), ("a", at(3))])) == {"a": 2}


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 300)), max_size=40))
def test_no_more_time_is_spent_than_passed(listed: list[tuple[str, float]]) -> None:
    acts = sorted(((script, at(minute)) for script, minute in listed), key=lambda act: act[1])
    spent = Pace(acts).spent
    passed = datetime.fromisoformat(acts[-1][1]) - datetime.fromisoformat(acts[0][1]) if acts else timedelta()
    assert sum(spent.values(), timedelta()) <= min(passed, IDLE * max(0, len(acts) - 1))
    assert set(spent) == {script for script, _ in acts}


def test_an_essay_takes_the_median_of_those_that_took_any() -> None:
    assert an_essay([timedelta(minutes=n) for n in (5, 7, 0, 60)]) == timedelta(minutes=7)
    assert an_essay([timedelta(minutes=n) for n in (5, 7, 0)]) is None


@given(st.lists(st.tuples(st.sampled_from("abcdefg"), st.integers(0, 90)), max_size=40))
def test_counted_as_it_comes_it_is_the_median_of_all(counted: list[tuple[str, int]]) -> None:
    typical, last = Typical(), dict[str, int]()
    for script, minute in counted:
        typical.count(script, timedelta(minutes=minute))
        last[script] = minute
        known = [minute for minute in last.values() if minute]
        each = typical.each
        assert (None if each is None else each.total_seconds() / 60) == (median(known) if len(known) > 2 else None)


class Counted(timedelta):
    """A time that tells how often it was compared."""

    compared = 0

    def __lt__(self, other: timedelta) -> bool:
        Counted.compared += 1
        return timedelta.__lt__(self, other)


def test_one_more_act_looks_at_a_few_of_a_thousand() -> None:
    typical = Typical((f"s{n}", Counted(minutes=1 + n % 50)) for n in range(1000))
    Counted.compared = 0
    typical.count("s7", Counted(minutes=31))
    assert typical.each == timedelta(minutes=26)
    assert Counted.compared < 50


def test_the_finish_is_foretold_from_what_is_left() -> None:
    assert expected_finish(at(30), timedelta(minutes=9), 4) == START + timedelta(minutes=66)
