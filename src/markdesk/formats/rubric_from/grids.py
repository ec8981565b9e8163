"""The tables of a page as grids: merged cells stand in every place that they cover, and know where they began."""

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from markdesk.formats.rubric_from.draft import one_line, refuse
from markdesk.formats.rubric_from.html_text import text_of_html

MOST_CELLS = 20_000
MOST_COLUMNS = 100
LONGEST_HEADING = 120
"""A longer paragraph above a table is prose, not its heading."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a place of a table shows. ``origin`` is the same for all places that one merged cell covers."""

    text: str
    origin: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its rows, all of one width, what stands above it, and its place among the tables of the page."""

    rows: tuple[tuple[Cell, ...], ...]
    heading: str
    number: int
    turned: bool = False
    """Rows and columns changed places, so that the levels run down."""

    def turn(self) -> "Grid":
        """The same table with rows for columns."""
        return Grid(tuple(zip(*self.rows, strict=True)), self.heading, self.number, not self.turned)

    def where(self, row: int) -> str:
        """How a reader finds the row (the column of a turned table): counted from 1."""
        return f"table {self.number}, {'column' if self.turned else 'row'} {row + 1}"

    def is_one_cell(self, row: int) -> bool:
        """Whether the row is a single cell across the table."""
        cells = self.rows[row]
        return len(cells) > 1 and bool(cells[0].text) and all(cell.origin == cells[0].origin for cell in cells)

    def is_alone(self, row: int) -> bool:
        """Whether the row's first cell is all that it holds."""
        return bool(self.rows[row][0].text) and not any(cell.text for cell in self.rows[row][1:])


@dataclass(frozen=True, slots=True)
class Page:
    """A page's title and its tables."""

    title: str
    grids: tuple[Grid, ...]


def page_grids(html: str) -> Page:
    """The tables of a page, those left out that only hold other tables. Raises RubricInvalid for one too big."""
    parser = LexborHTMLParser(html)
    grids: list[Grid] = []
    heading = first_heading = ""
    number = 0
    for node in parser.css("h1, h2, h3, h4, h5, h6, p, caption, table"):
        if node.tag == "table":
            # css() finds the node itself too.
            if len(node.css("table")) > 1:
                continue
            number += 1
            caption = node.css_first("caption")
            above = one_line(text_of_html(caption.html or "")) if caption else heading
            rows = _rows(node, number)
            if rows:
                grids.append(Grid(rows, above, number))
            heading = ""
        elif node.tag != "caption" and not _is_inside_table(node):
            text = one_line(text_of_html(node.html or ""))
            if text:
                heading = text if len(text) <= LONGEST_HEADING else ""
                first_heading = first_heading or (text if node.tag in ("h1", "h2") else "")
    title = parser.css_first("title")
    return Page(first_heading or (one_line(title.text()) if title else ""), tuple(grids))


def _is_inside_table(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in ("td", "th"):
            return len(parent.css("table")) == 0
        parent = parent.parent
    return False


def _rows(node: LexborNode, number: int) -> tuple[tuple[Cell, ...], ...]:
    """The rows of a table as HTML lays them out: a cell takes the next free places, spans included."""
    places: dict[tuple[int, int], Cell] = {}
    trs = node.css("tr")
    for row, tr in enumerate(trs):
        column = 0
        for td in tr.css("td, th"):
            while (row, column) in places:
                column += 1
            down = min(_span(td, "rowspan", len(trs) - row), len(trs) - row)
            right = _span(td, "colspan", 1)
            if column + right > MOST_COLUMNS or len(places) + down * right > MOST_CELLS:
                refuse(f"table {number}, row {row + 1}", "it has more cells than a mark scheme has.")
            cell = Cell(text_of_html(td.html or ""), (row, column))
            for y in range(row, row + down):
                for x in range(column, column + right):
                    places.setdefault((y, x), cell)
            column += right
    if not places:
        return ()
    width = 1 + max(column for _, column in places)
    rows = [tuple(places.get((y, x), Cell("", (y, x))) for x in range(width)) for y in range(len(trs))]
    return tuple(row for row in rows if any(cell.text for cell in row))


def _span(td: LexborNode, name: str, all_of_it: int) -> int:
    value = (td.attributes.get(name) or "").strip()
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        return 1
    return int(value) or all_of_it  # rowspan=0 is the rest of the table
