"""Zips of essays that mean harm or are ruined."""

import io
import os
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from .case import ESSAY, packed


@dataclass(frozen=True, slots=True)
class ZipCase:
    """A zip, the names of the essays that are read from it, and words of the refusals, both in order."""

    name: str
    make: Callable[[], bytes]
    taken: tuple[str, ...] = ("b.txt",)
    refused: tuple[str, ...] = ()


def _beside(name: str | zipfile.ZipInfo, content: bytes = ESSAY.encode()) -> Callable[[], bytes]:
    """A zip of a member and an honest one beside it."""
    return lambda: packed([(name, content), ("b.txt", ESSAY.encode())])


def _special(kind: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("a.txt")
    info.create_system = 3
    info.external_attr = (kind | 0o777) << 16
    return info


def _doubles(*names: str) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return packed([(name, f"{ESSAY} {n}".encode()) for n, name in enumerate(names)])


def _patched(sign: bytes, at: int, kind: str, value: int, *, data: bytes = b"") -> bytes:
    """A zip of two essays with a number changed wherever a sign stands."""
    changed = bytearray(data or packed([("a.txt", ESSAY.encode()), ("b.txt", ESSAY.encode())]))
    place = changed.find(sign)
    while place >= 0:
        struct.pack_into(kind, changed, place + at, value)
        place = changed.find(sign, place + 4)
    return bytes(changed)


_GOOD = packed([("a.txt", ESSAY.encode()), ("b.txt", ESSAY.encode())])
_STORED = packed([("a.txt", ESSAY.encode()), ("b.txt", ESSAY.encode())], zipfile.ZIP_STORED)


def _nested(depth: int) -> bytes:
    data = packed([("a.txt", ESSAY.encode())])
    for n in range(depth):
        data = packed([(f"{n}.zip", data), ("b.txt", ESSAY.encode())])
    return data


def _quine() -> bytes:
    """Many entries of the list that lead to one member."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("a.txt", b"a " * 100_000)
        first = container.infolist()[0]
        for n in range(500):
            other = zipfile.ZipInfo(f"{n}.txt")
            other.header_offset, other.file_size = first.header_offset, first.file_size
            other.compress_size, other.CRC, other.compress_type = first.compress_size, first.CRC, first.compress_type
            container.filelist.append(other)
            container.NameToInfo[other.filename] = other
    return out.getvalue()


CASES = (
    ZipCase("a member that climbs out", _beside("../../../tmp/evil.txt"), ("evil.txt", "b.txt")),
    ZipCase("a member at the root", _beside("/etc/evil.txt"), ("evil.txt", "b.txt")),
    ZipCase("a member on a drive", _beside("C:\\Windows\\evil.txt"), ("evil.txt", "b.txt")),
    ZipCase("a member on a share", _beside("\\\\host\\share\\evil.txt"), ("evil.txt", "b.txt")),
    ZipCase("a member called as a device", _beside("CON.txt"), ("CON.txt", "b.txt")),
    ZipCase("a member with codes for a terminal", _beside("a\x1b[2J.txt"), ("a\x1b[2J.txt", "b.txt")),
    ZipCase("a member whose name turns round", _beside("a\u202etxt.txt"), ("a\u202etxt.txt", "b.txt")),
    ZipCase("a member with markup in its name", _beside("[red]a.txt"), ("[red]a.txt", "b.txt")),
    ZipCase("a link to a file", _beside(_special(stat.S_IFLNK), b"/etc/passwd"), ("b.txt",), ("a.txt is a link or a device",)),
    ZipCase("a pipe", _beside(_special(stat.S_IFIFO), b""), ("b.txt",), ("a.txt is a link or a device",)),
    ZipCase("a device", _beside(_special(stat.S_IFCHR), b""), ("b.txt",), ("a.txt is a link or a device",)),
    ZipCase("two members of one name", lambda: _doubles("a.txt", "a.txt"), ("a.txt", "a (2).txt")),
    ZipCase("two names that differ in capitals", lambda: _doubles("a.txt", "A.TXT"), ("a.txt", "A.TXT")),
    ZipCase("zips in zips, six deep", lambda: _nested(6), ("b.txt", "b.txt"), ("is a zip in a zip in a zip",)),
    ZipCase("500 names of one member", _quine, (), ("unpacks to",)),
    ZipCase("3,000 members", lambda: packed([(f"{n}.txt", b"Yes.") for n in range(3_000)]), (), ("3,000",)),
    ZipCase("200 MB of nothing", lambda: packed([("a.txt", b"\0" * 200_000_000)]), (), ("200 MB",)),
    ZipCase("one member of 30 MB", lambda: packed([("a.txt", os.urandom(30_000_000)), ("b.txt", ESSAY.encode())]), ("b.txt",), ("a.txt unpacks to 30 MB",)),
    ZipCase("a password", lambda: _patched(b"PK\x01\x02", 8, "<H", 1, data=_patched(b"PK\x03\x04", 6, "<H", 1)), (), ("password",)),
    ZipCase("a wrong check sum", lambda: _STORED.replace(b"Wolsey", b"Woolly", 1), ("b.txt",), ("a.txt is damaged",)),
    ZipCase("sizes that lie low", lambda: _patched(b"PK\x01\x02", 24, "<I", 5), (), ("a.txt is damaged", "b.txt is damaged")),
    ZipCase("sizes that lie high", lambda: _patched(b"PK\x01\x02", 24, "<I", 0x7FFFFFFF), (), ("unpacks to",)),
    ZipCase("members that start beyond the end", lambda: _patched(b"PK\x01\x02", 42, "<I", 0x7FFFFFFF), (), ("no school system writes that",)),
    ZipCase("a way of packing that nobody knows", lambda: _patched(b"PK\x01\x02", 10, "<H", 77), (), ("packed in a way", "packed in a way", "pile.zip")),
    ZipCase("cut in half", lambda: _GOOD[: len(_GOOD) // 2], (), ("damaged",)),
    ZipCase("without its list", lambda: _GOOD[: _GOOD.rfind(b"PK\x01\x02")], (), ("damaged",)),
    ZipCase("a list with a hole", lambda: _GOOD.replace(b"PK\x01\x02", b"PK\x01\x03", 1), (), ("damaged",)),
    ZipCase("bytes in front", lambda: b"MZ" + b"\0" * 500 + _GOOD, ("a.txt", "b.txt")),
    ZipCase("a comment of 60,000 bytes", lambda: packed([("b.txt", ESSAY.encode())], comment=b"PK\x05\x06" * 15_000), (), ("damaged",)),
    ZipCase("nothing in it", lambda: packed([]), (), ("no files in it",)),
    ZipCase("no bytes", lambda: b"", (), ("is empty",)),
    ZipCase("only folders", lambda: packed([("a/", b""), ("a/b/", b"")]), (), ("no files in it",)),
    ZipCase("what a Mac leaves", _beside("__MACOSX/._b.txt", b"\0\5\x16\7" + b"\0" * 80)),
    ZipCase("what Windows leaves", _beside("Thumbs.db", b"\xd0\xcf\x11\xe0" + b"\0" * 80)),
    ZipCase("what an open Word leaves", _beside("~$say.docx", b"\x05Teach" + b"\0" * 156)),
    ZipCase("a name of 5,000 letters", _beside(f"{'n' * 5_000}.txt"), (f"{'n' * 5_000}.txt", "b.txt")),
    ZipCase("a name of nothing but dots", _beside("....")),
    ZipCase("a program", _beside("a.exe", b"MZ" + bytes(range(256)))),
    ZipCase("an essay that is a bomb", _beside("a.docx", packed([("word/document.xml", b" " * 40_000_000)])), ("b.txt",), ("a.docx unpacks to 40 MB",)),
    ZipCase("an essay that is a scan", _beside("a.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 99)),
)  # fmt: skip
