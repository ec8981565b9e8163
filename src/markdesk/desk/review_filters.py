"""Which past marks are looked at: filters that may be given together, and then all hold."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from markdesk.core.coursework import Assignment
from markdesk.core.ids import AssignmentId, GroupId, MarkerId, ScriptId
from markdesk.core.plain import fold
from markdesk.core.rubric import Rubric
from markdesk.desk.assignments import Marked

YEAR_BEGINS = "09"
"""A school year begins in September."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What is looked at; what isn't given doesn't narrow it."""

    assignment: AssignmentId | None = None
    group: GroupId | None = None
    year: str = ""
    """A school year, ``2026-27``: set from September 2026 to August 2027."""
    board: str = ""
    question: str = ""
    """Words that the assignment's name or question has, all of them."""
    marker: MarkerId | None = None
    """Whose marks; None for the desk's own marker."""
    scale: str = ""
    """The scale that ``level`` and ``marks`` are of; without it the level is of any scale and the marks are totals."""
    level: int | None = None
    marks: tuple[int, int] | None = None
    """From the lowest to the highest, both included."""
    stamp: str = ""

    @property
    def of_scripts(self) -> bool:
        """Whether it picks among the essays of a pile. What is left is no whole pile then: no drift, nobody missing."""
        return bool(self.stamp) or self.level is not None or self.marks is not None

    def takes(self, assignment: Assignment, rubric: Rubric) -> bool:
        """Whether an assignment is looked at."""
        words = fold(self.question).split()
        text = fold(f"{assignment.name} {assignment.question}")
        return (
            self.assignment in (None, assignment.id)
            and self.group in (None, assignment.group_id)
            and self.year in ("", school_year(assignment.set_on))
            and (not self.board or fold(self.board) == fold(rubric.board))
            and all(word in text for word in words)
        )

    def picks(self, row: Marked, stamped: Mapping[ScriptId, int]) -> bool:
        """Whether a script of it is; ``stamped`` are those that have the stamp."""
        return self._at_level(row) and self._in_range(row) and (not self.stamp or row.entry.script.id in stamped)

    def _at_level(self, row: Marked) -> bool:
        if self.level is None:
            return True
        awards = [award for award in row.entry.awards if self.scale in ("", award.scale) and award.is_marked]
        return any(award.level == self.level and not award.no_response for award in awards)

    def _in_range(self, row: Marked) -> bool:
        if self.marks is None:
            return True
        lowest, highest = self.marks
        award = row.award(self.scale) if self.scale else None
        value = (award.mark if award else None) if self.scale else row.total.value
        return isinstance(value, int) and lowest <= value <= highest

    def within(self, assignment: Assignment) -> "Filters":
        """The same, of one assignment."""
        return replace(self, assignment=assignment.id)


def school_year(day: str) -> str:
    """``2026-11-23`` as ``2026-27``; empty for what is no day."""
    year, _, month = day[:7].partition("-")
    if not (year.isdecimal() and month.isdecimal()):
        return ""
    first = int(year) if month >= YEAR_BEGINS else int(year) - 1
    return f"{first}-{(first + 1) % 100:02d}"
