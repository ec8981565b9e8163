"""Taking a marking over to another version of its mark scheme: what stays, what becomes a proposal, what goes.

Where only words changed, the marking refers to the new version and is otherwise as it was. Where a scale changed, what
was given on it is kept as far as it still makes sense, in pencil, until the marker has looked at it again: no mark
that somebody decided on is silently another one. Annotations and feedback stay in any case.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from markdesk.core.annotation import StampSet, evident, serves
from markdesk.core.award import Award, with_mark, with_points
from markdesk.core.changes import AnyChange, AwardChanged, MarkingChanged
from markdesk.core.errors import MarkingLocked, StaleChange
from markdesk.core.marking import Marking, MarkingHeader, MarkingStatus
from markdesk.core.rubric import Rubric, Scale
from markdesk.core.rubric_compare import Difference, touching_scale, touching_whole


class Fate(StrEnum):
    """What becomes of what a scale was given."""

    PROPOSED = "proposed"
    """The mark is kept in pencil, in the level that holds it now; placements that are still there with it."""
    UNMARKED = "unmarked"
    """The mark is taken off: it is above the scale's new maximum, or an item has no points yet that it can earn now."""
    GONE = "gone"
    """The scale is gone, and what it was given with it."""
    NEW = "new"
    """The scale is new, and a marking that was finished has no mark on it."""
    WHOLE = "whole"
    """No scale is touched, but how they come to the mark is."""


@dataclass(frozen=True, slots=True)
class LookAgain:
    """One thing about a marking that its marker must look at again."""

    fate: Fate
    scale: str
    """Empty where it is about the mark as a whole; so is the title."""
    title: str
    why: str
    """What changed in the mark scheme."""
    most: int = 0
    """What the scale is out of by now."""
    before: Award | None = None
    after: Award | None = None

    @property
    def told(self) -> str:
        """What became of the mark: ``16 was Level 4, is Level 3 now``."""
        match self.fate:
            case Fate.GONE:
                return f"taken off: {_given(self.before)}"
            case Fate.NEW:
                return "no mark yet"
            case Fate.UNMARKED if self.after is not None and self.after.points:
                return f"{_given(self.before)} taken off: {self.after.so_far} so far, an item has no points yet"
            case Fate.UNMARKED:
                return f"{_given(self.before)} taken off: it is out of {self.most} now"
            case Fate.WHOLE:
                return "the marks stay"
        before, after = self.before, self.after
        if before is None or after is None or before.mark is None:
            return f"{_given(before)} to look at"
        if before.mark != after.mark:
            return f"{before.mark} is {after.mark} now: items changed"
        if before.level == after.level or after.level is None or before.level is None:
            return f"{_given(after)}, in pencil"
        return f"{before.mark} was Level {before.level}, is Level {after.level} now"


@dataclass(frozen=True, slots=True)
class Carried:
    """How one marking is taken over."""

    changes: tuple[AnyChange, ...]
    """Empty where it is under that version already."""
    again: tuple[LookAgain, ...] = ()
    idle_stamps: int = 0
    """Stamps on the essay that the new version has no use for, and the old one had. They stay."""

    @property
    def on_marks(self) -> tuple[LookAgain, ...]:
        """What is told of one script: what became of its marks, or that they stay, where nothing did."""
        return tuple(item for item in self.again if item.fate is not Fate.WHOLE) or self.again


UNTOUCHED = Carried(())
"""For a marking that isn't taken over."""


def carry(marking: Marking, old: Rubric, new: Rubric, stamps: StampSet) -> Carried:
    """Take a marking over from the version that it was given under to another one, or to another scheme.

    A finished marking with anything to look at again is in progress afterwards; a moderated one too, for what was
    agreed on was another mark. Under another scheme every mark is looked at, however much the ranges are alike: the
    same number means something else there. Raises MarkingLocked for a returned marking, which never changes, and
    StaleChange where the marking wasn't given under ``old``.
    """
    header = marking.header
    if marking.is_locked:
        raise MarkingLocked("This marking was returned to the student.", "It stays under the mark scheme as it was.")
    if header.rubric_hash != old.hash:
        raise StaleChange("The marking is under another version of its mark scheme by now.", "Look at it again.")
    if old.hash == new.hash:
        return UNTOUCHED
    again: list[LookAgain] = []
    changes: list[AnyChange] = []
    for award in sorted(marking.awards.values(), key=lambda award: award.scale):
        found = _carry_award(award, old, new)
        if found is not None:
            again.append(found)
            if found.before != found.after:
                changes.append(AwardChanged(found.before, found.after))
    is_finished = header.status in (MarkingStatus.COMPLETE, MarkingStatus.MODERATED)
    if is_finished:
        again += [LookAgain(Fate.NEW, s.id, s.title, "is new") for s in new.scales if not marking.award(s.id).is_marked]
    # Of another scheme whose scales are looked at anyway, every rule would be told.
    whole = () if again and is_another_scheme(old, new) else touching_whole(old, new)
    if whole and any(award.mark is not None for award in marking.awards.values()):
        again.append(LookAgain(Fate.WHOLE, "", "", _why(whole)))
    moved = replace(header, rubric_hash=new.hash, answers=_answers_left(header, old, new))
    if is_finished and again:
        moved = replace(moved, status=MarkingStatus.IN_PROGRESS, completed_at=None)
    changes.append(MarkingChanged(header, moved))
    order: dict[str, int] = {scale.id: place for place, scale in enumerate(new.scales)}
    again.sort(key=lambda item: order.get(item.scale, len(order)))
    return Carried(tuple(changes), tuple(again), _idle_stamps(marking, old, new, stamps))


def _carry_award(award: Award, old: Rubric, new: Rubric) -> LookAgain | None:
    """What becomes of an award; None for one that stays as it is, and is looked at no more than before."""
    was, scale = old.scale(award.scale), new.scale(award.scale)
    if scale is None:
        title = was.title if was is not None else award.scale
        return LookAgain(Fate.GONE, award.scale, title, "is gone", before=award)
    why = _why_scale(old, new, was, scale)
    if not why:
        return None
    strands = {strand.id for strand in new.strands_of(scale)}
    placed = tuple((name, p) for name, p in award.strands if name in strands and p.level <= scale.top)
    after = replace(award, strands=placed)
    fate = Fate.PROPOSED
    earned = _points_left(award, scale)
    if earned:
        after = with_points(replace(after, points=()), scale, earned)
        after = replace(after, tentative=after.mark is not None)
        fate = Fate.UNMARKED if award.mark is not None and after.mark is None else fate
    elif award.mark is not None and award.mark <= scale.max:
        after = with_mark(after, scale, award.mark, tentative=True)
    elif award.mark is not None:
        fate, after = Fate.UNMARKED, replace(after, mark=None, level=None, tentative=False, points=())
    else:
        after = replace(after, points=())
    if after == award and not award.tentative:
        return None  # no response stays so, whatever the ranges are; and what isn't marked is marked anyway
    return LookAgain(fate, scale.id, scale.title, why, scale.max, award, None if after.is_empty else after)


def _points_left(award: Award, scale: Scale) -> Mapping[str, int]:
    """The points that items which are still there may still earn; their sum is a mark once every item has its own."""
    most = {item.id: item.max for item in scale.items}
    return {name: given for name, given in award.points if name in most and given <= most[name]}


def _why_scale(old: Rubric, new: Rubric, was: Scale | None, scale: Scale) -> str:
    """Why an award on the scale must be looked at again; empty where it means what it meant."""
    if was is None:
        return "is new"
    found = touching_scale(old, new, scale.id)
    if not found and is_another_scheme(old, new) and (was != scale or old.strands_of(was) != new.strands_of(scale)):
        return "another mark scheme"
    return _why(found)


def is_another_scheme(old: Rubric, new: Rubric) -> bool:
    """Whether these are two schemes, not two versions of one. A scheme whose file was only renamed says the same."""
    return old.id != new.id


def _why(found: tuple[Difference, ...]) -> str:
    more = {0: "", 1: "", 2: ", and another change"}.get(len(found), f", and {len(found) - 1} other changes")
    return f"{found[0]}{more}" if found else ""


def _answers_left(header: MarkingHeader, old: Rubric, new: Rubric) -> tuple[tuple[str, bool], ...]:
    """The answers to the caps' questions that stay: another scheme may ask something else under the same id."""
    if not is_another_scheme(old, new):
        return header.answers
    asked = {cap.id: cap.ask for cap in new.caps}
    same = {cap.id for cap in old.caps if asked.get(cap.id) == cap.ask}
    return tuple(answer for answer in header.answers if answer[0] in same)


def _idle_stamps(marking: Marking, old: Rubric, new: Rubric, stamps: StampSet) -> int:
    def is_used(code: str, rubric: Rubric) -> bool:
        stamp, shows = stamps.for_code(code), evident(code)
        if stamp is not None or shows is None:
            return stamp is None or serves(stamp, rubric)
        ao, level = shows
        return any(ao in scale.aos and scale.level(level) is not None for scale in rubric.scales)

    codes = [annotation.code for annotation in marking.annotations.values() if annotation.code]
    return sum(is_used(code, old) and not is_used(code, new) for code in codes)


def _given(award: Award | None) -> str:
    if award is None:
        return "nothing"
    if award.no_response:
        return "NR"
    if award.mark is None:
        return "points so far" if award.points else "placements"
    return f"{award.mark}, Level {award.level}" if award.level else str(award.mark)
