"""The lists of school systems that are known by their headings: what each calls a student, and which rows are none."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from markdesk.core.class_list import Asked
from markdesk.core.plain import fold
from markdesk.formats.class_lists.headers import plain_header
from markdesk.formats.class_lists.tables import Cells

PARTICIPANT = re.compile(
    r"(?:participant|teilnehmer(?:/?in)?|participante|partecipante|deelnemer|cyfranogwr|cyfrannwr|uczestnik|deltaker"
    r"|deltagare|deltager|osallistuja)[\s_]*\d{1,12}",
    re.I,
)
"""What Moodle calls a submission, in the language of the site: another number in the next assignment."""
_DOWNLOADED = (
    "last downloaded from this course",
    "zuletzt aus diesem kurs geladen",
    "dernier telechargement depuis ce cours",
    "dernier telechargement de ce cours",
    "ultima descarga de este curso",
    "llawrlwythwyd ddiwethaf",
)
_READ_ONLY = re.compile(r"\((?:read only|[^)]*only[^)]*|[^)]*seule[^)]*|schreibgeschutzt|[^)]*lectura)\)", re.I)


@dataclass(frozen=True, slots=True)
class System:
    """A list of one school system."""

    called: str
    is_it: Callable[[frozenset[str], Sequence[Cells]], bool]
    """By the plain headings, and the first rows below them."""
    says: Mapping[str, Asked | None] = field(default_factory=dict)
    """What its headings say that mean something else elsewhere; None for what is not kept."""
    strips: str = ""
    """What it puts in front of an id."""


def _canvas(headings: frozenset[str], rows: Sequence[Cells]) -> bool:
    named = "student" in headings or {"last name", "first name"} <= headings
    return "id" in headings and named and bool(headings & {"section", "sis login id", "sis user id", "root account"})


def _worksheet(headings: frozenset[str], rows: Sequence[Cells]) -> bool:
    firsts = [row[0] for row in rows if row[0]]
    return bool(firsts) and sum(bool(PARTICIPANT.fullmatch(cell)) for cell in firsts) * 2 > len(firsts)


def _moodle(headings: frozenset[str], rows: Sequence[Cells]) -> bool:
    return (
        any(heading.startswith(_DOWNLOADED) for heading in headings)
        or {
            "first name",
            "id number",
            "institution",
        }
        <= headings
    )


def _participants(headings: frozenset[str], rows: Sequence[Cells]) -> bool:
    return {"first name", "last name", "email address", "groups"} <= headings


def _gradescope(headings: frozenset[str], rows: Sequence[Cells]) -> bool:
    return {"sid", "email"} <= headings


def _classroom(headings: frozenset[str], rows: Sequence[Cells]) -> bool:
    return {"last name", "first name", "email address"} <= headings and any(classroom_row(row) for row in rows[:3])


def _brightspace(headings: frozenset[str], rows: Sequence[Cells]) -> bool:
    return "org defined id" in headings or "end of line indicator" in headings


SYSTEMS = (
    System(
        "a gradebook of Canvas",
        _canvas,
        {"id": Asked.CANVAS, "student": Asked.NAME, "sis user id": Asked.SIS, "sis login id": Asked.LOGIN},
    ),
    System("a grading worksheet of Moodle", _worksheet),
    System("a gradebook of Moodle", _moodle, {"id number": Asked.SIS}),
    System("the participants of a Moodle course", _participants, {"id number": Asked.SIS}),
    System("a list of Gradescope", _gradescope, {"sid": Asked.SIS, "sections": Asked.CLASS, "section name": None}),
    System("grades of Google Classroom", _classroom),
    System("grades of Brightspace", _brightspace, {"org defined id": Asked.SIS}, strips="#"),
)


def system_of(headings: Sequence[str], rows: Sequence[Cells]) -> System | None:
    """Which system's list has such headings; None for a list of anybody's."""
    plain = frozenset(map(plain_header, headings))
    return next((system for system in SYSTEMS if system.is_it(plain, rows)), None)


def classroom_row(cells: Cells) -> str:
    """Google Classroom's two rows of headings more: the dates and the points of its assignments."""
    lead = [fold(cell) for cell in cells[:3] if cell]
    if len(lead) == 1 and lead[0] in ("date", "points", "date due", "due date"):
        return f"the assignments' {'points' if lead[0] == 'points' else 'dates'}"
    return ""


def canvas_row(cells: Cells, name: str) -> str:
    """Canvas' rows below the headings: how the marks are posted, and out of how many they are."""
    if fold(name).startswith("points possible") or (not name and any(map(_READ_ONLY.fullmatch, cells))):
        return "points possible"
    filled = [cell for cell in cells if cell]
    if not name and filled and all(fold(cell) in ("manual posting", "automatic posting") for cell in filled):
        return "how marks are posted"
    return ""
