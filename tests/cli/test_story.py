"""A teacher's evening on the command line, from a folder of essays to what the student gets."""

import json
import stat
from pathlib import Path

from tests.cli.conftest import QUESTION, RUBRIC, Cli, assert_whole, rows


def test_from_import_to_review(cli: Cli, essays: Path, db: Path, tmp_path: Path) -> None:
    done = cli(
        "import", essays, "-a", "Henry VII", "--rubric", RUBRIC, "--group", "13H", "--question", QUESTION, "--json"
    )
    assert done.code == 0
    assert done.json["schema"] == "markdesk/import/1"
    by_name = {item["student"]: item for item in done.json["imported"]}
    assert set(by_name) == {"Amara Okafor", "Ben Hartley"}
    amara = by_name["Amara Okafor"]
    assert amara["paragraphs"][1].startswith("The pretenders were a danger")
    assert amara["words"] == 41
    assert amara["question"] is None
    assert done.json["refused"] == done.json["unmatched"] == []
    assert rows(db, "select given_name, family_name from student order by 2") == [
        ("Ben", "Hartley"),
        ("Amara", "Okafor"),
    ]
    assert rows(db, "select name, question from assignment") == [("Henry VII", QUESTION)]
    assert len(rows(db, "select * from log")) == 1

    script = amara["short_id"]
    given = cli("award", script, "--level", "main=4", "--www", "Exact dates.", "--www", "Two sides.", "--json")
    assert given.code == 0
    assert given.json["awards"][0] == {
        "scale": "main", "level": 4, "mark": 18, "max": 25, "tentative": True, "strands": {}, "points": {},
    }  # fmt: skip
    assert given.json["status"] == "in_progress"
    given = cli("award", "Henry VII/Okafor", "--scale", "main=17", "--ebi", "Weigh.", "--target", "weigh both sides")
    assert given.code == 0
    assert "17 of 25" in given.out
    noted = cli("annotate", script, "--quote", "took [eight] years", "--code", "e", "--comment", "Exact.", "--json")
    assert noted.json["annotation"]["paragraph"] == 2
    assert noted.json["annotation"]["code"] == "E"
    finished = cli("award", script, "--finish")
    assert finished.code == 0
    assert "complete" in finished.out
    assert rows(db, "select mark, level, tentative from award") == [(17, 4, 0)]
    assert rows(db, "select status from marking") == [("complete",)]
    assert rows(db, "select exact, code, comment from annotation") == [("took [eight] years", "E", "Exact.")]

    sheets = cli("export", "sheets", "-a", "Henry", "--to", tmp_path / "sheets", "--format", "md")
    assert sheets.code == 0
    assert "Ben Hartley is not marked yet" in sheets.err
    sheet = Path(sheets.out.strip())
    assert sheet.name == f"amara-okafor_{script}.md"
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    text = sheet.read_text()
    assert "**17 out of 25, Level 4**" in text
    assert "took \\[eight\\] years `[1]`" in text
    assert "Exact dates." in text

    marks = cli("export", "marks", "-a", "Henry")
    assert marks.code == 0
    assert "Okafor,Amara," in marks.out
    assert ",13H,Henry VII," in marks.out
    to = tmp_path / "notes.jsonld"
    assert cli("export", "annotations", "-a", "Henry", "--to", to).code == 0
    assert json.loads(to.read_text())["total"] == 1

    review = cli("review", "student", "Amara Okafor", "--json").json
    assert review["schema"] == "markdesk/review-student/1"
    assert review["student"]["name"] == "Amara Okafor"
    (marking,) = review["markings"]
    assert marking["script"] == amara["script"]
    assert (marking["total"], marking["max"], marking["status"]) == (17, 25, "complete")
    assert (marking["rubric"], marking["marker"], marking["annotations"]) == (RUBRIC, "Ms Lee", 1)
    assert marking["target"] == "weigh both sides"
    assert marking["completed_at"].endswith("+00:00")
    page = cli("review", "student", "okafor")
    assert "17 of 25" in page.out
    assert "Target: weigh both sides" in page.out
    assert cli("data", "verify", "--json").json == {
        "schema": "markdesk/data-verify/1",
        "ok": True,
        "changes": len(rows(db, "select * from log")),
        "problems": [],
    }
    assert_whole(db)


def test_the_same_files_again_change_nothing_and_say_so(cli: Cli, imported: Path, db: Path) -> None:
    before = rows(db, "select * from log")
    again = cli("import", imported, "--assignment", "henry vii", "--json")
    assert again.code == 0
    assert again.json["imported"] == []
    assert len(again.json["unchanged"]) == 2
    assert "nothing changed" in again.err
    assert rows(db, "select * from log") == before


def test_a_dry_run_writes_nothing_at_all(cli: Cli, essays: Path, db: Path) -> None:
    done = cli("import", essays, "-a", "Henry VII", "--rubric", RUBRIC, "--dry-run", "--json")
    assert done.code == 0
    assert [item["script"] for item in done.json["imported"]] == [None, None]
    assert "Nothing was written" in done.err
    assert not db.exists()
    assert list(db.parent.glob("marks*")) == []


def test_undo_on_the_screen_takes_back_what_the_command_line_did(cli: Cli, imported: Path, db: Path) -> None:
    from markdesk import bootstrap
    from markdesk.desk.desk import find_script
    from markdesk.desk.marking_desk import MarkingDesk

    cli("award", "okafor", "--scale", "main=17")
    store = bootstrap.open_store(db)
    desk = bootstrap.make_desk(store, "Ms Lee")
    opened = MarkingDesk(desk, find_script(desk, "okafor"))
    assert opened.undo().label == "Undo: to Level 4, 17 of 25"
    store.close()
    assert rows(db, "select * from award") == []
    assert_whole(db)
