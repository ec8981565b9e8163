"""A pile whose names are hidden: what its students are called, and how a text is shown that may name its writer."""

from collections.abc import Callable, Iterable

from markdesk.core.anonymity import numbers, without_name, without_whole_name
from markdesk.core.coursework import Assignment
from markdesk.core.essay import Essay
from markdesk.core.ids import AssignmentId, StudentId
from markdesk.core.paper import PaperSet
from markdesk.core.people import Student
from markdesk.desk.desk import Desk
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.ports import Entry


def exam_of(desk: Desk, assignment_id: AssignmentId) -> PaperSet | None:
    """The exam that a question is of; None for an assignment by itself."""
    return next((exam for exam in desk.store.paper_sets() if assignment_id in dict(exam.assignments).values()), None)


def numbers_of(desk: Desk, assignment: Assignment, entries: Iterable[Entry]) -> dict[StudentId, int]:
    """The numbers that stand for the students while their names are hidden.

    The questions of one paper share them: a student is the same number in each.
    """
    seed, arrived = str(assignment.order_seed), [(entry.script.id, entry.student.id) for entry in entries]
    exam = exam_of(desk, assignment.id)
    if exam is not None:
        seed = exam.id
        for _, other in exam.assignments:
            if other != assignment.id:
                arrived += [(e.script.id, e.student.id) for e in desk.store.entries(desk.marker.id, other)]
    in_order = dict.fromkeys(student_id for _, student_id in sorted(arrived))
    return {StudentId(one): number for one, number in numbers(in_order, seed).items()}


def numbered(number: int | None, student: Student) -> str:
    """What a student is called: a number of three digits, or by name where she has none."""
    return student.name if number is None else f"#{number:03d}"


def nameless_place(student: Student, script_id: str = "") -> tuple[bool, bool, str]:
    """Where a row without a name stands: by her candidate number, else by the script's short id, last who has neither.

    In the order of the class list a row would tell whose it is; and so by the whole id, which begins with the time of
    the import, where files came in the order of their names.
    """
    number = student.candidate_number
    return not number and not script_id, not number, number or script_id[-6:]


def called_in(desk: Desk, assignment: Assignment) -> Callable[[Entry], str]:
    """What the students of a pile are called beside their scripts: by name, by a number while names are hidden."""
    hidden = dict[StudentId, int]()
    if assignment.is_anonymous:
        hidden = numbers_of(desk, assignment, desk.store.entries(desk.marker.id, assignment.id))
    return lambda entry: numbered(hidden.get(entry.student.id), entry.student)


def named(entry: Entry) -> str | None:
    """The student's name where it may be told; None while names are hidden, when the script's id says enough."""
    return None if entry.assignment.is_anonymous else entry.student.name


def called(entry: Entry) -> str:
    """Who a script is, to begin a sentence with: its student, or the script itself while names are hidden."""
    return named(entry) or f"Script {entry.script.short_id}"


def as_shown(opened: MarkingDesk) -> Essay:
    """The text as it is shown: without its student's name where names are hidden. Places in it are the same."""
    if not opened.entry.assignment.is_anonymous or opened.is_paper:
        return opened.essay
    return without_name(opened.essay, opened.entry.student)


def quoted(entry: Entry, words: str) -> str:
    """Words of the essay as they are shown by themselves."""
    return without_whole_name(words, entry.student) if entry.assignment.is_anonymous else words
