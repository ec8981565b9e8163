"""RTF documents: our own pass sorts the groups, striprtf decodes what is on the page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from striprtf.striprtf import rtf_to_text

from markdesk.core.errors import EssayUnreadable
from markdesk.desk.drafts import EssayDraft
from markdesk.formats.packed import DAMAGE, refuse_too_many_pieces
from markdesk.formats.rtf_groups import LINK_BEGINS, LINK_ENDS, PARAGRAPH_END, Groups
from markdesk.formats.rtf_state import Piece, Tables
from markdesk.formats.written import Paragraph, blocks_of, students_document

_GOES_ON = "Something stands after the end of the document and was not read; compare it with the original."


@dataclass(frozen=True, slots=True)
class RtfImporter:
    """Reads ``.rtf`` files of Word, WordPad, TextEdit, LibreOffice and others."""

    name: str = "rtf"
    suffixes: tuple[str, ...] = (".rtf",)

    def read(self, data: bytes, file_name: str) -> EssayDraft:
        """Everything the student wrote, footnotes and text boxes included, tracked deletions left out.

        Raises EssayUnreadable for a file that is damaged, cut off, harmful or without words.
        """
        try:
            return _read(data, file_name)
        except DAMAGE as error:
            raise EssayUnreadable(
                f"{file_name} is damaged and can't be read as an RTF document.",
                "Open it in Word or LibreOffice and save it again; or ask for the file again.",
            ) from error


def _read(data: bytes, file_name: str) -> EssayDraft:
    refuse_too_many_pieces(file_name, data.count(b"{"))
    text = data.decode("latin-1")
    groups = Groups(text[text.index("{\\rtf") :], file_name)
    groups.read()
    stories = [groups.main, *groups.notes, *groups.margins]
    pieces = [list(_with_boxes(story.pieces)) for story in stories]
    decoded = iter(_decode([piece for story in pieces for piece in story], groups.tables))
    paragraphs = [[next(decoded) for _ in story] for story in pieces]
    main, notes, margins = paragraphs[0], paragraphs[1 : len(groups.notes) + 1], paragraphs[len(groups.notes) + 1 :]
    lines = dict.fromkeys(" ".join(paragraph.text.split()) for story in margins for paragraph in story)
    told = [*groups.told.notes(), *([_GOES_ON] if groups.goes_on else [])]
    return students_document(file_name, blocks_of(main, notes), filter(None, lines), told)


def _with_boxes(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Each paragraph, and after it those of the text boxes that hang on it; boxes may hold boxes."""
    waiting = [iter(pieces)]
    while waiting:
        piece = next(waiting[-1], None)
        if piece is None:
            waiting.pop()
        else:
            yield piece
            waiting.append(iter(piece.boxes))


def _decode(pieces: Sequence[Piece], tables: Tables) -> Iterator[Paragraph]:
    mark = f"\\u{ord(PARAGRAPH_END)} "
    body = mark.join("".join(piece.source) for piece in pieces)
    flat = f"{{\\rtf1{{\\fonttbl{tables.fonts()}}}\\uc0 {body}}}"
    # Python's text holds one sign where RTF has the two halves of UTF-16; half a sign is no text.
    text = rtf_to_text(flat, encoding=tables.code_page, errors="replace")
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    for piece, typed in zip(pieces, text.split(PARAGRAPH_END), strict=True):
        yield _paragraph(piece, typed)


def _paragraph(piece: Piece, typed: str) -> Paragraph:
    linked = sum(len(part.partition(LINK_ENDS)[0]) for part in typed.split(LINK_BEGINS)[1:])
    text = typed.replace(LINK_BEGINS, "").replace(LINK_ENDS, "")
    return Paragraph(text, piece.level, piece.listed, linked)
