"""The class mark sheet as an .xlsx: the marks on one sheet, what they come to on a second, with charts.

Formulas are our own, over our own columns, and each is kept with what it comes to. They go on working when a teacher
corrects a mark. Text is text, whatever it begins with.
"""

from markdesk.core.boundaries import Boundaries
from markdesk.core.plain import show_line
from markdesk.desk.assignments import ClassSheet
from markdesk.desk.class_summary import class_summary
from markdesk.desk.class_table import STATUS, WWW, ClassTable, Column, Form, class_table
from markdesk.formats.marks_xlsx_summary import Places, write_summary
from markdesk.formats.workbook import Book, Page, area, print_scale

MARKS = "Marks"
_TINTS = (0xF7FAFD, 0xE9F1F9, 0xD9E7F4, 0xC7DCEF, 0xB3CFE9, 0xA6C6E4)
"""From the lowest level to the highest: darker is higher in grey too, and black stays readable on each."""
_HEADING = 0xE8E8E8
_RULE = 0xC8C8C8
_WIDEST = {Form.TEXT: 22, Form.LONG: 36, Form.NUMBER: 10, Form.PERCENT: 8, Form.DAY: 14}
_NAMES = 2
"""The columns that stay in sight, and stand on every page."""


def colour(value: int) -> str:
    """A colour as the writer of workbooks takes it."""
    return f"#{value:06X}"


def write_workbook(sheet: ClassSheet, boundaries: Boundaries | None = None) -> bytes:
    """The file, read back before it is given out."""
    table = class_table(sheet, boundaries)
    columns = tuple(column for column in table.columns if not column.said_once)
    book = Book(sheet.assignment.set_on)
    page = book.page(MARKS)
    widths = [_width(table, column) for column in columns]
    for place, column in enumerate(columns):
        page.sheet.set_column(place, place, widths[place])
        _heading(book, page, place, column)
    page.height(0, *((column.heading, width * 0.9) for column, width in zip(columns, widths, strict=True)))
    for line, row in enumerate(table.rows, start=1):
        cells = dict(zip(table.columns, row.cells, strict=True))
        for place, column in enumerate(columns):
            _cell(book, page, line, place, column, cells[column], row.called)
        page.height(line, *((str(cells[column] or ""), widths[place] - 1) for place, column in enumerate(columns)))
    last = max(1, len(table.rows))
    _tint(book, page, sheet, columns, last)
    page.sheet.freeze_panes(1, _NAMES)
    page.sheet.autofilter(0, 0, last, len(columns) - 1)
    page.on_paper(landscape=True)
    # On paper the marks stand on one page, the words and the rest on the next, both beside the names.
    words = columns.index(WWW)
    page.sheet.set_v_pagebreaks([words])
    page.sheet.repeat_rows(0)
    page.sheet.repeat_columns(0, _NAMES - 1)
    page.sheet.set_print_scale(print_scale(max(widths[:words], widths[:_NAMES] + widths[words:], key=sum)))
    page.sheet.set_header("&L" + _for_a_header(sheet.assignment.name) + "&R" + _for_a_header(sheet.group))
    places = Places({column: area(MARKS, 1, last, place) for place, column in enumerate(columns)})
    write_summary(book, sheet, class_summary(sheet), boundaries, places)
    return book.finished()


def _heading(book: Book, page: Page, place: int, column: Column) -> None:
    look = {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 2, "bg_color": colour(_HEADING)}
    side = {"align": "right"} if column.form in (Form.NUMBER, Form.PERCENT) else {"align": "left", "indent": 1}
    page.text(0, place, column.heading, book.style(**look, **side))


def _cell(book: Book, page: Page, line: int, place: int, column: Column, cell: object, about: str) -> None:
    lined = {"bottom": 1, "bottom_color": colour(_RULE)}
    what = f"{about}, {column.heading}"
    if cell is None or cell == "":
        page.text(line, place, "", book.style(**lined))
    elif isinstance(cell, int | float):
        # A percentage stays the number that the column says, so that nobody multiplies it by 100 again.
        style = book.style(num_format="0.0" if column.form is Form.PERCENT else "0", align="right", **lined)
        page.number(line, place, cell, style)
    elif column.form is Form.DAY:
        page.day(line, place, str(cell), book.style(num_format="d mmm yyyy", align="left", indent=1, **lined))
    elif column.form is Form.NUMBER:  # NR
        page.text(line, place, str(cell), book.style(align="right", **lined), what)
    else:
        style = book.style(text_wrap=True, num_format="@", align="left", indent=1, **lined)
        page.text(line, place, str(cell).replace("_", " ") if column is STATUS else str(cell), style, what)


def _width(table: ClassTable, column: Column) -> float:
    """As wide as its longest cell, within bounds; its heading may take two lines."""
    shown = [len(line) for cell in table.cells(column) if cell is not None for line in str(cell).split("\n")[:20]]
    word = max(map(len, column.heading.split()), default=0) * 1.1  # bold
    heading = max(word, min(len(column.heading), 9)) + 3  # for the filter's arrow
    return min(max([heading, *(count + 3 for count in shown)]), max(_WIDEST[column.form], heading), _WIDEST[Form.LONG])


def _tint(book: Book, page: Page, sheet: ClassSheet, columns: tuple[Column, ...], last: int) -> None:
    """A level's colour, on the level, the mark that it belongs to, and where strands stand."""
    tops: dict[str, int] = {scale.id: scale.top for scale in sheet.scales}
    for place, column in enumerate(columns):
        top = tops.get(column.scale, 0)
        for level in range(1, top + 1):
            tint = book.file.add_format({"bg_color": colour(_TINTS[_shade(level, top)])})
            if column.strand:
                how = {"type": "text", "criteria": "begins with", "value": f"L{level}", "format": tint}
                page.sheet.conditional_format(1, place, last, place, how)
            elif column.is_level:
                letters = area("", 1, 1, place).split("$")[1]
                how = {"type": "formula", "criteria": f"=${letters}2={level}", "format": tint}
                page.sheet.conditional_format(1, place, last, place + 1, how)


def _shade(level: int, top: int) -> int:
    return len(_TINTS) - 1 if top <= 1 else round((level - 1) * (len(_TINTS) - 1) / (top - 1))


def _for_a_header(text: str) -> str:
    """A text in the margin of the page, where ``&`` begins a code. A long one is shortened; the summary has it all."""
    line = show_line(text)
    return (line if len(line) <= 60 else f"{line[:59]}…").replace("&", "&&")
