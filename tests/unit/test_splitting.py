"""One script of several answers: divided where that can be told, refused where it can't, and never a word lost."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.errors import EssayUnreadable
from markdesk.core.paper import Paper
from markdesk.core.splitting import SplitAnswer, split_answers
from tests.papers import BREADTH, paper, question, section

OCR = paper(section("A", question("1", 30)), section("B", question("2", 20), question("3", 20), choose=1))
LETTERED = paper(section("A", question("1(a)", 10, "1"), question("1(b)", 20, "1"), question("2", 30), choose=1))
TWO_PART = paper(section("A", question("1", 30), question("2", 30), choose=1))
PARTS = {"1": {"a", "b"}, "2": {"a", "b"}}


def split(
    of: Paper, *blocks: str, parts: dict[str, set[str]] | None = None, **texts: str
) -> list[tuple[str, tuple[str, ...]]]:
    answers = split_answers("s.docx", of, parts or {}, {name[1:]: text for name, text in texts.items()}, blocks)
    return [(answer.number, answer.paragraphs) for answer in answers]


@pytest.mark.parametrize(
    ("of", "heading", "number"),
    [
        (BREADTH, "02", "02"),
        (BREADTH, "0 2", "02"),
        (BREADTH, "0 men died.", None),
        (BREADTH, "02.", "02"),
        (BREADTH, "Question 2", "02"),
        (BREADTH, "QUESTION 02:", "02"),
        (BREADTH, "Question no. 2", "02"),
        (BREADTH, "Q2", "02"),
        (BREADTH, "q.2)", "02"),
        (BREADTH, "Answer to question 2", "02"),
        (BREADTH, "## Question 2", "02"),
        (BREADTH, "**Question 2**", "02"),
        (BREADTH, "2", "02"),
        (BREADTH, "Question two", None),
        (BREADTH, "Questions 2", None),
        (BREADTH, "2nd of May", None),
        (BREADTH, "2,000 men", None),
        (BREADTH, "1485", None),
        (OCR, "2*", "2"),
        (OCR, "2)", "2"),
        (LETTERED, "1(b)", "1(b)"),
        (LETTERED, "1 (b)", "1(b)"),
        (LETTERED, "1b.", "1(b)"),
        (LETTERED, "Q1b", "1(b)"),
        (LETTERED, "Question 1 (B)", "1(b)"),
    ],
)
def test_headings(of: Paper, heading: str, number: str | None) -> None:
    if number is None:
        with pytest.raises(EssayUnreadable, match="no line says which question it answers"):
            split(of, heading, "Henry was secure.")
    else:
        assert split(of, heading, "Henry was secure.") == [(number, ("Henry was secure.",))]


def test_a_whole_script() -> None:
    found = split(
        BREADTH,
        "Section A", "01", "Extract A is right.", "So is B.",
        "Section B:", "Question 3", "In 1485 he won.", "1. First he fined them.", "2 May 1500 was worse.",
        "04 - He traded.\nAnd he saved.",
    )  # fmt: skip
    assert found == [
        ("01", ("Extract A is right.", "So is B.")),
        ("03", ("In 1485 he won.", "1. First he fined them.", "2 May 1500 was worse.")),
        ("04", ("He traded.\nAnd he saved.",)),
    ]


def test_a_heading_inside_a_block_divides_it() -> None:
    assert split(BREADTH, "01\nFirst.\nSecond.\n02\nThird.", "Fourth.") == [
        ("01", ("First.\nSecond.",)),
        ("02", ("Third.", "Fourth.")),
    ]


def test_a_printed_question_is_left_out_and_kept_aside() -> None:
    asked = "‘Henry was secure.’ Assess the validity of this view."
    for blocks in (
        ("02", f"{asked} [25 marks]", "He was."),
        (f"02 {asked} [25 marks]", "He was."),
        (f"02 {asked.upper()}", "He was."),
        ("2. Another question, as it was printed. [25 marks]", "He was."),
    ):
        (answer,) = split_answers("s.docx", BREADTH, {}, {"02": asked}, blocks)
        assert answer.paragraphs == ("He was.",)
        assert "\n".join(answer.left_out).replace("\n", " ") == " ".join(blocks[:-1])


def test_what_stands_on_the_line_is_the_students_where_it_is_no_question() -> None:
    assert split(BREADTH, "02 Henry was secure.", "Later he was not.") == [
        ("02", ("Henry was secure.", "Later he was not."))
    ]


def test_parts_that_one_scheme_marks_stay_together() -> None:
    found = split(TWO_PART, "1(a)", "Trade mattered.", "1(b)", "So did war.", parts=PARTS)
    assert found == [("1", ("1(a)", "Trade mattered.", "1(b)", "So did war."))]
    assert split(TWO_PART, "Question 2 (a) Trade.", "(b)", "War.", parts=PARTS) == [
        ("2", ("Question 2 (a) Trade.", "(b)", "War."))
    ]
    with pytest.raises(EssayUnreadable, match="begins twice"):
        split(TWO_PART, "1(a)", "Trade.", "1(a)", "War.", parts=PARTS)


def test_a_number_with_nothing_under_it_has_no_paragraph() -> None:
    assert split(BREADTH, "01", "02", "He was.") == [("01", ()), ("02", ("He was.",))]


@pytest.mark.parametrize(
    ("of", "blocks", "says"),
    [
        (BREADTH, ("Amara Okafor", "01", "He was."), "before 01 stands 'Amara Okafor'"),
        (BREADTH, ("He was.", "And is."), "no line says which question it answers"),
        (BREADTH, (), "no line says which question it answers"),
        (BREADTH, ("03", "He was.", "02", "He is."), "02 stands below 03"),
        (BREADTH, ("02", "He was.", "02", "He is."), "the answer to 02 begins twice"),
        (BREADTH, ("01", "He was.", "Question 7", "He is."), "an answer to 7, which the paper doesn't have"),
        (BREADTH, ("01", "He was.", "01(a)", "He is."), "an answer to 01(a), which the paper doesn't have"),
        (BREADTH, ("01", "He was.", "2. The navy grew."), "'2. The navy grew.' may begin the answer to 02"),
        (BREADTH, ("01", "He was.", "3 The navy grew.", "04", "x"), "may begin the answer to 03"),
        (BREADTH, ("1. He was.", "2. He is."), "'1. He was.' may begin the answer to 01"),
        (BREADTH, ("01", "He was.", "Question 2 asks about trade."), "may begin the answer to 02"),
        (OCR, ("1", "He was", "2", "the king.", "3", "So."), "'2' may begin the answer to 2"),
    ],
)
def test_what_cannot_be_told_is_refused_with_the_way_out(of: Paper, blocks: tuple[str, ...], says: str) -> None:
    with pytest.raises(EssayUnreadable) as refused:
        split(of, *blocks)
    assert says in refused.value.message
    assert refused.value.message.startswith("s.docx: ")
    assert refused.value.hint


def test_a_list_whose_numbers_are_taken_is_a_list() -> None:
    found = split(OCR, "Question 1", "Three causes:", "1. War.", "Question 3", "Two:", "1. Tax.", "2. Trade.")
    assert found == [("1", ("Three causes:", "1. War.")), ("3", ("Two:", "1. Tax.", "2. Trade."))]


def test_hostile_text_is_text() -> None:
    found = split(BREADTH, "01", "[/b]\x1b[31m\u202e", "Question\u200b 2", "x" * 50_000)
    assert found == [("01", ("[/b]\x1b[31m\u202e", "Question\u200b 2", "x" * 50_000))]
    with pytest.raises(EssayUnreadable) as refused:
        split(BREADTH, "\x1b[31m\u202e", "01")
    assert "\x1b" not in refused.value.message


PROSE = st.lists(
    st.sampled_from(
        ["He was secure.", "In 1485 he won.", "(ii) Not so.", "The 2 sons died.", "毛泽东 [sic]", "Stoke."]
    ),
    min_size=1,
    max_size=4,
)


@given(st.lists(st.sampled_from(["01", "02", "03", "04"]), min_size=1, unique=True), st.data())
def test_answers_come_back_as_they_were_written(numbers: list[str], data: st.DataObject) -> None:
    answers = [(number, tuple(data.draw(PROSE))) for number in sorted(numbers)]
    how = data.draw(st.sampled_from(["{}", "Question {}", "Q{}:", "# Question {}"]))
    blocks = [block for number, written in answers for block in (how.format(number), *written)]
    assert split(BREADTH, *blocks) == answers


LINES = st.sampled_from([
    "01", "02", "Question 3", "Q4 Trade grew.", "1. War.", "2", "3 Not so.", "He was.", "", "Section B",
    "04 x [25 marks]",
])  # fmt: skip


@given(st.lists(st.lists(LINES, min_size=1, max_size=3).map("\n".join), max_size=8))
def test_whatever_is_divided_not_a_word_is_lost_or_doubled(blocks: list[str]) -> None:
    try:
        answers: tuple[SplitAnswer, ...] = split_answers("s.txt", BREADTH, {}, {}, blocks)
    except EssayUnreadable:
        return
    found = Counter(" ".join(text for answer in answers for text in (*answer.left_out, *answer.paragraphs)).split())
    # A section's name above the first heading belongs to no answer.
    lines = "\n".join(blocks).split("\n")
    above = lines[: next(n for n, line in enumerate(lines) if line and line != "Section B")]
    assert found == Counter(" ".join(lines).split()) - Counter(" ".join(above).split())
    assert [answer.number for answer in answers] == sorted({answer.number for answer in answers})
