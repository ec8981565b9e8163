"""The grid of students by questions, totals, notional grades, and the shape of every answer."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from markdesk import bootstrap
from markdesk.cli import opening
from markdesk.core.paper import PaperSet
from markdesk.desk.desk import Desk
from tests.cli.conftest import HOSTILE, Cli
from tests.cli.exams.conftest import GRADES
from tests.cli.test_shapes import MARK, MAYBE_NUMBER, MAYBE_TEXT, NUMBER, TEXT, YES_NO, Free, differences
from tests.kit import RUBRICS


def test_the_grid_has_every_student_and_every_question(cli: Cli, marked: Path) -> None:
    lines = cli("exam", "show", "Mock C1").out.splitlines()
    assert lines[-3].split() == ["student", "01", "02", "03", "04", "of", "80"]
    assert lines[-2].split() == ["Ben", "Hartley", "–"]
    assert lines[-1].split() == ["Amara", "Okafor", "22", "17", "19", "58"]


def test_a_total_is_provisional_until_all_is_finished(cli: Cli, script: Path) -> None:
    cli("import", script, "--paper", "Mock C1", "--student", "Amara Okafor")
    cli("award", "Mock C1 01/okafor", "--scale", "main=22", "--finish")
    cli("award", "Mock C1 02/okafor", "--scale", "main=17")
    amara = cli("exam", "totals", "Mock", "--json").json["students"][1]
    assert (amara["total"], amara["so_far"], amara["provisional"]) == (None, 39, True)
    assert (amara["unfinished"], amara["missing"]) == (["02", "04"], [])
    assert amara["questions"]["02"] == {"total": None, "so_far": 17, "max": 25, "provisional": True}
    assert "17*" in cli("exam", "totals", "Mock").out
    cli("award", "Mock C1 02/okafor", "--finish")
    cli("award", "Mock C1 04/okafor", "--scale", "main=NR", "--finish")
    amara = cli("exam", "totals", "Mock", "--json").json["students"][1]
    assert (amara["total"], amara["questions"]["04"]["total"], amara["provisional"]) == (39, "NR", False)


def test_an_answer_that_was_begun_without_a_mark_is_not_a_0(cli: Cli, script: Path) -> None:
    cli("import", script, "--paper", "Mock C1", "--student", "Amara Okafor")
    assert cli("annotate", "Mock C1 01/okafor", "--code", "K", "--quote", "right about the bonds").code == 0
    assert cli("award", "Mock C1 02/okafor", "--scale", "main=0").code == 0
    for command in ("show", "totals"):
        amara = next(line.split() for line in cli("exam", command, "Mock C1").out.splitlines() if "Amara" in line)
        assert amara[:5] == ["Amara", "Okafor", "–*", "0*", "–"], command


def test_another_markers_marks_are_hers(cli: Cli, marked: Path) -> None:
    other = cli("exam", "totals", "Mock", "--json", "--marker", "Mr Other").json["students"][1]
    assert (other["total"], other["so_far"], other["unfinished"]) == (None, 0, ["01", "02", "04"])


def test_components_are_added_up(cli: Cli, marked: Path, tmp_path: Path) -> None:
    nea = tmp_path / "nea.txt"
    nea.write_text("Amara investigates.")
    new = ("--rubric", "aqa-7042-nea-40", "--student", "Amara Okafor")
    assert cli("import", nea, "-a", "NEA", *new).code == 0
    assert cli("assignment", "names", "NEA", "--show").code == 0
    scales = [word for one in ("ao1=15", "ao2=7", "ao3=8") for word in ("--scale", one)]
    assert cli("award", "NEA/okafor", *scales, "--finish").code == 0
    part = cli("exam", "totals", "Mock C1", "NEA", "--qualification", "aqa-7042", "--json").json
    amara = next(student for student in part["students"] if student["name"] == "Amara Okafor")
    assert (amara["components"]["1"]["total"], amara["components"]["3"]["total"]) == (58, 30)
    assert (amara["total"], amara["so_far"], amara["max"]) == (None, 88, 200)
    assert [component["from"] for component in part["components"]] == ["Mock C1", None, "NEA"]
    assert cli("exam", "new", "aqa-7042-c2", "--group", "13H", "--name", "Mock C2").code == 0
    assert cli("assignment", "names", "Mock C2 01", "--show").code == 0
    marked.write_text("01\n\nSource A.\n\n02\n\nOne.\n\n03\n\nTwo.")
    assert cli("import", marked, "--paper", "Mock C2", "--student", "Amara Okafor").code == 0
    for number in ("01", "02", "03"):
        assert cli("award", f"Mock C2 {number}/okafor", "--scale", "main=20", "--finish").code == 0
    whole = cli("exam", "totals", "Mock C2", "Mock C1", "NEA", "--qualification", "aqa-7042", "--json").json
    amara = next(student for student in whole["students"] if student["name"] == "Amara Okafor")
    assert (amara["total"], amara["provisional"]) == (58 + 60 + 30, False)


def test_notional_grades_are_the_departments_and_say_so(cli: Cli, marked: Path, boundaries: Path) -> None:
    which = ("--series", "2026-06", "--option", "7042AE")
    done = cli("exam", "grades", "Mock C1", *which)
    assert done.code == 0, done.err
    assert "notional grade" in done.out.splitlines()[0]
    assert done.out.splitlines()[1].split() == ["Ben", "Hartley", "–", "provisional"]
    assert done.out.splitlines()[2].split() == ["Amara", "Okafor", "58", "B"]
    assert done.out.splitlines()[-1] == (
        "Notional grades: 2026-06, 7042AE, component 1. Source of the boundaries: made up for a test, page 4."
    )
    found = cli("exam", "grades", "Mock C1", *which, "--json").json
    assert found["boundaries"]["grades"] == {"A*": 70, "A": 60, "B": 50, "C": 40, "D": 30, "E": None}
    assert [(s["notional_grade"], s["reason"]) for s in found["students"]] == [(None, "provisional"), ("B", None)]
    subject = cli("exam", "grades", "Mock C1", "--qualification", "aqa-7042", *which)
    assert (subject.code, subject.out.splitlines()[2].split()) == (0, ["Amara", "Okafor", "58*", "provisional"])
    boundaries.write_text(GRADES.replace("B = 50", "B = 0"))
    unsure = cli("exam", "grades", "Mock C1", *which).out.splitlines()[2]
    assert unsure.split()[:3] == ["Amara", "Okafor", "58"]
    assert unsure.endswith("the boundary of B is not entered")


def test_while_names_are_hidden_marks_stand_beside_numbers(cli: Cli, marked: Path, boundaries: Path) -> None:
    """As in the grid on the screen; whoever has answered nothing has no mark to tell."""
    which = ("--series", "2026-06", "--option", "7042AE")
    assert cli("assignment", "names", "Mock C1 01", "--hide").code == 0
    for argv in (("show", "Mock C1"), ("totals", "Mock C1"), ("grades", "Mock C1", *which)):
        table, told = cli("exam", *argv), cli("exam", *argv, "--json")
        assert (table.code, "58" in table.out, "Okafor" in table.out + told.out) == (0, True, False), argv
        (hers,) = (one for one in told.json["students"] if one["total"] == 58)
        assert (hers["id"], hers["candidate_number"], hers["name"][0]) == (None, None, "#")
        assert {one["script"] for one in hers.get("answers", ())} <= {None}, "a whole id begins with a time"
    for argv in (("totals", "Mock C1"), ("grades", "Mock C1", *which)):
        together = cli("exam", *argv, "--qualification", "aqa-7042")
        assert (together.code, together.out) == (1, "")
        assert "Names are hidden in 'Mock C1 01'" in together.err
    again = cli("import", marked, "--paper", "Mock C1", "--student", "Amara Okafor", "--json").json
    assert {(one["script"], one["short_id"]) for one in again["unchanged"]} == {(None, None)}


@pytest.mark.parametrize(
    ("which", "says"),
    [
        (("--series", "2025-06", "--option", "7042AE"), "Entered are: 2026-06, 7042AE, component 1"),
        (("--series", "2026-06", "--option", "7042ZZ"), "No boundaries are entered for AQA 7042, 2026-06, 7042ZZ"),
    ],
)
def test_other_boundaries_are_never_taken(
    cli: Cli, marked: Path, boundaries: Path, which: tuple[str, ...], says: str
) -> None:
    done = cli("exam", "grades", "Mock C1", *which)
    assert (done.code, done.out, says in done.err) == (1, "", True)


def test_boundaries_of_another_total_or_in_two_files_are_refused(cli: Cli, marked: Path, boundaries: Path) -> None:
    which = ("--series", "2026-06", "--option", "7042AE")
    boundaries.write_text(GRADES.replace("max = 80", "max = 100"))
    done = cli("exam", "grades", "Mock C1", *which)
    assert (done.code, "are out of 100, and these marks are out of 80" in done.err) == (1, True)
    boundaries.write_text(GRADES)
    boundaries.with_name("again.toml").write_text(GRADES)
    done = cli("exam", "grades", "Mock C1", *which)
    assert (done.code, "stand in two files" in done.err) == (1, True)
    boundaries.with_name("again.toml").write_text("[[")
    done = cli("exam", "grades", "Mock C1", *which)
    assert (done.code, "again.toml:1: not valid TOML" in done.err) == (1, True)


def test_hostile_names_are_shown_as_signs(cli: Cli, imported: Path, tmp_path: Path) -> None:
    for option, text in (("name", HOSTILE), ("group", HOSTILE), ("question", f"02={HOSTILE}")):
        (tmp_path / option).write_text(text)
    said = [word for option in ("name", "group", "question") for word in (f"--{option}", f"@{tmp_path / option}")]
    assert cli("exam", "new", "aqa-7042-c1", *said).code == 0
    (tmp_path / "s.txt").write_text(f"02\n\nAn answer with {HOSTILE}.")
    made = cli("import", tmp_path / "s.txt", "--paper", f"@{tmp_path / 'name'}", "--student", f"Zoe {HOSTILE}")
    assert made.code == 0, made.err
    first = cli("exam", "show", "click", "--json").json["questions"][0]["assignment_id"]
    assert cli("assignment", "names", first, "--show").code == 0
    for command in (("show", "click"), ("totals", "click"), ("list",)):
        plain = cli("exam", *command)
        assert (plain.code, "[/b][@click=app.quit]x␛[31m" in plain.out) == (0, True)
        assert cli("exam", *command, "--json").code == 0


EXAM = {
    "id": TEXT, "name": TEXT, "group": MAYBE_TEXT, "set_on": TEXT, "paper": TEXT, "paper_version": TEXT, "title": TEXT,
    "board": TEXT, "spec": TEXT, "component": TEXT, "max": NUMBER,
}  # fmt: skip
SECTION = {"id": TEXT, "title": TEXT, "choose": NUMBER, "max": NUMBER, "questions": [TEXT]}
QUESTION = {
    "number": TEXT, "section": TEXT, "text": MAYBE_TEXT, "rubric": TEXT, "max": NUMBER, "assignment": TEXT,
    "assignment_id": TEXT, "scripts": NUMBER, "complete": NUMBER,
}  # fmt: skip
PERSON = {"id": TEXT, "name": TEXT, "candidate_number": TEXT}
TOTAL = {"total": MARK, "so_far": NUMBER, "max": NUMBER, "provisional": YES_NO}
OPEN = {"unfinished": [TEXT], "missing": [TEXT], "beyond": [TEXT]}
QUALIFICATION = {"id": TEXT, "version": TEXT, "title": TEXT, "board": TEXT, "spec": TEXT, "max": NUMBER}
BOUNDARIES = {
    "series": TEXT, "option": TEXT, "level": TEXT, "component": MAYBE_TEXT, "max": NUMBER,
    "grades": Free(of=MAYBE_NUMBER), "source": TEXT,
}  # fmt: skip
GRADED = {**PERSON, **TOTAL, "notional_grade": MAYBE_TEXT, "reason": MAYBE_TEXT}
WHICH = ("--series", "2026-06", "--option", "7042AE")
SHAPES: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "exam-papers": (("papers",), {"papers": [{
        "id": TEXT, "version": TEXT, "title": TEXT, "board": TEXT, "spec": TEXT, "component": TEXT, "status": TEXT,
        "max": NUMBER, "sections": [SECTION],
    }]}),
    "exam-check": (("check", str(RUBRICS / "papers" / "aqa-7042-c1.toml")), {
        "files": [{"file": TEXT, "ok": YES_NO, "problems": [TEXT]}],
    }),
    "exam-new": (("new", "aqa-7042-c2", "--group", "13H"), {"exam": EXAM, "questions": [QUESTION]}),
    "exam-list": (("list",), {"exams": [{**EXAM, "scripts": NUMBER, "complete": NUMBER}]}),
    "exam-show": (("show", "Mock"), {
        "exam": EXAM, "sections": [SECTION], "questions": [QUESTION],
        "students": [{
            **PERSON, **TOTAL, **OPEN,
            "answers": [{
                "number": TEXT, "script": TEXT, "short_id": TEXT, "status": MAYBE_TEXT, "mark": MARK, "max": NUMBER,
                "counted": YES_NO,
            }],
        }],
    }),
    "exam-totals": (("totals", "Mock"), {
        "exam": EXAM, "qualification": type(None), "sections": [SECTION],
        "students": [{
            **PERSON, **TOTAL, **OPEN, "questions": Free(of=TOTAL), "sections": Free(of={**TOTAL, "counted": [TEXT]}),
        }],
    }),
    "exam-totals of a qualification": (("totals", "Mock", "--qualification", "aqa-7042"), {
        "exam": type(None), "qualification": QUALIFICATION,
        "components": [{
            "id": TEXT, "title": TEXT, "max": NUMBER, "weight": NUMBER, "scale": TEXT, "from": MAYBE_TEXT,
        }],
        "students": [{**PERSON, **TOTAL, "components": Free(of=TOTAL)}],
    }),
    "exam-grades": (("grades", "Mock", *WHICH), {
        "exam": EXAM, "qualification": type(None), "boundaries": BOUNDARIES, "students": [GRADED],
    }),
    "exam-grades of a qualification": (("grades", "Mock", *WHICH, "--qualification", "aqa-7042"), {
        "exam": type(None), "qualification": QUALIFICATION, "boundaries": BOUNDARIES, "students": [GRADED],
    }),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_shapes(cli: Cli, marked: Path, boundaries: Path, name: str) -> None:
    argv, shape = SHAPES[name]
    done = cli("exam", *argv, "--json")
    assert done.code == 0, done.err
    assert differences(done.json, {"schema": TEXT, **shape}) == []
    assert done.json["schema"] == f"markdesk/{name.split()[0]}/1"
    if "students" in shape:
        assert [student["name"] for student in done.json["students"]] == ["Ben Hartley", "Amara Okafor"]


def test_mark_opens_the_grid_of_a_paper(cli: Cli, exam: Path, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[str, str]] = []

    def open_screens(
        path: Path, marker: str = "", *, create: bool, find_paper: Callable[[Desk], PaperSet], order: str
    ) -> int:
        store = bootstrap.open_store(path)
        try:
            opened.append((find_paper(bootstrap.make_desk(store, marker)).name, order))
        finally:
            store.close()
        return 0

    monkeypatch.setattr(bootstrap, "open_screens", open_screens)
    monkeypatch.setattr(opening, "need_terminal", lambda: None)
    assert cli("mark", "--paper", "mock").code == 0
    assert cli("mark", "--paper=Mock C1", "--order=name").code == 0
    assert opened == [("Mock C1", "random"), ("Mock C1", "name")]
    for wrong in ("C2", ""):
        refused = cli("mark", "--paper", wrong)
        assert refused.code == 1
        assert "No exam is called" in refused.err
        assert "Mock C1" in refused.err
    for other in (("-a", "Henry VII"), ("Henry VII/Ben",)):
        twice = cli("mark", *other, "--paper", "Mock C1")
        assert twice.code == 2
        assert "give one of SCRIPT or --assignment NAME or --paper NAME" in " ".join(
            twice.err.replace("│", " ").split()
        )
