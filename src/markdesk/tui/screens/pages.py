"""Help, a page to read, and the list of students, from which one is opened."""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from textual.app import ComposeResult

from markdesk.core.annotation import Stamp
from markdesk.core.plain import fold, show_line
from markdesk.desk.student_list import ListedStudent
from markdesk.tui.bindings import bindings_of, priority_bindings_of
from markdesk.tui.keys_in_use import KeysInUse
from markdesk.tui.palette import TONE_INK
from markdesk.tui.screens.finding import IN_LIST_HINTS, FindingStudents
from markdesk.tui.screens.footed import Footed
from markdesk.tui.screens.room import Room
from markdesk.tui.side_lines import hanging
from markdesk.tui.widgets.lines import Line, Lines, Page
from markdesk.tui.widgets.rows import Cell, Column, Rows
from markdesk.tui.words import Hint


class PageScreen(Room[None]):
    """Lines to scroll through; Esc goes back."""

    CSS_PATH = "lists.tcss"
    AUTO_FOCUS = "Page"
    ROOM = "page"
    BINDINGS = bindings_of(ROOM)

    def __init__(self, title: str, lines: list[Line]) -> None:
        super().__init__()
        self._title, self._page = title, lines

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        yield Page(id="page-lines")
        yield Lines(id="foot")

    def on_mount(self) -> None:
        self.query_one("#top", Lines).set_line(((f" {self._title}", "strong"),))
        self.query_one(Page).set_lines(self._page)
        self.query_one("#foot", Lines).set_line(
            (
                (self.keys.brief(" {page.up/page.down}"), "accent"), (" scroll   ", "quiet"),
                (self.keys.told("{desk.back}"), "accent"), (" back", "quiet"),
            )
        )  # fmt: skip

    def action_back(self) -> None:
        self.dismiss()


class StudentsScreen(Footed[None], FindingStudents[None]):
    """Every student on the desk."""

    CSS_PATH = "lists.tcss"
    AUTO_FOCUS = "Rows"
    ROOM = "students"
    NOBODY = "Nobody here"
    BINDINGS = priority_bindings_of(ROOM)

    def __init__(self, students: Sequence[ListedStudent]) -> None:
        super().__init__()
        self._students = students
        self._folded = [
            (fold(f"{its.name} {its.candidate_number}"), its.id[-6:]) for its in (one.student for one in students)
        ]

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        yield Rows(id="rows")
        yield Lines(id="foot")

    def on_mount(self) -> None:
        self.query_one("#top", Lines).set_line(((" Students", "strong"), (f"  {len(self._students)}", "quiet")))
        columns = [Column("Name", 0), Column("Class", 0), Column("Marked", 8, True)]
        rows: list[list[Cell]] = [
            [(one.called, "text"), (", ".join(one.groups), "quiet"), (str(one.marked), "quiet")]
            for one in self._students
        ]
        if any(one.student.candidate_number for one in self._students):
            columns.insert(2, Column("Candidate", 12))
            for row, one in zip(rows, self._students, strict=True):
                row.insert(2, (one.student.candidate_number, "quiet"))
        self.query_one(Rows).show_rows(columns, rows)
        self.tell("")

    @property
    def hints(self) -> tuple[Hint, ...]:
        if self.is_typing:
            return IN_LIST_HINTS
        return (1, "{list.open}", "past marks"), (3, "{students.find}", "find"), (2, "{desk.back}", "back")

    def show_foot(self) -> None:
        self.tell_again()

    async def action_find(self) -> None:
        """Type a few letters; the cursor goes to whom they fit, and Enter opens her past marks."""
        await self.open_finder("{students.find}", "a name or a candidate number")

    def said_of_rows(self, with_id: bool) -> list[str]:
        return [f"{said} {short_id}" if with_id else said for said, short_id in self._folded]

    def on_resize(self) -> None:
        self.call_after_refresh(self.tell_again)

    async def choose(self, index: int) -> None:
        await self.app.run_action(f"open_student('{self._students[index].student.id}')")

    def action_back(self) -> None:
        self.dismiss()


def help_lines(screen: str, keys: KeysInUse, width: int) -> list[Line]:
    """The keys in use on one screen: the one to know, what it does, and other ways."""
    rows = [*keys.rows(screen), *keys.everywhere()]
    split = [(shown.partition("  "), does) for _, shown, does, _ in rows]
    room = max(14, *(cell_len(first) + 2 for (first, _, _), _ in split))
    lines: list[Line] = []
    for (first, _, others), does in split:
        lead, indent = f"  {first}{' ' * (room - cell_len(first))}", room + 2
        told = hanging(lead, "accent", does, "text", indent, width)
        if others:
            also = hanging("", "quiet", f"also {others}", "quiet", indent, width)
            if len(also) == 1 and sum(cell_len(text) for text, _ in told[-1]) + cell_len(others) + 8 <= width:
                told[-1] = (*told[-1], (f"   also {others}", "quiet"))
            else:
                told += also
        lines += told
    return lines


def stamp_lines(title: str, stamps: Iterable[Stamp], width: int) -> list[Line]:
    """Every stamp of the set that serves a scheme: its key, its code, and what it says of a passage."""
    lines: list[Line] = [(("Stamps of this scheme", "heading"), (f"   {show_line(title)}", "quiet")), ()]
    for stamp in stamps:
        first, *others = hanging("", "text", show_line(stamp.meaning), "text", 16, width)
        lead = [(f"  {stamp.key:<4}", "accent"), (f"{stamp.code:<10}", TONE_INK[stamp.tone])]
        lines += [(*lead, *first[1:]), *others]
    return lines
