"""Adjusting along a line-up, returning it, and taking both back: what stands in the store, and who may do it when."""

import pytest

from markdesk.core.errors import MarkingLocked, StaleChange, StoreUnavailable
from markdesk.core.history import StepKind
from markdesk.core.marking import MarkingStatus
from markdesk.desk.adjusting import Adjusting
from markdesk.desk.pile_acts import Adjusted
from markdesk.desk.sitting import Sitting
from markdesk.store.memory.store import MemoryStore
from tests.kit import SmallDesk, fill, shipped_rubric


def marked(small: SmallDesk, *marks: int | None, finish: bool = True) -> Adjusting:
    """The small desk's pile with these marks, lined up."""
    for place, mark in enumerate(marks):
        if mark is not None:
            opened = small.open(place)
            opened.give_mark("main", mark)
            if finish:
                opened.finish()
    small.clock.wait(3600)
    return Adjusting(Sitting(small.desk, small.assignment, "arrival"))


def done(adjusting: Adjusting, adjusted: Adjusted) -> str:
    adjusting.take(adjusted)
    return adjusted.label


def marks(small: SmallDesk) -> list[int | None]:
    """What the store holds, in the order of the scripts."""
    entries = [small.entry(place) for place in range(3)]
    return [entry.awards[0].mark if entry.awards else None for entry in entries]


def statuses(small: SmallDesk) -> list[str | None]:
    headers = [small.entry(place).header for place in range(3)]
    return [str(header.status) if header else None for header in headers]


def order(adjusting: Adjusting, small: SmallDesk) -> list[int]:
    return sorted(range(3), key=lambda place: adjusting.line_up.index_of(small.scripts[place].id))


def test_each_key_is_a_step_and_the_essay_moves(small_desk: SmallDesk) -> None:
    adjusting = marked(small_desk, 14, 15, 3)
    one = small_desk.scripts[0].id
    assert order(adjusting, small_desk) == [1, 0, 2]
    assert done(adjusting, adjusting.step(one, "main", 1)) == "Amara Okafor: to Level 3, 15 of 25"
    assert done(adjusting, adjusting.step(one, "main", 1)) == "Amara Okafor: to Level 4, 16 of 25"
    assert marks(small_desk) == [16, 15, 3]
    assert order(adjusting, small_desk) == [0, 1, 2]
    steps = small_desk.store.steps(small_desk.open().marking.id)
    assert [step.action for step in steps[-2:]] == ["mark", "mark"]
    assert statuses(small_desk) == ["complete"] * 3
    assert small_desk.store.verify().problems == ()
    adjusting.let_go()


def test_undo_takes_back_what_was_done_here_and_nothing_before_it(small_desk: SmallDesk) -> None:
    adjusting = marked(small_desk, 14, 10, 3)
    one, two, _ = (script.id for script in small_desk.scripts)
    for script, by in ((one, 1), (two, -1), (two, -1)):
        adjusting.take(adjusting.step(script, "main", by))
    assert marks(small_desk) == [15, 8, 3]
    assert "Undo" in done(adjusting, adjusting.undo())
    assert marks(small_desk) == [15, 10, 3], "two taps within a minute are one"
    adjusting.take(adjusting.undo())
    assert marks(small_desk) == [14, 10, 3]
    nothing = adjusting.undo()
    assert (nothing.is_saved, nothing.markings) == (False, ())
    assert (marks(small_desk), statuses(small_desk)) == ([14, 10, 3], ["complete"] * 3)
    adjusting.take(adjusting.redo())
    adjusting.take(adjusting.redo())
    assert marks(small_desk) == [15, 8, 3]
    assert not adjusting.redo().is_saved
    kinds = [step.kind for step in small_desk.store.steps(small_desk.open(1).marking.id)]
    assert kinds[-2:] == [StepKind.UNDO, StepKind.REDO]


def test_a_key_and_its_opposite_leave_nothing_to_undo(small_desk: SmallDesk) -> None:
    adjusting = marked(small_desk, 14, 10, 3)
    one, two, _ = (script.id for script in small_desk.scripts)
    for script, by in ((two, 1), (one, 1), (one, -1)):
        adjusting.take(adjusting.step(script, "main", by))
    adjusting.take(adjusting.undo())
    assert marks(small_desk) == [14, 10, 3], "the two of the first essay are gone, so the second's came back"
    assert not adjusting.undo().is_saved


def test_there_is_nothing_to_step_without_a_mark_or_at_the_top(memory_desk: SmallDesk) -> None:
    adjusting = marked(memory_desk, 25, None, None)
    one, two, three = (script.id for script in memory_desk.scripts)
    memory_desk.open(2).give_no_response("main")
    adjusting = Adjusting(Sitting(memory_desk.desk, memory_desk.assignment, "arrival"))
    assert "25 of 25" in adjusting.step(one, "main", 1).label
    assert "no mark yet" in adjusting.step(two, "main", 1).label
    assert "no response" in adjusting.step(three, "main", -1).label
    assert marks(memory_desk) == [25, None, None]
    assert memory_desk.entry(1).header is None, "looking leaves no trace"


def test_returning_locks_what_is_finished_each_in_its_own_step(small_desk: SmallDesk) -> None:
    adjusting = marked(small_desk, 14, 10, None)
    small_desk.open(2).give_mark("main", 4)
    adjusting = Adjusting(Sitting(small_desk.desk, small_desk.assignment, "arrival"))
    assert done(adjusting, adjusting.return_all()) == "2 essays returned"
    assert statuses(small_desk) == ["returned", "returned", "in_progress"]
    for place in (0, 1):
        last = small_desk.store.steps(small_desk.open(place).marking.id)[-1]
        assert (last.action, len(last.changes)) == ("return", 1)
    assert adjusting.line_up.statuses[MarkingStatus.RETURNED] == 2
    one, _, three = (script.id for script in small_desk.scripts)
    assert "o opens it again" in adjusting.step(one, "main", 1).label
    assert adjusting.step(three, "main", 1).is_saved
    assert marks(small_desk) == [14, 10, 5]
    assert not adjusting.return_all().is_saved
    assert small_desk.store.verify().problems == ()


def test_a_return_is_one_act_to_undo_and_redo(small_desk: SmallDesk) -> None:
    adjusting = marked(small_desk, 14, 10, 3)
    adjusting.take(adjusting.return_all())
    assert statuses(small_desk) == ["returned"] * 3
    assert done(adjusting, adjusting.undo()) == "3 essays: Undo: returned to the student"
    assert statuses(small_desk) == ["complete"] * 3
    assert adjusting.line_up.is_finished
    adjusting.take(adjusting.redo())
    assert statuses(small_desk) == ["returned"] * 3


def test_a_pencil_mark_becomes_firm_when_it_is_returned(memory_desk: SmallDesk) -> None:
    adjusting = marked(memory_desk, 14, 10, 3)
    memory_desk.open(1).choose_level("main", 4)
    adjusting = Adjusting(Sitting(memory_desk.desk, memory_desk.assignment, "arrival"))
    assert adjusting.line_up.place_of(memory_desk.scripts[1].id).is_pencil
    adjusting.take(adjusting.return_all())
    (award,) = memory_desk.entry(1).awards
    assert (award.mark, award.tentative) == (18, False)
    adjusting.take(adjusting.undo())
    (award,) = memory_desk.entry(1).awards
    assert (award.mark, award.tentative) == (18, True)


def test_a_returned_essay_is_reopened_and_can_be_undone_too(memory_desk: SmallDesk) -> None:
    adjusting = marked(memory_desk, 14, 10, 3)
    one = memory_desk.scripts[0].id
    assert "not returned" in adjusting.reopen(one).label
    assert statuses(memory_desk) == ["complete"] * 3
    adjusting.take(adjusting.return_all())
    assert done(adjusting, adjusting.reopen(one)) == "Amara Okafor: reopened"
    adjusting.take(adjusting.step(one, "main", 1))
    assert (statuses(memory_desk), marks(memory_desk)) == (["in_progress", "returned", "returned"], [15, 10, 3])
    assert not adjusting.line_up.is_finished
    adjusting.take(adjusting.undo())
    adjusting.take(adjusting.undo())
    assert (statuses(memory_desk), marks(memory_desk)) == (["returned"] * 3, [14, 10, 3])


def test_nothing_is_returned_while_one_is_open_in_another_window(small_desk: SmallDesk) -> None:
    adjusting = marked(small_desk, 14, 10, 3)
    other = Sitting(small_desk.desk, small_desk.assignment, "arrival")
    other.open(small_desk.scripts[1].id)
    with pytest.raises(StoreUnavailable, match="Świderska's essay is open"):
        adjusting.return_all()
    assert statuses(small_desk) == ["complete"] * 3
    other.close()
    adjusting.take(adjusting.return_all())
    other.open(small_desk.scripts[1].id)
    with pytest.raises(StoreUnavailable):
        adjusting.undo()
    other.close()
    adjusting.take(adjusting.undo())
    assert statuses(small_desk) == ["complete"] * 3, "the act was kept for when the essay is free"


def test_an_act_that_was_gone_past_elsewhere_is_not_taken_back_over_it(memory_desk: SmallDesk) -> None:
    adjusting = marked(memory_desk, 14, 10, 3)
    adjusting.take(adjusting.step(memory_desk.scripts[0].id, "main", 1))
    adjusting.let_go()
    memory_desk.clock.wait(100)
    memory_desk.open(0).give_mark("main", 20)
    with pytest.raises(StaleChange, match="Okafor"):
        adjusting.undo()
    assert marks(memory_desk) == [20, 10, 3]
    assert not adjusting.undo().is_saved


def test_what_another_window_gave_is_seen_when_the_essay_is_touched(memory_desk: SmallDesk) -> None:
    adjusting = marked(memory_desk, 14, 10, 3)
    memory_desk.open(0).give_mark("main", 20)
    one = memory_desk.scripts[0].id
    adjusting.take(adjusting.step(one, "main", 1))
    assert marks(memory_desk) == [21, 10, 3]
    assert adjusting.line_up.place_of(one).total.value == 21


def test_the_essay_that_was_adjusted_is_let_go(memory_desk: SmallDesk) -> None:
    adjusting = marked(memory_desk, 14, 10, 3)
    one, two, _ = (script.id for script in memory_desk.scripts)
    adjusting.take(adjusting.step(one, "main", 1))
    assert (adjusting.holds_other_than(two), adjusting.holds_other_than(one)) == (True, False)
    other = Sitting(memory_desk.desk, memory_desk.assignment, "arrival")
    assert other.open(one).held_by
    adjusting.let_go()
    assert not other.open(one).held_by
    with pytest.raises(MarkingLocked, match="open for marking in another window"):
        adjusting.step(one, "main", 1)
    other.close()
    assert adjusting.step(one, "main", 1).is_saved, "it is asked for again"


def test_a_mark_above_a_hard_cap_is_not_returned() -> None:
    small = fill(MemoryStore(), shipped_rubric("aqa-7042-c1a-extracts-30"))
    (cap, *_) = [cap for cap in small.rubric.caps if cap.severity == "hard"]
    most = small.rubric.limit(cap).mark
    for place, yes in enumerate((True, False)):
        opened = small.open(place)
        for scale in small.rubric.scales:
            opened.give_mark(scale.id, most + 1)
        opened.finish()
        opened.answer_cap(cap.id, yes)  # on second thoughts
    adjusting = Adjusting(Sitting(small.desk, small.assignment, "arrival"))
    told = done(adjusting, adjusting.return_all())
    assert "1 essay returned; not returned: Amara Okafor" in told
    assert f"at most {most}" in told
    assert statuses(small) == ["complete", "returned", None]


def test_a_mark_raised_above_an_answered_cap_opens_the_essay_again() -> None:
    small = fill(MemoryStore(), shipped_rubric("aqa-7042-c1a-extracts-30"))
    (cap, *_) = [cap for cap in small.rubric.caps if cap.severity == "hard"]
    opened = small.open(0)
    opened.give_mark(cap.effect.scale, small.rubric.limit(cap).mark)
    opened.answer_cap(cap.id, True)
    opened.finish()
    adjusting = Adjusting(Sitting(small.desk, small.assignment, "arrival"))
    adjusting.take(adjusting.step(small.scripts[0].id, cap.effect.scale, 1))
    assert statuses(small) == ["in_progress", None, None]
