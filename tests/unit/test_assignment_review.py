"""A pile and a class looked back at: every figure against one worked out by hand or by Python's own statistics."""

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

import pytest

from markdesk.core.annotation import Tone
from markdesk.core.boundaries import Boundaries, Level
from markdesk.core.changes import AssignmentChanged, GroupChanged, ScriptChanged
from markdesk.core.edges import Edge, at_edges, edges_of_levels, under
from markdesk.core.essay import Span
from markdesk.core.feedback import Field
from markdesk.core.ids import AssignmentId, GroupId, MarkerId, ScriptId
from markdesk.core.marking import MarkingStatus
from markdesk.core.people import Marker, TeachingGroup
from markdesk.desk.assignment_review import PileReview, pile_review
from markdesk.desk.course_review import CourseReview, Pooled
from markdesk.desk.desk import Desk
from markdesk.desk.drifting import Hand
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.ports import Keep
from markdesk.desk.review_filters import Filters, school_year
from markdesk.desk.review_words import (
    counted_told,
    course_counted_told,
    course_weakest_told,
    edge_told,
    recurring_told,
    scale_told,
    standard_told,
)
from markdesk.desk.what_recurs import Said
from tests.exports.classes import GROUP, a_class, lay_out, sheet_of
from tests.kit import FixedClock, course_of, shipped_rubric

ESSAY_25 = "aqa-7042-b-essay-25"


def open_script(desk: Desk, place: int) -> MarkingDesk:
    entry = next(e for e in desk.store.entries(desk.marker.id) if e.script.id == f"script-{place:03d}")
    return MarkingDesk(desk, entry)


def piled(
    marks: Sequence[int | None],
    rubric_id: str = ESSAY_25,
    apart: int = 60,
    notes: Mapping[int, Sequence[tuple[str, str]]] = MappingProxyType({}),
) -> Desk:
    """A class whose essays were finished one after another with these marks; None is no response.

    ``notes`` are stamps and comments on the first words of an essay.
    """
    rubric = shipped_rubric(rubric_id)
    desk = lay_out(len(marks) + 1, rubric)
    assert isinstance(desk.clock, FixedClock)
    for place, mark in enumerate(marks):
        opened = open_script(desk, place)
        for scale in rubric.scales:
            if mark is None:
                opened.give_no_response(scale.id)
            else:
                opened.give_mark(scale.id, min(scale.max, mark))
        for code, comment in notes.get(place, ()):
            opened.annotate(Span(0, 8), code, comment)
        desk.clock.wait(apart)
        opened.finish()
    return desk


def reviewed(desk: Desk, filters: Filters = Filters(), boundaries: Boundaries | None = None) -> PileReview:
    return pile_review(desk, desk.store.assignments()[0], filters, boundaries)


def test_the_totals_are_those_of_the_mark_sheet_and_of_python_s_statistics() -> None:
    desk = a_class(12)
    pile, sheet = reviewed(desk), sheet_of(desk)
    marks = [row.total.value for row in sheet.rows if isinstance(row.total.value, int)]
    assert sorted(pile.summary.marks) == sorted(marks)
    its = pile.summary.figures
    assert its is not None
    assert (its.n, its.lowest, its.highest) == (len(marks), min(marks), max(marks))
    assert float(its.mean) == pytest.approx(statistics.mean(marks))
    assert float(its.median) == statistics.median(marks)
    assert its.sd == pytest.approx(statistics.pstdev(marks))
    assert {mark: n for mark, n in enumerate(pile.counts) if n} == Counter(marks)
    assert len(pile.counts) == pile.rubric.max_mark + 1
    assert (pile.summary.no_response, pile.summary.provisional, pile.summary.without_mark) == (1, 1, 1)
    assert [str(one.absence.why) for one in pile.missing if one.absence] == ["absent"]
    assert (pile.scripts, len(pile.rows)) == (11, 11)


def test_no_response_is_in_no_mean_and_a_zero_is() -> None:
    pile = reviewed(piled([0, 10, None, None]))
    assert pile.summary.figures is not None
    assert (pile.summary.figures.n, pile.summary.figures.mean) == (2, Fraction(5))
    assert pile.summary.no_response == 2
    (scale,) = pile.scales
    assert sorted(scale.marks) == [0, 10]
    assert scale.share == Fraction(10, 2 * 25)
    assert sum(scale.levels.counts) == 2


def test_scales_and_strands() -> None:
    desk = a_class(12, "aqa-7042-nea-40")
    pile, sheet = reviewed(desk), sheet_of(desk)
    for scale in pile.scales:
        given = [row.award(scale.scale.id) for row in sheet.rows]
        marks = [award.mark for award in given if award is not None and award.mark is not None]
        assert sorted(scale.marks) == sorted(marks)
        assert scale.figures is not None
        assert float(scale.figures.mean) == pytest.approx(statistics.mean(marks))
        assert scale.share == Fraction(sum(marks), len(marks) * scale.scale.max)
        levels = Counter(award.level for award in given if award is not None and award.level is not None)
        assert {n: count for n, count in enumerate(scale.levels.counts) if count} == levels
    for strand in pile.strands:
        awards = [row.award(strand.scale.id) for row in sheet.rows]
        found = [placed.level for award in awards if award and (placed := award.placement(strand.strand))]
        assert (strand.n, strand.mean) == (len(found), Fraction(sum(found), len(found)))
    assert len(pile.strands) > 1
    assert {strand.share for strand in pile.weakest} == {min(strand.share for strand in pile.strands)}


def test_levels_are_boundaries_where_none_are_entered() -> None:
    scale = shipped_rubric(ESSAY_25).scales[0]
    assert edges_of_levels(scale) == tuple(Edge(f"L{n}", lowest) for n, lowest in ((5, 21), (4, 16), (3, 11), (2, 6)))
    pile = reviewed(piled([20, 19, 15, 16, 4, 0, 25, None]))
    assert [(near.edge.name, near.by, near.row.total.value) for near in pile.near] == [
        ("L5", 1, 20),
        ("L5", 2, 19),
        ("L4", 1, 15),
        ("L2", 2, 4),
    ]
    top = pile.edges[0]
    assert (top.reached, top.lower, top.higher) == (1, (1, 2), (0, 0))


def test_what_another_boundary_would_do() -> None:
    edges = (Edge("A", 20), Edge("B", 18), Edge("C", 10))
    marks = [21, 20, 20, 19, 18, 17, 17, 16, 9]
    at = {one.edge.name: one for one in at_edges(edges, marks)}
    assert (at["A"].reached, at["A"].lower, at["A"].higher) == (3, (1,), (2, 3))  # at 18 it would stand on B
    assert (at["B"].reached, at["B"].lower, at["B"].higher) == (5, (2, 3), (1,))
    assert (at["C"].reached, at["C"].lower, at["C"].higher) == (8, (1, 1), (0, 0))
    assert edge_told(at["A"]) == "3 reach it; if it were 1 lower, 1 more would; 1 higher, 2 fewer; 2 higher, 3 fewer"
    assert edge_told(at["C"]) == "8 reach it; if it were 1 lower, 1 more would"
    assert under(edges, 19) == (edges[0], 1)
    assert under(edges, 18) == (edges[0], 2)
    assert under(edges, 17) == (edges[1], 1)
    assert under(edges, 20) is None
    assert under(edges, 12) is None


def test_entered_boundaries_take_the_place_of_levels() -> None:
    entered = Boundaries(
        "AQA", "7042", "2026-06", "7042AE", Level.NOTIONAL_COMPONENT, "1", 25,
        (("A*", 0), ("A", 19), ("B", 15)), "The board's page",
    )  # fmt: skip
    pile = reviewed(piled([20, 18, 14]), boundaries=entered)
    assert [one.edge.name for one in pile.edges] == ["A", "B"]
    assert [(near.edge.name, near.by) for near in pile.near] == [("A", 1), ("B", 1)]
    assert pile.graded_by == "2026-06, 7042AE, component 1"
    assert pile.edges[0].lower == (1, 1)


SLIDING = [18, 17, 19, 18, 16, 18, 17, 16, 15, 16, 15, 15, 16, 14, 15, 14, 13, 14, 12, 13, 12, 13, 12, 11]


def test_drift_is_told_in_the_order_of_marking() -> None:
    pile = reviewed(piled(SLIDING))
    found = pile.drift.total
    assert found is not None
    assert (found.n, found.ends) == (24, 8)
    assert found.difference == Fraction(sum(SLIDING[-8:]) - sum(SLIDING[:8]), 8)
    assert pile.drift.told.startswith(
        "The last eight of 24 essays sit 4.9 marks below the first eight; chance would do "
    )
    assert found.is_sign


@pytest.mark.parametrize(
    ("marks", "apart", "why"),
    [
        (SLIDING[:19], 60, "under 20 finished essays: here 19"),
        ([*SLIDING[:19], None, None], 60, "under 20 finished essays: here 19"),
        (SLIDING, 0, "the order isn't known"),
    ],
)
def test_no_drift_is_told_of_what_cannot_show_it(marks: Sequence[int | None], apart: int, why: str) -> None:
    pile = reviewed(piled(marks, apart=apart))
    assert pile.drift.total is None
    assert why in pile.drift.told


def test_no_drift_of_a_pile_marked_by_scale_or_of_redrafts() -> None:
    desk = piled(SLIDING[:20])
    entry = desk.store.entries(desk.marker.id)[0]
    again = replace(entry.script, version=2)
    desk.commit("redraft", "again", (ScriptChanged(entry.script, again),))
    assert "here 19" in reviewed(desk).drift.told
    desk = piled(SLIDING, "aqa-7042-nea-40")
    whole = reviewed(desk).drift
    assert [name for name, _ in whole.scales] == [scale.id for scale in reviewed(desk).rubric.scales]
    (before,) = desk.store.assignments()
    desk.commit("order", "by scale", (AssignmentChanged(before, replace(before, by_scale=True)),))
    assert "one scale was marked down the class" in reviewed(desk).drift.told
    assert reviewed(desk).drift.scales == ()


def test_the_mirror_counts_what_was_written_at_both_ends() -> None:
    stamps = piled([1]).stamps_for(shipped_rubric(ESSAY_25))
    strength = next(stamp.code for stamp in stamps.stamps if stamp.tone is Tone.CREDIT)
    fault = next(stamp.code for stamp in stamps.stamps if stamp.tone is Tone.WEAK)
    notes = {
        1: [(strength, "Good and exact"), (strength, "")],
        6: [(fault, ""), ("", "Which year was this?")],
        10: [(fault, "In neither third")],
        20: [(fault, "No"), (fault, "")],
    }
    seen = reviewed(piled(SLIDING[:21], notes=notes)).mirror
    assert seen is not None
    assert seen.n == 21
    assert seen.first == Hand(7, comment_words=7, stamps=3, strengths=2)
    assert seen.last == Hand(7, comment_words=1, stamps=2, strengths=0)
    assert (seen.first.words_each, seen.first.share_of_strengths) == (1.0, 2 / 3)
    assert Hand(7, 0, 0, 0).share_of_strengths is None
    assert reviewed(piled(SLIDING[:19])).mirror is None


def test_marks_under_an_earlier_maximum_are_left_out_and_told() -> None:
    desk = piled([20, 18, 14])
    (before,) = desk.store.assignments()
    tariff = shipped_rubric("edexcel-9hi0-essay-20")
    after = replace(before, rubric_hash=tariff.hash)
    desk.commit("scheme", "another", (AssignmentChanged(before, after),), Keep(rubrics=(tariff,)))
    pile = reviewed(desk)
    assert (pile.left_out, pile.summary.figures) == (3, None)
    assert counted_told(pile) == "3 essays: 0 with a mark of 20, 3 left out: under an earlier maximum"
    assert [scale.marks for scale in pile.scales] == [()]
    assert "3 under other ranges left out" in scale_told(pile.scales[0])
    assert "here 0" in pile.drift.told
    assert course_of(desk, Filters()).shares == ()


def test_only_the_marks_of_one_marker_are_looked_at() -> None:
    desk = piled([20, 18, 14])
    other = replace(desk, marker=Marker(MarkerId("marker-2"), "Mr Dee"))
    opened = open_script(other, 0)
    opened.give_mark("main", 3)
    opened.finish()
    assert sorted(reviewed(desk).summary.marks) == [14, 18, 20]
    assert reviewed(desk, Filters(marker=other.marker.id)).summary.marks == (3,)
    assert reviewed(other).summary.marks == (3,)


def test_hidden_names_stay_hidden() -> None:
    desk = piled([20, 18, 14])
    (before,) = desk.store.assignments()
    desk.commit("names", "hidden", (AssignmentChanged(before, replace(before, is_anonymous=True)),))
    assert [near.called[0] for near in reviewed(desk).near] == ["#", "#"]


def test_filters_hold_together() -> None:
    desk = piled([20, 18, 14, 9, None])
    (assignment,) = desk.store.assignments()
    rubric = desk.store.rubric(assignment.rubric_hash)
    taken = Filters(group=GROUP.id, year="2026-27", board="aqa", question="STYLE khrushchev substance")
    assert taken.takes(assignment, rubric)
    others = (replace(taken, year="2025-26"), replace(taken, board="OCR"), replace(taken, question="Stalin style"))
    assert not any(other.takes(assignment, rubric) for other in others)

    def left(filters: Filters) -> list[int]:
        return sorted(row.total.value for row in reviewed(desk, filters).rows if isinstance(row.total.value, int))

    assert left(Filters(level=4)) == [18, 20]
    assert left(Filters(marks=(14, 18))) == [14, 18]
    assert left(Filters(level=4, marks=(0, 18))) == [18]
    assert left(Filters(marks=(0, 25))) == [9, 14, 18, 20]
    scale = rubric.scales[0].id
    assert left(Filters(scale=scale, marks=(9, 14))) == [9, 14]
    assert left(Filters(stamp="K")) == []
    narrowed = reviewed(desk, Filters(level=4))
    assert narrowed.missing == ()
    assert "some essays of a pile" in narrowed.drift.told
    assert narrowed.scripts == 5


def test_a_class_over_its_assignments() -> None:
    desk = piled([20, 18, 14, 9, None])
    (one,) = desk.store.assignments()
    other = replace(one, id=type(one.id)("assignment-2"), name="Another", set_on="2026-10-01")
    desk.commit("import", "another", (AssignmentChanged(None, other),))
    course = course_of(desk, Filters(group=GROUP.id))
    assert [pile.assignment.name for pile in course.piles] == [one.name, "Another"]
    assert sorted(course.shares) == [Fraction(mark, 25) for mark in (9, 14, 18, 20)]
    assert course.mean_share == Fraction(61, 100)
    assert course.tenths == (0, 0, 0, 1, 0, 1, 0, 1, 1, 0)
    (scale,) = course.scales
    assert (scale.n, scale.share) == (4, Fraction(61, 100))
    assert [len(owing.assignments) for owing in course.owing] == [2, 1, 1, 1, 1, 1]
    assert course_of(desk, Filters(year="2019-20")).piles == ()


def test_a_strand_that_was_seldom_judged_is_not_called_the_weakest() -> None:
    often, other = Pooled("Knowledge", 78, Fraction(3, 5)), Pooled("Judgement", 26, Fraction(1, 2))
    seldom = Pooled("Context", 25, Fraction(1, 5))
    course = CourseReview((), (), (), (often, other, seldom), ())
    assert course.seldom_judged == (seldom,)
    assert course.weakest == (other,)
    told = "Judgement, at 50% of the highest level (n 26); the other at 60%"
    assert course_weakest_told(course) == f"{told}. Not compared, since judged far less often: Context (n 25)"
    many = replace(course, strands=(often, other, *(replace(seldom, name=f"{n}", n=n) for n in range(9, 13))))
    assert course_weakest_told(many).endswith("Not compared, since judged far less often: 4 strands (n 12 at the most)")
    evenly = replace(course, strands=(often, other))
    assert course_weakest_told(evenly) == told
    alike = [replace(other, name=name) for name in ("Judgement", "Focus", "Analysis")]
    assert course_weakest_told(replace(course, strands=(often, *alike))) == (
        "none: they stand at 50% to 60% of the highest level"
    ), "three of four are no weakest"
    assert course_weakest_told(replace(course, strands=(often, *alike[:2], replace(often, name="Use")))).startswith(
        "Judgement, at 50% of the highest level (n 26); Focus, at 50%"
    )
    assert course_weakest_told(replace(course, strands=(often, seldom))) == "", "one alone is no weakest"
    assert course_weakest_told(replace(course, strands=())) == ""


def test_a_school_year_begins_in_september() -> None:
    assert school_year("2026-08-31") == "2025-26"
    assert school_year("2026-09-01") == "2026-27"
    assert school_year("1999-12-01") == "1999-00"
    assert school_year("") == ""


# -- several classes beside each other


def test_two_classes_beside_each_other() -> None:
    desk = piled([20, 18, 14, 9, None])
    (one,) = desk.store.assignments()
    other_class = TeachingGroup(GroupId("group-12b"), "12B")
    other = replace(one, id=AssignmentId("assignment-2"), name="Another", set_on="2026-10-01", group_id=other_class.id)
    script = desk.store.entries(desk.marker.id, one.id)[0].script
    desk.commit("import", "another", (
        GroupChanged(None, other_class), AssignmentChanged(None, other),
        ScriptChanged(None, replace(script, id=ScriptId("script-other"), assignment_id=other.id)),
    ))  # fmt: skip
    (entry,) = desk.store.entries(desk.marker.id, other.id)
    MarkingDesk(desk, entry).give_mark("main", 10)
    course = course_of(desk, Filters())
    assert [(its.name, its.n, its.share) for its in course.classes] == [
        ("12B", 1, Fraction(10, 25)), (GROUP.name, 4, Fraction(61, 100)),
    ]  # fmt: skip
    assert [its.over for its in course.classes] == [(Fraction(10, 25), None), (None, Fraction(61, 100))], "oldest first"
    assert course_of(desk, Filters(group=GROUP.id)).classes == (), "one class by itself"
    counted = "6 essays: 5 with a mark, 1 of them not finished, 1 no response; no response"
    assert course_counted_told(course).startswith(counted)


def test_what_recurs_is_told_the_faults_first_and_whole() -> None:
    stamps = piled([12]).stamps_for(shipped_rubric(ESSAY_25)).stamps
    strength, fault = (next(one.code for one in stamps if one.tone is tone) for tone in (Tone.CREDIT, Tone.WEAK))
    notes = {n: [(fault, "Say why."), (strength, "say why")] for n in range(2)} | {2: [(strength, "Say why!")]}
    (assignment,) = (desk := piled([12, 13, 14], notes=notes)).store.assignments()
    weak, well, said = recurring_told(pile_review(desk, assignment).recurs)
    assert (weak.title, [row[:2] for row in weak.rows], weak.codes) == ("To work on", [(fault, "2 of 3")], (fault,))
    assert (well.title, [row[:2] for row in well.rows]) == ("Done well", [(strength, "3 of 3")])
    assert (said.rows, said.more) == ((("Margin", "2 of 3", "Say why."),), 0)


def test_a_hidden_name_is_left_out_of_what_was_said() -> None:
    desk = piled([12, 13, 14])
    (assignment,) = desk.store.assignments()
    entries = desk.store.entries(desk.marker.id, assignment.id)
    for entry in entries[:2]:
        MarkingDesk(desk, entry).write_feedback(Field.WWW, 1, f"Well argued, {entry.student.given_name}.")
    said = pile_review(desk, replace(assignment, is_anonymous=True)).recurs.said
    assert said == (Said(Field.WWW, "Well argued, ….", 2),)
    assert len(pile_review(desk, assignment).recurs.said) == 2


@pytest.mark.parametrize(("marks", "hidden", "told"), [
    ([12] * 5, False, ""),
    ([12] * 6, False, "Not told: fewer than 6 of its students have 3 earlier marks by this marker."),
    ([12] * 6, True, "Not told while names are hidden."),
])  # fmt: skip
def test_why_a_standard_is_not_told(marks: list[int], hidden: bool, told: str) -> None:
    (assignment,) = (desk := piled(marks)).store.assignments()
    assert standard_told(pile_review(desk, replace(assignment, is_anonymous=hidden))) == told
    assert standard_told(pile_review(desk, assignment, Filters(marks=(12, 25)))) == "", "some essays are no pile"


def test_a_standard_is_told_of_finished_essays() -> None:
    (assignment,) = (desk := piled([12] * 6)).store.assignments()
    pile = pile_review(desk, assignment)
    begun = pile.rows[0].entry
    assert begun.header is not None
    begun = replace(begun, header=replace(begun.header, status=MarkingStatus.IN_PROGRESS))
    pile = replace(pile, rows=(replace(pile.rows[0], entry=begun), *pile.rows[1:]))
    assert standard_told(pile) == "Not told under 6 finished essays: here 5."
