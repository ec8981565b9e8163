"""The form for a mark scheme of one's own: fields with proposals, problems beside them, a valid file at the end.

It begins a scheme, or edits one that is written already.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen

from markdesk.core.errors import MarkdeskError
from markdesk.core.plain import show
from markdesk.core.rubric import Status
from markdesk.core.rubric_compare import Weight
from markdesk.desk.scheme_change import in_short, told_change
from markdesk.desk.scheme_fields import FormField
from markdesk.desk.scheme_files import OwnFile, SchemeFiles, Written
from markdesk.desk.scheme_form import SchemeForm
from markdesk.tui.at_home import say
from markdesk.tui.bindings import priority_bindings_of
from markdesk.tui.scheme_text import SCROLL_BAR
from markdesk.tui.side_lines import hanging
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.lines import Line, Lines, Piece
from markdesk.tui.widgets.painted import Down
from markdesk.tui.words import clipped, hint_pieces, spread

if TYPE_CHECKING:
    from textual.timer import Timer

LABEL, WIDE_LABEL = 19, 27
"""Cells for a field's name, and where there is more room."""
MEASURE = 110
"""The widest that a text is set."""
DRAFT_SECONDS = 0.3
"""How long after a key the form is kept."""
HINTS = (
    (2, "⏎ Tab", "next"), (5, "⇧Tab", "back"), (4, "PgDn", "next part"), (1, "Ctrl+S", "check and write"),
    (3, "Esc", "leave, kept"), (6, "F1", "help"),
)  # fmt: skip


def _is_draft(form: SchemeForm) -> bool:
    return form.rubric.status is Status.DRAFT


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


class NewSchemeScreen(Screen[Written | None]):
    """Fill in, write, or leave and go on another day."""

    CSS_PATH = "schemes.tcss"
    BINDINGS = priority_bindings_of("new scheme")
    AUTO_FOCUS = "FieldArea"
    ROOM = "new scheme"

    def __init__(self, thread: StoreThread, files: SchemeFiles, form: SchemeForm, told: str = "") -> None:
        super().__init__()
        self.thread, self.files, self.form = thread, files, form
        self.key = form.fields[0].key
        """The field that is being filled in."""
        self._told = told
        self._asked = False
        """Whether all problems are shown: after the first try to write, also those of fields that nobody came to."""
        self._is_warned = False
        """Whether the warnings were told: the next Ctrl+S writes all the same."""
        self._where: list[tuple[str, int, int]] = []
        """Each field with its first line and the one after its last."""
        self._kept = "" if form.source else form.to_text()
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
        self.tell(self._told)
        self._enter(self.key)

    def on_resize(self) -> None:
        self.query_one("#foot", Lines).set_line(hint_pieces(HINTS, self.app.size.width))
        self.call_after_refresh(self.show)

    # -- showing

    @property
    def field(self) -> FormField:
        return self.form.field(self.key)

    def show(self) -> None:
        """The form, with the field in view."""
        width = min(MEASURE, self.lines.size.width - SCROLL_BAR)
        if width < 1:
            return
        told: list[Line] = []
        self._where = []
        problems = self._problems()
        for field in self.form.fields:
            if field.heading:
                told += [(), ((" ", "text"), (show(field.heading), "heading"))]
            begin = len(told)
            told += self._field_lines(field, problems.get(field.key, ""), width)
            self._where.append((field.key, begin, len(told)))
        self.lines.set_lines(told)
        self._keep_in_view()
        self.query_one("#top", Lines).set_line(spread(self._head(), self._state(), self.app.size.width))
        self._show_field(problems.get(self.key, ""))

    def _head(self) -> list[Piece]:
        """What is made or edited."""
        form = self.form
        if not form.is_edit:
            return [(" New mark scheme", "strong"), (f"   begun from {form.origin}", "quiet")]
        return [(" Edit mark scheme", "strong"), (f"   {form.template.id}", "quiet")]

    def _state(self) -> list[Piece]:
        """How far it is done: a draft or not, what was changed, what is still to do."""
        form = self.form
        state: list[Piece] = [("✎ draft", "weak")] if _is_draft(form) else []
        if form.is_edit:
            state.append((in_short(form.comparison), "quiet"))
        if form.unwritten:
            state.append((f"{form.unwritten} text{'s' if form.unwritten > 1 else ''} to be written", "quiet"))
        count = len(form.problems)
        state.append((f"{count} to fill in or mend ", "weigh") if count else ("✓ sound ", "good"))
        return [piece for one in state for piece in ((" · ", "quiet"), one)][1:]

    def _field_lines(self, field: FormField, problem: str, width: int) -> list[Line]:
        here = field.key == self.key
        is_typed = field.key in self.form.typed
        # What a file holds is there to be read; what is only proposed for a new scheme steps back.
        style = "strong" if here else "text" if is_typed or self.form.is_edit else "quiet"
        indent = LABEL if width < 90 else WIDE_LABEL
        mark = "• " if self.form.is_edit and is_typed else ""
        label = f"{mark}{clipped(field.label, indent - 2 - len(mark))}"
        label_style = "accent" if here or mark else "quiet"
        value = self.form.value(field)
        shown = hanging(label, label_style, value or "…", style, indent, width - 1)
        if field.choices:
            shown = [_choice_line(label, label_style, field.choices, value, indent)]
        warning = self.form.warnings.get(field.key, "")
        for sign, told in (("✗ ", problem), ("! ", warning)):
            if told:
                shown += hanging(" " * (indent - 2) + sign, "alert", told, "weak", indent, width - 1)
        return [(("▌" if here else " ", "bar"), *line) for line in shown]

    def _show_field(self, problem: str) -> None:
        field = self.field
        problem = problem or self.form.warnings.get(field.key, "")
        is_typed = field.key in self.form.typed
        how = "Space changes it: " if field.choices and not problem else ""
        state = ""
        if self.form.is_edit and is_typed:
            state = "   changed"
        elif field.proposed and not is_typed and not field.choices and not self.form.is_edit:
            state = "   proposed: type over it"
        told = [
            (f"{field.label}  ", "accent"),
            (how, "quiet"),
            (problem or field.about, "weak" if problem else "quiet"),
            (state, "quiet"),
        ]
        self.query_one("#field", Lines).set_line(spread(told, [], self.app.size.width - 2))

    def _problems(self) -> dict[str, str]:
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

    def _enter(self, key: str) -> None:
        """Put a field into the editor; what is only proposed is selected, so that typing replaces it.

        What a file holds is not, but for figures: a word is mended more often than all of a text is written anew.
        """
        self.key = self.area.key = key
        field = self.field
        self.area.choose_from(field.choices)
        self.area.load_text(show(self.form.value(field)))
        self.area.move_cursor(self.area.document.end)
        is_taken_whole = field.is_number or not self.form.is_edit
        if key not in self.form.typed and is_taken_whole and not field.choices:
            self.area.select_all()
        self.show()

    def _take(self) -> None:
        """What stands in the editor is what stands in the field."""
        text, field = self.area.text, self.field
        if text != show(self.form.value(field)):
            self.form.put(self.key, text)
            self._is_warned = False
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

    async def action_section(self, by: int) -> None:
        """To the first field of the part before or after."""
        await self.let_keys_arrive()
        fields = self.form.fields
        starts = [at for at, field in enumerate(fields) if field.heading]
        here = next(at for at, field in enumerate(fields) if field.key == self.key)
        part = max(place for place, at in enumerate(starts) if at <= here)
        self._enter(fields[starts[max(0, min(len(starts) - 1, part + by))]].key)

    async def on_form_lines_clicked(self, event: FormLines.Clicked) -> None:
        key = next((key for key, begin, end in self._where if begin <= event.line < end), None)
        if key is not None:
            await self.let_keys_arrive()
            self._enter(key)
        self.set_focus(self.area)

    # -- keeping, writing and leaving

    def keeper(self) -> Callable[[], None]:
        """What keeps the form as it is now: for the store thread."""
        text, files, name = self.form.to_text(), self.files, self.form.draft_name
        if self._is_written:
            text = ""

        def keep() -> None:
            if text != self._kept:
                files.keep_draft(name, text)
                self._kept = text

        return keep

    async def _keep(self) -> None:
        self._draft_due = None
        try:
            await self.thread.do(self.keeper())
        except MarkdeskError as error:
            self.tell(f"NOT KEPT: {error}")

    async def action_write(self) -> None:
        """Write the file, if it is sound; otherwise go to the first field that isn't."""
        await self.let_keys_arrive()
        self._asked = True
        problems = self.form.problems
        if problems:
            first = next(iter(problems))
            self.tell(f"{len(problems)} to fill in or mend before it can be written; the first is shown.")
            self._enter(first)
            return
        if self.form.is_edit and self.form.comparison.weight is Weight.NONE:
            self.tell("Nothing is changed, so that there is nothing to write. Esc leaves.")
            return
        if self.form.warnings and not self._is_warned:
            self._is_warned = True
            key, warning = next(iter(self.form.warnings.items()))
            self._enter(key)
            self.tell(f"{warning}. Ctrl+S again writes it all the same.")
            return
        try:
            written = await self._written()
        except MarkdeskError as error:
            self.tell(f"NOT WRITTEN: {error}")
            return
        self._is_written = True
        await self._leave(written)

    async def _written(self) -> Written:
        """Write the file, a new one or the one that is edited. Raises MarkdeskError, and then nothing is written."""
        form = self.form
        rubric = form.rubric
        if form.own is not None:
            return await self._rewritten(form.own)
        path = await self.thread.do(lambda: self.files.write(rubric, form.origin))
        draft = " It is a draft: used with a warning until its status is ready." if _is_draft(form) else ""
        return Written(path, f"Written: {path}.{draft}")

    async def _rewritten(self, own: OwnFile) -> Written:
        rubric, comparison = self.form.rubric, self.form.comparison
        done = await self.thread.do(lambda: self.files.rewrite(own, rubric))
        count = done.comments_lost
        lost = f" {count} line{'s' if count > 1 else ''} of comment went with it." if count else ""
        told = f"Written: {done.path.name}; as it was: {done.backup.name}.{lost} {told_change(comparison)}"
        return Written(done.path, told)

    async def action_again(self) -> None:
        """Throw away what was typed."""
        await self.let_keys_arrive()
        form = self.form
        self.form = SchemeForm(
            form.template, self.files, form.taken, source=form.source, own=form.own, titles=form.titles
        )
        self._asked = self._is_warned = False
        await self._keep()
        self.tell("The form has again what the file holds." if form.is_edit else "The form begins anew.")
        self._enter(self.form.fields[0].key)

    async def action_close_editor(self) -> None:
        """Leave; what was typed is kept and offered again."""
        await self.let_keys_arrive()
        await self._leave(None)

    async def _leave(self, written: Written | None) -> None:
        if self._draft_due is not None:
            self._draft_due.stop()
        await self._keep()
        self.dismiss(written)

    async def action_help(self) -> None:
        await self.app.run_action("show_help('new scheme')")
