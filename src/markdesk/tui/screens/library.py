"""The library: where markdesk opens. One row an assignment."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.screen import Screen

from markdesk.core.plain import show_line
from markdesk.desk.ports import Overview, Place
from markdesk.tui.bindings import bindings_of
from markdesk.tui.opening import Library
from markdesk.tui.widgets.lines import Lines
from markdesk.tui.widgets.rows import Cell, Column, Rows
from markdesk.tui.words import day

if TYPE_CHECKING:
    from markdesk.tui.app import MarkdeskApp

COLUMNS = (
    Column("Assignment", 0), Column("Group", 7), Column("Kind", 11), Column("Set", 7), Column("Marked", 22),
)  # fmt: skip


def overview_cells(overview: Overview) -> list[Cell]:
    """One assignment as a row."""
    assignment = overview.assignment
    filled = round(8 * overview.complete / max(1, overview.scripts))
    progress = f"{'▰' * filled}{'▱' * (8 - filled)} {overview.complete} of {overview.scripts}"
    waiting = f"  ✎ {overview.drafts}" if overview.drafts else ""
    done = overview.scripts > 0 and overview.complete == overview.scripts
    return [
        (assignment.name, "strong"),
        (overview.group.name if overview.group else "", "quiet"),
        (str(assignment.kind), "quiet"),
        (day(assignment.set_on), "quiet"),
        (progress + waiting, "good" if done else "text"),
    ]


class LibraryScreen(Screen[None]):
    """Choose what to mark."""

    CSS_PATH = "lists.tcss"
    BINDINGS = bindings_of("library")
    AUTO_FOCUS = "Rows"

    def __init__(self, library: Library | None = None) -> None:
        super().__init__()
        self.overviews: tuple[Overview, ...] = ()
        self.place: Place | None = None
        self._first = library

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        yield Lines(id="resume")
        yield Rows(id="rows")
        yield Lines(id="foot")

    def on_mount(self) -> None:
        if self._first is not None:
            self.show_desk(self._first)
        else:
            self.tell("One moment: the desk is being opened …")

    async def on_screen_resume(self) -> None:
        first, self._first = self._first, None
        if first is None:
            await self._markdesk.read_library()

    @property
    def _markdesk(self) -> "MarkdeskApp":
        from markdesk.tui.app import MarkdeskApp

        assert isinstance(self.app, MarkdeskApp)
        return self.app

    def show_desk(self, library: Library) -> None:
        """Show what is on the desk."""
        overviews, place = library.overviews, library.place
        self.overviews, self.place = overviews, place
        title = self._markdesk.opening.title
        self.query_one("#top", Lines).set_line(((" markdesk  ", "accent"), (title, "quiet")))
        names = {overview.assignment.id: overview.assignment.name for overview in overviews}
        resume = self.query_one("#resume", Lines)
        if place is not None and place.assignment_id in names:
            where = show_line(names[place.assignment_id])
            resume.set_line(((" Space ", "accent"), (f"goes on where you left: {where}", "text")))
        elif overviews:
            resume.set_line(((" Enter ", "accent"), ("opens an assignment", "text")))
        else:
            resume.set_line(
                ((" An empty desk.", "strong"), ("  Bring essays in, or look at the sample class:", "text"))
            )
        if overviews:
            self.query_one(Rows).show_rows(COLUMNS, [overview_cells(overview) for overview in overviews])
        else:
            first_steps: list[list[Cell]] = [
                [("markdesk demo", "accent")],
                [('markdesk import FOLDER --assignment "Khrushchev" --rubric aqa-7042-b-essay-25', "accent")],
                [("markdesk import --help", "accent")],
            ]
            self.query_one(Rows).show_rows((Column("On the command line", 0),), list(first_steps))
        self.query_one("#foot", Lines).set_line(
            (
                (" ⏎", "accent"), (" open   ", "quiet"), ("Space", "accent"), (" resume   ", "quiet"), ("s", "accent"),
                (" students   ", "quiet"), ("m", "accent"), (" schemes   ", "quiet"), ("t", "accent"),
                (" light/dark   ", "quiet"), ("?", "accent"), (" help   ", "quiet"), ("Ctrl+Q", "accent"),
                (" quit", "quiet"),
            )
        )  # fmt: skip

    @on(Rows.Chosen)
    async def _open(self, event: Rows.Chosen) -> None:
        if self.overviews:
            await self.app.run_action(f"open_queue('{self.overviews[event.index].assignment.id}')")

    async def action_resume(self) -> None:
        if self.place is not None:
            await self.app.run_action(f"open_script('{self.place.assignment_id}', '{self.place.script_id}')")

    async def action_students(self) -> None:
        await self.app.run_action("open_students")

    async def action_schemes(self) -> None:
        await self.app.run_action("open_schemes")

    async def action_export(self) -> None:
        if self.overviews:
            await self.app.run_action(f"export('{self.overviews[self.query_one(Rows).cursor].assignment.id}')")

    async def action_theme(self) -> None:
        await self.app.run_action("switch_theme")

    async def action_help(self) -> None:
        await self.app.run_action("show_help('library')")

    def action_back(self) -> None:
        """The library is the outermost room: Ctrl+Q leaves."""

    def tell(self, text: str) -> None:
        self.query_one("#resume", Lines).set_line(((f" {show_line(text)}", "text"),))
