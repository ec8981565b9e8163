"""Files of papers, qualifications and boundaries: taken whole, or refused with line and key of all that is wrong."""

import copy
import random
import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from markdesk.core.award import Total
from markdesk.core.boundaries import check_boundaries, notional_grade
from markdesk.core.errors import RubricInvalid
from markdesk.core.paper import paper_from_plain
from markdesk.core.paper_check import TABLES as PAPER_TABLES
from markdesk.core.paper_check import check_paper
from markdesk.core.qualification import check_qualification
from markdesk.core.rubric import Status
from markdesk.formats.paper_toml import read_boundaries, read_paper, read_qualification
from tests.kit import ROOT, RUBRICS, shipped_rubric
from tests.papers import BREADTH

PAPERS = sorted((RUBRICS / "papers").glob("*.toml"))
QUALIFICATIONS = sorted((RUBRICS / "qualifications").glob("*.toml"))

AQA_B, EDEXCEL = "aqa-7042-b-essay-25", "edexcel-9hi0-essay-20"
SHIPPED: dict[str, tuple[str, int, list[tuple[str, int, list[tuple[str, str, int]]]]]] = {
    "aqa-7042-c1": ("1", 80, [
        ("A", 1, [("01", "aqa-7042-c1a-extracts-30", 30)]),
        ("B", 2, [("02", AQA_B, 25), ("03", AQA_B, 25), ("04", AQA_B, 25)]),
    ]),
    "aqa-7042-c2": ("2", 80, [
        ("A", 1, [("01", "aqa-7042-c2a-sources-30", 30)]),
        ("B", 2, [("02", AQA_B, 25), ("03", AQA_B, 25), ("04", AQA_B, 25)]),
    ]),
    "edexcel-9hi0-p1": ("P1", 60, [
        ("A", 1, [("1", EDEXCEL, 20), ("2", EDEXCEL, 20)]),
        ("B", 1, [("3", EDEXCEL, 20), ("4", EDEXCEL, 20)]),
        ("C", 1, [("5", "edexcel-9hi0-p1c-interpretations-20", 20)]),
    ]),
    "edexcel-9hi0-p2": ("P2", 40, [
        ("A", 1, [("1", "edexcel-9hi0-p2a-sources-20", 20)]),
        ("B", 1, [("2", EDEXCEL, 20), ("3", EDEXCEL, 20)]),
    ]),
    "edexcel-9hi0-p3": ("P3", 60, [
        ("A", 1, [("1", "edexcel-9hi0-p3a-source-20", 20)]),
        ("B", 1, [("2", EDEXCEL, 20), ("3", EDEXCEL, 20)]),
        ("C", 1, [("4", EDEXCEL, 20), ("5", EDEXCEL, 20)]),
    ]),
    "ocr-h505-y1": ("Y1", 50, [
        ("A", 1, [("1", "ocr-h505-y1-enquiry-30", 30)]),
        ("B", 1, [("2", "ocr-h505-y1-essay-20", 20), ("3", "ocr-h505-y1-essay-20", 20)]),
    ]),
    "ocr-h505-y2": ("Y2", 30, [
        ("A", 1, [("1", "ocr-h505-y2-twopart-30", 30), ("2", "ocr-h505-y2-twopart-30", 30)]),
    ]),
    "ocr-h505-y3": ("Y3", 80, [
        ("A", 1, [("1", "ocr-h505-y3-interpretations-30", 30)]),
        ("B", 2, [(n, "ocr-h505-y3-thematic-25", 25) for n in "234"]),
    ]),
}  # fmt: skip
"""Typed by hand from the boards' published structures: component, marks, and each section's questions and choice."""

COMPONENTS = {
    "aqa-7042": [("1", 80, 40), ("2", 80, 40), ("3", 40, 20)],
    "ocr-h505": [("Y1", 50, 25), ("Y2", 30, 15), ("Y3", 80, 40), ("Y100", 40, 20)],
    "edexcel-9hi0": [("P1", 60, 30), ("P2", 40, 20), ("P3", 60, 30), ("CW", 40, 20)],
}


def plain(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def told(problems: tuple[Any, ...]) -> list[str]:
    return [f"{problem.key}: {problem.message}" for problem in problems]


# -- what ships


def test_everything_that_ships_is_in_the_tables() -> None:
    assert [path.stem for path in PAPERS] == sorted(SHIPPED)
    assert [path.stem for path in QUALIFICATIONS] == sorted(COMPONENTS)


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_a_shipped_paper_is_as_the_board_sets_it(path: Path) -> None:
    paper = read_paper(path)
    component, most, sections = SHIPPED[path.stem]
    assert (paper.id, paper.component, paper.max) == (path.stem, component, most)
    assert [
        (section.id, section.needed, [(q.number, q.rubric, q.max) for q in section.questions])
        for section in paper.sections
    ] == sections
    assert paper.status is not Status.CHECKED, "nobody has compared it with the board's document"
    assert not any(q.text for q in paper.questions), "the board's questions are the board's"
    assert paper_from_plain(paper.to_plain()) == paper


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_its_mark_schemes_are_there_and_of_its_board(path: Path) -> None:
    paper = read_paper(path)
    for question in paper.questions:
        rubric = shipped_rubric(question.rubric)
        assert (rubric.max_mark, rubric.board, rubric.spec) == (question.max, paper.board, paper.spec)


@pytest.mark.parametrize("path", QUALIFICATIONS, ids=lambda path: path.stem)
def test_a_shipped_qualification_makes_two_hundred_by_adding_up(path: Path) -> None:
    found = read_qualification(path)
    assert [(c.id, c.max, c.weight) for c in found.components] == COMPONENTS[path.stem]
    assert found.max == 200 == sum(c.max for c in found.components)
    assert {c.scale for c in found.components} == {1}
    assert all(c.max == 2 * c.weight for c in found.components)
    papers = {p.component: p for p in map(read_paper, PAPERS) if (p.board, p.spec) == (found.board, found.spec)}
    for component in found.components:
        if component.rubrics:
            assert [shipped_rubric(rubric).max_mark for rubric in component.rubrics] == [component.max]
        else:
            assert papers[component.id].max == component.max


def test_no_boundary_ships() -> None:
    (template,) = (RUBRICS / "boundaries").glob("*")
    for boundaries in read_boundaries(template):
        assert {lowest for _, lowest in boundaries.grades} == {0}
        assert boundaries.source == ""
    assert {b.level for b in read_boundaries(template)} == {"subject", "notional_component"}


# -- papers that are wrong

PAPER = """
schema = "markdesk.paper/1"
id = "mock"
version = "1"
title = "Mock"
status = "ready"
[provenance]
wording = "ours"
basis = "our own mock"
[[section]]
id = "A"
[[section.question]]
number = "01"
rubric = "aqa-7042-c1a-extracts-30"
max = 30
[[section]]
id = "B"
choose = 1
[[section.question]]
number = "2(a)"
rubric = "generic-essay-4strand"
max = 20
part_of = "2"
[[section.question]]
number = "3"
rubric = "generic-essay-4strand"
max = 20
"""


@pytest.mark.parametrize(
    ("was", "becomes", "line", "key", "says"),
    [
        ('title = "Mock"', 'titel = "Mock"', 5, "titel", "did you mean 'title'?"),
        ('title = "Mock"', "", 1, "top of file", "'title' is missing"),
        ("markdesk.paper/1", "markdesk.paper/2", 2, "schema", "did you mean 'markdesk.paper/1'?"),
        ('status = "ready"', 'status = "redy"', 6, "status", "did you mean 'ready'?"),
        ("choose = 1", "choose = 3", 18, "section[2].choose", "only 2 to choose from"),
        ("choose = 1", "choose = 0", 18, "section[2].choose", "must be 1 or more"),
        ("choose = 1", 'choose = "one"', 18, "section[2].choose", "a whole number"),
        ('number = "3"', 'number = "1"', 25, "section[2].question[2].number", "'1' can't be told from '01'"),
        ('number = "3"', 'number = "three"', 25, "section[2].question[2].number", "as it is printed"),
        ('"generic-essay-4strand"\nmax = 20\npart', '"two words"\nmax = 20\npart', 21, "question[1].rubric", "the id"),
        ('max = 20\npart_of = "2"', 'max = 10\npart_of = "2"', 18, "section[2].choose", "here: 2 10, 3 20"),
        ("max = 30", "max = 0", 15, "section[1].question[1].max", "must be 1 or more"),
        ("max = 30", 'max = 30\npart_of = "2"', 24, "section[2].question[1].part_of", "must stand in one section"),
        ('id = "B"', 'id = "A"', 17, "section[2].id", "'A' is used twice"),
        ('status = "ready"', 'status = "checked"', 7, "provenance", "'checked_by' is missing"),
        ('basis = "our own mock"', 'basis = " "', 9, "provenance.basis", "must not be empty"),
    ],
)  # fmt: skip
def test_a_wrong_paper_is_told_with_line_and_key(
    tmp_path: Path, was: str, becomes: str, line: int, key: str, says: str
) -> None:
    path = tmp_path / "mock.toml"
    path.write_text(PAPER)
    assert read_paper(path).max == 50
    assert PAPER.count(was) >= 1
    path.write_text(PAPER.replace(was, becomes, 1))
    with pytest.raises(RubricInvalid) as refused:
        read_paper(path)
    first = next(text for text in refused.value.message.split("\n") if key in text)
    assert first.startswith(f"mock.toml:{line}: ")
    assert says in first


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "mock.toml"
    path.write_text(PAPER.replace('title = "Mock"', "titel = 1").replace("max = 30", "max = -1").replace('"3"', '"x"'))
    with pytest.raises(RubricInvalid) as refused:
        read_paper(path)
    assert len(refused.value.message.split("\n")) == 4


def test_a_mutant_is_sound_or_told_and_never_a_crash() -> None:
    chance = random.Random(11)
    sources = [tomllib.loads(PAPER), *map(plain, PAPERS[:2])]
    refused = 0
    for _ in range(500):
        data = copy.deepcopy(chance.choice(sources))
        _mutate(data, chance)
        paper, problems = check_paper(data)
        assert (paper is None) == bool(problems)
        refused += paper is None
        if paper is not None:
            assert paper_from_plain(paper.to_plain()) == paper
    assert refused > 300


def _mutate(data: dict[str, Any], chance: random.Random) -> None:
    tables: list[dict[str, Any]] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            tables.append(value)
            value = list(value.values())
        if isinstance(value, list):
            for item in value:
                walk(item)

    walk(data)
    table = chance.choice([t for t in tables if t])
    key = chance.choice(list(table))
    match chance.randrange(4):
        case 0:
            del table[key]
        case 1:
            table[key + "x"] = table.pop(key)
        case 2:
            table[key] = chance.choice(["", "x", -1, 0, 3, True, [], {}, [1], [{}], 10**9, "2(a)", None, 1.5])
        case _:
            table[key] = copy.deepcopy(chance.choice(list(table.values())))


# -- qualifications


def two(first: str, second: str) -> dict[str, Any]:
    """A qualification of 100 marks with two components."""
    return tomllib.loads(
        'schema = "markdesk.qualification/1"\nid = "q"\nversion = "1"\ntitle = "Q"\nboard = "B"\nspec = "S"\n'
        'status = "ready"\nmax = 100\n[provenance]\nwording = "ours"\nbasis = "made up"\n'
        f'[[component]]\nid = "1"\ntitle = "One"\n{first}\n[[component]]\nid = "2"\ntitle = "Two"\n{second}\n'
    )


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ("max = 50\nweight = 60", "max = 40\nweight = 40",
         "component[1].max: 50 marks are not 60 % of 100; if the board scales it, state the factor as 'scale'"),
        ("max = 50\nweight = 60\nscale = 2", "max = 40\nweight = 40", "50 marks times 2 are not 60 % of 100"),
        ("max = 60\nweight = 60", "max = 30\nweight = 30", "component: the weights come to 90 %, not 100 %"),
        ("max = 60\nweight = 60\nscale = 0", "max = 40\nweight = 40", "component[1].scale: 'scale' must be"),
        ("max = 60\nweight = 60", "max = 40\nwieght = 40", "did you mean 'weight'?"),
    ],
)  # fmt: skip
def test_marks_that_do_not_add_up_are_refused(first: str, second: str, says: str) -> None:
    found, problems = check_qualification(two(first, second))
    assert found is None
    assert any(says in one for one in told(problems)), told(problems)


def test_a_stated_factor_scales_and_rounds_halves_up() -> None:
    found, problems = check_qualification(two('max = 40\nweight = 60\nscale = "3/2"', "max = 40\nweight = 40"))
    assert (told(problems), found is not None) == ([], True)
    assert found is not None
    first = found.components[0]
    assert (first.scale, [first.scaled(mark) for mark in (0, 1, 3, 40)]) == (Fraction(3, 2), [0, 2, 5, 60])
    assert found.total({"1": Total(3, 3, 40), "2": Total(10, 10, 40)}) == Total(15, 15, 100)


def test_a_missing_or_provisional_component_leaves_the_whole_provisional() -> None:
    found = read_qualification(RUBRICS / "qualifications" / "aqa-7042.toml")
    full = {"1": Total(62, 62, 80), "2": Total(58, 58, 80), "3": Total(31, 31, 40)}
    assert found.total(full) == Total(151, 151, 200)
    assert found.total({**full, "3": Total("NR", 0, 40)}) == Total(120, 120, 200)
    assert found.total({**full, "2": Total(None, 40, 80)}) == Total(None, 133, 200)
    assert found.total({"1": full["1"]}) == Total(None, 62, 200)
    assert found.total(dict.fromkeys("123", Total("NR", 0, 80))).value == "NR"


# -- boundaries

GRADES = '{ "A*" = 80, A = 70, B = 60, C = 50, D = 40, E = 30 }'
"""Made up for these tests, and no board's."""


def one_set(grades: str = GRADES, more: str = "", source: str = "our invention") -> dict[str, Any]:
    return tomllib.loads(
        'schema = "markdesk.boundaries/1"\nboard = "B"\nspec = "S"\n[[set]]\nseries = "2026-06"\noption = "X"\n'
        f'level = "subject"\nmax = 100\ngrades = {grades}\nsource = "{source}"\n{more}\n'
    )


def graded(grades: str, mark: int) -> tuple[str | None, str]:
    (boundaries,), problems = check_boundaries(one_set(grades))
    assert problems == ()
    found = notional_grade(boundaries, Total(mark, mark, 100))
    return found.grade, found.reason


@pytest.mark.parametrize(
    ("mark", "grade"),
    [(100, "A*"), (80, "A*"), (79, "A"), (70, "A"), (69, "B"), (50, "C"), (49, "D"), (30, "E"), (29, "U"), (0, "U")],
)
def test_the_grade_is_that_of_the_highest_boundary_reached(mark: int, grade: str) -> None:
    assert graded(GRADES, mark) == (grade, "")


@pytest.mark.parametrize(
    ("grades", "mark", "expected"),
    [
        ('{ "A*" = 0, A = 70, B = 60 }', 75, (None, "the boundary of A* is not entered")),
        ('{ "A*" = 0, A = 70, B = 60 }', 69, ("B", "")),
        ('{ "A*" = 80, A = 0, B = 60 }', 75, (None, "the boundary of A is not entered")),
        ('{ "A*" = 80, A = 0, B = 60 }', 85, ("A*", "")),
        ('{ "A*" = 80, A = 70, E = 0 }', 20, (None, "the boundary of E is not entered")),
        ('{ "A*" = 0, A = 0, E = 0 }', 90, (None, "the boundary of E is not entered")),
        ("{ 7 = 80, 6 = 70, 1 = 10 }", 70, ("6", "")),
    ],
)
def test_what_is_not_entered_gives_no_grade(grades: str, mark: int, expected: tuple[str | None, str]) -> None:
    assert graded(grades, mark) == expected


def test_a_total_that_does_not_stand_has_no_grade() -> None:
    (boundaries,), _ = check_boundaries(one_set())
    assert notional_grade(boundaries, Total(None, 95, 100)).reason == "provisional"
    assert notional_grade(boundaries, Total("NR", 0, 100)).reason == "no response"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (one_set(source=""), "set[1].source: 'source' must say"),
        (one_set('{ A = 60, "A*" = 70 }'), "set[1].grades.A*: A* is at 70, which is not below A at 60"),
        (one_set("{ A = 60, B = 0, C = 60 }"), "C is at 60, which is not below A at 60"),
        (one_set("{ A = 101 }"), "A is at 101, and there are 100 marks"),
        (one_set('{ A = "70" }'), "'A' must be a whole number"),
        (one_set("{ A = 70.5 }"), "'A' must be a whole number"),
        (one_set("{ A = -1 }"), "'A' must be a whole number"),
        (one_set("{ U = 1 }"), "'U' is no grade that has a boundary"),
        (one_set("{}"), "'grades' is missing"),
        (one_set(more='component = "1"'), "'component' has none for the subject"),
        (one_set(more='[[set]]\nseries = "2026-06"\noption = "X"\nlevel = "subject"\nmax = 1\ngrades = { A = 0 }'),
         "2026-06, X, whole subject is in the file twice"),
        (one_set(more='[[set]]\nseries = "June 2026"\noption = "X"\nlevel = "notional_component"\nmax = 1'),
         "a year and month such as 2026-06"),
    ],
)  # fmt: skip
def test_wrong_boundaries_are_told(data: dict[str, Any], says: str) -> None:
    found, problems = check_boundaries(data)
    assert found == ()
    assert any(says in one for one in told(problems)), told(problems)


# -- the reference


def test_the_reference_explains_every_key() -> None:
    from markdesk.core.boundaries import TABLES as BOUNDARIES
    from markdesk.core.qualification import TABLES as QUALIFICATION

    page = (ROOT / "docs" / "reference" / "papers.md").read_text(encoding="utf-8")
    for tables in (PAPER_TABLES, QUALIFICATION, BOUNDARIES):
        for keys in tables.values():
            assert [key for key in keys if f"`{key}`" not in page] == []


def test_the_tests_paper_is_shaped_like_aqas() -> None:
    shipped = read_paper(RUBRICS / "papers" / "aqa-7042-c1.toml")
    assert [(q.number, q.max) for q in shipped.questions] == [(q.number, q.max) for q in BREADTH.questions]
    assert [s.needed for s in shipped.sections] == [s.needed for s in BREADTH.sections]
