"""The library: where markdesk opens. One row an assignment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult

from markdesk.core.plain import show_line
from markdesk.desk.ports import Overview
from markdesk.tui.at_home import markdesk, say
from markdesk.tui.bindings import priority_bindings_of
from markdesk.tui.opening import Left, Library
from markdesk.tui.screens.room import Room
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.widgets.rows import Cell, Column, Rows
from markdesk.tui.words import Hint, ago, clipped, dated, hint_pieces

if TYPE_CHECKING:
    from markdesk.core.coursework import Assignment
    from markdesk.core.paper import PaperSet

COLUMNS = (
    Column("Assignment", 0), Column("Question", 0, needs=90), Column("Group", 6), Column("Kind", 11, needs=70),
    Column("Set", 9), Column("Marked", 22), Column("Waiting", 0, needs=110),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """What a row stands for: an assignment, a paper (its questions are the next rows), or a question of one."""

    overviews: tuple[Overview, ...]
    """The assignment's, or those of all the paper's questions."""
    exam: "PaperSet | None" = None
    number: str = ""
    """Which question of the paper it is; empty for the paper."""

    @property
    def is_paper(self) -> bool:
        return self.exam is not None and not self.number

    @property
    def assignment_id(self) -> str:
        """The assignment's; of a paper that of its first question."""
        return self.overviews[0].assignment.id


def listed(overviews: Iterable[Overview], exams: "Iterable[PaperSet]") -> list[Item]:
    """Assignments as they come; a paper stands where the first of its questions is, with all of them under it."""
    by_id = {overview.assignment.id: overview for overview in overviews}
    homes = {assignment_id: exam for exam in exams for _, assignment_id in exam.assignments}
    items: list[Item] = []
    while by_id:
        overview = next(iter(by_id.values()))
        exam = homes.get(overview.assignment.id)
        if exam is None:
            items.append(Item((by_id.pop(overview.assignment.id),)))
            continue
        asked = [(number, by_id.pop(its)) for number, its in exam.assignments if its in by_id]
        items.append(Item(tuple(its for _, its in asked), exam))
        items += [Item((its,), exam, number) for number, its in asked]
    return items


def item_cells(item: Item, changed: Mapping[str, str], now: str) -> list[Cell]:
    """A row of the library. ``changed`` says what became of an assignment's scheme since it was set, by its id."""
    exam, first = item.exam, item.overviews[0]
    if exam is None:
        return overview_cells(first, now, changed.get(item.assignment_id, ""))
    paper = exam.paper
    if item.number:
        question = paper.question(item.number)
        cells = overview_cells(first, now, changed.get(item.assignment_id, ""))
        name = f"  {item.number}  out of {question.max}" if question else f"  {item.number}"
        progress, style = cells[5]
        calm = (progress, style if style == "good" else "quiet")
        return [(name, "quiet"), cells[1], ("", "quiet"), ("", "quiet"), ("", "quiet"), calm, cells[6]]
    count = len(paper.questions)
    return [
        (exam.name, "strong"),
        (f"{count} question{'' if count == 1 else 's'} · {paper.title}", "quiet"),
        (first.group.name if first.group else "", "quiet"),
        ("paper", "quiet"),
        (dated(exam.set_on, now), "quiet"),
        _progress_of(item.overviews),
        ("", "quiet"),
    ]


def overview_cells(overview: Overview, now: str, changed: str = "") -> list[Cell]:
    """One assignment as a row. ``changed`` says what became of its scheme since it was set."""
    assignment = overview.assignment
    progress, style = _progress_of([overview])
    # The signs for a window without the last column; both together fit it closely.
    waiting = f"  ✎ {overview.drafts}" if overview.drafts else ""
    if changed:
        waiting = f" ✎{overview.drafts} ↻" if overview.drafts else "  ↻"
    drafts = "1 line half written" if overview.drafts == 1 else f"{overview.drafts} lines half written"
    waits = " · ".join(text for text in (drafts if overview.drafts else "", changed) if text)
    return [
        (assignment.name, "strong"),
        (assignment.question if assignment.question != assignment.name else "", "quiet"),
        (overview.group.name if overview.group else "", "quiet"),
        (str(assignment.kind), "quiet"),
        (dated(assignment.set_on, now), "quiet"),
        (progress + waiting, style),
        (waits, "weigh"),
    ]


def _progress_of(overviews: Sequence[Overview]) -> Cell:
    if not all(one.is_counted for one in overviews):
        return "…", "quiet"  # for a moment: they are counted behind the first frame
    return _progress(sum(one.complete for one in overviews), sum(one.scripts for one in overviews))


@lru_cache(maxsize=512)  # of hundreds of assignments most are 25 of 25
def _progress(complete: int, scripts: int) -> Cell:
    if not scripts:
        return "no essays yet", "text"
    filled = round(8 * complete / scripts)
    return f"{'▰' * filled}{'▱' * (8 - filled)} {complete} of {scripts}", "good" if complete == scripts else "text"


HINTS: tuple[Hint, ...] = (
    (1, " {list.open}", "open"), (8, "{library.new}", "new"), (4, "{library.import}", "import"),
    (5, "{library.students}", "students"),
    (6, "{library.review}", "marks"), (9, "{library.schemes}", "schemes"), (7, "{library.export}", "sheets"),
    (10, "{desk.theme}", "theme"), (2, "{desk.help}", "help"), (3, "{desk.quit}", "quit"),
)  # fmt: skip
"""What the foot teaches; in a small window what a beginner is sent to comes first."""

TAKE_OVER: Hint = (0, "{library.take_over}", "take over the new scheme")
"""Told where the cursor is on an assignment whose scheme changed."""

FIRST_STEPS = (
    ("{list.open}", "Open the sample class", "an invented class, to try it on", "app.open_sample"),
    ("{library.new}", "New assignment", "a question, its mark scheme, its class", "new_assignment"),
    ("{library.import}", "Import essays", "your students' essays, from a folder", "import"),
)
"""What an empty desk offers: its key by its act, its name, what it brings, and the action."""
NEXT_STEPS = (
    *FIRST_STEPS[1:],
    ("{library.students}", "Students", "who is on the desk", "students"),
)
"""The same where a class list came in before anything was set: an invented class has no place among real ones."""


AROUND_ROWS = 4
"""Cells of a row that are none of its text: the padding, the bar, and one before the edge."""
SHORTEST_NAME = 8
"""Cells of a name that are shown however narrow the window is."""


def left_line(left: Left, now: str, room: int) -> Line:
    """Where the marker left off, as the line that takes her there. Where it is too short, the name gives way."""
    where = f", ¶{left.paragraph}" if left.paragraph else ""
    lead, rest = "Go on  ", f"   essay {left.position} of {left.count}{where}   {ago(left.place.at, now)}"
    room -= cell_len(lead) + cell_len(rest)
    whose = f": {show_line(left.called)}"
    name = clipped(left.entry.assignment.name, max(SHORTEST_NAME, room - cell_len(whose)))
    return ((lead, "accent"), (clipped(name + whose, max(SHORTEST_NAME, room)), "strong"), (rest, "quiet"))


class LibraryScreen(Room[None]):
    """Choose what to mark."""

    CSS_PATH = "lists.tcss"
    ROOM = "library"
    BINDINGS = priority_bindings_of(ROOM)
    AUTO_FOCUS = "Rows"

    def __init__(self, library: Library | None = None) -> None:
        super().__init__()
        self.items: list[Item] = []
        self.left: Left | None = None
        self._taken_over = self._said = ""
        """What is said of a new version that a class was just taken over to: on coming back from there."""
        self._wanted = ""
        """The assignment that the cursor is to be on, the next time that the desk is shown."""
        self._told: list[Line] = []
        """A command to type, as it was told last: it stays until another screen is opened."""
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
        elif not first.is_counted:
            self.call_after_refresh(markdesk(self).read_library)
        self.call_after_refresh(self._look_for_changes)

    def on_screen_suspend(self) -> None:
        self._told = []

    async def _look_for_changes(self) -> None:
        changed = await markdesk(self).changed_schemes()
        if changed != self.changed and self._library is not None:
            self.changed = changed
            self.show_desk(self._library)

    def show_desk(self, library: Library) -> None:
        """Show what is on the desk."""
        self._library = library
        self.items, self.left = listed(library.overviews, library.exams), library.left
        title = markdesk(self).opening.title
        self.query_one("#top", Lines).set_line(((" markdesk  ", "accent"), (title, "quiet")))
        rows = self.query_one(Rows)
        if self.items:
            lead = self._lead
            cursor = -1 if lead and not rows.rows else None  # the first time, Enter goes on where she left
            ids = ["" if item.is_paper else item.assignment_id for item in self.items]
            if self._wanted and self._wanted in ids:
                cursor = ids.index(self._wanted)
            self._wanted = ""
            now = self._library.now if self._library is not None else ""
            cells: list[Sequence[Cell]] = [item_cells(item, self.changed, now) for item in self.items]
            rows.show_rows(COLUMNS, cells, cursor, lead)
            if self._told:
                self._say(self._told)
            else:
                self.tell(self._said)
        else:
            empty: Line = ((" An empty desk.", "strong"), ("  Three ways to begin:", "text"))
            if library.people:
                empty = ((f" {show_line(library.people)}.", "strong"), ("  Nothing is set yet. What next:", "text"))
            self._say(self._told or [empty])
            steps = [
                [(self.keys.brief(key), "accent"), (name, "strong"), (does, "quiet")]
                for key, name, does, _ in self._steps
            ]
            rows.show_rows((Column("", 2), Column("", 24), Column("", 0)), list(steps))
        self._show_foot()

    def on_resize(self) -> None:
        self._show_foot()
        rows = self.query_one(Rows)
        if self.items and rows.lead:
            rows.show_rows(rows.columns, rows.rows, lead=self._lead)

    @property
    def _steps(self) -> Sequence[tuple[str, str, str, str]]:
        """What a desk offers on which nothing is set."""
        return NEXT_STEPS if self._library is not None and self._library.people else FIRST_STEPS

    @property
    def _lead(self) -> Line:
        """The line above the list that goes on where she left; empty where she left nowhere."""
        library = self._library
        if library is None or library.left is None:
            return ()
        return left_line(library.left, library.now, self.app.size.width - AROUND_ROWS)

    @on(Rows.Moved)
    def _show_foot(self) -> None:
        item = self._item
        here = "" if item is not None and item.is_paper else self._here  # a paper's questions have a scheme each
        hints = [*HINTS, TAKE_OVER] if here in self.changed else HINTS
        self.query_one("#foot", Lines).set_line(hint_pieces(hints, self.app.size.width, self.keys)[1:])

    async def choose(self, index: int) -> None:
        if index < 0:
            await self.action_resume()
        elif not self.items:
            await self.run_action(self._steps[index][-1])
        else:
            item = self.items[index]
            if item.is_paper:
                from markdesk.tui.screens.grid import open_grid

                await open_grid(markdesk(self), item.assignment_id)
            else:
                await self.app.run_action(f"open_queue('{item.assignment_id}')")

    async def action_resume(self) -> None:
        if self.left is not None:
            place = self.left.place
            await self.app.run_action(f"open_script('{place.assignment_id}', '{place.script_id}')")

    async def action_students(self) -> None:
        await self.app.run_action("open_students")

    async def action_schemes(self) -> None:
        await self.app.run_action("open_schemes")

    async def action_comments(self) -> None:
        from markdesk.tui.screens.bank import open_bank

        await open_bank(markdesk(self))

    async def action_new_assignment(self) -> None:
        from markdesk.tui.screens.new_assignment import open_form

        await open_form(markdesk(self), self.stand_on)

    async def stand_on(self, made: "Assignment") -> None:
        """Show the desk with the cursor on a new assignment, and say what comes next."""
        self._wanted = made.id
        self._told = self._commands(f"Made: {made.name}.", made)
        await markdesk(self).read_library()

    async def action_import(self) -> None:
        """Bring essays in for the assignment under the cursor; for a paper, say the command that divides a script."""
        item = self._item
        if item is not None and item.exam is not None:  # its questions come in together
            self._told = self._commands(f"For {item.exam.name}:", item.exam)
            self._say(self._told)
        elif self._here and self._library is not None:
            overviews = self._library.overviews
            await self._bring_in(next(o.assignment for o in overviews if o.assignment.id == self._here))
        else:
            self.tell("First what the essays answer: a new assignment, then its essays")
            from markdesk.tui.screens.new_assignment import open_form

            await open_form(markdesk(self), self._bring_in)

    async def _bring_in(self, assignment: "Assignment") -> None:
        from markdesk.tui.screens.pick_files import open_import

        await open_import(markdesk(self), assignment)

    def _commands(self, told: str, chosen: "Assignment | PaperSet | None") -> list[Line]:
        """A sentence, and under it each way to bring scripts in, so that the command can be read and copied."""
        from markdesk.desk.setting import ways_in
        from markdesk.tui.side_lines import hanging

        width = self.app.size.width - 2
        lines = hanging("", "text", show_line(told), "text", 1, width)
        for what, command in ways_in(chosen, markdesk(self).opening.at):
            lines += hanging(f"   {what}", "quiet", command, "accent", 13, width)
        return lines

    def _say(self, lines: list[Line]) -> None:
        self.query_one("#said", Lines).grow_to(lines)

    async def action_grid(self) -> None:
        from markdesk.tui.screens.grid import open_grid

        if self._here:
            await open_grid(markdesk(self), self._here)

    async def action_export(self) -> None:
        chosen = self._one_assignment()
        if chosen:
            await self.app.run_action(f"export('{chosen}')")

    async def action_review(self) -> None:
        chosen = self._one_assignment()
        if chosen:
            await self.app.run_action(f"open_review('{chosen}')")

    async def action_take_over(self) -> None:
        from markdesk.tui.screens.takeover import open_takeover

        def took_over(told: str) -> None:
            self._taken_over = told

        chosen = self._one_assignment()
        if chosen:
            await open_takeover(markdesk(self), chosen, took_over)

    @property
    def _item(self) -> Item | None:
        """What the row under the cursor stands for; None for the line above the list, and on an empty desk."""
        at = self.query_one(Rows).cursor
        return self.items[at] if self.items and at >= 0 else None

    @property
    def _here(self) -> str:
        """The assignment under the cursor, of a paper its first question's; empty on an empty desk."""
        if self._item is not None:
            return self._item.assignment_id
        return self.left.place.assignment_id if self.left is not None else ""

    def _one_assignment(self) -> str:
        """The assignment under the cursor; empty on an empty desk, and on a paper, which says that it has several."""
        item = self._item
        if item is not None and item.is_paper:
            self.tell(self.keys.told("Choose one of the questions under this paper; {list.open} opens its grid."))
            return ""
        return self._here

    def action_back(self) -> None:
        """The library is the outermost room: Ctrl+Q leaves."""

    def tell(self, text: str) -> None:
        say(self.query_one("#said", Lines), text)
