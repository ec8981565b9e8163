"""A review as a sheet and as figures: what the page shows, hidden names hidden, private notes in none."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from markdesk.core.changes import AssignmentChanged
from markdesk.core.charts import Strip
from markdesk.core.errors import MarkdeskError, UsageProblem
from markdesk.core.feedback import Field
from markdesk.desk.desk import Desk
from markdesk.desk.looking_back import LookBack, look_back
from markdesk.desk.review_filters import Filters
from markdesk.desk.review_tables import figure_tables
from markdesk.desk.review_words import MOST_PICKED, picked_told
from markdesk.formats.documents.document import Bars, Chart, Facts, Prose, Table
from markdesk.formats.giving_out import put, review, review_path
from markdesk.formats.review_files import ENDINGS, write_review
from markdesk.formats.sheets.review import review_sheet
from markdesk.formats.workbook_reading import read_cells
from tests.exports.classes import a_class
from tests.exports.payloads import PAYLOADS
from tests.unit.test_assignment_review import open_script, piled

ON = "2026-11-26"
PRIVATE = "Unhappy at home"


@pytest.fixture(scope="module")
def desk() -> Desk:
    made = a_class(12)
    open_script(made, 1).write_feedback(Field.NOTE, 1, PRIVATE)
    return made


@pytest.fixture(scope="module")
def pile(desk: Desk) -> LookBack:
    return look_back(desk, Filters(assignment=desk.store.assignments()[0].id))


def test_every_piece_of_the_page_stands_on_the_sheet(pile: LookBack) -> None:
    sheet = review_sheet(pile, ON)
    assert (sheet.title, sheet.whose) == ("Khrushchev: style or substance?", "13H")
    (facts,) = [block for block in sheet.blocks if isinstance(block, Facts)]
    assert dict(facts.pairs)["Looked at"] == "11 essays"
    (marks,) = [block.shown for block in sheet.blocks if isinstance(block, Chart)]
    assert pile.pile is not None
    assert marks.n == len(pile.pile.summary.marks)
    assert any(isinstance(block, Bars) for block in sheet.blocks), "the levels"
    said = "\n".join(run.text for block in sheet.blocks if isinstance(block, Prose) for run in block.runs)
    assert pile.pile.drift.told in said, "of an order that isn't known there is no chart, but why is said"
    assert "Not handed in, 1:" in said
    assert "Weakest: " in said
    tables = [block for block in sheet.blocks if isinstance(block, Table)]
    assert len(tables[0].rows) == len(pile.pile.strands)


def test_drift_stands_beside_its_chart_and_nowhere_else() -> None:
    desk = piled([10 + n % 9 for n in range(24)])
    look = look_back(desk, Filters(assignment=desk.store.assignments()[0].id))
    order, marks = [block.shown for block in review_sheet(look, ON).blocks if isinstance(block, Chart)]
    assert isinstance(order, Strip)
    assert (order.n, order.ends, marks.n) == (24, 8, 24)
    assert look.pile is not None
    text = " ".join(write_review(look, "txt", ON).decode().split())
    assert text.count(look.pile.drift.told) == 1
    assert "10 ################" in text, "the counts are bars where nothing is drawn"
    assert write_review(look, "html", ON).count(b"<svg") >= 2


def test_the_class_s_sheet_has_a_row_an_assignment(desk: Desk) -> None:
    sheet = review_sheet(look_back(desk, Filters(year="2026-27")), ON)
    assert (sheet.title, sheet.subtitle) == ("Every class", "2026-27")
    assert any(isinstance(block, Table) and block.heading[1] == "Assignment" for block in sheet.blocks)


def test_the_essays_that_are_left_stand_on_the_sheet_and_in_the_workbook(desk: Desk) -> None:
    look = look_back(desk, Filters(marks=(0, 25)))
    assert len(look.picked) == look.left > 0
    table = next(block for block in review_sheet(look, ON).blocks if isinstance(block, Table))
    assert [row[0] for row in table.rows] == [one.called for one in look.picked]
    essays = next(one for one in figure_tables(look) if one.name == "Essays")
    assert [row[3:5] for row in essays.rows] == [(one.called, one.row.total.value) for one in look.picked]
    assert figure_tables(look)[0].name == "Figures", "which is what a CSV has"


def test_of_many_the_first_are_listed() -> None:
    look = look_back(piled([10] * (MOST_PICKED + 3)), Filters(marks=(10, 10)))
    rows, more = picked_told(look)
    assert (len(rows), more) == (MOST_PICKED, "and 3 more")
    text = write_review(look, "txt", ON).decode()
    assert "and 3 more." in text


def test_where_nothing_is_left_nothing_is_written(desk: Desk, tmp_path: Path) -> None:
    look = look_back(desk, Filters(year="2019-20"))
    for write in (
        lambda: write_review(look, "txt", ON), lambda: review(desk, look, str(tmp_path / "a.md")),
        lambda: review_path(look),
    ):  # fmt: skip
        with pytest.raises(MarkdeskError, match=r"Nothing is written\. No assignment fits\. 11 essays would"):
            write()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_no_private_note_is_in_any_file(pile: LookBack, ending: str) -> None:
    content = write_review(pile, ending, ON)
    assert len(content) > 200
    assert PRIVATE.encode() not in content
    assert write_review(pile, ending, ON) == content, "the same again, byte by byte"


def test_hidden_names_stay_hidden() -> None:
    desk = piled([15, 14, 20])
    its = desk.store.assignments()[0]
    desk.commit("hide", "names", (AssignmentChanged(its, replace(its, is_anonymous=True)),))
    look = look_back(desk, Filters(assignment=its.id))
    names = [entry.student.family_name for entry in desk.store.entries(desk.marker.id)]
    text = write_review(look, "txt", ON).decode()
    assert "#0" in text, "numbers stand for those who are near a boundary"
    missing = {one.student.family_name for pile in look.piles for one in pile.missing}
    assert [name for name in names if name in text and name not in missing] == []
    figures = write_review(look, "xlsx", ON)
    shown = {str(cell) for page in read_cells(figures) for cell in page.values()}
    assert [name for name in names if name not in missing and any(name in cell for cell in shown)] == []


def test_the_figures_as_tables(pile: LookBack) -> None:
    figures = figure_tables(pile)[0]
    rows = list(csv.reader(io.StringIO(write_review(pile, "csv", ON).decode("utf-8-sig"))))
    assert rows[0] == list(figures.heading)
    assert len(rows) == 1 + len(figures.rows)
    assert pile.pile is not None
    its = pile.pile.summary.figures
    assert its is not None
    total = dict(zip(rows[0], rows[1], strict=True))
    assert (total["of what"], total["n"], float(total["mean"])) == ("total", str(its.n), round(float(its.mean), 2))
    often = next(table for table in figure_tables(pile) if table.name == "How often")
    assert sum(int(row[-1] or 0) for row in often.rows if row[2] == "total") == its.n
    pages = read_cells(write_review(pile, "xlsx", ON))
    assert [page[0, 0] for page in pages] == [table.heading[0] for table in figure_tables(pile)]


def test_hostile_names_are_text_in_every_file() -> None:
    desk = piled([15, 14])
    for payload in PAYLOADS[::4]:
        its = desk.store.assignments()[0]
        name = payload.text[:200].strip() or "x"
        desk.commit("name", "it", (AssignmentChanged(its, replace(its, name=name)),))
        look = look_back(desk, Filters(assignment=its.id))
        for ending in ("csv", "xlsx", "html", "md", "txt"):
            assert write_review(look, ending, ON)


def test_a_file_is_never_overwritten_unasked(desk: Desk, pile: LookBack, tmp_path: Path) -> None:
    assert Path(review_path(pile)).name.startswith("review-13h-khrushchev")
    to = tmp_path / "it.txt"
    file = review(desk, pile, str(to))
    assert not file.is_there
    assert put(file, False)
    assert not put(review(desk, pile, str(to)), False), "the same again"
    other = review(desk, look_back(desk, Filters(level=3)), str(to))
    assert other.is_there
    with pytest.raises(MarkdeskError, match="there already"):
        put(other, False)
    assert put(other, True)
    for path in (str(tmp_path / "it"), str(tmp_path / "it.exe")):
        with pytest.raises(UsageProblem, match="It is one of"):
            review(desk, pile, path)
    for path in ("x" * 10_000 + ".txt", "a\0b.txt"):
        with pytest.raises(MarkdeskError):
            put(review(desk, pile, path), False)
