"""Finding a student in a list: a few letters, and the cursor goes to whom they fit."""

from typing import ClassVar, TypeVar

from textual.widgets import Input

from markdesk.core.plain import fold, show_line
from markdesk.tui.screens.room import Boxed
from markdesk.tui.widgets.rows import Rows
from markdesk.tui.words import Hint

SHORTEST_ID = 3
"""Characters: fewer of them are letters of a name, not of a script's id."""

R = TypeVar("R")


IN_LIST_HINTS: tuple[Hint, ...] = (
    (1, "{filter.leave}", "open"), (3, "{filter.up/filter.down}", "along those that fit"),
    (2, "{filter.clear}", "leave"),
)  # fmt: skip
"""What the foot teaches meanwhile."""


class FindingStudents(Boxed[R]):
    """A list of students in which one is found by her name; Enter opens her row."""

    NOBODY: ClassVar[str] = "Nobody in this pile"

    def said_of_rows(self, with_id: bool) -> list[str]:
        """What each row is found by, folded; ``with_id`` where enough was typed for an id."""
        raise NotImplementedError

    def tell(self, text: str) -> None:
        """Say it where the screen says things."""
        raise NotImplementedError

    def show_foot(self) -> None:
        """Show the keys as they are now: while letters are typed, ``IN_LIST_HINTS``."""
        raise NotImplementedError

    async def open_finder(self, key: str, what: str) -> None:
        """Open the line for a few letters of ``what``."""
        from markdesk.tui.widgets.editor import FilterBox

        box = FilterBox(placeholder=f"a few letters of {what}", select_on_focus=False)
        await self.open_line(self.keys.brief(f" {key} "), box, below="#top")
        self.show_foot()

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
        for at, said in enumerate(self.said_of_rows(len(wanted) >= SHORTEST_ID)):
            if wanted in said:
                found.append((not any(word.startswith(wanted) for word in (said, *said.split())), at))
        return [at for _, at in sorted(found)]

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
        """Back to the list; ``keep`` opens the essay that was found. Letters that fit nobody stay, to be mended."""
        if not keep:
            self._go_to_fitting(await self.close_line())
            self.show_foot()
        elif await self.take_line(self._found):
            self.show_foot()
            rows = self.query_one(Rows)
            if rows.rows:
                await self.choose(rows.cursor)

    async def _found(self, typed: str) -> bool:
        """Whether somebody fits what was typed; else that is told."""
        self._go_to_fitting(typed)  # the last letters may not have been looked at yet
        is_found = not typed or bool(self._fitting(typed))
        if not is_found:
            self.tell(f"{self.NOBODY} fits “{show_line(typed)}”")
        return is_found
