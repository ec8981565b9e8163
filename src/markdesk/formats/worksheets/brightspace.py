"""Brightspace's (D2L's) grades: ``Essay 1 Points Grade <Numeric MaxPoints:25>``, ids that begin with ``#``."""

import re

from markdesk.core.errors import WorksheetUnreadable
from markdesk.core.plain import show_line
from markdesk.formats.worksheets.cells import Table
from markdesk.formats.worksheets.found import Chosen, Found, Headings, Names, by_title, unsure

_POINTS = re.compile(r"(?P<title>.+) Points Grade\s*(?P<about><[^<>]*>)?", re.S)
_MOST = re.compile(r"\bMaxPoints:([\d.,]+)")


def brightspace(of: Table, heads: Headings, chosen: Chosen, assignment: str) -> Found | None:
    """How to read Brightspace's export; None where it is none."""
    org, login = heads.find("OrgDefinedId"), heads.find("Username")
    if org is None and (login is None or heads.find("End-of-Line Indicator") is None):
        return None
    matches = {at: match for at, heading in enumerate(heads.shown) if (match := _POINTS.fullmatch(heading))}
    titles = {at: match["title"] for at, match in matches.items()}
    mark = heads.named(chosen.mark) if chosen.mark else by_title(titles, assignment)
    if mark is None:
        raise unsure(titles, assignment, heads)
    if mark not in matches:
        raise WorksheetUnreadable(
            f"'{show_line(heads.shown[mark])}' doesn't take marks: Brightspace takes them in columns '… Points Grade'.",
            heads.listed(list(titles)) if titles else "Export the grades with their points.",
        )
    said = _MOST.search(matches[mark]["about"] or "")
    most = said[1] if said else ""
    by = (("sis", org), ("login", login), ("email", heads.find("Email")))
    return Found(
        "brightspace",
        "grades of Brightspace",
        heads.at,
        tuple((kind, at) for kind, at in by if at is not None),
        mark,
        Names(heads.find("First Name"), heads.find("Last Name")),
        heads.named(chosen.feedback) if chosen.feedback else None,
        out_of=lambda _: most,
        clean=lambda value: value.strip().removeprefix("#"),
    )
