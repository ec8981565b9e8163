"""``markdesk assignment new``, and what an import says of names that are nearly others'."""

from pathlib import Path

import pytest

from tests.cli.conftest import HOSTILE, RUBRIC, Cli, assert_whole, rows

QUESTION = "How far? [25 marks]"
NEW = ("assignment", "new", "Henry VIII", "--question", QUESTION)


def test_an_assignment_before_its_essays(cli: Cli, imported: Path, essays: Path, db: Path) -> None:
    done = cli(*NEW, "--rubric", RUBRIC, "--group", "13h", "--kind", "nea draft", "--set-on", "3 Sept 2026", "--json")
    assert done.code == 0
    made = done.json["assignment"]
    assert (made["name"], made["group"], made["kind"], made["rubric"], made["max"], made["set_on"]) == (
        "Henry VIII", "13H", "NEA draft", RUBRIC, 25, "2026-09-03",
    )  # fmt: skip
    assert rows(db, "select id, kind, set_on from assignment where name = 'Henry VIII'") == [
        (made["id"], "NEA draft", "2026-09-03")
    ]
    assert 'markdesk import FOLDER --assignment "Henry VIII"' in done.err
    assert "There is 'Henry VII' too" in done.err
    assert cli("import", essays, "--assignment", "Henry VIII").code == 0
    assert cli("assignment", "show", "Henry VIII", "--json").json["assignment"]["question"] == QUESTION
    assert_whole(db)


def test_without_a_scheme_those_that_fit_are_proposed(cli: Cli, imported: Path, db: Path) -> None:
    refused = cli(*NEW)
    assert refused.code == 1
    assert f"{RUBRIC} (an essay)" in refused.err
    assert "generic-essay-4strand:25 (takes any tariff)" in refused.err
    assert len(rows(db, "select * from assignment")) == 1


@pytest.mark.parametrize(
    ("more", "code", "told"),
    [
        (("--rubric", "generic-essay-4strand:0"), 1, "needs 5 marks at least"),
        (("--rubric", "generic-essay-4strand:1000"), 2, "out of 999 marks at most"),
        (("--rubric", "aqa-7042-b-essay-26"), 1, "Did you mean"),
        (("--rubric", RUBRIC, "--kind", HOSTILE), 2, "is none. It is one of: class essay, mock, NEA, NEA draft"),
        (("--rubric", RUBRIC, "--set-on", "31/2"), 2, "--set-on 31/2 is no day"),
        (("--rubric", RUBRIC, "--group", "g" * 300), 2, "The name of the class has 300 characters"),
    ],
)
def test_what_makes_no_sense_is_refused(
    cli: Cli, imported: Path, db: Path, more: tuple[str, ...], code: int, told: str
) -> None:
    before = rows(db, "select * from log")
    refused = cli(*NEW, *more)
    assert (refused.code, told in refused.err) == (code, True), refused.err
    assert rows(db, "select * from log") == before


def test_a_name_is_taken_once_and_a_desk_is_not_made(cli: Cli, imported: Path, db: Path) -> None:
    taken = cli("assignment", "new", "henry vii", "--question", QUESTION, "--rubric", RUBRIC)
    assert taken.code == 1
    assert "called 'Henry VII' already" in taken.err
    other = db.with_name("other.db")
    assert cli("--db", other, *NEW, "--rubric", RUBRIC).code == 1
    assert not other.exists()


def test_hostile_names_are_kept_and_called_by_the_id(cli: Cli, imported: Path, db: Path) -> None:
    done = cli("assignment", "new", HOSTILE, "--question", HOSTILE, "--rubric", RUBRIC, "--group", HOSTILE, "--db", db)
    assert done.code == 0
    ((made, question),) = rows(db, "select id, question from assignment where name <> 'Henry VII'")
    assert f"--assignment {made}" in done.err
    assert question == HOSTILE
    assert_whole(db)


def test_a_slip_in_the_name_of_an_assignment_is_told(cli: Cli, imported: Path, essays: Path, db: Path) -> None:
    told = "'Henry VI' is a new assignment, and there is 'Henry VII' already."
    dry = cli("import", essays, "-a", "Henry VI", "--rubric", RUBRIC, "--dry-run")
    assert told in dry.err
    done = cli("import", essays, "-a", "Henry VI", "--rubric", RUBRIC)
    assert done.code == 0
    assert told in done.err
    assert "import the files again with --assignment 'Henry VII'" in done.err
    assert len(rows(db, "select * from assignment")) == 2, "told, not refused"
    again = cli("import", essays, "-a", "Henry VI")
    assert told not in again.err
    other = cli("import", essays, "-a", "Stalin", "--rubric", RUBRIC)
    assert "is a new assignment" not in other.err


def test_a_slip_in_the_name_of_a_student_is_told(cli: Cli, imported: Path, tmp_path: Path, db: Path) -> None:
    slip = tmp_path / "Okafor Amra.txt"
    slip.write_text("Another essay.")
    ((okafor,),) = rows(db, "select id from student where family_name = 'Okafor'")
    listed = cli("import", slip, "-a", "Henry VII")
    assert listed.code == 1
    assert "Amra Okafor is not in the class list of 13H. Is it Amara Okafor?" in listed.err
    done = cli("import", slip, "-a", "Stalin", "--rubric", RUBRIC)
    assert done.code == 0
    told = "New, and there is Amara Okafor already. If they are one, import Okafor Amra.txt alone with"
    assert f"Amra Okafor: {told} --student {okafor[-6:]}." in done.err
    assert cli("import", slip, "-a", "Stalin", "--student", okafor[-6:]).code == 0
    assert_whole(db)


# -- correcting one


def test_a_name_a_question_and_a_day_are_corrected_and_the_log_says_so(cli: Cli, imported: Path, db: Path) -> None:
    about = "select name, question, set_on from assignment"
    before = rows(db, about)
    done = cli("assignment", "correct", "Henry VII", "--name", "Henry VII: security", "--set-on", "11/9/2025")
    assert (done.code, done.out.splitlines()[0]) == (0, "Henry VII: security  set on 2025-09-11")
    assert rows(db, about) == [("Henry VII: security", before[0][1], "2025-09-11")]
    assert cli("assignment", "correct", "Henry VII: security", "--question", " Was he  secure? ").code == 0
    assert rows(db, about) == [("Henry VII: security", "Was he  secure?", "2025-09-11")]
    assert rows(db, "select action from log where action = 'correct'") == [("correct",)] * 2
    assert cli("review", "search", "secure in:questions year:2025-26", "--json").json["hits"], "the index knows it"
    again = cli("assignment", "correct", "Henry VII: security", "--set-on", "2025-09-11", "--json")
    assert (again.json["changed"], "Nothing changed" in again.err) == (False, True)
    assert_whole(db)


@pytest.mark.parametrize(
    ("more", "code", "told"),
    [
        ((), 2, "Nothing was said to correct."),
        (("--name", " "), 2, "needs a name"),
        (("--name", "x" * 5000), 2, "The name of the assignment has 5000 characters"),
        (("--name", "ANOTHER"), 1, "There is an assignment called 'Another' already."),
        (("--question", "\n"), 2, "needs its question"),
        (("--question", "x" * 6001), 2, "the most is 6000"),
        (("--set-on", "31/2/2026"), 2, "--set-on 31/2/2026 is no day."),
    ],
)
def test_a_correction_that_makes_no_sense_writes_nothing(
    cli: Cli, imported: Path, db: Path, more: tuple[str, ...], code: int, told: str
) -> None:
    assert cli("assignment", "new", "Another", "--question", QUESTION, "--rubric", RUBRIC).code == 0
    before = rows(db, "select * from assignment")
    refused = cli("assignment", "correct", "Henry VII", *more)
    assert (refused.code, refused.out) == (code, "")
    assert told in refused.err
    assert rows(db, "select * from assignment") == before


def test_a_question_of_a_paper_has_the_papers_name_and_day(cli: Cli, imported: Path, db: Path) -> None:
    assert cli("exam", "new", "aqa-7042-c1", "--group", "13H", "--name", "Mock C1").code == 0
    ((one, asks),) = rows(db, "select id, question from assignment where name like 'Mock C1%' order by name limit 1")
    for what in (("--name", "x"), ("--set-on", "2026-01-01")):
        refused = cli("assignment", "correct", str(one), *what)
        assert (refused.code, "It is a question of the paper 'Mock C1'" in refused.err) == (2, True)
    assert cli("assignment", "correct", str(one), "--question", f"{asks} Corrected.").code == 0
    assert rows(db, f"select question from assignment where id = '{one}'") == [(f"{asks} Corrected.",)]
