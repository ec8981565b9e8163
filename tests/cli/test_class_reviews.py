"""``markdesk review assignment`` and ``review group``: the page as text, the shape of the answer, what is refused."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.test_shapes import FIGURE, MAYBE_TEXT, NUMBER, TEXT, YES_NO, Free, differences
from tests.tui.drifted import SLIDING, drifted

DRIFT = {
    "n": NUMBER, "third": NUMBER, "mean_first": float, "mean_last": float, "usual_first": FIGURE,
    "usual_last": FIGURE, "difference": float, "chance": float, "is_sign": YES_NO,
}  # fmt: skip
HAND = {"essays": NUMBER, "comment_words": NUMBER, "stamps": NUMBER, "strengths": NUMBER}
MARKS = {
    "n": NUMBER, "mean": FIGURE, "median": FIGURE, "sd": FIGURE, "lowest": NUMBER, "highest": NUMBER,
}  # fmt: skip
PILE = {
    "assignment": {"id": TEXT, "name": TEXT, "question": TEXT, "group": MAYBE_TEXT, "set_on": TEXT, "kind": TEXT},
    "rubric": {"id": TEXT, "version": TEXT, "max_mark": NUMBER, "board": TEXT},
    "essays": NUMBER, "looked_at": NUMBER,
    "marks": {
        **MARKS, "not_finished": NUMBER, "no_response": NUMBER, "without_mark": NUMBER,
        "under_another_maximum": NUMBER, "counts": Free(of=NUMBER),
    },
    "scales": [{
        "scale": TEXT, "max": NUMBER, **MARKS, "share": float, "levels": Free(of=NUMBER), "no_response": NUMBER,
        "without_mark": NUMBER, "under_other_ranges": NUMBER,
    }],
    "strands": [{"scale": TEXT, "strand": TEXT, "name": TEXT, "n": NUMBER, "mean_level": float, "share": float}],
    "weakest": [{"scale": TEXT, "strand": TEXT}],
    "boundaries": {
        "of": TEXT,
        "edges": [{"name": TEXT, "lowest": NUMBER, "reached": NUMBER, "more_if_lower": [NUMBER],
                   "fewer_if_higher": [NUMBER]}],
        "near": [{"script": TEXT, "student": MAYBE_TEXT, "total": NUMBER, "edge": TEXT, "under_by": NUMBER}],
    },
    "not_handed_in": [{"id": TEXT, "name": TEXT, "why": MAYBE_TEXT}],
    "drift": {"told": TEXT, "total": DRIFT, "scales": Free(of=DRIFT)},
    "mirror": {"n": NUMBER, "first": HAND, "last": HAND},
}  # fmt: skip
POOLED = [{"name": TEXT, "n": NUMBER, "share": float}]
COURSE = {
    "assignments": [PILE],
    "together": {
        "n": NUMBER, "mean_share": FIGURE, "tenths": [NUMBER], "scales": POOLED, "strands": POOLED, "weakest": [TEXT],
    },
    "not_handed_in": [{"name": TEXT, "assignments": [TEXT]}],
}  # fmt: skip


@pytest.fixture
def slid(db: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A marked pile of 27 essays, one of them no response; the standard slid."""
    monkeypatch.setenv("MARKDESK_MARKER", "Ms Test")
    drifted(db)
    return db


def test_the_page_of_an_assignment(cli: Cli, slid: Path) -> None:
    done = cli("review", "assignment", "Khru")
    assert done.code == 0, done.err
    page = done.out
    assert "n 26 · mean 15.0 of 25 · median 15.0 · spread 2.3 · from 11 to 20" in page
    assert (
        "27 essays: 26 with a mark of 25, 1 no response; no response (NR) and what has no mark are in no mean" in page
    )
    assert "  16  ████ 4\n" in page
    assert "  L4   16–20  ███████████ 11\n" in page
    assert "L4 from 16: 11 reach it; if it were 1 lower, 4 more would; 2 lower, 7 more; 1 higher, 4 fewer" in page
    assert "  1 under L5: Finn O’Connell\n" in page
    assert "Not handed in, 1: Noor Rahman (absent)." in page
    assert (
        "The last eight sit 5.1 marks below the first eight (of 26); chance would do this in fewer than 1 of 100 piles."
        in page
    )
    assert "Comments: none on a passage in the first 8 or the last 8." in page


def test_the_shapes(cli: Cli, slid: Path) -> None:
    found = cli("review", "assignment", "Khru", "--json").json
    assert differences(found, {"schema": TEXT, **PILE}) == []
    assert found["schema"] == "markdesk/review-assignment/1"
    assert found["marks"]["counts"] == {str(mark): SLIDING.count(mark) for mark in sorted(set(SLIDING))}
    course = cli("review", "group", "13H", "--json").json
    assert differences(course, {"schema": TEXT, "group": TEXT, **COURSE}) == []
    assert course["together"]["n"] == 26
    assert cli("review", "group", "--json").json["group"] is None


def test_filters(cli: Cli, slid: Path) -> None:
    def looked_at(*options: str) -> tuple[int, int]:
        found = cli("review", "assignment", "Khru", *options, "--json").json
        return found["looked_at"], found["marks"]["n"]

    above = sum(mark >= 16 for mark in SLIDING)
    assert looked_at() == (27, 26)
    assert looked_at("--level", "4") == (above, above)
    assert looked_at("--marks", "12-13", "--scale", "main")[0] == sum(mark in (12, 13) for mark in SLIDING)
    assert looked_at("--marks", "20") == (1, 1)
    assert looked_at("--stamp", "K") == (27, 26)
    assert looked_at("--stamp", "E") == (0, 0)
    assert looked_at("--marked-by", "ms test") == (27, 26)
    page = cli("review", "assignment", "Khru", "--level", "4").out
    assert f"{above} of 27 essays: {above} with a mark of 25" in page
    assert "Drift isn't told of some essays of a pile." in page
    assert "Not handed in" not in page
    for options, count in (
        (("--year", "2026-27"), 1),
        (("--year", "2025-26"), 0),
        (("--board", "ocr"), 0),
        (("--board", "aqa", "--question", "substance khrushchev"), 1),
    ):
        assert len(cli("review", "group", "13H", *options, "--json").json["assignments"]) == count


def test_the_page_of_a_class(cli: Cli, slid: Path) -> None:
    page = cli("review", "group", "13H").out
    assert "26 marks in 1 assignment: mean 60% of the maximum." in page
    assert "2026-11-10  Khrushchev  26  15.0  15.0    2.3     25  60%" in page
    assert "  Noor Rahman: Khrushchev" in page
    assert "Khrushchev: The last eight sit 5.1 marks below" in page
    nothing = cli("review", "group", "13H", "--year", "2019-20")
    assert (nothing.code, nothing.err) == (0, "No assignment fits.\n")


def test_names_stay_hidden(cli: Cli, slid: Path) -> None:
    assert cli("assignment", "names", "Khru", "--hide").code == 0
    page = cli("review", "assignment", "Khru")
    assert re.search(r"1 under L5: #[0-9]{3}\n", page.out)
    assert "O’Connell" not in page.out
    near = cli("review", "assignment", "Khru", "--json").json["boundaries"]["near"]
    assert {one["student"] for one in near} == {None}


def test_another_marker_is_told_whose_marks_there_are(cli: Cli, slid: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKDESK_MARKER", "Ms Lee")
    done = cli("review", "assignment", "Khru")
    assert "Nothing has a mark yet" in done.out
    assert "Others who mark here, for --marked-by: Ms Test." in done.err
    assert cli("review", "assignment", "Khru", "--marked-by", "Ms Test", "--json").json["marks"]["n"] == 26


def test_entered_boundaries(cli: Cli, slid: Path, tmp_path: Path) -> None:
    folder = tmp_path / "xdg_config_home" / "markdesk" / "boundaries"
    folder.mkdir(parents=True)
    (folder / "aqa.toml").write_text(
        'schema = "markdesk.boundaries/1"\nboard = "AQA"\nspec = "7042"\n[[set]]\nseries = "2026-06"\n'
        'option = "7042AE"\n'
        'level = "notional_component"\ncomponent = "1"\nmax = 25\nsource = "The board"\ngrades = { A = 19, B = 17 }\n'
    )
    options = ("--series", "2026-06", "--option", "7042AE", "--component", "1")
    page = cli("review", "assignment", "Khru", *options).out
    assert "Boundaries: 2026-06, 7042AE, component 1" in page
    assert "A from 19: 2 reach it; if it were 1 lower, 2 more would" in page
    assert "1 under A:" in page


@pytest.mark.parametrize(
    ("argv", "code", "told"),
    [
        (("assignment", "Nothing"), 1, "No assignment is called 'Nothing'."),
        (("assignment", "Khru", "--scale", "ao9"), 1, "No scale is called 'ao9' here. There are: main."),
        (("assignment", "Khru", "--marks", "9-3"), 2, "--marks is a mark or a range such as 14-18"),
        (
            ("assignment", "Khru", "--marked-by", "Nobody"),
            1,
            "Nobody called 'Nobody' has marked here. Markers: Ms Test.",
        ),
        (("assignment", "Khru", "--series", "2026-06"), 2, "--series and --option go together"),
        (("group", "9Z"), 1, "No class is called '9Z'."),
        (("group", "--year", "2026"), 2, "--year is a school year such as 2026-27"),
    ],
)
def test_what_is_refused(cli: Cli, slid: Path, argv: tuple[str, ...], code: int, told: str) -> None:
    refused = cli("review", *argv)
    assert (refused.code, refused.out) == (code, "")
    assert told in refused.err


def test_a_pile_without_a_mark(cli: Cli, imported: Path) -> None:
    done = cli("review", "assignment", "Henry VII")
    assert done.code == 0, done.err
    assert "Nothing has a mark yet\n2 essays" in done.out
    assert "2 essays: 0 with a mark of 25, 2 without a mark" in done.out
    assert "Of drift nothing is told under 20 finished essays: here 0." in done.out
    assert cli("review", "assignment", "Henry VII", "--json").json["marks"]["mean"] is None
    assert cli("review", "group", "13H").code == 0
