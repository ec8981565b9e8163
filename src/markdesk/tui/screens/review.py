"""What was marked, looked back at: an assignment, a class, a year, through filters; read, and written into a file."""

import asyncio
import threading
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from textual import events, on, work
from textual.app import ComposeResult

from markdesk.core.charts import Chart
from markdesk.core.coursework import Assignment
from markdesk.core.errors import MarkdeskError
from markdesk.core.ids import AssignmentId
from markdesk.core.plain import show_line
from markdesk.desk.assignment_review import Picked
from markdesk.desk.course_review import Watch
from markdesk.desk.desk import Desk
from markdesk.desk.looking_back import LookBack, look_back
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.review_filters import Filters, school_year
from markdesk.desk.review_form import ReviewForm, read_there
from markdesk.desk.review_words import MOST_PICKED, nothing_told, on_told, stamps_listed
from markdesk.tui.at_home import markdesk
from markdesk.tui.bindings import priority_bindings_of
from markdesk.tui.review_lines import page_lines
from markdesk.tui.screens.review_file import ReviewFile
from markdesk.tui.screens.room import push_kept
from markdesk.tui.side_lines import hanging
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.widgets.review_page import ReviewPage
from markdesk.tui.words import Hint, of_group, spread

if TYPE_CHECKING:
    from markdesk.tui.app import MarkdeskApp

WIDEST = 100
"""A line of the page is no longer, however wide the window."""
PATIENCE = 0.4
"""Seconds after which it is said how far the reading is."""
EDGES = 6
"""Cells beside it: the page's own, and the bar that says how far down one is."""


async def open_review(app: "MarkdeskApp", desk: Desk, assignment_id: str) -> None:
    """How one assignment was marked."""
    thread = app.thread
    seen = await thread.do(lambda: _see(desk, Filters(assignment=AssignmentId(assignment_id))))
    home = seen.look.piles[0].assignment
    await push_kept(
        app, ReviewScreen, lambda: ReviewScreen(thread, desk, home, seen), lambda kept: kept.begin(desk, home, seen)
    )


class Seen(NamedTuple):
    """What was looked back at, and how many steps the desk's log had then."""

    look: LookBack
    steps: int


def _see(desk: Desk, filters: Filters, watch: Watch = lambda done, total: True) -> Seen:
    steps = desk.store.steps_so_far()  # before it: what is written meanwhile may be in it or not
    return Seen(look_back(desk, filters, watch=watch), steps)


def _stops_of(look: LookBack) -> list[str]:
    """The essays, the assignments and the stamps that the page lists, by their ids and codes."""
    piles = look.course.piles if look.course is not None else ()
    essays = (one.row.entry.script.id for one in look.picked[:MOST_PICKED])
    return [*essays, *(pile.assignment.id for pile in piles), *stamps_listed(look)]


class ReviewScreen(ReviewFile):
    """The page of one pile, of the class and the year that it is part of, or of what the filters leave."""

    CSS_PATH = "review.tcss"
    ROOM = "review"
    BINDINGS = priority_bindings_of(ROOM)
    AUTO_FOCUS = "Page"
    AT_REST = "#page"

    def __init__(self, thread: StoreThread, desk: Desk, home: Assignment, seen: Seen) -> None:
        super().__init__()
        self.thread = thread
        self._begin(desk, home, seen)

    def _begin(self, desk: Desk, home: Assignment, seen: Seen) -> None:
        self.desk, self.home, (self.look, self._steps) = desk, home, seen
        self._read = {self.look.filters: self.look}
        """What was read already, all of it when the log had so many steps."""
        self.begin_files()
        self._stop = threading.Event()
        """Set where what is being read is no longer wanted."""
        self._wanted: Filters | None = None
        """The view that is being read."""
        self.is_reading = False

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        yield Lines(id="said")
        yield ReviewPage(id="page")
        yield Lines(id="foot")

    def begin(self, desk: Desk, home: Assignment, seen: Seen) -> None:
        """Look back at another assignment, before the screen is put in front again."""
        self._stop.set()
        self._begin(desk, home, seen)
        self._show_from_top()

    def on_unmount(self) -> None:
        self._stop.set()

    def on_mount(self) -> None:
        self._show()
        self.tell("")

    def on_screen_resume(self) -> None:
        self.look_again()

    @work(group="read")
    async def look_again(self) -> None:
        """What stood above it may have written something: then what is shown is read again, and stays in its place."""
        is_same = await self._is_as_it_was()
        is_opening = self.is_reading and self._wanted is None
        if not is_same and not is_opening and self.app.screen is self:
            self._read_view(self._wanted or self.look.filters)

    async def _is_as_it_was(self) -> bool:
        """Whether nothing was written since what is shown was read."""
        steps = await self.asked(self.desk.store.steps_so_far)
        return steps in (None, self._steps)  # None: why it can't be known is told

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self._show)
        self.call_after_refresh(self.tell_again)

    # -- showing

    @property
    def page(self) -> ReviewPage:
        return self.query_one(ReviewPage)

    @property
    def hints(self) -> tuple[Hint, ...]:
        if self.is_typing:
            return ((0, "{value.take}", "write it"), (1, "{value.leave}", "leave it"))
        hints: list[Hint] = [
            (1, "{review.before/review.next}", "assignment, class, year"), (0, "{review.filters}", "filters"),
        ]  # fmt: skip
        if self.look.told:
            hints.append((2, "{review.clear}", "all off"))
        if self.page.stops:
            hints.append((3, "{review.open}", "open"))
        hints += [(5, "{review.plots}", "charts"), (4, "{review.write}", "write")]
        if self.written:
            hints.append((5, "{review.show}", "open the file"))
        return (
            *hints, (8, "{page.up/page.down}", "scroll"), (6, "{desk.back}", "back"), (7, "{desk.help}", "help"),
        )  # fmt: skip

    def _show(self) -> None:
        width = self.app.size.width
        room = min(WIDEST, width - EDGES)
        head, right = self._head()
        self.query_one("#top", Lines).set_line(spread(head, [(f"{right} ", "text")], width))
        on = on_told(self.look) if self.look.told else f"no filter · {on_told(self.look)}"
        self.query_one("#said", Lines).set_line(spread([(f" {on}", "weigh" if self.look.told else "quiet")], [], width))
        lines, self.page.stops = self._lines(room)
        self.page.set_lines(lines)

    @on(ReviewPage.Moved)
    def _show_bar(self) -> None:
        self.page.set_lines(self._lines(min(WIDEST, self.app.size.width - EDGES))[0])

    def _lines(self, room: int) -> tuple[list[Line], tuple[int, ...]]:
        nothing = nothing_told(self.look)
        if nothing:
            how = self.keys.told("{review.filters} changes them, {review.clear} takes all off")
            return [*hanging("", "strong", nothing, "strong", 0, room), (), ((how, "quiet"),)], ()
        return page_lines(self.look, room, self.page.at)

    def _head(self) -> tuple[list[tuple[str, str]], str]:
        look, pile = self.look, self.look.pile
        group = (of_group(look.group), "accent")
        if pile is not None:
            done = sum(row.is_finished for row in pile.rows)
            name = (show_line(pile.assignment.name), "strong")
            finished = f"{done} of {len(pile.rows)} finished" if pile.rows else ""
            return [group, name, ("   marks", "quiet")], finished
        year = look.filters.year or "all years"
        told = year if look.group else f"every class, {year}"
        count = len(look.piles)
        return [group, (told, "strong")], f"{count} assignment{'' if count == 1 else 's'}"

    # -- what is looked at

    def _look(self, filters: Filters) -> None:
        """Another view; what was read already is shown again."""
        look = self._read.get(filters)
        if look is None:
            self._read_view(filters)
        else:
            self._halt()
            self._take(Seen(look, self._steps))

    def _halt(self) -> None:
        """What is still being read is nobody's any more."""
        self._stop.set()
        self._stop, self._wanted, self.is_reading = threading.Event(), None, False

    def _set_aside(self) -> None:
        """Stop what is being read: something is to be done with what is shown, and the desk must be free for that."""
        if self.is_reading:
            self._halt()
            self.tell("")

    def set_others_aside(self) -> None:
        """Stop what is being read, unless it is what is shown, as it is by now."""
        if self._wanted != self.look.filters:
            self._set_aside()

    def _read_view(self, filters: Filters, to_open: Assignment | None = None) -> None:
        """Read a view in place of what is being read: shown here, or (``to_open``) on a screen of its own."""
        self._halt()
        self._wanted, self.is_reading = None if to_open else filters, True
        self.read(filters, to_open, self._stop)

    @work(group="read", exclusive=True)
    async def read(self, filters: Filters, to_open: Assignment | None, stop: threading.Event) -> None:
        """Read a view behind the frame; after a moment the foot says how far that is, and Esc stops it."""
        desk, loop = self.desk, asyncio.get_running_loop()
        begun = loop.time()

        def watch(done: int, total: int) -> bool:
            if loop.time() > begun + PATIENCE:
                with suppress(RuntimeError):  # the program has ended meanwhile
                    loop.call_soon_threadsafe(self._show_progress, stop, done, total)
            return not stop.is_set()

        seen, why = None, ""
        try:
            seen = await self.thread.do(lambda: _see(desk, filters, watch))
        except MarkdeskError as error:
            why = str(error)
        if not self.is_attached or stop is not self._stop:
            return
        self._halt()
        if seen is None:
            self.tell(why, "alert")
        elif to_open is None:
            self._take(seen)
        elif self.app.screen is self:
            await self.app.push_screen(ReviewScreen(self.thread, desk, to_open, seen))

    def _show_progress(self, stop: threading.Event, done: int, total: int) -> None:
        if self.is_attached and self.is_reading and stop is self._stop:
            filled = round(20 * done / total)
            bar = (f" {'▰' * filled}{'▱' * (20 - filled)}  ", "accent")
            hint = (self.keys.told("   {desk.back} "), "accent")
            self.set_foot([(bar, (f"Reading {done} of {total} assignments", "text"), hint, ("stop", "quiet"))])

    def _take(self, seen: Seen) -> None:
        """Show what was read. The same view as it is by now keeps its place on the page, and the bar its assignment."""
        before, at = self.look, self.page.at
        if seen.steps != self._steps:
            self._read.clear()
        self.look, self._steps = seen
        self._read[self.look.filters] = self.look
        if self.look.filters != before.filters:
            self._show_from_top()
            return
        its, were = _stops_of(self.look), _stops_of(before)
        here = were[at] if at < len(were) else None
        self.page.at = its.index(here) if here in its else min(at, max(0, len(its) - 1))
        self._show()
        self.tell_again()

    def _show_from_top(self) -> None:
        """Show another view, with no place on its page yet, and a file of its own."""
        self.forget_file()
        self.page.at = 0
        self.page.scroll_home(animate=False)
        self._show()
        self.tell("")

    @property
    def views(self) -> tuple[Filters, ...]:
        """This assignment, its class in its year and over all, and its year; an assignment that was set to no class is
        part of its year alone. The filters that choose among essays hold in each."""
        here, year = replace(self.look.filters, assignment=None, group=None, year=""), school_year(self.home.set_on)
        pile, of_year = replace(here, assignment=self.home.id), replace(here, year=year)
        if self.home.group_id is None:
            return pile, of_year
        of_class = replace(here, group=self.home.group_id)
        return pile, replace(of_class, year=year), of_class, of_year

    def action_view(self, by: int) -> None:
        """The view before or after this one, round about; from any other the first or the last of them."""
        views, here = self.views, self.look.filters
        at = views.index(here) + by if here in views else 0 if by > 0 else -1
        self._look(views[at % len(views)])

    async def action_filters(self) -> None:
        """Choose what is looked at."""
        from markdesk.tui.screens.filters import FiltersScreen

        self._set_aside()
        desk = self.desk
        there = await self.asked(lambda: read_there(desk))
        if there is not None:
            form = ReviewForm(self.look.filters, there)
            await self.app.push_screen(FiltersScreen(self.thread, desk, form), self._filtered)

    def _filtered(self, filters: Filters | None) -> None:
        if filters is not None:
            self._look(filters)

    def action_clear(self) -> None:
        """Take every filter off; of one assignment it stays the page."""
        filters = Filters(assignment=self.look.filters.assignment)
        if filters == self.look.filters:
            self.tell("No filter is on")
        else:
            self._look(filters)

    @on(ReviewPage.Opened)
    async def action_open(self) -> None:
        """The essay with the bar; the assignment with it, through the same filters, and Esc leads back here; the
        essays that have the stamp with it."""
        course, at, listed = self.look.course, self.page.at, self.look.picked[:MOST_PICKED]
        if self.is_typing:
            return  # a click, while a file is named
        if at < len(listed):
            await self._open_essay(listed[at])
            return
        at -= len(listed)
        piles = course.piles if course is not None else ()
        if not self.page.stops:
            self.tell(self.keys.told("{review.next} leads to the class and the year, whose assignments can be opened"))
            return
        if at >= len(piles):
            self._look(replace(self.look.filters, stamp=stamps_listed(self.look)[at - len(piles)]))
            return
        its = piles[at].assignment
        filters = replace(self.look.filters, assignment=its.id, group=None, year="", board="", question="")
        self._read_view(filters, its)

    async def _open_essay(self, picked: Picked) -> None:
        """Where it is marked; a colleague's marking isn't hers to go on with."""
        from markdesk.desk.sitting import Sitting
        from markdesk.tui.screens.marking import MarkingScreen

        desk, order, entry = self.desk, markdesk(self).opening.order, picked.row.entry
        if self.look.filters.marker not in (None, desk.marker.id):
            self.tell("Only an essay that you marked opens here: this is another marker's")
            return

        def sit() -> tuple[Sitting, MarkingDesk]:
            sitting = Sitting(desk, entry.assignment, order)
            return sitting, sitting.open(entry.script.id)

        self._set_aside()
        found = await self.asked(sit)
        if found is not None and self.app.screen is self:
            await self.app.push_screen(MarkingScreen(self.thread, *found))

    # -- out

    async def stands_as_shown(self) -> bool:
        """Whether what is shown is what stands on the desk: only that goes on. If not, it is read again."""
        self.set_others_aside()
        if self._wanted != self.look.filters:
            if await self._is_as_it_was():
                return True
            self._read_view(self.look.filters)
        self.tell("Something was marked meanwhile, so this is read again: once more after that")
        return False

    async def action_plots(self) -> None:
        """What is looked at, as charts."""
        if not await self.stands_as_shown():
            return
        from markdesk.desk.charts import course_charts, review_charts
        from markdesk.tui.screens.plots import open_plots

        look, charts = self.look, tuple[Chart, ...]()
        if look.pile is not None:
            charts = review_charts(look.pile)
        elif look.course is not None:
            charts = course_charts(look.course)
        try:
            await open_plots(markdesk(self), self._head()[0], charts)
        except MarkdeskError as error:
            self.tell(str(error))

    def action_back(self) -> None:
        """Stop what is being read, else leave."""
        if self.is_reading:
            self._halt()
            self.tell("Stopped: it isn't read.")
        else:
            self.dismiss()
