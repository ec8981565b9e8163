"""Who is given something and who has to wait: above all whoever handed in again since she was marked."""

from dataclasses import replace

import pytest

from markdesk.core.changes import MarkingChanged, ScriptChanged
from markdesk.core.essay import Essay
from markdesk.core.feedback import Field
from markdesk.core.ids import EssayHash
from markdesk.desk.assignments import class_sheet
from markdesk.desk.class_table import class_table
from markdesk.desk.giving_out import Product, Wanted
from markdesk.desk.likened import NEW_TEXT
from markdesk.desk.ports import Keep
from markdesk.desk.sheets import given_entries
from markdesk.desk.slips import slips_due
from markdesk.formats.giving_out import outlook
from tests.kit import SmallDesk

NEWER = Essay("A newer text, which nobody has judged yet, and which says more than the text before it did.")


@pytest.fixture
def redrafted(memory_desk: SmallDesk) -> SmallDesk:
    """One essay finished, then handed in again: its marking has moved to the newer text."""
    opened = memory_desk.open(0)
    opened.give_mark("main", 11)
    opened.write_feedback(Field.WWW, 1, "Clear.")
    opened.finish()
    script = memory_desk.scripts[0]
    newer = replace(script, essay_hash=EssayHash(NEWER.hash), version=2)
    memory_desk.desk.commit("import", "again", (ScriptChanged(script, newer),), Keep((NEWER,)))
    header = opened.marking.header
    move = MarkingChanged(header, replace(header, essay_hash=EssayHash(NEWER.hash)))
    step = memory_desk.desk.step(NEW_TEXT, "moved to version 2 of the text", (move,))
    memory_desk.store.commit(replace(step, marking_id=header.id), opened.marking.revision)
    return memory_desk


def test_a_mark_for_the_text_before_goes_nowhere(redrafted: SmallDesk) -> None:
    desk, (assignment,) = redrafted.desk, redrafted.store.assignments()
    given, left_out = given_entries(desk, assignment)
    assert given == ()
    assert "handed in again" in next(one.why for one in left_out if one.entry.student.family_name == "Okafor")
    assert slips_due(desk, assignment).due == ()
    sheet = class_sheet(desk, assignment)
    row = next(row for row in sheet.rows if row.entry.student.family_name == "Okafor")
    assert not row.is_finished
    table = class_table(sheet)
    at = [column.heading for column in table.columns].index("status")
    assert "complete, on the text before" in [row.cells[at] for row in table.rows]


def test_judged_again_it_is_given_out(redrafted: SmallDesk) -> None:
    redrafted.open(0).give_mark("main", 14)
    given, _ = given_entries(redrafted.desk, redrafted.store.assignments()[0])
    assert [entry.student.family_name for entry in given] == ["Okafor"]


def test_what_to_know_is_told_before_anything_is_written(memory_desk: SmallDesk) -> None:
    opened = memory_desk.open(1)
    opened.give_mark("main", 3)
    opened.finish()
    (assignment,) = memory_desk.store.assignments()
    wanted = Wanted(Product.SHEETS, "txt", "sheets", by_number=True)
    no_number, no_word = outlook(memory_desk.desk, assignment, wanted).cautions
    assert "has no candidate number" in no_number
    assert "not a word of feedback" in no_word
    assert outlook(memory_desk.desk, assignment, replace(wanted, by_number=False)).cautions == (no_word,)
