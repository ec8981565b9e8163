"""``markdesk assignment return`` and ``reopen``: what is locked, what is left, who is refused."""

from pathlib import Path

import pytest

from markdesk.bootstrap import make_desk, open_store
from markdesk.desk.desk import find_script
from tests.cli.conftest import ESSAY, Cli, assert_whole, rows

STATUS = (
    "select st.family_name, m.status from marking m join script s on s.id = m.script_id"
    " join student st on st.id = s.student_id order by 1"
)


@pytest.fixture
def marked(cli: Cli, imported: Path) -> Path:
    """Two essays, one finished and one begun."""
    assert cli("award", "okafor", "--scale", "main=16", "--finish").code == 0
    assert cli("award", "hartley", "--scale", "main=9").code == 0
    return imported


def test_what_is_finished_is_returned_and_the_rest_is_named(cli: Cli, marked: Path, db: Path) -> None:
    done = cli("assignment", "return", "Henry VII")
    assert done.code == 0
    assert "Not returned: Ben Hartley (not finished yet)." in done.err
    assert "1 of 2 returned; its mark is locked." in done.err
    assert done.out.split()[-4:] == ["Amara", "Okafor", "16", "25"]
    assert rows(db, STATUS) == [("Hartley", "in_progress"), ("Okafor", "returned")]
    assert_whole(db)


def test_a_returned_mark_is_locked_until_it_is_reopened(cli: Cli, marked: Path, db: Path) -> None:
    cli("assignment", "return", "Henry VII")
    refused = cli("award", "okafor", "--scale", "main=17")
    assert (refused.code, "returned" in refused.err) == (1, True)
    (marked / "Okafor Amara.txt").write_text(f"{ESSAY}\n\nMore.")
    assert "Reopen it" in cli("import", marked / "Okafor Amara.txt", "-a", "Henry VII").err
    assert cli("assignment", "reopen", "Henry VII", "--student", "okafor").code == 0
    assert rows(db, STATUS)[1] == ("Okafor", "in_progress")
    assert cli("award", "okafor", "--scale", "main=17", "--finish").code == 0
    assert cli("assignment", "return", "Henry VII", "--student", "okafor").code == 0
    assert rows(db, STATUS)[1] == ("Okafor", "returned")
    assert rows(db, "select action from log where action in ('return', 'reopen') order by seq") == [
        ("return",), ("reopen",), ("return",),
    ]  # fmt: skip
    assert_whole(db)


def test_returning_twice_changes_nothing(cli: Cli, marked: Path, db: Path) -> None:
    cli("assignment", "return", "Henry VII", "--student", "okafor")
    before = rows(db, "select count(*) from log")
    again = cli("assignment", "return", "Henry VII", "--student", "okafor", "--json")
    assert (again.code, "returned already" in again.err) == (0, True)
    assert [one["student"] for one in again.json["unchanged"]] == ["Amara Okafor"]
    assert (again.json["returned"], again.json["left_out"]) == ([], [])
    assert rows(db, "select count(*) from log") == before


def test_what_is_not_returned_is_not_reopened(cli: Cli, marked: Path, db: Path) -> None:
    done = cli("assignment", "reopen", "Henry VII", "--student", "okafor", "--json")
    assert (done.code, done.json["reopened"], done.json["status"]) == (0, False, "complete")
    assert "wasn't returned" in done.err
    assert rows(db, STATUS)[1] == ("Okafor", "complete")


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("return", "Henry VII", "--student", "hartley"), "Ben Hartley: Not finished yet."),
        (("return", "Nothing"), "No assignment is called"),
        (("return", "Henry VII", "--student", "nobody"), "No student is called"),
        (("reopen", "Henry VII", "--student", "nobody"), "No student is called"),
    ],
)
def test_refusals(cli: Cli, marked: Path, db: Path, argv: tuple[str, ...], told: str) -> None:
    before = rows(db, "select count(*) from log")
    done = cli("assignment", *argv)
    assert (done.code, done.out) == (1, "")
    assert told in done.err
    assert rows(db, "select count(*) from log") == before


def test_a_student_of_another_assignment_has_handed_in_nothing(cli: Cli, marked: Path, tmp_path: Path) -> None:
    other = tmp_path / "Ray Zoe.txt"
    other.write_text(ESSAY)
    assert cli("import", other, "-a", "Wars", "--rubric", "aqa-7042-b-essay-25", "--question", "Why?").code == 0
    for command in ("return", "reopen"):
        done = cli("assignment", command, "Henry VII", "--student", "Zoe Ray")
        assert (done.code, "Zoe Ray has handed in nothing for 'Henry VII'" in done.err) == (1, True)


def test_nothing_finished_is_refused(cli: Cli, imported: Path) -> None:
    done = cli("assignment", "return", "Henry VII")
    assert (done.code, "None is finished yet" in done.err) == (1, True)


def test_a_pencil_mark_is_returned_as_a_firm_one(cli: Cli, imported: Path, db: Path) -> None:
    cli("award", "okafor", "--scale", "main=16", "--finish")
    cli("award", "okafor", "--level", "main=3")
    assert "(pencil)" in cli("review", "student", "okafor").out
    cli("assignment", "return", "Henry VII")
    assert rows(db, "select mark, tentative from award") == [(13, 0)]
    assert "(pencil)" not in cli("review", "student", "okafor").out
    assert "returned" in cli("export", "marks", "-a", "Henry VII").out


def test_an_essay_that_is_open_in_a_window_stops_the_return(
    cli: Cli, marked: Path, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("markdesk.desk.moving.HOLD_PATIENCE", 0.05)
    store = open_store(db)
    desk = make_desk(store, "Ms Lee")
    held = store.hold(find_script(desk, "okafor").script.id, desk.marker.id)
    assert not isinstance(held, str)
    for argv in (("return", "Henry VII"), ("reopen", "Henry VII", "--student", "okafor")):
        done = cli("assignment", *argv)
        assert (done.code, "open for marking in another window" in done.err) == (3, True)
    assert rows(db, STATUS)[1] == ("Okafor", "complete")
    held.release()
    store.close()
    assert cli("assignment", "return", "Henry VII").code == 0


def test_both_marks_of_a_redraft_stand_in_the_log(cli: Cli, imported: Path, db: Path) -> None:
    """An essay handed in again, from its files to the two marks."""
    from markdesk.desk.redrafts import redrafts

    cli("award", "okafor", "--scale", "main=15", "--finish")
    (imported / "Okafor Amara.txt").write_text(f"{ESSAY}\n\nMore.")
    assert cli("import", imported / "Okafor Amara.txt", "-a", "Henry VII").code == 0
    cli("award", "okafor", "--scale", "main=18")
    store = open_store(db)
    desk = make_desk(store, "Ms Lee")
    (found,) = redrafts(desk, store.entries(desk.marker.id)).values()
    assert (str(found.first), found.is_judged) == ("15", True)
    store.close()
