"""The mark sheets of an assignment: those that are finished, and who is left out."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markdesk.core.coursework import Assignment
from markdesk.core.errors import MarkdeskError
from markdesk.core.essay import Essay
from markdesk.core.ids import ScriptId
from markdesk.core.marking import DONE, Marking, MarkingHeader
from markdesk.core.marksheet import MarkSheet, mark_sheet
from markdesk.core.plain import show_line
from markdesk.desk.anonymous import nameless_place
from markdesk.desk.desk import Desk
from markdesk.desk.ports import Entry
from markdesk.desk.redrafts import redrafts


class LeftOut(NamedTuple):
    """A script that nothing is given out of yet, and why, to stand behind a name."""

    entry: Entry
    why: str


def group_name(desk: Desk, assignment: Assignment) -> str:
    """The class that the assignment was set to; empty where none was named."""
    return next((group.name for group in desk.store.groups() if group.id == assignment.group_id), "")


def as_listed(entries: Iterable[Entry], by_number: bool = False) -> list[Entry]:
    """The scripts of an assignment as a class list has them; without names, in an order that doesn't tell them."""
    found = list(entries)
    if by_number or any(entry.assignment.is_anonymous for entry in found):
        return sorted(found, key=lambda entry: nameless_place(entry.student, entry.script.id))
    return sorted(found, key=lambda entry: entry.student.sort_key)


ON_EARLIER_TEXT = "was handed in again, and the mark is for the text before: open it, and finish it again"


def given_entries(
    desk: Desk, assignment: Assignment, by_number: bool = False
) -> tuple[tuple[Entry, ...], tuple[LeftOut, ...]]:
    """The scripts that this marker has finished, and the others: a mark that may still move is not given out.

    Nor is one that was given to an earlier text, until the newer one has been judged. ``by_number`` is for those that
    go out without names.
    """
    entries = as_listed(desk.store.entries(desk.marker.id, assignment.id), by_number)
    earlier = on_earlier_text(desk, entries)
    given: list[Entry] = []
    left_out: list[LeftOut] = []
    for entry in entries:
        if entry.header is None:
            left_out.append(LeftOut(entry, "is not marked yet"))
        elif entry.header.status not in DONE:
            left_out.append(LeftOut(entry, "is still being marked"))
        elif entry.script.id in earlier:
            left_out.append(LeftOut(entry, ON_EARLIER_TEXT))
        else:
            given.append(entry)
    return tuple(given), tuple(left_out)


def nothing_finished(desk: Desk, assignment: Assignment) -> MarkdeskError:
    """What is raised where there is nothing to give out. It tells who else has finished some.

    Whoever changed her name in the settings is another marker since.
    """
    names = {marker.id: marker.name for marker in desk.store.markers()}
    done = [e.header.marker_id for e in desk.store.entries(None, assignment.id) if e.header and e.header.status in DONE]
    told = [f"{done.count(who)} by {show_line(names.get(who, ''))} (--marker)" for who in dict.fromkeys(done)]
    others = f" Finished are {' and '.join(told)}; you are {show_line(desk.marker.name)}." if told else ""
    return MarkdeskError(
        f"No marking of '{assignment.name}' is finished yet.{others}",
        "Finish one: 'markdesk mark', give it a mark, then Enter.",
    )


def on_earlier_text(desk: Desk, entries: Iterable[Entry]) -> frozenset[ScriptId]:
    """The scripts whose mark is still the earlier text's: handed in again, and not judged since."""
    return frozenset(script_id for script_id, redraft in redrafts(desk, entries).items() if not redraft.is_judged)


def each_sheet(desk: Desk, assignment: Assignment, entries: Iterable[Entry]) -> Iterator[MarkSheet]:
    """The sheets of finished scripts, each read when it is its turn: a year's essays are never in memory at once."""
    group = group_name(desk, assignment)
    for entry in entries:
        marking = desk.store.marking(entry.script.id, desk.marker.id)
        if marking is not None and marking.header.status in DONE:
            yield sheet_of(desk, assignment, group, entry, marking, desk.marker.name)


def sheet_of(desk: Desk, assignment: Assignment, group: str, entry: Entry, marking: Marking, marker: str) -> MarkSheet:
    """The sheet of one marking, whoever's it is."""
    header = marking.header
    rubric = desk.store.rubric(header.rubric_hash)
    return mark_sheet(
        entry.student,
        group,
        assignment.name,
        assignment.question,
        assignment.set_on,
        marker,
        rubric,
        desk.stamps_for(rubric),
        marking,
        desk.store.essay(header.essay_hash) if header.essay_hash else Essay(""),
        _last_target(desk, assignment, entry, header),
    )


def _last_target(desk: Desk, assignment: Assignment, entry: Entry, header: MarkingHeader) -> str:
    """The target that was judged when the essay was finished; empty where it isn't the last one any more."""
    if header.target_of is None:
        return ""
    last = desk.store.last_target(entry.student.id, assignment)
    return last.text if last is not None and last.marking_id == header.target_of else ""
