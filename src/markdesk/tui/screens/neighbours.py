"""Two essays side by side: the chosen one and its neighbour in marks, or one that was marked early or late.

To be read; only the mark can be moved.
"""

from collections.abc import Mapping

from textual import events
from textual.app import ComposeResult

from markdesk.core.errors import MarkdeskError
from markdesk.core.ids import ScriptId
from markdesk.core.plain import show_line
from markdesk.core.rubric import Rubric, Scale
from markdesk.desk.adjusting import Adjusting
from markdesk.desk.besides import Reading, read
from markdesk.desk.desk import Desk
from markdesk.desk.line_up import Place
from markdesk.desk.pile_acts import Adjusted
from markdesk.desk.ports import Entry
from markdesk.desk.redrafts import Redraft
from markdesk.tui.bindings import priority_bindings_of
from markdesk.tui.line_up_lines import looks, ordinal, scale_line, side_head
from markdesk.tui.opening import Opening
from markdesk.tui.palette import tones_of
from markdesk.tui.screens.line_up_acts import LineUpActs
from markdesk.tui.side_lines import OWN_WORDS, Words, hanging
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.widgets.painted import Across, Down
from markdesk.tui.widgets.reading_view import ReadingView
from markdesk.tui.words import Hint, clipped, of_group, spread

NARROW = 100
"""Below so many columns the two essays take turns."""
MOST_SUMMARY = 4
"""Lines of a level's summary, under the head of its essay, and of what is to be looked at."""


Pair = tuple[Reading, Reading]


def read_pair(desk: Desk, opening: Opening, rubric: Rubric, entries: tuple[Entry, Entry]) -> tuple[Pair, Words]:
    """The two texts, the higher first, and the words in which the levels are told."""
    try:
        words: Words = opening.shelf().wording(rubric)
    except MarkdeskError:
        words = OWN_WORDS  # the marking screen says what is wrong with that file
    above, below = (read(desk, entry, rubric) for entry in entries)
    return (above, below), words


class NeighboursScreen(LineUpActs[ScriptId]):
    """Two essays, their levels and marks."""

    ROOM = "side by side"
    BINDINGS = priority_bindings_of(ROOM)

    def __init__(
        self,
        thread: StoreThread,
        adjusting: Adjusting,
        scale: Scale,
        redrafts: Mapping[ScriptId, Redraft],
        pair: Pair,
        words: Words,
        chosen: ScriptId,
    ) -> None:
        super().__init__(thread, adjusting, scale, redrafts)
        self.pair, self.words = pair, words
        self.side = int(pair[1].script_id == chosen)
        """Which of the two + and - move: 0 the one above, 1 the one below."""
        self._line = 0
        self.heads = (Lines(classes="side-head"), Lines(classes="side-head"))
        self.views = (ReadingView(), ReadingView())
        self.sides = (
            Down(self.heads[0], self.views[0], classes="side"),
            Down(self.heads[1], self.views[1], classes="side"),
        )

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        yield Across(*self.sides, id="pair")
        yield Lines(id="foot")

    def on_mount(self) -> None:
        self.show_pair()
        self.tell("")

    def on_resize(self) -> None:
        self.set_class(self.is_narrow, "-narrow")
        self.call_after_refresh(self._show_heads)
        self.call_after_refresh(self._scroll_both, 0)
        self.call_after_refresh(self.tell_again)

    @property
    def is_narrow(self) -> bool:
        return self.app.size.width < NARROW

    @property
    def chosen(self) -> ScriptId:
        return self.pair[self.side].script_id

    @property
    def hints(self) -> tuple[Hint, ...]:
        moves = f"mark of {self.scale.id.upper()}" if len(self.sitting.rubric.scales) > 1 else "a mark"
        return (
            (2, "{side.more/side.less}", moves), (1, "{side.other}", "the other"),
            (6, "{side.up/side.down}", "scroll"), (4, "{side.last/side.next}", "along the line"),
            (5, "{side.early} {side.late}", "early, late"),
            (3, "{desk.back}", "back"), (7, "{desk.help}", "help"),
        )  # fmt: skip

    # -- showing

    def show_pair(self) -> None:
        """Both essays from their beginnings."""
        tones = tones_of(self.sitting.desk.stamps_for(self.sitting.rubric))
        for reading, view in zip(self.pair, self.views, strict=True):
            view.read(reading.essay, reading.annotations, tones, reading.is_paper)
        self._line = 0
        self._scroll_both(0)
        self._show_heads()

    def show_adjusted(self, adjusted: Adjusted) -> None:
        for marking in adjusted.markings[:1]:
            for at, reading in enumerate(self.pair):
                if reading.script_id == marking.header.script_id:
                    self.side = at  # an undo may be of the other one
        self._show_heads()

    def _show_heads(self) -> None:
        sitting = self.sitting
        head = of_group(sitting.group_name)
        left = [(head, "accent"), (show_line(sitting.assignment.name), "strong"), ("   side by side", "quiet")]
        scheme = [(f"{sitting.rubric.short_title} · out of {sitting.rubric.max_mark} ", "quiet")]
        self.query_one("#top", Lines).set_line(spread(left, scheme, self.app.size.width))
        width = self.app.size.width // (1 if self.is_narrow else 2) - 1
        for at, (side, lines) in enumerate(zip(self.sides, self.heads, strict=True)):
            is_other = at != self.side
            side.set_class(is_other, "-other")
            told = self._head_of(at, width)[: 1 if is_other and self.is_narrow else None]
            lines.grow_to(told)

    def _head_of(self, at: int, width: int) -> list[Line]:
        """As many lines for every essay and every level, so that no key moves the text."""
        place, scales = self.line_up.place_of(self.pair[at].script_id), self.sitting.rubric.scales
        is_chosen = at == self.side
        lines = [side_head(self.sitting.rubric, place, self.sitting.called(place.entry), is_chosen, width)]
        if len(scales) > 1:
            rows = (scale_line(place, s, self.words, s is self.scale and is_chosen, width) for s in scales)
            return [*lines, *rows]
        summaries = (self.words.summary(self.scale, level) for level in self.scale.levels)
        longest = max((len(hanging("", "", text, "", 0, width - 3)) for text in summaries), default=1)
        return [*lines, *self._summary(at, width, min(MOST_SUMMARY, longest + 1))]

    def _summary(self, at: int, width: int, height: int) -> list[Line]:
        reading, is_chosen = self.pair[at], at == self.side
        place = self.line_up.place_of(reading.script_id)
        told: list[Line] = []
        level = self.scale.level(place.level(self.scale.id) or 0)
        style = "text" if is_chosen else "quiet"
        if level is not None:
            told = hanging("", "quiet", self.words.summary(self.scale, level), style, 0, width - 3)
        elif place.total.value == 0:
            told = hanging("", "quiet", self.sitting.rubric.zero_label, style, 0, width - 3)
        look = looks(self.line_up, place, self.redrafts.get(place.script_id))
        if reading.is_paper:
            look = f"on paper{f', {look}' if look else ''}"
        if look:
            told = [*told[: height - 1], ((clipped(look, width - 3), "weigh"),)]
        edge = ("▌ ", "bar") if is_chosen else ("  ", "bar")
        empty: list[Line] = [()] * height
        return [(edge, *line) for line in [*told, *empty][:height]]

    # -- the keys

    def action_scroll(self, by: int) -> None:
        """Both essays, a line."""
        self._scroll_both(by)

    def action_page(self, by: int) -> None:
        """Both essays, nearly a screenful."""
        self._scroll_both(by * max(1, self.views[self.side].size.height - 2))

    def action_edge(self, end: int) -> None:
        """To the beginning of both, or the end of the longer."""
        self._scroll_both(10**6 if end else -(10**6))

    def _scroll_both(self, by: int) -> None:
        shown = [view for view in self.views if view.size.height]
        furthest = max((view.furthest for view in shown), default=0)
        self._line = max(0, min(furthest, self._line + by))
        for view in shown:
            view.scroll_to_line(self._line)

    def action_other(self) -> None:
        """The other side is the chosen one."""
        self.side = 1 - self.side
        self._show_heads()
        self.call_after_refresh(self._scroll_both, 0)
        self.tell("")

    def on_click(self, event: events.Click) -> None:
        """A click on a side chooses it."""
        if self.sides[1 - self.side].region.contains(event.screen_x, event.screen_y):
            self.action_other()

    async def action_pair(self, by: int) -> None:
        """The pair above or below in the line."""
        first, second = sorted(self.pair, key=lambda reading: self.line_up.index_of(reading.script_id))
        new = self.line_up.beside((first if by < 0 else second).script_id, by)
        if new is None:
            self.tell("This is the top of the line" if by < 0 else "This is the bottom of the line")
            return
        reading = await self._read(new.entry)
        if reading is not None:
            self.pair = (reading, first) if by < 0 else (second, reading)
            self.show_pair()
            self.tell("")

    async def _read(self, entry: Entry) -> Reading | None:
        desk = self.sitting.desk
        try:
            return await self.thread.do(lambda: read(desk, entry, self.sitting.rubric))
        except MarkdeskError as error:
            self.tell(str(error), "alert")
            return None

    async def action_another(self, is_late: bool) -> None:
        """Beside the chosen essay one of about its mark that was marked early, or late; again: the next such."""
        here = self.line_up.place_of(self.chosen)
        found = self.line_up.alike(self.chosen, is_late)
        if not found:
            self.tell(self._why_none(is_late))
            return
        ids = [place.script_id for place in found]
        other = self.pair[1 - self.side].script_id
        new = found[(ids.index(other) + 1) % len(found) if other in ids else 0]
        reading = await self._read(new.entry)
        if reading is None:
            return
        both = (self.pair[self.side], reading)
        above, below = sorted(both, key=lambda one: self.line_up.index_of(one.script_id))
        self.pair, self.side = (above, below), int(below is both[0])
        self.show_pair()
        self.tell(f"{self._marked_told(new)} of {self.line_up.marked}, {self._marked_told(here)}")

    def _why_none(self, is_late: bool) -> str:
        ends = self.line_up.ends(is_late)
        if ends is None:
            return "Several were finished at one moment: which came first isn't known"
        if any(place.script_id == self.chosen for place in ends):
            return f"This is the {'late' if is_late else 'early'} one itself"
        return "Too few are finished yet to tell early ones from late ones"

    def _marked_told(self, place: Place) -> str:
        called = show_line(self.sitting.called(place.entry))
        return f"{called} was marked {ordinal(place.marked_as)}" if place.marked_as else called

    def action_back(self) -> None:
        """To the list, the cursor on the chosen side."""
        if not self.stop_many():
            self.dismiss(self.chosen)
