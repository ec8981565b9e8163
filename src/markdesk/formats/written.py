"""What every word processor's file comes to, whatever its format: paragraphs, notes at the end, and what is told."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markdesk.desk.drafts import EssayDraft
from markdesk.formats.blocks import sort_blocks
from markdesk.formats.files import finish, refuse_too_many, trim
from markdesk.formats.seen import Block

PICTURES = "The document has pictures; only its text was taken in."
ANOTHER_DOCUMENT = "The document holds another document, which was not read; compare it with the original."
ELSEWHERE = ("http://", "https://", "mailto:")
"""How a link begins that leads out of the document."""


@dataclass(slots=True)
class Paragraph:
    """One paragraph as typed, before the spaces at its ends are taken off."""

    text: str
    level: int = 0
    """The heading's level, 1 to 6; 0 for text."""
    listed: bool = False
    """It is an item of a list or stands in a table."""
    linked: int = 0
    """How many of its characters are links to somewhere outside the document."""


@dataclass(slots=True)
class Told:
    """What a document says about itself that its text doesn't show."""

    inserted: bool = False
    deleted: bool = False
    hidden: int = 0
    """Passages formatted as hidden."""
    comments: int = 0
    pictures: bool = False
    other_document: bool = False

    def notes(self) -> tuple[str, ...]:
        """The sentences for the teacher."""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[str]:
        if self.deleted:
            yield "The document has tracked changes: insertions are kept, deletions are left out."
        elif self.inserted:
            yield "The document has tracked changes: insertions are kept."
        if self.hidden:
            yield f"{self.hidden} passage{'s are' if self.hidden > 1 else ' is'} formatted as hidden; shown here."
        if self.comments:
            yield f"{self.comments} comment{'s' if self.comments > 1 else ''} in the margin left out."
        if self.other_document:
            yield ANOTHER_DOCUMENT
        if self.pictures:
            yield PICTURES


def blocks_of(paragraphs: Iterable[Paragraph], notes: Sequence[Sequence[Paragraph]]) -> list[Block]:
    """The blocks of a document: each line of a paragraph glued to the one above, footnotes and endnotes last."""
    blocks = [block for paragraph in paragraphs for block in _lines(paragraph)]
    for number, note in enumerate(notes, start=1):
        label = f"[{number}] "
        for paragraph in note:
            for block in _lines(paragraph, label):
                blocks.append(block)
                label = ""
    return blocks


def _lines(paragraph: Paragraph, label: str = "") -> Iterator[Block]:
    share = paragraph.linked / max(1, len(paragraph.text.strip()))
    fresh = True
    for line in map(trim, paragraph.text.split("\n")):
        if line.strip():
            yield Block(
                label + line, paragraph.level, min(1.0, share), glued=not fresh, listed=paragraph.listed or bool(label)
            )
            label, fresh = "", False
        else:
            fresh = True


def students_document(
    file_name: str, blocks: Sequence[Block], margins: Iterable[str], notes: Iterable[str]
) -> EssayDraft:
    """The draft of a document that a student wrote in a word processor.

    ``margins`` are the lines in the heads and feet of its pages. Raises EssayUnreadable where there are no words or
    too many.
    """
    refuse_too_many(file_name, len(blocks))
    found = sort_blocks(blocks, students_file=True)
    return finish(file_name, found.question, found.essay, (*found.removed, *margins), notes, found.whole)
