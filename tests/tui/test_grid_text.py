"""What the grid says of a cell, for the shapes of paper that the screen's own tests don't have."""

from dataclasses import replace

import pytest

from markdesk.core.award import Award
from markdesk.core.coursework import Assignment, Script
from markdesk.core.ids import AssignmentId, MarkerId, MarkingId, PaperSetId, RubricHash, ScaleId, ScriptId, StudentId
from markdesk.core.marking import MarkingHeader, MarkingStatus
from markdesk.core.paper import Paper, PaperSet
from markdesk.core.paper_totals import Answer, paper_total
from markdesk.core.people import Student
from markdesk.desk.exam_grid import Cell, ExamGrid, GridRow
from markdesk.desk.ports import Entry
from markdesk.tui.grid_text import cell, explained, heads, rows, total
from tests.papers import BREADTH, marked, no_response, paper, question, section

MEI = Student(StudentId("mei"), "毛泽东毛泽东毛泽东毛泽东", "Ó Briain")


def grid_of(of: Paper, answers: dict[str, Answer]) -> ExamGrid:
    """A paper with one student, who gave these answers."""
    asked = {
        q.number: Assignment(AssignmentId(q.number), f"Mock {q.number}", "How far?", RubricHash("r"), "2026-11-23")
        for q in of.questions
    }
    cells = {number: answer_cell(of, asked[number], answer) for number, answer in answers.items()}
    exam = PaperSet(PaperSetId("exam"), "Mock", of, tuple((n, a.id) for n, a in asked.items()), "2026-11-23")
    row = GridRow(MEI, cells, paper_total(of, answers), MEI.name, is_hidden=False)
    return ExamGrid(exam, "", "Ms Test", asked, (row,))


def answer_cell(of: Paper, assignment: Assignment, answer: Answer) -> Cell:
    found = of.question(assignment.name.removeprefix("Mock "))
    assert found is not None
    script = Script(ScriptId(found.number), assignment.id, MEI.id, None, "", "2026-11-23T10:00:00Z")
    has_mark = answer.total.value is not None
    status = MarkingStatus.COMPLETE if answer.is_finished and has_mark else MarkingStatus.IN_PROGRESS
    header = MarkingHeader(MarkingId("m"), script.id, MarkerId("x"), None, RubricHash("r"), status, "")
    value = answer.total.value
    award = Award(header.id, ScaleId("main"), value if isinstance(value, int) else None, no_response=value == "NR")
    begun = has_mark or not answer.is_finished
    return Cell(found, Entry(script, MEI, assignment, None, header if begun else None, (award,)), answer)


def told(grid: ExamGrid, number: str, width: int = 120) -> list[str]:
    found = grid.exam.paper.question(number)
    assert found is not None
    return ["".join(text for text, _ in line) for line in explained(grid, grid.rows[0], found, width)]


def cells(grid: ExamGrid) -> list[str]:
    return [text for text, _ in rows(grid)[0].cells]


@pytest.mark.parametrize(
    ("answer", "sign"),
    [
        (marked(17), "17"), (marked(0), "0"), (marked(17, finished=False), "17*"), (marked(0, finished=False), "0*"),
        (marked(None), "–"), (marked(None, finished=False), "–*"), (no_response(), "NR"),
        (replace(no_response(), is_finished=False), "NR*"),
    ],
)  # fmt: skip
def test_every_state_of_an_answer_has_a_sign_of_its_own(answer: Answer, sign: str) -> None:
    assert cells(grid_of(BREADTH, {"02": answer})) == ["", sign, "", ""]


def test_parts_that_are_answered_together_are_one_choice() -> None:
    of = paper(
        section("A", *(question(n, 10, n[0]) for n in ("1(a)", "1(b)", "2(a)", "2(b)", "3(a)", "3(b)")), choose=1)
    )
    grid = grid_of(of, {"1(a)": marked(9), "2(a)": marked(6), "2(b)": marked(6)})
    assert cells(grid) == ["(9)", "", "6", "6", "", ""]
    assert "A: 2 answered, the best counts" in told(grid, "2(a)")[2]
    assert "1 of 3 were to be chosen" in told(grid, "1(b)")[1], "of an answer that doesn't count no part is missing"
    half = grid_of(of, {"1(a)": marked(9)})
    assert "Not handed in yet" in told(half, "1(b)")[1], "of one that counts it is"
    assert total(half.rows[0]) == ("  9 so far", "text")


def test_an_answer_may_still_come_to_count_while_one_is_not_finished() -> None:
    answers = {"02": marked(20), "03": marked(18), "04": marked(None)}
    assert "not counted, as it stands now" in told(grid_of(BREADTH, answers), "04")[1]
    assert told(grid_of(BREADTH, {**answers, "04": marked(3)}), "04")[1].endswith("not counted")


def test_a_paper_of_no_response_throughout_comes_to_no_response() -> None:
    grid = grid_of(paper(section("A", question("1"))), {"1": no_response()})
    assert total(grid.rows[0]) == (" NR", "strong")
    assert [head.group for head in heads(grid)] == [()], "one section, nothing to choose: nothing to say"
    assert told(grid, "1")[2] == " Paper  NR / 25"


def test_the_explanation_keeps_to_the_window() -> None:
    from rich.cells import cell_len

    grid = grid_of(BREADTH, {"01": marked(None), "02": marked(20), "03": marked(18), "04": marked(1)})
    for width in (60, 80, 200):
        assert all(cell_len(line) <= width for line in told(grid, "04", width)), width
    assert "best 2 count" in told(grid, "04", 60)[2]


def test_the_same_signs_as_on_the_command_line() -> None:
    from markdesk.cli import exam_shapes

    answers = {"01": marked(25, 30, finished=False), "02": no_response(), "03": marked(18), "04": marked(3)}
    grid = grid_of(BREADTH, answers)
    row = grid.rows[0]
    for asked in BREADTH.questions:
        assert cell(row, asked)[0] == exam_shapes.cell(row, asked.number)
