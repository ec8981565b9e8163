"""``markdesk fill`` and ``markdesk export moodle``: a Moodle download comes in, its marks go back."""

import hashlib
import os
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import RUBRIC, Cli, rows

HEAD = (
    "Identifier,Full name,Status,Grade,Maximum grade,Grade can be changed,Last modified (grade),Feedback comments\r\n"
)
ROWS = (
    'Participant 100481,"Amara Okafor",Submitted,,25.00,Yes,-,\r\n'
    "Participant 100482,Ben Hartley,Submitted,,25.00,Yes,-,\r\n"
    "Participant 9,Amara Okafor,,,25.00,Yes,-,\r\n"
)
FEEDBACK = "<strong>WWW:</strong> Clear line<br><strong>Target:</strong> =dates"
FILLED = (HEAD + ROWS).replace(
    "Submitted,,25.00,Yes,-,\r\nParticipant 100482", f"Submitted,17,25.00,Yes,-,{FEEDBACK}\r\nParticipant 100482"
)


@pytest.fixture
def marked(cli: Cli, tmp_path: Path) -> Path:
    """Amara is marked, Ben is not; the worksheet lies beside the download."""
    for name in ("Amara Okafor_100481", "Ben Hartley_100482"):
        folder = tmp_path / "dl" / f"{name}_assignsubmission_file"
        folder.mkdir(parents=True)
        (folder / "essay.txt").write_text(f"The essay of {name}. It has two sentences.")
    assert cli("import", tmp_path / "dl", "--assignment", "Henry VII", "--rubric", RUBRIC, "--group", "13H").code == 0
    lines = ("--www", "Clear line", "--target", "=dates")
    assert cli("award", "okafor", "--scale", "main=17", *lines, "--finish").code == 0
    sheet = tmp_path / "Grades.csv"
    sheet.write_bytes((HEAD + ROWS).encode())
    return sheet


def test_a_dry_run_tells_all_and_writes_nothing(cli: Cli, marked: Path, db: Path) -> None:
    before = hashlib.sha256(db.read_bytes()).digest()
    done = cli("fill", marked, "--assignment", "Henry", "--dry-run")
    assert done.code == 1  # a row is refused
    assert marked.read_bytes() == (HEAD + ROWS).encode()
    assert "a grading worksheet of Moodle (UTF-8, separator: comma)" in done.err
    assert "the marks go into 'Grade'" in done.err
    assert "1 mark and 1 comment would be written. Rows: 0 as before, 1 left, 1 refused." in done.err
    assert "none → 17" in done.out
    assert "is not marked yet" in done.out
    assert "its name fits Amara Okafor" in done.out
    assert hashlib.sha256(db.read_bytes()).digest() == before


def test_it_is_filled_in_place_and_again_changes_nothing(cli: Cli, marked: Path) -> None:
    done = cli("fill", marked, "--assignment", "Henry")
    assert f"{marked} was filled in place" in done.err
    assert marked.read_bytes() == FILLED.encode()
    again = cli("fill", marked, "--assignment", "Henry")
    assert "has all of it already" in again.err
    assert marked.read_bytes() == FILLED.encode()
    assert [path.name for path in marked.parent.iterdir() if path.name.startswith(".markdesk")] == []


def test_another_file_is_written_and_not_over_one_that_is_there(cli: Cli, marked: Path, tmp_path: Path) -> None:
    to = tmp_path / "out.csv"
    done = cli("fill", marked, "--assignment", "Henry", "--to", to)
    assert f"{to} written; {marked} is as it was." in done.err
    assert to.read_bytes() == FILLED.encode()
    assert marked.read_bytes() == (HEAD + ROWS).encode()
    to.write_text("hers")
    refused = cli("fill", marked, "--assignment", "Henry", "--to", to)
    assert refused.code == 1
    assert "is there already" in refused.err
    assert to.read_text() == "hers"
    assert cli("fill", marked, "--assignment", "Henry", "--to", tmp_path / "no" / "x.csv").code == 1


def test_the_old_file_stays_where_the_disk_fails(cli: Cli, marked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fails)
    done = cli("fill", marked, "--assignment", "Henry")
    assert done.code == 1
    assert "No space left on device" in done.err
    assert marked.read_bytes() == (HEAD + ROWS).encode()


def test_as_json(cli: Cli, marked: Path) -> None:
    found = cli("fill", marked, "--assignment", "Henry", "--dry-run", "--json").json
    assert found["schema"] == "markdesk/fill/1"
    assert (found["system"], found["mark_column"], found["feedback_column"]) == ("moodle", "Grade", "Feedback comments")
    first, second, third = found["rows"]
    assert (first["row"], first["fate"], first["mark"]) == (2, "written", {"before": "", "after": "17"})
    assert first["feedback"]["after"] == FEEDBACK
    assert (second["fate"], third["fate"]) == ("left", "refused")
    assert third["student"] is None
    assert found["written_to"] is None


@pytest.mark.parametrize(
    ("options", "cell"),
    [
        (("--feedback", "off"), ""),
        (("--lines", "target"), "<strong>Target:</strong> =dates"),
        (("--lines", "ebi"), ""),
    ],
)
def test_what_of_the_feedback_goes_in(cli: Cli, marked: Path, options: tuple[str, ...], cell: str) -> None:
    cli("fill", marked, "--assignment", "Henry", *options)
    assert marked.read_bytes().decode().splitlines()[1].endswith(f"Submitted,17,25.00,Yes,-,{cell}")


@pytest.mark.parametrize(
    "options", [("--feedback", "yes"), ("--lines", "note"), ("--lines", ","), ("--lines", "www,x")]
)
def test_what_is_no_option(cli: Cli, marked: Path, options: tuple[str, ...]) -> None:
    assert cli("fill", marked, "--assignment", "Henry", *options).code == 2
    assert marked.read_bytes() == (HEAD + ROWS).encode()


def test_a_link_is_not_written_through_and_a_missing_file_is_told(cli: Cli, marked: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    os.symlink(marked, link)
    assert "is a link to another file" in cli("fill", link, "--assignment", "Henry").err
    assert marked.read_bytes() == (HEAD + ROWS).encode()
    assert "There is no file" in cli("fill", tmp_path / "no.csv", "--assignment", "Henry").err


def test_hidden_names_are_not_told(cli: Cli, marked: Path, tmp_path: Path) -> None:
    assert cli("assignment", "names", "Henry", "--hide").code == 0
    refused = cli("fill", marked, "--assignment", "Henry")
    assert refused.code == 1
    assert "Names are hidden in 'Henry VII'" in refused.err
    blind = tmp_path / "blind.csv"
    blind.write_text(
        "Identifier,Grade,Maximum grade,Grade can be changed,Last modified (grade)\nParticipant 100481,,25,Yes,-\n"
    )
    (row,) = cli("fill", blind, "--assignment", "Henry", "--dry-run", "--json").json["rows"]
    assert (row["student"], row["script"], len(row["short_id"])) == (None, None, 6), "a whole id begins with a time"
    done = cli("fill", blind, "--assignment", "Henry")
    assert done.code == 0
    assert "Okafor" not in done.out + done.err
    assert "Participant 100481,17,25,Yes,-\n" in blind.read_text()


def test_the_sheets_go_back_as_moodles_zip(cli: Cli, marked: Path, tmp_path: Path, db: Path) -> None:
    to = tmp_path / "feedback.zip"
    done = cli("export", "moodle", "--assignment", "Henry", "--to", to, "--format", "docx", "--json")
    assert done.code == 0
    assert "Ben Hartley is not marked yet" in done.err
    (script,) = [row[0] for row in rows(db, "select id from script where system_id = '100481'")]
    member = "amara-okafor_100481_assignsubmission_file_/marked.docx"
    assert done.json["sheets"] == [{"script": script, "short_id": script[-6:], "member": member}]
    with zipfile.ZipFile(to) as packed:
        assert packed.namelist() == [member]
        assert packed.read(member).startswith(b"PK")
    assert cli("export", "moodle", "--assignment", "Henry", "--to", marked, "--format", "docx").code == 1
    assert marked.read_bytes() == (HEAD + ROWS).encode()


def test_essays_that_came_from_elsewhere_have_no_submission(cli: Cli, imported: Path, tmp_path: Path) -> None:
    assert cli("award", "okafor", "--scale", "main=17", "--finish").code == 0
    done = cli("export", "moodle", "--assignment", "Henry", "--to", tmp_path / "f.zip", "--format", "docx")
    assert done.code == 1
    assert "didn't come from Moodle" in done.err
    assert not (tmp_path / "f.zip").exists()
