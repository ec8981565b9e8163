"""What is asked of one student. Every question goes by an index: the other students and their years cost nothing."""

from collections.abc import Iterable
from typing import Any, TypeVar

from markdesk.core.annotation import Annotation
from markdesk.core.award import Award
from markdesk.core.feedback import FeedbackLine
from markdesk.core.grades import Grade
from markdesk.core.ids import StudentId
from markdesk.core.keyed import Keyed
from markdesk.core.marking import Marking
from markdesk.core.people import Student, TeachingGroup
from markdesk.desk.ports import Owed
from markdesk.store.codec import (
    ABSENCE,
    ANNOTATION,
    ASSIGNMENT,
    AWARD,
    FEEDBACK,
    GRADE,
    GROUP,
    MARKING,
    STUDENT,
)
from markdesk.store.sqlite.asking import Asking, columns_of, decoded

L = TypeVar("L", Annotation, Award, FeedbackLine)


class StudentReads(Asking):
    """One student, and every marking of hers."""

    def student(self, student_id: StudentId) -> Student | None:
        return next(iter(self._all(STUDENT, "where id = ?", (student_id,))), None)

    def groups_of(self, student_id: StudentId) -> tuple[TeachingGroup, ...]:
        its = "join membership m on m.group_id = teaching_group.id where m.student_id = ? order by teaching_group.rowid"
        return self._all(GROUP, its, (student_id,))

    def markings_of(self, student_id: StudentId) -> tuple[Marking, ...]:
        return self._markings("m.script_id in (select id from script where student_id = ?)", (student_id,))

    def grades(self, student_id: StudentId | None = None) -> tuple[Grade, ...]:
        which, values = ("where student_id = ?", (student_id,)) if student_id is not None else ("", ())
        return self._all(GRADE, f"{which} order by student_id, day, kind", values)

    def owed(self, student_id: StudentId) -> tuple[Owed, ...]:
        rows = self._rows(
            f"select {columns_of(ASSIGNMENT, 'a')}, {columns_of(ABSENCE, 'w')} from membership g"  # noqa: S608
            " join assignment a on a.group_id = g.group_id"
            " left join absence w on w.assignment_id = a.id and w.student_id = g.student_id"
            " where g.student_id = ? and not exists"
            " (select 1 from script sc where sc.assignment_id = a.id and sc.student_id = g.student_id)"
            " order by a.set_on desc, a.id desc",
            (student_id,),
        )
        found: list[Owed] = []
        for row in rows:
            assignment = decoded(ASSIGNMENT, row, "a")
            assert assignment is not None
            found.append(Owed(assignment, decoded(ABSENCE, row, "w")))
        return tuple(found)

    def _markings(self, which: str, values: tuple[Any, ...]) -> tuple[Marking, ...]:
        """Whole markings, in the order in which they were begun; four questions, however many there are."""
        columns = ", ".join(f'm."{column}"' for column in MARKING.columns)
        rows = self._rows(f"select {columns}, m.revision from marking m where {which} order by m.rowid", values)  # noqa: S608
        if not rows:
            return ()
        its = f"join marking m on m.id = {{}}.marking_id where {which}"
        annotations = _by_marking(
            self._all(ANNOTATION, f"{its.format('annotation')} order by annotation.rowid", values)
        )
        awards = _by_marking(self._all(AWARD, its.format("award"), values))
        feedback = _by_marking(self._all(FEEDBACK, its.format("feedback"), values))
        found: list[Marking] = []
        for row in rows:
            header = MARKING.decode(dict(row))
            notes = annotations.get(header.id, [])
            counts: dict[str, int] = {}
            for note in notes:
                if note.code:
                    counts[note.code] = counts.get(note.code, 0) + 1
            found.append(
                Marking(
                    header,
                    row["revision"],
                    True,
                    Keyed({note.key: note for note in notes}),
                    Keyed({award.key: award for award in awards.get(header.id, [])}),
                    Keyed({line.key: line for line in feedback.get(header.id, [])}),
                    Keyed(counts),
                )
            )
        return tuple(found)


def _by_marking(things: Iterable[L]) -> dict[str, list[L]]:
    found: dict[str, list[L]] = {}
    for thing in things:
        found.setdefault(thing.marking_id, []).append(thing)
    return found
