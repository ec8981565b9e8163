"""A pile in mark order: who stands where, what stands between, and which essays deserve a second look."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.award import Award, total
from markdesk.core.ids import EssayHash, MarkerId, MarkingId, ScaleId, ScriptId, StudentId
from markdesk.core.marking import MarkingHeader, MarkingStatus
from markdesk.core.people import Student
from markdesk.desk.line_up import Break, LineUp, Place, Spread, Standing
from markdesk.desk.ports import Entry
from markdesk.store.memory.store import MemoryStore
from tests.kit import fill, shipped_rubric

SMALL = fill(MemoryStore())
PATTERN = SMALL.entry()
ONE, THREE = shipped_rubric("aqa-7042-b-essay-25"), shipped_rubric("aqa-7042-nea-40")

Mark = int | str | None
"""A mark, NR, or nothing."""


def entry(n: int, *marks: Mark, name: str = "", status: MarkingStatus = MarkingStatus.COMPLETE, at: str = "") -> Entry:
    """The nth script with a mark for each scale; one mark for the only scale, none for an unmarked essay."""
    rubric = ONE if len(marks) < 2 else THREE
    marking_id, script_id = MarkingId(f"m{n:04}"), ScriptId(f"s{n:04}")
    awards: list[Award] = []
    for scale, mark in zip(rubric.scales, marks, strict=False):
        if mark is not None:
            given = mark if isinstance(mark, int) else None
            level = scale.level_of(given) if given is not None else None
            awards.append(Award(marking_id, ScaleId(scale.id), given, level, no_response=mark == "NR"))
    done = (at or f"2026-11-{n % 28 + 1:02}T{n:06}") if status is not MarkingStatus.IN_PROGRESS else None
    header = MarkingHeader(
        marking_id, script_id, MarkerId("w"), EssayHash("e"), rubric.hash, status, f"2026-10-01T{n:06}", done
    )
    student = Student(StudentId(f"p{n:04}"), "A", name or f"Name{n:04}")
    script = replace(PATTERN.script, id=script_id)
    return replace(PATTERN, script=script, student=student, header=header if awards else None, awards=tuple(awards))


def awards(of: Entry) -> dict[str, Award]:
    return {award.scale: award for award in of.awards}


def listed(line: LineUp) -> list[str]:
    """The rows in words: family names, and the breaks between them."""
    told = []
    for at in range(len(line)):
        row = line.row(at)
        told.append(row.entry.student.family_name if isinstance(row, Place) else f"-{row.standing.name} {row.marks}")
    return told


def test_highest_first_then_by_scale_then_by_name_and_those_without_a_mark_at_the_end() -> None:
    pile = [
        entry(1, 10, 5, 5, name="Wood"), entry(2, 12, 4, 4, name="Ash"), entry(3, 12, 5, 3, name="Elm"),
        entry(4, "NR", "NR", "NR", name="Yew"), entry(5, 12, None, 4, name="Oak"), entry(6, 12, "NR", 8, name="Fir"),
        entry(7, 12, 5, 3, name="Box"), entry(8, name="Bay"), entry(9, 12, 0, 8, name="Hop"),
    ]  # fmt: skip
    line = LineUp(THREE, pile)
    assert listed(line) == [
        "Box", "Elm", "Ash", "Hop", "Fir", "Wood", "-NO_RESPONSE 0", "Yew", "-UNMARKED 0", "Bay", "Oak",
    ]  # fmt: skip
    assert [line.place_of(ScriptId(f"s000{n}")).standing for n in (1, 4, 5)] == [
        Standing.MARKED, Standing.NO_RESPONSE, Standing.UNMARKED,
    ]  # fmt: skip
    assert line.place_of(ScriptId("s0005")).total.so_far == 16
    assert (line.count, line.counts) == (9, ((20, 6),))


def test_a_gap_is_told_where_it_is_more_than_a_tenth_of_the_scheme() -> None:
    line = LineUp(ONE, [entry(n, mark) for n, mark in enumerate((25, 23, 20, 20, 3))])
    assert listed(line) == ["Name0000", "Name0001", "-MARKED 3", "Name0002", "Name0003", "-MARKED 17", "Name0004"]
    assert [line.is_first_of_its_mark(at) for at in (0, 1, 3, 4, 6)] == [True, True, True, False, True]


def test_what_stands_beside_an_essay_passes_over_the_gap_and_stops_at_the_end_of_the_marks() -> None:
    line = LineUp(ONE, [entry(1, 25), entry(2, 3), entry(3)])
    first, second, third = (ScriptId(f"s000{n}") for n in (1, 2, 3))

    def beside(script: ScriptId, by: int) -> str | None:
        found = line.beside(script, by)
        return found.script_id if found else None

    assert (beside(first, 1), beside(second, -1)) == (second, first)
    assert (beside(first, -1), beside(second, 1), beside(third, -1)) == (None, None, None)


def test_an_empty_pile_and_one_without_marks() -> None:
    assert (len(LineUp(ONE, [])), LineUp(ONE, []).spread, LineUp(ONE, []).is_finished) == (0, None, False)
    line = LineUp(ONE, [entry(1)])
    assert listed(line) == ["-UNMARKED 0", "Name0001"]
    assert (line.spread, line.is_finished) == (None, False)


@pytest.mark.parametrize(
    ("marks", "told"),
    [((7,), Spread(7, 7, 7)), ((7, 10), Spread(7, 8.5, 10)), ((1, 2, 2, 25), Spread(1, 2, 25))],
)
def test_the_spread(marks: tuple[int, ...], told: Spread) -> None:
    line = LineUp(ONE, [*(entry(n, mark) for n, mark in enumerate(marks)), entry(98, "NR"), entry(99)])
    assert line.spread == told


def test_the_first_five_that_were_marked_are_flagged_by_when_they_were_finished() -> None:
    pile = [entry(n, 10 + n % 5, at=f"2026-11-20T{100 - n:04}") for n in range(12)]
    line = LineUp(ONE, pile)
    early = {n for n in range(12) if line.place_of(ScriptId(f"s{n:04}")).is_early}
    assert early == {11, 10, 9, 8, 7}
    assert line.place_of(ScriptId("s0011")).marked_as == 1
    assert line.place_of(ScriptId("s0000")).marked_as == 12


def test_the_first_five_of_a_small_pile_are_half_of_it_and_none_is_flagged() -> None:
    line = LineUp(ONE, [entry(n, 10) for n in range(10)])
    assert not any(line.place_of(ScriptId(f"s{n:04}")).is_early for n in range(10))


def test_one_with_a_mark_that_is_not_finished_has_no_turn() -> None:
    pile = [entry(1, 10, status=MarkingStatus.IN_PROGRESS), entry(2, 12), entry(3)]
    line = LineUp(ONE, pile)
    assert [line.place_of(ScriptId(f"s000{n}")).marked_as for n in (1, 2, 3)] == [None, 1, None]
    assert (line.finished, line.is_finished) == (1, False)


def test_an_essay_two_levels_from_both_its_neighbours_on_one_scale_is_named() -> None:
    line = LineUp(THREE, [entry(1, 13, 8, 8), entry(2, 14, 2, 9), entry(3, 9, 6, 6), entry(4, 9, 6, 5)])
    assert line.stands_out(line.place_of(ScriptId("s0002"))) == (("ao2", -2),)
    assert line.stands_out(line.place_of(ScriptId("s0003"))) == ()
    assert line.stands_out(line.place_of(ScriptId("s0001"))) == (), "it has no neighbour above"
    on_one = LineUp(ONE, [entry(1, 25), entry(2, 12), entry(3, 1)])
    assert on_one.stands_out(on_one.place_of(ScriptId("s0002"))) == (), "the gaps say it"


def test_an_essay_one_mark_under_a_level_is_named() -> None:
    line = LineUp(ONE, [entry(n, mark) for n, mark in enumerate((25, 20, 19, 21, "NR", None, 0))])
    under = {n: line.just_under(line.place_of(ScriptId(f"s{n:04}"))) for n in range(7)}
    assert {n: level.n for n, level in under.items() if level} == {1: 5}
    by_scales = LineUp(THREE, [entry(1, 12, 4, 4)])
    assert by_scales.just_under(by_scales.place_of(ScriptId("s0001"))) is None


def test_an_essay_that_is_still_under_another_version_is_added_up_by_that() -> None:
    older = entry(2, 12, 5, 3)
    line = LineUp(
        ONE, [entry(1, 18), older, entry(3, 21)], lambda one: total(THREE if one is older else ONE, awards(one))
    )
    assert listed(line) == ["Name0003", "Name0002", "Name0001"]
    assert [t.value for t in (line.place_of(ScriptId(f"s000{n}")).total for n in (3, 2, 1))] == [21, 20, 18]
    line.move(older)
    assert line.index_of(ScriptId("s0002")) == 1


@given(
    st.lists(st.one_of(st.none(), st.just("NR"), st.integers(0, 25)), min_size=1, max_size=30),
    st.lists(st.tuples(st.integers(0, 29), st.one_of(st.none(), st.just("NR"), st.integers(0, 25))), max_size=20),
)
def test_moving_essays_one_by_one_ends_where_a_fresh_line_begins(
    marks: list[Mark], moves: list[tuple[int, Mark]]
) -> None:
    pile = [entry(n, mark) for n, mark in enumerate(marks)]
    line = LineUp(ONE, pile)
    for at, mark in moves:
        n = at % len(pile)
        pile[n] = entry(n, mark)
        line.move(pile[n])
    fresh = LineUp(ONE, pile)
    assert listed(line) == listed(fresh)
    assert line.counts == fresh.counts
    assert +line.statuses == +fresh.statuses
    totals = [-1 if isinstance(p, Break) or p.standing else p.total.value for p in map(line.row, range(len(line)))]
    assert [t for t in totals if t != -1] == sorted(
        (m for m in (e.awards[0].mark for e in pile if e.awards) if m is not None), reverse=True
    )
    for n in range(len(pile)):
        found = line.row(line.index_of(ScriptId(f"s{n:04}")))
        assert isinstance(found, Place)
        assert found.script_id == f"s{n:04}"


@given(st.lists(st.sampled_from((3, 9, 10, 11, 25, "NR", None)), min_size=1, max_size=14), st.data(), st.booleans())
def test_the_alike_of_a_third_are_all_of_it_the_nearest_first(
    marks: list[Mark], data: st.DataObject, is_late: bool
) -> None:
    pile = [entry(n, mark) for n, mark in enumerate(marks)]
    line = LineUp(ONE, pile)
    here = line.place_of(data.draw(st.sampled_from(pile)).script.id)
    found = line.alike(here.script_id, is_late)
    given = [mark for mark in marks if isinstance(mark, int)]
    assert line.marked == len(given)
    mine, third = here.total.value, len(given) // 3
    if not isinstance(mine, int):
        assert found == ()
        return
    places = range(len(given) - third + 1, len(given) + 1) if is_late else range(1, third + 1)
    assert {place.marked_as for place in found} == set(places) - {here.marked_as}
    apart = [abs(place.total.value - mine) for place in found if isinstance(place.total.value, int)]
    assert apart == sorted(apart)
    assert len(apart) == len(found)


def test_an_essay_that_is_not_finished_is_not_a_late_one() -> None:
    pile = [entry(n, 10 + n) for n in range(6)]
    begun = entry(7, 12, status=MarkingStatus.IN_PROGRESS)
    line = LineUp(ONE, [*pile, begun])
    assert [place.script_id for place in line.ends(is_late=True) or ()] == ["s0004", "s0005"]
    assert begun.script.id not in {place.script_id for place in line.alike(ScriptId("s0000"), is_late=True)}
    assert [place.script_id for place in line.alike(begun.script.id, is_late=False)] == ["s0001", "s0000"]


def test_where_several_were_finished_at_one_moment_none_is_early_or_late() -> None:
    line = LineUp(ONE, [entry(n, 10 + n, at="2026-11-01T000001") for n in range(6)])
    assert (line.ends(is_late=True), line.alike(ScriptId("s0000"), is_late=True)) == (None, ())
    assert line.place_of(ScriptId("s0000")).marked_as is None


def test_one_that_was_opened_again_is_no_late_one() -> None:
    line = LineUp(ONE, [entry(n, 10 + n) for n in range(6)])
    line.move(entry(5, 15, status=MarkingStatus.IN_PROGRESS))
    assert [place.script_id for place in line.ends(is_late=True) or ()] == ["s0004"], "a third of the five left"
