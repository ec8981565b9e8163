"""``export marks`` in each format, and ``export oneroster``, as a teacher types them."""

import csv
import io
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from markdesk.config.paths import user_path
from tests.cli.conftest import Cli

BOUNDARIES = """schema = "markdesk.boundaries/1"
board = "AQA"
spec = "7042"

[[set]]
series = "2026-06"
option = "7042BE"
level = "notional_component"
component = "2"
max = 25
source = "the school's own, page 1"
grades = { A = 20, B = 16, C = 10, D = 5, E = 2 }
"""
ROSTER = {
    "users.csv": "sourcedId,enabledUser,username,givenName,familyName,identifier\n"
    "u-77,true,amara,Amara,Okafor,00417\nu-78,true,zoe,Zoe,Ray,00418\n",
    "roles.csv": "sourcedId,userSourcedId,roleType,role,orgSourcedId\nr1,u-77,primary,student,s-1\n"
    "r2,u-78,primary,student,s-1\n",
    "classes.csv": "sourcedId,title,classCode,schoolSourcedId,termSourcedIds\nc-9,13H,13H,s-1,t-1\n",
    "enrollments.csv": "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role\ne1,c-9,s-1,u-77,student\n"
    "e2,c-9,s-1,u-78,student\n",
}


@pytest.fixture
def roster(cli: Cli, imported: Path, tmp_path: Path) -> Path:
    """Amara is marked, Ben has no id, Zoe has handed nothing in."""
    path = tmp_path / "roster.zip"
    with ZipFile(path, "w") as file:
        for name, text in ROSTER.items():
            file.writestr(name, text)
    done = cli("student", "import", path)
    assert done.code == 0, done.err
    assert cli("award", "okafor", "--scale", "main=17", "--www", "=1+1", "--finish").code == 0
    return path


def test_a_workbook(cli: Cli, roster: Path, tmp_path: Path) -> None:
    to = tmp_path / "marks.xlsx"
    assert cli("export", "marks", "-a", "Henry", "--format", "xlsx", "--to", to).code == 0
    page = openpyxl.load_workbook(to)["Marks"]
    rows = [dict(zip([c.value for c in page[1]], [c.value for c in row], strict=True)) for row in page.iter_rows(2)]
    assert [(row["surname"], row["total"], row["status"]) for row in rows] == [
        ("Hartley", None, "not begun"), ("Okafor", 17, "complete"), ("Ray", None, "not handed in"),
    ]  # fmt: skip
    assert (rows[1]["admission number"], rows[1]["WWW"], rows[1]["%"]) == ("00417", "=1+1", 68)
    before = to.read_bytes()
    assert "just the same" in cli("export", "marks", "-a", "Henry", "--format", "xlsx", "--to", to).err
    assert cli("award", "okafor", "--scale", "main=18").code == 0
    refused = cli("export", "marks", "-a", "Henry", "--format", "xlsx", "--to", to)
    assert (refused.code, to.read_bytes()) == (1, before)
    assert cli("export", "marks", "-a", "Henry", "--format", "xlsx", "--to", to, "--force").code == 0


def test_a_block_falls_on_the_lines_of_the_class(cli: Cli, roster: Path) -> None:
    done = cli("export", "marks", "-a", "Henry", "--format", "block")
    assert done.out == "\n17\n\n"
    assert "3 rows in the order of the class list, from Ben Hartley to Zoe Ray. Columns: total." in done.err
    assert cli("export", "marks", "-a", "Henry", "--format", "block", "--columns", "awards").out == "\t\n17\t17\n\t\n"
    assert cli("export", "marks", "-a", "Henry", "--format", "block", "--columns", "levels").out == "\n4\n\n"


def test_notional_grades_come_from_entered_boundaries_alone(cli: Cli, roster: Path) -> None:
    argv = ("export", "marks", "-a", "Henry", "--series", "2026-06", "--option", "7042BE")
    several = cli(*argv)
    assert several.code == 2
    assert "Give --component" in several.err
    none = cli(*argv, "--component", "2")
    assert none.code == 1
    assert "No boundaries are entered" in none.err
    folder = user_path(Path(cli("config", "path", "--json").json["boundaries"]))
    folder.mkdir(parents=True)
    (folder / "aqa.toml").write_text(BOUNDARIES)
    rows = list(csv.DictReader(io.StringIO(cli(*argv, "--component", "2").out)))
    assert [row["notional grade"] for row in rows] == ["", "B", ""]
    found = cli(*argv, "--component", "2", "--format", "json").json
    assert [row["notional_grade"] for row in found["marks"]] == [None, "B"]
    assert found["boundaries"]["source"] == "the school's own, page 1"
    assert cli(*argv, "--component", "2", "--format", "block").out == "\nB\n\n"
    assert "notional grade" not in cli("export", "marks", "-a", "Henry").out


def test_json_has_the_figures_and_who_handed_nothing_in(cli: Cli, roster: Path) -> None:
    found = cli("export", "marks", "-a", "Henry", "--format", "json").json
    assert [one["student"]["name"] for one in found["not_handed_in"]] == ["Zoe Ray"]
    told = found["statistics"]
    assert (told["n"], told["mean"], told["sd"], told["without_mark"]) == (1, 17.0, 0.0, 1)
    assert told["levels"][0]["counts"] == {"0": 0, "1": 0, "2": 0, "3": 0, "4": 1, "5": 0}


def test_hidden_names_are_not_told(cli: Cli, roster: Path, tmp_path: Path) -> None:
    assert cli("award", "Henry VII/Okafor", "--www", "Well planned, Amara.").code == 0
    assert cli("student", "edit", "Okafor", "--candidate", "0042").code == 0
    assert cli("assignment", "names", "Henry", "--hide").code == 0
    names = ("Okafor", "Amara", "Hartley", "Zoe")
    book = tmp_path / "marks.xlsx"
    for how in ((), ("--format", "json"), ("--format", "block"), ("--format", "xlsx", "--to", str(book))):
        refused, done = (
            cli("export", "marks", "-a", "Henry", *how),
            cli("export", "marks", "-a", "Henry", "--numbers", *how),
        )
        assert (refused.code, refused.out, "Or give --numbers." in refused.err) == (1, "", True)
        assert done.code == 0
        assert not any(name in done.out + done.err for name in names), how
    sheets = ZipFile(book)
    assert not any(name.encode() in sheets.read(part) for part in sheets.namelist() for name in names)
    first, second, last = csv.DictReader(io.StringIO(cli("export", "marks", "-a", "Henry", "--numbers").out))
    assert (first["candidate number"], first["script"], first["total"]) == ("0042", "", "17")
    assert (second["candidate number"], len(second["script"])) == ("", 6)
    assert (last["candidate number"], last["script"], last["status"]) == ("", "", "not handed in")
    told = cli("export", "marks", "-a", "Henry", "--numbers", "--format", "json").json
    assert {one["student"]["id"] for one in (*told["marks"], *told["not_handed_in"])} == {None}
    order = "candidate numbers, then of the scripts' ids, from Candidate 0042 to who handed nothing in."
    told = cli("export", "marks", "-a", "Henry", "--numbers", "--format", "block").err
    assert f"3 rows in the order of {order}" in told
    assert cli("assignment", "names", "Henry", "--show").code == 0
    assert all(name in cli("export", "marks", "-a", "Henry").out for name in names)


@pytest.mark.parametrize(
    "argv",
    [
        ("--format", "ods"),
        ("--format", "xlsx"),
        ("--format", "block", "--columns", "names"),
        ("--columns", "total"),
        ("--format", "json", "--raw"),
        ("--series", "2026-06"),
        ("--component", "2"),
        ("--format", "block", "--columns", "grade"),
    ],
    ids=" ".join,
)
def test_options_that_don_t_go_together_are_refused(cli: Cli, imported: Path, argv: tuple[str, ...]) -> None:
    assert cli("export", "marks", "-a", "Henry", *argv).code == 2


def test_oneroster_goes_by_the_school_s_ids(cli: Cli, roster: Path, tmp_path: Path) -> None:
    to = tmp_path / "marks.zip"
    done = cli("export", "oneroster", "-a", "Henry", "--roster", roster, "--to", to, "--json")
    assert done.code == 0, done.err
    assert "Left out: Ben Hartley, no class list brought a OneRoster id." in done.err
    assert (done.json["line_items"], done.json["results"], done.json["not_known"]) == (1, 2, [])
    with ZipFile(to) as file:
        results = list(csv.DictReader(io.StringIO(file.read("results.csv").decode())))
        (line,) = csv.DictReader(io.StringIO(file.read("lineItems.csv").decode()))
    assert {(row["studentSourcedId"], row["scoreStatus"], row["score"]) for row in results} == {
        ("u-77", "fully graded", "17"), ("u-78", "not submitted", ""),
    }  # fmt: skip
    assert (line["classSourcedId"], line["schoolSourcedId"], line["academicSessionSourcedId"]) == ("c-9", "s-1", "t-1")
    bare = cli("export", "oneroster", "-a", "Henry", "--to", tmp_path / "bare.zip")
    assert bare.code == 0
    assert "The school's id of class and school and term is not in it" in bare.err
    both = cli("export", "oneroster", "-a", "Henry", "--to", tmp_path / "x.zip", "--roster", roster, "--class-id", "c")
    assert both.code == 2
    wrong = cli("export", "oneroster", "-a", "Henry", "--to", tmp_path / "x.zip", "--roster", tmp_path / "none.zip")
    assert wrong.code == 1


def test_oneroster_without_anybody_s_id_is_refused(cli: Cli, imported: Path, tmp_path: Path) -> None:
    done = cli("export", "oneroster", "-a", "Henry", "--to", tmp_path / "x.zip")
    assert done.code == 1
    assert "student import" in done.err
    assert not (tmp_path / "x.zip").exists()
