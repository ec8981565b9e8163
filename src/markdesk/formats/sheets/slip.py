"""Mark slips: what somebody got, on a piece of paper to cut off.

For coursework before it goes to the board, and for work whose sheet went out without its mark.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markdesk.core.marksheet import MarkSheet, ScaleResult
from markdesk.formats.documents.document import NO_SCHOOL, Document, School, Slip, Slips
from markdesk.formats.sheets.student import whose
from markdesk.formats.sheets.words import long_date, total_line

PROVISIONAL = "This mark is provisional: it may change after internal standardisation and moderation by the board."
MATERIALS = "You may ask for copies of your work and the mark scheme, to help you decide."


@dataclass(frozen=True, slots=True)
class SlipChoice:
    """What a page of slips shows."""

    by_number: bool = False
    """The candidate number in place of the name."""
    is_coursework: bool = False
    review_by: str = ""
    """The last day on which a review of a coursework mark can be asked for, ISO."""
    school: School = NO_SCHOOL


def mark_slips(sheets: Sequence[MarkSheet], choice: SlipChoice) -> Document:
    """The slips of these students, in the order given; of one assignment, and of one student at the least."""
    first = sheets[0]
    about = first.assignment
    return Document(
        title="Mark slips",
        subtitle=first.question or about,
        whose=", ".join(part for part in (first.group, about) if part),
        foot=", ".join(part for part in (about, long_date(first.set_on)) if part),
        blocks=(Slips(tuple(_slip(sheet, choice) for sheet in sheets)),),
        school=choice.school,
    )


def _slip(sheet: MarkSheet, choice: SlipChoice) -> Slip:
    of_each = " · ".join(_part(result) for result in sheet.results)
    scales = (("On each scale", of_each),) if len(sheet.results) > 1 else ()
    day = ("Marked", f"{long_date(sheet.marked_on)}, by {sheet.marker}" if sheet.marked_on else f"by {sheet.marker}")
    return Slip(whose(sheet, choice.by_number), sheet.assignment, total_line(sheet), (*scales, day), _told(choice))


def _part(result: ScaleResult) -> str:
    """``AO1 15 out of 20, Level 4``."""
    level = f", Level {result.award.level}" if result.award.level else ""
    return f"{result.scale.brief} {result.mark}{level}"


def _told(choice: SlipChoice) -> tuple[str, ...]:
    if not choice.is_coursework:
        return ()
    by = f"do so in writing by {long_date(choice.review_by)}." if choice.review_by else "ask your teacher by when."
    return (PROVISIONAL, f"To ask for a review of the marking, {by} {MATERIALS}")
