"""The reading half of the SQLite store: explicit SQL in, domain values out."""

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from markdesk.core.award import Award
from markdesk.core.bank import BankComment, BankField, Use
from markdesk.core.changes import BankChanged
from markdesk.core.coursework import Assignment, Kind
from markdesk.core.errors import NotFound
from markdesk.core.essay import Essay, Span
from markdesk.core.feedback import PRIVATE, Field
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
from markdesk.core.marking import Marking, TaskDone
from markdesk.core.paper import PaperSet
from markdesk.core.people import Marker, Membership, Student, TeachingGroup
from markdesk.core.queue_notes import Absence
from markdesk.core.rubric import Rubric, rubric_from_plain
from markdesk.desk.ports import Act, Draft, Entry, LastTarget, Overview, Place, Remark
from markdesk.store.codec import (
    ABSENCE,
    ANNOTATION,
    ASSIGNMENT,
    AWARD,
    BANK,
    FEEDBACK,
    GROUP,
    MARKER,
    MARKING,
    MEMBERSHIP,
    PAPER_SET,
    QUEUE_NOTE,
    SCRIPT,
    STUDENT,
    step_from_row,
)
from markdesk.store.sqlite.asking import AWARDS_OF_M, columns_of, decoded
from markdesk.store.sqlite.student_reads import StudentReads

if TYPE_CHECKING:
    from markdesk.core.search_hits import Hit
    from markdesk.core.search_query import Query


_ENTRIES = f"""
select {columns_of(SCRIPT, "sc")}, {columns_of(STUDENT, "st")}, {columns_of(ASSIGNMENT, "a")},
    {columns_of(MARKING, "m")}, {columns_of(QUEUE_NOTE, "q")}, essay.words as words,
    (select count(*) from annotation where annotation.marking_id = m.id) as annotations,
    (select text from feedback f where f.marking_id = m.id and f.field = 'target' and f.place = 1) as target,
    (select text from feedback f where f.marking_id = m.id and f.field = 'task' and f.place = 1) as task,
    {AWARDS_OF_M} as awards
from script sc
join student st on st.id = sc.student_id
join assignment a on a.id = sc.assignment_id
left join essay on essay.hash = sc.essay_hash
left join marking m on m.script_id = sc.id and (:marker is null or m.marker_id = :marker)
left join queue_note q on q.script_id = sc.id and q.marker_id = :marker
"""  # noqa: S608


_USES = """
select n.text, n.field, n.stamp, n.key, coalesce(m.completed_at, m.started_at) as at, sc.id as script,
    a.id as assignment, a.kind, m.status = 'returned' as is_returned
from (
    select marking_id, comment as text, 'annotation' as field, code as stamp, id as key from annotation
        where comment <> ''
    union all
    select marking_id, text, field, '', field || '.' || place from feedback
        where field in ('www', 'ebi', 'target', 'task', 'question')
) n
join marking m on m.id = n.marking_id
join script sc on sc.id = m.script_id
join assignment a on a.id = sc.assignment_id
where m.marker_id = :marker
order by at, script, key
"""


_TOLD_STUDENTS = """
with its as (
    select m.id, m.script_id as script from script sc join marking m on m.script_id = sc.id and m.marker_id = :marker
    where sc.assignment_id = :assignment
)
select distinct its.script, null as field, n.comment as text from its join annotation n on n.marking_id = its.id
    where n.comment <> ''
union all
select its.script, f.field, f.text from its join feedback f on f.marking_id = its.id where f.text <> ''
"""


# The assignments come first, which are few, and then each table by its index: a cross join keeps SQLite to that order.
_BEST_AT_LEVELS = """
select script_id from (
    select sc.id as script_id, w.level,
        row_number() over (partition by w.level order by w.mark desc, m.completed_at desc, sc.id) as place
    from assignment a
    cross join script sc on sc.assignment_id = a.id
    cross join marking m on m.script_id = sc.id and m.marker_id = :marker
    cross join award w on w.marking_id = m.id and w.scale = :scale
    join rubric_version r on r.hash = m.rubric_hash
    where a.rubric_hash in (select hash from rubric_version where id = :rubric) and r.id = :rubric
        and sc.student_id <> :student and m.status in ('complete', 'moderated', 'returned') and w.level > 0
) where place = 1 order by level desc
"""


def _bank_field(row: sqlite3.Row) -> BankField:
    is_draft = row["kind"] == Kind.NEA_DRAFT or row["field"] == "question"
    return BankField.DRAFT if is_draft else BankField(row["field"])


class Reads(StudentReads):
    """What can be asked of the file. Never writes."""

    _rubrics: dict[RubricHash, Rubric]
    """The versions of mark schemes that were asked for."""

    def essay(self, essay_hash: EssayHash) -> Essay:
        rows = self._rows("select text from essay where hash = ?", (essay_hash,))
        if not rows:
            raise NotFound(f"The desk holds no essay {essay_hash[:19]}….")
        return Essay(rows[0]["text"])

    def source(self, source_hash: str) -> bytes:
        rows = self._rows("select content from source where hash = ?", (source_hash,))
        if not rows:
            raise NotFound(f"The desk holds no file {source_hash[:19]}….")
        content: bytes = rows[0]["content"]
        return content

    def rubric(self, rubric_hash: RubricHash) -> Rubric:
        # A version is its content, so it is read once: a class asks for the same one for every script.
        found = self._rubrics.get(rubric_hash)
        if found is None:
            rows = self._rows("select body from rubric_version where hash = ?", (rubric_hash,))
            if not rows:
                raise NotFound(f"The desk holds no mark scheme {rubric_hash[:19]}….")
            found = self._rubrics[rubric_hash] = rubric_from_plain(json.loads(rows[0]["body"]))
        return found

    def students(self) -> tuple[Student, ...]:
        return self._all(STUDENT)

    def groups(self) -> tuple[TeachingGroup, ...]:
        return self._all(GROUP)

    def memberships(self, group_id: GroupId) -> tuple[Membership, ...]:
        return self._all(MEMBERSHIP, "where group_id = ?", (group_id,))

    def markers(self) -> tuple[Marker, ...]:
        return self._all(MARKER)

    def assignments(self) -> tuple[Assignment, ...]:
        return self._all(ASSIGNMENT, "order by set_on desc, id desc")

    def assignment(self, assignment_id: AssignmentId) -> Assignment | None:
        return next(iter(self._all(ASSIGNMENT, "where id = ?", (assignment_id,))), None)

    def paper_sets(self) -> tuple[PaperSet, ...]:
        return self._all(PAPER_SET, "order by set_on desc, id desc")

    def overview(self, marker_id: MarkerId, counted: int | None = None) -> tuple[Overview, ...]:
        newest = "select id from assignment order by set_on desc, id desc limit :counted"
        which = "" if counted is None else f"where sc.assignment_id in ({newest})"
        its = ", ".join(f'a."{column}"' for column in ASSIGNMENT.columns)
        rows = self._rows(
            f"""
            select {its}, n.scripts, n.complete, n.begun, w.drafts
            from assignment a
            left join (
                select sc.assignment_id, count(*) as scripts,
                    count(case when m.status in ('complete', 'moderated', 'returned') then 1 end) as complete,
                    count(case when m.status = 'in_progress' then 1 end) as begun
                from script sc
                left join marking m indexed by marking_status on m.script_id = sc.id and m.marker_id = :marker
                {which}
                group by sc.assignment_id
            ) n on n.assignment_id = a.id
            left join (
                select sc.assignment_id, count(*) as drafts from draft d join script sc on sc.id = d.script_id
                where d.marker_id = :marker group by sc.assignment_id
            ) w on w.assignment_id = a.id
            order by a.set_on desc, a.id desc
            """,  # noqa: S608
            {"marker": marker_id, "counted": counted},
        )
        groups = {group.id: group for group in self.groups()}
        found: list[Overview] = []
        for at, row in enumerate(rows):
            assignment = ASSIGNMENT.decode(dict(row))
            scripts, complete, begun, drafts = (row[its] or 0 for its in ("scripts", "complete", "begun", "drafts"))
            group = groups[assignment.group_id] if assignment.group_id is not None else None
            is_counted = counted is None or at < counted
            found.append(Overview(assignment, group, scripts, complete, begun, drafts, is_counted))
        return tuple(found)

    def entries(
        self,
        marker_id: MarkerId | None,
        assignment_id: AssignmentId | None = None,
        student_id: StudentId | None = None,
        script_id: ScriptId | None = None,
    ) -> tuple[Entry, ...]:
        wanted = {"a.id": assignment_id, "st.id": student_id, "sc.id": script_id}
        values: dict[str, str | None] = {"marker": marker_id}
        clauses: list[str] = []
        for column, value in wanted.items():
            if value is not None:
                name = column.replace(".", "_")
                clauses.append(f"{column} = :{name}")
                values[name] = value
        where = f"where {' and '.join(clauses)}" if clauses else ""
        rows = self._rows(f"{_ENTRIES} {where} order by a.set_on desc, a.id desc, sc.id", values)
        return tuple(self._entry(row) for row in rows)

    @staticmethod
    def _entry(row: sqlite3.Row) -> Entry:
        script, student = decoded(SCRIPT, row, "sc"), decoded(STUDENT, row, "st")
        assignment, header = decoded(ASSIGNMENT, row, "a"), decoded(MARKING, row, "m")
        assert script is not None
        assert student is not None
        assert assignment is not None
        awards: tuple[Award, ...] = tuple(AWARD.decode(award) for award in json.loads(row["awards"]))
        note = decoded(QUEUE_NOTE, row, "q")
        return Entry(
            script, student, assignment, row["words"], header, awards, row["annotations"], row["target"], note,
            row["task"],
        )  # fmt: skip

    def last_target(self, student_id: StudentId, before: Assignment) -> LastTarget | None:
        rows = self._rows(
            "select f.text, coalesce(m.completed_at, a.set_on) as at, a.name, m.id, m.task_done from script sc"
            " join assignment a on a.id = sc.assignment_id join marking m on m.script_id = sc.id"
            " join feedback f on f.marking_id = m.id and f.field = 'target' and f.place = 1"
            " where sc.student_id = ? and a.id <> ? and a.set_on <= ? and not a.is_anonymous"
            " order by a.set_on desc, a.id desc, sc.id, m.rowid limit 1",
            (student_id, before.id, before.set_on),
        )
        if not rows:
            return None
        row = rows[0]
        done = TaskDone(row["task_done"]) if row["task_done"] else None
        return LastTarget(row["text"], row["at"][:10], row["name"], row["id"], done)

    def absences(self, assignment_id: AssignmentId) -> tuple[Absence, ...]:
        return self._all(ABSENCE, "where assignment_id = ? order by student_id", (assignment_id,))

    def acts(self, marker_id: MarkerId, assignment_id: AssignmentId) -> tuple[Act, ...]:
        rows = self._rows(
            "select m.script_id, l.at from script sc join marking m on m.script_id = sc.id and m.marker_id = ?"
            " join log l on l.marking_id = m.id join log g on g.id = l.group_id"
            " where sc.assignment_id = ? and l.marker_id = m.marker_id and g.action not like ? order by l.at, l.seq",
            (marker_id, assignment_id, f"{FOLLOW_UP}%"),
        )
        return tuple(Act(row["script_id"], row["at"]) for row in rows)

    def best_at_levels(
        self, marker_id: MarkerId, rubric_id: str, scale: ScaleId, but_not: StudentId
    ) -> tuple[ScriptId, ...]:
        values = {"marker": marker_id, "rubric": rubric_id, "scale": scale, "student": but_not}
        return tuple(row["script_id"] for row in self._rows(_BEST_AT_LEVELS, values))

    def stamped(self, marker_id: MarkerId, assignment_id: AssignmentId, code: str) -> Mapping[ScriptId, int]:
        rows = self._rows(
            "select sc.id, count(*) as times from script sc join marking m on m.script_id = sc.id and m.marker_id = ?"
            " join annotation n on n.marking_id = m.id where sc.assignment_id = ? and n.code = ? group by sc.id",
            (marker_id, assignment_id, code),
        )
        return {row["id"]: row["times"] for row in rows}

    def worded(self, marker_id: MarkerId, assignment_id: AssignmentId, query: "Query") -> frozenset[ScriptId]:
        from markdesk.store.sqlite.searching import Search

        return Search(self._rows, query, marker_id).scripts(assignment_id)

    def remarks(self, marker_id: MarkerId, assignment_id: AssignmentId) -> tuple[Remark, ...]:
        rows = self._rows(
            "select sc.id, n.code, n.comment from script sc join marking m on m.script_id = sc.id and m.marker_id = ?"
            " join annotation n on n.marking_id = m.id where sc.assignment_id = ?",
            (marker_id, assignment_id),
        )
        return tuple(map(Remark._make, rows))

    def codes(self, marker_id: MarkerId, assignment_id: AssignmentId) -> frozenset[tuple[ScriptId, str]]:
        rows = self._rows(
            "select distinct sc.id, n.code from script sc join marking m on m.script_id = sc.id and m.marker_id = ?"
            " join annotation n on n.marking_id = m.id where sc.assignment_id = ? and n.code <> ''",
            (marker_id, assignment_id),
        )
        return frozenset((row["id"], row["code"]) for row in rows)

    def told_students(
        self, marker_id: MarkerId, assignment_id: AssignmentId
    ) -> frozenset[tuple[ScriptId, Field | None, str]]:
        rows = self._rows(_TOLD_STUDENTS, {"marker": marker_id, "assignment": assignment_id})
        told = ((row["script"], Field(row["field"]) if row["field"] else None, row["text"]) for row in rows)
        return frozenset(one for one in told if one[1] not in PRIVATE)

    def marking(self, script_id: ScriptId, marker_id: MarkerId) -> Marking | None:
        columns = ", ".join((*(f'"{column}"' for column in MARKING.columns), "revision"))
        rows = self._rows(
            f"select {columns} from marking where script_id = ? and marker_id = ?",  # noqa: S608
            (script_id, marker_id),
        )
        if not rows:
            return None
        header = MARKING.decode(dict(rows[0]))
        annotations = self._all(ANNOTATION, "where marking_id = ? order by rowid", (header.id,))
        awards = self._all(AWARD, "where marking_id = ?", (header.id,))
        feedback = self._all(FEEDBACK, "where marking_id = ?", (header.id,))
        return Marking(
            header,
            rows[0]["revision"],
            True,
            Keyed({annotation.key: annotation for annotation in annotations}),
            Keyed({award.key: award for award in awards}),
            Keyed({line.key: line for line in feedback}),
            Keyed(Counter(annotation.code for annotation in annotations if annotation.code)),
        )

    def bank_comments(self) -> tuple[BankComment, ...]:
        return self._all(BANK, "order by rowid")

    def bank_steps(self) -> tuple[Step, ...]:
        told = f'%"kind":"{BANK.name}"%'  # as the log spells it; only a desk's own steps can have one
        rows = self._rows("select * from log where marking_id is null and changes like ? order by seq", (told,))
        steps = (step_from_row(dict(row)) for row in rows)
        return tuple(step for step in steps if any(isinstance(change, BankChanged) for change in step.changes))

    def comment_uses(self, marker_id: MarkerId) -> tuple[Use, ...]:
        rows = self._rows(_USES, {"marker": marker_id})
        return tuple(
            Use(
                row["text"],
                row["at"],
                _bank_field(row),
                row["stamp"],
                "",
                row["assignment"],
                row["script"],
                row["key"],
                bool(row["is_returned"]),
            )
            for row in rows
        )

    def search(self, query: "Query", marker_id: MarkerId, limit: int, offset: int = 0) -> "tuple[Hit, ...]":
        from markdesk.store.sqlite.searching import Search  # a start of the program searches nothing

        return Search(self._rows, query, marker_id).hits(limit, offset)

    def search_count(self, query: "Query", marker_id: MarkerId) -> int:
        from markdesk.store.sqlite.searching import Search

        return Search(self._rows, query, marker_id).count()

    def steps(self, marking_id: MarkingId) -> tuple[Step, ...]:
        return tuple(
            step_from_row(dict(row))
            for row in self._rows("select * from log where marking_id = ? order by seq", (marking_id,))
        )

    def first_steps(self, count: int) -> tuple[Step, ...]:
        return self.steps_after(0, count)

    def steps_after(self, place: int, most: int) -> tuple[Step, ...]:
        rows = self._rows("select * from log where seq > ? order by seq limit ?", (place, most))
        return tuple(step_from_row(dict(row)) for row in rows)

    def steps_so_far(self) -> int:
        return int(self._rows("select coalesce(max(seq), 0) as last from log")[0]["last"])

    def drafts(self, script_id: ScriptId, marker_id: MarkerId) -> tuple[Draft, ...]:
        rows = self._rows(
            "select * from draft where script_id = ? and marker_id = ? order by at", (script_id, marker_id)
        )
        return tuple(
            Draft(
                script_id,
                marker_id,
                row["editor"],
                row["text"],
                row["at"],
                None if row["start"] is None else Span(row["start"], row["end"]),
                row["annotation_id"],
            )
            for row in rows
        )

    def place(self, marker_id: MarkerId, script_id: ScriptId | None = None) -> Place | None:
        rows = self._rows(
            "select * from place where marker_id = ? and (? is null or script_id = ?) order by at desc limit 1",
            (marker_id, script_id, script_id),
        )
        if not rows:
            return None
        row = rows[0]
        return Place(
            marker_id,
            row["script_id"],
            row["assignment_id"],
            row["start"],
            row["end"],
            row["at"],
            bool(row["by_sentence"]),
        )
