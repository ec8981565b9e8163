"""The library: where markdesk opens. One row an assignment."""

from collections.abc import Mapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.screen import Screen

from markdesk.core.plain import show_line
from markdesk.desk.ports import Overview
from markdesk.tui.at_home import markdesk
from markdesk.tui.bindings import bindings_of
from markdesk.tui.opening import Left, Library
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.widgets.rows import Cell, Column, Rows
from markdesk.tui.words import Hint, ago, day, hint_pieces

COLUMNS = (
    Column("Assignment", 0), Column("Question", 0, needs=90), Column("Group", 6), Column("Kind", 11, needs=70),
    Column("Set", 6), Column("Marked", 22), Column("Waiting", 0, needs=110),
)  # fmt: skip


def overview_cells(overview: Overview, changed: str = "") -> list[Cell]:
    """One assignment as a row. ``changed`` says what became of its scheme since it was set."""
    assignment = overview.assignment
    filled = round(8 * overview.complete / max(1, overview.scripts))
    progress = f"{'▰' * filled}{'▱' * (8 - filled)} {overview.complete} of {overview.scripts}"
    # The signs for a window without the last column; both together fit it closely.
    waiting = f"  ✎ {overview.drafts}" if overview.drafts else ""
    if changed:
        waiting = f" ✎{overview.drafts} ↻" if overview.drafts else "  ↻"
    drafts = "1 line half written" if overview.drafts == 1 else f"{overview.drafts} lines half written"
    waits = " · ".join(text for text in (drafts if overview.drafts else "", changed) if text)
    done = overview.scripts > 0 and overview.complete == overview.scripts
    return [
        (assignment.name, "strong"),
        (assignment.question if assignment.question != assignment.name else "", "quiet"),
        (overview.group.name if overview.group else "", "quiet"),
        (str(assignment.kind), "quiet"),
        (day(assignment.set_on), "quiet"),
        (progress + waiting, "good" if done else "text"),
        (waits, "weigh"),
    ]


HINTS: tuple[Hint, ...] = (
    (1, " ⏎", "open"), (5, "s", "students"), (6, "r", "marks"), (7, "m", "schemes"), (4, "x", "sheets"),
    (8, "t", "light/dark"), (2, "?", "help"), (3, "Ctrl+Q", "quit"),
)  # fmt: skip

TAKE_OVER: Hint = (0, "u", "take over the new scheme")
"""Told where the cursor is on an assignment whose scheme changed."""

FIRST_STEPS = (
    ("markdesk demo", "a sample class to try it on"),
    ("markdesk import FOLDER --assignment NAME --rubric ID", "your students' essays, from a folder or a file"),
    ("markdesk rubric list", "the mark schemes, with their ids"),
)
"""What an empty desk offers: the command, and what it brings."""


def left_line(left: Left, now: str) -> Line:
    """Where the marker left off, as the line that takes her there."""
    where = f", ¶{left.paragraph}" if left.paragraph else ""
    return (
        ("Go on  ", "accent"),
        (f"{show_line(left.entry.assignment.name)}: {show_line(left.entry.student.name)}", "strong"),
        (f"   essay {left.position} of {left.count}{where}   {ago(left.place.at, now)}", "quiet"),
    )


class LibraryScreen(Screen[None]):
    """Choose what to mark."""

    CSS_PATH = "lists.tcss"
    BINDINGS = bindings_of("library")
    AUTO_FOCUS = "Rows"

    def __init__(self, library: Library | None = None) -> None:
        super().__init__()
        self.overviews: tuple[Overview, ...] = ()
        self.left: Left | None = None
        self._taken_over = self._said = ""
        """What is said of a new version that a class was just taken over to: on coming back from there."""
        self.changed: Mapping[str, str] = {}
        """What became of an assignment's scheme, where it is not as it was; looked up behind the first frame."""
        self._first = self._library = library

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        yield Lines(id="said")
        yield Rows(id="rows")
        yield Lines(id="foot")

    def on_mount(self) -> None:
        if self._first is not None:
            self.show_desk(self._first)
        else:
            self.tell("One moment: the desk is being opened …")

    async def on_screen_resume(self) -> None:
        self._said, self._taken_over = self._taken_over, ""
        first, self._first = self._first, None
        if first is None:
            await markdesk(self).read_library()
        self.call_after_refresh(self._look_for_changes)

    async def _look_for_changes(self) -> None:
        changed = await markdesk(self).changed_schemes()
        if changed != self.changed and self._library is not None:
            self.changed = changed
            self.show_desk(self._library)

    def show_desk(self, library: Library) -> None:
        """Show what is on the desk."""
        self._library = library
        self.overviews, self.left = library.overviews, library.left
        title = markdesk(self).opening.title
        self.query_one("#top", Lines).set_line(((" markdesk  ", "accent"), (title, "quiet")))
        rows = self.query_one(Rows)
        if self.overviews:
            lead = left_line(library.left, library.now) if library.left else ()
            cursor = -1 if lead and not rows.rows else None  # the first time, Enter goes on where she left
            cells: list[Sequence[Cell]] = [
                overview_cells(o, self.changed.get(o.assignment.id, "")) for o in self.overviews
            ]
            rows.show_rows(COLUMNS, cells, cursor, lead)
            self.tell(self._said)
        else:
            self.query_one("#said", Lines).set_line(
                (
                    (" An empty desk.", "strong"),
                    ("  Enter opens the sample class; the others are commands to type.", "text"),
                )
            )
            rows.show_rows(
                (Column("", 0), Column("", 0)), [[(typed, "accent"), (does, "quiet")] for typed, does in FIRST_STEPS]
            )
        self._show_foot()

    def on_resize(self) -> None:
        self._show_foot()

    @on(Rows.Moved)
    def _show_foot(self) -> None:
        hints = [*HINTS, TAKE_OVER] if self._assignment_id in self.changed else HINTS
        self.query_one("#foot", Lines).set_line(hint_pieces(hints, self.app.size.width)[1:])

    @on(Rows.Chosen)
    async def _open(self, event: Rows.Chosen) -> None:
        if event.index < 0:
            await self.action_resume()
        elif not self.overviews:
            await self.app.run_action("open_sample")
        else:
            await self.app.run_action(f"open_queue('{self.overviews[event.index].assignment.id}')")

    async def action_resume(self) -> None:
        if self.left is not None:
            place = self.left.place
            await self.app.run_action(f"open_script('{place.assignment_id}', '{place.script_id}')")

    async def action_students(self) -> None:
        await self.app.run_action("open_students")

    async def action_schemes(self) -> None:
        await self.app.run_action("open_schemes")

    async def action_export(self) -> None:
        if self._assignment_id:
            await self.app.run_action(f"export('{self._assignment_id}')")

    async def action_review(self) -> None:
        if self._assignment_id:
            await self.app.run_action(f"open_review('{self._assignment_id}')")

    async def action_take_over(self) -> None:
        from markdesk.tui.screens.takeover import open_takeover

        def took_over(told: str) -> None:
            self._taken_over = told

        if self._assignment_id:
            await open_takeover(markdesk(self), self._assignment_id, took_over)

    @property
    def _assignment_id(self) -> str:
        """The assignment under the cursor; empty on an empty desk."""
        at = self.query_one(Rows).cursor
        if at < 0 and self.left is not None:
            return self.left.place.assignment_id
        return self.overviews[at].assignment.id if self.overviews else ""

    async def action_theme(self) -> None:
        await self.app.run_action("switch_theme")

    async def action_help(self) -> None:
        await self.app.run_action("show_help('library')")

    def action_back(self) -> None:
        """The library is the outermost room: Ctrl+Q leaves."""

    def tell(self, text: str) -> None:
        self.query_one("#said", Lines).set_line(((f" {show_line(text)}", "text"),))
