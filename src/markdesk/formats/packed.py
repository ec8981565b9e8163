"""Documents that are zip files (.docx, .odt): the container is found to be harmless before anything in it is read."""

import zipfile
import zlib
from xml.parsers.expat import ExpatError

from markdesk.core.errors import EssayUnreadable
from markdesk.core.plain import show_line

MAX_PART = 32 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 100
MAX_MEMBERS = 2_000
MAX_PIECES = 300_000
"""XML elements in a document; an essay of 10,000 words has 5,000, and 50,000 where Word cut every word apart."""
_SMALL = 8 * 1024 * 1024
"""Below this many bytes unpacked the ratio says nothing: an honest table shrinks to a hundredth."""

DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, LookupError, ValueError, TypeError, AttributeError,
    NotImplementedError, RuntimeError, OSError, ExpatError, SyntaxError, AssertionError,
)  # fmt: skip
"""What the zip reader, the XML readers (SyntaxError among theirs) and mammoth are known to raise on damaged files."""
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))


def refuse_traps(container: zipfile.ZipFile, packed: int, file_name: str, ending: str) -> None:
    """Raises EssayUnreadable for a container that is no essay's.

    It unpacks to more than an essay, has a password, or two parts of one name. ``packed`` is the file's size,
    ``ending`` what the document should be saved as again.
    """
    members = container.infolist()
    unpacked = sum(member.file_size for member in members)
    hint = _hint(ending)
    if len(members) > MAX_MEMBERS:
        raise EssayUnreadable(f"{file_name} holds {len(members):,} parts; an essay has a few dozen.", hint)
    largest = max((member.file_size for member in members), default=0)
    if largest > MAX_PART or unpacked > MAX_UNPACKED or (unpacked > _SMALL and unpacked > packed * MAX_RATIO):
        raise EssayUnreadable(f"{file_name} unpacks to {unpacked / 1e6:,.0f} MB; that is no essay.", hint)
    if any(member.flag_bits & 1 for member in members):
        raise EssayUnreadable(f"{file_name} is protected by a password.", "Take the password off and save it.")
    seen: set[str] = set()
    for member in members:
        name = member.filename.casefold()
        if name in seen:  # programs differ in which they read, so that a marker might see another essay than its author
            raise EssayUnreadable(f"{file_name} has two parts called {show_line(member.filename)}.", hint)
        seen.add(name)


def xml_part(container: zipfile.ZipFile, member: str | zipfile.ZipInfo, file_name: str, ending: str) -> bytes:
    """One part's XML. Raises EssayUnreadable for one that defines entities of its own."""
    content = container.read(member)
    if any(doctype in content for doctype in _DOCTYPES):
        name = member if isinstance(member, str) else member.filename
        raise EssayUnreadable(
            f"{file_name} has a DOCTYPE in {name}, which no word processor writes there.", _hint(ending)
        )
    return content


def refuse_too_many_pieces(file_name: str, pieces: int, most: int = MAX_PIECES) -> None:
    """Raises EssayUnreadable for a document cut into more pieces than could be read in seconds."""
    if pieces > most:
        raise EssayUnreadable(
            f"{file_name} is made of {pieces:,} pieces; the most that markdesk takes is {most:,}.",
            "Copy the essay into a new document, as text only.",
        )


def _hint(ending: str) -> str:
    return f"Ask for the file again, saved as a new {ending}."
