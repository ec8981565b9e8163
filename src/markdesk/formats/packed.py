"""Documents that are zip files (.docx, .odt): the container is found to be harmless before anything in it is read."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from xml.parsers.expat import ExpatError

from markdesk.core.errors import EssayUnreadable
from markdesk.core.plain import show_line

MAX_PART = 32_000_000
MAX_UNPACKED = 100_000_000
"""Bytes that a document or a download may unpack to."""
MAX_RATIO = 100
MAX_MEMBERS = 2_000
MAX_PIECES = 300_000
"""XML elements in a document; an essay of 10,000 words has 5,000, and 50,000 where Word cut every word apart."""
SMALL = 8_000_000
"""Below this many bytes unpacked the ratio says nothing: an honest table shrinks to a hundredth."""

DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, LookupError, ValueError, TypeError, AttributeError,
    NotImplementedError, RuntimeError, OSError, ExpatError, SyntaxError, AssertionError,
)  # fmt: skip
"""What the zip reader, the XML readers (SyntaxError among theirs) and mammoth are known to raise on damaged files."""
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))


@contextmanager
def damage_is_told(file_name: str, document: str, program: str) -> Iterator[None]:
    """Whatever a reader stumbles over comes out as EssayUnreadable, with the program that may mend the file."""
    try:
        yield
    except RecursionError as error:
        raise EssayUnreadable(
            f"{file_name} is nested too deeply to be an essay.", f"Save it again in {program}."
        ) from error
    except DAMAGE as error:
        raise EssayUnreadable(
            f"{file_name} is damaged and can't be read as {document}.",
            f"Open it in {program}, let it repair the file, and save it again; or ask for the file again.",
        ) from error


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
    if largest > MAX_PART or unpacked > MAX_UNPACKED or (unpacked > SMALL and unpacked > packed * MAX_RATIO):
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
