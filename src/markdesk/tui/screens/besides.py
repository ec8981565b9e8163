"""What can stand beside the essay, to choose from: a short list over the scheme, the essay in sight at its left."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.screen import ModalScreen

from markdesk.core.plain import show_line
from markdesk.desk.besides import Other, Relation
from markdesk.tui.bindings import bindings_of
from markdesk.tui.screens.room import Room
from markdesk.tui.side_lines import hanging, level_sign, mark_sign
from markdesk.tui.widgets.lines import Lines
from markdesk.tui.widgets.painted import Down
from markdesk.tui.widgets.rows import Cell, Column, Rows
from markdesk.tui.words import clipped, dated, hint_pieces

if TYPE_CHECKING:
    from markdesk.tui.screens.marking_besides import Besides

COLUMNS = (Column("Which", 13), Column("Whose", 0), Column("Set", 0, needs=76), Column("Mark", 8, True))
NAMES = {
    Relation.BEFORE: "text before",
    Relation.ABOVE: "just above",
    Relation.SAME: "same mark",
    Relation.BELOW: "just below",
    Relation.LAST: "last essay",
}
HINTS = ((1, "{list.open}", "read it beside yours"), (3, "{list.up/list.down}", "choose"), (2, "{desk.back}", "back"))


def name_of(other: Other) -> str:
    """What an essay is to the one that is marked, in a few words."""
    if other.relation is Relation.LEVEL:
        return f"{of_scale(other)} L{other.level}" if of_scale(other) else f"Level {other.level}"
    if other.relation is Relation.STAMP:
        return f"{clipped(other.code, 9)} ×{other.times}"
    return NAMES[other.relation]


def of_scale(other: Other) -> str:
    """The scale that its level is on, where the scheme has several."""
    return clipped(other.scale.upper(), 8) if len(other.rubric.scales) > 1 else ""


def whose(other: Other) -> str:
    """Its student; the assignment where the name is hidden, and after it where that is what counts."""
    if other.relation is Relation.LAST or not other.called:
        return show_line(other.entry.assignment.name)
    return show_line(other.called)


def when_set(other: Other, now: str) -> str:
    """The assignment that it was written for, unless ``whose`` says so, and its day."""
    assignment = other.entry.assignment
    is_told = other.relation is Relation.LAST or not other.called
    day = dated(assignment.set_on, now)
    return day if is_told else f"{show_line(assignment.name)}, {day}"


class BesidesScreen(Room[Other | None], ModalScreen[Other | None]):
    """The list. ``marking`` is the screen whose essay is marked."""

    CSS_PATH = "marking.tcss"
    AUTO_FOCUS = "Rows"
    ROOM = "beside"
    BINDINGS = bindings_of(ROOM)

    def __init__(self, marking: "Besides", found: tuple[Other, ...]) -> None:
        super().__init__()
        self.marking = marking
        self.found = found

    def compose(self) -> ComposeResult:
        with Down(id="besides"):
            yield Lines(id="besides-head")
            yield Rows(id="besides-rows")
            yield Lines(id="besides-later")
        yield Lines(id="foot")

    def on_mount(self) -> None:
        rows: list[list[Cell]] = []
        before, now = "", self.marking.opened.desk.clock.now()
        for other in self.found:
            name = name_of(other)
            rows.append(
                [
                    (name if name != before else "", "quiet"),
                    (whose(other), "text"),
                    (when_set(other, now), "quiet"),
                    (self._mark_of(other), "accent"),
                ]
            )
            before = name
        self.query_one(Rows).show_rows(COLUMNS, list(rows))
        self.query_one("#besides-head", Lines).set_line(((" Beside this essay", "heading"),))
        self._fit()

    def _mark_of(self, other: Other) -> str:
        """Level and whole mark; the mark of the scale in hand where others have none yet."""
        sign = "" if of_scale(other) else level_sign(other.award)
        level = f"{sign} " if sign else ""
        if other.total.value is None:
            return f"{level}{mark_sign(other.award)}"
        is_pencil = any(award.tentative for award in other.entry.awards)
        return f"{level}({other.total})" if is_pencil else f"{level}{other.total}"

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """Where the scheme stands; on the whole width where that is a drawer."""
        width = self.app.size.width
        room = self.marking.list_width
        panel = self.query_one("#besides")
        panel.styles.width = room
        panel.styles.margin = (self.marking.query_one("#desk").region.y, 0, 0, 0)
        later = self.marking.told_later
        self.query_one("#besides-later", Lines).grow_to(hanging(" ", "quiet", later, "quiet", 1, room - 3))
        self.query_one("#foot", Lines).set_line(((" ", "text"), *hint_pieces(HINTS, width - 1, self.keys)))

    async def choose(self, index: int) -> None:
        """Read an essay beside the one that is marked."""
        self.dismiss(self.found[index])

    def action_back(self) -> None:
        self.dismiss(None)
