"""Which past marks are looked at: filters that may be given together, and then all hold."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from markdesk.core.coursework import Assignment
from markdesk.core.errors import UsageProblem
from markdesk.core.ids import AssignmentId, GroupId, MarkerId, ScriptId
from markdesk.core.plain import fold, show_line
from markdesk.core.queue_notes import Heap
from markdesk.core.rubric import Rubric
from markdesk.core.search_query import Kind, Query, read_query
from markdesk.desk.assignments import Marked

YEAR_BEGINS = "09"
"""A school year begins in September."""
FLAGGED = "flagged"
TAGS = (FLAGGED, *map(str, Heap))
"""What a marker may have noted about a script in the list of its pile: a flag to come back to, a first impression."""
SOUGHT = frozenset({Kind.ESSAY, Kind.COMMENT, Kind.FEEDBACK})
"""Where words are looked for: in what stands on a script. A private note is never looked through: what is shown may go
out."""
_RANGE = re.compile(r"\s*([0-9]{1,4})\s*(?:[-–]\s*([0-9]{1,4})\s*)?")


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
    tag: str = ""
    """One of ``TAGS``."""
    text: str = ""
    """Words, phrases and words near each other, as the search takes them; read by ``read_text``."""

    @property
    def of_scripts(self) -> bool:
        """Whether it picks among the essays of a pile. What is left is no whole pile then: no drift, nobody missing."""
        return bool(self.stamp or self.tag or self.text) or self.level is not None or self.marks is not None

    @property
    def names(self) -> tuple[str, ...]:
        """Those that narrow it, by name. A scale by itself narrows nothing."""
        return tuple(name for name in ORDER if getattr(self, name) != getattr(NONE, name) and name != "scale")

    @property
    def query(self) -> Query:
        return read_text(self.text)

    def takes(self, assignment: Assignment, rubric: Rubric) -> bool:
        """Whether an assignment is looked at."""
        return (
            self.assignment in (None, assignment.id)
            and self.group in (None, assignment.group_id)
            and self.year in ("", school_year(assignment.set_on))
            and (not self.board or fold(self.board) == fold(rubric.board))
            and (not self.question or self._is_asked(assignment))
        )

    def _is_asked(self, assignment: Assignment) -> bool:
        text = fold(f"{assignment.name} {assignment.question}")
        return all(word in text for word in fold(self.question).split())

    def picks(self, row: Marked, stamped: Container[ScriptId], worded: Container[ScriptId] = ()) -> bool:
        """Whether a script of it is; ``stamped`` are those that have the stamp, ``worded`` those that hold the text."""
        its = row.entry.script.id
        return (
            self._at_level(row)
            and self._in_range(row)
            and (not self.stamp or its in stamped)
            and (not self.text or its in worded)
            and (not self.tag or self._is_tagged(row))
        )

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

    def _is_tagged(self, row: Marked) -> bool:
        note = row.entry.note
        return note is not None and (note.is_flagged if self.tag == FLAGGED else note.heap == self.tag)

    def within(self, assignment: Assignment) -> "Filters":
        """The same, of one assignment."""
        return replace(self, assignment=assignment.id)

    def without(self, name: str) -> "Filters":
        """The same without one of them."""
        # A scale means nothing but what the level and the marks are of.
        return replace(self, **{name: getattr(NONE, name)})

    def each_without(self) -> Iterator[tuple[str, "Filters"]]:
        """What it would be without each of them that narrows it; a scale counts where a level or marks are of it."""
        for name in self.names:
            yield name, self.without(name)
        if self.scale and (self.level is not None or self.marks is not None):
            yield "scale", self.without("scale")


ORDER = (
    "assignment", "group", "year", "board", "question", "marker", "scale", "level", "marks", "stamp", "tag", "text",
)  # fmt: skip
"""In which they are asked for and told."""
OF_ASSIGNMENTS = ORDER[:5]
"""Those that choose among assignments; the others choose among their essays, or say whose marks are meant."""
NONE = Filters()


def school_year(day: str) -> str:
    """``2026-11-23`` as ``2026-27``; empty for what is no day."""
    year, _, month = day[:7].partition("-")
    if not (year.isdecimal() and month.isdecimal()):
        return ""
    first = int(year) if month >= YEAR_BEGINS else int(year) - 1
    return f"{first}-{(first + 1) % 100:02d}"


def read_range(typed: str) -> tuple[int, int]:
    """``14-18``, or ``14`` for that mark alone. Raises UsageProblem with a sentence."""
    found = _RANGE.fullmatch(typed)
    if found is None:
        raise UsageProblem(f"'{show_line(typed[:40])}' is no mark and no range.", "Write it like 14-18.")
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first:
        raise UsageProblem(f"The range {first}-{last} is written backwards.", f"Did you mean {last}-{first}?")
    return first, last


def read_text(typed: str) -> Query:
    """What is looked for on a script. Raises UsageProblem where that is nothing, or something that scripts don't hold.

    Whose it is and when it was set are filters of their own here.
    """
    found = read_query(typed)
    if found.is_filtered:
        raise UsageProblem(
            "student:, group:, year: and stamp: are for the search of everything.",
            'Here it takes words, "phrases" and one NEAR another; put a word with a colon in quotation marks.',
        )
    if not found.terms:
        raise UsageProblem("There is no word in that to look for.", "Type a word, or several.")
    kinds = found.kinds & SOUGHT if found.kinds else SOUGHT
    if not kinds:
        raise UsageProblem("Words are looked for in essays, comments and feedback.", "Leave the in: out.")
    return replace(found, kinds=kinds)
