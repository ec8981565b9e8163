"""Mark slips: the mark, when it may be told, and that a coursework mark is provisional."""

from dataclasses import replace
from typing import Any

import pytest

from markdesk.core.coursework import Kind, Returns
from markdesk.core.errors import MarkdeskError
from markdesk.core.feedback import Field
from markdesk.core.marking import TaskDone
from markdesk.desk.slips import NOT_DONE, slips_due
from markdesk.formats.documents.document import Document, Facts, Heading, Prose, Slips
from markdesk.formats.documents.slips import unfolded
from markdesk.formats.sheets.slip import PROVISIONAL, SlipChoice, mark_slips
from tests.exports.coursework import AQA, coursework_desk, mark, nea
from tests.kit import SmallDesk


def slips(document: Document) -> Any:
    (block,) = document.blocks
    assert isinstance(block, Slips)
    return block.slips


def test_a_coursework_mark_is_provisional_and_says_until_when_a_review_can_be_asked_for() -> None:
    desk = coursework_desk(AQA, 2)
    mark(desk, 1, (15, 8, 7))
    gathered = slips_due(desk, nea(desk))
    assert [(entry.student.name, why) for entry, why in gathered.waiting] == [("C2 Candidate", "is not marked yet")]
    (slip,) = slips(mark_slips(gathered.due, SlipChoice(is_coursework=True, review_by="2027-04-23")))
    assert (slip.whose, slip.about, slip.result) == ("C1 Candidate", "Investigation", "30 out of 40")
    assert slip.facts == (
        ("On each scale", "AO1 15 out of 20, Level 4 · AO2 8 out of 10, Level 4 · AO3 7 out of 10, Level 4"),
        ("Marked", "23 November 2026, by Ms Test"),
    )
    assert slip.lines[0] == PROVISIONAL
    assert "in writing by 23 April 2027" in slip.lines[1]
    (other,) = slips(mark_slips(gathered.due, SlipChoice(by_number=True, is_coursework=True)))
    assert other.whose == "Candidate 9001"
    assert "ask your teacher by when" in other.lines[1]
    assert "PRIVATE" not in repr((slip, other))


def test_a_draft_of_coursework_has_no_mark_to_tell() -> None:
    desk = coursework_desk(AQA, 1, kind=Kind.NEA_DRAFT)
    with pytest.raises(MarkdeskError, match="given no mark"):
        slips_due(desk, nea(desk))


def test_a_slip_waits_until_the_task_is_done(memory_desk: SmallDesk) -> None:
    verdicts = (TaskDone.WELL, TaskDone.RESPONDED)
    for place in range(3):
        opened = memory_desk.open(place)
        opened.give_mark("main", 12 + place)
        if place < 2:
            opened.write_feedback(Field.TASK, 1, "Rewrite paragraph 2.")
        opened.finish()
        opened.return_to_student()
        if place < 2:
            memory_desk.open(place).record_task(verdicts[place])
    assert len(slips_due(memory_desk.desk, memory_desk.assignment).due) == 3, "the mark went out with the sheet"
    without = replace(memory_desk.assignment, returns=Returns.COMMENTS)
    gathered = slips_due(memory_desk.desk, without)
    assert {sheet.student.given_name for sheet in gathered.due} == {"Amara", "Finn"}
    assert [(entry.student.given_name, why) for entry, why in gathered.waiting] == [("Łucja", NOT_DONE)]
    (first, *_) = slips(mark_slips(gathered.due, SlipChoice()))
    assert first.result == "14 out of 25, Level 3"
    assert first.lines == ()
    assert len(slips_due(memory_desk.desk, without, everybody=True).due) == 3


def test_without_paper_slips_are_ordinary_blocks_and_nothing_is_lost() -> None:
    desk = coursework_desk(AQA, 1)
    mark(desk, 1, (15, 8, 7))
    (block,) = mark_slips(slips_due(desk, nea(desk)).due, SlipChoice(is_coursework=True)).blocks
    assert isinstance(block, Slips)
    plain = unfolded(block)
    assert [type(one) for one in plain] == [Heading, Prose, Prose, Facts, Prose, Prose]
    (slip,) = block.slips
    for text in (slip.whose, slip.about, slip.result, *(v for _, v in slip.facts), *slip.lines):
        assert repr(text)[1:-1] in repr(plain)
