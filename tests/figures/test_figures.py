"""Every figure of ``--json``, the screens and the sheets, against plain SQL and Python's own statistics.

The expected answers are whole ones, key by key: a figure that is new, or that goes, fails until it is worked out in
``by_sql`` too.
"""

import io
import re
from collections import Counter
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from markdesk.desk.assignment_review import pile_review
from markdesk.desk.assignments import class_sheet
from markdesk.desk.charts import record_chart, student_charts
from markdesk.desk.desk import Desk, find_student
from markdesk.desk.record import record_of
from markdesk.desk.student_view import student_view
from markdesk.formats.marks_xlsx import write_workbook
from tests.figures import by_sql
from tests.figures.by_sql import Json, ask, rounded
from tests.figures.conftest import Answer
from tests.figures.desk import DAYS, FIRST, IDLE, LAST, MOVED, NEA, NEW, STUDENTS
from tests.tui.seat import World

PILES = (FIRST, NEA, MOVED, LAST)


def numbers(text: str) -> list[float]:
    return [float(found) for found in re.findall(r"\d+(?:\.\d+)?", text)]


def by_name(its: list[Json]) -> Json:
    return {one["name"]: {key: one[key] for key in one if key != "name"} for one in its}


def without_told(found: Json) -> Json:
    often = [{key: one[key] for key in ("code", "essays")} for one in found["recurs"]["stamps"]]
    drift = {key: its for key, its in found["drift"].items() if key != "told"}
    return {**found, "drift": drift, "recurs": {**found["recurs"], "stamps": often}}


def looked_at(found: Json) -> int:
    """How many essays a review with no filter on says that it is of; what it says of filters is taken off it."""
    assert found.pop("picked") is None
    assert (found.pop("file"), found.pop("loosen"), set(found.pop("filters").values())) == (None, [], {None})
    left = found.pop("left")
    assert left["essays"] == left["of"]
    return int(left["of"])


# -- review assignment, review group


@pytest.mark.parametrize("name", PILES)
def test_a_pile_is_what_sql_says(answer: Answer, path: Path, name: str) -> None:
    found = answer("review", "assignment", name, "--json").json
    assert found.pop("schema") == "markdesk/review-assignment/1"
    assert looked_at(found) == len(by_sql.lines_of(path, name))
    assert without_told(found) == by_sql.pile(path, name)


def test_the_desk_has_what_a_figure_may_stumble_over(path: Path) -> None:
    first, nea, moved, last = (by_sql.pile(path, name) for name in PILES)
    assert (first["marks"]["no_response"], first["marks"]["not_finished"], first["marks"]["without_mark"]) == (1, 1, 1)
    assert first["marks"]["lowest"] == 0, "a 0 is a mark"
    assert (nea["rubric"]["max_mark"], nea["scales"][1]["no_response"]) == (40, 1)
    assert moved["marks"]["under_another_maximum"] == moved["scales"][0]["under_other_ranges"] == 4
    assert last["drift"]["total"]["usual_first"] is not None
    assert nea["drift"]["total"]["usual_first"] is None, "one earlier mark is too little to go by"
    assert nea["drift"]["scales"]
    assert last["not_handed_in"] == [{"id": IDLE.id, "name": IDLE.name, "why": "absent"}]


def test_the_sentence_on_drift_has_the_figures(answer: Answer, path: Path) -> None:
    for name in (NEA, LAST):
        told = answer("review", "assignment", name, "--json").json["drift"]["told"]
        its = by_sql.pile(path, name)["drift"]["total"]
        n, first, last = its["n"], its["mean_first"], its["mean_last"]
        exactly = numbers(told)
        assert exactly[0] == n
        assert rounded(abs(Fraction(str(its["difference"]))), 1) == pytest.approx(exactly[1], abs=0.051)
        assert exactly[2] - 1 <= 100 * its["chance"] <= exactly[2]
        assert exactly[3] == 100
        if its["usual_first"] is None:
            assert len(exactly) == 4
        else:
            assert exactly[4:] == pytest.approx([first, last, its["usual_first"], its["usual_last"]], abs=0.051)


def test_a_year_together_is_what_sql_says(answer: Answer, path: Path) -> None:
    found = answer("review", "group", "13H", "--json").json
    assert looked_at(found) == sum(len(by_sql.lines_of(path, name)) for name in PILES)
    piles = [by_sql.pile(path, name) for name in sorted(PILES, key=DAYS.__getitem__, reverse=True)]
    assert [without_told(pile) for pile in found["assignments"]] == piles
    mine = found["together"]
    assert {**mine, "scales": by_name(mine["scales"]), "strands": by_name(mine["strands"])} == by_sql.together(
        piles, path
    )
    owing = {name: {p["assignment"]["name"] for p in piles if name in {o["name"] for o in p["not_handed_in"]}}
             for p in piles for name in {o["name"] for o in p["not_handed_in"]}}  # fmt: skip
    assert {one["name"]: set(one["assignments"]) for one in found["not_handed_in"]} == owing
    assert found["recurs"]["n"] == sum(pile["recurs"]["n"] for pile in piles)
    assert found["recurs"]["targets"]["judged"] == sum(pile["recurs"]["targets"]["judged"] for pile in piles)
    often: Counter[str] = Counter()
    for pile in piles:
        often.update({one["code"]: one["essays"] for one in pile["recurs"]["stamps"]})
    assert {one["code"]: one["essays"] for one in found["recurs"]["stamps"]} == dict(often)
    assert found["recurs"]["said"], "or nothing would be compared"
    assert found["recurs"]["said"] == by_sql.said(path, [pile["assignment"]["id"] for pile in piles])
    assert set(found) == {"schema", "group", "assignments", "together", "not_handed_in", "recurs"}


@pytest.mark.parametrize("name", PILES)
def test_the_page_says_the_same_in_words(answer: Answer, path: Path, name: str) -> None:
    page, its = answer("review", "assignment", name).out, by_sql.pile(path, name)
    marks, most = its["marks"], its["rubric"]["max_mark"]
    mean, median, sd = (rounded(Fraction(str(marks[key])), 1) for key in ("mean", "median", "sd"))
    assert f"n {marks['n']} · mean {mean:.1f} of {most} · median {median:.1f} · spread {sd:.1f}" in page
    assert f"from {marks['lowest']} to {marks['highest']}" in page
    rule = "no response (NR) and what has no mark are in no mean, and never count as 0"
    assert (rule in page) == bool(marks["no_response"] + marks["without_mark"])
    block = page.partition("\nMarks\n")[2].partition("\n\n")[0]
    bars = re.findall(r"^ +(\d+)(?:–(\d+))?(?:  █+ (\d+))?$", block, re.MULTILINE)
    assert len(bars) == len(block.splitlines()) > 1
    for low, high, count in bars:
        within = range(int(low), int(high or low) + 1)
        assert sum(n for mark, n in marks["counts"].items() if int(mark) in within) == int(count or 0)
    assert sum(int(count or 0) for _, _, count in bars) == marks["n"], "every mark stands in one of them"
    for strand in its["strands"]:
        shown = rounded(Fraction(str(strand["mean_level"])), 1)
        assert re.search(rf"{re.escape(strand['name'])} .* {strand['n']}  {shown:.1f}", page)
    if marks["under_another_maximum"]:
        assert f"{marks['under_another_maximum']} left out: under an earlier maximum" in page
    for edge in its["boundaries"]["edges"]:
        assert f"{edge['name']} from {edge['lowest']}: {edge['reached'] or 'none'} reach" in page


# -- one student: the command, the screen, the record


def works_of(path: Path, student: str) -> list[tuple[str, by_sql.Line]]:
    """What she was given, oldest first."""
    return [(name, line) for name in PILES for line in by_sql.lines_of(path, name) if line.student == student]


def pairs(works: list[tuple[str, by_sql.Line]]) -> tuple[int, int, int]:
    """How often the later of two is higher, lower, the same; those of one day are no pair."""
    given = [(DAYS[name], line.share) for name, line in works if line.share is not None]
    found = [later - earlier for (day, earlier), (another, later) in combinations(given, 2) if day != another]
    return sum(one > 0 for one in found), sum(one < 0 for one in found), found.count(Fraction())


@pytest.mark.parametrize("student", [*STUDENTS[:9], NEW, IDLE], ids=lambda one: one.name)
def test_a_student_s_course_is_what_sql_says(answer: Answer, desk: Desk, path: Path, student: Any) -> None:
    works = works_of(path, student.id)
    finished = [(name, line) for name, line in works if line.status in by_sql.DONE]
    marked = sum(line.share is not None for _, line in finished)
    told = [
        "…" if line.status not in by_sql.DONE else f"{line.total}/{line.most}" if line.total != "NR" else "NR"
        for _, line in works
    ]
    view = student_view(desk, student)
    shown = [(work.told, work.share) for work in view.works]
    gaps = [name for name in PILES if name not in {name for name, _ in works}]
    assert [one for one in shown if one[0] != "–"] == [
        (words, line.share if line.status in by_sql.DONE else None)
        for words, (_, line) in zip(told, works, strict=True)
    ]
    assert len(shown) - len(works) == len(gaps)
    assert view.essays == len(finished)
    charted = [line.trend for chart in student_charts(view) if "Marks" in chart.title for line in chart.lines]
    assert len(charted) == bool(marked)
    on_paper = record_chart(record_of(desk, student))
    assert on_paper.lines[0].trend == view.record.trend
    assert [point for point in on_paper.lines[0].points if point] == [
        point for chart in student_charts(view)[: bool(marked)] for point in chart.lines[0].points if point
    ], "the paper's line is the screen's"
    for trend in (view.record.trend, record_of(desk, student).trend, *charted):
        assert (trend.count, (trend.up, trend.down, trend.same)) == (marked, pairs(finished))
    record = record_of(desk, student)
    assert [mark.share for mark in record.marks] == [
        Fraction(line.total, line.most) if isinstance(line.total, int) else None for _, line in finished
    ]
    assert [mark.total for mark in record.marks] == [
        f"{line.total} of {line.most}" if line.total != "NR" else "NR" for _, line in finished
    ]
    owed = by_sql.ask(
        path,
        "select a.id, b.why from assignment a left join absence b on b.assignment_id = a.id and b.student_id = ?"
        " where a.id not in (select assignment_id from script where student_id = ?)"
        " and (b.why is not null or a.id in (select assignment_id from script)) and a.kind <> 'NEA draft'",
        student.id, student.id,
    )  # fmt: skip
    waiting = [(name, line.status) for name, line in works if line.status not in by_sql.DONE]
    named: dict[str, str] = {about.id: about.name for about in desk.store.assignments()}
    assert sorted((gap.assignment, gap.why) for gap in record.gaps) == sorted(
        [(named[name], "being marked" if status else "not marked yet") for name, status in waiting]
        + [(named[name], f"not handed in ({why})" if why else "not handed in") for name, why in owed]
    )
    for series in view.series:
        if series.is_strand:
            expected = [
                level
                for _, line in finished
                for scale in line.scheme["scales"]
                for strand in line.scheme["strands"]
                if strand["name"] == series.name
                and (level := by_sql.placed(line, scale["id"]).get(strand["id"])) is not None
            ]
            points = [point for point in series.points if point is not None]
            assert [int(point.told[1]) for point in points] == expected
    codes = [{code for code, _ in line.stamps if code} for _, line in finished]
    for stamp in view.recurring:
        if stamp.code:
            assert stamp.times == sum(stamp.code in its for its in codes)
    markings = answer("review", "student", student.id, "--json").json["markings"]
    begun = [(name, line) for name, line in works if line.status]
    assert [
        (m["assignment_id"], m["total"], m["max"], m["annotations"], sum(m["codes"].values())) for m in markings
    ] == [(name, line.total, line.most, len(line.stamps), len(line.stamps)) for name, line in reversed(begun)]
    for marking, (_, line) in zip(markings, reversed(begun), strict=True):
        for award in marking["awards"]:
            its = line.given[award["scale"]]
            assert award["mark"] == ("NR" if its["no_response"] else its["mark"])
            assert award["level"] == its["level"]
            assert {name: one["level"] for name, one in award["strands"].items()} == by_sql.placed(line, award["scale"])


# -- the class mark sheet: JSON, and the workbook's own sheet of figures


@pytest.mark.parametrize("name", [FIRST, NEA, LAST])
def test_the_statistics_of_a_mark_sheet_are_what_sql_says(answer: Answer, path: Path, name: str) -> None:
    found = answer("export", "marks", "-a", name, "--format", "json").json
    its, lines = by_sql.pile(path, name), by_sql.lines_of(path, name)
    scheme = lines[0].scheme
    told = {key: its["marks"][key] for key in ("n", "mean", "median", "sd", "lowest", "highest", "not_finished",
            "no_response", "without_mark")}  # fmt: skip
    assert found["statistics"] == {
        **told,
        "not_handed_in": len(its["not_handed_in"]),
        "levels": [{"scale": scale["id"], **by_sql.levels(lines, scale)} for scale in scheme["scales"]],
        "strands": [{key: one[key] for key in one if key != "share"} for one in its["strands"]],
        "weakest": its["weakest"],
    }
    by_script = {line.script: line for line in lines}
    for row in found["marks"]:
        line = by_script[row["script"]]
        assert (row["total"], row["max"]) == (line.total, line.most)
        hundredth = rounded(Fraction(100 * line.total, line.most), 1) if isinstance(line.total, int) else None
        assert row["percent"] == hundredth
    assert len(found["marks"]) == len(lines)


@pytest.mark.parametrize("name", [FIRST, NEA, LAST])
def test_the_workbook_s_figures_are_what_sql_says(desk: Desk, path: Path, name: str) -> None:
    (about,) = (one for one in desk.store.assignments() if one.id == name)
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(class_sheet(desk, about))), data_only=True)
    cells = {row[0].value: row[1].value for row in book["Summary"].iter_rows(max_col=3) if row[0].value is not None}
    its = by_sql.pile(path, name)
    marks = its["marks"]
    expected = {
        "Students with a mark, n": marks["n"], "Mean": marks["mean"], "Median": marks["median"],
        "Standard deviation": marks["sd"], "Lowest": marks["lowest"], "Highest": marks["highest"],
        "Marks that aren't finished": marks["not_finished"], "No response (NR)": marks["no_response"],
        "Handed in, no mark yet": marks["without_mark"], "Not handed in": len(its["not_handed_in"]),
        **{strand["name"]: strand["mean_level"] for strand in its["strands"]},
        **{f"Level {n}": count for n, count in its["scales"][0]["levels"].items() if n != "0"},
        "0, nothing creditable": its["scales"][0]["levels"]["0"],
    }  # fmt: skip
    assert {label: cells[label] for label in expected} == expected
    counts = {int(label): cells[label] for label in cells if isinstance(label, int) and cells[label]}
    if its["rubric"]["max_mark"] <= 30:
        assert counts == {int(mark): count for mark, count in marks["counts"].items()}


# -- the sheet for the whole class, and a record, as they are printed


@pytest.mark.parametrize("name", [FIRST, LAST])
def test_the_whole_class_sheet_has_the_figures(answer: Answer, path: Path, tmp_path: Path, name: str) -> None:
    said = answer("export", "class", "-a", name, "--to", tmp_path / "class.txt", "--json").json
    sheet = (tmp_path / "class.txt").read_text()
    lines = by_sql.lines_of(path, name)
    done = [line for line in lines if line.status in by_sql.DONE]
    assert (said["finished"], said["handed_in"]) == (len(done), len(lines))
    assert f"{len(done)} of {len(lines)} marked, {len(by_sql.pile(path, name)['not_handed_in'])} not handed in" in sheet
    marks = [line.total for line in done if isinstance(line.total, int)]
    bars = re.findall(r"^(\d+)(?:–(\d+))? +#* ?(\d+)$", sheet, re.MULTILINE)
    for low, high, count in bars:
        assert sum(int(low) <= mark <= int(high or low) for mark in marks) == int(count)
    assert sum(int(count) for _, _, count in bars) == len(marks)
    levels = by_sql.levels(done, lines[0].scheme["scales"][0])
    shown = dict(re.findall(r"^Level (\d) +#* ?(\d+)$", sheet, re.MULTILINE))
    assert {level: int(count) for level, count in shown.items()} == {
        level: count for level, count in levels["counts"].items() if count or level != "0"
    }
    assert f"{levels['no_response']} gave no response. No response (NR) and what has no mark yet" in sheet
    for code in {code for line in done for code, _ in line.stamps if code}:
        essays = sum(code in {its for its, _ in line.stamps} for line in done)
        assert re.search(rf"^{code} .* {essays} of {len(done)}\b", sheet, re.MULTILINE)


def test_a_printed_record_has_the_figures(answer: Answer, path: Path, tmp_path: Path) -> None:
    amara = STUDENTS[6]
    answer("export", "record", "--student", amara.name, "--to", tmp_path, "--format", "txt")
    (page,) = (file.read_text() for file in tmp_path.glob("*.txt"))
    works = works_of(path, amara.id)
    for _, line in works:
        assert isinstance(line.total, int)
        assert f"{line.total} of {line.most}, {rounded(Fraction(100 * line.total, line.most), 0):.0f}%" in page
    up, down, _ = pairs(works)
    assert f"share is higher in {up}, lower in {down}" in " ".join(page.split())
    assert re.search(rf"Pieces of work marked: +{len(works)}\b", page)


# -- the moderator's sample


def evenly_spread(marks: dict[str, int], size: int) -> set[str]:
    """Highest and lowest, and whoever is nearest to each of the marks that divide the range evenly."""
    order = sorted(marks, key=lambda one: (-marks[one], one))
    top, bottom = order[0], next(one for one in order if marks[one] == min(marks.values()))
    taken = [top, bottom]
    for step in range(1, size - 1):
        wanted = marks[top] - Fraction(step * (marks[top] - marks[bottom]), size - 1)
        left = [one for one in order if one not in taken]
        taken.append(min(left, key=lambda one: (abs(marks[one] - wanted), -marks[one], one)))
    return set(taken)


def test_the_moderator_s_sample_and_the_ranks_are_worked_out_again(answer: Answer, path: Path, tmp_path: Path) -> None:
    found = answer("export", "coursework", "-a", NEA, "--to", tmp_path / "nea", "--format", "txt", "--json").json
    lines = {line.script: line for line in by_sql.lines_of(path, NEA)}
    known = ask(path, "select sc.id, candidate_number from script sc join student st on st.id = student_id")
    numbers_of: dict[str, str] = dict(map(tuple, known))
    marks = {numbers_of[script]: line.total for script, line in lines.items() if isinstance(line.total, int)}
    for one in found["candidates"]:
        assert (one["total"], one["max"]) == (lines[one["script"]].total, 40)
    sampled = {numbers_of[one["script"]] for one in found["candidates"] if one["sampled"]}
    assert len(sampled) == 10, "of 11 to 100 candidates"
    assert sampled == evenly_spread(marks, 10)
    rows = [line.split(",") for line in Path(found["csv"]).read_text().splitlines()]
    heading = rows[0]
    for row in rows[1:]:
        its = dict(zip(heading, row, strict=False))
        mark = int(its["total"])
        better = sum(other > mark for other in marks.values())
        assert its["rank"].rstrip("=") == str(better + 1)
        assert its["rank"].endswith("=") == (list(marks.values()).count(mark) > 1)


# -- on the screens


async def test_the_screens_show_the_same_figures(path: Path) -> None:
    marks = by_sql.pile(path, LAST)["marks"]
    mean, median, sd = (rounded(Fraction(str(marks[key])), 1) for key in ("mean", "median", "sd"))
    amara = STUDENTS[6]
    works = works_of(path, amara.id)
    up, down, same = pairs(works)
    async with World(path).sit(size=(120, 40)) as seat:
        await seat.press("enter", "r")
        assert f"n {marks['n']} · mean {mean:.1f} of 25 · median {median:.1f} · spread {sd:.1f}" in seat.spoken
        assert "measured against what each of these students usually gets" in seat.spoken
        await seat.press("escape")
        assert "vs usual" in seat.text or "usually gets" in seat.text
        await seat.press("l")
        assert "vs usual" in seat.text or "usually gets" in seat.text
        await seat.press("escape", "escape", "s")
        while amara.name not in seat.here:
            await seat.press("down")
        await seat.press("enter")
        assert " ".join(f"{line.total}/{line.most}" for _, line in works) in " ".join(seat.text.split())
        told = f"Of {up + down + same} pairs (1 of one day left out) the later share is higher in {up},"
        assert f"{told} lower in {down}" in seat.spoken


# -- who is who


def test_the_screen_of_a_pile_names_those_near_a_boundary_by_their_own_names(desk: Desk, path: Path) -> None:
    (about,) = (one for one in desk.store.assignments() if one.id == LAST)
    found = {(near.row.entry.script.id, near.called) for near in pile_review(desk, about).near}
    assert found == {(near["script"], near["student"]) for near in by_sql.pile(path, LAST)["boundaries"]["near"]}
    assert find_student(desk, "José Álvarez").id != find_student(desk, STUDENTS[1].id).id
