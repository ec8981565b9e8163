"""The editors of the marking screen: opened on a passage or the feedback, kept as they grow, closed into a Change."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.timer import Timer

from markdesk.core.errors import MarkdeskError
from markdesk.core.essay import Span
from markdesk.core.feedback import Field, label_of
from markdesk.core.plain import show
from markdesk.core.target import at_span
from markdesk.desk.marking_desk import COMMENT_EDITOR
from markdesk.desk.ports import Draft
from markdesk.tui.screens.marking_moves import Moves
from markdesk.tui.screens.room import DRAFT_SECONDS
from markdesk.tui.side_lines import FIELD_STYLES
from markdesk.tui.widgets.lines import Lines
from markdesk.tui.words import clipped

if TYPE_CHECKING:
    from markdesk.tui.widgets.editor import WordsArea

REASON = "reason."
"""What the key of a reason's editor begins with; its scale follows."""

AT = "at "
"""What stands before the place on paper that a half-typed comment is for, in place of an annotation's id."""

NEXT_LINE = "{editor.enter} or {editor.next}: next line"
MANY_LINES = frozenset({Field.COMMENT, Field.NOTE, Field.AO})
"""The fields in which Enter makes a new line; in the others it goes on."""

HINTS = {
    **dict.fromkeys(Field, ""),
    Field.NOTE: "private: never printed",
    Field.AO: "why this level, with page references: for the moderator",
    Field.QUESTION: "a question only: the boards forbid suggestions on a draft",
}
"""What an empty line says of itself."""


@dataclass(frozen=True, slots=True)
class Commented:
    """What the comment editor is open for."""

    annotation_id: str = ""
    """Empty for a comment on a passage that has none."""
    span: Span | None = None
    """The passage; of an annotation where it stood as the editor was opened, None where it had lost its place."""
    text: str = ""
    """The comment that was there."""


class Editors(Moves):
    """Words are typed in an editor under the essay, and become one Change when it is closed.

    Textual's text areas take long to load, so they are loaded behind the first frame (``settling.py``).
    """

    _draft_due: Timer | None = None
    _commented = Commented()

    def may_write(self) -> bool:
        """Whether words may be typed here; says why not."""
        if self.opened.held_by:
            self.tell(f"Read-only: open in another window ({self.opened.held_by}).", "alert")
        elif self.opened.marking.is_locked:
            self.tell(self.returned_told, "alert")
        else:
            return not self.query("#editor")
        return False

    async def open_comment(self, annotation_id: str, span: Span | None, text: str, draft: str | None = None) -> None:
        """Open the comment editor, on an annotation or on a passage that has none; ``draft`` is what was half typed."""
        if not self.may_write():
            return
        from markdesk.tui.widgets.editor import WordsArea

        found = self.opened.marking.annotations.get(annotation_id)
        shown = found and self.opened.placed(found)
        place = shown.anchor.span if shown else span
        self._commented = Commented(annotation_id, place, text)
        quote = self.passage_of(shown) if shown else self.essay_view.essay.quote(span) if span else ""
        code = f"{shown.code} " if shown and shown.code else ""
        where = (
            f" ¶{self.opened.essay.paragraph_at(place.start).number} " if place and not self.opened.is_paper else " "
        )
        title = Lines(classes="editor-title")
        area = WordsArea(
            show(text if draft is None else draft),
            key=COMMENT_EDITOR,
            placeholder=self.keys.told("your comment; {editor.close} closes, it is saved as you type"),
        )
        await self.query_one("#left").mount(Vertical(title, area, id="editor"))
        quote = clipped(quote, max(20, self.essay_view.size.width - len(where) - len(code) - 4))
        title.set_line(((where, "quiet"), (code, "accent"), (f"“{quote}”", "quote")))
        self._begin_typing(area)

    async def open_reason(self, scale_id: str, draft: str | None = None) -> None:
        """A line of why a scale's mark is where it is: asked for where its strands stand levels apart."""
        if not self.may_write():
            return
        from markdesk.tui.widgets.editor import WordsArea

        title = Lines(classes="editor-title")
        text = self.opened.marking.award(scale_id).reason if draft is None else draft
        area = WordsArea(show(text), key=f"{REASON}{scale_id}", placeholder="for a moderator; never on the sheet")
        await self.query_one("#left").mount(Vertical(title, area, id="editor"))
        name = self.opened.scale(scale_id).title
        title.set_line(((f" Why the mark for {name} is where it is", "heading"),))
        self._begin_typing(area)

    async def action_feedback(self) -> None:
        """Open the lines of feedback, the first empty one first."""
        await self.open_feedback({})

    async def open_feedback(self, drafts: dict[str, str]) -> None:
        if not self.may_write():
            return
        from markdesk.tui.widgets.editor import LineArea, WordsArea

        rows: list[Horizontal] = []
        first: WordsArea | None = None
        labels: list[tuple[Lines, Field, int]] = []
        for field, place in self.opened.feedback_asked():
            key = f"{field}.{place}"
            line = self.opened.marking.line(field, place)
            text = drafts.get(key, line.text if line else "")
            label = Lines(classes="editor-label")
            labels.append((label, field, place))
            area = (WordsArea if field in MANY_LINES else LineArea)(show(text), key=key, placeholder=HINTS[field])
            if first is None and (key in drafts or (not drafts and not text)):
                first = area
            rows.append(Horizontal(label, area))
        title = Lines(classes="editor-title")
        await self.query_one("#left").mount(Vertical(title, *rows, id="editor"))
        self.tell_ways(first or self._areas()[0])
        for label, field, place in labels:
            label.set_line(((label_of(field, place, self.opened.aos), FIELD_STYLES.get(field, "quiet")),))
        self._begin_typing(first or self._areas()[0])

    def tell_ways(self, area: "WordsArea") -> None:
        """How to go on from a line of feedback: in one that may have several, Enter begins another."""
        field = area.key.partition(".")[0]
        on = "{editor.next}: next line, Enter: a new line in this one" if field in MANY_LINES else NEXT_LINE
        ways = self.keys.told(f"   {on}    {{editor.close}}: close, saved as you type")
        for title in self.query("#editor .editor-title").results(Lines):
            title.set_line((("Feedback", "heading"), (ways, "quiet")))

    def _begin_typing(self, area: "WordsArea") -> None:
        self.add_class("-editing")
        self.remove_class("-drawer")  # it would stand over what is typed
        self.is_typing = True
        # At once, not by the widget's own focus(), which comes too late for a letter that follows closely.
        self.set_focus(area)
        self.tell("")

    async def reopen_drafts(self) -> None:
        """Open the editor that was open when the program ended, with the words that were in it."""
        if self.opened.held_by or self.opened.marking.is_locked:
            return
        try:
            drafts = await self.thread.do(self.opened.drafts)
        except MarkdeskError as error:
            self.tell(f"Half-typed words can't be looked up: {error}", "alert")
            return
        comment = next((draft for draft in drafts if draft.editor == COMMENT_EDITOR), None)
        reason = next((draft for draft in drafts if draft.editor.startswith(REASON)), None)
        lines = {d.editor: d.text for d in drafts if d.editor != COMMENT_EDITOR and not d.editor.startswith(REASON)}
        if comment is not None:
            await self._reopen_comment(comment)
        elif lines:
            await self.open_feedback(lines)
        elif reason is not None:
            await self.open_reason(reason.editor.removeprefix(REASON), reason.text)
        if comment is not None or lines or reason is not None:
            self.tell("Here is what you were writing")

    async def _reopen_comment(self, draft: Draft) -> None:
        if draft.annotation_id.startswith(AT):
            span = self.opened.place_again(draft.annotation_id.removeprefix(AT))
            self.show_text(at_span(self.opened.essay, span))
            await self.open_comment("", span, "", draft.text)
            return
        self.chosen = draft.annotation_id
        self.show_note()
        shown = self.annotation_shown()
        await self.open_comment(draft.annotation_id, draft.target, shown.comment if shown else "", draft.text)

    # -- drafts

    def on_text_area_changed(self, event: Message) -> Awaitable[None] | None:
        """Textual calls the handler of every class that has one: this keeps the words, see also ``Coded``."""
        if self._draft_due is None:
            self._draft_due = self.set_timer(DRAFT_SECONDS, self.keep_drafts)
        return None

    async def keep_drafts(self) -> None:
        """Keep what was typed since the last time."""
        self._forget_draft_due()
        drafts = self.drafts_to_keep()
        if drafts:
            opened = self.opened
            try:
                await self.thread.do(lambda: opened.keep_drafts(drafts))
            except MarkdeskError as error:
                self.tell(f"NOT SAVED: {error}", "alert")
                return
            self.tell("✓ kept as you type", "good")
            kept = {editor: text for editor, text, _, _ in drafts}
            for area in self._areas():
                area.kept = kept.get(area.key, area.kept)

    def _forget_draft_due(self) -> None:
        if self._draft_due is not None:
            self._draft_due.stop()
            self._draft_due = None

    def drafts_to_keep(self) -> list[tuple[str, str, Span | None, str]]:
        """The open editors whose words aren't kept yet, as ``MarkingDesk.keep_draft`` takes them."""
        annotation_id, span = self._commented.annotation_id, self._commented.span
        found: list[tuple[str, str, Span | None, str]] = []
        for area in self._areas():
            if area.text != area.kept:
                if area.key != COMMENT_EDITOR:
                    found.append((area.key, area.text, None, ""))
                elif self.opened.is_paper:
                    # The pad is made anew each time, so what is kept is the place itself.
                    at = f"{AT}{self.opened.anchor(span).exact}" if span is not None else ""
                    found.append((area.key, area.text, None, annotation_id or at))
                else:
                    found.append((area.key, area.text, span, annotation_id))
        return found

    def keeper(self) -> Callable[[], None]:
        """What keeps half-typed words and the place as they are now: for the store thread.

        The place only where it isn't kept already: another essay may have been opened over this one since.
        """
        drafts, opened, keep_place = self.drafts_to_keep(), self.opened, self.place_left()

        def keep() -> None:
            opened.keep_drafts(drafts)
            keep_place()

        return keep

    async def let_keys_arrive(self) -> None:
        """Wait until the open editor has taken in what was typed."""
        if self.query("#editor, #mark-box"):
            from markdesk.tui.widgets.editor import arrived

            await arrived(self.focused)

    def _areas(self) -> "list[WordsArea]":
        """The open editors, from top to bottom."""
        if not self.query("#editor"):
            return []
        from markdesk.tui.widgets.editor import WordsArea

        return list(self.query(WordsArea))

    # -- moving on and closing

    async def action_next_line(self, by: int) -> None:
        """To the next or previous line of the feedback."""
        await self.let_keys_arrive()
        areas = self._areas()
        if self.focused in areas:
            at = areas.index(self.focused) + by
            if 0 <= at < len(areas):
                self.set_focus(areas[at])

    async def action_close_editor(self) -> None:
        """Make one change of each editor that was altered; its draft goes with it."""
        await self.let_keys_arrive()
        self._forget_draft_due()
        for area in self._areas():
            await self.write_out(area, at_end=True)
            if not await self._close_area(area.key, area.text):
                return  # what went wrong is in the foot, and the words are still in the editor
        self.is_typing = False
        self.tell(*self._said)  # with the keys of the essay again
        self.set_focus(self.essay_view)
        self.remove_class("-editing")
        await self.query("#editor").remove()

    async def write_out(self, area: "WordsArea", at_end: bool = False) -> None:
        """Write what short codes stand for. ``Coded`` knows how."""

    async def _close_area(self, key: str, text: str) -> bool:
        """Make the change that an editor's words are; whether that was done."""
        if key == COMMENT_EDITOR:
            return await self._close_comment(text)
        if key.startswith(REASON):
            opened, scale_id = self.opened, key.removeprefix(REASON)
            return await self.act(lambda: opened.give_reason(scale_id, text, closes=(key,))) is not None
        return await self._close_line(key, text)

    async def _close_line(self, key: str, text: str) -> bool:
        opened = self.opened
        name, _, place = key.partition(".")
        field = Field(name)
        line = opened.marking.line(field, int(place))
        if text.strip() == show(line.text if line else "").strip():
            return await self._drop_draft(key)
        return await self.act(lambda: opened.write_feedback(field, int(place), text, closes=(key,))) is not None

    async def _close_comment(self, text: str) -> bool:
        opened, commented = self.opened, self._commented
        annotation_id = commented.annotation_id
        closes = (COMMENT_EDITOR,)
        present = opened.marking.annotations.get(annotation_id)
        if present is not None and text.strip() != show(present.comment).strip():
            done = await self.act(lambda: opened.comment(annotation_id, text, closes))
            if done is not None and present.code == self.last_stamp[0]:
                self.last_stamp = (present.code, text.strip())
            return done is not None
        if present is None and text.strip() != (commented.text.strip() if annotation_id else ""):
            # What it stood with may have been taken off meanwhile, in another window: words are kept all the same.
            span = self._still_there(commented.span)
            if await self.act(lambda: opened.annotate(span, "", text, closes)) is None:
                return False
            if annotation_id:
                self.tell("What you commented on was taken off meanwhile: your words stand there anew", saved=True)
            return True
        return await self._drop_draft(COMMENT_EDITOR)

    def _still_there(self, span: Span | None) -> Span:
        """The passage, where the text still has it; else the one that is being read."""
        is_there = span is not None and span.end <= len(self.opened.essay.text)
        return span if span is not None and is_there else self.essay_view.target.span

    async def _drop_draft(self, key: str) -> bool:
        opened = self.opened
        try:
            await self.thread.do(lambda: opened.drop_draft(key))
        except MarkdeskError as error:
            self.tell(f"NOT SAVED: {error}", "alert")
            return False
        return True
