"""Any CSV, any cell: what is read is what the csv module reads, and what isn't written stays to the letter."""

import csv
import io

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from markdesk.core.errors import WorksheetUnreadable
from markdesk.formats.worksheets.cells import SEPARATORS, Table, table, written
from markdesk.formats.worksheets.encoding import opened

TEXTS = st.text(alphabet='ab=,;\t" \r\n|é\x00\x0b\u2028', max_size=60)
VALUES = st.text(min_size=1, max_size=20) | st.text(alphabet='a,;\t" \r\n=', min_size=1, max_size=8)
CELLS = st.text(alphabet='ab ,;"\n\r', max_size=6)


def _read(text: str, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def _values(of: Table) -> list[list[str]]:
    return [[cell.value for cell in row.cells] for row in of.rows]


@st.composite
def files(draw: st.DrawFn) -> tuple[str, str]:
    """A text that is some CSV, in any style, with its separator."""
    separator = draw(st.sampled_from(SEPARATORS))
    ends = draw(st.lists(st.sampled_from(("\n", "\r\n", "\r")), min_size=1, max_size=3))
    lines = []
    for number, row in enumerate(draw(st.lists(st.lists(CELLS, max_size=4), max_size=5))):
        cells = []
        for cell in row:
            must = any(sign in cell for sign in (separator, '"', "\r", "\n"))
            quoted = must or draw(st.booleans())
            cells.append('"' + cell.replace('"', '""') + '"' if quoted else cell)
        lines.append(separator.join(cells) + ends[number % len(ends)])
    text = "".join(lines)
    return text.rstrip("\r\n") if draw(st.booleans()) else text, separator


@given(TEXTS, st.sampled_from(SEPARATORS))
@example('a,"b""c"d"e,\r\n\r\n,', ",")
@example('""', ",")
@example('""",', ",")
@example('"a\r\nb",c\rd', ",")
def test_a_text_is_read_as_the_csv_module_reads_it(text: str, separator: str) -> None:
    assume(not text.startswith("sep="))
    try:
        found = table(text, separator)
    except WorksheetUnreadable:
        assert _read(text + separator, separator)[-1][-1].endswith(separator)  # it is still inside a cell
        return
    assert _values(found) == _read(text, separator)


def _places(of: Table) -> list[tuple[int, int]]:
    return [(at, n) for at, row in enumerate(of.rows) for n in range(len(row.cells))]


@given(files(), st.data())
def test_whatever_is_written_reads_back_and_all_else_is_as_it_was(file: tuple[str, str], data: st.DataObject) -> None:
    text, separator = file
    before = table(text, separator)
    assume(before.rows)
    rows = st.integers(0, len(before.rows) - 1)
    values = data.draw(st.dictionaries(st.tuples(rows, st.integers(0, 6)), VALUES, min_size=1, max_size=4))
    after_text = written(before, values)
    after = table(after_text, separator)
    found = _read(after_text, separator)
    for (row, column), value in values.items():
        assert found[row][column] == value
    for place in _places(before):
        if place not in values:
            assert after.raw(place) == before.raw(place)
    for row, cells in enumerate(_values(before)):
        kept = [value for column, value in enumerate(cells) if (row, column) not in values]
        there = [value for column, value in enumerate(found[row][: len(cells)]) if (row, column) not in values]
        assert there == kept
    ends = [text[row.end : _next(before, at)] for at, row in enumerate(before.rows)]
    assert [after_text[row.end : _next(after, at)] for at, row in enumerate(after.rows)] == ends


def _next(of: Table, at: int) -> int:
    """Where the next row begins."""
    following = of.rows[at + 1] if at + 1 < len(of.rows) else None
    if following is None:
        return len(of.text)
    return following.cells[0].start if following.cells else following.end


@given(st.text(max_size=30), st.sampled_from(("utf-8", "utf-16-le", "utf-16-be", "cp1252")), st.booleans())
def test_bytes_come_back_as_they_were(text: str, codec: str, has_mark: bool) -> None:
    text = text.encode("utf-8", "ignore").decode()
    marks = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff", "cp1252": b""}
    data = (marks[codec] if has_mark else b"") + f"Identifier,Grade\r\nMüller,{text}".encode(codec, "replace")
    encoding, read = opened(data)
    assert encoding.mark + encoding.encode(read) == data


@given(st.binary(max_size=60))
def test_any_bytes_come_back_or_are_refused(data: bytes) -> None:
    try:
        encoding, text = opened(data)
    except WorksheetUnreadable:
        return
    assert encoding.mark + encoding.encode(text) == data


def test_a_quotation_mark_that_is_never_closed_is_refused() -> None:
    with pytest.raises(WorksheetUnreadable, match="row 2 a quotation mark"):
        table('a,b\nc,"d\n' + "e,f\n" * 9, ",")


def test_windows_code_page_says_which_letters_it_has_not() -> None:
    encoding, _ = opened("Zoë – “so”\r\n".encode("cp1252"))
    assert encoding.called == "Windows-1252"
    assert encoding.lost("Zoë – “so” €\x81") == ""
    assert encoding.lost("Łucja Świderska Ł\x80") == "ŁŚ\x80"
