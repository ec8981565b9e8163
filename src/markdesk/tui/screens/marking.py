"""The marking screen. Arrows move, letters stamp, digits score, punctuation commands, Enter goes on."""

import string

from textual.binding import Binding

from markdesk.tui.bindings import bindings_of
from markdesk.tui.screens.marking_notes import Notes
from markdesk.tui.screens.marking_scoring import Marks


def _rows_of_keys() -> list[Binding]:
    """A letter stamps, a capital stamps and comments, a digit scores."""
    keys = [Binding(str(n), f"digit({n})", show=False, id=f"marking.digit_{n}") for n in range(1, 10)]
    for letter in string.ascii_lowercase:
        keys.append(Binding(letter, f"stamp('{letter}')", show=False, id=f"marking.stamp_{letter}"))
        keys.append(
            Binding(letter.upper(), f"stamp_and_comment('{letter}')", show=False, id=f"marking.comment_{letter}")
        )
    return keys


class MarkingScreen(Marks, Notes):
    """One essay beside its scheme."""

    BINDINGS = [*bindings_of("marking"), *_rows_of_keys()]

    async def action_undo(self) -> None:
        opened = self.opened
        await self.act(opened.undo)

    async def action_help(self) -> None:
        await self.app.run_action("show_help('marking')")

    async def action_redo(self) -> None:
        opened = self.opened
        await self.act(opened.redo)

    async def action_back(self) -> None:
        """One step out: the drawer, the annotation, the sentence, then the list."""
        if self.has_class("-drawer"):
            self.remove_class("-drawer")
        elif self.chosen:
            self.chosen = ""
            self.show_note()
        elif self.essay_view.target.by_sentence:
            from markdesk.core.target import paragraph_target

            self.essay_view.aim(paragraph_target(self.opened.essay, self.essay_view.target.paragraph))
            self.moved()
        else:
            await self.leave()

    async def leave(self) -> None:
        """Back to the list, the place kept and the script let go."""
        await self.keep_drafts()
        await self.keep_place()
        await self.thread.do(self.sitting.close)
        if self.app.screen_stack[0] is self:  # the program was opened with this essay
            await self.app.run_action("open_library")
        else:
            self.dismiss()

    async def on_screen_resume(self) -> None:
        if not self.query("#editor"):
            await self.reopen_drafts()
