"""How one assignment was marked, its class and its year, to read; laid out anew for a window of another size."""

from enum import Enum
from typing import TYPE_CHECKING

from textual import events

from markdesk.core.errors import MarkdeskError
from markdesk.core.plain import show_line
from markdesk.desk.assignment_review import PileReview, read_pile
from markdesk.desk.course_review import CourseReview, course_review
from markdesk.desk.desk import Desk
from markdesk.desk.review_filters import Filters, school_year
from markdesk.tui.bindings import bindings_of
from markdesk.tui.refusals import tell_on
from markdesk.tui.review_lines import course_lines, review_lines
from markdesk.tui.screens.pages import PageScreen
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.lines import Lines, Page
from markdesk.tui.words import Hint, foot_lines, of_group, spread

if TYPE_CHECKING:
    from markdesk.tui.app import MarkdeskApp

WIDEST = 100
"""A line of the page is no longer, however wide the window."""
EDGES = 6
"""Cells beside it: the page's own, and the bar that says how far down one is."""
HINTS: tuple[Hint, ...] = (
    (1, "{page.up/page.down}", "scroll"), (0, "{review.before/review.next}", "this assignment, the class, every class"),
    (2, "{desk.back}", "back"),
)  # fmt: skip


class View(Enum):
    """What is looked at."""

    PILE = 0
    CLASS_IN_YEAR = 1
    CLASS = 2
    YEAR = 3


async def open_review(app: "MarkdeskApp", desk: Desk, assignment_id: str) -> None:
    """How one assignment was marked."""
    pile = await app.thread.do(lambda: read_pile(desk, assignment_id))
    await app.push_screen(ReviewScreen(app.thread, desk, pile))


class ReviewScreen(PageScreen):
    """The page of one pile, and what it is part of."""

    ROOM = "review"
    BINDINGS = bindings_of(ROOM)

    def __init__(self, thread: StoreThread, desk: Desk, pile: PileReview) -> None:
        super().__init__(pile.assignment.name, [])
        self.thread, self.desk, self.pile = thread, desk, pile
        self.view = View.PILE
        self._courses: dict[View, CourseReview] = {}
        """What was read already."""

    def on_mount(self) -> None:
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self._show)

    @property
    def views(self) -> tuple[View, ...]:
        """Those there are: an assignment that was set to no class is part of its year alone."""
        return tuple(View) if self.pile.group else (View.PILE, View.YEAR)

    async def action_view(self, by: int) -> None:
        """The view before or after this one, round about."""
        views = self.views
        wanted = views[(views.index(self.view) + by) % len(views)]
        if wanted is not View.PILE and wanted not in self._courses:
            desk, filters = self.desk, self._filters(wanted)
            try:
                self._courses[wanted] = await self.thread.do(lambda: course_review(desk, filters))
            except MarkdeskError as error:
                tell_on(self.app, str(error))
                return
        self.view = wanted
        self.query_one(Page).scroll_home(animate=False)
        self._show()

    def _filters(self, view: View) -> Filters:
        about = self.pile.assignment
        return Filters(
            group=None if view is View.YEAR else about.group_id,
            year="" if view is View.CLASS else school_year(about.set_on),
        )

    def _show(self) -> None:
        width = self.app.size.width
        room = min(WIDEST, width - EDGES)
        course = self._courses.get(self.view)
        lines = course_lines(course, room) if course is not None else review_lines(self.pile, room)
        head, right = self._head(course)
        self.query_one("#top", Lines).set_line(spread(head, [(f"{right} ", "text")], width))
        self.query_one(Page).set_lines(lines)
        self.query_one("#foot", Lines).grow_to(foot_lines(("", "quiet", False), HINTS, width, self.keys))

    def _head(self, course: CourseReview | None) -> tuple[list[tuple[str, str]], str]:
        pile, year = self.pile, school_year(self.pile.assignment.set_on)
        group = (of_group(pile.group), "accent")
        if course is None:
            done = sum(row.is_finished for row in pile.rows)
            name = (show_line(pile.assignment.name), "strong")
            return [group, name, ("   marks", "quiet")], f"{done} of {pile.scripts} finished"
        told = {View.CLASS_IN_YEAR: year, View.CLASS: "all years", View.YEAR: f"every class, {year}"}[self.view]
        whose = [(" ", "text")] if self.view is View.YEAR else [group]
        count = len(course.piles)
        return [*whose, (told, "strong")], f"{count} assignment{'' if count == 1 else 's'}"
