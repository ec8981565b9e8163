"""An annotation finds its passage again in a corrected text, or says that it can't. It never guesses in silence."""

import pytest
from benchmarks.anchors import HELD_OUT, measure
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.anchors import Anchor, anchor, occurrences
from markdesk.core.essay import Essay, Span
from markdesk.core.relocating import Found, How, Relocator

OPENING = "Henry won the throne in battle, and few expected him to keep it for long."
MARRIAGE = "He married Elizabeth of York in January 1486, so that the two houses became one."
STOKE = "At Stoke in June 1487 the Earl of Lincoln was killed and Simnel was sent to the kitchens."
MONEY = "Crown lands brought in three times as much by the end of the reign."
TWINNED = "He wedded Elizabeth of York early in 1486, so the two houses at last became one."
CLOSING = "By 1499 he was safe from rivals, though hardly from fever."


def found(old: str, quote: str, new: str, nth: int = 0) -> Found:
    essay = Essay(old)
    return Relocator(essay, Essay(new)).find(anchor(essay, occurrences(old, quote)[nth]))


def words(old: str, quote: str, new: str, nth: int = 0) -> tuple[How, str | None]:
    """How a passage was found, and what it reads now."""
    place = found(old, quote, new, nth)
    assert place.how is How.LOST or place.anchor == anchor(Essay(new), place.anchor.span or Span(0, 0))
    return place.how, place.anchor.exact if place.anchor.span else None


def text(*sentences: str) -> str:
    return " ".join(sentences)


ESSAY = f"{text(OPENING, MARRIAGE)}\n\n{text(STOKE, MONEY)}\n\n{CLOSING}"


def test_the_same_words_are_found_wherever_they_went() -> None:
    moved = f"{text(OPENING, STOKE)}\n\n{MONEY}\n\n{text(CLOSING, MARRIAGE)}"
    for sentence in (OPENING, MARRIAGE, STOKE, MONEY, CLOSING, "Earl of Lincoln"):
        assert words(ESSAY, sentence, moved) == (How.SAME, sentence)
    assert words("Wolsey fell.", "fell", "In 1529 Wolsey fell at last.") == (How.SAME, "fell")


@pytest.mark.parametrize(
    "edited",
    [
        "He wed Elizabeth of York in January 1486, so that both houses became one.",
        "He maried Elizabeth of Yorke in Janury 1486, so that the two houses becme one.",
        "Soon afterwards he married Elizabeth of York in January 1486, as he had sworn, so the two houses became one.",
        "He married Elizabeth in 1486. Thus the two houses of York and Lancaster became one.",
    ],
)
def test_an_edited_sentence_is_found_whole_and_told_as_alike(edited: str) -> None:
    for newer in (ESSAY.replace(MARRIAGE, edited), f"{text(OPENING)}\n\n{text(STOKE, edited, MONEY)}\n\n{CLOSING}"):
        assert words(ESSAY, MARRIAGE, newer) == (How.ALIKE, edited)


def test_what_is_respelt_within_a_phrase_is_found() -> None:
    assert words("He was recieved at court", "recieved", "He was received at court") == (How.ALIKE, "received")


@pytest.mark.parametrize("instead", ["", "Taxes rose, and Cornwall rose against them.", TWINNED[:9]])
def test_a_sentence_that_was_taken_out_has_no_place(instead: str) -> None:
    newer = ESSAY.replace(MARRIAGE, instead).strip()
    assert found(ESSAY, MARRIAGE, newer) == Found(Anchor(None, *_kept(ESSAY, MARRIAGE)), How.LOST)


def _kept(old: str, quote: str) -> tuple[str, str, str]:
    at = anchor(Essay(old), occurrences(old, quote)[0])
    return at.exact, at.prefix, at.suffix


def test_the_one_that_nearly_says_the_same_is_another_passage() -> None:
    both = ESSAY.replace(CLOSING, text(CLOSING, TWINNED))
    assert words(both, MARRIAGE, both.replace(f" {MARRIAGE}", "")) == (How.LOST, None)
    assert words(both, TWINNED, both.replace(f" {TWINNED}", "")) == (How.LOST, None)


def test_of_a_phrase_that_stands_often_the_one_with_its_neighbours_is_found() -> None:
    often = "The king spoke first. Then the king rode north. At last the king slept."
    newer = "Nobody answered. The king spoke first. Then the king rode south. At last the king slept."
    places = occurrences(newer, "the king")
    assert found(often, "the king", newer, 0).anchor.span == places[0]
    assert found(often, "the king", newer, 1).anchor.span == places[1]


def test_of_two_alike_neither_is_taken() -> None:
    again = "Some said so. The king rode north with many men. Others held back."
    assert words(again, "The king rode north with many men.", f"{again}\n\n{again}") == (How.LOST, None)


def test_a_short_phrase_without_its_neighbours_is_no_find() -> None:
    assert words("Nobody knew why the king fell.", "the king", "In March the king rose, as planned.") == (
        How.LOST,
        None,
    )


def test_a_paragraph_stays_a_paragraph() -> None:
    paragraph = text(STOKE, MONEY)
    longer = text(STOKE, "The rising was over within the hour.", MONEY)
    assert words(ESSAY, paragraph, ESSAY.replace(paragraph, longer)) == (How.ALIKE, longer)
    split = f"{STOKE}\n\n{MONEY}"
    assert words(ESSAY, paragraph, ESSAY.replace(paragraph, split)) == (How.ALIKE, split)
    shorter = ESSAY.replace(f" {MONEY}", "")
    assert words(ESSAY, paragraph, shorter) == (How.ALIKE, STOKE)


def test_two_sentences_with_another_between_them_are_one_passage() -> None:
    newer = f"{text(OPENING, CLOSING, MARRIAGE)}\n\n{text(STOKE, MONEY)}"
    assert words(ESSAY, text(OPENING, MARRIAGE), newer) == (How.ALIKE, text(OPENING, CLOSING, MARRIAGE))


def test_one_that_had_lost_its_place_is_found_by_what_it_keeps() -> None:
    lost = found(ESSAY, MARRIAGE, ESSAY.replace(MARRIAGE, "")).anchor
    without = Essay(ESSAY.replace(MARRIAGE, ""))
    assert Relocator(without, Essay(ESSAY)).find(lost).anchor.span == occurrences(ESSAY, MARRIAGE)[0]
    assert Relocator(None, Essay(ESSAY)).find(lost).how is How.SAME
    assert Relocator(without, Essay("Nothing of it.")).find(lost) == Found(lost, How.LOST)


def test_signs_without_a_word_are_found_where_they_stand_once() -> None:
    assert found("so – he fell", "–", "and so – in the end – he fell").how is How.LOST
    assert found("so – he fell", "–", "and so – in the end").anchor.span == Span(7, 8)


TEXTS = st.text(alphabet=st.sampled_from("ab. \n’ł漢😀-1"), max_size=60)


@given(TEXTS.filter(bool), TEXTS, st.data())
def test_any_passage_of_any_text_is_found_or_told_as_lost(old: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    before, newer = anchor(Essay(old), Span(start, end)), Essay(new)
    places = Relocator(Essay(old), newer)
    place = places.find(before)
    assert place == places.find(before) == Relocator(Essay(old), newer).find(before)
    match place.how:
        case How.LOST:
            assert place.anchor == Anchor(None, before.exact, before.prefix, before.suffix)
        case How.SAME:
            assert place.anchor.exact == before.exact
        case How.ALIKE:
            assert place.anchor.exact != before.exact
    if place.anchor.span is not None:
        assert place.anchor == anchor(newer, place.anchor.span)


SENTENCES = (OPENING, MARRIAGE, STOKE, MONEY, CLOSING)
OTHERS = st.lists(
    st.sampled_from(["Paper is folded twice.", "No fish swim here; 12 birds sing.", "“Quiet!” said nobody."]),
    max_size=3,
)


@given(st.permutations(SENTENCES), OTHERS, OTHERS, st.data())
def test_what_is_put_before_and_behind_leaves_every_passage_where_it_is(
    sentences: list[str], before: list[str], behind: list[str], data: st.DataObject
) -> None:
    old = text(*sentences)
    spans = [match for sentence in sentences for match in occurrences(old, sentence)]
    first = data.draw(st.integers(0, len(spans) - 1))
    last = data.draw(st.integers(first, len(spans) - 1))
    lead = "".join(f"{each}\n\n" for each in before)
    new = lead + old + "".join(f"\n\n{each}" for each in behind)
    span = Span(spans[first].start, spans[last].end)
    place = Relocator(Essay(old), Essay(new)).find(anchor(Essay(old), span))
    assert (place.how, place.anchor.span) == (How.SAME, Span(span.start + len(lead), span.end + len(lead)))


def test_the_bars_are_held_on_redrafts_made_from_seeds() -> None:
    result = measure(range(HELD_OUT, HELD_OUT + 30))
    same, edited, gone = result.of(["unchanged"]), result.edited, result.gone
    assert min(same.count, edited.count) > 300
    assert gone.count > 100
    assert same.right == same.count
    assert edited.share(edited.right) >= 80
    assert edited.share(edited.wrong) <= 2
    assert gone.share(gone.lost) >= 95
    assert sum(tally.silent for tally in result.kinds.values()) == 0


def test_a_paragraph_that_was_pasted_twice_has_no_one_place() -> None:
    assert words(ESSAY, MARRIAGE, f"{ESSAY}\n\n{text(OPENING, MARRIAGE)}\n\n{text(STOKE, MONEY)}") == (How.LOST, None)
    assert words(ESSAY, CLOSING, f"{ESSAY}\n\n{text(OPENING, MARRIAGE)}") == (How.SAME, CLOSING)
