"""The whole Word file: each document as a section with a foot of its own, packed so that no clock shows in it."""

import io
import zipfile
from collections.abc import Sequence

import docx
from docx.document import Document as WordFile
from docx.enum.section import WD_HEADER_FOOTER, WD_SECTION
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.hdrftr import FooterPart
from docx.shape import InlineShape
from docx.shared import Length, Mm, Twips
from docx.text.paragraph import Paragraph

from markdesk.core.errors import MarkdeskError
from markdesk.core.plain import show_line
from markdesk.formats.documents.document import NO_SCHOOL, Document, Logo, Run, School, Weight
from markdesk.formats.documents.docx_blocks import BlockWriter
from markdesk.formats.documents.docx_essay import CommentPen, EssayWriter
from markdesk.formats.documents.docx_pen import Pen, element
from markdesk.formats.documents.docx_styles import TEXT_WIDTH
from markdesk.formats.documents.docx_template import empty_file

LANGUAGE = "en-GB"
LOGO_HEIGHT, LOGO_WIDTH = Mm(13), Mm(60)

LONGEST_IN_FOOT = 80
"""A foot as long as a page leaves no page: a longer text stands whole under the title, its beginning in the foot."""
_LONGEST_PROPERTY = 255
"""Word has no longer ones; a title stands in the text in any case."""
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The day that a zip writes where it knows none."""


def compose(documents: Sequence[Document]) -> bytes:
    """The bytes of the file."""
    language = show_line(documents[0].language) if documents else LANGUAGE
    file = docx.Document(io.BytesIO(empty_file(language)))
    writer = _FileWriter(file, language)
    for document in documents:
        writer.write(document)
    title = show_line(documents[0].title) if len(documents) == 1 else ""
    if len(title) <= _LONGEST_PROPERTY:
        file.core_properties.title = title
    file.core_properties.language = language[:_LONGEST_PROPERTY]
    packed = io.BytesIO()
    file.save(packed)
    return _without_clock(packed.getvalue())


class _FileWriter:
    """Writes one document behind the other.

    What is counted in a file (lists, comments, feet) is counted here, since the library goes through all that there
    is for each new one: with a whole year's sheets in a file that is most of the time.
    """

    def __init__(self, file: WordFile, language: str) -> None:
        self._file = file
        self._language = language
        self._comments = CommentPen(file.part._comments_part.element)
        self._lists = len(file.part.numbering_part.element.num_lst)
        self._sheets = 0

    def write(self, document: Document) -> None:
        """The document, on pages of its own that are numbered from 1."""
        section = self._file.add_section(WD_SECTION.NEW_PAGE) if self._sheets else self._file.sections[0]
        if self._sheets:
            # The paragraph that carries a section's end takes no room: a full page has no empty one behind it.
            section._sectPr.getprevious().style = "SheetEnd"
        self._sheets += 1
        language = show_line(document.language)
        pen = Pen(self._file.element.body, "" if language == self._language else language)
        _head(self._file, pen, document.school)
        pen.paragraph("Heading1", Run(document.title))
        if document.subtitle:
            pen.paragraph("Subtitle", Run(document.subtitle))
        for text in (document.whose, document.foot):
            if len(text) > LONGEST_IN_FOOT:
                pen.paragraph("Facts", Run(text))
        blocks = BlockWriter(pen, EssayWriter(pen, self._comments, self._new_list), self._new_list, self._add_picture)
        for block in document.blocks:
            blocks.write(block)
        foot = element("w:ftr")
        _write_foot(Pen(foot, pen.language), document)
        name = PackURI(f"/word/footer{self._sheets}.xml")
        part = FooterPart(name, CONTENT_TYPE.WML_FOOTER, foot, self._file.part.package)
        relation = self._file.part.relate_to(part, RELATIONSHIP_TYPE.FOOTER)
        section._sectPr.add_footerReference(WD_HEADER_FOOTER.PRIMARY, relation)

    def _add_picture(self, paragraph: BaseOxmlElement, content: bytes, alt: str) -> None:
        """A drawing as wide as the text, with what it shows in words."""
        _add_picture(Paragraph(paragraph, self._file._body), content, "Chart", alt, width=Twips(TEXT_WIDTH))

    def _new_list(self, kind: int) -> int:
        """The number of a new list that begins at 1."""
        self._lists += 1
        made = element("w:num", numId=self._lists)
        made.append(element("w:abstractNumId", val=kind))
        anew = element("w:lvlOverride", ilvl=0)
        anew.append(element("w:startOverride", val=1))
        made.append(anew)
        self._file.part.numbering_part.element.append(made)
        return self._lists


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
        picture = _add_picture(paragraph, logo.content, "Logo", logo.alt, height=LOGO_HEIGHT)
    except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError, ZeroDivisionError) as error:
        raise MarkdeskError("The school's logo can't be read as a picture.", "Give it as .png or .jpg.") from error
    if picture.width > LOGO_WIDTH:
        picture.height = Length(picture.height * LOGO_WIDTH // picture.width)
        picture.width = LOGO_WIDTH


def _add_picture(
    paragraph: Paragraph, content: bytes, name: str, alt: str, width: Length | None = None, height: Length | None = None
) -> InlineShape:
    picture = paragraph.add_run().add_picture(io.BytesIO(content), width=width, height=height)
    for side in ("distT", "distB", "distL", "distR"):
        picture._inline.set(side, "0")  # LibreOffice would set it in
    picture._inline.docPr.set("descr", show_line(alt))
    picture._inline.docPr.set("name", name)
    return picture


def _write_foot(pen: Pen, document: Document) -> None:
    """Whose it is, what it is, and the page: on every page, so that loose ones find each other."""
    paragraph = pen.paragraph("Footer", Run(_in_foot(document.whose), Weight.STRONG))
    if document.foot:
        pen.words(paragraph, f"   ·  {_in_foot(document.foot)}")
    pen.tab(paragraph)
    pen.words(paragraph, "Page ")
    pen.page_number(paragraph)


def _in_foot(text: str) -> str:
    return show_line(text if len(text) <= LONGEST_IN_FOOT else f"{text[:LONGEST_IN_FOOT]}…")


def _without_clock(content: bytes) -> bytes:
    """The same parts in the same order, each with the one date."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as found, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name in found.namelist():
            made.writestr(zipfile.ZipInfo(name, _FIRST_DAY), found.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
