"""An essay: immutable text, known by its hash, read as paragraphs.

Offsets are code points in the whole text, so that an annotation may cross paragraphs and an export can
name the same place to any other program.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

PARAGRAPH_BREAK = "\n\n"
"""What stands between two paragraphs of a stored essay. A single newline is a line break inside one."""

MAX_WORDS = 200_000
MAX_PARAGRAPHS = 20_000


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A passage: code points ``start`` to ``end`` (not included) of an essay's text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered slice of an essay; the unit of moving about. Numbers begin at 1."""

    number: int
    span: Span


def normalise(text: str) -> str:
    """The text as it is stored: every line end ``\\n``, every code point valid Unicode, nothing else touched."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # A UTF-16 reader can leave half a pair behind, which SQLite and every writer refuse.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@dataclass(frozen=True)
class Essay:
    """What a student wrote, and nothing else. Two equal texts are one essay."""

    text: str

    @classmethod
    def from_paragraphs(cls, paragraphs: Iterable[str]) -> "Essay":
        """Join blocks of text into an essay. Empty blocks are left out; a blank line inside a block divides it."""
        blocks = (normalise(block).strip("\n") for block in paragraphs)
        return cls(PARAGRAPH_BREAK.join(block for block in blocks if block.strip()))

    @cached_property
    def hash(self) -> str:
        """``sha256:`` and the digest of the UTF-8 text: the essay's identity."""
        return "sha256:" + hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs in order. Their spans leave out the breaks between them."""
        found: list[Paragraph] = []
        start = 0
        for block in self.text.split(PARAGRAPH_BREAK):
            lead = len(block) - len(block.lstrip("\n"))
            inner = block.strip("\n")
            if inner.strip():
                found.append(Paragraph(len(found) + 1, Span(start + lead, start + lead + len(inner))))
            start += len(block) + len(PARAGRAPH_BREAK)
        return tuple(found)

    @cached_property
    def words(self) -> int:
        """Words as a teacher counts them: runs of text between white space that hold a letter or digit."""
        return sum(1 for word in self.text.split() if any(map(str.isalnum, word)))

    @cached_property
    def _starts(self) -> list[int]:
        return [paragraph.span.start for paragraph in self.paragraphs]

    def paragraph_at(self, offset: int) -> Paragraph:
        """The paragraph that holds the offset; between two, the one before."""
        return self.paragraphs[max(0, bisect_right(self._starts, offset) - 1)]

    def quote(self, span: Span) -> str:
        return self.text[span.start : span.end]
