"""An anchor keeps a passage's place, its words, and what stands beside them."""

import pytest

from markdesk.core.anchors import Anchor, anchor, occurrences
from markdesk.core.essay import Essay, Span


def test_an_anchor_carries_its_words_and_what_stands_beside_them() -> None:
    essay = Essay("x" * 40 + "Wolsey" + "y" * 40)
    assert anchor(essay, Span(40, 46)) == Anchor(Span(40, 46), "Wolsey", "x" * 32, "y" * 32)
    assert anchor(Essay("Wolsey fell"), Span(0, 6)) == Anchor(Span(0, 6), "Wolsey", "", " fell")


@pytest.mark.parametrize("span", [Span(3, 3), Span(4, 2), Span(-1, 2), Span(0, 12), Span(11, 12)])
def test_a_passage_outside_the_text_is_refused(span: Span) -> None:
    with pytest.raises(ValueError, match="lies outside"):
        anchor(Essay("Wolsey fell"), span)


def test_occurrences_overlap() -> None:
    assert occurrences("aaaa", "aa") == (Span(0, 2), Span(1, 3), Span(2, 4))
    assert occurrences("aaaa", "") == ()
    assert occurrences("aaaa", "aa", 2) == (Span(0, 2), Span(1, 3))
