"""``markdesk student import`` and its kin: previewed, written, asked about, and down to the rows in the file."""

from pathlib import Path

import pytest

from tests.cli.conftest import HOSTILE, Cli, assert_whole, rows

LIST = (
    "Green Hill School\nAdmission No,UPN,Surname,Forename,Reg,Exam No,Access Arrangements\n"
    "001204,A1,Okafor,Amara,13B,0123,25%\n001205,A2,O'Neill,Finn,13C,0124,\n,,Total,,,,\n"
)
STUDENTS = "select given_name, family_name, candidate_number, tutor_group, has_access_arrangements, ids from student"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    file = tmp_path / "13H.csv"
    file.write_text(LIST)
    return file


def test_a_preview_writes_nothing_and_says_all_of_it(cli: Cli, db: Path, listed: Path) -> None:
    done = cli("student", "import", listed, "--group", "13H", "--dry-run")
    assert done.code == 0
    assert not db.exists()
    assert "kept: 'Exam No' as the candidate number" in done.err
    assert "not kept: 'UPN'" in done.err
    assert "row 5: a total, not a student" in done.err
    assert "2 would be new" in done.err
    assert "Nothing was written." in done.err
    assert "Amara Okafor" in done.out
    assert "candidate number 0123; tutor group 13B; access arrangements yes; school's number 001204" in done.out


def test_a_list_comes_in_and_again_changes_nothing(cli: Cli, db: Path, listed: Path) -> None:
    done = cli("student", "import", listed, "--group", "13H", "--json")
    assert done.code == 0
    assert [(row["row"], row["fate"]) for row in done.json["rows"]] == [(3, "new"), (4, "new")]
    assert rows(db, f"{STUDENTS} order by family_name desc") == [
        ("Amara", "Okafor", "0123", "13B", 1, '[["sis", "001204"]]'),
        ("Finn", "O'Neill", "0124", "13C", 0, '[["sis", "001205"]]'),
    ]
    assert rows(db, "select count(*) from membership join teaching_group on id = group_id where name = '13H'") == [(2,)]
    log = rows(db, "select action, label from log")
    assert log == [("students", "Class list of 13H: 2 new, 0 changed")]
    assert cli("student", "import", listed, "--group", "13H").code == 0
    assert rows(db, "select action, label from log") == log
    assert_whole(db)


def test_essays_then_find_their_students_by_the_list(cli: Cli, listed: Path, essays: Path, db: Path) -> None:
    cli("student", "import", listed, "--group", "13H")
    done = cli("import", essays, "--assignment", "H", "--rubric", "aqa-7042-b-essay-25", "--group", "13H", "--json")
    assert done.code == 1
    assert [taken["student"] for taken in done.json["imported"]] == ["Amara Okafor"]
    assert "hartley-ben.md" in done.json["unmatched"][0]["file"]


def test_a_gradebook_tells_the_numbers_by_which_a_download_is_sure(cli: Cli, db: Path, tmp_path: Path) -> None:
    gradebook = tmp_path / "grades.csv"
    gradebook.write_text(
        'Student,ID,SIS Login ID,Section\n"    Points Possible",,,\n"Okafor, Amara",4821,ao,13H\n'
        '"Lee, Kim",4822,kl,13H\n"Lee, Kim",4823,kl2,13H\n"Student, Test",9,x,13H\n'
    )
    assert cli("student", "import", gradebook).code == 0
    assert rows(db, "select name, count(*) from teaching_group join membership on id = group_id") == [("13H", 3)]
    folder = tmp_path / "submissions"
    folder.mkdir()
    for name in ("okaforamara_4821_99120_essay.txt", "leekim_4823_99121_essay.txt", "leekim_4822_99122_essay.txt"):
        (folder / name).write_text(f"An essay of {name}.\n\nIt has two paragraphs.")
    done = cli("import", folder, "-a", "H", "--rubric", "aqa-7042-b-essay-25", "--group", "13H", "--json")
    assert done.code == 0, done.err
    assert {taken["badge"] for taken in done.json["imported"]} == {"import"}
    known = "select file_name, ids from script join student on student.id = student_id"
    for name, ids in rows(db, known):
        assert name.split("_")[1] in ids


def test_who_is_not_certain_is_asked_and_the_others_come_in(cli: Cli, imported: Path, db: Path, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Name,Email\nOkafor Amara,a@x.example\nBen Hartley,b@x.example\nKim Lee,\n")
    done = cli("student", "import", file, "--group", "13H")
    assert done.code == 1
    assert "asked" in done.out
    assert "is it Amara Okafor" in done.out
    (amara,) = (one for one in cli("student", "list", "--json").json["students"] if one["name"] == "Amara Okafor")
    assert f"--is 2={amara['id'][-6:]}, or --is 2=new" in done.err
    assert amara["ids"] == {}
    done = cli("student", "import", file, "--group", "13H", "--is", f"2={amara['id'][-6:]}")
    assert done.code == 0
    assert rows(db, "select given_name, ids from student where family_name = 'Okafor'") == []
    assert rows(db, "select given_name, family_name from student where ids like '%a@x%'") == [("Okafor", "Amara")]
    assert cli("student", "import", file, "--group", "13H", "--is", "2").code == 2
    assert_whole(db)


def test_columns_that_are_guessed_have_to_be_confirmed(cli: Cli, db: Path, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Okafor,Amara,a@x.example\nO'Neill,Finn,f@x.example\n")
    done = cli("student", "import", file, "--group", "13H")
    assert done.code == 1
    assert not db.exists()
    assert "--column 'given=column A' --column 'family=column B'" in done.err
    assert {
        row["student"]["id"] for row in cli("student", "import", file, "--group", "13H", "--json").json["rows"]
    } == {None}
    assert cli("student", "import", file, "--group", "13H", "--column", "given=B", "--column", "family=A").code == 0
    assert rows(db, "select given_name from student order by given_name") == [("Amara",), ("Finn",)]
    assert cli("student", "import", file, "--group", "13H", "--column", "nonsense").code == 1


def test_who_left_leaves_the_class_where_that_is_said(cli: Cli, imported: Path, db: Path, listed: Path) -> None:
    told = cli("student", "import", listed, "--group", "13H").err
    assert "In the class and not in the list (1 student):" in told
    assert "Ben Hartley" in told
    assert rows(db, "select count(*) from membership") == [(3,)]
    done = cli("student", "import", listed, "--group", "13H", "--leave", "--json").json
    assert [one["name"] for one in done["leaving"]] == ["Ben Hartley"]
    assert rows(db, "select count(*) from membership") == [(2,)]
    assert rows(db, "select count(*) from script") == [(2,)]
    assert_whole(db)


def test_names_of_classes_may_come_from_a_file(cli: Cli, listed: Path, db: Path, tmp_path: Path) -> None:
    (tmp_path / "name").write_text("13H\n")
    assert cli("student", "import", listed, "--group", f"@{tmp_path / 'name'}").code == 0
    assert rows(db, "select name from teaching_group") == [("13H",)]


def test_what_a_list_holds_never_reaches_the_terminal(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(f"Name,{HOSTILE},Tutor Group\nAmara {HOSTILE},x,{HOSTILE}\n", encoding="utf-8")
    done = cli("student", "import", file, "--group", HOSTILE)
    assert "Amara" in done.out
    cli("student", "list")
    cli("student", "show", "Amara")
    missing = cli("student", "import", tmp_path / "missing\x1b[2J.csv", "--group", "13H")
    assert missing.code == 1


# One by one


def test_a_student_is_added_and_a_namesake_only_where_that_is_said(cli: Cli, imported: Path, db: Path) -> None:
    assert (
        cli("student", "add", "Lee, Kim", "--group", "13H", "--candidate", "0042", "--tutor", "13B", "--access").code
        == 0
    )
    assert rows(db, f"{STUDENTS} where family_name = 'Lee'") == [("Kim", "Lee", "0042", "13B", 1, "[]")]
    again = cli("student", "add", "Kim Lee", "--group", "13H")
    assert again.code == 1
    assert "is on the desk already" in again.err
    near = cli("student", "add", "Kim Leee", "--group", "13H")
    assert near.code == 1
    assert "is it Kim Lee" in near.err
    assert cli("student", "add", "Kim Lee", "--group", "13H", "--another", "--json").json["student"]["groups"] == [
        "13H"
    ]
    assert rows(db, "select count(*) from student where family_name = 'Lee'") == [(2,)]
    assert_whole(db)


def test_what_is_kept_of_a_student_is_edited(cli: Cli, imported: Path, db: Path) -> None:
    assert (
        cli(
            "student", "edit", "okafor", "--candidate", "0123", "--tutor", "13B", "--access", "--group", "Debating"
        ).code
        == 0
    )
    assert rows(db, f"{STUDENTS} where family_name = 'Okafor'") == [("Amara", "Okafor", "0123", "13B", 1, "[]")]
    shown = cli("student", "show", "okafor").out
    for told in ("candidate 0123", "tutor group 13B", "access arrangements", "Debating"):
        assert told in shown
    done = cli("student", "edit", "okafor", "--candidate", "", "--no-access", "--leave", "Debating", "--json").json
    assert (done["student"]["candidate_number"], done["student"]["groups"]) == ("", ["13H"])
    assert "Nothing changed" in cli("student", "edit", "okafor", "--no-access").err
    assert cli("student", "edit", "okafor", "--leave", "Debating").code == 1
    assert cli("student", "edit", "okafor").code == 2
    assert_whole(db)


def test_the_list_shows_tutor_group_and_access_where_there_are_any(cli: Cli, imported: Path, listed: Path) -> None:
    plain = cli("student", "list").out
    assert "tutor group" not in plain
    assert "access" not in plain
    cli("student", "import", listed, "--group", "13H")
    heading, *_ = cli("student", "list").out.splitlines()
    assert heading.split("  ")[0] == "id"
    assert "tutor group" in heading
    assert "access" in heading


def test_two_records_become_one(cli: Cli, imported: Path, db: Path) -> None:
    cli("student", "add", "Amara N Okafor", "--group", "13H", "--another", "--tutor", "13B")
    preview = cli("student", "merge", "Amara N Okafor", "Amara Okafor", "--dry-run")
    assert "would go into Amara N Okafor" in preview.err
    assert rows(db, "select count(*) from student") == [(3,)]
    done = cli("student", "merge", "Amara N Okafor", "Amara Okafor", "--json").json
    assert (done["student"]["name"], len(done["scripts"])) == ("Amara N Okafor", 1)
    assert rows(db, "select given_name, tutor_group from student where family_name = 'Okafor'") == [("Amara N", "13B")]
    assert rows(db, "select count(*) from script join student on student.id = student_id") == [(2,)]
    refused = cli("student", "merge", "Amara N Okafor", "Ben Hartley")
    assert refused.code == 1
    assert "have a script for 'Henry VII'" in refused.err
    assert_whole(db)
