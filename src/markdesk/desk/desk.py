"""The desk: one marker, one store, and what both need to act. Finding things by the names people use."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property

from markdesk.core.annotation import StampSet
from markdesk.core.changes import AnyChange, MarkerChanged, invert
from markdesk.core.coursework import Assignment
from markdesk.core.errors import Ambiguous, NotFound, StaleChange, StaleRevision, StoreUnavailable
from markdesk.core.history import Step, StepKind
from markdesk.core.ids import MarkerId, StepId
from markdesk.core.people import Marker, Student, TeachingGroup, split_name
from markdesk.core.plain import fold, show_line
from markdesk.core.rubric import Rubric
from markdesk.core.stamp_sets import StampSets
from markdesk.desk.ports import Clock, Entry, IdSource, Keep
from markdesk.desk.store import Hold, Store


@dataclass
class Desk:
    """Everything a use case needs. Made in ``bootstrap`` and passed in; nothing is global."""

    store: Store
    clock: Clock
    ids: IdSource
    marker: Marker
    find_stamps: Callable[[], StampSets]

    @cached_property
    def stamp_sets(self) -> StampSets:
        """Every set of stamps; read when the first essay is opened."""
        return self.find_stamps()

    def stamps_for(self, rubric: Rubric) -> StampSet:
        """The stamps in use under a scheme."""
        return self.stamp_sets.for_scheme(rubric)

    def step(self, action: str, label: str, changes: tuple[AnyChange, ...]) -> Step:
        """A step on the desk itself: an import, a class list, a new assignment."""
        new = StepId(self.ids.new())
        return Step(new, new, StepKind.DO, action, label, changes, self.clock.now(), self.marker.id)

    def commit(self, action: str, label: str, changes: tuple[AnyChange, ...], keep: Keep = Keep()) -> Step:
        """Make a step on the desk itself durable. Whoever acts first is made known by it: the log names nobody else."""
        known = self._known()
        if known is None:
            try:
                return self._commit(action, label, (MarkerChanged(None, self.marker), *changes), keep)
            except StaleChange:
                known = self._known()  # another window of hers was quicker to act first
                if known is None:
                    raise
        self.marker = known
        return self._commit(action, label, changes, keep)

    def _commit(self, action: str, label: str, changes: tuple[AnyChange, ...], keep: Keep) -> Step:
        step = self.step(action, label, changes)
        self.store.commit(step, keep=keep)
        return step

    def take_back(self, step: Step) -> Step:
        """Undo a step on the desk itself. Raises StaleChange where what it changed has changed again since."""
        # Whoever was made known by it stays known: she is named in the log.
        changes = tuple(invert(c) for c in reversed(step.changes) if not isinstance(c, MarkerChanged))
        undo = replace(self.step("undo", f"Undo: {step.label}", changes), kind=StepKind.UNDO, group=step.id)
        self.store.commit(undo)
        return undo

    def _known(self) -> Marker | None:
        return next((marker for marker in self.store.markers() if marker.name == self.marker.name), None)

    def make_known(self) -> None:
        """``know_marker`` for what isn't an act: a draft, a place. Whoever wrote her first, she is known then."""
        try:
            self.know_marker()
        except (StaleRevision, StaleChange):
            self.know_marker()

    def find_marker(self) -> None:
        """Read again who goes by the marker's name: another window may have written her since the desk was made."""
        self.marker = self._known() or self.marker

    def know_marker(self) -> None:
        """Write the marker into the desk, once, before her first mark.

        Raises StaleRevision where another window of hers was quicker, StaleChange where it was so at this very moment;
        she is the one it wrote from then on.
        """
        known = self._known()
        if known is None:
            self._commit("marker", "First mark by this marker", (MarkerChanged(None, self.marker),), Keep())
        elif known.id != self.marker.id:
            self.marker = known
            raise StaleRevision("Another window has just begun marking here.", "It is read again; repeat what you did.")


def marker_named(store: Store, name: str, ids: IdSource) -> Marker:
    """The marker who goes by this name on the desk; a new one, not yet written, where nobody does."""
    known = next((marker for marker in store.markers() if marker.name == name), None)
    return known or Marker(MarkerId(ids.new()), name)


def hold_script(desk: Desk, entry: Entry, patience: float = 0.0) -> Hold:
    """Hold a script against every other window.

    Raises StoreUnavailable where one has it open for marking, and goes on having it for ``patience`` seconds.
    """
    held = desk.store.hold(entry.script.id, desk.marker.id, patience)
    if isinstance(held, str):
        raise open_elsewhere(whose(entry), held, "Nothing was changed. Leave that essay there, then try again.")
    return held


def whose(entry: Entry) -> str:
    """An essay by its student; while names are hidden by its id, which stands beside the number in the list."""
    if entry.assignment.is_anonymous:
        return f"Essay {entry.script.short_id}"
    return f"{show_line(entry.student.name)}'s essay"


def open_elsewhere(essay: str, who: str, hint: str) -> StoreUnavailable:
    """The refusal of what can't be done to a script while another window has it."""
    told = f"{essay} is open for marking in another window ({show_line(who)})."
    return StoreUnavailable(told, hint)


def find_assignment(desk: Desk, name: str) -> Assignment:
    """By id, whole name or a part that only one assignment has. Raises NotFound or Ambiguous, naming what there is."""
    assignments = desk.store.assignments()
    wanted = fold(name)
    for fits in (
        [a for a in assignments if a.id == name],
        [a for a in assignments if fold(a.name) == wanted],
        [a for a in assignments if wanted and wanted in fold(a.name)],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise Ambiguous(f"'{show_line(name)}' fits several assignments: {_listed([a.name for a in fits])}.")
    known = _listed([a.name for a in assignments])
    hint = f"The desk has: {known}." if known else "The desk has none yet: 'markdesk import' makes one."
    raise NotFound(f"No assignment is called '{show_line(name)}'.", hint)


def same_person(student: Student, name: str) -> bool:
    """Whether a written name is this student's, in either order and whatever its accents and case."""
    given, family = split_name(name)
    theirs = (fold(student.given_name), fold(student.family_name))
    return theirs in ((fold(given), fold(family)), (fold(family), fold(given))) or fold(student.name) == fold(name)


def _as_written(name: str) -> str:
    """A name with its accents, however they are encoded."""
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()


def find_student(desk: Desk, name: str) -> Student:
    """By id, candidate number, whole name or a part that only one student has."""
    students = sorted(desk.store.students(), key=lambda student: student.sort_key)
    wanted = fold(name)
    for fits in (
        [s for s in students if name in (s.id, s.candidate_number) and name],
        # Who types an accent means whoever has it; who types none may only have left it out.
        [s for s in students if not name.isascii() and _as_written(s.name) == _as_written(name)],
        [s for s in students if same_person(s, name)],
        [s for s in students if wanted and wanted in fold(s.name)],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            told = _listed([f"{s.name} ({s.id[-6:]})" for s in fits])
            by_end = [s for s in students if name == s.id[-6:]]
            if len(by_end) == 1:
                return by_end[0]
            # The whole name was given already where all of them have it, but for an accent.
            is_whole = all(same_person(s, name) for s in fits)
            hint = (
                "Give the id in brackets, or the name with its accent."
                if is_whole
                else "Give the whole name or the id."
            )
            raise Ambiguous(f"'{show_line(name)}' fits several students: {told}.", hint)
    by_end = [s for s in students if name == s.id[-6:]]
    if len(by_end) == 1:
        return by_end[0]
    near = get_close_matches(wanted, {fold(s.name): s.name for s in students}, 1, 0.6)
    meant = next((f"Did you mean '{show_line(s.name)}'? " for s in students if near and fold(s.name) == near[0]), "")
    raise NotFound(f"No student is called '{show_line(name)}'.", f"{meant}'markdesk student list' names them all.")


def find_group(desk: Desk, name: str) -> TeachingGroup:
    """A class that is on the desk, by its id or whole name. Raises NotFound that names those there are."""
    groups = desk.store.groups()
    found = next((group for group in groups if group.id == name or fold(group.name) == fold(name)), None)
    if found is None:
        known = ", ".join(show_line(group.name) for group in groups) or "none yet"
        raise NotFound(f"No class is called '{show_line(name)}'.", f"The desk has: {known}.")
    return found


def find_script(desk: Desk, name: str) -> Entry:
    """By the short id on the screen, ``ASSIGNMENT/STUDENT``, or a part of a name that only one script has."""
    refused: NotFound | None = None
    # A stroke may also stand in the name of an assignment (1485/1603) or of a student, so each is tried.
    for at in reversed([at for at, character in enumerate(name) if character == "/"]):
        try:
            assignment = find_assignment(desk, name[:at])
            return _script_in(desk.store.entries(desk.marker.id, assignment.id), name[at + 1 :])
        except NotFound as error:
            refused = refused or error
    try:
        return _script_in(desk.store.entries(desk.marker.id), name)
    except NotFound as error:
        raise refused or error from None


def _script_in(entries: tuple[Entry, ...], name: str) -> Entry:
    wanted = fold(name)
    for fits in (
        [e for e in entries if name in (e.script.id, e.script.short_id)],
        [
            e
            for e in entries
            if name and (same_person(e.student, name) or name in (e.student.id, e.student.candidate_number))
        ],
        [e for e in entries if wanted and wanted in fold(e.student.name)],
        [e for e in entries if wanted and wanted in fold(e.assignment.name)],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            told = _listed([f"{e.assignment.name}/{_whose_script(e)}" for e in fits])
            raise Ambiguous(f"'{show_line(name)}' fits several scripts: {told}.", "Give one of the ids in brackets.")
    raise NotFound(f"No script goes by '{show_line(name)}'.", "Give the id on the screen, or ASSIGNMENT/STUDENT.")


def _whose_script(entry: Entry) -> str:
    """The student with the script's id; the id alone while names are hidden."""
    name = "" if entry.assignment.is_anonymous else f"{entry.student.name} "
    return f"{name}({entry.script.short_id})"


def _listed(names: list[str], most: int = 8) -> str:
    shown = [show_line(name) for name in names[:most]]
    return ", ".join(shown) + (f" and {len(names) - most} more" if len(names) > most else "")
