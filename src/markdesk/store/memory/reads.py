"""The reading half of the store in memory: every thing of a desk is looked through."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from markdesk.core.annotation import Annotation
from markdesk.core.award import Award
from markdesk.core.bank import BankComment, BankField, Use
from markdesk.core.changes import AnnotationChanged, BankChanged, apply_all
from markdesk.core.coursework import Assignment, Kind, Script
from markdesk.core.errors import NotFound
from markdesk.core.essay import Essay
from markdesk.core.feedback import PRIVATE, FeedbackLine, Field
from markdesk.core.history import FOLLOW_UP, Step
from markdesk.core.ids import (
    AssignmentId,
    EssayHash,
    GroupId,
    MarkerId,
    MarkingId,
    RubricHash,
    ScaleId,
    ScriptId,
    StudentId,
)
from markdesk.core.keyed import Keyed
from markdesk.core.marking import DONE, Marking, MarkingHeader, MarkingStatus
from markdesk.core.paper import PaperSet
from markdesk.core.people import Marker, Membership, Student, TeachingGroup
from markdesk.core.queue_notes import Absence
from markdesk.core.rubric import Rubric
from markdesk.desk.ports import Act, Draft, Entry, LastTarget, Overview, Place, Remark
from markdesk.store.memory.student_reads import StudentReads

if TYPE_CHECKING:
    from markdesk.core.search_hits import Hit
    from markdesk.core.search_query import Query

_OFFERED = ("annotation", Field.WWW, Field.EBI, Field.TARGET, Field.TASK, Field.QUESTION)
"""What is offered again of what was written."""


class Reads(StudentReads):
    """What a desk in memory is, and every question that can be asked of it."""

    def __init__(self) -> None:
        self._things: dict[tuple[str, ...], Any] = {}
        self._log: list[Step] = []
        self._essays: dict[str, Essay] = {}
        self._rubrics: dict[str, Rubric] = {}
        self._sources: dict[str, bytes] = {}
        self._revisions: dict[MarkingId, int] = {}
        self._drafts: dict[tuple[str, str, str], Draft] = {}
        self._places: dict[tuple[str, str], Place] = {}

    def all_of(self, kind: type[Any]) -> list[Any]:
        """Every thing of a kind, in the order in which they came."""
        return [thing for thing in self._things.values() if isinstance(thing, kind)]

    def essay(self, essay_hash: EssayHash) -> Essay:
        if essay_hash not in self._essays:
            raise NotFound(f"The desk holds no essay {essay_hash[:19]}….")
        return self._essays[essay_hash]

    def source(self, source_hash: str) -> bytes:
        if source_hash not in self._sources:
            raise NotFound(f"The desk holds no file {source_hash[:19]}….")
        return self._sources[source_hash]

    def rubric(self, rubric_hash: RubricHash) -> Rubric:
        if rubric_hash not in self._rubrics:
            raise NotFound(f"The desk holds no mark scheme {rubric_hash[:19]}….")
        return self._rubrics[rubric_hash]

    def students(self) -> tuple[Student, ...]:
        return tuple(self.all_of(Student))

    def groups(self) -> tuple[TeachingGroup, ...]:
        return tuple(self.all_of(TeachingGroup))

    def memberships(self, group_id: GroupId) -> tuple[Membership, ...]:
        return tuple(m for m in self.all_of(Membership) if m.group_id == group_id)

    def markers(self) -> tuple[Marker, ...]:
        return tuple(self.all_of(Marker))

    def assignments(self) -> tuple[Assignment, ...]:
        return tuple(sorted(self.all_of(Assignment), key=lambda a: (a.set_on, a.id), reverse=True))

    def assignment(self, assignment_id: AssignmentId) -> Assignment | None:
        return next((one for one in self.all_of(Assignment) if one.id == assignment_id), None)

    def paper_sets(self) -> tuple[PaperSet, ...]:
        return tuple(sorted(self.all_of(PaperSet), key=lambda exam: (exam.set_on, exam.id), reverse=True))

    def overview(self, marker_id: MarkerId, counted: int | None = None) -> tuple[Overview, ...]:
        groups = {group.id: group for group in self.groups()}
        found: list[Overview] = []
        for at, assignment in enumerate(self.assignments()):
            if counted is not None and at >= counted:
                group = groups.get(assignment.group_id) if assignment.group_id else None
                found.append(Overview(assignment, group, 0, 0, 0, 0, is_counted=False))
                continue
            entries = self.entries(marker_id, assignment.id)
            statuses = [entry.header.status for entry in entries if entry.header]
            scripts = {entry.script.id for entry in entries}
            drafts = sum(d.script_id in scripts and d.marker_id == marker_id for d in self._drafts.values())
            found.append(
                Overview(
                    assignment,
                    groups.get(assignment.group_id) if assignment.group_id else None,
                    len(scripts),
                    sum(status in DONE for status in statuses),
                    sum(status is MarkingStatus.IN_PROGRESS for status in statuses),
                    drafts,
                )
            )
        return tuple(found)

    def entries(
        self,
        marker_id: MarkerId | None,
        assignment_id: AssignmentId | None = None,
        student_id: StudentId | None = None,
        script_id: ScriptId | None = None,
    ) -> tuple[Entry, ...]:
        headers = [h for h in self.all_of(MarkingHeader) if marker_id in (None, h.marker_id)]
        found: list[Entry] = []
        for script in self.all_of(Script):
            if (
                assignment_id not in (None, script.assignment_id)
                or student_id not in (None, script.student_id)
                or script_id not in (None, script.id)
            ):
                continue
            mine = [header for header in headers if header.script_id == script.id]
            note = self._things.get(("QueueNoteChanged", script.id, marker_id or ""))
            found.extend(replace(self._entry(script, header), note=note) for header in mine or [None])
        found.sort(key=lambda entry: entry.script.id)
        found.sort(key=lambda entry: (entry.assignment.set_on, entry.assignment.id), reverse=True)
        return tuple(found)

    def _entry(self, script: Script, header: MarkingHeader | None) -> Entry:
        student = self._things[("StudentChanged", script.student_id)]
        assignment = self._things[("AssignmentChanged", script.assignment_id)]
        words = self.essay(script.essay_hash).words if script.essay_hash else None
        if header is None:
            return Entry(script, student, assignment, words)
        awards = tuple(sorted(self._of(Award, header.id), key=lambda award: award.scale))
        lines = self._of(FeedbackLine, header.id)
        first = {line.field: line.text for line in lines if line.place == 1}
        target, task = first.get(Field.TARGET), first.get(Field.TASK)
        count = len(self._of(Annotation, header.id))
        return Entry(script, student, assignment, words, header, awards, count, target, task=task)

    def _of(self, kind: type[Any], marking_id: MarkingId) -> list[Any]:
        return [thing for thing in self.all_of(kind) if thing.marking_id == marking_id]

    def last_target(self, student_id: StudentId, before: Assignment) -> LastTarget | None:
        for past in self.entries(None, student_id=student_id):
            earlier = past.assignment.id != before.id and past.assignment.set_on <= before.set_on
            # What was told a number would name it.
            if earlier and past.target and past.header is not None and not past.assignment.is_anonymous:
                on = (past.header.completed_at or past.assignment.set_on)[:10]
                return LastTarget(past.target, on, past.assignment.name, past.header.id, past.header.task_done)
        return None

    def absences(self, assignment_id: AssignmentId) -> tuple[Absence, ...]:
        found = [absence for absence in self.all_of(Absence) if absence.assignment_id == assignment_id]
        return tuple(sorted(found, key=lambda absence: absence.student_id))

    def acts(self, marker_id: MarkerId, assignment_id: AssignmentId) -> tuple[Act, ...]:
        entries = self.entries(marker_id, assignment_id)
        scripts = {entry.header.id: entry.script.id for entry in entries if entry.header is not None}
        follow_up = {step.id for step in self._log if step.action.startswith(FOLLOW_UP)}
        its = (s for s in self._log if s.marker_id == marker_id and not {s.id, s.group} & follow_up)
        found = [Act(scripts[s.marking_id], s.at) for s in its if s.marking_id in scripts]
        return tuple(sorted(found, key=lambda act: act.at))

    def best_at_levels(
        self, marker_id: MarkerId, rubric_id: str, scale: ScaleId, but_not: StudentId
    ) -> tuple[ScriptId, ...]:
        best: dict[int, tuple[int, str, Entry]] = {}
        for entry in sorted(self.entries(marker_id), key=lambda entry: entry.script.id):
            header, award = entry.header, entry.award_by_scale().get(scale)
            if header is None or header.status not in DONE or entry.student.id == but_not or award is None:
                continue
            if {self.rubric(entry.assignment.rubric_hash).id, self.rubric(header.rubric_hash).id} != {rubric_id}:
                continue
            if award.level and award.mark is not None:
                found = (award.mark, header.completed_at or "", entry)
                if award.level not in best or found[:2] > best[award.level][:2]:
                    best[award.level] = found
        return tuple(best[level][2].script.id for level in sorted(best, reverse=True))

    def stamped(self, marker_id: MarkerId, assignment_id: AssignmentId, code: str) -> Mapping[ScriptId, int]:
        headers = [entry.header for entry in self.entries(marker_id, assignment_id) if entry.header is not None]
        counts = {h.script_id: sum(n.code == code for n in self._of(Annotation, h.id)) for h in headers}
        return {script_id: times for script_id, times in counts.items() if times}

    def worded(self, marker_id: MarkerId, assignment_id: AssignmentId, query: "Query") -> frozenset[ScriptId]:
        from markdesk.store.memory.searching import scan

        its = [hit for hit in scan(self, query, marker_id) if hit.assignment and hit.assignment.id == assignment_id]
        return frozenset(hit.script_id for hit in its if hit.script_id and not hit.is_private)

    def remarks(self, marker_id: MarkerId, assignment_id: AssignmentId) -> tuple[Remark, ...]:
        headers = [entry.header for entry in self.entries(marker_id, assignment_id) if entry.header is not None]
        return tuple(Remark(h.script_id, n.code, n.comment) for h in headers for n in self._of(Annotation, h.id))

    def codes(self, marker_id: MarkerId, assignment_id: AssignmentId) -> frozenset[tuple[ScriptId, str]]:
        return frozenset((its.script_id, its.code) for its in self.remarks(marker_id, assignment_id) if its.code)

    def told_students(
        self, marker_id: MarkerId, assignment_id: AssignmentId
    ) -> frozenset[tuple[ScriptId, Field | None, str]]:
        headers = [entry.header for entry in self.entries(marker_id, assignment_id) if entry.header is not None]
        lines = [(h.script_id, n.field, n.text) for h in headers for n in self._of(FeedbackLine, h.id)]
        notes = [(its.script_id, None, its.comment) for its in self.remarks(marker_id, assignment_id)]
        return frozenset(one for one in (*lines, *notes) if one[2] and one[1] not in PRIVATE)

    def marking(self, script_id: ScriptId, marker_id: MarkerId) -> Marking | None:
        for header in self.all_of(MarkingHeader):
            if (header.script_id, header.marker_id) == (script_id, marker_id):
                begun = Marking(header, is_kept=True)
                changes = tuple(AnnotationChanged(None, a) for a in self._of(Annotation, header.id))
                marking = apply_all(replace(begun, header=replace(header, status=MarkingStatus.IN_PROGRESS)), changes)
                return replace(
                    marking,
                    header=header,
                    revision=self._revisions.get(header.id, 0),
                    awards=Keyed({award.key: award for award in self._of(Award, header.id)}),
                    feedback=Keyed({line.key: line for line in self._of(FeedbackLine, header.id)}),
                )
        return None

    def bank_comments(self) -> tuple[BankComment, ...]:
        return tuple(self.all_of(BankComment))

    def bank_steps(self) -> tuple[Step, ...]:
        return tuple(step for step in self._log if any(isinstance(change, BankChanged) for change in step.changes))

    def comment_uses(self, marker_id: MarkerId) -> tuple[Use, ...]:
        found: list[Use] = []
        for header in self.all_of(MarkingHeader):
            if header.marker_id != marker_id:
                continue
            script = self._things[("ScriptChanged", header.script_id)]
            kind = self._things[("AssignmentChanged", script.assignment_id)].kind
            about = (script.assignment_id, script.id)
            at, is_returned = header.completed_at or header.started_at, header.status is MarkingStatus.RETURNED
            said = [(n.comment, "annotation", n.code, n.id) for n in self._of(Annotation, header.id) if n.comment]
            said += [(line.text, line.field, "", line.key) for line in self._of(FeedbackLine, header.id)]
            for text, field, stamp, key in said:
                if field in _OFFERED:
                    is_draft = kind is Kind.NEA_DRAFT or field == Field.QUESTION
                    meant = BankField.DRAFT if is_draft else BankField(field)
                    found.append(Use(text, at, meant, stamp, "", *about, key, is_returned))
        return tuple(sorted(found, key=lambda use: (use.at, use.script, use.key)))

    def search(self, query: "Query", marker_id: MarkerId, limit: int, offset: int = 0) -> "tuple[Hit, ...]":
        from markdesk.store.memory.searching import scan

        return scan(self, query, marker_id)[offset : offset + limit]

    def search_count(self, query: "Query", marker_id: MarkerId) -> int:
        from markdesk.store.memory.searching import scan

        return len(scan(self, query, marker_id))

    def steps(self, marking_id: MarkingId) -> tuple[Step, ...]:
        return tuple(step for step in self._log if step.marking_id == marking_id)

    def first_steps(self, count: int) -> tuple[Step, ...]:
        return self.steps_after(0, count)

    def steps_after(self, place: int, most: int) -> tuple[Step, ...]:
        return tuple(self._log[place : place + most])

    def steps_so_far(self) -> int:
        return len(self._log)

    def drafts(self, script_id: ScriptId, marker_id: MarkerId) -> tuple[Draft, ...]:
        mine = (d for d in self._drafts.values() if (d.script_id, d.marker_id) == (script_id, marker_id))
        return tuple(sorted(mine, key=lambda draft: draft.at))

    def place(self, marker_id: MarkerId, script_id: ScriptId | None = None) -> Place | None:
        mine = [p for p in self._places.values() if p.marker_id == marker_id and script_id in (None, p.script_id)]
        return max(mine, key=lambda place: place.at, default=None)
