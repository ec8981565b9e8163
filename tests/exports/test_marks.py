"""The class mark sheet in each format: the same marks, typed, with figures that are right."""

import csv
import io
import json
import random
import statistics
from dataclasses import replace
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.boundaries import Boundaries, Level
from markdesk.core.errors import MarkdeskError
from markdesk.core.statistics import figures, percent, rounded
from markdesk.desk.assignments import ClassSheet
from markdesk.desk.class_summary import class_summary
from markdesk.desk.class_table import GRADE, MARKED_ON, TOTAL, class_table
from markdesk.formats import workbook
from markdesk.formats.marks_block import Wanted, write_block
from markdesk.formats.marks_csv import write_marks
from markdesk.formats.marks_xlsx import write_workbook
from markdesk.store.memory.store import MemoryStore
from tests.exports.classes import a_class, sheet_of
from tests.kit import fill

SCHEMES = ("edexcel-9hi0-essay-20", "aqa-7042-nea-40", "ocr-h505-y2-twopart-30", "ib-history-p1-24")


@pytest.fixture(scope="module", params=SCHEMES)
def sheet(request: pytest.FixtureRequest) -> ClassSheet:
    return sheet_of(a_class(12, request.param))


@given(st.lists(st.integers(0, 200), min_size=1, max_size=40))
def test_the_figures_are_those_of_the_standard_library(marks: list[int]) -> None:
    found = figures(marks)
    assert found is not None
    assert float(found.mean) == pytest.approx(statistics.mean(marks))
    assert float(found.median) == statistics.median(marks)
    assert found.sd == pytest.approx(statistics.pstdev(marks), abs=1e-9)
    assert (found.n, found.lowest, found.highest) == (len(marks), min(marks), max(marks))
    assert figures(random.sample(marks, len(marks))) == found


def test_figures_of_nothing_and_halves() -> None:
    assert figures([]) is None
    assert (percent(17, 25), percent(1, 8), percent(2, 3), percent(0, 0)) == (68.0, 12.5, 66.7, None)
    assert (rounded(0.125), rounded(-0.125), str(rounded(-0.001))) == (0.13, -0.13, "0.0")


def test_no_response_and_no_mark_count_nowhere_as_0(sheet: ClassSheet) -> None:
    summary = class_summary(sheet)
    assert (len(sheet.rows), len(summary.marks), summary.no_response, summary.without_mark) == (11, 9, 1, 1)
    assert (summary.provisional, summary.not_handed_in) == (1, 1)
    assert summary.figures is not None
    assert summary.figures.lowest > 0
    for levels in summary.levels:
        assert sum(levels.counts) == (0 if levels.scale.is_points else 9)
        assert (levels.no_response, levels.unmarked) == (1, 1)


def test_the_weakest_strand_is_the_lowest_mean_of_its_levels() -> None:
    summary = class_summary(sheet_of(a_class(12)))
    lowest = min(strand.mean for strand in summary.strands)
    assert 0 < len(summary.weakest) < len(summary.strands)
    assert {strand.mean for strand in summary.weakest} == {lowest}


def test_csv_has_a_row_a_student_in_the_order_of_the_class_list(sheet: ClassSheet) -> None:
    rows = list(csv.DictReader(io.StringIO(write_marks(sheet).decode())))
    names = [(row["surname"], row["forename"]) for row in rows]
    people = [*(row.entry.student for row in sheet.rows), *(one.student for one in sheet.missing)]
    assert names == [(s.family_name, s.given_name) for s in sorted(people, key=lambda student: student.sort_key)]
    heading = next(csv.reader(io.StringIO(write_marks(sheet).decode())))
    assert len(set(heading)) == len(heading)
    absent = next(row for row in rows if row["status"] == "absent")
    assert (absent["total"], absent["%"], absent["marker"]) == ("", "", "")
    assert {row["candidate number"][0] for row in rows} == {"0"}, "a leading zero is part of a number"
    assert sorted(row["total"] for row in rows if not row["total"].isdigit()) == ["", "", "NR"]
    done = next(row for row in rows if row["total"].isdigit())
    assert float(done["%"]) == percent(int(done["total"]), int(done["max"]))


def test_a_workbook_read_by_another_program_has_the_same_cells(sheet: ClassSheet) -> None:
    content = write_workbook(sheet)
    assert content == write_workbook(sheet), "the same bytes each time"
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Marks", "Summary"]
    page, table = book["Marks"], class_table(sheet)
    columns = [column for column in table.columns if not column.said_once]
    assert [cell.value for cell in page[1]] == [column.heading for column in columns]
    for line, row in enumerate(table.rows, start=2):
        for cell, column in zip(page[line], columns, strict=True):
            wanted = row.cells[table.columns.index(column)]
            found = cell.value
            if column == MARKED_ON and wanted:
                assert cell.is_date
                found = found.date().isoformat()
            elif column.heading == "status":
                wanted = str(wanted).replace("_", " ")
            assert found == (wanted if wanted != "" else None)
            assert cell.data_type != "f"
    assert page.freeze_panes == "C2"
    assert page.auto_filter.ref == page.dimensions
    assert (page.print_title_rows, page.page_setup.orientation, page.page_setup.paperSize) == ("$1:$1", "landscape", 9)
    assert (book.properties.creator or "", book.properties.lastModifiedBy or "") == ("", "")
    with ZipFile(io.BytesIO(content)) as file:
        assert sum(name.startswith("xl/charts/chart") for name in file.namelist()) == 2
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_formulas_are_ours_and_hold_what_they_come_to(sheet: ClassSheet) -> None:
    content = write_workbook(sheet)
    summary = class_summary(sheet)
    formulas = openpyxl.load_workbook(io.BytesIO(content))["Summary"]
    values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["Summary"]
    found = {row[0].value: row[1].value for row in values.iter_rows() if row[0].value is not None}
    assert summary.figures is not None
    assert found["Students with a mark, n"] == len(summary.marks)
    assert found["Mean"] == rounded(summary.figures.mean)
    assert found["Median"] == rounded(summary.figures.median)
    assert found["Standard deviation"] == rounded(summary.figures.sd)
    ours = [cell.value for row in formulas.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(ours) > 20
    assert {formula.split("(")[0] for formula in ours} == {"=COUNT", "=IF", "=COUNTIF"} | (
        {"=COUNTIFS"} if sheet.rubric.max_mark > 30 else set()
    )
    heading = next(row[0].row for row in values.iter_rows() if (row[0].value, row[1].value) == ("Mark", "students"))
    spread = [row[1].value for row in values.iter_rows(min_row=heading + 1) if row[1].value is not None]
    assert sum(spread) == len(summary.marks)


def test_a_dropped_cell_is_a_refusal_and_no_file(sheet: ClassSheet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "read_cells", lambda content: [{}, {}])
    with pytest.raises(MarkdeskError, match="did not read back"):
        write_workbook(sheet)


def test_a_block_has_the_whole_class_and_nothing_but_marks(sheet: ClassSheet) -> None:
    table = class_table(sheet)
    lines = write_block(table).split("\n")[:-1]
    assert lines == ["" if cell is None else str(cell) for cell in table.cells(TOTAL)]
    awards = write_block(table, Wanted.AWARDS).split("\n")[:-1]
    assert {line.count("\t") for line in awards} == {len(sheet.rubric.scales)}
    assert {sign for line in awards for sign in line} <= set("0123456789NR\t")
    levels = write_block(table, Wanted.LEVELS).split("\n")[:-1]
    assert {line.count("\t") for line in levels} == {len(sheet.rubric.scales) - 1}


def test_a_grade_is_told_of_finished_marks_alone_and_only_by_boundaries(sheet: ClassSheet) -> None:
    most = sheet.rubric.max_mark
    grades = (("A", most * 3 // 4), ("C", most // 2), ("E", 1))
    known = Boundaries("B", "S", "2026-06", "O", Level.NOTIONAL_COMPONENT, "1", most, grades, "the document, page 3")
    graded, plain = class_table(sheet, known), class_table(sheet)
    assert GRADE not in plain.columns
    for row, grade in zip(graded.rows, graded.cells(GRADE), strict=True):
        cells = dict(zip(graded.columns, row.cells, strict=True))
        is_done = isinstance(cells[TOTAL], int) and cells[MARKED_ON]
        assert (grade in ("A", "C", "E")) is bool(is_done)
    assert "notional" in json.dumps(
        [
            str(cell.value)
            for row in openpyxl.load_workbook(io.BytesIO(write_workbook(sheet, known)))["Summary"].iter_rows()
            for cell in row
        ]
    )


def test_an_empty_class_has_a_sheet_too() -> None:
    small = fill(MemoryStore())
    sheet = sheet_of(small.desk)
    assert class_summary(sheet).figures is None
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(sheet)))
    assert book["Marks"].max_row == 4
    empty = replace(sheet, rows=(), missing=())
    assert openpyxl.load_workbook(io.BytesIO(write_workbook(empty)))["Marks"].max_row == 1
    assert write_block(class_table(empty)) == ""
