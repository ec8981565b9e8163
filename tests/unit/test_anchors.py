"""An annotation finds its words again in a corrected text, or says that it can't. It never guesses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.anchors import Anchor, anchor, occurrences, relocate
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


def words_again(old: str, quote: str, new: str, nth: int = 0) -> Span | None:
    essay = Essay(old)
    return relocate(anchor(essay, occurrences(old, quote)[nth]), Essay(new)).span


def test_words_that_stand_once_are_found_wherever_they_went() -> None:
    assert words_again("Wolsey fell.", "fell", "In 1529 Wolsey fell at last.") == Span(15, 19)


def test_words_that_went_leave_an_orphan_that_keeps_them() -> None:
    kept = relocate(anchor(Essay("Wolsey fell."), Span(7, 11)), Essay("Wolsey rose."))
    assert kept == Anchor(None, "fell", "Wolsey ", ".")
    assert relocate(kept, Essay("But Wolsey fell.")).span == Span(11, 15)


FAR = "." * 40


def test_of_several_the_one_with_both_neighbours_is_found() -> None:
    old = f"A king B{FAR}C king D"
    assert words_again(old, "king", f"new {FAR} {old}", nth=1) == Span(45 + 2 + 4 + 2 + 40 + 2, 45 + 2 + 4 + 2 + 40 + 6)


def test_of_several_the_only_one_with_one_neighbour_is_found() -> None:
    # The text after the second king was corrected; what stands before it is still there once.
    assert words_again(f"A king B{FAR}C king D", "king", f"A king B{FAR}C king E", nth=1) == Span(50, 54)


def test_of_two_alike_neither_is_taken() -> None:
    block = f"{FAR}A king B{FAR}"
    assert words_again(block, "king", block + block) is None


def test_of_several_with_other_neighbours_none_is_taken() -> None:
    assert words_again("the king fell", "king", "a king rose, a king died") is None


TEXTS = st.text(alphabet="ab ", min_size=1, max_size=60)


@given(TEXTS, TEXTS, st.data())
def test_relocate_is_right_or_silent(old: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    before = anchor(Essay(old), Span(start, end))
    after = relocate(before, Essay(new))
    assert after.exact == old[start:end]
    places = [i for i in range(len(new)) if new.startswith(after.exact, i)]
    if after.span is None:
        assert len(places) != 1
        assert (after.prefix, after.suffix) == (before.prefix, before.suffix)
        return
    assert new[after.span.start : after.span.end] == after.exact
    if len(places) > 1:
        # Another place that fits as well in every way would have been a guess.
        here = (new[max(0, after.span.start - 32) : after.span.start], new[after.span.end :][:32])
        same = [p for p in places if (new[max(0, p - 32) : p], new[p + len(after.exact) :][:32]) == here]
        assert same == [after.span.start]
        assert before.prefix == here[0] or before.suffix == here[1]


@given(st.text(alphabet="abc", min_size=1, max_size=8), TEXTS, TEXTS)
def test_unique_words_survive_any_edit_around_them(quote: str, left: str, right: str) -> None:
    marked = f"<{quote}>"
    before = anchor(Essay(f"x{marked}y"), Span(1, 1 + len(marked)))
    assert relocate(before, Essay(left + marked + right)).span == Span(len(left), len(left) + len(marked))
