"""An essay in pieces: nothing of it is lost, and each note lies over its own letters."""

from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.essay import Essay, Span
from markdesk.formats.documents.document import MarkedEssay, Note
from markdesk.formats.documents.pieces import cut, without_place
from tests.exports.documents import TEXT, marked


@given(st.integers(0, 25), st.integers())
def test_the_pieces_are_the_essay_and_each_note_has_its_letters(count: int, seed: int) -> None:
    essay = marked(count, seed)
    paragraphs = cut(essay)
    for paragraph, span in zip(paragraphs, essay.paragraphs, strict=True):
        assert "".join(piece.text for piece in paragraph.pieces) == essay.text[span.start : span.end]
    for note in essay.notes:
        assert note.span is not None
        covered = "".join(piece.text for p in paragraphs for piece in p.pieces if note.number in piece.inside)
        quoted = essay.text[note.span.start : note.span.end]
        if quoted.strip("\n"):
            assert covered == "".join(
                essay.text[max(note.span.start, p.start) : max(p.start, min(note.span.end, p.end))]
                for p in essay.paragraphs
                if p.overlaps(note.span)
            )
        begins = [piece for p in paragraphs for piece in p.pieces if note.number in piece.begins]
        ends = [piece for p in paragraphs for piece in p.pieces if note.number in piece.ends]
        assert len(begins) == len(ends) == 1
        assert [n.number for p in paragraphs for n in p.notes].count(note.number) == 1
    assert without_place(essay) == ()


def test_a_note_on_the_blank_line_stands_on_the_last_letter_before_it() -> None:
    end = TEXT.paragraphs[0].span.end
    note = Note(1, Span(end, end + 2), "¶1", "", "K", "", "")
    (first, *_) = cut(MarkedEssay(TEXT.text, tuple(p.span for p in TEXT.paragraphs), (note,)))
    assert [piece.inside for piece in first.pieces] == [(), (1,)]
    assert first.pieces[-1].text == "."


def test_a_note_without_a_place_is_in_no_paragraph() -> None:
    lost = Note(1, None, "no longer in the text", "gone", "K", "", "")
    essay = MarkedEssay("a", (Span(0, 1),), (lost,))
    assert cut(essay)[0].notes == ()
    assert without_place(essay) == (lost,)
    assert without_place(MarkedEssay(Essay("").text, (), (lost,))) == (lost,)
