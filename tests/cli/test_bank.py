"""``markdesk bank``: listed, shown with its uses, taken in whole or refused, written out and read back."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli, assert_whole, rows

TOML = """schema = "markdesk.bank/1"

[[comment]]
code = "zz"
text = "Say [why] it mattered, {name}."
stamps = ["NAR"]
"""
COMMENT_KEYS = {
    "id", "code", "text", "field", "stamps", "strands", "aos", "rubrics", "question", "level", "origin", "uses",
}  # fmt: skip


def test_what_ships_is_listed_and_words_narrow_it(cli: Cli, imported: Path) -> None:
    every = cli("bank", "list", "--json").json["comments"]
    assert len(every) >= 90
    assert set(every[0]) == COMMENT_KEYS
    assert {comment["origin"] for comment in every} == {"shipped"}
    some = cli("bank", "list", "exact question", "--json").json["comments"]
    assert 0 < len(some) < len(every)
    assert all("exact" in comment["text"].lower() for comment in some)
    assert "No comment" in cli("bank", "list", "--origin", "own").err


def test_what_was_typed_is_there_with_its_use(cli: Cli, imported: Path) -> None:
    cli("annotate", "okafor", "--paragraph", "1", "--code", "NAR", "--comment", "Tells the story [sic].")
    (typed,) = cli("bank", "list", "--origin", "typed", "--json").json["comments"]
    assert (typed["text"], typed["uses"], typed["stamps"]) == ("Tells the story [sic].", 1, ["NAR"])
    shown = cli("bank", "show", typed["id"], "--json").json
    assert cli("assignment", "names", "henry", "--hide").code == 0
    (hidden,) = cli("bank", "show", typed["id"], "--json").json["uses"]
    assert (hidden["student"], hidden["script"], hidden["short_id"]) == (None, None, shown["uses"][0]["short_id"])
    assert cli("assignment", "names", "henry", "--show").code == 0
    (use,) = shown["uses"]
    assert (use["student"], use["stamp"], use["is_returned"]) == ("Amara Okafor", "NAR", False)
    assert "Tells the story [sic]." in cli("bank", "show", typed["id"]).out


@pytest.mark.parametrize("ending", ["toml", "csv"])
def test_a_file_comes_in_and_goes_out_the_same(cli: Cli, imported: Path, db: Path, tmp_path: Path, ending: str) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(TOML)
    assert cli("bank", "import", file, "--dry-run", "--json").json["new"] == 1
    assert rows(db, "select * from bank_comment") == []
    assert cli("bank", "import", file, "--json").json["new"] == 1
    assert rows(db, "select code, text, stamps from bank_comment") == [
        ("zz", "Say [why] it mattered, {name}.", '["NAR"]')
    ]
    assert cli("bank", "show", ";zz", "--json").json["comment"]["origin"] == "own"
    out = tmp_path / f"out.{ending}"
    assert cli("bank", "export", "--to", out).code == 0
    again = cli("bank", "import", out, "--json").json
    assert (again["new"], again["replaced"], again["unchanged"]) == (0, 0, 1)
    assert_whole(db)


def test_all_of_it_is_written_where_it_is_asked_for(cli: Cli, imported: Path, tmp_path: Path) -> None:
    done = cli("bank", "export", "--origin", "all", "--to", tmp_path / "all.csv")
    assert done.code == 0
    assert len((tmp_path / "all.csv").read_text().splitlines()) > 90


def test_what_is_wrong_is_named_and_nothing_comes_in(cli: Cli, imported: Path, db: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(TOML.replace('"NAR"', '"NARR"'))
    for argv, told in (
        (("bank", "import", bad), "NARR"),
        (("bank", "import", tmp_path / "none.toml"), "none.toml"),
        (("bank", "import", tmp_path / "x.docx"), "neither .toml nor .csv"),
        (("bank", "export", "--to", tmp_path / "x.docx"), "neither .toml nor .csv"),
        (("bank", "export", "--to", tmp_path / "x.toml"), "no comment to export"),
        (("bank", "show", "nothing-like-it"), "has the id 'nothing-like-it'"),
        (("bank", "list", "--origin", "mine"), "--origin is one of"),
    ):
        refused = cli(*argv)
        assert refused.code in (1, 2), argv
        assert told in refused.err
    assert rows(db, "select * from bank_comment") == []
