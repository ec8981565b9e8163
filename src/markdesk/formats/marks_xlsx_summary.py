"""The second sheet of the class workbook: what was set, what the marks come to, and two charts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markdesk.core.boundaries import Boundaries
from markdesk.core.statistics import rounded
from markdesk.desk.assignments import ClassSheet
from markdesk.desk.class_summary import NR_RULE, ClassSummary, called, facts
from markdesk.desk.class_table import TOTAL, Column
from markdesk.formats.workbook import Book, Page

SUMMARY = "Summary"
_BARS = (0x1F4E79, 0x9DC3E6, 0x5B7F9E, 0xD0D8E0, 0x3A3A3A, 0xB8860B)
_LINES = 0xC8C8C8
_ONE_BY_ONE = 30
"""Up to so many marks have a bar each; above that several share one."""
_BINS = 20
_LAST = 7
"""The column up to which a long fact goes on."""
_LABEL_WIDTH, _VALUE_WIDTH = 30, 14


@dataclass(frozen=True, slots=True)
class Places:
    """Where the columns of marks stand on the first sheet, for formulas."""

    areas: Mapping[Column, str]

    def total(self) -> str:
        """The totals of all students."""
        return self.areas[TOTAL]

    def of_scale(self, scale_id: str, is_level: bool) -> str:
        """The levels or the marks of one scale."""
        return next(
            where
            for column, where in self.areas.items()
            if column.scale == scale_id and column.is_level is is_level and not column.strand
        )


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows of figures that a chart is drawn from."""

    first: int
    last: int
    columns: int
    most: int = 0
    """The highest of the figures."""


def write_summary(
    book: Book, sheet: ClassSheet, summary: ClassSummary, boundaries: Boundaries | None, places: Places
) -> None:
    """The sheet, behind the marks."""
    page = book.page(SUMMARY)
    line = _figures(book, page, _facts(book, page, sheet, boundaries) + 1, summary, places)
    line = _strands(book, page, line + 1, summary)
    levels = _levels(book, page, line + 1, summary, places)
    marks = _distribution(book, page, levels.last + 4, sheet, summary, places)
    page.sheet.set_column(0, 0, _LABEL_WIDTH)
    page.sheet.set_column(1, _LAST, _VALUE_WIDTH)
    page.sheet.hide_gridlines(2)
    _charts(book, page, summary, levels, marks)
    page.on_paper(landscape=False)
    page.sheet.fit_to_pages(1, 1)


def _facts(book: Book, page: Page, sheet: ClassSheet, boundaries: Boundaries | None) -> int:
    wide = book.style(text_wrap=True, align="left")
    for line, (name, value) in enumerate(facts(sheet, boundaries)):
        page.text(line, 0, name, book.style(bold=True))
        page.sheet.merge_range(line, 1, line, _LAST, "", wide)
        if isinstance(value, int):
            page.number(line, 1, value, wide)
        elif name == "Set on":
            page.day(line, 1, value, book.style(num_format="d mmmm yyyy", align="left"))
        else:
            page.text(line, 1, value, wide, name)
            page.height(line, (value, _VALUE_WIDTH * _LAST))
    return len(facts(sheet, boundaries))


def _heading(book: Book, page: Page, line: int, *words: str) -> int:
    for column, word in enumerate(words):
        style = book.style(bold=True, bottom=1, text_wrap=True, align="right" if column else "left")
        page.text(line, column, word, style)
    page.height(line, *((word, _VALUE_WIDTH * 0.9 if column else _LABEL_WIDTH) for column, word in enumerate(words)))
    return line + 1


def _figures(book: Book, page: Page, line: int, summary: ClassSummary, places: Places) -> int:
    total, its = places.total(), summary.figures
    line = _heading(book, page, line, "Marks together", "")
    page.text(line, 0, "Students with a mark, n", book.style())
    page.formula(line, 1, f"=COUNT({total})", len(summary.marks), book.style(num_format="0", align="right"))
    page.text(line, 2, NR_RULE, book.style(italic=True, indent=1, align="left"))
    several: tuple[tuple[str, str, float | None], ...] = (
        ("Mean", "AVERAGE", rounded(its.mean) if its else None),
        ("Median", "MEDIAN", rounded(its.median) if its else None),
        ("Standard deviation", "STDEVP", rounded(its.sd) if its else None),
        ("Lowest", "MIN", its.lowest if its else None),
        ("Highest", "MAX", its.highest if its else None),
    )
    line += 1
    for name, function, value in several:
        page.text(line, 0, name, book.style())
        style = book.style(num_format="0" if function in ("MIN", "MAX") else "0.00", align="right")
        formula = f'=IF(COUNT({total})=0,"",{function}({total}))'
        page.formula(line, 1, formula, "" if value is None else value, style)
        if function == "STDEVP":
            page.text(line, 2, "Of just these marks: divided by n.", book.style(italic=True, indent=1, align="left"))
        line += 1
    beside = (
        ("Marks that aren't finished", summary.provisional),
        ("No response (NR)", summary.no_response),
        ("Handed in, no mark yet", summary.without_mark),
        ("Not handed in", summary.not_handed_in),
    )
    for name, count in beside:
        page.text(line, 0, name, book.style())
        page.number(line, 1, count, book.style(align="right"))
        line += 1
    return line


def _strands(book: Book, page: Page, line: int, summary: ClassSummary) -> int:
    if not summary.strands:
        return line - 1
    line = _heading(book, page, line, "Strands", "mean level", "students", "levels", "", "")
    for strand in summary.strands:
        page.text(line, 0, strand.name, book.style(text_wrap=True))
        page.height(line, (strand.name, _LABEL_WIDTH))
        page.text(line, 4, strand.title, book.style(indent=1, align="left"))
        page.number(line, 1, rounded(strand.mean), book.style(num_format="0.00", align="right"))
        page.number(line, 2, strand.n, book.style(align="right"))
        page.number(line, 3, strand.scale.top, book.style(align="right"))
        line += 1
    if summary.weakest:
        page.text(line, 0, "Weakest", book.style(bold=True))
        page.text(line, 1, "; ".join(called(strand, summary) for strand in summary.weakest), book.style(bold=True))
        line += 1
    return line


def _levels(book: Book, page: Page, line: int, summary: ClassSummary, places: Places) -> _Block:
    """How many at each level, a column a scale. Scales of points have none, and no column."""
    scales = [levels for levels in summary.levels if levels.counts]
    if not scales:
        return _Block(line - 2, line - 3, 0)
    line = _heading(book, page, line, "Level", *(levels.title for levels in scales))
    first, top = line, max(len(levels.counts) for levels in scales)
    for level in range(top):
        page.text(line, 0, f"Level {level}" if level else "0, nothing creditable", book.style())
        for column, levels in enumerate(scales, start=1):
            if level < len(levels.counts):
                where = places.of_scale(levels.scale.id, is_level=True)
                page.formula(
                    line, column, f"=COUNTIF({where},{level})", levels.counts[level], book.style(align="right")
                )
        line += 1
    for name, formula, its in (("NR", '=COUNTIF({},"NR")', "no_response"), ("no mark yet", "", "unmarked")):
        page.text(line, 0, name, book.style(italic=True))
        for column, levels in enumerate(scales, start=1):
            count, style = getattr(levels, its), book.style(align="right", italic=True)
            if formula:
                page.formula(line, column, formula.format(places.of_scale(levels.scale.id, False)), count, style)
            else:
                page.number(line, column, count, style)
        line += 1
    return _Block(first, first + top - 1, len(scales), max(max(levels.counts) for levels in scales))


def _distribution(
    book: Book, page: Page, line: int, sheet: ClassSheet, summary: ClassSummary, places: Places
) -> _Block:
    """How many have each mark, or each few marks of many."""
    most = max((row.total.max for row in sheet.rows), default=sheet.rubric.max_mark)
    several = 1 if most <= _ONE_BY_ONE else -(-(most + 1) // _BINS)
    line = _heading(book, page, line, "Mark", "students")
    first, highest = line, 0
    for low in range(0, most + 1, several):
        high, total = min(low + several - 1, most), places.total()
        count = sum(low <= mark <= high for mark in summary.marks)
        highest = max(highest, count)
        right = book.style(align="right")
        if several == 1:
            page.number(line, 0, low, book.style(align="left"))
            page.formula(line, 1, f"=COUNTIF({total},{low})", count, right)
        else:
            page.text(line, 0, f"{low}–{high}", book.style())
            page.formula(line, 1, f'=COUNTIFS({total},">={low}",{total},"<={high}")', count, right)
        line += 1
    return _Block(first, line - 1, 1, highest)


def _charts(book: Book, page: Page, summary: ClassSummary, levels: _Block, marks: _Block) -> None:
    """Beside the marks, one under the other. Bars are dark and light in turn: a print in grey tells them apart."""
    chart = book.file.add_chart({"type": "column"})
    _series(chart, marks, 1, "students", 0)
    _axes(chart, "Distribution of marks", "mark", marks.most)
    chart.set_legend({"none": True})
    page.sheet.insert_chart(marks.first - 1, 2, chart, {"x_offset": 30, "object_position": 2})
    if levels.columns:
        chart = book.file.add_chart({"type": "column"})
        scales = [its.title for its in summary.levels if its.counts]
        for column in range(1, levels.columns + 1):
            # The name is a cell: as text it could be taken for a formula.
            _series(chart, levels, column, [SUMMARY, levels.first - 1, column], column - 1)
        _axes(chart, "Levels by scale" if len(scales) > 1 else "Levels", "", levels.most)
        chart.set_legend({"position": "bottom"} if len(scales) > 1 else {"none": True})
        page.sheet.insert_chart(marks.first + 15, 2, chart, {"x_offset": 30, "object_position": 2})


def _series(chart: Any, block: _Block, column: int, name: str | list[str | int], place: int) -> None:
    chart.add_series(
        {
            "name": name,
            "categories": [SUMMARY, block.first, 0, block.last, 0],
            "values": [SUMMARY, block.first, column, block.last, column],
            "fill": {"color": f"#{_BARS[place % len(_BARS)]:06X}"},
            "border": {"color": f"#{_BARS[0]:06X}"},
            "gap": 40,
        }
    )


def _axes(chart: Any, title: str, across: str, most: int) -> None:
    chart.set_title({"name": title, "name_font": {"size": 12}, "overlay": False})
    chart.set_x_axis({"name": across, "name_font": {"size": 10}} if across else {})
    lines = {"visible": True, "line": {"color": f"#{_LINES:06X}", "width": 0.5}}
    step = max(1, -(-most // 8))
    chart.set_y_axis({"name": "students", "major_gridlines": lines, "min": 0, "major_unit": step, "num_format": "0"})
    chart.set_size({"width": 520, "height": 290})
