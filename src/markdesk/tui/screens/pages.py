"""Pages to read: help, a student's past marks."""

from collections.abc import Iterable, Mapping

from rich.cells import cell_len
from textual.app import ComposeResult

from markdesk.core.annotation import Stamp
from markdesk.core.award import total
from markdesk.core.ids import ScriptId, StudentId
from markdesk.core.people import Student
from markdesk.core.plain import show_line
from markdesk.core.rubric import Rubric
from markdesk.desk.desk import Desk
from markdesk.desk.finishing import TASK_LABELS
from markdesk.desk.ports import Entry
from markdesk.desk.redrafts import Redraft, redrafts
from markdesk.tui.bindings import bindings_of
from markdesk.tui.keys_in_use import KeysInUse
from markdesk.tui.palette import TONE_INK
from markdesk.tui.screens.room import Room
from markdesk.tui.side_lines import hanging, level_sign, mark_sign
from markdesk.tui.widgets.lines import Line, Lines, Page
from markdesk.tui.widgets.rows import Column, Rows
from markdesk.tui.words import day


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


class StudentsScreen(Room[None]):
    """Every student on the desk."""

    CSS_PATH = "lists.tcss"
    AUTO_FOCUS = "Rows"
    ROOM = "students"
    BINDINGS = bindings_of(ROOM)

    def __init__(self, students: list[tuple[Student, int]]) -> None:
        super().__init__()
        self._students = students

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        yield Rows(id="rows")
        yield Lines(id="foot")

    def on_mount(self) -> None:
        self.query_one("#top", Lines).set_line(((" Students", "strong"), (f"  {len(self._students)}", "quiet")))
        columns = (Column("Name", 0), Column("Candidate", 12), Column("Marked", 8, True))
        self.query_one(Rows).show_rows(
            columns,
            [[(s.name, "text"), (s.candidate_number, "quiet"), (str(n), "quiet")] for s, n in self._students],
        )
        self.query_one("#foot", Lines).set_line(
            (
                (self.keys.brief(" {list.open}"), "accent"), (" past marks   ", "quiet"),
                (self.keys.told("{desk.back}"), "accent"), (" back", "quiet"),
            )
        )  # fmt: skip

    async def choose(self, index: int) -> None:
        await self.app.run_action(f"open_student('{self._students[index][0].id}')")

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


def student_page(desk: Desk, student_id: StudentId, width: int) -> tuple[str, list[Line]]:
    """A student's name, and every marking that was begun."""
    entries = desk.store.entries(desk.marker.id, student_id=student_id)
    begun = [(e, desk.store.rubric(e.header.rubric_hash)) for e in entries if e.header is not None]
    name = next((student.name for student in desk.store.students() if student.id == student_id), "")
    return name, student_lines(begun, width, redrafts(desk, entries))


def student_lines(entries: list[tuple[Entry, Rubric]], width: int, redrafts: Mapping[ScriptId, Redraft]) -> list[Line]:
    """Every past marking of one student, newest first, with its target; of a redraft every text's mark."""
    lines: list[Line] = []
    for entry, rubric in entries:
        awards = entry.award_by_scale()
        whole = total(rubric, awards)
        assert entry.header is not None
        redraft = redrafts.get(entry.script.id)
        lines.append(
            (
                (f"{day(entry.header.completed_at or entry.assignment.set_on):<8}", "quiet"),
                (f"{entry.assignment.name}  ", "strong"),
                (f"{redraft.told(whole) if redraft else whole} / {whole.max}", "accent"),
                (f"   {entry.header.status.replace('_', ' ')}", "quiet"),
            )
        )
        lines += hanging("", "quiet", entry.assignment.question, "quiet", 8, width)
        for scale in rubric.scales:
            award = awards.get(scale.id)
            share = "" if award is None or award.mark is None else "█" * round(20 * award.mark / scale.max)
            lines.append(
                (
                    (f"        {scale.title[:20]:<21}", "text"),
                    (f"{level_sign(award):<4}{mark_sign(award):>5} / {scale.max:<4}", "accent"),
                    (f" {share:<20}", "bar"),
                )
            )
        notes = f"{entry.annotations} annotation{'' if entry.annotations == 1 else 's'}"
        facts = f"{entry.words} words · {notes}" if entry.words is not None else f"handwritten · {notes}"
        lines.append(((f"        {facts}", "quiet"),))
        if entry.target:
            lines += hanging("        Target  ", "weigh", entry.target, "text", 16, width)
        if entry.task:
            lines += hanging("        Task    ", "weigh", entry.task, "text", 16, width)
        if entry.header.task_done:
            told = TASK_LABELS[entry.header.task_done]
            on = f", {day(entry.header.task_done_at)}" if entry.header.task_done_at else ""
            lines.append((("        After the return: ", "weigh"), (f"{told}{on}", "text")))
        lines.append(())
    return lines or [(("No essay of this student has been marked yet.", "quiet"),)]
