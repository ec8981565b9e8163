"""Search without an index: every text of a desk in memory is looked through."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from markdesk.core.annotation import Annotation
from markdesk.core.coursework import Assignment, Script
from markdesk.core.feedback import FeedbackLine
from markdesk.core.ids import AnnotationId, GroupId, MarkerId, StudentId
from markdesk.core.marking import MarkingHeader
from markdesk.core.people import Membership, Student, TeachingGroup
from markdesk.core.search_hits import Hit, as_shown
from markdesk.core.search_query import Kind, Query, stamp_key
from markdesk.core.search_texts import comment_text, feedback_text, question_text, student_text
from markdesk.core.search_words import Searched, begins_all, touches

if TYPE_CHECKING:
    from markdesk.store.memory.reads import Reads


def scan(store: "Reads", query: Query, marker_id: MarkerId) -> tuple[Hit, ...]:
    """Every text that has all that is looked for, those first in which it stands most often."""
    if query.is_empty:
        return ()
    groups = {g.id for g in store.all_of(TeachingGroup) if any(begins_all(one, g.name) for one in query.groups)}
    members = {(m.group_id, m.student_id) for m in store.all_of(Membership)}
    stamped = {note.id for note in store.all_of(Annotation) if stamp_key(note.code) in query.stamps}
    found: list[tuple[int, Hit]] = []
    for hit in _texts(store, marker_id):
        if not (hit.text and query.wants(hit.kind) and _passes(hit, query, groups, members, stamped)):
            continue
        text, student = hit.text, hit.student
        shown = text
        if hit.assignment is not None and hit.assignment.is_anonymous and student is not None:
            shown = as_shown(hit.kind, text, student)
            text = shown if touches(query.terms, student.name) else text
        places = Searched(text).find_all(query.terms)
        if places is not None:
            found.append((sum(map(len, places)), replace(hit, text=shown)))
    found.reverse()
    return tuple(hit for _, hit in sorted(found, key=lambda one: -one[0]))


def _texts(store: "Reads", marker_id: MarkerId) -> Iterator[Hit]:
    """Every text that can be searched, and whose it is."""
    students = {student.id: student for student in store.all_of(Student)}
    assignments = {assignment.id: assignment for assignment in store.all_of(Assignment)}
    scripts = {script.id: script for script in store.all_of(Script)}
    for script in scripts.values():
        whose = (assignments[script.assignment_id], students[script.student_id], script.id)
        if script.essay_hash is not None:
            yield Hit(Kind.ESSAY, store.essay(script.essay_hash).text, *whose, essay_hash=script.essay_hash)
    headers = {header.id: header for header in store.all_of(MarkingHeader) if header.marker_id == marker_id}
    for said in (*store.all_of(Annotation), *store.all_of(FeedbackLine)):
        if said.marking_id not in headers:
            continue
        header = headers[said.marking_id]
        script = scripts[header.script_id]
        whose = (assignments[script.assignment_id], students[script.student_id], script.id)
        if isinstance(said, Annotation):
            yield Hit(Kind.COMMENT, comment_text(said), *whose, said.id, said.anchor.span, header.essay_hash)
        else:
            yield Hit(Kind.FEEDBACK, feedback_text(said), *whose, said.key)
    for assignment in assignments.values():
        yield Hit(Kind.QUESTION, question_text(assignment), assignment)
    for student in students.values():
        yield Hit(Kind.STUDENT, student_text(student), None, student)


def _passes(
    hit: Hit,
    query: Query,
    groups: set[GroupId],
    members: set[tuple[GroupId, StudentId]],
    stamped: set[AnnotationId],
) -> bool:
    """Whether the filters let it through."""
    assignment, student = hit.assignment, hit.student
    if query.stamps and hit.part not in stamped:
        return False
    if query.students:
        is_hidden = assignment is not None and assignment.is_anonymous
        if is_hidden or student is None or not all(begins_all(one, student.name) for one in query.students):
            return False
    if query.groups:
        of = assignment.group_id if assignment is not None else None
        if of is not None and of not in groups:
            return False
        if of is None and (student is None or not any((group, student.id) in members for group in groups)):
            return False
    if query.years:
        return assignment is not None and any(first <= assignment.set_on <= last for first, last in query.years)
    return True
