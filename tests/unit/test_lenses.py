"""Each lens finds what a reader would, says what it must, and is harmless on any text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.essay import Essay
from markdesk.core.lenses import LENSES, Asked, Lens, by_paragraph, lenses, through
from markdesk.core.lenses.dates import Period, period_of
from markdesk.core.lenses.lens import numbered
from markdesk.core.lenses.stems import stem
from tests.kit import HARD_ESSAY, shipped_rubric

QUESTION = (
    "‘Henry VIII’s foreign policy was a failure.’ Assess the validity of this view of the years 1509–1547. [25 marks]"
)


def look(lens: str, text: str, question: str = QUESTION, rubric: str = "") -> tuple[Lens, list[str]]:
    """A lens, and the words that it found."""
    essay = Essay(text)
    found = through(lens, essay, Asked(question, shipped_rubric(rubric) if rubric else None))
    return found, [essay.quote(one.span) for one in found.found]


def words_of(lens: str, text: str, question: str = QUESTION) -> list[str]:
    return look(lens, text, question)[1]


# -- dates


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("the years 1529–1547", Period(1529, 1547)),
        ("England, 1485-1603", Period(1485, 1603)),
        ("from 1855 to 1964", Period(1855, 1964)),
        ("between 1529 and 1547", Period(1529, 1547)),
        ("1553–8", Period(1553, 1558)),
        ("c.1450–c.1550", Period(1450, 1550)),
        ("in the 1530s", Period(1530, 1539)),
        ("in the sixteenth century", Period(1501, 1600)),
        ("in the period 1485–1509, and again 1529–1547", Period(1485, 1547)),
        ("secure by 1499", None),
        ("the Reform Acts of 1832 and 1867", None),
        ("How far do you agree? [25 marks]", None),
        ("", None),
    ],
)
def test_the_period_of_a_question(question: str, period: Period | None) -> None:
    assert period_of(question) == period


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 1529 he fell; by the 1530s, c.1500 and c. 1541.", ["1529", "1530s", "c.1500", "c. 1541"]),
        ("The 16th century and the sixteenth-century church", ["16th century", "sixteenth-century"]),
        ("The war of 1522–25 and 1543-1546", ["1522–25", "1543-1546"]),
        ("He had £1500, 1,529 men, 1529.5 and 1500%", []),
        ("On 7 August 1513.", ["1513"]),
        ("999, 2100 and 12345", []),
        ("In 1917–12 nobody", ["1917"]),
    ],
)
def test_dates(text: str, expected: list[str]) -> None:
    assert words_of("dates", text) == expected


def test_dates_outside_the_period_are_set_apart() -> None:
    lens, words = look("dates", "In 1485, 1509, the 1540s, the 1550s, the sixteenth century and 1547–53. Then 1553–8.")
    apart = [word for word, one in zip(words, lens.found, strict=True) if one.is_apart]
    assert apart == ["1485", "1550s", "1553–8"]
    assert (lens.apart, lens.count_apart) == ("outside 1509–1547", 3)


def test_without_a_period_no_date_is_outside_it() -> None:
    lens, _ = look("dates", "In 1485 and 1509.", "How far was Henry VII secure by 1499?")
    assert (lens.apart, lens.count_apart) == ("", 0)
    assert "names no period" in lens.told[0]


def test_the_assignment_s_name_tells_the_period_where_the_question_does_not_but_no_school_year() -> None:
    essay = Essay("In 1485.")
    assert through("dates", essay, Asked("How far?", name="Tudors 1509–1603")).count_apart == 1
    assert through("dates", essay, Asked("How far?", name="Mock 2025–26")).apart == ""


# -- names, numbers, quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Act of Supremacy was Cromwell’s. However, I think Henry VIII knew.",
            ["Act of Supremacy", "Cromwell’s", "Henry VIII"],
        ),
        ("Wolsey fell. He blamed Wolsey.", ["Wolsey", "Wolsey"]),
        ("Banking grew. Similarly trade.", []),
        ("Similarly Cromwell rose. On Monday in March it rained.", ["Cromwell"]),
        ("So J. V. Stalin met Charles I in Moscow.", ["J. V. Stalin", "Charles I", "Moscow"]),
        ("He read “The Prince” there.", ["Prince"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert words_of("names", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It cost £1,000, then £2.5 million, $5m or 12%.", ["£1,000", "£2.5 million", "$5m", "12%"]),
        (
            "Some 3,000 men, 40 per cent, two thousand and hundreds of sheep",
            ["3,000", "40 per cent", "two thousand", "hundreds"],
        ),
        ("Half of them, two thirds of it, a third of the land", ["Half", "two thirds", "a third"]),
        ("In 1529 on 7 August, August 7, p. 23, Source 2, note [12], the 16th century, 5th", []),
        ("About 300 came.", ["300"]),
    ],
)
def test_numbers(text: str, expected: list[str]) -> None:
    assert words_of("numbers", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He wrote “a great matter” and "no more".', ["“a great matter”", '"no more"']),
        ("It was ‘the workers’ own’ in 'their' words.", ["‘the workers’", "'their'"]),
        ("The workers' rights weren't the king's.", []),
        ("She said “one ‘two’ three”.", ["“one ‘two’ three”"]),
        ("> set off\n> as a block\n\nand no more", ["> set off\n> as a block"]),
        ("“not closed\n\nhere” it is", []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert words_of("quotations", text) == expected


# -- the question, judgement, sources


def test_words_of_one_family_have_one_stem() -> None:
    for family in (
        "secure secured securing security",
        "stable stability",
        "economy economic economically",
        "religion religious",
        "policy policies",
        "success successful successes",
        "rule ruler ruled ruling",
        "national nationalism nation",
        "fail failed failure",
        "Khrushchev Khrushchev’s khrushchev's",
    ):
        assert len({stem(word) for word in family.split()}) == 1, family
    apart = ("nation", "native", "king", "kind", "process", "proceed", "status", "state")
    assert len({stem(word) for word in apart}) == len(apart)


def test_question_terms_by_paragraph() -> None:
    lens, words = look("terms", "Foreign policies went on.\n\nHe built ships.\n\nHenry’s policy.")
    assert words == ["Foreign", "policies", "Henry’s", "policy"]
    assert lens.told == (
        "looked for: Henry, foreign, policy, failure",
        "never said: failure",
        "paragraphs without any: ¶2",
    )


def test_a_question_without_words_of_its_own() -> None:
    lens, words = look("terms", "Foreign policies failed.", "How far do you agree? [25 marks]")
    assert (words, lens.told) == ([], ("the question has no words of its own to look for",))


def test_judgement_words() -> None:
    lens, words = look(
        "judgement", "It failed.\n\nHowever, arguably the most  significant\ncause was money.\n\nYet so."
    )
    assert words == ["However", "arguably", "most  significant", "Yet"]
    assert [one.note for one in lens.found] == ["turns", "weighs", "weighs", "turns"]
    assert lens.told == ("the first that weighs: ¶2",)


def test_sources_that_are_never_named() -> None:
    question = "Assess how convincing the arguments in Extracts A, B and C are."
    lens, words = look(
        "mentions", "Extract A says so. The extracts differ. Source 2’s tone; extracts B and D.", question
    )
    assert words == ["Extract A", "The extracts", "extracts B and D"]
    assert lens.told == ("the question names A, B, C", "never named: C")
    lens, _ = look("mentions", "Extracts A–C agree.", question)
    assert lens.told[-1] == "each of them is named"


def test_sources_that_only_the_scheme_knows_of() -> None:
    lens, _ = look("mentions", "Extract A says so.", "Which is right?", "aqa-7042-c1a-extracts-30")
    assert lens.told == ("the scheme has 3 extracts; the question doesn't say which", "named: A")


# -- words by the board's rule

NEA = (
    "Why did the Pilgrimage fail\n\nIt failed for three reasons.[1] He said “no more”.\n\nMoney\n\nThere was none.[2]"
    "\n\nBibliography\n\nFletcher, A., Tudor Rebellions (1983)\n\n[1] Fletcher, p. 4.\n\n[2] Ibid."
)


def test_what_counts_by_the_scheme_s_own_rule() -> None:
    lens, words = look("words", NEA, rubric="aqa-7042-nea-40")
    assert lens.count == 12
    assert words[0] == "Why did the Pilgrimage fail"
    assert [one.note.partition(",")[0] for one in lens.found] == [
        "title", "heading", "bibliography", "bibliography", "note", "note",
    ]  # fmt: skip
    assert all(one.is_apart for one in lens.found)
    assert "the scheme expects 3,500 to 4,500" in lens.told


def test_a_scheme_that_leaves_nothing_out_counts_all_and_says_so() -> None:
    lens, _ = look("words", NEA, rubric="ocr-h505-y100-nea-40")
    assert lens.count_apart == 0
    assert "the scheme doesn't say what is left out, so all is counted" in lens.told
    lens, _ = look("words", NEA, rubric="aqa-7042-b-essay-25")
    assert "the scheme has no rule of words" in lens.told


# -- any text


def test_numbers_of_paragraphs_as_they_are_read() -> None:
    assert numbered([]) == ""
    assert numbered([1, 3, 4, 5, 9]) == "¶1, ¶3–¶5, ¶9"


WORDS = """1529 1530s 16th century c. c.1500 – - 1 , . £ % £1,000 million Henry VIII Act of the I However arguably to a
extent “ ” ‘ ’ ' " Extract A B and Source 2 [1] [b] [/b] \x1b[31m \x00 \u202e foreign policy é e\u0301 👩\u200d🏫"""
PIECES = st.sampled_from([*WORDS.split(), "\n", "\n\n", "   ", "\t", "Bibliography\n\n", "A" * 50])
TEXTS = st.lists(PIECES, max_size=60).map(" ".join) | st.text(max_size=200)


@given(TEXTS, TEXTS)
def test_passages_are_in_order_and_in_the_text_whatever_it_is(text: str, question: str) -> None:
    essay = Essay(text)
    for lens in lenses(essay, Asked(question, shipped_rubric("aqa-7042-nea-40"), question)):
        at = 0
        for one in lens.found:
            assert at <= one.span.start < one.span.end <= len(text), lens.id
            at = one.span.end
        assert sum(by_paragraph(essay, lens.found)) == (len(lens.found) if essay.paragraphs else 0)


HOSTILE = [
    "A" * 100_000, "1" * 100_000, "1," * 50_000, "c." * 50_000, "£" * 100_000, "'a " * 33_000, "“" * 100_000,
    "“a” " * 25_000, "A.A." * 25_000, "A of " * 20_000, "of the " * 15_000, "Extract A, " * 9_000, "to a  " * 16_000,
    "1529–" * 20_000, " " * 100_000 + "x", "x\n" * 50_000, "[b]" * 33_000, "\x1b[31m" * 20_000, "half " * 20_000,
    "é" * 100_000, "? " * 50_000, "\u0301" * 100_000, "two " * 25_000, "between " * 12_000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:8]))
def test_no_text_holds_a_lens_up(text: str) -> None:
    """With much room: what grows with the square of such a text would take minutes."""
    for name in LENSES:
        for where in (Asked(QUESTION), Asked(text[:2000])):
            start = time.process_time()
            through(name, Essay(text), where)
            assert time.process_time() - start < 2.0, name
    start = time.process_time()
    period_of(text)
    assert time.process_time() - start < 2.0


def test_a_text_of_markup_and_codes_is_found_in_as_it_stands() -> None:
    for lens in lenses(HARD_ESSAY, Asked(QUESTION)):
        assert all(HARD_ESSAY.quote(one.span) for one in lens.found)
