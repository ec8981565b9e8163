"""Files damaged at random: what a teacher gets from a broken stick, a bad mail program or somebody who tries.

``python -m tests.formats.mutations 2000 SEED`` reads so many mutations of every format through the limited child
process and reports what became of them; a smaller number of them is a test.
"""

import random
import re
import resource
import sys
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from html import escape
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from markdesk.core.errors import EssayUnreadable
from markdesk.formats.child import ChildReader, read_file

from . import documents
from .pdf.written import drawn, pdf, set_out
from .unseen import UnseenPage, pages
from .unseen.shapes import SHAPES

FORMATS = ("txt", "md", "html", "docx", "odt", "rtf", "eml", "pdf")
_MAIN_PARTS = {"docx": "word/document.xml", "odt": "content.xml"}
_FILES = Path(__file__).parent / "files"
_ODD = [
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\x1b[2J", b"\xe2\x80\xae", b"<", b">", b"<div>", b"</p>", b"<!--",
    b"-->", b"&#0;", b"&#xD800;", b"<script>", b"<table><tr>", b"<![CDATA[", b"<?xml", b"](", b"# ", b"---\n", b"- ",
    b"\t", b"\x0c", b"PK\x03\x04", b"%PDF-", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"<w:p>", b"</w:t>", b"<w:tbl>",
    b"<text:p>", b"</text:span>", b"<text:note>", b"<draw:text-box>", b"text:c='99999'", b"{", b"}", b"\\u8217",
    b"\\bin9 ", b"\\'", b"{\\*", b"{\\footnote ", b"\\deleted", b"{\\shptxt ", b"\n--b\n", b"Content-Type: x/y\n",
    b"w:id='1'", b"\xed\xa0\x80", b"Page 1 of 2\n", b"\xc2\xa0", b"Log in\n",
    b"endstream", b"endobj", b" 0 R", b"<< /Length 9", b"/Kids [2 0 R]", b"BT ET", b" TJ", b"/Parent 1 0 R", b" Do",
]  # fmt: skip


def mutations(kind: str, count: int, seed: int) -> Iterator[bytes]:
    """So many damaged files of a format, the same ones for the same seed."""
    chance = random.Random(f"{seed} {kind}")
    whole = sound(kind)
    for _ in range(count):
        data = chance.choice(whole)
        inside = chance.random() < 0.6
        if inside and kind in _MAIN_PARTS:
            yield _inside_zip(data, _MAIN_PARTS[kind], chance)
        else:
            yield _inside_pdf(data, chance) if inside and kind == "pdf" else mutated(data, chance)


def sound(kind: str) -> list[bytes]:
    """Files of a format without a fault, to be damaged."""
    whole = [_MAKERS[kind](page) for page in pages("first")[:12]]
    if kind == "docx":
        return [whole[0], *map(_slim, whole[1:])]
    return whole + [file.read_bytes() for file in sorted(_FILES.glob("*.pdf"))] if kind == "pdf" else whole


def _slim(document: bytes) -> bytes:
    """The same without the looks of tables and the styles that nothing reads, which are 190 times the essay.

    Where they stay most of the damage meets them, and most of the time goes into them.
    """
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(document)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = re.sub(rb"<(?:Override|Relationship)[^>]*stylesWithEffects[^>]*/>", b"", old.read(name))
            if name == "word/styles.xml":
                content = re.sub(rb'<w:style w:type="table".*?</w:style>', b"", content, flags=re.S)
            if name != "word/stylesWithEffects.xml":
                new.writestr(name, content)
    return packed.getvalue()


def _odt(page: UnseenPage) -> bytes:
    note = f"<text:note><text:note-body>{documents.p('Hill, p. 4.')}</text:note-body></text:note>"
    box = f"<draw:frame><draw:text-box>{documents.p('In a box')}</draw:text-box></draw:frame>"
    return documents.odt("".join(documents.p(f"{escape(line.text)}<text:s/>{note}{box}") for line in page.lines))


def _rtf(page: UnseenPage) -> bytes:
    lines = (re.sub(r"[^\x20-\x5b\x5d-\x7a]", lambda sign: f"\\u{ord(sign[0])}?", line.text) for line in page.lines)
    extras = "{\\footnote Hill, p. 4.}{\\shp{\\*\\shpinst{\\shptxt In a box\\par}}}{\\deleted gone}"
    return documents.rtf("".join(f"\\pard {{\\b {line}}}{extras}\\par\n" for line in lines))


def _mail(page: UnseenPage) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = "a@b.example", "c@d.example", page.name, "<1@b>"
    mail.set_content("\n\n".join(line.text for line in page.lines))
    mail.add_alternative("".join(f"<p>{escape(line.text)}</p>" for line in page.lines), subtype="html")
    if len(page.lines) % 2:
        mail.add_attachment(_odt(page), maintype="application", subtype="octet-stream", filename="essay.odt")
    return bytes(mail)


def _pdf(page: UnseenPage) -> bytes:
    return pdf([drawn(set_out([line.text for line in page.lines][:14]))])


_MAKERS: dict[str, Callable[[UnseenPage], bytes]] = {
    "txt": SHAPES["as browsers copy"][1], "md": SHAPES["Markdown"][1], "html": SHAPES["saved"][1],
    "docx": SHAPES["pasted into Word"][1], "odt": _odt, "rtf": _rtf, "eml": _mail, "pdf": _pdf,
}  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes with up to eight wounds: cut, doubled, moved, flipped, or something odd put in."""
    wounded = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(wounded) + 1)
        length = chance.choice((1, 2, 16, 200, 2_000))
        piece = bytes(wounded[at : at + length])
        match chance.randrange(6):
            case 0:
                del wounded[at : at + length]
            case 1:
                wounded[at:at] = piece * chance.choice((1, 2, 50))
            case 2:
                wounded[at:at] = chance.choice(_ODD) * chance.choice((1, 1, 3, 400))
            case 3:
                wounded[at : at + length] = bytes(chance.randrange(256) for _ in piece)
            case 4 if wounded:
                wounded[min(at, len(wounded) - 1)] ^= 1 << chance.randrange(8)
            case _:
                del wounded[max(1, at) :]
    return bytes(wounded)


def _inside_zip(data: bytes, main_part: str, chance: random.Random) -> bytes:
    """A sound container with one damaged part, so that more than the zip reader is tried."""
    packed = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        wounded = chance.choice([name for name in old.namelist() if name.endswith((".xml", ".rels"))])
        wounded = chance.choice((main_part, wounded))
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, mutated(content, chance) if name == wounded else content)
    return packed.getvalue()


def _inside_pdf(data: bytes, chance: random.Random) -> bytes:
    """A file with one damaged stream, packed into the same room, so that more than the list of objects is tried."""
    packed = [found for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.S) if found[1][:1] == b"x"]
    for wounded in chance.sample(packed, len(packed)):
        try:
            content = zlib.compress(mutated(zlib.decompress(wounded[1]), chance), 9)
        except zlib.error:
            continue
        if len(content) <= len(wounded[1]):
            return data[: wounded.start(1)] + content.ljust(len(wounded[1]), b"\0") + data[wounded.end(1) :]
    return mutated(data, chance)


def outcome(path: Path, reader: ChildReader) -> str:
    """``text`` or ``refused``. Anything but a named refusal with a way out goes through as the error that it is."""
    try:
        draft = read_file(path, reader)
    except EssayUnreadable as refused:
        if not (path.name in refused.message and refused.hint):
            raise AssertionError(f"no name or no way out: {refused.message!r}") from refused
        return "reader failed" if "reader fail" in refused.message or "longer than" in refused.message else "refused"
    if not any(text.strip() for text in draft.paragraphs):
        raise AssertionError("an essay without words")
    return "text"


def main(count: int, seed: int) -> None:
    with TemporaryDirectory() as folder, ChildReader() as reader:
        for kind in FORMATS:
            seen: Counter[str] = Counter()
            slowest = 0.0
            for data in mutations(kind, count, seed):
                path = Path(folder) / f"essay.{kind}"
                path.write_bytes(data)
                began = time.perf_counter()
                seen[outcome(path, reader)] += 1
                slowest = max(slowest, time.perf_counter() - began)
            print(kind, dict(seen), f"slowest {slowest:.2f} s")
    print("largest child", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, "MB resident")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
