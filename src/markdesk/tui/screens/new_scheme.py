"""The form for a mark scheme of one's own: fields with proposals, problems beside them, a valid file at the end.

It begins a scheme, or edits one that is written already.
"""

from collections.abc import Mapping

from markdesk.core.rubric import Status
from markdesk.core.rubric_compare import Weight
from markdesk.desk.scheme_change import in_short, told_change
from markdesk.desk.scheme_files import OwnFile, SchemeFiles, Written
from markdesk.desk.scheme_form import SchemeForm
from markdesk.tui.bindings import priority_bindings_of
from markdesk.tui.scheme_forms import BACK
from markdesk.tui.screens.form import FormScreen
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.lines import Piece

HINTS = (
    (2, "{editor.enter} {editor.next}", "next"), (5, "{editor.previous}", "back"),
    (4, "{new_scheme.page_down}", "next part"), (1, "{new_scheme.write}", "check and write"),
    (3, "{editor.close}", "leave, kept"), (6, "{new_scheme.help}", "help"),
)  # fmt: skip


def _is_draft(form: SchemeForm) -> bool:
    return form.rubric.status is Status.DRAFT


class NewSchemeScreen(FormScreen[Written | None]):
    """Fill in, write, or leave and go on another day."""

    ROOM = "new scheme"
    BINDINGS = priority_bindings_of(ROOM)
    HINTS = HINTS
    BACK = BACK

    def __init__(self, thread: StoreThread, files: SchemeFiles, form: SchemeForm, told: str = "") -> None:
        super().__init__(thread, told)
        self.files = files
        self.form: SchemeForm = form
        self._is_warned = False
        """Whether the warnings were told: the next Ctrl+S writes all the same."""
        self._kept = "" if form.source else form.to_text()

    # -- showing

    @property
    def is_edit(self) -> bool:
        return self.form.is_edit

    @property
    def warnings(self) -> Mapping[str, str]:
        return self.form.warnings

    def heading(self) -> tuple[list[Piece], list[Piece]]:
        return self._head(), self._state()

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

    # -- typing and moving

    def put_text(self, text: str) -> None:
        super().put_text(text)
        self._is_warned = False

    async def action_section(self, by: int) -> None:
        """To the first field of the part before or after."""
        await self.let_keys_arrive()
        fields = self.form.fields
        starts = [at for at, field in enumerate(fields) if field.heading]
        here = next(at for at, field in enumerate(fields) if field.key == self.key)
        part = max(place for place, at in enumerate(starts) if at <= here)
        self._enter(fields[starts[max(0, min(len(starts) - 1, part + by))]].key)

    # -- keeping and writing

    def keep_text(self, text: str) -> None:
        self.files.keep_draft(self.form.draft_name, text)

    async def write(self) -> None:
        if self.form.is_edit and self.form.comparison.weight is Weight.NONE:
            told = "Nothing is changed, so that there is nothing to write. {editor.close} leaves."
            self.tell(self.keys.told(told))
            return
        if self.form.warnings and not self._is_warned:
            self._is_warned = True
            key, warning = next(iter(self.form.warnings.items()))
            self._enter(key)
            key = self.keys.told("{new_scheme.write}")
            self.tell(f"{warning}. {key} again writes it all the same.")
            return
        await self.done(await self._written())

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

    def begin_anew(self) -> None:
        form = self.form
        self.form = SchemeForm(
            form.template, self.files, form.taken, source=form.source, own=form.own, titles=form.titles
        )
        self._is_warned = False

    @property
    def anew(self) -> str:
        return "The form has again what the file holds." if self.form.is_edit else super().anew
