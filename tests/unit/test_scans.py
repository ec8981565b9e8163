"""Whose pages are which: nobody's page twice, none lost, and every refusal with its numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.coursework import Scan
from markdesk.core.errors import MarkdeskError
from markdesk.core.scans import Listed, Pages, dealt, left_over, page_count, refuse_faulty_list


@given(st.integers(1, 40), st.integers(1, 40), st.booleans())
def test_pages_are_dealt_once_each_and_in_order(scripts: int, each: int, is_said: bool) -> None:
    runs = dealt("class.pdf", scripts * each, scripts, each if is_said else None)
    assert [page for run in runs for page in range(run.first, run.last + 1)] == list(range(1, scripts * each + 1))
    assert {len(run) for run in runs} == {each}
    assert left_over(scripts * each, runs) == ()


@given(st.integers(1, 400), st.integers(1, 40), st.integers(1, 12) | st.none())
def test_a_page_too_many_or_too_few_is_refused_with_the_count(pages: int, scripts: int, each: int | None) -> None:
    comes_out = pages == scripts * each if each else pages % scripts == 0
    if comes_out:
        assert len(dealt("class.pdf", pages, scripts, each)) == scripts
        return
    with pytest.raises(MarkdeskError) as refused:
        dealt("class.pdf", pages, scripts, each)
    assert f" {pages} page" in refused.value.message
    assert f" {scripts} script" in refused.value.message
    assert "--without" in refused.value.hint


@given(st.integers(1, 60), st.lists(st.tuples(st.integers(1, 60), st.integers(0, 5)), max_size=8))
def test_what_nobody_was_given_is_told(pages: int, given_: list[tuple[int, int]]) -> None:
    runs = [Pages(first, min(pages, first + more)) for first, more in given_ if first <= pages]
    used = {page for run in runs for page in range(run.first, run.last + 1)}
    told = [page for run in left_over(pages, runs) for page in range(run.first, run.last + 1)]
    assert told == [page for page in range(1, pages + 1) if page not in used]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([(2, 5, 4)], "Line 2 of the list: the first page is 5, the last 4."),
        ([(2, 0, 4)], "Line 2"),
        ([(2, 1, 4), (3, 5, 9)], "Line 3 of the list: class.pdf has 8 pages, not 9."),
        ([(2, 1, 4), (3, 5, 8), (4, 4, 4)], "Lines 2 and 4 of the list both have page 4."),
    ],
)
def test_a_list_that_cannot_be_is_refused_by_its_line(rows: list[tuple[int, int, int]], told: str) -> None:
    listed = [Listed(line, "Amara", Pages(first, last)) for line, first, last in rows]
    with pytest.raises(MarkdeskError) as refused:
        refuse_faulty_list(listed, 8, "class.pdf")
    assert refused.value.message.startswith(told)


def test_a_picture_is_a_page() -> None:
    assert page_count([Scan("a", "class.pdf", 3, 6), Scan("b", "last.jpg")]) == 5
    assert [str(Pages(3, 6)), str(Pages(3, 3))] == ["3–6", "3"]
