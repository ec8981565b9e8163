"""What stands beside an essay, in every kind of store: the best of each level, and who else has a stamp."""

from dataclasses import replace

import pytest

from markdesk.core.changes import AnyChange, AssignmentChanged, ScriptChanged
from markdesk.core.coursework import Assignment, Script
from markdesk.core.essay import Span
from markdesk.core.feedback import Field
from markdesk.core.ids import AssignmentId, EssayHash, ScaleId, ScriptId, StudentId
from markdesk.desk.desk import Desk
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.ports import Keep
from tests.conftest import Reopen
from tests.kit import SECOND_ESSAY, SmallDesk, shipped_rubric

NOBODY = StudentId("nobody")


def finish(small: SmallDesk, script: Script, mark: int | None, desk: Desk | None = None, is_done: bool = True) -> None:
    desk = desk or small.desk
    (entry,) = desk.store.entries(desk.marker.id, script_id=script.id)
    opened = MarkingDesk(desk, entry)
    scale = opened.rubric.scales[0].id
    small.clock.wait(60)
    if mark is None:
        opened.give_no_response(scale)
    else:
        opened.give_mark(scale, mark)
    if is_done:
        opened.finish()


def another_pile(small: SmallDesk, name: str, rubric_id: str = "") -> tuple[Script, ...]:
    """Another assignment for the same students; of the same scheme, where no other is named."""
    rubric = shipped_rubric(rubric_id) if rubric_id else small.rubric
    assignment = Assignment(AssignmentId(name), name, "Why?", rubric.hash, "2026-12-01", small.group.id)
    scripts = tuple(
        Script(
            ScriptId(f"{name}-{student.id}"),
            assignment.id,
            student.id,
            EssayHash(SECOND_ESSAY.hash),
            "",
            "2026-12-02T09:00:00.000+00:00",
        )
        for student in small.students
    )
    changes: tuple[AnyChange, ...] = (
        AssignmentChanged(None, assignment),
        *(ScriptChanged(None, script) for script in scripts),
    )
    small.desk.commit("import", name, changes, Keep((SECOND_ESSAY,), (rubric,)))
    return scripts


def best(small: SmallDesk, reopen: Reopen, but_not: StudentId = NOBODY, desk: Desk | None = None) -> list[ScriptId]:
    small.desk.store = reopen(small.desk.store)
    scale = small.rubric.scales[0].id
    marker = (desk or small.desk).marker.id
    return list(small.desk.store.best_at_levels(marker, small.rubric.id, scale, but_not))


def test_the_best_of_each_level_the_highest_level_first(small_desk: SmallDesk, reopen: Reopen) -> None:
    here, there = small_desk.scripts, another_pile(small_desk, "another")
    assert best(small_desk, reopen) == []
    finish(small_desk, here[0], 17)
    finish(small_desk, here[1], 18)
    finish(small_desk, there[0], 4)
    finish(small_desk, there[1], 25)
    assert best(small_desk, reopen) == [there[1].id, here[1].id, there[0].id]


def test_of_the_same_mark_the_one_that_was_finished_last(small_desk: SmallDesk, reopen: Reopen) -> None:
    here, there = small_desk.scripts, another_pile(small_desk, "another")
    finish(small_desk, there[1], 18)
    finish(small_desk, here[0], 18)
    assert best(small_desk, reopen) == [here[0].id]
    finish(small_desk, there[0], 18)
    assert best(small_desk, reopen) == [there[0].id]


@pytest.mark.parametrize("mark", [None, 0])
def test_no_response_and_nothing_creditable_are_no_level(
    small_desk: SmallDesk, reopen: Reopen, mark: int | None
) -> None:
    finish(small_desk, small_desk.scripts[0], mark)
    assert best(small_desk, reopen) == []


def test_only_what_this_marker_has_finished_and_never_this_students_own(small_desk: SmallDesk, reopen: Reopen) -> None:
    one, two, three = small_desk.scripts
    other = small_desk.other_marker()
    finish(small_desk, one, 9)
    finish(small_desk, two, 18, is_done=False)
    finish(small_desk, three, 24, other)
    assert best(small_desk, reopen) == [one.id]
    assert best(small_desk, reopen, desk=other) == [three.id]
    assert best(small_desk, reopen, but_not=one.student_id) == []


def test_another_scheme_is_no_measure(small_desk: SmallDesk, reopen: Reopen) -> None:
    there = another_pile(small_desk, "another", "edexcel-9hi0-essay-20")
    finish(small_desk, there[0], 18)
    assert best(small_desk, reopen) == []
    scale = shipped_rubric("edexcel-9hi0-essay-20").scales[0].id
    marker = small_desk.desk.marker.id
    store = small_desk.desk.store
    assert store.best_at_levels(marker, "edexcel-9hi0-essay-20", scale, NOBODY) == (there[0].id,)
    assert store.best_at_levels(marker, "edexcel-9hi0-essay-20", ScaleId("no-such"), NOBODY) == ()


def test_every_version_of_the_scheme_counts(small_desk: SmallDesk, reopen: Reopen) -> None:
    finish(small_desk, small_desk.scripts[0], 18)
    newer = replace(small_desk.rubric, version="2099")
    after = replace(small_desk.assignment, rubric_hash=newer.hash)
    small_desk.desk.commit("scheme", "newer", (AssignmentChanged(small_desk.assignment, after),), Keep((), (newer,)))
    finish(small_desk, small_desk.scripts[1], 24)
    assert best(small_desk, reopen) == [small_desk.scripts[1].id, small_desk.scripts[0].id]


def test_who_has_a_stamp_and_how_often(small_desk: SmallDesk, reopen: Reopen) -> None:
    other = small_desk.other_marker()
    for place, codes in enumerate((("K", "K", "E"), ("K",))):
        opened = small_desk.open(place)
        for at, code in enumerate(codes):
            opened.annotate(Span(at, at + 3), code)
    (entry,) = small_desk.store.entries(other.marker.id, script_id=small_desk.scripts[1].id)
    MarkingDesk(other, entry).annotate(Span(0, 3), "E")
    store, me = reopen(small_desk.store), small_desk.desk.marker.id
    one, two = (script.id for script in small_desk.scripts[:2])
    pile = small_desk.assignment.id
    assert store.stamped(me, pile, "K") == {one: 2, two: 1}
    assert store.stamped(me, pile, "E") == {one: 1}
    assert store.stamped(other.marker.id, pile, "E") == {two: 1}
    assert store.stamped(me, pile, "Q") == {}
    assert store.stamped(me, AssignmentId("another"), "K") == {}
    small = [("K", ""), ("K", ""), ("E", "")]
    assert sorted((r.code, r.comment) for r in store.remarks(me, pile) if r.script_id == one) == sorted(small)
    assert [(r.script_id, r.code) for r in store.remarks(other.marker.id, pile)] == [(two, "E")]
    assert store.remarks(me, AssignmentId("another")) == ()
    assert store.codes(me, pile) == {(one, "K"), (one, "E"), (two, "K")}
    assert store.codes(other.marker.id, pile) == {(two, "E")}


def test_what_was_written_on_a_pile(small_desk: SmallDesk, reopen: Reopen) -> None:
    opened = small_desk.open(0)
    opened.annotate(Span(0, 3), "", "Which year?")
    opened.annotate(Span(4, 9), "K", "Good: the 20th Congress")
    store = reopen(small_desk.store)
    said = store.remarks(small_desk.desk.marker.id, small_desk.assignment.id)
    assert {(r.code, r.comment) for r in said} == {("", "Which year?"), ("K", "Good: the 20th Congress")}


def test_what_students_were_told_on_a_pile(small_desk: SmallDesk, reopen: Reopen) -> None:
    first, second = small_desk.open(0), small_desk.open(1)
    for desk, at in ((first, 0), (first, 4), (second, 0)):
        desk.annotate(Span(at, at + 3), "", "Which year?")
    first.annotate(Span(8, 9), "K")
    first.write_feedback(Field.EBI, 1, "Which year?")
    first.write_feedback(Field.NOTE, 1, "Tired. Ask at home?")
    other = small_desk.other_marker()
    (entry,) = small_desk.store.entries(other.marker.id, script_id=small_desk.scripts[1].id)
    MarkingDesk(other, entry).annotate(Span(0, 3), "", "Why?")
    store, me, pile = reopen(small_desk.store), small_desk.desk.marker.id, small_desk.assignment.id
    one, two = (script.id for script in small_desk.scripts[:2])
    told = {(one, None, "Which year?"), (two, None, "Which year?"), (one, Field.EBI, "Which year?")}
    assert store.told_students(me, pile) == told, "a private note is told nobody"
    assert store.told_students(other.marker.id, pile) == {(two, None, "Why?")}
    assert store.told_students(me, AssignmentId("another")) == frozenset()
