"""A mock paper for the tests of the grid: AQA's breadth study set to the small class, and who answered what."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from markdesk.bootstrap import rubric_shelf
from markdesk.core.changes import AnyChange, ScriptChanged
from markdesk.core.coursework import Kind, Script
from markdesk.core.essay import Essay
from markdesk.core.ids import EssayHash, ScriptId, StudentId
from markdesk.core.paper import Paper, PaperSet
from markdesk.core.people import Student
from markdesk.desk.exams import ExamOrder, set_exam
from markdesk.desk.ports import Keep
from markdesk.desk.queueing import QueueActs
from markdesk.formats.paper_toml import read_paper
from markdesk.store.sqlite.store import SqliteStore
from tests.kit import RUBRICS
from tests.tui.desks import GROUP, PARAGRAPHS, STUDENTS, lay_out
from tests.tui.seat import World

MOCK = "Mock C1"
BREADTH = read_paper(RUBRICS / "papers" / "aqa-7042-c1.toml")
"""One compulsory question of 30, and two essays of 25 out of three."""
WORDS = {
    "01": "How convincing are the arguments in these three extracts about the rule of Henry VII?",
    "03": "‘Henry VII owed his security to luck.’ Assess the validity of this view.",
}
ANSWERS: Mapping[str, Sequence[str]] = {
    "student-okafor": ("01", "02", "03"),
    "student-swider": ("01", "02", "03", "04"),
    "student-oconne": ("02",),
}
"""By student: Amara as she should, Łucja one essay too many, Finn only one."""
LATE = Student(StudentId("student-adeyem"), "Tunde", "Adeyemi")
"""In the class, without a script."""


def answer_id(number: str, student_id: str) -> str:
    return f"answer-{number}-{student_id}"


def set_mock(
    path: Path,
    answers: Mapping[str, Sequence[str]] = ANSWERS,
    paper: Paper = BREADTH,
    students: Sequence[Student] = (*STUDENTS, LATE),
    handwritten: Sequence[str] = (),
    hides_names: bool = False,
) -> World:
    """A desk with the paper set to the class, beside one essay by itself. ``handwritten`` has numbers without text."""
    world = lay_out(path, ["holistic"], students=students)
    store = SqliteStore(path, create=False)
    desk = world.desk(store)
    words = {number: text for number, text in WORDS.items() if paper.question(number)}
    exam = set_exam(desk, rubric_shelf(), paper, ExamOrder(GROUP.name, MOCK, words)).exam
    changes: list[AnyChange] = []
    essays: list[Essay] = []
    for student_id, numbers in answers.items():
        for number in numbers:
            essay = Essay.from_paragraphs([f"Question {number}, {student_id}.", *PARAGRAPHS])
            essays.append(essay)
            changes.append(
                ScriptChanged(None, script_of(exam, number, student_id, None if number in handwritten else essay))
            )
    if changes:
        desk.commit("import", "answers", tuple(changes), Keep(tuple(essays)))
    if not hides_names:  # as they are where a mock is set, until the marker shows them
        QueueActs(desk).hide_names(next(a for a in store.assignments() if a.kind is Kind.MOCK), False)
    store.close()
    return world


def script_of(exam: PaperSet, number: str, student_id: str, essay: Essay | None) -> Script:
    return Script(
        ScriptId(answer_id(number, student_id)),
        exam.assignment_of(number),
        StudentId(student_id),
        EssayHash(essay.hash) if essay else None,
        f"{number}.docx",
        "2026-11-23T10:00:00.000+00:00",
    )
