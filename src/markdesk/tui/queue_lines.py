"""How a pile is told: its columns, a row for each script and for who has handed in nothing, marks in their order."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from rich.cells import cell_len

from markdesk.core.drift import Drift
from markdesk.core.ids import ScriptId
from markdesk.core.marking import MarkingStatus
from markdesk.core.pace import an_essay, expected_finish
from markdesk.desk.drifting import Past, in_order_marked, sitting_drift
from markdesk.desk.ports import Entry
from markdesk.desk.queueing import Missing
from markdesk.desk.redrafts import Redraft
from markdesk.desk.sitting import Sitting
from markdesk.tui.bars import BARS
from markdesk.tui.side_lines import mark_sign
from markdesk.tui.widgets.lines import Line
from markdesk.tui.widgets.rows import Cell, Column
from markdesk.tui.words import clipped, of_group

STATUS = {
    None: ("to mark", "quiet"),
    MarkingStatus.IN_PROGRESS: ("begun", "weigh"),
    MarkingStatus.COMPLETE: ("✓ marked", "good"),
    MarkingStatus.MODERATED: ("✓ moderated", "good"),
    MarkingStatus.RETURNED: ("✓ returned", "good"),
}
LOOK_AGAIN = ("↻ look again", "weigh")
FLAG = "⚑"

ORDERS = {
    "random": "in a random order, always the same", "worried": "worried ones first", "name": "by name",
    "arrival": "as they came in", "marked": "as they were marked",
}  # fmt: skip
"""How the pile is ordered, in words."""

FEWEST_MARKS = 2
"""From so many marks on their order is shown."""


def columns_of(sitting: Sitting, redrafts: Mapping[ScriptId, Redraft], has_times: bool) -> list[Column]:
    """The columns of the list; those that matter least go first in a narrow window."""
    scales = sitting.rubric.scales
    columns = [
        Column("", 4, True),
        Column("Student", 0),
        Column("Id", 7, needs=76),
        Column("Words", 6, True, needs=64),
        Column("Status", 12),
    ]
    if any(entry.note is not None and entry.note.heap for entry in sitting.entries):
        columns.append(Column("First", 8, needs=92))
    if len(scales) > 1:
        columns += [Column(scale.id.upper(), 6, True) for scale in scales]
    again = (e for e in sitting.entries if e.script.id in redrafts)
    widest = max((len(redrafts[entry.script.id].told(sitting.total(entry))) for entry in again), default=0)
    # Beside several scales the mark counts for more in a narrow window.
    roomy = 100 if len(scales) > 1 else 0
    if len(scales) == 1:
        columns.append(Column("Level", 6, True))
    columns += [Column("Mark", max(8, widest + 5), True), Column("Stamps", 6, True, roomy or 70)]
    if has_times:
        columns.append(Column("Time", 6, True, needs=roomy or 84))
    return columns


def entry_cells(
    sitting: Sitting, at: int, entry: Entry, again: bool, redraft: Redraft | None, time: timedelta | None
) -> dict[str, Cell]:
    """A script's row by the titles of its columns."""
    rubric, awards = sitting.rubric, entry.award_by_scale()
    note = entry.note
    flag = f"{FLAG} " if note is not None and note.is_flagged else ""
    level = ""
    if len(rubric.scales) == 1:
        given_under = sitting.rubric_of(entry).scales
        award = awards.get(given_under[0].id) if len(given_under) == 1 else None
        level = f"L{award.level}" if award and award.level is not None else ""
    whole = sitting.total(entry)
    mark = f"{whole}" if whole.value is None or whole.value == "NR" else f"{whole} / {whole.max}"
    if redraft is not None:
        mark = f"{redraft.told(whole)} / {whole.max}"
    by_scale: dict[str, Cell] = {
        s.id.upper(): (mark_sign(awards[s.id]) if s.id in awards else "–", _in_hand(sitting, s.id))
        for s in rubric.scales
    }
    heap = str(note.heap) if note is not None and note.heap else ""
    return {
        **by_scale,
        "": (str(at), "quiet"),
        "Student": (f"{flag}{sitting.called(entry)}", "text"),
        "Id": (entry.script.short_id, "quiet"),
        "Words": (_words(entry), "quiet"),
        "Status": LOOK_AGAIN if again else STATUS[entry.header.status if entry.header else None],
        "First": (heap, "weigh" if heap == "worried" else "quiet"),
        "Level": (level, "accent"),
        "Mark": (mark, "strong"),
        "Stamps": (str(entry.annotations or ""), "quiet"),
        "Time": (told_time(time) if time else "", "quiet"),
    }


def _words(entry: Entry) -> str:
    """How long a script is; of a handwritten one whether there is a scan to look at."""
    if entry.words is not None:
        return str(entry.words)
    return "scan" if entry.script.scans else "paper"


def _in_hand(sitting: Sitting, scale: str) -> str:
    return "text" if sitting.scale in (None, scale) else "quiet"


def missing_cells(one: Missing) -> dict[str, Cell]:
    """The row of a student who has handed nothing in."""
    reason = (str(one.absence.why), "weigh") if one.absence else ("nothing yet", "quiet")
    return {"": ("·", "quiet"), "Student": (one.student.name, "quiet"), "Status": reason}


def cells_in(columns: Iterable[Column], cells: Mapping[str, Cell]) -> list[Cell]:
    """The cells in the order of the columns; what a row says nothing of is empty."""
    return [cells.get(column.title, ("", "text")) for column in columns]


def told_time(time: timedelta) -> str:
    """Minutes, as a teacher counts them: ``9 min``; under one ``<1 min``."""
    minutes = round(time.total_seconds() / 60)
    return f"{minutes} min" if minutes else "<1 min"


def in_order_lines(
    sitting: Sitting, times: Mapping[str, timedelta] | None, past: Past | None, now: str, width: int
) -> list[Line]:
    """The marks in the order in which they were given with the pace, and what their order says, where it says drift.

    Until it is known what the students got before (``past`` is None) nothing is said of drift.
    """
    line = in_order_line(sitting, times, now, width)
    found = sitting_drift(sitting, past) if past is not None else None
    return [one for one in (line, drift_line(found, width) if found else ()) if one]


def drift_line(found: Drift, width: int) -> Line:
    """A sign of drift, on one line."""
    whole = f" ! {found.told}."
    return ((whole if cell_len(whole) < width else clipped(f" ! {found.brief}", width - 1), "weigh"),)


def in_order_line(sitting: Sitting, times: Mapping[str, timedelta] | None, now: str, width: int) -> Line:
    """The marks in the order in which they were given, so that a drift is seen; and what the rest will take."""
    done = in_order_marked(sitting.entries)
    values = [(total.value, total.max) for total in map(sitting.total, done) if isinstance(total.value, int)]
    pace = _pace(sitting, done, times, now)
    room = width - 22 - len(pace)
    if len(values) < FEWEST_MARKS or room < FEWEST_MARKS:
        return ((f" {pace.strip()}", "quiet"),) if pace else ()
    shown = values[-room:]
    bars = "".join(BARS[min(7, 8 * value // (most + 1))] for value, most in shown)
    return ((" In the order marked ", "quiet"), (bars, "accent"), (pace, "quiet"))


def _pace(sitting: Sitting, done: list[Entry], times: Mapping[str, timedelta] | None, now: str) -> str:
    if times is None:
        return ""
    each = an_essay(times[entry.script.id] for entry in done if entry.script.id in times)
    if each is None:
        return ""
    left = len(sitting.entries) - sitting.done
    told = f"   {told_time(each)} an essay"
    if left:
        told += f" · {left} left, done by about {expected_finish(now, each, left).astimezone():%H:%M}"
    return told


def top_line(sitting: Sitting, again: int, width: int) -> Line:
    """What pile it is, how far it is, and how it is marked. What is to be done counts for more than the scheme."""
    head = of_group(sitting.group_name)
    scheme = f"   {sitting.rubric.short_title} · out of {sitting.rubric.max_mark}"
    changed: list[Cell] = [
        (f"   {again} to look at again" if again else "", "weigh"),
        (f"   {sitting.behind} under an earlier version" if sitting.behind else "", "text"),
    ]
    names = "   names hidden" if sitting.assignment.is_anonymous else ""
    scale = sitting.rubric.scale(sitting.scale) if sitting.scale else None
    order = f"one scale down the class: {scale.title}" if scale else ORDERS[sitting.order]
    done = f"   {sitting.done} of {len(sitting.entries)} finished"
    room = width - sum(map(cell_len, (head, done, names, *(text for text, _ in changed))))
    name = clipped(sitting.assignment.name, max(8, room))
    room -= cell_len(name)
    order = f"   {order}" if room >= cell_len(order) + 3 else ""
    scheme = scheme if room - cell_len(order) >= cell_len(scheme) else ""
    return (
        (head, "accent"), (name, "strong"), (scheme, "quiet"), (done, "text"), *changed, (names, "accent"),
        (order, "quiet"),
    )  # fmt: skip
