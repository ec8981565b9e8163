"""What ``markdesk award`` is asked to do, checked as a whole before any of it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markdesk.core.award import NO_RESPONSE, Award, with_level, with_mark, with_points
from markdesk.core.checks import hard_caps_broken
from markdesk.core.errors import MarkdeskError, MarkOutOfRange, NotFound, UsageProblem
from markdesk.core.feedback import LABELS, PLACES, Field
from markdesk.core.ids import MarkingId, ScaleId
from markdesk.core.plain import show_line
from markdesk.core.rubric import Rubric, Scale
from markdesk.desk.marking_desk import MarkingDesk

_BLANK: Final = MarkingId("")


@dataclass(frozen=True, slots=True)
class ScaleWish:
    """What one scale is to be given: a mark, no response, or a level alone."""

    scale: Scale
    mark: int | None = None
    level: int | None = None
    no_response: bool = False

    def act(self, desk: MarkingDesk) -> list[str]:
        """Give it; the labels of what was saved."""
        present = desk.marking.award(self.scale.id)
        saved: list[str] = []
        if self.no_response:
            outcome = desk.give_no_response(self.scale.id)
            saved = [outcome.label] if outcome.is_saved else []
        elif self.mark is not None:
            outcome = desk.give_mark(self.scale.id, self.mark)
            saved = [outcome.label] if outcome.is_saved else []
        elif self.level is not None and (present.level != self.level or present.mark is None):
            saved = [desk.choose_level(self.scale.id, self.level).label]
        return saved


def scale_wishes(rubric: Rubric, marks: Sequence[str], levels: Sequence[str]) -> tuple[ScaleWish, ...]:
    """The scales' marks and levels as typed. Raises for a scale, mark or level that the scheme doesn't have."""
    by_mark = _pairs(rubric, marks, "--scale", "MARK")
    by_level = _pairs(rubric, levels, "--level", "LEVEL")
    wishes: list[ScaleWish] = []
    for scale in rubric.scales:
        mark, level = by_mark.get(scale.id), by_level.get(scale.id)
        if mark is None and level is None:
            continue
        wishes.append(_wish(scale, mark, level))
    return tuple(wishes)


def _wish(scale: Scale, mark: str | None, level: str | None) -> ScaleWish:
    blank = Award(_BLANK, ScaleId(scale.id))
    n = None if level is None else _number(level, f"--level {scale.id}")
    if mark is not None and mark.upper() == NO_RESPONSE:
        if n is not None:
            raise UsageProblem(f"{scale.id}: no response has no level.")
        return ScaleWish(scale, no_response=True)
    if mark is not None:
        given = with_mark(blank, scale, _number(mark, f"--scale {scale.id}"))
        if n is not None and given.level != n:
            raise MarkOutOfRange(f"{scale.title}: {given.mark} is a mark of level {given.level}, not of level {n}.")
        return ScaleWish(scale, given.mark)
    if n == 0:
        return ScaleWish(scale, 0)
    assert n is not None
    with_level(blank, scale, n)
    return ScaleWish(scale, level=n)


def _pairs(rubric: Rubric, typed: Sequence[str], option: str, what: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for pair in typed:
        scale_id, equals, value = (part.strip() for part in pair.partition("="))
        if not equals or not scale_id or not value:
            raise UsageProblem(
                f"{option} {show_line(pair)} is not ID={what}.", f"Like {option} {rubric.scales[0].id}=3"
            )
        if rubric.scale(scale_id) is None:
            known = ", ".join(scale.id for scale in rubric.scales)
            raise NotFound(f"{rubric.id} has no scale '{show_line(scale_id)}'.", f"It has: {known}.")
        if scale_id in pairs:
            raise UsageProblem(f"{option} is given twice for {scale_id}.")
        pairs[scale_id] = value
    return pairs


def _number(text: str, what: str) -> int:
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 7):
        raise UsageProblem(f"{what}: '{show_line(text)}' is not a whole number.", "No response is NR.")
    return int(text)


@dataclass(frozen=True, slots=True)
class LineWish:
    """One line of feedback to write; empty text takes it away."""

    field: Field
    place: int
    text: str


def line_wishes(given: Sequence[tuple[Field, Sequence[str]]]) -> tuple[LineWish, ...]:
    """The lines of feedback. Raises UsageProblem where a heading has more lines than it may."""
    wishes: list[LineWish] = []
    for field, texts in given:
        if len(texts) > PLACES[field]:
            raise UsageProblem(f"{LABELS[field]} has {PLACES[field]} lines; here are {len(texts)}.")
        wishes += [LineWish(field, place, text) for place, text in enumerate(texts, start=1)]
    return tuple(wishes)


def ao_wishes(aos: Sequence[str], typed: Sequence[str]) -> tuple[LineWish, ...]:
    """``AO2=TEXT`` as typed. Raises NotFound for an objective that the scheme doesn't have."""
    wishes: list[LineWish] = []
    for pair in typed:
        name, equals, text = pair.partition("=")
        if not equals:
            raise UsageProblem(f"--ao {show_line(pair)} is not AO=TEXT.")
        if name.strip().upper() not in aos:
            raise NotFound(f"The scheme has no objective '{show_line(name)}'.", f"It has: {', '.join(aos) or 'none'}.")
        wishes.append(LineWish(Field.AO, aos.index(name.strip().upper()) + 1, text))
    return tuple(wishes)


@dataclass(frozen=True, slots=True)
class PointsWish:
    """What one item of a scale of points is to earn."""

    scale: Scale
    item: str
    points: int

    def act(self, desk: MarkingDesk) -> list[str]:
        """Give it; the label of what was saved."""
        outcome = desk.give_points(self.scale.id, self.item, self.points)
        return [outcome.label] if outcome.is_saved else []


def point_wishes(rubric: Rubric, typed: Sequence[str]) -> tuple[PointsWish, ...]:
    """``SCALE.ITEM=N`` as typed. Raises for a scale, an item or points that the scheme doesn't have."""
    wishes: list[PointsWish] = []
    for pair in typed:
        name, equals, value = (part.strip() for part in pair.partition("="))
        scale_id, dot, item = name.partition(".")
        if not equals or not dot or not item or not value:
            raise UsageProblem(f"--points {show_line(pair)} is not SCALE.ITEM=N.", _points_like(rubric))
        scale = rubric.scale(scale_id)
        if scale is None or not scale.is_points:
            known = ", ".join(s.id for s in rubric.scales if s.is_points) or "none"
            raise NotFound(f"{rubric.id} has no scale of points '{show_line(scale_id)}'.", f"It has: {known}.")
        given = _number(value, f"--points {show_line(name)}")
        with_points(Award(_BLANK, ScaleId(scale.id)), scale, {item: given})
        wishes.append(PointsWish(scale, item, given))
    return tuple(wishes)


def _points_like(rubric: Rubric) -> str:
    items = [f"{scale.id}.{item.id}" for scale in rubric.scales for item in scale.items]
    return f"Like --points {items[0]}=1" if items else f"{rubric.id} has no items of points."


@dataclass(frozen=True, slots=True)
class CapWish:
    """The answer to the question of a cap."""

    cap: str
    yes: bool

    def act(self, desk: MarkingDesk) -> list[str]:
        """Give it; the label of what was saved."""
        outcome = desk.answer_cap(self.cap, self.yes)
        return [outcome.label] if outcome.is_saved else []


def cap_wishes(rubric: Rubric, typed: Sequence[str]) -> tuple[CapWish, ...]:
    """``ID=yes`` or ``ID=no`` as typed. Raises for a cap that the scheme doesn't have."""
    wishes: list[CapWish] = []
    for pair in typed:
        name, _, answer = (part.strip() for part in pair.partition("="))
        if answer.lower() not in ("yes", "no"):
            raise UsageProblem(f"--cap {show_line(pair)} is not ID=yes or ID=no.")
        if name not in {cap.id for cap in rubric.caps}:
            known = ", ".join(cap.id for cap in rubric.caps) or "none"
            raise NotFound(f"{rubric.id} has no cap '{show_line(name)}'.", f"Its caps: {known}.")
        wishes.append(CapWish(name, answer.lower() == "yes"))
    return tuple(wishes)


def refuse_unfinishable(desk: MarkingDesk) -> None:
    """Raises MarkdeskError where a scale has no mark, or one above what a hard cap leaves."""
    if desk.unmarked:
        raise MarkdeskError(
            f"No mark yet for {', '.join(desk.unmarked)}: it can't be finished.", "Nothing was changed."
        )
    for cap in hard_caps_broken(desk.rubric, desk.marking):
        told = (
            f"“{show_line(cap.ask)}” It was answered yes, so {cap.effect.scale} may have {desk.rubric.limit(cap).mark}"
        )
        raise MarkdeskError(f"{told} at most: it can't be finished.", "Nothing was changed.")
