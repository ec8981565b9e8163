"""Paragraphs, letters and tables of a Word file, one call each. What is written is always text: no field, no link.

The one field is the page number, which the foot of a page asks for by name.
"""

from collections.abc import Iterable, Sequence
from math import sqrt
from typing import cast

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from markdesk.core.plain import show
from markdesk.formats.documents.document import Run, Weight

_CHARACTER_STYLES = {Weight.PLAIN: "", Weight.STRONG: "Strong", Weight.QUIET: "Quiet"}
_WIDEST = 48
"""A column that has more letters than this in a line breaks its lines."""
_SHORT_ROW = 600
"""A row with fewer letters than this stays on one page."""


class Pen:
    """Writes below what is there already in a body, a cell, a foot or a comment.

    ``language`` is that of the sheet where the file's own is another; empty where it is the same.
    """

    def __init__(self, place: BaseOxmlElement, language: str = "") -> None:
        self.place = place
        self.language = language
        self._end = place.find(qn("w:sectPr"))  # a body ends with its last section's page
        self.begins_page = False
        """Whether the next paragraph stands on a new page."""

    def paragraph(self, style: str, *runs: Run) -> BaseOxmlElement:
        """A paragraph in a style, with these words."""
        made = element("w:p")
        properties = element("w:pPr")
        properties.append(element("w:pStyle", val=style))
        if self.begins_page:
            properties.append(element("w:pageBreakBefore"))
            self.begins_page = False
        made.append(properties)
        self._put(made)
        for run in runs:
            self.words(made, run.text, _CHARACTER_STYLES[run.weight])
        return made

    def words(self, paragraph: BaseOxmlElement, text: str, style: str = "") -> BaseOxmlElement:
        """Words at the end of a paragraph, as the text that they are; a line break stays one."""
        run = element("w:r")
        if style or self.language:
            properties = element("w:rPr")
            if style:
                properties.append(element("w:rStyle", val=style))
            if self.language:
                properties.append(element("w:lang", val=self.language))
            run.append(properties)
        for at, line in enumerate(show(text).split("\n")):
            if at:
                run.append(element("w:br"))
            if line:
                piece = element("w:t")
                piece.set(_SPACE, "preserve")
                piece.text = line
                run.append(piece)
        paragraph.append(run)
        return run

    def tab(self, paragraph: BaseOxmlElement) -> None:
        """A step to the next tab stop."""
        run = element("w:r")
        run.append(element("w:tab"))
        paragraph.append(run)

    def page_number(self, paragraph: BaseOxmlElement) -> None:
        """The number of the page, which Word keeps right."""
        field = element("w:fldSimple", instr="PAGE")
        self.words(field, "1")
        paragraph.append(field)

    def table(self, widths: Sequence[int], about: str = "", style: str = "SheetTable") -> "TablePen":
        """A table to be filled row by row; ``about`` is what a screen reader says of it."""
        if self.begins_page:
            self.paragraph("TableEnd")
        made = element("w:tbl")
        properties = element("w:tblPr")
        properties.append(element("w:tblStyle", val=style))
        properties.append(element("w:tblW", w=sum(widths), type="dxa"))
        properties.append(element("w:tblLayout", type="fixed"))
        properties.append(element("w:tblLook", val="0020", firstRow="1", noHBand="1", noVBand="1"))
        if about:
            properties.append(element("w:tblCaption", val=show(about).replace("\n", " ")))
        made.append(properties)
        grid = element("w:tblGrid")
        for width in widths:
            grid.append(element("w:gridCol", w=width))
        made.append(grid)
        self._put(made)
        # Word joins two tables that touch, and wants a paragraph behind the last one.
        self.paragraph("TableEnd")
        return TablePen(made, widths, self.language)

    def _put(self, made: BaseOxmlElement) -> None:
        if self._end is None:
            self.place.append(made)
        else:
            self._end.addprevious(made)


class TablePen:
    """Adds rows to a table."""

    def __init__(self, table: BaseOxmlElement, widths: Sequence[int], language: str) -> None:
        self._table = table
        self._widths = widths
        self._language = language

    def row(
        self, cells: Iterable[Sequence[Run]], styles: Sequence[str], is_heading: bool = False, height: int = 0
    ) -> list[Pen]:
        """A row with a paragraph in each cell; the pens write more into a cell. It is ``height`` high at the least."""
        row = element("w:tr")
        texts = [tuple(cell) for cell in cells]
        properties = element("w:trPr")
        # A row that is higher than a page has to break, and can't stand at the head of every page either.
        if sum(len(run.text) for cell in texts for run in cell) < _SHORT_ROW:
            properties.append(element("w:cantSplit"))
            if is_heading:
                properties.append(element("w:tblHeader"))
        if height:
            properties.append(element("w:trHeight", val=height, hRule="atLeast"))
        row.append(properties)
        pens: list[Pen] = []
        for width, style, runs in zip(self._widths, styles, texts, strict=True):
            cell = element("w:tc")
            about = element("w:tcPr")
            about.append(element("w:tcW", w=width, type="dxa"))
            cell.append(about)
            row.append(cell)
            pens.append(Pen(cell, self._language))
            pens[-1].paragraph(style, *runs)
        self._table.append(row)
        return pens


_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def element(tag: str, **attributes: object) -> BaseOxmlElement:
    """An element of Word's, its attributes in Word's namespace."""
    return cast(
        "BaseOxmlElement", OxmlElement(tag, {qn(f"w:{name}"): str(value) for name, value in attributes.items()})
    )


def numbered(paragraph: BaseOxmlElement, number: int) -> None:
    """Make a paragraph an item of the list with this number."""
    properties = element("w:numPr")
    properties.append(element("w:ilvl", val=0))
    properties.append(element("w:numId", val=number))
    paragraph[0].append(properties)


def shaded(paragraph: BaseOxmlElement, color: str, left: int, right: int) -> None:
    """Fill a paragraph's line with a colour from ``left`` to ``right``, measured from the edges of its cell."""
    properties = paragraph[0]
    properties.append(element("w:shd", val="clear", color="auto", fill=color))
    properties.append(element("w:ind", left=left, right=right))


def column_widths(columns: Sequence[Sequence[str]], width: int, letter: int = 105) -> tuple[int, ...]:
    """How wide each column is, so that all of them take ``width``: short ones what they need, long ones the rest.

    ``letter`` is the width of an average letter of a table's text.
    """
    needs = [(min(max(map(_longest, column), default=0), _WIDEST) + 3) * letter for column in columns]
    if sum(needs) > width:
        share = width // len(needs)
        short = sum(need for need in needs if need <= share)
        long = [sqrt(need) for need in needs if need > share]
        needs = [need if need <= share else int((width - short) * sqrt(need) / sum(long)) for need in needs]
    scale = width / sum(needs)
    found = [int(need * scale) for need in needs]
    found[-1] += width - sum(found)
    return tuple(found)


def _longest(text: str) -> int:
    return max(map(len, text.split("\n")), default=0)
