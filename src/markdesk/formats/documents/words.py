"""The words that a document holds, so that a writer can prove that its file holds them too."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from enum import Enum

from markdesk.core.plain import show
from markdesk.formats.documents.document import Chart, Document, Logo, MarkedEssay, Run
from markdesk.formats.documents.pieces import cut, without_place

_WORD = re.compile(r"\w+|[^\w\s]")


def words(texts: Iterable[str]) -> Counter[str]:
    """Each word with how often it stands there; a sign is a word of its own, spaces and line breaks don't count."""
    return Counter(word for text in texts for word in _WORD.findall(text))


def document_texts(document: Document) -> Iterator[str]:
    """Every text that a reader must find in the file, as it is shown. Not the language, nor who wrote the notes."""
    school = document.school
    yield from map(show, (document.title, document.subtitle, document.whose, document.foot, school.name))
    if school.logo is not None:
        yield show(school.logo.alt)
    for block in document.blocks:
        if isinstance(block, MarkedEssay):
            yield from _essay(block)
        elif isinstance(block, Chart):
            yield from map(show, (block.title, *block.told))
        else:
            yield from _texts(block)


def _texts(value: object) -> Iterator[str]:
    """The texts inside a block, however deep; runs that stand in one line are one text."""
    if isinstance(value, Enum | Logo):
        return
    if isinstance(value, str):
        yield show(value)
    elif isinstance(value, tuple):
        if value and all(isinstance(item, Run) for item in value):
            yield "".join(show(run.text) for run in value)
        else:
            for item in value:
                yield from _texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


def _essay(essay: MarkedEssay) -> Iterator[str]:
    """An essay's own words and its notes. Where a note lies, what it quotes and where that is show for themselves."""
    for paragraph in cut(essay):
        yield show(paragraph.title)
        yield "".join(show(piece.text) for piece in paragraph.pieces)
    for note in essay.notes:
        yield from map(show, (note.code, note.meaning, note.comment))
    for note in without_place(essay):
        yield from map(show, (note.place, note.quotation))
