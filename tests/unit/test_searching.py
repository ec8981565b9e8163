"""What is shown of what was found: the words in place, where they stand closest, as much as there is room for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.coursework import Assignment
from markdesk.core.essay import Span
from markdesk.core.feedback import Field
from markdesk.core.search_query import Kind, read_query
from markdesk.core.search_words import Near, Phrase, Searched, touches, words_in
from markdesk.desk.searching import Found, in_place, search
from tests.kit import SmallDesk


def found(small: SmallDesk, text: str, room: int = 160) -> list[Found]:
    return list(search(small.desk, read_query(text), 20, room=room).found)


def shown(one: Found) -> list[str]:
    return [one.words[span.start : span.end] for span in one.spans]


def test_the_paragraph_and_the_place_are_told(memory_desk: SmallDesk) -> None:
    (one,) = found(memory_desk, "autumn")
    assert (one.kind, one.whose, one.paragraph) == (Kind.ESSAY, "Łucja Świderska", 2)
    assert one.words == "Hungary rose in the autumn."
    assert shown(one) == ["autumn"]
    assert one.place is not None
    assert one.exact == "autumn"
    assert isinstance(one.assignment, Assignment)


def test_accents_case_and_marks_are_shown_as_they_are_written(memory_desk: SmallDesk) -> None:
    (one,) = found(memory_desk, "CAFE naive swiatek")
    assert shown(one) == ["Świątek", "Cafe\u0301", "naïve"]


def test_words_are_shown_where_they_stand_closest(memory_desk: SmallDesk) -> None:
    small = memory_desk
    far = "law " + "and so on " * 40 + "fear of the law and more " + "and so on " * 40
    small.open(1).write_feedback(Field.WWW, 1, far)
    (one,) = found(small, "fear law in:feedback", room=60)
    assert shown(one) == ["fear", "law"]
    assert one.words.startswith("… ")
    assert one.words.endswith(" …")
    assert len(one.words) <= 64


def test_a_line_of_feedback_has_its_name_and_a_filter_alone_shows_beginnings(memory_desk: SmallDesk) -> None:
    memory_desk.open(0).write_feedback(Field.NOTE, 1, "Ask about the prize")
    assert [one.what for one in found(memory_desk, "student:amara")] == ["student", "Note", "essay"]
    assert found(memory_desk, "student:amara in:feedback")[0].words == "Ask about the prize"


def test_the_count_is_of_all_pages(memory_desk: SmallDesk) -> None:
    pages = [search(memory_desk.desk, read_query("in:students group:13h"), 2, at) for at in (0, 2, 4)]
    assert [page.count for page in pages] == [3, 3, 3]
    assert [len(page.found) for page in pages] == [2, 1, 0]


def test_a_phrase_that_goes_on_in_the_next_line_is_shown_where_it_begins(memory_desk: SmallDesk) -> None:
    memory_desk.open(0).write_feedback(Field.NOTE, 1, "Ask first\nthen what he did in fear\nlaw came later")
    (one,) = found(memory_desk, '"fear law" in:feedback')
    assert one.words == "then what he did in fear"
    assert shown(one) == ["fear"]


@given(st.text(max_size=200), st.integers(10, 120), st.data())
def test_what_is_shown_is_what_is_written(text: str, room: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    passage = Span(start, data.draw(st.integers(start, len(text))))
    ends = sorted(data.draw(st.lists(st.integers(passage.start, passage.end), max_size=2, min_size=2)))
    spans = [Span(*ends)] if ends[0] < ends[1] else []
    words, places = in_place(text, spans, passage, room)
    assert len(words) <= room + 4
    assert len(words.splitlines()) <= 1
    for place, span in zip(places, spans, strict=True):
        there = "".join(" " if c.isspace() else c for c in text[span.start : span.end])
        assert there.startswith(words[place.start : place.end])
        assert 0 <= place.start < place.end <= len(words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don’t (stop)", ["don", "t", "stop"]),
        ("a_b l'État", ["a", "b", "l", "etat"]),
        ("Łódź STRASSE Straße Ægir", ["lodz", "strasse", "strasse", "aegir"]),
        ("cafe\u0301 x\u0338y", ["cafe", "x", "y"]),
        ("1933–45, x²", ["1933", "45", "x²"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert words_in(text) == words


def test_near_is_counted_in_words_between() -> None:
    near = Near(Phrase(("fear",)), Phrase(("law",)), 2)
    assert Searched("fear of the law").find_all([near]) == [[(0, 1), (3, 4)]]
    assert Searched("law is a fear").find_all([near]) == [[(0, 1), (3, 4)]]
    assert Searched("fear is of the law").find_all([near]) is None


def test_a_name_is_touched_by_its_words_and_by_their_beginnings() -> None:
    assert touches(read_query("mrs okafor").terms, "Amara Okafor")
    assert touches(read_query("oka*").terms, "Amara Okafor")
    assert not touches(read_query("oka").terms, "Amara Okafor")
    assert not touches(read_query("law").terms, "Amara Okafor")


def test_a_letter_that_is_typed_is_that_letter_and_a_chinese_sign_begins_words() -> None:
    assert read_query("a", is_typed=True).terms == (Phrase(("a",)),)
    assert read_query("毛", is_typed=True).terms == (Phrase(("毛",), True),)
    assert read_query("ab ", is_typed=True).terms == (Phrase(("ab",)),)
    assert read_query('"ab"', is_typed=True).terms == (Phrase(("ab",)),)
