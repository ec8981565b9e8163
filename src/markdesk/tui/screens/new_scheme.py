"""The form for a mark scheme of one's own: fields with proposals, problems beside them, a valid file at the end."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen

from markdesk.core.errors import MarkdeskError
from markdesk.core.plain import show
from markdesk.desk.scheme_fields import FormField
from markdesk.desk.scheme_files import NO_DRAFT, SchemeFiles, draft_in
from markdesk.desk.scheme_form import SchemeForm
from markdesk.tui.at_home import say
from markdesk.tui.bindings import priority_bindings_of
from markdesk.tui.opening import Opening
from markdesk.tui.scheme_text import SCROLL_BAR
from markdesk.tui.side_lines import hanging
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.lines import Line, Lines
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


def read_form(opening: Opening, template_id: str) -> tuple[SchemeForm, str]:
    """The form to begin from a scheme, as it was left where it was, and what to say of it.

    Reads files: for the store thread. Raises MarkdeskError where the scheme can't be read.
    """
    shelf, files = opening.shelf(), opening.own_schemes()
    kept = files.drafts().get(template_id, "")
    draft, told = NO_DRAFT, ""
    if kept:
        try:
            draft, told = draft_in(kept, files.check), "Here is what you were writing; Ctrl+N throws it away"
        except MarkdeskError as error:
            told = str(error)
    return SchemeForm(draft.template or shelf.get(template_id), files, shelf.files(), draft.typed, draft.source), told


def form_from_file(opening: Opening, typed: str) -> tuple[SchemeForm, str]:
    """The form to begin from a file of another program, and what that could not say. For the store thread.

    Raises RubricInvalid, which names the file and the row.
    """
    files = opening.own_schemes()
    # os.path's, since a home that nobody has is no reason to stop: the name stays as it was typed.
    path = Path(os.path.expanduser(typed.strip("'\"")))
    found = files.convert(path)
    rubric, notes = found[0]
    if len(found) > 1:
        named = ", ".join(f"'{other.title}'" for other, _ in found[1:])
        notes = (*notes, f"The file holds {named} too: 'markdesk rubric convert' writes them all.")
    return SchemeForm(rubric, files, opening.shelf().files(), source=path.name), " ".join(notes)


class FormLines(Lines):
    """The form as it stands; a click chooses a field."""

    class Clicked(Message):
        """A line was clicked."""

        def __init__(self, line: int) -> None:
            super().__init__()
            self.line = line

    def on_click(self, event: events.Click) -> None:
        self.post_message(self.Clicked(event.y - self.gutter.top + self.scroll_offset.y))


class NewSchemeScreen(Screen[Path | None]):
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
        count = len(self.form.problems)
        unwritten = self.form.unwritten
        state = [(f"{count} to fill in or mend ", "weigh")] if count else [("✓ sound ", "good")]
        if unwritten:
            state.insert(0, (f"{unwritten} text{'s' if unwritten > 1 else ''} to be written · ", "quiet"))
        head = [(" New mark scheme", "strong"), (f"   begun from {self.form.origin}", "quiet")]
        self.query_one("#top", Lines).set_line(spread(head, state, self.app.size.width))
        self._show_field(problems.get(self.key, ""))

    def _field_lines(self, field: FormField, problem: str, width: int) -> list[Line]:
        here = field.key == self.key
        value = self.form.value(field)
        style = "strong" if here else "text" if field.key in self.form.typed else "quiet"
        indent = LABEL if width < 90 else WIDE_LABEL
        label = clipped(field.label, indent - 2)
        shown = hanging(label, "accent" if here else "quiet", value or "…", style, indent, width - 1)
        if problem:
            shown += hanging(" " * (indent - 2) + "✗ ", "alert", problem, "weak", indent, width - 1)
        return [(("▌" if here else " ", "bar"), *line) for line in shown]

    def _show_field(self, problem: str) -> None:
        field = self.field
        state = "" if field.key in self.form.typed else "   proposed: type over it" if field.proposed else ""
        told = [
            (f"{field.label}  ", "accent"),
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
        """Put a field into the editor; what is only proposed is selected, so that typing replaces it."""
        self.key = self.area.key = key
        field = self.field
        self.area.load_text(show(self.form.value(field)))
        self.area.move_cursor(self.area.document.end)
        if key not in self.form.typed:
            self.area.select_all()
        self.show()

    def _take(self) -> None:
        """What stands in the editor is what stands in the field."""
        text, field = self.area.text, self.field
        if text != show(self.form.value(field)):
            self.form.put(self.key, text)
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
        text, files, template = self.form.to_text(), self.files, self.form.template.id
        if self._is_written:
            text = ""

        def keep() -> None:
            if text != self._kept:
                files.keep_draft(template, text)
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
        rubric, origin = self.form.rubric, self.form.origin
        try:
            path = await self.thread.do(lambda: self.files.write(rubric, origin))
        except MarkdeskError as error:
            self.tell(f"NOT WRITTEN: {error}")
            return
        self._is_written = True
        await self._leave(path)

    async def action_again(self) -> None:
        """Throw away what was typed."""
        await self.let_keys_arrive()
        self.form = SchemeForm(self.form.template, self.files, self.form.taken, source=self.form.source)
        self._asked = False
        await self._keep()
        self.tell("The form begins anew.")
        self._enter(self.form.fields[0].key)

    async def action_close_editor(self) -> None:
        """Leave; what was typed is kept and offered again."""
        await self.let_keys_arrive()
        await self._leave(None)

    async def _leave(self, path: Path | None) -> None:
        if self._draft_due is not None:
            self._draft_due.stop()
        await self._keep()
        self.dismiss(path)

    async def action_help(self) -> None:
        await self.app.run_action("show_help('new scheme')")
