"""Stamps, comments and feedback: what is put on the essay, and the editors that it is typed in."""

from textual import on
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import TextArea

from markdesk.core.annotation import serves
from markdesk.core.errors import MarkdeskError
from markdesk.core.essay import Span
from markdesk.core.feedback import LABELS, PLACES, Field
from markdesk.core.plain import show
from markdesk.desk.marking_desk import COMMENT_EDITOR
from markdesk.tui.screens.marking_moves import Moves
from markdesk.tui.side_lines import FIELD_STYLES
from markdesk.tui.widgets.editor import WordsArea
from markdesk.tui.widgets.lines import Lines
from markdesk.tui.words import clipped

DRAFT_SECONDS = 0.3
"""How long after a key the words are kept; half a second is the most that may ever be lost."""

MANY_LINES = frozenset({Field.COMMENT, Field.NOTE})
"""The fields in which Enter makes a new line; in the others it goes on."""


class Notes(Moves):
    """Letters stamp; ``,`` and capitals open an editor."""

    _draft_due: Timer | None = None
    _unkept: frozenset[str] = frozenset()
    _commented: tuple[str, Span | None] = ("", None)
    """What the open comment editor is for: an annotation, or a passage."""

    async def action_stamp(self, key: str) -> None:
        await self._stamp(key)

    async def action_stamp_and_comment(self, key: str) -> None:
        if await self._stamp(key):
            await self.action_edit_chosen()

    async def _stamp(self, key: str) -> bool:
        opened = self.opened
        stamp = opened.desk.stamps.for_key(key)
        if stamp is None:
            self.tell(f"No stamp is on the key {key}; the column on the right lists them")
            return False
        if not serves(stamp, opened.rubric):
            self.tell(f"{stamp.code} isn't used in this scheme")
            return False
        span = self.essay_view.target.span
        if not opened.essay.paragraphs:
            self.tell("There is no text to stamp")
            return False
        done = await self.act(lambda: opened.annotate(span, stamp.code))
        if done is None:
            return False
        self.last_stamp = (stamp.code, "")
        return True

    async def action_repeat_stamp(self) -> None:
        (code, comment), opened, span = self.last_stamp, self.opened, self.essay_view.target.span
        if not code:
            self.tell("Nothing to repeat yet: stamp something first")
        elif opened.essay.paragraphs:
            await self.act(lambda: opened.annotate(span, code, comment))

    async def action_unstamp(self) -> None:
        """Take off the stamp just made on this passage; never touches a mark."""
        shown = self.annotation_shown()
        target = self.essay_view.target.span
        if shown is None or shown.anchor.span is None or not target.overlaps(shown.anchor.span):
            self.tell("Nothing to remove here; Ctrl+Z undoes")
            return
        opened = self.opened
        await self.act(lambda: opened.remove_annotation(shown.id))

    def action_choose(self, by: int) -> None:
        """Show the previous or next annotation, beginning from the passage that is being read."""
        order = list(self.opened.marking.annotations_in_order())
        if not order:
            self.tell("No annotations yet")
            return
        ids: list[str] = [annotation.id for annotation in order]
        if self.chosen in ids:
            at = (ids.index(self.chosen) + by) % len(ids)
        else:
            here = self.essay_view.target.span.start
            after = [i for i, a in enumerate(order) if a.anchor.span and a.anchor.span.start >= here]
            at = (after[0] if after else 0) if by > 0 else ((after[0] - 1) if after else len(ids) - 1)
        chosen = order[at]
        self.chosen = chosen.id
        if chosen.anchor.span is not None:
            self.essay_view.go_to_line(self.essay_view.line_of(chosen.anchor.span.start))
            self.moved()
        self.show_note()
        self.tell(f"annotation {at % len(ids) + 1} of {len(ids)}")

    async def action_edit_chosen(self) -> None:
        shown = self.annotation_shown()
        if shown is None:
            if self.opened.essay.paragraphs:
                await self.open_comment("", self.essay_view.target.span, "")
            return
        await self.open_comment(shown.id, None, shown.comment)

    async def action_remove_chosen(self) -> None:
        shown, opened = self.annotation_shown(), self.opened
        if shown is None:
            self.tell("No annotation is chosen: [ and ] choose one")
        else:
            await self.act(lambda: opened.remove_annotation(shown.id))

    # -- editors

    async def open_comment(self, annotation_id: str, span: Span | None, text: str) -> None:
        """Open the comment editor, on an annotation or on a passage that has none."""
        if self.query("#editor"):
            return
        self._commented = (annotation_id, span)
        shown = self.opened.marking.annotations.get(annotation_id)
        quote = shown.anchor.exact if shown else self.opened.essay.quote(span) if span else ""
        code = f"{shown.code} " if shown and shown.code else ""
        place = shown.anchor.span if shown else span
        where = f" ¶{self.opened.essay.paragraph_at(place.start).number} " if place else " "
        title = Lines()
        title.add_class("editor-title")
        area = WordsArea(
            show(text), key=COMMENT_EDITOR, placeholder="your comment; Esc closes, it is saved as you type"
        )
        await self.query_one("#left").mount(Vertical(title, area, id="editor"))
        quote = clipped(quote, max(20, self.essay_view.size.width - len(where) - len(code) - 4))
        title.set_line(((where, "quiet"), (code, "accent"), (f"“{quote}”", "quote")))
        self.add_class("-editing")
        area.focus()

    async def action_feedback(self) -> None:
        """Open the lines of feedback, the first empty one first."""
        await self.open_feedback({})

    async def open_feedback(self, drafts: dict[str, str]) -> None:
        if self.query("#editor"):
            return
        rows: list[Horizontal] = []
        first: WordsArea | None = None
        labels: list[tuple[Lines, Field]] = []
        for field in Field:
            for place in range(1, PLACES[field] + 1):
                key = f"{field}.{place}"
                line = self.opened.marking.line(field, place)
                text = drafts.get(key, line.text if line else "")
                label = Lines()
                label.add_class("editor-label")
                labels.append((label, field))
                hint = "private: never printed" if field is Field.NOTE else ""
                area = WordsArea(show(text), key=key, one_line=field not in MANY_LINES, placeholder=hint)
                if first is None and (key in drafts or (not drafts and not text)):
                    first = area
                rows.append(Horizontal(label, area))
        title = Lines()
        title.add_class("editor-title")
        await self.query_one("#left").mount(Vertical(title, *rows, id="editor"))
        title.set_line(
            (("Feedback", "heading"), ("   Enter or Tab: next line    Esc: close, saved as you type", "quiet"))
        )
        for label, field in labels:
            label.set_line(((LABELS[field], FIELD_STYLES.get(field, "quiet")),))
        self.add_class("-editing")
        (first or self.query(WordsArea).first(WordsArea)).focus()

    async def reopen_drafts(self) -> None:
        """Open the editor that was open when the program ended, with the words that were in it."""
        drafts = await self.thread.do(self.opened.drafts)
        comment = next((draft for draft in drafts if draft.editor == COMMENT_EDITOR), None)
        lines = {draft.editor: draft.text for draft in drafts if draft.editor != COMMENT_EDITOR}
        if comment is not None:
            self.chosen = comment.annotation_id
            self.show_note()
            await self.open_comment(comment.annotation_id, comment.target, comment.text)
        elif lines:
            await self.open_feedback(lines)
        if comment is not None or lines:
            self.tell("Here is what you were writing")

    @on(TextArea.Changed)
    def _words_changed(self, event: TextArea.Changed) -> None:
        area = event.text_area
        if isinstance(area, WordsArea) and area.is_attached:
            self._unkept |= {area.key}
            if self._draft_due is None:
                self._draft_due = self.set_timer(DRAFT_SECONDS, self.keep_drafts)

    async def keep_drafts(self) -> None:
        """Keep what was typed since the last time."""
        self._draft_due = None
        drafts = self.drafts_to_keep()
        if drafts:
            opened = self.opened
            try:
                await self.thread.do(lambda: opened.keep_drafts(drafts))
            except MarkdeskError as error:
                self.tell(f"NOT SAVED: {error}", "alert")

    def drafts_to_keep(self) -> list[tuple[str, str, Span | None, str]]:
        """The open editors whose words aren't kept yet, as ``MarkingDesk.keep_draft`` takes them."""
        unkept, self._unkept = self._unkept, frozenset()
        annotation_id, span = self._commented
        found: list[tuple[str, str, Span | None, str]] = []
        for area in self.query(WordsArea):
            if area.key in unkept:
                is_comment = area.key == COMMENT_EDITOR
                found.append((area.key, area.text, span if is_comment else None, annotation_id if is_comment else ""))
        return found

    @on(WordsArea.Next)
    def _next_line(self, event: WordsArea.Next) -> None:
        areas = list(self.query(WordsArea))
        at = areas.index(event.area)
        if at + 1 < len(areas):
            areas[at + 1].focus()

    @on(WordsArea.Done)
    async def _close_editor(self) -> None:
        """Make one change of each editor that was altered; its draft goes with it."""
        opened = self.opened
        areas = list(self.query(WordsArea))
        if self._draft_due is not None:
            self._draft_due.stop()
            self._draft_due = None
        self._unkept = frozenset()
        for area in areas:
            text, key = area.text, area.key
            if key == COMMENT_EDITOR:
                if not await self._close_comment(text):
                    return
            else:
                field, _, place = key.partition(".")
                line = opened.marking.line(Field(field), int(place))
                if text.strip() != show(line.text if line else "").strip():
                    done = await self.act(lambda: opened.write_feedback(Field(field), int(place), text, closes=(key,)))  # noqa: B023
                    if done is None:
                        return
                await self.thread.do(lambda: opened.drop_draft(key))  # noqa: B023
        await self.query("#editor").remove()
        self.remove_class("-editing")
        self.essay_view.focus()

    async def _close_comment(self, text: str) -> bool:
        opened = self.opened
        annotation_id, span = self._commented
        closes = (COMMENT_EDITOR,)
        present = opened.marking.annotations.get(annotation_id)
        if present is not None and text.strip() != show(present.comment).strip():
            done = await self.act(lambda: opened.comment(annotation_id, text, closes))
            if done is not None and present.code == self.last_stamp[0]:
                self.last_stamp = (present.code, text.strip())
        elif present is None and span is not None and text.strip():
            done = await self.act(lambda: opened.annotate(span, "", text, closes))
        else:
            await self.thread.do(lambda: opened.drop_draft(COMMENT_EDITOR))
            return True
        return done is not None
