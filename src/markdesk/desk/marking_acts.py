"""What every act of a marker stands on: the marking that is open, its history, and the one way to change it.

Nothing is shown, in memory or on a screen, that isn't durable first.
"""

from dataclasses import dataclass, replace

from markdesk.core.anchors import Anchor, anchor
from markdesk.core.annotation import Annotation, StampSet
from markdesk.core.award import Award
from markdesk.core.changes import AnyChange, MarkingChanged, apply_all
from markdesk.core.errors import MarkingLocked, NotFound, StaleChange, StaleRevision
from markdesk.core.essay import Essay, Span, normalise
from markdesk.core.history import History, Step, StepKind
from markdesk.core.ids import MarkingId, StepId
from markdesk.core.marking import Marking, MarkingHeader, MarkingStatus
from markdesk.core.pad import Place, pad_anchor, pad_of, placed_on, places_in, places_of, with_paragraph
from markdesk.core.rubric import Rubric, Scale
from markdesk.desk.desk import Desk
from markdesk.desk.ports import Draft, Entry, LastTarget


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act came to. ``changes`` is empty when there was nothing to do; ``label`` then says so."""

    marking: Marking
    changes: tuple[AnyChange, ...]
    label: str

    @property
    def is_saved(self) -> bool:
        return bool(self.changes)


class MarkingActs:
    """One script open for marking, by one marker in one window: see ``Store.hold``."""

    def __init__(self, desk: Desk, entry: Entry, essay: Essay | None = None, rubric: Rubric | None = None) -> None:
        self.desk = desk
        self.entry = entry
        script = entry.script
        found = desk.store.marking(script.id, desk.marker.id)
        rubric_hash = found.header.rubric_hash if found else entry.assignment.rubric_hash
        essay_hash = found.header.essay_hash if found else script.essay_hash
        self.rubric = rubric if rubric and rubric.hash == rubric_hash else desk.store.rubric(rubric_hash)
        self.marking = found or self._fresh()
        if essay is not None and essay.hash == essay_hash:
            self.essay = essay
        else:
            self.essay = desk.store.essay(essay_hash) if essay_hash else self._pad()
        self.history = History(desk.store.steps(self.marking.id)) if found else History()
        self.place = desk.store.place(desk.marker.id, script.id)
        """Where the marker left this script, if she was here before."""
        self.last_target: LastTarget | None = None
        self.held_by = ""
        """Who has the script open elsewhere; empty when it is ours."""
        self._before_level: Award | None = None

    @property
    def stamps(self) -> StampSet:
        """The stamps in use: those for its mark scheme."""
        return self.desk.stamps_for(self.rubric)

    # -- a script that was written by hand

    @property
    def is_paper(self) -> bool:
        """Whether there is no text: the essay is then a pad of places, see ``core.pad``."""
        return self.marking.header.essay_hash is None

    def _pad(self) -> Essay:
        return pad_of(place for note in self.marking.annotations.values() for place in places_in(note.anchor.exact))

    def add_place(self, page: int) -> bool:
        """Put one more paragraph on a page of the pad; False where it holds as many as it may. Kept once annotated."""
        before, self.essay = self.essay, with_paragraph(self.essay, page)
        return self.essay is not before

    def place_again(self, exact: str) -> Span:
        """Where places on paper, as an anchor names them, stand on the pad; they are put on it if need be."""
        wanted = places_in(exact) or (Place(1, 1),)
        self.essay = pad_of((*places_of(self.essay), *wanted))
        start, end = (self.essay.text.find(str(place)) for place in (wanted[0], wanted[-1]))
        return Span(start, self.essay.paragraph_at(end).span.end)

    def placed(self, annotation: Annotation) -> Annotation:
        """The annotation where it stands on the screen: one on paper has a place there, and none in any text."""
        return placed_on(self.essay, annotation) if self.is_paper else annotation

    def anchor(self, span: Span) -> Anchor:
        """Pin a passage of the text, or places on paper."""
        return pad_anchor(self.essay, span) if self.is_paper else anchor(self.essay, span)

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
        self._follow_rubric()
        return self.marking

    def _follow_text(self) -> None:
        """Read the text that the marking is of, where it has moved to another."""
        essay_hash = self.marking.header.essay_hash
        if essay_hash and essay_hash != self.essay.hash:
            self.essay = self.desk.store.essay(essay_hash)

    def _follow_rubric(self) -> None:
        """Go by the version of the scheme that the marking is under, where it was taken over to another, or back."""
        rubric_hash = self.marking.header.rubric_hash
        if rubric_hash != self.rubric.hash:
            self.rubric = self.desk.store.rubric(rubric_hash)

    def scale(self, scale_id: str) -> Scale:
        """The scheme's scale. Raises NotFound that names those there are."""
        scale = self.rubric.scale(scale_id)
        if scale is None:
            known = ", ".join(scale.id for scale in self.rubric.scales)
            raise NotFound(f"{self.rubric.id} has no scale '{scale_id}'.", f"It has: {known}.")
        return scale

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
            self._follow_rubric()
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


def tidy(text: str) -> str:
    """A comment as it is kept: line ends ``\\n``, no empty lines or spaces hanging at its ends."""
    return normalise(text).strip()
