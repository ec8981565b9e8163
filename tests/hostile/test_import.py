"""A folder in which hostile files lie beside good essays: those come in, all else is told of, and never half of it."""

import json
import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.kit import begin, ended
from tests.hostile.every import CASES
from tests.hostile.handed import HENRY, NOBLES
from tests.seeds import SEED

STUDENTS = ("Abel", "Baker", "Cole", "Dunn", "Ellis", "Frost", "Grant", "Hardy", "Irwin", "Jarvis")
NEW = ("--assignment", "Henry VII", "--rubric", "aqa-7042-b-essay-25", "--group", "13H", "--question", "How secure?")
MOMENTS = 8


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """Ten good essays in a folder."""
    place = tmp_path / "pile"
    place.mkdir()
    for n, student in enumerate(STUDENTS):
        (place / f"{student} Ann.txt").write_text(f"{HENRY}\n\n{NOBLES} This is essay {n}.\n", encoding="utf-8")
    return place


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MARKDESK_DB", str(tmp_path / "marks.db"))
    return tmp_path / "marks.db"


def put_in(place: Path, step: int) -> set[str]:
    """Every ``step``-th hostile file, each in a folder of its own, since some have one name."""
    listed = set()
    for n, case in list(enumerate(CASES))[::step]:
        below = place / f"{n:03}"
        below.mkdir()
        (below / case.file_name).write_bytes(case.make())
        if not case.file_name.startswith((".", "~$")):
            listed.add(f"{n:03}/")
    return listed


def imported(place: Path) -> dict[str, list[dict[str, str]]]:
    code, out, err = ended(begin("import", place, *NEW, "--json"))
    assert code in (0, 1), err
    assert "Traceback" not in err
    found: dict[str, list[dict[str, str]]] = json.loads(out.partition("\n")[2])
    return found


def scripts(db: Path) -> int:
    if not db.exists():
        return 0
    with closing(sqlite3.connect(db)) as other:
        tables = {name for (name,) in other.execute("select name from sqlite_master")}
        return int(other.execute("select count(*) from script").fetchone()[0]) if "script" in tables else 0


@pytest.mark.slow
def test_the_good_come_in_and_everything_else_is_listed(pile: Path, db: Path) -> None:
    hostile = put_in(pile, 3)
    first = imported(pile)
    came = {Path(one["file"]).name for one in first["imported"]}
    assert {f"{student} Ann.txt" for student in STUDENTS} <= came
    told = [one["file"] for name in ("imported", "refused", "unmatched", "skipped") for one in first[name]]
    assert [place for place in sorted(hostile) if not any(place in file for file in told)] == []
    assert scripts(db) == len(first["imported"])

    again = imported(pile)
    assert again["imported"] == []
    assert again["refused"] == first["refused"]
    assert {one["file"] for one in again["unchanged"]} == {one["file"] for one in first["imported"]}
    assert ended(begin("data", "verify"))[0] == 0


@pytest.mark.slow
@pytest.mark.seeded
@pytest.mark.skipif(sys.platform == "win32", reason="no signals here")
@pytest.mark.parametrize("moment", range(MOMENTS))
def test_an_import_that_is_ended_leaves_all_or_nothing(pile: Path, db: Path, moment: int) -> None:
    put_in(pile, 40)
    chance = random.Random(SEED + moment)
    child = begin("import", pile, *NEW)
    try:
        child.wait(chance.uniform(0.3, 4.0))
    except subprocess.TimeoutExpired:
        child.send_signal(chance.choice((signal.SIGINT, signal.SIGTERM, signal.SIGKILL)))
    ended(child)
    assert scripts(db) == 0 or scripts(db) >= len(STUDENTS)
    if scripts(db):
        assert ended(begin("data", "verify"))[0] == 0
    first = imported(pile)
    assert len(first["imported"]) + len(first["unchanged"]) >= len(STUDENTS)
    assert ended(begin("data", "verify"))[0] == 0
