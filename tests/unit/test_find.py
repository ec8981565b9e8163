"""Words are found however they are spelt, and told in the code points of the text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.essay import Span
from markdesk.core.find import FoldedText
from markdesk.core.plain import UNDECOMPOSED
from tests.kit import HARD_ESSAY


def found(text: str, words: str) -> list[str]:
    return [text[span.start : span.end] for span in FoldedText(text).find(words)]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The Pilgrimage of Grace; the pilgrimage", "PILGRIMAGE", ["Pilgrimage", "pilgrimage"]),
        ("Świderska and Swiderska", "swiderska", ["Świderska", "Swiderska"]),
        ("Świderska and Swiderska", "Świderska", ["Świderska", "Swiderska"]),
        (
            "Act of\nSupremacy, Act  of\u00a0Supremacy",
            "act of supremacy",
            ["Act of\nSupremacy", "Act  of\u00a0Supremacy"],
        ),
        ("the end.\n\nHungary rose", "end. hungary", ["end.\n\nHungary"]),
        ("1529–1547", "1529-1547", ["1529–1547"]),
        ("Henry’s “great matter”", "henry's \"great", ["Henry’s “great"]),
        ("cafe\u0301 society", "cafe", ["cafe\u0301"]),
        ("Parlia\u00adment", "parliament", ["Parlia\u00adment"]),
        ("the oﬃce of state", "office", ["oﬃce"]),
        ("Straße", "STRASSE", ["Straße"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("[b]Henry[/b] \\ [sic]", "[b]henry", ["[b]Henry"]),
        ("Henry", "  ", []),
        ("Henry", "\u00ad", []),
        ("", "a", []),
        ("Henry", "Henrys", []),
    ],
)
def test_what_is_found(text: str, words: str, expected: list[str]) -> None:
    assert found(text, words) == expected


PIECES = st.sampled_from(
    [*"aBeéﬁfißs–-’'ŁlİĲ漢Æ \n\t\x1b\u0301\u00a0\u00ad\u200b", "e\u0301", "  ", "\n\n", "👩\u200d🏫"]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


def by_letter(text: str) -> list[tuple[str, int, int]]:
    """The slow way: each letter of the folded text with the place that it came from, a run of gaps as one space."""
    letters: list[tuple[str, int, int]] = []
    at = 0
    while at < len(text):
        end = at
        while end < len(text) and (text[end].isspace() or text[end] in "\u00ad\u200b\u200d"):
            end += 1
        if end > at:
            letters += [(" ", at, end)] if any(map(str.isspace, text[at:end])) else []
            at = end
            continue
        sign = {"–": "-", "’": "'"}.get(text[at], text[at]).translate(UNDECOMPOSED)
        plain = "".join(c for c in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(c)).casefold()
        letters += [(letter, at, at + 1) for letter in plain]
        at += 1
    return letters


@given(TEXTS, st.lists(PIECES, min_size=1, max_size=3).map("".join))
def test_it_finds_what_the_slow_way_finds(text: str, words: str) -> None:
    letters = by_letter(text)
    folded = "".join(letter for letter, _, _ in letters)
    wanted = "".join(letter for letter, _, _ in by_letter(words)).strip()
    expected: list[tuple[int, int]] = []
    at = folded.find(wanted) if wanted else -1
    while at >= 0:
        start, end = letters[at][1], letters[at + len(wanted) - 1][2]
        if not expected or start >= expected[-1][1]:
            expected.append((start, end))
        at = folded.find(wanted, at + len(wanted))
    spans = FoldedText(text).find(words)
    assert [span.start for span in spans] == [start for start, _ in expected]
    for span, (_, end) in zip(spans, expected, strict=True):
        # What follows a passage and can't be seen by itself, such as an accent, is part of it.
        assert end <= span.end
        assert by_letter(text[end : span.end]) == []


@given(TEXTS)
def test_places_are_in_order_and_in_the_text(text: str) -> None:
    for words in ("a", "e", "fi", "- '", "s s"):
        at = 0
        for span in FoldedText(text).find(words):
            assert at <= span.start < span.end <= len(text)
            at = span.end


@given(st.integers(0, len(HARD_ESSAY.text) - 1), st.integers(1, 30))
def test_a_passage_finds_itself(start: int, length: int) -> None:
    words = HARD_ESSAY.text[start : start + length]
    searched = FoldedText(HARD_ESSAY.text)
    if FoldedText(words).folded.strip():
        assert any(span.overlaps(Span(start, start + length)) for span in searched.find(words))
