"""Question papers for the tests: by hand, and set to the small desk."""

from dataclasses import replace

from markdesk.core.award import Total
from markdesk.core.changes import AnyChange, AssignmentChanged, PaperChanged
from markdesk.core.coursework import Assignment, Kind
from markdesk.core.ids import AssignmentId, PaperSetId
from markdesk.core.paper import Paper, PaperQuestion, PaperSet, Section
from markdesk.core.paper_totals import Answer
from markdesk.core.rubric import Provenance, Status
from markdesk.desk.store import Store

RUBRIC = "aqa-7042-b-essay-25"


def question(number: str, most: int = 25, part_of: str = "", text: str = "") -> PaperQuestion:
    return PaperQuestion(number, RUBRIC, most, text, part_of)


def section(name: str, *questions: PaperQuestion, choose: int = 0) -> Section:
    return Section(name, f"Section {name}", questions, choose)


def paper(*sections: Section) -> Paper:
    return Paper("a-paper", "1", "A paper", Status.READY, sections, Provenance("ours", "made up"), component="1")


BREADTH = paper(section("A", question("01", 30)), section("B", *map(question, ("02", "03", "04")), choose=2))
"""Shaped like AQA's breadth study: one compulsory question of 30, two of three essays of 25."""


def marked(mark: int | None, most: int = 25, finished: bool = True) -> Answer:
    """An answer with its mark; None is not marked."""
    return Answer(Total(mark, mark or 0, most), finished)


def no_response(most: int = 25) -> Answer:
    return Answer(Total("NR", 0, most))


def an_exam(store: Store, like: Assignment) -> tuple[PaperSet, tuple[AnyChange, ...]]:
    """BREADTH set to the class of an assignment, with what must be committed for it."""
    assert store.rubric(like.rubric_hash)
    assignments = [
        replace(like, id=AssignmentId(f"exam-{q.number}"), name=f"Mock {q.number}", kind=Kind.MOCK)
        for q in BREADTH.questions
    ]
    pairs = tuple((q.number, a.id) for q, a in zip(BREADTH.questions, assignments, strict=True))
    exam = PaperSet(PaperSetId("exam"), "Mock", BREADTH, pairs, "2026-11-23", like.group_id)
    return exam, (*(AssignmentChanged(None, a) for a in assignments), PaperChanged(None, exam))
