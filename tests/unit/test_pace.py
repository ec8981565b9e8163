"""The time that a pile takes: pauses left out, nothing foretold from next to nothing."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.pace import IDLE, Pace, an_essay, expected_finish

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


def test_the_finish_is_foretold_from_what_is_left() -> None:
    assert expected_finish(at(30), timedelta(minutes=9), 4) == START + timedelta(minutes=66)
