"""An essay to be read and no more: stamped passages tinted, no passage chosen."""

from markdesk.core.annotation import Annotation
from markdesk.core.essay import Essay, Span
from markdesk.core.target import Target
from markdesk.tui.widgets.essay_layout import LEAD
from markdesk.tui.widgets.essay_view import EssayView

NO_TARGET = Target(-1, Span(0, 0))


class ReadingView(EssayView, can_focus=False):
    """Scrolled by whoever shows it, since two of them move together."""

    def read(self, essay: Essay, annotations: tuple[Annotation, ...], tones: dict[str, str], is_pad: bool) -> None:
        """Show an essay, or the pad of a handwritten one, from its beginning."""
        self.show_essay(essay, annotations, tones, NO_TARGET, is_pad=is_pad)

    def aim(self, target: Target) -> None:
        """A click chooses nothing here."""

    def offset_at(self, x: int, y: int) -> int | None:
        """The mouse draws over nothing either."""
        return None

    def keep_in_view(self) -> None:
        """There is no cursor to be kept in view."""

    @property
    def furthest(self) -> int:
        """The line with which the end of the essay is on the screen."""
        return max(0, self.virtual_size.height - self.size.height)

    def scroll_to_line(self, line: int) -> None:
        """Show the essay from this line on, or its end where it isn't so long."""
        self.scroll_to(y=max(0, min(line, self.furthest)), animate=False, immediate=True)

    def show_passage(self, code: str) -> None:
        """Show the essay from a little above the first passage that has a stamp."""
        self.lay_out()
        found = (at for at, placed in enumerate(self._placed) if any(p.code == code for p in placed))
        paragraph = next(found, None)
        if paragraph is not None and self._tops:
            self.scroll_to_line(self._tops[paragraph] - LEAD)

    def show_place(self, span: Span) -> None:
        """Show the essay from a little above the paragraph in which a passage begins."""
        self.lay_out()
        if self._tops and self.essay.paragraphs:
            self.scroll_to_line(self._tops[self.essay.paragraph_at(span.start).number - 1] - LEAD)
