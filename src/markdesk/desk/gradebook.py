"""Marks as a school system's gradebook has them: a line an assignment, or one a scale too, and a result a student.

A student is known there by the id that the system gave her (OneRoster's ``sourcedId``), which a class list brought in.
Who has none is left out and named: an id is never made up. Ours, of lines and results, come from the desk's own ids, so
that the same export made again is the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid5

from markdesk.core.award import NO_RESPONSE, Total
from markdesk.core.class_list import Asked
from markdesk.core.people import Student
from markdesk.core.plain import is_plain
from markdesk.core.queue_notes import Why
from markdesk.core.rubric import Scale
from markdesk.desk.assignments import ClassRow, ClassSheet
from markdesk.desk.class_table import title_of

_OURS = UUID("7b1a6a3e-6f0c-4c57-9d5e-2f1a3c9b8e40")


class ScoreStatus(StrEnum):
    """How far a result has come, in OneRoster's words."""

    EXEMPT = "exempt"
    FULLY_GRADED = "fully graded"
    NOT_SUBMITTED = "not submitted"
    PARTIALLY_GRADED = "partially graded"
    SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class Line:
    """Something that is graded: an assignment, or one scale of it."""

    id: str
    title: str
    description: str
    set_on: str
    max: int


@dataclass(frozen=True, slots=True)
class Result:
    """What one student has on a line."""

    id: str
    line_id: str
    student: str
    """The id that the school's system gave her."""
    status: ScoreStatus
    score: int | None
    on: str
    """The day, ISO: when it was finished, begun, handed in or, for nothing at all, set."""
    text: str = ""
    late: bool = False
    missing: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A student who isn't in the export, and why."""

    student: Student
    why: str


@dataclass(frozen=True, slots=True)
class Gradebook:
    """All lines with their results, and who is left out."""

    lines: tuple[Line, ...]
    results: tuple[Result, ...]
    left_out: tuple[LeftOut, ...]


def our_id(*parts: str) -> str:
    """An id of ours, made of the desk's: the same each time, and no other's."""
    return str(uuid5(_OURS, "\x1f".join(parts)))


def gradebook(sheet: ClassSheet, by_scale: bool = False) -> Gradebook:
    """An assignment, with its total as the first line; ``by_scale`` adds a line for each scale of several."""
    about, rubric = sheet.assignment, sheet.rubric
    scales: tuple[Scale | None, ...] = (None, *(sheet.scales if by_scale and len(sheet.scales) > 1 else ()))
    lines: list[Line] = []
    results: list[Result] = []
    for scale in scales:
        title = f"{about.name}: {title_of(scale, sheet.scales)}" if scale else about.name
        most = scale.max if scale else rubric.max_mark
        line = Line(our_id("line", about.id, scale.id if scale else ""), title, about.question, about.set_on, most)
        lines.append(line)
        results += _results(sheet, line, scale)
    left_out = [LeftOut(student, why) for student in _students(sheet) if (why := _no_id(student))]
    return Gradebook(tuple(lines), tuple(results), tuple(left_out))


def _students(sheet: ClassSheet) -> list[Student]:
    found = [*(row.entry.student for row in sheet.rows), *(one.student for one in sheet.missing)]
    return sorted(found, key=lambda student: student.sort_key)


def _no_id(student: Student) -> str:
    """Why a student can't be in it; empty where she can."""
    known = student.id_in(Asked.ONEROSTER)
    if not known:
        return "no class list brought a OneRoster id"
    if not is_plain(known) or not known[0].isalnum() or known != known.strip() or "\n" in known:
        return "her OneRoster id is none that a file can safely hold"
    return ""


def _results(sheet: ClassSheet, line: Line, scale: Scale | None) -> Iterator[Result]:
    for row in sheet.rows:
        student = row.entry.student
        if not _no_id(student):
            yield _result(line, row, student.id_in(Asked.ONEROSTER), _came_to(row, scale))
    for one in sheet.missing:
        if _no_id(one.student):
            continue
        why, theirs = one.absence.why if one.absence else None, one.student.id_in(Asked.ONEROSTER)
        yield Result(
            our_id("result", line.id, one.student.id),
            line.id,
            theirs,
            ScoreStatus.NOT_SUBMITTED,
            None,
            line.set_on,
            late=why is Why.LATE,
            missing=why is not Why.EXTENSION,
        )


def _came_to(row: ClassRow, scale: Scale | None) -> Total:
    if scale is None:
        return row.total
    award = row.marking.award(scale.id) if row.marking else None
    if award is not None and award.no_response:
        return Total(NO_RESPONSE, 0, scale.max)
    return Total(award.mark if award else None, 0, scale.max)


def _result(line: Line, row: ClassRow, student: str, total: Total) -> Result:
    """No response is nothing submitted, and no 0; a mark that may still move isn't told."""
    header, received = row.marking.header if row.marking else None, row.entry.script.received_at
    begun = header is not None and (row.is_finished or any(award.is_marked for award in row.entry.awards))
    if row.is_finished and total.value == NO_RESPONSE:
        status, score, text = ScoreStatus.NOT_SUBMITTED, None, NO_RESPONSE
    elif row.is_finished and isinstance(total.value, int):
        status, score, text = ScoreStatus.FULLY_GRADED, total.value, ""
    else:
        status, score, text = ScoreStatus.PARTIALLY_GRADED if begun else ScoreStatus.SUBMITTED, None, ""
    day = (header.completed_at or header.started_at if header else received)[:10]
    return Result(our_id("result", line.id, row.entry.student.id), line.id, student, status, score, day, text)
