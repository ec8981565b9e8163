"""Undo and redo, told from the log alone; acts on one thing within a minute are one."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.award import Award
from markdesk.core.changes import AnyChange, AwardChanged, MarkingChanged, apply_all
from markdesk.core.history import Group, History, Step, StepKind, compose
from markdesk.core.ids import MarkerId, MarkingId, RubricHash, ScaleId, ScriptId, StepId
from markdesk.core.marking import Marking, MarkingHeader, MarkingStatus

M = MarkingId("m")
HEADER = MarkingHeader(M, ScriptId("s"), MarkerId("w"), None, RubricHash("r"), MarkingStatus.IN_PROGRESS, "t")


def at(seconds: float) -> str:
    return (datetime(2026, 11, 23, 9, 0, tzinfo=UTC) + timedelta(seconds=seconds)).isoformat(timespec="milliseconds")


def mark(scale: str, before: int | None, after: int | None) -> AwardChanged:
    a, b = (None if m is None else Award(M, ScaleId(scale), m, 1) for m in (before, after))
    return AwardChanged(a, b)


class Log:
    """A history with the log that it came from."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.history = History()

    def do(self, action: str, seconds: float, *changes: AnyChange) -> StepId:
        group = self.history.group_for(action, changes, at(seconds))
        return self._record(StepKind.DO, group, action, seconds, changes)

    def undo(self, seconds: float = 0) -> None:
        group = self.history.done[-1]
        self._record(StepKind.UNDO, group.id, "undo", seconds, group.inverse)

    def redo(self, seconds: float = 0) -> None:
        group = self.history.undone[-1]
        self._record(StepKind.REDO, group.id, "redo", seconds, group.changes)

    def _record(
        self, kind: StepKind, group: StepId | None, action: str, seconds: float, changes: tuple[AnyChange, ...]
    ) -> StepId:
        new = StepId(f"step{len(self.steps)}")
        step = Step(new, group or new, kind, action, action, changes, at(seconds), MarkerId("w"), M)
        self.steps.append(step)
        self.history.record(step)
        assert self.history.done == History(tuple(self.steps)).done
        assert self.history.undone == History(tuple(self.steps)).undone
        return step.group

    def sizes(self) -> tuple[int, int]:
        return len(self.history.done), len(self.history.undone)


@pytest.mark.parametrize(
    ("action", "scale", "seconds", "joins"),
    [
        ("mark", "a", 0, True),
        ("mark", "a", 59.999, True),
        ("mark", "a", 60, True),
        ("mark", "a", 60.001, False),
        ("mark", "a", -1, False),
        ("level", "a", 1, False),
        ("mark", "b", 1, False),
    ],
)
def test_what_joins(action: str, scale: str, seconds: float, joins: bool) -> None:
    log = Log()
    log.do("mark", 100, mark("a", None, 3))
    before = 3 if scale == "a" else None
    log.do(action, 100 + seconds, mark(scale, before, 4))
    assert log.sizes() == (1 if joins else 2, 0)


def test_five_taps_come_back_as_one() -> None:
    log = Log()
    for n in range(10, 15):
        log.do("mark", n * 30, mark("a", n, n + 1))  # each within a minute of the one before
    assert log.sizes() == (1, 0)
    assert log.history.done[0].changes == (mark("a", 10, 15),)
    assert log.history.done[0].inverse == (mark("a", 15, 10),)


def test_acts_that_come_to_nothing_leave_nothing_to_undo() -> None:
    log = Log()
    log.do("level", 0, mark("a", None, 7))
    log.do("mark", 1, mark("a", 7, 8))
    log.do("mark", 2, mark("a", 8, 7))
    assert [group.action for group in log.history.done] == ["level"]
    log.do("mark", 3, mark("a", 7, 9))
    assert [group.changes for group in log.history.done] == [(mark("a", None, 7),), (mark("a", 7, 9),)]


def test_beginning_a_marking_is_not_undone() -> None:
    log = Log()
    log.do("mark", 0, MarkingChanged(None, HEADER), mark("a", None, 3))
    assert log.history.done[0].changes == (mark("a", None, 3),)
    log.do("mark", 1, mark("a", 3, 4))
    assert log.history.done[0].changes == (mark("a", None, 4),)


def test_acts_on_several_things_join_only_the_same_several() -> None:
    log = Log()
    log.do("finish", 0, mark("a", 1, 2), mark("b", 1, 2))
    log.do("finish", 1, mark("a", 2, 3))
    assert log.sizes() == (2, 0)
    log.do("finish", 2, mark("b", 2, 3), mark("a", 3, 4))
    assert log.sizes() == (3, 0)


def test_undo_and_redo_move_groups_across() -> None:
    log = Log()
    log.do("mark", 0, mark("a", None, 1))
    log.do("mark", 100, mark("a", 1, 2))
    log.undo(200)
    log.undo(201)
    assert log.sizes() == (0, 2)
    log.redo(202)
    assert log.sizes() == (1, 1)
    assert log.steps[-1].changes == (mark("a", None, 1),)
    log.do("mark", 203, mark("a", 1, 9))
    assert log.sizes() == (2, 0), "what was undone can't be redone after another act"


def test_nothing_joins_while_something_is_undone() -> None:
    log = Log()
    log.do("mark", 0, mark("a", None, 1))
    log.do("level", 1, mark("a", 1, 2))
    log.undo(2)
    log.do("mark", 3, mark("a", 1, 3))
    assert [group.changes for group in log.history.done] == [(mark("a", None, 1),), (mark("a", 1, 3),)]


def test_undo_takes_the_last_change_back_first() -> None:
    """Reopening and marking in one act: the mark must go before the lock comes back."""
    returned = replace(HEADER, status=MarkingStatus.RETURNED)
    log = Log()
    log.do("reopen", 0, MarkingChanged(returned, HEADER), mark("a", None, 3))
    before = Marking(returned, is_kept=True)
    after = apply_all(before, log.steps[0].changes)
    assert apply_all(after, log.history.done[0].inverse) == before


def test_compose() -> None:
    assert compose((mark("a", 1, 2),), (mark("a", 2, 3), mark("b", None, 1))) == (mark("a", 1, 3), mark("b", None, 1))
    assert compose((mark("a", None, 2),), (mark("a", 2, None),)) == ()
    assert compose((), (mark("a", 1, 2),)) == (mark("a", 1, 2),)


@dataclass
class Done:
    """One undo of the model: which action on which scale, all marks before and after, and when last."""

    action: str
    scale: str
    before: dict[str, int]
    after: dict[str, int]
    last: float


ACTS = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["mark", "level"]),
            st.sampled_from("ab"),
            st.integers(0, 3),
            st.sampled_from([0.0, 1.0, 60.0, 61.0]),
        ),
        st.tuples(st.sampled_from(["undo", "redo"]), st.just(""), st.just(0), st.sampled_from([0.0, 61.0])),
    ),
    max_size=40,
)


@given(ACTS)
def test_any_order_equals_a_list_of_pictures(acts: list[tuple[str, str, int, float]]) -> None:
    log = Log()
    marking = Marking(HEADER, is_kept=True)
    now: dict[str, int] = {}
    done: list[Done] = []
    undone: list[Done] = []
    clock = 0.0
    for action, scale, value, wait in acts:
        clock += wait
        if action == "undo":
            if not done:
                assert not log.history.done
                continue
            undone.append(done.pop())
            now = dict(undone[-1].before)
            log.undo(clock)
        elif action == "redo":
            if not undone:
                assert not log.history.undone
                continue
            done.append(undone.pop())
            now = dict(done[-1].after)
            log.redo(clock)
        elif now.get(scale) == value:
            continue
        else:
            earlier = dict(now)
            log.do(action, clock, mark(scale, now.get(scale), value))
            now[scale] = value
            last = done[-1] if done and not undone else None
            if last and (last.action, last.scale) == (action, scale) and clock - last.last <= 60:
                last.after, last.last = dict(now), clock
                if last.before == last.after:
                    done.pop()
            else:
                done.append(Done(action, scale, earlier, dict(now), clock))
            undone.clear()
        marking = apply_all(marking, log.steps[-1].changes)
        assert {a.scale: a.mark for a in marking.awards.values()} == now
        assert log.sizes() == (len(done), len(undone))
    while log.history.done:
        log.undo(clock)
        marking = apply_all(marking, log.steps[-1].changes)
    assert marking == Marking(HEADER, is_kept=True)


def test_a_group_says_what_it_was() -> None:
    log = Log()
    log.do("mark", 0, mark("a", None, 1))
    assert log.history.done == [Group(StepId("step0"), "mark", "mark", (mark("a", None, 1),), at(0))]
