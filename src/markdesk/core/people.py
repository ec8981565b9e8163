"""Who wrote, who is taught together, who marked."""

from dataclasses import dataclass

from markdesk.core.ids import GroupId, MarkerId, StudentId
from markdesk.core.plain import fold


@dataclass(frozen=True, slots=True)
class Student:
    """Somebody whose essays are marked. ``candidate_number`` is the board's, and optional."""

    id: StudentId
    given_name: str
    family_name: str
    candidate_number: str = ""
    tutor_group: str = ""
    has_access_arrangements: bool = False
    """Whether she writes under access arrangements (extra time, a word processor). Not which: that isn't kept."""
    ids: tuple[tuple[str, str], ...] = ()
    """What school systems call her, by system: ``(("canvas", "4821"), ("email", "amara@school.example"))``.

    The systems that class lists tell are ``class_list.SYSTEMS``: ``sis`` is the school's own number (an admission
    number, Moodle's ID number, Gradescope's SID), ``login`` a user name, ``email`` is in small letters. A download adds
    the one that it comes from. There is one id for each system."""

    def id_in(self, system: str) -> str:
        """What a system calls her; empty where it isn't known."""
        return dict(self.ids).get(system, "")

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def sort_key(self) -> tuple[str, str, str]:
        return fold(self.family_name), fold(self.given_name), self.id


def split_name(name: str) -> tuple[str, str]:
    """A written name as given and family name: ``Amara Okafor`` and ``Okafor, Amara`` are the same person."""
    name = " ".join(name.split())
    family, comma, given = name.partition(",")
    if comma:
        return given.strip(), family.strip()
    given, _, family = name.rpartition(" ")
    return given, family


@dataclass(frozen=True, slots=True)
class TeachingGroup:
    """A class or set, as the school calls it: ``13H``."""

    id: GroupId
    name: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A student is in a group."""

    group_id: GroupId
    student_id: StudentId


@dataclass(frozen=True, slots=True)
class Marker:
    """Who marks; known by the name that the settings or the login give."""

    id: MarkerId
    name: str
