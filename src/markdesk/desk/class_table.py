"""The class mark sheet as one table: which columns there are, and what stands in each. Every format is written from it.

A row is a student, in the order of the class list: those whose work isn't marked are there too, and those of the class
who have handed nothing in. That order is by family name, then given name: a desk keeps who is in a class, and no order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from markdesk.core.anonymity import known_as
from markdesk.core.award import NO_RESPONSE
from markdesk.core.boundaries import Boundaries, notional_grade
from markdesk.core.class_list import Asked
from markdesk.core.feedback import Field
from markdesk.core.people import Student
from markdesk.core.rubric import Scale, Strand
from markdesk.core.statistics import percent
from markdesk.desk.anonymous import nameless_place
from markdesk.desk.assignments import ClassRow, ClassSheet, Marked, why_missing

Cell = str | int | float | None
"""None where there is nothing to say."""


class Form(StrEnum):
    """What the cells of a column are, so that a spreadsheet can have them as that."""

    TEXT = "text"
    """Numbers of candidates too: a leading zero is part of them."""
    LONG = "long text"
    NUMBER = "number"
    """Or NR."""
    PERCENT = "percent"
    DAY = "day"
    """ISO, ``2026-11-23``."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``scale`` is the id of the scale that it is about; empty for none."""

    heading: str
    form: Form = Form.TEXT
    scale: str = ""
    is_level: bool = False
    strand: str = ""
    said_once: bool = False
    """Whether it is the same in every row, so that a format with a place for such things says it there."""


@dataclass(frozen=True, slots=True)
class Row:
    """One student's line."""

    called: str
    """Her name; where the sheet goes by numbers, what stands for it."""
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ClassTable:
    """The columns, and the rows in the order of the class list; by number where the sheet goes by those."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def cells(self, column: Column) -> tuple[Cell, ...]:
        """What stands in a column, from the first student down."""
        at = self.columns.index(column)
        return tuple(row.cells[at] for row in self.rows)


SURNAME, FORENAME = Column("surname"), Column("forename")
SCRIPT = Column("script")
"""Who has no candidate number, where the sheet goes by them."""
CANDIDATE, ADMISSION = Column("candidate number"), Column("admission number")
TUTOR, ACCESS = Column("tutor group"), Column("access arrangements")
GROUP, ASSIGNMENT = Column("group", said_once=True), Column("assignment", said_once=True)
QUESTION = Column("question", said_once=True)
STATUS = Column("status")
TOTAL, MAX, SHARE = Column("total", Form.NUMBER), Column("max", Form.NUMBER), Column("%", Form.PERCENT)
GRADE = Column("notional grade")
WWW, EBI, TARGET = Column("WWW", Form.LONG), Column("EBI", Form.LONG), Column("target", Form.LONG)
WORDS, MARKER, MARKED_ON = Column("words", Form.NUMBER), Column("marker"), Column("marked on", Form.DAY)

NOT_HANDED_IN = "not handed in"


def class_table(sheet: ClassSheet, boundaries: Boundaries | None = None) -> ClassTable:
    """The table of a class mark sheet, with notional grades where boundaries are given."""
    given = tuple(_given_columns(sheet))
    columns = (
        *((CANDIDATE, SCRIPT) if sheet.is_by_number else (SURNAME, FORENAME, CANDIDATE, ADMISSION, TUTOR, ACCESS)),
        *(GROUP, ASSIGNMENT, QUESTION, STATUS),
        *given,
        *(TOTAL, MAX, SHARE),
        *((GRADE,) if boundaries else ()),
        *(WWW, EBI, TARGET, WORDS, MARKER, MARKED_ON),
    )
    found: list[tuple[Student, str | None, dict[Column, Cell]]] = []
    for row in sheet.rows:
        script_id = row.entry.script.id
        cells = {**_who(sheet, row.entry.student), **_came_to(row, boundaries)}
        cells[SCRIPT] = None if row.entry.student.candidate_number else row.entry.script.short_id
        cells |= {column: _given(row, column) for column in given}
        if row.marking:
            cells[MARKER] = sheet.marker
        found.append((row.entry.student, script_id, cells))
    for one in sheet.missing:
        why = why_missing(one) or NOT_HANDED_IN
        found.append((one.student, None, {**_who(sheet, one.student), STATUS: why, MAX: sheet.rubric.max_mark}))
    if sheet.is_by_number:
        found.sort(key=lambda row: nameless_place(row[0], row[1] or ""))
    else:
        found.sort(key=lambda row: row[0].sort_key)
    rows = tuple(
        Row(
            _called(student, script_id, sheet.is_by_number),
            tuple(cells.get(column) for column in columns),
        )
        for student, script_id, cells in found
    )
    return ClassTable(columns, rows)


def _called(student: Student, script_id: str | None, by_number: bool) -> str:
    if by_number and script_id is None and not student.candidate_number:
        return "who handed nothing in"
    return known_as(student, script_id or "", by_number)


def strands_kept(rows: Sequence[Marked], scale: Scale) -> tuple[Strand, ...]:
    """The strands of a scale on which somebody has been placed."""
    known = {strand.id: strand for row in rows for strand in row.rubric.strands}
    used = {name for row in rows if (award := row.award(scale.id)) for name, _ in award.strands}
    return tuple(strand for name, strand in known.items() if name in used)


def title_of(scale: Scale, scales: Sequence[Scale]) -> str:
    """What a scale is called in a heading: with its id where two are called alike."""
    alike = sum(other.named == scale.named for other in scales) > 1
    return f"{scale.named} ({scale.id})" if alike else scale.named


def _given_columns(sheet: ClassSheet) -> Iterator[Column]:
    """Level and mark of each scale, then the strands that were placed."""
    scales = sheet.scales
    kept = {scale.id: strands_kept(sheet.rows, scale) for scale in scales}
    names = [strand.name for strands in kept.values() for strand in strands]
    for scale in scales:
        title = title_of(scale, scales)
        yield Column(f"{title} level", Form.NUMBER, scale.id, is_level=True)
        yield Column(f"{title} mark", Form.NUMBER, scale.id)
        for strand in kept[scale.id]:
            heading = strand.name if names.count(strand.name) == 1 else f"{title}: {strand.name} ({strand.id})"
            yield Column(heading, scale=scale.id, strand=strand.id)


def _given(row: ClassRow, column: Column) -> Cell:
    award = row.marking.award(column.scale) if row.marking else None
    if award is None:
        return None
    if column.strand:
        placed = award.placement(column.strand)
        return str(placed) if placed else None
    if column.is_level:
        return award.level
    return NO_RESPONSE if award.no_response else award.mark


def _who(sheet: ClassSheet, student: Student) -> dict[Column, Cell]:
    return {
        SURNAME: student.family_name,
        FORENAME: student.given_name,
        CANDIDATE: student.candidate_number,
        ADMISSION: student.id_in(Asked.SIS),
        TUTOR: student.tutor_group,
        ACCESS: "yes" if student.has_access_arrangements else None,
        GROUP: sheet.group,
        ASSIGNMENT: sheet.assignment.name,
        QUESTION: sheet.assignment.question,
    }


def _status(row: ClassRow) -> str:
    told = str(row.status) if row.status else "not begun"
    return f"{told}, on the text before" if row.is_on_earlier_text else told


def _came_to(row: ClassRow, boundaries: Boundaries | None) -> dict[Column, Cell]:
    value, most = row.total.value, row.total.max
    grade = notional_grade(boundaries, row.total).grade if boundaries and row.is_finished else None
    return {
        STATUS: _status(row),
        TOTAL: value,
        MAX: most,
        SHARE: percent(value, most) if isinstance(value, int) else None,
        GRADE: grade,
        WWW: "\n".join(row.lines(Field.WWW)),
        EBI: "\n".join(row.lines(Field.EBI)),
        TARGET: "\n".join(row.lines(Field.TARGET)),
        WORDS: row.entry.words,
        MARKED_ON: ((row.marking.header.completed_at if row.marking else None) or "")[:10],
    }
