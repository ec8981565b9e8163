"""What is asked of one student, or of those of a pile.

Every question goes by an index: the other students and their years cost nothing.
"""

import json
from functools import lru_cache

from markdesk.core.coursework import Assignment, Kind
from markdesk.core.feedback import FeedbackLine
from markdesk.core.grades import Grade
from markdesk.core.ids import MarkerId, ScaleId, StudentId
from markdesk.core.people import Student, TeachingGroup
from markdesk.desk.ports import Owed, PastMarks, PastNote
from markdesk.store.codec import (
    ABSENCE,
    ASSIGNMENT,
    FEEDBACK,
    GRADE,
    GROUP,
    STUDENT,
)
from markdesk.store.sqlite.asking import Asking, columns_of, decoded

# The pile first, then each table by its index: a cross join keeps SQLite to that order.
_PAST_MARKS = """
select student_id, rubric_hash, (
    select json_group_array(json_array(w.scale, w.mark)) from award w
    where w.marking_id = m.id and (w.mark is not null or w.no_response)
) as given from (
    select sc.student_id, m.rubric_hash, m.id,
        row_number() over (partition by sc.student_id order by a.set_on desc, a.id desc) as place
    from script here
    cross join script sc on sc.student_id = here.student_id
    cross join assignment a on a.id = sc.assignment_id
    cross join marking m on m.script_id = sc.id and m.marker_id = :marker
    where here.assignment_id = :assignment and a.set_on < :day and a.kind <> :draft and not a.is_anonymous
        and sc.version = 1 and m.status in ('complete', 'moderated', 'returned')
) m where place <= :most order by student_id, place
"""


@lru_cache(512)
def _given(told: str) -> tuple[tuple[ScaleId, int | None], ...]:
    """Scales and marks: a class has had most of the marks of a scheme many times."""
    return tuple((ScaleId(scale), mark) for scale, mark in json.loads(told))


class StudentReads(Asking):
    """One student, and every marking of hers."""

    def student(self, student_id: StudentId) -> Student | None:
        return next(iter(self._all(STUDENT, "where id = ?", (student_id,))), None)

    def groups_of(self, student_id: StudentId) -> tuple[TeachingGroup, ...]:
        its = "join membership m on m.group_id = teaching_group.id where m.student_id = ? order by teaching_group.rowid"
        return self._all(GROUP, its, (student_id,))

    def notes_on(self, student_id: StudentId) -> tuple[PastNote, ...]:
        # Thirty notes an essay over years are too many to make whole annotations of.
        rows = self._rows(
            "select n.marking_id, n.code, n.comment, n.exact from script sc join marking m on m.script_id = sc.id"
            " join annotation n on n.marking_id = m.id where sc.student_id = ?"
            " order by n.marking_id, n.start is null, n.start, n.end, n.id",
            (student_id,),
        )
        return tuple(map(PastNote._make, rows))

    def feedback_for(self, student_id: StudentId) -> tuple[FeedbackLine, ...]:
        its = (
            "join marking m on m.id = feedback.marking_id join script sc on sc.id = m.script_id where sc.student_id = ?"
        )
        return self._all(FEEDBACK, f"{its} order by feedback.marking_id, feedback.field, feedback.place", (student_id,))

    def grades(self, student_id: StudentId | None = None) -> tuple[Grade, ...]:
        which, values = ("where student_id = ?", (student_id,)) if student_id is not None else ("", ())
        return self._all(GRADE, f"{which} order by student_id, day, kind", values)

    def owed(self, student_id: StudentId) -> tuple[Owed, ...]:
        rows = self._rows(
            f"select {columns_of(ASSIGNMENT, 'a')}, {columns_of(ABSENCE, 'w')},"  # noqa: S608
            " exists (select 1 from script sc where sc.assignment_id = a.id) as is_coming_in from membership g"
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
            found.append(Owed(assignment, decoded(ABSENCE, row, "w"), bool(row["is_coming_in"])))
        return tuple(found)

    def marked_counts(self, marker_id: MarkerId) -> dict[StudentId, int]:
        rows = self._rows(
            "select sc.student_id, count(*) from marking m join script sc on sc.id = m.script_id"
            " where m.marker_id = ? and m.status in ('complete', 'moderated', 'returned') group by sc.student_id",
            (marker_id,),
        )
        return {StudentId(student): count for student, count in rows}

    def past_marks(self, marker_id: MarkerId, before: Assignment, most: int) -> tuple[PastMarks, ...]:
        values = {
            "marker": marker_id,
            "assignment": before.id,
            "day": before.set_on,
            "most": most,
            "draft": Kind.NEA_DRAFT,
        }
        rows = self._rows(_PAST_MARKS, values)
        return tuple(PastMarks(student, rubric, _given(told)) for student, rubric, told in rows)
