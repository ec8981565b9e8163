"""Pages that the rules were not written from: every word of the student's is kept, and little of the site's."""

import pytest

from .unseen import pages
from .unseen.score import Score, report, score
from .unseen.shapes import SHAPES


def share_left_in(scores: list[Score]) -> float:
    return sum(len(one.left_in) for one in scores) / sum(one.furniture for one in scores)


@pytest.mark.parametrize("shape", SHAPES)
def test_pages_of_the_first_set(shape: str) -> None:
    scores = [score(page, shape) for page in pages("first")]

    assert [(one.page, one.lost) for one in scores if one.lost] == []
    assert [(one.page, one.draft.question) for one in scores if not one.question_right] == []
    assert share_left_in(scores) < 0.05, report(scores)
    assert sum(one.paragraphs_right for one in scores) >= len(scores) * 0.8, report(scores)
