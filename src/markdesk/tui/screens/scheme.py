"""One mark scheme on the whole screen, beside the panel that essays are marked by: digits try it, nothing is kept."""

from collections.abc import Callable
from dataclasses import replace

from rich.cells import cell_len
from textual.app import ComposeResult

from markdesk.core.annotation import legend
from markdesk.core.award import Award, Placement, placed, stepped, with_level, zero_cycled
from markdesk.core.errors import MarkdeskError, MarkOutOfRange
from markdesk.core.ids import EssayHash, MarkerId, MarkingId, ScriptId
from markdesk.core.marking import Marking, MarkingHeader, MarkingStatus
from markdesk.core.rubric import Rubric, Scale, Scoring
from markdesk.core.stamp_sets import StampSets
from markdesk.desk.rubrics import Listed, warning
from markdesk.tui.at_home import markdesk
from markdesk.tui.bindings import TRIED_LEVELS, bound, priority_bindings_of
from markdesk.tui.scheme_forms import name_to_edit
from markdesk.tui.scheme_text import SCROLL_BAR, scheme_text
from markdesk.tui.screens.room import Room
from markdesk.tui.side_lines import OWN_WORDS, Beside, SideColumn, Words, legend_lines
from markdesk.tui.widgets.lines import Lines, Page
from markdesk.tui.widgets.painted import Across, Down
from markdesk.tui.words import hint_pieces, spread

NARROW = 100
"""Below so many columns text and panel take turns."""
HINTS = (
    (1, "{scheme.level_1}–{top}", "try a level"), (5, "{scheme.more} {scheme.less}", "a mark"),
    (4, "{scheme.next_scale}", "next scale"), (6, "{scheme.new}", "new from this"), (7, "{scheme.panel}", "panel"),
    (3, "{desk.back}", "back"), (2, "{desk.help}", "help"),
)  # fmt: skip


def empty_marking(rubric: Rubric) -> Marking:
    """A marking of no essay, to show the panel with. It is never kept."""
    header = MarkingHeader(
        MarkingId("preview"), ScriptId("preview"), MarkerId("preview"), EssayHash(""), rubric.hash,
        MarkingStatus.IN_PROGRESS, "",
    )  # fmt: skip
    return Marking(header)


class SchemeScreen(Room[None]):
    """Read a scheme, and try how it will be marked by."""

    CSS_PATH = "schemes.tcss"
    AUTO_FOCUS = "Page"
    ROOM = "scheme"
    BINDINGS = [*priority_bindings_of(ROOM), *bound(TRIED_LEVELS, priority=True)]

    def __init__(self, listed: Listed, sets: StampSets) -> None:
        super().__init__()
        assert listed.rubric is not None, "a broken file is never opened"
        self.listed, self.rubric = listed, listed.rubric
        self.words: Words = listed.wording or OWN_WORDS
        self.legend = self.keys.stamps(legend(sets.for_scheme(self.rubric), self.rubric))
        self.marking = empty_marking(self.rubric)
        self.beside = Beside(self.rubric.scales[0].id, self._stops[0][1])
        self._column = SideColumn()

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        with Across(id="desk"):
            yield Page(id="scheme")
            with Down(id="right"):
                yield Lines(id="side-head")
                yield Lines(id="side")
        yield Lines(id="foot")

    def on_mount(self) -> None:
        title = ((" Mark scheme  ", "heading"), (self.rubric.id, "strong"), (f"   {self._state}", "alert"))
        self.query_one("#top", Lines).set_line(title)
        self.tell("")

    @property
    def _state(self) -> str:
        """What must be known whenever it is used."""
        return self.rubric.status if warning(self.rubric) else ""

    def on_resize(self) -> None:
        width = self.app.size.width
        self.set_class(width < NARROW, "-narrow")
        self.query_one("#right").styles.width = None if width < NARROW else self._side_width
        self.call_after_refresh(self.show)

    @property
    def _side_width(self) -> int:
        return max(44, min(90, int(self.app.size.width * 0.4)))

    def show(self) -> None:
        """The text and the panel, at the width that each has now."""
        page = self.query_one(Page)
        if page.size.width:
            page.set_lines(scheme_text(self.listed, page.size.width - SCROLL_BAR))
        self.show_side()

    def show_side(self) -> None:
        """The panel as it will stand beside an essay."""
        side = self.query_one("#side", Lines)
        width = side.size.width - SCROLL_BAR
        if width < 1:
            return
        head = [("Panel  ", "heading"), ("a preview: nothing is kept", "quiet")]
        self.query_one("#side-head", Lines).set_line(spread([*head], [], width))
        scheme = self._column.lines(self.rubric, self.marking, self.beside, width, self.words)
        side.set_lines([*scheme, *legend_lines(self.legend, width)])

    def tell(self, text: str) -> None:
        """Say it in the foot, before the keys."""
        said = [(f" {text}", "text")] if text else []
        hints = [(turn, key.replace("{top}", str(self.scale.top)), does) for turn, key, does in HINTS]
        if self.listed.is_own:
            hints.insert(4, (4, "{scheme.edit}", "edit"))
        room = self.app.size.width - sum(cell_len(piece) for piece, _ in said)
        self.query_one("#foot", Lines).set_line([*said, *hint_pieces(hints, room, self.keys)])

    # -- trying it

    @property
    def scale(self) -> Scale:
        return self.rubric.scale(self.beside.scale) or self.rubric.scales[0]

    def _try(self, change: Callable[[Award, Scale], Award]) -> None:
        scale = self.scale
        try:
            award = change(self.marking.award(scale.id), scale)
        except MarkOutOfRange as error:
            self.tell(error.message)
            return
        self.marking = replace(self.marking, awards=self.marking.awards.with_(scale.id, award))
        self.tell("")
        self.set_class(True, "-panel")
        self.remove_class("-text")
        self.call_after_refresh(self.show_side)

    def action_digit(self, n: int) -> None:
        """A level; on a profile scheme the level of a strand, and on to the next."""
        strand = self.beside.strand
        if not strand:
            self._try(lambda award, scale: with_level(award, scale, n))
        elif n > self.scale.top:
            self.tell(f"{self.scale.title} has levels 1 to {self.scale.top}")
        else:
            self._try(lambda award, _: placed(award, strand, Placement(n)))
            self.action_next_scale(1)

    def action_step_mark(self, by: int) -> None:
        self._try(lambda award, scale: stepped(award, scale, by))

    def action_zero(self) -> None:
        self._try(zero_cycled)

    @property
    def _stops(self) -> list[tuple[str, str]]:
        """What Tab goes through: the scales, and on a profile its strands and then the mark."""
        stops: list[tuple[str, str]] = []
        for scale in self.rubric.scales:
            if self.rubric.scoring is Scoring.PROFILE:
                stops += [(scale.id, strand.id) for strand in self.rubric.strands_of(scale)]
            stops.append((scale.id, ""))
        return stops

    def action_next_scale(self, by: int) -> None:
        stops = self._stops
        at = stops.index((self.beside.scale, self.beside.strand))
        scale, strand = stops[(at + by) % len(stops)]
        self.beside = replace(self.beside, scale=scale, strand=strand)
        self.call_after_refresh(self.show_side)

    def action_full(self) -> None:
        self.beside = replace(self.beside, is_full=not self.beside.is_full)
        self.call_after_refresh(self.show_side)

    def action_scroll(self, by: int) -> None:
        """Move the panel where it is longer than the screen."""
        side = self.query_one("#side", Lines)
        side.scroll_to(y=max(0, side.scroll_offset.y + by), animate=False, immediate=True)

    def action_panel(self) -> None:
        """Show or hide the panel; in a narrow window it takes the text's place."""
        self.toggle_class("-panel" if self.has_class("-narrow") else "-text")
        self.call_after_refresh(self.show)

    # -- the other keys

    async def action_new(self) -> None:
        await markdesk(self).open_scheme_form(self.rubric.id)

    async def action_edit(self) -> None:
        try:
            name = name_to_edit(self.listed)
        except MarkdeskError as error:
            self.tell(error.message)
            return
        await markdesk(self).open_scheme_form(name)

    def action_back(self) -> None:
        self.dismiss()
