"""Line up: the whole pile in mark order, neighbours next to each other. Adjust, then return it."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult

from markdesk.core.drift import Drift
from markdesk.core.errors import MarkdeskError
from markdesk.core.ids import ScriptId
from markdesk.core.marking import MarkingStatus
from markdesk.core.plain import show_line
from markdesk.core.rubric import Scale
from markdesk.desk.adjusting import Adjusting
from markdesk.desk.drifting import Past, past_of, sitting_drift
from markdesk.desk.line_up import Break, LineUp, Place, Standing
from markdesk.desk.pile_acts import Adjusted
from markdesk.desk.ports import Entry
from markdesk.desk.redrafts import Redraft, redrafts
from markdesk.desk.sitting import Sitting
from markdesk.tui.at_home import markdesk
from markdesk.tui.bindings import SCREENS, priority_bindings_of
from markdesk.tui.line_up_lines import cells_of, columns_of, histogram_lines
from markdesk.tui.queue_lines import drift_line
from markdesk.tui.refusals import refusals_are_told
from markdesk.tui.screens.line_up_acts import LineUpActs
from markdesk.tui.screens.pile_acting import MANY
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.widgets.rows import Cell, MadeRows, Rows
from markdesk.tui.words import Hint, of_group, spread

if TYPE_CHECKING:
    from markdesk.tui.app import MarkdeskApp
    from markdesk.tui.screens.queue import QueueScreen

ACTIONS = frozenset(key.action.partition("(")[0] for key in SCREENS["line up"])
STAYS_ASKED = frozenset({"compare", "return_pile", "back"})
"""The actions that don't end the question whether to return the pile: they answer it."""


@refusals_are_told
async def open_line_up(app: "MarkdeskApp", queue: "QueueScreen") -> None:
    """A pile in mark order, read anew; the list under it shows what became of it there."""
    before = queue.sitting

    def read() -> tuple[Sitting, dict[ScriptId, Redraft], Past]:
        sitting = before.again()
        return sitting, redrafts(sitting.desk, sitting.entries), past_of(sitting)

    queue.sitting, found, past = await queue.thread.do(read)
    await app.push_screen(LineUpScreen(queue.thread, Adjusting(queue.sitting), found, past))


class PileRows(MadeRows):
    """The rows of the list."""

    def __init__(
        self,
        line_up: LineUp,
        active: Scale,
        redrafts: Mapping[ScriptId, Redraft],
        called: Callable[[Entry], str],
    ) -> None:
        self._called = called
        self._line_up = line_up
        self._active = active
        self._redrafts = redrafts

    def __len__(self) -> int:
        return len(self._line_up)

    def row(self, index: int) -> Sequence[Cell]:
        return cells_of(self._line_up, index, self._active, self._redrafts, self._called)

    def is_break(self, index: int) -> bool:
        """Whether a row only says how far apart those around it are."""
        return 0 <= index < len(self) and isinstance(self._line_up.row(index), Break)


class LinedRows(Rows):
    """A list in which the cursor passes over the gaps."""

    def _go(self, index: int) -> None:
        rows = self.rows
        index = max(0, min(index, len(rows) - 1))
        if isinstance(rows, PileRows):
            by = -1 if index < self.cursor and index > 0 else 1  # above the first essay there is nothing to go to
            while rows.is_break(index):
                index += by
        super()._go(index)


class LineUpScreen(LineUpActs[None]):
    """Look along the marks of a pile, and move those that stand in the wrong place."""

    ROOM = "line up"
    BINDINGS = priority_bindings_of(ROOM)
    AUTO_FOCUS = "LinedRows"

    def __init__(
        self, thread: StoreThread, adjusting: Adjusting, redrafts: Mapping[ScriptId, Redraft], past: Past
    ) -> None:
        super().__init__(thread, adjusting, adjusting.sitting.rubric.scales[0], redrafts)
        self._past = past
        self.asks = False
        """Whether the foot asks if the pile is to be returned."""
        self.rows = LinedRows(id="rows")
        names = (cell_len(show_line(self.sitting.called(entry))) for entry in self.sitting.entries)
        self._widest_name = max(names, default=8)

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        yield Lines(id="said")
        yield self.rows
        yield Lines(id="foot")

    def on_mount(self) -> None:
        self.show_pile(next((at for at in range(len(self.line_up)) if isinstance(self.line_up.row(at), Place)), 0))
        self.tell("" if self.line_up.count else "No essay has been handed in yet")

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_head)
        if self.asks:
            self.call_after_refresh(self._ask)
        else:
            self.call_after_refresh(self.tell_again)

    # -- showing

    _drift: Drift | None = None
    """What the order of marking says of the pile as it stands, where there is a sign of drift."""

    def show_pile(self, cursor: int) -> None:
        """The list as it stands, with the cursor on a row."""
        self._drift = sitting_drift(self.sitting, self._past)
        self.line_up.shows_drift(self._drift is not None)
        columns, widest = columns_of(self.sitting.rubric, self.scale, self._widest_name)
        rows = PileRows(self.line_up, self.scale, self.redrafts, self.sitting.called)
        self.rows.show_rows(columns, rows, cursor, widest=widest)
        self._show_head()

    def _show_head(self) -> None:
        sitting, line_up = self.sitting, self.line_up
        head = of_group(sitting.group_name)
        left = [(head, "accent"), (show_line(sitting.assignment.name), "strong"), ("   lined up by mark", "quiet")]
        returned = line_up.statuses[MarkingStatus.RETURNED]
        right = [(f"{line_up.finished} of {line_up.count} finished", "text")]
        if returned:
            right.append((f" · {returned} returned", "good"))
        self.query_one("#top", Lines).set_line(spread(left, [*right, (" ", "text")], self.app.size.width))
        place = self.place
        value = place.total.value if place is not None else None
        chosen = value if isinstance(value, int) else None
        width = self.app.size.width
        lines = histogram_lines(line_up, chosen, width)
        said = self.query_one("#said", Lines)
        said.set_lines([*lines, drift_line(self._drift, width)] if self._drift else lines)
        said.styles.height = 5 if self._drift else 4

    @property
    def place(self) -> Place | None:
        """The essay under the cursor."""
        found = self.line_up.row(self.rows.cursor) if len(self.line_up) else None
        return found if isinstance(found, Place) else None

    @property
    def chosen(self) -> ScriptId | None:
        return self.place.script_id if self.place is not None else None

    @property
    def standing(self) -> tuple[str, str]:
        if not self.line_up.is_finished:
            return "", "quiet"
        return ("✓ all marked" if self._ready else "✓ all returned"), "good"

    @property
    def hints(self) -> tuple[Hint, ...]:
        several = len(self.sitting.rubric.scales) > 1
        moves = f"mark of {self.scale.id.upper()}" if several else "a mark"
        done = self.line_up.is_finished
        hints: list[Hint] = [
            (3 if done else 1, "{line_up.compare}", "compare"),
            (4 if done else 2, "{line_up.more/line_up.less}", moves),
        ]
        if several:
            hints.append((5, "{line_up.next_scale}", "next scale"))
        hints += [(1 if done else 7, "{line_up.export}", "sheets"), (2 if done else 8, "{line_up.marks}", "marks")]
        if self._ready:
            hints.append((0 if done else 9, "{line_up.return}", "return"))
        place = self.place
        if place is not None and place.status is MarkingStatus.RETURNED:
            hints.append((3, "{line_up.reopen}", "reopen"))
        return (*hints, (6, "{desk.back}", "back"), (5, "{desk.help}", "help"))

    @property
    def _ready(self) -> int:
        """How many essays can be returned."""
        statuses = self.line_up.statuses
        return statuses[MarkingStatus.COMPLETE] + statuses[MarkingStatus.MODERATED]

    def show_adjusted(self, adjusted: Adjusted) -> None:
        chosen = self.chosen_before
        if adjusted.markings and (chosen is None or len(adjusted.markings) == 1):
            chosen = adjusted.markings[0].header.script_id  # an undo may be of another essay: the cursor goes there
        self.show_pile(self.line_up.index_of(chosen) if chosen is not None else self.rows.cursor)

    chosen_before: ScriptId | None = None
    """The essay under the cursor before the act: the act moves it to another row."""

    @on(Rows.Moved)
    async def _moved(self) -> None:
        self.asks = False
        self._show_head()
        self.tell("")
        if self.adjusting.holds_other_than(self.chosen):
            async with self._acting:
                await self.thread.do(self.adjusting.let_go)

    async def choose(self, index: int) -> None:
        """Two clicks compare; they are no answer to a question."""
        self.asks = False
        await self.action_compare()

    # -- the keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Every key comes by here first: any but Enter and Esc ends the question and does what it always does."""
        if action in ACTIONS:
            self.chosen_before = self.chosen
            if self.asks and action not in STAYS_ASKED:
                self.asks = False
                self.tell("Nothing was returned")
        return super().check_action(action, parameters)

    def action_next_scale(self, by: int) -> None:
        """Choose the scale that + and - move."""
        scales = self.sitting.rubric.scales
        if len(scales) < 2:
            moves = self.keys.told("{line_up.more} and {line_up.less} move its mark")
            self.tell(f"This scheme has one scale: {moves}")
            return
        self.scale = scales[(scales.index(self.scale) + by) % len(scales)]
        self.show_pile(self.rows.cursor)
        self.tell("")

    async def action_compare(self) -> None:
        """The chosen essay beside the one above it; the answer yes, while the foot asks."""
        if self.asks:
            await self._return_them()
            return
        place = self.place
        if place is None:
            return
        other = self.line_up.beside(place.script_id, -1) or self.line_up.beside(place.script_id, 1)
        if other is None:
            alone = place.standing is Standing.MARKED
            self.tell("It is the only essay with a mark" if alone else "It has no mark to compare yet")
            return
        from markdesk.tui.screens.neighbours import NeighboursScreen, read_pair

        desk, opening, rubric = self.sitting.desk, markdesk(self).opening, self.sitting.rubric
        above, below = sorted((place, other), key=lambda one: self.line_up.index_of(one.script_id))
        try:
            pair, words = await self.thread.do(lambda: read_pair(desk, opening, rubric, (above.entry, below.entry)))
        except MarkdeskError as error:
            self.tell(str(error), "alert")
            return
        screen = NeighboursScreen(self.thread, self.adjusting, self.scale, self.redrafts, pair, words, place.script_id)
        await self.app.push_screen(screen, self._back_on)

    def _back_on(self, script_id: ScriptId | None) -> None:
        """After two essays side by side: the cursor is on the one that was chosen there."""
        if script_id is not None:
            self.show_pile(self.line_up.index_of(script_id))
        self.tell("")

    async def action_reopen(self) -> None:
        script_id = self.chosen
        if script_id is not None:
            await self.act(lambda: self.adjusting.reopen(script_id))

    async def action_return_pile(self) -> None:
        """Ask first."""
        if not self._ready:
            left = self.line_up.count - self.line_up.finished
            told = f"{left} to finish first" if left else "all are returned already; o opens one again"
            self.tell(f"No essay to return: {told}")
            return
        self.asks = True
        self._ask()

    def _ask(self) -> None:
        ready, left = self._ready, self.line_up.count - self.line_up.finished
        what = "1 essay: its marks are" if ready == 1 else f"{ready} essays: their marks are"
        stays = f" {left} not finished: not returned." if left else ""
        question = f"Return {what} locked until reopened.{stays}"
        yes, no = (self.keys.brief(text) for text in ("{line_up.compare} ", "{desk.back} "))
        keys: Line = ((yes, "accent"), ("return   ", "text"), (no, "accent"), ("not now", "text"))
        if cell_len(question) + 26 <= self.app.size.width:
            self.set_foot([((" ", "text"), (f"{question}   ", "strong"), *keys)])
        else:
            self.set_foot([((" ", "text"), (question, "strong")), ((" ", "text"), *keys)])

    async def _return_them(self) -> None:
        self.asks = False
        count = self._ready
        if count > MANY:
            self.act_on_many(self.adjusting.return_all, f"Returning {count:,} essays", count)
        else:
            await self.act(self.adjusting.return_all)

    async def action_export(self) -> None:
        await self.app.run_action(f"export('{self.sitting.assignment.id}')")

    async def action_marks(self) -> None:
        """The class mark sheet."""
        await self.app.run_action(f"export('{self.sitting.assignment.id}', 'class mark sheet')")

    async def action_back(self) -> None:
        """Leave the question, or the list."""
        if self.stop_many():
            return
        if self.asks:
            self.asks = False
            self.tell("Nothing was returned")
            return
        await self.thread.do(self.adjusting.let_go)
        self.dismiss()

    async def on_unmount(self) -> None:
        """However the screen came to go, no essay is held any longer."""
        await self.thread.do(self.adjusting.let_go)
