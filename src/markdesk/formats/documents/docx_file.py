"""The whole Word file: each document as a section with a foot of its own, packed so that no clock shows in it."""

import io
import zipfile
from collections.abc import Sequence

import docx
from docx.document import Document as WordFile
from docx.enum.section import WD_SECTION
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Length, Mm
from docx.text.paragraph import Paragraph

from markdesk.core.errors import MarkdeskError
from markdesk.core.plain import show_line
from markdesk.formats.documents.document import NO_SCHOOL, Document, Logo, Run, School, Weight
from markdesk.formats.documents.docx_blocks import BlockWriter
from markdesk.formats.documents.docx_essay import EssayWriter
from markdesk.formats.documents.docx_pen import Pen
from markdesk.formats.documents.docx_template import empty_file

LANGUAGE = "en-GB"
LOGO_HEIGHT, LOGO_WIDTH = Mm(13), Mm(60)

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The day that a zip writes where it knows none."""


def compose(documents: Sequence[Document]) -> bytes:
    """The bytes of the file."""
    language = show_line(documents[0].language) if documents else LANGUAGE
    file = docx.Document(io.BytesIO(empty_file(language)))
    for at, document in enumerate(documents):
        if at:
            file.add_section(WD_SECTION.NEW_PAGE)
            _make_small(file.paragraphs[-1]._p)
        _write(file, document, language)
    if len(documents) == 1:
        file.core_properties.title = show_line(documents[0].title)
    file.core_properties.language = language
    packed = io.BytesIO()
    file.save(packed)
    return _without_clock(packed.getvalue())


def _write(file: WordFile, document: Document, language: str) -> None:
    own = show_line(document.language)
    own = "" if own == language else own
    pen = Pen(file.element.body, own)
    _head(file, pen, document.school)
    pen.paragraph("Heading1", Run(document.title))
    if document.subtitle:
        pen.paragraph("Subtitle", Run(document.subtitle))

    def new_list(kind: int) -> int:
        return _new_list(file, kind)

    blocks = BlockWriter(pen, EssayWriter(pen, file.part._comments_part.comments, new_list), new_list)
    for block in document.blocks:
        blocks.write(block)
    _foot(file.sections[-1], document, own)


def _head(file: WordFile, pen: Pen, school: School) -> None:
    """The school's sign and name, above the title."""
    if school == NO_SCHOOL:
        return
    paragraph = pen.paragraph("School")
    if school.logo is not None:
        _add_logo(Paragraph(paragraph, file._body), school.logo)
    if school.name:
        pen.words(paragraph, f"   {school.name}" if school.logo else school.name)


def _add_logo(paragraph: Paragraph, logo: Logo) -> None:
    try:
        picture = paragraph.add_run().add_picture(io.BytesIO(logo.content), height=LOGO_HEIGHT)
    except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError, ZeroDivisionError) as error:
        raise MarkdeskError("The school's logo can't be read as a picture.", "Give it as .png or .jpg.") from error
    if picture.width > LOGO_WIDTH:
        picture.height = Length(picture.height * LOGO_WIDTH // picture.width)
        picture.width = LOGO_WIDTH
    for side in ("distT", "distB", "distL", "distR"):
        picture._inline.set(side, "0")  # LibreOffice would set it in
    picture._inline.docPr.set("descr", show_line(logo.alt))
    picture._inline.docPr.set("name", "Logo")


def _foot(section: Section, document: Document, language: str) -> None:
    """Whose it is, what it is, and the page: on every page, so that loose ones find each other."""
    section.footer.is_linked_to_previous = False
    foot = section.footer._element
    for empty in list(foot):
        foot.remove(empty)
    pen = Pen(foot, language)
    paragraph = pen.paragraph("Footer", Run(show_line(document.whose), Weight.STRONG))
    if document.foot:
        pen.words(paragraph, f"   ·  {show_line(document.foot)}")
    pen.tab(paragraph)
    pen.words(paragraph, "Page ")
    pen.page_number(paragraph)


def _new_list(file: WordFile, kind: int) -> int:
    """The number of a new list that begins at 1."""
    numbering = file.part.numbering_part.element
    made = numbering.add_num(kind)
    made.add_lvlOverride(0).add_startOverride(1)
    return int(made.numId)


def _make_small(paragraph: BaseOxmlElement) -> None:
    """The paragraph that carries a section's end takes no room, so that a full page has no empty one behind it."""
    paragraph.style = "SheetEnd"


def _without_clock(content: bytes) -> bytes:
    """The same parts in the same order, each with the one date."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as found, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name in found.namelist():
            made.writestr(zipfile.ZipInfo(name, _FIRST_DAY), found.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
