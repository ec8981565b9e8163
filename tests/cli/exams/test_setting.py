"""Setting question papers: by id, by file, and every refusal."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from markdesk.config.paths import config_folder
from tests.cli.conftest import Cli, assert_whole, rows
from tests.cli.exams.conftest import GRADES
from tests.kit import RUBRICS


def test_a_paper_becomes_an_assignment_a_question_in_one_step(cli: Cli, exam: Path, db: Path) -> None:
    assert rows(db, "select name, question, kind from assignment where kind = 'mock' order by name") == [
        ("Mock C1 01", "Mock C1 01", "mock"),
        ("Mock C1 02", "How far was Henry secure?", "mock"),
        ("Mock C1 03", "Mock C1 03", "mock"),
        ("Mock C1 04", "Mock C1 04", "mock"),
    ]
    assert rows(db, "select name, json_array_length(assignments), json_extract(paper, '$.id') from paper_set") == [
        ("Mock C1", 4, "aqa-7042-c1")
    ]
    assert rows(db, "select action, label from log order by seq desc limit 1") == [("exam", "a question paper set")]
    assert_whole(db)


def test_a_paper_of_our_own_and_a_new_class(cli: Cli, imported: Path, tmp_path: Path, db: Path) -> None:
    own = tmp_path / "ours.toml"
    own.write_text((RUBRICS / "papers" / "ocr-h505-y2.toml").read_text().replace('"ocr-h505-y2"', '"ours"'))
    done = cli("exam", "new", own, "--group", "12A")
    assert (done.code, "12A, a new class" in done.err) == (0, True)
    assert rows(db, "select paper_set.name, teaching_group.name from paper_set join teaching_group on group_id ="
                    " teaching_group.id") == [("OCR unit group 2, non-British period study", "12A")]  # fmt: skip
    assert_whole(db)


@pytest.mark.parametrize(
    ("argv", "code", "says"),
    [
        (("new", "aqa-7042-c9", "--group", "13H"), 1, "Did you mean 'aqa-7042-c2'?"),
        (("new", "aqa-7042-c1"), 2, "--group"),
        (("new", "aqa-7042-c1", "--group", " "), 2, "An exam needs a class"),
        (("new", "aqa-7042-c1", "--group", "13H", "--name", "mock c1"), 1, "an exam called 'mock c1' already"),
        (("new", "aqa-7042-c1", "--group", "13H", "--question", "09=Why?"), 1, "It has: 01, 02, 03, 04."),
        (("new", "aqa-7042-c1", "--group", "13H", "--question", "02"), 2, "NUMBER=TEXT"),
        (("new", "gone.toml", "--group", "13H"), 1, "There is no file gone.toml"),
        (("show", "Nothing"), 1, "The desk has: Mock C1."),
        (("totals", "Nothing"), 1, "The desk has: Mock C1."),
        (("totals", "Mock C1", "Henry VII"), 2, "Give --qualification ID"),
        (("totals", "Mock C1", "--qualification", "aqa-7049"), 1, "Did you mean 'aqa-7042'?"),
        (("totals", "Mock C1", "--qualification", "ocr-h505"), 1, "'Mock C1' is of AQA 7042 1, which is no component"),
        (("totals", "Henry VII", "--qualification", "aqa-7042"), 1, "is marked under aqa-7042-b-essay-25, which is no"),
        (("totals", "Mock C1", "mock", "--qualification", "aqa-7042"), 1, "'Mock C1' and 'Mock C1' are both"),
        (("totals", "Nope", "--qualification", "aqa-7042"), 1, "No exam and no assignment is called 'Nope'"),
        (("grades", "Mock C1", "--series", "2026-06"), 2, "--option"),
        (("grades", "Mock C1", "--series", "2026-06", "--option", "7042AE"), 1, "markdesk has none of its own"),
        (("check", "gone.toml"), 1, "There is no file gone.toml"),
    ],
)  # fmt: skip
def test_refusals_write_nothing(
    cli: Cli, exam: Path, db: Path, argv: tuple[str, ...], code: int, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(exam)
    before = rows(db, "select * from log")
    done = cli("exam", *argv)
    assert (done.code, done.out) == (code, "")
    assert says in done.err
    assert rows(db, "select * from log") == before


def test_a_name_that_an_assignment_has_is_refused(cli: Cli, imported: Path, db: Path) -> None:
    (imported / "x.txt").write_text("Amara writes.")
    new = ("--rubric", "aqa-7042-b-essay-25", "--student", "Amara Okafor")
    assert cli("import", imported / "x.txt", "-a", "Mock 03", *new).code == 0
    done = cli("exam", "new", "aqa-7042-c1", "--group", "13H", "--name", "Mock")
    assert (done.code, "an assignment called 'Mock 03' already" in done.err) == (1, True)
    assert rows(db, "select count(*) from paper_set") == [(0,)]


def test_a_paper_whose_scheme_is_out_of_other_marks_is_refused(cli: Cli, imported: Path, tmp_path: Path) -> None:
    own = tmp_path / "ours.toml"
    text = (RUBRICS / "papers" / "aqa-7042-c1.toml").read_text().replace('"aqa-7042-c1"', '"ours"')
    own.write_text(text.replace("max = 30", "max = 40"))
    for command in (("check", own), ("new", own, "--group", "13H")):
        done = cli("exam", *command)
        assert done.code == 1
        assert "Question 01 of ours is out of 40, and its mark scheme aqa-7042-c1a-extracts-30 is out of 30" in done.err


def test_no_desk_and_no_exam(cli: Cli, db: Path, essays: Path) -> None:
    for command in (("list",), ("show", "x"), ("totals", "x"), ("new", "aqa-7042-c1", "--group", "13H")):
        done = cli("exam", *command)
        assert (done.code, "There is no desk at" in done.err) == (1, True)
    assert cli("import", essays / "hartley-ben.md", "--paper", "x").code == 1
    assert not db.exists()
    assert cli("exam", "papers").code == 0


def test_files_are_checked_by_what_they_say_they_are(cli: Cli, tmp_path: Path, boundaries: Path) -> None:
    good = (RUBRICS / "papers" / "ocr-h505-y3.toml", RUBRICS / "qualifications" / "ocr-h505.toml", boundaries)
    done = cli("exam", "check", *good)
    assert done.code == 0
    assert [line.rpartition(": ")[2] for line in done.out.splitlines()] == [
        "ocr-h505-y3 is sound, 4 questions, 80 marks.",
        "ocr-h505 is sound, 200 marks in 4 components.",
        "sound, 2 sets of boundaries.",
    ]
    boundaries.write_text(GRADES.replace("A = 60", "AA = 75").replace("series", "serie", 1))
    bad = cli("exam", "check", boundaries, *good[:1], "--json")
    assert bad.code == 1
    assert [item["ok"] for item in bad.json["files"]] == [False, True]
    assert "aqa.toml:6: set[1].serie: 'serie' is not a key of this table; did you mean 'series'?" in bad.err
    assert "AA is at 75, which is not below A* at 70" in bad.err


@pytest.mark.parametrize(("command", "name"), [(("exam", "papers"), "papers"), (("rubric", "list"), "rubrics")])
def test_a_folder_that_can_not_be_read_is_told_and_hides_nothing(
    cli: Cli, command: tuple[str, str], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = cli(*command).out
    own, walk = config_folder() / name, Path.iterdir

    def closed(path: Path) -> Iterator[Path]:
        if path == own:
            raise PermissionError(13, "Permission denied")
        return walk(path)

    monkeypatch.setattr(Path, "iterdir", closed)
    done = cli(*command)
    assert (done.code, done.out) == (1, whole)
    assert done.err == f"The folder {own} can't be read: Permission denied.\n"
