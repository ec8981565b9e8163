"""``markdesk review search``: what is found as text and as JSON, where, and what is refused."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.test_shapes import MAYBE_NUMBER, MAYBE_TEXT, NUMBER, TEXT, differences

HIT = {
    "kind": TEXT, "what": TEXT, "words": TEXT, "spans": [[NUMBER]], "student": MAYBE_TEXT, "called": MAYBE_TEXT,
    "assignment": (dict, type(None)), "script": MAYBE_TEXT, "short_id": MAYBE_TEXT, "annotation": MAYBE_TEXT,
    "paragraph": MAYBE_NUMBER, "place": (list, type(None)),
}  # fmt: skip


@pytest.fixture
def searched(cli: Cli, imported: Path) -> Path:
    """Two essays, one with a comment and a private note."""
    assert cli("annotate", "okafor", "--quote", "took [eight] years", "--comment", "Eight dangerous years").code == 0
    assert cli("award", "okafor", "--ebi", "Weigh Warbeck against Simnel").code == 0
    return imported


def test_the_words_stand_in_place(cli: Cli, searched: Path) -> None:
    found = cli("review", "search", "warbeck eight")
    assert found.code == 0
    assert "essay  Amara Okafor" in found.out
    assert "¶2" in found.out
    assert "Warbeck took [eight] years." in found.out
    answer = cli("review", "search", "WARBECK eight", "--in", "essays", "--json").json
    assert answer["schema"] == "markdesk/review-search/1"
    assert differences(answer, {"schema": TEXT, "count": NUMBER, "hits": [HIT], "why_nothing": []}) == []
    hit = next(hit for hit in answer["hits"] if hit["called"] == "Amara Okafor")
    assert [hit["words"][start:end] for start, end in hit["spans"]] == ["Warbeck", "eight"]
    assert hit["paragraph"] == 2


def test_what_it_is_and_where_to_look(cli: Cli, searched: Path) -> None:
    def kinds(*argv: str) -> list[tuple[str, str]]:
        return [(hit["what"], hit["called"]) for hit in cli("review", "search", *argv, "--json").json["hits"]]

    assert kinds("dangerous") == [("comment", "Amara Okafor")]
    assert kinds("weigh", "--in", "feedback, comments") == [("EBI", "Amara Okafor")]
    assert kinds("okafor", "--in", "students") == [("student", "Amara Okafor")]
    assert kinds("dangerous in:comments", "--in", "essays") == []
    assert kinds('student:okafor "[eight] years"', "--in", "essay") == [("essay", "Amara Okafor")]


def test_the_limit_is_said(cli: Cli, searched: Path) -> None:
    found = cli("review", "search", "simnel", "--limit", "1")
    assert found.err.startswith("1 of ")
    assert len(cli("review", "search", "simnel", "--limit", "1", "--json").json["hits"]) == 1


def test_a_filter_that_is_none_is_told_where_nothing_is_found(cli: Cli, searched: Path) -> None:
    assert cli("review", "search", "simnel zzz").err == "Nothing was found.\n"
    found = cli("review", "search", "code:NAR group:zzz")
    assert (found.code, found.out) == (0, "")
    assert found.err == (
        "Nothing was found. There is no filter code:, only in:, student:, group:, year: and stamp:. No class is called"
        " zzz.\n"
    )
    answer = cli("review", "search", "stamp:ZZZ", "--json").json
    assert (answer["count"], answer["why_nothing"]) == (0, ["No stamp is called ZZZ."])
    assert cli("review", "search", "okafor year:20").err == (
        "Nothing was found. 20 is no year: year:2026, or year:2025-26 of a school.\n"
    )


def test_a_query_comes_from_a_file(cli: Cli, searched: Path, tmp_path: Path) -> None:
    (tmp_path / "query").write_text('"dangerous years"')
    assert "Eight dangerous years" in cli("review", "search", f"@{tmp_path}/query").out


@pytest.mark.parametrize(
    "query", ["AND (", '"', "NEAR(", "'; drop table essay; --", "*", "^x", "x" * 10_000, "a:b NOT c"]
)
def test_nothing_that_is_typed_is_a_fault(cli: Cli, searched: Path, query: str) -> None:
    assert cli("review", "search", query).code in (0, 2)


def test_what_makes_no_sense_is_refused(cli: Cli, searched: Path) -> None:
    assert cli("review", "search", "simnel", "--in", "essays,books").code == 2
    assert "--in" in cli("review", "search", "simnel", "--in", "books").err
    assert cli("review", "search", " ! ").code == 2
    nothing = cli("review", "search", "parliament of owls")
    assert (nothing.code, nothing.out) == (0, "")
    assert "Nothing was found" in nothing.err


def test_hidden_names_stay_hidden(cli: Cli, searched: Path) -> None:
    assert cli("assignment", "names", "henry", "--hide").code == 0
    found = cli("review", "search", "simnel", "--json")
    assert "Okafor" not in found.out
    assert {(hit["student"], hit["script"]) for hit in found.json["hits"]} == {(None, None)}
    assert {len(hit["short_id"]) for hit in found.json["hits"]} == {6}
    assert all(hit["called"] is None or hit["called"].startswith("#") for hit in found.json["hits"])
    assert cli("review", "search", "okafor", "--in", "essays,comments,feedback").out == ""


@pytest.mark.parametrize(("query", "why"), [
    ("student:okafor student:hartley", "No student is called okafor and hartley, all of it."),
    ("student:okafor student:zzz", "No student is called zzz."),
    ("stamp:K in:essays", "A stamp has only comments beside it: leave out in:, or add comments to it."),
])  # fmt: skip
def test_a_query_that_nothing_can_meet_says_why(cli: Cli, imported: Path, query: str, why: str) -> None:
    found = cli("review", "search", query, "--json").json
    assert (found["count"], found["why_nothing"]) == (0, [why])
