"""``markdesk paper``: a class of handwritten scripts."""

import re
from pathlib import Path

from tests.cli.conftest import RUBRIC, Cli, assert_whole, rows

NEW = ("--assignment", "Mock", "--rubric", RUBRIC)
SCRIPTS = (
    "select st.family_name, sc.essay_hash from script sc join student st on st.id = sc.student_id order by sc.rowid"
)


def test_a_list_of_names_is_a_pile_in_its_order(cli: Cli, db: Path, tmp_path: Path) -> None:
    pile = tmp_path / "pile.txt"
    pile.write_text("Świderska, Łucja\n\nAmara Okafor\n=Finn O’Connell\n", encoding="utf-8")
    done = cli("paper", *NEW, "--group", "13H", "--names", pile, "--json")
    assert done.code == 0
    assert [one["student"] for one in done.json["scripts"]] == ["Łucja Świderska", "Amara Okafor", "=Finn O’Connell"]
    assert rows(db, SCRIPTS) == [("Świderska", None), ("Okafor", None), ("O’Connell", None)]
    assert len(rows(db, "select * from membership")) == 3
    assert_whole(db)
    again = cli("paper", "--assignment", "mock", "--group", "13h")
    assert "0 paper scripts laid out" in again.err
    assert "3 had one already" in again.err


def test_a_group_that_is_known_needs_no_list(cli: Cli, imported: Path, db: Path) -> None:
    done = cli("paper", *NEW, "--group", "13H")
    assert done.code == 0
    assert [line.split("  ")[1] for line in done.out.splitlines()] == ["Ben Hartley", "Amara Okafor"], "by family name"


def test_it_is_marked_from_the_command_line_too(cli: Cli, imported: Path, db: Path, tmp_path: Path) -> None:
    cli("paper", *NEW, "--group", "13H")
    assert cli("award", "Mock/Okafor", "--scale", "main=17", "--finish").code == 0
    refused = cli("annotate", "Mock/Okafor", "--quote", "words", "--code", "K")
    assert refused.code == 1
    assert "handwritten" in refused.err
    made = cli("annotate", "Mock/Okafor", "--page", "2", "--paragraph", "3", "--code", "K", "--json").json["annotation"]
    assert (made["quote"], made["page"], made["paragraph"], made["start"]) == ("p2 ¶3", 2, 3, None)
    assert cli("annotate", "Mock/Okafor", "--page", "100", "--code", "K").code == 1
    assert "--page is for handwritten" in cli("annotate", "Henry/Okafor", "--page", "1", "--code", "K").err
    sheet = Path(cli("export", "sheets", "-a", "Mock", "--to", tmp_path / "s", "--format", "txt").out.strip())
    assert re.search(r"^1\s+p2 ¶3\s+K$", sheet.read_text(), re.M)


def test_nothing_is_written_by_a_dry_run_or_a_refusal(cli: Cli, db: Path, tmp_path: Path) -> None:
    twice = tmp_path / "twice.txt"
    twice.write_text("Amara Okafor\nOkafor, Amara\n")
    empty = tmp_path / "empty.txt"
    empty.write_text("\n\n")
    for argv, told in (
        ((*NEW, "--names", twice), "stands twice"),
        ((*NEW, "--names", empty), "names nobody"),
        ((*NEW, "--names", tmp_path / "none.txt"), "can't be read"),
        (NEW, "Say whose scripts they are"),
        ((*NEW, "--group", "13Z"), "has no students"),
        (("--assignment", "Mock", "--group", "13Z"), "needs its mark scheme"),
    ):
        refused = cli("paper", *argv)
        assert refused.code in (1, 2), argv
        assert told in refused.err
    twice.write_text("Amara Okafor\n")
    assert "1 paper script would be laid out" in cli("paper", *NEW, "--names", twice, "--dry-run").err
    assert not db.exists()
