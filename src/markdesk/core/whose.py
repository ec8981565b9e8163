"""Whose a file is, as its name, its folder or the school system that it came from tells it."""

from dataclasses import dataclass
from enum import StrEnum


class Sureness(StrEnum):
    """How much a name that was read may be relied on."""

    SURE = "sure"
    """The system writes it so, and it can be read in one way."""
    CHECK = "check"
    """It was read by a pattern that people don't keep to, or can be read in several ways: the teacher is asked."""


@dataclass(frozen=True, slots=True)
class Whose:
    """What a file says about who handed it in. Whether there is such a student is another question."""

    system: str
    """``moodle``, ``canvas``, ``turnitin``, ``blackboard``, ``brightspace``, ``teams``, ``google``; empty for a file
    that was named by hand."""
    given_name: str = ""
    """Empty where no name is told, as under blind marking."""
    family_name: str = ""
    id: str = ""
    """What the system calls the person or the submission."""
    id_of: str = ""
    """``person`` (a Canvas or Blackboard user, an e-mail address) or ``submission`` (Moodle's participant number,
    which is another one in the next assignment, or Turnitin's paper)."""
    sureness: Sureness = Sureness.CHECK
    why: str = ""
    """Where it was read, as a sentence for the preview: ``Read from Moodle's folder.``"""
    is_late: bool = False
    others: tuple[tuple[str, str], ...] = ()
    """Other ways to read the name, given and family, where it can't be told which half is which."""
    doubt: str = ""
    """A sentence about how the name was read, where that isn't certain; of no account once somebody has the name."""

    @property
    def readings(self) -> tuple[tuple[str, str], ...]:
        """Every way to read the name, the likeliest first; none where no name is told."""
        told = (self.given_name, self.family_name)
        return (told, *self.others) if any(told) else self.others

    @property
    def name(self) -> str:
        """As a person reads it; empty where none is told."""
        return " ".join(filter(None, self.readings[0])) if self.readings else ""

    @property
    def called(self) -> str:
        """The id with its system: ``Canvas 4821``; empty where neither is told."""
        return f"{self.system.capitalize()} {self.id}".strip()
