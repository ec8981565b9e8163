"""One script open for marking: every act of the marker, as an intent that ends in a committed step.

The screen and the command line say what is wanted ("one mark more"); what was there before is read here, at
the moment of acting. Nothing is shown, in memory or on a screen, that isn't durable first.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from markdesk.core import award as awards
from markdesk.core.anchors import anchor
from markdesk.core.annotation import Annotation
from markdesk.core.award import Award, Placement
from markdesk.core.changes import AnnotationChanged, AnyChange, AwardChanged, FeedbackChanged, MarkingChanged, apply_all
from markdesk.core.errors import MarkingLocked, NotFound, StaleChange, StaleRevision
from markdesk.core.essay import Essay, Span, normalise
from markdesk.core.feedback import LABELS, PLACES, FeedbackLine, Field
from markdesk.core.history import History, Step, StepKind
from markdesk.core.ids import AnnotationId, MarkingId, StepId
from markdesk.core.marking import Marking, MarkingHeader, MarkingStatus
from markdesk.core.rubric import Rubric, Scale, Scoring
from markdesk.desk.desk import Desk
from markdesk.desk.ports import Draft, Entry

COMMENT_EDITOR = "comment"
"""The draft key of the comment editor; a feedback line's editor has the line's own key."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act came to. ``changes`` is empty when there was nothing to do; ``label`` then says so."""

    marking: Marking
    changes: tuple[AnyChange, ...]
    label: str

    @property
    def is_saved(self) -> bool:
        return bool(self.changes)


@dataclass(frozen=True, slots=True)
class LastTarget:
    """What the student was last told to do, and on which essay. Never its mark."""

    text: str
    on: str
    assignment: str


class MarkingDesk:
    """Opens a script and marks it. One marker, one window: see ``Store.hold``."""

    def __init__(self, desk: Desk, entry: Entry, essay: Essay | None = None, rubric: Rubric | None = None) -> None:
        self.desk = desk
        self.entry = entry
        script = entry.script
        found = desk.store.marking(script.id, desk.marker.id)
        rubric_hash = found.header.rubric_hash if found else entry.assignment.rubric_hash
        essay_hash = found.header.essay_hash if found else script.essay_hash
        self.rubric = rubric if rubric and rubric.hash == rubric_hash else desk.store.rubric(rubric_hash)
        if essay is not None and essay.hash == essay_hash:
            self.essay = essay
        else:
            self.essay = desk.store.essay(essay_hash) if essay_hash else Essay("")
        self.marking = found or self._fresh()
        self.history = History(desk.store.steps(self.marking.id)) if found else History()
        self.place = desk.store.place(desk.marker.id, script.id)
        """Where the marker left this script, if she was here before."""
        self.last_target: LastTarget | None = None
        self.held_by = ""
        """Who has the script open elsewhere; empty when it is ours."""
        self._before_level: Award | None = None

    def _fresh(self) -> Marking:
        desk, entry = self.desk, self.entry
        header = MarkingHeader(
            MarkingId(desk.ids.new()),
            entry.script.id,
            desk.marker.id,
            entry.script.essay_hash,
            entry.assignment.rubric_hash,
            MarkingStatus.IN_PROGRESS,
            desk.clock.now(),
        )
        return Marking(header)

    def reload(self) -> Marking:
        """Read the truth back, after another window wrote."""
        found = self.desk.store.marking(self.entry.script.id, self.desk.marker.id)
        self.marking = found or self._fresh()
        self.history = History(self.desk.store.steps(self.marking.id)) if found else History()
        self._follow_text()
        return self.marking

    def _follow_text(self) -> None:
        """Read the text that the marking is of, where it has moved to another."""
        essay_hash = self.marking.header.essay_hash
        if essay_hash and essay_hash != self.essay.hash:
            self.essay = self.desk.store.essay(essay_hash)

    # -- annotations

    def annotate(self, span: Span, code: str = "", comment: str = "", closes: tuple[str, ...] = ()) -> Outcome:
        """Stamp or comment on a passage. An empty comment without a stamp is none."""
        comment = _tidy(comment)
        if not code and not comment:
            return self._nothing("Nothing to say, so no comment", closes)
        made = Annotation(
            self.marking.id,
            AnnotationId(self.desk.ids.new()),
            anchor(self.essay, span),
            code,
            comment,
        )
        where = f"¶{self.essay.paragraph_at(span.start).number}"
        label = f"{code} on {where}" if code else f"comment on {where}"
        return self._do("stamp" if code else "comment", label, AnnotationChanged(None, made), closes=closes)

    def comment(self, annotation_id: str, text: str, closes: tuple[str, ...] = ()) -> Outcome:
        """Write or rewrite an annotation's comment. A bare comment that is emptied goes."""
        present = self._annotation(annotation_id)
        text = _tidy(text)
        if present.comment == text:
            return self._nothing("No change to the comment", closes)
        if not text and not present.code:
            return self._do("remove", "comment removed", AnnotationChanged(present, None), closes=closes)
        changed = AnnotationChanged(present, replace(present, comment=text))
        return self._do("comment", f"comment on {self._where(present)}", changed, closes=closes)

    def remove_annotation(self, annotation_id: str) -> Outcome:
        """Take a stamp or comment off the essay."""
        present = self._annotation(annotation_id)
        what = present.code or "comment"
        return self._do("remove", f"{what} removed from {self._where(present)}", AnnotationChanged(present, None))

    def _annotation(self, annotation_id: str) -> Annotation:
        present = self.marking.annotations.get(annotation_id)
        if present is None:
            raise NotFound("That annotation is no longer there.")
        return present

    def _where(self, annotation: Annotation) -> str:
        span = annotation.anchor.span
        return f"¶{self.essay.paragraph_at(span.start).number}" if span else "a lost place"

    # -- levels and marks

    def scale(self, scale_id: str) -> Scale:
        """The scheme's scale. Raises NotFound that names those there are."""
        scale = self.rubric.scale(scale_id)
        if scale is None:
            known = ", ".join(scale.id for scale in self.rubric.scales)
            raise NotFound(f"{self.rubric.id} has no scale '{scale_id}'.", f"It has: {known}.")
        return scale

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
        if self.marking.award(scale_id).mark is None:
            return self._nothing("Choose a level first (a digit), then + and - move the mark")
        return self._award("mark", scale_id, lambda award, scale: awards.stepped(award, scale, by))

    def cycle_zero(self, scale_id: str) -> Outcome:
        """Nothing creditable, no response, unmarked."""
        return self._award("zero", scale_id, awards.zero_cycled)

    def give_no_response(self, scale_id: str) -> Outcome:
        """The student wrote nothing for this scale, which is not an attempt that earned 0."""
        return self._award("mark", scale_id, awards.with_no_response)

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
        if header.status is MarkingStatus.COMPLETE and not after.is_marked:
            reopened = replace(header, status=MarkingStatus.IN_PROGRESS, completed_at=None)
            changes.append(MarkingChanged(header, reopened))
        return self._do(action, label or award_label(self.rubric, scale, after), *changes)

    # -- feedback

    def write_feedback(self, field: Field, place: int, text: str, closes: tuple[str, ...] = ()) -> Outcome:
        """Write, rewrite or (with empty text) remove one line of feedback."""
        if not 1 <= place <= PLACES[field]:
            raise NotFound(f"{LABELS[field]} has {PLACES[field]} lines; there is no line {place}.")
        present = self.marking.line(field, place)
        text = _tidy(text)
        after = FeedbackLine(self.marking.id, field, place, text) if text else None
        if after == present:
            return self._nothing("No change to the feedback", closes)
        label = f"{LABELS[field]} {'written' if text else 'removed'}"
        return self._do(f"feedback {field}", label, FeedbackChanged(present, after), closes=closes)

    # -- finishing

    @property
    def is_marked(self) -> bool:
        """Whether every scale has a mark or no response."""
        return all(self.marking.award(scale.id).is_marked for scale in self.rubric.scales)

    def finish(self) -> Outcome:
        """Complete the marking; tentative marks become firm. A missing mark alone leaves it in progress."""
        if not self.is_marked:
            missing = [s.title for s in self.rubric.scales if not self.marking.award(s.id).is_marked]
            return self._nothing(f"Left in progress: no mark yet for {', '.join(missing)}")
        changes: list[AnyChange] = []
        for scale in self.rubric.scales:
            award = self.marking.awards.get(scale.id)
            if award is not None and award.tentative:
                changes.append(AwardChanged(award, replace(award, tentative=False)))
        header = self.marking.header
        if header.status is MarkingStatus.IN_PROGRESS:
            done = replace(header, status=MarkingStatus.COMPLETE, completed_at=self.desk.clock.now())
            changes.append(MarkingChanged(header if self.marking.is_kept else None, done))
        if not changes:
            return self._nothing("Finished already")
        return self._do("finish", "finished", *changes)

    def reopen(self) -> Outcome:
        """Open a returned marking again; logged like everything else."""
        header = self.marking.header
        if header.status is MarkingStatus.IN_PROGRESS:
            return self._nothing("It is open")
        opened = replace(header, status=MarkingStatus.IN_PROGRESS, completed_at=None)
        return self._do("reopen", "reopened", MarkingChanged(header, opened))

    # -- undo and redo

    def undo(self) -> Outcome:
        """Take back the last act, also one of an earlier session."""
        if not self.history.done:
            return self._nothing("Nothing to undo in this essay")
        group = self.history.done[-1]
        return self._step(StepKind.UNDO, group.id, "undo", f"Undo: {group.label}", group.inverse)

    def redo(self) -> Outcome:
        """Do again what was undone last."""
        if not self.history.undone:
            return self._nothing("Nothing to redo in this essay")
        group = self.history.undone[-1]
        return self._step(StepKind.REDO, group.id, "redo", f"Redo: {group.label}", group.changes)

    # -- drafts

    def keep_draft(self, editor: str, text: str, target: Span | None = None, annotation_id: str = "") -> None:
        """Keep what is being typed, whatever happens next."""
        self.desk.make_known()
        script, marker = self.entry.script.id, self.desk.marker.id
        self.desk.store.save_draft(
            Draft(script, marker, editor, normalise(text), self.desk.clock.now(), target, annotation_id)
        )

    def keep_drafts(self, drafts: list[tuple[str, str, Span | None, str]]) -> None:
        """Keep several editors' words, each as ``keep_draft`` takes it."""
        for draft in drafts:
            self.keep_draft(*draft)

    def drop_draft(self, editor: str) -> None:
        self.desk.store.drop_draft(self.entry.script.id, self.desk.marker.id, editor)

    def drafts(self) -> tuple[Draft, ...]:
        return self.desk.store.drafts(self.entry.script.id, self.desk.marker.id)

    # -- the one way to change anything

    def _do(self, action: str, label: str, *changes: AnyChange, closes: tuple[str, ...] = ()) -> Outcome:
        at = self.desk.clock.now()
        group = self.history.group_for(action, changes, at)
        return self._step(StepKind.DO, group, action, label, changes, closes, at)

    def _step(
        self,
        kind: StepKind,
        group: StepId | None,
        action: str,
        label: str,
        changes: tuple[AnyChange, ...],
        closes: tuple[str, ...] = (),
        at: str = "",
    ) -> Outcome:
        if self.held_by:
            raise MarkingLocked(f"This essay is open for marking in another window ({self.held_by}).", "")
        if not self.marking.is_kept and not any(isinstance(c, MarkingChanged) and c.before is None for c in changes):
            changes = (MarkingChanged(None, self.marking.header), *changes)
        if not self.marking.is_kept:
            self._know_marker()
        step_id = StepId(self.desk.ids.new())
        step = Step(
            step_id,
            group or step_id,
            kind,
            action,
            label,
            changes,
            at or self.desk.clock.now(),
            self.desk.marker.id,
            self.marking.id,
        )
        # Worked out first, so that a change that doesn't fit is refused before anything is written.
        before = self.marking
        after = apply_all(before, changes)
        try:
            self.desk.store.commit(step, self.marking.revision, closes=closes)
        except (StaleRevision, StaleChange):
            self.reload()
            raise
        self.marking = replace(after, revision=self.marking.revision + 1)
        self.history.record(step)
        if action != "level":
            self._before_level = None  # only the level that was chosen last may be taken back by a digit
        if after.header is not before.header:
            self._follow_text()
        return Outcome(self.marking, changes, label)

    def _know_marker(self) -> None:
        try:
            self.desk.know_marker()
        except (StaleRevision, StaleChange):
            self.reload()
            raise
        if self.marking.header.marker_id != self.desk.marker.id:
            # Another window of hers was quicker, and a draft or a place found out before this act did.
            self.reload()
            raise StaleRevision("Another window has just begun marking here.", "It is read again; repeat what you did.")

    def _nothing(self, label: str, closes: tuple[str, ...] = ()) -> Outcome:
        """There was nothing to do; an editor that closes on it leaves no draft all the same."""
        for editor in closes if not self.held_by else ():
            self.drop_draft(editor)
        return Outcome(self.marking, (), label)


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


def _tidy(text: str) -> str:
    """A comment as it is kept: line ends ``\\n``, no empty lines or spaces hanging at its ends."""
    return normalise(text).strip()
