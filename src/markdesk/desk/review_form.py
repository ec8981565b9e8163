"""The form of a review's filters: what can be chosen on each line, as it follows from what is on the desk and what is
chosen on the others. A value, that changes into another one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from markdesk.core.coursework import Assignment
from markdesk.core.errors import UsageProblem
from markdesk.core.ids import RubricHash
from markdesk.core.people import Marker, TeachingGroup
from markdesk.core.plain import fold, show_line
from markdesk.core.rubric import Rubric, Scale
from markdesk.desk.class_table import title_of
from markdesk.desk.desk import Desk
from markdesk.desk.review_filters import (
    FLAGGED,
    NONE,
    OF_ASSIGNMENTS,
    ORDER,
    TAGS,
    Filters,
    read_range,
    read_text,
    school_year,
)

LABELS = {
    "assignment": "Assignment", "group": "Class", "year": "Year", "board": "Board", "question": "Question",
    "marker": "Marked by", "scale": "Scale", "level": "Level", "marks": "Marks", "stamp": "Stamp", "tag": "Noted",
    "text": "Text",
}  # fmt: skip
WITHOUT = {
    "assignment": "all", "group": "every class", "year": "every year", "board": "every board", "marker": "you",
}  # fmt: skip
"""What is said where a filter isn't on; of the others ``any``."""
TYPED = frozenset({"question", "marks", "text"})
"""The lines on which words or a range are typed."""
ABOUT = {
    "question": "words that the assignment's name or question has, all of them",
    "marks": "a mark or a range such as 14-18: of the total, or of the scale that is chosen",
    "text": "words on the essay, in your comments or feedback; \"a phrase\", weig*, one NEAR another; no private notes",
}  # fmt: skip
MOST = 200
"""Letters that are kept of what was typed; a text, which is a query, may be longer."""


@dataclass(frozen=True, slots=True)
class There:
    """What there is to choose from."""

    sets: tuple[tuple[Assignment, Rubric], ...]
    """The assignments, newest first, each with its scheme."""
    groups: tuple[TeachingGroup, ...]
    markers: tuple[Marker, ...]
    """Those who mark here beside her whose desk it is."""
    stamps: tuple[tuple[RubricHash, tuple[tuple[str, str], ...]], ...]
    """For each scheme the codes that may be used under it, with what they mean."""


def read_there(desk: Desk) -> There:
    """What there is on a desk."""
    sets = tuple((one, desk.store.rubric(one.rubric_hash)) for one in desk.store.assignments())
    schemes = {rubric.hash: rubric for _, rubric in sets}
    stamps = tuple(
        (key, tuple((stamp.code, stamp.meaning) for stamp in desk.stamps_for(rubric).serving(rubric)))
        for key, rubric in schemes.items()
    )
    others = tuple(marker for marker in desk.store.markers() if marker.id != desk.marker.id)
    return There(sets, desk.store.groups(), others, stamps)


@dataclass(frozen=True, slots=True)
class Value:
    """What can be chosen on a line."""

    key: Any
    """As the filter has it."""
    label: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class FormLine:
    """One filter as it stands."""

    name: str
    label: str
    value: str
    is_on: bool
    values: tuple[Value, ...]
    """Empty for a line on which something is typed."""
    note: str


@dataclass(frozen=True, slots=True)
class ReviewForm:
    """The filters, and what there is to choose from."""

    filters: Filters
    there: There

    @property
    def lines(self) -> tuple[FormLine, ...]:
        """The lines in their order."""
        return tuple(self.line(name) for name in ORDER)

    def line(self, name: str) -> FormLine:
        """One line as it stands."""
        values, key = self.values(name), getattr(self.filters, name)
        is_on = key != getattr(NONE, name)
        here = next((value for value in values if value.key == key), None)
        note = here.about if here is not None else ABOUT.get(name, "")
        if is_on and name not in TYPED and here is None:
            note = "Nothing that the other filters leave has it: take one of them off"
        elif name == "scale" and is_on and self.filters.level is None and self.filters.marks is None:
            note = "It says what a level or marks are of: choose one of them too"
        elif name == "marks" and self.filters.marks and self.filters.marks[0] > self.top_mark:
            note = f"There is no such mark here: the most is {self.top_mark}"
        told = self._told(name, here) if is_on else WITHOUT.get(name, "any")
        return FormLine(name, LABELS[name], told, is_on, values, note)

    def _told(self, name: str, here: Value | None) -> str:
        if here is not None:
            return here.label
        if name == "marks" and self.filters.marks:
            lowest, highest = self.filters.marks
            return f"{lowest}" if lowest == highest else f"{lowest}–{highest}"
        key = getattr(self.filters, name)
        names: dict[str, str] = {a.id: a.name for a, _ in self.there.sets}
        names |= {group.id: group.name for group in self.there.groups}
        return show_line(names.get(key, str(key)))

    # -- what can be chosen

    def values(self, name: str) -> tuple[Value, ...]:
        """What can be chosen on a line: what there is where all the other filters hold."""
        match name:
            case "assignment":
                return tuple(Value(a.id, show_line(a.name), show_line(a.question)) for a, _ in self._sets(name))
            case "group":
                ids = {a.group_id for a, _ in self._sets(name)}
                return tuple(Value(one.id, show_line(one.name)) for one in self.there.groups if one.id in ids)
            case "year":
                years = {school_year(a.set_on) for a, _ in self._sets(name)} - {""}
                return tuple(Value(year, year) for year in sorted(years, reverse=True))
            case "board":
                boards = sorted({rubric.board for _, rubric in self._sets(name)} - {""})
                return tuple(Value(board, show_line(board)) for board in boards)
            case "marker":
                return tuple(Value(one.id, show_line(one.name)) for one in self.there.markers)
            case "scale":
                return self._scales()
            case "level":
                top = max((scale.top for scale in self._of_scale()), default=0)
                return tuple(Value(n, f"level {n}") for n in range(1, top + 1))
            case "stamp":
                schemes = {rubric.hash for _, rubric in self._sets()}
                codes = {code: about for its, found in self.there.stamps if its in schemes for code, about in found}
                return tuple(Value(code, code, show_line(about)) for code, about in codes.items())
            case "tag":
                about = ("in the list of its pile", "the first impression, when the pile was skimmed")
                return tuple(Value(tag, tag, about[tag != FLAGGED]) for tag in TAGS)
        return ()

    def _sets(self, but: str = "") -> Iterable[tuple[Assignment, Rubric]]:
        """The assignments that are looked at; without what one line says."""
        filters = self.filters.without(but) if but in OF_ASSIGNMENTS else self.filters
        return [(one, rubric) for one, rubric in self.there.sets if filters.takes(one, rubric)]

    def _scales(self) -> tuple[Value, ...]:
        found: dict[str, Value] = {}
        for _, rubric in self._sets():
            for scale in rubric.scales:
                label = show_line(scale.brief if len(rubric.scales) > 1 else "the whole essay")
                found.setdefault(scale.id, Value(scale.id, label, show_line(title_of(scale, rubric.scales))))
        return tuple(found.values())

    def _of_scale(self) -> list[Scale]:
        its = self.filters.scale
        return [scale for _, rubric in self._sets() for scale in rubric.scales if its in ("", scale.id)]

    @property
    def top_mark(self) -> int:
        """The most that there is to have: of the scale that is chosen, else of a total."""
        if self.filters.scale:
            return max((scale.max for scale in self._of_scale()), default=0)
        return max((rubric.max_mark for _, rubric in self._sets()), default=0)

    # -- what is done

    def step(self, name: str, by: int) -> "ReviewForm":
        """The next value of a line (1) or the one before (-1), round about; in between the filter is off."""
        off = getattr(NONE, name)
        keys = [off, *(value.key for value in self.values(name))]
        here = getattr(self.filters, name)
        at = keys.index(here) if here in keys else 0
        return self.put(name, keys[(at + by) % len(keys)]) if name not in TYPED else self

    def choose(self, name: str, number: int) -> "ReviewForm":
        """The value of that number, from 1; where there is none of that number the form as it is."""
        values = self.values(name)
        return self.put(name, values[number - 1].key) if 0 < number <= len(values) else self

    def take(self, name: str, typed: str) -> "ReviewForm":
        """What was typed on a line; nothing takes the filter off. Raises UsageProblem with a sentence."""
        typed = " ".join(typed.split())
        if not typed:
            return self.off(name)
        if name == "marks":
            return self.put(name, read_range(typed))
        if name == "text":
            read_text(typed)
            return self.put(name, typed)
        if name == "question":
            return self.put(name, typed[:MOST])
        return self.put(name, self._named(name, typed).key)

    def _named(self, name: str, typed: str) -> Value:
        """The value that was typed: by its whole label, by what only one of them has, else by where one begins."""
        values, sought = self.values(name), fold(typed)
        for fits in (str.__eq__, str.startswith, str.__contains__):
            found = [value for value in values if fits(fold(value.label), sought)]
            if len(found) == 1:
                return found[0]
        told = f"{len(found)} have '{show_line(typed[:40])}'" if found else f"None is called '{show_line(typed[:40])}'"
        known = ", ".join(value.label for value in (found or values)[:6])
        raise UsageProblem(f"{told}.", f"There are: {known}." if known else "There is none to choose from.")

    def put(self, name: str, key: Any) -> "ReviewForm":
        """A filter with this value. A level goes with its scale: where another has no such level, it is off."""
        form = replace(self, filters=replace(self.filters, **{name: key}))
        if name == "scale" and form.filters.level is not None:
            levels = [value.key for value in form.values("level")]
            return form if form.filters.level in levels else form.off("level")
        return form

    def off(self, name: str) -> "ReviewForm":
        """One filter taken off."""
        return replace(self, filters=self.filters.without(name))

    @property
    def cleared(self) -> "ReviewForm":
        """All filters off. A page of one assignment stays that."""
        return replace(self, filters=Filters(assignment=self.filters.assignment))
