"""``markdesk assignment scheme``: an assignment taken over to another version of its mark scheme, or another scheme."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from markdesk.bootstrap import own_rubrics
from markdesk.core.rubric import Rubric
from tests.cli.conftest import ESSAY, QUESTION, Cli, assert_whole, rows
from tests.kit import shipped_rubric
from tests.schemes_that_change import rebanded, written

MARKS = "select m.status, a.mark, a.level, a.tentative from marking m join award a on a.marking_id = m.id order by m.id"
OTHER_BANDS = (5, 10, 17, 21, 25)


@pytest.fixture
def ours() -> Rubric:
    """A scheme of the teacher's own, as it was when the essays came in."""
    return written(replace(shipped_rubric(), id="our-essay", version="1.0"))


@pytest.fixture
def marked(cli: Cli, essays: Path, ours: Rubric) -> Rubric:
    """Two essays under it: one finished with 16, one begun with 9."""
    course = ("--assignment", "Henry VII", "--rubric", ours.id, "--group", "13H", "--question", QUESTION)
    assert cli("import", essays, *course).code == 0
    assert cli("award", "okafor", "--scale", "main=16", "--finish").code == 0
    assert cli("award", "hartley", "--scale", "main=9").code == 0
    return ours


def test_it_says_what_becomes_of_each_mark_and_does_it(cli: Cli, db: Path, marked: Rubric) -> None:
    written(rebanded(marked, *OTHER_BANDS))
    before = rows(db, "select * from log")
    tried = cli("assignment", "scheme", "Henry", "--dry-run")
    assert tried.code == 0
    assert "Nothing was written." in tried.err
    assert rows(db, "select * from log") == before
    done = cli("assignment", "scheme", "Henry")
    assert done.code == 0, done.err
    assert done.out == tried.out
    assert done.err == "Taken over to our-essay, version 2.0.\n"
    lines = done.out.splitlines()
    assert lines[0] == "Henry VII: our-essay, version 1.0 to our-essay, version 2.0"
    assert "   2  to look at again: unfinished until you have" in lines
    assert "      Essay: level 3: marks 11–15, now 11–17, and 2 other changes (2)" in lines
    assert [line.split("  ")[-1] for line in lines[-2:]] == ["9, Level 2, in pencil", "16 was Level 4, is Level 3 now"]
    assert rows(db, MARKS) == [("in_progress", 16, 3, 1), ("in_progress", 9, 2, 1)]
    assert_whole(db)
    again = cli("assignment", "scheme", "Henry")
    assert (again.code, again.out) == (0, "")
    assert "nothing to take over" in again.err


def test_json_tells_the_same(cli: Cli, marked: Rubric) -> None:
    new = written(rebanded(marked, *OTHER_BANDS))
    found = cli("assignment", "scheme", "Henry", "--json").json
    assert (found["dry_run"], found["changed"], found["change"]) == (False, True, "major")
    assert found["new"] == {"id": "our-essay", "version": "2.0", "hash": new.hash}
    (hartley, okafor) = found["scripts"]
    assert okafor["outcome"] == "look_again"
    assert okafor["look_again"] == [
        {
            "scale": "main",
            "fate": "proposed",
            "why": "level 3: marks 11–15, now 11–17, and 2 other changes",
            "before": {"level": 4, "mark": 16},
            "after": {"level": 3, "mark": 16},
        }
    ]
    assert hartley["student"] == "Ben Hartley"
    assert cli("assignment", "scheme", "Henry", "--json").json["changed"] is False


def test_to_another_scheme_every_mark_is_looked_at_and_the_way_back(cli: Cli, db: Path, marked: Rubric) -> None:
    done = cli("assignment", "scheme", "Henry", "--to", "edexcel-9hi0-essay-20")
    assert done.code == 0, done.err
    assert "another mark scheme" in done.out or "maximum was 25, now 20" in done.out
    assert cli("assignment", "show", "Henry", "--json").json["assignment"]["rubric"] == "edexcel-9hi0-essay-20"
    assert cli("award", "okafor", "--scale", "main=21").code == 1, "it is out of 20 now"
    back = cli("assignment", "scheme", "Henry", "--to", "our-essay")
    assert back.code == 0, back.err
    assert rows(db, "select rubric_hash from assignment") == [(marked.hash,)]
    assert rows(db, MARKS) == [("in_progress", 16, 4, 1), ("in_progress", 9, 2, 1)]
    assert_whole(db)


def test_another_tariff_of_the_scheme_of_no_board(cli: Cli, db: Path, marked: Rubric) -> None:
    done = cli("assignment", "scheme", "Henry", "--to", "generic-essay-4strand:15")
    assert done.code == 0, done.err
    assert "16, Level 4 taken off: it is out of 15 now" in done.out
    assert rows(db, "select mark, level, tentative from award") == [(9, 3, 1)]


def test_refusals_name_what_is_there_and_change_nothing(cli: Cli, db: Path, marked: Rubric) -> None:
    before = rows(db, "select * from log")
    for argv, says in (
        (("Henry", "--to", "edexcel-9hi0-esay-20"), "Did you mean 'edexcel-9hi0-essay-20'?"),
        (("Henry", "--to", "our-essay@0.9"), "It has: our-essay@1.0."),
        (("Henry", "--to", "aqa-7042-b-essay-25:20"), "20"),
        (("Tudors",), "The desk has: Henry VII."),
    ):
        done = cli("assignment", "scheme", *argv)
        assert (done.code, done.out) == (1, "")
        assert says in done.err
    (own_rubrics() / "our-essay.toml").write_text("schema = 1", encoding="utf-8")
    done = cli("assignment", "scheme", "Henry")
    assert done.code == 1
    assert "our-essay.toml:1" in done.err
    assert rows(db, "select * from log") == before


def test_a_marker_who_has_not_marked_yet_may_do_it(cli: Cli, db: Path, marked: Rubric) -> None:
    written(rebanded(marked, *OTHER_BANDS))
    before = rows(db, MARKS)
    done = cli("assignment", "scheme", "Henry", "--marker", "Mr Dean")
    assert done.code == 0, done.err
    assert "   2  marked by Ms Lee: they stay under their version until Ms Lee takes them over" in done.out
    assert rows(db, MARKS) == before
    assert_whole(db)
    assert cli("assignment", "scheme", "Henry").code == 0
    assert rows(db, MARKS) == [("in_progress", 16, 3, 1), ("in_progress", 9, 2, 1)]
    assert_whole(db)


def test_lists_add_each_script_up_under_the_version_that_it_was_marked_under(
    cli: Cli, essays: Path, marked: Rubric
) -> None:
    """Before a marker takes hers over, the assignment's version has scales on which she gave nothing."""
    assert cli("award", "hartley", "--scale", "main=9", "--finish").code == 0
    assert cli("assignment", "scheme", "Henry", "--to", "aqa-7042-nea-40", "--marker", "Mr Dean").code == 0
    shown = cli("assignment", "show", "Henry", "--json").json
    assert {(one["total"], one["max"], one["rubric_version"]) for one in shown["scripts"]} == {
        (16, 25, "1.0"),
        (9, 25, "1.0"),
    }
    assert [award["scale"] for award in shown["scripts"][0]["awards"]] == ["main"]
    table = list(csv.DictReader(io.StringIO(cli("export", "marks", "-a", "Henry").out)))
    assert [(row["Essay mark"], row["AO1 Knowledge, analysis and judgement mark"]) for row in table] == [
        ("9", ""),
        ("16", ""),
    ]
    assert [(row["total"], row["max"]) for row in table] == [("9", "25"), ("16", "25")]


def test_an_import_says_how_to_go_on(cli: Cli, essays: Path, marked: Rubric) -> None:
    written(rebanded(marked, *OTHER_BANDS))
    (essays / "Third Cara.txt").write_text(ESSAY.replace("Henry", "King Henry"))
    come = cli("import", essays, "--assignment", "Henry VII", "--rubric", "our-essay", "--create-students")
    assert "'markdesk assignment scheme' takes it over" in come.err
    other = cli("import", essays, "--assignment", "Henry VII", "--rubric", "aqa-7042-nea-40")
    assert other.code == 1
    assert "'markdesk assignment scheme --to ID'" in other.err
