"""A school system's own list of marks, as the desk sees it: whose each row is said to be, and what stands in it.

How the file is written (its bytes, its separators, its language) is the formats' business. What may be put into it
is decided here and in ``desk.filling``.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from markdesk.core.class_list import LeftOut

PARTICIPANT = "participant"
"""Moodle's number of a submission: the script's ``system_id``."""
CANDIDATE = "candidate"
ANY = "any"
"""A column that the teacher named: whichever of a student's numbers it holds."""

_NUMBER = re.compile(r"\d[\d.,]*|[.,]\d+")


class Bar(StrEnum):
    """What keeps a row from being written, whoever's it is."""

    REFUSED = "refused"
    """Somebody has to look at it."""
    LEFT = "left"
    """It is meant to stay as it is."""


@dataclass(frozen=True, slots=True)
class SheetId:
    """What a row calls its student."""

    kind: str
    """A system of ``Student.ids``, or one of the three above."""
    value: str
    column: str
    """The heading it stands under."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that may be a student's."""

    number: int
    """As a spreadsheet counts, from 1."""
    ids: tuple[SheetId, ...]
    readings: tuple[tuple[str, str], ...] = ()
    """Every way to read its name, given and family; none where it has no name."""
    mark: str = ""
    """What stands in the mark's cell, trimmed."""
    feedback: str = ""
    out_of: str = ""
    """What the file says the mark is out of; empty where it doesn't say."""
    bar: Bar | None = None
    why: str = ""
    """Why nothing may be written here."""
    hint: str = ""

    @property
    def name(self) -> str:
        return " ".join(filter(None, self.readings[0])) if self.readings else ""


@dataclass(frozen=True, slots=True)
class Worksheet:
    """Everything that the desk needs of a file."""

    system: str
    """``moodle``, ``canvas``, ``gradescope``, ``brightspace``, ``generic``."""
    called: str
    """In words: ``a grading worksheet of Moodle``."""
    mark_column: str
    feedback_column: str
    """Empty where it has none."""
    rows: tuple[SheetRow, ...]
    others: tuple[LeftOut, ...] = ()
    """The rows that are no student's."""
    notes: tuple[str, ...] = ()


def number(text: str) -> Decimal | None:
    """A figure with a decimal point or a decimal comma; None for anything else.

    Where both signs stand in it, the last one is the decimal sign.
    """
    bare = re.sub(r"[\s\u00a0\u202f]", "", text)
    if not _NUMBER.fullmatch(bare):
        return None
    at = max(bare.rfind("."), bare.rfind(","))
    if at >= 0:
        whole, part = re.sub("[.,]", "", bare[:at]), bare[at + 1 :]
        bare = f"{whole or 0}.{part or 0}"
    try:
        return Decimal(bare)
    except InvalidOperation:
        return None


def is_blank(mark: str) -> bool:
    """Whether a mark's cell says that there is none yet; Moodle and Canvas write a dash."""
    return mark.strip() in ("", "-", "–", "—")
