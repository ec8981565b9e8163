"""Files that can be kept as scans: what they are by their bytes, and how many pages they have."""

from pathlib import Path

from markdesk.core.errors import EssayUnreadable, MarkdeskError
from markdesk.core.plain import show_line
from markdesk.core.scans import Pages, told_pages
from markdesk.desk.scans import MOST_BYTES, MOST_CLASS_BYTES, MOST_CLASS_PAGES, ScanFile
from markdesk.formats.child import ChildReader, checked_bytes
from markdesk.formats.files import NAMED_KINDS, sniff

_HEIC = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))
_KINDS = "A scan is a PDF or a picture: JPEG, PNG, HEIC or TIFF."
_SMALLER = "Scan it again in grey at 150 to 200 dots an inch, or take the photographs smaller."


def read_scan(path: Path, of_class: bool = False) -> ScanFile:
    """The file as it will be kept. Raises MarkdeskError, naming the file and the way out, where it can't be.

    ``of_class``: it holds the scripts of a whole class, and so may be larger.
    """
    name = path.name
    data = checked_bytes(path, MOST_CLASS_BYTES if of_class else MOST_BYTES, _SMALLER)
    ending = ending_of(data)
    if not ending:
        raise _refusal(data, name)
    if ending == "pdf":
        with ChildReader() as reader:
            pages = reader.count_pages(data, name)
    else:
        pages = _tiff_pages(data) if ending == "tiff" else 0
    if pages > MOST_CLASS_PAGES:
        told = f"{show_line(name)} has {told_pages(pages)}; the most that markdesk takes is {MOST_CLASS_PAGES:,}."
        raise MarkdeskError(told, "Is it one scan? Divide the file.")
    return ScanFile(name, data, ending, pages)


def ending_of(data: bytes) -> str:
    """Which kind of scan the bytes are, as the ending that a file of it has; empty where they are none.

    A file's own name is never asked: it may say anything.
    """
    head = data[:1024]
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith((b"II*\x00", b"MM\x00*")):
        return "tiff"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return "heic"
    return "pdf" if b"%PDF-" in head else ""


def cut_out(data: bytes, pages: Pages | None) -> bytes:
    """These pages of a scan; the whole of one that has no others, or that can't be divided."""
    if pages is None or ending_of(data) != "pdf":
        return data
    with ChildReader() as reader:
        return reader.cut_pages(data, pages.first, pages.last) or data


def _refusal(data: bytes, name: str) -> MarkdeskError:
    try:
        kind = sniff(data, name)
    except EssayUnreadable as error:  # nothing in it but spaces
        return MarkdeskError(error.message, _KINDS)
    shown = show_line(name)
    if kind == "picture":
        return MarkdeskError(f"{shown} is a picture of a kind that isn't kept.", f"Save it as JPEG or PNG. {_KINDS}")
    if kind in ("txt", "md", "docx", "odt", "rtf", "html", "eml"):
        return MarkdeskError(f"{shown} is a text and no scan.", f"'markdesk import' takes it in. {_KINDS}")
    told = NAMED_KINDS[kind][0] if kind in NAMED_KINDS else "This is no scan."
    return MarkdeskError(f"{shown}: {told}", _KINDS)


def _tiff_pages(data: bytes) -> int:
    """How many pictures a TIFF holds, by the chain of its directories; as many as can be followed."""

    def number(at: int, length: int) -> int:
        return int.from_bytes(data[at : at + length], "little" if data[:2] == b"II" else "big")

    seen: set[int] = set()
    at = number(4, 4)
    while 8 <= at < len(data) - 2 and at not in seen and len(seen) <= MOST_CLASS_PAGES:
        seen.add(at)
        at = number(at + 2 + 12 * number(at, 2), 4)
    return max(1, len(seen))
