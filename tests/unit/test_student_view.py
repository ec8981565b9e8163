"""One student's course: what counts, on which scale, what is a gap, and what recurs; each figure by hand."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from markdesk.core.changes import AssignmentChanged, MembershipChanged, StudentChanged
from markdesk.core.ids import AssignmentId, MarkerId, ScriptId, StudentId
from markdesk.core.past_words import excerpt, gaps_told, hidden_told, schemes_told
from markdesk.core.people import Marker, Membership, Student
from markdesk.core.queue_notes import Why
from markdesk.core.trend import trend
from markdesk.desk.desk import Desk
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.merging import merge
from markdesk.desk.student_view import StudentView, read_student, time_spent
from markdesk.store.sqlite.store import SqliteStore
from tests.kit import CountingIds, shipped_rubric
from tests.tui.desks import GROUP, RUBRICS, SUMMED
from tests.tui.seat import World
from tests.tui.years import AMARA, DATES, FINN, LUCJA, two_years


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return two_years(tmp_path_factory.mktemp("years") / "marks.db").path


@pytest.fixture
def desk(path: Path, tmp_path: Path) -> Iterator[Desk]:
    own = tmp_path / "marks.db"
    own.write_bytes(path.read_bytes())
    store = SqliteStore(own)
    yield World(own, ids=CountingIds("later")).desk(store)
    store.close()


def view(desk: Desk, student: Student = AMARA) -> StudentView:
    found = read_student(desk, student.id)
    assert found is not None
    return found


def test_every_marking_newest_first_with_what_has_no_mark(desk: Desk) -> None:
    rows = view(desk).rows
    assert [row.assignment.id for row in rows] == ["w11", "w9", "w8", "w7", "w6", "w5", "w4", "w3", "w2", "w1"]
    told = {str(row.assignment.id): row.told for row in rows}
    assert told["w9"] == "19 of 25"
    assert told["w5"] == "15 → 18 of 25"
    assert told["w2"] == "NR"
    assert (told["w11"], told["w6"]) == ("", "")
    levels = {str(row.assignment.id): row.levels for row in rows}
    assert levels["w8"] == "AO1 L4 14 · AO2 L3 6 · AO3 L4 7"
    assert levels["w9"] == "Level 4"
    assert next(row.why for row in rows if row.assignment.id == "w6") is Why.LATE
    assert next(row.note for row in rows if row.assignment.id == "w9") == "PRIVATE: ask about her hours."


def test_marks_under_different_maxima_stand_as_shares_and_gaps_are_no_zero(desk: Desk) -> None:
    its = view(desk)
    assert [(work.told, work.share) for work in its.works] == [
        ("11/25", Fraction(11, 25)), ("NR", None), ("13/25", Fraction(13, 25)), ("12/20", Fraction(3, 5)),
        ("18/25", Fraction(18, 25)), ("–", None), ("20/30", Fraction(2, 3)), ("27/40", Fraction(27, 40)),
        ("19/25", Fraction(19, 25)), ("…", None),
    ]  # fmt: skip
    shares = [(work.day, float(work.share)) for work in its.works if work.share is not None]
    assert its.record.trend == trend(shares)
    assert its.record.trend.count == 7
    gaps = "NR (no response), … (not finished yet) and – (no script) are gaps, never 0."
    assert gaps_told([work.told for work in its.works]) == gaps
    assert (gaps_told(["NR"]), gaps_told(["0/25"])) == ("NR (no response) is a gap, never 0.", "")
    assert [work.scheme for work in its.works] == [0, 0, 0, 1, 0, None, 2, 3, 0, None]
    assert its.schemes == (
        "AQA 7042 Section B", "Pearson Edexcel 9HI0 essay", "OCR H505 Y201-Y224", "AQA 7042 NEA",
    )  # fmt: skip


def test_scales_and_strands_have_their_own_lines_and_claim_nothing_of_two(desk: Desk) -> None:
    its = view(desk)
    by_name = {one.name: one for one in its.series}
    ao1 = by_name["AO1"]
    assert [point and (point.told, point.share) for point in ao1.points if point] == [("14", Fraction(14, 20))]
    assert (ao1.maxima, ao1.trend.brief) == ((20,), "too few")
    strand = shipped_rubric().strands[0].name
    focus = by_name[strand]
    assert focus.is_strand
    assert [point.told for point in focus.points if point] == ["L3", "L3", "L3", "L4"]
    assert [point.share for point in focus.points if point][-1] == Fraction(4, 5)
    assert focus.trend.brief == "mostly rising"
    assert [one.is_strand for one in its.series] == sorted(one.is_strand for one in its.series)


def test_a_pile_whose_names_are_hidden_is_counted_and_not_told(desk: Desk) -> None:
    its = view(desk)
    assert its.hidden == 1
    assert "w10" not in {row.assignment.id for row in its.rows}
    assert "Mock: the Tudors" not in {work.name for work in its.works}
    hidden = hidden_told(1)
    assert hidden == "One essay is left out, since names are hidden there."
    assert (hidden_told(0), hidden_told(3)[:16]) == ("", "3 essays are lef")


def test_stamps_and_comments_that_recur_with_quotations(desk: Desk) -> None:
    its = view(desk)
    assert its.essays == 8
    found = {one.code or one.meaning: one for one in its.recurring}
    assert found["K"].times == 6
    assert found["AN"].times == 3
    assert found[DATES].times == 3
    assert "J" not in found, "it stands on one essay"
    assert [name for _, name in found["K"].quotes] == ["Parliament", "Witchcraft, 1560–1660"], "the newest two"
    assert found["AN"].quotes[0][0] == "‘Hungary rose in the autumn.’"


def test_of_one_mark_nothing_is_claimed_and_of_none_either(desk: Desk) -> None:
    one, none = view(desk, FINN), view(desk, LUCJA)
    assert one.record.trend.told == "One mark so far: a trend isn't told from fewer than 3."
    assert none.record.trend.told == "No mark so far: a trend isn't told from fewer than 3."
    assert [work.told for work in one.works].count("…") == 8
    assert {work.told for work in none.works} == {"–", "…"}
    assert none.recurring == ()
    assert schemes_told(len(one.schemes)) == ""


def test_nobody_of_an_id_and_nothing_set(desk: Desk) -> None:
    alone = Student(StudentId("alone"), "Noor", "Rahman")
    desk.commit("x", "x", (StudentChanged(None, alone),))
    assert (view(desk, alone).rows, view(desk, alone).works) == ((), ())
    assert read_student(desk, StudentId("nobody")) is None


def test_two_records_merged_are_one_course(desk: Desk) -> None:
    twin = Student(StudentId("twin"), "Ama", "Okafor")
    desk.commit("x", "x", (StudentChanged(None, twin), MembershipChanged(None, Membership(GROUP.id, twin.id))))
    before = view(desk)
    merge(desk, twin, AMARA)
    assert read_student(desk, AMARA.id) is None
    after = view(desk, twin)
    assert [work.told for work in after.works] == [work.told for work in before.works]
    assert [row.told for row in after.rows] == [row.told for row in before.rows]


def test_of_several_markers_hers_counts_and_each_has_a_row(desk: Desk) -> None:
    colleague = replace(desk, marker=Marker(MarkerId("marker-second"), "Mr Second"))
    colleague.make_known()
    (entry,) = desk.store.entries(colleague.marker.id, script_id=ScriptId(f"w9-{AMARA.id}"))
    theirs = MarkingDesk(colleague, entry)
    theirs.give_mark(theirs.rubric.scales[0].id, 10)
    for cap in theirs.rubric.caps:
        theirs.answer_cap(cap.id, False)
    theirs.finish()
    its = view(desk)
    rows = [row for row in its.rows if row.assignment.id == "w9"]
    assert {(row.told, row.is_hers) for row in rows} == {("19 of 25", True), ("10 of 25", False)}
    assert [work.told for work in its.works if work.name == "Parliament"] == ["19/25"]


def test_an_assignment_marked_anew_under_another_scheme_keeps_what_was_given(desk: Desk) -> None:
    (nea,) = [a for a in desk.store.assignments() if a.id == AssignmentId("w8")]
    other = shipped_rubric("aqa-7042-b-essay-25")
    desk.commit("x", "x", (AssignmentChanged(nea, replace(nea, rubric_hash=other.hash)),))
    row = next(row for row in view(desk).rows if row.assignment.id == "w8")
    assert row.told == "27 of 40"
    assert row.past is not None
    assert row.past.rubric.id == RUBRICS[SUMMED]


def test_the_time_is_that_of_the_list_of_the_pile(desk: Desk) -> None:
    (assignment,) = [a for a in desk.store.assignments() if a.id == AssignmentId("w8")]
    spent = time_spent(desk, [assignment])
    assert spent[ScriptId(f"w8-{AMARA.id}")].total_seconds() == 3 * 120


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("short", "‘short’"),
        ("a  b\nc", "‘a b c’"),
        ("The enabling act was passed in March 1933, and", "‘The enabling act was passed in March …’"),
        ("x" * 60, f"‘{'x' * 40} …’"),
    ],
)
def test_a_quotation_ends_with_a_word(text: str, quoted: str) -> None:
    assert excerpt(text) == quoted


def test_what_another_marker_has_begun_is_not_told(desk: Desk) -> None:
    (entry,) = (e for e in desk.store.entries(desk.marker.id, student_id=AMARA.id) if e.assignment.id == "w11")
    other = Marker(MarkerId("marker-other"), "Mr Other")
    theirs = replace(desk, marker=other)
    theirs.make_known()
    (its,) = theirs.store.entries(other.id, script_id=entry.script.id)
    MarkingDesk(theirs, its).give_mark("main", 9)
    row = next(row for row in view(desk).rows if row.assignment.id == "w11")
    assert (row.is_begun, row.is_anothers, row.told, row.levels) == (True, True, "", "")
    row = next(row for row in view(theirs).rows if row.assignment.id == "w11")
    assert (row.is_anothers, row.told) == (False, "9 of 25")
