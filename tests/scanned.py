"""Scans for the tests: PDFs whose pages say which they are, the heads of pictures, and files that are no good."""

import io
import struct
import zlib

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    TextStringObject,
)

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"a photograph" * 20
PNG = b"\x89PNG\r\n\x1a\n" + b"a picture" * 20
HEIC = b"\x00\x00\x00\x18ftypheic" + b"a photograph" * 20
HTML = b"<!doctype html><html><body>Not a photograph</body></html>"


def a_pdf(pages: int, name: str = "scan", password: str = "", linked: bool = False) -> bytes:
    """A PDF whose page 3 holds ``scan page 3.``; ``linked`` pages lead to the page after them."""
    writer = PdfWriter()
    writer.add_metadata({"/Title": f"{name} of everybody"})
    for number in range(1, pages + 1):
        page = writer.add_blank_page(200, 300)
        content = DecodedStreamObject()
        content.set_data(f"BT ({name} page {number}.) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(content)
    if linked:
        for page, other in zip(writer.pages, [*writer.pages[1:], writer.pages[0]], strict=True):
            assert other.indirect_reference is not None
            link = DictionaryObject({
                NameObject("/Subtype"): NameObject("/Link"),
                NameObject("/Contents"): TextStringObject("a remark"),
                NameObject("/Rect"): ArrayObject([FloatObject(0)] * 4),
                NameObject("/Dest"): ArrayObject([other.indirect_reference, NameObject("/Fit")]),
            })  # fmt: skip
            page[NameObject("/Annots")] = ArrayObject([writer._add_object(link)])
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def said_by(pdf: bytes) -> list[str]:
    """What the pages of ``a_pdf`` say, in order."""
    return [page.get_contents().get_data().decode()[4:-8] for page in PdfReader(io.BytesIO(pdf)).pages]  # type: ignore[union-attr]


def a_tiff(pictures: int) -> bytes:
    """A TIFF with so many directories and nothing in them."""
    body = b"II*\x00" + struct.pack("<I", 8)
    for at in range(pictures):
        last = at == pictures - 1
        body += struct.pack("<HI", 0, 0 if last else len(body) + 6)
    return body


def _objects(*objects: bytes) -> bytes:
    body, places = b"%PDF-1.5\n", list[int]()
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, len(body))
    return body + table + trailer


def a_bomb() -> bytes:
    """A PDF whose pages stand in an object stream that unpacks to 300 MB."""
    packed = zlib.compress(b"2 0 " + b" " * 300_000_000, 9)
    stream = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
    body = b"%PDF-1.5\n"
    catalog_at = len(body)
    body += b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    stream_at = len(body)
    body += b"3 0 obj\n" + stream + packed + b"\nendstream\nendobj\n"
    table_at = len(body)
    rows = [(0, 0, 65535), (1, catalog_at, 0), (2, 3, 0), (1, stream_at, 0), (1, table_at, 0)]
    table = zlib.compress(b"".join(struct.pack(">BIH", *row) for row in rows))
    head = b"<< /Type /XRef /Size 5 /W [1 4 2] /Root 1 0 R /Filter /FlateDecode /Length %d >>" % len(table)
    body += b"4 0 obj\n" + head + b"\nstream\n" + table + b"\nendstream\nendobj\n"
    return body + b"startxref\n%d\n%%%%EOF\n" % table_at


def a_lie(stated: int) -> bytes:
    """A PDF of one page that states another number of them."""
    return _objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count %d >>" % stated,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>",
    )


def a_loop() -> bytes:
    """A PDF whose tree of pages leads back to itself."""
    return _objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>",
    )


def many_pages(count: int) -> bytes:
    """A PDF with very many pages, all one object."""
    return _objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, b"3 0 R " * count),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>",
    )


def without_pages() -> bytes:
    """A PDF with none."""
    return _objects(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>")
