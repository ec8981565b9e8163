"""Lists, reports, settings, and the program as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from markdesk import __version__
from markdesk.cli.globals import split_globals
from tests.cli.conftest import QUESTION, RUBRIC, Cli, rows
from tests.kit import PROGRAM


def test_lists(cli: Cli, imported: Path) -> None:
    students = cli("student", "list", "--group", "13h", "--json").json
    assert students["schema"] == "markdesk/student-list/1"
    assert [one["name"] for one in students["students"]] == ["Ben Hartley", "Amara Okafor"]
    assert students["students"][0]["groups"] == ["13H"]
    one = cli("assignment", "list", "--json").json["assignments"][0]
    assert (one["name"], one["question"], one["rubric"], one["scripts"], one["complete"]) == (
        "Henry VII", QUESTION, RUBRIC, 2, 0,
    )  # fmt: skip
    shown = cli("assignment", "show", "henry", "--json").json
    assert [script["total"] for script in shown["scripts"]] == [None, None]
    assert shown["scripts"][0]["awards"] == [
        {"scale": "main", "level": None, "mark": None, "max": 25, "tentative": False, "strands": {}, "points": {}}
    ]
    scripts = cli("student", "show", "okafor", "--json").json["scripts"]
    assert [(script["status"], script["words"]) for script in scripts] == [(None, 41)]
    assert "not begun" in cli("student", "show", "okafor").out
    assert "Ms Lee" not in cli("review", "student", "okafor").out
    assert "0 of 2" in cli("assignment", "list").out


def test_a_scheme_in_full(cli: Cli) -> None:
    found = cli("rubric", "show", RUBRIC, "--json").json
    assert found["schema"] == "markdesk/rubric-show/1"
    assert {
        "id",
        "version",
        "board",
        "status",
        "max_mark",
        "scoring",
        "provenance",
        "caps",
        "penalties",
        "flags",
    } <= set(found)
    (scale,) = found["scales"]
    assert {"id", "title", "part", "aos", "max", "kind", "levels"} <= set(scale)
    assert [(level["n"], level["min"], level["max"]) for level in scale["levels"]][-1] == (5, 21, 25)
    assert set(scale["levels"][0]["strands"]) == {"focus", "knowledge", "analysis", "judgement", "organisation"}
    assert "out of 25" in cli("rubric", "show", RUBRIC).out
    assert RUBRIC in [one["id"] for one in cli("rubric", "list", "--json").json["rubrics"]]


def test_a_draft_scheme_is_warned_of_each_time(cli: Cli, essays: Path, tmp_path: Path) -> None:
    own = tmp_path / "xdg_config_home" / "markdesk" / "rubrics"
    own.mkdir(parents=True)
    shipped = Path(__file__).parents[2] / "rubrics" / f"{RUBRIC}.toml"
    text = (
        shipped.read_text().replace(f'id = "{RUBRIC}"', 'id = "mine"').replace('status = "ready"', 'status = "draft"')
    )
    (own / "mine.toml").write_text(text)
    for argv in (
        ("import", str(essays), "-a", "Henry", "--rubric", "mine"),
        ("award", "okafor", "--scale", "main=3"),
        ("assignment", "show", "Henry"),
        ("rubric", "show", "mine"),
        ("rubric", "check", str(own / "mine.toml")),
    ):
        done = cli(*argv)
        assert done.code == 0
        assert "mine is a draft" in done.err


def test_no_response_and_the_levels(cli: Cli, imported: Path, db: Path) -> None:
    assert cli("award", "okafor", "--scale", "main=NR", "--json").json["total"] == "NR"
    assert rows(db, "select mark, no_response from award") == [(None, 1)]
    acts = rows(db, "select label from log where marking_id is not null")
    assert acts == [("no response (NR)",)], "one act, which one undo takes back"
    assert "Nothing changed" in cli("award", "okafor", "--scale", "main=nr").err
    first = cli("award", "okafor", "--level", "main=4").out
    assert "18 of 25 (pencil)" in first
    # A level that is there already is no second key: it doesn't move on to the top of the band.
    assert cli("award", "okafor", "--level", "main=4").out == first
    assert "Level 4" not in cli("award", "okafor", "--level", "main=0").out
    assert rows(db, "select mark, level from award") == [(0, 0)]
    assert cli("award", "okafor", "--ebi", "x").code == 0
    assert cli("award", "okafor", "--ebi", "").code == 0
    assert rows(db, "select * from feedback") == []


def test_a_scheme_with_several_scales(cli: Cli, essays: Path, db: Path) -> None:
    cli("import", essays, "-a", "NEA", "--rubric", "aqa-7042-nea-40")
    part = cli("award", "okafor", "--scale", "ao1=15", "--scale", "ao2=7", "--finish")
    assert part.code == 1
    assert "No mark yet for" in part.err
    assert rows(db, "select * from award") == []
    whole = ("--scale", "ao1=15", "--scale", "ao2=7", "--scale", "ao3=6")
    done = cli("award", "okafor", *whole, "--finish", "--json")
    assert done.json["total"] == 28
    assert "words; the scheme expects" in done.err
    sheet = cli("export", "sheets", "-a", "NEA", "--to", db.parent / "s", "--format", "txt")
    text = Path(sheet.out.strip()).read_text()
    assert "28 out of 40" in text
    assert "15 out of 20" in text


def test_points_by_item(cli: Cli, essays: Path, db: Path) -> None:
    cli("import", essays, "-a", "Sources", "--rubric", "ib-history-p1-24")
    some = cli("award", "okafor", "--points", "q1a.first=1", "--points", "q1a.third=0", "--json").json
    (first, *_) = some["awards"]
    assert (first["scale"], first["mark"], first["points"]) == ("q1a", None, {"first": 1, "third": 0})
    whole = cli("award", "okafor", "--points", "q1a.second=1", "--json").json
    assert whole["awards"][0]["mark"] == 2
    for typed, told in (
        ("q1a=1", "is not SCALE.ITEM=N"),
        ("q3.first=1", "has no scale of points 'q3'"),
        ("q1a.fourth=1", "has no item 'fourth'"),
        ("q1a.first=2", "earns 0 to 1 points, not 2"),
        ("q1a.first=x", "is not a whole number"),
    ):
        refused = cli("award", "okafor", "--points", typed)
        assert refused.code in (1, 2)
        assert told in refused.err
    kept = rows(db, "select mark, points from award")
    assert kept == [(2, '[["first", 1], ["second", 1], ["third", 0]]')]
    rest = [word for pair in ("q1b=1", "q2=2", "q3=3", "q4=4") for word in ("--scale", pair)]
    assert cli("award", "okafor", *rest, "--finish", "--json").json["total"] == 12
    text = Path(cli("export", "sheets", "-a", "Sources", "--to", db.parent / "s", "--format", "txt").out.strip())
    assert "first 1 of 1; second 1 of 1; third 0 of 1" in " ".join(text.read_text().split())


def test_a_cap_of_the_board_that_was_answered_yes(cli: Cli, essays: Path, db: Path) -> None:
    cli("import", essays, "-a", "Extracts", "--rubric", "aqa-7042-c1a-extracts-30")
    asked = cli("award", "okafor", "--scale", "main=20")
    assert "the board allows" not in asked.err, "it is asked at the end"
    refused = cli("award", "okafor", "--cap", "two-extracts=yes", "--finish")
    assert refused.code == 1
    assert "It was answered yes, so main may have 12 at most" in refused.err
    assert rows(db, "select answers, status from marking") == [("[]", "in_progress")], "all of it or none"
    assert cli("award", "okafor", "--cap", "two-extracts=yes", "--scale", "main=12", "--finish").code == 0
    assert rows(db, "select answers, status from marking") == [('[["two-extracts", true]]', "complete")]
    past = cli("review", "student", "okafor", "--json").json["markings"][0]
    assert (past["caps"], past["last_target"]) == ({"two-extracts": True}, None)
    for typed, told in (("two-extracts", "is not ID=yes or ID=no"), ("gone=yes", "has no cap 'gone'")):
        refused = cli("award", "okafor", "--cap", typed)
        assert refused.code in (1, 2)
        assert told in refused.err


def test_a_cap_that_nobody_answered_is_a_note(cli: Cli, essays: Path, db: Path) -> None:
    cli("import", essays, "-a", "Extracts", "--rubric", "aqa-7042-c1a-extracts-30")
    done = cli("award", "okafor", "--scale", "main=20", "--finish")
    assert done.code == 0
    assert "Check: Are only two of the three extracts dealt with? If so, the board allows at most 12." in done.err


def test_levels_that_a_passage_shows_and_passages_for_the_class(cli: Cli, imported: Path, db: Path) -> None:
    shown = cli("annotate", "okafor", "--paragraph", "1", "--code", "ao1 l4", "--json").json["annotation"]
    assert (shown["code"], shown["for_class"]) == ("AO1 L4", False)
    told = cli("annotate", "okafor", "--paragraph", "1", "--for-class", "--json").json["annotation"]
    assert (told["code"], told["comment"], told["for_class"]) == (None, None, True)
    both = cli("annotate", "okafor", "--paragraph", "1", "--code", "K", "--comment", "Look", "--for-class", "--json")
    assert both.json["annotation"]["for_class"] is True
    assert rows(db, "select code, for_class from annotation order by rowid") == [("AO1 L4", 0), ("", 1), ("K", 1)]
    for code, said in (("AO2 L4", "This scheme has no AO2 level 4"), ("AO1 L6", "It has: AO1 L1 to L5")):
        refused = cli("annotate", "okafor", "--paragraph", "1", "--code", code)
        assert refused.code == 1
        assert said in refused.err


def test_comments_for_a_moderator_stay_off_the_sheet(cli: Cli, essays: Path, db: Path) -> None:
    cli("import", essays, "-a", "NEA", "--rubric", "aqa-7042-nea-40")
    whole = ("--scale", "ao1=15", "--scale", "ao2=7", "--scale", "ao3=6", "--finish")
    said = ("--ao", "ao2=Two sources, both weighed (pp. 3-4).", "--question", "Whose view is this?")
    assert cli("award", "okafor", *whole, *said).code == 0
    past = cli("review", "student", "okafor", "--json").json["markings"][0]
    assert past["comments"] == {"AO2": "Two sources, both weighed (pp. 3-4)."}
    assert past["questions"] == ["Whose view is this?"]
    sheet = Path(cli("export", "sheets", "-a", "NEA", "--to", db.parent / "s", "--format", "txt").out.strip())
    assert "both weighed" not in sheet.read_text()
    assert "Whose view is this?" in sheet.read_text()
    for typed, told in (("AO9=x", "has no objective 'AO9'"), ("x", "is not AO=TEXT")):
        refused = cli("award", "okafor", "--ao", typed)
        assert refused.code in (1, 2)
        assert told in refused.err


def test_a_name_that_came_the_other_way_round_is_mended(cli: Cli, imported: Path, db: Path) -> None:
    before = rows(db, "select count(*) from script")
    done = cli("student", "rename", "okafor", "--given", "Okafor", "--family", "=Amara [sic]", "--json")
    assert (done.json["student"]["given_name"], done.json["student"]["family_name"]) == ("Okafor", "=Amara [sic]")
    assert rows(db, "select given_name from student where family_name = '=Amara [sic]'") == [("Okafor",)]
    assert rows(db, "select count(*) from script") == before
    assert "Nothing changed" in cli("student", "rename", "okafor", "--given", "Okafor").err
    for argv in (
        ("okafor", "--given", "", "--family", " "),
        ("okafor", "--given", "x" * 500),
        ("nobody", "--given", "A"),
    ):
        assert cli("student", "rename", *argv).code in (1, 2)
    assert cli("data", "verify").code == 0


def test_grades_are_typed_listed_and_in_the_record_only_where_they_are_asked_for(
    cli: Cli, imported: Path, db: Path, tmp_path: Path
) -> None:
    done = cli("student", "grade", "okafor", "--target", "B", "--predicted", "A", "--on", "3 Sep 2026", "--json")
    assert done.json["grades"] == [
        {"kind": "predicted", "day": "2026-09-03", "grade": "A"},
        {"kind": "target", "day": "2026-09-03", "grade": "B"},
    ]
    assert rows(db, "select kind, day, value from grade where kind = 'target'") == [("target", "2026-09-03", "B")]
    again = cli("student", "grade", "okafor", "--target", "B", "--on", "2026-09-03")
    assert "Nothing changed" in again.err
    assert again.out == "", "what was typed is said once"
    cli("student", "grade", "okafor", "--predicted", "", "--on", "2026-09-03")
    assert cli("student", "grade", "okafor").out.split() == ["2026-09-03", "target", "B"]
    for argv in (("--target", "x" * 17), ("--target", "B", "--on", "the day after")):
        assert cli("student", "grade", "okafor", *argv).code in (1, 2)
    for flags, is_there in (((), False), (("--grades",), True)):
        folder = tmp_path / f"records-{is_there}"
        page = cli("export", "record", "--student", "okafor", *flags, "--to", folder, "--format", "txt").out.strip()
        assert ("B (3 Sep 2026)" in Path(page).read_text()) is is_there
    assert cli("data", "verify").code == 0


def test_the_desk_file(cli: Cli, imported: Path, db: Path, tmp_path: Path) -> None:
    info = cli("data", "info", "--json").json
    assert info["counts"]["script"] == 2
    assert "script" in cli("data", "info").out
    copy = tmp_path / "copy.db"
    assert cli("data", "backup", "--to", copy).code == 0
    assert rows(copy, "select count(*) from script") == [(2,)]
    again = cli("data", "backup", "--to", copy)
    assert again.code == 1
    assert "is there already" in again.err
    assert cli("data", "backup", "--json").json["path"].startswith(str(db.with_suffix("")))
    import sqlite3

    connection = sqlite3.connect(db)
    connection.execute("update student set given_name = 'Someone'")
    connection.commit()
    connection.close()
    broken = cli("data", "verify", "--json")
    assert broken.code == 1
    assert broken.json["ok"] is False
    assert len(broken.json["problems"]) == 2


def test_settings(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, imported: Path, db: Path) -> None:
    file = tmp_path / "xdg_config_home" / "markdesk" / "config.toml"
    assert str(file) in cli("config", "path").out
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('theme = "light"\nmarker = "Mr Settings"\n')
    shown = {row["name"]: row for row in cli("config", "show", "--json").json["settings"]}
    assert (shown["theme"]["value"], shown["theme"]["from"]) == ("light", str(file))
    assert shown["marker"]["from"] == "MARKDESK_MARKER"
    assert shown["digits"]["from"] == "default"
    assert "--marker" in cli("config", "show", "--marker", "Ms Typed").out
    monkeypatch.delenv("MARKDESK_MARKER")
    cli("award", "okafor", "--scale", "main=3")
    assert rows(db, "select name from marker order by 1") == [("Mr Settings",), ("Ms Lee",)]
    for content, told in (
        ('thema = "dark"', "thema is not a setting. Did you mean 'theme'?"),
        ('theme = "drak"', "Did you mean 'dark'?"),
        ("theme = 1", "must be text"),
        ("theme = ", "not valid TOML"),
        ('"\\u001b[31m" = 1', "is not a setting"),
    ):
        file.write_text(content)
        for argv in (("config", "show"), ("student", "list")):
            done = cli(*argv)
            assert done.code == 2
            assert told in done.err
            assert "config.toml" in done.err
    file.write_bytes(b"marker = '\xff'")
    assert "not UTF-8" in cli("config", "show").err
    assert cli("config", "path").code == 0


def test_options_for_all_commands_stand_anywhere(cli: Cli, imported: Path, db: Path, tmp_path: Path) -> None:
    assert cli("--db", db, "student", "list").code == 0
    assert cli("student", "list", f"--db={db}").code == 0
    assert "There is no desk" in cli("student", "list", "--db", tmp_path / "none.db").err
    options, rest = split_globals(["--marker", "a", "award", "--", "--db", "x", "--debug"])
    assert (options.marker, options.db, options.debug) == ("a", None, False)
    assert rest == ["award", "--", "--db", "x", "--debug"]


def test_the_screens_are_opened_with_what_was_said(
    cli: Cli, imported: Path, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from markdesk import bootstrap
    from markdesk.cli import opening
    from markdesk.config.paths import demo_desk
    from markdesk.desk.desk import Desk

    opened: list[tuple[Path, str, dict[str, object]]] = []

    def open_screens(path: Path, marker: str = "", **more: object) -> int:
        find = more.pop("find", None)
        if find is not None:
            assert callable(find)
            store = bootstrap.open_store(path)
            desk: Desk = bootstrap.make_desk(store, marker)
            more["assignment"], more["script"] = find(desk)
            store.close()
        opened.append((path, marker, more))
        return 0

    monkeypatch.setattr(bootstrap, "open_screens", open_screens, raising=False)
    monkeypatch.setattr(opening, "need_terminal", lambda: None)
    assert cli().code == 0
    assert opened[-1] == (db, "Ms Lee", {"create": True})
    assert cli("demo", "--fresh").code == 0
    assert opened[-1][0] == demo_desk()
    assert opened[-1][2] == {"create": True, "demo": True, "fresh": True}
    assert cli("demo", "--db", tmp_path / "other.db").code == 0
    assert opened[-1][0] == tmp_path / "other.db"
    ((script_id,),) = rows(
        db, "select script.id from script join student s on s.id = student_id where given_name = 'Ben'"
    )
    ((assignment_id,),) = rows(db, "select id from assignment")
    assert cli("mark", "Henry VII/Ben").code == 0
    assert opened[-1][2] == {"create": False, "assignment": assignment_id, "script": script_id, "order": "random"}
    assert cli("mark", "-a", "henry", "--order", "name").code == 0
    assert opened[-1][2] == {"create": False, "assignment": assignment_id, "script": None, "order": "name"}
    assert cli("mark").code == 0
    assert opened[-1][2] == {"create": False, "assignment": assignment_id, "script": None, "order": "random"}
    assert cli("mark", "-a", "henry", "--order", "mood").code == 2
    assert cli("mark", "-a", "mary").code == 1
    assert cli("keys").code == 0


def _process(code: str, *argv: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", code, *argv],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(PROGRAM), **environment},
        check=False,
        timeout=60,
    )


RUN = "import sys; from markdesk.cli.main import run; sys.exit(run(sys.argv[1:]))"


def test_what_a_start_imports() -> None:
    told = (
        "import sys; from markdesk.cli.main import run; run(sys.argv[1:]);"
        "print(*sorted({m.split('.')[0] for m in sys.modules}), file=sys.stderr)"
    )
    version = _process(told, "--version")
    assert version.stdout.decode().strip() == f"markdesk {__version__}"
    assert not {"typer", "textual", "sqlite3", "platformdirs"} & set(version.stderr.decode().split())
    for argv in (("--help",), ("import", "--help"), ("export", "sheets", "--help")):
        helped = _process(told, *argv)
        assert b"Example" in helped.stdout
        loaded = set(helped.stderr.decode().split())
        assert not {"textual", "sqlite_utils", "pydantic", "rich", "sqlite3", "mammoth"} & loaded


def test_a_terminal_that_knows_no_letters_beyond_ascii(imported: Path) -> None:
    plain = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    noted = _process(RUN, "annotate", "okafor", "--paragraph", "1", "--comment", "é “x”", **plain)
    assert noted.returncode == 0, noted.stderr
    assert noted.stdout.isascii()
    as_json = _process(RUN, "review", "student", "okafor", "--json", **plain)
    assert as_json.returncode == 0
    assert as_json.stdout.isascii()
    assert rows(Path(os.environ["MARKDESK_DB"]), "select comment from annotation") == [("é “x”",)]


def test_a_reader_who_leaves_early_is_no_fault(imported: Path) -> None:
    leaves = (
        "import os, sys; r, w = os.pipe(); os.close(r); os.dup2(w, 1);"
        "from markdesk.cli.main import run; sys.exit(run(sys.argv[1:]))"
    )
    for argv in (("rubric", "show", RUBRIC), ("student", "list", "--json"), ("--version",)):
        done = _process(leaves, *argv)
        assert (done.returncode, done.stderr) == (0, b"")


def test_every_command_has_help_with_an_example(cli: Cli) -> None:
    import typer

    from markdesk.cli.app import app

    def commands(command: object, path: tuple[str, ...]) -> list[tuple[str, ...]]:
        inner = getattr(command, "commands", None)
        if inner is None:
            return [path]
        return [found for name, child in inner.items() for found in commands(child, (*path, name))]

    paths = commands(typer.main.get_command(app), ())
    assert len(paths) >= 32
    for path in paths:
        shown = cli(*path, "--help")
        assert shown.code == 0
        assert "Example:\n    markdesk " + " ".join(path) in shown.out


def test_the_reference_names_every_command_and_option(cli: Cli) -> None:
    import re

    page = (Path(__file__).parents[2] / "docs" / "reference" / "commands.md").read_text()
    for path in (
        "demo", "import", "mark", "award", "annotate", "export sheets", "export marks", "export annotations",
        "export oneroster",
        "review assignment", "review group", "review search",
        "review student", "student grade", "student list", "student show", "assignment list", "assignment show",
        "rubric list", "rubric show", "rubric check", "rubric diff", "rubric new", "rubric schema", "exam papers",
        "exam check",
        "exam new", "exam list", "exam show", "exam totals", "exam grades", "data info", "data verify", "data backup",
        "data export", "data import",
        "fill", "export moodle",
        "keys", "config path", "config show", "scan add", "scan split", "scan open", "scan list", "scan remove",
    ):  # fmt: skip
        heading = f"## markdesk {path}\n"
        assert heading in page
        section = page.split(heading)[1].split("\n## ")[0]
        for option in re.findall(r"(--[a-z-]+)", cli(*path.split(), "--help").out.split("Options:")[1]):
            assert option in section or option == "--help", (path, option)


def test_a_name_too_many_is_answered_by_the_command_that_gives_one(cli: Cli, imported: Path) -> None:
    for argv in (("rename", "Okafor", "Ama Okafor"), ("edit", "Okafor", "Ama"), ("merge", "Okafor", "Hartley", "Ama")):
        refused = cli("student", *argv)
        assert refused.code == 2
        assert "'markdesk student rename \"Amara Okafr\" --given Amara --family Okafor'" in refused.err
    nothing = cli("student", "rename", "Okafor")
    assert (nothing.code, "Say the new name: --given NAME, --family NAME, or both." in nothing.err) == (2, True)
