"""An annotation that has lost its place, or stands on a wrong one, is put where it belongs.

The essay is there to move about in and to choose from as always; the foot tells the words that it stood on.
"""

from markdesk.core.annotation import Annotation
from markdesk.tui.screens.marking_closing import Closing
from markdesk.tui.screens.marking_notes import Notes
from markdesk.tui.words import clipped

STAYS_PLACING = frozenset(
    {"step", "page", "edge", "sentence", "extend", "word", "extend_word", "trim"}  # moving and choosing
    | {"find", "step_found", "lenses", "scroll_scheme", "help", "finish", "back"}
)
"""The actions that don't end the placing."""


class Placing(Closing, Notes):
    """Begun from the list of annotations; Enter puts it on the passage that is chosen."""

    placing = ""
    """The annotation that is being placed; empty for none."""

    def begin_placing(self, annotation_id: str) -> None:
        """Let the marker choose the passage on which the annotation stands."""
        if not self.opened.essay.paragraphs:
            self.tell("There is no text to put it on")
            return
        self.go_to_note(annotation_id)
        self.placing = annotation_id
        self.show_placing()

    def stop_placing(self) -> None:
        """The annotation stays as it was."""
        note = self._note_in_hand
        self.placing = ""
        if note is not None:
            self.tell("Left without a place" if note.anchor.span is None else "Left where it stands")

    @property
    def _note_in_hand(self) -> Annotation | None:
        return self.opened.marking.annotations.get(self.placing) if self.placing else None

    async def action_finish(self) -> None:
        if not self.placing:
            await super().action_finish()
            return
        note_id, self.placing = self.placing, ""
        opened, span = self.opened, self.essay_view.target.span
        outcome = await self.act(lambda: opened.move_annotation(note_id, span))
        if outcome is not None and outcome.is_saved and self.lost_notes():
            from markdesk.tui.screens.annotations import AnnotationsScreen

            await self.app.push_screen(AnnotationsScreen(self, after_placing=True))

    def tell(self, text: str, style: str = "quiet", saved: bool = False) -> None:
        super().tell(text, style, saved)
        if self.placing and style != "alert":
            self.show_placing()

    def show_placing(self) -> None:
        """What is placed, the words that it stood on, and the keys."""
        note = self._note_in_hand
        if note is None:
            return
        words, width = self.stood_on(note) or self.passage_of(note), self.app.size.width
        code = f" {note.code or '✎'} "
        quote = f"“{clipped(words, max(8, width - len(code) - 14))}”"
        ways = (
            (" {marking.finish} ", "puts it on the passage chosen here"),
            ("   {desk.back} ", "leaves it"),
            ("   {marking.sentence_back/marking.sentence_on} ", "sentence"),
            ("   {marking.find} ", "find"),
        )
        keys: list[tuple[str, str]] = []
        for key, does in ways:
            keys += [(self.keys.brief(key), "accent"), (does, "quiet")]
        self._set_foot([((code, "accent"), ("stood on ", "quiet"), (quote, "quote")), tuple(keys)])

    # -- the list of all

    async def action_list_notes(self) -> None:
        """Every annotation of this essay, to filter, jump to, stamp anew or remove."""
        from markdesk.tui.screens.annotations import AnnotationsScreen

        if not len(self.opened.marking.annotations):
            self.tell("No annotations yet")
            return
        await self.app.push_screen(AnnotationsScreen(self))
