"""How each block of a sheet looks in Word. Reading order is the order of the blocks: nothing floats."""

from collections.abc import Callable
from typing import assert_never

from docx.oxml.xmlchemy import BaseOxmlElement

from markdesk.formats.documents import docx_styles as look
from markdesk.formats.documents.document import (
    NEXT_STEP,
    Bars,
    Block,
    Bullets,
    Chart,
    Facts,
    Heading,
    MarkedEssay,
    Overleaf,
    Panel,
    Prose,
    Quotation,
    Result,
    Ruled,
    Run,
    Signatures,
    Slip,
    Slips,
    Table,
    Weight,
    said,
)
from markdesk.formats.documents.docx_essay import EssayWriter
from markdesk.formats.documents.docx_pen import Pen, column_widths, element, numbered, shaded
from markdesk.formats.documents.docx_template import NUMBERS
from markdesk.formats.documents.svg import svg
from markdesk.formats.documents.svg_png import png_of


class BlockWriter:
    """Writes blocks one below the other.

    ``new_list`` begins a list of a kind and gives its number; ``add_picture`` puts a PNG into a paragraph, with what it
    shows in words.
    """

    def __init__(
        self,
        pen: Pen,
        essays: EssayWriter,
        new_list: Callable[[int], int],
        add_picture: Callable[[BaseOxmlElement, bytes, str], None],
    ) -> None:
        self._pen = pen
        self._essays = essays
        self._new_list = new_list
        self._add_picture = add_picture

    def write(self, block: Block) -> None:
        """The block, below what stands there."""
        pen = self._pen
        match block:
            case Heading():
                pen.paragraph(f"Heading{block.level + 1}", Run(block.text))
            case Prose():
                pen.paragraph("Normal", *block.runs)
            case Bullets():
                self._bullets(block)
            case Facts():
                self._facts(block)
            case Result():
                self._result(block)
            case Panel():
                self._panel(block)
            case Ruled():
                self._ruled(block)
            case Table():
                self._table(block)
            case Bars():
                self._bars(block)
            case Chart():
                self._chart(block)
            case Quotation():
                pen.paragraph("Quote", Run(block.text))
                if block.about:
                    pen.paragraph("QuoteAbout", Run(block.about))
            case Signatures():
                self._signatures(block)
            case Slips():
                self._slips(block)
            case Overleaf():
                pen.begins_page = True
            case MarkedEssay():
                self._essays.write(block)
            case _:
                assert_never(block)

    def _bullets(self, block: Bullets) -> None:
        number = self._new_list(NUMBERS) if block.are_numbered else 0
        for item in block.items:
            paragraph = self._pen.paragraph("ListNumber" if block.are_numbered else "ListBullet", *item)
            if number:
                numbered(paragraph, number)

    def _facts(self, block: Facts) -> None:
        if not block.pairs:
            return
        paragraph = self._pen.paragraph("Facts")
        for at, (label, value) in enumerate(block.pairs):
            if at:
                self._pen.words(paragraph, _GAP)
            # A label isn't parted from its value by the end of a line, nor its words from each other.
            self._pen.words(paragraph, label.replace(" ", _FIRM) if len(label) < 30 else label, "Strong")
            self._pen.words(paragraph, f"{_FIRM}{value}")

    def _result(self, block: Result) -> None:
        if block.mark or block.level:
            paragraph = self._pen.paragraph("Result")
            if block.mark:
                self._pen.words(paragraph, block.mark, "Mark")
            if block.mark and block.level:
                self._pen.words(paragraph, "    ")
            if block.level:
                self._pen.words(paragraph, block.level)
        if block.sentence:
            self._pen.paragraph("ResultText", Run(block.sentence))
        if block.step:
            self._pen.paragraph("ResultText", Run(f"{NEXT_STEP}: ", Weight.STRONG), Run(block.step))

    def _panel(self, block: Panel) -> None:
        sign = look.SIGNS[block.tone]
        self._pen.paragraph(look.panel_label(block.tone), Run(f"{sign}{_FIRM}{block.label}" if sign else block.label))
        style = look.panel_item if len(block.lines) > 1 else look.panel
        for line in block.lines:
            self._pen.paragraph(style(block.tone), Run(line))

    def _ruled(self, block: Ruled) -> None:
        if block.about:
            self._pen.paragraph("RuledAbout", Run(block.about))
        for _ in range(block.lines):
            self._pen.paragraph("RuledLine")

    def _table(self, block: Table) -> None:
        if block.caption:
            self._pen.paragraph("Caption", Run(block.caption))
        columns = max(map(len, (block.heading, *block.rows)), default=0)
        if not columns:
            return
        rows = [(*row, *[""] * (columns - len(row))) for row in (block.heading, *block.rows)]
        widths = column_widths(list(zip(*rows, strict=True)), look.TEXT_WIDTH)
        table = self._pen.table(widths, block.caption)
        for at, row in enumerate(rows):
            style = "TableText" if at else "TableHeading"
            pens = table.row(map(said, row), [style] * columns, is_heading=not at)
            for column in block.numbers:
                if column < columns:
                    pens[column].place[-1][0].append(element("w:jc", val="right"))

    def _bars(self, block: Bars) -> None:
        top = block.full
        rows = [(label, str(count), count / top) for label, count in block.bars]
        self._drawn(block.caption, rows)

    def _chart(self, block: Chart) -> None:
        """What it says, then the drawing; where nothing here can draw, the words stand for it."""
        self._pen.paragraph("Caption", Run(block.title))
        for at, text in enumerate(block.told):
            self._pen.paragraph("ChartText", Run(text, Weight.QUIET if at else Weight.PLAIN))
        picture = png_of(svg(block.shown))
        if picture is not None:
            self._add_picture(self._pen.paragraph("Normal"), picture, f"{block.title}. {block.told[0]}")

    def _drawn(self, caption: str, rows: list[tuple[str, str, float]]) -> None:
        """A row for each value, with a bar of its length behind it."""
        if caption:
            self._pen.paragraph("Caption", Run(caption))
        if not rows:
            return
        label, value, track = column_widths([[row[0] for row in rows], [row[1] for row in rows], ["-" * 48]], _ALL)
        table = self._pen.table((label, value, track), caption, "TableNormal")
        for name, said_value, share in rows:
            pens = table.row((said(name), said(said_value), ()), ("BarText", "BarText", "Bar"))
            pens[1].place[-1][0].append(element("w:jc", val="right"))
            if share > 0:
                shaded(pens[2].place[-1], look.ACCENT, 0, int((track - _CELL_MARGIN) * (1 - min(share, 1))))

    def _slips(self, block: Slips) -> None:
        """Two beside each other, to cut along the broken lines."""
        if not block.slips:
            return
        half = look.TEXT_WIDTH // 2
        table = self._pen.table((half, half), style="SlipTable")
        for left in range(0, len(block.slips), 2):
            slips = block.slips[left : left + 2]
            names = [said(slip.whose) for slip in slips] + [()] * (2 - len(slips))
            for slip, pen in zip(slips, table.row(names, ("SlipWhose",) * 2, height=look.SLIP_HEIGHT), strict=False):
                BlockWriter(pen, self._essays, self._new_list, self._add_picture)._slip(slip)

    def _slip(self, slip: Slip) -> None:
        """What stands on a slip below the name."""
        if slip.about:
            self._pen.paragraph("TableText", Run(slip.about))
        self._pen.paragraph("SlipResult", Run(slip.result))
        self._facts(Facts(slip.facts))
        for line in slip.lines:
            self._pen.paragraph("SlipText", Run(line))

    def _signatures(self, block: Signatures) -> None:
        for label in block.labels:
            self._pen.paragraph("SignatureName", Run(label))
            paragraph = self._pen.paragraph("SignatureLine", Run("Signed "))
            self._pen.tab(paragraph)
            self._pen.words(paragraph, " Date ")
            self._pen.tab(paragraph)


_GAP = " \u2003"
_FIRM = "\u00a0"
_ALL = look.TEXT_WIDTH
_CELL_MARGIN = 200
