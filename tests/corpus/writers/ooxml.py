"""Documents in the shapes of Word and of Google Docs, written by hand element by element.

Word cuts words into runs where it checked the spelling, numbers its revisions and writes a text box twice. Google Docs
formats everything directly, and wraps what was commented on.
"""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from ..truth import Block, Essay, pieces

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLE_IDS = {"title": "Title", "heading": "Heading1", "quote": "Quote", "bullet": "ListParagraph"}
_STYLES = (
    ("Normal", "Normal", "", 'w:default="1"'),
    ("Heading1", "heading 1", '<w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr>', ""),
    ("Title", "Title", "", ""),
    ("Quote", "Quote", '<w:pPr><w:ind w:left="720" w:right="720"/></w:pPr>', ""),
    ("ListParagraph", "List Paragraph", '<w:pPr><w:ind w:left="720"/></w:pPr>', ""),
    ("FootnoteText", "footnote text", "", ""),
    ("EndnoteText", "endnote text", "", ""),
    ("Header", "header", "", ""),
    ("Footer", "footer", "", ""),
)
_AUTHOR = 'w:author="R. Achterberg-Hume" w:date="2026-11-02T19:04:00Z"'


class _Maker:
    """One document being written; ``docs`` is Google's shape, Word's otherwise."""

    def __init__(self, essay: Essay, *, docs: bool) -> None:
        self.essay = essay
        self.docs = docs
        self.changes = 100
        self.comments: list[str] = []

    def run(self, text: str, tag: str = "t", look: str = "") -> str:
        rsid = "" if self.docs else ' w:rsidRPr="00A41B2C"'
        direct = '<w:rtl w:val="0"/>' if self.docs else ""
        look = f"<w:rPr>{look}{direct}</w:rPr>" if look or direct else ""
        inner = "<w:br/>".join(
            f'<w:{tag} xml:space="preserve">{escape(line)}</w:{tag}>' for line in text.split("\n") if line
        )
        return f"<w:r{rsid}>{look}{inner}</w:r>"

    def cut(self, text: str) -> str:
        """Runs as Word leaves them: a long word here and there is a run of its own between marks of the checker."""
        if self.docs:
            return self.run(text)
        out: list[str] = []
        rest: list[str] = []
        for n, word in enumerate(text.split(" ")):
            if len(word) > 9 and n % 3 == 0 and "\n" not in word:
                out += [self.run(" ".join([*rest, ""]))] if rest else []
                out.append('<w:proofErr w:type="spellStart"/>')
                out += [self.run(word[:4]), self.run(word[4:]), '<w:proofErr w:type="spellEnd"/>']
                rest = [""]
            else:
                rest.append(word)
        return "".join(out) + (self.run(" ".join(rest)) if "".join(rest) else "")

    def inline(self, text: str) -> str:
        out: list[str] = []
        for piece in pieces(text):
            self.changes += 1
            if piece.kind == "ins":
                out.append(f'<w:ins w:id="{self.changes}" {_AUTHOR}>{self.run(piece.text)}</w:ins>')
            elif piece.kind == "gone":
                out.append(f'<w:del w:id="{self.changes}" {_AUTHOR}>{self.run(piece.text, "delText")}</w:del>')
            elif piece.kind == "comment":
                number = len(self.comments)
                self.comments.append(piece.text)
                out.append(f'<w:commentRangeStart w:id="{number}"/><w:commentRangeEnd w:id="{number}"/>')
                out.append(f'<w:r><w:commentReference w:id="{number}"/></w:r>')
            elif piece.kind == "mark":
                kind = f"{self.essay.note(piece.text).kind}note"
                number = self.essay.number(piece.text)
                look = '<w:vertAlign w:val="superscript"/>'
                out.append(f'<w:r><w:rPr>{look}</w:rPr><w:{kind}Reference w:id="{number}"/></w:r>')
            else:
                out.append(self.cut(piece.text))
        return "".join(out)

    def paragraph(self, kind: str, inside: str) -> str:
        layout = self.essay.layout
        properties = ""
        style = _STYLE_IDS.get(kind, "ListParagraph" if kind == "number" else "")
        if style and not (self.docs and kind in ("quote", "bullet", "number")):
            properties += f'<w:pStyle w:val="{style}"/>'
        if kind in ("bullet", "number"):
            number = 1 if kind == "bullet" else 2
            properties += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        line = 480 if "double" in layout else 360 if "onehalf" in layout else 0
        after = 160 if "spaced" in layout else 0
        if line or after:
            rule = f' w:line="{line}" w:lineRule="auto"' if line else ""
            properties += f'<w:spacing w:after="{after}"{rule}/>'
        if kind == "quote" and self.docs:
            properties += '<w:ind w:left="720"/>'
        if "indent" in layout and kind == "body":
            properties += '<w:ind w:firstLine="567"/>'
        if "justified" in layout and kind == "body":
            properties += '<w:jc w:val="both"/>'
        rsid = "" if self.docs else ' w:rsidR="00A41B2C" w:rsidRDefault="00A41B2C"'
        return f"<w:p{rsid}><w:pPr>{properties}</w:pPr>{inside}</w:p>"

    def table(self, rows: list[Block]) -> str:
        out = ['<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>']
        out.append(f"<w:tblGrid>{'<w:gridCol/>' * len(rows[0].texts)}</w:tblGrid>")
        for row in rows:
            cells = "".join(
                f'<w:tc><w:tcPr><w:tcW w:w="2500" w:type="dxa"/></w:tcPr><w:p>{self.inline(cell)}</w:p></w:tc>'
                for cell in row.texts
            )
            out.append(f"<w:tr>{cells}</w:tr>")
        return "".join([*out, "</w:tbl>"])

    def box(self, text: str) -> str:
        inside = f"<w:txbxContent><w:p>{self.run(text)}</w:p></w:txbxContent>"
        shape = f"<wps:wsp><wps:spPr/><wps:txbx>{inside}</wps:txbx><wps:bodyPr/></wps:wsp>"
        graphic = (
            '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
            f"{shape}</a:graphicData></a:graphic>"
        )
        new = (
            '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="3600000" cy="720000"/>'
            f'<wp:docPr id="7" name="Text Box 7"/>{graphic}</wp:inline></w:drawing>'
        )
        old = f'<w:pict><v:shape style="width:283pt;height:57pt"><v:textbox>{inside}</v:textbox></v:shape></w:pict>'
        both = (
            f'<mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice>'
            f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
        )
        return f"<w:p><w:r>{both}</w:r></w:p>"

    def body(self) -> str:
        out: list[str] = []
        for line in filter(None, (self.essay.candidate, self.essay.question)):
            out.append(self.paragraph("question", self.cut(line)))
        waiting: list[Block] = []
        for block in [*self.essay.body, Block("", ("",))]:
            if block.kind == "row":
                waiting.append(block)
                continue
            if waiting:
                out.append(self.table(waiting))
                waiting = []
            if block.kind == "box":
                out.append(self.box(block.text))
            elif block.kind:
                out.append(self.paragraph(block.kind, self.inline(block.text)))
        columns = '<w:cols w:num="2" w:space="708"/>' if "columns" in self.essay.layout else ""
        margins = ""
        if "header" in self.essay.layout:
            margins += '<w:headerReference w:type="default" r:id="rId7"/>'
        if "pages" in self.essay.layout:
            margins += '<w:footerReference w:type="default" r:id="rId8"/>'
        size = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440"/>'
        return f"<w:body>{''.join(out)}<w:sectPr>{margins}{size}{columns}</w:sectPr></w:body>"

    def notes(self, kind: str) -> str:
        out: list[str] = []
        if not self.docs:  # Word keeps the line above the notes as two notes
            for number, mark in ((-1, "separator"), (0, "continuationSeparator")):
                out.append(f'<w:{kind}note w:type="{mark}" w:id="{number}"><w:p><w:r><w:{mark}/></w:r></w:p>')
                out.append(f"</w:{kind}note>")
        for note in self.essay.notes:
            if note.kind == kind:
                head = f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}noteRef/></w:r>'
                text = self.run(f" {note.text}")
                out.append(f'<w:{kind}note w:id="{self.essay.number(note.label)}"><w:p>{head}{text}</w:p>')
                out.append(f"</w:{kind}note>")
        return "".join(out)


def _styles() -> str:
    styles = "".join(
        f'<w:style w:type="paragraph" {more} w:styleId="{key}"><w:name w:val="{name}"/>{details}</w:style>'
        for key, name, details, more in _STYLES
    )
    return f"{_HEAD}<w:styles {_SPACES}>{styles}</w:styles>"


def _numbering() -> str:
    kinds = (("bullet", "●"), ("decimal", "%1."))
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{sign}"/></w:lvl></w:abstractNum>'
        for n, (kind, sign) in enumerate(kinds, start=1)
    )
    uses = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
    return f"{_HEAD}<w:numbering {_SPACES}>{lists}{uses}</w:numbering>"


def write(essay: Essay, path: Path, *, docs: bool = False) -> None:
    """Write the essay as a ``.docx``: of Word's shape, or of Google Docs'."""
    maker = _Maker(essay, docs=docs)
    parts = {
        "word/document.xml": f"{_HEAD}<w:document {_SPACES}>{maker.body()}</w:document>",
        "word/styles.xml": _styles(),
        "word/numbering.xml": _numbering(),
    }
    wanted = {"rId1": "styles", "rId2": "numbering"}
    for number, kind in ((3, "foot"), (4, "end")):
        if any(note.kind == kind for note in essay.notes):
            parts[f"word/{kind}notes.xml"] = f"{_HEAD}<w:{kind}notes {_SPACES}>{maker.notes(kind)}</w:{kind}notes>"
            wanted[f"rId{number}"] = f"{kind}notes"
    if maker.comments:
        said = "".join(
            f'<w:comment w:id="{n}" {_AUTHOR} w:initials="RA"><w:p>{maker.run(text)}</w:p></w:comment>'
            for n, text in enumerate(maker.comments)
        )
        parts["word/comments.xml"] = f"{_HEAD}<w:comments {_SPACES}>{said}</w:comments>"
        wanted["rId5"] = "comments"
    if "header" in essay.layout:
        parts["word/header1.xml"] = f"{_HEAD}<w:hdr {_SPACES}><w:p>{maker.run(essay.student)}</w:p></w:hdr>"
        wanted["rId7"] = "header1"
    if "pages" in essay.layout:
        field = f'<w:fldSimple w:instr=" PAGE ">{maker.run("2")}</w:fldSimple>'
        parts["word/footer1.xml"] = f"{_HEAD}<w:ftr {_SPACES}><w:p>{field}</w:p></w:ftr>"
        wanted["rId8"] = "footer1"
    relations = "".join(
        f'<Relationship Id="{key}" Type="{_R}/{name.rstrip("1")}" Target="{name}.xml"/>' for key, name in wanted.items()
    )
    parts["word/_rels/document.xml.rels"] = f'{_HEAD}<Relationships xmlns="{_REL}">{relations}</Relationships>'
    parts["_rels/.rels"] = (
        f'{_HEAD}<Relationships xmlns="{_REL}"><Relationship Id="rId1" Type="{_R}/officeDocument"'
        ' Target="word/document.xml"/></Relationships>'
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}.{_part_kind(name)}+xml"/>'
        for name in parts
        if name.startswith("word/") and not name.endswith(".rels")
    )
    types = (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("[Content_Types].xml", types)
        for name, content in parts.items():
            container.writestr(name, content)


def _part_kind(name: str) -> str:
    stem = name.rsplit("/", 1)[-1].removesuffix(".xml").rstrip("1")
    return "document.main" if stem == "document" else stem
