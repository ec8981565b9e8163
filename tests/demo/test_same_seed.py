"""The same seed makes the same desk, row by row; and all of it is in the log, so that it can be undone."""

import sqlite3
from pathlib import Path

from markdesk.bootstrap import open_demo
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.store.sqlite.store import SqliteStore
from tests.demo.desk import TABLES, Demo, course, laid_out


def rows(path: Path, tables: tuple[str, ...] = TABLES) -> dict[str, list[tuple[object, ...]]]:
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        return {table: sorted(connection.execute(f"select * from {table}"), key=repr) for table in tables}
    finally:
        connection.close()


def test_the_same_seed_makes_the_same_rows(demo: Demo, tmp_path: Path) -> None:
    found, again = rows(demo.world.path), rows(laid_out(tmp_path / "again.db").path)
    assert all(found.values()), "each of the tables is written to"
    assert found == again


def test_another_seed_makes_another_desk(demo: Demo, tmp_path: Path) -> None:
    other = rows(laid_out(tmp_path / "other.db", course(seed=1603)).path, ("essay", "award"))
    assert other["essay"] != rows(demo.world.path, ("essay",))["essay"]


def test_the_program_s_own_demo_has_the_same_texts_marks_and_words(demo: Demo, tmp_path: Path) -> None:
    store = open_demo(tmp_path / "demo.db", fresh=False)
    store.close()
    told = (
        "select t.given_name, t.family_name, a.name, s.essay_hash, w.scale, w.mark, w.strands, m.completed_at"
        " from script s join student t on t.id = s.student_id join assignment a on a.id = s.assignment_id"
        " join marking m on m.script_id = s.id join award w on w.marking_id = m.id order by 1, 2, 3, 5"
    )
    with sqlite3.connect(tmp_path / "demo.db") as ours:
        assert ours.execute(told).fetchall() == demo.rows.execute(told).fetchall()


def test_every_row_came_of_a_change_in_the_log(demo: Demo) -> None:
    found = demo.desk.store.verify()
    assert found.problems == ()
    assert found.changes > 500, "the steps were read"
    assert demo.rows.execute("select action from log order by seq limit 1").fetchone() == ("demo",)


def test_a_marking_of_the_past_is_undone_step_by_step(tmp_path: Path) -> None:
    world = laid_out(tmp_path / "marks.db")
    store = SqliteStore(world.path)
    desk = world.desk(store)
    entry = next(e for e in store.entries(desk.marker.id) if e.assignment.name == "Mary I" and e.header)
    opened = MarkingDesk(desk, entry)
    assert opened.marking.is_locked
    assert opened.reopen().is_saved
    while opened.history.done:
        assert opened.undo().is_saved
    assert not opened.marking.annotations
    assert not opened.marking.awards
    assert store.verify().problems == ()
    store.close()
