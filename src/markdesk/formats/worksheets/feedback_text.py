"""The feedback as the cell of a worksheet holds it: plain text, or the HTML that Moodle keeps."""

from collections.abc import Sequence
from html import escape

from markdesk.core.plain import show
from markdesk.formats.rubric_to.safe_cells import guarded

Lines = Sequence[tuple[str, str]]
"""A label and a text each."""


def as_text(lines: Lines) -> str:
    """``WWW: …`` and so on, a line each. No line can be taken for a formula."""
    return guarded("\n".join(f"{label}: {show(text)}" for label, text in lines))


def as_html(lines: Lines) -> str:
    """The same as HTML, since Moodle stores the column as such: a ``<`` of the marker's is a letter, no tag.

    It is one line: old versions of Moodle end a row at a line break even inside quotation marks.
    """
    pieces = (f"<strong>{label}:</strong> {escape(show(text), quote=False)}" for label, text in lines)
    return guarded("<br>".join(pieces).replace("\n", "<br>"))
