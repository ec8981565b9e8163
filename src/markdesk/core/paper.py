"""A question paper: its sections and questions, and how many are to be answered.

A paper as its file gives it is a ``Paper``; one that was set to a class is a ``PaperSet``, which says under which
assignment the answers to each question are marked. On the command line that is an *exam*.

Whoever answers too many questions has broken the paper's instructions, which boards call a rubric infringement: all
answers are marked and the best of the number allowed count (OCR's marking instructions). ``paper_totals`` adds up so.
"""

from dataclasses import MISSING, dataclass, fields, is_dataclass
from typing import Any

from markdesk.core.ids import AssignmentId, GroupId, PaperSetId
from markdesk.core.rubric import Provenance, Status

SCHEMA = "markdesk.paper/1"


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """One question that is marked by itself."""

    number: str
    """As it is printed: ``01``, ``2(a)``."""
    rubric: str
    """The id of the mark scheme."""
    max: int
    text: str = ""
    """The question's words; empty where the paper doesn't fix them."""
    part_of: str = ""
    """What it is a part of: parts of one name are answered together, and count as one choice."""


Choice = tuple[PaperQuestion, ...]
"""What a candidate chooses as a whole: one question, or the parts of one."""


@dataclass(frozen=True, slots=True)
class Section:
    """Questions of which so many are to be answered."""

    id: str
    title: str
    questions: tuple[PaperQuestion, ...]
    choose: int = 0
    """How many choices are to be answered; 0 for all."""

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The questions by what is chosen together, in the order of the paper."""
        found: dict[str, list[PaperQuestion]] = {}
        for question in self.questions:
            # A part's name and a question's number can be the same text and are different things.
            key = f"part {question.part_of}" if question.part_of else f"question {question.number}"
            found.setdefault(key, []).append(question)
        return tuple(map(tuple, found.values()))

    @property
    def needed(self) -> int:
        """How many choices make a full answer."""
        return self.choose or len(self.choices)

    @property
    def max(self) -> int:
        """The most marks that can be had: choices of one section are worth the same (``paper_check``)."""
        return sum(worth(choice) for choice in self.choices[: self.needed])


def worth(choice: Choice) -> int:
    """The marks of a choice, its parts together."""
    return sum(question.max for question in choice)


@dataclass(frozen=True, slots=True)
class Paper:
    """One question paper, as a board sets it or a school."""

    id: str
    version: str
    title: str
    status: Status
    sections: tuple[Section, ...]
    provenance: Provenance
    board: str = ""
    qualification: str = ""
    spec: str = ""
    component: str = ""
    """Which component of the qualification it examines: ``1``, ``Y1``."""
    time_minutes: int = 0

    @property
    def max(self) -> int:
        return sum(section.max for section in self.sections)

    @property
    def questions(self) -> tuple[PaperQuestion, ...]:
        return tuple(question for section in self.sections for question in section.questions)

    def question(self, number: str) -> PaperQuestion | None:
        return next((question for question in self.questions if question.number == number), None)

    def to_plain(self) -> dict[str, Any]:
        """The paper as plain data, for keeping. What has its default is left out, so that a field that a later version
        of the program adds doesn't alter what this one kept."""
        plain = _plain(self)
        assert isinstance(plain, dict)
        return plain


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        kept = {f.name: (f.default, getattr(value, f.name)) for f in fields(value)}
        return {name: _plain(has) for name, (usual, has) in kept.items() if usual is MISSING or has != usual}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Status) else value


def paper_from_plain(plain: dict[str, Any]) -> Paper:
    """The paper that ``to_plain`` wrote. For data that was checked before it was kept."""
    sections = tuple(
        Section(**{**section, "questions": tuple(PaperQuestion(**question) for question in section["questions"])})
        for section in plain["sections"]
    )
    status, provenance = Status(plain["status"]), Provenance(**plain["provenance"])
    return Paper(**{**plain, "status": status, "sections": sections, "provenance": provenance})


@dataclass(frozen=True, slots=True)
class PaperSet:
    """A paper set to a class: for each question the assignment under which its answers are marked.

    It keeps the paper as it was when it was set, so that a changed file never alters a total.
    """

    id: PaperSetId
    name: str
    paper: Paper
    assignments: tuple[tuple[str, AssignmentId], ...]
    """The assignment of each question by its number, in the order of the paper."""
    set_on: str
    """The day it was set, ISO ``2026-11-23``."""
    group_id: GroupId | None = None

    def assignment_of(self, number: str) -> AssignmentId:
        """Under which assignment the question is marked. Raises KeyError for a number that the paper doesn't have."""
        return dict(self.assignments)[number]
