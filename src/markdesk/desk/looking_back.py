"""What is looked back at: one assignment or several, through filters; what is on, how much is left, and where nothing
is left, which filter to loosen.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from markdesk.core.boundaries import Boundaries
from markdesk.core.coursework import Assignment
from markdesk.core.errors import NotFound
from markdesk.core.plain import fold, show_line
from markdesk.core.rubric import Rubric
from markdesk.desk.assignment_review import Picked, PileReview, chosen, pile_review, rows_of
from markdesk.desk.course_review import CourseReview, Watch, course_review, taken, watched
from markdesk.desk.desk import Desk
from markdesk.desk.review_filters import FLAGGED, OF_ASSIGNMENTS, Filters

LONGEST = 40
"""Letters of what was typed, where it is told in a line."""


@dataclass(frozen=True, slots=True)
class Looser:
    """A filter, and how many essays there would be without it."""

    name: str
    told: str
    essays: int


@dataclass(frozen=True, slots=True)
class LookBack:
    """What the filters leave: the page of one pile, or of several together."""

    filters: Filters
    group: str
    """The class that is looked at, or that the assignment was set to; empty for every class."""
    seen: PileReview | CourseReview
    told: tuple[str, ...]
    """What is on, as words; without the assignment, which the page is of."""
    looser: tuple[Looser, ...] = ()
    """Where no essay is left: those that would leave some if they alone were taken off."""

    @property
    def pile(self) -> PileReview | None:
        return self.seen if isinstance(self.seen, PileReview) else None

    @property
    def course(self) -> CourseReview | None:
        return self.seen if isinstance(self.seen, CourseReview) else None

    @property
    def piles(self) -> tuple[PileReview, ...]:
        return (self.seen,) if isinstance(self.seen, PileReview) else self.seen.piles

    @property
    def picked(self) -> tuple[Picked, ...]:
        """The essays, where filters choose among those of a pile."""
        return tuple(one for pile in self.piles for one in pile.picked)

    @property
    def left(self) -> int:
        """How many essays are looked at."""
        return sum(len(pile.rows) for pile in self.piles)

    @property
    def of(self) -> int:
        """How many the assignments have that are looked at."""
        return sum(pile.scripts for pile in self.piles)


def look_back(
    desk: Desk,
    filters: Filters,
    boundaries: Boundaries | None = None,
    whole: bool = False,
    watch: Watch = lambda done, total: True,
) -> LookBack:
    """Look back. Raises UsageProblem for a text that can't be looked for, NotFound for an assignment that is gone, and
    Stopped where ``watch``, which is told of several assignments how many are read, says so.

    ``whole``: of several assignments each is read with all that its own page tells.
    """
    found = taken(desk, filters)
    only = None
    if filters.assignment is not None:
        only = found[0] if found else desk.store.assignment(filters.assignment)
        if only is None:
            raise NotFound("That assignment is no longer on the desk.")
    schemes = rubrics_of(desk, found)
    seen: PileReview | CourseReview
    if only is not None and found:
        seen = pile_review(desk, only, filters, boundaries)
    else:
        seen = course_review(desk, found, filters, whole, watch)
    group_id = only.group_id if only is not None else filters.group
    groups = {group.id: group.name for group in desk.store.groups()}
    look = LookBack(filters, groups.get(group_id, "") if group_id else "", seen, told(desk, filters, schemes))
    return look if look.left else _with_looser(desk, look, found, schemes, watch)


def rubrics_of(desk: Desk, found: Iterable[Assignment]) -> list[Rubric]:
    """The mark schemes of these assignments, each once."""
    return list({one.rubric_hash: desk.store.rubric(one.rubric_hash) for one in found}.values())


def refuse_scale(scale: str, rubrics: Iterable[Rubric], level: int | None = None) -> None:
    """Raises NotFound where none of these schemes has the scale, or such a level on it. 0 is nothing creditable."""
    scales = [one for rubric in rubrics for one in rubric.scales]
    known = list(dict.fromkeys(one.id for one in scales))
    if scale and known and scale not in known:
        raise NotFound(f"No scale is called '{show_line(scale)}' here.", f"There are: {', '.join(known)}.")
    levels = {each.n for one in scales if scale in ("", one.id) for each in one.levels}
    if level and levels and level not in levels:
        told = f"There are: {', '.join(map(str, sorted(levels)))}."
        raise NotFound(f"There is no level {level} {f'of {show_line(scale)} ' if scale else ''}here.", told)


def stamp_called(desk: Desk, filters: Filters, found: Iterable[Assignment]) -> str:
    """The code that was meant, whichever letters are capitals. Raises NotFound where none of these assignments'
    schemes has such a stamp, and none stands on their essays from before."""
    found = list(found)
    known = [stamp.code for scheme in rubrics_of(desk, found) for stamp in desk.stamps_for(scheme).serving(scheme)]
    its, codes = filters.stamp, list(dict.fromkeys(known))
    if not its or not found or its in codes:
        return its
    meant = [code for code in codes if fold(code) == fold(its)]
    if len(meant) == 1:
        return meant[0]
    marker = filters.marker or desk.marker.id
    if any(desk.store.stamped(marker, one.id, its) for one in found):
        return its
    raise NotFound(f"No stamp is called '{show_line(its[:LONGEST])}' here.", f"There are: {', '.join(codes)}.")


def scripts_in(desk: Desk, found: tuple[Assignment, ...]) -> int:
    """How many scripts these assignments have."""
    ids = {assignment.id for assignment in found}
    return sum(one.scripts for one in desk.store.overview(desk.marker.id) if one.assignment.id in ids)


def left_in(desk: Desk, filters: Filters, assignment: Assignment) -> int:
    """How many essays of one assignment the filters leave."""
    whole = rows_of(desk, assignment, filters.marker or desk.marker.id)
    return len(chosen(desk, assignment, filters, whole))


def _with_looser(
    desk: Desk, look: LookBack, found: tuple[Assignment, ...], schemes: list[Rubric], watch: Watch
) -> LookBack:
    names = dict(look.filters.each_without())
    counts = dict.fromkeys(names, 0)
    if not found:
        for name in OF_ASSIGNMENTS:
            if name in names:
                counts[name] = scripts_in(desk, taken(desk, names[name]))
    for assignment in watched(found if look.filters.of_scripts else (), watch):
        whole = rows_of(desk, assignment, look.filters.marker or desk.marker.id)
        for name, looser in names.items():
            if name not in OF_ASSIGNMENTS and name != "marker":
                counts[name] += len(chosen(desk, assignment, looser, whole))
    words = {name: " ".join(told_of(desk, look.filters, name, schemes)) or name for name in names}
    return replace(look, looser=tuple(Looser(name, words[name], count) for name, count in counts.items() if count))


# -- in words


def told(desk: Desk, filters: Filters, schemes: list[Rubric]) -> tuple[str, ...]:
    """What narrows it, each filter in a few words; without the assignment."""
    return tuple(
        piece for name in filters.names if name != "assignment" for piece in told_of(desk, filters, name, schemes)
    )


def told_of(desk: Desk, filters: Filters, name: str, schemes: list[Rubric]) -> tuple[str, ...]:
    """One filter in a few words."""
    of = scale_named(filters.scale, schemes) + " " if filters.scale else ""
    match name:
        case "assignment":
            its = desk.store.assignment(filters.assignment) if filters.assignment is not None else None
            return (_short(its.name),) if its is not None else ()
        case "group":
            return tuple(show_line(one.name) for one in desk.store.groups() if one.id == filters.group)
        case "marker":
            return tuple(f"marked by {_short(one.name)}" for one in desk.store.markers() if one.id == filters.marker)
        case "scale":
            return (f"scale {scale_named(filters.scale, schemes)}",)
        case "level":
            return (f"{of}level {filters.level}",)
        case "marks":
            lowest, highest = filters.marks or (0, 0)
            return (f"{of}mark {lowest}" if lowest == highest else f"{of}marks {lowest}–{highest}",)
        case "stamp":
            return (f"stamp {show_line(filters.stamp)}",)
        case "tag":
            return (filters.tag if filters.tag == FLAGGED else f"first impression {filters.tag}",)
        case "question":
            return (f"question has “{_short(filters.question)}”",)
        case "text":
            words = _short(filters.text)
            words = f"text {words}" if re.fullmatch('["“].*["”]', words) else f"text “{words}”"
            return (f"{words}{' (its first words)' if filters.query.is_cut else ''}",)
    value: str = getattr(filters, name)
    return (show_line(value),)


def scale_named(scale: str, schemes: Iterable[Rubric]) -> str:
    """A scale as the schemes name it in brief; its id where none has it."""
    found = (one.brief for rubric in schemes for one in rubric.scales if one.id == scale)
    return show_line(next(found, scale))


def _short(text: str) -> str:
    line = show_line(" ".join(text[: 4 * LONGEST].split()))
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
