"""What a student's sheet holds and, as much, what it leaves out."""

from dataclasses import replace
from typing import Any

import pytest

from markdesk.core.boundaries import Boundaries, Level
from markdesk.core.coursework import Returns
from markdesk.core.essay import Essay, Span
from markdesk.core.feedback import Field
from markdesk.core.marking import Met
from markdesk.core.marksheet import LastTime, MarkSheet, ScaleResult
from markdesk.formats.documents.document import Document, Facts, MarkedEssay, Overleaf, Panel, Result, Ruled, Table
from markdesk.formats.sheets.student import Choice, next_step, student_sheet
from tests.kit import SmallDesk, sheets_of, shipped_rubric


def finished(small: SmallDesk, place: int = 0) -> MarkSheet:
    """The sheet of an essay with a mark, each kind of line, a stamp, and a private note."""
    opened = small.open(place)
    opened.give_mark("main", 17)
    opened.write_feedback(Field.WWW, 1, "A clear line of argument.")
    opened.write_feedback(Field.EBI, 1, "Weigh the two sides.")
    opened.write_feedback(Field.TARGET, 1, "Judge as you go.")
    opened.write_feedback(Field.TASK, 1, "Rewrite paragraph 2.")
    opened.write_feedback(Field.NOTE, 1, "Ring home: she copied this.")
    if place != 2:
        opened.annotate(Span(0, 5), "K")
    opened.finish()
    return next(s for s in sheets_of(small.desk, small.store.assignments()[0]) if s.script_id == opened.entry.script.id)


def blocks(document: Document, kind: type) -> list[Any]:
    return [block for block in document.blocks if isinstance(block, kind)]


def test_the_first_side_says_what_to_do_and_the_essay_stands_overleaf(memory_desk: SmallDesk) -> None:
    sheet = finished(memory_desk)
    document = student_sheet(sheet, Choice())
    (result,) = blocks(document, Result)
    scale = sheet.results[0].scale
    level, above = scale.level(4), scale.level(5)
    assert level is not None
    assert above is not None
    assert result == Result("17 out of 25", "Level 4", level.summary, above.summary)
    labels = [panel.label for panel in blocks(document, Panel)]
    assert labels == ["What went well (WWW)", "Even better if (EBI)", "Your target", "To do now"]
    kinds = [type(block) for block in document.blocks]
    assert kinds.index(Ruled) < kinds.index(Overleaf) < kinds.index(MarkedEssay)
    assert blocks(document, Ruled)[0].lines == 8
    (essay,) = blocks(document, MarkedEssay)
    assert essay.text == sheet.essay.text
    assert [note.code for note in essay.notes] == ["K"]


@pytest.mark.parametrize("returns", Returns)
def test_it_shows_no_more_than_the_assignment_returns(memory_desk: SmallDesk, returns: Returns) -> None:
    document = student_sheet(finished(memory_desk), Choice(returns))
    told = repr(document.blocks[: [type(block) for block in document.blocks].index(Overleaf)])
    assert ("17 out of" in told) == (returns is Returns.MARKS)
    assert ("Level 4" in told) == (returns is not Returns.COMMENTS)


@pytest.mark.parametrize("returns", Returns)
def test_of_several_scales_the_weakest_gives_the_step(sheet_of_several: MarkSheet, returns: Returns) -> None:
    document = student_sheet(sheet_of_several, Choice(returns))
    tables = blocks(document, Table)
    assert len(tables) == (returns is not Returns.COMMENTS)
    if tables:
        assert len(tables[0].rows) == len(sheet_of_several.results)
        assert ("Mark" in tables[0].heading) == (returns is Returns.MARKS)
        weakest = sheet_of_several.results[1]
        assert blocks(document, Result)[0].step == next_step(weakest) != ""


@pytest.fixture
def sheet_of_several(memory_desk: SmallDesk) -> MarkSheet:
    sheet = finished(memory_desk)
    scales = shipped_rubric("aqa-7042-nea-40").scales[:2]
    (one,) = sheet.results
    results: list[ScaleResult] = []
    for scale, mark in zip(scales, (scale.max for scale in scales), strict=True):
        level = scale.levels[-1] if not results else scale.levels[0]
        award = replace(one.award, scale=scale.id, level=level.n, mark=mark if not results else level.min)
        results.append(replace(one, scale=scale, award=award, summary=level.summary))
    return replace(sheet, results=tuple(results))


def test_the_private_note_never_leaves(memory_desk: SmallDesk) -> None:
    assert "Ring home" not in repr(student_sheet(finished(memory_desk), Choice()))


def test_a_number_stands_in_place_of_the_name_everywhere(memory_desk: SmallDesk) -> None:
    sheet = finished(memory_desk)
    document = student_sheet(sheet, Choice(by_number=True))
    essay = blocks(document, MarkedEssay)[0]
    without_essay = replace(document, blocks=tuple(b for b in document.blocks if b is not essay))
    assert document.whose == "Candidate 7042"
    assert "Okafor" not in repr(without_essay)


def test_who_has_no_number_has_the_short_id_of_the_script(memory_desk: SmallDesk) -> None:
    sheet = finished(memory_desk, 1)
    assert student_sheet(sheet, Choice(by_number=True)).whose == f"Script {sheet.script_id[-6:].lower()}"


@pytest.mark.parametrize(("met", "word"), [(Met.MET, "met it."), (Met.PARTLY, "in part"), (Met.NOT_YET, "Not met yet")])
def test_what_became_of_the_last_target_is_told(memory_desk: SmallDesk, met: Met, word: str) -> None:
    sheet = replace(finished(memory_desk), last_time=LastTime("Use dates.", met))
    panel = next(p for p in blocks(student_sheet(sheet, Choice()), Panel) if p.label == "Your last target")
    assert panel.lines[0] == "Use dates."
    assert word in panel.lines[1]


def test_a_handwritten_essay_has_its_notes_listed(memory_desk: SmallDesk) -> None:
    sheet = finished(memory_desk, 2)
    assert not blocks(student_sheet(sheet, Choice()), MarkedEssay)
    note = replace(finished(memory_desk).annotations[0], on_paper="p2 ¶3")
    document = student_sheet(replace(sheet, annotations=(note,)), Choice())
    assert [table.rows[0][1] for table in blocks(document, Table)] == ["p2 ¶3"]


def test_a_grade_stands_there_only_where_it_is_asked_for_and_with_the_mark(memory_desk: SmallDesk) -> None:
    sheet = finished(memory_desk)
    grades = (("A", 20), ("B", 16))
    boundaries = Boundaries("AQA", "7042", "2025-06", "7042AE", Level.NOTIONAL_COMPONENT, "2", 25, grades, "")
    assert "grade" not in repr(student_sheet(sheet, Choice()).blocks[0])
    (told, *_) = blocks(student_sheet(sheet, Choice(boundaries=boundaries)), Facts)
    assert ("Notional grade", f"B, by the boundaries of {boundaries.name}") in told.pairs
    without = student_sheet(sheet, Choice(Returns.LEVEL, boundaries=boundaries))
    assert "grade" not in repr(without.blocks[0])


def test_a_number_covers_the_name_in_what_was_said_and_in_the_text_s_head(memory_desk: SmallDesk) -> None:
    sheet = finished(memory_desk)
    name = sheet.student.given_name
    note = replace(sheet.annotations[0], comment=f"Nice, {name}!")
    essay = Essay(f"{sheet.student.name}\n\n{sheet.essay.text}")
    told = replace(sheet, annotations=(note,), feedback={Field.WWW: (f"You write well, {name}.",)}, essay=essay)
    assert name in repr(student_sheet(told, Choice()))
    assert name not in repr(student_sheet(told, Choice(by_number=True)))
    (marked,) = blocks(student_sheet(told, Choice(by_number=True)), MarkedEssay)
    assert len(marked.text) == len(essay.text)


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("scheme", ["aqa-7042-b-essay-25", "edexcel-9hi0-essay-20", "generic-essay-4strand"])
def test_the_next_step_is_nothing_that_is_wanting(memory_desk: SmallDesk, scheme: str, level: int) -> None:
    scale = shipped_rubric(scheme).scales[0]
    (one,) = finished(memory_desk).results
    step = next_step(replace(one, scale=scale, award=replace(one.award, level=level)))
    assert bool(step) == (level < 5)
    for word in ("few points", "missing", "weak", "general", "description", "not fully", "but "):
        assert word not in step
