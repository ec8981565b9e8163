"""An essay in Word with a real comment for each note, anchored to the letters that the note is about."""

from collections.abc import Callable, Iterator, Sequence

from docx.oxml.text.run import CT_R
from docx.oxml.xmlchemy import BaseOxmlElement

from markdesk.core.plain import show_line
from markdesk.formats.documents.document import MarkedEssay, Note, Run, Weight
from markdesk.formats.documents.docx_pen import Pen, element, numbered
from markdesk.formats.documents.docx_template import ESSAY_NUMBERS
from markdesk.formats.documents.pieces import CutParagraph, cut, without_place

NOT_IN_THE_TEXT = "Notes that have no place in the text"
NOBODY = "Marker"
"""Who comments where the sheet doesn't say who wrote the notes: Word needs a name."""


class CommentPen:
    """Writes the comments of a file, one below the other. The library counts all of them for each new one."""

    def __init__(self, place: BaseOxmlElement) -> None:
        self._place = place
        self._count = 0

    def comment(self, name: str, runs: Sequence[Run], language: str) -> int:
        """A comment that says this; gives the number by which the text refers to it.

        It has no date: the day of the export isn't that of the marking, and the same sheet is the same file.
        """
        made = element("w:comment", id=self._count, author=name, initials=initials(name))
        self._place.append(made)
        self._count += 1
        pen = Pen(made, language)
        paragraph = pen.paragraph("CommentText")
        reference = pen.words(paragraph, "", "CommentReference")
        reference.append(element("w:annotationRef"))
        for run in runs:
            pen.words(paragraph, run.text, "Strong" if run.weight is Weight.STRONG else "")
        return self._count - 1


class EssayWriter:
    """Writes essays into a file's body, and their notes into its comments."""

    def __init__(self, pen: Pen, comments: CommentPen, new_list: Callable[[int], int]) -> None:
        self._pen = pen
        self._comments = comments
        self._new_list = new_list

    def write(self, essay: MarkedEssay) -> None:
        """The paragraphs, numbered as the notes call them; below them the notes that lost their place."""
        first: dict[int, CT_R] = {}
        last: dict[int, CT_R] = {}
        paragraphs = cut(essay)
        number = self._new_list(ESSAY_NUMBERS) if paragraphs else 0
        for paragraph in paragraphs:
            self._paragraph(paragraph, number, first, last)
        placed = [note for note in essay.notes if note.number in first]
        name = show_line(essay.author).strip() or NOBODY
        ids = {note.number: self._comments.comment(name, comment_runs(note), self._pen.language) for note in placed}
        for note in placed:
            first[note.number].insert_comment_range_start_above(ids[note.number])
        # Each end is put right behind its letters, before those that stand there: so the first one goes in last.
        for note in reversed(placed):
            last[note.number].insert_comment_range_end_and_reference_below(ids[note.number])
        lost = without_place(essay)
        if lost:
            self._pen.paragraph("Heading4", Run(NOT_IN_THE_TEXT))
        for note in lost:
            about = f" {note.place}" + (f": “{note.quotation}”" if note.quotation else "")
            self._pen.paragraph("EssayNote", Run(f"[{note.number}]", Weight.STRONG), Run(about), *_told(note, "  "))

    def _paragraph(self, cut_up: CutParagraph, number: int, first: dict[int, CT_R], last: dict[int, CT_R]) -> None:
        if cut_up.title:
            self._pen.paragraph("EssayPart", Run(cut_up.title))
        paragraph = self._pen.paragraph("Essay")
        numbered(paragraph, number)
        for piece in cut_up.pieces:
            run = self._pen.words(paragraph, piece.text)
            assert isinstance(run, CT_R)
            first.update(dict.fromkeys(piece.begins, run))
            last.update(dict.fromkeys(piece.ends, run))


def _told(note: Note, before: str) -> Iterator[Run]:
    """The code, what it means, and what was written to it, as far as there is any."""
    if note.code:
        yield Run(f"{before}{note.code}", Weight.STRONG)
    if note.meaning:
        yield Run(f" {note.meaning}")
    if note.comment:
        yield Run(f": {note.comment}" if note.code or note.meaning else f"{before}{note.comment}")


def comment_runs(note: Note) -> list[Run]:
    """A note as its comment reads: ``[3] EVAL weighs importance: Against what?``."""
    return [Run(f"[{note.number}]", Weight.STRONG), *_told(note, " ")]


def initials(name: str) -> str:
    """``MC`` for ``Ms Clarke``, at most four letters."""
    return "".join(word[0] for word in name.replace("-", " ").split())[:4].upper()
