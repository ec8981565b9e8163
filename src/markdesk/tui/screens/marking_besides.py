"""Another essay beside the one that is marked, in the scheme's place: to be read while marking goes on at its left."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from markdesk.core.errors import MarkdeskError
from markdesk.core.ids import ScaleId
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.tui.palette import tones_of
from markdesk.tui.screens.marking_beside import Companions
from markdesk.tui.screens.marking_closing import Closing
from markdesk.tui.screens.marking_painting import NARROW, in_short
from markdesk.tui.side_lines import hanging
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.widgets.painted import Down
from markdesk.tui.words import clipped, spread

if TYPE_CHECKING:
    from markdesk.desk.besides import Other, Reading
    from markdesk.tui.widgets.reading_view import ReadingView

SHOWS_SCHEME = frozenset({"full", "notes"})
"""The acts that ask for the scheme: it takes its place again."""
STAYS_BESIDE = frozenset({"another", "scroll_scheme", "step", "page", "edge", "back", "help"})
"""In a narrow window, where the other essay takes all of it: the acts that leave it there."""
MOST_SUMMARY = 3
"""Lines of what a level means, above the best essay of it."""


class Besides(Companions, Closing):
    """``@`` asks which, and puts the scheme back."""

    other: "Other | None" = None
    """The essay that stands beside this one."""
    _beside_of: MarkingDesk | None = None
    _its_view: "ReadingView | None" = None

    # -- choosing one

    async def action_another(self) -> None:
        """List what can stand beside this essay; or put the scheme back."""
        if self.other is not None:
            self.put_scheme_back()
            return
        from markdesk.desk.besides import others
        from markdesk.tui.screens.besides import BesidesScreen

        opened, sitting, scale, shown = self.opened, self.sitting, ScaleId(self.beside.scale), self.annotation_shown()
        code = shown.code if shown is not None else ""
        try:
            found = await self.thread.do(lambda: others(sitting, opened, scale, code))
        except MarkdeskError as error:
            self.tell(str(error), "alert")
            return
        if not found:
            self.tell(" ".join(filter(None, ("No finished essay can stand beside this one yet.", self.told_later))))
            return
        await self.app.push_screen(BesidesScreen(self, found), self._stand_beside)

    @property
    def told_later(self) -> str:
        """What can't be seen before this essay has its mark."""
        if self.opened.is_marked:
            return ""
        last = "" if self.sitting.assignment.is_anonymous else ", this student's last essay"
        return f"Once it has its mark: its neighbours in marks{last}"

    async def _stand_beside(self, other: "Other | None") -> None:
        if other is None:
            return
        from markdesk.desk.besides import Relation, read_other

        if other.relation is Relation.BEFORE:
            from markdesk.tui.screens.marking import MarkingScreen
            from markdesk.tui.screens.redraft import open_redraft

            assert isinstance(self, MarkingScreen)
            await open_redraft(self)
            return

        opened, sitting = self.opened, self.sitting
        try:
            reading = await self.thread.do(lambda: read_other(sitting, other))
        except MarkdeskError as error:
            self.tell(str(error), "alert")
            return
        if opened is self.opened:
            await self._show_other(other, reading)

    async def _show_other(self, other: "Other", reading: "Reading") -> None:
        if self._its_view is None:
            from markdesk.tui.widgets.reading_view import ReadingView

            self._its_view = ReadingView(id="other-essay")
            parts = (Lines(id="other-head"), self._its_view, Lines(id="other-foot"))
            await self.query_one("#right").mount(Down(*parts, id="other"))
        self.other, self._beside_of = other, self.opened
        self.add_class("-other")
        view = self._its_view
        view.read(
            reading.essay, reading.annotations, tones_of(self.opened.desk.stamps_for(other.rubric)), reading.is_paper
        )
        view.scroll_to_line(0)
        self._fit_side()
        self.call_after_refresh(view.show_passage, other.code)

    # -- putting the scheme back

    def put_scheme_back(self) -> None:
        """Show the scheme again, where the other essay stood."""
        self._let_other_go()
        self._fit_side()
        self.call_after_refresh(self.show_mark_row)

    def _let_other_go(self) -> None:
        self.other = self._beside_of = None
        self.remove_class("-other")

    def _fit_side(self) -> None:
        self.query_one("#right").styles.width = self.side_width
        self.show_head()
        self.show_side()
        self.call_after_refresh(self._fit_left)

    def _fit_left(self) -> None:
        """What stands at the left has another width by now."""
        self.show_head()
        self.show_note()

    def make_way_for(self, action: str) -> None:
        """Before a key acts: nothing is stamped or marked out of sight, and who asks for the scheme sees it."""
        if self.other is None:
            return
        is_covered = self.app.size.width < NARROW and action not in STAYS_BESIDE
        if is_covered or action in SHOWS_SCHEME:
            self.put_scheme_back()

    def action_drawer(self) -> None:
        if self.other is None:
            super().action_drawer()
        else:
            self.remove_class("-wide-only-essay")
            self.put_scheme_back()

    def show_script(self, opened: MarkingDesk, said: str = "", saved: bool = False) -> None:
        if opened is not self._beside_of and self.other is not None:  # another essay begins beside its scheme
            self._let_other_go()
            self.query_one("#right").styles.width = self.side_width
        super().show_script(opened, said, saved)

    # -- showing it

    @property
    def list_width(self) -> int:
        """Columns that the list of what can stand beside the essay takes: the scheme's, or all there are."""
        whole = self.app.size.width
        return whole if whole < NARROW else super().side_width

    @property
    def side_width(self) -> int:
        """An essay is given half of the window, or the whole of a narrow one."""
        if self.other is None:
            return super().side_width
        return max(self.list_width, self.app.size.width // 2)

    @property
    def shows_levels(self) -> bool:
        return self.other is None and super().shows_levels

    def show_side(self) -> None:
        if self.other is not None:
            from markdesk.desk.besides import is_withheld

            is_in_the_way = self.is_typing and self.app.size.width < NARROW
            if is_in_the_way or is_withheld(self.other, self.opened):
                self.put_scheme_back()
                return
            self._show_its_head(self.other)
        super().show_side()

    def _show_its_head(self, other: "Other") -> None:
        """Whose it is and what it was given; what it is to this one; and the words of the level it is an example of."""
        from markdesk.desk.besides import Relation
        from markdesk.tui.screens.besides import of_scale, when_set, whose

        entry, width, scale = other.entry, self.side_width - 3, other.rubric.scale(other.scale)
        given = [(in_short(other.rubric, entry.award_by_scale()), "accent"), (" ", "text")]
        told = {
            Relation.LEVEL: " of ".join(filter(None, (f"the best at Level {other.level}", of_scale(other)))),
            Relation.STAMP: f"{other.code} ×{other.times}",
        }.get(other.relation, str(other.relation))
        if entry.assignment.id != self.sitting.assignment.id:
            told = f"{told} · {when_set(other, self.opened.desk.clock.now())}"
        lines: list[Line] = [
            spread([(" Beside  ", "heading"), (whose(other), "strong")], given, width + 1),
            ((f" {clipped(told, width)}", "quiet"),),
        ]
        level = scale.level(other.level) if scale is not None and other.relation is Relation.LEVEL else None
        if scale is not None and level is not None:
            lines += hanging(" ", "quiet", self.words.summary(scale, level), "quiet", 1, width)[:MOST_SUMMARY]
        self.query_one("#other-head", Lines).grow_to(lines)
        keys = self.keys.told(" {marking.scheme_up/marking.scheme_down} scroll   {marking.another} the scheme again")
        self.query_one("#other-foot", Lines).set_line(((keys, "quiet"),))

    # -- moving through it

    def action_scroll_scheme(self, by: int) -> None:
        if self.other is not None and self._its_view is not None:
            self._its_view.scroll_to_line(round(self._its_view.scroll_offset.y) + by)
        else:
            super().action_scroll_scheme(by)

    def action_step(self, by: int) -> None:
        self._move_in_sight(by, lambda: super(Besides, self).action_step(by))

    def action_page(self, by: int) -> None:
        page = self._its_view.size.height - 2 if self._its_view is not None else 1
        self._move_in_sight(by * max(1, page), lambda: super(Besides, self).action_page(by))

    def action_edge(self, by: int) -> None:
        self._move_in_sight(by * 10**6, lambda: super(Besides, self).action_edge(by))

    def _move_in_sight(self, by: int, in_essay: Callable[[], None]) -> None:
        """In a narrow window the arrows move through the essay that is in sight, which is the other one."""
        if self.other is not None and self.app.size.width < NARROW:
            self.action_scroll_scheme(by)
        else:
            in_essay()
