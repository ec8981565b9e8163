"""``markdesk review assignment`` and ``review group``: the page as text, the shape of the answer, what is refused."""

import re
import sqlite3
import statistics
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.test_shapes import FIGURE, MAYBE_TEXT, NUMBER, TEXT, YES_NO, Free, differences
from tests.tui.drifted import SLIDING, drifted

DRIFT = {
    "n": NUMBER, "third": NUMBER, "mean_first": float, "mean_last": float, "usual_first": FIGURE,
    "usual_last": FIGURE, "difference": float, "chance": float, "is_sign": YES_NO,
}  # fmt: skip
RECURS = {
    "n": NUMBER, "stamps": [{"code": TEXT, "meaning": TEXT, "essays": NUMBER, "tone": TEXT}],
    "said": [{"field": TEXT, "text": TEXT, "essays": NUMBER}],
    "targets": {"judged": NUMBER, "met": NUMBER, "partly": NUMBER},
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
        "near": [{"script": TEXT, "short_id": TEXT, "student": MAYBE_TEXT, "total": NUMBER, "edge": TEXT,
                  "under_by": NUMBER}],
    },
    "not_handed_in": [{"id": TEXT, "name": TEXT, "why": MAYBE_TEXT}],
    "drift": {"told": TEXT, "total": DRIFT, "scales": Free(of=DRIFT)},
    "recurs": RECURS,
    "against_usual": (dict, type(None)),
    "mirror": {"n": NUMBER, "first": HAND, "last": HAND},
}  # fmt: skip
ON = {
    "filters": {
        "year": MAYBE_TEXT, "board": MAYBE_TEXT, "question": MAYBE_TEXT, "marked_by": MAYBE_TEXT, "scale": MAYBE_TEXT,
        "level": (int, type(None)), "marks": (list, type(None)), "stamp": MAYBE_TEXT, "tag": MAYBE_TEXT,
        "text": MAYBE_TEXT,
    },
    "left": {"essays": NUMBER, "of": NUMBER}, "loosen": [{"filter": TEXT, "essays": NUMBER}], "file": MAYBE_TEXT,
    "picked": (list, type(None)),
}  # fmt: skip
POOLED = [{"name": TEXT, "n": NUMBER, "share": float}]
COURSE = {
    "assignments": [PILE],
    "together": {
        "n": NUMBER, "mean_share": FIGURE, "tenths": [NUMBER], "scales": POOLED, "strands": POOLED, "weakest": [TEXT],
        "not_compared": [TEXT], "classes": POOLED,
    },
    "recurs": RECURS,
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
        "The last eight of 26 essays sit 5.1 marks below the first eight; chance would do this in fewer than 1 of 100"
        in page
    )
    assert "Comments: none on a passage in the first 8 or the last 8." in page


def test_the_shapes(cli: Cli, slid: Path) -> None:
    found = cli("review", "assignment", "Khru", "--json").json
    assert differences(found, {"schema": TEXT, **PILE, **ON}) == []
    assert found["schema"] == "markdesk/review-assignment/1"
    assert found["marks"]["counts"] == {str(mark): SLIDING.count(mark) for mark in sorted(set(SLIDING))}
    course = cli("review", "group", "13H", "--json").json
    assert differences(course, {"schema": TEXT, "group": TEXT, **COURSE, **ON}) == []
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


def test_the_essays_that_filters_pick_are_named(cli: Cli, slid: Path) -> None:
    found = cli("review", "assignment", "Khru", "--marks", "19-20", "--json").json["picked"]
    shape = {
        "script": TEXT, "short_id": TEXT, "student": TEXT, "assignment": TEXT, "total": NUMBER, "max": NUMBER,
    }  # fmt: skip
    assert [differences(one, shape) for one in found] == [[], []]
    assert sorted(one["total"] for one in found) == [19, 20]
    assert cli("review", "group", "13H", "--marks", "19-20", "--json").json["picked"] == found
    assert cli("review", "assignment", "Khru", "--json").json["picked"] is None
    assert cli("review", "group", "13H", "--year", "2026-27", "--json").json["picked"] is None, "whole piles"
    page = cli("review", "assignment", "Khru", "--marks", "19-20").out.splitlines()
    (line,) = (line for line in page if "20 of 25  Level 4" in line)
    best = next(one for one in found if one["total"] == 20)
    assert line.split("  ")[0] == best["student"]
    assert page.index(line) < next(at for at, told in enumerate(page) if told.startswith("n 2 · "))
    course = cli("review", "group", "13H", "--marks", "19-20").out
    assert re.search(rf"{best['student']} +Khrushchev +20 of 25 +Level 4", course)


def test_hidden_names_are_numbers_among_the_picked(cli: Cli, slid: Path) -> None:
    named = cli("review", "assignment", "Khru", "--stamp", "K", "--json").json["picked"]
    with closing(sqlite3.connect(slid)) as db, db:
        db.execute("update assignment set is_anonymous = 1")
    hidden = cli("review", "assignment", "Khru", "--stamp", "K", "--json").json["picked"]
    assert {(one["student"], one["script"]) for one in hidden} == {(None, None)}, "a whole id begins with a time"
    ids = [[one["short_id"] for one in found] for found in (hidden, named)]
    assert sorted(ids[0]) == sorted(ids[1])
    assert ids[0] != ids[1], "their order would tell who is who"
    page = cli("review", "assignment", "Khru", "--stamp", "K").out
    shown = [line[:4] for line in page.splitlines() if line.startswith("#")]
    assert (len(shown), shown) == (27, sorted(shown))


def test_words_and_what_was_noted(cli: Cli, slid: Path) -> None:
    def left(*options: str) -> list[int]:
        found = cli("review", "assignment", "Khru", *options, "--json").json
        return [found["left"]["essays"], found["left"]["of"]]

    assert cli("assignment", "note", "Khrushchev/Finn O’Connell", "--flag", "--heap", "worried").code == 0
    assert left("--tag", "worried") == left("--tag", "flagged") == [1, 27]
    assert left("--tag", "good") == [0, 27]
    assert left("--text", '"essay of Amara Okafor"') == [2, 27], "Amara Okafor and Amara Okafor 14"
    assert left("--text", "khrushchev hungary") == [27, 27], "words of two paragraphs stand in one text"
    assert left("--text", "rose NEAR hungary", "--tag", "flagged") == [1, 27]


def test_nothing_left_says_which_filter_to_loosen(cli: Cli, slid: Path) -> None:
    done = cli("review", "assignment", "Khru", "--stamp", "K", "--text", "nowhere", "--level", "4")
    above = sum(mark >= 16 for mark in SLIDING)
    assert done.err == f"No essay is left. {above} essays would be left without the filter text “nowhere”.\n"
    assert "level 4 · stamp K · text “nowhere” · 0 of 27 essays" in done.out
    assert cli("review", "assignment", "Khru", "--level", "1", "--stamp", "E").err == (
        "No essay is left, and taking one filter off is not enough.\n"
    )
    found = cli("review", "group", "13H", "--marks", "24-25", "--json").json
    assert found["loosen"] == [{"filter": "marks", "essays": 27}]


def test_what_is_shown_goes_into_a_file(cli: Cli, slid: Path, tmp_path: Path) -> None:
    to = tmp_path / "khrushchev.md"
    done = cli("review", "assignment", "Khru", "--level", "4", "--to", str(to))
    assert (done.code, done.out) == (0, ""), done.err
    text = to.read_text(encoding="utf-8")
    assert "level 4 · 11 of 27 essays" in text
    assert "mean" in text
    assert cli("review", "assignment", "Khru", "--level", "4", "--to", str(to)).code == 0, "just the same"
    refused = cli("review", "assignment", "Khru", "--to", str(to))
    assert (refused.code, "--force" in refused.err) == (1, True)
    assert to.read_text(encoding="utf-8") == text
    assert cli("review", "assignment", "Khru", "--to", str(to), "--force").code == 0
    some = tmp_path / "level-4.csv"
    assert cli("review", "assignment", "Khru", "--level", "4", "--to", str(some)).code == 0
    lines = some.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].endswith(",share %,looked at")
    assert all(line.endswith(",level 4 · 11 of 27 essays") for line in lines[1:]), "a figure of some says so"
    figures = tmp_path / "13h.csv"
    found = cli("review", "group", "13H", "--to", str(figures), "--json").json
    assert found["file"] == str(figures)
    rows = figures.read_text(encoding="utf-8-sig").splitlines()
    mean, spread = statistics.mean(SLIDING), statistics.pstdev(SLIDING)
    assert rows[1] == (
        f"2026-11-10,Khrushchev,13H,total,,26,{mean:.2f},15,{round(spread, 2):g},11,20,25,{100 * mean / 25:.1f}"
    )


def test_nothing_is_written_where_no_essay_is_left(cli: Cli, slid: Path, tmp_path: Path) -> None:
    to = tmp_path / "out" / "x.txt"
    refused = cli("review", "assignment", "Khru", "--stamp", "E", "--to", str(to))
    told = "markdesk: Nothing is written. No essay is left. 27 essays would be left without the filter stamp E.\n"
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.endswith(told.removeprefix("markdesk: "))
    assert not to.parent.exists()
    assert cli("review", "group", "13H", "--stamp", "E", "--to", str(to), "--json").code == 1
    done = cli("review", "assignment", "Khru", "--stamp", "k", "--to", str(to))
    assert done.code == 0, done.err
    assert "stamp K · 27 essays" in to.read_text(encoding="utf-8"), "in a folder that is made, as other exports do"


def test_what_recurs(cli: Cli, slid: Path) -> None:
    with closing(sqlite3.connect(slid)) as db, db:
        db.execute("update annotation set code = 'NAR' where id in (select id from annotation order by id limit 4)")
        db.execute("update annotation set code = 'SEEN' where id = (select max(id) from annotation)")
        db.execute("update annotation set comment = 'Which year?' where id in (select id from annotation limit 3)")
        db.execute("update annotation set comment = 'which  YEAR?. ' where id = (select max(id) from annotation)")
        for became, some in (("met", 2), ("not yet", 1), ("not judged", 1)):
            unjudged = "select id from marking where last_target is null order by id limit ?"
            db.execute(f"update marking set last_target = ? where id in ({unjudged})", (became, some))
    found = cli("review", "assignment", "Khru", "--json").json["recurs"]
    assert [(one["code"], one["essays"]) for one in found["stamps"]] == [("K", 22), ("NAR", 4)], "SEEN says nothing"
    assert found["said"] == [{"field": "margin", "text": "Which year?", "essays": 4}]
    assert found["targets"] == {"judged": 3, "met": 2, "partly": 0}
    assert cli("review", "group", "13H", "--json").json["recurs"] == found, "of one pile the same"
    for what in (("assignment", "Khru"), ("group", "13H")):
        page = cli("review", *what).out
        told = page.partition("What recurs, on how many of the finished essays\n")[2].splitlines()
        assert told[0] == "  To work on"
        assert told[1].startswith("    NAR      4 of 27  ")
        assert told[2] == "  Done well"
        assert told[3].startswith("    K       22 of 27  ")
        assert told[4:6] == ["  In the same words", "    Margin   4 of 27  Which year?"]
        assert told[6] == "  Targets set before: 2 of 3 met, 0 partly, 1 not."
    some = cli("review", "assignment", "Khru", "--stamp", "NAR", "--json").json["recurs"]
    assert (some["n"], [(one["code"], one["essays"]) for one in some["stamps"]]) == (4, [("NAR", 4)])


def test_an_unknown_stamp_is_refused(cli: Cli, slid: Path, tmp_path: Path) -> None:
    for what in (("assignment", "Khru"), ("group", "13H"), ("group",)):
        refused = cli("review", *what, "--stamp", "NOPE", "--to", str(tmp_path / "x.pdf"))
        assert (refused.code, refused.out) == (1, "")
        assert "No stamp is called 'NOPE' here. There are: ✓, K, E, " in refused.err
    assert not (tmp_path / "x.pdf").exists()
    with closing(sqlite3.connect(slid)) as db, db:
        db.execute("update annotation set code = 'OLD' where id = (select min(id) from annotation)")
    assert cli("review", "group", "--stamp", "OLD", "--json").json["left"]["essays"] == 1, "from a set of her own"


def test_the_page_of_a_class(cli: Cli, slid: Path) -> None:
    page = cli("review", "group", "13H").out
    assert "26 marks in 1 assignment: mean 60% of the maximum." in page
    assert "2026-11-10  Khrushchev  26  15.0  15.0    2.3     25  60%" in page
    assert "  Noor Rahman: Khrushchev" in page
    assert "Khrushchev: The last eight of 26 essays sit 5.1 marks below" in page
    nothing = cli("review", "group", "13H", "--year", "2019-20")
    assert (nothing.code, nothing.err) == (
        0,
        "No assignment fits. 27 essays would be left without the filter 2019-20.\n",
    )


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
        (("assignment", "Khru", "--level", "9"), 1, "There is no level 9 here. There are: 1, 2, 3, 4, 5."),
        (("group", "13H", "--scale", "main", "--level", "6"), 1, "There is no level 6 of main here. There are: 1, 2,"),
        (("assignment", "Khru", "--marks", "9-3"), 2, "The range 9-3 is written backwards. Did you mean 3-9?"),
        (("assignment", "Khru", "--marks", "good"), 2, "'good' is no mark and no range. Write it like 14-18."),
        (("assignment", "Khru", "--tag", "odd"), 2, "It is one of: flagged, good, middling, weak, worried."),
        (("assignment", "Khru", "--text", "!?"), 2, "There is no word in that to look for."),
        (
            ("group", "--text", "student:okafor"),
            2,
            "student:, group:, year: and stamp: are for the search of",
        ),
        (("group", "--to", "marks.ods"), 2, "It is one of: pdf, docx, html, md, txt, xlsx, csv."),
        (("assignment", "Khru", "--to", "marks"), 2, "The file's ending says what it is."),
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
