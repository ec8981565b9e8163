"""PDFs by five programs: Chromium's printer, WeasyPrint, Typst, ReportLab and fpdf2."""

import subprocess
import tempfile
from pathlib import Path
from typing import Any

import typst
from fpdf import FPDF
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer, Table
from weasyprint import HTML

from ..truth import Block, Essay, final, pieces
from .pages import clean

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")


def css(essay: Essay, *, floating: bool = False) -> str:
    """The look of the page, as the essay's layout says; ``floating`` puts notes, head and page number on paper."""
    layout = essay.layout
    line = "2" if "double" in layout else "1.5" if "onehalf" in layout else "1.25"
    rules = [f"body{{font:11pt 'Liberation Serif','DejaVu Sans',serif;line-height:{line}}}"]
    rules.append("td{border:1px solid #000;padding:2pt 6pt} h1,h2{font-size:14pt}")
    if "columns" in layout:
        rules.append("body{column-count:2;column-gap:24pt;font-size:10pt}")
    if "justified" in layout:
        rules.append("p{text-align:justify}")
    if "hyphens" in layout:
        rules.append("p{hyphens:auto}")
    if "indent" in layout:
        rules.append("p.body{text-indent:24pt;margin:0}")
    margins = ""
    if floating and "header" in layout:
        margins += f"@top-right{{content:'{essay.student}';font-size:9pt}}"
    if floating and "pages" in layout:
        margins += "@bottom-center{content:counter(page);font-size:9pt}"
    rules.append(f"@page{{size:A4;margin:2.3cm;{margins}}}")
    if floating:
        rules.append(".note{float:footnote;font-size:8pt;line-height:1.2}")
    return "".join(rules)


def chromium(essay: Essay, path: Path) -> None:
    """Chromium's "Save as PDF" of the plain page."""
    with tempfile.TemporaryDirectory() as name:
        page = Path(name) / "essay.html"
        page.write_text(clean(essay, css(essay)), encoding="utf-8")
        header = [] if "header" in essay.layout else ["--no-pdf-header-footer"]
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", *header, f"--user-data-dir={name}/u"]
        subprocess.run([*command, f"--print-to-pdf={path}", page.as_uri()], check=True, capture_output=True)


def weasyprint(essay: Essay, path: Path) -> None:
    """WeasyPrint: notes at the foot, head and page number, hyphens where the layout asks for them."""
    HTML(string=clean(essay, css(essay, floating=True), notes="inline")).write_pdf(str(path))


def typeset(essay: Essay, path: Path) -> None:
    """Typst: its own line breaking, notes at the foot, columns, hyphens."""
    layout = essay.layout
    leading = "1.6em" if "double" in layout else "1.1em" if "onehalf" in layout else "0.65em"
    spacing = "1.2em" if "spaced" in layout else leading
    yes = {True: "true", False: "false"}
    out = [
        '#set text(font: ("Liberation Serif", "DejaVu Sans"), size: 11pt, lang: "en", region: "GB", '
        f"hyphenate: {yes['hyphens' in layout]})",
        f"#set par(justify: {yes['justified' in layout]}, leading: {leading}, spacing: {spacing}, "
        f"first-line-indent: {'2em' if 'indent' in layout else '0em'})",
    ]
    page = ['paper: "a4"', "margin: 2.4cm"]
    if "columns" in layout:
        page.append("columns: 2")
    if "pages" in layout:
        page.append('numbering: "1"')
    if "header" in layout:
        page.append(f"header: align(right, text(9pt, {_quoted(essay.student)}))")
    out.append(f"#set page({', '.join(page)})")
    out += [f"#par(first-line-indent: 0em, {_quoted(line)})" for line in (essay.candidate, essay.question) if line]
    rows: list[Block] = []
    for block in [*essay.body, Block("", ("",))]:
        if block.kind == "row":
            rows.append(block)
            continue
        if rows:
            cells = ", ".join(_quoted(cell) for row in rows for cell in row.texts)
            out.append(f"#table(columns: {len(rows[0].texts)}, {cells})")
            rows = []
        said = _typst_inline(essay, block.text)
        if block.kind in ("heading", "title"):
            out.append(f"#heading[{said}]")
        elif block.kind in ("bullet", "number"):
            out.append(f"{'-' if block.kind == 'bullet' else '+'} {said}")
        elif block.kind in ("quote", "verse"):
            out.append(f"#quote(block: true)[{said}]")
        elif block.kind:
            out.append(said)
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "essay.typ"
        source.write_text("\n\n".join(out), encoding="utf-8")
        typst.compile(str(source), output=str(path))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _typst_inline(essay: Essay, text: str) -> str:
    out: list[str] = []
    for piece in pieces(text):
        if piece.kind == "mark":
            out.append(f"#footnote[#{_quoted(essay.note(piece.text).text)}]")
        elif piece.kind in ("text", "ins"):
            out.append(" #linebreak() ".join(f"#{_quoted(line)};" for line in piece.text.split("\n")))
    return "".join(out)


def reportlab(essay: Essay, path: Path) -> None:
    """ReportLab: one frame or two, head and page number drawn on each page, no notes."""
    layout = essay.layout
    pdfmetrics.registerFont(TTFont("Serif", str(FONT)))
    leading = 26 if "double" in layout else 20 if "onehalf" in layout else 14
    align = TA_JUSTIFY if "justified" in layout else TA_LEFT
    base = ParagraphStyle("base", fontName="Serif", fontSize=10, leading=leading, alignment=align)
    body = ParagraphStyle(
        "body", base, firstLineIndent=20 if "indent" in layout else 0, spaceAfter=0 if "indent" in layout else 7
    )
    inset = ParagraphStyle("inset", base, leftIndent=30, rightIndent=30, spaceAfter=7)
    head = ParagraphStyle("head", base, fontSize=13, leading=18, spaceAfter=6, alignment=TA_LEFT)
    story: list[Any] = [Paragraph(_lines(line), head) for line in (essay.candidate, essay.question) if line]
    rows: list[Block] = []
    number = 0
    for block in [*essay.body, Block("", ("",))]:
        if block.kind == "row":
            rows.append(block)
            continue
        if rows:
            story += [
                Table([list(row.texts) for row in rows], style=[("FONT", (0, 0), (-1, -1), "Serif", 9)]),
                Spacer(1, 8),
            ]
            rows = []
        number = number + 1 if block.kind == "number" else 0
        said = _lines(final(block.text))
        if block.kind in ("heading", "title"):
            story.append(Paragraph(said, head))
        elif block.kind in ("bullet", "number"):
            story.append(Paragraph(said, inset, bulletText="•" if block.kind == "bullet" else f"{number}."))
        elif block.kind in ("quote", "verse", "box"):
            story.append(Paragraph(said, inset))
        elif block.kind:
            story.append(Paragraph(said, body))

    def edges(canvas: Any, document: Any) -> None:
        canvas.setFont("Serif", 8)
        if "header" in layout:
            canvas.drawString(2.3 * cm, A4[1] - 1.3 * cm, essay.student)
        if "pages" in layout or "header" in layout:
            canvas.drawCentredString(A4[0] / 2, 1.2 * cm, f"Page {document.page}")

    width, height = A4[0] - 4.6 * cm, A4[1] - 4.6 * cm
    count = 2 if "columns" in layout else 1
    wide = (width - (count - 1) * 0.8 * cm) / count
    frames = [Frame(2.3 * cm + n * (wide + 0.8 * cm), 2.3 * cm, wide, height, 0, 0, 0, 0) for n in range(count)]
    document = BaseDocTemplate(str(path), pagesize=A4, invariant=1)
    document.addPageTemplates([PageTemplate(frames=frames, onPage=edges)])
    document.build(story)


def _lines(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br/>")


def fpdf2(essay: Essay, path: Path) -> None:
    """fpdf2: paragraphs by ``multi_cell``, list signs typed, rows as lines."""
    paper = FPDF()
    paper.add_font("Serif", fname=str(FONT))

    def head() -> None:
        if "header" in essay.layout:
            paper.set_font("Serif", size=8)
            paper.cell(0, 8, essay.student, align="R", new_x="LMARGIN", new_y="NEXT")

    def foot() -> None:
        if "pages" in essay.layout:
            paper.set_y(-15)
            paper.set_font("Serif", size=8)
            paper.cell(0, 10, str(paper.page_no()), align="C")

    paper.header, paper.footer = head, foot
    paper.set_auto_page_break(True, 20)
    paper.add_page()
    high = 12 if "double" in essay.layout else 9 if "onehalf" in essay.layout else 6
    align = "J" if "justified" in essay.layout else "L"
    told = [("body", line) for line in (essay.candidate, essay.question) if line]
    for block in essay.body:
        sign = "• " if block.kind == "bullet" else ""
        told.append((block.kind, sign + "   ".join(final(text) for text in block.texts)))
    for kind, text in told:
        paper.set_font("Serif", size=13 if kind in ("heading", "title") else 10)
        paper.set_x(20 if kind in ("quote", "verse", "bullet", "number") else 10)
        paper.multi_cell(0, high, text, align=align, new_x="LMARGIN", new_y="NEXT")
        paper.ln(3)
    paper.output(str(path))
