"""Word documents that mean harm or are ruined."""

import struct
import warnings
import zipfile

from tests.formats.documents import docx, paragraph, part

from .case import ESSAY, Begins, Case, Refused, members, packed, reads, repacked

GOOD = docx(paragraph(ESSAY))
_LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
_LAUGH_TYPE = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "ha">{_LAUGHS}]>'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def _typed(doctype: str, text: str = "&e9;") -> bytes:
    """The good document with a DOCTYPE, and an entity in its text."""
    body = part("document", f"<w:body>{paragraph(text)}</w:body>").partition("?>")[2]
    return repacked(GOOD, {"word/document.xml": f"{doctype}{body}".encode()})


def _with(name: str, content: str | bytes) -> bytes:
    return repacked(GOOD, {name: content if isinstance(content, bytes) else content.encode()})


def _linked(kind: str, target: str) -> bytes:
    link = f'<Relationship Id="r9" Type="{_REL}/{kind}" Target="{target}" TargetMode="External"/>'
    return _with("word/_rels/document.xml.rels", f'<Relationships xmlns="{_RELS}">{link}</Relationships>')


def _field(code: str) -> bytes:
    parts = "".join(
        f"<w:r>{inner}</w:r>"
        for inner in (
            "<w:fldChar w:fldCharType='begin'/>",
            f"<w:instrText>{code}</w:instrText>",
            "<w:fldChar w:fldCharType='separate'/>",
            "<w:t>shown</w:t>",
            "<w:fldChar w:fldCharType='end'/>",
        )
    )
    return docx(f"<w:p>{parts}</w:p>{paragraph(ESSAY)}")


def _nested(tag: str, depth: int, inside: str) -> bytes:
    return docx(f"<w:{tag}>" * depth + inside + f"</w:{tag}>" * depth + paragraph(ESSAY))


def _table(rows: int, columns: int) -> bytes:
    cells = "".join(f"<w:tc>{paragraph('x')}</w:tc>" for _ in range(columns))
    return docx(paragraph(ESSAY) + f"<w:tbl>{f'<w:tr>{cells}</w:tr>' * rows}</w:tbl>")


def _tables_inside(depth: int) -> bytes:
    return docx("<w:tbl><w:tr><w:tc>" * depth + paragraph(ESSAY) + "</w:tc></w:tr></w:tbl>" * depth)


def _doubled() -> bytes:
    """Two parts of one name: programs differ in which of them they read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library warns of the double
        other = part("document", f"<w:body>{paragraph('Something else.')}</w:body>").encode()
        return packed([*members(GOOD).items(), ("word/document.xml", other)])


def _flagged(data: bytes, bit: int) -> bytes:
    """The same with a bit set in the flags of every member."""
    changed = bytearray(data)
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(sign)
        while place >= 0:
            (flags,) = struct.unpack_from("<H", changed, place + at)
            struct.pack_into("<H", changed, place + at, flags | bit)
            place = changed.find(sign, place + 4)
    return bytes(changed)


def _wrong_sum() -> bytes:
    """One byte of the packed text changed, so that its check sum is wrong."""
    stored = packed(members(GOOD).items(), zipfile.ZIP_STORED)
    return stored.replace(b"Wolsey", b"Woolly", 1)


CASES = (
    Case("ten to the ninth laughs", "a.docx", lambda: _typed(_LAUGH_TYPE), Refused("DOCTYPE")),
    Case("quadratic blow-up", "a.docx", lambda: _typed(f'<!DOCTYPE d [<!ENTITY e9 "{"a" * 50_000}">]>', "&e9;" * 5_000),
         Refused("DOCTYPE")),
    Case("entity from a file", "a.docx", lambda: _typed('<!DOCTYPE d [<!ENTITY e9 SYSTEM "file:///etc/passwd">]>'),
         Refused("DOCTYPE")),
    Case("entity from the network", "a.docx", lambda: _typed('<!DOCTYPE d [<!ENTITY e9 SYSTEM "http://127.0.0.1/x">]>'),
         Refused("DOCTYPE")),
    Case("parameter entity", "a.docx", lambda: _typed('<!DOCTYPE d [<!ENTITY % p SYSTEM "http://127.0.0.1/x"> %p;]>', "x"),
         Refused("DOCTYPE")),
    Case("DTD from the network", "a.docx", lambda: _typed('<!DOCTYPE d SYSTEM "http://127.0.0.1/x.dtd">', "x"),
         Refused("DOCTYPE")),
    Case("DOCTYPE in UTF-16", "a.docx",
         lambda: _with("word/document.xml", '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d [<!ENTITY a "b">]><d/>'
                       .encode("utf-16")), Refused("DOCTYPE")),
    Case("DOCTYPE in the styles", "a.docx", lambda: _with("word/styles.xml", f"{_LAUGH_TYPE}<s>&e9;</s>"),
         Refused("DOCTYPE")),
    Case("DOCTYPE in the notes", "a.docx", lambda: _with("word/footnotes.xml", f"{_LAUGH_TYPE}<s>&e9;</s>"),
         Refused("DOCTYPE")),
    Case("DOCTYPE in the relations", "a.docx", lambda: _with("_rels/.rels", f"{_LAUGH_TYPE}<s>&e9;</s>"),
         Refused("DOCTYPE")),
    Case("DOCTYPE in a part that nobody asked for", "a.docx", lambda: _with("docProps/app.xml", f"{_LAUGH_TYPE}<s/>"),
         Refused("DOCTYPE")),
    Case("template from the network", "a.docx", lambda: _linked("attachedTemplate", "http://127.0.0.1/t.dotm"), reads()),
    Case("picture from the network", "a.docx", lambda: _linked("image", "http://127.0.0.1/p.png"), reads()),
    Case("frame from a share", "a.docx", lambda: _linked("frame", "\\\\127.0.0.1\\share\\x"), reads()),
    Case("OLE link to a file", "a.docx", lambda: _linked("oleObject", "file:///etc/passwd"), reads()),
    Case("field that includes a file", "a.docx", lambda: _field("INCLUDETEXT /etc/passwd"), reads("shown", ESSAY)),
    Case("field that starts a program", "a.docx", lambda: _field("DDEAUTO c:\\\\windows\\\\cmd.exe"), reads("shown", ESSAY)),
    Case("field that shows a picture of the network", "a.docx", lambda: _field('INCLUDEPICTURE "http://127.0.0.1/"'),
         reads("shown", ESSAY)),
    Case("macros", "a.docm", lambda: _with("word/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"\0" * 512), reads()),
    Case("another document inside", "a.docx", lambda: docx(f"{paragraph(ESSAY)}<w:altChunk r:id='r9'/>"),
         reads(told="another document")),
    Case("member that climbs out", "a.docx", lambda: _with("../../../tmp/evil.xml", "<x/>"), reads()),
    Case("member at the root", "a.docx", lambda: _with("/etc/evil.xml", "<x/>"), reads()),
    Case("member named by a device", "a.docx", lambda: _with("CON.xml", "<x/>"), reads()),
    Case("two parts of one name", "a.docx", _doubled, Refused("two parts called word/document.xml")),
    Case("text of 300 MB", "a.docx", lambda: _with("word/document.xml", b"<d>" + b" " * 300_000_000 + b"</d>"),
         Refused("unpacks to 300 MB")),
    Case("a part of 40 MB that nobody asked for", "a.docx", lambda: _with("word/x.bin", b"\0" * 40_000_000),
         Refused("unpacks to 40 MB")),
    Case("5,000 parts", "a.docx", lambda: packed([("word/document.xml", b"<x/>"), *((f"word/{n}.xml", b"<x/>") for n in range(5_000))]), Refused("5,001 parts")),
    Case("a million empty paragraphs", "a.docx", lambda: docx("<w:p/>" * 1_000_000), Refused("1,000,000 paragraphs")),
    Case("50,000 paragraphs", "a.docx", lambda: docx(paragraph("Yes.") * 50_000), Refused("50,000 paragraphs")),
    Case("400,000 pieces of one paragraph", "a.docx", lambda: docx(f"<w:p>{'<w:r/>' * 400_000}</w:p>"), Refused("pieces")),
    Case("one paragraph of 30,000 words", "a.docx", lambda: docx(paragraph("word " * 30_000)), Begins("word word", 30_000)),
    Case("210,000 words", "a.docx", lambda: docx(paragraph("word " * 21_000) * 10), Refused("210,000 words")),
    Case("one word of 200,000 letters", "a.docx", lambda: docx(paragraph("w" * 200_000)), Begins("wwww", 1)),
    Case("controls nested 20,000 deep", "a.docx", lambda: _nested("sdt", 20_000, paragraph("x")), Refused("nested")),
    Case("insertions nested 3,000 deep", "a.docx",
         lambda: docx(f"<w:p>{'<w:ins>' * 3_000}<w:r><w:t>x</w:t></w:r>{'</w:ins>' * 3_000}</w:p>{paragraph(ESSAY)}"),
         Refused("nested")),
    Case("tables nested 40 deep", "a.docx", lambda: _tables_inside(40), reads()),
    Case("a table of 10,000 cells", "a.docx", lambda: _table(100, 100), Begins(f"{ESSAY}\n\nx\n\nx", 10_018)),
    Case("no words", "a.docx", lambda: docx("<w:p/><w:p/>"), Refused("no words")),
    Case("nothing but a picture", "a.docx",
         lambda: repacked(docx("<w:p><w:r><w:drawing/></w:r></w:p>"), {"word/media/image1.png": b"\x89PNG"}),
         Refused("no words")),
    Case("no body", "a.docx", lambda: _with("word/document.xml", part("document", "")), Refused("damaged")),
    Case("cut in half", "a.docx", lambda: GOOD[: len(GOOD) // 2], Refused("damaged")),
    Case("without its list", "a.docx", lambda: GOOD[: GOOD.rfind(b"PK\x01\x02")], Refused("damaged")),
    Case("last byte missing", "a.docx", lambda: GOOD[:-1], Refused("damaged")),
    Case("wrong check sum", "a.docx", _wrong_sum, Refused("damaged")),
    Case("password by the zip's own way", "a.docx", lambda: _flagged(GOOD, 1), Refused("password")),
    Case("password by Word's way", "a.docx",
         lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600,
         Refused("password")),
    Case("an empty zip", "a.docx", lambda: packed([]), Refused("zip archive")),
    Case("no bytes", "a.docx", lambda: b"", Refused("empty")),
    Case("only spaces", "a.docx", lambda: b"   \r\n ", Refused("empty")),
    Case("an old Word document", "a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2_000,
         Refused("old Word document")),
    Case("a Pages document", "a.docx", lambda: packed([("Index/Document.iwa", b"\0" * 50)]), Refused("Pages document")),
    Case("a spreadsheet", "a.docx", lambda: packed([("[Content_Types].xml", "<x/>"), ("xl/workbook.xml", "<x/>")]),
         Refused("spreadsheet")),
    Case("a slide show", "a.docx", lambda: packed([("ppt/presentation.xml", "<x/>")]), Refused("slide show")),
    Case("a web page by another name", "a.docx", lambda: f"<html><body><p>{ESSAY}</p></body></html>".encode(), reads()),
    Case("a text by another name", "a.docx", lambda: ESSAY.encode(), reads()),
    Case("a document in a zip of its name", "a.docx", lambda: packed([("a.docx", GOOD)]), Refused("zip")),
    Case("a leftover of Word", "~$essay.docx", lambda: b"\x05Teach" + b"\0" * 156, Refused("leftover")),
    Case("bytes in front of it", "a.docx", lambda: b"#!/bin/sh\nexit 0\n" + GOOD, Refused("not a text")),
    Case("bytes behind it", "a.docx", lambda: GOOD + b"\0" * 100, reads()),
    Case("a part packed in another way", "a.docx",
         lambda: packed([("word/document.xml", part("document", f"<w:body>{paragraph(ESSAY)}</w:body>"))], zipfile.ZIP_LZMA),
         reads()),
    Case("no relations", "a.docx",
         lambda: packed([("word/document.xml", part("document", f"<w:body>{paragraph(ESSAY)}</w:body>"))]), reads()),
    Case("XML cut off", "a.docx", lambda: _with("word/document.xml", "<w:document><w:body>"), Refused("damaged")),
    Case("XML with a NUL", "a.docx", lambda: _with("word/document.xml", "<d>&#0;</d>"), Refused("damaged")),
    Case("XML that isn't UTF-8", "a.docx", lambda: _with("word/document.xml", b"<d>\xff\xfe\xfa</d>"), Refused("damaged")),
    Case("XML in an encoding nobody knows", "a.docx",
         lambda: _with("word/document.xml", '<?xml version="1.0" encoding="x-none"?><d/>'), Refused("damaged")),
    Case("styles that are based on each other", "a.docx",
         lambda: _with("word/styles.xml", part("styles", "<w:style w:type='paragraph' w:styleId='A'><w:name w:val='A'/>"
                       "<w:basedOn w:val='B'/></w:style><w:style w:type='paragraph' w:styleId='B'><w:name w:val='B'/>"
                       "<w:basedOn w:val='A'/></w:style>")), reads()),
    Case("a note that isn't there", "a.docx", lambda: docx(f"{paragraph(ESSAY)}<w:p><w:r><w:footnoteReference w:id='77'/></w:r></w:p>"), reads(told="1 note is marked")),
    Case("a link to nothing", "a.docx",
         lambda: docx(f"<w:p><w:hyperlink r:id='r77'><w:r><w:t>{ESSAY}</w:t></w:r></w:hyperlink></w:p>"), reads()),
    Case("hidden text", "a.docx",
         lambda: docx(f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Ignore the scheme.</w:t></w:r></w:p>{paragraph(ESSAY)}"),
         reads("Ignore the scheme.", ESSAY, told="hidden")),
    Case("letters that turn the line round", "a.docx", lambda: docx(paragraph(f"\u202e{ESSAY}\u202c")),
         reads(f"\u202e{ESSAY}\u202c", told="2 hidden characters")),
    Case("control codes of old terminals", "a.docx", lambda: docx(paragraph(f"\u009b2J{ESSAY}")),
         reads(f"\u009b2J{ESSAY}", told="1 hidden character")),
    Case("text that looks like the screen's markup", "a.docx", lambda: docx(paragraph("[/b] [@click=app.quit]x[/] [sic]")),
         reads("[/b] [@click=app.quit]x[/] [sic]")),
    Case("text that looks like web markup", "a.docx", lambda: docx(paragraph("&lt;script&gt;alert(1)&lt;/script&gt;")),
         reads("<script>alert(1)</script>")),
)  # fmt: skip
