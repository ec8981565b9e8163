"""A redraft beside the text before it: what went, what came, and each last comment with what became of it."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from markdesk.core.annotation import ActedOn, Annotation, meaning_of
from markdesk.core.essay import Essay, Span
from markdesk.core.plain import show_line
from markdesk.desk.redraft_view import LastComment, TwoTexts, two_texts
from markdesk.tui.bindings import priority_bindings_of
from markdesk.tui.palette import TONE_INK, tones_of
from markdesk.tui.screens.footed import Explaining
from markdesk.tui.side_lines import hanging
from markdesk.tui.widgets.highlights import Highlight
from markdesk.tui.widgets.lines import Lines
from markdesk.tui.widgets.painted import Across, Down
from markdesk.tui.widgets.reading_view import ReadingView
from markdesk.tui.widgets.rows import Cell, Column, Rows
from markdesk.tui.words import Hint, spread

if TYPE_CHECKING:
    from markdesk.tui.screens.marking import MarkingScreen

NARROW = 100
"""Below so many columns the two texts take turns."""
MOST_ROWS = 8
COLUMNS = (
    Column("¶", 3, True), Column("Stamp", 7), Column("Comment", 0), Column("Now", 8, needs=60), Column("Acted on", 9),
)  # fmt: skip
ACTED: dict[ActedOn | None, Cell] = {
    None: ("–", "quiet"),
    ActedOn.YES: ("✓ yes", "good"),
    ActedOn.PARTLY: ("~ partly", "weigh"),
    ActedOn.NO: ("✗ no", "weak"),
}
HINTS: tuple[Hint, ...] = (
    (1, "{redraft.yes}", "acted on"), (1, "{redraft.partly}", "partly"), (1, "{redraft.no}", "not"),
    (4, "{redraft.page_up/redraft.page_down}", "scroll"), (5, "{list.open}", "go to it"), (2, "{desk.back}", "back"),
    (3, "{desk.help}", "help"),
)  # fmt: skip


async def open_redraft(marking: "MarkingScreen") -> None:
    """The open essay beside the text before it."""
    opened = marking.opened
    texts = await marking.thread.do(lambda: two_texts(opened))
    if texts is None:
        marking.tell("This is the first text of it")
        return
    await marking.app.push_screen(RedraftScreen(marking, texts))


class RedraftScreen(Explaining[None]):
    """Go down the last comments, a verdict each. ``marking`` does the acts."""

    CSS_PATH = "redraft.tcss"
    ROOM = "redraft"
    BINDINGS = priority_bindings_of(ROOM)
    AUTO_FOCUS = "Rows"

    def __init__(self, marking: "MarkingScreen", texts: TwoTexts) -> None:
        super().__init__()
        self.marking, self.texts = marking, texts
        self.comments = list(texts.comments)
        self.side = 1
        """Which text is in sight where there is room for one: 0 the earlier, 1 the present."""
        self.views = (ReadingView(), ReadingView())
        self.heads = (Lines(classes="side-head"), Lines(classes="side-head"))
        self.sides = tuple(Down(head, view, classes="side") for head, view in zip(self.heads, self.views, strict=True))

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        yield Across(*self.sides, id="pair")
        yield Rows(id="rows")
        yield Lines(id="full")
        yield Lines(id="foot")

    def on_mount(self) -> None:
        opened, texts = self.marking.opened, self.texts
        tones = tones_of(opened.stamps)
        then = tuple(comment.then for comment in self.comments)
        now = tuple(opened.marking.annotations_in_order())
        self.views[0].read(texts.earlier, then, tones, False)
        self.views[0].highlight(_lit(texts.changed.gone, "apart"))
        self.views[1].read(texts.essay, now, tones, False)
        self.views[1].highlight(_lit(texts.changed.added, "found"))
        self._fit()
        self._show()
        self.tell("")

    def on_resize(self) -> None:
        self._fit()
        self.call_after_refresh(self._show_chosen)
        self.tell_again()

    @property
    def hints(self) -> tuple[Hint, ...]:
        other: Hint = (0, "{redraft.other}", "the text before" if self.side else "the new text")
        return (other, *HINTS) if self.app.size.width < NARROW else HINTS

    def _fit(self) -> None:
        self.set_class(self.app.size.width < NARROW, "-narrow")
        for at, side in enumerate(self.sides):
            side.set_class(at != self.side, "-other")

    # -- showing

    @property
    def chosen(self) -> LastComment | None:
        at = self.rows.cursor
        return self.comments[at] if 0 <= at < len(self.comments) else None

    def _show(self) -> None:
        opened, texts = self.marking.opened, self.texts
        called, width = self.marking.sitting.called(opened.entry), self.app.size.width
        judged = sum(comment.acted_on is not None for comment in self.comments)
        left = [(f" {show_line(called)}", "accent"), ("   the redraft beside the text before it", "quiet")]
        right = [(f"{judged} of {len(self.comments)} comments judged ", "quiet")]
        self.query_one("#top", Lines).set_line(spread(left, right, width))
        gone, added = texts.changed.words_gone, texts.changed.words_added
        self.heads[0].set_line(((" Before", "heading"), (f"   {texts.earlier.words:,} words, {gone:,} gone", "quiet")))
        self.heads[1].set_line(((" Now", "heading"), (f"   {texts.essay.words:,} words, {added:,} new", "quiet")))
        cells: list[list[Cell]] = [self._cells(comment) for comment in self.comments]
        self.rows.styles.height = min(MOST_ROWS, max(1, len(cells))) + 1
        self.rows.show_rows(COLUMNS, list(cells))
        self._show_chosen()

    def _cells(self, comment: LastComment) -> list[Cell]:
        stamps, then, now = self.marking.opened.stamps, comment.then, comment.now
        stamp = stamps.for_code(then.code)
        where = "taken off" if now is None else _paragraph(self.texts.essay, now) or "no place"
        return [
            (_paragraph(self.texts.earlier, then), "quiet"),
            (then.code or "✎", TONE_INK[stamp.tone] if stamp else "weigh"),
            (then.comment or meaning_of(then.code, stamps), "text" if then.comment else "quiet"),
            (where, "quiet"),
            ACTED[comment.acted_on],
        ]

    @on(Rows.Moved)
    def _show_chosen(self) -> None:
        """Both texts where the chosen comment stands, and its words in full."""
        comment, width = self.chosen, self.app.size.width - 5
        if comment is None:
            self.query_one("#full", Lines).set_lines([(("There was no comment on it", "quiet"),)])
            return
        words = comment.then.comment or meaning_of(comment.then.code, self.marking.opened.stamps)
        quote = " ".join(self.texts.earlier.quote(comment.then.anchor.span or Span(0, 0)).split())
        lines = hanging("", "quiet", f"{words}   “{quote}”", "text", 0, width)
        self.query_one("#full", Lines).set_lines(lines[:2])
        for view, note in zip(self.views, (comment.then, comment.now or comment.then), strict=True):
            if note.anchor.span is not None and view.size.height:
                view.show_place(note.anchor.span)

    def tell_outcome(self) -> None:
        """What the marking screen said of the last act, and the rows as they are now."""
        present = self.marking.opened.marking.annotations
        self.comments = [LastComment(one.then, present.get(one.then.key)) for one in self.comments]
        self._show()
        self.tell(*self.marking.said)

    # -- the keys

    async def action_judge(self, verdict: str) -> None:
        """Record whether the chosen comment was acted on, and go on to the next."""
        comment, opened = self.chosen, self.marking.opened
        if comment is None:
            return
        if comment.now is None:
            self.tell("It was taken off since, so there is nothing to record it on")
            return
        note_id, acted_on = comment.now.id, ActedOn(verdict) if verdict else None
        await self.marking.act(lambda: opened.judge_redraft(note_id, acted_on))
        self.tell_outcome()
        if verdict:
            self.rows.go_to(self.rows.cursor + 1)

    async def action_undo(self) -> None:
        await self.marking.act(self.marking.opened.undo)
        self.tell_outcome()

    async def action_redo(self) -> None:
        await self.marking.act(self.marking.opened.redo)
        self.tell_outcome()

    def action_other(self) -> None:
        """The other text, where one is in sight."""
        self.side = 1 - self.side
        self._fit()
        self.call_after_refresh(self._show_chosen)
        self.tell("")

    def action_page(self, by: int) -> None:
        """Both texts, nearly a screenful."""
        for view in self.views:
            if view.size.height:
                view.scroll_to_line(round(view.scroll_offset.y) + by * max(1, view.size.height - 2))

    async def choose(self, index: int) -> None:
        """To the annotation, in the essay."""
        comment = self.chosen
        if comment is not None and comment.now is not None:
            self.marking.go_to_note(comment.now.id)
        self.dismiss()

    def action_back(self) -> None:
        self.dismiss()


def _lit(passages: tuple[Span, ...], style: str) -> list[Highlight]:
    return [Highlight(span.start, span.end, style) for span in passages]


def _paragraph(essay: Essay, note: Annotation) -> str:
    span = note.anchor.span
    return str(essay.paragraph_at(span.start).number) if span is not None and essay.paragraphs else ""
