"""Hostile text in every place of a class mark sheet, in each of its formats: no formula, no link, nothing lost or cut.

One class has a student for each payload; and each payload in turn is the name, question and group of a class of one.
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from zipfile import ZipFile

import openpyxl
import pytest

from markdesk.cli.class_marks import shape
from markdesk.cli.output import json_text
from markdesk.core.plain import show
from markdesk.desk.assignments import ClassSheet
from markdesk.desk.class_table import class_table
from markdesk.desk.gradebook import gradebook
from markdesk.formats.marks_block import Wanted, write_block
from markdesk.formats.marks_csv import write_marks
from markdesk.formats.marks_xlsx import write_workbook
from markdesk.formats.oneroster_marks import Taught, write_oneroster
from markdesk.formats.rubric_to.safe_cells import unguarded
from markdesk.formats.workbook_reading import read_cells
from tests.exports.classes import a_class, sheet_of, with_text, with_texts
from tests.exports.payloads import PAYLOADS, Payload

IN_A_LINE = 8
"""Surname, forename, candidate, admission and tutor number, and three lines of feedback."""
TEXTS = tuple(payload.text for payload in PAYLOADS)

ACTING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
LEAD = re.compile("[\\s\u00a0\u2000-\u200f\u2028-\u202f\u205f-\u2060\u3000\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r]")
OURS = re.compile(
    r'=(COUNT|IF|COUNTIF)\((COUNT|AVERAGE|MEDIAN|STDEVP|MIN|MAX|Marks!|[A-Z]{1,2}(?=\$)|[0-9$:(),"=]|NR)+\)'
)


@pytest.fixture(scope="module")
def small() -> ClassSheet:
    """A class of one: what the facts hold is tried on it."""
    sheet = sheet_of(a_class(6))
    return replace(sheet, rows=sheet.rows[:1], missing=())


@pytest.fixture(scope="module")
def many(small: ClassSheet) -> ClassSheet:
    return with_texts(small, TEXTS)


every_payload = pytest.mark.parametrize("payload", PAYLOADS, ids=[payload.name for payload in PAYLOADS])


def risky(cell: str) -> list[str]:
    """The lines of a cell that a spreadsheet could take for a formula."""
    return [line for line in cell.split("\n") if LEAD.match(line)]


def lost(cells: Iterator[str]) -> dict[str, int]:
    """The payloads that don't stand in as many cells as they were put in, and in how many they do."""
    found = Counter(cells)
    return {payload.name: found[show(payload.text)] for payload in PAYLOADS if found[show(payload.text)] < IN_A_LINE}


def read_csv(content: bytes) -> list[list[str]]:
    usual = csv.field_size_limit(1 << 24)
    try:
        return list(csv.reader(io.StringIO(content.decode(), newline="")))
    finally:
        csv.field_size_limit(usual)


def test_csv(many: ClassSheet) -> None:
    rows = read_csv(write_marks(many))
    assert len(rows) == len(PAYLOADS) + 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert [line for row in rows for cell in row for line in risky(cell)] == []
    assert lost(unguarded(cell) for row in rows for cell in row) == {}
    assert lost(cell for row in read_csv(write_marks(many, raw=True)) for cell in row) == {}


@every_payload
def test_csv_of_a_hostile_assignment(small: ClassSheet, payload: Payload) -> None:
    rows = read_csv(write_marks(with_text(small, payload.text)))
    assert [line for row in rows for cell in row for line in risky(cell)] == []
    assert [[unguarded(cell) for cell in row[6:9]] for row in rows[1:]] == [[show(payload.text)] * 3]


def whole_texts(book: openpyxl.Workbook) -> Iterator[str]:
    """The texts of the first sheet, put together again where one goes on elsewhere."""
    more: dict[str, str] = {}
    for row in book["More"].iter_rows(min_row=2, values_only=True):
        more[str(row[0])] = more.get(str(row[0]), "") + str(row[3])
    for line in book["Marks"].iter_rows():
        for cell in line:
            if isinstance(cell.value, str):
                rest = more.get(f"Marks {cell.coordinate}", "")
                yield cell.value.removesuffix(" \u27e8goes on in the sheet More\u27e9") + rest if rest else cell.value


def test_xlsx(many: ClassSheet) -> None:
    content = write_workbook(many)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Marks", "Summary", "More"]
    # openpyxl takes every "x005F_" away, also one that was written: our own reader has that payload.
    assert lost(whole_texts(book)).keys() <= {"xlsx-escape"}
    own = [cell for page in read_cells(content) for cell in page.values()]
    assert own.count(next(p.text for p in PAYLOADS if p.name == "xlsx-escape")) == IN_A_LINE
    formulas = [cell for page in book for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    assert {cell.parent.title for cell in formulas} == {"Summary"}
    assert [cell.value for cell in formulas if not OURS.fullmatch(cell.value)] == []
    assert all(len(str(cell.value)) <= 32_767 for page in book for row in page.iter_rows() for cell in row)
    assert_alone(content)


def assert_alone(content: bytes) -> None:
    """No link, no macro, nothing from outside."""
    with ZipFile(io.BytesIO(content)) as file:
        assert not [name for name in file.namelist() if re.search("external|vba|connection|media", name, re.I)]
        parts = {name: file.read(name) for name in file.namelist()}
    assert not [name for name, part in parts.items() if b"<hyperlink" in part or b'TargetMode="External"' in part]


@every_payload
def test_xlsx_of_a_hostile_assignment(small: ClassSheet, payload: Payload) -> None:
    content = write_workbook(with_text(small, payload.text))  # which reads each cell back
    marks, summary, *_ = read_cells(content)
    assert not [cell for cell in marks.values() if isinstance(cell, tuple)]
    ours = [cell[0] for cell in summary.values() if isinstance(cell, tuple)]
    assert [formula for formula in ours if not OURS.fullmatch(f"={formula}")] == []
    shown = show(payload.text)
    if len(shown) < 10_000:
        assert [summary[line, 1] for line in (0, 1) if (line, 1) in summary][:1] == [shown]
    assert_alone(content)


def test_json(many: ClassSheet) -> None:
    written = json_text(shape(many, None))
    assert not ACTING.search(written)
    kept = []
    for row in json.loads(written)["marks"]:
        student = row["student"]
        keys = ("given_name", "family_name", "candidate_number", "admission_number", "tutor_group")
        (text,) = {*(student[key] for key in keys), row["ebi"], row["target"], *row["www"]}
        kept.append(text)
    assert kept == list(TEXTS)


@every_payload
def test_json_of_a_hostile_assignment(small: ClassSheet, payload: Payload) -> None:
    found = json.loads(json_text(shape(with_text(small, payload.text), None)))
    about = found["assignment"]
    assert {about["name"], about["question"], about["group"], found["marker"]} == {payload.text}


def test_a_block_holds_no_text(many: ClassSheet) -> None:
    for wanted in (Wanted.TOTAL, Wanted.AWARDS, Wanted.LEVELS, Wanted.PERCENT):
        block = write_block(class_table(many), wanted)
        assert re.fullmatch(r"(([0-9.]*|NR)(\t([0-9.]*|NR))*\n)+", block)
        assert block.count("\n") == len(PAYLOADS)


@every_payload
def test_oneroster(small: ClassSheet, payload: Payload) -> None:
    sheet, shown = with_text(small, payload.text), show(payload.text)
    with ZipFile(
        io.BytesIO(write_oneroster([(gradebook(sheet, True), Taught("c1", "s1", "t1"))], "2026-11-16"))
    ) as file:
        found = {name: read_csv(file.read(name)) for name in file.namelist()}
    assert [line for rows in found.values() for row in rows for cell in row for line in risky(cell)] == []
    assert [(unguarded(row[3]), unguarded(row[4])) for row in found["lineItems.csv"][1:]] == [(shown, shown)]
    # As the id of a student it goes in as it is, or not at all.
    row = sheet.rows[0]
    hostile = replace(row.entry.student, ids=(("oneroster", payload.text),))
    theirs = gradebook(replace(sheet, rows=(replace(row, entry=replace(row.entry, student=hostile)),), missing=()))
    assert [result.student for result in theirs.results] == ([] if theirs.left_out else [payload.text])
    assert theirs.left_out or not risky(payload.text)
