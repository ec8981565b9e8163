"""A class list as it was read from a file: the students, which column was taken for what, and all that was left out."""

from dataclasses import dataclass
from enum import StrEnum


class Asked(StrEnum):
    """What a column of a list may hold that is kept. Everything else in a list stays in its file."""

    GIVEN = "given"
    FAMILY = "family"
    NAME = "name"
    """The whole name: given name first, or family name first with a comma."""
    FAMILY_FIRST = "family-first"
    """The whole name, the family name first and no comma."""
    CANDIDATE = "candidate"
    TUTOR = "tutor"
    CLASS = "class"
    ACCESS = "access"
    """Access arrangements: whether, not which."""
    ROLE = "role"
    """Read, so that a teacher isn't taken for a student, and not kept."""
    EMAIL = "email"
    LOGIN = "login"
    SIS = "sis"
    CANVAS = "canvas"
    MOODLE = "moodle"
    GRADESCOPE = "gradescope"
    ONEROSTER = "oneroster"


SYSTEMS = (Asked.ONEROSTER, Asked.SIS, Asked.CANVAS, Asked.MOODLE, Asked.GRADESCOPE, Asked.EMAIL, Asked.LOGIN)
"""What of it are a student's ids, those that change least first. They are the systems in ``Student.ids``."""

WORDS = {
    Asked.GIVEN: "given name",
    Asked.FAMILY: "family name",
    Asked.NAME: "name",
    Asked.FAMILY_FIRST: "name, family name first",
    Asked.CANDIDATE: "candidate number",
    Asked.TUTOR: "tutor group",
    Asked.CLASS: "class",
    Asked.ACCESS: "access arrangements, yes or no",
    Asked.ROLE: "who is a student",
    Asked.EMAIL: "e-mail",
    Asked.LOGIN: "login",
    Asked.SIS: "school's number",
    Asked.CANVAS: "Canvas number",
    Asked.MOODLE: "Moodle number",
    Asked.GRADESCOPE: "Gradescope number",
    Asked.ONEROSTER: "OneRoster id",
}
"""What each is called where people read it."""


def system_word(system: str) -> str:
    """What an id of a school system is called; a download may have brought one of a system that no list tells."""
    return WORDS[Asked(system)] if system in SYSTEMS else f"{system.capitalize()} id"


@dataclass(frozen=True, slots=True)
class Taken:
    """A column that is kept, and what it was taken for."""

    asked: Asked
    header: str
    """As it stands in the file; ``column B`` where it has none."""
    doubt: str = ""
    """Why somebody has to look at it; empty where its header or its format says it plainly."""
    rank: int = 0
    """Where two columns say one thing the lower wins: a preferred name is one that she goes by, a legal one isn't."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is no student, or that can't be one."""

    row: int
    """As a spreadsheet counts, from 1."""
    why: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A student as a class list has her. What it doesn't say is empty, and wipes nothing."""

    row: int
    given_name: str
    family_name: str
    candidate_number: str = ""
    tutor_group: str = ""
    has_access_arrangements: bool | None = None
    """None where the list doesn't say."""
    ids: tuple[tuple[str, str], ...] = ()
    classes: tuple[str, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    """Other ways to read the name, given and family, or another name that the list has for her."""
    doubt: str = ""
    """Why the halves of the name may be otherwise; empty where the list says them plainly."""

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def readings(self) -> tuple[tuple[str, str], ...]:
        """Every way to read the name, the likeliest first."""
        return ((self.given_name, self.family_name), *self.others)


@dataclass(frozen=True, slots=True)
class ClassList:
    """Everything that was made of a file."""

    kind: str
    """What it is, in words: ``a gradebook of Canvas``."""
    rows: tuple[Listed, ...]
    mapping: tuple[Taken, ...]
    dropped_columns: tuple[str, ...] = ()
    """The headers of what isn't kept."""
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def doubts(self) -> tuple[Taken, ...]:
        """The columns that have to be confirmed before anything is written."""
        return tuple(taken for taken in self.mapping if taken.doubt)

    @property
    def classes(self) -> dict[str, int]:
        """The classes that it names, and how many students each has."""
        found: dict[str, int] = {}
        for row in self.rows:
            for name in row.classes:
                found[name] = found.get(name, 0) + 1
        return found
