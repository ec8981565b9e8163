"""An essay's text is never altered, and its paragraphs are slices of it."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.essay import Essay, Span, normalise
from tests.kit import HARD_ESSAY, HARD_PARAGRAPHS, LONG_WORD

ANY_TEXT = st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("\n \r\t")), max_size=200)
"""Text as a reader gives it: half a pair is mended there, see ``test_normalise``."""


def test_the_hard_essay_is_hard() -> None:
    assert len(LONG_WORD) == 300
    for piece in ("[sic]", "[Henry]", "[...]", "[/b]", "[1529]", "毛泽东", "\u200d", "e\u0301"):
        assert piece in HARD_ESSAY.text


def test_paragraphs_rejoin_to_the_text() -> None:
    assert [HARD_ESSAY.quote(p.span) for p in HARD_ESSAY.paragraphs] == list(HARD_PARAGRAPHS)
    assert "\n\n".join(HARD_ESSAY.quote(p.span) for p in HARD_ESSAY.paragraphs) == HARD_ESSAY.text
    assert [p.number for p in HARD_ESSAY.paragraphs] == [1, 2, 3, 4, 5]


def test_offsets_are_code_points() -> None:
    essay = Essay("\U0001f451 king\n\n毛e\u0301")
    assert [(p.span.start, p.span.end) for p in essay.paragraphs] == [(0, 6), (8, 11)]


def test_blank_lines_divide_and_single_ones_do_not() -> None:
    essay = Essay.from_paragraphs(["one\ntwo", "", "  ", "three\n\nfour\n\n\nfive\n"])
    assert [essay.quote(p.span) for p in essay.paragraphs] == ["one\ntwo", "three", "four", "five"]


@pytest.mark.parametrize(
    ("offset", "number"), [(0, 1), (2, 1), (3, 1), (4, 1), (5, 2), (7, 2), (99, 2)], ids=lambda v: str(v)
)
def test_paragraph_at(offset: int, number: int) -> None:
    assert Essay("abc\n\ndef").paragraph_at(offset).number == number


def test_paragraph_at_before_the_first_is_the_first() -> None:
    assert Essay("\n\nabc").paragraph_at(0).span == Span(2, 5)


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("one", 1), ("In 1529 – he fell", 4), ("- * …", 0), ("don't well-known", 2), ("毛泽东 1957", 2)],
)
def test_words(text: str, words: int) -> None:
    assert Essay(text).words == words


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("\ufeffa", "\ufeffa"),
        ("e\u0301 \u00a0\u200b\x00", "e\u0301 \u00a0\u200b\x00"),
        ("a\ud83dz", "a\ufffdz"),
        ("\udc51z\ud83d", "\ufffdz\ufffd"),
        ("\ud83d\udc51", "\U0001f451"),
    ],
)
def test_normalise(raw: str, kept: str) -> None:
    assert normalise(raw) == kept


@given(ANY_TEXT)
def test_normalise_touches_nothing_but_line_ends(text: str) -> None:
    assert normalise(text).replace("\n", "") == text.replace("\r", "").replace("\n", "")
    assert "\r" not in normalise(text)
    assert normalise(normalise(text)) == normalise(text)


@given(ANY_TEXT)
def test_every_character_but_space_is_in_one_paragraph(text: str) -> None:
    essay = Essay(text)
    held = [0] * len(text)
    for paragraph in essay.paragraphs:
        for place in range(paragraph.span.start, paragraph.span.end):
            held[place] += 1
    assert max(held, default=0) <= 1
    assert all(count for count, character in zip(held, text, strict=True) if not character.isspace())
    assert not any("\n\n" in essay.quote(p.span) for p in essay.paragraphs)


@given(st.lists(st.text(alphabet="ab [].\n", min_size=1).filter(lambda t: t.strip() == t and "\n\n" not in t)))
def test_blocks_come_back_as_paragraphs(blocks: list[str]) -> None:
    essay = Essay.from_paragraphs(blocks)
    assert [essay.quote(p.span) for p in essay.paragraphs] == [block for block in blocks if block]


def test_identity_is_the_text() -> None:
    assert Essay("a") == Essay("a")
    assert Essay("é").hash == "sha256:" + hashlib.sha256(b"\xc3\xa9").hexdigest()
    assert Essay("e\u0301").hash != Essay("é").hash


def test_spans() -> None:
    assert len(Span(3, 7)) == 4
    assert Span(0, 3).overlaps(Span(2, 4))
    assert not Span(0, 3).overlaps(Span(3, 4))
    assert Span(0, 3).contains(Span(0, 3))
    assert not Span(0, 3).contains(Span(2, 4))
