"""A student's record: all finished marks, whose they are, what became of the targets, and no trend from two marks."""

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from html import unescape
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from markdesk.core.changes import AbsenceChanged, AssignmentChanged, ScriptChanged
from markdesk.core.coursework import Kind, Returns
from markdesk.core.essay import Span
from markdesk.core.feedback import Field
from markdesk.core.ids import AssignmentId, ScriptId
from markdesk.core.marking import Met, TaskDone
from markdesk.core.past_words import NO_SCRIPT, NOT_FINISHED
from markdesk.core.queue_notes import Absence, Why
from markdesk.desk.desk import Desk
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.record import Record, RecordedTarget, record_of
from markdesk.desk.student_view import student_view
from markdesk.formats.documents import docx, html, pdf, text
from markdesk.formats.documents.document import Bullets, Chart, Document, Prose, School, Table
from markdesk.formats.sheets.record import record_page
from markdesk.store.sqlite.store import SqliteStore
from tests.tui.desks import HOLISTIC, PARTS, PROFILE, SUMMED, lay_out, script_id
from tests.tui.years import AMARA, LUCJA, two_years

ON = "2026-11-26"


def blocks(document: Document, kind: type) -> list[Any]:
    return [block for block in document.blocks if isinstance(block, kind)]


@pytest.fixture
def desk(tmp_path: Path) -> Any:
    """A class with four assignments, each under another shape of scheme."""
    world = lay_out(tmp_path / "marks.db")
    store = SqliteStore(world.path)
    yield world.desk(store)
    store.close()


def mark(
    desk: Desk, shape: str, share: float, *, target: str = "", met: Met | None = None, code: str = "", task: str = ""
) -> None:
    """Finish Amara's essay: about that share of each scale."""
    (entry,) = [e for e in desk.store.entries(desk.marker.id) if e.script.id == script_id(shape, 1)]
    opened = MarkingDesk(desk, entry)
    opened.last_target = desk.store.last_target(entry.student.id, entry.assignment)
    for scale in opened.rubric.scales:
        opened.give_mark(scale.id, round(scale.max * share))
    for cap in opened.rubric.caps:
        opened.answer_cap(cap.id, False)
    if target:
        opened.write_feedback(Field.TARGET, 1, target)
    if task:
        opened.write_feedback(Field.TASK, 1, task)
    if code:
        opened.annotate(Span(0, 5), code)
    opened.write_feedback(Field.NOTE, 1, "PRIVATE: unhappy at home")
    outcome = opened.finish(met)
    assert outcome.is_saved, outcome.label


def found(desk: Desk) -> Record:
    return record_of(desk, next(s for s in desk.store.students() if s.family_name == "Okafor"))


def page(desk: Desk) -> Document:
    return record_page(found(desk), ON, School("Northgate School"))


def marked(document: Document) -> list[Any]:
    """The rows of its marks, the last table where no earlier target stands below; without the gaps."""
    return [row for row in blocks(document, Table)[-1].rows if " of " in row[2] or row[2] == "NR"]


def prose(document: Document) -> str:
    return " ".join(run.text for block in blocks(document, Prose) for run in block.runs)


def change(desk: Desk, shape: str, **how: Any) -> None:
    before = next(a for a in desk.store.assignments() if a.id == shape)
    desk.commit("test", "another assignment", (AssignmentChanged(before, replace(before, **how)),))


def test_the_course_in_order_with_targets_and_what_became_of_them(desk: Desk) -> None:
    mark(desk, HOLISTIC, 0.48, target="Judge as you go.", code="V")
    mark(desk, SUMMED, 0.60, target="Use dates.", met=Met.PARTLY, code="V")
    mark(desk, PROFILE, 0.75, code="K")
    document = page(desk)
    targets, marks = blocks(document, Table)
    assert [row[2:] for row in marks.rows] == [
        ("12 of 25, 48%", "Level 3"),
        ("24 of 40, 60%", "AO1 L3, AO2 L3, AO3 L3"),
        ("15 of 20, 75%", "Level 4"),
        ("not marked yet", ""),
    ]
    assert list(targets.rows) == [
        ("Khrushchev", "Judge as you go.", "partly met"),
        ("The Tudors at work", "Use dates.", "–"),
    ]
    (drawn,) = blocks(document, Chart)
    assert [point.told for point in drawn.shown.lines[0].points] == ["12/25", "24/40", "15/20"]
    assert [point.share for point in drawn.shown.lines[0].points] == [Fraction(12, 25), Fraction(3, 5), Fraction(3, 4)]
    assert [stop.scheme for stop in drawn.shown.stops] == ["A", "B", "C"]
    told = prose(document)
    assert "Marked by Ms Test." in told
    claim, roughly, schemes = drawn.told
    assert claim.startswith("Over these 3 marks: mostly rising. The first is 12/25 (")
    assert roughly.startswith("Of 3 pairs the later share is higher in 3, lower in 0. ")
    assert "3 mark schemes, whose shares compare only roughly" in roughly
    assert schemes.startswith("A AQA 7042 Section B, B ")
    assert "hasn't been told yet: Khrushchev, The Tudors at work, Stalin." in told
    recurring, questions = blocks(document, Bullets)
    assert [[run.text for run in item] for item in recurring.items] == [
        ["V", " a view: an interpretation or line of argument is identified (on 2 of 3 pieces)"]
    ]
    assert [item[0].text for item in questions.items] == ["Khrushchev: ", "The Tudors at work: ", "Stalin: "]
    assert questions.items[0][1].text.startswith("‘Style, not substance.’")
    assert document.blocks[-1] is questions
    assert marks.rows[-1][1] == "The Cold War"
    assert "What has no mark is a gap and never counts as 0." in told
    assert (document.title, document.foot) == ("Amara Okafor", "Record of 26 November 2026")
    assert "PRIVATE" not in repr(document)


def test_two_marks_are_no_trend_and_without_any_the_table_is_of_gaps(desk: Desk) -> None:
    assert "No mark to tell yet." in prose(page(desk))
    (table,) = blocks(page(desk), Table)
    assert [row[2] for row in table.rows] == ["not marked yet"] * 4
    assert blocks(record_page(replace(found(desk), gaps=()), ON), Table) == []
    mark(desk, HOLISTIC, 0.2)
    mark(desk, PARTS, 0.9)
    assert blocks(page(desk), Chart) == []
    assert "2 marks so far: a trend isn't told from fewer than 3." in prose(page(desk))
    assert [row[3] for row in marked(page(desk))] == ["Level 1", "a L6, b L6"]


def test_no_response_is_a_gap_and_not_a_nought(desk: Desk) -> None:
    (entry,) = [e for e in desk.store.entries(desk.marker.id) if e.script.id == script_id(HOLISTIC, 1)]
    opened = MarkingDesk(desk, entry)
    opened.give_no_response("main")
    opened.finish()
    document = page(desk)
    assert blocks(document, Table)[0].rows[0][2:] == ("NR", "")
    assert "No mark so far" in prose(document)
    assert blocks(document, Chart) == []
    for shape in (SUMMED, PROFILE, PARTS):
        mark(desk, shape, 0.5)
    (drawn,) = blocks(page(desk), Chart)
    assert [point is None for point in drawn.shown.lines[0].points] == [True, False, False, False]
    assert drawn.shown.stops[0].told == "NR"
    assert drawn.shown.n == 3


def test_an_essay_that_two_have_marked_says_whose_each_is_and_counts_once(desk: Desk) -> None:
    mark(desk, HOLISTIC, 0.48, code="V")
    second = replace(desk, marker=replace(desk.marker, id=type(desk.marker.id)("marker-2"), name="Mr Second"))
    mark(second, HOLISTIC, 0.64, code="V")
    document = page(desk)
    assert [row[4] for row in marked(document)] == ["Ms Test", "Mr Second"]
    assert [one.share for one in found(desk).counted] == [Fraction(12, 25)]
    assert [one.share for one in found(second).counted] == [Fraction(16, 25)]
    third = replace(desk, marker=replace(desk.marker, id=type(desk.marker.id)("marker-3"), name="Ms Third"))
    assert [one.share for one in found(third).counted] == [Fraction(16, 25)], "the last, where none is hers"
    assert "stands in the line once" in prose(document)
    assert len(blocks(document, Bullets)) == 1, "the questions, and nothing that recurs"


def test_what_is_hidden_stays_hidden_and_coursework_is_provisional(desk: Desk) -> None:
    mark(desk, HOLISTIC, 0.48)
    mark(desk, SUMMED, 0.6)
    change(desk, SUMMED, kind=Kind.NEA)
    assert blocks(page(desk), Table)[0].rows[1][2] == "24 of 40, 60% (provisional)"
    change(desk, SUMMED, is_anonymous=True)
    document = page(desk)
    assert [row[1] for row in blocks(document, Table)[0].rows] == ["Khrushchev", "Stalin", "The Cold War"]
    assert "One essay is left out, since names are hidden there." in prose(document)
    assert "24 of 40" not in repr(document)


def test_what_is_not_finished_in_a_hidden_pile_is_counted_and_not_named(desk: Desk) -> None:
    mark(desk, HOLISTIC, 0.48)
    (entry,) = [e for e in desk.store.entries(desk.marker.id) if e.script.id == script_id(SUMMED, 1)]
    opened = MarkingDesk(desk, entry)
    opened.give_mark(opened.rubric.scales[0].id, 5)
    names: dict[str, str] = {a.id: a.name for a in desk.store.assignments()}
    gaps = {gap.assignment: gap.why for gap in found(desk).gaps}
    assert (gaps[names[SUMMED]], gaps[names[PARTS]]) == ("being marked", "not marked yet")
    change(desk, SUMMED, is_anonymous=True)
    change(desk, PARTS, is_anonymous=True)
    record = found(desk)
    assert (record.hidden, [gap.assignment for gap in record.gaps]) == (2, [names[PROFILE]])
    document = page(desk)
    assert "2 essays are left out, since names are hidden there." in prose(document)
    assert not any(names[shape] in repr(document) for shape in (SUMMED, PARTS))


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Two years of one student: a redraft, no response, work that is late, and a mock whose names are hidden."""
    world = two_years(tmp_path_factory.mktemp("years") / "marks.db")
    store = SqliteStore(world.path)
    yield world.desk(store)
    store.close()


def amara(desk: Desk) -> Record:
    return record_of(desk, next(one for one in desk.store.students() if one.id == AMARA.id))


def rows_of(desk: Desk, of: str = AMARA.id) -> dict[str, str]:
    """What the table of marks says of each piece of work, in its order."""
    student = next(one for one in desk.store.students() if one.id == of)
    (table,) = (one for one in blocks(record_page(record_of(desk, student), ON), Table) if one.heading[0] == "Set on")
    return {row[1]: row[2] for row in table.rows}


def test_gaps_have_rows_with_their_reasons_and_a_redraft_both_marks(years: Desk) -> None:
    rows = rows_of(years)
    assert rows == {
        "Henry VII": "11 of 25, 44%",
        "Wolsey": "NR",
        "The Reformation": "13 of 25, 52%",
        "Edward VI": "12 of 20, 60%",
        "Mary I": "15 → 18 of 25, 72%",
        "Elizabeth and Spain": "not handed in (late)",
        "The Cold War": "20 of 30, 67%",
        "Witchcraft, 1560–1660": "27 of 40, 68% (provisional)",
        "Parliament": "19 of 25, 76%",
        "Monopolies": "not marked yet",
    }
    assert list(rows)[:7] == [*list(rows)[:5], "Elizabeth and Spain", "The Cold War"], "in the order of their days"
    lucja = rows_of(years, LUCJA.id)
    assert lucja["Mary I"] == "not handed in"
    assert "Mock: the Tudors" not in lucja, "of a hidden pile not even that she handed nothing in"
    record = amara(years)
    assert (len(record.gaps), record.trend.count, len(record.counted)) == (2, 7, 8), "a gap counts for nothing"


def test_a_redraft_that_nobody_has_judged_is_said_to_be_so(years: Desk) -> None:
    record = amara(years)
    (mary,) = (one for one in record.marks if one.redraft is not None)
    assert mary.redraft is not None
    waiting = replace(mary, total="15 of 25", share=Fraction(3, 5), redraft=replace(mary.redraft, is_judged=False))
    (table,) = blocks(record_page(replace(record, marks=(waiting,), gaps=(), targets=()), ON), Table)
    assert table.rows[0][2] == "15 of 25, 60% (redraft not marked yet)"


def of_word(written: bytes) -> str:
    with ZipFile(io.BytesIO(written)) as packed:
        body = packed.read("word/document.xml").decode()
    return unescape(re.sub("<[^>]+>", "", body.replace("</w:p>", " ")))


def of_pdf(written: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(written)).pages)


def of_html(written: bytes) -> str:
    return unescape(re.sub("<[^>]+>", "", written.decode()))


@pytest.mark.parametrize(
    ("write", "read"),
    [(pdf.write, of_pdf), (docx.write, of_word), (html.write, of_html), (text.write, bytes.decode)],
    ids=["pdf", "docx", "html", "txt"],
)
def test_every_format_has_the_gaps_the_redraft_and_the_plain_sentence_first(
    years: Desk, write: Callable[[Sequence[Document]], bytes], read: Callable[[bytes], str]
) -> None:
    told = " ".join(read(write([record_page(amara(years), ON)])).split())
    for words in ("not handed in (late)", "not marked yet", "15 → 18 of 25, 72%", "not met yet"):
        assert words in told
    assert told.index("Over these 7 marks: mostly rising.") < told.index("Of 21 pairs")


def test_a_mark_is_told_when_it_was_returned_or_the_task_it_follows_is_done(desk: Desk) -> None:
    mark(desk, HOLISTIC, 0.48, task="Rewrite paragraph 2.")
    assert "hasn't been told yet: Khrushchev." in prose(page(desk))
    (entry,) = [e for e in desk.store.entries(desk.marker.id) if e.script.id == script_id(HOLISTIC, 1)]
    opened = MarkingDesk(desk, entry)
    assert opened.return_to_student().is_saved
    assert "hasn't been told" not in prose(page(desk))
    change(desk, HOLISTIC, returns=Returns.COMMENTS)
    assert "hasn't been told yet: Khrushchev." in prose(page(desk))
    assert opened.record_task(TaskDone.DONE).is_saved
    assert "hasn't been told" not in prose(page(desk))


def test_of_a_long_course_the_line_and_the_last_targets_are_on_the_first_side(desk: Desk) -> None:
    mark(desk, HOLISTIC, 0.48)
    one = found(desk)
    names = [f"Piece {at}" for at in range(1, 16)]
    question = "‘Style, not substance.’ Assess the validity of this view of the years 1953 to 1964. [25 marks]"
    marks = tuple(
        replace(one.marks[0], day=f"2026-{at // 2 + 1:02}-{10 + at}", assignment=name, question=question)
        for at, name in enumerate(names)
    )
    targets = tuple(RecordedTarget("2026-03-01", name, f"Target of {name.lower()}.", Met.MET) for name in names)
    document = record_page(replace(one, marks=marks, targets=targets, gaps=()), ON)
    last, table, earlier = blocks(document, Table)
    assert [row[0] for row in last.rows] == ["Piece 13", "Piece 14", "Piece 15"]
    assert [row[0] for row in earlier.rows] == names[:-3]
    assert [row[1] for row in table.rows] == names
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf.write([document]))).pages]
    for told in ("Of 105 pairs", "The last 3 targets", "Target of piece 15.", "Marks", "Piece 1 "):
        assert told in pages[0]
    assert "Earlier targets" in " ".join(pages[1:])
    assert len(pages) <= 3


def test_work_that_nobody_could_hand_in_and_drafts_are_no_gaps(desk: Desk) -> None:
    (henry,) = [a for a in desk.store.assignments() if a.id == HOLISTIC]
    today = replace(henry, id=AssignmentId("today"), name="Set today", set_on=ON)
    late = replace(henry, id=AssignmentId("late"), name="Late one", set_on=ON)
    draft = replace(henry, id=AssignmentId("draft"), name="A draft", set_on=ON, kind=Kind.NEA_DRAFT)
    student = found(desk).student
    (entry, *_) = (e for e in desk.store.entries(desk.marker.id, henry.id) if e.student.id != student.id)
    draft_of_another = replace(entry.script, id=ScriptId("draft-1"), assignment_id=draft.id)
    desk.commit("x", "x", (
        *(AssignmentChanged(None, one) for one in (today, late, draft)), ScriptChanged(None, draft_of_another),
        AbsenceChanged(None, Absence(late.id, student.id, Why.LATE)),
    ))  # fmt: skip
    told = {gap.assignment: gap.why for gap in found(desk).gaps}
    assert told["Late one"] == "not handed in (late)", "a reason was noted"
    assert not told.keys() & {"Set today", "A draft"}
    along = {work.name for work in student_view(desk, student).works if work.told in (NO_SCRIPT, NOT_FINISHED)}
    assert along == told.keys(), "one rule"
    desk.commit("x", "x", (
        ScriptChanged(None, replace(entry.script, id=ScriptId("today-1"), assignment_id=today.id)),
    ))  # fmt: skip
    assert {gap.assignment: gap.why for gap in found(desk).gaps}["Set today"] == "not handed in", "others did"
