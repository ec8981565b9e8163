"""A pile in mark order, as lines and cells: how the marks are spread, an essay's row, the gap between two."""

from collections.abc import Callable, Mapping, Sequence

from rich.cells import cell_len

from markdesk.core.ids import ScriptId
from markdesk.core.marking import MarkingStatus
from markdesk.core.rubric import Rubric, Scale
from markdesk.desk.line_up import Break, LineUp, Place, Standing
from markdesk.desk.ports import Entry
from markdesk.desk.redrafts import Redraft
from markdesk.tui.bars import BARS
from markdesk.tui.side_lines import Words, level_sign, mark_sign
from markdesk.tui.widgets.lines import Line
from markdesk.tui.widgets.rows import Cell, Column
from markdesk.tui.words import clipped

TICK = 5
"""The marks between two numbers under the bars, where there is room for them."""
LOOK_CELLS = 40
GAP_CELLS = 19
"""What is said of a gap stands in the students' column."""

STATUS: Mapping[MarkingStatus | None, Cell] = {
    None: ("", "quiet"),
    MarkingStatus.IN_PROGRESS: ("begun", "weigh"),
    MarkingStatus.COMPLETE: ("✓", "good"),
    MarkingStatus.MODERATED: ("✓", "good"),
    MarkingStatus.RETURNED: ("returned", "good"),
}


def ordinal(n: int) -> str:
    """``1st``, ``12th``, ``23rd``."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th") if n % 100 not in (11, 12, 13) else "th"
    return f"{n}{ending}"


def histogram_lines(line_up: LineUp, chosen: int | None, width: int) -> list[Line]:
    """How many essays have each mark, over the marks of the scheme; that of the chosen essay stands out."""
    top = line_up.rubric.max_mark
    room = max(20, width - 2)
    each = 2 if 2 * (top + 1) <= room // 2 else 1
    marks = -(-(top + 1) * each // room)  # marks a bar, where the scheme has more of them than the screen columns
    heights = [0] * (top // marks + 1)
    for mark, count in line_up.counts:
        heights[min(mark, top) // marks] += count
    tallest = max(heights, default=0)
    pieces: list[tuple[str, str]] = [(" ", "text")]
    for at, height in enumerate(heights):
        is_chosen = chosen is not None and chosen // marks == at
        bar = BARS[-(-height * len(BARS) // tallest) - 1] if height else " "
        pieces.append((f"{bar:<{each}}", "bar" if is_chosen else "quiet"))
    axis, tick = "", TICK
    while tick * each < 5 * marks:
        tick += TICK
    for mark in range(0, top + 1, tick):
        axis = f"{axis:<{mark // marks * each}}{mark}"
    spread = line_up.spread
    told = f"lowest {spread.lowest}, median {spread.median:g}, highest {spread.highest}" if spread else ""
    used = 1 + len(heights) * each
    if told and used + cell_len(told) + 3 <= width:
        pieces.append((f"   {told}", "text"))
    return [tuple(pieces), ((f" {axis}", "quiet"),)]


def columns_of(rubric: Rubric, active: Scale, widest_name: int) -> tuple[list[Column], list[int]]:
    """The columns of the list, and the most cells that each can fill."""
    several = len(rubric.scales) > 1
    columns = [Column("Mark", 5, True), Column("Student", 0)]
    if several:
        columns += [
            Column(f"▸{scale.id.upper()}" if scale is active else scale.id.upper(), 8, True) for scale in rubric.scales
        ]
    else:
        columns.append(Column("Level", 6, True))
    columns += [
        Column("Words", 6, True, needs=124 if several else 90),
        Column("Marked", 7, True, needs=110 if several else 64),
        Column("", 8),
        Column("Look again", 0),
    ]
    widest = [column.width for column in columns]
    widest[1], widest[-1] = max(widest_name, GAP_CELLS), LOOK_CELLS
    return columns, widest


def cells_of(
    line_up: LineUp,
    index: int,
    active: Scale,
    redrafts: Mapping[ScriptId, Redraft],
    called: Callable[[Entry], str],
) -> Sequence[Cell]:
    """One row of the list; ``called`` says what a student is called."""
    found, rubric = line_up.row(index), line_up.rubric
    several = len(rubric.scales) > 1
    if isinstance(found, Break):
        return [("", "quiet"), (_break_told(found), "quiet"), *[("", "quiet")] * (len(rubric.scales) + 4)]
    entry = found.entry
    value = f"({found.total})" if found.is_pencil and isinstance(found.total.value, int) else str(found.total)
    cells: list[Cell] = [
        (value, "strong" if line_up.is_first_of_its_mark(index) and found.standing is Standing.MARKED else "quiet"),
        (called(entry), "text"),
    ]
    for scale in rubric.scales:
        award = next((award for award in entry.awards if award.scale == scale.id), None)
        level = level_sign(award) if award is not None and award.level else ""  # no marks are no level here
        if several:
            cells.append((f"{mark_sign(award)} {level:<2}", "text" if scale is active else "quiet"))
        else:
            # Accented where it is another than that of the essay above: there the levels meet.
            above = line_up.beside(found.script_id, -1)
            is_new = above is None or above.level(scale.id) != found.level(scale.id)
            cells.append((level, "accent" if is_new else "quiet"))
    look = looks(line_up, found, redrafts.get(entry.script.id))
    return [
        *cells,
        (str(entry.words) if entry.words is not None else "paper", "quiet"),
        (ordinal(found.marked_as) if found.marked_as else "", "quiet"),
        STATUS[found.status],
        (look, "weigh"),
    ]


def looks(line_up: LineUp, place: Place, redraft: Redraft | None) -> str:
    """Why an essay deserves a second look, in a few words."""
    told: list[str] = []
    if redraft is not None:
        told.append(f"redraft {redraft.told(place.total)}")
    if place.is_early and place.marked_as:
        told.append(f"early ({ordinal(place.marked_as)})")
    if place.script_id in line_up.late and place.marked_as:
        told.append(f"late ({ordinal(place.marked_as)})")
    if (level := line_up.just_under(place)) is not None:
        told.append(f"1 under {level.label}")
    for scale, apart in line_up.stands_out(place):
        told.append(f"{scale.upper()} {abs(apart)} levels {'over' if apart > 0 else 'under'} its neighbours")
    if place.is_pencil:
        told.append("in pencil")
    header = place.entry.header
    if header is not None and header.rubric_hash != line_up.rubric.hash:
        told.append(f"earlier scheme, of {place.total.max}")
    if place.standing is Standing.UNMARKED and place.entry.awards:
        told.append(f"{place.total.so_far} so far")
    return ", ".join(told)


def _break_told(gap: Break) -> str:
    if gap.standing is Standing.NO_RESPONSE:
        return "╌╌ no response"
    if gap.standing is Standing.UNMARKED:
        return "╌╌ not marked yet"
    return f"╌╌ {gap.marks} marks apart"


def side_head(rubric: Rubric, place: Place, called: str, is_chosen: bool, width: int) -> Line:
    """Whose essay a side is, and what it was given."""
    level = place.level(rubric.scales[0].id) if len(rubric.scales) == 1 else None
    given = f"({place.total})" if place.is_pencil else str(place.total)
    right = f"{f'L{level}  ' if level else ''}{given} / {place.total.max}"
    name = clipped(called, max(4, width - cell_len(right) - 4))
    gap = " " * max(1, width - 3 - cell_len(name) - cell_len(right))
    edge = ("▌ ", "bar") if is_chosen else ("  ", "bar")
    return (edge, (name, "strong" if is_chosen else "text"), (gap, "text"), (right, "accent" if is_chosen else "quiet"))


def scale_line(place: Place, scale: Scale, words: Words, is_active: bool, width: int) -> Line:
    """What one of several scales was given, and its level in a few words."""
    award = next((award for award in place.entry.awards if award.scale == scale.id), None)
    level = scale.level(award.level or 0) if award is not None else None
    mark = f"{mark_sign(award):>4} / {scale.max:<3}"
    label = f"{scale.id.upper()[:8]:<5}"
    lead = f"{label}{mark}{level.label if level else '':<4}"
    summary = clipped(words.summary(scale, level), max(2, width - len(lead) - 4)) if level else ""
    edge = ("▌ ", "bar") if is_active else ("  ", "bar")
    return (edge, (lead, "accent" if is_active else "text"), (summary, "quiet"))
