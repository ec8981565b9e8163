"""The arrows choose between sentences as a reader sees them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.essay import Essay, Span
from markdesk.core.sentences import sentences, trim_end, trim_start, words
from tests.kit import HARD_ESSAY


def told(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    "expected",
    [
        ["One.", "Two!", "Three?", "Four…"],
        ["It fell c. 1956 in Hungary.", "Next."],
        ["See vol. 2 of it.", "Then p. 4 of that."],
        ["J. V. Stalin ruled.", "He died."],
        ["There were causes, e.g. Bread was dear.", "Next."],
        ["Dr. Starkey and Prof. Elton differ.", "So do we."],
        ["He was 'troubled [sic].", "He wrote on."],
        ["“It was so.”[2]", "Then he left."],
        ["He said ‘no!’ and left.", "She stayed."],
        ["So said I.", "Then he left."],
        ["He fell in 1529.[12][13]", "Wolsey too."],
        ["The king (who was ill.)", "He died."],
        ["It cost 3.5 pounds.", "Cheap."],
        ["“Why?” asked the king.", "Nobody knew."],
        ["Why?!", "Because."],
        ["What followed...", "Nothing."],
        ["It went on... and on.", "Then it stopped."],
        ["The U.S. Senate voted.", "It passed."],
        ["No stop at all"],
        ["A line\nbroken inside.", "Two."],
    ],
    ids=lambda expected: expected[0],
)
def test_sentences(expected: list[str]) -> None:
    assert told(" ".join(expected)) == expected


def test_a_paragraph_has_at_least_one() -> None:
    assert sentences("   ", Span(0, 3)) == (Span(0, 3),)


def test_only_the_paragraph_is_looked_at() -> None:
    text = "Before. One. Two. After."
    assert [text[s.start : s.end] for s in sentences(text, Span(8, 17))] == ["One.", "Two."]


PIECES = st.sampled_from(
    ["A", "b", "c.", "J.", "1529", ".", "!", "?", "…", "...", '"', "”", "’", ")", "[sic]", "[2]", " ", "\n", "\t",
     "e.g.", "vol.", "The", "毛", "\u00a0", "\U0001f451"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join), st.integers(0, 5), st.integers(0, 5))
def test_sentences_cover_the_paragraph(text: str, before: int, after: int) -> None:
    span = Span(min(before, len(text)), max(min(before, len(text)), len(text) - after))
    found = sentences(text, span)
    assert found
    assert all(span.contains(one) for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    covered = {place for one in found for place in range(one.start, one.end)}
    assert all(place in covered for place in range(span.start, span.end) if not text[place].isspace())
    if text[span.start : span.end].strip():
        assert all(len(one) > 0 and not text[one.start].isspace() and not text[one.end - 1].isspace() for one in found)


def test_the_hard_essay() -> None:
    second = HARD_ESSAY.paragraphs[1]
    assert [HARD_ESSAY.quote(s) for s in sentences(HARD_ESSAY.text, second.span)] == [
        "Wolsey fell [/b] in 1529.",
        "See [Ibid., p. 4] and [bold red]this[/] (J. V. Stalin said otherwise, c. 1956).",
    ]


def test_trimming_takes_words_off_and_leaves_one() -> None:
    essay = Essay("In 1529, Wolsey fell.")
    span = Span(0, len(essay.text))
    assert essay.quote(trim_start(essay.text, span)) == "1529, Wolsey fell."
    assert essay.quote(trim_end(essay.text, span)) == "In 1529, Wolsey"
    shorter = trim_end(essay.text, trim_end(essay.text, span))
    assert essay.quote(shorter) == "In 1529"
    one = Span(4, 8)
    assert trim_start(essay.text, one) == one
    assert trim_end(essay.text, one) == one
    assert [essay.quote(word) for word in words(essay.text, span)] == ["In", "1529,", "Wolsey", "fell."]


@given(st.text(alphabet="ab .,\n", min_size=1, max_size=30))
def test_trimming_ends(text: str) -> None:
    span = Span(0, len(text))
    for trim in (trim_start, trim_end):
        at = span
        for _ in range(40):
            nearer = trim(text, at)
            assert at.contains(nearer)
            assert len(nearer) > 0
            at = nearer
        assert len(text[at.start : at.end].split()) <= 1
