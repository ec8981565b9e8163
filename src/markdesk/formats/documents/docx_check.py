"""A Word file read again before it is given out: its words, its comments, and the letters that each is about."""

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import docx
from docx.document import Document as WordFile
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from markdesk.core.errors import MarkdeskError
from markdesk.core.plain import show
from markdesk.formats.documents.document import Document, MarkedEssay
from markdesk.formats.documents.docx_essay import comment_runs
from markdesk.formats.documents.pieces import cut
from markdesk.formats.documents.read_back import lines, table_headings

Comments = list[tuple[str, tuple[str, ...]]]
"""What each comment says, with the letters that it is about, paragraph by paragraph."""


def read_back(content: bytes, documents: Sequence[Document]) -> None:
    """Raises MarkdeskError unless the file holds every word and has each comment at its letters."""
    file = docx.Document(io.BytesIO(content))
    if comments_in(file) != _comments(documents):
        raise MarkdeskError("The Word file's comments don't read back as they were written.", _NOTHING)
    missing = _words(text for document in documents for text in _texts(document)) - _words(_file_texts(file))
    if missing:
        raise MarkdeskError(f"{missing.total():,} words are missing in the Word file that was written.", _NOTHING)


def _texts(document: Document) -> Iterator[str]:
    """Every text that has to be in the file, as it is shown. Comments have numbers that are no text."""
    yield from ("".join(map(show, line)) for line in lines(document, with_numbers=False))
    yield from map(show, table_headings(document))
    if document.school.logo is not None:
        yield show(document.school.logo.alt)


def _words(texts: Iterable[str]) -> Counter[str]:
    """Each word with how often it stands there; a sign is a word of its own, spaces and line breaks don't count."""
    return Counter(word for text in texts for word in _WORD.findall(text))


_WORD = re.compile(r"\w+|[^\w\s]")
_NOTHING = "No file was given out. Please report this; choose another format in the meantime."


def comments_in(file: WordFile) -> Comments:
    """The comments of a file in order, each with its letters as the file has them."""
    passages = _passages(file.element.body)
    return [(comment.text, passages.get(comment.comment_id, ())) for comment in file.part._comments_part.comments]


def _comments(documents: Sequence[Document]) -> Comments:
    found: Comments = []
    for document in documents:
        for block in document.blocks:
            if isinstance(block, MarkedEssay):
                found += _of_essay(block)
    return found


def _of_essay(essay: MarkedEssay) -> Comments:
    passages: dict[int, list[str]] = {}
    for paragraph in cut(essay):
        over: dict[int, str] = {}
        for piece in paragraph.pieces:
            for number in piece.inside:
                over[number] = over.get(number, "") + show(piece.text)
        for number, text in over.items():
            passages.setdefault(number, []).append(text)
    return [
        ("".join(show(run.text) for run in comment_runs(note)), tuple(passages[note.number]))
        for note in essay.notes
        if note.number in passages
    ]


def _passages(body: BaseOxmlElement) -> dict[int, tuple[str, ...]]:
    """The letters between the two ends of each comment, paragraph by paragraph. A part's title is none of them."""
    found: dict[int, list[str]] = {}
    opened: set[int] = set()
    counts = False
    for element in body.iter():
        if element.tag == _PARAGRAPH:
            counts = element.style == "Essay"
            for number in opened:
                found[number].append("")
        elif element.tag == _BEGINS:
            number = int(element.get(_ID))
            opened.add(number)
            found[number] = [""]
        elif element.tag == _ENDS:
            opened.discard(int(element.get(_ID)))
        elif counts and element.tag in (_TEXT, _BREAK):
            for number in opened:
                found[number][-1] += element.text if element.tag == _TEXT else "\n"
    return {number: tuple(text for text in texts if text) for number, texts in found.items()}


def _file_texts(file: WordFile) -> Iterator[str]:
    """The text of each paragraph of the body, the comments and the feet, and what pictures are said to show."""
    stories = [file.element.body, file.part._comments_part.element]
    stories += [section.footer._element for section in file.sections]
    for story in stories:
        for paragraph in story.iter(_PARAGRAPH):
            yield "".join(
                piece.text or "" if piece.tag == _TEXT else " " for piece in paragraph.iter(_TEXT, _BREAK, _TAB)
            )
        for picture in story.iter(qn("wp:docPr")):
            yield picture.get("descr", "")


_PARAGRAPH, _TEXT, _BREAK, _TAB = qn("w:p"), qn("w:t"), qn("w:br"), qn("w:tab")
_BEGINS, _ENDS, _ID = qn("w:commentRangeStart"), qn("w:commentRangeEnd"), qn("w:id")
