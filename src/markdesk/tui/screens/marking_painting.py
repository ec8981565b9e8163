"""What stands on the marking screen: everything that is painted from the open script, and nothing that changes it."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.app import ComposeResult

from markdesk.core.annotation import Annotation, Stamp, meaning_of
from markdesk.core.award import Award
from markdesk.core.plain import show_line
from markdesk.core.rubric import Rubric
from markdesk.core.scans import page_count, told_pages
from markdesk.desk.anonymous import quoted
from markdesk.desk.finishing import CHECKED, TASK_LABELS
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.sitting import Sitting
from markdesk.tui.palette import TONE_INK
from markdesk.tui.screens.room import Room
from markdesk.tui.side_lines import BAR, OWN_WORDS, Beside, SideColumn, Words, level_sign, mark_sign
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.text_layout import wrapped
from markdesk.tui.widgets.essay_map import EssayMap
from markdesk.tui.widgets.essay_view import GUTTER, MEASURE, EssayView
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.widgets.painted import Across, Down
from markdesk.tui.words import Hint, clipped, dated, hint_pieces, of_group, spread

if TYPE_CHECKING:
    from markdesk.desk.likened import Likened

ESSAY_WIDTH = MEASURE + GUTTER + 1
"""Columns that an essay takes, however wide the terminal."""
NARROW = 100
"""Below so many columns the scheme is a drawer."""

HINTS: tuple[Hint, ...] = (
    (7, "{marking.sentence_back/marking.sentence_on}", "sentence"), (3, "a–z", "stamp"),
    (4, "{marking.level_1}–{top}", "level"), (6, "{marking.more} {marking.less}", "mark"),
    (8, "{marking.feedback}", "feedback"), (5, "{marking.drawer}", "scheme"), (2, "{marking.finish}", "finish & next"),
    (1, "{desk.help}", "help"),
)  # fmt: skip
"""What the foot teaches. The scheme only where it is a drawer."""

LOCKED_HINTS: tuple[Hint, ...] = (
    (4, "{marking.sentence_back/marking.sentence_on}", "sentence"),
    (5, "{marking.last_essay/marking.next_essay}", "essay"),
    (6, "{marking.drawer}", "scheme"),
    (2, "{queue.line_up} {line_up.reopen}", "in the list of its pile: open it for changes"),
    (3, "{desk.back}", "back"),
    (1, "{desk.help}", "help"),
)
"""What it teaches of an essay that was returned: what only reads it, and the way to change it all the same."""


MOST_ALERT = 6
"""Lines of what went wrong in the foot: all that may have to be told at once as an essay is opened."""

PAD = "{marking.down} the next paragraph   {marking.page_down} the next page"
PAD_WITH_SCAN = "{marking.down} paragraph   {marking.page_down} page"
"""What the head of a pad teaches."""

TYPING_HINTS: tuple[Hint, ...] = (
    (1, "{editor.close}", "close; it is saved"),
    (2, "{editor.next}", "next line"),
    (3, "Ctrl+Z", "undo typing"),
)


def in_short(rubric: Rubric, awards: Mapping[str, Award]) -> str:
    """Level and mark in a few characters, by scale where there are several."""
    if len(rubric.scales) == 1:
        award = awards.get(rubric.scales[0].id)
        return f"{level_sign(award)}  {mark_sign(award)} / {rubric.max_mark}"
    by_scale = "  ".join(f"{scale.id} {mark_sign(awards.get(scale.id))}" for scale in rubric.scales)
    return f"{by_scale}  of {rubric.max_mark}"


class MarkingPainting(Room[None]):
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
        self.likened: Mapping[str, Likened] = {}
        """Those that were found by likeness when a newer text came in."""
        self.legend: tuple[Stamp, ...] = ()
        self.last_stamp = ("", "")
        self.is_typing = False
        """Whether words or a mark are being typed: keys are letters then."""
        self._acting = asyncio.Lock()
        self._asking = asyncio.Lock()
        """Held while the bank opens in an editor: a key that ends or leaves the line waits for it."""
        self._column = SideColumn(self.keys.brief("{marking.feedback}"))
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

    def find_parts(self) -> None:
        """Find what is painted on; once, after the screen is put together."""
        self.set_class(self.app.size.width < NARROW, "-narrow")
        self.essay_view = self.query_one(EssayView)
        self.essay_map = self.query_one(EssayMap)
        self.side = self.query_one("#side", Lines)
        self.side_head = self.query_one("#side-head", Lines)
        self.given = self.query_one("#given", Lines)
        self.head = self.query_one("#essay-head", Lines)
        self.note = self.query_one("#note", Lines)
        self.foot = self.query_one("#foot", Lines)

    @property
    def part_told(self) -> str:
        """The part of the question that the cursor is in. ``Parted`` knows."""
        return ""

    @property
    def pace_told(self) -> str:
        """How long essays take, in a few words. ``Paced`` knows."""
        return ""

    def show_top(self) -> None:
        opened, sitting = self.opened, self.sitting
        entry, count = opened.entry, len(self.sitting.entries)
        width, place = self.app.size.width, f"{sitting.position(entry.script.id)} of {count}"
        right: list[tuple[str, str]] = [(f"essay {place}", "strong"), (f" · {sitting.done} done ", "quiet")]
        pace = self.pace_told if width >= NARROW else ""
        if pace:
            right.append((f"· {pace} ", "quiet"))
        if width >= NARROW:
            filled = round(10 * sitting.done / max(1, count))
            right.append(("▰" * filled + "▱" * (10 - filled) + " ", "bar"))
        scheme = f"   {opened.rubric.short_title} · out of {opened.rubric.max_mark}"
        left: list[tuple[str, str]] = [
            (of_group(sitting.group_name), "accent"),
            (f"{show_line(sitting.called(entry))}   ", "strong"),
        ]
        room = width - sum(cell_len(text) for text, _ in (*left, *right)) - cell_len(scheme) - 2
        question = show_line(sitting.assignment.question)
        if room < 30:  # the scheme gives way before the question does
            room, scheme = room + cell_len(scheme), ""
        left += [(clipped(question, max(2, room)), "text"), (scheme, "quiet")]
        self.query_one("#top", Lines).set_line(spread(left, right, width))
        line = self.query_one("#last-target", Lines)
        target = opened.last_target
        line.display = target is not None
        if target is not None and opened.last_target_is_hidden:
            # It may tell who it is. Its line is there all the same, so that no mark moves the text.
            line.set_line(((" Last target  ", "quiet"), ("shown once the mark is set", "quiet")))
        elif target is not None:
            day = dated(target.on, opened.desk.clock.now())
            label, tail = f" Last target, {day}  ", f"   set on {show_line(target.assignment)}"
            became = f"   {TASK_LABELS[target.task_done]}" if target.task_done in CHECKED else ""
            room = self.app.size.width - len(label) - 4 - len(became)
            if cell_len(target.text) + cell_len(tail) > room:
                tail = ""  # what it says counts for more than where it was said
            line.set_line(
                ((label, "quiet"), (f"“{clipped(target.text, room)}”", "quote"), (became, "text"), (tail, "quiet"))
            )

    def show_head(self) -> None:
        """What is read; where the levels are out of sight, also what it has been given."""
        essay, width = self.opened.essay, self.head.size.width
        words = f"{essay.words} words · {len(essay.paragraphs)} paragraphs · reading ¶{self.essay_view.target.number}"
        words += self.part_told
        left = self.head_of_lens() or [(" Essay  ", "heading"), (words, "quiet")]
        if self.opened.is_paper:
            left = [(" Paper  ", "heading"), (f"{essay.quote(self.essay_view.target.span)}   ", "text")]
            left += self._pad_told()
        if self.opened.marking.is_locked:
            left.insert(0, (" Returned, locked  ", "weigh"))
        if width and not self.shows_levels:
            self.head.set_line(spread(left, [(f"{self._in_short()} ", "accent")], width))
        else:
            self.head.set_line(left)

    def _pad_told(self) -> list[tuple[str, str]]:
        """What a pad's head says besides the place: the scan and its key, and how to go on."""
        scans = self.opened.entry.script.scans
        if not scans:
            return [(self.keys.told(PAD), "quiet")]
        told = (f"scan: {told_pages(page_count(scans))}   ", "text")
        return [(self.keys.told("{marking.scan} "), "quiet"), told, (self.keys.told(PAD_WITH_SCAN), "quiet")]

    def head_of_lens(self) -> list[tuple[str, str]]:
        """What stands there instead while a lens is on; ``Lensed`` knows."""
        return []

    @property
    def shows_levels(self) -> bool:
        """Whether the levels are in sight, with what has been given."""
        return not self.has_class("-narrow") and self.beside.notes is None

    def _in_short(self) -> str:
        return in_short(self.opened.rubric, self.opened.marking.award_by_scale())

    def show_side(self) -> None:
        opened = self.opened
        width = max(24, self.side_width - 3)
        scale = opened.rubric.scale(self.beside.scale)
        aos = ", ".join(scale.aos) if scale else ""
        title = f"{scale.title} · {aos}" if scale else ""
        hint = [(self.keys.brief("{marking.full}"), "bar"), (" levels in full ", "quiet")]
        self.side_head.set_line(spread([(" Mark scheme  ", "heading"), (title, "quiet")], hint, width + 1))
        column = self._column.lines(opened.rubric, opened.marking, self.beside, width, self.words)
        self.side.set_lines(column)
        has_moved = self._show_given(width)
        chosen = (self.beside.scale, opened.marking.award(self.beside.scale).level, self.beside.is_full)
        if chosen != self._in_view:
            self._in_view = chosen
            if has_moved or not self.side.size.height:
                self.call_after_refresh(self.show_mark_row)
            else:
                self.show_mark_row()  # in the same frame

    _in_view: tuple[str, int | None, bool] = ("", None, False)
    """The scale and level that were brought into view last, and whether in full."""

    def _show_given(self, width: int) -> bool:
        """Stamps, evidence and feedback, which stay in sight under the scheme; no more than a third of the screen.

        True where they take more or less room than before.
        """
        given = self._column.given(
            self.opened.marking,
            self.legend,
            self.opened.stamps,
            self.opened.aos,
            self.opened.entry.assignment.kind,
            width,
            most := max(5, self.app.size.height // 3),
        )
        height = min(len(given), most)
        before, self._given_height = self._given_height, height
        if before != height:
            self.given.styles.height = height
            self.call_after_refresh(self.show_mark_row)  # there is less room for the scheme, or more
        self.given.set_lines(given)
        return before != height

    _given_height = 0

    def show_mark_row(self) -> None:
        """Scroll the scheme as little as shows the row of marks, which ends the chosen level."""
        lines, shown = self.side.lines, self.side.size.height
        if not shown:
            return
        bottom = max((y for y, line in enumerate(lines) if line and line[0] == BAR), default=0)
        # Forced: the scroll bar that allows it may stand only in the frame after this one.
        self.side.scroll_to(y=max(0, bottom + 1 - shown), animate=False, immediate=True, force=True)

    @property
    def side_width(self) -> int:
        """The essay has its measure; what is left is the scheme's, within reason."""
        width = self.app.size.width
        return 44 if width < NARROW else max(int(width * 0.38), min(90, width - ESSAY_WIDTH - 3))

    def annotation_shown(self) -> Annotation | None:
        found = self.opened.marking.annotations.get(self.chosen) if self.chosen else None
        return found and self.opened.placed(found)

    def passage_of(self, annotation: Annotation) -> str:
        """The words that an annotation stands on, as the screen has them: a name in them may be hidden."""
        span = annotation.anchor.span
        if span is None or self.opened.is_paper:
            return quoted(self.opened.entry, annotation.anchor.exact)
        return self.essay_view.essay.quote(span)

    def stood_on(self, annotation: Annotation) -> str:
        """The words that it stood on in the earlier text, where it was found by likeness and is to be looked at."""
        alike = self.likened.get(annotation.id)
        return quoted(self.opened.entry, alike.words) if alike and alike.put == annotation.anchor else ""

    def lost_notes(self) -> int:
        """How many annotations have no place in this text."""
        notes = () if self.opened.is_paper else self.opened.marking.annotations.values()
        return sum(note.anchor.span is None for note in notes)

    def show_note(self) -> None:
        """The chosen annotation in full, under the essay."""
        shown = self.annotation_shown()
        count = len(self.opened.marking.annotations)
        if shown is None:
            told = "no annotations yet"
            if count:
                told = f"{count} annotation{'s' if count != 1 else ''}"
                told += self.keys.told("   {marking.last_note/marking.next_note} to read them")
            self.note.set_lines([((" ", "text"), (told, "quiet")), (), ()])
            return
        span = shown.anchor.span
        where = f"¶{self.opened.essay.paragraph_at(span.start).number} " if span else "lost its place: "
        before = self.stood_on(shown)
        if before:
            where = f"≈ {where}"
        if self.opened.is_paper:
            where = ""  # the quotation is the place
        stamp = self.opened.stamps.for_code(shown.code)
        style = TONE_INK[stamp.tone] if stamp else "quiet"
        sign = "& " if shown.for_class else ""
        room = max(20, self.essay_view.size.width - len(where) - len(shown.code) - 8)
        quote = clipped(self.passage_of(shown), room)
        meaning = "" if shown.comment else meaning_of(shown.code, self.opened.stamps)
        if shown.for_class:
            meaning = f"{meaning}   & for the class".strip()
        ways = self.keys.told(
            "{marking.last_note/marking.next_note} move    {marking.edit_note} edit    {marking.remove_note} remove"
        )
        last = f"{count} annotation{'s' if count != 1 else ''}    {ways}"
        if before:
            last = f"found by likeness: it stood on “{clipped(before, max(8, self.essay_view.size.width - 36))}”"
        self.note.set_lines(
            [
                (
                    ("▌ ", "bar"),
                    (where, "quiet"),
                    (f"{shown.code} " if shown.code else "", style),
                    (sign, "weigh"),
                    (quote if self.opened.is_paper else f"“{quote}”", "quote"),
                ),
                (("▌ ", "bar"), (shown.comment or meaning, "text" if shown.comment else "quiet")),
                (("▌ ", "bar"), (last, "weigh" if before else "quiet")),
            ]
        )

    def tell(self, text: str, style: str = "quiet", saved: bool = False) -> None:
        """Say something in the foot: what was saved, why nothing happened, what went wrong and what to do."""
        self._said = text, style, saved
        width, text = self.app.size.width, show_line(text)
        if style == "alert" or (not saved and cell_len(text) > width - 2):
            self._set_foot([((" ", "text"), (line, style)) for line in wrapped(text, width - 2)[:MOST_ALERT]])
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
            self.call_after_refresh(self.show_mark_row)  # there is less room for the scheme, or more
        self.foot.set_lines(lines)

    @property
    def said(self) -> tuple[str, str, bool]:
        """What was told last: text, style, and whether it was saved."""
        return self._said

    _foot_lines = 1
    _said = "", "quiet", False
    """What the foot says: text, style, and whether it was saved."""

    def typing_hints(self) -> tuple[Hint, ...]:
        """What the foot teaches while words are typed."""
        return TYPING_HINTS

    def extra_hints(self) -> tuple[Hint, ...]:
        """What the foot teaches besides, while something is looked for."""
        return ()

    def _hints(self, room: int) -> list[tuple[str, str]]:
        if self.is_typing:  # asked first: every key of the essay comes by here, and a query looks at every widget
            # Beside the mark box the line itself says what it takes.
            return [] if self.query("#mark-box") else hint_pieces(self.typing_hints(), room, self.keys)
        scale = self.opened.rubric.scale(self.beside.scale)
        top = scale.top if scale and scale.top else 9
        taught = LOCKED_HINTS if self.opened.marking.is_locked else HINTS
        wanted = [hint for hint in taught if hint[1] != "{marking.drawer}" or self.has_class("-narrow")]
        item = next((item for item in scale.items if item.id == self.beside.item), None) if scale else None
        if scale and item:
            points = (4, f"0–{item.max}", f"points: {scale.part or scale.id} {item.id}")
            wanted = [points if does == "level" else (turn, key, does) for turn, key, does in wanted]
        wanted = [*self.extra_hints(), *wanted]
        hints = [(turn, key.replace("{top}", str(top)), does) for turn, key, does in wanted]
        return hint_pieces(hints, room, self.keys)
