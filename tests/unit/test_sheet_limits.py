"""A sheet says what limited its mark, and where the answer to each part begins."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from markdesk.core.changes import AssignmentChanged, ScriptChanged
from markdesk.core.essay import Essay
from markdesk.core.ids import EssayHash
from markdesk.core.marksheet import MarkSheet
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.ports import Keep
from markdesk.formats.documents import html, markdown, text
from markdesk.formats.documents.document import Document
from markdesk.formats.sheets.student import Choice, student_sheet
from tests.kit import SmallDesk, sheets_of, shipped_rubric

ANSWER = "The tanks came in November, and nobody at home had been told that they would, or what it was for. " * 3
WRITERS = pytest.mark.parametrize("write", [markdown.write, text.write, html.write])
Write = Callable[[Sequence[Document]], bytes]


def sheet(small: SmallDesk) -> MarkSheet:
    (made,) = sheets_of(small.desk, small.store.assignments()[0])
    return made


def page(write: Write, small: SmallDesk) -> str:
    return write([student_sheet(sheet(small), Choice())]).decode()


@WRITERS
def test_a_cap_answered_yes_is_on_the_sheet_and_one_answered_no_is_not(memory_desk: SmallDesk, write: Write) -> None:
    opened = memory_desk.open()
    yes, no = opened.rubric.caps[:2]
    opened.give_mark("main", 2)
    opened.answer_cap(yes.id, True)
    opened.answer_cap(no.id, False)
    opened.finish()
    most = opened.rubric.limit(yes).mark
    written = " ".join(page(write, memory_desk).replace("\\", "").split())
    assert f"{yes.ask} Yes: at most {most} of 25." in written
    assert no.ask not in written


@WRITERS
def test_the_parts_stand_above_their_answers(memory_desk: SmallDesk, write: Write) -> None:
    rubric = shipped_rubric("ocr-h505-y2-twopart-30")
    essay = Essay.from_paragraphs(
        ["1(a)", f"This is the first answer. {ANSWER}", "1(b)", f"This is the second answer. {ANSWER}"]
    )
    script = memory_desk.scripts[0]
    memory_desk.desk.commit(
        "scheme",
        "two parts",
        (
            AssignmentChanged(memory_desk.assignment, replace(memory_desk.assignment, rubric_hash=rubric.hash)),
            ScriptChanged(script, replace(script, essay_hash=EssayHash(essay.hash))),
        ),
        Keep((essay,), (rubric,)),
    )
    opened = MarkingDesk(memory_desk.desk, memory_desk.entry())
    for scale in rubric.scales:
        opened.give_mark(scale.id, 3)
    opened.finish()
    order = ["Part a", "the first answer", "Part b", "the second answer"]
    written = page(write, memory_desk)
    assert [written.index(words) for words in order] == sorted(written.index(words) for words in order)
    opened.begin_part(essay.paragraphs[1].span.start)  # the marker knows better
    moved = page(write, memory_desk)
    assert moved.index("Part b") < moved.index("the first answer")
