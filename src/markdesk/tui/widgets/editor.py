"""Where words are typed: a TextArea that takes nothing which could act, and tells of each change."""

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.widgets import TextArea

from markdesk.core.plain import is_plain, show


class WordsArea(TextArea):
    """A plain editor for comments and feedback. Its words are kept by whoever listens to ``Changed``."""

    DEFAULT_CSS = """
    WordsArea {
        border: none; padding: 0; height: auto; min-height: 1; max-height: 6;
        background: $panel; color: $foreground;
        scrollbar-size-vertical: 1;
        &:focus { border: none; background: $panel; }
        & .text-area--cursor { background: $accent; color: $on-accent; }
        & .text-area--cursor-line { background: $panel; }
        & .text-area--selection { background: $deep-credit; }
        & .text-area--placeholder { color: $quiet; }
    }
    """
    BINDINGS = [
        Binding("escape", "done", "Close, saved", id="editor.close"),
        Binding("ctrl+enter", "done", show=False, id="editor.close_2"),
    ]

    class Done(Message):
        """The marker is finished with this editor."""

        def __init__(self, area: "WordsArea") -> None:
            super().__init__()
            self.area = area

    class Next(Message):
        """On to the next line of feedback."""

        def __init__(self, area: "WordsArea") -> None:
            super().__init__()
            self.area = area

    def __init__(self, text: str = "", *, key: str, one_line: bool = False, placeholder: str = "") -> None:
        super().__init__(
            text, soft_wrap=True, show_line_numbers=False, tab_behavior="focus", compact=True, placeholder=placeholder
        )
        self.key = key
        """The draft's key: ``comment`` or a feedback line's."""
        self.one_line = one_line
        self.move_cursor(self.document.end)

    def action_done(self) -> None:
        self.post_message(self.Done(self))

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter" and self.one_line:
            event.prevent_default()
            event.stop()
            self.post_message(self.Next(self))
            return
        await super()._on_key(event)

    async def _on_paste(self, event: events.Paste) -> None:
        if not is_plain(event.text.replace("\n", "")):
            event = events.Paste(show(event.text))
        await super()._on_paste(event)
