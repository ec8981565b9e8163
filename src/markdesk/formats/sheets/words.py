"""The words that several kinds of sheet share."""

from datetime import date

from markdesk.core.feedback import Field
from markdesk.core.marking import MarkingStatus
from markdesk.core.marksheet import MarkSheet

STATUS = {
    MarkingStatus.IN_PROGRESS: "being marked",
    MarkingStatus.COMPLETE: "marked",
    MarkingStatus.MODERATED: "moderated",
    MarkingStatus.RETURNED: "returned",
}

HEADINGS = {
    Field.WWW: "What went well (WWW)",
    Field.EBI: "Even better if (EBI)",
    Field.TARGET: "Your target",
    Field.TASK: "To do now",
    Field.COMMENT: "Comment",
    Field.QUESTION: "Questions to think about",
}
"""The headings of a student's sheet."""

_NAMES = "January February March April May June July August September October November December"
_MONTHS = _NAMES.split()  # strftime would give the months of the machine's language


def long_date(iso: str) -> str:
    """``2026-11-03`` as ``3 November 2026``; anything else as it is."""
    try:
        day = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def total_line(sheet: MarkSheet) -> str:
    """``17 out of 25, Level 4``."""
    if sheet.total.value is None:
        return "Not marked yet"
    if sheet.total.value == "NR":
        return "NR (no response)"
    only = sheet.results[0] if len(sheet.results) == 1 else None
    level = f", Level {only.award.level}" if only and only.award.level else ""
    return f"{sheet.total.value} out of {sheet.total.max}{level}"
