"""Choosing whose a file is: letters filter the students, the class list first."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.widgets import Input

from markdesk.core.ids import StudentId
from markdesk.core.people import Student
from markdesk.core.plain import fold, show_line
from markdesk.tui.bindings import priority_bindings_of
from markdesk.tui.screens.room import Room
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.widgets.rows import Cell, Column, Rows
from markdesk.tui.words import Hint, hint_pieces

COLUMNS = (Column("Student", 0), Column("Candidate", 10), Column("Tutor", 8, needs=60))
HINTS: tuple[Hint, ...] = ((1, "{whose.take}", "this student"), (2, "{whose.leave}", "nobody yet"))


class WhoseScreen(Room[StudentId | None]):
    """Type a few letters, Enter takes the student under the cursor."""

    CSS_PATH = "import.tcss"
    ROOM = "whose"
    BINDINGS = priority_bindings_of(ROOM)
    AUTO_FOCUS = "LineBox"

    def __init__(self, students: Sequence[Student], told: str, file_name: str) -> None:
        super().__init__()
        self.students, self.fitting, self.file_name = list(students), list(students), file_name
        self.told = told
        """The name as far as the file tells it: the cursor begins on who is likest."""

    def compose(self) -> ComposeResult:
        from markdesk.tui.widgets.editor import LineBox
        from markdesk.tui.widgets.painted import Across

        yield Lines(id="top")
        with Across(id="box"):
            yield Lines(id="prompt")
            yield LineBox(placeholder="a few letters of the name", select_on_focus=False)
        yield Rows(id="rows")
        yield Lines(id="foot")

    def on_mount(self) -> None:
        self.query_one("#top", Lines).set_line(((" Whose is  ", "quiet"), (show_line(self.file_name), "strong")))
        self.query_one("#prompt").styles.width = 3
        self.query_one("#prompt", Lines).set_line(((" ⌕ ", "accent"),))
        self._show()

    def _show(self) -> None:
        rows: list[Sequence[Cell]] = [
            [(one.name, "text"), (one.candidate_number, "quiet"), (one.tutor_group, "quiet")] for one in self.fitting
        ]
        words = set(fold(self.told).split())
        shared = [len(words & set(fold(one.name).split())) for one in self.fitting]
        at = shared.index(max(shared)) if any(shared) else 0
        self.query_one(Rows).show_rows(COLUMNS, rows, at)
        hints = hint_pieces(HINTS if rows else HINTS[1:], self.app.size.width, self.keys)
        foot: Line = ((" ", "text"), *hints[1:]) if rows else ((" Nobody fits that", "text"), *hints)
        self.query_one("#foot", Lines).set_line(foot)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show whom the letters fit, in any order and whatever the accents."""
        wanted = fold(event.value).split()
        self.fitting = [one for one in self.students if all(word in fold(one.name) for word in wanted)]
        self._show()

    def action_move(self, by: int) -> None:
        self.query_one(Rows).action_move(by)

    async def action_take(self) -> None:
        from markdesk.tui.widgets.editor import LineBox, arrived

        await arrived(self.query_one(LineBox))
        await self.choose(self.query_one(Rows).cursor)

    async def choose(self, index: int) -> None:
        if 0 <= index < len(self.fitting):
            self.dismiss(self.fitting[index].id)

    def action_back(self) -> None:
        self.dismiss(None)
