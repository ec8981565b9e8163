"""What is done to a pile from its list: flags, heaps, absences, names, order, and finding a student."""

from collections.abc import Callable

from markdesk.core.changes import AbsenceChanged, AnyChange, AssignmentChanged, QueueNoteChanged
from markdesk.core.errors import MarkdeskError
from markdesk.core.ids import ScriptId, StudentId
from markdesk.core.plain import fold
from markdesk.core.queue_notes import Why
from markdesk.desk.ports import Entry
from markdesk.desk.queueing import Missing, Noted, QueueActs
from markdesk.desk.sitting import Sitting
from markdesk.tui.queue_lines import ORDERS
from markdesk.tui.screens.finding import FindingStudents
from markdesk.tui.screens.room import Asking
from markdesk.tui.widgets.rows import Rows


class QueueActing(Asking[None], FindingStudents[None]):
    """A list of a pile whose keys do something to it."""

    sitting: Sitting

    def __init__(self) -> None:
        super().__init__()
        self._acts: QueueActs | None = None

    def show_entries(self) -> None:
        """The pile as it stands. The screen knows how."""
        raise NotImplementedError

    async def look_behind(self) -> None:
        """Read again what the list says besides the marks. The screen knows what."""
        raise NotImplementedError

    def show_absence(self, change: AbsenceChanged) -> int | None:
        """Show why a student has handed nothing in; the row, and None where she isn't in the list."""
        raise NotImplementedError

    # -- what the cursor is on

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Who has handed nothing in: they stand under the scripts."""
        raise NotImplementedError

    @property
    def entry(self) -> Entry | None:
        """The script under the cursor; None where there is none, or its student handed nothing in."""
        at = self.query_one(Rows).cursor
        return self.sitting.entries[at] if 0 <= at < len(self.sitting.entries) else None

    @property
    def absent(self) -> Missing | None:
        """The student under the cursor who has handed nothing in."""
        at = self.query_one(Rows).cursor - len(self.sitting.entries)
        return self.missing[at] if 0 <= at < len(self.missing) else None

    def row_of(self, whose: str) -> int | None:
        """The row of a script, or of a student who has handed nothing in, by the id."""
        place = self.sitting.place_of(ScriptId(whose))
        if place is not None:
            return place
        ids = [one.student.id for one in self.missing]
        return len(self.sitting.entries) + ids.index(StudentId(whose)) if whose in ids else None

    @property
    def under_cursor(self) -> str:
        """The id of the script under the cursor, or of the student who has none; empty in an empty list."""
        if self.entry is not None:
            return self.entry.script.id
        return self.absent.student.id if self.absent is not None else ""

    def go_back_to(self, whose: str) -> None:
        """The cursor on a script again, or on a student without one, wherever that stands by now."""
        row = self.row_of(whose)
        if row is not None:
            self.query_one(Rows).go_to(row)

    # -- acting

    async def _act(self, act: Callable[[QueueActs], Noted], before: str = "", behind: str = "") -> None:
        """Do something and show what it changed: one row, or the whole pile. What was done is said between the words
        that stand ``before`` and ``behind`` it."""
        acts = self._acts = self._acts or QueueActs(self.sitting.desk)
        try:
            noted = await self.thread.do(lambda: act(acts))
        except MarkdeskError as error:  # it may be another window that was quicker
            await self.read_again()
            await self.look_behind()
            self.tell(str(error))
            return
        rows = [self._show_changed(change) for change in noted.changes]
        if any(isinstance(change, AssignmentChanged) for change in noted.changes):
            await self.read_again()
        for row in rows:
            if row is not None:
                self.query_one(Rows).show_row(row)
                self.query_one(Rows).go_to(row)  # what is taken back may be of another one
        self.tell(f"{before}{noted.label}{behind}")

    def _show_changed(self, change: AnyChange) -> int | None:
        """Take in what was noted; the row that tells it."""
        match change:
            case QueueNoteChanged():
                return self.sitting.keep_note(change)
            case AbsenceChanged():
                return self.show_absence(change)
        return None

    async def read_again(self) -> None:
        """The pile, read anew: its names or its order have changed, or what was seen was out of date."""
        sitting = self.sitting
        again = await self.asked(sitting.again)
        if again is not None:
            here, self.sitting = self.under_cursor, again
            self.sitting.last_opened = sitting.last_opened
            self.show_entries()
            self.go_back_to(here)

    async def action_flag(self) -> None:
        """Flag the script to come back to, or take the flag off."""
        entry = self.entry
        if entry is not None:
            await self._act(lambda acts: acts.flag(entry), f"{self.sitting.called(entry)}: ")

    async def action_triage(self) -> None:
        """Skim the pile from here: a first impression of each, which touches no mark."""
        from markdesk.tui.screens.skim import open_skim

        entry = self.entry
        if entry is not None:
            await open_skim(self, entry)

    async def action_absent(self, why: str) -> None:
        """Note why the student under the cursor has handed nothing in; the same again takes it back."""
        one, assignment = self.absent, self.sitting.assignment
        if one is not None:
            await self._act(lambda acts: acts.absent(assignment, one, Why(why)))
        elif self.entry is not None:
            self.tell(f"{self.sitting.called(self.entry)} has handed something in")

    async def action_names(self) -> None:
        """Show the names, or hide them again."""
        assignment = self.sitting.assignment
        hidden = not assignment.is_anonymous
        told = "the log says so" if not hidden else "marks are given to numbers until you show them"
        await self._act(lambda acts: acts.hide_names(assignment, hidden), behind=f"; {told}")

    async def action_by_scale(self) -> None:
        """One scale down the class, or each essay whole."""
        sitting = self.sitting
        if len(sitting.rubric.scales) < 2:
            self.tell(f"{sitting.rubric.short_title} has one scale: each essay is marked whole")
        else:
            await self._act(lambda acts: acts.mark_by_scale(sitting.assignment, not sitting.assignment.by_scale))

    async def action_order(self) -> None:
        """The next way to order the pile, until it is left."""
        sitting = self.sitting
        telling = ("name", "arrival") if sitting.assignment.is_anonymous else ()
        ways = [way for way in ORDERS if way not in telling]
        order = ways[(ways.index(sitting.order) + 1) % len(ways)]
        here = self.under_cursor
        ordered = await self.asked(lambda: Sitting(sitting.desk, sitting.assignment, order))
        if ordered is None:
            return
        self.sitting = ordered
        self.sitting.last_opened = sitting.last_opened
        self.show_entries()
        self.go_back_to(here)
        self.tell(f"The pile is ordered: {ORDERS[order]}")

    async def action_undo(self) -> None:
        """Take back what was done here last."""
        if self._acts is not None and self._acts.can_undo:
            await self._act(QueueActs.undo)
        else:
            self.tell("Nothing to undo here; an essay's acts are undone in it")

    # -- finding a student

    async def action_find(self) -> None:
        """Type a few letters; the cursor goes to whom they fit, and Enter opens that essay."""
        what = "a number" if self.sitting.assignment.is_anonymous else "a name or a candidate number"
        await self.open_finder("{queue.find}", what)

    def said_of_rows(self, with_id: bool) -> list[str]:
        sitting = self.sitting
        is_named = not sitting.assignment.is_anonymous
        said = [
            " ".join(
                (
                    sitting.called(entry),
                    entry.student.candidate_number if is_named else "",
                    entry.script.short_id if with_id else "",
                )
            )
            for entry in sitting.entries
        ]
        return [fold(text) for text in (*said, *(one.student.name for one in self.missing))]
