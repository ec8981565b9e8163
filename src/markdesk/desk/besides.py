"""What can stand beside the essay that is being marked: its neighbours in marks, the best of each level, and others.

It only reads, and only when it is asked. A student's past marks are out of reach until this essay has its own, and
altogether where names are hidden.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from markdesk.core.annotation import Annotation
from markdesk.core.award import Award, Total, total
from markdesk.core.essay import Essay
from markdesk.core.ids import ScaleId, ScriptId
from markdesk.core.marking import DONE
from markdesk.core.people import Marker
from markdesk.core.rubric import Rubric
from markdesk.desk.anonymous import as_shown
from markdesk.desk.desk import Desk
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.ports import Entry
from markdesk.desk.redraft_view import text_before
from markdesk.desk.sitting import Sitting


class Relation(StrEnum):
    """What another essay is to this one."""

    BEFORE = "the text before this one"
    ABOVE = "just above in marks"
    SAME = "the same mark"
    BELOW = "just below in marks"
    LEVEL = "the best of its level"
    LAST = "this student's last essay"
    STAMP = "the same stamp"


@dataclass(frozen=True, slots=True)
class Other:
    """Another essay that may stand beside this one, and why."""

    relation: Relation
    entry: Entry
    rubric: Rubric
    """The version of the scheme that it was marked under."""
    scale: ScaleId
    """The scale in hand when it was asked for."""
    called: str
    """Whose it is; empty for an essay of another assignment while names are hidden, here or there."""
    is_hidden: bool
    """Whether its student's name is to be kept out of its text."""
    code: str = ""
    """The stamp that it has too."""
    times: int = 0

    @property
    def total(self) -> Total:
        return total(self.rubric, self.entry.award_by_scale())

    @property
    def award(self) -> Award | None:
        """What it was given on the scale in hand."""
        return self.entry.award_by_scale().get(self.scale)

    @property
    def level(self) -> int:
        """Its level on the scale in hand; 0 where it has none."""
        return self.award.level or 0 if self.award is not None else 0


@dataclass(frozen=True, slots=True)
class Reading:
    """One essay as it is read beside another: the text that was marked, and what was put on it."""

    script_id: ScriptId
    essay: Essay
    annotations: tuple[Annotation, ...]
    is_paper: bool
    """Whether it was written by hand: the essay is then the pad of places that were marked."""


def others(sitting: Sitting, opened: MarkingDesk, scale: ScaleId, code: str = "") -> tuple[Other, ...]:
    """The essays that may stand beside the open one. ``code`` is the stamp of the annotation that is shown."""
    return tuple(_Looking(sitting, opened, scale).find(code))


def read_other(sitting: Sitting, other: Other) -> Reading:
    """The text of one of them, without its student's name where that is hidden, and its annotations."""
    desk, entry = sitting.desk, other.entry
    if other.is_hidden:
        entry = replace(entry, assignment=replace(entry.assignment, is_anonymous=True))
    return read_as_marked(desk, entry, sitting.rubric)


def read_as_marked(desk: Desk, entry: Entry, rubric: Rubric) -> Reading:
    """A script as whoever marked it left it: a colleague's marking may be read, never changed."""
    if entry.header is not None and entry.header.marker_id != desk.marker.id:
        desk = replace(desk, marker=Marker(entry.header.marker_id, ""))
    return read(desk, entry, rubric)


def read(desk: Desk, entry: Entry, rubric: Rubric) -> Reading:
    """A script as its marker left it; ``rubric`` is the scheme that it is likely to be under."""
    opened = MarkingDesk(desk, entry, rubric=rubric)
    notes = tuple(opened.placed(annotation) for annotation in opened.marking.annotations.values())
    return Reading(entry.script.id, as_shown(opened), notes, opened.is_paper)


def is_withheld(other: Other, opened: MarkingDesk) -> bool:
    """Whether it may not be seen now: this student's past marks, while this essay has no mark."""
    return other.relation is Relation.LAST and not opened.is_marked


def _whole(given: Total) -> int | None:
    return given.value if isinstance(given.value, int) else None


class _Looking:
    """The essay that is open, and where others are looked for."""

    def __init__(self, sitting: Sitting, opened: MarkingDesk, scale: ScaleId) -> None:
        self.sitting, self.opened, self.scale = sitting, opened, scale
        self.store, self.marker_id = sitting.desk.store, sitting.desk.marker.id
        self.student_id = opened.entry.student.id
        self.is_anonymous = sitting.assignment.is_anonymous
        self.rest = [entry for entry in sitting.entries if entry.script.id != opened.entry.script.id]

    def find(self, code: str) -> Iterator[Other]:
        if text_before(self.opened.history) is not None:
            yield self._of_pile(Relation.BEFORE, self.opened.entry)
        yield from self._neighbours()
        yield from self._best_of_levels()
        yield from self._last()
        yield from self._stamped(code)

    def _of_pile(self, relation: Relation, entry: Entry, code: str = "", times: int = 0) -> Other:
        rubric, called = self.sitting.rubric_of(entry), self.sitting.called(entry)
        return Other(relation, entry, rubric, self.scale, called, self.is_anonymous, code, times)

    def _of_desk(self, relation: Relation, entry: Entry) -> Other:
        """An essay that may be of another assignment, with the names of a pile of its own."""
        if entry.assignment.id == self.sitting.assignment.id:
            return self._of_pile(relation, entry)
        # A classmate's mark of last month is a past mark too, where this pile's names are hidden.
        hidden = self.is_anonymous or entry.assignment.is_anonymous
        rubric_hash = entry.header.rubric_hash if entry.header is not None else entry.assignment.rubric_hash
        called = "" if hidden else entry.student.name
        return Other(relation, entry, self.store.rubric(rubric_hash), self.scale, called, hidden)

    def _neighbours(self) -> Iterator[Other]:
        """The essays of the pile next to this one: by the whole mark, or by the scale in hand until there is one."""

        def on_all(entry: Entry) -> int | None:
            return _whole(self.sitting.total(entry))

        def on_scale(entry: Entry) -> int | None:
            award = entry.award_by_scale().get(self.scale)
            return award.mark if award is not None else None

        marking = self.opened.marking
        mine = _whole(total(self.opened.rubric, marking.award_by_scale()))
        mark_of: Callable[[Entry], int | None] = on_scale if mine is None else on_all
        mine = marking.award(self.scale).mark if mine is None else mine
        if mine is None:
            return
        marked = [(mark, entry) for entry in self.rest if (mark := mark_of(entry)) is not None]
        above = min((pair for pair in marked if pair[0] > mine), key=lambda pair: pair[0], default=None)
        below = max((pair for pair in marked if pair[0] < mine), key=lambda pair: pair[0], default=None)
        if above is not None:
            yield self._of_pile(Relation.ABOVE, above[1])
        for mark, entry in marked:
            if mark == mine:
                yield self._of_pile(Relation.SAME, entry)
        if below is not None:
            yield self._of_pile(Relation.BELOW, below[1])

    def _best_of_levels(self) -> Iterator[Other]:
        """An example of each level: of this scheme, from the whole desk, never this student's own."""
        rubric_id = self.opened.rubric.id
        for script_id in self.store.best_at_levels(self.marker_id, rubric_id, self.scale, self.student_id):
            (entry,) = self.store.entries(self.marker_id, script_id=script_id)
            yield self._of_desk(Relation.LEVEL, entry)

    def _last(self) -> Iterator[Other]:
        """This student's last finished essay, whoever marked it; none of a pile whose names are still hidden."""
        if self.is_anonymous or not self.opened.is_marked:
            return
        found = [
            entry
            for entry in self.store.entries(None, student_id=self.student_id)  # the newest first
            if entry.header is not None
            and entry.header.status in DONE
            and not entry.assignment.is_anonymous
            and entry.assignment.set_on < self.sitting.assignment.set_on
        ]
        if found:  # her own marking of it before a colleague's
            same = [entry for entry in found if entry.script.id == found[0].script.id]
            own = (entry for entry in same if entry.header and entry.header.marker_id == self.marker_id)
            yield self._of_desk(Relation.LAST, next(own, same[0]))

    def _stamped(self, code: str) -> Iterator[Other]:
        """Who else in the pile has a stamp, those that have it most often first."""
        counts = self.store.stamped(self.marker_id, self.sitting.assignment.id, code) if code else {}
        found = [entry for entry in self.rest if entry.script.id in counts]
        for entry in sorted(found, key=lambda entry: -counts[entry.script.id]):
            yield self._of_pile(Relation.STAMP, entry, code, counts[entry.script.id])
