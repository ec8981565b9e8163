"""What a script was given before it was handed in again, told from the log of its marking."""

from dataclasses import replace

import pytest

from markdesk.core.award import total
from markdesk.core.changes import ScriptChanged
from markdesk.core.essay import Essay
from markdesk.core.ids import EssayHash
from markdesk.desk.handed_in import Move, Plan
from markdesk.desk.moving import carry_out
from markdesk.desk.ports import Keep
from markdesk.desk.redrafts import redrafts
from tests.kit import SmallDesk


def hand_in_again(small: SmallDesk, words: str) -> None:
    """The second script's next version, as an import brings it."""
    essay = Essay.from_paragraphs([words])
    entry = small.entry(1)
    newer = replace(entry.script, essay_hash=EssayHash(essay.hash), version=entry.script.version + 1)
    change = ScriptChanged(entry.script, newer)
    plan = Plan(
        small.assignment, small.rubric, False, None, (), (), (), (), (), (change,), Keep((essay,)),
        (Move(newer, entry.student, essay),),
    )  # fmt: skip
    carry_out(small.desk, plan)
    small.clock.wait(3600)


def told(small: SmallDesk) -> str | None:
    """What a list says of the second script."""
    entry = small.entry(1)
    found = redrafts(small.desk, [small.entry(place) for place in range(3)])
    assert set(found) <= {entry.script.id}
    opened = small.open(1)
    redraft = found.get(entry.script.id)
    return redraft.told(total(opened.rubric, opened.marking.award_by_scale())) if redraft else None


def finish(small: SmallDesk, mark: int) -> None:
    opened = small.open(1)
    opened.give_mark("main", mark)
    opened.finish()
    small.clock.wait(3600)


def test_both_marks_of_a_redraft_are_told(small_desk: SmallDesk) -> None:
    finish(small_desk, 15)
    assert told(small_desk) is None
    hand_in_again(small_desk, "A better essay.")
    assert told(small_desk) == "15 → ?", "the mark is still that of the first text"
    finish(small_desk, 18)
    assert told(small_desk) == "15 → 18"
    hand_in_again(small_desk, "A third essay.")
    finish(small_desk, 17)
    assert told(small_desk) == "15 → 18 → 17"


def test_the_first_mark_is_the_one_that_it_was_left_with(memory_desk: SmallDesk) -> None:
    finish(memory_desk, 12)
    memory_desk.open(1).step_mark("main", 1)
    memory_desk.clock.wait(100)
    hand_in_again(memory_desk, "A better essay.")
    finish(memory_desk, 18)
    assert told(memory_desk) == "13 → 18"


@pytest.mark.parametrize("begun", [False, True])
def test_a_text_that_was_never_finished_has_no_mark_to_tell(memory_desk: SmallDesk, begun: bool) -> None:
    if begun:
        memory_desk.open(1).give_mark("main", 9)
    hand_in_again(memory_desk, "A better essay.")
    finish(memory_desk, 18)
    assert told(memory_desk) is None


def test_a_text_that_was_finished_and_reopened_was_finished_all_the_same(memory_desk: SmallDesk) -> None:
    finish(memory_desk, 12)
    memory_desk.open(1).reopen()
    hand_in_again(memory_desk, "A better essay.")
    memory_desk.open(1).finish()
    assert told(memory_desk) == "12 → 12", "finishing it again is a judgement"


def test_the_mark_of_a_newer_text_that_is_let_stand_is_its_own(small_desk: SmallDesk) -> None:
    finish(small_desk, 15)
    assert not small_desk.open(1).finish().is_saved, "there is no newer text to judge"
    hand_in_again(small_desk, "A better essay.")
    outcome = small_desk.open(1).finish()
    assert outcome.label == "finished: the mark stands for the newer text"
    assert told(small_desk) == "15 → 15"
    assert not small_desk.open(1).finish().is_saved, "once is enough"
    small_desk.open(1).undo()
    assert told(small_desk) == "15 → ?"
    small_desk.open(1).redo()
    assert told(small_desk) == "15 → 15"
    hand_in_again(small_desk, "A third essay.")
    assert told(small_desk) == "15 → 15 → ?"


def test_a_finish_that_was_undone_was_none(memory_desk: SmallDesk) -> None:
    finish(memory_desk, 12)
    memory_desk.open(1).undo()
    hand_in_again(memory_desk, "A better essay.")
    finish(memory_desk, 18)
    assert told(memory_desk) is None


def test_a_mark_that_is_taken_back_on_the_newer_text_leaves_the_first(memory_desk: SmallDesk) -> None:
    finish(memory_desk, 15)
    hand_in_again(memory_desk, "A better essay.")
    opened = memory_desk.open(1)
    for _ in range(3):
        opened.cycle_zero("main")
    assert told(memory_desk) == "15 → –"
