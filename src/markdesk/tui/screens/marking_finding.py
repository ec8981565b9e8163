"""Find in the essay: a slash opens a small box, letters find, and what was found is what is stamped next."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from markdesk.core.essay import Essay, Span
from markdesk.core.target import Target, at_span
from markdesk.tui.screens.marking_lenses import Lensed
from markdesk.tui.widgets.essay_view import EssayView
from markdesk.tui.widgets.highlights import Highlight
from markdesk.tui.widgets.lines import Lines
from markdesk.tui.words import Hint, clipped

if TYPE_CHECKING:
    from markdesk.core.find import FoldedText

IN_ESSAY_HINTS: tuple[Hint, ...] = (
    (1, "{find.next}", "next"),
    (2, "{find.last}", "the one before"),
    (1, "{find.leave}", "close, and stamp what was found"),
)


@dataclass
class OpenFind:
    """The box while it is open: where the marker was, and what was found."""

    origin: Target
    words: str = ""
    found: tuple[Span, ...] = field(default=())
    at: int = 0


class FindingWords(Lensed):
    """``/`` and what follows it."""

    find_open: OpenFind | None = None
    _words = ""
    """What was looked for last."""
    _searched: "tuple[Essay, FoldedText] | None" = None
    """The text that was looked in last, folded once."""

    def typing_hints(self) -> tuple[Hint, ...]:
        return IN_ESSAY_HINTS if self.find_open is not None else super().typing_hints()

    def _places(self, words: str) -> tuple[Span, ...]:
        """Every place of the words in the essay as it is shown."""
        if self._searched is None or self._searched[0] is not self.text_shown:
            from markdesk.core.find import FoldedText

            self._searched = self.text_shown, FoldedText(self.text_shown.text)
        return self._searched[1].find(words)

    def places_of_words(self) -> list[Span]:
        return list(self._places(self._words)) if self._words else []

    def name_of_words(self) -> str:
        return f"“{clipped(self._words, 30)}”"

    async def action_find(self) -> None:
        """Open the box."""
        if self.find_open is not None or not self.has_text:
            return
        from markdesk.tui.widgets.editor import FindBox

        self.find_open = OpenFind(self.essay_view.target)
        box = FindBox(placeholder="words of this essay", id="find-box")
        row = Horizontal(Lines(id="find-sign"), box, id="find-row")
        await self.query_one("#left").mount(Vertical(row, Lines(id="find-told"), id="find"))
        self.query_one("#find-sign", Lines).set_line(((" / ", "accent"),))
        self.add_class("-editing")
        self.is_typing = True
        self.set_focus(box)
        self._show_found()
        self.tell("")

    @on(Input.Changed, "#find-box")
    def _find_typed(self, event: Input.Changed) -> None:
        self._look_for(event.value)

    def _look_for(self, words: str) -> None:
        """Find the words, and show the first place from where the marker was."""
        finding = self.find_open
        if finding is None or finding.words == words:
            return
        finding.words, finding.found = words, self._places(words)
        begun = finding.origin.span.start
        finding.at = next((at for at, span in enumerate(finding.found) if span.start >= begun), 0)
        self.essay_view.highlight(Highlight(span.start, span.end) for span in finding.found)
        self._show_found()

    def _show_found(self) -> None:
        """Make the place the target, and say which of how many it is."""
        finding = self.find_open
        if finding is None:
            return
        if finding.found:
            target = at_span(self.text_shown, finding.found[finding.at])
            told, style = f"{finding.at + 1} of {len(finding.found)} · ¶{target.number}", "quiet"
        else:
            target, style = finding.origin, "alert" if finding.words.strip() else "quiet"
            told = "Not in this essay" if finding.words.strip() else "Case, accents and line ends don't matter"
        self.essay_view.aim(target)
        self.moved()
        self.query_one("#find-told", Lines).set_line(((f"   {told}", style),))

    async def _arrived(self) -> OpenFind | None:
        """The box with every letter taken in that was typed before now."""
        from markdesk.tui.widgets.editor import FindBox, arrived

        await arrived(self.focused)
        if isinstance(self.focused, FindBox):
            self._look_for(self.focused.value)  # its own message may still be on the way
        return self.find_open

    async def action_step_in_find(self, by: int) -> None:
        """The next place or the one before, round the end."""
        finding = await self._arrived()
        if finding is not None and finding.found:
            finding.at = (finding.at + by) % len(finding.found)
            self._show_found()

    async def action_close_find(self) -> None:
        """Close the box; the place that was found stays the target."""
        finding = await self._arrived()
        if finding is None:
            return
        await self._close()
        if finding.found:
            self._words = finding.words
            told = f"{self.name_of_words()} · {finding.at + 1} of {len(finding.found)}"
            ways = "" if self.lens_on else self.keys.told(" · {marking.last_found/marking.next_found} go on")
            self.tell(told + ways)
        else:
            self.tell(f"“{clipped(finding.words, 30)}” isn't in this essay" if finding.words.strip() else "")

    async def _close(self) -> None:
        self.find_open = None
        self.is_typing = False
        self.set_focus(self.essay_view)
        self.remove_class("-editing")
        self.show_highlights()
        await self.query("#find").remove()

    @on(EssayView.Clicked)
    async def _clicked_while_finding(self) -> None:
        """The mouse chose another passage: there is nothing more to find."""
        if self.find_open is not None:
            await self._close()
            self.tell("")
