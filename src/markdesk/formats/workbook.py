"""An .xlsx as it is written here: every text a text, whatever it begins with, and every cell read back.

``Book`` remembers what went into each cell. ``finished`` reads the file again and compares, cell by cell: a text that
the writer dropped (it drops one over 32,767 characters without a word) or a formula of somebody else's is a refusal,
and no file.
"""

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from markdesk.core.errors import MarkdeskError
from markdesk.core.plain import show, show_line
from markdesk.formats.workbook_reading import Found, read_cells

LONGEST = 32_767
"""What a cell holds, in UTF-16 units as Excel counts."""
_ROOM = 60
"""Kept free in a cell whose text goes on elsewhere, to say where."""

_LINE, _HIGHEST = 12.75, 409
"""Points: what a line of this font takes, and as high as a row can be."""
_FONT = {"font_name": "Arial", "font_size": 10}
"""Columns are counted in its digits; where it isn't there, the font in its place is as wide."""
_MARGIN = 0.4
"""Inches."""

_DAY_ZERO = date(1899, 12, 30)
_USUAL_DAY = date(2000, 1, 1)

Style = dict[str, Any]


def day_of(iso: str) -> date | None:
    """An ISO date; None for anything else."""
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None


class Book:
    """A workbook in memory. Its bytes depend on what is written alone: no clock, no name of a machine or user."""

    def __init__(self, made_on: str) -> None:
        self._bytes = io.BytesIO()
        plain = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")
        how = {"in_memory": True, "default_format_properties": dict(_FONT), **dict.fromkeys(plain, False)}
        self.file = Workbook(self._bytes, how)
        day = day_of(made_on) or _USUAL_DAY
        self.file.set_properties({"created": datetime.combine(day, time())})
        self.pages: list[Page] = []
        self.more: list[tuple[str, str, str]] = []
        """Texts that are longer than a cell: the cell, what stands there, and the rest."""
        self._styles: dict[str, Format] = {}

    def style(self, **how: Any) -> Format:
        """A format, the same object for the same wishes."""
        key = repr(sorted(how.items()))
        if key not in self._styles:
            self._styles[key] = self.file.add_format({**_FONT, "valign": "top", **how})
        return self._styles[key]

    def page(self, name: str) -> "Page":
        """A new sheet, behind the others."""
        page = Page(self, name)
        self.pages.append(page)
        return page

    def finished(self) -> bytes:
        """The file. Raises MarkdeskError where it doesn't hold what was written."""
        if self.more:
            self._write_more()
        self.file.close()
        content = self._bytes.getvalue()
        wanted = [page.cells for page in self.pages]
        if read_cells(content) != wanted:
            raise MarkdeskError("The workbook did not read back as it was written.", "Nothing was exported.")
        return content

    def _write_more(self) -> None:
        page = self.page("More")
        head = self.style(bold=True, bottom=1)
        for column, heading in enumerate(("goes on from", "what it is of", "part", "text")):
            page.text(0, column, heading, head)
        line = 1
        for cell, about, rest in self.more:
            for part, piece in enumerate(_pieces(rest, LONGEST), start=2):
                page.text(line, 0, cell, self.style())
                page.text(line, 1, about, self.style())
                page.number(line, 2, part, self.style())
                page.text(line, 3, piece, self.style(text_wrap=True))
                line += 1
        page.sheet.set_column(0, 2, 22)
        page.sheet.set_column(3, 3, 100)
        page.sheet.freeze_panes(1, 0)
        page.sheet.repeat_rows(0)
        page.sheet.fit_to_pages(1, 0)
        page.on_paper(landscape=True)


class Page:
    """A sheet of a workbook."""

    def __init__(self, book: Book, name: str) -> None:
        self.book = book
        self.name = name
        self.sheet = book.file.add_worksheet(name)
        self.cells: dict[tuple[int, int], Found] = {}

    def text(self, row: int, column: int, text: str, style: Format, about: str = "") -> None:
        """A text as a text. What doesn't fit goes on in the sheet ``More``; the cell says so."""
        shown = show(text)
        if not shown:
            self._done(self.sheet.write_blank(row, column, None, style))
            return
        if _units(shown) > LONGEST:
            first = _pieces(shown, LONGEST - _ROOM)[0]
            place = f"{self.name} {_name(row, column)}"
            self.book.more.append((place, show_line(about)[:200], shown[len(first) :]))
            shown = f"{first} \u27e8goes on in the sheet More\u27e9"
        if shown.startswith("<r>"):  # the writer takes such a text for XML of its own making and lets it through
            self._put(row, column, shown, self.sheet.write_rich_string, shown[:1], style, shown[1:], style)
        else:
            self._put(row, column, shown, self.sheet.write_string, shown, style)

    def number(self, row: int, column: int, value: float, style: Format) -> None:
        """A number."""
        self._put(row, column, float(value), self.sheet.write_number, value, style)

    def day(self, row: int, column: int, iso: str, style: Format) -> None:
        """A date as a date; anything else as the text that it is."""
        day = day_of(iso)
        if day is None:
            self.text(row, column, iso, style)
        else:
            self.number(row, column, (day - _DAY_ZERO).days, style)

    def formula(self, row: int, column: int, formula: str, value: float | str, style: Format) -> None:
        """A formula of ours, with what it comes to: a viewer that works nothing out shows that."""
        came_to = float(value) if not isinstance(value, str) else value
        self._put(row, column, (formula[1:], came_to), self.sheet.write_formula, formula, style, value)

    def height(self, row: int, *texts: tuple[str, float]) -> None:
        """A row as high as its texts need, each with the width that it has: no viewer but Excel sees to that itself."""
        lines = max(_lines(text, width) for text, width in texts)
        if lines > 1:
            self.sheet.set_row(row, min(_HIGHEST, 2 + _LINE * lines))

    def on_paper(self, landscape: bool) -> None:
        """A4, with the sheet's name and the number of the page under it."""
        if landscape:
            self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.set_margins(left=_MARGIN, right=_MARGIN, top=0.6, bottom=0.6)
        self.sheet.set_footer("&L&A&RPage &P of &N")

    def _put(self, row: int, column: int, found: Found, write: Callable[..., int], *what: Any) -> None:
        self._done(write(row, column, *what))
        self.cells[row, column] = found

    def _done(self, code: int) -> None:
        if code != 0:
            raise MarkdeskError("A cell of the workbook can't be written.", "Nothing was exported.")


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column: a letter is mostly narrower than the digit that widths count in."""
    return sum(max(1, ceil(len(line) / max(1.0, width * 1.05 - 1))) for line in text.split("\n")) if text else 1


def print_scale(widths: Sequence[float]) -> int:
    """The percentage at which columns of these widths fit across A4 on its side, with a little to spare."""
    pixels = sum(7.9 * width + 5 for width in widths)
    return max(40, min(100, int(100 * (11.69 - 2 * _MARGIN) * 96 / max(1.0, pixels))))


def _units(text: str) -> int:
    return len(text) + sum(1 for sign in text if ord(sign) > 0xFFFF)


def _pieces(text: str, most: int) -> list[str]:
    """The text cut so that each piece fits a cell."""
    pieces: list[str] = []
    while _units(text) > most:
        at = most - sum(1 for sign in text[:most] if ord(sign) > 0xFFFF)
        while _units(text[:at]) > most:
            at -= 1
        pieces.append(text[:at])
        text = text[at:]
    return [*pieces, text]


def _name(row: int, column: int) -> str:
    """``C7``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def area(page: str, first_row: int, last_row: int, column: int) -> str:
    """``Marks!$C$2:$C$31``: cells one below the other, for a formula."""
    letters = _name(0, column)[:-1]
    return f"{page}!${letters}${first_row + 1}:${letters}${last_row + 1}"
