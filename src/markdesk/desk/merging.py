"""Two records of one person become one: scripts with their marks, classes, absences and ids go to the one kept."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from markdesk.core.changes import (
    AbsenceChanged,
    AnyChange,
    GradeChanged,
    MembershipChanged,
    ScriptChanged,
    StudentChanged,
)
from markdesk.core.class_list import system_word
from markdesk.core.coursework import Script
from markdesk.core.errors import MarkdeskError
from markdesk.core.people import Student
from markdesk.core.plain import fold, show_line
from markdesk.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class Merge:
    """What the merging of two records does."""

    kept: Student
    """As she is afterwards."""
    other: Student
    """Who is no longer there."""
    scripts: tuple[Script, ...]
    changes: tuple[AnyChange, ...]
    notes: tuple[str, ...]
    """Where the two differ, and which of them counts."""


def plan_merge(desk: Desk, keep: Student, other: Student) -> Merge:
    """What making one of the two would do. Raises MarkdeskError where both handed in for one assignment."""
    if keep.id == other.id:
        raise MarkdeskError(f"That is one student: {show_line(keep.name)} ({keep.id[-6:]}).", "Name two.")
    store = desk.store
    theirs = {entry.script.id: entry for entry in store.entries(None, student_id=other.id)}
    hers = {entry.script.assignment_id: entry.script for entry in store.entries(None, student_id=keep.id)}
    both = [entry.assignment.name for entry in theirs.values() if entry.script.assignment_id in hers]
    if both:
        told = ", ".join(f"'{show_line(name)}'" for name in sorted(both))
        raise MarkdeskError(
            f"Both {show_line(keep.name)} and {show_line(other.name)} have a script for {told}.",
            "Two scripts can't be made one: they are two people, or one of the scripts came in for the wrong one.",
        )
    scripts = tuple(entry.script for entry in theirs.values())
    kept, notes = _together(keep, other)
    changes: list[AnyChange] = [StudentChanged(keep, kept)] if kept != keep else []
    changes += [ScriptChanged(script, replace(script, student_id=keep.id)) for script in scripts]
    changes += _memberships(desk, keep, other)
    changes += _absences(desk, keep, other, {*hers, *(script.assignment_id for script in scripts)})
    of_grades, differing = _grades(desk, keep, other)
    changes += [*of_grades, StudentChanged(other, None)]
    notes += differing
    return Merge(kept, other, scripts, tuple(changes), notes)


def merge(desk: Desk, keep: Student, other: Student) -> Merge:
    """Make one of two records, in one step. Raises MarkdeskError as ``plan_merge`` does."""
    with desk.store.together():
        desk.find_marker()
        planned = plan_merge(desk, keep, other)
        told = f"{show_line(other.name)} ({other.id[-6:]}) is {show_line(keep.name)} ({keep.id[-6:]}) now"
        desk.commit("students", told, planned.changes)
    return planned


def _together(keep: Student, other: Student) -> tuple[Student, tuple[str, ...]]:
    """The kept record with what only the other one says, and a sentence for each thing in which they differ."""
    notes: list[str] = []

    def differ(what: str, mine: str, theirs: str) -> str:
        if mine and theirs and fold(mine) != fold(theirs):
            notes.append(f"The {what} stays {show_line(mine)}; {show_line(theirs)} is given up.")
        return mine or theirs

    differ("name", keep.name, other.name)
    ids = {**dict(other.ids), **dict(keep.ids)}
    for system, known in other.ids:
        differ(system_word(system), keep.id_in(system), known)
    return replace(
        keep,
        candidate_number=differ("candidate number", keep.candidate_number, other.candidate_number),
        tutor_group=differ("tutor group", keep.tutor_group, other.tutor_group),
        has_access_arrangements=keep.has_access_arrangements or other.has_access_arrangements,
        ids=tuple((system, ids[system]) for system in dict.fromkeys((*dict(keep.ids), *dict(other.ids)))),
    ), tuple(notes)


def _memberships(desk: Desk, keep: Student, other: Student) -> Iterable[AnyChange]:
    for group in desk.store.groups():
        its = {member.student_id: member for member in desk.store.memberships(group.id)}
        if other.id in its:
            if keep.id not in its:
                yield MembershipChanged(None, replace(its[other.id], student_id=keep.id))
            yield MembershipChanged(its[other.id], None)


def _grades(desk: Desk, keep: Student, other: Student) -> tuple[list[AnyChange], tuple[str, ...]]:
    """The grades typed for either; of two of one kind and day that of the record that is kept."""
    mine = {(grade.kind, grade.day): grade for grade in desk.store.grades(keep.id)}
    changes: list[AnyChange] = []
    notes: list[str] = []
    for grade in desk.store.grades(other.id):
        present = mine.get((grade.kind, grade.day))
        changes.append(GradeChanged(grade, None))
        if present is None:
            changes.append(GradeChanged(None, replace(grade, student_id=keep.id)))
        elif present.value != grade.value:
            notes.append(f"The {grade.kind} grade of {grade.day} stays {present.value}; {grade.value} is given up.")
    return changes, tuple(notes)


def _absences(desk: Desk, keep: Student, other: Student, handed_in: set[str]) -> Iterable[AnyChange]:
    """Why she has handed nothing in goes along, where she hasn't now."""
    for assignment in desk.store.assignments():
        its = {absence.student_id: absence for absence in desk.store.absences(assignment.id)}
        mine, theirs = its.get(keep.id), its.get(other.id)
        if mine is not None and assignment.id in handed_in:
            yield AbsenceChanged(mine, None)
        if theirs is not None:
            if mine is None and assignment.id not in handed_in:
                yield AbsenceChanged(None, replace(theirs, student_id=keep.id))
            yield AbsenceChanged(theirs, None)
