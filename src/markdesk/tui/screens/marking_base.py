"""The marking screen's one way to act: ask the desk, wait for the commit, then show it."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from textual import on
from textual.timer import Timer

from markdesk.core.annotation import Annotation, legend
from markdesk.core.changes import AnnotationChanged, AwardChanged, MarkingChanged
from markdesk.core.errors import MarkdeskError, MarkingLocked, StaleChange, StaleRevision
from markdesk.core.essay import Essay, Span
from markdesk.core.rubric import Scale, Scoring
from markdesk.core.target import Target, paragraph_target, restored_target
from markdesk.desk.anonymous import as_shown
from markdesk.desk.looking_again import waiting
from markdesk.desk.marking_desk import MarkingDesk, Outcome
from markdesk.desk.rubrics import warning
from markdesk.tui.at_home import markdesk
from markdesk.tui.palette import tones_of
from markdesk.tui.screens.marking_painting import NARROW, MarkingPainting
from markdesk.tui.side_lines import Beside
from markdesk.tui.widgets.essay_view import EssayView
from markdesk.tui.words import clipped

T = TypeVar("T")

FINISHED = "Finished: letters and digits still change it, {marking.undo} undoes"
"""Told as such an essay opens: it may be there to be read alone."""


def moves_scheme(outcome: Outcome) -> bool:
    """Whether an undo or redo took the marking to another version of its mark scheme."""
    headers = [(c.before, c.after) for c in outcome.changes if isinstance(c, MarkingChanged)]
    return any(was and now and was.rubric_hash != now.rubric_hash for was, now in headers)


class MarkingBase(MarkingPainting):
    """Acts on the open script, and keeps the marker's place in it."""

    _place_due: Timer | None = None
    _text_shown: Essay | None = None
    """The text that is on the screen, as it was handed in: a name in it may be hidden there."""

    def on_mount(self) -> None:
        self.find_parts()
        self.show_script(self.opened)

    # -- acting

    async def act(self, intent: Callable[[], Outcome]) -> Outcome | None:
        """Ask the desk for something. Shown only once it is durable; a refusal leaves the screen as it was."""
        opened = self.opened
        outcome = await self.have_done(intent)
        if outcome is not None and opened is self.opened:
            self.show_outcome(outcome)
        return outcome

    async def have_done(self, work: Callable[[], T]) -> T | None:
        """Have the store's thread do something, one act at a time; None, and the foot says why, where it refused."""
        async with self._acting:
            opened = self.opened
            try:
                return await self.thread.do(work)
            except (StaleRevision, StaleChange) as error:
                self.show_script(opened)
                self.tell(str(error), "alert")
            except MarkdeskError as error:
                is_returned = isinstance(error, MarkingLocked) and opened.marking.is_locked
                self.tell(f"NOT SAVED: {self.returned_told if is_returned else error}", "alert")
            return None

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what changed, and that it is saved."""
        if not outcome.is_saved:
            self.tell(outcome.label)
            return
        self.sitting.note(outcome.marking)
        self._note_comments(outcome)
        moved_text = any(
            isinstance(c, MarkingChanged) and self.opened.essay is not self._text_shown for c in outcome.changes
        )
        if moved_text or moves_scheme(outcome):
            self.show_script(self.opened)
        for change in outcome.changes:
            waited = isinstance(change, AwardChanged) and self.sitting.assignment.is_anonymous
            if isinstance(change, MarkingChanged) or waited:
                self.show_top()  # finished, or open again; or a last target that waited for the mark
            if isinstance(change, AnnotationChanged):
                if change.after is None and change.before is not None:
                    self.essay_view.take(self.opened.placed(change.before))
                    if self.chosen == change.before.id:
                        self.chosen = ""
                elif change.after is not None:
                    if change.before is not None:  # it may have stood elsewhere
                        self.essay_view.take(self.opened.placed(change.before))
                    self.essay_view.put(self.opened.placed(change.after))
                    self.chosen = change.after.id
                self.essay_map.show()
        self.show_head()
        self.show_side()
        self.show_note()
        self.tell(outcome.label, saved=True)

    def _note_comments(self, outcome: Outcome) -> None:
        """Let the bank know what was just written, so that it is offered from the next time on."""
        bank = markdesk(self).bank_in_hand
        if bank is None:
            return
        from markdesk.desk.bank import uses_in, with_strand  # here, since most first frames need no bank

        for use in uses_in(outcome.changes, self.opened.entry, outcome.marking.header.started_at):
            stamp = self.opened.stamps.for_code(use.stamp) if use.stamp else None
            bank.note(with_strand(use, stamp, self.opened.rubric))

    @property
    def returned_told(self) -> str:
        """Why nothing changes here any more, and the way to change it all the same."""
        ways = "in the list of its pile {queue.line_up} lines the pile up, {line_up.reopen} opens this essay again"
        return self.keys.told(f"This marking was returned to the student. To change it: {ways}.")

    # -- showing

    def show_script(self, opened: MarkingDesk, said: str = "", saved: bool = False) -> None:
        """Show a script that was just opened, where it was left."""
        if opened is not self.opened:
            self.forget_place_due()  # it was for the essay before
        self.opened = opened
        rubric = opened.rubric
        self.chosen = ""
        self.likened = {}
        if opened.entry.script.version > 1:
            from markdesk.desk.likened import likened

            self.likened = likened(opened.history)
        self.legend = self.keys.stamps(legend(opened.stamps, rubric))
        again, marking = waiting(opened.marking.header, opened.history), opened.marking
        to_do = [s for s in rubric.scales if not marking.award(s.id).is_marked]
        if again and not to_do:  # begin where the changed scheme left a mark in pencil
            to_do = [s for s in rubric.scales if marking.award(s.id).tentative]
        scale = to_do[0] if to_do else rubric.scales[0]
        if self.sitting.scale is not None:  # this pass over the pile is for one of them
            scale = rubric.scale(self.sitting.scale) or scale
        self.beside = self.beside_of(scale)
        self.show_text(self._resumed())
        self.essay_map.show()
        self.show_top()
        self.show_head()
        self.show_side()
        self.show_note()
        alerts = [*markdesk(self).faults(), warning(opened.rubric)]
        if opened.held_by:
            way = self.keys.told("{marking.take_over} takes it over once that is closed.")
            alerts.insert(0, f"Read-only: open in another window ({opened.held_by}). {way}")
        if any(alerts):
            self.tell(" ".join(filter(None, (again and f"{again[0].upper()}{again[1:]}.", *alerts))), "alert")
        elif again:
            again = f"{said} · {again}" if said else f"{again[0].upper()}{again[1:]}"
            self.tell(clipped(again, self.app.size.width - 12), "weigh", saved)
        elif places := self._places_told():
            told = " · ".join(filter(None, (said, places)))
            self.tell(clipped(told, self.app.size.width - 12) if saved else told, "weigh", saved)
        elif not said and opened.is_done and not opened.marking.is_locked:
            self.tell(self.keys.told(FINISHED), "weigh")
        else:
            self.tell(said, saved=saved)
        self._keep_place_soon()

    def _places_told(self) -> str:
        """What a newer text left to do for its annotations; empty where nothing is left."""
        if self.opened.entry.script.version < 2:
            return ""
        lost, notes = self.lost_notes(), self.opened.marking.annotations
        alike = sum(1 for each in self.likened if (note := notes.get(each)) and self.stood_on(note))
        told = [f"{lost} without a place in this text"] if lost else []
        told += [f"{alike} found by likeness"] if alike else []
        return self.keys.told(f"Annotations: {', '.join(told)}. {{marking.list_notes}} lists them") if told else ""

    def show_text(self, target: Target) -> None:
        """Show the text, or the pad, with its annotations."""
        opened = self.opened
        self._text_shown = opened.essay
        tones = tones_of(opened.stamps)
        notes: Iterable[Annotation] = opened.marking.annotations.values()
        if opened.is_paper:
            notes = [opened.placed(note) for note in notes]
        shown = as_shown(opened)
        self.essay_view.show_essay(shown, notes, tones, target, is_pad=opened.is_paper)

    def beside_of(self, scale: Scale) -> Beside:
        """The scheme with this scale active: a profile's first strand, the first item that has no points yet."""
        rubric, award = self.opened.rubric, self.opened.marking.award(scale.id)
        strands = rubric.strands_of(scale) if rubric.scoring is Scoring.PROFILE else ()
        items = [item.id for item in scale.items if award.earned(item.id) is None] or [i.id for i in scale.items]
        return Beside(
            scale.id,
            strands[0].id if strands else "",
            self.beside.is_full,
            items[0] if items else "",
            self.beside.notes,
        )

    def _resumed(self) -> Target:
        essay = self.opened.essay
        if not essay.paragraphs:
            return Target(0, Span(0, 0))
        place = self.opened.place
        if place is None:
            return paragraph_target(essay, 0)
        return restored_target(essay, place.start, place.end, place.by_sentence)

    # -- where the marker is

    @on(EssayView.Clicked)
    def _clicked(self, event: EssayView.Clicked) -> None:
        if event.annotation:
            self.chosen = event.annotation
            self.show_note()
        self.moved()

    def moved(self) -> None:
        """The target may be another: say so in the same frame. Called by whatever moves it."""
        self.show_head()
        self.essay_map.show()
        self._keep_place_soon()

    def _keep_place_soon(self) -> None:
        if self._place_due is None:
            self._place_due = self.set_timer(0.5, self.keep_place)

    def forget_place_due(self) -> None:
        """The place is kept by now, or is to be kept no more."""
        if self._place_due is not None:
            self._place_due.stop()
            self._place_due = None

    async def keep_place(self) -> None:
        """Remember the passage, a moment after the last key."""
        self._place_due = None
        try:
            await self.thread.do(self.place_keeper())
        except MarkdeskError as error:
            if self._said[1] != "alert":  # what was not saved counts for more than where she is
                self.tell(f"Your place was not kept: {error}", "alert")

    def place_left(self) -> Callable[[], None]:
        """What keeps the place in this essay when it is left: nothing where it is kept already."""
        return self.place_keeper() if self._place_due is not None else lambda: None

    def place_keeper(self) -> Callable[[], None]:
        """What remembers where the marker is now."""
        target, script = self.essay_view.target, self.opened.entry.script.id
        sitting = self.sitting
        return lambda: sitting.keep_place(script, target.span.start, target.span.end, target.by_sentence)

    def on_resize(self) -> None:
        width = self.app.size.width
        self.set_class(width < NARROW, "-narrow")
        self.query_one("#right").styles.width = self.side_width
        if self.is_mounted and hasattr(self, "side"):
            self.show_top()
            self.show_head()
            self.show_side()
            self.tell(*self._said)
