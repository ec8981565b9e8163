"""A desk that lasts as long as the program: for tests, and for looking at what an import would do.

Writes and care. The reading half is ``reads``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

from markdesk.core.annotation import Annotation
from markdesk.core.award import Award
from markdesk.core.bank import BankComment
from markdesk.core.canonical import tagged_hash
from markdesk.core.changes import (
    AbsenceChanged,
    AnnotationChanged,
    AssignmentChanged,
    AwardChanged,
    BankChanged,
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
    key_of,
)
from markdesk.core.coursework import Assignment, Script
from markdesk.core.errors import StaleChange, StaleRevision, StoreRefused
from markdesk.core.feedback import FeedbackLine
from markdesk.core.grades import Grade
from markdesk.core.history import Step
from markdesk.core.ids import MarkerId, ScriptId
from markdesk.core.marking import MarkingHeader
from markdesk.core.paper import PaperSet
from markdesk.core.people import Marker, Membership, Student, TeachingGroup
from markdesk.core.queue_notes import Absence, QueueNote
from markdesk.desk.ports import DeskInfo, Draft, Keep, Place, Verification
from markdesk.desk.store import Hold
from markdesk.store.codec import TABLES, Replay, changes_from_json, changes_to_json
from markdesk.store.memory.reads import Reads

_KINDS = {
    StudentChanged: Student,
    GroupChanged: TeachingGroup,
    MembershipChanged: Membership,
    MarkerChanged: Marker,
    AssignmentChanged: Assignment,
    ScriptChanged: Script,
    PaperChanged: PaperSet,
    MarkingChanged: MarkingHeader,
    AnnotationChanged: Annotation,
    AwardChanged: Award,
    FeedbackChanged: FeedbackLine,
    BankChanged: BankComment,
    QueueNoteChanged: QueueNote,
    AbsenceChanged: Absence,
    GradeChanged: Grade,
}

_UNIQUE: dict[type[Any], tuple[str, ...]] = {
    Marker: ("name",),
    TeachingGroup: ("name",),
    Assignment: ("name",),
    PaperSet: ("name",),
    Script: ("assignment_id", "student_id"),
}
"""What no two things of a kind may have in common, as the file's tables have it."""


class _MemoryHold:
    def __init__(self, held: dict[tuple[str, str], str], key: tuple[str, str]) -> None:
        self._held, self._key = held, key

    def release(self) -> None:
        self._held.pop(self._key, None)


class MemoryStore(Reads):
    """The Store over dictionaries, with the same answers and the same refusals as the file's."""

    def __init__(self) -> None:
        super().__init__()
        self.read_only = False
        self._held: dict[tuple[str, str], str] = {}

    def commit(
        self, step: Step, revision: int | None = None, keep: Keep = Keep(), closes: tuple[str, ...] = ()
    ) -> None:
        things = dict(self._things)
        if step.marking_id is not None and revision not in (None, self._revisions.get(step.marking_id, 0)):
            raise StaleRevision("Another window has changed this marking since.", "It is read again.")
        for change in step.changes:
            key = key_of(change)
            if isinstance(change, MarkingChanged) and change.before is None and key not in things:
                self._refuse_second_marking(change.subject, things)
            if things.get(key) != change.before:
                stale = StaleRevision if isinstance(change, MarkingChanged) else StaleChange
                raise stale("The desk has changed since.", "Look at it again, then repeat what you did.")
            if change.after is None:
                things.pop(key, None)
            else:
                self._refuse_a_twin(key, change.after, things)
                things[key] = change.after
        if step.marking_id is not None and revision is not None:
            self._revisions[step.marking_id] = revision + 1
            header = things[("MarkingChanged", step.marking_id)]
            for editor in closes:
                self._drafts.pop((header.script_id, header.marker_id, editor), None)
        sources = dict(keep.sources)  # read now, which may fail: nothing is altered yet
        self._things = things
        self._sources.update(sources)
        self._essays.update({essay.hash: essay for essay in keep.essays})
        self._rubrics.update({rubric.hash: rubric for rubric in keep.rubrics})
        self._log.append(replace(step, changes=changes_from_json(changes_to_json(step.changes))))

    @contextmanager
    def together(self) -> Iterator[None]:
        before = {name: copy(value) for name, value in vars(self).items() if name != "_held"}
        try:
            yield
        except BaseException:
            vars(self).update(before)
            raise

    def _refuse_second_marking(self, header: MarkingHeader, things: dict[tuple[str, ...], Any]) -> None:
        for thing in things.values():
            if isinstance(thing, MarkingHeader) and (thing.script_id, thing.marker_id) == (
                header.script_id,
                header.marker_id,
            ):
                raise StaleRevision("Another window has just begun this marking.", "It is read again.")

    def _refuse_a_twin(self, key: tuple[str, ...], thing: Any, things: dict[tuple[str, ...], Any]) -> None:
        unique = _UNIQUE.get(type(thing), ())
        for other_key, other in things.items() if unique else ():
            is_twin = type(other) is type(thing) and all(getattr(other, n) == getattr(thing, n) for n in unique)
            if is_twin and other_key != key:
                raise StaleChange("Another window has just done this.", "Look at it again, then repeat what you did.")

    def save_draft(self, draft: Draft) -> None:
        self._drafts[(draft.script_id, draft.marker_id, draft.editor)] = draft

    def drop_draft(self, script_id: ScriptId, marker_id: MarkerId, editor: str) -> None:
        self._drafts.pop((script_id, marker_id, editor), None)

    def save_place(self, place: Place) -> None:
        self._places[(place.marker_id, place.script_id)] = place

    def hold(self, script_id: ScriptId, marker_id: MarkerId, patience: float = 0.0) -> Hold | str:
        key = (script_id, marker_id)
        if key in self._held:
            return self._held[key]
        self._held[key] = "another window"
        return _MemoryHold(self._held, key)

    def verify(self) -> Verification:
        replay = Replay()
        for step in self._log:
            replay.take(step)
        problems = list(replay.problems)
        for table in TABLES:
            kind = _KINDS[table.change]
            rows = [table.encode(thing) for thing in self.all_of(kind)]
            if {table.key_of(row): row for row in rows} != replay.rows[table.name]:
                problems.append(f"{table.name}: not what the log says")
        known = {assignment.id for assignment in self.assignments()}
        for exam in self.paper_sets():
            lost = [number for number, assignment in exam.assignments if assignment not in known]
            problems += [f"paper {exam.id}: the assignment of question {number} is missing" for number in lost]
        problems += [f"essay {h[:19]}…: altered" for h, e in self._essays.items() if tagged_hash(e.text) != h]
        return Verification(len(self._log), tuple(problems))

    def info(self) -> DeskInfo:
        counts = {table.name: len(self.all_of(_KINDS[table.change])) for table in TABLES}
        return DeskInfo("(memory)", 0, 0, "", counts, "memory")

    def backup(self, target: Path) -> None:
        raise StoreRefused("A desk in memory has no file to copy.", f"{target} was not written.")

    def close(self) -> None:
        """Nothing to close."""
