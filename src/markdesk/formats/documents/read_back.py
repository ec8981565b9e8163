"""What a writer compares before it gives its pages out: every text of a document, in the order in which it is read."""

from collections.abc import Callable, Iterator, Sequence

from markdesk.core.errors import MarkdeskError
from markdesk.core.plain import show
from markdesk.formats.documents.document import (
    Bars,
    Block,
    Bullets,
    Chart,
    Document,
    Facts,
    Heading,
    MarkedEssay,
    Note,
    Panel,
    Prose,
    Quotation,
    Result,
    Ruled,
    Signatures,
    Slips,
    Table,
)
from markdesk.formats.documents.pieces import cut, without_place
from markdesk.formats.documents.slips import unfolded

Line = tuple[str, ...]
"""Pieces that stand in one line: a word may begin in one and end in the next."""


def texts(document: Document) -> Iterator[str]:
    """Every text from the head to the foot. Not the headings of tables, which stand above the rows or in each."""
    for line in lines(document):
        yield from line


def lines(document: Document, with_numbers: bool = True) -> Iterator[Line]:
    """The same, the pieces of a line together; the numbers of notes as ``[1]``, or left out."""
    yield from ((text,) for text in (document.school.name, document.title, document.subtitle))
    for block in document.blocks:
        yield from _of_essay(block, with_numbers) if isinstance(block, MarkedEssay) else _of_block(block)
    yield from ((document.foot,), (document.whose,))


def table_headings(document: Document) -> Iterator[str]:
    """What stands above the columns of its tables."""
    return (text for block in document.blocks if isinstance(block, Table) for text in block.heading)


def _of_block(block: Block) -> Iterator[Line]:
    match block:
        case Prose():
            yield tuple(run.text for run in block.runs)
        case Bullets():
            yield from (tuple(run.text for run in item) for item in block.items)
        case Slips():
            yield from (line for part in unfolded(block) for line in _of_block(part))
        case _:
            yield from ((text,) for text in _alone(block))


def _alone(block: Block) -> Iterator[str]:
    """The texts of a block in which each has a line of its own."""
    match block:
        case Heading():
            yield block.text
        case Facts():
            yield from (text for pair in block.pairs for text in pair)
        case Result():
            yield from (block.mark, block.level, block.sentence, block.step)
        case Panel():
            yield from (block.label, *block.lines)
        case Ruled():
            yield block.about
        case Table():
            yield from (block.caption, *(cell for row in block.rows for cell in row))
        case Bars():
            yield from (block.caption, *(text for label, count in block.bars for text in (label, str(count))))
        case Chart():
            yield from (block.title, *block.told)
        case Quotation():
            yield from (block.text, block.about)
        case Signatures():
            yield from block.labels


def _of_essay(essay: MarkedEssay, with_numbers: bool) -> Iterator[Line]:
    for paragraph in cut(essay):
        yield (paragraph.title,)
        yield tuple(piece.text for piece in paragraph.pieces)
        for note in paragraph.notes:
            yield from _of_note(note, with_numbers)
    for note in without_place(essay):
        yield from _of_note(note, with_numbers, note.place, note.quotation)


def _of_note(note: Note, with_number: bool, *about: str) -> Iterator[Line]:
    number = (f"[{note.number}]",) if with_number else ()
    return ((text,) for text in (*number, *about, note.code, note.meaning, note.comment))


def bare(shown: str) -> str:
    """A shown text without its spaces, which pages break lines at."""
    return "".join(shown.split())


def notes_in(documents: Sequence[Document]) -> int:
    """How many notes stand on the pages."""
    return sum(len(block.notes) for doc in documents for block in doc.blocks if isinstance(block, MarkedEssay))


def refuse_lost(documents: Sequence[Document], read: str, kept: Callable[[str], str] = bare) -> None:
    """Raises MarkdeskError where a text of the documents isn't in what was read back, in its place.

    ``kept`` takes from a text what the format may alter.
    """
    at, whole = 0, kept(read)
    for document in documents:
        for text in texts(document):
            wanted = kept(show(text))
            found = whole.find(wanted, at)
            if found < 0:
                raise unlike()
            at = found + len(wanted)
        if not all(kept(show(heading)) in whole for heading in table_headings(document)):
            raise unlike()


def unlike() -> MarkdeskError:
    """What is raised where pages don't hold what they should: they aren't given out."""
    return MarkdeskError("A sheet didn't come out as it should, so it wasn't written.", "Try another format.")
