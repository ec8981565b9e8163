"""From the runs on a PDF's pages to the essay: lines, then columns, notes and paragraphs, then what is whose."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from markdesk.desk.drafts import EssayDraft
from markdesk.formats.files import trim
from markdesk.formats.pdf.columns import in_order, second_columns
from markdesk.formats.pdf.hyphens import Hyphens
from markdesk.formats.pdf.margins import without_margins
from markdesk.formats.pdf.notes import number_of, numbered, with_marks, without_notes
from markdesk.formats.pdf.paragraphs import Gap, Setting, body_size, gaps
from markdesk.formats.pdf.rows import pieces, spaces_are_drawn
from markdesk.formats.pdf.shapes import Line, Page, Role
from markdesk.formats.seen import Block
from markdesk.formats.written import students_document


def essay_of(
    pages: Sequence[Page],
    file_name: str,
    role: Callable[[int], Role],
    removed: Iterable[str] = (),
    notes: Iterable[str] = (),
) -> EssayDraft:
    """The draft of an essay that stands on these pages. ``role`` says what a tag stands for.

    Raises EssayUnreadable where there are no words or too many.
    """
    drawn_spaces = spaces_are_drawn(run for page in pages for run in page.runs)
    on_pages = [pieces(page.runs, drawn_spaces=drawn_spaces) for page in pages]
    bodies, margins = without_margins(pages, on_pages)
    known = second_columns(bodies)
    lines: list[Line] = []
    for page, body in zip(pages, bodies, strict=True):
        lines.extend(in_order(body, page.number, len(lines), known))
    blocks = blocks_of(lines, role, height=min(page.height for page in pages))
    outside = [line.text for page in pages for line in pieces(page.outside, drawn_spaces=drawn_spaces)]
    told = list(notes)
    if outside:
        several = len(outside) > 1
        told.append(f"{len(outside)} line{'s' if several else ''} turned sideways or beyond the page's edge left out.")
    return students_document(file_name, blocks, (*margins, *outside, *removed), told)


def blocks_of(lines: Sequence[Line], role: Callable[[int], Role], *, height: float) -> list[Block]:
    """The paragraphs of lines in the order of reading, footnotes last. ``height`` is that of a page."""
    divided = without_notes(lines, body_size(lines), role)
    hyphens = Hyphens(line.text for line in chain(divided.text, *divided.notes))
    numbers = frozenset(filter(None, map(number_of, divided.notes)))
    between = gaps(divided.text, Setting(divided.text, height))
    found = _paragraphs(divided.text, between, hyphens, role)
    blocks = [replace(block, text=with_marks(block.text, numbers)) for block in found]
    for note in divided.notes:
        text = note[0].text
        for line in note[1:]:
            text = hyphens.join(text, line.text)
        blocks.append(Block(numbered(text), listed=True))
    return [block for block in (replace(block, text=trim(block.text)) for block in blocks) if block.text]


def _paragraphs(
    lines: Sequence[Line], between: Sequence[Gap], hyphens: Hyphens, role: Callable[[int], Role]
) -> Iterator[Block]:
    text = ""
    begin, begun = Gap.PARAGRAPH, Line("", 0, 0, 0, 0)
    for gap, line in zip(between, lines, strict=True):
        if gap is Gap.NONE:
            text = hyphens.join(text, line.text)
            continue
        if text:
            yield _block(text, begun, begin, role)
        text, begin, begun = line.text, gap, line
    if text:
        yield _block(text, begun, begin, role)


def _block(text: str, line: Line, gap: Gap, role: Callable[[int], Role]) -> Block:
    known = role(line.tag)
    return Block(text, known.level, glued=gap is Gap.LINE, listed=known.listed or line.cell > 0)
