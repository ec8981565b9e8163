"""RTF in the shapes of Word, of WordPad and of TextEdit on a Mac, written by hand."""

from pathlib import Path

from ..truth import Block, Essay, final, pieces

_WORD_HEAD = (
    r"{\rtf1\adeflang1025\ansi\ansicpg1252\uc1\adeff0\deff0\stshfdbch0\stshfloch0\deflang2057"
    r"{\fonttbl{\f0\froman\fcharset0\fprq2{\*\panose 02020603050405020304}Times New Roman;}"
    r"{\f1\fbidi \fswiss\fcharset0 Calibri{\*\falt Arial};}{\f2\fcharset2 Symbol;}}"
    r"{\colortbl;\red0\green0\blue0;\red0\green0\blue255;}"
    r"{\stylesheet{\ql \li0\ri0\sa160 \fs22 \snext0 \sqformat Normal;}{\s1\ql \b\fs32 heading 1;}"
    r"{\s16 \fs20 footnote text;}}{\*\listtable{\list\listtemplateid1{\listlevel\levelnfc23{\leveltext\'01\'b7;}"
    r"{\levelnumbers;}\fi-360\li720 }{\listname ;}\listid7}}{\*\rsidtbl \rsid1234\rsid5678}"
    r"{\mmathPr\mmathFont34}{\info{\title Essay}{\author a student}{\creatim\yr2026\mo11\dy2}{\nofpages2}}"
    r"{\*\xmlnstbl {\xmlns1 http://schemas.microsoft.com/office/word/2003/wordml}}\paperw11906\paperh16838"
    r"\widowctrl\ftnbj\aenddoc\revisions{\*\ftnsep \pard\plain {\chftnsep \par}}"
)
_WORDPAD_HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0\nouicompat\deflang2057{\fonttbl{\f0\fnil\fcharset0 Calibri;}"
    r"{\f1\fnil\fcharset2 Symbol;}}" + "\r\n" + r"{\*\generator Riched20 10.0.19041}\viewkind4\uc1 "
)
_TEXTEDIT_HEAD = (
    r"{\rtf1\ansi\ansicpg1252\cocoartf2761" + "\n" + r"\cocoatextscaling0\cocoaplatform0{\fonttbl\f0\fswiss\fcharset0"
    r" Helvetica;}" + "\n" + r"{\colortbl;\red255\green255\blue255;}" + "\n" + r"{\*\expandedcolortbl;;}" + "\n"
    r"\paperw11900\paperh16840\margl1440\margr1440\vieww11520\viewh8400\viewkind0" + "\n"
    r"\pard\tx566\tx1133\pardirnatural\partightenfactor0" + "\n\n" + r"\f0\fs24 \cf0 "
)


def escaped(text: str, *, always_unicode: bool = False) -> str:
    """The text in RTF's seven bits: by its code page where that has the letter, as Word does, or by its number."""
    out: list[str] = []
    for letter in text:
        if letter in "\\{}":
            out.append(f"\\{letter}")
        elif letter == "\n":
            out.append("\\line ")
        elif letter == "\t":
            out.append("\\tab ")
        elif letter < "\x80":
            out.append(letter)
        else:
            try:
                byte = letter.encode("cp1252")[0]
            except UnicodeEncodeError:
                byte = 0
            if byte and not always_unicode:
                out.append(f"\\'{byte:02x}")
                continue
            units = letter.encode("utf-16-le", "surrogatepass")
            for n in range(0, len(units), 2):
                number = int.from_bytes(units[n : n + 2], "little", signed=True)
                out.append(f"\\u{number}?")
    return "".join(out)


def _word_inline(essay: Essay, text: str) -> str:
    out: list[str] = []
    for n, piece in enumerate(pieces(text)):
        said = escaped(piece.text, always_unicode=n % 2 == 1)
        if piece.kind == "ins":
            out.append(rf"{{\rtlch\fcs1 \af0 \ltrch\fcs0 \revised\revauth1\revdttm1 {said}}}")
        elif piece.kind == "gone":
            out.append(rf"{{\rtlch\fcs1 \af0 \ltrch\fcs0 \deleted\revauthdel1\revdttmdel1 {said}}}")
        elif piece.kind == "comment":
            out.append(
                rf"{{\*\atnid RA}}{{\*\atnauthor R. A.}}\chatn {{\*\annotation {{\*\atndate 1}}\pard\plain {said}}}"
            )
        elif piece.kind == "mark":
            note = essay.note(piece.text)
            alt = r"\ftnalt" if note.kind == "end" else ""
            inner = rf"\pard\plain \s16 \fs20 {{\super \chftn }}{{ {escaped(note.text)}}}"
            out.append(rf"{{\super \chftn {{\footnote{alt} {inner}}}}}")
        else:  # Word breaks its own lines where it likes; a line end in RTF is nothing
            out.append("{" + r"\rtlch\fcs1 \af0 \ltrch\fcs0 \insrsid1234 " + "\r\n" + said + "}")
    return "".join(out)


def _row(row: Block) -> str:
    edges = "".join(rf"\clbrdrt\brdrs\cellx{3000 * (n + 1)}" for n in range(len(row.texts)))
    cells = "".join(rf"{{{escaped(cell)}\cell }}" for cell in row.texts)
    return rf"\trowd \trgaph108\trleft-108{edges}\pard\plain \intbl {cells}\pard \intbl {{\trowd{edges}\row }}"


def word(essay: Essay, path: Path) -> None:
    """Write the essay as Word saves RTF: styles, lists, notes, revisions, comments, boxes, heads and feet."""
    layout = essay.layout
    out = [_WORD_HEAD]
    if "columns" in layout:
        out.append(r"\cols2\colsx708 ")
    if "header" in layout:
        out.append(rf"{{\header \pard\plain {{{escaped(essay.student)}\par }}}}")
    if "pages" in layout:
        out.append(r"{\footer \pard\plain \qc {\field{\*\fldinst { PAGE }}{\fldrslt {\lang1024\noproof 2}}}{\par }}")
    shape = r"\sl480\slmult1 " if "double" in layout else r"\sl360\slmult1 " if "onehalf" in layout else ""
    shape += r"\fi567 " if "indent" in layout else ""
    out += [rf"\pard\plain \ql {{{escaped(line)}\par }}" for line in (essay.candidate, essay.question) if line]
    number = 0
    for block in essay.body:
        number = number + 1 if block.kind == "number" else 0
        if block.kind == "row":
            out.append(_row(block))
        elif block.kind == "box":
            inner = rf"\pard\plain {{{escaped(block.text)}\par }}"
            out.append(
                rf"\pard\plain {{\shp{{\*\shpinst\shpleft100\shptop10{{\sp{{\sn shapeType}}{{\sv 202}}}}"
                rf"{{\shptxt {inner}}}}}{{\shprslt{{\*\do\dobxcolumn\dptxbx{{\dptxbxtext {inner}}}}}}}}}\par "
            )
        elif block.kind in ("bullet", "number"):
            sign = r"\'b7" if block.kind == "bullet" else f"{number}."
            out.append(rf"{{\listtext\pard\plain\f2 {sign}\tab}}\pard\plain \fi-360\li720\ls1 ")
            out.append(_word_inline(essay, block.text) + r"{\par }")
        else:
            style = r"\s1\b\fs32 " if block.kind in ("heading", "title") else ""
            style += r"\li720\ri720 " if block.kind in ("quote", "verse") else ""
            style += shape if block.kind == "body" else ""
            out.append(rf"\pard\plain {style}{_word_inline(essay, block.text)}{{\par }}")
        out.append("\r\n")
    path.write_bytes("".join([*out, "}"]).encode("ascii"))


def wordpad(essay: Essay, path: Path) -> None:
    """Write the essay as WordPad does: paragraphs, bullets, nothing else."""
    out = [_WORDPAD_HEAD]
    for line in filter(None, (essay.candidate, essay.question)):
        out.append(rf"\pard\sa200\sl276\slmult1\f0\fs22\lang9 {escaped(line)}\par" + "\r\n")
    number = 0
    for block in essay.body:
        number = number + 1 if block.kind == "number" else 0
        text = escaped(final(block.text))
        if block.kind == "bullet":
            out.append(
                rf"\pard{{\pntext\f1\'B7\tab}}{{\*\pn\pnlvlblt\pnf1\pnindent0{{\pntxtb\'B7}}}}\fi-360\li720 {text}"
            )
        elif block.kind == "number":
            out.append(rf"\pard{{\pntext\f0 {number}.\tab}}{{\*\pn\pnlvlbody\pnf0\pnstart1\pndec}}\fi-360\li720 {text}")
        elif block.kind == "heading":
            out.append(rf"\pard\b {text}\b0")
        else:
            out.append(rf"\pard {text}")
        out.append("\\par\r\n")
    path.write_bytes("".join([*out, "}\r\n\0"]).encode("ascii"))  # its real files end in a NUL


def textedit(essay: Essay, path: Path) -> None:
    """Write the essay as TextEdit does: a backslash before the line end closes a paragraph, empty ones between."""
    out = [_TEXTEDIT_HEAD]
    lines = [line for line in (essay.candidate, essay.question) if line]
    lines += [final(block.text) for block in essay.body]
    gap = "\\\n\\\n" if "spaced" in essay.layout else "\\\n"
    body = gap.join(escaped(line).replace("\\line ", "\\uc0\\u8232 ") for line in lines)
    path.write_bytes("".join([*out, body, "}"]).encode("ascii"))
