"""The grid of an exam over a desk in memory: whose answers, under which version of a scheme, by which marker."""

from dataclasses import replace

import pytest

from markdesk.core.award import Award
from markdesk.core.changes import AwardChanged, MarkingChanged, PaperChanged, ScriptChanged
from markdesk.core.coursework import Script
from markdesk.core.errors import MarkdeskError
from markdesk.core.ids import MarkingId, ScaleId, ScriptId
from markdesk.core.marking import MarkingHeader, MarkingStatus
from markdesk.core.paper import PaperSet
from markdesk.desk.exam_grid import ExamGrid, exam_grid, overall
from markdesk.desk.ports import Keep
from markdesk.formats.paper_toml import read_qualification
from tests.kit import RUBRICS, SmallDesk, shipped_rubric
from tests.papers import BREADTH, an_exam, paper


@pytest.fixture
def exam(memory_desk: SmallDesk) -> PaperSet:
    """BREADTH set to the class, and Amara's handwritten answer to 02."""
    made, changes = an_exam(memory_desk.store, memory_desk.assignment)
    script = Script(
        ScriptId("answer-02"), made.assignment_of("02"), memory_desk.students[0].id, None, "", "2026-11-23T10:00:00Z"
    )
    memory_desk.desk.know_marker()
    memory_desk.desk.commit("exam", "a paper set", (*changes, ScriptChanged(None, script)))
    return made


def mark(small: SmallDesk, mark: int, rubric_id: str, status: MarkingStatus = MarkingStatus.COMPLETE) -> None:
    """Mark the answer to 02 under some scheme."""
    rubric = shipped_rubric(rubric_id)
    header = MarkingHeader(
        MarkingId("m"), ScriptId("answer-02"), small.desk.marker.id, None, rubric.hash, status, small.clock.now()
    )
    award = Award(header.id, ScaleId("main"), mark, rubric.scales[0].level_of(mark))
    step = small.desk.step("mark", "marked", (MarkingChanged(None, header), AwardChanged(None, award)))
    small.store.commit(replace(step, marking_id=header.id), 0, Keep(rubrics=(rubric,)))


def row(grid: ExamGrid, family_name: str) -> tuple[dict[str, object], object]:
    found = next(row for row in grid.rows if row.student.family_name == family_name)
    return {number: cell.answer.total.value for number, cell in found.cells.items()}, found.total.so_far


def test_the_class_list_is_in_its_order_with_those_who_answered_nothing(memory_desk: SmallDesk, exam: PaperSet) -> None:
    grid = exam_grid(memory_desk.desk, exam)
    assert [row.student.family_name for row in grid.rows] == ["O’Connell", "Okafor", "Świderska"]
    assert (grid.group, grid.marker) == ("13H", "Ms Test")
    assert [list(row.cells) for row in grid.rows] == [[], ["02"], []]
    assert row(grid, "Okafor") == ({"02": None}, 0)


def test_an_answer_is_totalled_under_the_scheme_that_it_was_marked_under(
    memory_desk: SmallDesk, exam: PaperSet
) -> None:
    mark(memory_desk, 17, "edexcel-9hi0-essay-20")
    (cell,) = exam_grid(memory_desk.desk, exam).rows[1].cells.values()
    assert (cell.answer.total.value, cell.answer.total.max) == (17, 20)
    assert cell.status is MarkingStatus.COMPLETE


def test_a_marking_in_progress_is_not_settled(memory_desk: SmallDesk, exam: PaperSet) -> None:
    mark(memory_desk, 17, "aqa-7042-b-essay-25", MarkingStatus.IN_PROGRESS)
    grid = exam_grid(memory_desk.desk, exam)
    assert row(grid, "Okafor") == ({"02": 17}, 17)
    assert grid.rows[1].came_to.unsettled == ("02",)


def test_another_marker_has_her_own_grid(memory_desk: SmallDesk, exam: PaperSet) -> None:
    mark(memory_desk, 17, "aqa-7042-b-essay-25")
    assert row(exam_grid(memory_desk.other_marker(), exam), "Okafor") == ({"02": None}, 0)


def test_an_exam_without_a_class_has_those_who_answered(memory_desk: SmallDesk, exam: PaperSet) -> None:
    alone = replace(exam, group_id=None)
    memory_desk.desk.commit("exam", "altered", (PaperChanged(exam, alone),))
    grid = exam_grid(memory_desk.desk, alone)
    assert ([row.student.family_name for row in grid.rows], grid.group) == (["Okafor"], "")


def test_a_paper_of_another_maximum_is_no_component(memory_desk: SmallDesk, exam: PaperSet) -> None:
    aqa = read_qualification(RUBRICS / "qualifications" / "aqa-7042.toml")
    whole = replace(BREADTH, board="AQA", spec="7042")
    half = replace(paper(BREADTH.sections[0]), board="AQA", spec="7042")
    for of, refused in ((whole, False), (half, True)):
        present = memory_desk.store.paper_sets()[0]
        memory_desk.desk.commit("exam", "altered", (PaperChanged(present, replace(present, paper=of)),))
        if refused:
            with pytest.raises(MarkdeskError, match=r"'Mock' is out of 30, and .* is out of 80"):
                overall(memory_desk.desk, aqa, ["Mock"])
        else:
            found = overall(memory_desk.desk, aqa, ["Mock"])
            assert (dict(found.sources), [component.id for component in found.missing]) == ({"1": "Mock"}, ["2", "3"])
