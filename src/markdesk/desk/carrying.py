"""Taking an assignment over to another version of its mark scheme, script by script: looked at first, then done.

Only the present marker's markings go with it. A mark is its marker's judgement, and what becomes of it is for her to
look at again; a colleague would find marks in pencil that she never saw change, and the undo of it in somebody else's
hands. So another marker's markings are counted and told, stay valid under the version that they were given under, and
are taken over when their marker does the same.
"""

from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, replace
from enum import StrEnum

from markdesk.core.carrying import UNTOUCHED, Carried, LookAgain, carry
from markdesk.core.changes import AssignmentChanged
from markdesk.core.coursework import Assignment
from markdesk.core.errors import MarkdeskError, NotFound, StaleRevision
from markdesk.core.ids import AssignmentId
from markdesk.core.marking import Marking, MarkingStatus
from markdesk.core.plain import show_line
from markdesk.core.rubric import Rubric
from markdesk.core.rubric_compare import Comparison, compare
from markdesk.desk.desk import Desk, hold_script
from markdesk.desk.looking_again import CARRIED, LOOK_AGAIN
from markdesk.desk.moving import HOLD_PATIENCE
from markdesk.desk.ports import Entry, Keep
from markdesk.desk.rubrics import RubricShelf, find_version
from markdesk.desk.sheets import as_listed

MOST_TOLD = 2
"""How many things to look at again the label of a step names."""


class Way(StrEnum):
    """What happens to one script."""

    KEPT = "kept"
    """It goes over with every mark as it is."""
    LOOK_AGAIN = "look_again"
    RETURNED = "returned"
    """It was given back, and stays under the version that it was marked under."""
    ALREADY = "already"
    """It is under that version."""
    NOT_BEGUN = "not_begun"


@dataclass(frozen=True, slots=True)
class ScriptPlan:
    """One script of the assignment, and what becomes of the marker's marking of it."""

    entry: Entry
    way: Way
    marking: Marking | None = None
    carried: Carried = UNTOUCHED

    @property
    def again(self) -> tuple[LookAgain, ...]:
        return self.carried.again


@dataclass(frozen=True, slots=True)
class Takeover:
    """What taking an assignment over comes to: as it would be, or as it was done."""

    assignment: Assignment
    """As it was before."""
    comparison: Comparison
    """Between the assignment's version before, and the one that it is taken to."""
    scripts: tuple[ScriptPlan, ...]
    """In the order of the class list."""
    others: tuple[tuple[str, int], ...]
    """Other markers by name, and how many of their markings stay under an earlier version until they take them over."""

    @property
    def old(self) -> Rubric:
        return self.comparison.old

    @property
    def new(self) -> Rubric:
        return self.comparison.new

    @property
    def does_something(self) -> bool:
        return self.old.hash != self.new.hash or any(script.carried.changes for script in self.scripts)

    def those(self, way: Way) -> tuple[ScriptPlan, ...]:
        return tuple(script for script in self.scripts if script.way is way)

    @property
    def reasons(self) -> tuple[tuple[str, str, int], ...]:
        """Why scripts are to be looked at again: scale (empty for the whole), what changed, in how many scripts."""
        found = Counter((item.title, item.why) for script in self.scripts for item in script.again)
        return tuple((title, why, times) for (title, why), times in found.items())

    @property
    def idle_stamps(self) -> int:
        return sum(script.carried.idle_stamps for script in self.scripts)


def counted(plan: Takeover) -> tuple[tuple[Way, int, str], ...]:
    """How many of the marker's scripts go which way, in words; the ways that none goes are left out."""
    told = {
        Way.LOOK_AGAIN: "to look at again: unfinished until you have",
        Way.KEPT: "as before: nothing that their marks hang on has changed",
        Way.RETURNED: "returned: stays under the version that it was marked under",
        Way.ALREADY: "under this version already",
        Way.NOT_BEGUN: "not begun: to be marked under this version",
    }
    counts = ((way, len(plan.those(way)), sentence) for way, sentence in told.items())
    return tuple(row for row in counts if row[1])


def find_target(desk: Desk, shelf: RubricShelf, assignment: Assignment, name: str = "") -> Rubric:
    """The version to take an assignment to: the present one of its own scheme, or that of the id, or ``id@version``.

    Raises NotFound, Ambiguous, RubricInvalid or MarkOutOfRange where there is none of that name.
    """
    if "@" in name:
        return find_version(desk.store, name)
    return shelf.get(name or desk.store.rubric(assignment.rubric_hash).id)


def plan_takeover(desk: Desk, assignment: Assignment, new: Rubric) -> Takeover:
    """What taking the assignment over would come to; nothing is written.

    Raises MarkdeskError where the assignment is a question of an exam that is out of other marks.
    """
    _refuse_other_tariff(desk, assignment, new)
    scripts: list[ScriptPlan] = []
    for entry in as_listed(desk.store.entries(desk.marker.id, assignment.id)):
        header = entry.header
        if header is None:
            scripts.append(ScriptPlan(entry, Way.NOT_BEGUN))
        elif header.rubric_hash == new.hash:
            scripts.append(ScriptPlan(entry, Way.ALREADY))
        elif header.status is MarkingStatus.RETURNED:
            scripts.append(ScriptPlan(entry, Way.RETURNED))
        else:
            marking = desk.store.marking(entry.script.id, desk.marker.id)
            assert marking is not None
            old = desk.store.rubric(header.rubric_hash)
            carried = carry(marking, old, new, desk.stamps_for(old))
            way = Way.LOOK_AGAIN if carried.again else Way.KEPT
            scripts.append(ScriptPlan(entry, way, marking, carried))
    comparison = compare(desk.store.rubric(assignment.rubric_hash), new)
    return Takeover(assignment, comparison, tuple(scripts), _others(desk, assignment, new))


def _others(desk: Desk, assignment: Assignment, new: Rubric) -> tuple[tuple[str, int], ...]:
    names = {marker.id: marker.name for marker in desk.store.markers()}
    found: Counter[str] = Counter()
    for entry in desk.store.entries(None, assignment.id):
        header = entry.header
        if header is None or header.marker_id == desk.marker.id or header.rubric_hash == new.hash:
            continue
        if header.status is not MarkingStatus.RETURNED:
            found[names.get(header.marker_id, "another marker")] += 1
    return tuple(sorted(found.items()))


def _refuse_other_tariff(desk: Desk, assignment: Assignment, new: Rubric) -> None:
    for exam in desk.store.paper_sets():
        for number, assignment_id in exam.assignments:
            question = exam.paper.question(number)
            if assignment_id == assignment.id and question is not None and question.max != new.max_mark:
                raise MarkdeskError(
                    f"'{show_line(assignment.name)}' is question {show_line(number)} of the exam"
                    f" '{show_line(exam.name)}' and out of {question.max}; {new.id} is out of {new.max_mark}.",
                    f"Give a mark scheme that is out of {question.max}.",
                )


def take_over(desk: Desk, assignment_id: AssignmentId, new: Rubric, patience: float = HOLD_PATIENCE) -> Takeover:
    """Take the assignment and this marker's markings of it over, as one act; what was done.

    One step for the assignment, and one for each script in that script's own history, where Ctrl+Z takes it back. It
    is planned once more when nobody else can write. Raises StoreUnavailable, and changes nothing, where one of its
    scripts stays open for marking in some window for ``patience`` seconds.
    """
    desk.find_marker()
    marker = desk.marker.id
    with ExitStack() as stack:
        for entry in desk.store.entries(marker, assignment_id):
            if entry.header is None or entry.header.status is not MarkingStatus.RETURNED:
                stack.callback(hold_script(desk, entry, patience).release)
        with desk.store.together():
            desk.find_marker()
            if desk.marker.id != marker:
                raise StaleRevision("Another window has just begun marking here.", "Look again, then repeat it.")
            assignment = next((a for a in desk.store.assignments() if a.id == assignment_id), None)
            if assignment is None:
                raise NotFound("That assignment is no longer there.")
            plan = plan_takeover(desk, assignment, new)
            if plan.does_something:
                _carry_out(desk, plan)
    return plan


def _carry_out(desk: Desk, plan: Takeover) -> None:
    new = plan.new
    if plan.assignment.rubric_hash != new.hash:
        moved = AssignmentChanged(plan.assignment, replace(plan.assignment, rubric_hash=new.hash))
        desk.commit(CARRIED, f"mark scheme {new.id}, version {new.version}", (moved,), Keep(rubrics=(new,)))
    for script in plan.scripts:
        if script.marking is None or not script.carried.changes:
            continue
        action = LOOK_AGAIN if script.again else CARRIED
        step = desk.step(action, _label(new, script.carried.on_marks), script.carried.changes)
        desk.store.commit(replace(step, marking_id=script.marking.id), script.marking.revision)


def _label(new: Rubric, again: tuple[LookAgain, ...]) -> str:
    """How undo and the foot of the marking screen name the step."""
    if not again:
        return f"mark scheme, version {new.version}"
    told = [f"{item.title}: {item.told}" if item.title and len(new.scales) > 1 else item.told for item in again]
    more = f"; and {len(told) - MOST_TOLD} more" if len(told) > MOST_TOLD else ""
    return f"new mark scheme, look again: {'; '.join(told[:MOST_TOLD])}{more}"
