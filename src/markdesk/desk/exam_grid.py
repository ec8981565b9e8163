"""A class and a paper as a grid: students down, questions across, and what each student's answers come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markdesk.core.award import Total, total
from markdesk.core.coursework import Assignment
from markdesk.core.errors import MarkdeskError, NotFound
from markdesk.core.ids import AssignmentId, StudentId
from markdesk.core.marking import DONE, MarkingStatus
from markdesk.core.paper import PaperQuestion, PaperSet
from markdesk.core.paper_totals import Answer, PaperTotal, paper_total
from markdesk.core.people import Student
from markdesk.core.plain import show_line
from markdesk.core.qualification import Component, Qualification
from markdesk.desk.anonymous import numbered, numbers_of
from markdesk.desk.coursework import refuse_hidden_names
from markdesk.desk.desk import Desk, find_assignment
from markdesk.desk.exams import find_exam
from markdesk.desk.ports import Entry

MOST_NUMBER = 10_000
"""Greater than any student's number: those without one stand last."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One student's answer to one question."""

    question: PaperQuestion
    entry: Entry
    answer: Answer

    @property
    def status(self) -> MarkingStatus | None:
        """How far its marking is; None where nobody has begun."""
        return self.entry.header.status if self.entry.header else None

    @property
    def has_mark(self) -> bool:
        """Whether any scale has a mark. Without one it is not a 0: that would be an answer with nothing creditable."""
        return any(award.is_marked for award in self.entry.awards)


@dataclass(frozen=True, slots=True)
class GridRow:
    """One student. ``cells`` has the questions that she answered, by number."""

    student: Student
    cells: Mapping[str, Cell]
    came_to: PaperTotal
    called: str
    """Her name, or what stands for it while names are hidden."""
    is_hidden: bool

    @property
    def total(self) -> Total:
        return self.came_to.total


@dataclass(frozen=True, slots=True)
class ExamGrid:
    """An exam by one marker, the students in the order of the class list, those without any answer too."""

    exam: PaperSet
    group: str
    marker: str
    assignments: Mapping[str, Assignment]
    """By question number."""
    rows: tuple[GridRow, ...]


def _marks_of(desk: Desk, assignment_id: AssignmentId) -> list[tuple[Entry, Answer]]:
    """What this marker gave the scripts of an assignment."""
    return [(entry, _answer(desk, entry)) for entry in desk.store.entries(desk.marker.id, assignment_id)]


def _answer(desk: Desk, entry: Entry) -> Answer:
    # A marking stays with the version of the scheme that it was made under.
    used = desk.store.rubric(entry.header.rubric_hash if entry.header else entry.assignment.rubric_hash)
    is_finished = entry.header is not None and entry.header.status in DONE
    return Answer(total(used, entry.award_by_scale()), is_finished)


def exam_grid(desk: Desk, exam: PaperSet) -> ExamGrid:
    """The grid of an exam, read whole at one moment. While names are hidden students are called by their numbers."""
    paper = exam.paper
    cells: dict[StudentId, dict[str, Cell]] = {}
    people: dict[StudentId, Student] = {}
    if exam.group_id is not None:
        members = {member.student_id for member in desk.store.memberships(exam.group_id)}
        people = {student.id: student for student in desk.store.students() if student.id in members}
    for question in paper.questions:
        for entry, answer in _marks_of(desk, exam.assignment_of(question.number)):
            people.setdefault(entry.student.id, entry.student)
            cells.setdefault(entry.student.id, {})[question.number] = Cell(question, entry, answer)
    by_id = {assignment.id: assignment for assignment in desk.store.assignments()}
    assignments = {number: by_id[assignment_id] for number, assignment_id in exam.assignments}
    first = assignments[paper.questions[0].number]
    numbers = numbers_of(desk, first, desk.store.entries(desk.marker.id, first.id)) if first.is_anonymous else {}
    rows = tuple(
        GridRow(
            student,
            (mine := cells.get(student.id, {})),
            paper_total(paper, {number: cell.answer for number, cell in mine.items()}),
            numbered(numbers.get(student.id), student),
            student.id in numbers,
        )
        # In the order of the class list a row would tell who it is.
        for student in sorted(people.values(), key=lambda s: (numbers.get(s.id, MOST_NUMBER), s.sort_key))
    )
    group = next((group.name for group in desk.store.groups() if group.id == exam.group_id), "")
    return ExamGrid(exam, group, desk.marker.name, assignments, rows)


@dataclass(frozen=True, slots=True)
class OverallRow:
    """One student's components, by id, and what they come to together."""

    student: Student
    components: Mapping[str, Total]
    total: Total


@dataclass(frozen=True, slots=True)
class Overall:
    """A qualification by one marker."""

    qualification: Qualification
    sources: Mapping[str, str]
    """The exam or assignment that each component was taken from, by the component's id."""
    rows: tuple[OverallRow, ...]

    @property
    def missing(self) -> tuple[Component, ...]:
        """The components for which nothing was named: every total is provisional without them."""
        return tuple(c for c in self.qualification.components if c.id not in self.sources)


def overall(desk: Desk, qualification: Qualification, names: Sequence[str]) -> Overall:
    """The components under these names put together: exams, and for coursework the assignment.

    Which component a name is stands in the paper or the assignment's mark scheme. Raises NotFound or MarkdeskError
    where a name is no component of the qualification, is of another maximum, was named already, or hides its students.
    """
    sources: dict[str, str] = {}
    together: list[Assignment] = []
    people: dict[StudentId, Student] = {}
    came_to: dict[StudentId, dict[str, Total]] = {}
    for name in names:
        assignment, called, component, totals = _component(desk, qualification, name)
        if component.id in sources:
            told = f"'{show_line(called)}' and '{show_line(sources[component.id])}' are both {component.title}."
            raise MarkdeskError(told, "Name one for each component.")
        sources[component.id] = called
        together.append(assignment)
        for student, came in totals:
            people[student.id] = student
            came_to.setdefault(student.id, {})[component.id] = came
    for assignment in together:
        refuse_hidden_names(assignment)
    rows = tuple(
        OverallRow(student, came_to[student.id], qualification.total(came_to[student.id]))
        for student in sorted(people.values(), key=lambda student: student.sort_key)
    )
    return Overall(qualification, sources, rows)


def _component(
    desk: Desk, qualification: Qualification, name: str
) -> tuple[Assignment, str, Component, list[tuple[Student, Total]]]:
    """What a name stands for: its assignment (an exam's first), what it is called, its component, each one's total."""
    try:
        exam = find_exam(desk, name)
    except NotFound as no_exam:
        try:
            assignment = find_assignment(desk, name)
        except NotFound:
            raise NotFound(f"No exam and no assignment is called '{show_line(name)}'.", no_exam.hint) from None
        rubric = desk.store.rubric(assignment.rubric_hash)
        fits = [component for component in qualification.components if rubric.id in component.rubrics]
        component = _fitting(qualification, assignment.name, f"is marked under {rubric.id}", fits, rubric.max_mark)
        answers = _marks_of(desk, assignment.id)
        return assignment, assignment.name, component, [(entry.student, answer.settled) for entry, answer in answers]
    paper = exam.paper
    is_of = (paper.board, paper.spec) == (qualification.board, qualification.spec)
    fits = [c for c in qualification.components if is_of and c.id == paper.component]
    of = " ".join(word for word in (paper.board, paper.spec, paper.component) if word) or "no component"
    component = _fitting(qualification, exam.name, f"is of {of}", fits, paper.max)
    grid = exam_grid(desk, exam)
    first = grid.assignments[paper.questions[0].number]
    return first, exam.name, component, [(row.student, row.total) for row in grid.rows]


def _fitting(qualification: Qualification, called: str, what: str, fits: list[Component], most: int) -> Component:
    if not fits:
        known = ", ".join(f"{c.id} ({c.title})" for c in qualification.components)
        raise MarkdeskError(
            f"'{show_line(called)}' {what}, which is no component of {qualification.title}.", f"It has: {known}."
        )
    if fits[0].max != most:
        told = f"'{show_line(called)}' is out of {most}, and {fits[0].title} of {qualification.title} is out of"
        raise MarkdeskError(
            f"{told} {fits[0].max}.", "Totals of other papers can't be added up as if they were this one."
        )
    return fits[0]
