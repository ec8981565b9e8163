"""A comment by itself: its blanks, its short code, and whose stands in place of whose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.bank import (
    LONGEST_QUOTE,
    BankComment,
    BankField,
    Filling,
    Origin,
    blanks,
    captured,
    expanded,
    folded_text,
    merged,
    shortened,
    text_key,
    typed_code,
)
from markdesk.core.plain import fold

WHOLE = Filling("Amara", "the party listened", "3–4")
BRACES = st.text(alphabet="{}nameqotp rgh.ab", max_size=60)


def test_blanks_are_filled() -> None:
    text = "{name}, ‘{quote}’ in {paragraph} is exact. {name}!"
    assert expanded(text, WHOLE) == "Amara, ‘the party listened’ in 3–4 is exact. Amara!"


def test_what_is_not_known_stays_open_and_is_told() -> None:
    text = expanded("{name}, look at {paragraph} again.", Filling(paragraph="2"))
    assert text == "{name}, look at 2 again."
    assert blanks(text) == ("name",)


@pytest.mark.parametrize(
    "text", ["{nom}", "{ name }", "{Name}", "{}", "{{}}", "{name", "name}", "[b]{x}[/b]", "%s {0}"]
)
def test_every_other_brace_is_text(text: str) -> None:
    assert expanded(text, WHOLE) == text
    assert blanks(text) == ()


def test_what_is_filled_in_is_never_looked_at_again() -> None:
    assert expanded("{quote} {name}", Filling("{paragraph}", "{name}", "9")) == "{name} {paragraph}"


@given(BRACES)
def test_with_nothing_known_a_text_stays_as_it_is(text: str) -> None:
    assert expanded(text, Filling()) == text


@given(BRACES)
def test_with_everything_known_no_blank_is_left(text: str) -> None:
    assert blanks(expanded(text, WHOLE)) == ()


def test_a_long_passage_is_quoted_by_its_first_words_on_one_line() -> None:
    told = shortened("one\ntwo  " + "three " * 50)
    assert told.split() == ["one", "two", *["three"] * (LONGEST_QUOTE - 2), "…"]
    assert "\n" not in told
    assert len(shortened("x" * 5_000)) < 210


NAMES = st.text(alphabet="abcÉł’- ", min_size=1, max_size=30).filter(lambda name: name.strip())


@given(NAMES, st.text(alphabet="abc d\n.,", max_size=400), st.integers(1, 99))
def test_what_filled_a_blank_can_be_told_again(name: str, quote: str, number: int) -> None:
    given_ = Filling(name, quote, str(number))
    for template in (
        "Well argued, {name}: see paragraph {paragraph}.",
        "Look again: ‘{quote}’ (paragraph {paragraph})",
    ):
        told = captured(template, expanded(template, given_))
        assert told is not None
        assert expanded(template, told) == expanded(template, given_)


def test_a_use_is_known_by_its_own_words_whatever_the_case_and_spaces() -> None:
    told = captured("{name}, this is  exact. {name}!", "AMARA, this is exact. Amara!")
    assert told == Filling("AMARA")
    assert captured("{name}, this is exact.", "Amara, that is exact.") is None
    assert captured("{name} and {name} again", "Amara and Finn again") is None


@pytest.mark.parametrize("template", ["{quote}", "{name}: {quote}", "{quote}…", "a {quote}"])
def test_a_template_with_hardly_a_word_of_its_own_claims_nothing(template: str) -> None:
    assert captured(template, "Amara: anything at all") is None


def test_a_text_of_fifty_thousand_words_is_not_compared() -> None:
    assert captured("{name}, {quote} is exact, {name}.", "word " * 50_000) is None


@given(st.text(max_size=80))
def test_the_quick_way_to_fold_is_the_same(text: str) -> None:
    assert folded_text(text) == fold(text)
    ascii_only = text.encode("ascii", "ignore").decode()
    assert folded_text(ascii_only) == fold(ascii_only)


def test_case_space_and_final_stop_do_not_tell_two_comments_apart() -> None:
    assert text_key("Say  WHEN. ") == text_key("say when") != text_key("say when?")


@pytest.mark.parametrize(
    ("before", "code"),
    [
        (";ev", "ev"),
        ("Good. ;EV", "EV"),
        ("(;ev", "ev"),
        ("line\n;l4", "l4"),
        ("‘;ev", "ev"),
        ("so;ev", ""),
        ("; ev", ""),
        (";ev ", ""),
        (";;ev", ""),
        ("yes; no", ""),
        (";abcdefghijklm", ""),
        ("", ""),
    ],
)
def test_a_short_code_is_typed_at_a_word_s_start(before: str, code: str) -> None:
    assert typed_code(before) == code


def shipped(id_: str, text: str, code: str = "") -> BankComment:
    return BankComment(id_, text, code, origin=Origin.SHIPPED)


def test_the_teacher_s_own_stands_in_place_of_what_ships() -> None:
    theirs = (
        shipped("markdesk.ev", "Which date?", "ev"),
        shipped("markdesk.so", "And so?", "so"),
        shipped("markdesk.rep", "Said already.", "rep"),
        shipped("markdesk.w", "Well put.", "w"),
    )
    own = (
        BankComment("markdesk.ev", "Date, please.", "d"),  # of the same id
        BankComment("a", "said ALREADY"),  # of the same words
        BankComment("b", "Something else.", "SO"),  # of the same short code
        BankComment("c", "Well put.", field=BankField.WWW),  # the same words, but for another field
    )
    bank = merged(own, theirs)
    assert bank == (*own, shipped("markdesk.so", "And so?"), theirs[3])
