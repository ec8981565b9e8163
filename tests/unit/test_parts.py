"""Where the answers to the parts of a question begin: said by the text only where it says it clearly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.essay import Essay
from markdesk.core.parts import begun, part_at, proposed, wanted_at, without

LONG = "The reform of the church was slower in the north than anybody at court had hoped, and it was resisted. " * 3
AB = ("a", "b")


def starts(*blocks: str, parts: tuple[str, ...] = AB) -> list[tuple[str, int]]:
    """The parts that are proposed, with the numbers of the paragraphs at which they begin."""
    essay = Essay.from_paragraphs(blocks)
    return [(part, essay.paragraph_at(at).number) for part, at in proposed(essay, parts)]


@pytest.mark.parametrize(
    ("first", "second"),
    [("a)", "b)"), ("(a)", "(b)"), ("Part A", "Part B"), ("Question 1(a)", "Question 1(b)"), ("1a", "1b"), ("A.", "B."),
     ("**a**", "**b**"), ("1 (a):", "1 (b):"), ("Answer a", "Answer b"), ("A", "B")],
)  # fmt: skip
def test_headings_begin_the_parts_alone_or_before_the_first_words(first: str, second: str) -> None:
    assert starts(first, LONG, second, LONG) == [("a", 1), ("b", 3)]
    assert starts(f"{first}\n{LONG}", f"{second}\n{LONG}") == [("a", 1), ("b", 2)]


def test_the_first_answer_needs_no_heading() -> None:
    assert starts(LONG, LONG, "Part (b)", LONG) == [("a", 1), ("b", 3)]
    assert starts("(a)", LONG, "(b)", LONG, "(c)", LONG, parts=("a", "b", "c")) == [("a", 1), ("b", 3), ("c", 5)]


@pytest.mark.parametrize(
    "blocks",
    [
        (LONG, LONG),
        (f"A king without money is no king. {LONG}", LONG),
        (f"As (a) source shows, and (b) another. {LONG}", LONG),
        ("(a) taxes", "(b) war", LONG),
        ("(a)", LONG, "(b)", LONG, "(c)", LONG),
        ("(b)", LONG, "(a)", LONG),
        ("(a)", LONG, "(b)", LONG, "(b)", LONG),
        ("(a)", LONG),
        ("(b)",),
        ("",),
    ],
    ids=["none", "a word", "a sentence", "a list", "too many", "out of order", "twice", "no second", "alone", "empty"],
)  # fmt: skip
def test_what_may_be_something_else_is_no_heading(blocks: tuple[str, ...]) -> None:
    assert starts(*blocks) == []


def test_a_scheme_without_parts_has_none() -> None:
    assert starts("(a)", LONG, "(b)", LONG, parts=()) == []
    assert starts("(a)", LONG, "(b)", LONG, parts=("a",)) == []


@given(st.lists(st.text(max_size=60), max_size=6))
def test_whatever_the_text_every_start_is_a_paragraphs_and_in_order(blocks: list[str]) -> None:
    essay = Essay.from_paragraphs(blocks)
    found = proposed(essay, AB)
    assert {at for _, at in found} <= {p.span.start for p in essay.paragraphs}
    assert [at for _, at in found] == sorted(at for _, at in found)


def test_a_place_is_of_the_part_that_began_last() -> None:
    found = (("a", 10), ("b", 50))
    assert [part_at(found, at) for at in (0, 10, 49, 50, 999)] == ["a", "a", "a", "b", "b"]
    assert part_at((), 5) == ""


PLACES = st.sampled_from(range(0, 100, 10))


@given(st.lists(st.tuples(st.sampled_from("abc"), PLACES), max_size=8))
def test_the_beginnings_are_always_in_the_order_of_the_parts(said: list[tuple[str, int]]) -> None:
    found: tuple[tuple[str, int], ...] = ()
    for part, at in said:
        found = begun(found, ("a", "b", "c"), part, at)
        assert (part, at) in found
        assert found[0][0] == "a"
        assert [one for one, _ in found] == sorted({one for one, _ in found})
        assert [place for _, place in found] == sorted(place for _, place in found)


def test_said_again_it_is_the_next_part_and_after_the_last_none() -> None:
    names = ("a", "b", "c")
    assert wanted_at((), names, 40) == ("b", False)
    first = begun((), names, "b", 40)
    assert first == (("a", 0), ("b", 40))
    assert wanted_at(first, names, 40) == ("c", False)
    assert wanted_at(first, names, 70) == ("c", False)
    both = begun(first, names, "c", 70)
    assert wanted_at(both, names, 70) == ("c", True)
    assert without(both, "c") == first
    assert wanted_at(both, names, 90) == ("c", False), "the last part moves"
    assert wanted_at(both, names, 20) == ("b", False), "the second moves up"
