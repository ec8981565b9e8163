"""Slips, coursework's records and a student's record from the command line, down to the files that they leave."""

import csv
import io
import json
from pathlib import Path

import docx
import pytest

from markdesk.config.paths import config_folder
from tests.cli.conftest import Cli
from tests.exports.test_school import png

NEA = "aqa-7042-nea-40"


def text_of(path: Path) -> str:
    """Every word of a Word file, its head and foot as well."""
    file = docx.Document(str(path))
    section = file.sections[0]
    found = [p.text for part in (file, section.header, section.footer) for p in part.paragraphs]
    found += [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join(found)


def settings(**texts: str) -> None:
    config_folder().mkdir(parents=True, exist_ok=True)
    lines = [f"{name} = {json.dumps(text)}" for name, text in texts.items()]
    (config_folder() / "config.toml").write_text("\n".join(lines))


@pytest.fixture
def nea(cli: Cli, essays: Path) -> Path:
    """Coursework of Amara, who is marked, and of Ben, who isn't; names are shown."""
    given = ("-a", "Investigation", "--rubric", NEA, "--group", "13H", "--question", "Your own", "--kind", "NEA")
    assert cli("import", essays, *given).code == 0
    scales = ("--scale", "ao1=15", "--scale", "ao2=8", "--scale", "ao3=7")
    assert cli("award", "okafor", *scales, "--finish").code == 0
    assert cli("assignment", "names", "Investigation", "--show").code == 0
    return essays


def test_slips_say_that_a_coursework_mark_is_provisional(cli: Cli, nea: Path, tmp_path: Path) -> None:
    to = tmp_path / "slips.docx"
    done = cli("export", "slips", "-a", "Invest", "--format", "docx", "--review-by", "23 Apr 2099", "--to", to)
    assert done.code == 0, done.err
    assert done.out.strip() == str(to)
    assert "No slip yet: Ben Hartley is not marked yet." in done.err
    text = text_of(to)
    for told in ("Amara Okafor", "30 out of 40", "provisional", "23 April 2099"):
        assert told in text
    refused = cli("export", "slips", "-a", "Invest", "--format", "docx", "--to", to)
    assert refused.code == 1
    assert "--force" in refused.err
    as_json = cli("export", "slips", "-a", "Invest", "--format", "docx", "--to", to, "--force", "--json")
    assert "give --review-by" in as_json.err
    assert [slip["whose"] for slip in as_json.json["slips"]] == ["Amara Okafor"]
    assert as_json.json["left_out"][0]["reason"] == "is not marked yet"


@pytest.mark.parametrize(
    ("day", "told"), [("never", "is no day"), ("2020-01-31", "is over already"), ("31 Feb 2099", "is no day")]
)
def test_a_last_day_that_can_t_be_is_refused(cli: Cli, nea: Path, tmp_path: Path, day: str, told: str) -> None:
    done = cli("export", "slips", "-a", "Invest", "--format", "docx", "--review-by", day, "--to", tmp_path / "s.docx")
    assert done.code == 2
    assert told in done.err
    assert not (tmp_path / "s.docx").exists()


def test_hidden_names_stay_hidden_unless_they_are_shown_first(cli: Cli, nea: Path, tmp_path: Path) -> None:
    assert cli("assignment", "names", "Investigation", "--hide").code == 0
    to = tmp_path / "slips.docx"
    for argv in (
        ("slips", "-a", "Invest", "--format", "docx", "--to", to),
        ("coursework", "-a", "Invest", "--format", "docx", "--to", tmp_path / "nea"),
    ):
        refused = cli("export", *argv)
        assert refused.code == 1
        assert "--show" in refused.err
    done = cli("export", "slips", "-a", "Invest", "--format", "docx", "--to", to, "--numbers")
    assert done.code == 0
    assert "Okafor" not in text_of(to) + done.err
    assert "Hartley" not in text_of(to) + done.err


def test_slips_wait_for_the_task_where_sheets_go_out_without_marks(cli: Cli, imported: Path, tmp_path: Path) -> None:
    assert cli("award", "okafor", "--scale", "main=17", "--task", "Rewrite ¶2.", "--finish").code == 0
    assert cli("assignment", "gives-back", "Henry VII", "--returns", "comments").code == 0
    given = ("export", "slips", "-a", "Henry", "--format", "docx", "--to", tmp_path / "slips.docx")
    refused = cli(*given)
    assert refused.code == 1
    assert "hasn't done the task yet" in refused.err
    assert cli(*given, "--review-by", "2099-01-01").code == 2
    assert cli(*given, "--all").code == 0
    assert "17 out of 25, Level 4" in text_of(tmp_path / "slips.docx")


def test_coursework_goes_into_a_folder_with_its_summary(cli: Cli, nea: Path, tmp_path: Path) -> None:
    settings(school="Northgate School", centre="12345")
    folder = tmp_path / "nea"
    done = cli("export", "coursework", "-a", "Invest", "--format", "docx", "--to", folder, "--json")
    assert done.code == 0, done.err
    shape = done.json
    (candidate,) = shape["candidates"]
    assert (candidate["total"], candidate["max"], candidate["sampled"]) == (30, 40, True)
    assert "There is no candidate number." in candidate["to_put_right"]
    assert shape["left_out"][0]["reason"] == "it isn't begun"
    assert shape["sample_rule"]["basis"].startswith("from memory")
    assert {path.name for path in folder.iterdir()} == {
        Path(candidate["file"]).name,
        "summary.docx",
        "summary.csv",
        "all-candidates.docx",
    }
    page = text_of(Path(candidate["file"]))
    for told in ("Northgate School", "12345", "is not that form", "To put right first"):
        assert told in page
    summary = text_of(folder / "summary.docx")
    assert "Ben Hartley has no mark to send: it isn't begun." in summary
    (row,) = csv.DictReader(io.StringIO((folder / "summary.csv").read_text()))
    assert (row["centre number"], row["total"], row["surname"]) == ("12345", "30", "Okafor")
    assert cli("export", "coursework", "-a", "Invest", "--format", "docx", "--to", folder).code == 0


def test_a_class_essay_is_no_coursework(cli: Cli, imported: Path, tmp_path: Path) -> None:
    refused = cli("export", "coursework", "-a", "Henry", "--format", "docx", "--to", tmp_path / "nea")
    assert refused.code == 1
    assert "class essay" in refused.err
    assert not (tmp_path / "nea").exists()


def test_records_of_a_class_are_one_file_each_and_one_of_all(cli: Cli, imported: Path, tmp_path: Path) -> None:
    assert cli("award", "okafor", "--scale", "main=17", "--target", "Judge as you go.", "--finish").code == 0
    folder = tmp_path / "records"
    done = cli("export", "record", "--group", "13h", "--format", "docx", "--to", folder, "--json")
    assert done.code == 0, done.err
    assert [row["name"] for row in done.json["records"]] == ["Ben Hartley", "Amara Okafor"]
    assert Path(done.json["all"]).name == "records-13h.docx"
    page = text_of(Path(done.json["records"][1]["file"]))
    for told in ("Amara Okafor", "17 of 25", "68%", "Judge as you go.", "a trend isn't told"):
        assert told in page
    together = docx.Document(done.json["all"])
    said = [paragraph.text for paragraph in together.paragraphs]
    assert said.index("Ben Hartley") < said.index("Amara Okafor")


def test_records_go_in_the_order_given(cli: Cli, imported: Path, tmp_path: Path) -> None:
    order = tmp_path / "order.txt"
    order.write_text("Amara Okafor\n\nhartley\nokafor\n")
    done = cli("export", "record", "--student", f"@{order}", "--format", "docx", "--to", tmp_path / "r", "--json")
    assert [row["name"] for row in done.json["records"]] == ["Amara Okafor", "Ben Hartley"]
    one = cli("export", "record", "--student", "okafor", "--format", "docx", "--to", tmp_path / "one", "--json")
    assert one.json["all"] is None
    for argv in ((), ("--student", "okafor", "--group", "13H")):
        assert cli("export", "record", *argv, "--format", "docx", "--to", tmp_path / "r").code == 2
    order.write_text("\n")
    assert cli("export", "record", "--student", f"@{order}", "--format", "docx", "--to", tmp_path / "r").code == 2
    assert cli("export", "record", "--group", "12Z", "--format", "docx", "--to", tmp_path / "r").code == 1


@pytest.mark.parametrize("kind", ["html", "md", "txt"])
def test_every_other_format_is_written_too(cli: Cli, nea: Path, tmp_path: Path, kind: str) -> None:
    for argv, told in (
        (("slips", "-a", "Invest", "--to", tmp_path / f"slips.{kind}"), "provisional"),
        (("record", "--student", "okafor", "--to", tmp_path / "r"), "30 of 40"),
        (("coursework", "-a", "Invest", "--to", tmp_path / "nea"), "is not that form"),
    ):
        done = cli("export", *argv, "--format", kind)
        assert done.code == 0, done.err
        assert told in " ".join(Path(done.out.splitlines()[0]).read_text().split())


def test_scales_are_charts_on_a_record_where_they_are_asked_for(cli: Cli, nea: Path, tmp_path: Path) -> None:
    for flags, is_there in (((), False), (("--scales",), True)):
        given = (
            "export",
            "record",
            "--student",
            "okafor",
            *flags,
            "--to",
            tmp_path / f"r{is_there}",
            "--format",
            "html",
        )
        page = Path(cli(*given).out.strip()).read_text(encoding="utf-8")
        assert ("Scales over time" in page) is is_there
        assert ("<svg" in page) is is_there, "of one mark there is no chart of its own"


def test_a_format_that_is_none_is_refused(cli: Cli, imported: Path, tmp_path: Path) -> None:
    done = cli("export", "record", "--group", "13H", "--format", "exe", "--to", tmp_path / "r")
    assert done.code == 2
    assert "pdf, docx, html, md, txt" in done.err


def test_the_school_s_sign_stands_beside_the_settings(cli: Cli, imported: Path, tmp_path: Path) -> None:
    settings(school="Northgate School", logo="sign.png")
    given = ("export", "record", "--group", "13H", "--format", "docx", "--to", tmp_path / "r")
    refused = cli(*given)
    assert refused.code == 2
    assert "sign.png can't be read" in refused.err
    assert not (tmp_path / "r").exists()
    (config_folder() / "sign.png").write_bytes(png(20, 20))
    done = cli(*given)
    assert done.code == 0, done.err
    first = docx.Document(done.out.splitlines()[0])
    assert len(first.inline_shapes) == 1 or first.sections[0].header.part.related_parts
    shown = {row["name"]: row["value"] for row in cli("config", "show", "--json").json["settings"]}
    assert (shown["school"], shown["logo"], shown["centre"]) == ("Northgate School", "sign.png", "")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"school": "x" * 121}, "school is one line of at most 120 characters"),
        ({"school": "North\ngate"}, "school is one line"),
        ({"centre": "1" * 21}, "centre is one line of at most 20 characters"),
    ],
)
def test_settings_that_stand_on_a_page_are_one_line(cli: Cli, given: dict[str, str], told: str) -> None:
    settings(**given)
    done = cli("config", "show")
    assert done.code == 2
    assert told in done.err
