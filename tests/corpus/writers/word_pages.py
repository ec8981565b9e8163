"""Pages in the shape of Word's "Web Page": Windows-1252, conditional comments, source lines wrapped at any space."""

from pathlib import Path

from ..truth import Block, Essay, pieces
from .pages import breaks_as_tags as _lines

_HEAD = (
    '<html xmlns:v="urn:schemas-microsoft-com:vml"\nxmlns:o="urn:schemas-microsoft-com:office:office"\n'
    'xmlns:w="urn:schemas-microsoft-com:office:word"\nxmlns="http://www.w3.org/TR/REC-html40">\n\n<head>\n'
    '<meta http-equiv=Content-Type content="text/html; charset=windows-1252">\n<meta name=ProgId'
    ' content=Word.Document>\n<meta name=Generator content="Microsoft Word 15">\n<title>Essay</title>\n'
    "<!--[if gte mso 9]><xml>\n <w:WordDocument>\n  <w:View>Normal</w:View>\n </w:WordDocument>\n</xml><![endif]-->"
    "\n<style>\n<!--\n /* Style Definitions */\n p.MsoNormal, li.MsoNormal, div.MsoNormal\n\t"
    '{mso-style-unhide:no;\n\tmargin:0cm;\n\tfont-size:12.0pt;\n\tfont-family:"Times New Roman",serif;}\n-->\n'
    "</style>\n</head>\n\n<body lang=EN-GB style='tab-interval:36.0pt;word-wrap:break-word'>\n\n<div"
    " class=WordSection1>\n"
)
_SPACES = "<span\nstyle='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;&nbsp; </span>"


def write(essay: Essay, path: Path) -> None:
    """Write the essay as Word does: lists typed out, notes and comments in lists of their own at the end."""
    out = [_HEAD]
    out += [_mso("MsoNormal", _lines(line)) for line in (essay.candidate, essay.question) if line]
    number = 0
    rows: list[Block] = []
    for block in [*essay.body, Block("", ("",))]:
        number = number + 1 if block.kind == "number" else 0
        if block.kind == "row":
            rows.append(block)
            continue
        if rows:
            out.append(_table(rows))
            rows = []
        said = _inline(essay, block.text)
        if block.kind in ("bullet", "number"):
            sign = "·" if block.kind == "bullet" else f"{number}."
            mark = f"<span style='mso-list:Ignore'>{sign}{_SPACES}</span>"
            mark = f"<![if !supportLists]><span\nstyle='font-family:Symbol'>{mark}</span><![endif]>"
            out.append(_mso("MsoListParagraph", mark + said))
        elif block.kind in ("heading", "title"):
            out.append(f"<h1>{said}<o:p></o:p></h1>\n\n")
        elif block.kind and block.kind != "box":
            out.append(_mso("MsoQuote" if block.kind == "quote" else "MsoNormal", said))
    out.append("</div>\n\n")
    out += [_notes(essay, kind) for kind in ("foot", "end")]
    out.append(_comments(essay))
    out.append("</body>\n\n</html>\n")
    # Word writes what its code page lacks as numbers.
    path.write_bytes("".join(out).encode("cp1252", "xmlcharrefreplace").replace(b"\n", b"\r\n"))


def _table(rows: list[Block]) -> str:
    out = ["<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0>\n"]
    for row in rows:
        cells = "".join(f" <td width=200 valign=top>\n {_mso('MsoNormal', _lines(cell))} </td>\n" for cell in row.texts)
        out.append(f" <tr>\n{cells} </tr>\n")
    return "".join([*out, "</table>\n\n"])


def _notes(essay: Essay, kind: str) -> str:
    notes = [note for note in essay.notes if note.kind == kind]
    if not notes:
        return ""
    out = [f"<div style='mso-element:{kind}note-list'><![if !support{kind.title()}notes]><br clear=all>\n\n"]
    out.append('<hr align=left size=1 width="33%">\n\n<![endif]>\n\n')
    for note in notes:
        key, label = _key(essay, note)
        name = key.replace("n", "nref", 1)
        link = (
            f'<a style=\'mso-{kind}note-id:{key}\' href="#_{name}" name="_{key}" title=""><span\n'
            f"class=MsoFootnoteReference><span style='mso-special-character:footnote'>[{label}]</span></span></a>"
        )
        said = _mso("MsoFootnoteText", f"{link} {_lines(note.text)}")
        out.append(f"<div style='mso-element:{kind}note' id={key}>\n\n{said}</div>\n\n")
    return "".join([*out, "</div>\n\n"])


def _comments(essay: Essay) -> str:
    found = [p.text for block in essay.blocks for text in block.texts for p in pieces(text) if p.kind == "comment"]
    if not found:
        return ""
    out = ["<div style='mso-element:comment-list'><![if !supportAnnotations]>\n\n<hr class=msocomoff>\n\n<![endif]>"]
    for n, comment in enumerate(found, start=1):
        said = _mso("MsoCommentText", f'<a class=msocomoff href="#_msoanchor_{n}">[RA{n}]</a>{_lines(comment)}')
        inner = f'<div id="_com_{n}" class=msocomtxt>\n\n{said}</div>'
        out.append(f"<div style='mso-element:comment'>\n\n{inner}\n\n</div>\n\n")
    return "".join([*out, "</div>\n\n"])


def _key(essay: Essay, note: Block) -> tuple[str, str]:
    """The name of a note and its label: Word counts endnotes in Roman numbers."""
    n = essay.number(note.label)
    return (f"ftn{n}", str(n)) if note.kind == "foot" else (f"edn{n}", "i" * n)


def _mso(name: str, inside: str) -> str:
    """A paragraph as Word lays out its source: wrapped at 80 characters wherever there is a space."""
    words = f"<p class={name}>{inside}<o:p></o:p></p>".split(" ")
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1].rsplit("\n", 1)[-1]) + len(word) > 79:
            lines.append(word)
        else:
            lines[-1] += f" {word}"
    return "\n".join(lines) + "\n\n"


def _inline(essay: Essay, text: str) -> str:
    out: list[str] = []
    for piece in pieces(text):
        if piece.kind == "mark":
            note = essay.note(piece.text)
            key, label = _key(essay, note)
            name = key.replace("n", "nref", 1)
            out.append(
                f'<a style="mso-{note.kind}note-id:{key}" href="#_{key}" name="_{name}" title=""><span '
                f"class=MsoFootnoteReference><span style='mso-special-character:footnote'>[{label}]</span></span></a>"
            )
        elif piece.kind == "comment":
            out.append(
                "<span class=MsoCommentReference><span style='font-size:8.0pt'><![if !supportAnnotations]><a "
                'class=msocomanchor id="_anchor_1" href="#_msocom_1" name="_msoanchor_1">[RA1]</a><![endif]>'
                "<span style='mso-special-character:comment'>&nbsp;</span></span></span>"
            )
        elif piece.kind == "gone":
            out.append(f'<s><del cite="mailto:R%20A" datetime="2026-11-02T19:04">{_lines(piece.text)}</del></s>')
        elif piece.kind == "ins":
            out.append(f'<ins cite="mailto:R%20A" datetime="2026-11-02T19:04">{_lines(piece.text)}</ins>')
        elif piece.kind == "text":
            out.append(_lines(piece.text))
    return "".join(out)
