"""What goes out without names tells none by its order: neither the class list's, nor that in which files came in."""

import csv
import io
from pathlib import Path

import pytest

from tests.cli.conftest import RUBRIC, Cli, rows

NAMES = ("Adams Ada", "Brown Ben", "Clark Cy", "Dunn Di", "Evans Eve", "Ford Flo", "Gray Gil")
"""They come in in this order. Nobody has a candidate number."""
LATE = {"Xu Xia": "late", "Yates Yan": "extension", "Zahn Zoe": "absent"}
"""Who has handed nothing in, so that the reasons stand in another order than the names."""


@pytest.fixture
def hidden(cli: Cli, tmp_path: Path, db: Path) -> list[str]:
    """A pile whose names are hidden, and the short ids of its scripts as they came in, all of them marked."""
    folder = tmp_path / "essays"
    folder.mkdir()
    for at, name in enumerate(NAMES):
        (folder / f"{name}.txt").write_text(f"Essay {at} says that Henry was secure.\n\nHe was not.")
    (tmp_path / "late.txt").write_text("".join(f"{name.split()[1]} {name.split()[0]}\n" for name in LATE))
    new = ("--rubric", RUBRIC, "--group", "13H")
    assert cli("import", folder, "--assignment", "Henry", *new, "--question", "Was he?").code == 0
    assert cli("paper", "-a", "Other", *new, "--names", tmp_path / "late.txt").code == 0
    for name, why in LATE.items():
        assert cli("assignment", "absent", "Henry", name.split()[0], f"--{why}").code == 0
    came = "select substr(s.id, -6), st.family_name from script s join student st on st.id = s.student_id"
    found = rows(db, f"{came} join assignment a on a.id = s.assignment_id where a.name = 'Henry' order by s.id")
    assert [family for _, family in found] == [name.split()[0] for name in NAMES], "in the order of their files"
    for at, (short, _) in enumerate(found):
        assert cli("award", short, "--scale", f"main={9 + at}", "--ebi", "More.", "--finish").code == 0
    assert cli("assignment", "names", "Henry", "--hide").code == 0
    return [short for short, _ in found]


def test_no_order_tells_a_name(cli: Cli, hidden: list[str], tmp_path: Path, db: Path) -> None:
    argv, expected = ("export", "marks", "-a", "Henry", "--numbers"), sorted(hidden)
    table = list(csv.DictReader(io.StringIO(cli(*argv).out)))
    assert [row["script"] for row in table] == [*expected, "", "", ""]
    assert [row["status"] for row in table[-3:]] == ["absent", "extension", "late"]
    answer = cli(*argv, "--format", "json")
    assert [(one["script"], one["short_id"]) for one in answer.json["marks"]] == [(None, short) for short in expected]
    assert [one["why"] for one in answer.json["not_handed_in"]] == ["absent", "extension", "late"]
    block = cli(*argv, "--format", "block")
    total = {short: 9 + at for at, short in enumerate(hidden)}
    assert block.out.split() == [str(total[short]) for short in expected]
    assert f"10 rows in the order of the scripts' ids, from Script {expected[0]} to who handed nothing in." in block.err
    told = [answer, block]
    for product in ("sheets", "slips"):
        to = tmp_path / product
        way = ("--to", to, "--one-file") if product == "sheets" else ("--to", f"{to}.txt", "--all")
        done = cli("export", product, "-a", "Henry", *way, "--numbers", "--format", "txt", "--json")
        assert done.code == 0, done.err
        listed = done.json[product]
        assert [(one["script"], one["short_id"]) for one in listed] == [(None, short) for short in expected]
        text = (to / "all-mark-sheets.txt" if product == "sheets" else Path(f"{to}.txt")).read_text().lower()
        places = [text.index(f"script {short}") for short in expected]
        assert places == sorted(places)
        told.append(done)
    told += [
        cli("assignment", "show", "Henry", "--json"),
        cli("assignment", "queue", "Henry", "--json"),
        cli("review", "assignment", "Henry", "--json"),
    ]
    ids = [whole for (whole,) in rows(db, "select id from script")]
    assert not any(whole in done.out + done.err for done in told for whole in ids), "a whole id begins with a time"
    assert told[-1].json["boundaries"]["near"], "of these too"


def test_a_candidate_number_goes_before_those_without(cli: Cli, hidden: list[str]) -> None:
    assert cli("student", "edit", "Gray", "--candidate", "0042").code == 0
    block = cli("export", "marks", "-a", "Henry", "--numbers", "--format", "block")
    assert block.out.split()[0] == "15"
    assert "10 rows in the order of candidate numbers, then of the scripts' ids, from Candidate 0042 to" in block.err
