"""Lines of a file put back into the essay, and taken out of it."""

from hypothesis import given
from hypothesis import strategies as st

from markdesk.desk.ports import EssayDraft
from markdesk.desk.putting_back import question_blocks, with_toggled

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
    draft = with_toggled(PAGE, frozenset((3,)))
    assert draft.paragraphs == ("He was right.", "Share this", "He was wrong.")
    assert draft.removed == ("Log in", "Okafor, page 1")
    assert draft.question == PAGE.question


def test_a_line_is_taken_out_and_is_not_lost() -> None:
    draft = with_toggled(PAGE, frozenset((2,)))
    assert draft.paragraphs == ("He was wrong.",)
    assert draft.removed == ("Log in", "He was right.", "Share this", "Okafor, page 1")


def test_the_question_is_none_of_the_essay() -> None:
    assert question_blocks(PAGE) == {1}


def test_a_heading_that_was_read_as_the_question_is_put_into_the_essay_and_back() -> None:
    draft = with_toggled(PAGE, frozenset((1,)))
    assert draft.paragraphs == ("# How far was he right?", "He was right.", "He was wrong.")
    assert not draft.question
    assert draft.removed == PAGE.removed
    assert with_toggled(PAGE, frozenset((1, 3))).paragraphs[:3] == (*draft.paragraphs[:2], "Share this")


def test_nothing_happens_to_a_file_whose_blocks_are_not_told() -> None:
    plain = EssayDraft(None, ("One.",))
    assert with_toggled(plain, frozenset((0, 7))) == plain


@given(st.lists(st.tuples(st.text("ab \n", min_size=1, max_size=6), st.booleans()), max_size=8), st.data())
def test_every_block_is_in_one_place_whatever_is_toggled(blocks: list[tuple[str, bool]], data: st.DataObject) -> None:
    draft = EssayDraft(
        None,
        tuple(text for text, is_in in blocks if is_in),
        tuple(text for text, is_in in blocks if not is_in),
        blocks=tuple(blocks),
    )
    places = st.integers(0, max(0, len(blocks) - 1))
    toggled = frozenset(data.draw(st.lists(places, max_size=4))) if blocks else frozenset[int]()
    after = with_toggled(draft, toggled)
    assert sorted((*after.paragraphs, *after.removed)) == sorted(text for text, _ in blocks)
    inside = [text for at, (text, is_in) in enumerate(blocks) if (at in toggled) != is_in]
    assert list(after.paragraphs) == inside
    assert with_toggled(after, toggled).paragraphs == draft.paragraphs
