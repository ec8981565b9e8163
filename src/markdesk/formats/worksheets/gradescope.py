"""Gradescope's list of scores: the total is written; its questions' scores, each with its maximum, stay as they are."""

from markdesk.formats.worksheets.cells import Table
from markdesk.formats.worksheets.found import Chosen, Found, Headings, Names


def gradescope(of: Table, heads: Headings, chosen: Chosen, assignment: str) -> Found | None:
    """How to read Gradescope's list; None where it is none."""
    sid, email, total = heads.find("SID"), heads.find("Email"), heads.find("Total Score")
    if total is None or (sid is None and email is None):
        return None
    out_of = heads.find("Max Points")
    whole = heads.find("Name")
    by = (("sis", sid), ("email", email))
    return Found(
        "gradescope",
        "scores of Gradescope",
        heads.at,
        tuple((kind, at) for kind, at in by if at is not None),
        heads.named(chosen.mark) if chosen.mark else total,
        Names(whole=whole) if whole is not None else Names(heads.find("First Name"), heads.find("Last Name")),
        heads.named(chosen.feedback) if chosen.feedback else None,
        out_of=lambda row: row.value(out_of) if out_of is not None else "",
    )
