"""The list of lenses, over the mark scheme: what each finds in this essay, and where. It chooses one, or none."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.screen import ModalScreen

from markdesk.core.lenses import Lens, by_paragraph, lenses
from markdesk.tui.bindings import LENS_DIGITS, bindings_of, bound
from markdesk.tui.screens.room import Room
from markdesk.tui.side_lines import BAR, hanging
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.widgets.painted import Down
from markdesk.tui.words import Hint, hint_pieces, spread

if TYPE_CHECKING:
    from markdesk.tui.screens.marking_lenses import Lensed

HINTS: tuple[Hint, ...] = (
    (1, "{lenses.lens_1}–{lenses.lens_8}  {lenses.look}", "look through it"),
    (2, "{lenses.up/lenses.down}", "choose"),
    (2, "{lenses.off}", "no lens"),
    (1, "{desk.back}", "back"),
)
LEAST_WIDTH = 40
MOST_PARAGRAPHS = 60
"""Of a longer text only the paragraphs in which something is found are told of."""


class LensesScreen(Room[None], ModalScreen[None]):
    """The list. ``marking`` is the screen whose essay it is of, and stays in sight beside it."""

    CSS_PATH = "lenses.tcss"
    ROOM = "lenses"
    BINDINGS = [*bindings_of(ROOM), *bound(LENS_DIGITS)]

    def __init__(self, marking: "Lensed") -> None:
        super().__init__()
        self.marking = marking
        self._lenses = lenses(marking.text_shown, marking.lens_question())
        ids = [lens.id for lens in self._lenses]
        self._cursor = ids.index(marking.lens_on) if marking.lens_on else 0

    def compose(self) -> ComposeResult:
        with Down(id="lenses"):
            yield Lines(id="lens-head")
            yield Lines(id="lens-list")
        yield Lines(id="lens-foot")

    def on_mount(self) -> None:
        self._show()

    def on_resize(self) -> None:
        self._show()

    def _show(self) -> None:
        """Every lens with its count; under the one with the bar, where and what."""
        wide = self._width
        self.query_one("#lenses").styles.width = wide + 2
        hint = [("they judge nothing ", "quiet")]
        self.query_one("#lens-head", Lines).set_line(spread([(" Lenses", "heading")], hint, wide))
        lines: list[Line] = [()]
        first = last = 0
        for at, lens in enumerate(self._lenses):
            if at == self._cursor:
                first = len(lines)
            lines += self._row(at, lens, wide)
            if at == self._cursor:
                lines += self._detail(lens, wide)
                last = len(lines)
        listed = self.query_one("#lens-list", Lines)
        listed.set_lines(lines)
        shown = listed.size.height
        if shown and not listed.scroll_offset.y <= first < last <= listed.scroll_offset.y + shown:
            listed.scroll_to(y=max(0, min(first, last - shown)), animate=False, immediate=True)
        self.query_one("#lens-foot", Lines).set_line(hint_pieces(HINTS, self.app.size.width, self.keys))

    @property
    def _width(self) -> int:
        return max(LEAST_WIDTH, min(self.marking.side_width, self.app.size.width)) - 2

    def _row(self, at: int, lens: Lens, width: int) -> list[Line]:
        is_on = lens.id == self.marking.lens_on
        apart = f"! {lens.count_apart} {lens.apart}  " if lens.count_apart else ""
        tail = [(apart, "weak"), (f"{lens.count:>3,} ", "text" if lens.count else "quiet")]
        style = "strong" if at == self._cursor else "text"
        name = [(f"{at + 1} ", "accent"), (lens.title, style), ("  on" if is_on else "", "weigh")]
        return [(BAR if at == self._cursor else (" ", "bar"), *spread([(" ", "text"), *name], tail, width - 1))]

    def _detail(self, lens: Lens, width: int) -> list[Line]:
        """Where they are, paragraph by paragraph, and what there is to say of the whole."""
        counts = by_paragraph(self.marking.text_shown, lens.found)
        lines: list[Line] = []
        if lens.found:
            told = list(enumerate(counts, start=1))
            if len(told) > MOST_PARAGRAPHS:
                told = [(n, count) for n, count in told if count]
            where = "   ".join(f"¶{n}\u00a0{count or '–'}" for n, count in told[:MOST_PARAGRAPHS])
            if len(told) > MOST_PARAGRAPHS:
                where += "   …"
            lines += hanging("", "quiet", where, "quiet", 4, width - 2)
        for sentence in lens.told:
            lines += hanging("", "quiet", sentence, "text", 4, width - 2)
        if not lens.found and not lens.told:
            lines.append((("    none here", "quiet"),))
        return [*((BAR, *line) for line in lines), ()]

    # -- keys

    def action_move(self, by: int) -> None:
        self._cursor = max(0, min(len(self._lenses) - 1, self._cursor + by))
        self._show()

    def action_look(self, number: int = 0) -> None:
        """Put a lens on, by its number; without one, that with the bar."""
        at = number - 1 if number else self._cursor
        if at < len(self._lenses):
            self.marking.look_through(self._lenses[at].id)
            self.dismiss()

    def action_off(self) -> None:
        self.marking.look_through("")
        self.dismiss()

    def action_back(self) -> None:
        self.dismiss()
