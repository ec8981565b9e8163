"""A sitting: the pile of one assignment in its order, and where in it the marker is."""

import hashlib
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable
from dataclasses import replace

from markdesk.core.award import Total, total
from markdesk.core.changes import QueueNoteChanged
from markdesk.core.coursework import Assignment
from markdesk.core.errors import NotFound
from markdesk.core.feedback import Field
from markdesk.core.ids import AssignmentId, ScaleId, ScriptId
from markdesk.core.marking import DONE, Marking, MarkingStatus
from markdesk.core.queue_notes import Heap
from markdesk.core.rubric import Rubric
from markdesk.desk.anonymous import numbered, numbers_of
from markdesk.desk.desk import Desk
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.ports import Entry, Place
from markdesk.desk.store import Hold


def marking_order(
    entries: Iterable[Entry], assignment: Assignment, order: str = "random", scale: str = ""
) -> list[Entry]:
    """The pile's order. Random is seeded and by script: an arrival slips in, and nothing else moves.

    ``scale`` gives the order of one pass over the pile, in which only that scale is marked: another for each.
    """
    if order == "name":
        return sorted(entries, key=lambda entry: entry.student.sort_key)
    if order == "worried":
        at_random = marking_order(entries, assignment, "random", scale)
        return sorted(at_random, key=lambda entry: entry.note is None or entry.note.heap is not Heap.WORRIED)
    if order == "marked":
        at_random = marking_order(entries, assignment, "random", scale)
        return sorted(at_random, key=lambda entry: (entry.finished_at is None, entry.finished_at or ""))
    if order == "arrival":
        return sorted(entries, key=lambda entry: (entry.script.received_at, entry.script.id))

    def place(entry: Entry) -> str:
        seed = f"{assignment.order_seed}/{scale}" if scale else str(assignment.order_seed)
        return hashlib.sha256(f"{seed}/{entry.script.id}".encode()).hexdigest()

    return sorted(entries, key=place)


def where_to_go_on(desk: Desk) -> tuple[AssignmentId, ScriptId | None]:
    """What to mark when nobody says: the essay that was left, else the newest pile that isn't done.

    Raises NotFound where every essay has its mark, or there is none.
    """
    piles = desk.store.overview(desk.marker.id)
    place = desk.store.place(desk.marker.id)
    if place is not None:
        found = desk.store.entries(desk.marker.id, script_id=place.script_id)
        if found and (found[0].header is None or found[0].header.status not in DONE):
            return place.assignment_id, place.script_id
        # That essay is done: the rest of its pile comes before any other.
        piles = tuple(sorted(piles, key=lambda pile: pile.assignment.id != place.assignment_id))
    for pile in piles:
        if pile.complete < pile.scripts:
            return pile.assignment.id, None
    if any(pile.scripts for pile in piles):
        raise NotFound(
            "Every essay on this desk has its mark.", "To look at one again: 'markdesk mark --assignment NAME'."
        )
    raise NotFound("There is nothing to mark yet.", "Bring essays in: 'markdesk import --help' shows how.")


def sitting_of(desk: Desk, assignment_id: AssignmentId, order: str) -> "Sitting":
    """The pile of an assignment, as it is by now."""
    return Sitting(desk, next(a for a in desk.store.assignments() if a.id == assignment_id), order)


class Sitting:
    """Opens one script after another. Holds the pile in memory: a key never counts the class."""

    def __init__(self, desk: Desk, assignment: Assignment, order: str = "random") -> None:
        self.desk = desk
        self.assignment = assignment
        # By name the place in the pile would tell who it is, and most piles come in by name.
        self.order = "random" if assignment.is_anonymous and order in ("name", "arrival") else order
        self.last_opened: ScriptId | None = None
        self.rubric: Rubric = desk.store.rubric(assignment.rubric_hash)
        self._rubrics = {self.rubric.hash: self.rubric}
        self._read()
        self.scale: ScaleId | None = None
        """The scale that this pass over the pile is for; None where each essay is marked whole."""
        if assignment.by_scale and len(self.rubric.scales) > 1:
            self.scale = self._first_scale_to_mark() or self.rubric.scales[0].id
        self._lay_out()
        self._hold: Hold | None = None
        self._held: ScriptId | None = None
        """What ``_hold`` is a hold of."""
        self._opened: MarkingDesk | None = None
        self._found = 0
        """The revision in which it was opened."""
        groups = {group.id: group.name for group in desk.store.groups()}
        self.group_name = groups.get(assignment.group_id, "") if assignment.group_id else ""

    def _read(self) -> None:
        desk = self.desk
        self.entries = list(desk.store.entries(desk.marker.id, self.assignment.id))
        for entry in self.entries:
            if entry.header is not None and entry.header.rubric_hash not in self._rubrics:
                self._rubrics[entry.header.rubric_hash] = desk.store.rubric(entry.header.rubric_hash)
        self._numbers = numbers_of(desk, self.assignment, self.entries) if self.assignment.is_anonymous else {}
        self._done = {e.script.id for e in self.entries if e.header is not None and e.header.status in DONE}

    def refresh(self) -> None:
        """Read the pile as it is by now; its order and its pass go on, and what is open stays open."""
        self._read()
        self._lay_out()

    # -- the order, and what students are called

    def _lay_out(self) -> None:
        self.entries = marking_order(self.entries, self.assignment, self.order, self.scale or "")
        self._place = {entry.script.id: i for i, entry in enumerate(self.entries)}
        self._to_do = [i for i, entry in enumerate(self.entries) if entry.script.id not in self._done]
        """The places of the scripts that aren't done, in order: the next is found without a look at the rest."""

    def lacks(self, entry: Entry, scale: ScaleId) -> bool:
        """Whether a script is still to be given a mark on a scale."""
        if entry.script.id in self._done:
            return False
        return not any(award.scale == scale and award.is_marked for award in entry.awards)

    def _first_scale_to_mark(self) -> ScaleId | None:
        wanted = (scale.id for scale in self.rubric.scales)
        return next((one for one in wanted if any(self.lacks(entry, one) for entry in self.entries)), None)

    def called(self, entry: Entry) -> str:
        """What a student is called while the pile is marked: by name, or a number where they are hidden."""
        return numbered(self._numbers.get(entry.student.id), entry.student)

    def listed(self, entry: Entry) -> tuple[int, tuple[str, ...]]:
        """Where a student stands in a class list: by number where names are hidden, else by name."""
        return self._numbers.get(entry.student.id, 0), () if self.assignment.is_anonymous else entry.student.sort_key

    def again(self) -> "Sitting":
        """The same pile, read anew."""
        return sitting_of(self.desk, self.assignment.id, self.order)

    @property
    def behind(self) -> int:
        """How many markings may still be taken over: they are under another version than the assignment's."""
        headers = (entry.header for entry in self.entries)
        return sum(
            header is not None
            and header.rubric_hash != self.rubric.hash
            and header.status is not MarkingStatus.RETURNED
            for header in headers
        )

    @property
    def done(self) -> int:
        return len(self._done)

    def is_done(self, script_id: ScriptId) -> bool:
        return script_id in self._done

    def position(self, script_id: ScriptId) -> int:
        """Where a script stands in the pile, from 1."""
        return self._place[script_id] + 1

    def place_of(self, script_id: ScriptId) -> int | None:
        """Where a script stands in ``entries``; None where it is of another pile."""
        return self._place.get(script_id)

    def open(self, script_id: ScriptId) -> MarkingDesk:
        """Open a script for marking, read-only where another window has it; the last one is let go.

        Raises MarkdeskError where it can't be opened; the last one then stays open, and held.
        """
        if script_id not in self._place:
            raise NotFound("That script is not in this assignment.")
        hold, held_by = self._take_hold(script_id)
        try:
            entry = self.entries[self._place[script_id]]
            marking_desk = MarkingDesk(self.desk, entry, rubric=self.rubric)
            marking_desk.last_target = self.desk.store.last_target(entry.student.id, self.assignment)
        except BaseException:
            if hold is not None and hold is not self._hold:
                hold.release()
            raise
        if hold is not self._hold:
            self.close()
        self._hold, self._held, self._opened, self.last_opened = hold, script_id, marking_desk, script_id
        marking_desk.held_by, self._found = held_by, marking_desk.marking.revision
        return marking_desk

    def _take_hold(self, script_id: ScriptId) -> tuple[Hold | None, str]:
        """The hold on a script, ours already where it is open here; else who has it in another window."""
        if self.desk.store.read_only:
            return None, ""
        if self._hold is not None and self._held == script_id:
            return self._hold, ""
        self.desk.make_known()  # so that another window can say who has it
        held = self.desk.store.hold(script_id, self.desk.marker.id)
        return (None, held) if isinstance(held, str) else (held, "")

    def take_over(self, marking_desk: MarkingDesk) -> bool:
        """Try again to hold a script that another window had; True when it is ours now."""
        script_id = marking_desk.entry.script.id
        hold, marking_desk.held_by = self._take_hold(script_id)
        if marking_desk.held_by:
            return False
        self._hold, self._held = hold, script_id
        marking_desk.reload()
        return True

    def close(self) -> None:
        if self._hold is not None:
            self._hold.release()
            self._hold = None

    def note(self, marking: Marking, rubric: Rubric | None = None) -> None:
        """Keep the pile's picture of a marking up to date; ``rubric`` is its scheme where it wasn't opened here."""
        if rubric is not None:
            self._rubrics[rubric.hash] = rubric
        script_id = marking.header.script_id
        if self._opened is not None:  # an undo may have taken it to a version that no other script is under
            self._rubrics[self._opened.rubric.hash] = self._opened.rubric
        place = self._place[script_id]
        awards = tuple(marking.awards.values())
        target, task = (marking.line(field) for field in (Field.TARGET, Field.TASK))
        header = marking.header if marking.is_kept else None
        self.entries[place] = replace(
            self.entries[place],
            header=header,
            awards=awards,
            annotations=len(marking.annotations),
            target=target.text if target else None,
            task=task.text if task else None,
        )
        was_done, is_done = script_id in self._done, header is not None and header.status in DONE
        if is_done and not was_done:
            self._done.add(script_id)
            self._to_do.remove(place)
        elif was_done and not is_done:
            self._done.discard(script_id)
            insort(self._to_do, place)

    def keep_note(self, change: QueueNoteChanged) -> int | None:
        """Keep what was noted of a script; its place in the pile, from 0, and None where it is of another pile."""
        place = self.place_of(change.subject.script_id)
        if place is not None:
            self.entries[place] = replace(self.entries[place], note=change.after)
        return place

    def rubric_of(self, entry: Entry) -> Rubric:
        """The version of the scheme that a script's marks were given under; the assignment's where there are none."""
        return self._rubrics[entry.header.rubric_hash] if entry.header is not None else self.rubric

    def total(self, entry: Entry) -> Total:
        return total(self.rubric_of(entry), entry.award_by_scale())

    def beside(self, script_id: ScriptId, by: int) -> ScriptId | None:
        """The script before or after in the pile, or None at its ends."""
        place = self._place[script_id] + by
        return self.entries[place].script.id if 0 <= place < len(self.entries) else None

    def next_unmarked(self, after: ScriptId | None = None) -> ScriptId | None:
        """The next script that isn't done, going round once; None when the pile is done.

        In a pass over the pile for one scale it is the next that lacks a mark there; after the last of them the pass
        for another scale begins, in an order of its own.
        """
        if (scale := self.scale) is not None:
            found = self._next_where(lambda entry: self.lacks(entry, scale), after)
            following = self._first_scale_to_mark() if found is None else None
            if following not in (None, scale):
                self.scale = following
                self._lay_out()
                return self.next_unmarked()
            if found is not None:
                return found
        return self._next_where(lambda _: True, after)

    def _next_where(self, wanted: Callable[[Entry], bool], after: ScriptId | None) -> ScriptId | None:
        """The next of those that aren't done."""
        start = bisect_left(self._to_do, self._place[after] + 1 if after is not None else 0)
        for offset in range(len(self._to_do)):
            entry = self.entries[self._to_do[(start + offset) % len(self._to_do)]]
            if entry.script.id != after and wanted(entry):
                return entry.script.id
        return None

    def where_to_begin(self) -> ScriptId | None:
        """Where the marker left this pile, if that essay isn't done; else the first that isn't; else the first."""
        place = self.desk.store.place(self.desk.marker.id)
        if place is not None and place.script_id in self._place and place.script_id not in self._done:
            entry = self.entries[self._place[place.script_id]]
            if self.scale is None or self.lacks(entry, self.scale):
                return place.script_id
        return self.next_unmarked() or (self.entries[0].script.id if self.entries else None)

    @property
    def _is_touched(self) -> bool:
        """Whether the script that is open was changed since, or has half-typed words."""
        opened = self._opened
        return opened is not None and (opened.marking.revision != self._found or bool(opened.drafts()))

    def keep_place(self, script_id: ScriptId, start: int, end: int, by_sentence: bool = False) -> None:
        """Remember where in a script the marker is, so that she comes back to it.

        Not where the whole pile is done and she only reads in this script: then she goes on where she was at work.
        """
        if self.desk.store.read_only or (self.done == len(self.entries) and not self._is_touched):
            return
        self.desk.make_known()
        at = self.desk.clock.now()
        self.desk.store.save_place(
            Place(self.desk.marker.id, script_id, self.assignment.id, start, end, at, by_sentence)
        )
