"""Levels, marks, strands and points: what a scale is given."""

from collections.abc import Callable
from dataclasses import replace

from markdesk.core import award as awards
from markdesk.core.award import Award, Placement
from markdesk.core.changes import AnyChange, AwardChanged, MarkingChanged
from markdesk.core.checks import hard_caps_broken
from markdesk.core.errors import NotFound
from markdesk.core.marking import MarkingStatus
from markdesk.core.rubric import Item, Rubric, Scale, Scoring
from markdesk.desk.marking_acts import MarkingActs, Outcome, tidy


class Awarding(MarkingActs):
    """What the scales are given."""

    def choose_level(self, scale_id: str, n: int) -> Outcome:
        """A level on a scale: the middle of its band, then top, then bottom."""
        self._before_level = self.marking.award(scale_id)
        return self._award("level", scale_id, lambda award, scale: awards.with_level(award, scale, n))

    def take_back_level(self, scale_id: str) -> Outcome:
        """Undo the level just chosen: its digit was the first of a typed mark."""
        earlier, self._before_level = self._before_level, None
        if earlier is None or earlier.scale != scale_id:
            return self._nothing("Nothing to take back")
        mark, level = earlier.mark, earlier.level
        no_response, tentative = earlier.no_response, earlier.tentative

        def as_before(award: Award, scale: Scale) -> Award:
            return replace(award, mark=mark, level=level, no_response=no_response, tentative=tentative)

        return self._award("level", scale_id, as_before)

    def give_mark(self, scale_id: str, mark: int) -> Outcome:
        return self._award("mark", scale_id, lambda award, scale: awards.with_mark(award, scale, mark))

    def step_mark(self, scale_id: str, by: int) -> Outcome:
        """One mark up or down; past the band's edge the level moves too."""
        if self.scale(scale_id).is_points:
            return self._nothing("Digits give an item its points, + and - one more or less; : types the whole mark")
        if self.marking.award(scale_id).mark is None:
            return self._nothing("Choose a level first (a digit), then + and - move the mark")
        return self._award("mark", scale_id, lambda award, scale: awards.stepped(award, scale, by))

    def cycle_zero(self, scale_id: str) -> Outcome:
        """Nothing creditable, no response, unmarked."""
        return self._award("zero", scale_id, awards.zero_cycled)

    def give_no_response(self, scale_id: str) -> Outcome:
        """The student wrote nothing for this scale, which is not an attempt that earned 0."""
        return self._award("mark", scale_id, awards.with_no_response)

    def give_points(self, scale_id: str, item_id: str, points: int) -> Outcome:
        """What one item of a scale of points earned. The mark is their sum, once all have theirs."""
        present = self.marking.award(scale_id)
        if present.earned(item_id) == points:
            return self._nothing(f"{item_id} has {points} already")
        scale = self.scale(scale_id)
        after = awards.with_points(present, scale, {item_id: points})
        label = f"{scale.part or scale.id} {item_id} {points} of {_item(scale, item_id).max}"
        if after.mark is not None:
            label += f", {award_label(self.rubric, scale, after)}"
        return self._award(f"points {item_id}", scale_id, lambda award, _: after, label)

    def step_points(self, scale_id: str, item_id: str, by: int) -> Outcome:
        """One point more or less for an item, within what it may earn."""
        item = _item(self.scale(scale_id), item_id)
        present = self.marking.award(scale_id).earned(item_id)
        return self.give_points(scale_id, item_id, max(0, min(item.max, (present or 0) + by)))

    def give_reason(self, scale_id: str, text: str, closes: tuple[str, ...] = ()) -> Outcome:
        """Say why the mark of a scale is where it is; empty takes it away. It is the marker's own, for a moderator."""
        present = self.marking.awards.get(scale_id)
        text = tidy(text)
        after = replace(present or self.marking.award(scale_id), reason=text)
        kept = None if after.is_empty else after
        if kept == present:
            return self._nothing("No change to the reason", closes)
        label = f"reason {'given' if text else 'removed'} for {self.scale(scale_id).title}"
        return self._do("reason", label, AwardChanged(present, kept), closes=closes)

    def place_strand(self, scale_id: str, strand: str, placement: Placement | None) -> Outcome:
        """Put one strand in a level. Never moves the mark."""
        scale = self.scale(scale_id)
        if strand not in {s.id for s in self.rubric.strands_of(scale)}:
            raise NotFound(f"{scale.title} has no strand '{strand}'.")
        if placement is not None and placement.level and scale.level(placement.level) is None:
            raise NotFound(f"{scale.title} has levels 1 to {scale.top}: there is no level {placement.level}.")
        name = f"{strand} at {placement}" if placement else f"{strand} not placed"
        # The strand is part of the act: undo takes back one placement, not all of the last minute.
        return self._award(f"strand {strand}", scale_id, lambda award, _: awards.placed(award, strand, placement), name)

    def secure_strand(self, scale_id: str, strand: str, by: int) -> Outcome:
        """Less (-1) or more (+1) secure in the level where the strand was placed."""
        placement = self.marking.award(scale_id).placement(strand)
        if placement is None or placement.level == 0:
            return self._nothing("Place a strand first, then ( and ) say how secure it is")
        security = max(-1, min(1, placement.security + by))
        return self.place_strand(scale_id, strand, replace(placement, security=security))

    def accept_suggestion(self, scale_id: str) -> Outcome:
        """Take the profile's centre as the mark: only ever at the marker's own key."""
        if self.rubric.scoring is not Scoring.PROFILE:
            return self._nothing("This scheme has no suggestion: the mark is the marker's judgement")
        found = awards.suggestion(self.rubric, self.scale(scale_id), self.marking.award(scale_id))
        if found is None:
            return self._nothing("Place every strand first; then there is a suggestion")
        return self.give_mark(scale_id, found.mark)

    def _award(self, action: str, scale_id: str, how: Callable[[Award, Scale], Award], label: str = "") -> Outcome:
        scale = self.scale(scale_id)
        present = self.marking.awards.get(scale_id)
        after = how(present or self.marking.award(scale_id), scale)
        kept = None if after.is_empty else after
        if kept == present:
            return self._nothing(label or award_label(self.rubric, scale, after))
        changes: list[AnyChange] = [AwardChanged(present, kept)]
        header = self.marking.header
        then = replace(self.marking, awards=self.marking.awards.with_(scale_id, kept))
        is_done = after.is_marked and not hard_caps_broken(self.rubric, then)
        if header.status is MarkingStatus.COMPLETE and not is_done:
            reopened = replace(header, status=MarkingStatus.IN_PROGRESS, completed_at=None)
            changes.append(MarkingChanged(header, reopened))
        return self._do(action, label or award_label(self.rubric, scale, after), *changes)


def _item(scale: Scale, item_id: str) -> Item:
    item = next((item for item in scale.items if item.id == item_id), None)
    if item is None:
        known = ", ".join(item.id for item in scale.items) or "none: its mark is given as a whole"
        raise NotFound(f"{scale.title} has no item '{item_id}'.", f"It has: {known}.")
    return item


def award_label(rubric: Rubric, scale: Scale, award: Award) -> str:
    """``AO1 to Level 4, 18 of 25``: how the footer and undo name what a scale was given."""
    name = "" if len(rubric.scales) == 1 else f"{scale.title} "
    if award.no_response:
        return f"{name}no response (NR)".strip()
    if award.mark is None:
        return f"{name}unmarked".strip()
    if award.mark == 0:
        return f"{name}0: {rubric.zero_label.lower()}".strip()
    level = f"to Level {award.level}, " if award.level else ""
    return f"{name}{level}{award.mark} of {scale.max}"
