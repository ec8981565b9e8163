"""A student's course as lines to read: the marks over time on a common scale, the targets, what recurs.

Each section is lines of its own; ``in_pages`` puts them together for a window of any height. The bars stand for the
share of the maximum, the raw mark is under each, a gap is named, and which scheme a mark is under has a letter: so it
reads the same without colour.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from rich.cells import cell_len

from markdesk.core.charts import letter
from markdesk.core.days import tell_day
from markdesk.core.feedback import Field
from markdesk.core.grades import in_force
from markdesk.core.marking import Met
from markdesk.core.past_words import gaps_told, hidden_told, recurs_told, schemes_told
from markdesk.core.plain import show_line
from markdesk.desk.finishing import TASK_LABELS
from markdesk.desk.student_view import PastRow, Series, StudentView, Work
from markdesk.tui.queue_lines import BARS, STATUS, told_time
from markdesk.tui.side_lines import hanging
from markdesk.tui.widgets.lines import Line
from markdesk.tui.widgets.rows import Cell, Column
from markdesk.tui.words import clipped, dated, day, fitted

LEAST_LABEL, MOST_LABEL = 17, 36
"""Cells of what stands at the left of the plot: at the least, and where there is room."""
CELL = 6
"""Cells of one piece of work."""
TAIL = 9
"""Cells at the right for where a line goes."""
WAYS = {
    "mostly rising": ("↗ rising", "weigh"), "mostly falling": ("↘ falling", "weigh"),
    "mostly level": ("→ level", "quiet"), "no clear direction": ("no trend", "quiet"), "too few": ("too few", "quiet"),
}  # fmt: skip
"""The trend of a line in the room that there is."""
SIGNS = {
    Met.MET: ("✓ met", "good"), Met.PARTLY: ("≈ partly", "accent"), Met.NOT_YET: ("✗ not yet", "weak"),
    Met.NOT_JUDGED: ("– not judged", "quiet"), None: ("", "quiet"),
}  # fmt: skip
TIMED = 150
"""How wide the list must be for the times and markers to be shown."""
COLUMNS = (
    Column("Set", 9), Column("Work", 0), Column("Mark", 0), Column("Levels", 0), Column("Words", 6, True, needs=92),
    Column("Scheme", 0, needs=124), Column("Time", 7, True, needs=TIMED), Column("Marker", 0, needs=TIMED),
    Column("Status", 13),
)  # fmt: skip
Section = tuple[str, list[Line]]


def sections(view: StudentView, width: int, high: int) -> list[Section]:
    """What there is to say above the list. ``high`` is how many rows the bars have."""
    plot = Plot.of(view, width)
    found = [("Marks over time", _marks(view, plot, width, high))]
    for is_strand, title in ((False, "Scales, each as a share of its maximum"), (True, "Strands, by level")):
        its = [_series(one, plot) for one in view.series if one.is_strand is is_strand]
        if its:
            found.append((title, its))
    if view.record.targets:
        found.append(("Targets", _targets(view, width)))
    if view.grades:
        found.append(("Grades that you typed", _grades(view, width)))
    if view.recurring:
        found.append(("What recurs", _recurs(view, width)))
    return found


def in_pages(found: Iterable[Section], room: int) -> list[list[Line]]:
    """The sections on pages of so many lines; one stands beside the next as far as whole ones fit."""
    pages: list[list[Line]] = []
    page: list[Line] = []
    for title, lines in found:
        block: list[Line] = [((f" {title}", "heading"),), *lines]
        if page and len(page) + 1 + len(block) <= room:
            page += [(), *block]
            continue
        if page:
            pages.append(page)
        while len(block) > room:
            pages.append(block[:room])
            block = [((f" {title}, on", "heading"),), *block[room:]]
        page = block
    return [*pages, page] if page else pages


# -- marks over time


@dataclass(frozen=True, slots=True)
class Plot:
    """Which pieces of work there is room for, the newest, and how wide their labels are."""

    works: Sequence[Work]
    first: int
    """How many earlier ones there is no room for."""
    label: int

    @classmethod
    def of(cls, view: StudentView, width: int) -> "Plot":
        """The plot in so many cells: what the pieces of work leave is the labels'."""
        columns = max(3, (width - LEAST_LABEL - TAIL) // CELL)
        first = max(0, len(view.works) - columns)
        works = view.works[first:]
        return cls(works, first, max(LEAST_LABEL, min(MOST_LABEL, width - TAIL - CELL * len(works))))

    def row(self, label: str, cells: Iterable[str], style: str) -> Line:
        """A row of cells, one for each piece of work."""
        told = "".join(f"{cell:<{CELL}}" for cell in cells)
        return (f"{label:>{self.label - 2}}  ", "quiet"), (told.rstrip(), style)


def _marks(view: StudentView, plot: Plot, width: int, high: int) -> list[Line]:
    works = plot.works
    if not works:
        told = hidden_told(view.hidden)
        return hanging(" ", "text", f"Nothing was set to this student yet. {told}".strip(), "text", 1, width)
    lines: list[Line] = []
    if view.record.trend.count:
        lines += _bars(plot, high)
    lines.append(plot.row("", [work.told for work in works], "text"))
    earlier = f"{plot.first} earlier" if plot.first else ""
    lines.append(plot.row(earlier, [_month(work.day) for work in works], "quiet"))
    if len(view.schemes) > 1:
        letters = ["" if work.scheme is None else letter(work.scheme) for work in works]
        lines.append(plot.row("scheme", letters, "weigh"))
    rules = (
        schemes_told(len(view.schemes)), gaps_told([work.told for work in view.works]), hidden_told(view.hidden)
    )  # fmt: skip
    lines += hanging(" ", "text", " ".join(filter(None, (view.record.trend.told, *rules))), "text", 1, width)
    if len(view.schemes) > 1:
        named = "   ".join(f"{letter(at)} {show_line(name)}" for at, name in enumerate(view.schemes))
        lines += hanging(" ", "quiet", named, "quiet", 1, width)
    return lines


def _month(iso: str) -> str:
    """``Nov25``"""
    return f"{day(iso).partition(' ')[2]}{iso[2:4]}"


def _bars(plot: Plot, high: int) -> list[Line]:
    """Upright bars, from the top down; the axis says what the top and the middle are."""
    lines: list[Line] = []
    for row in range(high, 0, -1):
        axis = {high: "100%", 1: "0%"}.get(row, "50%" if 2 * row == high + 1 else "")
        lines.append(plot.row(axis, [_upright(work.share, high, row) * 3 for work in plot.works], "bar"))
    return lines


def _upright(share: Fraction | None, high: int, row: int) -> str:
    """The piece of a bar in one row of it, from 1 at the foot; a mark of 0 is a line at the foot, a gap is empty."""
    if share is None:
        return " "
    eighths = max(1, round(share * high * len(BARS)))
    filled = min(len(BARS), eighths - (row - 1) * len(BARS))
    return BARS[filled - 1] if filled > 0 else " "


def _series(one: Series, plot: Plot) -> Line:
    """A line of small bars with the raw mark or level beside each, and where they go."""
    most = "/".join(str(value) for value in one.maxima)
    pieces: list[tuple[str, str]] = [
        (f"  {fitted(one.name, plot.label - len(most) - 5)}", "text"),
        (f" /{most}  ", "quiet"),
    ]
    for point in one.points[plot.first :]:
        if point is None or point.share is None:
            pieces.append((f"{point.told if point else '':<{CELL}}", "quiet"))
        else:
            bar = BARS[max(1, round(point.share * len(BARS))) - 1]
            pieces += [(f"{bar} ", "bar"), (f"{point.told:<{CELL - 2}}", "text")]
    return (*pieces, WAYS[one.trend.brief])


# -- targets, what recurs


def _targets(view: StudentView, width: int) -> list[Line]:
    """Newest first, and what the next marking said became of each."""
    lines: list[Line] = []
    for one in reversed(view.record.targets):
        sign, style = SIGNS[one.became]
        head = f" {_month(one.day)}  "
        room = width - 14
        first, *others = hanging(head, "quiet", one.text, "text", len(head), room)
        used = sum(cell_len(text) for text, _ in first)
        lines += [(*first, (" " * max(1, room + 1 - used), "text"), (sign, style)), *others]
    return lines


def _grades(view: StudentView, width: int) -> list[Line]:
    """The newest of each kind with its day, then what stood before."""
    lines: list[Line] = []
    for newest in in_force(view.grades):
        before = [grade for grade in view.grades if grade.kind is newest.kind and grade is not newest]
        earlier = "  before ".join(["", *(f"{one.value} ({tell_day(one.day)})" for one in reversed(before))])
        lead = f" {newest.kind.capitalize():<11}"
        told = f"{newest.value}  from {tell_day(newest.day)}{clipped(earlier, max(8, width - 50))}"
        lines.append(((lead, "quiet"), (told, "text")))
    return lines


def _recurs(view: StudentView, width: int) -> list[Line]:
    lines: list[Line] = []
    for one in view.recurring:
        often = recurs_told(one.times, view.essays)
        if one.code:
            lead = f" {fitted(one.code, 6)}"
            lines += hanging(lead, "accent", f"{often}   {one.meaning}", "text", len(lead), width)
        else:
            lines += hanging(" “”    ", "accent", f"{often}   {one.meaning}", "text", 7, width)
        quoted = " · ".join(f"{words} {show_line(name)}" for words, name in one.quotes)
        if quoted:
            lines.append(((f"       {clipped(quoted, width - 8)}", "quiet"),))
    return lines


# -- the list, and the row under its cursor


def row_cells(row: PastRow, spent: timedelta | None, now: str) -> list[Cell]:
    """A marking; or what has none, and why."""
    past, entry = row.past, row.entry
    words = "" if entry is None else "paper" if entry.words is None else f"{entry.words:,}"
    status = (
        STATUS[past.header.status if past else None] if entry is not None else (str(row.why or "no script"), "weak")
    )
    return [
        (dated(row.assignment.set_on, now), "quiet"),
        (row.assignment.name, "text"),
        (row.told, "strong"),
        (row.levels, "quiet"),
        (words, "quiet"),
        (past.rubric.short_title if past else "", "quiet"),
        (told_time(spent) if spent is not None else "", "quiet"),
        (past.marker if past else "", "quiet"),
        status,
    ]


def about_row(row: PastRow, width: int, spent: timedelta | None, is_private: bool, room: int) -> list[Line]:
    """The question in full, then what the list has no room for; of her own notes only where nobody else looks."""
    question = hanging(" ", "quote", row.assignment.question, "quote", 1, width)
    past = row.past
    if past is None:
        return question[:room]
    words = "handwritten" if past.entry.words is None else f"{past.entry.words:,} words"
    count = past.entry.annotations
    facts = [row.levels, words, f"{count} annotation{'' if count == 1 else 's'}", past.rubric.short_title]
    facts.append(f"marked by {show_line(past.marker)}")
    if is_private and spent is not None:
        facts.append(told_time(spent))
    below: list[Line] = [((f" {clipped(' · '.join(filter(None, facts)), width - 1)}", "quiet"),)]
    if task := past.line(Field.TASK):
        became = f" ({TASK_LABELS[past.header.task_done]})"
        told = f"{clipped(task, width - 7 - len(became))}{became}"
        below.append(((" Task  ", "weigh"), (told, "text")))
    if is_private and row.note:
        below.append(((" Note  ", "weigh"), (clipped(row.note, width - 7), "text")))
    below = below[: room - 1]
    shown = question[: max(1, room - len(below))]
    if len(shown) < len(question):
        shown[-1] = (*shown[-1], (" …", "quiet"))
    return [*shown, *below]
