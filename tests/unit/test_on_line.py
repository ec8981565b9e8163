"""A line of pieces in so many cells: exactly as wide, and never cut without a sign."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from markdesk.tui.widgets.painted import on_line

PIECES = st.lists(st.sampled_from(("a word", " ", "   ", "毛泽东", "é", "…", "")), max_size=8)


@given(PIECES, st.integers(1, 30))
def test_it_is_as_wide_as_asked_and_says_where_it_goes_on(texts: list[str], width: int) -> None:
    whole = "".join(texts)
    line = on_line([Segment(text, Style()) for text in texts if text], width, Style())
    assert line.cell_length == cell_len(line.text) == width
    if cell_len(whole.rstrip()) <= width:
        assert line.text.rstrip() == whole[: len(line.text)].rstrip()
    else:
        assert line.text.rstrip().endswith("…")
        assert whole.startswith(line.text.rstrip()[:-1].rstrip())
