"""Where the parts of an answer begin goes with their paragraphs, when the essay is handed in again."""

import pytest

from markdesk.core.essay import Essay
from markdesk.desk.moving import moved_parts

EARLIER = Essay.from_paragraphs(["One of a.", "Two of a.", "One of b."])
B = EARLIER.paragraphs[2].span.start


def moved(*blocks: str) -> list[tuple[str, int]]:
    essay = Essay.from_paragraphs(blocks)
    found = moved_parts((("a", 0), ("b", B)), EARLIER, essay)
    return [(part, essay.paragraph_at(start).number) for part, start in found]


def test_they_move_with_their_paragraphs() -> None:
    assert moved("Another beginning.", "One of a.", "Two of a.", "More.", "One of b.") == [("a", 1), ("b", 5)]


@pytest.mark.parametrize("blocks", [("One of a.", "Rewritten."), ("One of b.", "One of a.")])
def test_where_one_can_t_be_told_the_text_speaks_for_itself(blocks: tuple[str, ...]) -> None:
    assert moved(*blocks) == []
