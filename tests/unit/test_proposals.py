"""Schemes that fit a question, from its tariff and its words: nothing else of it is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.proposals import LONGEST_PROPOSED_NAME, Asked, Task, asked, propose, propose_name, task_of
from markdesk.core.rubric import Rubric, Status
from markdesk.core.rubric_check import check_rubric
from tests.kit import shipped_rubric
from tests.schemes import banded, scheme, whole

IDS = (
    "aqa-7042-b-essay-25", "aqa-7042-nea-40", "edexcel-9hi0-essay-20", "generic-essay-4strand",
    "ocr-h505-y2-twopart-30",
)  # fmt: skip
THIRTY = ((1, 6), (7, 12), (13, 18), (19, 24), (25, 30))


def made(rubric_id: str, ao: str, kind: str, count: int, status: Status = Status.READY) -> Rubric:
    data = whole([banded("main", THIRTY, (ao,), ("one",))], {ao: 30}, "holistic", {"one": ao})
    data |= {"id": rubric_id, "status": str(status), "stimulus": {"kind": kind, "count": count}}
    rubric, problems = check_rubric(data)
    assert rubric is not None, problems
    return rubric


SHELF = (
    *map(shipped_rubric, IDS),
    made("three-extracts", "AO3", "extracts", 3),
    made("two-extracts", "AO3", "extracts", 2),
    made("draft-extracts", "AO3", "extracts", 3, Status.DRAFT),
    made("old-extracts", "AO3", "extracts", 3, Status.RETIRED),
    made("four-sources", "AO2", "sources", 4),
)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("'X.' Assess the validity of this view. [25 marks]", Asked((25,), Task.ESSAY)),
        ("How far did Y succeed? (20)", Asked((20,), Task.ESSAY)),
        ("How far did Y succeed? [20]", Asked((20,), Task.ESSAY)),
        ("How far did Y succeed? 25 marks", Asked((25,), Task.ESSAY)),
        ("How far did Y succeed? (25 m)", Asked((25,), Task.ESSAY)),
        ("How convincing are the arguments in these three extracts? [30 marks]", Asked((30,), Task.EXTRACTS, 3)),
        ("Which of the two passages is more convincing? [30]", Asked((30,), Task.EXTRACTS, 2)),
        ("How valuable are these 4 primary sources? [30 marks]", Asked((30,), Task.SOURCES, 4)),
        ("(a) Which mattered more? [10]\n(b) How far? [20]", Asked((10, 20), Task.PARTS)),
        ("(a) Which mattered more? [10 marks] (b) How far? [20 marks]", Asked((10, 20), Task.PARTS)),
        ("(a) Which mattered more? [10] (b) How far? [20]", Asked((10, 20), Task.PARTS)),
        ("How useful is Source A?\n[12 marks]\nTotal for Question 1: 12 marks", Asked((12,), Task.SOURCES)),
        ("A historical investigation of 40 marks", Asked((40,), Task.COURSEWORK)),
        # What only looks like a tariff or a source.
        ("How far did Y succeed (1936)?", Asked((), Task.ESSAY)),
        ("How far did the league of (30) towns succeed?", Asked((), Task.ESSAY)),
        ("What were the main sources of royal income? [25]", Asked((25,), Task.ESSAY)),
        ("How convincing is this interpretation of Stalin's rise? [25]", Asked((25,), Task.ESSAY)),
        ("Was a fine of 60 marks usual? [25 marks]", Asked((25,), Task.ESSAY)),
        ("", Asked((), Task.ESSAY)),
    ],
)
def test_what_a_question_asks_for(question: str, found: Asked) -> None:
    assert asked(question) == found


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("Assess the validity of this view. [25 marks]", ["aqa-7042-b-essay-25", "generic-essay-4strand:25"]),
        ("How far? (20)", ["edexcel-9hi0-essay-20", "generic-essay-4strand"]),
        ("(a) Which mattered more? [10]\n(b) How far? [20]",
         ["ocr-h505-y2-twopart-30", "generic-essay-4strand:30"]),
        ("How convincing are these three extracts? [30 marks]",
         ["three-extracts", "draft-extracts", "two-extracts", "generic-essay-4strand:30"]),
        ("How convincing are these two extracts? [30 marks]",
         ["two-extracts", "three-extracts", "draft-extracts", "generic-essay-4strand:30"]),
        ("How valuable are these sources? [30 marks]",
         ["four-sources", "generic-essay-4strand:30"]),
        ("How valuable are these sources?", ["four-sources", "generic-essay-4strand"]),
        # No scheme here is for an essay of 30: those of that size are better than nothing.
        ("How far did Y succeed? [30 marks]",
         ["generic-essay-4strand:30", "four-sources", "ocr-h505-y2-twopart-30", "three-extracts", "two-extracts"]),
        ("Why did it happen?", ["aqa-7042-b-essay-25", "edexcel-9hi0-essay-20", "generic-essay-4strand"]),
        ("An essay in miniature [3 marks]", []),
        ("Coursework, 40 marks", ["aqa-7042-nea-40", "generic-essay-4strand:40"]),
    ],
)  # fmt: skip
def test_schemes_of_that_size_and_kind_best_first(question: str, ids: list[str]) -> None:
    assert [proposal.id for proposal in propose(question, SHELF)] == ids


def test_each_says_why() -> None:
    extracts = {one.id: one.reason for one in propose("How convincing are these three extracts? [30 marks]", SHELF)}
    assert extracts["three-extracts"] == "extracts"
    assert extracts["draft-extracts"] == "extracts, a draft"
    assert {one.id: one.reason for one in propose("How far? [30]", SHELF)}["four-sources"] == "but for sources"
    assert propose("How far? [25]", SHELF)[-1].reason == "takes any tariff"


def test_what_the_shipped_schemes_are_for() -> None:
    assert [task_of(rubric) for rubric in SHELF[:5]] == [
        Task.ESSAY, Task.COURSEWORK, Task.ESSAY, Task.ESSAY, Task.PARTS,
    ]  # fmt: skip


def test_a_retired_scheme_is_never_proposed() -> None:
    rubric, _ = check_rubric(scheme(status="retired"))
    assert rubric is not None
    assert propose("How far? [20]", [rubric]) == ()


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("'Henry VII restored the monarchy.' Assess the validity of this view. [25 marks]",
         "Henry VII restored the monarchy"),
        ("‘Wolsey’s fall was his own.’ Assess [25 marks]", "Wolsey’s fall was his own"),
        ("How far did Y succeed? Explain your answer. (20)", "How far did Y succeed"),
        ("(a) Which mattered more? [10]\n(b) How far? [20]", "Which mattered more"),
        ("01 Assess how convincing these extracts are in relation to James I. [30 marks]", "James I"),
        ("How far do you agree with the view that luck decided it? (20)", "Luck decided it"),
        ("“Luck” mattered more than skill. Discuss [25]", "Luck mattered more than skill"),
        ("How far was the fall of the Tsar in the last year of the war caused by hunger?",
         "How far was the fall of the Tsar in the last"),
        ("How secure was Henry VII? [25]", "How secure was Henry VII 3"),
        ("[25 marks]", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_name_from_the_question(question: str, name: str) -> None:
    assert propose_name(question, ["How secure was Henry VII", "how secure was henry vii 2"]) == name


@given(st.text(max_size=200), st.lists(st.text(max_size=5), max_size=4))
def test_a_proposed_name_is_short_on_one_line_and_free(question: str, taken: list[str]) -> None:
    name = propose_name(question, taken)
    assert len(name) <= LONGEST_PROPOSED_NAME + 3
    assert name == " ".join(name.split())
    again = propose_name(question, [name])
    assert again != name or not name
