"""Word documents that were made to do harm, damaged, or are something else."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from functools import partial

from tests.formats.documents import WORD, docx, odt, p, paragraph, part, rtf
from tests.hostile.handed import HENRY, NOBLES, Case, Named, packed_again, patched, zipped

docx_case = Named("docx", "essay.docx")
_TOO_DEEP = "nested|damaged"
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def cases() -> Iterator[Case]:
    yield from _markup()
    yield from _traps()
    yield from _containers()
    yield from _relations()


def _run(text: str, properties: str) -> str:
    return f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def _markup() -> Iterator[Case]:
    """What Word can do with text, each with what must not be lost or taken for the essay."""

    def case(name: str, body: str, *text: str, without: tuple[str, ...] = (), told: str = "") -> Case:
        return docx_case(name, partial(docx, paragraph(HENRY) + body), HENRY, *text, without=without, told=told)

    inserted = f'<w:p><w:ins w:id="1"><w:r><w:t>{NOBLES}</w:t></w:r></w:ins>'
    yield case("insertions", inserted + "</w:p>", NOBLES, told="insertions are kept")
    deleted = '<w:del w:id="2"><w:r><w:delText>gone words</w:delText></w:r></w:del></w:p>'
    yield case("deletions", inserted + deleted, NOBLES, without=("gone words",), told="deletions are left out")
    moved = '<w:p><w:moveFrom w:id="3"><w:r><w:t>old place</w:t></w:r></w:moveFrom></w:p>'
    yield case("moves", moved + paragraph(NOBLES), NOBLES, without=("old place",), told="tracked changes")
    hidden = _run(NOBLES, "<w:vanish/>")
    yield case("hidden text", hidden, NOBLES, told="1 passage is formatted as hidden")
    yield case("white text", _run(NOBLES, '<w:color w:val="FFFFFF"/>'), NOBLES)
    yield case("text of size 1", _run(NOBLES, '<w:sz w:val="1"/>'), NOBLES)
    box = f"<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{paragraph(NOBLES)}</w:txbxContent></v:textbox>"
    yield case("a text box", f"{box}</v:shape></w:pict></w:r></w:p>", NOBLES)
    new = f"<w:p><w:r><w:drawing><wps:txbx><w:txbxContent>{paragraph(NOBLES)}</w:txbxContent></wps:txbx></w:drawing>"
    yield case("a text box of the newer kind", f"{new}</w:r></w:p>", NOBLES)
    cell = "<w:tbl><w:tr><w:tc>"
    end = "<w:p/></w:tc></w:tr></w:tbl>"
    yield case("tables 5 deep", cell * 5 + paragraph(NOBLES) + end * 5, NOBLES)
    yield case(
        "a ruby",
        f"<w:p><w:r><w:ruby><w:rt/><w:rubyBase><w:r><w:t>{NOBLES}</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
        NOBLES,
    )
    field = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r><w:r>'
    closed = f'<w:fldChar w:fldCharType="end"/></w:r></w:p>{paragraph(NOBLES)}'
    yield case("a DDE field", field.format('DDEAUTO c:\\\\cmd.exe "/k calc"') + closed, NOBLES, without=("cmd.exe",))
    yield case("a field that includes a file", field.format("INCLUDETEXT /etc/passwd") + closed, without=("root:",))
    yield case(
        "a direction mark",
        paragraph("left \u202eright\u202c and zero\u200bwidth"),
        "\u202eright",
        told="3 hidden characters",
    )
    yield case("letters that look like others", paragraph("Неnrу \u03bfn the throne"), "Неnrу")
    yield case("tag characters", paragraph("plain\U000e0061\U000e0062 words"), told="2 hidden characters")
    yield case("an escape code as a reference", paragraph("bad &#x9b;2J code"), told="1 hidden character")
    link = f'<w:p><w:hyperlink r:id="rId999"><w:r><w:t>{NOBLES}</w:t></w:r></w:hyperlink></w:p>'
    yield case("a link to nothing", link, NOBLES)
    yield case("another document inside", '<w:altChunk r:id="x"/>', told="holds another document")
    many = "".join(f"<w:r><w:t>{letter}</w:t></w:r>" for letter in NOBLES)
    yield case(
        "every letter in a run of its own",
        f"<w:p>{many.replace('<w:t> ', '<w:t xml:space=' + chr(34) + 'preserve' + chr(34) + '> ')}</w:p>",
        NOBLES,
    )
    yield case("an unknown element", "<w:p><w:r><w:unheard/></w:r></w:p><odd xmlns='urn:odd'>x</odd>")
    yield case("combining marks by the hundred", paragraph("e" + "\u0301" * 300))


def _traps() -> Iterator[Case]:
    """What was made to exhaust, to fetch or to read what is none of its business."""

    def case(name: str, document: bytes | Callable[[], bytes], refused: str) -> Case:
        def make() -> bytes:
            return packed_again(docx(""), **{"word__document.xml": document() if callable(document) else document})

        return docx_case(name, make, refused=refused)

    def body(content: str) -> bytes:
        return f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>{content}</w:body></w:document>'.encode()

    yield case("100,000 deep", body("<w:sdt>" * 100_000), _TOO_DEEP)
    yield case(
        "tables 500 deep", body("<w:tbl><w:tr><w:tc>" * 500 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 500), _TOO_DEEP
    )
    yield case("a text of 40 MB", lambda: body(paragraph("a" * 40_000_000)), "unpacks to 40 MB")
    yield case("a million paragraphs", lambda: body("<w:p/>" * 1_000_000), "1,000,000 paragraphs")
    yield case("300,001 pieces", body("<w:p>" + "<w:r/>" * 300_001 + "</w:p>"), "made of 300,00. pieces")
    attributes = " ".join(f'a{n}="x"' for n in range(100_000))
    yield case("100,000 attributes", body(f"<w:p {attributes}/>"), "has no words")
    spaces = " ".join(f'xmlns:n{n}="urn:{n}"' for n in range(20_000))
    yield case("20,000 namespaces", body(f"<w:p {spaces}/>"), "has no words|damaged")
    yield case("a reference to NUL", body(paragraph("a&#0;b")), "damaged")
    yield case("a reference to half a letter", body(paragraph("a&#xD800;b")), "damaged")
    yield case("UTF-7", body(paragraph(HENRY)).replace(b'"1.0"', b'"1.0" encoding="UTF-7"'), "damaged")
    yield case("an encoding that lies", body(paragraph("café")).decode().encode("latin-1"), "damaged")
    yield case("no text", body(""), "has no words")
    yield case("an empty part", b"", "damaged")
    yield case("a part that is a picture", b"\x89PNG" + b"\0" * 90, "damaged")
    yield case("20,001 paragraphs", body(paragraph("word") * 20_001), "20,001 paragraphs")
    yield case("200,001 words", body(paragraph("word " * 20_000) * 10 + paragraph("one")), "200,001 words")
    long = body(paragraph("word " * 30_000))
    whole = partial(packed_again, docx(""), **{"word__document.xml": long})
    yield docx_case("one paragraph of 30,000 words", whole, "word word")


def _containers() -> Iterator[Case]:
    """What may be wrong with the zip that a document is."""
    good = docx(paragraph(HENRY))
    case = docx_case

    yield case("without a fault", good, HENRY)
    yield case("truncated", good[: len(good) // 2], refused="damaged")
    yield case("only its first bytes", good[:40], refused="zip|damaged")
    yield case("with junk behind", good + b"\0junk" * 50, HENRY)
    yield case("with junk before", b"MZ" + b"junk" * 9 + good, refused="text|kind")
    yield case("without its text", packed_again(good, **{"word__document.xml": None}), refused="damaged")
    yield case("without types", packed_again(good, **{"[Content_Types].xml": None}), HENRY)
    yield case("with a member that leads out", packed_again(good, **{"..__..__evil.xml": b"<a/>"}), HENRY)
    yield case("with an absolute member", packed_again(good, **{"__etc__evil.xml": b"<a/>"}), HENRY)
    yield case(
        "of 2,001 members", packed_again(good, **{f"a{n}.bin": b"" for n in range(2_001)}), refused="parts; an essay"
    )
    bomb = packed_again(good, **{"word__a.bin": b"\0" * 30_000_000})
    yield case("with a bomb of 30 MB", bomb, refused="unpacks to 30 MB")
    yield case("with a bomb of 40 MB", packed_again(good, **{"word__a.bin": b"\0" * 40_000_000}), refused="unpacks to")
    lying = patched(bomb, struct.pack("<I", 30_000_000), struct.pack("<I", 30_000))
    yield case("with a bomb that lies about its size", lying, HENRY)
    liar = patched(
        packed_again(good, **{"word__footnotes.xml": b" " * 30_000_000}),
        struct.pack("<I", 30_000_000),
        struct.pack("<I", 99),
    )
    yield case("with a part that lies about its size", liar, refused="damaged")
    locked = bytearray(good)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = locked.find(mark)
        while place >= 0:
            locked[place + at] |= 1
            place = locked.find(mark, place + 1)
    yield case("with the password of a zip", bytes(locked), refused="protected by a password")
    yield case("packed by LZMA", _repacked(good, zipfile.ZIP_LZMA), HENRY)
    yield case("packed by bzip2", _repacked(good, zipfile.ZIP_BZIP2), HENRY)
    yield case("not packed at all", _repacked(good, zipfile.ZIP_STORED), HENRY)
    yield case("with an unknown way of packing", patched(good, b"\x08\x00", b"\x63\x00"), refused="damaged")
    yield case("with a false checksum", _bad_checksum(good), refused="damaged")
    yield case(
        "that is protected by Word",
        OLD_WORD + "EncryptedPackage".encode("utf-16-le"),
        refused="protected by a password",
    )
    yield case("that is an old .doc", OLD_WORD + "WordDocument".encode("utf-16-le"), refused="old Word document")
    yield case("that is Pages'", zipped({"Index/Document.iwa": b"x"}), refused="Pages document")
    yield case("that is an .odt", odt(p(HENRY)), HENRY)
    yield case("that is a page", f"<!DOCTYPE html><p>{HENRY}".encode(), HENRY)
    yield case("that is a text", HENRY.encode(), HENRY)
    yield case("that is an .rtf", rtf(HENRY), HENRY)
    yield case("that is a spreadsheet", zipped({"xl/workbook.xml": b"<a/>"}), refused="spreadsheet")
    yield case("that is a slide show", zipped({"ppt/presentation.xml": b"<a/>"}), refused="slide show")
    yield case("that is a lock file", b"\x04Jane" + b"\0" * 150, essays=0, file_name="~$essay.docx")
    yield case("of 0 bytes, as OneDrive leaves them", b"", refused="is empty")
    yield case("of spaces", b" \r\n" * 900, refused="is empty")
    yield case("with macros", packed_again(good, **{"word__vbaProject.bin": OLD_WORD}), HENRY, file_name="essay.docm")
    yield case("with an embedded program", packed_again(good, **{"word__embeddings__oleObject1.bin": b"MZ\x90"}), HENRY)
    yield case(
        "with a damaged part for comments",
        packed_again(good, **{"word__comments.xml": b"<w:comm"}),
        HENRY,
        told="styles or lists",
    )
    yield case(
        "with a DTD in another part",
        packed_again(good, **{"customXml__item1.xml": b"<!DOCTYPE a><a/>"}),
        refused="DOCTYPE in customXml/item1.xml",
    )


def _repacked(data: bytes, method: int) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        return zipped({name: old.read(name) for name in old.namelist()}, method)


def _bad_checksum(data: bytes) -> bytes:
    at = data.find(b"PK\x01\x02")
    while data[at + 46 : at + 63] != b"word/document.xml":
        at = data.find(b"PK\x01\x02", at + 1)
    return data[: at + 16] + b"\1\2\3\4" + data[at + 20 :]


def _relations() -> Iterator[Case]:
    """What a document says it belongs to."""
    good = docx(paragraph(HENRY))

    def case(name: str, kind: str, target: str, body: str = "") -> Case:
        links = f'<Relationships xmlns="{_REL}"><Relationship Id="r9" Type="{_OFFICE}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
        whole = docx(paragraph(HENRY) + body) if body else good
        data = packed_again(whole, **{"word___rels__document.xml.rels": links.encode()})
        return docx_case(name, data, HENRY)

    link = f'<w:p><w:hyperlink r:id="r9"><w:r><w:t>{NOBLES}</w:t></w:r></w:hyperlink></w:p>'
    yield case("with a link that is a script", "hyperlink", "javascript:alert(1)", link)
    away = f'<Relationships xmlns="{_REL}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="../../etc/passwd"/></Relationships>'
    gone = packed_again(good, **{"_rels__.rels": away.encode(), "word__document.xml": None})
    yield docx_case("whose text is said to be outside", gone, refused="damaged")
    notes = part(
        "footnotes",
        f'<w:footnote w:id="2">{paragraph("A note by Hill.")}<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p></w:footnote>',
    )
    refers = '<w:p><w:r><w:t>Words.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    yield docx_case(
        "with a footnote that refers to itself", partial(docx, paragraph(HENRY) + refers, footnotes=notes), HENRY
    )
    whole = part("footnotes", f'<w:footnote w:id="2">{paragraph("A note by Hill.")}</w:footnote>')
    yield docx_case(
        "with a footnote", partial(docx, paragraph(HENRY) + refers, footnotes=whole), HENRY, "A note by Hill."
    )
    ends = part("endnotes", f'<w:endnote w:id="2">{paragraph("A note by Hill.")}</w:endnote>')
    yield docx_case(
        "with an endnote",
        partial(docx, paragraph(HENRY) + refers.replace("foot", "end"), endnotes=ends),
        HENRY,
        "A note by Hill.",
    )
    comment = part("comments", f'<w:comment w:id="0">{paragraph("Good point!")}</w:comment>')
    yield docx_case(
        "with a comment",
        partial(docx, paragraph(HENRY), comments=comment),
        HENRY,
        without=("Good point",),
        told="1 comment in the margin",
    )
    cycle = part(
        "styles",
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="B"/></w:style><w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style>',
    )
    styled = f'<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:t>{HENRY}</w:t></w:r></w:p>'
    yield docx_case("with styles that rest on each other", partial(docx, styled, styles=cycle), HENRY)
    numbers = part(
        "numbering",
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="A"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    )
    listed = f'<w:p><w:pPr><w:numPr><w:ilvl w:val="99"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>{HENRY}</w:t></w:r></w:p>'
    yield docx_case(
        "with a list 99 deep", partial(docx, listed, numbering=numbers), HENRY, told="styles or lists are damaged"
    )
