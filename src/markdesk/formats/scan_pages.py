"""The pages of a PDF that is a scan, counted and cut out: what the limited child process does with it."""

import base64
import io
import logging
from collections.abc import Mapping
from typing import Any

from pypdf import PageObject, PasswordType, PdfReader, PdfWriter, apply_configuration
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

from markdesk.core.errors import EssayUnreadable

_LIMITS: Mapping[str, Any] = {
    "zlib_maximum_output_length": 32_000_000,
    "lzw_maximum_output_length": 32_000_000,
    "run_length_maximum_output_length": 32_000_000,
    "page_tree_maximum_entries": 20_000,
    "jbig2dec_binary": None,
}
"""Only the tables of a PDF are unpacked here; its pictures go from file to file as they are."""
_DAMAGE = (
    PyPdfError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError, NotImplementedError, RuntimeError,
    OSError, EOFError, AssertionError,
)  # fmt: skip
"""What pypdf is known to raise on damaged files, and what a file can make of the wrong kind of thing."""
_AGAIN = "Scan it again, or open it and print it to a new PDF."
_LEADS_ON = ("/Annots", "/AA", "/B", "/StructParents", "/Thumb", "/PieceInfo", "/Metadata")
"""What of a page may do something, or lead to other pages, which are other students'."""
MOST_CUT = 70_000_000
"""Bytes of one script's pages: what an answer of the child can hold."""


def answer(act: str, data: bytes, file_name: str) -> dict[str, object]:
    """What the parent asked for: ``count``, or ``cut FIRST LAST``. Raises EssayUnreadable with the way out."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it grumbles about is told in our own words
    what, *numbers = act.split()
    try:
        with apply_configuration(None, **_LIMITS):
            pages = _opened(data, file_name).pages
            count = sum(1 for _ in pages)  # one by one: the number that the file states may be any
            if not count:
                raise EssayUnreadable(f"{file_name} has no pages.", _AGAIN)
            if what == "count":
                return {"pages": count}
            first, last = map(int, numbers)
            if (first, last) == (1, count):
                return {"content": ""}  # all of it: the file as it came
            return {"content": base64.b64encode(_cut([pages[at - 1] for at in range(first, last + 1)])).decode()}
    except RecursionError as error:
        raise EssayUnreadable(f"{file_name} is nested too deeply to be a scan.", _AGAIN) from error
    except LimitReachedError as error:
        raise EssayUnreadable(f"{file_name} unpacks to more than a scan can be.", _AGAIN) from error
    except _DAMAGE as error:
        raise EssayUnreadable(f"{file_name} is damaged and can't be read as a PDF.", _AGAIN) from error


def _opened(data: bytes, file_name: str) -> PdfReader:
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        try:
            is_open = reader.decrypt("") is not PasswordType.NOT_DECRYPTED
        except DependencyError:
            is_open = False
        if not is_open:
            raise EssayUnreadable(
                f"{file_name} is protected by a password.", "Open it with the password, and print it to a new PDF."
            )
    return reader


def _cut(pages: list[PageObject]) -> bytes:
    """A PDF of these pages and of nothing else in their file."""
    writer = PdfWriter()
    for page in pages:
        for name in _LEADS_ON:
            page.pop(name, None)
        writer.add_page(page)
    stream = io.BytesIO()
    writer.write(stream)
    if stream.tell() > MOST_CUT:
        raise EssayUnreadable("The pages of this script are too large to be taken out of their file.", _AGAIN)
    return stream.getvalue()
