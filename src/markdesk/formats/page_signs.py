"""What programs write on a page beside its text: marks of notes, ways back from them, comments, changes, page edges.

Each is known by the markup of the program that writes it (Word, Google Docs, LibreOffice, pandoc), never by its words.
"""

import re
from collections.abc import Mapping
from enum import Enum, auto

from selectolax.lexbor import LexborNode

_NUMBER = re.compile(r"\s*(?:\d{1,3}|[ivxl]{1,6})\s*$")
_NOTE_ROLES = ("doc-endnote", "doc-footnote")
_MSO_PART = re.compile(r"mso-element\s*:\s*(comment-list|comment|header|footer)\b", re.I)


class Sign(Enum):
    """What an element is, apart from text."""

    NONE = auto()
    BACK = auto()
    """A way back from a note to its mark, or the mark of a comment: no word of anybody's."""
    NOTE_MARK = auto()
    """The number of a note, standing bare beside a word."""
    NOTE = auto()
    """An item of a list of notes, whose number the browser would write."""
    COMMENT = auto()
    COMMENTS = auto()
    """All comments together."""
    INSERTED = auto()
    DELETED = auto()
    EDGE = auto()
    """The head or foot of the printed page."""


SILENT = frozenset((Sign.BACK, Sign.COMMENT, Sign.COMMENTS, Sign.DELETED, Sign.EDGE))
"""The text in these is no part of the essay."""


def told(signs: Mapping[Sign, int]) -> tuple[str, ...]:
    """What a teacher should be told of a page with so many of each sign: tracked changes and comments."""
    found: list[str] = []
    if signs.get(Sign.DELETED):
        found.append("The page has tracked changes: insertions are kept, deletions are left out.")
    elif signs.get(Sign.INSERTED):
        found.append("The page has tracked changes: insertions are kept.")
    if comments := signs.get(Sign.COMMENT):
        found.append(f"{comments} comment{'s' if comments > 1 else ''} in the margin left out.")
    return tuple(found)


def lines_of(edge: LexborNode) -> list[str]:
    """The lines in the head or foot of a page."""
    return [line for line in (" ".join(each.text().split()) for each in edge.css("p")) if line]


def sign_of(node: LexborNode, tag: str) -> Sign:
    """What an element is besides text."""
    if tag == "a":
        return _of_link(node)
    attributes = node.attributes
    if tag == "li":
        return Sign.NOTE if attributes.get("role") in _NOTE_ROLES else Sign.NONE
    if tag in ("ins", "del"):  # without a date or author it is what somebody struck out or underlined for all to see
        tracked = "datetime" in attributes or "cite" in attributes
        return (Sign.INSERTED if tag == "ins" else Sign.DELETED) if tracked else Sign.NONE
    if tag == "span":
        return Sign.BACK if (attributes.get("class") or "").lower() == "msocommentreference" else Sign.NONE
    if tag == "div":
        return _of_division(node)
    return Sign.NONE


def _of_link(link: LexborNode) -> Sign:
    attributes = link.attributes
    target = attributes.get("href") or ""
    name = (attributes.get("class") or "").lower()
    role = attributes.get("role") or ""
    if role == "doc-backlink" or "footnote-back" in name or target.startswith("#cmnt") or name == "msocomanchor":
        return Sign.BACK
    raised = link.css_first("sup") is not None or (link.parent is not None and link.parent.tag == "sup")
    if (
        len(target) > 1
        and target.startswith("#")
        and (raised or role == "doc-noteref" or "note" in name)
        and _NUMBER.match(link.text())
    ):
        return Sign.NOTE_MARK
    return Sign.NONE


def _of_division(node: LexborNode) -> Sign:
    attributes = node.attributes
    part = _MSO_PART.search(attributes.get("style") or "")
    if part:
        found = {"comment-list": Sign.COMMENTS, "comment": Sign.COMMENT}
        return found.get(part[1].lower(), Sign.EDGE)
    if attributes.get("title") in ("header", "footer"):
        return Sign.EDGE
    first = _first_element(_first_element(node, "p"), "a")
    if first is not None and (first.attributes.get("href") or "").startswith("#cmnt_ref"):
        return Sign.COMMENT
    return Sign.NONE


def _first_element(node: LexborNode | None, tag: str) -> LexborNode | None:
    child = node.first_child if node is not None else None
    while child is not None and child.tag == "-text" and not (child.text_content or "").strip():
        child = child.next
    return child if child is not None and child.tag == tag else None
