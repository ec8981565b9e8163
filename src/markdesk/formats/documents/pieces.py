"""An essay cut where its notes begin and end, so that any format can set signs and marks at the right letters."""

from dataclasses import dataclass
from itertools import pairwise

from markdesk.core.essay import Span
from markdesk.formats.documents.document import MarkedEssay, Note


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph over which the same notes lie."""

    text: str
    inside: tuple[int, ...]
    """The numbers of the notes that lie over it, in order."""
    begins: tuple[int, ...]
    """The notes whose first letter is the first of this piece."""
    ends: tuple[int, ...]
    """The notes that end with this piece: their numbers stand behind it."""


@dataclass(frozen=True, slots=True)
class CutParagraph:
    """A paragraph in pieces; together they are its text."""

    number: int
    title: str
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]
    """The notes that begin here: they stand in the margin beside it."""


def cut(essay: MarkedEssay) -> tuple[CutParagraph, ...]:
    """The essay's paragraphs in pieces.

    A note that goes over several paragraphs lies over a piece of each; it begins in the first and ends in the last.
    One that holds no letter of any paragraph (it lies on the blank line between two) stands at the end of the one
    before.
    """
    titles = dict(essay.titles)
    placed = _placed(essay)
    found: list[CutParagraph] = []
    for number, paragraph in enumerate(essay.paragraphs, start=1):
        here = [(note, span) for note, span in placed if span.overlaps(paragraph)]
        edges = {paragraph.start, paragraph.end}
        for _, span in here:
            edges |= {max(span.start, paragraph.start), min(span.end, paragraph.end)}
        stops = sorted(edges)
        pieces = tuple(_piece(essay.text, Span(start, end), here) for start, end in pairwise(stops))
        notes = tuple(note for note, span in here if paragraph.start <= span.start)
        found.append(CutParagraph(number, titles.get(number, ""), pieces, notes))
    return tuple(found)


def without_place(essay: MarkedEssay) -> tuple[Note, ...]:
    """The notes that no letter of the essay carries: they are listed below it."""
    with_place = {note.number for note, _ in _placed(essay)}
    return tuple(note for note in essay.notes if note.number not in with_place)


def _placed(essay: MarkedEssay) -> list[tuple[Note, Span]]:
    """Each note with the letters it lies over, all of them inside paragraphs."""
    found: list[tuple[Note, Span]] = []
    for note in essay.notes:
        span = _on_letters(note.span, essay.paragraphs) if note.span is not None else None
        if span is not None:
            found.append((note, span))
    return found


def _on_letters(span: Span, paragraphs: tuple[Span, ...]) -> Span | None:
    """The span without the blank lines at its edges; on the last letter before it where it has nothing else."""
    held = [p for p in paragraphs if p.overlaps(span)]
    if held:
        return Span(max(span.start, held[0].start), min(span.end, held[-1].end))
    before = [p for p in paragraphs if p.end <= span.start] or list(paragraphs[:1])
    return Span(before[-1].end - 1, before[-1].end) if before else None


def _piece(text: str, span: Span, here: list[tuple[Note, Span]]) -> Piece:
    return Piece(
        text[span.start : span.end],
        tuple(note.number for note, over in here if over.overlaps(span)),
        tuple(note.number for note, over in here if over.start == span.start),
        tuple(note.number for note, over in here if over.end == span.end),
    )
