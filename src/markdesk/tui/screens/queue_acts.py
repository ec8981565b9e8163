"""What is done to a pile from its list: flags, heaps, absences, names, order, and finding a student."""

from collections.abc import Callable

from textual.widgets import Input

from markdesk.core.plain import fold, show_line
from markdesk.core.queue_notes import Why
from markdesk.desk.ports import Entry
from markdesk.desk.queueing import Missing, QueueActs
from markdesk.desk.sitting import Sitting
from markdesk.tui.queue_lines import ORDERS
from markdesk.tui.screens.room import Asking, Boxed
from markdesk.tui.widgets.rows import Rows

SHORTEST_ID = 3
"""Characters: fewer of them are letters of a name, not of a script's id."""


class QueueActing(Asking[None], Boxed[None]):
    """A list of a pile whose keys do something to it."""

    sitting: Sitting
    missing: tuple[Missing, ...] = ()
    """Who has handed nothing in: they stand under the scripts."""

    def __init__(self) -> None:
        super().__init__()
        self._acts: QueueActs | None = None

    def show_entries(self) -> None:
        """The pile as it stands. The screen knows how."""
        raise NotImplementedError

    async def look_behind(self) -> None:
        """Read again what the list says besides the marks. The screen knows what."""
        raise NotImplementedError

    # -- what the cursor is on

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

    # -- acting

    async def _act(self, act: Callable[[QueueActs], str]) -> bool:
        """Do something, show the pile as it is then, and say what was done."""
        acts = self._acts = self._acts or QueueActs(self.sitting.desk)
        here, student = self.entry, self.absent
        sitting = self.sitting
        done = await self.asked(lambda: (act(acts), sitting.again()))
        if done is None:
            return False
        told, self.sitting = done
        self.sitting.last_opened = sitting.last_opened
        await self.look_behind()
        rows = self.query_one(Rows)
        if here is not None:
            rows.go_to(self.sitting.position(here.script.id) - 1)
        elif student is not None:
            ids = [one.student.id for one in self.missing]
            if student.student.id in ids:
                rows.go_to(len(self.sitting.entries) + ids.index(student.student.id))
        self.tell(told)
        return True

    async def action_flag(self) -> None:
        """Flag the script to come back to, or take the flag off."""
        entry = self.entry
        if entry is not None:
            await self._act(lambda acts: f"{self.sitting.called(entry)}: {acts.flag(entry)}")

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
            await self._act(lambda acts: acts.absent(assignment, one.student, Why(why)))
        elif self.entry is not None:
            self.tell(f"{self.sitting.called(self.entry)} has handed something in")

    async def action_names(self) -> None:
        """Show the names, or hide them again."""
        assignment = self.sitting.assignment
        hidden = not assignment.is_anonymous
        told = "the log says so" if not hidden else "marks are given to numbers until you show them"
        await self._act(lambda acts: f"{acts.hide_names(assignment, hidden)}; {told}")

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
        here = self.entry
        ordered = await self.asked(lambda: Sitting(sitting.desk, sitting.assignment, order))
        if ordered is None:
            return
        self.sitting = ordered
        self.sitting.last_opened = sitting.last_opened
        self.show_entries()
        if here is not None:
            self.query_one(Rows).go_to(self.sitting.position(here.script.id) - 1)
        self.tell(f"The pile is ordered: {ORDERS[order]}")

    async def action_undo(self) -> None:
        """Take back what was done here last."""
        await self._act(lambda acts: acts.undo() or "Nothing to undo here; an essay's acts are undone in it")

    # -- finding a student

    async def action_find(self) -> None:
        """Type a few letters; the cursor goes to whom they fit, and Enter opens that essay."""
        from markdesk.tui.widgets.editor import FilterBox

        what = "a number" if self.sitting.assignment.is_anonymous else "a name or a candidate number"
        box = FilterBox(placeholder=f"a few letters of {what}", select_on_focus=False)
        await self.open_line(self.keys.brief(" {queue.find} "), box, below="#top")

    def on_input_changed(self, event: Input.Changed) -> None:
        self._go_to_fitting(event.value)

    def _go_to_fitting(self, typed: str) -> None:
        found = self._fitting(typed)
        if found and self.query_one(Rows).cursor not in found:
            self.query_one(Rows).go_to(found[0])

    def _fitting(self, typed: str) -> list[int]:
        """The rows that fit, those that begin with what was typed first."""
        wanted = fold(typed)
        if not wanted:
            return []
        found: list[tuple[bool, int]] = []
        for at, said in enumerate(self._said_of_rows(len(wanted) >= SHORTEST_ID)):
            if wanted in said:
                found.append((not any(word.startswith(wanted) for word in (said, *said.split())), at))
        return [at for _, at in sorted(found)]

    def _said_of_rows(self, with_id: bool) -> list[str]:
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

    def action_move(self, by: int) -> None:
        """Along the rows that fit what was typed; along the list where nothing was."""
        rows = self.query_one(Rows)
        found = sorted(self._fitting(self.query_one(Input).value))
        beyond = [at for at in found if (at > rows.cursor if by > 0 else at < rows.cursor)]
        if not found:
            rows.action_move(by)
        elif beyond:
            rows.go_to(beyond[0] if by > 0 else beyond[-1])

    async def action_close_box(self, keep: bool) -> None:
        """Back to the list; ``keep`` opens the essay that was found."""
        typed = await self.close_line()
        self._go_to_fitting(typed)  # the last letters may not have been looked at yet
        if keep and typed and not self._fitting(typed):
            self.tell(f"Nobody in this pile fits “{show_line(typed)}”")
        elif keep:
            await self.choose(self.query_one(Rows).cursor)
