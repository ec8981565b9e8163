"""The coursework of a centre's candidates, from one class or several: records for the moderator, and the sample."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdesk.core.candidate_record import CandidateRecord, to_put_right
from markdesk.core.coursework import Assignment, Kind
from markdesk.core.errors import MarkdeskError
from markdesk.core.essay import Essay
from markdesk.core.feedback import Field, label_of
from markdesk.core.ids import StudentId
from markdesk.core.lenses.counted import counted
from markdesk.core.lenses.lens import Asked
from markdesk.core.marking import DONE, Marking
from markdesk.core.moderation import Candidate, SampleRule, rule_for, sample
from markdesk.core.people import Student
from markdesk.core.plain import show_line
from markdesk.core.rubric import Rubric, Status
from markdesk.desk.desk import Desk
from markdesk.desk.ports import Entry
from markdesk.desk.sheets import as_listed, group_name, sheet_of


@dataclass(frozen=True, slots=True)
class Missing:
    """A candidate without a mark to send, and why."""

    student: Student
    why: str


@dataclass(frozen=True, slots=True)
class Cohort:
    """Everybody whose coursework under one mark scheme goes to the board together."""

    assignments: tuple[Assignment, ...]
    groups: tuple[str, ...]
    rubric: Rubric
    records: tuple[CandidateRecord, ...]
    """In the order of candidate numbers."""
    missing: tuple[Missing, ...]
    rule: SampleRule
    sampled: frozenset[str] = field(default=frozenset())
    """The scripts of the sample."""

    @property
    def with_marks(self) -> tuple[CandidateRecord, ...]:
        """Those who have a number for a mark, the highest first."""
        marked = [record for record in self.records if record.mark is not None]
        return tuple(sorted(marked, key=lambda record: (-(record.mark or 0), record.order)))

    def is_sampled(self, record: CandidateRecord) -> bool:
        return record.sheet.script_id in self.sampled

    @property
    def to_put_right(self) -> tuple[str, ...]:
        """What stands between these marks and the board, the whole cohort's first."""
        found: list[str] = []
        if self.rubric.status is Status.DRAFT:
            found.append("The mark scheme is a draft: its ranges are uncertain. Compare it with the board's.")
        found += [f"{one.student.name} has no mark to send: {one.why}." for one in self.missing]
        found += self._shared()
        without = sum(not record.has_own_title for record in self.records)
        if without:
            found.append(
                f"{without} of {len(self.records)} have the assignment's question for a title, since their files"
                " print no other: put in the candidate's own where it is another."
            )
        found += [f"{record.sheet.student.name}: {told}" for record in self.records for told in to_put_right(record)]
        return tuple(found)

    def _shared(self) -> list[str]:
        """Numbers that two candidates have, and candidates who are there twice."""
        people = Counter(record.sheet.student.id for record in self.records)
        numbers: dict[str, dict[str, str]] = {}
        for record in self.records:
            student = record.sheet.student
            if student.candidate_number:
                numbers.setdefault(student.candidate_number, {})[student.id] = student.name
        names = {record.sheet.student.id: record.sheet.student.name for record in self.records}
        found = [
            f"{' and '.join(sharing.values())} have one candidate number, {number}."
            for number, sharing in numbers.items()
            if len(sharing) > 1
        ]
        return found + [
            f"{names[one]} is in {times} of these assignments." for one, times in people.items() if times > 1
        ]


def cohort(desk: Desk, assignments: Sequence[Assignment]) -> Cohort:
    """The cohort of these assignments. Raises MarkdeskError for what is no coursework, is marked under several
    schemes, or has its names hidden."""
    rubrics = [desk.store.rubric(assignment.rubric_hash) for assignment in assignments]
    for assignment, rubric in zip(assignments, rubrics, strict=True):
        _refuse(assignment, rubric, rubrics[0])
    records: list[CandidateRecord] = []
    missing: list[Missing] = []
    for assignment in assignments:
        found, unfinished = _of(desk, assignment)
        records += found
        missing += unfinished
    # Whoever is in two of the classes hands in for one of them.
    known = {record.sheet.student.id for record in records} | {one.student.id for one in missing}
    for assignment in assignments:
        without = _without_work(desk, assignment, known)
        missing += without
        known |= {one.student.id for one in without}
    records.sort(key=lambda record: record.order)
    rule = rule_for(rubrics[0].board)
    candidates = [
        Candidate(f"{place:06d}", record.mark) for place, record in enumerate(records) if record.mark is not None
    ]
    taken = sample(candidates, rule)
    groups = dict.fromkeys(filter(None, (group_name(desk, assignment) for assignment in assignments)))
    return Cohort(
        tuple(assignments),
        tuple(groups),
        rubrics[0],
        tuple(records),
        tuple(missing),
        rule,
        frozenset(records[int(place)].sheet.script_id for place in taken),
    )


def _refuse(assignment: Assignment, rubric: Rubric, first: Rubric) -> None:
    if assignment.kind is not Kind.NEA:
        raise MarkdeskError(
            f"'{assignment.name}' is set as a {assignment.kind}, not as an {Kind.NEA}.",
            "A moderator is told of an NEA alone: what is coursework has to be set with --kind NEA.",
        )
    if rubric.id != first.id:
        raise MarkdeskError(
            f"'{assignment.name}' is marked under {rubric.id}, not {first.id}.",
            "One cohort is marked under one scheme: export them one by one.",
        )
    refuse_hidden_names(assignment)


def refuse_hidden_names(assignment: Assignment, way_round: str = "") -> None:
    """Raises MarkdeskError where an assignment's names are hidden: to show them is an act of its own."""
    if assignment.is_anonymous:
        called = show_line(assignment.name)
        raise MarkdeskError(
            f"Names are hidden in '{assignment.name}', and this would show them.",
            f"'markdesk assignment names \"{called}\" --show' shows them, and the log says who did.{way_round}",
        )


def _of(desk: Desk, assignment: Assignment) -> tuple[list[CandidateRecord], list[Missing]]:
    """The records of one assignment, and who has handed in and has none."""
    group = group_name(desk, assignment)
    markers = {marker.id: marker.name for marker in desk.store.markers()}
    by_script: dict[str, list[Entry]] = {}
    for entry in as_listed(desk.store.entries(None, assignment.id)):
        by_script.setdefault(entry.script.id, []).append(entry)
    records: list[CandidateRecord] = []
    missing: list[Missing] = []
    for entries in by_script.values():
        done = _finished(desk, entries)
        if not done:
            is_begun = any(entry.header for entry in entries)
            missing.append(Missing(entries[0].student, "it is still being marked" if is_begun else "it isn't begun"))
            continue
        (entry, marking), *others = done
        header = marking.header
        sheet = sheet_of(desk, assignment, group, entry, marking, markers.get(header.marker_id, ""))
        aos = [ao.code for ao in sheet.rubric.aos]
        own = entry.script.own_question
        records.append(
            CandidateRecord(
                sheet,
                own or assignment.question,
                bool(own),
                None if sheet.is_handwritten else _words(sheet.essay, assignment, sheet.rubric),
                tuple((label_of(Field.AO, line.place, aos), line.text) for line in marking.lines(Field.AO)),
                header.essay_hash != entry.script.essay_hash,
                tuple((markers.get(m.header.marker_id, ""), _given(desk, assignment, group, e, m)) for e, m in others),
            )
        )
    return records, missing


def _finished(desk: Desk, entries: list[Entry]) -> list[tuple[Entry, Marking]]:
    """The finished markings of one script: this marker's first, then by when they were finished."""
    found: list[tuple[Entry, Marking]] = []
    for entry in entries:
        marking = desk.store.marking(entry.script.id, entry.header.marker_id) if entry.header else None
        if marking is not None and marking.header.status in DONE:
            found.append((entry, marking))
    return sorted(found, key=lambda one: (one[1].header.marker_id != desk.marker.id, one[1].header.completed_at or ""))


def _given(desk: Desk, assignment: Assignment, group: str, entry: Entry, marking: Marking) -> str:
    total = sheet_of(desk, assignment, group, entry, marking, "").total
    return f"{total} of {total.max}"


def _words(essay: Essay, assignment: Assignment, rubric: Rubric) -> int:
    """What counts by the scheme's rule: the number that was told at the import, worked out again."""
    return counted(essay, Asked(assignment.question, rubric)).count


def _without_work(desk: Desk, assignment: Assignment, known: set[StudentId]) -> list[Missing]:
    """Who is in the class and has handed nothing in."""
    if assignment.group_id is None:
        return []
    why = {absence.student_id: str(absence.why) for absence in desk.store.absences(assignment.id)}
    members = {member.student_id for member in desk.store.memberships(assignment.group_id)} - known
    waiting = sorted((s for s in desk.store.students() if s.id in members), key=lambda student: student.sort_key)
    noted = {student.id: f" ({why[student.id]})" if student.id in why else "" for student in waiting}
    return [Missing(student, f"nothing was handed in{noted[student.id]}") for student in waiting]
