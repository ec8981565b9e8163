"""Which marked scripts go back into Moodle's submissions: those that came out of one, and by its number."""

from collections import Counter
from dataclasses import dataclass

from markdesk.core.coursework import Assignment
from markdesk.desk.desk import Desk
from markdesk.desk.ports import Entry
from markdesk.desk.sheets import LeftOut, given_entries


@dataclass(frozen=True, slots=True)
class ForMoodle:
    """The finished scripts with a submission of their own, and the others with the reason why not."""

    given: tuple[Entry, ...]
    left_out: tuple[LeftOut, ...]


def for_moodle(desk: Desk, assignment: Assignment) -> ForMoodle:
    """What this marker can give back into Moodle."""
    finished, unfinished = given_entries(desk, assignment)
    every = (*finished, *(entry for entry, _ in unfinished))
    numbers = Counter(entry.script.system_id for entry in every if entry.script.system == "moodle")
    given: list[Entry] = []
    left_out = list(unfinished)
    for entry in finished:
        if entry.script.system != "moodle" or not entry.script.system_id:
            left_out.append(LeftOut(entry, "didn't come from Moodle, so there is no submission to answer"))
        elif numbers[entry.script.system_id] > 1:
            left_out.append(LeftOut(entry, "is in a submission of several students"))
        else:
            given.append(entry)
    return ForMoodle(tuple(given), tuple(left_out))
