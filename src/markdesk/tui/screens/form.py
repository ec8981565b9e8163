"""What the forms have in common: fields drawn as lines, one editor under them, problems beside what they are about."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.message import Message

from markdesk.core.errors import MarkdeskError
from markdesk.core.plain import show
from markdesk.desk.scheme_fields import FormField
from markdesk.tui.at_home import say
from markdesk.tui.scheme_text import SCROLL_BAR
from markdesk.tui.screens.room import DRAFT_SECONDS, Room
from markdesk.tui.side_lines import hanging
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.lines import Line, Lines, Piece
from markdesk.tui.widgets.painted import Down
from markdesk.tui.words import Hint, clipped, hint_pieces, spread

if TYPE_CHECKING:
    from textual.timer import Timer

R = TypeVar("R")

LABEL, WIDE_LABEL = 19, 27
"""Cells for a field's name, and where there is more room."""
MEASURE = 110
"""The widest that a text is set."""


class Form(Protocol):
    """What is filled in: the fields that follow from what was typed, and what is wrong with that."""

    fields: tuple[FormField, ...]
    typed: dict[str, str]
    problems: dict[str, str]

    def field(self, key: str) -> FormField: ...
    def value(self, field: FormField) -> str: ...
    def put(self, key: str, text: str) -> None: ...
    def to_text(self) -> str: ...


def _choice_line(label: str, style: str, choices: tuple[str, ...], value: str, indent: int) -> Line:
    """All that may stand in a field, a filled sign before what does."""
    told: list[Piece] = [(f"{label:<{indent}}", style)]
    for word in choices:
        is_chosen = word == value
        told.append((f"{'●' if is_chosen else '○'} {word}   ", "strong" if is_chosen else "quiet"))
    return told


class FormLines(Lines):
    """The form as it stands; a click chooses a field."""

    class Clicked(Message):
        """A line was clicked."""

        def __init__(self, line: int) -> None:
            super().__init__()
            self.line = line

    def on_click(self, event: events.Click) -> None:
        self.post_message(self.Clicked(event.y - self.gutter.top + self.scroll_offset.y))


class FormScreen(Room[R]):
    """Fill in, write, or leave and go on another day."""

    CSS_PATH = "form.tcss"
    AUTO_FOCUS = "FieldArea"
    HINTS: ClassVar[Sequence[Hint]]
    BACK: ClassVar[str]
    """What is said of a form that was left half filled; it names keys by their acts."""

    form: Form

    def __init__(self, thread: StoreThread, told: str = "") -> None:
        super().__init__()
        self.thread = thread
        self.key = ""
        """The field that is being filled in."""
        self._told = told
        self._asked = False
        """Whether all problems are shown: after the first try to write, also those of fields that nobody came to."""
        self._where: list[tuple[str, int, int]] = []
        """Each field with its first line and the one after its last."""
        self._kept = ""
        self._draft_due: Timer | None = None
        self._is_written = False

    def compose(self) -> ComposeResult:
        from markdesk.tui.widgets.editor import FieldArea

        yield Lines(id="top")
        yield Lines(id="said")
        yield FormLines(id="form")
        with Down(id="editor"):
            yield Lines(id="field")
            yield FieldArea(key=self.key)
        yield Lines(id="foot")

    def on_mount(self) -> None:
        from markdesk.tui.widgets.editor import FieldArea

        self.lines = self.query_one(FormLines)
        self.area: FieldArea = self.query_one(FieldArea)
        self.tell(self.keys.told(self._told) if self._told == self.BACK else self._told)
        self._enter(self.form.fields[0].key)

    def on_resize(self) -> None:
        self.query_one("#foot", Lines).set_line(hint_pieces(self.HINTS, self.app.size.width, self.keys))
        self.call_after_refresh(self.show)

    # -- what each form has of its own

    def heading(self) -> tuple[list[Piece], list[Piece]]:
        """Both ends of the top line."""
        raise NotImplementedError

    async def write(self) -> None:
        """Make what the form is for, now that nothing is wrong with it; then ``done``. Raises MarkdeskError."""
        raise NotImplementedError

    def begin_anew(self) -> None:
        """Put an empty form in this one's place."""
        raise NotImplementedError

    def keep_text(self, text: str) -> None:
        """Keep the form as it is kept, or (empty) let go of it. On the store thread; raises MarkdeskError."""
        raise NotImplementedError

    WRITTEN = "written"
    """What is done with it, as a word of the messages."""

    @property
    def is_edit(self) -> bool:
        """Whether what is filled in is there already, and is changed."""
        return False

    @property
    def warnings(self) -> Mapping[str, str]:
        """What is to be thought of before it is written, by field."""
        return {}

    # -- showing

    @property
    def field(self) -> FormField:
        return self.form.field(self.key)

    @property
    def measure(self) -> int:
        """The width of the form's lines."""
        return min(MEASURE, self.lines.size.width - SCROLL_BAR)

    def show(self) -> None:
        """The form, with the field in view."""
        width = self.measure
        if width < 1:
            return
        told: list[Line] = []
        self._where = []
        problems = self._problems()
        for field in self.form.fields:
            if field.heading:
                told += [(), ((" ", "text"), (show(field.heading), "heading"))]
            begin = len(told)
            told += self.field_lines(field, problems.get(field.key, ""), width, begin)
            self._where.append((field.key, begin, len(told)))
        self.lines.set_lines(told)
        self._keep_in_view()
        self.query_one("#top", Lines).set_line(spread(*self.heading(), self.app.size.width))
        self._show_field(problems.get(self.key, ""))

    def field_lines(self, field: FormField, problem: str, width: int, line: int) -> list[Line]:
        """One field, what is wrong with it or to be thought of under it; ``line`` is where it begins."""
        here = field.key == self.key
        is_typed = field.key in self.form.typed
        # What a file holds is there to be read; what is only proposed steps back.
        style = "strong" if here else "text" if is_typed or self.is_edit else "quiet"
        indent = self.indent
        mark = "• " if self.is_edit and is_typed else ""
        label = f"{mark}{clipped(field.label, indent - 2 - len(mark))}"
        label_style = "accent" if here or mark else "quiet"
        value = self.form.value(field)
        shown = hanging(label, label_style, value or "…", style, indent, width - 1)
        if field.choices:
            shown = [_choice_line(label, label_style, field.choices, value, indent)]
        for sign, told in (("✗ ", problem), ("! ", self.warnings.get(field.key, ""))):
            if told:
                shown += hanging(" " * (indent - 2) + sign, "alert", told, "weak", indent, width - 1)
        return [(("▌" if here else " ", "bar"), *line) for line in shown]

    @property
    def indent(self) -> int:
        """Cells before the values, but for the bar's."""
        return LABEL if self.measure < 90 else WIDE_LABEL

    def _show_field(self, problem: str) -> None:
        field = self.field
        problem = problem or self.warnings.get(field.key, "")
        is_typed = field.key in self.form.typed
        how = "Space changes it: " if field.choices and not problem else ""
        state = ""
        if self.is_edit and is_typed:
            state = "   changed"
        elif field.proposed and not is_typed and not field.choices and not self.is_edit:
            state = "   proposed: type over it"
        told = [
            (f"{field.label}  ", "accent"),
            (how, "quiet"),
            (problem or field.about, "weak" if problem else "quiet"),
            (state, "quiet"),
        ]
        self.query_one("#field", Lines).set_line(spread(told, [], self.app.size.width - 2))

    def _problems(self) -> Mapping[str, str]:
        """What is shown of the problems: an empty field is told of once it was typed in, or all are asked for."""
        if self._asked:
            return self.form.problems
        return {
            key: problem
            for key, problem in self.form.problems.items()
            if key in self.form.typed or self.form.value(self.form.field(key))
        }

    def _keep_in_view(self) -> None:
        begin, end = next((begin, end) for key, begin, end in self._where if key == self.key)
        view, height = self.lines.scroll_offset.y, self.lines.scrollable_content_region.height
        if begin - 2 < view:
            self.lines.scroll_to(y=max(0, begin - 2), animate=False, immediate=True)
        elif end + 1 > view + height:
            self.lines.scroll_to(y=end + 1 - height, animate=False, immediate=True)

    def tell(self, text: str) -> None:
        """Say it above the form."""
        say(self.query_one("#said", Lines), text)

    # -- typing

    def typed_text(self, field: FormField) -> str:
        """What the editor holds of a field."""
        return show(self.form.value(field))

    def put_text(self, text: str) -> None:
        """Take what the editor holds into the field."""
        self.form.put(self.key, text)

    def _enter(self, key: str) -> None:
        """Put a field into the editor; what is only proposed is selected, so that typing replaces it.

        What a file holds is not, but for figures: a word is mended more often than all of a text is written anew.
        """
        self.key = self.area.key = key
        field = self.field
        self.area.has_lines = field.lines
        self.area.choose_from(field.choices)
        self.area.load_text(self.typed_text(field))
        self.area.move_cursor(self.area.document.end)
        is_taken_whole = field.is_number or not self.is_edit
        if key not in self.form.typed and is_taken_whole and not field.choices:
            self.area.select_all()
        self.show()

    def _take(self) -> None:
        """What stands in the editor is what stands in the field."""
        text = self.area.text
        if text != self.typed_text(self.field):
            self.put_text(text)
            self.tell("")

    def on_text_area_changed(self) -> None:
        self._take()
        self.show()
        if self._draft_due is None:
            self._draft_due = self.set_timer(DRAFT_SECONDS, self._keep)

    async def let_keys_arrive(self) -> None:
        """Wait until the editor has taken in what was typed, and take it into the form."""
        from markdesk.tui.widgets.editor import arrived

        await arrived(self.area)
        self._take()

    # -- moving

    async def action_next_line(self, by: int) -> None:
        """To the next or previous field."""
        await self.let_keys_arrive()
        keys = [field.key for field in self.form.fields]
        self._enter(keys[max(0, min(len(keys) - 1, keys.index(self.key) + by))])

    async def action_line_or_field(self, by: int) -> None:
        """Up or down in the text; from its first or last line to another field."""
        await self.let_keys_arrive()
        at, navigator = self.area.cursor_location, self.area.navigator
        if by < 0 and not navigator.is_first_wrapped_line(at):
            self.area.action_cursor_up()
        elif by > 0 and not navigator.is_last_wrapped_line(at):
            self.area.action_cursor_down()
        else:
            await self.action_next_line(by)

    async def on_form_lines_clicked(self, event: FormLines.Clicked) -> None:
        key = next((key for key, begin, end in self._where if begin <= event.line < end), None)
        if key is not None:
            await self.let_keys_arrive()
            self._enter(key)
        self.set_focus(self.area)

    # -- keeping, writing and leaving

    def keeper(self) -> Callable[[], None]:
        """What keeps the form as it is now: for the store thread."""
        text, keep_text = "" if self._is_written else self.form.to_text(), self.keep_text

        def keep() -> None:
            if text != self._kept:
                keep_text(text)
                self._kept = text

        return keep

    async def _keep(self) -> None:
        self._draft_due = None
        try:
            await self.thread.do(self.keeper())
        except MarkdeskError as error:
            self.tell(f"NOT KEPT: {error}")

    async def action_write(self) -> None:
        """Write what the form makes, if it is sound; otherwise go to the first field that isn't."""
        await self.let_keys_arrive()
        self._asked = True
        problems = self.form.problems
        if problems:
            first = next(iter(problems))
            self.tell(f"{len(problems)} to fill in or mend before it can be {self.WRITTEN}; the first is shown.")
            self._enter(first)
            return
        try:
            await self.write()
        except MarkdeskError as error:
            self.tell(f"NOT {self.WRITTEN.upper()}: {error}")

    async def done(self, result: R) -> None:
        """Leave with what was made; nothing is kept of the form."""
        self._is_written = True
        await self._leave(result)

    @property
    def anew(self) -> str:
        """What is said once that is done."""
        return "The form begins anew."

    async def action_again(self) -> None:
        """Throw away what was typed."""
        await self.let_keys_arrive()
        self.begin_anew()
        self._asked = False
        await self._keep()
        self.tell(self.anew)
        self._enter(self.form.fields[0].key)

    async def action_close_editor(self) -> None:
        """Leave; what was typed is kept and offered again."""
        await self.let_keys_arrive()
        await self._leave(None)

    async def _leave(self, result: R | None) -> None:
        if self._draft_due is not None:
            self._draft_due.stop()
        await self._keep()
        self.dismiss(result)
