"""The pile: its order is fixed for good, and what is done in it is counted as it is done."""

from dataclasses import replace

import pytest

from markdesk.core.changes import StudentChanged
from markdesk.core.errors import NotFound, StoreUnavailable
from markdesk.core.ids import ScriptId, StudentId
from markdesk.core.marking import MarkingStatus
from markdesk.core.people import Student
from markdesk.desk.ports import Entry, Place
from markdesk.desk.sitting import Sitting, marking_order
from tests.kit import SmallDesk


def entries(small: SmallDesk, count: int = 3) -> tuple[Entry, ...]:
    pattern = small.entry()
    return tuple(
        replace(
            pattern,
            script=replace(pattern.script, id=ScriptId(f"script-{n:06d}"), received_at=f"2026-11-{30 - n:02d}"),
            student=Student(StudentId(f"st-{n}"), "A", ["Ward", "Øst", "Okafor", "Śmith", "Shaw"][n % 5] + str(n // 5)),
        )
        for n in range(count)
    )


def names(order: list[Entry]) -> list[str]:
    return [entry.student.family_name for entry in order]


def test_by_name_and_by_arrival(memory_desk: SmallDesk) -> None:
    pile = entries(memory_desk, 5)
    assert names(marking_order(pile, memory_desk.assignment, "name")) == ["Okafor0", "Øst0", "Shaw0", "Śmith0", "Ward0"]
    arrived = [entry.script.received_at for entry in marking_order(pile, memory_desk.assignment, "arrival")]
    assert arrived == ["2026-11-26", "2026-11-27", "2026-11-28", "2026-11-29", "2026-11-30"]


def test_as_marked_what_is_finished_comes_first_and_the_rest_as_ever(memory_desk: SmallDesk) -> None:
    pile = list(entries(memory_desk, 8))
    header = memory_desk.open(0).marking.header
    done = {1: "2026-11-21T10:00", 6: "2026-11-20T09:00", 3: "2026-11-22T08:00"}
    for n, at in done.items():
        pile[n] = replace(pile[n], header=replace(header, status=MarkingStatus.COMPLETE, completed_at=at))
    pile[0] = replace(pile[0], header=replace(header, status=MarkingStatus.IN_PROGRESS))
    order = [entry.script.id for entry in marking_order(pile, memory_desk.assignment, "marked")]
    assert order[:3] == [pile[n].script.id for n in (6, 1, 3)]
    rest = [entry.script.id for entry in marking_order(pile, memory_desk.assignment)]
    assert order[3:] == [one for one in rest if one not in order[:3]]


def test_random_order_is_fixed_and_a_late_arrival_only_slips_in(memory_desk: SmallDesk) -> None:
    pile = entries(memory_desk, 30)
    order = [entry.script.id for entry in marking_order(pile, memory_desk.assignment)]
    assert order == [entry.script.id for entry in marking_order(pile[::-1], memory_desk.assignment)]
    assert order != sorted(order)
    without = marking_order(pile[:7] + pile[8:], memory_desk.assignment)
    assert [entry.script.id for entry in without] == [one for one in order if one != pile[7].script.id]
    reseeded = marking_order(pile, replace(memory_desk.assignment, order_seed=8))
    assert [entry.script.id for entry in reseeded] != order


def test_the_pile_counts_what_is_done_and_goes_round_once(memory_desk: SmallDesk) -> None:
    sitting = Sitting(memory_desk.desk, memory_desk.assignment, "arrival")
    one, two, three = (script.id for script in memory_desk.scripts)
    assert [sitting.position(s) for s in (one, two, three)] == [1, 2, 3]
    assert (sitting.beside(one, -1), sitting.beside(one, 1), sitting.beside(three, 1)) == (None, two, None)
    assert sitting.next_unmarked() == one
    marking_desk = sitting.open(two)
    marking_desk.give_mark("main", 12)
    sitting.note(marking_desk.marking)
    assert sitting.done == 0
    sitting.note(marking_desk.finish().marking)
    assert sitting.done == 1
    assert (sitting.next_unmarked(one), sitting.next_unmarked(two), sitting.next_unmarked(three)) == (three, three, one)
    assert sitting.total(sitting.entries[1]).value == 12
    assert sitting.entries[1] == memory_desk.entry(1)
    sitting.note(marking_desk.reopen().marking)
    assert sitting.done == 0
    for script in (one, two, three):
        desk = sitting.open(script)
        desk.give_mark("main", 3)
        sitting.note(desk.finish().marking)
    assert sitting.next_unmarked(one) is None
    assert sitting.done == 3
    assert Sitting(memory_desk.desk, memory_desk.assignment).done == 3
    with pytest.raises(NotFound):
        sitting.open(ScriptId("script-of-another"))


def test_two_windows(memory_desk: SmallDesk) -> None:
    first, second = (Sitting(memory_desk.desk, memory_desk.assignment) for _ in range(2))
    script = memory_desk.scripts[0].id
    mine = first.open(script)
    assert mine.held_by == ""
    theirs = second.open(script)
    assert theirs.held_by
    assert not second.take_over(theirs)
    mine.give_mark("main", 12)
    first.close()
    assert second.take_over(theirs)
    assert theirs.held_by == ""
    assert theirs.marking.award("main").mark == 12
    assert theirs.give_mark("main", 13).is_saved
    second.open(memory_desk.scripts[1].id)
    assert first.open(script).held_by == "", "opening another lets the last one go"


def test_the_place_is_kept(memory_desk: SmallDesk) -> None:
    sitting = Sitting(memory_desk.desk, memory_desk.assignment)
    script = memory_desk.scripts[0].id
    sitting.keep_place(script, 3, 9, by_sentence=True)
    marker = memory_desk.desk.marker.id
    expected = Place(marker, script, memory_desk.assignment.id, 3, 9, memory_desk.clock.now(), True)
    assert memory_desk.store.place(marker) == expected


def test_a_read_only_desk_keeps_no_place(memory_desk: SmallDesk) -> None:
    memory_desk.store.read_only = True
    sitting = Sitting(memory_desk.desk, memory_desk.assignment)
    sitting.keep_place(memory_desk.scripts[0].id, 1, 2)
    assert memory_desk.store.place(memory_desk.desk.marker.id) is None
    student = Student(StudentId("x"), "A", "B")
    assert memory_desk.desk.step("student", "x", (StudentChanged(None, student),)).marking_id is None


def test_an_essay_that_can_not_be_opened_leaves_the_last_one_held(
    memory_desk: SmallDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, (first, second) = memory_desk.desk, (script.id for script in memory_desk.scripts[:2])
    mine, other = Sitting(desk, memory_desk.assignment), Sitting(desk, memory_desk.assignment)
    opened = mine.open(first)

    def refuse(*_: object) -> None:
        raise StoreUnavailable("The file is busy.")

    with monkeypatch.context() as patched:
        patched.setattr(desk.store, "last_target", refuse)
        with pytest.raises(StoreUnavailable):
            mine.open(second)
    assert mine.last_opened == first
    assert opened.give_mark("main", 12).is_saved
    assert other.open(first).held_by, "it is held as before"
    assert not other.open(second).held_by, "the one that wasn't opened is free"


def test_an_essay_that_is_opened_again_stays_ours(memory_desk: SmallDesk) -> None:
    sitting = Sitting(memory_desk.desk, memory_desk.assignment)
    first = memory_desk.scripts[0].id
    sitting.open(first)
    assert sitting.open(first).held_by == ""
    sitting.close()
    assert Sitting(memory_desk.desk, memory_desk.assignment).open(first).held_by == ""
