"""OpenDocument texts by the odfpy library: notes, tracked changes, comments, boxes, columns, heads and feet."""

from pathlib import Path
from typing import Any

from odf import dc, draw, office, style, table, text
from odf.namespaces import TEXTNS, XMLNS
from odf.opendocument import OpenDocumentText

from ..truth import Block, Essay, pieces

_WHEN = "2026-11-02T19:04:00"


def write(essay: Essay, path: Path) -> None:
    """Write the essay as an ``.odt``."""
    _Maker(essay).save(path)


class _Maker:
    def __init__(self, essay: Essay) -> None:
        self.essay = essay
        self.document = OpenDocumentText()
        self.changes: Any = None
        self.count = 0
        self.styles = {
            kind: self._style(kind) for kind in ("title", "heading", "body", "quote", "verse", "source", "plain")
        }

    def _style(self, kind: str) -> Any:
        layout = self.essay.layout
        made = style.Style(name=f"Essay_{kind}", family="paragraph")
        look: dict[str, str] = {}
        if kind == "body":
            look["lineheight"] = "200%" if "double" in layout else "150%" if "onehalf" in layout else "100%"
            if "indent" in layout:
                look["textindent"] = "1cm"
            if "spaced" in layout:
                look["marginbottom"] = "0.3cm"
            if "justified" in layout:
                look["textalign"] = "justify"
        if kind in ("quote", "verse"):
            look |= {"marginleft": "1.5cm", "marginright": "1.5cm", "marginbottom": "0.3cm"}
        if look:
            made.addElement(style.ParagraphProperties(**look))
        if "hyphens" in layout:
            made.addElement(style.TextProperties(hyphenate="true", language="en", country="GB", fontsize="12pt"))
        self.document.automaticstyles.addElement(made)
        return made

    def save(self, path: Path) -> None:
        whole = self.document.text
        self._margins()
        if "{+" in "".join(block.text for block in self.essay.blocks):
            self.changes = text.TrackedChanges()
            whole.addElement(self.changes)
        if "columns" in self.essay.layout:
            look = style.Style(name="Two", family="section")
            inner = style.SectionProperties()
            columns = style.Columns(columncount=2, columngap="0.8cm")
            for _ in range(2):
                columns.addElement(style.Column(relwidth="50*"))
            inner.addElement(columns)
            look.addElement(inner)
            self.document.automaticstyles.addElement(look)
            section = text.Section(name="Columns", stylename=look)
            whole.addElement(section)
            whole = section
        for line in filter(None, (self.essay.candidate, self.essay.question)):
            whole.addElement(text.P(stylename=self.styles["plain"], text=line))
        waiting: list[Block] = []
        for block in [*self.essay.body, Block("", ("",))]:
            if waiting and block.kind != waiting[0].kind:
                whole.addElement(self._table(waiting) if waiting[0].kind == "row" else self._list(waiting))
                waiting = []
            if block.kind in ("row", "bullet", "number"):
                waiting.append(block)
            elif block.kind:
                whole.addElement(self._block(block))
        self.document.save(str(path))

    def _margins(self) -> None:
        layout = style.PageLayout(name="Page")
        layout.addElement(style.PageLayoutProperties(pagewidth="21cm", pageheight="29.7cm", margin="2.5cm"))
        self.document.automaticstyles.addElement(layout)
        page = style.MasterPage(name="Standard", pagelayoutname=layout)
        if "header" in self.essay.layout:
            head = style.Header()
            head.addElement(text.P(text=self.essay.student))
            page.addElement(head)
        if "pages" in self.essay.layout:
            foot = style.Footer()
            line = text.P()
            line.addElement(text.PageNumber(selectpage="current", text="1"))
            foot.addElement(line)
            page.addElement(foot)
        self.document.masterstyles.addElement(page)

    def _block(self, block: Block) -> Any:
        if block.kind == "box":
            outer = text.P(stylename=self.styles["plain"])
            frame = draw.Frame(width="10cm", anchortype="paragraph")
            box = draw.TextBox(minheight="1cm")
            box.addElement(text.P(text=block.text))
            frame.addElement(box)
            outer.addElement(frame)
            return outer
        if block.kind == "heading":
            made = text.H(outlinelevel=1, stylename=self.styles["heading"])
        else:
            made = text.P(stylename=self.styles[block.kind])
        self._inline(made, block.text)
        return made

    def _inline(self, made: Any, said: str) -> None:
        for piece in pieces(said):
            if piece.kind in ("ins", "gone"):
                self._change(made, piece.kind, piece.text)
            elif piece.kind == "comment":
                note = office.Annotation()
                note.addElement(dc.Creator(text=self.essay.student))
                note.addElement(dc.Date(text=_WHEN))
                note.addElement(text.P(text=piece.text))
                made.addElement(note)
            elif piece.kind == "mark":
                made.addElement(self._note(piece.text))
            else:
                for n, line in enumerate(piece.text.split("\n")):
                    if n:
                        made.addElement(text.LineBreak())
                    made.addText(line)

    def _change(self, made: Any, kind: str, said: str) -> None:
        self.count += 1
        key = f"ct{self.count}"
        region = text.ChangedRegion(qattributes={(TEXTNS, "id"): key, (XMLNS, "id"): key})
        done = text.Insertion() if kind == "ins" else text.Deletion()
        told = office.ChangeInfo()
        told.addElement(dc.Creator(text=self.essay.student))
        told.addElement(dc.Date(text=_WHEN))
        done.addElement(told)
        if kind == "gone":
            done.addElement(text.P(text=said))
        region.addElement(done)
        self.changes.addElement(region)
        if kind == "gone":
            made.addElement(text.Change(changeid=key))
            return
        made.addElement(text.ChangeStart(changeid=key))
        made.addText(said)
        made.addElement(text.ChangeEnd(changeid=key))

    def _note(self, label: str) -> Any:
        note = self.essay.note(label)
        made = text.Note(noteclass=f"{note.kind}note", id=f"ftn{label}")
        number = self.essay.number(label)
        made.addElement(text.NoteCitation(text=str(number) if note.kind == "foot" else "i" * number))
        body = text.NoteBody()
        body.addElement(text.P(text=note.text))
        made.addElement(body)
        return made

    def _list(self, blocks: list[Block]) -> Any:
        look = text.ListStyle(name=f"L{blocks[0].kind}")
        if blocks[0].kind == "bullet":
            look.addElement(text.ListLevelStyleBullet(level=1, bulletchar="•"))
        else:
            look.addElement(text.ListLevelStyleNumber(level=1, numformat="1", numsuffix="."))
        self.document.automaticstyles.addElement(look)
        made = text.List(stylename=look)
        for block in blocks:
            item = text.ListItem()
            inner = text.P(stylename=self.styles["plain"])
            self._inline(inner, block.text)
            item.addElement(inner)
            made.addElement(item)
        return made

    def _table(self, rows: list[Block]) -> Any:
        made = table.Table(name="Figures")
        made.addElement(table.TableColumn(numbercolumnsrepeated=len(rows[0].texts)))
        for row in rows:
            line = table.TableRow()
            for cell in row.texts:
                box = table.TableCell(valuetype="string")
                box.addElement(text.P(text=cell))
                line.addElement(box)
            made.addElement(line)
        return made
