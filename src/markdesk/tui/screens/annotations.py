"""Every annotation of an essay in one list: filter, jump, stamp anew, move, remove.

The marking screen stands under it and does the acts, so that each is saved, shown and undone as it is there.
"""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from markdesk.core.annotation import Annotation, meaning_of
from markdesk.core.plain import fold
from markdesk.tui.bindings import AMONG_STAMPS, RESTAMPS, bindings_of, bound
from markdesk.tui.palette import TONE_INK
from markdesk.tui.screens.room import Room
from markdesk.tui.widgets.lines import Lines
from markdesk.tui.widgets.rows import Cell, Column, Rows
from markdesk.tui.words import clipped, hint_pieces

if TYPE_CHECKING:
    from markdesk.tui.screens.marking_placing import Placing

COLUMNS = (Column("¶", 4, True), Column("Stamp", 7), Column("Passage", 0), Column("Comment", 0, needs=70))
HINTS = (
    (1, "{annotations.open}", "go to it"), (2, "a–z", "stamp anew"), (3, "{annotations.edit}", "edit"),
    (4, "{annotations.place}", "place it"), (5, "{annotations.move}", "move it here"),
    (6, "{annotations.class}", "for the class"), (7, "{annotations.remove}", "remove"),
    (8, "{annotations.filter}", "filter"), (1, "{desk.back}", "back"),
)  # fmt: skip
HINTS_WHERE_LOST = ((1, "{annotations.open}", "choose its place"), *HINTS[1:3], *HINTS[4:])
"""The same where the one that is chosen has no place to go to."""


class AnnotationRows(Rows, inherit_bindings=False):
    """A list in which letters stamp."""

    BINDINGS = bound(AMONG_STAMPS)


class AnnotationsScreen(Room[None]):
    """The list. ``marking`` is the screen whose essay it is of."""

    CSS_PATH = "lists.tcss"
    AUTO_FOCUS = "Rows"
    ROOM = "annotations"
    BINDINGS = [*bindings_of(ROOM), *bound(RESTAMPS)]

    def __init__(self, marking: "Placing", after_placing: bool = False) -> None:
        super().__init__()
        self.marking = marking
        self._after_placing = after_placing
        """Whether one was put in its place just now: the next one that has none is chosen, and that is told."""
        self._wanted = ""
        self._listed: list[Annotation] = []

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        yield AnnotationRows(id="rows")
        yield Lines(id="foot")

    def on_mount(self) -> None:
        if self._after_placing:
            self._after()
            return
        self.show()
        ids: list[str] = [annotation.id for annotation in self._listed]
        if self.marking.chosen in ids:
            self._rows.go_to(ids.index(self.marking.chosen))
        self._tell_of_chosen()

    @property
    def _rows(self) -> Rows:
        return self.query_one(Rows)

    def show(self) -> None:
        """The annotations that fit the filter: those without a place, then the others as they stand in the essay."""
        opened = self.marking.opened
        words = fold(self._wanted).split()
        every = sorted(opened.marking.annotations_in_order(), key=lambda note: note.anchor.span is not None)
        self._listed = [note for note in every if all(word in self._said(note) for word in words)]
        rows: list[list[Cell]] = []
        for note in self._listed:
            span = None if opened.is_paper else note.anchor.span
            stamp = opened.stamps.for_code(note.code)
            where, where_ink = "" if opened.is_paper else "lost", "alert"
            if span:
                where, where_ink = str(opened.essay.paragraph_at(span.start).number), "quiet"
            if self.marking.stood_on(note):
                where, where_ink = f"≈{where}", "weigh"
            code = f"{note.code or '✎'}{' &' if note.for_class else ''}"
            ink = TONE_INK[stamp.tone] if stamp else "weigh"
            comment = note.comment or meaning_of(note.code, opened.stamps)
            quote = " ".join(self.marking.passage_of(note).split())
            style = "text" if note.comment else "quiet"
            rows.append([(where, where_ink), (code, ink), (quote, "quote"), (comment, style)])
        self._rows.show_rows(COLUMNS, list(rows))
        told = f"  {len(self._listed)} of {len(every)}" if self._wanted else f"  {len(every)}"
        lost, alike = self.marking.lost_notes(), sum(1 for note in every if self.marking.stood_on(note))
        told += f" · {lost} without a place" if lost else ""
        told += f" · ≈ {alike} by likeness" if alike else ""
        name = self.marking.sitting.called(opened.entry)
        self.query_one("#top", Lines).set_line(((f" Annotations · {name}", "strong"), (told, "quiet")))

    def _said(self, note: Annotation) -> str:
        meaning = meaning_of(note.code, self.marking.opened.stamps)
        return fold(" ".join((note.code, meaning, note.comment, note.anchor.exact, "class" if note.for_class else "")))

    def tell(self, text: str, style: str = "quiet") -> None:
        """Say it in the foot, before the keys."""
        said = [(f" {text}", style)] if text else []
        room = self.app.size.width - sum(len(piece) for piece, _ in said)
        note = self._chosen()
        hints = HINTS_WHERE_LOST if note is not None and self._is_lost(note) else HINTS
        self.query_one("#foot", Lines).set_line([*said, *hint_pieces(hints, room, self.keys)])

    def _is_lost(self, note: Annotation) -> bool:
        """Whether its words are no longer in the text. On paper there is none."""
        return note.anchor.span is None and not self.marking.opened.is_paper

    @on(Rows.Moved)
    def _tell_of_chosen(self) -> None:
        """What is special about the one that is chosen."""
        note = self._chosen()
        before = self.marking.stood_on(note) if note is not None else ""
        if before:
            self.tell(f"it stood on “{clipped(before, self.app.size.width // 2)}”", "weigh")
        elif note is not None and self._is_lost(note):
            self.tell("no place in this text", "alert")
        else:
            self.tell("")

    def _chosen(self) -> Annotation | None:
        return self._listed[self._rows.cursor] if self._listed else None

    def _after(self) -> None:
        """Show what an act came to, in the words of the marking screen."""
        text, style, saved = self.marking.said
        self.show()
        self.tell(f"✓ saved  {text}" if saved else text, "good" if saved else style)

    # -- keys

    async def choose(self, index: int) -> None:
        note = self._chosen()
        if note is None:
            return
        if self._is_lost(note):
            self.action_place()
        else:
            self.marking.go_to_note(note.id)
            self.dismiss()

    def action_place(self) -> None:
        """Choose its place in the essay, on the marking screen."""
        note = self._chosen()
        if self.marking.opened.is_paper:
            self.tell(self.keys.told("A script on paper has no text: {annotations.move} moves it to the place chosen"))
        elif note is not None:
            self.marking.begin_placing(note.id)
            self.dismiss()

    def action_back(self) -> None:
        if self._wanted:
            self._wanted = ""
            self.show()
        else:
            self.dismiss()

    async def action_help(self) -> None:
        from markdesk.tui.screens.pages import PageScreen, help_lines

        lines = help_lines("annotations", self.keys, self.app.size.width - 6)
        await self.app.push_screen(PageScreen("Help: annotations", lines))

    def action_edit(self) -> None:
        """Its editor opens on the marking screen, once that is back."""
        note = self._chosen()
        if note is not None:
            self.marking.go_to_note(note.id)
            self.marking.call_after_refresh(self.marking.action_edit_chosen)
            self.dismiss()

    async def action_restamp(self, key: str) -> None:
        note, opened = self._chosen(), self.marking.opened
        stamp = opened.stamps.for_key(key)
        if note is None:
            return
        if stamp is None or not opened.stamps.serves(stamp, opened.rubric):
            self.tell(f"{stamp.code} isn't used in this scheme" if stamp else f"No stamp is on the key {key}")
            return
        await self.marking.act(lambda: opened.restamp(note.id, stamp.code))
        self._after()

    async def action_move_here(self) -> None:
        note, opened, span = self._chosen(), self.marking.opened, self.marking.essay_view.target.span
        if note is not None and opened.essay.paragraphs:
            await self.marking.act(lambda: opened.move_annotation(note.id, span))
            self._after()

    async def action_tell_class(self) -> None:
        note, opened = self._chosen(), self.marking.opened
        if note is not None:
            await self.marking.act(lambda: opened.tell_class(note.id))
            self._after()

    async def action_remove(self) -> None:
        note, opened = self._chosen(), self.marking.opened
        if note is not None:
            await self.marking.act(lambda: opened.remove_annotation(note.id))
            self._after()

    async def action_undo(self) -> None:
        await self.marking.act(self.marking.opened.undo)
        self._after()

    # -- filtering

    async def action_filter(self) -> None:
        from markdesk.tui.widgets.editor import FilterBox

        if not self.query(FilterBox):
            box = FilterBox(self._wanted, placeholder="a code, a word of the passage or of the comment")
            await self.mount(box, before="#foot")
            self.set_focus(box)

    @on(Input.Changed)
    def _filtered(self, event: Input.Changed) -> None:
        self._wanted = event.value
        self.show()

    def action_move(self, by: int) -> None:
        self._rows.action_move(by)

    async def action_close_box(self, keep: bool) -> None:
        """Close the box of the filter; without ``keep`` everything is listed again."""
        from markdesk.tui.widgets.editor import FilterBox, arrived

        await arrived(self.focused)
        if not keep:
            self._wanted = ""
        self.set_focus(self._rows)
        await self.query(FilterBox).remove()
        self.show()
