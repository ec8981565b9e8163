"""Every edit can be taken back exactly, and none is made to a state that it wasn't meant for."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.anchors import Anchor
from markdesk.core.annotation import Annotation
from markdesk.core.award import Award
from markdesk.core.changes import (
    AnnotationChanged,
    AnyChange,
    AwardChanged,
    FeedbackChanged,
    MarkingChanged,
    MembershipChanged,
    StudentChanged,
    apply,
    apply_all,
    begins_marking,
    invert,
    key_of,
)
from markdesk.core.errors import MarkingLocked, StaleChange
from markdesk.core.essay import Span
from markdesk.core.feedback import FeedbackLine, Field
from markdesk.core.ids import AnnotationId, GroupId, MarkerId, MarkingId, RubricHash, ScaleId, ScriptId, StudentId
from markdesk.core.marking import Marking, MarkingHeader, MarkingStatus
from markdesk.core.people import Membership, Student

M = MarkingId("m")
HEADER = MarkingHeader(M, ScriptId("s"), MarkerId("w"), None, RubricHash("r"), MarkingStatus.IN_PROGRESS, "t")
DONE = replace(HEADER, status=MarkingStatus.COMPLETE, completed_at="later")
RETURNED = replace(DONE, status=MarkingStatus.RETURNED)
NEW = Marking(HEADER)
BEGUN = Marking(HEADER, is_kept=True)


def note(n: int, code: str = "K", comment: str = "") -> Annotation:
    return Annotation(M, AnnotationId(f"a{n}"), Anchor(Span(n, n + 1), "x"), code, comment)


def mark(n: int, scale: str = "main") -> Award:
    return Award(M, ScaleId(scale), n, 1)


def line(text: str, place: int = 1) -> FeedbackLine:
    return FeedbackLine(M, Field.WWW, place, text)


def test_a_change_from_nothing_to_nothing_is_none() -> None:
    with pytest.raises(ValueError, match="nothing to nothing"):
        AwardChanged(None, None)


KINDS: list[tuple[Any, Any, Any]] = [
    (AnnotationChanged, note(1), note(1, comment="better")),
    (AwardChanged, mark(3), mark(4)),
    (FeedbackChanged, line("one"), line("two")),
]


@pytest.mark.parametrize(("kind", "one", "two"), KINDS)
def test_made_altered_removed_and_back_again(kind: Any, one: Any, two: Any) -> None:
    states = [BEGUN]
    changes: list[AnyChange] = [kind(None, one), kind(one, two), kind(two, None)]
    for change in changes:
        states.append(apply(states[-1], change))
    assert states[3] == BEGUN
    assert len({id(s) for s in states}) == 4
    assert states[1] != states[2]
    for change, before, after in zip(changes, states, states[1:], strict=False):
        assert apply(after, invert(change)) == before
        assert invert(invert(change)) == change
        assert key_of(change) == key_of(changes[0])


@pytest.mark.parametrize(("kind", "one", "two"), KINDS)
def test_a_stale_change_is_refused(kind: Any, one: Any, two: Any) -> None:
    held = apply(BEGUN, kind(None, one))
    for stale in (kind(None, one), kind(None, two), kind(two, one), kind(two, None)):
        with pytest.raises(StaleChange):
            apply(held, stale)
    with pytest.raises(StaleChange):
        apply(BEGUN, kind(one, two))


def test_where_each_thing_is_found() -> None:
    marking = apply_all(
        BEGUN,
        (
            AnnotationChanged(None, note(5)),
            AnnotationChanged(None, note(2, "V")),
            AnnotationChanged(None, replace(note(9), anchor=Anchor(None, "gone"))),
            AwardChanged(None, mark(3)),
            FeedbackChanged(None, line("second", 2)),
            FeedbackChanged(None, line("first", 1)),
        ),
    )
    assert [a.id for a in marking.annotations_in_order()] == ["a2", "a5", "a9"]
    assert (marking.code_counts.get("K"), marking.code_counts.get("V"), marking.code_counts.get("X")) == (2, 1, None)
    assert marking.award("main").mark == 3
    assert marking.award("other").is_empty
    assert [found.text for found in marking.lines(Field.WWW)] == ["first", "second"]
    assert marking.line(Field.WWW, 2) == line("second", 2)
    assert marking.line(Field.EBI) is None


def test_stamps_are_counted_as_they_change() -> None:
    one = apply(BEGUN, AnnotationChanged(None, note(1)))
    other = apply(one, AnnotationChanged(note(1), note(1, "V")))
    bare = apply(other, AnnotationChanged(note(1, "V"), note(1, "", "why?")))
    assert [(m.code_counts.get("K"), m.code_counts.get("V")) for m in (one, other, bare)] == [
        (1, None),
        (None, 1),
        (None, None),
    ]
    assert len(bare.code_counts) == 0


def test_a_marking_begins_once_and_is_never_unmade() -> None:
    begin = MarkingChanged(None, HEADER)
    assert begins_marking(begin)
    assert not begins_marking(MarkingChanged(HEADER, DONE))
    assert not begins_marking(AwardChanged(None, mark(1)))
    begun = apply(NEW, begin)
    assert begun == BEGUN
    with pytest.raises(StaleChange):
        apply(begun, begin)
    with pytest.raises(StaleChange):
        apply(begun, invert(begin))
    with pytest.raises(StaleChange):
        apply(NEW, MarkingChanged(HEADER, DONE))


def test_a_returned_marking_is_locked_until_it_is_reopened() -> None:
    returned = apply(apply(BEGUN, MarkingChanged(HEADER, DONE)), MarkingChanged(DONE, RETURNED))
    assert returned.is_locked
    changes: tuple[AnyChange, ...] = (
        AnnotationChanged(None, note(1)),
        AwardChanged(None, mark(1)),
        FeedbackChanged(None, line("x")),
        MarkingChanged(RETURNED, replace(RETURNED, completed_at="never")),
        MarkingChanged(RETURNED, None),
    )
    for change in changes:
        with pytest.raises(MarkingLocked):
            apply(returned, change)
    opened = apply(returned, MarkingChanged(RETURNED, HEADER))
    assert apply(opened, AwardChanged(None, mark(1))).award("main").mark == 1
    # Reopening and marking may be one act.
    assert apply_all(returned, (MarkingChanged(RETURNED, HEADER), AwardChanged(None, mark(2)))).award("main").mark == 2


def test_a_roster_change_is_no_change_of_a_marking() -> None:
    with pytest.raises(TypeError, match="StudentChanged"):
        apply(BEGUN, StudentChanged(None, Student(StudentId("s"), "A", "B")))


def test_keys_tell_things_apart() -> None:
    keys = [
        key_of(change)
        for change in (
            AnnotationChanged(None, note(1)),
            AnnotationChanged(None, note(2)),
            AwardChanged(None, mark(1)),
            AwardChanged(None, mark(1, "ao2")),
            FeedbackChanged(None, line("x")),
            FeedbackChanged(None, line("x", 2)),
            FeedbackChanged(None, replace(line("x"), field=Field.EBI)),
            MarkingChanged(None, HEADER),
            MembershipChanged(None, Membership(GroupId("g"), StudentId("s"))),
            MembershipChanged(None, Membership(GroupId("s"), StudentId("g"))),
            StudentChanged(None, Student(StudentId("m"), "", "")),
        )
    ]
    assert len(set(keys)) == len(keys)


WISHES = st.lists(
    st.tuples(st.sampled_from(["note", "mark", "line"]), st.integers(0, 3), st.one_of(st.none(), st.integers(0, 3))),
    max_size=30,
)


@given(WISHES)
def test_any_acts_taken_back_in_turn_leave_nothing(wishes: list[tuple[str, int, int | None]]) -> None:
    states, changes = [BEGUN], []
    for kind, which, value in wishes:
        now = states[-1]
        change: AnyChange
        if kind == "note":
            before: Any = now.annotations.get(f"a{which}")
            after: Any = None if value is None else note(which, "KVR"[value % 3], str(value))
            make: Any = AnnotationChanged
        elif kind == "mark":
            before = now.awards.get(f"s{which}")
            after, make = None if value is None else mark(value, f"s{which}"), AwardChanged
        else:
            before = now.line(Field.WWW, which)
            after, make = None if value is None else line(str(value), which), FeedbackChanged
        if before is None and after is None:
            continue
        change = make(before, after)
        changes.append(change)
        states.append(apply(now, change))
    for change, before_state in zip(reversed(changes), reversed(states[:-1]), strict=True):
        assert apply(states.pop(), invert(change)) == before_state
    assert states == [BEGUN]
