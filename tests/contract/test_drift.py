"""What a student was given stays as it was given: byte for byte the same after any edit of the bank or the scheme."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markdesk.core.bank import BankComment, Origin
from markdesk.core.errors import MarkdeskError
from markdesk.core.essay import Span
from markdesk.core.feedback import Field
from markdesk.core.ids import AssignmentId, ScriptId
from markdesk.core.rubric import Rubric
from markdesk.desk.assignments import class_sheet
from markdesk.desk.bank import CommentBank, bank_of
from markdesk.desk.carrying import take_over
from markdesk.desk.desk import Desk
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.rewording import BankActs, Reach
from markdesk.formats.documents.registry import format_of
from markdesk.formats.marks_csv import write_marks
from markdesk.formats.sheets.student import Choice, student_sheet
from markdesk.formats.web_annotations import collection
from markdesk.store.memory.store import MemoryStore
from markdesk.store.sqlite.store import SqliteStore
from tests.kit import SmallDesk, fill, sheets_of
from tests.schemes_that_change import reworded
from tests.seeds import examples
from tests.tui.desks import CAPPED, POINTS, SHAPES, lay_out, script_id

SHIPPED = (
    BankComment("markdesk.when", "Say when, {name}.", "when", origin=Origin.SHIPPED),
    BankComment("markdesk.so", "And so?", "so", origin=Origin.SHIPPED),
)
TYPED = ("Tells the story", "Exact, and so it proves the point", "And so?", "Say when, Amara.")


def read(desk: Desk) -> CommentBank:
    return bank_of(desk, SHIPPED)


def mark(opened: MarkingDesk) -> MarkingDesk:
    """Comments of every origin, a line of feedback, and a mark on every scale."""
    paragraph = opened.essay.paragraphs[0].span
    for at, text in enumerate(TYPED):
        opened.annotate(Span(paragraph.start + 3 * at, paragraph.start + 3 * at + 10), "K" if at % 2 else "", text)
    opened.write_feedback(Field.WWW, 1, TYPED[1])
    opened.write_feedback(Field.TARGET, 1, TYPED[0])
    for scale in opened.rubric.scales:
        if scale.is_points:
            for item in scale.items:
                opened.give_points(scale.id, item.id, 1)
        else:
            opened.give_mark(scale.id, scale.max // 2)
    for cap in opened.rubric.caps:
        opened.answer_cap(cap.id, False)
    opened.finish()
    return opened


def script(shape: str, place: int) -> ScriptId:
    return ScriptId(script_id(shape, place))


def given_back(desk: Desk, assignment_id: str, wanted: ScriptId) -> dict[str, bytes]:
    """Every file that the returned essay stands in, or its row where others stand there too."""
    assignment = next(a for a in desk.store.assignments() if a.id == assignment_id)
    (sheet,) = [made for made in sheets_of(desk, assignment) if made.script_id == wanted]
    table = write_marks(class_sheet(desk, assignment)).splitlines()
    (row,) = [line for line in table if sheet.student.family_name.encode() in line]
    marking = desk.store.marking(wanted, desk.marker.id)
    assert marking is not None
    stamps = desk.stamps_for(desk.store.rubric(marking.header.rubric_hash))
    return {
        **{ending: format_of(ending).writer()([student_sheet(sheet, Choice())]) for ending in ("txt", "md", "html")},
        "csv": row,
        "jsonld": repr(collection(assignment, [(marking, "Ms Test", stamps)])).encode(),
    }


def every_edit(acts: BankActs) -> None:
    """Each kind of act on each comment, and half of it taken back."""
    for text in TYPED[:2]:
        bank = read(acts.desk)
        comment = next(one for one in bank.comments if one.text == text)
        this = next(use for use in bank.uses(comment.id) if not use.is_returned)
        acts.reword(comment, f"{text}, here alone", Reach.THIS, this)
        done = acts.reword(comment, f"{text} (all)", Reach.UNRETURNED)
        acts.give_code(read(acts.desk).get(done.comment_id), f"code{len(text)}")
        acts.reword(read(acts.desk).get(done.comment_id), f"{text} (now)", Reach.FROM_NOW_ON)
    for comment in SHIPPED:
        acts.reword(comment, f"{comment.text} Which year?", Reach.UNRETURNED)
    acts.remove(acts.desk.store.bank_comments()[0])
    acts.undo()
    acts.undo()
    acts.redo()


@pytest.mark.parametrize("shape", [*SHAPES, POINTS, CAPPED])
def test_a_returned_sheet_is_the_same_after_every_edit_of_the_bank_and_of_the_scheme(
    tmp_path: Path, shape: str
) -> None:
    world = lay_out(tmp_path / "marks.db", (shape,))
    store = SqliteStore(world.path)
    desk = world.desk(store)
    for place in (1, 2):
        (entry,) = store.entries(desk.marker.id, script_id=script(shape, place))
        mark(MarkingDesk(desk, entry))
    (entry,) = store.entries(desk.marker.id, script_id=script(shape, 1))
    assert MarkingDesk(desk, entry).return_to_student().is_saved
    before = given_back(desk, shape, script(shape, 1))
    others = given_back(desk, shape, script(shape, 2))

    every_edit(BankActs(desk, read))
    assert given_back(desk, shape, script(shape, 1)) == before
    after = given_back(desk, shape, script(shape, 2))
    assert all(after[kind] != others[kind] for kind in ("txt", "md", "html", "jsonld")), (
        "the edits did reach the other essay"
    )

    rubric: Rubric = store.rubric(entry.assignment.rubric_hash)
    take_over(desk, AssignmentId(shape), replace(reworded(rubric), title="Another title"), 0)
    assert given_back(desk, shape, script(shape, 1)) == before
    assert store.verify().problems == ()
    store.close()


# -- any edits, in any order

EDITS = st.lists(
    st.tuples(
        st.sampled_from([*Reach, "code", "remove", "undo", "redo", "essay's undo"]),
        st.integers(0, 9),
        st.sampled_from(["What follows?", "Say when, {name}!", "in {paragraph}", "毛泽东 \U0001f451", "", "And so?"]),
    ),
    max_size=12,
)


def edit(small: SmallDesk, acts: BankActs, kind: str, which: int, text: str) -> None:
    bank = read(small.desk)
    comment = bank.comments[which % len(bank.comments)]
    this = next((use for use in bank.uses(comment.id) if not use.is_returned), None)
    match kind:
        case "code":
            acts.give_code(comment, f"c{which}")
        case "remove":
            acts.remove(comment)
        case "undo":
            acts.undo()
        case "redo":
            acts.redo()
        case "essay's undo":
            small.open(1).undo()
        case _:
            acts.reword(comment, text, Reach(kind), this)


@settings(max_examples=examples(60))
@given(edits=EDITS)
def test_no_sequence_of_edits_reaches_it_and_both_stores_agree(edits: list[tuple[str, int, str]]) -> None:
    with TemporaryDirectory() as folder:
        file = SqliteStore(Path(folder) / "marks.db", create=True)
        found = []
        for store in (MemoryStore(), file):
            small = fill(store)
            for place in (0, 1):
                mark(small.open(place))
            small.open(0).return_to_student()
            before = given_back(small.desk, small.assignment.id, small.scripts[0].id)
            acts, told = BankActs(small.desk, read), []
            for kind, which, text in edits:
                try:
                    edit(small, acts, kind, which, text)
                except MarkdeskError as error:
                    told.append(error.message)
            assert given_back(small.desk, small.assignment.id, small.scripts[0].id) == before
            assert store.verify().problems == ()
            found.append((told, store.bank_comments(), read(small.desk).comments, small.open(1).marking))
        assert found[0] == found[1]
        file.close()
