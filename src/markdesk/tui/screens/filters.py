"""The form that says what is looked back at: a filter a line, and how many essays they leave together."""

from functools import partial

from textual import on, work

from markdesk.core.errors import MarkdeskError
from markdesk.core.rubric import Rubric
from markdesk.desk.course_review import taken
from markdesk.desk.desk import Desk
from markdesk.desk.looking_back import left_in, rubrics_of, scripts_in, told, told_of
from markdesk.desk.review_filters import Filters
from markdesk.desk.review_form import TYPED, FormLine, ReviewForm
from markdesk.desk.review_words import left_told
from markdesk.tui.bindings import SCREENS, bound
from markdesk.tui.review_keys import VALUES
from markdesk.tui.screens.footed import Explaining, Taking
from markdesk.tui.screens.room import Asking
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.text_layout import wrapped
from markdesk.tui.widgets.lines import Line, Lines, Piece
from markdesk.tui.widgets.rows import Cell, Column, Rows
from markdesk.tui.words import Hint, clipped, spread

COLUMNS = (Column("", 12), Column("", 0))
BY_DIGIT = 9
"""So many values have a digit."""
WIDEST_VALUE = 50
NARROWEST_VALUE = 6
"""Cells between the beginnings of two values, at least."""


class FiltersScreen(Explaining[Filters | None], Taking[Filters | None], Asking[Filters | None]):
    """Choose what is looked at. Esc shows it; closed with None where nothing was changed."""

    CSS_PATH = "review.tcss"
    ROOM = "filters"
    BINDINGS = bound((*SCREENS[ROOM], *VALUES), priority=True)
    AUTO_FOCUS = "Rows"

    def __init__(self, thread: StoreThread, desk: Desk, form: ReviewForm) -> None:
        super().__init__()
        self.thread, self.desk, self.form = thread, desk, form
        self._before = form.filters
        self._lines = form.lines
        self._typing = ""
        """The filter that is typed."""

    def on_mount(self) -> None:
        on = [at for at, line in enumerate(self._lines) if line.is_on and line.name != "assignment"]
        self._show(next(iter(on), 0))
        self.tell("")
        self.count()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)
        self.call_after_refresh(self.tell_again)

    # -- showing

    @property
    def hints(self) -> tuple[Hint, ...]:
        if self.is_typing:
            return ((0, "{value.take}", "take it"), (1, "{value.leave}", "leave it as it was"))
        hints: list[Hint] = [(0, "{desk.back}", "show them")]
        if self.line.name not in TYPED:
            hints += [(1, "{filters.value_1}–{filters.value_9}  {filters.before/filters.next}", "choose")]
        return (
            *hints, (2, "{list.open}", "type"), (3, "{filters.off}", "off"), (4, "{filters.clear}", "all off"),
            (5, "{desk.help}", "help"),
        )  # fmt: skip

    @property
    def line(self) -> FormLine:
        """The filter under the cursor."""
        return self._lines[max(0, min(self.rows.cursor, len(self._lines) - 1))]

    def _show(self, cursor: int | None = None) -> None:
        head = [(" Filters", "accent"), ("   what is looked back at", "quiet")]
        self.query_one("#top", Lines).set_line(spread(head, [], self.app.size.width))
        self._lines = self.form.lines
        rows: list[list[Cell]] = [
            [
                (line.label, "text" if line.is_on else "quiet"),
                (line.value if line.name in TYPED else f"‹ {line.value} ›", "strong" if line.is_on else "quiet"),
            ]
            for line in self._lines
        ]
        self.rows.show_rows(COLUMNS, rows, cursor)
        self._explain()

    @on(Rows.Moved)
    def _moved(self) -> None:
        self._explain()
        self.tell("")

    def _explain(self) -> None:
        """What the line means, and what can be chosen on it."""
        line, width = self.line, min(110, self.app.size.width - 4)
        explained = self.query_one("#explained", Lines)
        lines: list[Line] = [((note, "quiet"),) for note in wrapped(line.note, width)] if line.note else []
        room = max(1, explained.size.height - 1)
        values = _values(line, width, is_full=True)
        lines += [*([()] if lines else []), *(values if len(values) < room - 1 else _values(line, width))]
        if len(lines) > room:
            how = self.keys.told("{list.open} finds one by what it is called")
            lines = [*lines[: room - 1], ((f"… {how}", "quiet"),)]
        explained.set_lines(lines)

    @work(group="read", exclusive=True)
    async def count(self) -> None:
        """Tell what is on and how many essays that leaves; read behind the frame, one assignment after another."""
        desk, filters = self.desk, self.form.filters
        left = 0
        try:
            found = await self.thread.do(lambda: taken(desk, filters))
            on = await self.thread.do(lambda: self._on(desk, filters, rubrics_of(desk, found)))
            of = await self.thread.do(lambda: scripts_in(desk, found))
            self._tell_count(on, "counting …" if filters.of_scripts else left_told(of, of))
            if filters.of_scripts:
                for one in found:
                    left += await self.thread.do(partial(left_in, desk, filters, one))
                self._tell_count(on, left_told(left, of))
        except MarkdeskError as error:
            self.tell(str(error), "alert")

    @staticmethod
    def _on(desk: Desk, filters: Filters, schemes: list[Rubric]) -> tuple[str, ...]:
        """What is on, the assignment too."""
        return (*told_of(desk, filters, "assignment", schemes), *told(desk, filters, schemes))

    def _tell_count(self, on: tuple[str, ...], count: str) -> None:
        if self.is_attached:
            pieces: list[Piece] = [(f" {' · '.join(on)} · " if on else " ", "text"), (count, "weigh")]
            self.query_one("#said", Lines).set_line(spread(pieces, [], self.app.size.width))

    # -- the keys

    def _take(self, form: ReviewForm) -> None:
        if form != self.form:
            self.form = form
            self._show()
            self.count()
        self.tell("")

    async def action_turn(self, by: int) -> None:
        """Another value for the line under the cursor."""
        if self.line.name in TYPED:
            await self._type("")
        else:
            self._take(self.form.step(self.line.name, by))

    async def action_value(self, number: int) -> None:
        """The value of that number; a range is typed, and this is its first digit."""
        if self.line.name == "marks":
            await self._type(str(number))
        elif self.line.name in TYPED:
            await self._type("")
        elif number > len(self.line.values):
            self.tell("There is no value of that number here")
        else:
            self._take(self.form.choose(self.line.name, number))

    def action_off(self) -> None:
        """Take the filter under the cursor off."""
        self._take(self.form.off(self.line.name))

    def action_clear(self) -> None:
        """Take every filter off."""
        self._take(self.form.cleared)

    async def choose(self, index: int) -> None:
        await self._type("")

    async def _type(self, begun: str) -> None:
        """Type what the line is to hold: words, a range, or a part of what one of its values is called."""
        from markdesk.tui.widgets.editor import ValueBox

        line, self._typing = self.line, self.line.name
        value = line.value if line.is_on and line.name in TYPED and not begun else begun
        if line.name == "text" and not begun:
            value = self.form.filters.text
        await self.open_line(f" {line.label}  ", ValueBox(value=value, select_on_focus=not begun), above="#foot")
        self.tell("")

    async def take(self, typed: str) -> bool:
        """The filter is what was typed."""
        try:
            form = self.form.take(self._typing, typed)
        except MarkdeskError as error:
            self.tell(str(error), "alert")
            return False
        self._take(form)
        return True

    def action_back(self) -> None:
        """Show what is left."""
        self.dismiss(self.form.filters if self.form.filters != self._before else None)


def _values(line: FormLine, width: int, is_full: bool = False) -> list[Line]:
    """The values in columns, the first nine with their digits; that which is chosen stands out. ``is_full``: a stamp
    with what it means."""
    if not line.values:
        return []
    told = [f"{one.label:<6} {one.about}" if is_full and line.name == "stamp" else one.label for one in line.values]
    labels = [clipped(label, min(WIDEST_VALUE, width - 4)) for label in told]
    room = min(width, max(NARROWEST_VALUE, *(len(label) + 6 for label in labels)))
    each = max(1, width // room)
    rows: list[Line] = []
    for first in range(0, len(labels), each):
        pieces: list[Piece] = []
        for at, label in enumerate(labels[first : first + each], start=first):
            number = f"{at + 1}" if at < BY_DIGIT else "·"
            is_here = line.is_on and line.values[at].label == line.value
            pieces += [(f"{number} ", "accent"), (label, "strong" if is_here else "text")]
            pieces.append((" " * max(1, room - len(label) - 2), "text"))
        rows.append(pieces)
    return rows
