"""An assignment as lists and the class mark sheet show it: one row a script, with what it came to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from markdesk.core.anonymity import without_any_name
from markdesk.core.award import NO_RESPONSE, Award, Total, total
from markdesk.core.coursework import Assignment
from markdesk.core.feedback import Field
from markdesk.core.ids import MarkingId, ScaleId
from markdesk.core.marking import DONE, Marking, MarkingStatus
from markdesk.core.rubric import Rubric, Scale
from markdesk.desk.anonymous import exam_of, nameless_place
from markdesk.desk.desk import Desk
from markdesk.desk.ports import Entry
from markdesk.desk.queueing import Missing, missing
from markdesk.desk.sheets import as_listed, group_name, on_earlier_text


def levels_told(rubric: Rubric, award: Callable[[ScaleId], Award | None]) -> str:
    """What each scale came to in brief: ``Level 4``; of several ``AO1 L4 14 · AO2 L3 6``."""
    found: list[str] = []
    for scale in rubric.scales:
        its = award(scale.id) or Award(MarkingId(""), scale.id)
        if len(rubric.scales) == 1:
            return f"Level {its.level}" if its.level is not None else ""
        mark = NO_RESPONSE if its.no_response else "–" if its.mark is None else str(its.mark)
        found.append(" ".join(filter(None, (scale.brief, f"L{its.level}" if its.level is not None else "", mark))))
    return " · ".join(found)


@dataclass(frozen=True, slots=True)
class Marked:
    """One script with the version of the scheme that it was marked under, and what it came to."""

    entry: Entry
    rubric: Rubric
    """The version of the scheme that its marks were given under; the assignment's where there are none."""
    total: Total

    @property
    def status(self) -> MarkingStatus | None:
        return self.entry.header.status if self.entry.header else None

    @property
    def is_finished(self) -> bool:
        """Whether its mark can be told: one that is still being given may move."""
        return self.status in DONE

    def award(self, scale: str) -> Award | None:
        """What a scale was given; None where nothing was."""
        return next((award for award in self.entry.awards if award.scale == scale), None)


@dataclass(frozen=True, slots=True)
class ClassRow(Marked):
    """One student's line of a class mark sheet. ``marking`` is None where nothing was begun."""

    marking: Marking | None = None
    is_on_earlier_text: bool = False
    """Whether it was handed in again, and its mark is still the earlier text's."""
    is_by_number: bool = False
    """Whether nothing in it says whose it is but her candidate number."""

    @property
    def is_finished(self) -> bool:
        return self.status in DONE and not self.is_on_earlier_text

    def lines(self, field: Field) -> tuple[str, ...]:
        """What was written under a heading; without any of the student's names where they are hidden."""
        told = tuple(line.text for line in self.marking.lines(field)) if self.marking else ()
        return tuple(without_any_name(text, self.entry.student) for text in told) if self.is_by_number else told


@dataclass(frozen=True, slots=True)
class ClassSheet:
    """The marks of an assignment by one marker, in the order of the class list; by number where it goes by those."""

    assignment: Assignment
    rubric: Rubric
    group: str
    marker: str
    rows: tuple[ClassRow, ...]
    missing: tuple[Missing, ...] = ()
    """Who of the class has handed nothing in."""
    paper: str = ""
    """The exam that it is a question of, and which; empty for an assignment by itself."""
    is_by_number: bool = False
    """Whether students go by their candidate numbers, those without one by the script."""

    @property
    def scales(self) -> tuple[Scale, ...]:
        """The scheme's scales, then those of an earlier version that some row still has its marks on."""
        return scales_of(self.rubric, self.rows)


def scales_of(rubric: Rubric, rows: Sequence[Marked]) -> tuple[Scale, ...]:
    """The scheme's scales, then those of an earlier version that some row still has its marks on."""
    found = {scale.id: scale for row in reversed(rows) for scale in row.rubric.scales}
    return (*rubric.scales, *(scale for name, scale in found.items() if rubric.scale(name) is None))


def why_missing(one: Missing) -> str:
    """Why she has handed nothing in; empty where that wasn't noted."""
    return str(one.absence.why) if one.absence else ""


def by_number(sheet: ClassSheet) -> ClassSheet:
    """The same marks without names: neither beside them, nor in what was said to the student, nor by their order."""
    rows = sorted(sheet.rows, key=lambda row: nameless_place(row.entry.student, row.entry.script.id))
    gone = sorted(sheet.missing, key=lambda one: (nameless_place(one.student), why_missing(one)))
    nameless = tuple(replace(row, is_by_number=True) for row in rows)
    return replace(sheet, rows=nameless, missing=tuple(gone), is_by_number=True)


def class_sheet(desk: Desk, assignment: Assignment) -> ClassSheet:
    """Every script of the assignment with what this marker gave it, and who has handed nothing in."""
    rows: list[ClassRow] = []
    entries = desk.store.entries(desk.marker.id, assignment.id)
    earlier = on_earlier_text(desk, entries)
    for entry in as_listed(entries):
        marking = desk.store.marking(entry.script.id, desk.marker.id)
        used = desk.store.rubric(marking.header.rubric_hash if marking else assignment.rubric_hash)
        came_to = total(used, marking.award_by_scale() if marking else {})
        rows.append(ClassRow(entry, used, came_to, marking, entry.script.id in earlier))
    rubric = desk.store.rubric(assignment.rubric_hash)
    group, gone = group_name(desk, assignment), missing(desk, assignment, entries)
    exam = exam_of(desk, assignment.id)
    numbers = [number for number, its in exam.assignments if its == assignment.id] if exam else []
    paper = f"{exam.name}, question {' and '.join(numbers)}" if exam else ""
    return ClassSheet(assignment, rubric, group, desk.marker.name, tuple(rows), gone, paper)
