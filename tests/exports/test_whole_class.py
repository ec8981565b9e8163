"""The whole-class sheet: what was put by comes first, counts are right, and nobody can be told by it."""

from dataclasses import replace
from typing import Any

import pytest

from markdesk.core.changes import AssignmentChanged, StudentChanged
from markdesk.core.coursework import Returns
from markdesk.core.essay import Span
from markdesk.core.feedback import Field
from markdesk.desk.class_feedback import FEWEST, ClassFeedback, class_feedback
from markdesk.desk.desk import Desk
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.formats.documents.document import Bars, Bullets, Document, Heading, Panel, Quotation, Table
from markdesk.formats.sheets.whole_class import MOST_BARS, bars, whole_class_sheet
from tests.exports.classes import ESSAY, a_class


@pytest.fixture
def desk() -> Desk:
    """A class of twelve; six essays are stamped, two of them for the class."""
    made = a_class(12)
    for place, opened in enumerate(opened_in(made)[:6]):
        opened.annotate(Span(0, len("Khrushchev spoke in secret in 1956.")), "K", f"Private to {place}")
        if place < 4:
            opened.annotate(ESSAY.paragraphs[1].span, "A", "")
    for opened in opened_in(made)[:2]:
        opened.tell_class(next(note.id for note in opened.marking.annotations.values() if note.code == "K"))
    return made


def opened_in(desk: Desk) -> list[MarkingDesk]:
    entries = desk.store.entries(desk.marker.id)
    return [MarkingDesk(desk, e) for e in entries if e.script.essay_hash and e.header]


def feedback(desk: Desk, focus: str = "") -> ClassFeedback:
    return class_feedback(desk, desk.store.assignments()[0], focus)


def of_kind(document: Document, kind: type) -> list[Any]:
    return [block for block in document.blocks if isinstance(block, kind)]


def test_what_was_put_by_comes_first(desk: Desk) -> None:
    document = whole_class_sheet(feedback(desk))
    assert document.blocks[1] == Heading("For everybody")
    first, second = of_kind(document, Quotation)
    assert first.text == "Khrushchev spoke in secret in 1956."
    assert (first.about, second.about) == ("knowledge used – Private to 0", "knowledge used – Private to 1")


def test_stamps_are_counted_by_essay_with_examples(desk: Desk) -> None:
    found = feedback(desk)
    every = {one.code: one for part in found.findings for one in (*part.strengths, *part.errors)}
    assert (every["K"].essays, every["K"].times) == (6, 6)
    assert every["K"].examples == ("Khrushchev spoke in secret in 1956.",)
    assert found.finished == 9
    assert all(one.code in {"K", "A"} for part in found.findings for one in (*part.strengths, *part.errors))


def test_a_comment_is_common_when_two_students_got_it(desk: Desk) -> None:
    before = feedback(desk)
    (common,) = before.went_well
    assert common.students == 8
    opened_in(desk)[0].write_feedback(Field.WWW, 1, "Only she got this.")
    after = feedback(desk)
    assert [one.students for one in after.went_well] == [7]
    assert "Only she got this" not in repr(after.went_well)


def test_nobody_is_named_anywhere(desk: Desk) -> None:
    entry = next(e for e in desk.store.entries(desk.marker.id) if e.script.essay_hash and e.header)
    named = replace(entry.student, given_name="Khrushchev", family_name="spoke")
    desk.commit("rename", "a name that stands in the essay", (StudentChanged(entry.student, named),))
    opened = MarkingDesk(desk, desk.store.entries(desk.marker.id, script_id=entry.script.id)[0])
    note = next(note for note in opened.marking.annotations.values() if note.for_class)
    opened.comment(note.id, "Spoke to whom, khrushchev?")
    passage = next(one for one in feedback(desk).for_class if "to whom" in one.comment)
    assert passage.words == "… in secret in 1956."
    assert passage.comment == "… to whom, …?"
    told = repr(whole_class_sheet(feedback(desk)))
    assert not [one.name for one in desk.store.students() if one != named and one.name in told]


@pytest.mark.parametrize("returns", Returns)
def test_it_tells_of_marks_what_the_assignment_gives_back(desk: Desk, returns: Returns) -> None:
    (before,) = desk.store.assignments()
    desk.commit("returns", "", (AssignmentChanged(before, replace(before, returns=returns)),))
    captions = [block.caption for block in of_kind(whole_class_sheet(feedback(desk)), Bars)]
    assert any(caption.startswith("Marks") for caption in captions) == (returns is Returns.MARKS)
    assert ("Levels" in captions) == (returns is not Returns.COMMENTS)


def test_a_few_essays_are_shown_without_their_marks() -> None:
    desk = a_class(4 + FEWEST - 2)
    assert feedback(desk).finished == FEWEST - 1
    assert of_kind(whole_class_sheet(feedback(desk)), Bars) == []
    enough = a_class(4 + FEWEST - 1)
    assert feedback(enough).finished == FEWEST
    assert of_kind(whole_class_sheet(feedback(enough)), Bars)


def test_the_teacher_s_own_focus_stands_in_place_of_the_proposal(desk: Desk) -> None:
    proposed = feedback(desk).focus
    (panel,) = of_kind(whole_class_sheet(feedback(desk, "Plan three paragraphs.")), Panel)
    assert panel.lines == ("Plan three paragraphs.",)
    assert proposed != panel.lines


def test_the_next_lesson_is_nothing_that_is_wanting() -> None:
    """As on a student's sheet: the level's line says after that 'but drifts to the topic in places'."""
    proposed = feedback(a_class(8, "generic-essay-4strand")).focus
    told = "Focus and structure, the class's weakest. L3 asks: Works on the question; the order is workable."
    assert proposed[0] == told


@pytest.mark.parametrize(
    ("marks", "most", "expected"),
    [
        ((12, 14, 14), 20, (("12", 1), ("13", 0), ("14", 2))),
        ((3, 20), 20, (("2–3", 1), *((f"{n}–{n + 1}", 0) for n in range(4, 20, 2)), ("20–20", 1))),
    ],
)
def test_the_bars_hold_every_mark_once(
    marks: tuple[int, ...], most: int, expected: tuple[tuple[str, int], ...]
) -> None:
    assert bars(marks, most) == expected


def test_bars_of_any_marks() -> None:
    for most in (15, 20, 25, 40, 60, 100):
        for marks in ((0, most), (most, most), tuple(range(most + 1))):
            made = bars(marks, most)
            assert sum(count for _, count in made) == len(marks)
            assert len(made) <= MOST_BARS + 1


def test_nothing_is_claimed_of_a_pile_that_isn_t_marked() -> None:
    desk = a_class(6)
    table = whole_class_sheet(feedback(desk))
    assert of_kind(table, Table) == []
    assert [len(block.items) for block in of_kind(table, Bullets)] == [1]
