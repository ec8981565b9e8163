"""Totals of a paper: the best of what is allowed, whatever the order, and never less for one answer more."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.award import Total
from markdesk.core.paper import Section
from markdesk.core.paper_totals import Answer, added, paper_total, section_total
from tests.papers import BREADTH, marked, no_response, paper, question, section

PAIRS = section(
    "A",
    question("1(a)", 10, "1"), question("1(b)", 20, "1"), question("2(a)", 10, "2"), question("2(b)", 20, "2"),
    choose=1,
)  # fmt: skip
"""OCR's two-part question, each part marked by itself: one pair of two."""


# -- by hand


def test_a_full_paper_is_added_up() -> None:
    found = paper_total(BREADTH, {"01": marked(22, 30), "02": marked(17), "04": marked(19)})
    assert (found.total, [section.total.value for section in found.sections]) == (Total(58, 58, 80), [22, 36])
    assert (found.beyond, found.missing, found.unsettled) == ((), (), ())


def test_too_many_answers_are_all_marked_and_the_best_count() -> None:
    found = paper_total(BREADTH, {"01": marked(22, 30), "02": marked(11), "03": marked(19), "04": marked(17)})
    assert found.total.value == 22 + 19 + 17
    assert found.sections[1].counted == ("03", "04")
    assert found.beyond == ("02",)


def test_while_one_of_too_many_is_unmarked_nothing_stands() -> None:
    found = paper_total(BREADTH, {"01": marked(22, 30), "02": marked(11), "03": marked(19), "04": marked(None)})
    assert found.total == Total(None, 52, 80), "it may be better than one that counts"
    assert found.unsettled == ("04",)


def test_a_mark_in_pencil_is_provisional() -> None:
    found = paper_total(BREADTH, {"01": marked(22, 30), "02": marked(11), "03": marked(19, finished=False)})
    assert found.total == Total(None, 52, 80)
    assert found.unsettled == ("03",)


def test_no_response_is_an_answer_and_no_mark() -> None:
    found = paper_total(BREADTH, {"01": no_response(30), "02": marked(11), "03": no_response()})
    assert found.total == Total(11, 11, 80)
    assert [section.total.value for section in found.sections] == ["NR", 11]
    assert paper_total(BREADTH, dict.fromkeys(("01", "02", "03"), no_response())).total.value == "NR"
    assert paper_total(BREADTH, {"01": marked(0, 30), "02": no_response(), "03": no_response()}).total.value == 0


def test_an_attempt_that_earned_nothing_counts_before_no_response() -> None:
    found = section_total(BREADTH.sections[1], {"02": no_response(), "03": marked(0), "04": marked(5)})
    assert found.counted == ("03", "04")


def test_what_is_missing_is_named() -> None:
    assert paper_total(BREADTH, {}).missing == ("01", "2 of 02, 03, 04")
    found = paper_total(BREADTH, {"03": marked(20)})
    assert (found.missing, found.total) == (("01", "1 of 02, 04"), Total(None, 20, 80))
    assert section_total(PAIRS, {}).missing == ("1 of 1(a)+1(b), 2(a)+2(b)",)


def test_the_parts_of_one_question_are_one_choice() -> None:
    full = section_total(PAIRS, {"2(a)": marked(6, 10), "2(b)": marked(14, 20)})
    assert (full.total, full.counted) == (Total(20, 20, 30), ("2(a)", "2(b)"))
    half = section_total(PAIRS, {"2(a)": marked(6, 10)})
    assert (half.total, half.missing) == (Total(None, 6, 30), ("2(b)",))


def test_a_better_part_of_another_question_is_not_picked() -> None:
    answers = {
        "1(a)": marked(9, 10), "1(b)": marked(5, 20), "2(a)": marked(2, 10), "2(b)": marked(17, 20)
    }  # fmt: skip
    found = section_total(PAIRS, answers)
    assert (found.total.value, found.counted, found.beyond) == (19, ("2(a)", "2(b)"), ("1(a)", "1(b)"))
    # One part alone is an infringement all the same, and what isn't counted need not be complete.
    one_part = section_total(PAIRS, {"1(a)": marked(9, 10), "2(a)": marked(2, 10), "2(b)": marked(17, 20)})
    assert (one_part.total.value, one_part.missing) == (19, ())


@pytest.mark.parametrize(
    ("totals", "came_to"),
    [
        ((Total(3, 3, 5), Total(4, 4, 10)), Total(7, 7, 15)),
        ((Total(3, 3, 5), Total("NR", 0, 10)), Total(3, 3, 15)),
        ((Total("NR", 0, 5), Total("NR", 0, 10)), Total("NR", 0, 15)),
        ((Total(3, 3, 5), Total(None, 4, 10)), Total(None, 7, 15)),
        ((Total("NR", 0, 5), Total(None, 0, 10)), Total(None, 0, 15)),
    ],
)
def test_totals_are_added(totals: tuple[Total, ...], came_to: Total) -> None:
    assert added(totals) == came_to


# -- whatever the answers


@st.composite
def sections_with_answers(draw: st.DrawFn) -> tuple[Section, dict[str, Answer]]:
    """Choices of one or two parts, how many are asked for, and any answers to some of them."""
    shapes = draw(st.lists(st.integers(1, 2), min_size=1, max_size=5))
    questions = []
    for n, parts in enumerate(shapes, start=1):
        worth = (30,) if parts == 1 else (10, 20)
        letters = ("",) if parts == 1 else ("(a)", "(b)")
        part_of = "" if parts == 1 else str(n)
        questions += [question(f"{n}{i}", most, part_of) for i, most in zip(letters, worth, strict=True)]
    made = section("A", *questions, choose=draw(st.integers(0, len(shapes))))
    answers: dict[str, Answer] = {}
    for one in questions:
        mark = draw(st.one_of(st.none(), st.integers(-2, one.max)))
        if mark is not None:
            given = no_response(one.max) if mark == -2 else marked(None if mark == -1 else mark, one.max)
            answers[one.number] = Answer(given.total, draw(st.sampled_from((True, True, True, False))))
    return made, answers


@given(sections_with_answers())
def test_it_is_the_best_of_the_number_allowed(drawn: tuple[Section, dict[str, Answer]]) -> None:
    """Against every way to choose."""
    made, answers = drawn
    worth = [sum(answers[q.number].total.so_far for q in c if q.number in answers) for c in made.choices]
    best = max(sum(chosen) for chosen in combinations(worth, made.needed))
    found = section_total(made, answers)
    assert found.total.so_far == best
    assert 0 <= found.total.so_far <= found.total.max == made.max


@given(sections_with_answers(), st.randoms())
def test_the_order_of_the_answers_does_not_matter(drawn: tuple[Section, dict[str, Answer]], chance: Any) -> None:
    made, answers = drawn
    shuffled = list(answers.items())
    chance.shuffle(shuffled)
    assert section_total(made, dict(shuffled)) == section_total(made, answers)


@given(sections_with_answers(), st.randoms())
def test_nor_does_the_order_of_the_questions(drawn: tuple[Section, dict[str, Answer]], chance: Any) -> None:
    made, answers = drawn
    questions = list(made.questions)
    chance.shuffle(questions)
    found, other = section_total(made, answers), section_total(section("A", *questions, choose=made.choose), answers)
    assert (found.total.so_far, found.total.max) == (other.total.so_far, other.total.max)
    if found.total.value is not None and other.total.value is not None:
        assert found.total == other.total


@given(sections_with_answers(), st.integers(0, 30))
def test_one_answer_more_never_lowers_the_marks(drawn: tuple[Section, dict[str, Answer]], mark: int) -> None:
    made, answers = drawn
    before = section_total(made, answers)
    for one in made.questions:
        if one.number not in answers:
            after = section_total(made, {**answers, one.number: marked(min(mark, one.max), one.max)})
            assert after.total.so_far >= before.total.so_far


@given(sections_with_answers())
def test_a_better_mark_never_lowers_the_marks(drawn: tuple[Section, dict[str, Answer]]) -> None:
    made, answers = drawn
    before = section_total(made, answers)
    for one in made.questions:
        had = answers.get(one.number)
        if had is not None and had.total.so_far < one.max:
            after = section_total(made, {**answers, one.number: marked(had.total.so_far + 1, one.max)})
            assert after.total.so_far >= before.total.so_far


@given(sections_with_answers())
def test_every_answer_is_in_one_place(drawn: tuple[Section, dict[str, Answer]]) -> None:
    made, answers = drawn
    found = section_total(made, answers)
    assert sorted((*found.counted, *found.beyond)) == sorted(answers)
    stands = all(answer.is_settled for answer in answers.values()) and not found.missing
    assert (found.total.value is not None) == stands
    if len({q.part_of or q.number for q in made.questions if q.number in answers}) <= made.needed:
        assert found.beyond == ()


@given(st.lists(sections_with_answers(), min_size=1, max_size=3))
def test_a_paper_is_the_sum_of_its_sections(drawn: list[tuple[Section, dict[str, Answer]]]) -> None:
    sections: list[Section] = []
    answers: dict[str, Answer] = {}
    for at, (made, given_) in enumerate(drawn):
        renamed = {q.number: f"{at + 1}{q.number}" for q in made.questions}
        questions = [question(renamed[q.number], q.max, q.part_of and f"{at}{q.part_of}") for q in made.questions]
        sections.append(section("ABC"[at], *questions, choose=made.choose))
        answers |= {renamed[number]: answer for number, answer in given_.items()}
    found = paper_total(paper(*sections), answers)
    alone = [section_total(made, given_).total for made, given_ in drawn]
    assert found.total == added(alone)
