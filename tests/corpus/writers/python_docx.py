"""Documents by the python-docx library: its own template's styles, and no notes."""

import datetime
from pathlib import Path

import docx
from docx.shared import Cm, Pt

from ..truth import Block, Essay, final

_STYLES = {
    "title": "Title",
    "heading": "Heading 1",
    "quote": "Intense Quote",
    "bullet": "List Bullet",
    "number": "List Number",
}


def write(essay: Essay, path: Path) -> None:
    """Write the essay with the library's styles; what it can't write, notes and boxes, is left out."""
    document = docx.Document()
    document.core_properties.author = essay.student
    document.core_properties.created = datetime.datetime(2026, 11, 2, 19, 4, tzinfo=datetime.UTC)
    for line in filter(None, (essay.candidate, essay.question)):
        document.add_paragraph(line)
    rows: list[Block] = []
    for block in [*essay.body, Block("", ("",))]:
        if block.kind == "row":
            rows.append(block)
            continue
        if rows:
            table = document.add_table(len(rows), len(rows[0].texts), style="Table Grid")
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, text in zip(row.cells, cells.texts, strict=True):
                    cell.text = text
            rows = []
        if block.kind in ("", "box"):
            continue
        added = document.add_paragraph(final(block.text), style=_STYLES.get(block.kind))
        if block.kind == "body":
            shape = added.paragraph_format
            shape.line_spacing = 2.0 if "double" in essay.layout else 1.5 if "onehalf" in essay.layout else None
            shape.first_line_indent = Cm(1) if "indent" in essay.layout else None
            shape.space_after = Pt(10) if "spaced" in essay.layout else None
    section = document.sections[0]
    if "header" in essay.layout:
        section.header.paragraphs[0].text = f"{essay.student}\tHistory"
    document.save(str(path))
