"""A student's record: every mark over the course, for a parents' evening or a reference.

What is talked about comes first, so that it stands on the first side however long the course was: where the marks go,
and the last targets. The table of marks goes on overleaf where it must; the questions in full stand last.
"""

from collections.abc import Sequence

from markdesk.core.charts import TrendChart
from markdesk.core.days import tell_day
from markdesk.core.grades import in_force
from markdesk.core.marking import Met
from markdesk.core.past_words import hidden_told, schemes_told
from markdesk.core.trend import FEWEST
from markdesk.desk.charts import record_chart
from markdesk.desk.record import Record, RecordedMark, RecordedTarget
from markdesk.formats.documents.document import (
    NO_SCHOOL,
    Block,
    Bullets,
    Chart,
    Document,
    Facts,
    Heading,
    Prose,
    Run,
    School,
    Table,
    Weight,
    said,
)
from markdesk.formats.sheets.words import long_date

LAST_TARGETS = 3
"""How many targets stand before the table of marks."""
BECAME = {Met.MET: "met", Met.PARTLY: "partly met", Met.NOT_YET: "not met yet", Met.NOT_JUDGED: "not judged"}


def record_page(record: Record, on: str, school: School = NO_SCHOOL, more: Sequence[TrendChart] = ()) -> Document:
    """The page. ``on`` is the day that it is written, ISO; ``more`` are charts of scales and strands, on a second."""
    blocks: list[Block] = [Facts(_facts(record))]
    earlier, last = record.targets[:-LAST_TARGETS], record.targets[-LAST_TARGETS:]
    if record.marks:
        blocks += _course(record)
        if last:
            blocks += [Heading(f"The last {LAST_TARGETS} targets" if earlier else "Targets"), _targets(last)]
    else:
        blocks.append(Prose(said("No mark to tell yet.")))
    if record.lines:
        blocks += [Heading("Marks"), _marks(record)]
    beside = " ".join(_beside(record))
    if beside:
        blocks.append(Prose(said(beside, Weight.QUIET)))
    if earlier:
        blocks += [Heading("Earlier targets"), _targets(earlier)]
    if record.recurring:
        blocks += [Heading("What recurs in the margin"), _recurring(record)]
    if more:
        blocks += [Heading("Scales and strands"), *map(Chart, more)]
    questions = {mark.assignment: mark.question for mark in record.marks if mark.question}
    if questions:
        asked = tuple((Run(f"{name}: ", Weight.STRONG), Run(question)) for name, question in questions.items())
        blocks += [Heading("The questions"), Bullets(asked)]
    return Document(
        title=record.student.name,
        subtitle="Record of marked work",
        whose=record.student.name,
        foot=f"Record of {long_date(on)}",
        blocks=tuple(blocks),
        school=school,
    )


def _facts(record: Record) -> tuple[tuple[str, str], ...]:
    found = (
        ("Class", ", ".join(record.groups)),
        ("Tutor group", record.student.tutor_group),
        *(
            (f"{grade.kind.capitalize()} grade", f"{grade.value} ({tell_day(grade.day)})")
            for grade in in_force(record.grades)
        ),
        ("Pieces of work marked", str(len(record.counted))),
    )
    return tuple((label, value) for label, value in found if value)


def _course(record: Record) -> list[Block]:
    """The marks over time, and what may be said of them. Of too few there is no chart: it would say it all the same."""
    if record.trend.count < FEWEST:
        roughly = schemes_told(len(record.schemes.names))
        return [Prose(said(" ".join(filter(None, (record.trend.told, roughly)))))]
    return [Chart(record_chart(record))]


def _marks(record: Record) -> Table:
    """A row for each piece of work, with its mark or why it has none. Whose a mark is has a column where several have
    marked; else it is told below."""
    by_several = len({mark.marker for mark in record.marks}) > 1
    rows = tuple(
        (
            tell_day(one.day),
            one.assignment,
            _told(one) if isinstance(one, RecordedMark) else one.why,
            one.levels if isinstance(one, RecordedMark) else "",
            *((one.marker if isinstance(one, RecordedMark) else "",) if by_several else ()),
        )
        for one in record.lines
    )
    return Table(("Set on", "Work", "Mark", "Level", *(("Marked by",) if by_several else ())), rows)


def _targets(targets: Sequence[RecordedTarget]) -> Table:
    rows = tuple((one.assignment, one.text, BECAME[one.became] if one.became else "–") for one in targets)
    return Table(("Set with", "Target", "What became of it"), rows)


def _told(mark: RecordedMark) -> str:
    """``17 of 25, 68%``; of a redraft what each text was given: ``15 → 18 of 25, 72%``."""
    share = "" if mark.share is None else f", {float(100 * mark.share):.0f}%"
    beside = ["provisional"] if mark.is_provisional else []
    earlier = ""
    if mark.redraft is not None and mark.redraft.is_judged:
        earlier = "".join(f"{its} → " for its in mark.redraft.earlier)
    elif mark.redraft is not None:
        beside.append("redraft not marked yet")
    about = f" ({', '.join(beside)})" if beside else ""
    return f"{earlier}{mark.total}{share}{about}"


def _beside(record: Record) -> list[str]:
    """What a reader of the table has to know."""
    markers = dict.fromkeys(mark.marker for mark in record.marks)
    found = [f"Marked by {', '.join(markers)}."] if len(markers) == 1 else []
    waiting = list(dict.fromkeys(mark.assignment for mark in record.marks if not mark.is_told))
    if waiting:
        found.append(f"Marks that the student hasn't been told yet: {', '.join(waiting)}.")
    if record.gaps:
        found.append("What has no mark is a gap and never counts as 0.")
    if any(not mark.is_counted for mark in record.marks):
        found.append("An essay that several have marked stands in the line once.")
    if any(mark.is_provisional for mark in record.marks):
        found.append("A coursework mark is provisional until the board has moderated it.")
    if record.hidden:
        found.append(hidden_told(record.hidden))
    return found


def _recurring(record: Record) -> Bullets:
    count = len(record.counted)
    return Bullets(
        tuple(
            (Run(code, Weight.STRONG), Run(f"{f' {meaning}' if meaning else ''} (on {times} of {count} pieces)"))
            for code, meaning, times in record.recurring
        )
    )
