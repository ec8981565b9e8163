"""What a moderator is told of coursework: sums, words, comments, the sample, and what is said to be missing."""

import csv
import io
import re
from dataclasses import replace
from typing import Any

import pytest

from markdesk.core.award import Placement
from markdesk.core.candidate_record import CandidateRecord, sum_fault, to_put_right
from markdesk.core.changes import AbsenceChanged, AssignmentChanged, MembershipChanged, StudentChanged
from markdesk.core.coursework import Kind
from markdesk.core.errors import MarkdeskError
from markdesk.core.ids import AssignmentId, StudentId
from markdesk.core.people import Membership, Student
from markdesk.core.plain import show
from markdesk.core.queue_notes import Absence, Why
from markdesk.desk.coursework import Cohort, cohort
from markdesk.desk.desk import Desk
from markdesk.desk.ports import Keep
from markdesk.formats.coursework_csv import write_summary
from markdesk.formats.documents.document import Bullets, Document, Facts, Panel, Prose, School, Signatures, Table
from markdesk.formats.rubric_to.safe_cells import unguarded
from markdesk.formats.sheets.coursework import BLANK, record_page, summary_page
from markdesk.formats.sheets.school import Centre
from tests.exports.coursework import AQA, EDEXCEL, OCR, QUESTION, coursework_desk, hide, mark, nea, place_all
from tests.exports.payloads import PAYLOADS
from tests.kit import make_desk, shipped_rubric

CENTRE = Centre(School("Northgate School"), "12345")


def blocks(document: Document, kind: type) -> list[Any]:
    return [block for block in document.blocks if isinstance(block, kind)]


def facts(document: Document) -> dict[str, str]:
    """Of a record the fields to copy, of the summary its facts."""
    found = blocks(document, Facts)
    pairs: tuple[tuple[str, str], ...] = found[0].pairs if found else blocks(document, Table)[0].rows
    return dict(pairs)


def found(desk: Desk) -> Cohort:
    return cohort(desk, [nea(desk)])


@pytest.fixture(scope="module")
def aqa() -> Desk:
    """Eighteen candidates whose marks go from 6 to 40 in twos, the first over the limit of words."""
    desk = coursework_desk(AQA, 18, words=(4_812, 3_499))
    for n in range(1, 19):
        rest = 2 * n + 4
        ao1 = min(20, rest)
        ao2 = min(10, rest - ao1)
        mark(desk, n, (ao1, ao2, rest - ao1 - ao2))
    return desk


def test_a_record_has_the_fields_of_the_form_and_says_that_it_is_none(aqa: Desk) -> None:
    record = found(aqa).records[0]
    document = record_page(record, CENTRE)
    assert facts(document) == {
        "Centre number": "12345",
        "Centre name": "Northgate School",
        "Candidate number": "9001",
        "Candidate name": "C1 Candidate",
        "Qualification": "AQA A-level 7042, component 3",
        "Title or question": "Question 1",
        "Title approved": "yes / no",
        "Word count": "4,812, told from the text; left out: titles, headings, footnotes, references, appendices,"
        " bibliography",
    }
    told = blocks(document, Prose)[0].runs[0].text
    assert "Candidate Record Form" in told
    assert "is not that form" in told
    _, table = blocks(document, Table)
    assert table.rows[-1] == ("Total", "", "6", "40")
    assert [row[2] for row in table.rows[:-1]] == ["6", "0", "0"]
    comments = {panel.label: panel.lines for panel in blocks(document, Panel)}
    assert comments["AO2"] == ("Why this level on AO2, see page 2.",)
    assert blocks(document, Signatures)[0].labels == ("Candidate", "Teacher: Ms Test, marked 23 November 2026")
    assert "PRIVATE" not in repr(document)


def test_words_are_those_that_the_importer_told(aqa: Desk) -> None:
    records = found(aqa).records
    assert [record.words for record in records[:3]] == [4_812, 3_499, 3_600]
    assert to_put_right(records[0]) == (
        "4,812 words are 312 over the limit of 4,500. Only the moderator takes marks off for it.",
    )
    assert to_put_right(records[1]) == ("3,499 words are fewer than the 3,500 that are expected.",)
    assert to_put_right(records[2]) == ()


def test_the_summary_is_in_two_orders_with_the_sample_marked(aqa: Desk) -> None:
    document = summary_page(found(aqa), CENTRE)
    by_number, by_rank = blocks(document, Table)
    assert by_number.heading == ("Candidate", "Name", "AO1", "AO2", "AO3", "Total", "Words", "Sample")
    assert [row[0] for row in by_number.rows] == [f"9{n:03d}" for n in range(1, 19)]
    assert [row[3] for row in by_rank.rows] == [str(mark) for mark in range(40, 4, -2)]
    assert [row[0] for row in by_rank.rows] == [str(rank) for rank in range(1, 19)]
    assert all(int(row[5]) == sum(map(int, row[2:5])) for row in by_number.rows)
    sampled = [row[3] for row in by_rank.rows if row[4]]
    assert len(sampled) == 10
    assert (sampled[0], sampled[-1]) == ("40", "6")
    told = facts(document)
    assert (told["Candidates with a mark"], told["Highest"], told["Lowest"]) == ("18", "40", "6")
    reason = " ".join(run.text for prose in blocks(document, Prose) for run in prose.runs)
    assert "10 of 18, by the older table that the boards shared (from memory" in reason
    assert "from memory of the boards' instructions" in reason


def test_pearson_asks_for_its_own_number_and_the_profile_stands_as_it_wants_it() -> None:
    desk = coursework_desk(EDEXCEL, 18)
    for n in range(1, 19):
        opened = mark(desk, n, (n + 5,))
        if n == 1:
            profile = (Placement(4, 1), Placement(3), Placement(4, -1), Placement(3, 1), Placement(4))
            place_all(opened, profile)
            opened.finish()
    cohort_ = found(desk)
    assert len(cohort_.sampled) == 15
    document = record_page(cohort_.records[0], CENTRE)
    runs = [prose.runs[0].text for prose in blocks(document, Prose)]
    assert "BP1: L4+   BP2: L3   BP3: L4-   BP4: L3+   BP5: L4" in runs
    assert "(+ high in the level, - low)" in runs
    assert blocks(document, Table)[1].rows == (("Total", "Level 1", "6", "40"),)
    assert to_put_right(cohort_.records[1])[:5] == tuple(f"BP{n} is not placed." for n in range(1, 6))


def test_ocr_has_one_mark_and_no_strands_of_ours() -> None:
    desk = coursework_desk(OCR, 1)
    place_all(mark(desk, 1, (28,)), [Placement(4)] * 5)
    document = record_page(found(desk).records[0], CENTRE)
    assert blocks(document, Table)[1].rows == (("Total", "Level 5", "28", "40"),)
    assert "L4" not in repr(document)
    by_number, _ = blocks(summary_page(found(desk), CENTRE), Table)
    assert by_number.heading == ("Candidate", "Name", "Total", "Words", "Sample")


def test_what_is_missing_stands_in_front() -> None:
    desk = coursework_desk(AQA, 5, numbers=("", "9002", "9002"))
    mark(desk, 1, (10, 5, 5))
    mark(desk, 2, (10, 5, 5), comments=False)
    mark(desk, 3, (12, 5, 5))
    document = summary_page(found(desk), Centre())
    assert [type(block) for block in document.blocks].index(Bullets) == 2
    told = [item[0].text for item in blocks(document, Bullets)[0].items]
    assert told == [
        "The centre's number and name are not in the settings.",
        "C4 Candidate has no mark to send: it isn't begun.",
        "C5 Candidate has no mark to send: it isn't begun.",
        "C2 Candidate and C3 Candidate have one candidate number, 9002.",
        "2 of 3 have the assignment's question for a title, since their files print no other: put in the candidate's"
        " own where it is another.",
        "C2 Candidate: There is no comment for AO1, AO2, AO3.",
        "C1 Candidate: There is no candidate number.",
    ]
    assert facts(document)["Centre number"] == BLANK


def test_who_handed_nothing_in_is_named_with_the_reason() -> None:
    desk = coursework_desk(AQA, 1)
    assignment = nea(desk)
    assert assignment.group_id is not None
    late = Student(StudentId("student-late"), "Zoe", "Late", "9100")
    desk.commit(
        "test",
        "a student without work",
        (
            StudentChanged(None, late),
            MembershipChanged(None, Membership(assignment.group_id, late.id)),
            AbsenceChanged(None, Absence(assignment.id, late.id, Why.EXTENSION)),
        ),
    )
    mark(desk, 1, (10, 5, 5))
    assert "Zoe Late has no mark to send: nothing was handed in (extension)." in found(desk).to_put_right


def test_classes_go_together_and_who_is_in_two_of_them_hands_in_once() -> None:
    desk = coursework_desk(AQA, 2)
    mark(desk, 1, (10, 5, 5))
    mark(desk, 2, (12, 5, 5))
    first = nea(desk)
    second = replace(first, id=AssignmentId("nea-2"), name="Investigation 2")
    other = replace(first, id=AssignmentId("essay"), name="Another scheme", rubric_hash=shipped_rubric(OCR).hash)
    changes = (AssignmentChanged(None, second), AssignmentChanged(None, other))
    desk.commit("test", "more assignments", changes, Keep(rubrics=(shipped_rubric(OCR),)))
    both = cohort(desk, [first, second])
    assert (len(both.records), both.missing, both.groups) == (2, (), ("13H",))
    with pytest.raises(MarkdeskError, match="marked under ocr-h505-y100-nea-40, not aqa-7042-nea-40"):
        cohort(desk, [first, other])


def test_a_draft_scheme_is_said_to_be_one() -> None:
    desk = coursework_desk(OCR, 1)
    mark(desk, 1, (28,))
    assert found(desk).to_put_right[0].startswith("The mark scheme is a draft")


@pytest.mark.parametrize(
    ("marks", "total", "factor", "fault"),
    [
        ((15, 8, 7), 30, 1, ""),
        ((15, 8, 7), 31, 1, "The total 31 is not the sum of 15 + 8 + 7."),
        ((15, 8, 7), 60, 2, "The total 60 is 15 + 8 + 7, times 2: check how the board's form wants it."),
        ((0, 0, 0), "NR", 1, ""),
        ((15, 8, 7), None, 1, "Not every scale has its mark."),
    ],
)
def test_a_total_is_added_up_again(
    aqa: Desk, marks: tuple[int, ...], total: int | None, factor: int, fault: str
) -> None:
    results = tuple(
        replace(result, award=replace(result.award, mark=given))
        for result, given in zip(found(aqa).records[0].sheet.results, marks, strict=True)
    )
    assert sum_fault(results, total, factor) == fault


def test_a_second_marker_is_told_of_and_the_own_mark_is_taken() -> None:
    desk = coursework_desk(AQA, 2)
    other = make_desk(desk.store, desk.clock, desk.ids, "Mr Second")
    mark(desk, 1, (10, 5, 5))
    mark(other, 1, (11, 5, 5))
    mark(other, 2, (9, 5, 5))
    first, second = found(desk).records
    assert (first.mark, first.sheet.marker) == (20, "Ms Test")
    assert "Mr Second has marked it too: 21 of 40." in to_put_right(first)
    assert (second.mark, second.sheet.marker) == (19, "Mr Second")
    assert second.others == ()


def test_a_mark_in_pencil_a_newer_text_and_no_response_are_told(aqa: Desk) -> None:
    record: CandidateRecord = found(aqa).records[2]
    results = (replace(r := record.sheet.results[0], award=replace(r.award, tentative=True)), *record.sheet.results[1:])
    pencil = replace(record, sheet=replace(record.sheet, results=results), has_newer_text=True, words=None)
    assert to_put_right(pencil) == (
        "The mark on AO1 Knowledge, analysis and judgement is in pencil.",
        "Its words are not counted, since it is handwritten.",
        "It was handed in again after it was marked.",
    )
    none = replace(record, sheet=replace(record.sheet, total=replace(record.sheet.total, value="NR")))
    assert none.mark is None
    assert "no rank and no sample" in to_put_right(none)[0]


@pytest.mark.parametrize("kind", [Kind.CLASS_ESSAY, Kind.MOCK, Kind.NEA_DRAFT])
def test_what_is_no_coursework_is_refused(kind: Kind) -> None:
    with pytest.raises(MarkdeskError, match="not as an NEA"):
        found(coursework_desk(AQA, 1, kind=kind))


def test_hidden_names_are_not_shown_by_the_way() -> None:
    desk = coursework_desk(AQA, 1)
    hide(desk)
    with pytest.raises(MarkdeskError, match="Names are hidden"):
        found(desk)


def test_the_csv_has_a_row_a_candidate_and_no_formula(aqa: Desk) -> None:
    desk = coursework_desk(AQA, 2)
    mark(desk, 1, (10, 5, 5))
    mark(desk, 2, (20, 10, 10))
    before = found(desk).records[1].sheet.student
    desk.commit("test", "a hostile name", (StudentChanged(before, replace(before, given_name="=1+1")),))
    first, second = csv.DictReader(io.StringIO(write_summary(found(desk), CENTRE).decode()))
    assert (first["candidate number"], first["AO1"], first["AO2"], first["AO3"]) == ("9001", "10", "5", "5")
    assert (first["total"], first["max"], first["rank"], first["sample"]) == ("20", "40", "2", "yes")
    assert (first["title"], second["title"], first["words"]) == ("Question 1", QUESTION, "3600")
    assert second["forename"] == "'=1+1"
    assert write_summary(found(aqa), CENTRE) == write_summary(found(aqa), CENTRE)


FORMULA = re.compile(r"^[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]")


def test_hostile_names_and_titles_stay_text_in_the_csv(aqa: Desk) -> None:
    before = found(aqa)
    record = before.records[2]
    for payload in PAYLOADS:
        student = replace(record.sheet.student, given_name=payload.text, candidate_number=payload.text)
        hostile = replace(record, title=payload.text, sheet=replace(record.sheet, student=student))
        written = write_summary(replace(before, records=(hostile,)), Centre(School(payload.text), payload.text))
        (row,) = csv.DictReader(io.StringIO(written.decode(), newline=""))
        for column in ("forename", "candidate number", "title", "centre name", "centre number"):
            assert unguarded(row[column]) == show(payload.text), (payload.name, column)
            assert not any(FORMULA.match(line) for line in row[column].split("\n")), (payload.name, column)
