"""What a file really is, what its bytes say, and what every importer does before it hands an essay over."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from markdesk.core.errors import EssayUnreadable
from markdesk.core.essay import MAX_PARAGRAPHS, MAX_WORDS, Essay, normalise
from markdesk.desk.drafts import EssayDraft

MAX_FILE_BYTES = 25_000_000
MAX_CHARACTERS = 15 * MAX_WORDS
EDGE_SPACE = " \t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""What may be trimmed from the ends of a block. str.strip() would take control characters too."""

LATER = "Open it in the program that made it, and save it as .docx."
_TEXTS = "An essay has to be a text document: .docx, .odt, .rtf, .pdf, .txt, .md or a saved page."
NAMED_KINDS: dict[str, tuple[str, str]] = {
    "doc": ("This is an old Word document (.doc).", "Open it in Word and save it as .docx."),
    "msg": (
        "This is a message saved by Outlook (.msg).",
        "Open it in Outlook and save the essay attached to it, or save the message as .eml or .txt.",
    ),
    "encrypted": ("This document is protected by a password.", "Open it in Word, take the password off, and save it."),
    "pages": ("This is a Pages document.", "In Pages choose File, Export To, Word, and import the .docx."),
    "spreadsheet": ("This is a spreadsheet.", _TEXTS),
    "slides": ("This is a slide show.", _TEXTS),
    "zip": (
        "This is a zip archive, not an essay.",
        "If it holds essays, import it alone, by a name that ends in .zip.",
    ),
    "picture": (
        "This is a picture.",
        "markdesk reads typed text. Keep it as a scan of a paper script: 'markdesk scan add SCRIPT FILE'.",
    ),
    "mhtml": ("This is a web archive (.mhtml).", "Save the page as 'Web page, HTML only'."),
    "webarchive": ("This is a Safari web archive.", "Save the page as 'Page source' or copy its text into a .txt."),
    "gdoc": (
        "This is only a link to a Google document.",
        "In Google Docs choose File, Download, Microsoft Word (.docx).",
    ),
    "lock": ("This is a leftover of an open Word document, not the document.", "Import the file without '~$'."),
    "table": ("This is a table of data, not an essay.", _TEXTS),
    "xml": ("This is an XML file.", LATER),
    "binary": ("This is not a text.", LATER),
}
"""What is refused by name: a sentence, and the way out."""

_OLE_PARTS = (("EncryptedPackage", "encrypted"), ("__substg1.0_", "msg"))
_OPEN_TEXT = b"application/vnd.oasis.opendocument.text"
_MAIL_FIELD = re.compile(r"[!-9;-~]{1,60}:[ \t]?[^\n]*\n?(?:[ \t]+\S[^\n]*\n?)*")
_MAIL_SENT = frozenset(("from", "date", "message-id", "mime-version", "received", "to", "subject", "return-path"))
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM6", b"RIFF")
_HTML_START = re.compile(
    r"(?:\ufeff|\s|<!--.{0,2000}?-->|<\?xml[^>]{0,200}\?>)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_ANY_TAG = re.compile(r"<(?:[a-z][a-z0-9]*[\s/>]|/[a-z]|!doctype|!--)", re.I)
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
_CONTROL_BYTES = bytes(n for n in (*range(9), 11, *range(14, 27), *range(28, 32), 127))
CP1252 = {n: bytes([n]).decode("cp1252") for n in range(0x80, 0xA0) if n not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
"""Windows' code page where it differs from Latin-1; the five bytes that it leaves open are kept as they are."""
_DAMAGED = "Damaged characters are shown as \ufffd."
_GUESSED = "The encoding of the file was guessed ({}); look at quotation marks and accents."


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of some bytes, and a sentence where its encoding had to be guessed."""

    text: str
    notes: tuple[str, ...] = ()
    encoding: str = ""
    """By Python's name; without the byte order mark, which isn't part of the text."""


def refusal(file_name: str, kind: str) -> EssayUnreadable:
    """The refusal for a kind of file that markdesk knows and doesn't read."""
    sentence, hint = NAMED_KINDS[kind]
    return EssayUnreadable(f"{file_name}: {sentence}", hint)


def sniff(data: bytes, file_name: str) -> str:
    """What the bytes are: the name of a built-in importer, or a key of NAMED_KINDS. Never trusts the name.

    Raises EssayUnreadable for an empty file.
    """
    suffix = PurePath(file_name).suffix.lower()
    if PurePath(file_name).name.startswith("~$"):
        return "lock"
    if not data.strip():
        raise EssayUnreadable(f"{file_name} is empty.", "Ask for the file again, or make a paper script.")
    by_magic = _by_magic(data)
    if by_magic:
        return by_magic
    if _looks_binary(data):
        return "binary"
    start = decode(data[:65536], whole=False).text
    if _HTML_START.match(start):
        return "html"
    return _by_text(start, suffix)


def _by_text(start: str, suffix: str) -> str:
    opening = start.lstrip("\ufeff \t\r\n")
    if suffix == ".gdoc" or (opening.startswith("{") and "docs.google.com" in opening[:600]):
        return "gdoc"
    if _is_mail(opening, suffix):
        return "eml"
    if re.match(r"(?:From|MIME-Version|Snapshot-Content-Location):", opening) and "multipart/related" in opening[:4000]:
        return "mhtml"
    if opening.startswith("<?xml"):
        return "xml"
    if suffix in (".csv", ".tsv", ".json"):
        return "table"
    if suffix in (".html", ".htm", ".xhtml") and _ANY_TAG.search(start):
        return "html"
    return "md" if suffix in (".md", ".markdown") else "txt"


def _is_mail(opening: str, suffix: str) -> bool:
    """Whether a text is a mail as it was sent: what is only copied from a screen has fewer fields."""
    names: set[str] = set()
    at = 0
    while field := _MAIL_FIELD.match(opening, at):
        names.add(field[0].partition(":")[0].lower())
        at = field.end()
    if "snapshot-content-location" in names or "saved by" in opening[:300].lower():
        return False  # a browser's web archive
    sent = names & _MAIL_SENT
    return len(sent) >= (2 if suffix == ".eml" else 4) and bool(sent & {"message-id", "mime-version", "received"})


def _by_magic(data: bytes) -> str:
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return next((kind for name, kind in _OLE_PARTS if name.encode("utf-16-le") in data), "doc")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(data)
    if head.startswith(b"bplist00"):
        return "webarchive"
    if head.startswith(_PICTURES) or head[4:12] in (b"ftypheic", b"ftypmif1", b"ftypheix"):
        return "picture"
    return ""


def _kind_of_zip(data: bytes) -> str:
    # Member names stand in the clear in a zip, so that a truncated one is still known for what it is.
    for name, kind in (
        (b"word/document", "docx"),
        (b"Index/Document.iwa", "pages"),
        (b"index.apxl", "pages"),
        (b"mimetype" + _OPEN_TEXT, "odt"),
        (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "spreadsheet"),
        (b"mimetypeapplication/vnd.oasis.opendocument.presentation", "slides"),
        (b"xl/workbook", "spreadsheet"),
        (b"ppt/presentation", "slides"),
        (b"[Content_Types].xml", "docx"),
    ):
        if name in data:
            return kind
    return "odt" if _is_packed_again(data) else "zip"


def _is_packed_again(data: bytes) -> bool:
    """Whether a zip is an .odt that somebody unpacked and packed again, so that it no longer begins with its type."""
    if b"META-INF/manifest.xml" not in data or b"content.xml" not in data:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container, container.open("mimetype") as kind:
            return kind.read(200).startswith(_OPEN_TEXT)
    except (zipfile.BadZipFile, zlib.error, EOFError, LookupError, ValueError, RuntimeError, OSError):
        return False


def _looks_binary(data: bytes) -> bool:
    if data[:4] in (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff") or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    if _utf16_by_nuls(data):
        return False
    sample = data[:262144]
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    return controls > max(10, len(sample) // 20)


def _utf16_by_nuls(data: bytes) -> str:
    """Which UTF-16 it is where no mark says so: English text has a NUL in every other byte."""
    sample = data[:65536]
    half = len(sample) // 2
    if half < 2:
        return ""
    first, second = sample[0 : half * 2 : 2].count(0), sample[1 : half * 2 : 2].count(0)
    if second > half * 0.6 and first < half * 0.1:
        return "utf-16-le"
    if first > half * 0.6 and second < half * 0.1:
        return "utf-16-be"
    return ""


def decode(data: bytes, *, declared: str = "", whole: bool = True) -> Decoded:
    """The text of a file: by its byte order mark, then UTF-8, UTF-16 by its NULs, ``declared``, then a guess.

    Never fails: the last resort is Windows' own code page, in which every byte is a character, with a note.
    ``whole=False`` is for the beginning of a file, which may end inside a character.
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe\x00\x00", "utf-32-le"),
        (b"\x00\x00\xfe\xff", "utf-32-be"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if data.startswith(mark):
            body = data[len(mark) :]
            try:
                return Decoded(body.decode(encoding, "strict"), encoding=encoding)
            except UnicodeDecodeError:
                return Decoded(body.decode(encoding, "replace"), (_DAMAGED,), encoding)
    if nuls := _utf16_by_nuls(data):
        return Decoded(data.decode(nuls, "replace"), (_GUESSED.format("UTF-16"),), nuls)
    try:
        return Decoded(data.decode("utf-8", "strict"), encoding="utf-8")
    except UnicodeDecodeError as error:
        if not whole and error.start > len(data) - 4:
            return Decoded(data[: error.start].decode("utf-8"), encoding="utf-8")
    if _mostly_utf8(data):
        return Decoded(data.decode("utf-8", "replace"), (_DAMAGED,), "utf-8")
    if declared:
        try:
            return Decoded(data.decode(declared, "strict"), encoding=declared)
        except (LookupError, UnicodeDecodeError):
            pass
    return _guess(data) if whole else Decoded(data.decode("latin-1"), encoding="latin-1")


def _mostly_utf8(data: bytes) -> bool:
    """Whether a few damaged bytes stand in a text that is UTF-8: ten letters of its kind for each of them."""
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return beyond_ascii - damaged >= 10 * damaged


def _guess(data: bytes) -> Decoded:
    from charset_normalizer import from_bytes  # here, because it takes longer to load than an essay to read

    # Only what British machines write: asked about every code page, it takes Windows' accents for Polish.
    best = from_bytes(data[:200_000], cp_isolation=["cp1252", "mac_roman"]).best()
    if best is not None and best.encoding == "mac_roman":
        return Decoded(data.decode("mac_roman"), (_GUESSED.format("Mac Roman"),), "mac_roman")
    return Decoded(data.decode("latin-1").translate(CP1252), (_GUESSED.format("Windows-1252"),), "cp1252")


def trim(text: str) -> str:
    """The text without the spaces at its ends; control characters stay, since they may be there on purpose."""
    return text.strip(EDGE_SPACE)


def count_words(text: str) -> int:
    """Words as an essay counts them."""
    return Essay(text).words


def refuse_too_many(file_name: str, found: int, most: int = MAX_PARAGRAPHS * 5) -> None:
    """Raises EssayUnreadable for a file with so many paragraphs that not even sorting them is worth the time."""
    if found > most:
        raise EssayUnreadable(
            f"{file_name} has {found:,} paragraphs; the most that markdesk takes is {MAX_PARAGRAPHS:,}.",
            "Is it one essay? Divide the file.",
        )


def refuse_too_long(file_name: str, characters: int) -> None:
    """Raises EssayUnreadable for a document with more text than the longest essay could have."""
    if characters > MAX_CHARACTERS:
        raise EssayUnreadable(
            f"{file_name} has more than {MAX_CHARACTERS:,} characters; that is no essay.",
            "Is it one essay? Divide the file.",
        )


def finish(
    file_name: str,
    question: str | None,
    paragraphs: Iterable[str],
    removed: Iterable[str] = (),
    notes: Iterable[str] = (),
    blocks: Iterable[tuple[str, bool]] = (),
) -> EssayDraft:
    """The draft of an essay, with its size checked and its hidden characters counted.

    Raises EssayUnreadable, naming the number found, where there are no words or too many.
    """
    kept = tuple(text for text in map(normalise, paragraphs) if text.strip())
    refuse_too_many(file_name, len(kept), MAX_PARAGRAPHS)
    refuse_too_long(file_name, sum(map(len, kept)))
    words = sum(map(count_words, kept))
    if words > MAX_WORDS:
        raise EssayUnreadable(
            f"{file_name} has {words:,} words; the most that markdesk takes is {MAX_WORDS:,}.",
            "Is it one essay? Divide the file.",
        )
    if words == 0:
        raise EssayUnreadable(
            f"{file_name} has no words in it that are the student's.",
            "If it holds photographs of handwriting, save it as PDF and keep it as a scan of a paper script: "
            "'markdesk scan add SCRIPT FILE'.",
        )
    asked = normalise(question) if question else None
    found = list(notes)
    hidden = sum(len(_HIDDEN.findall(text)) for text in (*kept, asked or ""))
    if hidden:
        found.append(f"{hidden} hidden character{'s' if hidden > 1 else ''} in the text; all kept, shown as signs.")
    whole = tuple((normalise(text), is_in) for text, is_in in blocks)
    return EssayDraft(asked, kept, tuple(map(normalise, removed)), tuple(found), whole)
