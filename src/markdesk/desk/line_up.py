"""A pile in mark order: where each essay stands among the others, and which of them deserve a second look.

Built once over the pile; after that an act moves one essay. The essays of one mark are a group, and there are no more
groups than the scheme has marks, so what a key costs doesn't grow with the class.
"""

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum

from markdesk.core.award import NO_RESPONSE, Total, total
from markdesk.core.ids import ScaleId, ScriptId
from markdesk.core.marking import DONE, MarkingStatus
from markdesk.core.rubric import Level, Rubric
from markdesk.desk.assignments import Marked
from markdesk.desk.drifting import judged_once
from markdesk.desk.ports import Entry

EARLY = 5
"""The essays that were marked first are the likeliest to have been marked by another standard than the rest."""
WIDE = 10
"""A gap is worth a line of its own where it is more than this share of the maximum: a tenth."""


class Standing(IntEnum):
    """Where an essay stands at all: in the line, or apart at its end."""

    MARKED = 0
    NO_RESPONSE = 1
    UNMARKED = 2


@dataclass(frozen=True, slots=True)
class Place:
    """One essay in the line."""

    entry: Entry
    total: Total
    standing: Standing
    marked_as: int | None
    """Its turn among those that drift compares, from 1; None where it is none of them, or their order isn't known."""
    is_early: bool
    """Whether it was among the first five that were marked, in a pile more than twice as long."""

    @property
    def script_id(self) -> ScriptId:
        return self.entry.script.id

    @property
    def status(self) -> MarkingStatus | None:
        """How far its marking has come; None where it isn't begun."""
        return self.entry.header.status if self.entry.header else None

    @property
    def is_pencil(self) -> bool:
        """Whether some of its mark is only a level's middle, not yet confirmed."""
        return any(award.tentative for award in self.entry.awards)

    def level(self, scale: ScaleId) -> int | None:
        """Its level on a scale; None where it has none."""
        return next((award.level for award in self.entry.awards if award.scale == scale), None)


@dataclass(frozen=True, slots=True)
class Break:
    """What stands between two essays that aren't side by side."""

    standing: Standing
    """What those below it are."""
    marks: int
    """How many marks the essay above has more than the one below; 0 before those that stand apart."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How the totals are spread."""

    lowest: int
    median: float
    highest: int


_Key = tuple[Standing, int, tuple[int, ...], tuple[str, str, str], str]
_GroupKey = tuple[Standing, int]


@dataclass(frozen=True, slots=True)
class _Slot:
    key: _Key
    place: Place


@dataclass(frozen=True, slots=True)
class _Section:
    """A group as it is listed: on which row it begins, and the break before it."""

    first: int
    gap: Break | None
    slots: list[_Slot]


class LineUp:
    """The pile of one assignment, highest mark first; by scale, then by name, where the total is the same."""

    def __init__(
        self, rubric: Rubric, entries: Iterable[Entry], total_of: Callable[[Entry], Total] | None = None
    ) -> None:
        """``total_of`` adds an essay up under the version of the scheme that it was marked under."""
        self.rubric = rubric
        self._total_of = total_of or (lambda entry: total(rubric, entry.award_by_scale()))
        entries = list(entries)
        judged = judged_once((Marked(e, rubric, self._total_of(e)) for e in entries), rubric)
        in_turn = judged.rows if judged.is_ordered else ()
        self._order = {row.entry.script.id: turn for turn, row in enumerate(in_turn, start=1)}
        self._groups: dict[_GroupKey, list[_Slot]] = {}
        self._slots: dict[ScriptId, _Slot] = {}
        self.statuses: Counter[MarkingStatus | None] = Counter()
        """How many essays have come how far; None: not begun."""
        self.late: frozenset[ScriptId] = frozenset()
        """The essays that were judged last, while their order shows a sign of drift: see ``shows_drift``."""
        for entry in entries:
            slot = self._slot(entry)
            self._slots[entry.script.id] = slot
            self._groups.setdefault(_group_of(slot.key), []).append(slot)
            self.statuses[slot.place.status] += 1
        for group in self._groups.values():
            group.sort(key=_key_of)
        self._lay_out()

    # -- what there is

    @property
    def count(self) -> int:
        """The essays in it, those without a mark too."""
        return len(self._slots)

    @property
    def finished(self) -> int:
        return sum(self.statuses[status] for status in DONE)

    @property
    def is_finished(self) -> bool:
        """Whether every essay of the pile is complete."""
        return 0 < self.count == self.finished

    @property
    def counts(self) -> tuple[tuple[int, int], ...]:
        """How many essays have each mark, from the lowest mark that was given."""
        marks = sorted(-mark for standing, mark in self._groups if standing is Standing.MARKED)
        return tuple((mark, len(self._groups[Standing.MARKED, -mark])) for mark in marks)

    @property
    def spread(self) -> Spread | None:
        """Lowest, median and highest total; None where nothing is marked."""
        counts = self.counts
        number = sum(count for _, count in counts)
        if not number:
            return None
        below, middles = 0, []
        for mark, count in counts:
            for at in ((number - 1) // 2, number // 2):
                if below <= at < below + count:
                    middles.append(mark)
            below += count
        return Spread(counts[0][0], sum(middles) / 2, counts[-1][0])

    # -- as a list

    def __len__(self) -> int:
        """Its rows: essays, and the breaks between them."""
        return self._length

    def row(self, index: int) -> Place | Break:
        """What stands on a row, from 0."""
        section = self._sections[bisect_right(self._firsts, index) - 1]
        at = index - section.first - (section.gap is not None)
        if at < 0:
            assert section.gap is not None
            return section.gap
        return section.slots[at].place

    def is_first_of_its_mark(self, index: int) -> bool:
        """Whether the essay on a row is the first with its mark."""
        section = self._sections[bisect_right(self._firsts, index) - 1]
        return index == section.first + (section.gap is not None)

    def index_of(self, script_id: ScriptId) -> int:
        """The row of an essay."""
        at, section = self._find(script_id)
        return section.first + (section.gap is not None) + at

    def place_of(self, script_id: ScriptId) -> Place:
        """Where an essay stands."""
        return self._slots[script_id].place

    def beside(self, script_id: ScriptId, by: int) -> Place | None:
        """The essay before (-1) or after (1) in the line; None at its ends, and for one that stands apart."""
        if self._slots[script_id].place.standing is not Standing.MARKED:
            return None
        index = self.index_of(script_id) + by
        if not 0 <= index < len(self):
            return None
        found = self.row(index)
        if isinstance(found, Break):
            if found.standing is not Standing.MARKED:
                return None
            found = self.row(index + by)
        return found if isinstance(found, Place) and found.standing is Standing.MARKED else None

    @property
    def marked(self) -> int:
        """How many have a turn: ``Place.marked_as`` counts to it."""
        return len(self._order)

    def ends(self, is_late: bool) -> tuple[Place, ...] | None:
        """The third that was judged first, or last, as drift takes them; None where that order isn't known."""
        places = (slot.place for slot in self._slots.values())  # as they are by now: one may have been opened again
        judged = judged_once((Marked(place.entry, self.rubric, place.total) for place in places), self.rubric)
        if not judged.is_ordered:
            return None
        third = len(judged.rows) // 3
        rows = judged.rows[len(judged.rows) - third :] if is_late else judged.rows[:third]
        return tuple(self.place_of(row.entry.script.id) for row in rows)

    def shows_drift(self, is_sign: bool) -> None:
        """Whoever looks for a drift says whether the order of marking shows a sign of one."""
        self.late = frozenset(place.script_id for place in self.ends(is_late=True) or ()) if is_sign else frozenset()

    def alike(self, script_id: ScriptId, is_late: bool) -> tuple[Place, ...]:
        """Of the third that was judged first, or last, the others: those nearest to an essay's mark first."""
        mine = self._slots[script_id].place.total.value
        found: list[tuple[int, int, Place]] = []
        for at, place in enumerate(self.ends(is_late) or ()):
            its = place.total.value
            if place.script_id != script_id and isinstance(mine, int) and isinstance(its, int):
                found.append((abs(its - mine), -at if is_late else at, place))
        return tuple(place for *_, place in sorted(found, key=lambda one: one[:2]))

    def stands_out(self, place: Place) -> tuple[tuple[ScaleId, int], ...]:
        """The scales on which an essay is two levels or more from both its neighbours, and how far (below is less).

        On one scale the levels are in the order of the marks: there is something to say only where there are several.
        """
        if len(self.rubric.scales) < 2:
            return ()
        sides = [self.beside(place.script_id, -1), self.beside(place.script_id, 1)]
        found: list[tuple[ScaleId, int]] = []
        for scale in self.rubric.scales:
            mine = place.level(scale.id)
            theirs = [side.level(scale.id) for side in sides if side is not None]
            if mine is None or len(theirs) < 2:
                continue
            apart = [mine - level for level in theirs if level is not None]
            if len(apart) == len(theirs) and (min(apart) >= 2 or max(apart) <= -2):
                found.append((scale.id, min(apart, key=abs)))
        return tuple(found)

    def just_under(self, place: Place) -> Level | None:
        """The level that begins one mark above an essay's: the essays that a second look may move most.

        Only on a scheme of one scale with levels, and not for a marking under another version of it.
        """
        value = place.total.value
        if len(self.rubric.scales) > 1 or not isinstance(value, int) or value == 0:  # 0 is no level's neighbour
            return None
        header = place.entry.header
        if header is not None and header.rubric_hash != self.rubric.hash:
            return None
        return next((level for level in self.rubric.scales[0].levels if level.min == value + 1), None)

    # -- as it changes

    def move(self, entry: Entry) -> None:
        """Put one essay where its marks belong now."""
        before = self._slots[entry.script.id]
        at, _ = self._find(entry.script.id)
        group = self._groups[_group_of(before.key)]
        del group[at]
        if not group:
            del self._groups[_group_of(before.key)]
        after = self._slots[entry.script.id] = self._slot(entry)
        insort(self._groups.setdefault(_group_of(after.key), []), after, key=_key_of)
        self.statuses[before.place.status] -= 1
        self.statuses[after.place.status] += 1
        self._lay_out()

    def _slot(self, entry: Entry) -> _Slot:
        awards = entry.award_by_scale()
        came_to = self._total_of(entry)
        marked_as = self._order.get(entry.script.id)
        early = marked_as is not None and marked_as <= EARLY and len(self._order) > 2 * EARLY
        by_scale: tuple[int, ...] = ()
        value = 0
        if came_to.value is None:
            standing = Standing.UNMARKED
        elif came_to.value == NO_RESPONSE:
            standing = Standing.NO_RESPONSE
        else:
            standing, value = Standing.MARKED, came_to.value
            # No response on one scale of several counts below an attempt that earned 0.
            given = (awards.get(scale.id) for scale in self.rubric.scales)
            by_scale = tuple(1 if award is None or award.mark is None else -award.mark for award in given)
        key = (standing, -value, by_scale, entry.student.sort_key, entry.script.id)
        return _Slot(key, Place(entry, came_to, standing, marked_as, early))

    def _find(self, script_id: ScriptId) -> tuple[int, _Section]:
        key = self._slots[script_id].key
        section = self._by_group[_group_of(key)]
        return bisect_left(section.slots, key, key=_key_of), section

    def _lay_out(self) -> None:
        """On which row each group begins: as many steps as the scheme has marks."""
        self._sections: list[_Section] = []
        self._by_group: dict[_GroupKey, _Section] = {}
        row, above = 0, None
        for group in sorted(self._groups):
            gap = self._gap(above, group)
            section = _Section(row, gap, self._groups[group])
            self._sections.append(section)
            self._by_group[group] = section
            row += len(section.slots) + (gap is not None)
            above = group
        self._length = row
        self._firsts = [section.first for section in self._sections]

    def _gap(self, above: _GroupKey | None, below: _GroupKey) -> Break | None:
        if below[0] is not Standing.MARKED:
            return Break(below[0], 0)
        if above is None:
            return None
        marks = below[1] - above[1]
        return Break(Standing.MARKED, marks) if marks * WIDE > self.rubric.max_mark else None


def _group_of(key: _Key) -> _GroupKey:
    return key[0], key[1]


def _key_of(slot: _Slot) -> _Key:
    return slot.key
