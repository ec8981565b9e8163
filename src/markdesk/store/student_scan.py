"""What is asked of one student, answered by looking through every thing of a desk in memory."""

from typing import Any

from markdesk.core.coursework import Assignment, Script
from markdesk.core.grades import Grade
from markdesk.core.ids import MarkerId, ScriptId, StudentId
from markdesk.core.marking import Marking, MarkingHeader
from markdesk.core.people import Membership, Student, TeachingGroup
from markdesk.core.queue_notes import Absence
from markdesk.desk.ports import Owed


class StudentScan:
    """The half of the store in memory that is about one student."""

    def all_of(self, kind: type[Any]) -> list[Any]:
        """Every thing of a kind, in the order in which they came."""
        raise NotImplementedError

    def assignments(self) -> tuple[Assignment, ...]:
        raise NotImplementedError

    def marking(self, script_id: ScriptId, marker_id: MarkerId) -> Marking | None:
        raise NotImplementedError

    def student(self, student_id: StudentId) -> Student | None:
        return next((student for student in self.all_of(Student) if student.id == student_id), None)

    def groups_of(self, student_id: StudentId) -> tuple[TeachingGroup, ...]:
        its = {member.group_id for member in self.all_of(Membership) if member.student_id == student_id}
        return tuple(group for group in self.all_of(TeachingGroup) if group.id in its)

    def markings_of(self, student_id: StudentId) -> tuple[Marking, ...]:
        scripts = {script.id for script in self.all_of(Script) if script.student_id == student_id}
        headers = [header for header in self.all_of(MarkingHeader) if header.script_id in scripts]
        found = (self.marking(header.script_id, header.marker_id) for header in headers)
        return tuple(marking for marking in found if marking is not None)

    def grades(self, student_id: StudentId | None = None) -> tuple[Grade, ...]:
        its = (grade for grade in self.all_of(Grade) if student_id in (None, grade.student_id))
        return tuple(sorted(its, key=lambda grade: (grade.student_id, grade.day, grade.kind)))

    def owed(self, student_id: StudentId) -> tuple[Owed, ...]:
        groups = {group.id for group in self.groups_of(student_id)}
        has = {script.assignment_id for script in self.all_of(Script) if script.student_id == student_id}
        why = {a.assignment_id: a for a in self.all_of(Absence) if a.student_id == student_id}
        its = (one for one in self.assignments() if one.group_id in groups and one.id not in has)
        return tuple(Owed(one, why.get(one.id)) for one in its)
