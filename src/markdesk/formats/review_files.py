"""A review as a file: a sheet in any format of sheets, or its figures as a workbook or CSV."""

import csv
import io
from collections.abc import Sequence

from markdesk.core.errors import MarkdeskError, UsageProblem
from markdesk.core.plain import show, show_line
from markdesk.desk.looking_back import LookBack
from markdesk.desk.review_tables import SET_ON, Cell, FigureTable, figure_tables
from markdesk.desk.review_words import nothing_told
from markdesk.formats.documents.document import NO_SCHOOL, School
from markdesk.formats.documents.registry import FORMATS, format_of
from markdesk.formats.rubric_to.safe_cells import guarded
from markdesk.formats.slug import slug

TABLES = ("xlsx", "csv")
ENDINGS = (*(one.ending for one in FORMATS), *TABLES)
WIDEST = 40
"""As many letters as a column of a workbook is wide at most."""


def review_name(look: LookBack, ending: str) -> str:
    """What the file is called: ``review-13h-khrushchev.pdf``."""
    parts = [look.group, look.pile.assignment.name if look.pile is not None else look.filters.year]
    return f"review-{slug(' '.join(filter(None, parts)), 'all')}.{ending}"


def refuse_ending(ending: str) -> None:
    """Raises UsageProblem for an ending in which no review is written."""
    if ending not in ENDINGS:
        told = f"A review isn't written as .{show_line(ending)}" if ending else "The file's ending says what it is"
        raise UsageProblem(f"{told}.", f"It is one of: {', '.join(ENDINGS)}.")


def refuse_empty(look: LookBack) -> None:
    """Raises MarkdeskError, with the filter to loosen, where no essay is left: a page without one says nothing."""
    if not look.left:
        raise MarkdeskError("Nothing is written.", nothing_told(look) or "There is no essay in it.")


def write_review(look: LookBack, ending: str, on: str, school: School = NO_SCHOOL) -> bytes:
    """The file's content. ``on`` is the day that it is written, ISO.

    Raises UsageProblem for an ending that is none, and MarkdeskError where no essay is left.
    """
    refuse_ending(ending)
    refuse_empty(look)
    if ending == "csv":
        return _csv(figure_tables(look)[0])
    if ending == "xlsx":
        return _workbook(figure_tables(look), on)
    from markdesk.formats.sheets.review import review_sheet

    return format_of(ending).writer()([review_sheet(look, on, school)])


def _csv(table: FigureTable) -> bytes:
    """The figures, with Excel's UTF-8 sign in front, read back before they are given out."""
    rows = [list(table.heading), *([_plain(cell) for cell in row] for row in table.rows)]
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    if list(csv.reader(io.StringIO(stream.getvalue(), newline=""))) != rows:
        raise MarkdeskError("The figures did not read back as they were written.", "Nothing was exported.")
    return stream.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    if isinstance(cell, str):
        return guarded(show(cell))
    return "" if cell is None else f"{cell:.10g}" if isinstance(cell, float) else str(cell)


def _workbook(tables: Sequence[FigureTable], on: str) -> bytes:
    """A page a table; every cell is read back by ``Book``."""
    from markdesk.formats.workbook import Book

    book = Book(on)
    for table in tables:
        page = book.page(table.name)
        for place, heading in enumerate(table.heading):
            page.text(0, place, heading, book.style(bold=True, bottom=1))
            longest = max(len(str(cell)) for cell in (heading, *(row[place] for row in table.rows)))
            page.sheet.set_column(place, place, min(WIDEST, longest + 2))
        for line, row in enumerate(table.rows, start=1):
            for place, cell in enumerate(row):
                if table.heading[place] == SET_ON:
                    page.day(line, place, str(cell), book.style(num_format="d mmm yyyy", align="left"))
                elif isinstance(cell, str):
                    page.text(line, place, cell, book.style(num_format="@"), table.heading[place])
                elif cell is not None:
                    page.number(line, place, cell, book.style())
        page.sheet.freeze_panes(1, 0)
        page.on_paper(landscape=True)
    return book.finished()
