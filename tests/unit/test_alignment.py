"""Which word of one text is which of another: for certain, or not at all."""

from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.alignment import Alignment, Words
from markdesk.core.essay import Essay, Span


def pairs(old: str, new: str) -> list[str]:
    """The words of the newer text that have a counterpart, each with the place of that among the earlier words."""
    aligned = Alignment(Essay(old), Words(Essay(new)))
    return [f"{aligned.new.keys[at]} {was}" for at, was in enumerate(aligned.old_of) if was >= 0]


def test_words_are_the_same_whatever_their_case_accents_and_signs() -> None:
    assert pairs("Peñaranda’s “Wolsey” fell, they say.", "Penaranda's Wolsey fell. They say") == [
        "penaranda's 0",
        "wolsey 1",
        "fell 2",
        "they 3",
        "say 4",
    ]


def test_a_word_that_was_mended_is_the_same_word() -> None:
    assert pairs("He recieved embasadors at court", "He received ambassadors at court")[1:3] == [
        "received 1",
        "ambassadors 2",
    ]


def test_a_stray_word_says_nothing() -> None:
    assert pairs("Nobles feared the tax in 1489", "Grain rotted on the quays of Hull") == []


def test_what_went_elsewhere_is_known_again() -> None:
    moved = "Grain rotted on the quays. Nobles feared a second tax in 1489."
    old = "Nobles feared a second tax in 1489. Grain rotted on the quays."
    assert len(pairs(old, moved)) == len(Words(Essay(old)))


def test_of_two_that_begin_alike_the_sentence_that_went_is_the_whole_one() -> None:
    old = "Henry gathered his army at Kenilworth in May. Henry gave Simnel a place in his kitchen."
    new = "Henry gave Simnel a place in his kitchen."
    assert pairs(old, new)[0] == "henry 8"
    put_in = Alignment(Essay(new), Words(Essay(old)))
    assert put_in.new_of[0] == 8


def test_a_passage_touches_the_words_that_it_cuts() -> None:
    words = Words(Essay("(Wolsey) fell – in 1529."))
    assert words.within(Span(0, 3)) == (0, 1)
    assert words.within(Span(0, 24)) == (0, 4)
    assert words.within(Span(9, 15)) == (1, 2), "a dash is no word"
    assert words.within(Span(14, 15)) == (2, 2)
    assert [words.begins_sentence(n) for n in range(5)] == [True, False, False, False, True]


TEXTS = st.lists(st.sampled_from(["the", "king", "fell", "of", "Stoke.", "1487", "rebels", "\n\n", "–"]), max_size=40)


@given(TEXTS, TEXTS)
def test_each_word_has_one_counterpart_and_it_is_the_same_word(old: list[str], new: list[str]) -> None:
    aligned = Alignment(Essay(" ".join(old)), Words(Essay(" ".join(new))))
    for at, was in enumerate(aligned.old_of):
        if was >= 0:
            assert aligned.new_of[was] == at
            assert aligned.old_ids[was] == aligned.new_ids[at]
    assert sum(was >= 0 for was in aligned.old_of) == sum(new_at >= 0 for new_at in aligned.new_of)
