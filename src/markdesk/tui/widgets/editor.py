"""Where words and marks are typed.

All take keys in a queue of their own. Esc, Enter and Tab must not overtake the letters before them, nor be overtaken
by those that follow; so they are priority bindings of the screen's actions, which wait for ``arrived`` first.
"""

import asyncio

from textual import events
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, TextArea

from markdesk.core.essay import normalise
from markdesk.core.plain import show, show_line
from markdesk.tui.bank_keys import CODE_BOX
from markdesk.tui.bindings import (
    BANK_BOX,
    EDITOR,
    FIELD_EDITOR,
    FILTER_BOX,
    FIND_BOX,
    LINE_EDITOR,
    MARK_BOX,
    PATH_BOX,
    bound,
)
from markdesk.tui.review_keys import VALUE_BOX
from markdesk.tui.student_keys import GRADE_BOX

ARRIVAL_SECONDS = 2.0
"""The longest that the keys on their way to an editor are waited for."""


DIGITS = frozenset("123456789")
"""The keys that take what is offered."""


def blank(crop: Region) -> list[Strip]:
    """What an editor is that has been taken away: Textual may paint it once more, and its styles are gone by then."""
    return [Strip.blank(crop.width)] * crop.height


class WordsArea(TextArea):
    """A plain editor for comments and feedback. Its words are kept by whoever listens to ``Changed``."""

    DEFAULT_CSS = """
    WordsArea {
        border: none; padding: 0; height: auto; min-height: 1; max-height: 6;
        background: $panel; color: $foreground;
        scrollbar-size-vertical: 1;
        &:focus { border: none; background: $panel; }
        & .text-area--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
        & .text-area--cursor-line { background: $panel; }
        & .text-area--selection { background: $deep-credit; }
        & .text-area--placeholder { color: $quiet; }
    }
    """
    BINDINGS = bound(EDITOR, priority=True)

    def __init__(self, text: str = "", *, key: str, placeholder: str = "") -> None:
        super().__init__(
            text, soft_wrap=True, show_line_numbers=False, tab_behavior="focus", compact=True, placeholder=placeholder
        )
        self.key = key
        """The draft's key: ``comment`` or a feedback line's."""
        self.kept = text
        """The words as they were last kept, or as the editor was opened with."""
        self.offered: tuple[str, ...] = ()
        """Words that a digit takes while nothing is written here, by number."""
        self.move_cursor(self.document.end)

    def _recompute_cursor_offset(self) -> None:
        # While Textual takes lines back, the cursor still stands in one that has gone, and a scrollbar that goes with
        # it asks where that is: the program stopped there (Textual's issue 6686).
        self._cursor_offset = self.wrapped_document.location_to_offset(self.clamp_visitable(self.cursor_location))

    def render_lines(self, crop: Region) -> list[Strip]:
        return super().render_lines(crop) if self.is_attached else blank(crop)

    def on_key(self, event: events.Key) -> None:
        """While nothing is written, a digit takes what is offered under it; any other key is a word's, as ever."""
        number = int(event.key) if event.key in DIGITS else 0
        if 0 < number <= len(self.offered) and not self.text:
            event.prevent_default()
            event.stop()
            done = self.replace(self.offered[number - 1], *self.selection)
            self.move_cursor(done.end_location)

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted as it can be shown: nothing in it may act, and its line ends are ours."""
        event.prevent_default()  # else the text area's own handler takes it in a second time, as it came
        event.stop()
        done = self.replace(self.as_shown(normalise(event.text)), *self.selection)
        self.move_cursor(done.end_location)

    def as_shown(self, text: str) -> str:
        """What a pasted text becomes in here."""
        return show(text)


class LineArea(WordsArea):
    """An editor of one line of feedback: Enter goes on to the next."""

    BINDINGS = bound(LINE_EDITOR, priority=True)


class Box(Input):
    """An editor of one line."""

    virtual_size = Reactive(Size(0, 0))
    """How long the line is. Textual's own lays the whole screen out anew at every letter; a line that is longer by one
    moves nothing but itself."""

    def render_lines(self, crop: Region) -> list[Strip]:
        return super().render_lines(crop) if self.is_attached else blank(crop)


class MarkBox(Box):
    """Where a mark is typed: digits, or NR."""

    BINDINGS = bound(MARK_BOX, priority=True)


class FieldArea(LineArea):
    """An editor of one field of a form: Enter and Tab go on, the arrows too where there is no line to go to.

    Where only a few words may stand in the field, none is spelt: Space or an arrow takes the next, letters the one that
    begins with them.
    """

    BINDINGS = bound(FIELD_EDITOR, priority=True)

    has_lines = False
    """Whether the field that is being filled in may have several lines; most have one."""
    choices: tuple[str, ...] = ()
    """The words that may stand in the field; empty where anything may be typed."""
    _begun = ""
    """The letters of a word that were typed so far."""

    def choose_from(self, choices: tuple[str, ...]) -> None:
        """Take these words for the field that is entered now; none where anything may be typed."""
        self.choices, self._begun = choices, ""

    def on_key(self, event: events.Key) -> None:
        """Where there are words to choose from, a key chooses, and types nothing."""
        if not self.choices:
            return
        event.prevent_default()
        event.stop()
        step = {"space": 1, "right": 1, "left": -1}.get(event.key)
        if step is not None:
            at = self.choices.index(self.text) if self.text in self.choices else -step
            self._choose(self.choices[(at + step) % len(self.choices)])
        elif event.is_printable and event.character:
            self._spell(event.character)

    def _spell(self, letters: str) -> None:
        letters = letters.lower()
        for begun in (self._begun + letters, letters):
            fits = next((word for word in self.choices if word.lower().startswith(begun)), None)
            if fits is not None:
                self._choose(fits)
                self._begun = begun
                return

    def _choose(self, word: str) -> None:
        self._begun = ""
        self.replace(word, self.document.start, self.document.end)

    def on_paste(self, event: events.Paste) -> None:
        """A word that is pasted is chosen, if it is one of those that may stand here."""
        if self.choices:
            event.prevent_default()
            event.stop()
            self._spell(show_line(normalise(event.text)).strip())

    def as_shown(self, text: str) -> str:
        """On one line, where the field has no others."""
        return show(text) if self.has_lines else show_line(text)


class LineBox(Box):
    """A box of one line, at home in a list."""

    DEFAULT_CSS = """
    LineBox { height: 1; border: none; padding: 0; background: $surface; color: $foreground; }
    LineBox:focus { border: none; background: $surface; }
    LineBox > .input--placeholder { color: $quiet; }
    """

    def on_paste(self, event: events.Paste) -> None:
        """The same care as in an editor."""
        event.prevent_default()
        event.stop()
        self.replace(show_line(normalise(event.text)), *self.selection)


class FilterBox(LineBox):
    """Where words to look for are typed: what fits is shown at every letter."""

    BINDINGS = bound(FILTER_BOX, priority=True)


class BankBox(LineBox):
    """Where words to look for in the comment bank are typed; the arrows choose among those found."""

    BINDINGS = bound(BANK_BOX, priority=True)


class FindBox(LineBox):
    """Where words to find in an essay are typed: the first place is shown at every letter."""

    BINDINGS = bound(FIND_BOX, priority=True)


class PathBox(LineBox):
    """Where the name of a file is typed."""

    BINDINGS = bound(PATH_BOX, priority=True)


class CodeBox(LineBox):
    """Where the short code of a comment is typed."""

    BINDINGS = bound(CODE_BOX, priority=True)


class GradeBox(LineBox):
    """Where a grade is typed."""

    BINDINGS = bound(GRADE_BOX, priority=True)


class ValueBox(LineBox):
    """Where what a review is narrowed to is typed: words, a range, the beginning of a name."""

    BINDINGS = bound(VALUE_BOX, priority=True)


async def arrived(editor: Widget | None) -> None:
    """Wait until an editor has taken in every key that was typed before now."""
    if isinstance(editor, WordsArea | MarkBox | LineBox):
        done = asyncio.Event()
        editor.call_later(done.set)
        try:
            await asyncio.wait_for(done.wait(), ARRIVAL_SECONDS)
        except TimeoutError:
            return  # the editor is gone, and what was in it was kept by whoever closed it
