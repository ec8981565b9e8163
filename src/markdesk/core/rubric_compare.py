"""What is different between two versions of a scheme, and whether marks given under the old one are touched.

Minor: the words only; a mark given under the old version still means what it meant. Major: ranges, scales, strands,
caps, maxima, or how the mark comes about; a marking under the old version should be looked at again. (Plom makes
the same difference for its rubrics, by asking; here it is told from what changed.)
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, Protocol

from markdesk.core.rubric import Cap, Level, Rubric, Scale, Strand


class Weight(StrEnum):
    """How much a difference matters to marks that were given."""

    NONE = "none"
    MINOR = "minor"
    MAJOR = "major"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was."""

    weight: Weight
    where: str
    """Such as ``main, level 4``; empty for the scheme as a whole."""
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}" if self.where else self.text


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences, the major ones first."""

    old: Rubric
    new: Rubric
    differences: tuple[Difference, ...]

    @property
    def weight(self) -> Weight:
        """That of the heaviest difference."""
        return self.differences[0].weight if self.differences else Weight.NONE

    @property
    def makes_marks_stale(self) -> bool:
        return self.weight is Weight.MAJOR


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_ABOUT = {
    "id": "id", "title": "title", "board": "board", "qualification": "qualification", "spec": "specification",
    "components": "components", "section": "section", "question_type": "question type",
    "first_series": "first series", "last_series": "last series", "status": "status", "time_minutes": "minutes",
    "zero_label": "label of 0", "not_attempted_code": "code of no response", "stimulus": "stimulus",
    "stimulus_count": "number of stimuli", "indicative_file": "file of indicative content", "version": "version",
}  # fmt: skip
"""What a scheme says about itself, and the words on its edges. Changing these touches no mark."""

_HOW = {
    "max_mark": "tariff", "scoring": "scoring", "scale_factor": "factor", "rounding": "rounding",
}  # fmt: skip
"""What makes the mark."""

_HOW_FROM_SCALES = {name: said for name, said in _HOW.items() if name != "max_mark"}
"""The same without what only adds the scales up."""

_RULES_OF_WORK = ("words_min", "words_max", "counts", "excludes", "draft_feedback_locked")


def compare(old: Rubric, new: Rubric) -> Comparison:
    """The differences from the old version to the new, major ones first, in the order of a file."""
    if old.hash == new.hash:
        return Comparison(old, new, ())
    found = [*_whole(old, new), *_scales(old, new), *_judged_by(old.strands, new.strands), *_rules(old, new)]
    if not found:
        found = [Difference(Weight.MINOR, "", "the same things stand in another order")]
    return Comparison(old, new, tuple(sorted(found, key=lambda difference: difference.weight is Weight.MINOR)))


def touching_scale(old: Rubric, new: Rubric, scale_id: str) -> tuple[Difference, ...]:
    """The major differences in what an award on one scale hangs on: the scale, its strands and its caps.

    ``where`` is said within the scale, such as ``level 4``. Raises KeyError for a scale that isn't in both.
    """
    before, now = old.scale(scale_id), new.scale(scale_id)
    if before is None or now is None:
        raise KeyError(scale_id)
    caps = [[cap for cap in rubric.caps if cap.effect.scale == scale_id] for rubric in (old, new)]
    found = [*_scale(before, now), *_judged_by(old.strands_of(before), new.strands_of(now)), *_caps(*caps)]
    within = [replace(one, where=one.where.removeprefix(scale_id).removeprefix(", ")) for one in found]
    return tuple(one for one in within if one.weight is Weight.MAJOR)


def compares(used: Rubric, now: Rubric, scale_id: str) -> bool:
    """Whether marks given on a scale under one version are marks of the same ranges under the other."""
    return used.hash == now.hash or (used.scale(scale_id) is not None and not touching_scale(used, now, scale_id))


def touching_whole(old: Rubric, new: Rubric) -> tuple[Difference, ...]:
    """The major differences in how scales, though they be as they were, come to the mark of the whole.

    A tariff or an objective's marks that moved because a scale's did are told with that scale, and not here.
    """
    sizes = [{scale.id: scale.max for scale in rubric.scales} for rubric in (old, new)]
    found = [*_fields(Weight.MAJOR, "", old, new, _HOW), *_decision(old, new), *_objectives(old, new)]
    if sizes[0] != sizes[1]:
        found = [*_fields(Weight.MAJOR, "", old, new, _HOW_FROM_SCALES), *_decision(old, new)]
    found += [*_penalties_and_reminders(old, new), *_coursework(old, new)]
    return tuple(one for one in found if one.weight is Weight.MAJOR)


def _whole(old: Rubric, new: Rubric) -> Iterator[Difference]:
    yield from _fields(Weight.MAJOR, "", old, new, _HOW)
    yield from _fields(Weight.MINOR, "", old, new, _ABOUT)
    for field in fields(old.provenance):
        yield from _changed(Weight.MINOR, "provenance", field.name, old.provenance, new.provenance)
    yield from _decision(old, new)
    yield from _objectives(old, new)


def _decision(old: Rubric, new: Rubric) -> Iterator[Difference]:
    for field in fields(old.decision):
        weight = Weight.MINOR if field.name == "guidance" else Weight.MAJOR
        yield from _changed(weight, "decision", field.name, old.decision, new.decision)


def _objectives(old: Rubric, new: Rubric) -> Iterator[Difference]:
    marks_before, marks_now = ({ao.code: ao.marks for ao in rubric.aos} for rubric in (old, new))
    for code in dict.fromkeys((*marks_before, *marks_now)):
        if marks_before.get(code) != marks_now.get(code):
            was, now = (str(marks.get(code, "not assessed")) for marks in (marks_before, marks_now))
            yield Difference(Weight.MAJOR, code, f"marks {was}, now {now}")


def _scales(old: Rubric, new: Rubric) -> Iterator[Difference]:
    yield from _there(Weight.MAJOR, "scale", old.scales, new.scales)
    for before, now in _both(old.scales, new.scales):
        yield from _scale(before, now)


def _scale(before: Scale, now: Scale) -> Iterator[Difference]:
    yield from _fields(
        Weight.MAJOR, before.id, before, now,
        {"max": "maximum", "part": "part", "kind": "kind", "aos": "objectives", "strands": "strands"},
    )  # fmt: skip
    yield from _changed(Weight.MINOR, before.id, "title", before, now)
    yield from _items(before, now)
    for level in range(1, max(before.top, now.top) + 1):
        yield from _level(f"{before.id}, level {level}", before.level(level), now.level(level))


def _items(before: Scale, now: Scale) -> Iterator[Difference]:
    yield from _there(Weight.MAJOR, f"{before.id}, item", before.items, now.items)
    for was, item in _both(before.items, now.items):
        yield from _changed(Weight.MAJOR, f"{before.id}, item {was.id}", "max", was, item)
        yield from _changed(Weight.MINOR, f"{before.id}, item {was.id}", "text", was, item)


def _level(where: str, before: Level | None, now: Level | None) -> Iterator[Difference]:
    if before is None or now is None:
        yield Difference(Weight.MAJOR, where, "is new" if before is None else "is gone")
        return
    if (before.min, before.max) != (now.min, now.max):
        yield Difference(Weight.MAJOR, where, f"marks {before.range}, now {now.range}")
    if before.subs != now.subs:
        was, told = (", ".join(f"{sub.label} {sub.min}–{sub.max}" for sub in level.subs) for level in (before, now))
        weight = Weight.MINOR if _edges(before) == _edges(now) else Weight.MAJOR
        yield Difference(weight, where, f"sub-bands {was or 'none'}, now {told or 'none'}")
    yield from _changed(Weight.MINOR, where, "label", before, now)
    yield from _changed(Weight.MINOR, where, "summary", before, now)
    for strand in dict.fromkeys((*before.strand, *now.strand)):
        # A strand that came or went is told once, not at every level.
        if strand in before.strand and strand in now.strand and before.strand[strand] != now.strand[strand]:
            yield Difference(Weight.MINOR, f"{where}, {strand}", _words(before.strand[strand], now.strand[strand]))


def _edges(level: Level) -> list[tuple[int, int]]:
    return [(sub.min, sub.max) for sub in level.subs]


def _judged_by(old: Sequence[Strand], new: Sequence[Strand]) -> Iterator[Difference]:
    yield from _there(Weight.MAJOR, "strand", old, new)
    for before, now in _both(old, new):
        yield from _fields(Weight.MAJOR, f"strand {before.id}", before, now, {"ao": "objective"})
        yield from _fields(Weight.MINOR, f"strand {before.id}", before, now, {"name": "name", "derived": "derived"})


def _rules(old: Rubric, new: Rubric) -> Iterator[Difference]:
    yield from _caps(old.caps, new.caps)
    yield from _penalties_and_reminders(old, new)
    yield from _coursework(old, new)


def _caps(old: Sequence[Cap], new: Sequence[Cap]) -> Iterator[Difference]:
    yield from _there(Weight.MAJOR, "cap", old, new)
    for cap, capped in _both(old, new):
        yield from _fields(Weight.MAJOR, f"cap {cap.id}", cap, capped, {"severity": "severity"})
        yield from _fields(
            Weight.MAJOR, f"cap {cap.id}", cap.effect, capped.effect,
            {"scale": "scale", "max_level": "highest level", "max_mark": "highest mark"},
        )  # fmt: skip
        yield from _fields(Weight.MINOR, f"cap {cap.id}", cap, capped, {"ask": "question", "basis": "basis"})


def _penalties_and_reminders(old: Rubric, new: Rubric) -> Iterator[Difference]:
    yield from _there(Weight.MAJOR, "penalty", old.penalties, new.penalties)
    for penalty, penalised in _both(old.penalties, new.penalties):
        yield from _fields(
            Weight.MAJOR, f"penalty {penalty.id}", penalty, penalised, {"marks": "marks", "applied_by": "applied by"}
        )
        yield from _changed(Weight.MINOR, f"penalty {penalty.id}", "ask", penalty, penalised)
    yield from _there(Weight.MINOR, "reminder", old.flags, new.flags)
    for flag, reminder in _both(old.flags, new.flags):
        yield from _changed(Weight.MINOR, f"reminder {flag.id}", "text", flag, reminder)


def _coursework(old: Rubric, new: Rubric) -> Iterator[Difference]:
    if old.nea is None or new.nea is None:
        if old.nea != new.nea:
            yield Difference(Weight.MAJOR, "", f"the rules of coursework are {'new' if new.nea else 'gone'}")
        return
    for name in _RULES_OF_WORK:
        yield from _changed(Weight.MAJOR, "coursework", name, old.nea, new.nea)
    yield from _changed(Weight.MINOR, "coursework", "form", old.nea, new.nea)


def _there(weight: Weight, what: str, old: Sequence[_Named], new: Sequence[_Named]) -> Iterator[Difference]:
    before, now = {item.id for item in old}, {item.id for item in new}
    for item in old:
        if item.id not in now:
            yield Difference(weight, "", f"{what} '{item.id}' is gone")
    for item in new:
        if item.id not in before:
            yield Difference(weight, "", f"{what} '{item.id}' is new")


def _both(old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """What goes by the same id in both."""
    named = {item.id: item for item in new}
    return ((item, named[item.id]) for item in old if item.id in named)


def _fields(weight: Weight, where: str, old: Any, new: Any, names: dict[str, str]) -> Iterator[Difference]:
    for name, said in names.items():
        yield from _changed(weight, where, name, old, new, said)


def _changed(weight: Weight, where: str, name: str, old: Any, new: Any, said: str = "") -> Iterator[Difference]:
    before, now = getattr(old, name), getattr(new, name)
    if before != now:
        yield Difference(weight, where, f"{said or name.replace('_', ' ')} {_words(before, now)}")


def _words(before: Any, now: Any) -> str:
    return f"was {_said(before)}, now {_said(now)}"


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value in ("", ()):
        return "not given"
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    return f"“{value}”" if isinstance(value, str) and " " in value else str(value)
