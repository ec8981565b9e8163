"""Lines of a file put back into the essay, and taken out of it."""

from hypothesis import given
from hypothesis import strategies as st

from markdesk.desk.drafts import EssayDraft
from markdesk.desk.putting_back import Part, parts_of, with_parts

PAGE = EssayDraft(
    "How far was he right?",
    ("He was right.", "He was wrong."),
    ("Log in", "Share this", "Okafor, page 1"),
    blocks=(
        ("Log in", False),
        ("# How far was he right?", True),
        ("He was right.", True),
        ("Share this", False),
        ("He was wrong.", True),
    ),
)


def test_a_line_is_put_back_where_it_stood() -> None:
    draft = with_parts(PAGE, {3: Part.IN})
    assert draft.paragraphs == ("He was right.", "Share this", "He was wrong.")
    assert draft.removed == ("Log in", "Okafor, page 1")
    assert draft.question == PAGE.question


def test_a_line_is_taken_out_and_is_not_lost() -> None:
    draft = with_parts(PAGE, {2: Part.OUT})
    assert draft.paragraphs == ("He was wrong.",)
    assert draft.removed == ("Log in", "He was right.", "Share this", "Okafor, page 1")


def test_the_question_is_none_of_the_essay() -> None:
    assert [part for _, part in parts_of(PAGE, {})] == [Part.OUT, Part.QUESTION, Part.IN, Part.OUT, Part.IN]


def test_a_heading_that_was_read_as_the_question_is_put_into_the_essay_or_left_out() -> None:
    draft = with_parts(PAGE, {1: Part.IN})
    assert draft.paragraphs == ("# How far was he right?", "He was right.", "He was wrong.")
    assert not draft.question
    assert draft.removed == PAGE.removed
    assert with_parts(PAGE, {1: Part.IN, 3: Part.IN}).paragraphs[:3] == (*draft.paragraphs[:2], "Share this")
    assert with_parts(PAGE, {1: Part.OUT}).removed[:2] == ("Log in", "# How far was he right?")


def test_a_line_is_made_the_question() -> None:
    draft = with_parts(PAGE, {1: Part.IN, 2: Part.QUESTION})
    assert draft.question == "He was right."
    assert draft.paragraphs == ("# How far was he right?", "He was wrong.")
    assert with_parts(PAGE, {0: Part.QUESTION}).question == "Log in\nHow far was he right?"


def test_nothing_happens_to_a_file_whose_blocks_are_not_told() -> None:
    plain = EssayDraft(None, ("One.",))
    assert with_parts(plain, {0: Part.OUT, 7: Part.IN}) == plain


PARTS = st.sampled_from(Part)


@given(st.lists(st.tuples(st.text("ab\n", min_size=1, max_size=6), st.booleans()), max_size=8), st.data())
def test_every_block_is_in_one_place_whatever_is_said(blocks: list[tuple[str, bool]], data: st.DataObject) -> None:
    draft = EssayDraft(
        None,
        tuple(text for text, is_in in blocks if is_in),
        tuple(text for text, is_in in blocks if not is_in),
        blocks=tuple(blocks),
    )
    said = data.draw(st.dictionaries(st.integers(0, max(0, len(blocks))), PARTS, max_size=4))
    after = with_parts(draft, said)
    parts = parts_of(draft, said)
    assert [text for text, _ in parts] == [text for text, _ in blocks]
    assert list(after.paragraphs) == [text for text, part in parts if part is Part.IN]
    assert list(after.removed) == [text for text, part in parts if part is Part.OUT]
    asked = [text for text, part in parts if part is Part.QUESTION]
    assert (after.question or "") == "\n".join(asked)
