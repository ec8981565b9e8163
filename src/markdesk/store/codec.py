"""Rows and domain values: the one way from each to the other, shared by every engine and by the log.

A row is flat: text, whole numbers, None. The log keeps the same rows, so that replaying it gives the tables.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass, fields
from typing import Any, Generic, TypeVar

from markdesk.core.anchors import Anchor
from markdesk.core.annotation import ActedOn, Annotation
from markdesk.core.award import Award, Placement
from markdesk.core.bank import BankComment, BankField
from markdesk.core.canonical import canonical_json, tagged_hash
from markdesk.core.changes import (
    AbsenceChanged,
    AnnotationChanged,
    AnyChange,
    AssignmentChanged,
    AwardChanged,
    BankChanged,
    Change,
    FeedbackChanged,
    GradeChanged,
    GroupChanged,
    MarkerChanged,
    MarkingChanged,
    MembershipChanged,
    PaperChanged,
    QueueNoteChanged,
    ScriptChanged,
    StudentChanged,
)
from markdesk.core.coursework import Assignment, Kind, Returns, Scan, Script
from markdesk.core.essay import Span
from markdesk.core.feedback import FeedbackLine, Field
from markdesk.core.grades import Grade, GradeKind
from markdesk.core.history import Step, StepKind
from markdesk.core.marking import MarkingHeader, MarkingStatus, Met, TaskDone
from markdesk.core.paper import PaperSet, paper_from_plain
from markdesk.core.people import Marker, Membership, Student, TeachingGroup
from markdesk.core.queue_notes import Absence, Heap, QueueNote, Why

Cell = str | int | None
Row = dict[str, Cell]
T = TypeVar("T")


@dataclass(frozen=True)
class Table(Generic[T]):
    """How one kind of thing stands in a table and in the log."""

    name: str
    """The table's name, and the kind that a logged change carries."""
    change: type[Change[T]]
    columns: tuple[str, ...]
    key: tuple[str, ...]
    encode: Callable[[T], Row]
    decode: Callable[[Mapping[str, Any]], T]

    def key_of(self, row: Row) -> tuple[Cell, ...]:
        return tuple(row[column] for column in self.key)


def _flat(
    name: str,
    change: type[Change[T]],
    cls: type[T],
    key: tuple[str, ...],
    without: tuple[str, ...] = (),
    **read: Callable[[Any], Any],
) -> Table[T]:
    """A table whose columns are the fields. ``read`` gives the types that a cell alone can't tell.

    The fields of ``without`` aren't kept: what is on the desk has their defaults.
    """
    columns = tuple(f.name for f in fields(cls) if f.name not in without)  # type: ignore[arg-type]
    readers = [(column, read.get(column)) for column in columns]

    def encode(value: T) -> Row:
        return {column: _cell(getattr(value, column)) for column in columns}

    def decode(row: Mapping[str, Any]) -> T:
        # A step that was logged before a column came has no such cell: it has the default.
        return cls(**{c: row[c] if its is None or row[c] is None else its(row[c]) for c, its in readers if c in row})

    return Table(name, change, columns, key, encode, decode)


def _cell(value: Any) -> Cell:
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False, default=astuple)
    if isinstance(value, bool):
        return int(value)
    return value if value is None or isinstance(value, int) else str(value)


def _pairs(cell: str) -> tuple[tuple[Any, Any], ...]:
    return tuple((first, second) for first, second in json.loads(cell))


def _texts(cell: str) -> tuple[str, ...]:
    return tuple(json.loads(cell))


def _scans(cell: str) -> tuple[Scan, ...]:
    return tuple(Scan(*one) for one in json.loads(cell))


def _annotation_row(value: Annotation) -> Row:
    span = value.anchor.span
    return {
        "id": value.id,
        "marking_id": value.marking_id,
        "start": span.start if span is not None else None,
        "end": span.end if span is not None else None,
        "exact": value.anchor.exact,
        "prefix": value.anchor.prefix,
        "suffix": value.anchor.suffix,
        "code": value.code,
        "comment": value.comment,
        "for_class": int(value.for_class),
        "acted_on": value.acted_on,
    }


def _annotation(row: Mapping[str, Any]) -> Annotation:
    span = None if row["start"] is None else Span(row["start"], row["end"])
    return Annotation(
        row["marking_id"],
        row["id"],
        Anchor(span, row["exact"], row["prefix"], row["suffix"]),
        row["code"],
        row["comment"],
        bool(row.get("for_class", 0)),
        ActedOn(row["acted_on"]) if row.get("acted_on") else None,
    )


def _award_row(value: Award) -> Row:
    return {
        "marking_id": value.marking_id,
        "scale": value.scale,
        "mark": value.mark,
        "level": value.level,
        "no_response": int(value.no_response),
        "tentative": int(value.tentative),
        "strands": json.dumps([[name, p.level, p.security] for name, p in value.strands]),
        "reason": value.reason,
        "points": json.dumps(value.points),
    }


def _award(row: Mapping[str, Any]) -> Award:
    return Award(
        row["marking_id"],
        row["scale"],
        row["mark"],
        row["level"],
        bool(row["no_response"]),
        bool(row["tentative"]),
        tuple((name, Placement(level, security)) for name, level, security in json.loads(row["strands"])),
        row["reason"],
        _pairs(row.get("points", "[]")),
    )


def _paper_set_row(value: PaperSet) -> Row:
    return {
        "id": value.id,
        "name": value.name,
        "paper": canonical_json(value.paper.to_plain()),
        "assignments": canonical_json(value.assignments),
        "set_on": value.set_on,
        "group_id": value.group_id,
    }


def _paper_set(row: Mapping[str, Any]) -> PaperSet:
    return PaperSet(
        row["id"],
        row["name"],
        paper_from_plain(json.loads(row["paper"])),
        _pairs(row["assignments"]),
        row["set_on"],
        row["group_id"],
    )


MARKING = _flat(
    "marking",
    MarkingChanged,
    MarkingHeader,
    ("id",),
    status=MarkingStatus,
    answers=_pairs,
    last_target=Met,
    parts=_pairs,
    task_done=TaskDone,
)
ANNOTATION = Table(
    "annotation",
    AnnotationChanged,
    ("id", "marking_id", "start", "end", "exact", "prefix", "suffix", "code", "comment", "for_class", "acted_on"),
    ("id",),
    _annotation_row,
    _annotation,
)
AWARD = Table(
    "award",
    AwardChanged,
    ("marking_id", "scale", "mark", "level", "no_response", "tentative", "strands", "reason", "points"),
    ("marking_id", "scale"),
    _award_row,
    _award,
)
FEEDBACK = _flat("feedback", FeedbackChanged, FeedbackLine, ("marking_id", "field", "place"), field=Field)
STUDENT = _flat("student", StudentChanged, Student, ("id",), has_access_arrangements=bool, ids=_pairs)
GROUP = _flat("teaching_group", GroupChanged, TeachingGroup, ("id",))
MEMBERSHIP = _flat("membership", MembershipChanged, Membership, ("group_id", "student_id"))
MARKER = _flat("marker", MarkerChanged, Marker, ("id",))
ASSIGNMENT = _flat(
    "assignment",
    AssignmentChanged,
    Assignment,
    ("id",),
    kind=Kind,
    is_anonymous=bool,
    by_scale=bool,
    returns=Returns,
)
SCRIPT = _flat("script", ScriptChanged, Script, ("id",), removed=_texts, notes=_texts, scans=_scans)
PAPER_SET = Table(
    "paper_set",
    PaperChanged,
    ("id", "name", "paper", "assignments", "set_on", "group_id"),
    ("id",),
    _paper_set_row,
    _paper_set,
)
BANK = _flat(
    "bank_comment",
    BankChanged,
    BankComment,
    ("id",),
    without=("origin",),
    field=BankField,
    stamps=_texts,
    strands=_texts,
    aos=_texts,
    rubrics=_texts,
)

QUEUE_NOTE = _flat("queue_note", QueueNoteChanged, QueueNote, ("script_id", "marker_id"), heap=Heap, is_flagged=bool)
ABSENCE = _flat("absence", AbsenceChanged, Absence, ("assignment_id", "student_id"), why=Why)
GRADE = _flat("grade", GradeChanged, Grade, ("student_id", "kind", "day"), kind=GradeKind)

TABLES: tuple[Table[Any], ...] = (
    MARKER,
    STUDENT,
    GROUP,
    MEMBERSHIP,
    ASSIGNMENT,
    SCRIPT,
    PAPER_SET,
    MARKING,
    ANNOTATION,
    AWARD,
    FEEDBACK,
    BANK,
    QUEUE_NOTE,
    ABSENCE,
    GRADE,
)
"""Every kind, those that others refer to first."""

TABLE_OF: dict[type[Any], Table[Any]] = {table.change: table for table in TABLES}
_BY_NAME = {table.name: table for table in TABLES}


def rows_of(change: AnyChange) -> tuple[Table[Any], Row | None, Row | None]:
    """The table of a change, and its rows before and after."""
    table = TABLE_OF[type(change)]
    before, after = change.before, change.after
    return (
        table,
        None if before is None else table.encode(before),
        None if after is None else table.encode(after),
    )


def changes_to_json(changes: tuple[AnyChange, ...]) -> str:
    """What the log keeps of a step's changes."""
    plain = []
    for change in changes:
        table, before, after = rows_of(change)
        plain.append({"kind": table.name, "before": before, "after": after})
    return canonical_json(plain)


def changes_from_json(text: str) -> tuple[AnyChange, ...]:
    """The changes that ``changes_to_json`` wrote."""
    changes: list[Any] = []
    for plain in json.loads(text):
        table = _BY_NAME[plain["kind"]]
        before, after = plain["before"], plain["after"]
        changes.append(table.change(before and table.decode(before), after and table.decode(after)))
    return tuple(changes)


GENESIS = "sha256:" + "0" * 64
"""What the first link of the chain hangs on."""


def link(previous: str, step: Step, digest: str) -> str:
    """A link of the hash chain: over the step's own fields and the digest of its changes.

    Over the digest and not the changes themselves, so that a payload can be erased by law and the chain still hold.
    """
    told = [step.id, step.group, step.kind, step.action, step.label, step.at, step.marker_id, step.marking_id]
    return tagged_hash(canonical_json([previous, digest, *told]))


def step_from_row(row: Mapping[str, Any]) -> Step:
    """A step as the log's row holds it."""
    return Step(
        row["id"],
        row["group_id"],
        StepKind(row["kind"]),
        row["action"],
        row["label"],
        changes_from_json(row["changes"]),
        row["at"],
        row["marker_id"],
        row["marking_id"],
    )


class Replay:
    """The tables as the log alone gives them: what is there must equal this."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[tuple[Cell, ...], Row]] = {table.name: {} for table in TABLES}
        self.problems: list[str] = []

    def take(self, step: Step) -> None:
        """Make one step's changes, noting any that doesn't fit what came before."""
        for change in step.changes:
            table, before, after = rows_of(change)
            rows = self.rows[table.name]
            key = table.key_of(before or after or {})
            if rows.get(key) != before:
                self.problems.append(f"step {step.id}: the {table.name} {'/'.join(map(str, key))} was not as it says")
            if after is None:
                rows.pop(key, None)
            else:
                rows[key] = after
