"""What the marking screen is made of, and its one way to act: ask the desk, wait for the commit, then show it."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.screen import Screen

from markdesk.core.annotation import Annotation, Stamp, legend
from markdesk.core.changes import AnnotationChanged, MarkingChanged
from markdesk.core.errors import MarkdeskError, StaleChange, StaleRevision
from markdesk.core.essay import Span
from markdesk.core.plain import show_line
from markdesk.core.rubric import Scoring
from markdesk.core.target import Target, paragraph_target, restored_target
from markdesk.desk.marking_desk import MarkingDesk, Outcome
from markdesk.desk.rubrics import warning
from markdesk.desk.sitting import Sitting
from markdesk.tui.palette import TONE_INK
from markdesk.tui.side_lines import BAR, OWN_WORDS, Beside, SideColumn, Words, level_sign, mark_sign
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.text_layout import wrap
from markdesk.tui.widgets.essay_map import EssayMap
from markdesk.tui.widgets.essay_view import GUTTER, MEASURE, EssayView
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.widgets.painted import Across, Down
from markdesk.tui.words import Hint, clipped, day, hint_pieces, spread

if TYPE_CHECKING:
    from textual.timer import Timer

ESSAY_WIDTH = MEASURE + GUTTER + 1
"""Columns that an essay takes, however wide the terminal."""
NARROW = 100
"""Below so many columns the scheme is a drawer."""

HINTS: tuple[Hint, ...] = (
    (7, "←→", "sentence"), (3, "a–z", "stamp"), (4, "1–{top}", "level"), (6, "+ −", "mark"), (8, ",", "feedback"),
    (5, "|", "scheme"), (2, "⏎", "finish & next"), (1, "?", "help"),
)  # fmt: skip
"""What the foot teaches. The scheme only where it is a drawer."""


TYPING_HINTS: tuple[Hint, ...] = (
    (1, "Esc", "close; it is saved"),
    (2, "Tab", "next line"),
    (3, "Ctrl+Z", "undo typing"),
)


class MarkingBase(Screen[None]):
    """Holds the open script and paints it."""

    CSS_PATH = "marking.tcss"
    AUTO_FOCUS = "EssayView"

    def __init__(self, thread: StoreThread, sitting: Sitting, opened: MarkingDesk) -> None:
        super().__init__()
        self.thread = thread
        self.sitting = sitting
        self.opened = opened
        self.beside = Beside("")
        self.chosen = ""
        """The annotation that is shown in full; empty for none."""
        self.legend: tuple[Stamp, ...] = ()
        self.last_stamp = ("", "")
        self.is_typing = False
        """Whether words or a mark are being typed: keys are letters then."""
        self._acting = asyncio.Lock()
        self._place_due: Timer | None = None
        self._column = SideColumn()
        self.words: Words = OWN_WORDS

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        yield Lines(id="last-target")
        with Across(id="desk"):
            with Down(id="left"):
                yield Lines(id="essay-head")
                with Across(id="page"):
                    view = EssayView(id="essay")
                    yield view
                    yield EssayMap(view)
                yield Lines(id="note")
            with Down(id="right") as right:
                right.styles.width = self.side_width
                yield Lines(id="side-head")
                yield Lines(id="side")
                yield Lines(id="given")
        yield Lines(id="foot")

    def on_mount(self) -> None:
        self.set_class(self.app.size.width < NARROW, "-narrow")
        self.essay_view = self.query_one(EssayView)
        self.essay_map = self.query_one(EssayMap)
        self.side = self.query_one("#side", Lines)
        self.side_head = self.query_one("#side-head", Lines)
        self.given = self.query_one("#given", Lines)
        self.head = self.query_one("#essay-head", Lines)
        self.note = self.query_one("#note", Lines)
        self.foot = self.query_one("#foot", Lines)
        self.show_script(self.opened)

    # -- acting

    async def act(self, intent: Callable[[], Outcome]) -> Outcome | None:
        """Ask the desk for something. Shown only once it is durable; a refusal leaves the screen as it was."""
        async with self._acting:
            opened = self.opened
            try:
                outcome = await self.thread.do(intent)
            except (StaleRevision, StaleChange) as error:
                self.show_script(opened)
                self.tell(str(error), "alert")
                return None
            except MarkdeskError as error:
                self.tell(f"NOT SAVED: {error}", "alert")
                return None
            if opened is self.opened:
                self.show_outcome(outcome)
            return outcome

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what changed, and that it is saved."""
        if not outcome.is_saved:
            self.tell(outcome.label)
            return
        self.sitting.note(outcome.marking)
        moved_text = any(
            isinstance(c, MarkingChanged) and self.opened.essay is not self.essay_view.essay for c in outcome.changes
        )
        if moved_text:
            self.show_script(self.opened)
        for change in outcome.changes:
            if isinstance(change, MarkingChanged):
                self.show_top()  # finished, or open again
            if isinstance(change, AnnotationChanged):
                if change.after is None and change.before is not None:
                    self.essay_view.take(change.before)
                    if self.chosen == change.before.id:
                        self.chosen = ""
                elif change.after is not None:
                    self.essay_view.put(change.after)
                    self.chosen = change.after.id
                self.essay_map.show()
        self.show_head()
        self.show_side()
        self.show_note()
        self.tell(outcome.label, saved=True)

    # -- showing

    def show_script(self, opened: MarkingDesk, said: str = "", saved: bool = False) -> None:
        """Show a script that was just opened, where it was left."""
        self.opened = opened
        rubric = opened.rubric
        self.chosen = ""
        self.legend = legend(opened.desk.stamps, rubric)
        scale = next((s for s in rubric.scales if not opened.marking.award(s.id).is_marked), rubric.scales[0])
        strand = (
            rubric.strands_of(scale)[0].id if rubric.scoring is Scoring.PROFILE and rubric.strands_of(scale) else ""
        )
        self.beside = Beside(scale.id, strand, self.beside.is_full)
        tones = {stamp.code: stamp.tone.value for stamp in opened.desk.stamps.stamps}
        self.essay_view.show_essay(opened.essay, opened.marking.annotations.values(), tones, self._resumed())
        self.essay_map.show()
        self.show_top()
        self.show_head()
        self.show_side()
        self.show_note()
        told = warning(opened.rubric)
        if opened.held_by:
            told = f"Read-only: open in another window ({opened.held_by}). Ctrl+T takes it over once that is closed."
        if told:
            self.tell(told, "alert")
        else:
            self.tell(said, saved=saved)
        self._keep_place_soon()

    def _resumed(self) -> Target:
        essay = self.opened.essay
        if not essay.paragraphs:
            return Target(0, Span(0, 0))
        place = self.opened.place
        if place is None:
            return paragraph_target(essay, 0)
        return restored_target(essay, place.start, place.end, place.by_sentence)

    def show_top(self) -> None:
        opened, sitting = self.opened, self.sitting
        entry, count = opened.entry, len(self.sitting.entries)
        group = f" {sitting.group_name}  " if sitting.group_name else " "
        width, place = self.app.size.width, f"{sitting.position(entry.script.id)} of {count}"
        right: list[tuple[str, str]] = [(f"essay {place}", "strong"), (f" · {sitting.done} done ", "quiet")]
        if width >= NARROW:
            filled = round(10 * sitting.done / max(1, count))
            right.append(("▰" * filled + "▱" * (10 - filled) + " ", "bar"))
        scheme = f"   {opened.rubric.short_title} · out of {opened.rubric.max_mark}"
        left: list[tuple[str, str]] = [(show_line(group), "accent"), (f"{show_line(entry.student.name)}   ", "strong")]
        room = width - sum(cell_len(text) for text, _ in (*left, *right)) - cell_len(scheme) - 2
        question = show_line(sitting.assignment.question)
        if room < 30:  # the scheme gives way before the question does
            room, scheme = room + cell_len(scheme), ""
        left += [(clipped(question, max(2, room)), "text"), (scheme, "quiet")]
        self.query_one("#top", Lines).set_line(spread(left, right, width))
        line = self.query_one("#last-target", Lines)
        target = opened.last_target
        line.display = target is not None
        if target is not None:
            label, tail = f" Last target, {day(target.on)}  ", f"   set on {show_line(target.assignment)}"
            room = self.app.size.width - len(label) - 4
            if cell_len(target.text) + cell_len(tail) > room:
                tail = ""  # what it says counts for more than where it was said
            line.set_line(((label, "quiet"), (f"“{clipped(target.text, room)}”", "quote"), (tail, "quiet")))

    def show_head(self) -> None:
        """What is read; where the levels are out of sight, also what it has been given."""
        essay, width = self.opened.essay, self.head.size.width
        words = f"{essay.words} words · {len(essay.paragraphs)} paragraphs · reading ¶{self.essay_view.target.number}"
        left = [(" Essay  ", "heading"), (words, "quiet")]
        if width and (self.has_class("-narrow") or self.beside.notes is not None):
            self.head.set_line(spread(left, [(f"{self._in_short()} ", "accent")], width))
        else:
            self.head.set_line(tuple(left))

    def _in_short(self) -> str:
        """Level and mark in a few characters, by scale where there are several."""
        rubric, marking = self.opened.rubric, self.opened.marking
        if len(rubric.scales) == 1:
            award = marking.award(rubric.scales[0].id)
            return f"{level_sign(award)}  {mark_sign(award)} / {rubric.max_mark}"
        by_scale = "  ".join(f"{scale.id} {mark_sign(marking.award(scale.id))}" for scale in rubric.scales)
        return f"{by_scale}  of {rubric.max_mark}"

    def show_side(self) -> None:
        opened = self.opened
        width = max(24, self.side_width - 3)
        scale = opened.rubric.scale(self.beside.scale)
        aos = ", ".join(scale.aos) if scale else ""
        title = f"{scale.title} · {aos}" if scale else ""
        hint = [("~", "bar"), (" levels in full ", "quiet")]
        self.side_head.set_line(spread([(" Mark scheme  ", "heading"), (title, "quiet")], hint, width + 1))
        column = self._column.lines(opened.rubric, opened.marking, self.beside, self.legend, width, self.words)
        self.side.set_lines(column)
        self._show_given(width)
        chosen = (self.beside.scale, opened.marking.award(self.beside.scale).level, self.beside.is_full)
        if chosen != self._in_view:
            self._in_view = chosen
            self.call_after_refresh(self._show_mark_row)

    _in_view: tuple[str, int | None, bool] = ("", None, False)
    """The scale and level that were brought into view last, and whether in full."""

    def _show_given(self, width: int) -> None:
        """Evidence and feedback, which stay in sight under the scheme; no more than a third of the screen."""
        given = self._column.given(self.opened.marking, self.legend, width)
        height = min(len(given), max(5, self.app.size.height // 3))
        if self._given_height != height:
            self._given_height = height
            self.given.styles.height = height
        self.given.set_lines(given)

    _given_height = 0

    def _show_mark_row(self) -> None:
        """Scroll the scheme as little as shows the row of marks, which ends the chosen level."""
        lines, shown = self.side.lines, self.side.size.height
        bottom = max((y for y, line in enumerate(lines) if line and line[0] == BAR), default=0)
        self.side.scroll_to(y=max(0, bottom + 2 - shown), animate=False, immediate=True)

    @property
    def side_width(self) -> int:
        """The essay has its measure; what is left is the scheme's, within reason."""
        width = self.app.size.width
        return 44 if width < NARROW else max(int(width * 0.38), min(90, width - ESSAY_WIDTH - 3))

    def annotation_shown(self) -> Annotation | None:
        return self.opened.marking.annotations.get(self.chosen) if self.chosen else None

    def show_note(self) -> None:
        """The chosen annotation in full, under the essay."""
        shown = self.annotation_shown()
        count = len(self.opened.marking.annotations)
        if shown is None:
            told = (
                f"{count} annotation{'s' if count != 1 else ''}   [ ] to read them" if count else "no annotations yet"
            )
            self.note.set_lines([((" ", "text"), (told, "quiet")), (), ()])
            return
        span = shown.anchor.span
        where = f"¶{self.opened.essay.paragraph_at(span.start).number} " if span else "lost its place: "
        stamp = self.opened.desk.stamps.for_code(shown.code)
        style = TONE_INK[stamp.tone] if stamp else "quiet"
        room = max(20, self.essay_view.size.width - len(where) - len(shown.code) - 8)
        quote = clipped(shown.anchor.exact, room)
        meaning = f"   {stamp.meaning}" if stamp and not shown.comment else ""
        self.note.set_lines(
            [
                (
                    ("▌ ", "bar"),
                    (where, "quiet"),
                    (f"{shown.code} " if shown.code else "", style),
                    (f"“{quote}”", "quote"),
                ),
                (("▌ ", "bar"), (shown.comment or meaning.strip(), "text" if shown.comment else "quiet")),
                (
                    ("▌ ", "bar"),
                    (f'{count} annotation{"s" if count != 1 else ""}    [ ] move    " edit    Del remove', "quiet"),
                ),
            ]
        )

    def tell(self, text: str, style: str = "quiet", saved: bool = False) -> None:
        """Say something in the foot: what was saved, why nothing happened, what went wrong and what to do."""
        self._said = text, style, saved
        width, text = self.app.size.width, show_line(text)
        if style == "alert":
            lines = [text[s.start : s.end].rstrip() for s in wrap(text, Span(0, len(text)), width - 2)][:3]
            self._set_foot([((" ", "text"), (line, style)) for line in lines])
            return
        pieces: list[tuple[str, str]] = [(" ", "text")]
        if saved:
            pieces += [("✓ saved ", "good"), (f" {text}", "text")]
        elif text:
            pieces += [(text, style)]
        pieces += self._hints(width - sum(cell_len(piece) for piece, _ in pieces))
        self._set_foot([tuple(pieces)])

    def _set_foot(self, lines: list[Line]) -> None:
        """The foot has one line; a warning has as many as it takes, so that what to do is never cut off."""
        if self._foot_lines != len(lines):
            self._foot_lines = len(lines)
            self.foot.styles.height = len(lines)
        self.foot.set_lines(lines)

    _foot_lines = 1
    _said = "", "quiet", False
    """What the foot says: text, style, and whether it was saved."""

    def _hints(self, room: int) -> list[tuple[str, str]]:
        if self.is_typing:  # asked first: every key of the essay comes by here, and a query looks at every widget
            # Beside the mark box the line itself says what it takes.
            return [] if self.query("#mark-box") else hint_pieces(TYPING_HINTS, room)
        scale = self.opened.rubric.scale(self.beside.scale)
        top = scale.top if scale and scale.top else 9
        wanted = [hint for hint in HINTS if hint[1] != "|" or self.has_class("-narrow")]
        return hint_pieces([(turn, key.format(top=top), does) for turn, key, does in wanted], room)

    # -- where the marker is

    @on(EssayView.Clicked)
    def moved(self) -> None:
        """The target may be another: say so in the same frame. Called by whatever moves it."""
        self.show_head()
        self.essay_map.show()
        self._keep_place_soon()

    def _keep_place_soon(self) -> None:
        if self._place_due is None:
            self._place_due = self.set_timer(0.5, self.keep_place)

    async def keep_place(self) -> None:
        """Remember the passage, a moment after the last key."""
        self._place_due = None
        try:
            await self.thread.do(self.place_keeper())
        except MarkdeskError as error:
            if self._said[1] != "alert":  # what was not saved counts for more than where she is
                self.tell(f"Your place was not kept: {error}", "alert")

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
