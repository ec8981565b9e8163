"""The form for a new assignment: a question, the mark schemes that fit it to choose from, a class, a day."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from markdesk.core.coursework import Assignment
from markdesk.core.errors import MarkdeskError
from markdesk.core.plain import show, show_line
from markdesk.desk.assignment_form import QUESTION, SCHEME, AssignmentForm, Choice, read_at_hand, typed_in
from markdesk.desk.desk import Desk
from markdesk.desk.scheme_fields import FormField
from markdesk.tui.bindings import priority_bindings_of
from markdesk.tui.opening import FormFile, Opening
from markdesk.tui.refusals import refusals_are_told
from markdesk.tui.screens.form import FormLines, FormScreen
from markdesk.tui.screens.schemes import scheme_cells
from markdesk.tui.side_lines import hanging
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.lines import Line, Piece
from markdesk.tui.words import clipped

if TYPE_CHECKING:
    from markdesk.tui.app import MarkdeskApp

MOST_LINES = 3
"""Lines of a question that the form shows; all of it is in the editor."""
WHOSE, MARKS, WHY = 10, 4, 20
"""Cells of a scheme's row for its board, its marks, and why it is proposed."""
NARROW = 64
"""With fewer cells the board stands in no column of its own."""
FEWEST_ROWS = 4
HINTS = (
    (2, "{new_assignment.take}", "choose, next"), (4, "{field.up/field.down}", "choices"),
    (5, "{editor.next}", "next"), (1, "{new_assignment.write}", "make it"), (3, "{editor.close}", "leave, kept"),
    (6, "{new_assignment.help}", "help"),
)  # fmt: skip

BACK = "Here is what you were writing; {new_assignment.again} throws it away."


def read_form(opening: Opening, desk: Desk) -> tuple[AssignmentForm, FormFile, str]:
    """The form as it was left, where it is kept, and what to say of it.

    Reads files and the desk: for the store thread. Raises MarkdeskError where the desk can't be read.
    """
    at_hand, kept, told = read_at_hand(desk, opening.shelf()), opening.new_assignment(desk), ""
    typed: dict[str, str] = {}
    try:
        typed = typed_in(kept.read())
        told = BACK if typed else ""
    except MarkdeskError as error:
        told = str(error)
    return AssignmentForm(at_hand, typed), kept, told


@refusals_are_told
async def open_form(app: "MarkdeskApp", then: Callable[[Assignment], Awaitable[None]]) -> None:
    """Open the form, as it was left; ``then`` is told of the assignment, where one is made."""
    desk = app.desk
    if desk is None:
        return  # it is still being opened

    async def closed(made: Assignment | None) -> None:
        if made is not None:
            await then(made)

    form, kept, told = await app.thread.do(lambda: read_form(app.opening, desk))
    await app.push_screen(NewAssignmentScreen(app.thread, desk, form, kept, told), closed)


class NewAssignmentScreen(FormScreen[Assignment | None]):
    """Paste the question, choose its scheme, make the assignment."""

    ROOM = "new assignment"
    BINDINGS = priority_bindings_of(ROOM)
    HINTS = HINTS
    BACK = BACK
    WRITTEN = "made"

    def __init__(self, thread: StoreThread, desk: Desk, form: AssignmentForm, kept: FormFile, told: str = "") -> None:
        super().__init__(thread, told)
        self.desk, self.form_file = desk, kept
        self.form: AssignmentForm = form
        self.bar = -1
        """Which of the field's choices Enter takes; -1 for none: then what is typed holds."""
        self._kept = form.to_text()
        self._rows: dict[int, Choice] = {}
        """The choice on each line of the form that has one."""

    # -- showing

    def heading(self) -> tuple[list[Piece], list[Piece]]:
        count = len(self.form.problems)
        state = (
            (f"{count} to fill in or mend ", "weigh")
            if count
            else (self.keys.told("✓ {new_assignment.write} makes it "), "good")
        )
        return [(" New assignment", "strong")], [state]

    def show(self) -> None:
        self._rows = {}
        super().show()

    def field_lines(self, field: FormField, problem: str, width: int, line: int) -> list[Line]:
        shown = super().field_lines(field, problem, width, line)
        if field.lines and not problem and len(shown) > MOST_LINES:
            *_, (last, style) = shown[MOST_LINES - 1]
            rest = clipped(f"{last} …", width - self.indent - 2)
            shown = [*shown[: MOST_LINES - 1], (*shown[MOST_LINES - 1][:-1], (rest, style))]
        note = "" if problem else self.form.notes(field.key)
        if note:
            sign, style = ("✎ ", "text") if field.key == SCHEME else ("  ", "quiet")
            said = hanging(" " * (self.indent - 2) + sign, "weak", note, style, self.indent, width - 1)
            shown += [((" ", "bar"), *one) for one in said]
        return shown + self._choice_lines(field, width, line + len(shown))

    def _choice_lines(self, field: FormField, width: int, line: int) -> list[Line]:
        """The choices of a field: all that fit in the window while it is filled in, those proposed beside it too."""
        here = field.key == self.key
        is_open = self.key == QUESTION or self.form.rubric is None
        is_shown = here or (field.key == SCHEME and is_open and bool(self.form.proposals))
        choices = self.form.choices(field.key) if is_shown else ()
        if not choices:
            sought = self.form.sought if here and field.key == SCHEME else ""
            told = f"No scheme has “{clipped(sought, 20)}”." if sought else ""
            return [((" " * (self.indent + 1) + told, "quiet"),)] if told else []
        room = max(FEWEST_ROWS, self.lines.scrollable_content_region.height - line - len(self.form.fields))
        first = max(0, min(self.bar - room // 2, len(choices) - room)) if here else 0
        widest = max(cell_len(show_line(_title(choice))) for choice in choices)
        lines: list[Line] = []
        for at in range(first, min(first + room, len(choices))):
            self._rows[line + len(lines)] = choices[at]
            lines.append(self._choice_line(choices[at], here and at == self.bar, width, widest))
        if len(choices) > room:
            lines.append((("    ", "text"), (f"{self.bar + 1 or 1} of {len(choices)}", "quiet")))
        return [*lines, ()] if field.key == SCHEME else lines

    def _choice_line(self, choice: Choice, is_barred: bool, width: int, widest: int) -> Line:
        bar: Piece = ("  ▌ " if is_barred else "    ", "bar")
        style = "strong" if is_barred else "text"
        if choice.listed is None:
            return ((" " * (self.indent - 3), "text"), bar, (show_line(choice.value), style))
        whose, (title, look), *_ = scheme_cells(choice.listed, None)  # as the screen of all schemes has them
        room = width - 5
        pieces: list[Piece] = [bar]
        if room >= NARROW:
            pieces.append((set_cell_size(show_line(whose[0]), WHOSE), "quiet"))
            room -= WHOSE
        room = min(widest, room - MARKS - WHY - 2)
        shown = clipped(title, room)
        pieces += [
            (shown + " " * max(0, room - cell_len(shown)), style if is_barred else look),
            (f"{choice.marks:>{MARKS}}  ", style),
            (clipped(choice.why, WHY), "weak" if "draft" in choice.why or "retired" in choice.why else "quiet"),
        ]
        return tuple(pieces)

    # -- typing and choosing

    def typed_text(self, field: FormField) -> str:
        """Of a scheme the words that it is looked for by."""
        return self.form.sought if field.key == SCHEME else show(self.form.value(field))

    def put_text(self, text: str) -> None:
        if self.key == SCHEME:
            self.form.sought = text
        else:
            super().put_text(text)
        self.bar = self.form.place(self.key)

    def _enter(self, key: str) -> None:
        if key != SCHEME:
            self.form.sought = ""
        self.bar = self.form.place(key)
        super()._enter(key)

    async def action_take(self) -> None:
        """Take the choice with the bar, and go on to the next field."""
        await self.let_keys_arrive()
        choices = self.form.choices(self.key)
        if 0 <= self.bar < len(choices):
            self.form.choose(self.key, choices[self.bar].value)
            self.area.load_text(self.typed_text(self.field))
        if self.key == self.form.fields[-1].key:
            self.tell(self.keys.told("That is all: {new_assignment.write} makes the assignment."))
        await self.action_next_line(1)

    async def action_line_or_field(self, by: int) -> None:
        """Along the choices; past the first and the last to another field."""
        await self.let_keys_arrive()
        at = self.bar + by
        if 0 <= at < len(self.form.choices(self.key)):
            self.bar = at
            self.show()
        else:
            await super().action_line_or_field(by)

    async def action_page(self, by: int) -> None:
        """A page of choices back or on."""
        await self.let_keys_arrive()
        choices = self.form.choices(self.key)
        if choices:
            self.bar = max(0, min(len(choices) - 1, self.bar + by * FEWEST_ROWS * 2))
            self.show()

    async def on_form_lines_clicked(self, event: FormLines.Clicked) -> None:
        """A click on a choice takes it."""
        choice = self._rows.get(event.line)
        field = next((key for key, begin, end in self._where if begin <= event.line < end), None)
        if choice is not None and field is not None:
            await self.let_keys_arrive()
            self.form.choose(field, choice.value)
            self._enter(field)
            event.prevent_default()  # the form's own handler would only choose the field

    # -- keeping and making

    def keep_text(self, text: str) -> None:
        self.form_file.keep(text)

    async def write(self) -> None:
        form, desk = self.form, self.desk
        await self.done(await self.thread.do(lambda: form.set(desk)))

    def begin_anew(self) -> None:
        self.form = AssignmentForm(self.form.at_hand)


def _title(choice: Choice) -> str:
    return scheme_cells(choice.listed, None)[1][0] if choice.listed else choice.value
