"""A student's course as lines to read: the marks over time on a common scale, the targets, what recurs.

Each section is lines of its own; ``in_pages`` puts them together for a window of any height. The bars stand for the
share of the maximum, the raw mark is under each, a gap is named, and which scheme a mark is under has a letter: so it
reads the same without colour.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate, groupby

from rich.cells import cell_len

from markdesk.core.charts import letter
from markdesk.core.days import month_told, tell_day
from markdesk.core.feedback import Field
from markdesk.core.grades import in_force
from markdesk.core.marking import Met
from markdesk.core.past_words import gaps_told, hidden_told, recurs_told, schemes_told
from markdesk.core.plain import fold, show_line
from markdesk.core.trend import FEWEST
from markdesk.desk.finishing import TASK_LABELS
from markdesk.desk.student_view import PastRow, Series, StudentView, Work
from markdesk.tui.bars import small_bar, upright
from markdesk.tui.queue_lines import STATUS, told_time
from markdesk.tui.side_lines import hanging
from markdesk.tui.text_layout import wrapped
from markdesk.tui.widgets.lines import Line
from markdesk.tui.widgets.rows import Cell, Column
from markdesk.tui.words import clipped, dated, fitted

LEAST_HIGH = 2
"""Rows of the bars, at the least."""
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
MOST_BEFORE = 8
"""Cells for what became of a target the times before, where it was set again."""
MOST_CODE = 10
"""Cells of a stamp's code."""
LEAST_COLUMNS = 6
"""Pieces of work that scales and strands are shown of, however long their names are."""
TIMED = 150
"""How wide the list must be for the times and markers to be shown."""
COLUMNS = (
    Column("Set", 9), Column("Work", 0), Column("Mark", 0), Column("Levels", 0), Column("Words", 6, True, needs=92),
    Column("Scheme", 0, needs=124), Column("Time", 7, True, needs=TIMED), Column("Marker", 0, needs=TIMED),
    Column("Status", 13),
)  # fmt: skip
Section = tuple[str, list[list[Line]]]
"""A title, and entries none of which is cut in two."""
AT_FIRST = 3
"""Entries that a section begins with at the foot of a page."""
MOST_IN_SHORT = 3
"""Stamps that the first page names where what recurs is on another."""
QUOTED_SMALL, MOST_SMALL = 2, 8
"""In a small window: how many stamps and comments have their quotations, and how many entries there are of a kind."""


def laid_out(view: StudentView, width: int, high: int, room: int, is_small: bool) -> list[list[Line]]:
    """All that stands above the list, on pages of so many lines; of several the first says the rest in short."""
    pages = in_pages(sections(view, width, high, room, is_small), room)
    short = _in_short(view, width)
    return in_pages(sections(view, width, high, room, is_small, short), room) if short and len(pages) > 1 else pages


def sections(
    view: StudentView, width: int, high: int, room: int, is_small: bool, short: Sequence[Line] = ()
) -> list[Section]:
    """What there is to say above the list. ``high`` is how many rows the bars have, if so the marks have the room;
    ``short`` stands under the marks where there is room for it."""
    marks = [*_marks(view, Plot.of(view, width), width, high), *short]
    while len(marks) >= room and high > LEAST_HIGH:
        high -= 1
        marks = [*_marks(view, Plot.of(view, width), width, high), *short]
    if len(marks) >= room:
        marks = marks[: len(marks) - len(short)]
    found = [("Marks over time", [marks])]
    found += _courses(view, width, is_small)
    if view.record.targets:
        found.append(("Targets", _some(_targets(view, width), is_small)))
    if view.grades:
        found.append(("Grades that you typed", [_grades(view, width)]))
    if view.recurring:
        found.append(("What recurs", _recurs(view, width, is_small)))
    return found


def in_pages(found: Iterable[Section], room: int) -> list[list[Line]]:
    """The sections on pages of so many lines. One that has no room beside the last goes on over the page.

    It begins there with three entries or not at all, and says how many more come. Only an entry that is longer than a
    page is cut.
    """
    pages: list[list[Line]] = [[]]
    for title, entries in found:
        told, left = title, _no_longer_than(entries, room - 1)
        while left:
            page = pages[-1]
            some = _fitting(left, room - len(page) - (2 if page else 1))
            if page and some < min(AT_FIRST, len(left)):
                pages.append([])
                continue
            more = len(left) - some
            head = ((f" {told}", "heading"), (f"   {more} more on the next page" if more else "", "quiet"))
            page += [*([()] if page else []), head, *(line for entry in left[:some] for line in entry)]
            told, left = f"{title}, on", left[some:]
            if left:
                pages.append([])
    return pages


def _no_longer_than(entries: Iterable[list[Line]], room: int) -> list[list[Line]]:
    return [entry[at : at + room] for entry in entries for at in range(0, len(entry), room)]


def _fitting(entries: Sequence[list[Line]], room: int) -> int:
    """How many of the entries have room, one after another."""
    return sum(used <= room for used in accumulate(map(len, entries)))


# -- marks over time


@dataclass(frozen=True, slots=True)
class Plot:
    """Which pieces of work there is room for, the newest, and how wide their labels are."""

    works: Sequence[Work]
    first: int
    """How many earlier ones there is no room for."""
    label: int

    @property
    def before(self) -> str:
        """What is said in their place."""
        return f"{self.first} earlier" if self.first else ""

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
    lines.append(plot.row(plot.before, [month_told(work.day, "") for work in works], "quiet"))
    if len(view.schemes) > 1:
        letters = ["" if work.scheme is None else letter(work.scheme) for work in works]
        lines.append(plot.row("scheme", letters, "weigh"))
    rest = (
        view.record.trend.counts, schemes_told(len(view.schemes)), gaps_told([work.told for work in view.works]),
        hidden_told(view.hidden),
    )  # fmt: skip
    lines += _said_first(view.record.trend.plain, " ".join(filter(None, rest)), width)
    if len(view.schemes) > 1:
        named = "   ".join(f"{letter(at)} {show_line(name)}" for at, name in enumerate(view.schemes))
        lines += hanging(" ", "quiet", named, "quiet", 1, width)
    return lines


def _said_first(first: str, rest: str, width: int) -> list[Line]:
    """A sentence for anybody, and quietly what goes with it, one after the other."""
    lines: list[Line] = []
    left = len(first)
    for line in wrapped(f"{first} {rest}".strip(), max(8, width - 1)):
        lines.append(((" ", "text"), (line[: max(0, left)], "text"), (line[max(0, left) :], "quiet")))
        left -= len(line) + 1
    return lines


def _bars(plot: Plot, high: int) -> list[Line]:
    """Upright bars, from the top down; the axis says what the top and the middle are."""
    lines: list[Line] = []
    for row in range(high, 0, -1):
        axis = {high: "100%", 1: "0%"}.get(row, "50%" if 2 * row == high + 1 else "")
        lines.append(plot.row(axis, [upright(work.share, high, row) * 3 for work in plot.works], "bar"))
    return lines


def _in_short(view: StudentView, width: int) -> list[Line]:
    """What became of the targets and what recurs most, for a page that has neither: ``Targets: 4 of 13 met, 5 partly.
    Most often: NAR in 8 of 14 essays, ASSERT in 7.``"""
    became = Counter(one.became for one in view.record.targets)
    judged = became[Met.MET] + became[Met.PARTLY] + became[Met.NOT_YET]
    told = [f"Targets: {became[Met.MET]} of {judged} met, {became[Met.PARTLY]} partly."] if judged else []
    often = [one for one in view.recurring if one.code][:MOST_IN_SHORT]
    if often:
        first, *others = often
        named = f"Most often: {show_line(first.code)} {recurs_told(first.times, view.essays)}"
        for more in (f", {show_line(one.code)} in {one.times}" for one in others):
            if cell_len(" ".join([*told, named])) + cell_len(more) + 2 <= width:  # on one line, as far as it goes
                named += more
        told.append(f"{named}.")
    return hanging(" ", "text", " ".join(told), "text", 1, width) if told else []


# -- scales and strands


def _courses(view: StudentView, width: int, is_small: bool) -> Iterable[Section]:
    """A row for each scale and strand that has a trend; the others on one line, with the newest mark of each."""
    few = [one for one in view.series if one.trend.count < FEWEST]
    found: list[Section] = []
    for is_strand, title in ((False, "Scales, each as a share of its maximum"), (True, "Strands, by level")):
        its = [one for one in view.series if one.is_strand is is_strand and one not in few]
        if its:
            found.append((title, [list(_rows_of(its, view.works, width))]))
    if few:
        told = hanging(" ", "quiet", _few_told(few, 2 * (width - 12) if is_small else 0), "quiet", 1, width)
        if found:
            found[-1][1].append(told)
        else:
            found.append(("Scales and strands", [told]))
    return found


def _few_told(few: Sequence[Series], room: int) -> str:
    """Those of which no trend is told, as many as have room (0: all)."""
    named = [f"{show_line(one.name)} {_newest(one)}" for one in few]
    some = len(named)
    while room and some > 1 and len(", ".join(named[:some])) > room - len("Too few marks: "):
        some -= 1
    more = f" and {len(named) - some} more" if some < len(named) else ""
    return f"Too few marks: {', '.join(named[:some])}{more}."


def _newest(one: Series) -> str:
    """``13/20``, ``L4``: a strand's level is out of its scheme's, which has a line of its own in the list."""
    point = [point for point in one.points if point is not None][-1]
    return f"{point.told}/{one.maxima[-1]}" if not one.is_strand and point.share is not None else point.told


def _rows_of(its: Sequence[Series], works: Sequence[Work], width: int) -> Iterable[Line]:
    """The months, then a row for each. Only work that has a point has a column, so that names have the room."""
    label = max(cell_len(show_line(one.name)) + len(_out_of(one)) for one in its) + 3
    every = [place for place in range(len(works)) if any(one.points[place] is not None for one in its)]
    at = every[-max(LEAST_COLUMNS, (width - TAIL - min(label, MOST_LABEL)) // CELL) :]
    earlier = every[: -len(at)]
    label += len(_before(earlier))
    plot = Plot([works[place] for place in at], len(earlier), min(label, width - TAIL - CELL * len(at)))
    yield plot.row(plot.before, [month_told(work.day, "") for work in plot.works], "quiet")
    for one in its:
        yield _series(one, plot, at, [place for place in earlier if one.points[place] is not None])


def _out_of(one: Series) -> str:
    return f" /{'/'.join(str(value) for value in one.maxima)}  "


def _before(earlier: Sequence[int]) -> str:
    """How many earlier marks there is no room for, where a trend takes them in all the same."""
    return f"+{len(earlier)}  " if earlier else ""


def _series(one: Series, plot: Plot, at: Iterable[int], earlier: Sequence[int]) -> Line:
    """A line of small bars with the raw mark or level beside each, and where they go."""
    most = f"{_out_of(one)}{_before(earlier):>{len(str(plot.first)) + 3 if plot.first else 0}}"
    pieces: list[tuple[str, str]] = [(f"  {fitted(one.name, plot.label - len(most) - 2)}", "text"), (most, "quiet")]
    for place in at:
        point = one.points[place]
        if point is None or point.share is None:
            pieces.append((f"{point.told if point else '':<{CELL}}", "quiet"))
        else:
            pieces += [(f"{small_bar(point.share)} ", "bar"), (f"{point.told:<{CELL - 2}}", "text")]
    return (*pieces, WAYS[one.trend.brief])


# -- targets, what recurs


def _some(entries: list[list[Line]], is_small: bool) -> list[list[Line]]:
    """All of them; in a small window the first, and how many more there are."""
    more = len(entries) - MOST_SMALL
    if not is_small or more <= 1:
        return entries
    return [*entries[:MOST_SMALL], [((f" … and {more} more: a taller window shows them", "quiet"),)]]


def _targets(view: StudentView, width: int) -> list[list[Line]]:
    """Newest first, and what the next marking said became of each; one that was set again stands once, with each."""
    entries: list[list[Line]] = []
    again = [list(its) for _, its in groupby(reversed(view.record.targets), key=lambda one: fold(one.text))]
    signs = (cell_len(SIGNS[its[0].became][0]) + min(MOST_BEFORE, 2 * len(its) - 2) for its in again)
    became = 2 + max(signs)
    for its in again:
        before = "".join(f"{SIGNS[one.became][0][:1]} " for one in reversed(its[1:]))
        before = clipped(before, MOST_BEFORE) if before else ""
        sign, style = SIGNS[its[0].became]
        times = "twice" if len(its) == 2 else f"{len(its)} times"
        text = f"{its[0].text} (set {times} since {month_told(its[-1].day, '')})" if its[1:] else its[0].text
        head = f" {month_told(its[0].day, '')}  "
        room = width - became
        first, *others = hanging(head, "quiet", text, "text", len(head), room)
        used = sum(cell_len(piece) for piece, _ in first)
        gap = " " * max(1, room + 1 - used)
        entries.append([(*first, (gap, "text"), (before, "quiet"), (sign, style)), *others])
    return entries


def _grades(view: StudentView, width: int) -> list[Line]:
    """The newest of each kind with its day, then what stood before."""
    lines: list[Line] = []
    for newest in in_force(view.grades):
        before = [grade for grade in view.grades if grade.kind is newest.kind and grade is not newest]
        earlier = "  before ".join(["", *(f"{one.value} ({tell_day(one.day)})" for one in reversed(before))])
        lead = f" {newest.kind.capitalize():<11}"
        told = f"{newest.value}  from {tell_day(newest.day)}"
        lines.append(((lead, "quiet"), (f"{told}{clipped(earlier, max(8, width - len(lead + told)))}", "text")))
    return lines


def _recurs(view: StudentView, width: int, is_small: bool) -> list[list[Line]]:
    """Each with passages that it stood on; in a small window only those first, and the others on one line."""
    room = min(MOST_CODE, max(4, *(cell_len(show_line(one.code)) for one in view.recurring)))
    often = len(recurs_told(view.essays, view.essays))
    kinds: list[list[list[Line]]] = [[], []]
    for one in view.recurring:
        entries = kinds[0 if one.code else 1]
        lead = f" {fitted(one.code or '“”', room)}  "
        told = f"{recurs_told(one.times, view.essays):<{often}}   {one.meaning}"
        if is_small and len(entries) >= QUOTED_SMALL:
            entries.append([((lead, "accent"), (clipped(told, width - len(lead)), "text"))])
            continue
        entry = hanging(lead, "accent", told, "text", len(lead), width)
        quoted = " · ".join(f"{words} {show_line(name)}" for words, name in one.quotes)
        if quoted:
            entry.append(((f"{' ' * len(lead)}{clipped(quoted, width - len(lead) - 1)}", "quiet"),))
        entries.append(entry)
    return [entry for entries in kinds for entry in _some(entries, is_small)]


# -- the list, and the row under its cursor


def row_cells(row: PastRow, spent: timedelta | None, now: str, is_private: bool) -> list[Cell]:
    """A marking; or what has none, and why. One that isn't finished has its mark where nobody else looks, faintly."""
    past, entry = row.past, row.entry
    is_told = row.is_done or is_private
    words = "" if entry is None else "paper" if entry.words is None else f"{entry.words:,}"
    status = (
        STATUS[past.header.status if past else None] if entry is not None else (str(row.why or "no script"), "weak")
    )
    return [
        (dated(row.assignment.set_on, now), "quiet"),
        (row.assignment.name, "text"),
        (row.told if is_told else "", "strong" if row.is_done else "quiet"),
        (row.levels if is_told else "", "quiet"),
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
    if row.is_anothers:
        by = clipped(f"begun by {show_line(past.marker)}, not finished", width - 1)
        return [*question[: max(1, room - 1)], ((f" {by}", "quiet"),)][:room]
    words = "handwritten" if past.entry.words is None else f"{past.entry.words:,} words"
    count = past.entry.annotations
    given = row.levels if row.is_done or is_private else ""
    facts = [
        "begun, not finished" if row.is_begun else "",
        given,
        words,
        f"{count} annotation{'' if count == 1 else 's'}",
        past.rubric.short_title,
    ]
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
