"""Zips, names and kinds of file: what lies about, and not what is in it."""

import random
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from tests.formats.documents import docx, paragraph, rtf
from tests.hostile.handed import HENRY, NOBLES, Case, Named, patched, zipped

zip_case = Named("zip", "essays.zip")
name_case = Named("name", "")
kind_case = Named("kind", "")
_TEXT = HENRY.encode()


def cases() -> Iterator[Case]:
    yield from _members()
    yield from _archives()
    yield from _names()
    yield from _kinds()


def _info(name: str, mode: int = 0o100644) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _members() -> Iterator[Case]:
    """What a member may be called, or be; beside each lies a good essay."""

    def beside(
        name: str,
        member: str,
        data: bytes = b"x" * 40,
        mode: int = 0o100644,
        *,
        refused: str = "",
        told: str = "",
        essays: int = 1,
    ) -> Case:
        return zip_case(
            name,
            zipped([("Okafor Amara.txt", _TEXT), (_info(member, mode), data)]),
            HENRY,
            refused=refused,
            told=told,
            essays=essays,
        )

    words = NOBLES.encode()
    for name, member in {
        "that leads out": "../../evil.txt", "that is absolute": "/etc/cron.d/evil.txt", "of a drive": "C:\\Windows\\evil.txt",
        "that leads out by backslashes": "..\\..\\evil.txt",
    }.items():  # fmt: skip
        yield beside(f"with a name {name}", member, words, told="leads out of the zip", essays=2)
    for name, member in {
        "of a device": "CON.txt", "with escape codes": "\x1b[2Jevil.txt", "written from right to left": "a\u202etxt.exe.txt",
        "with a line end": "two\nlines.txt", "of dots": "a....txt", "with markup": "[b]x[/b].txt", "with marks": "e\u0301" * 20 + ".txt",
        "with spaces at its end": "essay.txt ", "of 900 letters": "a" * 900 + ".txt", "with an option": "--help.txt",
        "with a command": "$(touch x);`id`.txt", "in a folder 200 deep": "a/" * 200 + "b.txt",
    }.items():  # fmt: skip
        whole = beside(f"with a name {name}", member, words, essays=2)
        yield whole if not member.endswith(" ") else beside(f"with a name {name}", member, words)
    yield beside("with a link", "evil.txt", b"/etc/passwd", stat.S_IFLNK | 0o777, refused="a link or a device")
    yield beside("with a device", "evil.txt", b"", stat.S_IFCHR | 0o666, refused="a link or a device")
    yield beside("with a pipe", "evil.txt", b"", stat.S_IFIFO | 0o666, refused="a link or a device")
    yield beside("with what macOS leaves", "__MACOSX/._Okafor Amara.txt", b"\0\5\x16\7")
    yield beside("with a file of 0 bytes", "Raman Dev.docx", b"", refused="is empty")
    yield beside("with a damaged document", "Raman Dev.docx", docx(paragraph(NOBLES))[:200], refused="damaged")
    yield beside(
        "with a bomb that is a document",
        "Raman Dev.docx",
        zipped({"word/document.xml": b" " * 40_000_000}),
        refused="unpacks to",
    )
    yield zip_case(
        "with a file of 26 MB",
        lambda: zipped([("Okafor Amara.txt", _TEXT), ("Raman Dev.txt", random.Random(1).randbytes(26_000_000))]),
        HENRY,
        refused="unpacks to 26 MB",
    )
    yield beside("with a program", "essay.exe", b"MZ", refused="no kind of file")
    twice = [("a.txt", _TEXT), ("A.TXT", words), ("a.txt", words)]
    yield zip_case("with one name three times", _quiet(twice), HENRY, told="more than once", essays=3)


def _quiet(members: list[tuple[str, bytes]]) -> bytes:
    """A zip in which names may stand twice, about which the library would warn."""
    whole = zipped([(f"{n}{name[1:]}", data) for n, (name, data) in enumerate(members)])
    for n, (name, _) in enumerate(members):
        whole = patched(whole, f"{n}{name[1:]}".encode(), name.encode())
    return whole


def _archives() -> Iterator[Case]:
    good = zipped({"Okafor Amara.txt": _TEXT, "Raman Dev.rtf": rtf(NOBLES)})
    yield zip_case("without a fault", good, HENRY, NOBLES, essays=2)
    yield zip_case("truncated", good[:-30], refused="damaged")
    yield zip_case("of its first bytes", good[:30], refused="damaged")
    yield zip_case("of 0 bytes", b"", refused="is empty")
    yield zip_case("of nothing", zipped({}), refused="no files in it")
    yield zip_case("that is no zip", _TEXT, refused="damaged")
    yield zip_case("that is a RAR", b"Rar!\x1a\x07\x00" + b"x" * 99, refused="damaged")
    yield zip_case("that is a 7z", b"7z\xbc\xaf\x27\x1c" + b"x" * 99, refused="damaged")
    yield zip_case("with junk before", b"junk" * 99 + good, HENRY, essays=2)
    yield zip_case("with junk behind", good + b"\0" * 99)
    yield zip_case("with a zip in it", zipped({"inner.zip": good}))
    deep = good
    for _ in range(50):
        deep = zipped({"inner.zip": deep}, zipfile.ZIP_STORED)
    yield zip_case("in a zip 50 deep", deep, refused="zip in a zip in a zip")
    yield zip_case("of 2,001 members", zipped({f"a{n}.txt": b"x" for n in range(2_001)}), refused="2,001 files")
    yield zip_case("of 66,000 members", lambda: zipped({f"{n}": b"" for n in range(66_000)}), refused="66,000 files")
    yield zip_case(
        "of 120 MB", lambda: zipped({f"a{n}.txt": b"word " * 4_000_000 for n in range(6)}), refused="no zip of essays"
    )
    yield zip_case("that shrank ten thousandfold", zipped({"a.txt": b"a" * 20_000_000}), refused="no zip of essays")
    said = struct.pack("<I", len(_TEXT))
    yield zip_case(
        "that says too little of a size",
        patched(zipped({"a.txt": _TEXT}, zipfile.ZIP_STORED), said, struct.pack("<I", 5)),
    )
    yield zip_case("that says too much of a size", patched(zipped({"a.txt": _TEXT}), said, struct.pack("<I", 900)))
    yield zip_case(
        "with a false checksum",
        patched(zipped({"a.txt": _TEXT}), struct.pack("<I", zlib.crc32(_TEXT)), b"\1\2\3\4"),
        refused="damaged in the zip",
    )
    yield zip_case("with a password", _locked(good), refused="protected by a password")
    yield zip_case("packed by LZMA", zipped({"a.txt": _TEXT}, zipfile.ZIP_LZMA), refused="packed in a way")
    yield zip_case("packed by bzip2", zipped({"a.txt": _TEXT}, zipfile.ZIP_BZIP2), refused="packed in a way")
    yield zip_case("whose members lie over each other", _overlapping(), refused=".")
    yield zip_case(
        "whose list begins outside", good[:-6] + struct.pack("<I", 0xFFFFFFF0) + good[-2:], refused="damaged"
    )
    yield zip_case("that calls itself a document", good, refused="zip archive", file_name="essay.docx")
    yield zip_case(
        "with a comment of 65,000 letters", good[:-2] + struct.pack("<H", 65_000) + b"PK" * 32_500, HENRY, essays=2
    )


def _locked(data: bytes) -> bytes:
    whole = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = whole.find(mark)
        while place >= 0:
            whole[place + at] |= 1
            place = whole.find(mark, place + 1)
    return bytes(whole)


def _overlapping() -> bytes:
    """The list says a hundred times where the one member lies: the bomb that needs no zip in a zip."""
    whole = zipped({f"{n:04}.txt": b"a" * 400_000 for n in range(200)})
    first, at = whole.find(b"PK\x01\x02"), 0
    listed = bytearray(whole[first:])
    while (at := listed.find(b"PK\x01\x02", at)) >= 0:
        listed[at + 42 : at + 46] = b"\0\0\0\0"
        at += 4
    return whole[:first] + bytes(listed)


def _names() -> Iterator[Case]:
    """Names that lie on a disk."""
    for name, file_name in {
        "of a device": "CON.txt", "with escape codes": "\x1b[2Jevil\x07.txt", "written from right to left": "a\u202efdp.txt",
        "with a line end": "two\nlines.txt", "with markup": "[b]x[@click=app.quit].txt", "with an option": "--db=x.txt",
        "with a command": "$(touch x);`id`.txt", "of 250 letters": "a" * 246 + ".txt", "in NFD": "Zoe\u0308 Be\u0301ar.txt",
        "of spaces": "   .txt", "with tags": "a\U000e0061.txt", "of emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467.txt",
        "with bytes that are no UTF-8": "Zo\udceb.txt", "with backslashes": "a\\..\\x.txt", "with a colon": "a:b.txt",
        "with dots": "a..txt", "of Chinese": "毛泽东.txt", "with a quotation mark": "O'Brien \"Finn\".txt",
    }.items():  # fmt: skip
        yield name_case(name, _TEXT, HENRY, file_name=file_name)
    yield name_case("that is hidden", _TEXT, file_name=".hidden.txt", refused="holds no essays")
    yield name_case("of a lock file", _TEXT, file_name="~$essay.docx", essays=0)
    yield name_case("without an ending", _TEXT, file_name="essay", refused="no kind of file")
    yield name_case("with two endings", _TEXT, HENRY, file_name="essay.docx.txt")


def _kinds() -> Iterator[Case]:
    """What students hand in instead of an essay."""
    for name, file_name, data, refused in (
        ("a photograph", "scan.docx", b"\xff\xd8\xff\xe0" + b"\0" * 200, "picture"),
        ("a photograph of a telephone", "scan.txt", b"\0\0\0\x18ftypheic" + b"\0" * 200, "picture"),
        ("a film", "essay.docx", b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 20, "not a text"),
        ("a recording", "essay.docx", b"ID3\x03" + bytes(range(256)) * 20, "not a text"),
        ("a Google document's link", "essay.gdoc", b'{"url": "https://docs.google.com/document/d/1"}', "link to a Google"),
        ("a Pages document", "essay.pages", zipped({"Index/Document.iwa": b"x"}), "Pages document"),
        ("an Outlook message", "essay.msg", b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "__substg1.0_".encode("utf-16-le"), "Outlook"),
        ("a Safari archive", "essay.webarchive", b"bplist00" + b"\0" * 99, "Safari"),
        ("a table", "essay.txt.csv", b"a,b\n1,2", "csv: a table, not an essay"),
        ("XML", "essay.txt", b"<?xml version='1.0'?><a/>", "XML file"),
        ("an XML with laughs", "essay.txt", b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "XML file"),
        ("a program", "essay.txt", b"\x7fELF" + bytes(range(32)) * 90, "not a text"),
        ("a database", "essay.docx", b"SQLite format 3\0" + b"\0" * 4_000, "not a text"),
        ("an empty page", "essay.html", b"<!DOCTYPE html>", "no words"),
        ("a gzip", "essay.txt", b"\x1f\x8b\x08" + bytes(range(256)) * 20, "not a text"),
        ("a disk's sectors of zeros", "essay.docx", b"\0" * 60_000, "not a text|is empty|no words"),
    ):  # fmt: skip
        yield kind_case(name, data, file_name=file_name, refused=refused)
