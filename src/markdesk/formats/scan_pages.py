"""The pages of a PDF that is a scan, counted and cut out: what the limited child process does with it."""

import base64
import io
from collections.abc import Mapping
from typing import Any

from pypdf import PageObject, PdfWriter

from markdesk.core.errors import EssayUnreadable
from markdesk.formats.pdf.opening import opened, within

_LIMITS: Mapping[str, Any] = {
    "zlib_maximum_output_length": 32_000_000,
    "lzw_maximum_output_length": 32_000_000,
    "run_length_maximum_output_length": 32_000_000,
    "page_tree_maximum_entries": 20_000,
    "jbig2dec_binary": None,
}
"""Only the tables of a PDF are unpacked here; its pictures go from file to file as they are."""
_AGAIN = "Scan it again, or open it and print it to a new PDF."
_LEADS_ON = ("/Annots", "/AA", "/B", "/StructParents", "/Thumb", "/PieceInfo", "/Metadata")
"""What of a page may do something, or lead to other pages, which are other students'."""
MOST_CUT = 70_000_000
"""Bytes of one script's pages: what an answer of the child can hold."""


def answer(act: str, data: bytes, file_name: str) -> dict[str, object]:
    """What the parent asked for: ``count``, or ``cut FIRST LAST``. Raises EssayUnreadable with the way out."""
    what, *numbers = act.split()
    with within(_LIMITS, file_name, "a scan", _AGAIN):
        pages = opened(data, file_name).pages
        count = len(pages)
        if not count:
            raise EssayUnreadable(f"{file_name} has no pages.", _AGAIN)
        if what == "count":
            return {"pages": count}
        first, last = map(int, numbers)
        if (first, last) == (1, count):
            return {"content": ""}  # all of it: the file as it came
        return {"content": base64.b64encode(_cut([pages[at - 1] for at in range(first, last + 1)])).decode()}


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
