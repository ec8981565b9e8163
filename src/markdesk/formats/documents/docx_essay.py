"""An essay in Word with a real comment for each note, anchored to the letters that the note is about."""

from collections.abc import Callable, Iterator

from docx.comments import Comments
from docx.oxml.text.run import CT_R

from markdesk.core.plain import show_line
from markdesk.formats.documents.document import MarkedEssay, Note, Run, Weight
from markdesk.formats.documents.docx_pen import Pen, numbered
from markdesk.formats.documents.docx_template import ESSAY_NUMBERS
from markdesk.formats.documents.pieces import CutParagraph, cut, without_place

NOT_IN_THE_TEXT = "Notes that have no place in the text"
NOBODY = "Marker"
"""Who comments where the sheet doesn't say who wrote the notes: Word needs a name."""


class EssayWriter:
    """Writes essays into a file's body, and their notes into its comments."""

    def __init__(self, pen: Pen, comments: Comments, new_list: Callable[[int], int]) -> None:
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
        ids = {note.number: self._comment(note, essay.author) for note in placed}
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

    def _comment(self, note: Note, author: str) -> int:
        name = show_line(author).strip() or NOBODY
        comment = self._comments.add_comment(author=name, initials=initials(name))
        # No date: the day of the export isn't that of the marking, and the same sheet is the same file.
        comment._comment_elm.date = None
        paragraph = comment.paragraphs[0]._p
        pen = Pen(comment._comment_elm, self._pen.language)
        for run in (Run(f"[{note.number}]", Weight.STRONG), *_told(note, " ")):
            pen.words(paragraph, run.text, "Strong" if run.weight is Weight.STRONG else "")
        return comment.comment_id


def _told(note: Note, before: str) -> Iterator[Run]:
    """The code, what it means, and what was written to it, as far as there is any."""
    if note.code:
        yield Run(f"{before}{note.code}", Weight.STRONG)
    if note.meaning:
        yield Run(f" {note.meaning}")
    if note.comment:
        yield Run(f": {note.comment}" if note.code or note.meaning else f"{before}{note.comment}")


def comment_text(note: Note) -> str:
    """A note as its comment reads."""
    return f"[{note.number}]" + "".join(run.text for run in _told(note, " "))


def initials(name: str) -> str:
    """``MC`` for ``Ms Clarke``, at most four letters."""
    return "".join(word[0] for word in name.replace("-", " ").split())[:4].upper()
